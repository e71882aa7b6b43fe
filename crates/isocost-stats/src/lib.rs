//! Statistics for paired, equal-budget comparisons: numbers in, numbers out.
//!
//! Nothing here knows about arms, items or files. Every function refuses empty, NaN and infinite input with a
//! [`StatsError`], names its source, and returns the same bits on any machine and thread count.

pub mod bootstrap;
mod error;
pub mod generators;
pub mod logarithm;
mod moments;
pub mod multiplicity;
pub mod normal;
pub mod otsu;
pub mod percentile;
mod philox;
mod quantile;
pub mod signflip;
pub mod student_t;
pub mod ttest;
mod types;

pub use error::{StatsError, StatsResult};
pub use moments::{mean, sample_variance, sum};
pub use philox::Stream;
pub use quantile::{Quartiles, quantile_of_sorted};
pub use types::{Alpha, Interval, PValue, Tail};
