//! Other tools' logs as outcome tables: recognised by content, every field's origin said.

mod detect;
mod draft;
mod error;
mod format;
mod inspect;
mod json;
mod lm_eval;
mod mlflow;
mod npz;
mod results_csv;
mod seed_metrics;
mod source;
mod zip;

pub use error::{ImportError, ImportProblem};
pub use format::{FieldOrigin, Format, Recognition, Units};
pub use source::{ImportOptions, Imported, import};
