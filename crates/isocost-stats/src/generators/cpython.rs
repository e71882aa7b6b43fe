//! Python's `random.Random`.

use std::collections::HashSet;

use super::mersenne::Mersenne;
use crate::{StatsError, StatsResult, logarithm};

/// `random.Random(seed)` of `CPython` 3.10 and later (MT19937 keyed by `init_by_array`).
///
/// Source: `CPython`'s `Lib/random.py` and `Modules/_randommodule.c`. Everything but [`Random::gauss`] is exact on any machine; `gauss` uses
/// the logarithm, sine and cosine of the `libm` crate, which differ from a platform's in the last bit now and then.
#[derive(Debug, Clone)]
pub struct Random {
    core: Mersenne,
    gauss: Option<f64>,
}

impl Random {
    /// `Random(seed)` for an integer seed; the sign is ignored, as Python does.
    pub fn new(seed: i64) -> Self {
        Self::from_magnitude(u128::from(seed.unsigned_abs()))
    }

    /// `Random(seed)` for integer seeds beyond 64 bits.
    pub fn from_magnitude(seed: u128) -> Self {
        Self { core: Mersenne::from_key(&super::numpy::words_of(seed)), gauss: None }
    }

    /// `random()`: uniform in `[0, 1)` on a grid of 2⁻⁵³.
    pub fn random(&mut self) -> f64 {
        self.core.unit()
    }

    /// `uniform(low, high)`.
    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.random()
    }

    /// `getrandbits(bits)` for at most 64 bits (more count as 64); 0 bits give 0 and draw nothing.
    pub fn getrandbits(&mut self, bits: u32) -> u64 {
        match bits {
            0 => 0,
            1..=32 => u64::from(self.core.next_u32() >> (32 - bits)),
            _ => {
                let low = u64::from(self.core.next_u32());
                let unused = 64 - bits.min(64);
                u64::from(self.core.next_u32() >> unused) << 32 | low
            }
        }
    }

    /// `_randbelow(bound)`: uniform over `0..bound`; 0 for a bound of 0, drawing nothing.
    pub fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 {
            return 0;
        }
        let bits = u64::BITS - bound.leading_zeros();
        loop {
            let value = self.getrandbits(bits);
            if value < bound {
                return value;
            }
        }
    }

    /// `randint(low, high)`, both ends included.
    pub fn randint(&mut self, low: i64, high: i64) -> StatsResult<i64> {
        let end = high.checked_add(1).ok_or(StatsError::OutOfRange {
            name: "high",
            value: high as f64,
            range: "below 2^63 - 1",
        })?;
        self.randrange(low, end, 1)
    }

    /// `randrange(start, stop, step)`; an empty range or a step of 0 is an error.
    pub fn randrange(&mut self, start: i64, stop: i64, step: i64) -> StatsResult<i64> {
        let width = i128::from(stop) - i128::from(start);
        let wide_step = i128::from(step);
        let count = match step {
            0 => 0,
            1.. => (width + wide_step - 1).div_euclid(wide_step),
            _ => (width + wide_step + 1) / wide_step,
        };
        let count = u64::try_from(count).ok().filter(|&count| count > 0);
        let count = count.ok_or(StatsError::Empty("a range to draw from"))?;
        let drawn = i128::from(start) + wide_step * i128::from(self.below(count));
        i64::try_from(drawn).map_err(|_| StatsError::Undetermined("a draw outside 64 bits"))
    }

    /// `choice(range(count))`: the index of the chosen element.
    pub fn choice(&mut self, count: usize) -> StatsResult<usize> {
        if count == 0 {
            return Err(StatsError::Empty("a population to choose from"));
        }
        Ok(index(self.below(count as u64)))
    }

    /// `shuffle(items)`.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = index(self.below(last as u64 + 1));
            items.swap(last, other);
        }
    }

    /// `sample(range(population), count)`: indices without repetition, in the order drawn.
    pub fn sample(&mut self, population: usize, count: usize) -> StatsResult<Vec<usize>> {
        if count > population {
            return Err(StatsError::TooFew { what: "a sample", needed: count, found: population });
        }
        if population <= set_size(count) {
            Ok(self.sample_from_pool(population, count))
        } else {
            Ok(self.sample_by_rejection(population, count))
        }
    }

    fn sample_from_pool(&mut self, population: usize, count: usize) -> Vec<usize> {
        let mut pool: Vec<usize> = (0..population).collect();
        let mut drawn = Vec::with_capacity(count);
        for taken in 0..count {
            let at = index(self.below((population - taken) as u64));
            drawn.push(pool.swap_remove(at));
        }
        drawn
    }

    fn sample_by_rejection(&mut self, population: usize, count: usize) -> Vec<usize> {
        let mut seen = HashSet::with_capacity(count);
        let mut drawn = Vec::with_capacity(count);
        while drawn.len() < count {
            let at = index(self.below(population as u64));
            if seen.insert(at) {
                drawn.push(at);
            }
        }
        drawn
    }

    /// `gauss(mean, sd)`: Box and Muller 1958, the second value kept for the next call.
    pub fn gauss(&mut self, mean: f64, sd: f64) -> f64 {
        let unit = self.gauss.take().unwrap_or_else(|| {
            let angle = self.random() * std::f64::consts::TAU;
            let radius = (-2.0 * logarithm::ln(1.0 - self.random())).sqrt();
            self.gauss = Some(libm::sin(angle) * radius);
            libm::cos(angle) * radius
        });
        mean + unit * sd
    }
}

/// Above this population size, Python remembers what it drew instead of copying the population.
fn set_size(count: usize) -> usize {
    let mut size = 21_usize;
    if count > 5 {
        let tripled = count.saturating_mul(3);
        let mut power = 1_usize;
        while power < tripled {
            power = power.saturating_mul(4);
        }
        size = size.saturating_add(power);
    }
    size
}

#[expect(clippy::cast_possible_truncation, reason = "drawn below a usize")]
fn index(value: u64) -> usize {
    value as usize
}
