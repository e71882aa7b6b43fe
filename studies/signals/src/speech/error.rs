//! Why a model of weights cannot be read.

/// Result of reading a model.
pub type ModelResult<T> = Result<T, ModelError>;

/// Why a model of weights cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The bytes are no safetensors file.
    #[error(
        "this is no safetensors file: {0}; take silero_vad/data/silero_vad_16k.safetensors of the Python package silero-vad"
    )]
    NotSafetensors(&'static str),
    /// A tensor is missing or has another shape.
    #[error(
        "the tensor `{name}` is {found}, not single precision of shape {wanted:?}; is this the 16 kHz model of silero-vad 6?"
    )]
    Tensor {
        /// Its name.
        name: &'static str,
        /// What the file has.
        found: String,
        /// The shape that it must have.
        wanted: Vec<usize>,
    },
}
