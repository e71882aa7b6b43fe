//! Statistics for paired, equal-budget comparisons: numbers in, numbers out.
//!
//! Nothing here knows about arms, items or files. Every function refuses empty, NaN and infinite input with a
//! [`StatsError`], names its source, and returns the same bits on any machine and thread count.

mod binomial;
pub mod bootstrap;
pub mod correlation;
pub mod crossed_t;
mod error;
pub mod generators;
pub mod max_t;
pub mod mcnemar;
mod moments;
pub mod multiplicity;
pub mod normal;
pub mod otsu;
pub mod percentile;
mod philox;
pub mod power;
pub mod proportion;
mod quadrature;
mod quantile;
mod ranks;
mod roots;
pub mod sequential;
pub mod signflip;
pub mod student_t;
#[cfg(test)]
mod testing;
pub mod tost;
pub mod ttest;
mod types;
pub mod wilcoxon;

pub use error::{StatsError, StatsResult};
pub use moments::{mean, sample_variance, sum};
pub use philox::Stream;
pub use quantile::{Quartiles, quantile_of_sorted};
pub use types::{Alpha, Interval, PValue, Tail};
