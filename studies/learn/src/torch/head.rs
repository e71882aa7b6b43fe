//! Two-layer heads over the seconds of clips.

use super::{TorchRng, fan_in_uniform};
use crate::{LearnError, LearnResult};

/// How a second is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HeadKind {
    /// Alone.
    Mlp,
    /// With its neighbours, through a convolution over time with zeros beyond the ends.
    TemporalConv {
        /// Seconds of the kernel, odd.
        kernel: usize,
    },
}

/// Sizes of a head.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeadShape {
    /// How a second is seen.
    pub kind: HeadKind,
    /// Features of a second.
    pub inputs: usize,
    /// Width of the hidden layer.
    pub hidden: usize,
    /// Number of classes.
    pub classes: usize,
    /// Share of hidden values that training drops.
    pub dropout: f64,
}

impl HeadShape {
    pub(super) fn taps(&self) -> usize {
        match self.kind {
            HeadKind::Mlp => 1,
            HeadKind::TemporalConv { kernel } => kernel,
        }
    }

    fn check(&self) -> LearnResult<()> {
        let sizes = [
            (self.inputs, "the number of features"),
            (self.hidden, "the hidden width"),
            (self.classes, "the number of classes"),
        ];
        if let Some((_, what)) = sizes.into_iter().find(|(size, _)| *size == 0) {
            return Err(LearnError::Empty { what });
        }
        if self.taps().is_multiple_of(2) {
            return Err(LearnError::Shape {
                what: "an odd kernel of a temporal convolution",
                expected: self.taps() + 1,
                got: self.taps(),
            });
        }
        Ok(())
    }
}

/// `Linear` or `Conv1d`, `ReLU`, dropout, `Linear` or a `Conv1d` of one second.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    pub(super) shape: HeadShape,
    /// `inputs` rows of `taps` times `hidden`: the taps lie side by side, so that one product serves them all.
    pub(super) weight1: Vec<f32>,
    pub(super) bias1: Vec<f32>,
    /// `hidden` rows of `classes`.
    pub(super) weight2: Vec<f32>,
    pub(super) bias2: Vec<f32>,
}

impl Head {
    /// As torch initialises it from this generator. Errors for a size of 0 or an even kernel.
    pub fn new(shape: HeadShape, rng: &mut TorchRng) -> LearnResult<Self> {
        shape.check()?;
        let HeadShape { inputs, hidden, classes, .. } = shape;
        let taps = shape.taps();
        let mut head = Self::zeros(shape);
        let mut drawn = vec![0.0; hidden * inputs * taps];
        fan_in_uniform(rng, inputs * taps, &mut drawn, &mut head.bias1);
        for (at, value) in drawn.into_iter().enumerate() {
            let (out, input, tap) = (at / (inputs * taps), at / taps % inputs, at % taps);
            if let Some(slot) = head.weight1.get_mut(input * taps * hidden + tap * hidden + out) {
                *slot = value;
            }
        }
        let mut drawn = vec![0.0; classes * hidden];
        fan_in_uniform(rng, hidden, &mut drawn, &mut head.bias2);
        for (at, value) in drawn.into_iter().enumerate() {
            if let Some(slot) = head.weight2.get_mut(at % hidden * classes + at / hidden) {
                *slot = value;
            }
        }
        Ok(head)
    }

    /// All zero; also holds a gradient.
    pub(super) fn zeros(shape: HeadShape) -> Self {
        let HeadShape { inputs, hidden, classes, .. } = shape;
        Self {
            shape,
            weight1: vec![0.0; inputs * shape.taps() * hidden],
            bias1: vec![0.0; hidden],
            weight2: vec![0.0; hidden * classes],
            bias2: vec![0.0; classes],
        }
    }

    /// Its sizes.
    pub const fn shape(&self) -> HeadShape {
        self.shape
    }

    /// Number of parameters.
    pub fn parameters(&self) -> usize {
        self.weight1.len() + self.bias1.len() + self.weight2.len() + self.bias2.len()
    }
}
