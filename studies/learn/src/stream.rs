//! Random numbers by counter.

use std::num::NonZeroU64;

/// The seed of a replicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seed(pub u64);

impl std::fmt::Display for Seed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// A stream of random numbers: draw number `n` is a function of the stream's key and `n` alone.
///
/// Streams for different purposes are split from one seed by name, so that adding a draw to one purpose moves no other.
/// Source: `SplitMix64`, G. Steele, D. Lea, C. Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
/// Not for secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stream {
    key: u64,
    drawn: u64,
}

impl Stream {
    /// The stream of a seed for one purpose, such as `"init"`.
    pub fn new(seed: Seed, purpose: &str) -> Self {
        Self::keyed(mix(seed.0)).child(purpose)
    }

    /// A stream for a part of this one's purpose. Does not depend on what was drawn from this one.
    #[must_use]
    pub fn child(&self, purpose: &str) -> Self {
        Self::keyed(mix(self.key ^ mix(fnv1a(purpose.as_bytes()))))
    }

    const fn keyed(key: u64) -> Self {
        Self { key, drawn: 0 }
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.drawn = self.drawn.wrapping_add(1);
        mix(self.key.wrapping_add(self.drawn.wrapping_mul(GOLDEN)))
    }

    /// The next number in `[0, 1)`, a multiple of 2⁻⁵³.
    pub fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// The next number in `[-bound, bound)`.
    pub fn symmetric(&mut self, bound: f64) -> f64 {
        (2.0 * self.unit() - 1.0) * bound
    }

    /// The next whole number below `bound`, each equally likely; 0 for a bound of 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        let Some(bound) = NonZeroU64::new(bound) else { return 0 };
        // The last, incomplete run of residues is drawn again: without it small residues would be likelier.
        let surplus = (u64::MAX % bound + 1) % bound;
        loop {
            let draw = self.next_u64();
            if draw <= u64::MAX - surplus {
                return draw % bound;
            }
        }
    }

    /// Puts the items in random order, each order equally likely (R. Fisher and F. Yates; R. Durstenfeld 1964).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            // A draw below a length that is a usize is a usize.
            let chosen = usize::try_from(self.below(last as u64 + 1)).unwrap_or(last);
            items.swap(last, chosen);
        }
    }
}

const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn fnv1a(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_stream_with_a_known_key_gives_the_published_numbers() {
        // Reference output of splitmix64.c for the state 1234567.
        let mut stream = Stream::keyed(1_234_567);
        let drawn: Vec<u64> = (0..5).map(|_| stream.next_u64()).collect();
        assert_eq!(
            drawn,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821,
            ]
        );
    }

    #[test]
    fn a_child_does_not_depend_on_what_was_drawn_from_its_parent() {
        let mut parent = Stream::new(Seed(3), "train");
        let before = parent.child("init");
        parent.next_u64();
        assert_eq!(parent.child("init"), before);
        assert_ne!(parent.child("shuffle"), before);
    }

    #[test]
    fn each_residue_is_about_equally_likely() {
        let mut stream = Stream::new(Seed(0), "die");
        let mut counts = [0_u32; 6];
        for _ in 0..60_000 {
            counts[usize::try_from(stream.below(6)).unwrap()] += 1;
        }
        // Six standard deviations of a binomial count: sqrt(60000 · 1/6 · 5/6) = 91.
        assert!(counts.iter().all(|count| count.abs_diff(10_000) < 550), "{counts:?}");
        assert_eq!(stream.below(0), 0);
        assert_eq!(stream.below(1), 0);
    }

    proptest! {
        #[test]
        fn a_shuffle_keeps_every_item(seed: u64, length in 0_usize..200) {
            let mut items: Vec<usize> = (0..length).collect();
            Stream::new(Seed(seed), "order").shuffle(&mut items);
            items.sort_unstable();
            prop_assert_eq!(items, (0..length).collect::<Vec<_>>());
        }

        #[test]
        fn draws_stay_inside_their_bounds(seed: u64, bound in 1_u64..) {
            let mut stream = Stream::new(Seed(seed), "bounds");
            prop_assert!(stream.below(bound) < bound);
            prop_assert!((0.0..1.0).contains(&stream.unit()));
            prop_assert!((-2.0..2.0).contains(&stream.symmetric(2.0)));
        }
    }
}
