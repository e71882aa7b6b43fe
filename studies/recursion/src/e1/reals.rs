//! Values in the width that the file keeps them in: their rounding decides ties, bins and medians.

use isocost_npy::{Array, Data, Problem};
use isocost_stats::percentile::Real;

use crate::log10::{log10_f32, log10_f64};

/// What late drift needs of a width.
pub(crate) trait Drift: Real {
    const NAME: &'static str;
    fn sqrt(self) -> Self;
    fn log10(self) -> Self;
}

impl Drift for f32 {
    const NAME: &'static str = "<f4";
    fn sqrt(self) -> Self {
        self.sqrt()
    }
    fn log10(self) -> Self {
        log10_f32(self)
    }
}

impl Drift for f64 {
    const NAME: &'static str = "<f8";
    fn sqrt(self) -> Self {
        self.sqrt()
    }
    fn log10(self) -> Self {
        log10_f64(self)
    }
}

/// 32-bit values (16-bit ones are widened) or 64-bit values (integers count as such).
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Reals {
    Narrow(Vec<f32>),
    Wide(Vec<f64>),
}

impl Reals {
    pub(crate) fn of(array: Array) -> Result<Self, Problem> {
        match array.data() {
            Data::F32(_) | Data::F64(_) => {}
            _ => return Ok(Self::Wide(array.to_f64()?)),
        }
        match array.into_data() {
            Data::F32(values) => Ok(Self::Narrow(values)),
            Data::F64(values) => Ok(Self::Wide(values)),
            other => Err(Problem::Kind { found: other.kind().name(), wanted: "numbers" }),
        }
    }

    pub(crate) fn wide(&self) -> Vec<f64> {
        match self {
            Self::Narrow(values) => values.iter().map(|&value| f64::from(value)).collect(),
            Self::Wide(values) => values.clone(),
        }
    }

    /// Every `stride`-th value, from the first.
    pub(crate) fn column(&self, stride: usize) -> Self {
        let stride = stride.max(1);
        match self {
            Self::Narrow(values) => Self::Narrow(values.iter().copied().step_by(stride).collect()),
            Self::Wide(values) => Self::Wide(values.iter().copied().step_by(stride).collect()),
        }
    }
}
