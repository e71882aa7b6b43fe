//! Arrays in memory.

use crate::Problem;
use crate::error::Checked;

/// Values in row-major (C) order and their shape; no dimension is a scalar.
#[derive(Debug, Clone, PartialEq)]
pub struct Array {
    shape: Vec<usize>,
    data: Data,
}

/// The values, in the narrowest type that holds them. 16-bit floats are widened to 32 bits.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the variants are their types")]
pub enum Data {
    Bool(Vec<bool>),
    I8(Vec<i8>),
    I16(Vec<i16>),
    I32(Vec<i32>),
    I64(Vec<i64>),
    U8(Vec<u8>),
    U16(Vec<u16>),
    U32(Vec<u32>),
    U64(Vec<u64>),
    F32(Vec<f32>),
    F64(Vec<f64>),
    Text(Vec<String>),
}

/// What an array holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// True or false.
    Bool,
    /// Integers.
    Integer,
    /// Floating-point numbers.
    Float,
    /// Text.
    Text,
}

impl Kind {
    /// The kind in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bool => "booleans",
            Self::Integer => "integers",
            Self::Float => "floating-point numbers",
            Self::Text => "text",
        }
    }
}

/// Runs the same expression on the vector of whichever variant it is.
macro_rules! each {
    ($data:expr, $values:ident => $result:expr) => {
        match $data {
            Data::Bool($values) => $result,
            Data::I8($values) => $result,
            Data::I16($values) => $result,
            Data::I32($values) => $result,
            Data::I64($values) => $result,
            Data::U8($values) => $result,
            Data::U16($values) => $result,
            Data::U32($values) => $result,
            Data::U64($values) => $result,
            Data::F32($values) => $result,
            Data::F64($values) => $result,
            Data::Text($values) => $result,
        }
    };
}

impl Data {
    /// How many values.
    pub fn len(&self) -> usize {
        each!(self, values => values.len())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What the values are.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Bool(_) => Kind::Bool,
            Self::F32(_) | Self::F64(_) => Kind::Float,
            Self::Text(_) => Kind::Text,
            _ => Kind::Integer,
        }
    }
}

impl Array {
    /// Values in row-major order; an error if the shape does not hold exactly that many.
    pub fn new(shape: Vec<usize>, data: Data) -> Result<Self, Problem> {
        let cells = shape.iter().try_fold(1_usize, |cells, &size| cells.checked_mul(size));
        if cells != Some(data.len()) {
            return Err(Problem::Shape { shape, values: data.len() });
        }
        Ok(Self { shape, data })
    }

    /// One dimension.
    pub fn vector(data: Data) -> Self {
        Self { shape: vec![data.len()], data }
    }

    /// Length of each dimension.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// The values in row-major order.
    pub fn data(&self) -> &Data {
        &self.data
    }

    /// The values in row-major order, given away.
    pub fn into_data(self) -> Data {
        self.data
    }

    /// All values as 64-bit floats; booleans are 0 and 1, integers beyond 2⁵³ are rounded. Text is an error.
    #[expect(clippy::cast_lossless, reason = "one expression for all types")]
    pub fn to_f64(&self) -> Checked<Vec<f64>> {
        macro_rules! widen {
            ($values:expr) => {
                Ok($values.iter().map(|&value| value as f64).collect())
            };
        }
        match &self.data {
            Data::Bool(values) => Ok(values.iter().map(|&value| f64::from(u8::from(value))).collect()),
            Data::I8(values) => widen!(values),
            Data::I16(values) => widen!(values),
            Data::I32(values) => widen!(values),
            Data::I64(values) => widen!(values),
            Data::U8(values) => widen!(values),
            Data::U16(values) => widen!(values),
            Data::U32(values) => widen!(values),
            Data::U64(values) => widen!(values),
            Data::F32(values) => widen!(values),
            Data::F64(values) => Ok(values.clone()),
            Data::Text(_) => Err(Problem::Kind { found: Kind::Text.name(), wanted: "numbers" }),
        }
    }

    /// All values as 32-bit floats, rounded to nearest. Text is an error.
    pub fn to_f32(&self) -> Checked<Vec<f32>> {
        if let Data::F32(values) = &self.data {
            return Ok(values.clone());
        }
        #[expect(clippy::cast_possible_truncation, reason = "rounding is what is asked for")]
        Ok(self.to_f64()?.into_iter().map(|value| value as f32).collect())
    }

    /// All values as integers, floats truncated toward zero as `astype(int)` does. Text, NaN, and values beyond 64 bits are errors.
    #[expect(clippy::cast_lossless, reason = "one expression for all types")]
    pub fn to_i64(&self) -> Checked<Vec<i64>> {
        macro_rules! widen {
            ($values:expr) => {
                Ok($values.iter().map(|&value| value as i64).collect())
            };
        }
        match &self.data {
            Data::Bool(values) => widen!(values),
            Data::I8(values) => widen!(values),
            Data::I16(values) => widen!(values),
            Data::I32(values) => widen!(values),
            Data::I64(values) => Ok(values.clone()),
            Data::U8(values) => widen!(values),
            Data::U16(values) => widen!(values),
            Data::U32(values) => widen!(values),
            _ => self.to_f64()?.into_iter().enumerate().map(truncated).collect(),
        }
    }

    /// The texts; numbers are an error.
    pub fn to_text(&self) -> Checked<Vec<String>> {
        match &self.data {
            Data::Text(values) => Ok(values.clone()),
            other => Err(Problem::Kind { found: other.kind().name(), wanted: "text" }),
        }
    }
}

fn truncated((index, value): (usize, f64)) -> Checked<i64> {
    const BOUND: f64 = 9_223_372_036_854_775_808.0;
    if (-BOUND..BOUND).contains(&value) {
        #[expect(clippy::cast_possible_truncation, reason = "truncation is what is asked for")]
        Ok(value as i64)
    } else {
        Err(Problem::NotInteger { index, value })
    }
}
