//! Products of matrices in single precision.
//!
//! Each element of a product is summed over the inner index in ascending order, each step one fused multiply-add. So the bits do not depend on how
//! wide the processor's registers are.

use crate::LearnResult;
use crate::error::same;

/// How a factor lies in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Row by row, as it enters the product.
    Plain,
    /// Column by column: its transpose lies row by row.
    Transposed,
}

/// Multiplies matrices; keeps its buffers.
#[derive(Debug, Clone, Default)]
pub struct Gemm {
    left: Vec<f32>,
    right: Vec<f32>,
}

/// Rows, inner length and columns of a product.
#[derive(Debug, Clone, Copy)]
struct Sizes {
    rows: usize,
    inner: usize,
    columns: usize,
}

impl Gemm {
    /// `product = left · right`, with `left` of `rows` by `inner` and `right` of `inner` by `columns`; overwrites `product`, row by row.
    pub fn multiply(
        &mut self,
        left: (&[f32], Side),
        right: (&[f32], Side),
        (rows, inner, columns): (usize, usize, usize),
        product: &mut [f32],
    ) -> LearnResult<()> {
        let sizes = Sizes { rows, inner, columns };
        same("elements of the left factor", rows.saturating_mul(inner), left.0.len())?;
        same("elements of the right factor", inner.saturating_mul(columns), right.0.len())?;
        same("elements of the product", rows.saturating_mul(columns), product.len())?;
        if inner == 0 {
            product.fill(0.0);
        }
        if rows == 0 || columns == 0 || inner == 0 {
            return Ok(());
        }
        self.dispatch(left, right, sizes, product);
        Ok(())
    }

    #[cfg(target_arch = "x86_64")]
    fn dispatch(&mut self, left: (&[f32], Side), right: (&[f32], Side), sizes: Sizes, product: &mut [f32]) {
        if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("fma") {
            self.pack::<12, 32>(left, right, sizes);
            #[expect(unsafe_code, reason = "the processor has just been asked for these instructions")]
            unsafe {
                wide(&self.left, &self.right, sizes, product);
            }
        } else if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            self.pack::<6, 16>(left, right, sizes);
            #[expect(unsafe_code, reason = "the processor has just been asked for these instructions")]
            unsafe {
                narrow(&self.left, &self.right, sizes, product);
            }
        } else {
            self.pack::<4, 8>(left, right, sizes);
            tiles::<4, 8>(&self.left, &self.right, sizes, product);
        }
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn dispatch(&mut self, left: (&[f32], Side), right: (&[f32], Side), sizes: Sizes, product: &mut [f32]) {
        self.pack::<6, 16>(left, right, sizes);
        tiles::<6, 16>(&self.left, &self.right, sizes, product);
    }

    fn pack<const R: usize, const C: usize>(
        &mut self,
        left: (&[f32], Side),
        right: (&[f32], Side),
        sizes: Sizes,
    ) {
        let Sizes { rows, inner, columns } = sizes;
        let turned = match left.1 {
            Side::Plain => Side::Transposed,
            Side::Transposed => Side::Plain,
        };
        pack::<R>(&mut self.left, (left.0, turned), inner, rows);
        pack::<C>(&mut self.right, right, inner, columns);
    }
}

/// Lays a matrix of `inner` by `across` into panels of `W` columns, each panel row by row, the last one filled up with zeros.
fn pack<const W: usize>(panels: &mut Vec<f32>, (values, side): (&[f32], Side), inner: usize, across: usize) {
    let count = across.div_ceil(W);
    panels.clear();
    panels.resize(count * inner * W, 0.0);
    for (at, panel) in panels.chunks_exact_mut(inner * W).enumerate() {
        let start = at * W;
        let end = (start + W).min(across);
        match side {
            Side::Plain => {
                for (slots, row) in panel.chunks_exact_mut(W).zip(values.chunks_exact(across)) {
                    for (slot, value) in slots.iter_mut().zip(row.get(start..end).unwrap_or_default()) {
                        *slot = *value;
                    }
                }
            }
            Side::Transposed => {
                let lines = values.get(start * inner..end * inner).unwrap_or_default();
                for (column, line) in lines.chunks_exact(inner).enumerate() {
                    for (slots, value) in panel.chunks_exact_mut(W).zip(line) {
                        if let Some(slot) = slots.get_mut(column) {
                            *slot = *value;
                        }
                    }
                }
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,fma")]
fn wide(left: &[f32], right: &[f32], sizes: Sizes, product: &mut [f32]) {
    tiles::<12, 32>(left, right, sizes, product);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn narrow(left: &[f32], right: &[f32], sizes: Sizes, product: &mut [f32]) {
    tiles::<6, 16>(left, right, sizes, product);
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
fn tiles<const R: usize, const C: usize>(left: &[f32], right: &[f32], sizes: Sizes, product: &mut [f32]) {
    let Sizes { inner, columns, .. } = sizes;
    for (band, panel_r) in right.chunks_exact(inner * C).enumerate() {
        let from = band * C;
        let to = (from + C).min(columns);
        for (rows, panel_l) in product.chunks_mut(columns * R).zip(left.chunks_exact(inner * R)) {
            let tile = tile::<R, C>(panel_l, panel_r);
            for (row, sums) in rows.chunks_exact_mut(columns).zip(&tile) {
                if let Some(slots) = row.get_mut(from..to) {
                    for (slot, sum) in slots.iter_mut().zip(sums) {
                        *slot = *sum;
                    }
                }
            }
        }
    }
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
fn tile<const R: usize, const C: usize>(left: &[f32], right: &[f32]) -> [[f32; C]; R] {
    let mut sums = [[0.0_f32; C]; R];
    let (left, _) = left.as_chunks::<R>();
    let (right, _) = right.as_chunks::<C>();
    for (a, b) in left.iter().zip(right) {
        for (sums, a) in sums.iter_mut().zip(a) {
            for (sum, b) in sums.iter_mut().zip(b) {
                *sum = a.mul_add(*b, *sum);
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn by_definition(a: &[f32], b: &[f32], (m, k, n): (usize, usize, usize)) -> Vec<f32> {
        let element =
            |i: usize, j: usize| (0..k).fold(0.0_f32, |sum, t| a[i * k + t].mul_add(b[t * n + j], sum));
        (0..m * n).map(|at| element(at / n, at % n)).collect()
    }

    fn transposed(values: &[f32], rows: usize, columns: usize) -> Vec<f32> {
        (0..rows * columns).map(|at| values[at % rows * columns + at / rows]).collect()
    }

    proptest! {
        #[test]
        fn each_element_is_the_ordered_sum_of_fused_products(m in 0_usize..30, k in 0_usize..20, n in 0_usize..70, seed: u64) {
            let mut rng = super::super::TorchRng::new(seed);
            let a: Vec<f32> = (0..m * k).map(|_| rng.uniform(-1.0, 1.0)).collect();
            let b: Vec<f32> = (0..k * n).map(|_| rng.uniform(-1.0, 1.0)).collect();
            let expected = by_definition(&a, &b, (m, k, n));
            let (ta, tb) = (transposed(&a, m, k), transposed(&b, k, n));
            let mut gemm = Gemm::default();
            for left in [(&a[..], Side::Plain), (&ta[..], Side::Transposed)] {
                for right in [(&b[..], Side::Plain), (&tb[..], Side::Transposed)] {
                    let mut product = vec![f32::NAN; m * n];
                    gemm.multiply(left, right, (m, k, n), &mut product).unwrap();
                    prop_assert_eq!(&product, &expected);
                }
            }
            let sizes = Sizes { rows: m, inner: k, columns: n };
            if m * k * n > 0 {
                let mut product = vec![f32::NAN; m * n];
                gemm.pack::<4, 8>((&a, Side::Plain), (&b, Side::Plain), sizes);
                tiles::<4, 8>(&gemm.left, &gemm.right, sizes, &mut product);
                prop_assert_eq!(&product, &expected);
            }
        }
    }

    #[test]
    fn factors_of_other_sizes_are_refused() {
        let mut product = [0.0; 4];
        let result = Gemm::default().multiply(
            (&[1.0; 3], Side::Plain),
            (&[1.0; 4], Side::Plain),
            (2, 2, 2),
            &mut product,
        );
        assert!(result.is_err());
    }
}
