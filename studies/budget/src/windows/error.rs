//! Why windows cannot be allocated.

use crate::CostError;

/// Result of an allocation.
pub type WindowResult<T> = Result<T, WindowError>;

/// Why windows cannot be allocated.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum WindowError {
    /// A resolution has no token count.
    #[error(transparent)]
    Cost(#[from] CostError),
    /// A window ends before it starts, or an end is not finite.
    #[error("a window from {start} to {end} seconds is none (it must end where it starts or later)")]
    BadWindow {
        /// Where it starts.
        start: f64,
        /// Where it ends.
        end: f64,
    },
    /// A visual setting is impossible.
    #[error("the setting `{name}` has {what} = {value}, it must be {range}")]
    BadConfig {
        /// Its name.
        name: String,
        /// Which of its values.
        what: &'static str,
        /// The value.
        value: f64,
        /// What is allowed.
        range: &'static str,
    },
    /// No setting to choose from.
    #[error("there is no visual setting to choose from")]
    NoConfigs,
    /// Weights and windows are not as many.
    #[error("{windows} windows need as many weights, there are {weights}")]
    WeightCount {
        /// Number of windows.
        windows: usize,
        /// Number of weights.
        weights: usize,
    },
    /// A weight is NaN or infinite.
    #[error("weight {index} is {value}; weights must be finite")]
    BadWeight {
        /// Its position, from 0.
        index: usize,
        /// The value.
        value: f64,
    },
    /// A budget, or a share of one, is impossible.
    #[error("{name} is {value}, it must be {range}")]
    BadBudget {
        /// Which number.
        name: &'static str,
        /// The value.
        value: f64,
        /// What is allowed.
        range: &'static str,
    },
    /// Even the cheapest setting everywhere costs too much, and nothing may be dropped.
    #[error(
        "looking at every window in the cheapest way costs {least}, more than the budget {budget} (allow windows to be dropped)"
    )]
    Infeasible {
        /// The least total.
        least: f64,
        /// The budget.
        budget: f64,
    },
    /// The exact search met too many partial solutions that none of its bounds rules out.
    #[error(
        "the exact search needs more than {limit} partial solutions (use the Lagrangian solver; its report bounds what is lost)"
    )]
    TooHard {
        /// How many are kept at most.
        limit: usize,
    },
}
