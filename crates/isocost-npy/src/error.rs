//! What can be wrong with a file.

use isocost_fs::IoError;

/// Result of reading or writing arrays.
pub type NpyResult<T> = Result<T, NpyError>;

/// Result before the place is known.
pub(crate) type Checked<T> = Result<T, Problem>;

/// What is wrong, and where.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct NpyError {
    /// The file, and the array in it.
    pub place: String,
    /// What is wrong.
    #[source]
    pub problem: Problem,
}

impl NpyError {
    /// Says where a problem is.
    pub fn at(place: impl Into<String>, problem: Problem) -> Self {
        Self { place: place.into(), problem }
    }
}

/// What is wrong with a file or array.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The file could not be read or written.
    #[error(transparent)]
    Io(#[from] IoError),
    /// The file is not an archive.
    #[error("this is no zip archive, as .npz files are ({0})")]
    NotZip(String),
    /// The member does not start as `.npy` data does.
    #[error("this is no .npy data (it does not start with \\x93NUMPY)")]
    NotNpy,
    /// A version of the format that is not known.
    #[error("version {0}.{1} of the .npy format is not known; 1.0 to 3.0 are")]
    Version(u8, u8),
    /// The header is not what the format asks for.
    #[error("the header is malformed: {0}")]
    Header(String),
    /// Fewer bytes than declared.
    #[error("truncated: {needed} bytes are declared, {found} are there; copy the file again")]
    Truncated {
        /// What the header asks for.
        needed: u64,
        /// What is there.
        found: u64,
    },
    /// Python objects.
    #[error(
        "an array of Python objects, which could only be read by running code from the file; save it again as numbers or text (array.astype(float), array.astype(str))"
    )]
    Objects,
    /// A type that is not read.
    #[error("arrays of type {0} are not read; booleans, integers, floats of 16 to 64 bits and text are")]
    Unsupported(String),
    /// More than the limit.
    #[error("{declared} bytes are declared, the limit is {limit}")]
    TooLarge {
        /// What the file asks for.
        declared: u64,
        /// What is allowed.
        limit: u64,
    },
    /// Something in the archive contradicts itself.
    #[error("damaged: {0}")]
    Damaged(String),
    /// No such array.
    #[error("there is no array of this name; there are: {}", .available.join(", "))]
    Missing {
        /// The arrays that are there.
        available: Vec<String>,
    },
    /// Two members of one name.
    #[error("two arrays have this name, so neither can be trusted")]
    Duplicate,
    /// Encrypted or compressed in a way that `NumPy` never uses.
    #[error("the member is {0}; NumPy writes stored or deflated members")]
    Method(String),
    /// Text that is none.
    #[error("element {0} is not valid text")]
    Text(usize),
    /// The values are not of the kind asked for.
    #[error("the array holds {found}, not {wanted}")]
    Kind {
        /// What it holds.
        found: &'static str,
        /// What was asked for.
        wanted: &'static str,
    },
    /// The shape does not fit.
    #[error("shape {shape:?} does not hold {values} values")]
    Shape {
        /// The shape.
        shape: Vec<usize>,
        /// How many values there are.
        values: usize,
    },
    /// A value has no integer.
    #[error("value {index} is {value}, which no integer stands for")]
    NotInteger {
        /// Its position.
        index: usize,
        /// The value.
        value: f64,
    },
}
