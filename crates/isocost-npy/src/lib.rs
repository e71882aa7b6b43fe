//! `NumPy`'s `.npy` and `.npz` files, read and written.
//!
//! A file says how large its arrays are, and it may be wrong, truncated or made to harm: every size is checked against what is there and
//! against [`Limits`] before memory is taken for it. Nothing in a file is executed: arrays of Python objects are refused.
//!
//! Format: `NumPy` Enhancement Proposal 1 (`numpy.lib.format`), versions 1.0, 2.0 and 3.0; `.npz` is a zip archive of `.npy` members, stored or deflated.

mod array;
mod decode;
mod dtype;
mod error;
mod header;
mod limits;
mod npz;
mod write;

pub use array::{Array, Data, Kind};
pub use decode::parse_npy;
pub use error::{NpyError, NpyResult, Problem};
pub use limits::Limits;
pub use npz::Npz;
pub use write::{Compression, npy_bytes, npz_bytes, save_npz};
