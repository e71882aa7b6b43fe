//! Findings as a compiler shows them: severity, code, source lines with the place underlined, why, and what to do.

mod excerpt;
mod places;
mod render;
mod summary;

pub use render::{Options, render};
pub use summary::summary_line;
