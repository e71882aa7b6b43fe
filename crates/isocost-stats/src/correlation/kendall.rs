//! Concordant and discordant pairs.

use std::cmp::Ordering;

use crate::ranks::same;
use crate::{PValue, Tail, normal};

/// Up to this many pairs without ties p is exact.
const EXACT_LIMIT: usize = 50;

/// Numbers of pairs of items, as real numbers: n(n − 1)/2 is exact up to 10⁸ items.
pub(super) struct Pairs {
    n: usize,
    /// All pairs.
    total: f64,
    discordant: f64,
    tied_x: Ties,
    tied_y: Ties,
    tied_both: f64,
}

/// Sums over groups of t equal values.
#[derive(Default)]
struct Ties {
    /// t(t − 1)/2.
    pairs: f64,
    /// t(t − 1)(t − 2).
    triples: f64,
    /// t(t − 1)(2t + 5).
    weighted: f64,
}

impl Ties {
    fn add(mut self, size: usize) -> Self {
        let t = size as f64;
        self.pairs += t * (t - 1.0) / 2.0;
        self.triples += t * (t - 1.0) * (t - 2.0);
        self.weighted += t * (t - 1.0) * (2.0 * t + 5.0);
        self
    }
}

impl Pairs {
    pub(super) fn count(x: &[f64], y: &[f64]) -> Self {
        // Adding 0 turns −0 into 0.
        let mut order: Vec<(f64, f64)> = x.iter().zip(y).map(|(x, y)| (x + 0.0, y + 0.0)).collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let n = order.len();
        let tied_x = order.chunk_by(|a, b| same(a.0, b.0)).fold(Ties::default(), |t, g| t.add(g.len()));
        let tied_both = order
            .chunk_by(|a, b| same(a.0, b.0) && same(a.1, b.1))
            .fold(Ties::default(), |t, g| t.add(g.len()))
            .pairs;
        let mut second: Vec<f64> = order.iter().map(|pair| pair.1).collect();
        let discordant = sort_counting_exchanges(&mut second);
        let tied_y = second.chunk_by(|a, b| same(*a, *b)).fold(Ties::default(), |t, g| t.add(g.len()));
        let total = n as f64 * (n as f64 - 1.0) / 2.0;
        Self { n, total, discordant, tied_x, tied_y, tied_both }
    }

    /// Concordant less discordant pairs.
    fn score(&self) -> f64 {
        self.total - self.tied_x.pairs - self.tied_y.pairs + self.tied_both - 2.0 * self.discordant
    }

    /// `None` where all pairs are tied in a variable.
    pub(super) fn tau(&self) -> Option<f64> {
        let (free_x, free_y) = (self.total - self.tied_x.pairs, self.total - self.tied_y.pairs);
        (free_x > 0.0 && free_y > 0.0)
            .then(|| (self.score() / free_x.sqrt() / free_y.sqrt()).clamp(-1.0, 1.0))
    }

    pub(super) fn p(&self, tail: Tail) -> PValue {
        if self.n <= EXACT_LIMIT && self.tied_x.pairs + self.tied_y.pairs <= 0.0 {
            return self.exact_p(tail);
        }
        let n = self.n as f64;
        let m = n * (n - 1.0);
        let variance = (m * (2.0 * n + 5.0) - self.tied_x.weighted - self.tied_y.weighted) / 18.0
            + 2.0 * self.tied_x.pairs * self.tied_y.pairs / m
            + self.tied_x.triples * self.tied_y.triples / (9.0 * m * (n - 2.0));
        let z = self.score() / variance.sqrt();
        PValue::clamped(match tail {
            Tail::Greater => normal::sf(z),
            Tail::Less => normal::cdf(z),
            Tail::TwoSided => 2.0 * normal::sf(z.abs()),
        })
    }

    /// From the distribution of the number of inversions of a random order.
    fn exact_p(&self, tail: Tail) -> PValue {
        let mut chances = vec![1.0_f64];
        for k in 2..=self.n {
            let mut next = vec![0.0; chances.len() + k - 1];
            for (at, chance) in chances.iter().enumerate() {
                for slot in next.iter_mut().skip(at).take(k) {
                    *slot += chance / k as f64;
                }
            }
            chances = next;
        }
        let at_most = |limit: f64| {
            chances.iter().enumerate().take_while(|(k, _)| *k as f64 <= limit).map(|(_, p)| p).sum::<f64>()
        };
        // Few discordant pairs speak for "greater"; the distribution is symmetric.
        let (greater, less) = (at_most(self.discordant), at_most(self.total - self.discordant));
        PValue::clamped(match tail {
            Tail::Greater => greater,
            Tail::Less => less,
            Tail::TwoSided => 2.0 * greater.min(less),
        })
    }
}

/// Sorts by merging and counts how many pairs stood in the wrong order; equal values do not.
fn sort_counting_exchanges(values: &mut Vec<f64>) -> f64 {
    let mut exchanges = 0.0;
    let mut width = 1;
    while width < values.len() {
        let mut merged = Vec::with_capacity(values.len());
        for run in values.chunks(2 * width) {
            let (mut left, mut right) = run.split_at(width.min(run.len()));
            while let (Some((a, rest_left)), Some((b, rest_right))) =
                (left.split_first(), right.split_first())
            {
                if a.total_cmp(b) == Ordering::Greater {
                    exchanges += left.len() as f64;
                    merged.push(*b);
                    right = rest_right;
                } else {
                    merged.push(*a);
                    left = rest_left;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        *values = merged;
        width *= 2;
    }
    exchanges
}
