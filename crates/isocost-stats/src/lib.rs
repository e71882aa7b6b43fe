//! Statistics for paired, equal-budget comparisons: numbers in, numbers out.
//!
//! Nothing here knows about arms, items or files. Every function refuses empty, NaN and infinite input with a
//! [`StatsError`], names its source, and returns the same bits on any machine and thread count.

pub mod auc;
mod binomial;
pub mod bootstrap;
pub mod calibration;
pub mod compat;
pub mod correlation;
pub mod crossed_t;
mod error;
pub mod f1;
pub mod fits;
pub mod generators;
pub mod logarithm;
pub mod max_t;
pub mod mcnemar;
mod moments;
pub mod multiplicity;
pub mod normal;
pub mod otsu;
pub mod overlap;
pub mod pareto;
pub mod percentile;
mod philox;
pub mod power;
pub mod precision_recall;
pub mod proportion;
mod quadrature;
mod quantile;
mod ranks;
pub mod regret;
mod resampled;
pub mod retrieval;
mod roots;
pub mod sequential;
pub mod signflip;
pub mod student_t;
#[cfg(test)]
mod testing;
pub mod text;
pub mod tost;
pub mod ttest;
mod types;
pub mod wilcoxon;

pub use error::{StatsError, StatsResult};
pub use moments::{mean, sample_variance, sum};
pub use philox::Stream;
pub use quantile::{Quartiles, quantile_of_sorted};
pub use types::{Alpha, Interval, PValue, Tail};
