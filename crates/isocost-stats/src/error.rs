//! Why a statistic cannot be computed.

/// Result of a statistic.
pub type StatsResult<T> = Result<T, StatsError>;

/// Why a statistic cannot be computed, with the input that is at fault.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum StatsError {
    /// There is no value at all.
    #[error("there are no values: {0}")]
    Empty(&'static str),
    /// Fewer values than the method needs.
    #[error("{what} needs at least {needed} values, there are {found}")]
    TooFew {
        /// The method.
        what: &'static str,
        /// How many it needs.
        needed: usize,
        /// How many there are.
        found: usize,
    },
    /// A value is NaN or infinite.
    #[error("value {index} is {value}; remove it or say why it is missing")]
    NotFinite {
        /// Its position, from 0.
        index: usize,
        /// The value.
        value: f64,
    },
    /// A matrix does not have the announced number of cells.
    #[error("{rows} rows of {columns} columns need {} values, there are {found}", .rows.saturating_mul(*.columns))]
    Shape {
        /// Announced rows.
        rows: usize,
        /// Announced columns.
        columns: usize,
        /// Values given.
        found: usize,
    },
    /// A parameter is outside its range.
    #[error("{name} is {value}, it must be {range}")]
    OutOfRange {
        /// The parameter.
        name: &'static str,
        /// What was given.
        value: f64,
        /// What is allowed.
        range: &'static str,
    },
    /// Two inputs that belong together differ in length.
    #[error("{what}: {left} and {right} values do not pair")]
    Lengths {
        /// What belongs together.
        what: &'static str,
        /// Length of the first.
        left: usize,
        /// Length of the second.
        right: usize,
    },
    /// All labels are of one class.
    #[error("there are {positives} positive and {negatives} negative labels; the score needs both")]
    OneClass {
        /// Number of positive labels.
        positives: usize,
        /// Number of negative labels.
        negatives: usize,
    },
    /// The data do not vary as the method needs.
    #[error("the data are degenerate: {0}")]
    Degenerate(&'static str),
    /// The printed numbers do not determine the statistic.
    #[error("the printed numbers do not determine the test: {0}")]
    Undetermined(&'static str),
}

/// Refuses NaN and infinities, naming the first.
pub(crate) fn check_finite(values: &[f64]) -> StatsResult<()> {
    match values.iter().position(|value| !value.is_finite()) {
        Some(index) => {
            Err(StatsError::NotFinite { index, value: values.get(index).copied().unwrap_or(f64::NAN) })
        }
        None => Ok(()),
    }
}

/// Refuses inputs that do not pair.
pub(crate) fn check_lengths(what: &'static str, left: usize, right: usize) -> StatsResult<()> {
    if left == right { Ok(()) } else { Err(StatsError::Lengths { what, left, right }) }
}

pub(crate) fn check_margin(margin: f64) -> StatsResult<()> {
    if margin.is_finite() {
        Ok(())
    } else {
        Err(StatsError::OutOfRange { name: "margin", value: margin, range: "a finite number" })
    }
}
