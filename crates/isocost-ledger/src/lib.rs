//! Experiment ledgers: text to model and back, without loss.
//!
//! Markdown ledgers of several dialects become one [`model::Ledger`] whose every object keeps its place in the text.
//! Nothing here touches disk, clock or process.

pub mod edit;
pub mod history;
pub mod model;
pub mod parse;
pub mod rule;
pub mod shell;
pub mod text;

mod schema;

pub use schema::schema;
