//! A counter-based random stream: replicate `r` draws the same numbers whichever thread computes it.

use std::convert::Infallible;

use rand_pcg::rand_core::TryRng;

const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];

/// `Philox4x32-10` of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).
///
/// The key is the seed; the counter is (block, domain, replicate). Streams with different seed, domain or replicate are independent.
#[derive(Debug, Clone)]
pub struct Stream {
    key: [u32; 2],
    counter: [u32; 4],
    block: [u32; 4],
    used: usize,
}

impl Stream {
    /// The stream of one replicate; `domain` separates the uses of one seed.
    pub fn new(seed: u64, domain: u32, replicate: u64) -> Self {
        let [low, high] = halves(replicate);
        Self { key: halves(seed), counter: [0, domain, low, high], block: [0; 4], used: 4 }
    }

    /// Uniform over all 32-bit values. Repeats after 2³⁴ draws.
    pub fn next_u32(&mut self) -> u32 {
        if self.used >= 4 {
            self.block = philox(self.counter, self.key);
            let [block, ..] = &mut self.counter;
            *block = block.wrapping_add(1);
            self.used = 0;
        }
        let value = self.block.get(self.used).copied().unwrap_or_default();
        self.used += 1;
        value
    }

    /// The next `out.len()` values of [`Self::next_u32`], several blocks at a time.
    pub fn fill(&mut self, out: &mut [u32]) {
        let mut rest = out;
        while self.used < 4 {
            let Some((first, tail)) = rest.split_first_mut() else { return };
            *first = self.next_u32();
            rest = tail;
        }
        let (wide, rest) = rest.as_chunks_mut::<{ 4 * LANES }>();
        for chunk in wide {
            *chunk = philox_lanes(self.counter, self.key);
            let [block, ..] = &mut self.counter;
            *block = block.wrapping_add(ADVANCE);
        }
        for slot in rest {
            *slot = self.next_u32();
        }
    }

    /// Uniform over `0..bound` without bias (Lemire 2019, "Fast random integer generation in an interval"); 0 for a bound of 0.
    pub fn below(&mut self, bound: u32) -> u32 {
        let mut wide = u64::from(self.next_u32()) * u64::from(bound);
        let [mut low, mut high] = halves(wide);
        if low < bound {
            let threshold = bound.wrapping_neg() % bound.max(1);
            while low < threshold {
                wide = u64::from(self.next_u32()) * u64::from(bound);
                [low, high] = halves(wide);
            }
        }
        high
    }

    /// Uniform in `[0, 1)` on a grid of 2⁻⁵³.
    pub fn unit(&mut self) -> f64 {
        let bits = (u64::from(self.next_u32()) << 32 | u64::from(self.next_u32())) >> 11;
        bits as f64 / 9_007_199_254_740_992.0
    }
}

/// For the samplers of `rand_distr`.
impl TryRng for Stream {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.next_u32())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from(self.next_u32()) | u64::from(self.next_u32()) << 32)
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        for chunk in out.chunks_mut(4) {
            for (slot, byte) in chunk.iter_mut().zip(self.next_u32().to_le_bytes()) {
                *slot = byte;
            }
        }
        Ok(())
    }
}

/// Low and high half.
#[expect(clippy::cast_possible_truncation, reason = "the halves are what is asked for")]
fn halves(value: u64) -> [u32; 2] {
    [value as u32, (value >> 32) as u32]
}

fn philox(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let ([mut a, mut b, mut c, mut d], [mut left, mut right]) = (counter, key);
    for _ in 0..10 {
        let [low_a, high_a] = halves(u64::from(a) * u64::from(MULTIPLIERS[0]));
        let [low_c, high_c] = halves(u64::from(c) * u64::from(MULTIPLIERS[1]));
        (a, b, c, d) = (high_c ^ b ^ left, low_c, high_a ^ d ^ right, low_a);
        left = left.wrapping_add(WEYL[0]);
        right = right.wrapping_add(WEYL[1]);
    }
    [a, b, c, d]
}

/// Blocks computed side by side.
const LANES: usize = 8;
const ADVANCE: u32 = 8;
const OFFSETS: [u32; LANES] = [0, 1, 2, 3, 4, 5, 6, 7];

/// The blocks of `LANES` counters in a row, by the same rounds as [`philox`], laid out so that each step is the same for all lanes.
fn philox_lanes([first, domain, low, high]: [u32; 4], key: [u32; 2]) -> [u32; 4 * LANES] {
    let mut a: [u32; LANES] = OFFSETS.map(|lane| first.wrapping_add(lane));
    let (mut b, mut c, mut d) = ([domain; LANES], [low; LANES], [high; LANES]);
    let [mut left, mut right] = key;
    for _ in 0..10 {
        let wide_a = a.map(|value| u64::from(value) * u64::from(MULTIPLIERS[0]));
        let wide_c = c.map(|value| u64::from(value) * u64::from(MULTIPLIERS[1]));
        for ((a, b), wide_c) in a.iter_mut().zip(&mut b).zip(&wide_c) {
            let [low, high] = halves(*wide_c);
            *a = high ^ *b ^ left;
            *b = low;
        }
        for ((c, d), wide_a) in c.iter_mut().zip(&mut d).zip(&wide_a) {
            let [low, high] = halves(*wide_a);
            *c = high ^ *d ^ right;
            *d = low;
        }
        left = left.wrapping_add(WEYL[0]);
        right = right.wrapping_add(WEYL[1]);
    }
    let mut out = [0; 4 * LANES];
    let lanes = a.iter().zip(&b).zip(&c).zip(&d);
    for (block, (((a, b), c), d)) in out.as_chunks_mut::<4>().0.iter_mut().zip(lanes) {
        *block = [*a, *b, *c, *d];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Known answers of the authors' Random123 distribution (`kat_vectors`).
    #[test]
    fn the_generator_gives_the_authors_known_answers() {
        assert_eq!(philox([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        assert_eq!(
            philox([u32::MAX; 4], [u32::MAX; 2]),
            [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
        );
        let digits = philox([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0]);
        assert_eq!(digits, [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]);
    }

    #[test]
    fn filling_gives_the_same_values_as_drawing_one_by_one() {
        for (skip, len) in [(0, 0), (0, 3), (0, 32), (1, 100), (3, 67), (4, 64), (7, 2)] {
            let (mut one, mut many) = (Stream::new(9, 1, 5), Stream::new(9, 1, 5));
            for _ in 0..skip {
                assert_eq!(one.next_u32(), many.next_u32());
            }
            let mut filled = vec![0; len];
            many.fill(&mut filled);
            let drawn: Vec<u32> = (0..len).map(|_| one.next_u32()).collect();
            assert_eq!(filled, drawn);
            assert_eq!(one.next_u32(), many.next_u32());
        }
    }

    #[test]
    fn bounded_draws_stay_below_and_reach_every_value() {
        let mut stream = Stream::new(7, 0, 0);
        let mut counts = [0_u32; 5];
        for _ in 0..5_000 {
            counts[stream.below(5) as usize] += 1;
        }
        assert!(counts.iter().all(|&count| (850..1150).contains(&count)), "{counts:?}");
        assert_eq!(stream.below(0), 0);
        assert_eq!(stream.below(1), 0);
    }

    #[test]
    fn replicates_and_domains_draw_different_numbers() {
        let first = |domain, replicate| Stream::new(7, domain, replicate).next_u32();
        assert_ne!(first(0, 0), first(0, 1));
        assert_ne!(first(0, 0), first(1, 0));
        assert_eq!(first(3, 1 << 40), first(3, 1 << 40));
    }
}
