//! The exact distribution of a signed-rank sum.

use crate::{PValue, Tail};

/// Number of sign patterns by twice the rank sum; whole numbers below 2⁵³ for at most 50 ranks, so that every count is exact.
fn patterns(doubled: &[usize]) -> Vec<f64> {
    let mut counts = vec![1.0_f64];
    for &rank in doubled {
        let mut next = counts.clone();
        next.resize(counts.len() + rank, 0.0);
        for (slot, count) in next.iter_mut().skip(rank).zip(&counts) {
            *slot += count;
        }
        counts = next;
    }
    counts
}

/// Average ranks are multiples of one half.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "twice a rank sum of at most 50 ranks is a small whole number"
)]
fn doubled(rank: f64) -> usize {
    (2.0 * rank) as usize
}

pub(super) fn exact_p(ranks: &[f64], w_plus: f64, tail: Tail) -> PValue {
    let doubled_ranks: Vec<usize> = ranks.iter().map(|rank| doubled(*rank)).collect();
    let counts = patterns(&doubled_ranks);
    let all: f64 = counts.iter().sum();
    let at = doubled(w_plus);
    let at_least = counts.iter().skip(at).sum::<f64>() / all;
    let at_most = counts.iter().take(at + 1).sum::<f64>() / all;
    PValue::clamped(match tail {
        Tail::Greater => at_least,
        Tail::Less => at_most,
        Tail::TwoSided => 2.0 * at_least.min(at_most),
    })
}

/// The largest number q of untied values with P(W⁺ ≤ q − 1) ≤ `tail`; 0 if there is none.
pub(super) fn outside(n: usize, tail: f64) -> usize {
    let ranks: Vec<usize> = (1..=n).collect();
    let counts = patterns(&ranks);
    let all: f64 = counts.iter().sum();
    let mut below = 0.0;
    counts
        .iter()
        .take_while(|count| {
            below += **count;
            below / all <= tail
        })
        .count()
}
