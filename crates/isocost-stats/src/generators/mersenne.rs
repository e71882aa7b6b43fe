//! MT19937, as `NumPy`'s legacy generator and `CPython` use it.

use rand_mt::Mt;

/// The Mersenne Twister with the readings of its words that both programs share.
#[derive(Debug, Clone)]
pub(super) struct Mersenne(Mt);

impl Mersenne {
    /// `init_genrand` of the authors' code.
    pub(super) fn from_seed(seed: u32) -> Self {
        Self(Mt::new(seed))
    }

    /// `init_by_array` of the authors' code; an empty key counts as the key 0.
    pub(super) fn from_key(key: &[u32]) -> Self {
        let key = if key.is_empty() { &[0] } else { key };
        Self(Mt::new_with_key(key.iter().copied()))
    }

    pub(super) fn next_u32(&mut self) -> u32 {
        self.0.next_u32()
    }

    /// Two words, the first one high.
    pub(super) fn next_u64(&mut self) -> u64 {
        let high = u64::from(self.next_u32());
        high << 32 | u64::from(self.next_u32())
    }

    /// Uniform in `[0, 1)` on a grid of 2⁻⁵³, from two words.
    pub(super) fn unit(&mut self) -> f64 {
        let high = self.next_u32() >> 5;
        let low = self.next_u32() >> 6;
        (f64::from(high) * 67_108_864.0 + f64::from(low)) / 9_007_199_254_740_992.0
    }
}
