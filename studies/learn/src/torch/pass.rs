//! Forward and backward passes of a head.

use super::head::{Head, HeadKind};
use super::{Dropout, Gemm, Side, TorchRng};
use crate::LearnResult;

/// Buffers of one pass over a batch of clips.
#[derive(Debug, Default)]
pub(super) struct Pass {
    gemm: Gemm,
    /// Rows of features.
    pub(super) input: Vec<f32>,
    taps: Vec<f32>,
    hidden: Vec<f32>,
    factors: Vec<f32>,
    /// Logits; after the loss, their gradient.
    pub(super) logits: Vec<f32>,
    upstream: Vec<f32>,
}

impl Pass {
    /// Logits of the rows in `input`. With a generator, dropout is applied.
    pub(super) fn forward(
        &mut self,
        head: &Head,
        seconds: usize,
        training: Option<&mut TorchRng>,
    ) -> LearnResult<()> {
        let shape = head.shape;
        let rows = self.input.len() / shape.inputs;
        let wide = shape.taps() * shape.hidden;
        self.taps.resize(rows * wide, 0.0);
        let sizes = (rows, shape.inputs, wide);
        self.gemm.multiply(
            (&self.input, Side::Plain),
            (&head.weight1, Side::Plain),
            sizes,
            &mut self.taps,
        )?;
        self.hidden.clear();
        for _ in 0..rows {
            self.hidden.extend_from_slice(&head.bias1);
        }
        self.add_taps(shape.taps(), shape.hidden, seconds);
        for value in &mut self.hidden {
            *value = value.max(0.0);
        }
        self.factors.clear();
        if let Some(mut dropout) = training.and_then(|rng| Dropout::start(rng, shape.dropout)) {
            self.drop(&mut dropout, shape.kind, shape.hidden, seconds);
        }
        self.logits.resize(rows * shape.classes, 0.0);
        let sizes = (rows, shape.hidden, shape.classes);
        self.gemm.multiply(
            (&self.hidden, Side::Plain),
            (&head.weight2, Side::Plain),
            sizes,
            &mut self.logits,
        )?;
        for row in self.logits.chunks_exact_mut(shape.classes) {
            add(row, &head.bias2);
        }
        Ok(())
    }

    /// Adds what each second gets from its neighbours.
    fn add_taps(&mut self, taps: usize, width: usize, seconds: usize) {
        let wide = taps * width;
        let clips = self.hidden.chunks_exact_mut(seconds * width).zip(self.taps.chunks_exact(seconds * wide));
        for (hidden, products) in clips {
            for (second, row) in hidden.chunks_exact_mut(width).enumerate() {
                for tap in 0..taps {
                    let Some(from) = (second + tap).checked_sub(taps / 2).filter(|from| *from < seconds)
                    else {
                        continue;
                    };
                    let start = from * wide + tap * width;
                    add(row, products.get(start..start + width).unwrap_or_default());
                }
            }
        }
    }

    /// Draws factors in torch's memory order: row by row, or for convolutions clip by clip, unit by unit, second by second.
    fn drop(&mut self, dropout: &mut Dropout, kind: HeadKind, width: usize, seconds: usize) {
        self.factors.resize(self.hidden.len(), 0.0);
        match kind {
            HeadKind::Mlp => self.factors.fill_with(|| dropout.next_factor()),
            HeadKind::TemporalConv { .. } => {
                for clip in self.factors.chunks_exact_mut(seconds * width) {
                    for unit in 0..width {
                        for slot in clip.iter_mut().skip(unit).step_by(width) {
                            *slot = dropout.next_factor();
                        }
                    }
                }
            }
        }
        for (value, factor) in self.hidden.iter_mut().zip(&self.factors) {
            *value *= factor;
        }
    }

    /// The gradient of the parameters, from the gradient of the logits.
    pub(super) fn backward(&mut self, head: &Head, seconds: usize, gradient: &mut Head) -> LearnResult<()> {
        let shape = head.shape;
        let rows = self.input.len() / shape.inputs;
        let sizes = (shape.hidden, rows, shape.classes);
        let hidden = (&self.hidden[..], Side::Transposed);
        self.gemm.multiply(hidden, (&self.logits, Side::Plain), sizes, &mut gradient.weight2)?;
        sum_columns(&self.logits, &mut gradient.bias2);
        self.upstream.resize(rows * shape.hidden, 0.0);
        let sizes = (rows, shape.classes, shape.hidden);
        let weight2 = (&head.weight2[..], Side::Transposed);
        self.gemm.multiply((&self.logits, Side::Plain), weight2, sizes, &mut self.upstream)?;
        for (up, value) in self.upstream.iter_mut().zip(&self.hidden) {
            // A dropped unit is 0 too, so that one test serves the rectifier and dropout.
            *up = if *value > 0.0 { *up } else { 0.0 };
        }
        for (up, factor) in self.upstream.iter_mut().zip(&self.factors) {
            *up *= factor;
        }
        sum_columns(&self.upstream, &mut gradient.bias1);
        self.spread_taps(shape.taps(), shape.hidden, seconds);
        let sizes = (shape.inputs, rows, shape.taps() * shape.hidden);
        let input = (&self.input[..], Side::Transposed);
        self.gemm.multiply(input, (&self.taps, Side::Plain), sizes, &mut gradient.weight1)
    }

    /// The transpose of [`Self::add_taps`].
    fn spread_taps(&mut self, taps: usize, width: usize, seconds: usize) {
        let wide = taps * width;
        let clips =
            self.upstream.chunks_exact(seconds * width).zip(self.taps.chunks_exact_mut(seconds * wide));
        for (upstream, products) in clips {
            for (second, row) in products.chunks_exact_mut(wide).enumerate() {
                for (tap, slots) in row.chunks_exact_mut(width).enumerate() {
                    let to = (second + taps / 2).checked_sub(tap).filter(|to| *to < seconds);
                    match to.and_then(|to| upstream.get(to * width..(to + 1) * width)) {
                        Some(up) => slots.copy_from_slice(up),
                        None => slots.fill(0.0),
                    }
                }
            }
        }
    }
}

fn add(target: &mut [f32], source: &[f32]) {
    for (slot, value) in target.iter_mut().zip(source) {
        *slot += value;
    }
}

fn sum_columns(values: &[f32], sums: &mut [f32]) {
    sums.fill(0.0);
    for row in values.chunks_exact(sums.len().max(1)) {
        add(sums, row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::torch::{HeadShape, cross_entropy_rows};

    type Part = fn(&mut Head) -> &mut Vec<f32>;

    #[test]
    fn the_gradient_is_the_slope_of_the_loss_in_every_tensor() {
        let seconds = 4;
        for kind in
            [HeadKind::Mlp, HeadKind::TemporalConv { kernel: 3 }, HeadKind::TemporalConv { kernel: 5 }]
        {
            let shape = HeadShape { kind, inputs: 3, hidden: 6, classes: 3, dropout: 0.0 };
            let mut rng = TorchRng::new(5);
            let head = Head::new(shape, &mut rng).unwrap();
            let mut pass =
                Pass { input: (0..24).map(|_| rng.uniform(-1.0, 1.0)).collect(), ..Pass::default() };
            let labels = [0, 1, 2, 0, 1, 1, 0, 2];
            let mut gradient = Head::zeros(shape);
            let mut loss_of = |head: &Head, gradient: Option<&mut Head>| {
                pass.forward(head, seconds, None).unwrap();
                let loss = cross_entropy_rows(&mut pass.logits, 3, &labels).unwrap().unwrap();
                if let Some(gradient) = gradient {
                    pass.backward(head, seconds, gradient).unwrap();
                }
                loss
            };
            loss_of(&head, Some(&mut gradient));
            let parts: [Part; 4] =
                [|h| &mut h.weight1, |h| &mut h.bias1, |h| &mut h.weight2, |h| &mut h.bias2];
            for part in parts {
                for at in 0..part(&mut head.clone()).len() {
                    let mut moved = |by: f32| {
                        let mut copy = head.clone();
                        part(&mut copy)[at] += by;
                        loss_of(&copy, None)
                    };
                    let slope = (moved(2e-3) - moved(-2e-3)) / 4e-3;
                    let expected = part(&mut gradient)[at];
                    assert!((slope - expected).abs() < 1e-3, "{kind:?} {at}: {slope} {expected}");
                }
            }
        }
    }
}
