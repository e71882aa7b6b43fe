//! Vectors and narrow matrices of the least-squares fits: a handful of columns, so plain loops in a fixed order.

use crate::StatsError;

/// A column of numbers.
pub(super) type Vector = Vec<f64>;

/// Sweeps after which a decomposition has failed; three to six are usual.
const MOST_SWEEPS: usize = 60;
/// Cosine of two columns that count as orthogonal: a few roundings of their product.
const ORTHOGONAL: f64 = 16.0 * f64::EPSILON;

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

pub(super) fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

/// Element by element.
pub(super) fn times(a: &[f64], b: &[f64]) -> Vector {
    a.iter().zip(b).map(|(a, b)| a * b).collect()
}

/// a + t · b.
pub(super) fn plus(a: &[f64], t: f64, b: &[f64]) -> Vector {
    a.iter().zip(b).map(|(a, b)| a + t * b).collect()
}

pub(super) fn scaled(a: &[f64], t: f64) -> Vector {
    a.iter().map(|a| a * t).collect()
}

/// A matrix by columns of equal length.
#[derive(Debug, Clone)]
pub(super) struct Columns(pub(super) Vec<Vector>);

/// A = U diag(singular) Vᵀ, with Uᵀf instead of U.
pub(super) struct Decomposition {
    pub(super) singular: Vector,
    pub(super) right: Columns,
    pub(super) projected: Vector,
}

impl Columns {
    /// A s.
    pub(super) fn apply(&self, s: &[f64]) -> Vector {
        let rows = self.0.first().map_or(0, Vec::len);
        self.0.iter().zip(s).fold(vec![0.0; rows], |total, (column, s)| plus(&total, *s, column))
    }

    /// Aᵀ f.
    pub(super) fn transposed(&self, f: &[f64]) -> Vector {
        self.0.iter().map(|column| dot(column, f)).collect()
    }

    /// Each column times its factor.
    pub(super) fn scaled_by(&self, factors: &[f64]) -> Self {
        Self(self.0.iter().zip(factors).map(|(column, factor)| scaled(column, *factor)).collect())
    }

    /// The matrix with a diagonal one below it.
    pub(super) fn above_diagonal(&self, diagonal: &[f64]) -> Self {
        let extended = self.0.iter().enumerate().map(|(j, column)| {
            let below = diagonal.iter().enumerate().map(|(i, value)| if i == j { *value } else { 0.0 });
            column.iter().copied().chain(below).collect()
        });
        Self(extended.collect())
    }

    /// Singular value decomposition by one-sided Jacobi rotations, accurate also for columns of very different size.
    ///
    /// Sources: Hestenes (1958); Demmel and Veselić (1992).
    pub(super) fn decompose(mut self, f: &[f64]) -> Result<Decomposition, StatsError> {
        let width = self.0.len();
        let unit = |j| (0..width).map(|i| if i == j { 1.0 } else { 0.0 }).collect();
        let mut right = Self((0..width).map(unit).collect());
        for _ in 0..MOST_SWEEPS {
            let mut rotated = false;
            for p in 0..width {
                for q in p + 1..width {
                    rotated |= rotate(&mut self.0, &mut right.0, p, q);
                }
            }
            if !rotated {
                let singular: Vector = self.0.iter().map(|column| norm(column)).collect();
                let on = |(column, length): (&Vector, &f64)| {
                    if *length > 0.0 { dot(column, f) / length } else { 0.0 }
                };
                let projected = self.0.iter().zip(&singular).map(on).collect();
                return Ok(Decomposition { singular, right, projected });
            }
        }
        Err(StatsError::Degenerate("the Jacobian of a fit has no singular value decomposition"))
    }
}

/// Makes two columns orthogonal, and turns the right vectors alike. False if they already are.
fn rotate(columns: &mut [Vector], right: &mut [Vector], p: usize, q: usize) -> bool {
    let (Some(a), Some(b)) = (columns.get(p), columns.get(q)) else { return false };
    let (alpha, beta, gamma) = (dot(a, a), dot(b, b), dot(a, b));
    if gamma == 0.0 || gamma.abs() <= ORTHOGONAL * alpha.sqrt() * beta.sqrt() || !gamma.is_finite() {
        return false;
    }
    let zeta = (beta - alpha) / (2.0 * gamma);
    let tangent = zeta.signum() / (zeta.abs() + libm::hypot(zeta, 1.0));
    let cosine = 1.0 / libm::hypot(tangent, 1.0);
    let sine = cosine * tangent;
    for vectors in [columns, right] {
        let (Some(a), Some(b)) = (vectors.get(p), vectors.get(q)) else { return false };
        let turned = (plus(&scaled(a, cosine), -sine, b), plus(&scaled(b, cosine), sine, a));
        if let Ok([a, b]) = vectors.get_disjoint_mut([p, q]) {
            (*a, *b) = turned;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_decomposition_gives_the_matrix_back(
            cells in prop::collection::vec(-3.0..3.0, 15),
            sizes in prop::collection::vec(-8..4, 3),
        ) {
            let factors: Vec<f64> = sizes.iter().map(|size| 10.0_f64.powi(*size)).collect();
            let matrix = Columns(cells.chunks(5).map(<[f64]>::to_vec).collect()).scaled_by(&factors);
            let f = [1.0, -2.0, 0.5, 3.0, 0.25];
            let found = matrix.clone().decompose(&f).unwrap();
            // Aᵀf = V diag(s) Uᵀf, and V is orthogonal.
            let again = found.right.apply(&times(&found.singular, &found.projected));
            let expected = matrix.transposed(&f);
            for ((again, expected), factor) in again.iter().zip(&expected).zip(&factors) {
                let size = factors.iter().copied().fold(*factor, f64::max);
                prop_assert!((again - expected).abs() < 1e-13 * 100.0 * size);
            }
            for (i, a) in found.right.0.iter().enumerate() {
                for (j, b) in found.right.0.iter().enumerate() {
                    let unit = if i == j { 1.0 } else { 0.0 };
                    prop_assert!((dot(a, b) - unit).abs() < 1e-12);
                }
            }
        }
    }
}
