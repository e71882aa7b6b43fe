//! Why no plan exists.

use super::Pixels;
use crate::CostError;

/// Result of planning.
pub type PlanResult<T> = Result<T, PlanError>;

/// Why no plan exists.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PlanError {
    /// A resolution has no token count.
    #[error(transparent)]
    Cost(#[from] CostError),
    /// A clip without seconds.
    #[error("the clip has no seconds to look at")]
    NoSeconds,
    /// The base resolution is not dearer than the low one.
    #[error("the base resolution {base} must cost more than the low one {low}")]
    BaseNotAboveLow {
        /// The low resolution.
        low: Pixels,
        /// The base resolution.
        base: Pixels,
    },
    /// The high resolution is not dearer than the low one.
    #[error("the high resolution {high} must cost more than the low one {low}")]
    HighNotAboveLow {
        /// The low resolution.
        low: Pixels,
        /// The high resolution.
        high: Pixels,
    },
    /// One high second cannot be paid by a whole number of seconds that go from base to low.
    #[error(
        "cannot exactly match budget: raising a second from {low} to {high} costs {high_step} tokens, which is no multiple of the \
         {base_step} tokens from {low} to {base} (use band mode, or a triad such as 160/224/352)"
    )]
    NoExactMatch {
        /// The low resolution.
        low: Pixels,
        /// The base resolution.
        base: Pixels,
        /// The high resolution.
        high: Pixels,
        /// Tokens from low to base.
        base_step: u64,
        /// Tokens from low to high.
        high_step: u64,
    },
    /// The base allocation asks for scores that are not there.
    #[error("the allocation `score` needs a score for each of {seconds} seconds, there are {found}")]
    MissingScores {
        /// Seconds of the clip.
        seconds: usize,
        /// Scores given.
        found: usize,
    },
    /// A score is NaN or infinite.
    #[error("score {index} is {value}; scores must be finite")]
    ScoreNotFinite {
        /// Its position, from 0.
        index: usize,
        /// The value.
        value: f64,
    },
    /// No rule has this name.
    #[error(
        "`{text}` is no base allocation; write distance, balanced, bridge, score, farthest or mixed, with `_high` behind it if distances are to the high seconds alone"
    )]
    UnknownAllocation {
        /// What was given.
        text: String,
    },
    /// The tolerance of a band is negative or not finite.
    #[error("a band needs a share of the budget that may be left over, at least 0; got {0}")]
    BadTolerance(f64),
    /// No combination of resolutions lands in the band.
    #[error(
        "no combination of the resolutions costs between {least} and {most} tokens (allow more to be left over, or add resolutions)"
    )]
    EmptyBand {
        /// The least total, in tokens.
        least: u64,
        /// The most, in tokens.
        most: u64,
    },
    /// The table of the search would be too large.
    #[error(
        "a band plan of {seconds} seconds under {budget} tokens needs too large a table (plan shorter clips, or use the window allocators)"
    )]
    TooLong {
        /// Seconds of the clip.
        seconds: usize,
        /// The budget, in tokens.
        budget: u64,
    },
}
