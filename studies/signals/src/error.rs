//! Why a signal cannot be computed.

/// Result of computing a signal.
pub type SignalResult<T> = Result<T, SignalError>;

/// Why a signal cannot be computed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SignalError {
    /// A number is NaN or infinite.
    #[error(
        "{what} {index} is {value}; every value must be finite (was the file cut off, or a feature not computed?)"
    )]
    NotFinite {
        /// Whose number.
        what: &'static str,
        /// Its position, from 0.
        index: usize,
        /// The number.
        value: f64,
    },
    /// Nothing to compute from.
    #[error("{0} is empty; a clip has at least one second")]
    Empty(&'static str),
    /// A sample rate outside what is accepted.
    #[error("a sample rate of {0} Hz is none (audio has 1 to 768000; speech models want 16000)")]
    BadRate(u32),
    /// Another rate is needed.
    #[error("{what} needs audio at {wanted} Hz, this is at {found} Hz; resample it first")]
    WrongRate {
        /// What needs it.
        what: &'static str,
        /// The rate that it takes.
        wanted: u32,
        /// The rate of the audio.
        found: u32,
    },
    /// A length or a distance in seconds that gives no sample.
    #[error("a {what} of {value} s holds no sample at {rate} Hz (use at least {least} s)", least = 1.0 / f64::from(*.rate))]
    BadStep {
        /// Window or stride.
        what: &'static str,
        /// Its length.
        value: f64,
        /// Samples per second.
        rate: u32,
    },
    /// Two things that belong together differ in size.
    #[error("{what}: {found} where {wanted} are needed")]
    Shape {
        /// What has the size.
        what: &'static str,
        /// The size it has.
        found: usize,
        /// The size it must have.
        wanted: usize,
    },
    /// A setting outside its range.
    #[error("{what} is {value}; it must be {range}")]
    BadSetting {
        /// The setting.
        what: &'static str,
        /// Its value.
        value: f64,
        /// Its range.
        range: &'static str,
    },
    /// A method wants an input that was not given.
    #[error("the method `{method}` needs {needs}, which this clip lacks")]
    Missing {
        /// The method.
        method: &'static str,
        /// The input.
        needs: &'static str,
    },
    /// Nothing has this name.
    #[error("`{text}` is no {what}; write one of {known}")]
    Unknown {
        /// What was named.
        what: &'static str,
        /// What was given.
        text: String,
        /// What there is.
        known: String,
    },
    /// Training failed.
    #[error(transparent)]
    Learn(#[from] isocost_study_learn::LearnError),
}

/// Refuses NaN and infinity, naming the first.
pub(crate) fn check_finite(what: &'static str, values: &[f64]) -> SignalResult<()> {
    match values.iter().enumerate().find(|(_, value)| !value.is_finite()) {
        Some((index, value)) => Err(SignalError::NotFinite { what, index, value: *value }),
        None => Ok(()),
    }
}

/// [`check_finite`] for single precision.
pub(crate) fn check_finite_f32(what: &'static str, values: &[f32]) -> SignalResult<()> {
    match values.iter().enumerate().find(|(_, value)| !value.is_finite()) {
        Some((index, value)) => Err(SignalError::NotFinite { what, index, value: f64::from(*value) }),
        None => Ok(()),
    }
}

/// Refuses two lengths that differ.
pub(crate) fn check_len(what: &'static str, found: usize, wanted: usize) -> SignalResult<()> {
    if found == wanted { Ok(()) } else { Err(SignalError::Shape { what, found, wanted }) }
}
