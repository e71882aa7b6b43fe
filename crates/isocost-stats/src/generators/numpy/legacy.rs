//! `numpy.random.RandomState`, the legacy generator.

use super::{index, mask_of, shifted, width};
use crate::generators::mersenne::Mersenne;
use crate::{StatsError, StatsResult, logarithm};

/// `numpy.random.RandomState(seed)`, and so what `np.random.seed(seed)` sets: MT19937 with frozen algorithms.
#[derive(Debug, Clone)]
pub struct RandomState {
    core: Mersenne,
    gauss: Option<f64>,
}

impl RandomState {
    /// `RandomState(seed)` for an integer seed.
    pub fn new(seed: u32) -> Self {
        Self { core: Mersenne::from_seed(seed), gauss: None }
    }

    /// `RandomState([a, b, …])`; an empty key, which `NumPy` refuses, counts as `[0]`.
    pub fn from_key(key: &[u32]) -> Self {
        Self { core: Mersenne::from_key(key), gauss: None }
    }

    /// 32 bits.
    pub fn next_u32(&mut self) -> u32 {
        self.core.next_u32()
    }

    /// `random_sample()`, `rand()`: uniform in `[0, 1)` on a grid of 2⁻⁵³.
    pub fn random_sample(&mut self) -> f64 {
        self.core.unit()
    }

    /// `uniform(low, high)`.
    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.random_sample()
    }

    /// Uniform over `0..=max` by masked rejection.
    fn interval(&mut self, max: u64) -> u64 {
        if max == 0 {
            return 0;
        }
        let mask = mask_of(max);
        loop {
            let word =
                if u32::try_from(max).is_ok() { self.core.next_u32().into() } else { self.core.next_u64() };
            if word & mask <= max {
                return word & mask;
            }
        }
    }

    /// `randint(low, high)`, `high` excluded, of 64-bit integers (the default outside Windows); an empty range is an error.
    pub fn randint(&mut self, low: i64, high: i64) -> StatsResult<i64> {
        let width = width(low, high)?;
        Ok(shifted(low, self.interval(width - 1)))
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

    /// `choice(population, count, replace=False)`: the head of a permutation.
    pub fn choice_without_replacement(&mut self, population: usize, count: usize) -> StatsResult<Vec<usize>> {
        if count > population {
            return Err(StatsError::TooFew { what: "a sample", needed: count, found: population });
        }
        let mut items = self.permutation(population);
        items.truncate(count);
        Ok(items)
    }

    /// `standard_normal()`, `randn()`: Marsaglia's polar method, the second value kept for the next call.
    pub fn standard_normal(&mut self) -> f64 {
        if let Some(kept) = self.gauss.take() {
            return kept;
        }
        loop {
            let x = 2.0 * self.random_sample() - 1.0;
            let y = 2.0 * self.random_sample() - 1.0;
            let square = x * x + y * y;
            if square < 1.0 && square != 0.0 {
                let factor = (-2.0 * logarithm::ln(square) / square).sqrt();
                self.gauss = Some(factor * x);
                return factor * y;
            }
        }
    }

    /// `normal(mean, sd)`.
    pub fn normal(&mut self, mean: f64, sd: f64) -> f64 {
        mean + sd * self.standard_normal()
    }
}
