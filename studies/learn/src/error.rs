//! What can go wrong in training.

/// Result of a training operation.
pub type LearnResult<T> = Result<T, LearnError>;

/// What can go wrong in training.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum LearnError {
    /// Two shapes that must agree do not.
    #[error("{what}: expected {expected}, got {got}")]
    Shape {
        /// Which length.
        what: &'static str,
        /// The length that fits.
        expected: usize,
        /// The length that was given.
        got: usize,
    },
    /// A dimension that must hold something is empty.
    #[error("{what} must be at least 1")]
    Empty {
        /// Which dimension.
        what: &'static str,
    },
    /// A label outside the classes of the model.
    #[error("label {label} of example {example} is not one of {classes} classes")]
    Label {
        /// Position of the example.
        example: usize,
        /// Its label.
        label: usize,
        /// Number of classes.
        classes: usize,
    },
    /// The loss left the finite numbers.
    #[error("the loss is not a finite number in epoch {epoch} (lower the learning rate)")]
    Diverged {
        /// The epoch, from 1.
        epoch: u32,
    },
}

/// [`LearnError::Shape`] unless the lengths agree.
pub(crate) fn same(what: &'static str, expected: usize, got: usize) -> LearnResult<()> {
    if expected == got { Ok(()) } else { Err(LearnError::Shape { what, expected, got }) }
}
