//! Listen, then look.
//!
//! A cheap signal says at which seconds of a clip something happens. The budget for pictures goes there: anchors are seen in high resolution, other seconds in
//! less, and every method pays what a uniform look at all seconds would. A small head reads the features that a plan picks, and trials compare methods.
//!
//! Two modes: [`Mode::Compat`] reproduces the reference, defects included; [`Mode::Sound`] does what its author meant.

pub mod anchors;
pub mod candidates;
pub mod config;
pub mod data;
pub mod diagnose;
mod error;
pub mod fusion;
pub mod heads;
mod json;
pub mod listen;
pub mod method;
pub mod metrics;
mod mode;
pub mod oracle;
pub mod planner;
pub mod policy;
pub mod session;
pub mod single;
pub mod sweep;
pub mod trial;

pub use config::P0Config;
pub use error::{AvError, AvResult};
pub use json::{Json, NotFinite};
pub use method::Method;
pub use mode::Mode;
