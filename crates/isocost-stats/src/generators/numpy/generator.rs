//! `numpy.random.Generator` over PCG64.

use std::collections::HashSet;

use rand_pcg::Pcg64;
use rand_pcg::rand_core::Rng as _;

use super::{SeedSequence, index, mask_of, shifted, width};
use crate::{StatsError, StatsResult};

/// What `default_rng(seed)` returns: PCG64 (M. E. O'Neill 2014, XSL RR 128/64) with `NumPy`'s reading of its words.
///
/// Draws of 32 bits take the low half of a word and keep the high half for the next such draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Generator {
    pub(super) core: Pcg64,
    half: Option<u32>,
}

impl Generator {
    /// `default_rng(seed)`.
    pub fn new(seed: u64) -> Self {
        Self::from_sequence(&SeedSequence::new(u128::from(seed)))
    }

    /// `default_rng(sequence)`, for large and list seeds and for spawned children.
    pub fn from_sequence(sequence: &SeedSequence) -> Self {
        let words = sequence.generate_state(4);
        let wide = |at: usize| u128::from(words.get(at).copied().unwrap_or_default());
        Self { core: Pcg64::new(wide(0) << 64 | wide(1), wide(2) << 64 | wide(3)), half: None }
    }

    /// 64 bits. Does not touch a kept half word.
    #[inline]
    pub fn next_u64(&mut self) -> u64 {
        self.core.next_u64()
    }

    /// 32 bits: the kept half word, or the low half of the next word.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the halves are what is asked for")]
    pub fn next_u32(&mut self) -> u32 {
        if let Some(high) = self.half.take() {
            return high;
        }
        let word = self.next_u64();
        self.half = Some((word >> 32) as u32);
        word as u32
    }

    /// Whether the next 32-bit draw comes from a kept half word.
    pub fn has_half(&self) -> bool {
        self.half.is_some()
    }

    /// Skips this many 32-bit draws, in logarithmic time.
    pub fn skip_u32(&mut self, draws: u64) {
        let mut left = draws;
        if left > 0 && self.half.take().is_some() {
            left -= 1;
        }
        self.core.advance(u128::from(left / 2));
        if left % 2 == 1 {
            self.next_u32();
        }
    }

    /// `random()`: uniform in `[0, 1)` on a grid of 2⁻⁵³.
    pub fn random(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / 9_007_199_254_740_992.0
    }

    /// `random(dtype=float32)`: uniform in `[0, 1)` on a grid of 2⁻²⁴.
    pub fn random_f32(&mut self) -> f32 {
        (self.next_u32() >> 8) as f32 / 16_777_216.0
    }

    /// `uniform(low, high)`.
    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.random()
    }

    /// `integers(0, bound)`: uniform over `0..bound` (Lemire 2019, "Fast random integer generation in an interval"), on 32-bit draws for
    /// bounds up to 2³². Bounds of 0 and 1 give 0 and draw nothing.
    #[inline]
    pub fn below(&mut self, bound: u64) -> u64 {
        match u32::try_from(bound) {
            Ok(0 | 1) => 0,
            Ok(bound) => u64::from(self.below_u32(bound)),
            Err(_) if bound == 1 << 32 => u64::from(self.next_u32()),
            Err(_) => self.below_u64(bound),
        }
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the halves are what is asked for")]
    fn below_u32(&mut self, bound: u32) -> u32 {
        let mut wide = u64::from(self.next_u32()) * u64::from(bound);
        if (wide as u32) < bound {
            let threshold = bound.wrapping_neg() % bound.max(1);
            while (wide as u32) < threshold {
                wide = u64::from(self.next_u32()) * u64::from(bound);
            }
        }
        (wide >> 32) as u32
    }

    #[expect(clippy::cast_possible_truncation, reason = "the halves are what is asked for")]
    fn below_u64(&mut self, bound: u64) -> u64 {
        let mut wide = u128::from(self.next_u64()) * u128::from(bound);
        if (wide as u64) < bound {
            let threshold = bound.wrapping_neg() % bound.max(1);
            while (wide as u64) < threshold {
                wide = u128::from(self.next_u64()) * u128::from(bound);
            }
        }
        (wide >> 64) as u64
    }

    /// `integers(low, high)`, `high` excluded; an empty range is an error.
    pub fn integers(&mut self, low: i64, high: i64) -> StatsResult<i64> {
        let width = width(low, high)?;
        Ok(shifted(low, self.below(width)))
    }

    /// Uniform over `0..=max` by masked rejection, as shuffles draw.
    fn interval(&mut self, max: u64) -> u64 {
        if max == 0 {
            return 0;
        }
        let mask = mask_of(max);
        loop {
            let word = if u32::try_from(max).is_ok() { self.next_u32().into() } else { self.next_u64() };
            if word & mask <= max {
                return word & mask;
            }
        }
    }

    /// `shuffle(items)` of one dimension.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = index(self.interval(last as u64));
            items.swap(last, other);
        }
    }

    /// `permutation(count)`: `0..count` in random order.
    pub fn permutation(&mut self, count: usize) -> Vec<usize> {
        let mut items: Vec<usize> = (0..count).collect();
        self.shuffle(&mut items);
        items
    }

    /// `choice(population, count, replace=False)`: indices without repetition, shuffled.
    pub fn choice_without_replacement(&mut self, population: usize, count: usize) -> StatsResult<Vec<usize>> {
        if count > population {
            return Err(StatsError::TooFew { what: "a sample", needed: count, found: population });
        }
        if population > 10_000 && count > population / 50 {
            let mut items: Vec<usize> = (0..population).collect();
            self.shuffle_down_to(&mut items, (population - count).max(1));
            Ok(items.split_off(population - count))
        } else {
            let mut drawn = self.floyd(population, count);
            self.shuffle_down_to(&mut drawn, 1);
            Ok(drawn)
        }
    }

    /// Floyd's algorithm (Bentley and Floyd 1987, "A sample of brilliance").
    fn floyd(&mut self, population: usize, count: usize) -> Vec<usize> {
        let mut seen = HashSet::with_capacity(count);
        let mut drawn = Vec::with_capacity(count);
        for last in population - count..population {
            let candidate = index(self.below((last as u64).saturating_add(1)));
            let chosen = if seen.contains(&candidate) { last } else { candidate };
            seen.insert(chosen);
            drawn.push(chosen);
        }
        drawn
    }

    fn shuffle_down_to(&mut self, items: &mut [usize], first: usize) {
        for last in (first..items.len()).rev() {
            let other = index(self.below((last as u64).saturating_add(1)));
            items.swap(last, other);
        }
    }

    /// `normal(mean, sd)`.
    pub fn normal(&mut self, mean: f64, sd: f64) -> f64 {
        mean + sd * self.standard_normal()
    }
}
