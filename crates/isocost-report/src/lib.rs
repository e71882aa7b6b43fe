//! Findings, verdicts and evidence, rendered.
//!
//! View models and findings in, text out. Nothing here touches disk, clock or process, and the same input gives the
//! same bytes: no statistics are computed here, only shown.

mod document;
mod escape;
mod markup;
mod table;
mod tables;

pub mod diagnostics;
pub mod diff;
pub mod github;
pub mod html;
pub mod json;
pub mod junit;
pub mod latex;
pub mod markdown;
pub mod model;
pub mod number;
pub mod sarif;
pub mod svg;
pub mod text;
