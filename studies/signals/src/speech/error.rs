//! Why a model of weights cannot be read.

/// Result of reading a model.
pub type ModelResult<T> = Result<T, ModelError>;

/// Why a model of weights cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The bytes are no ONNX file.
    #[error(
        "this is no ONNX file: {0}; take silero_vad/data/silero_vad_16k_op15.onnx of the Python package silero-vad"
    )]
    NotOnnx(&'static str),
    /// A tensor is missing or has another shape.
    #[error(
        "the tensor `{name}` is {found}, not single precision of shape {wanted:?}; is this silero_vad_16k_op15.onnx of silero-vad 6?"
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
