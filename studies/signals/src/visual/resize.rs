//! Resizing as Pillow does it by default: bicubic, antialiased, in 8-bit fixed point, across and then down.
//!
//! Source: Pillow's `Resample.c` (`precompute_coeffs`, `normalize_coeffs_8bpc`); equal to the last bit.

use super::Gray;
use crate::error::SignalResult;
use crate::numeric::count;

/// Bits of the fractions that weights are kept in.
const PRECISION: u32 = 32 - 8 - 2;
/// How far the filter reaches, in pixels of the coarser picture.
const SUPPORT: f64 = 2.0;

/// Weights of the pixels that one new pixel is made of.
struct Weights {
    first: usize,
    shares: Vec<i64>,
}

/// Bicubic filter with a = −1/2.
fn bicubic(at: f64) -> f64 {
    const A: f64 = -0.5;
    let x = at.abs();
    if x < 1.0 {
        ((A + 2.0) * x - (A + 3.0)) * x * x + 1.0
    } else if x < 2.0 {
        (((x - 5.0) * x + 8.0) * x - 4.0) * A
    } else {
        0.0
    }
}

fn weights(from: usize, to: usize) -> Vec<Weights> {
    let scale = from as f64 / to as f64;
    let widening = scale.max(1.0);
    let support = SUPPORT * widening;
    (0..to)
        .map(|pixel| {
            let centre = (pixel as f64 + 0.5) * scale;
            let first = count((centre - support + 0.5).max(0.0)).unwrap_or(0);
            let end = count(centre + support + 0.5).unwrap_or(from).min(from);
            let raw: Vec<f64> =
                (first..end).map(|x| bicubic((x as f64 - centre + 0.5) * (1.0 / widening))).collect();
            let total: f64 = raw.iter().sum();
            let norm = if total == 0.0 { 1.0 } else { total };
            Weights { first, shares: raw.iter().map(|weight| fixed(weight / norm)).collect() }
        })
        .collect()
}

/// Rounds half away from zero, as C does here.
#[expect(clippy::cast_possible_truncation, reason = "weights are within ±2, so 23 bits hold them")]
fn fixed(weight: f64) -> i64 {
    let scaled = weight * f64::from(1_u32 << PRECISION);
    (scaled + if weight < 0.0 { -0.5 } else { 0.5 }) as i64
}

/// One new pixel from those of a row or column.
fn pixel(weights: &Weights, line: impl Iterator<Item = u8>) -> u8 {
    let half = 1_i64 << (PRECISION - 1);
    let sum: i64 = weights.shares.iter().zip(line).map(|(share, value)| share * i64::from(value)).sum();
    u8::try_from(((half + sum) >> PRECISION).clamp(0, 255)).unwrap_or(u8::MAX)
}

impl Gray {
    /// The picture at another size, as `PIL.Image.resize` makes it.
    pub fn resized(&self, width: usize, height: usize) -> SignalResult<Self> {
        let across = if width == self.width() { self.clone() } else { self.across(width)? };
        if height == across.height() { Ok(across) } else { across.down(height) }
    }

    fn across(&self, width: usize) -> SignalResult<Self> {
        let columns = weights(self.width(), width);
        let pixels = self.pixels().chunks_exact(self.width()).flat_map(|row| {
            columns.iter().map(|column| pixel(column, row.iter().skip(column.first).copied()))
        });
        Self::new(width, self.height(), pixels.collect())
    }

    fn down(&self, height: usize) -> SignalResult<Self> {
        let width = self.width();
        let mut pixels = Vec::with_capacity(width * height);
        for row in weights(self.height(), height) {
            let from = self.pixels().get(row.first * width..).unwrap_or_default();
            pixels.extend(
                (0..width).map(|column| pixel(&row, from.iter().skip(column).step_by(width).copied())),
            );
        }
        Self::new(width, height, pixels)
    }
}
