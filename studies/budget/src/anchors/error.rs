//! Why anchors cannot be picked.

/// Result of picking anchors.
pub type AnchorResult<T> = Result<T, AnchorError>;

/// Why anchors cannot be picked.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AnchorError {
    /// A score is NaN or infinite.
    #[error("score {index} is {value}; scores must be finite")]
    ScoreNotFinite {
        /// Its position, from 0.
        index: usize,
        /// The value.
        value: f64,
    },
    /// Nothing has this name.
    #[error("`{text}` is no {what}; write one of {known}")]
    Unknown {
        /// What was named.
        what: &'static str,
        /// What was given.
        text: String,
        /// What there is.
        known: &'static str,
    },
    /// Smoothing windows have a middle.
    #[error("a smoothing window of {0} seconds has no middle (use an odd number)")]
    EvenWindow(usize),
    /// A gap is negative or not finite.
    #[error("a gap of {0} is none (it must be at least 0)")]
    BadGap(f64),
    /// This metric cannot be used here.
    #[error("the metric `{metric}` is not accepted for {place}; use {instead}")]
    MetricNotAccepted {
        /// The metric.
        metric: &'static str,
        /// Where it was asked for.
        place: &'static str,
        /// What can be used.
        instead: &'static str,
    },
}

/// Refuses scores that are not finite, naming the first.
pub(super) fn check_scores(scores: &[f64]) -> AnchorResult<()> {
    match scores.iter().enumerate().find(|(_, score)| !score.is_finite()) {
        Some((index, value)) => Err(AnchorError::ScoreNotFinite { index, value: *value }),
        None => Ok(()),
    }
}
