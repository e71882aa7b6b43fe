//! Scores of many clips as files: the reference's JSON, and `.npz`.

mod archive;
mod error;
mod float;
mod json;
mod table;

pub use archive::{read_npz, write_npz};
pub use error::{FileError, FileResult};
pub use json::{NotFinite, parse_json, to_json};
pub use table::{BadClip, ClipFault, ClipScores};

#[cfg(test)]
mod tests;
