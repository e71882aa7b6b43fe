//! Statistics for paired, equal-budget comparisons: numbers in, numbers out.
//!
//! Nothing here knows about arms, items or files. Every function refuses empty, NaN and infinite input with a
//! [`StatsError`], names its source, and returns the same bits on any machine and thread count.

pub mod auc;
pub mod bootstrap;
pub mod calibration;
mod error;
pub mod f1;
pub mod fits;
mod moments;
pub mod multiplicity;
pub mod normal;
pub mod overlap;
pub mod pareto;
mod philox;
pub mod precision_recall;
mod quantile;
pub mod regret;
mod resampled;
pub mod retrieval;
pub mod signflip;
pub mod student_t;
pub mod text;
pub mod ttest;
mod types;

pub use error::{StatsError, StatsResult};
pub use moments::{mean, sample_variance, sum};
pub use philox::Stream;
pub use quantile::{Quartiles, quantile_of_sorted};
pub use resampled::Resampled;
pub use types::{Alpha, Interval, PValue, Tail};
