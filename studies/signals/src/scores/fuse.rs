//! Joins scores of sound and of pictures.
//!
//! Source: `listen_qa` sections 2.1 to 2.2.

/// What the reference multiplies joined scores by, so that its thresholds fit them (`AV_FUSED_SCORE_SCALE`).
pub const FUSED_SCALE: f64 = 3.5;

/// How two scores of a second become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fusion {
    /// The larger one.
    Max,
    /// Their product.
    Product,
}

/// Cut, or filled up with 0, to `seconds`.
pub fn fitted(scores: &[f64], seconds: usize) -> Vec<f64> {
    let mut fitted = scores.to_vec();
    fitted.resize(seconds, 0.0);
    fitted
}

/// Both scores, cut or filled up to `seconds`, second by second.
pub fn fuse(fusion: Fusion, left: &[f64], right: &[f64], seconds: usize) -> Vec<f64> {
    let join = |(a, b): (f64, f64)| match fusion {
        Fusion::Max => a.max(b),
        Fusion::Product => a * b,
    };
    fitted(left, seconds).into_iter().zip(fitted(right, seconds)).map(join).collect()
}

/// Each score times `factor`.
pub fn scaled(scores: &[f64], factor: f64) -> Vec<f64> {
    scores.iter().map(|score| score * factor).collect()
}
