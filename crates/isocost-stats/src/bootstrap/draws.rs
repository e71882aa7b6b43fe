//! Uniform draws of row numbers, several from one random word.

use crate::Stream;

/// Words made at a time.
const WORDS: usize = 64;
/// The product of the bounds drawn from one word stays below this, so that fewer than one word in 64 is thrown away.
const LARGEST_PRODUCT: u128 = 1 << 58;
const MOST_PER_WORD: u32 = 8;

/// Draws from `0..bound` without bias.
///
/// Source: Brackett-Rozinsky and Lemire (2024), "Batched ranged random integer generation": the high half of word × bound is a draw, the low half is the
/// next word; a word whose last low half falls below 2⁶⁴ mod boundᵏ is thrown away.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Draws {
    bound: u64,
    per_word: u32,
    threshold: u64,
}

impl Draws {
    /// `bound` must not be 0; one of 0 draws zeros.
    pub(crate) fn below(bound: u32) -> Self {
        let wide = u128::from(bound.max(1));
        let mut per_word = 1;
        while per_word < MOST_PER_WORD && wide.pow(per_word + 1) <= LARGEST_PRODUCT {
            per_word += 1;
        }
        let threshold = (1_u128 << 64) % wide.pow(per_word);
        Self { bound: bound.into(), per_word, threshold: u64::try_from(threshold).unwrap_or_default() }
    }

    /// Fills `out` with draws.
    pub(crate) fn fill(self, stream: &mut Stream, out: &mut [u32]) {
        match self.per_word {
            1 => self.fill_by::<1>(stream, out),
            2 => self.fill_by::<2>(stream, out),
            3 => self.fill_by::<3>(stream, out),
            4 => self.fill_by::<4>(stream, out),
            5 => self.fill_by::<5>(stream, out),
            6 => self.fill_by::<6>(stream, out),
            7 => self.fill_by::<7>(stream, out),
            _ => self.fill_by::<8>(stream, out),
        }
    }

    fn fill_by<const K: usize>(self, stream: &mut Stream, out: &mut [u32]) {
        let mut words = [0_u32; WORDS];
        let (whole, rest) = out.as_chunks_mut::<K>();
        for batch in whole.chunks_mut(WORDS / 2) {
            let (used, _) = words.split_at_mut(2 * batch.len());
            stream.fill(used);
            for (draws, [low, high]) in batch.iter_mut().zip(used.as_chunks::<2>().0) {
                let mut word = u64::from(*high) << 32 | u64::from(*low);
                while !self.split(word, draws) {
                    word = next_u64(stream);
                }
            }
        }
        if !rest.is_empty() {
            let mut draws = [0; K];
            while !self.split(next_u64(stream), &mut draws) {}
            for (slot, draw) in rest.iter_mut().zip(draws) {
                *slot = draw;
            }
        }
    }

    /// Whether the word could be used.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the low half is what is asked for; a draw is below a u32"
    )]
    fn split<const K: usize>(self, word: u64, draws: &mut [u32; K]) -> bool {
        let mut rest = word;
        for draw in draws {
            let wide = u128::from(rest) * u128::from(self.bound);
            *draw = (wide >> 64) as u32;
            rest = wide as u64;
        }
        rest >= self.threshold
    }
}

fn next_u64(stream: &mut Stream) -> u64 {
    u64::from(stream.next_u32()) | u64::from(stream.next_u32()) << 32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Chi-squared of 40,000 draws: for `bound − 1` degrees of freedom, mean plus five deviations is never passed by a fair generator.
    #[test]
    fn every_value_is_drawn_equally_often_at_every_place_of_a_word() {
        for bound in [1, 2, 3, 7, 402, 1000] {
            let draws = Draws::below(bound);
            let mut out = vec![0; 40_000 + 3];
            draws.fill(&mut Stream::new(1, 2, u64::from(bound)), &mut out);
            for place in 0..draws.per_word as usize {
                let chosen: Vec<u32> =
                    out.iter().skip(place).step_by(draws.per_word as usize).copied().collect();
                let mut counts = vec![0.0_f64; bound as usize];
                for draw in &chosen {
                    counts[*draw as usize] += 1.0;
                }
                let expected = chosen.len() as f64 / f64::from(bound);
                let distance: f64 = counts.iter().map(|count| (count - expected).powi(2) / expected).sum();
                let df = f64::from(bound) - 1.0;
                assert!(distance <= df + 5.0 * (2.0 * df).sqrt(), "{bound}: {distance}");
            }
        }
    }

    #[test]
    fn large_bounds_draw_one_a_word_and_stay_below() {
        let draws = Draws::below(u32::MAX);
        assert_eq!(draws.per_word, 1);
        let mut out = [0; 100];
        draws.fill(&mut Stream::new(1, 2, 3), &mut out);
        assert!(out.iter().all(|&draw| draw < u32::MAX) && out.iter().any(|&draw| draw > 1 << 31));
    }

    #[test]
    fn neighbouring_draws_of_a_word_are_independent() {
        let mut out = vec![0; 36_000];
        Draws::below(3).fill(&mut Stream::new(4, 4, 4), &mut out);
        let mut counts = [0.0_f64; 9];
        for [a, b] in out.as_chunks::<2>().0 {
            counts[(a * 3 + b) as usize] += 1.0;
        }
        let distance: f64 = counts.iter().map(|count| (count - 2000.0).powi(2) / 2000.0).sum();
        assert!(distance < 8.0 + 5.0 * 4.0, "{distance}");
    }
}
