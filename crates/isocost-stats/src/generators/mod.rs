//! The random generators of other programs, number for number, where results must match theirs.
//!
//! For new work use [`crate::Stream`]: it gives the same numbers whichever thread computes them. These are for comparing with
//! studies whose samples were drawn by `NumPy` or by Python's `random`.

pub mod cpython;
mod mersenne;
pub mod numpy;
