//! Outcome tables in Parquet, without Arrow.

#[cfg(feature = "parquet")]
mod cells;
#[cfg(feature = "parquet")]
mod read;
#[cfg(feature = "parquet")]
mod write;

#[cfg(feature = "parquet")]
pub(super) use read::read;
#[cfg(feature = "parquet")]
pub(super) use write::to_parquet;

#[cfg(not(feature = "parquet"))]
mod absent;
#[cfg(not(feature = "parquet"))]
pub(super) use absent::{read, to_parquet};

#[cfg(all(test, feature = "parquet"))]
mod tests;
