//! Signed sums by table: each byte of random signs picks one of 256 sums of eight values.

/// Sums of every sign pattern of each eight values in turn; four tables belong to one random word.
#[derive(Debug, Clone)]
pub(crate) struct SignedSums {
    tables: Vec<[[f64; 256]; 4]>,
}

impl SignedSums {
    pub(crate) fn new(values: &[f64]) -> Self {
        let table = |eight: &[f64]| {
            std::array::from_fn(|pattern| {
                let signed =
                    |(bit, value): (usize, &f64)| if pattern >> bit & 1 == 1 { -value } else { *value };
                eight.iter().enumerate().map(signed).sum()
            })
        };
        let word = |values: &[f64]| {
            let mut eights = values.chunks(8);
            std::array::from_fn(|_| table(eights.next().unwrap_or_default()))
        };
        Self { tables: values.chunks(32).map(word).collect() }
    }

    /// Random words that one pattern of signs takes.
    pub(crate) fn words(&self) -> usize {
        self.tables.len()
    }

    /// The sum under the signs of these words.
    pub(crate) fn flipped(&self, words: &[u32]) -> f64 {
        let mut sums = [0.0_f64; 4];
        for (tables, word) in self.tables.iter().zip(words) {
            for ((sum, table), byte) in sums.iter_mut().zip(tables).zip(word.to_le_bytes()) {
                // A byte is always an index of 256 entries.
                *sum += table.get(usize::from(byte)).copied().unwrap_or_default();
            }
        }
        let [a, b, c, d] = sums;
        (a + b) + (c + d)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_gives_the_sum_with_these_signs() {
        let values: Vec<f64> = (1..=45).map(|i| f64::from(i) * 0.25).collect();
        let sums = SignedSums::new(&values);
        assert_eq!(sums.words(), 2);
        for words in [[0, 0], [u32::MAX, u32::MAX], [0x1234_5678, 0x9ABC_DEF0]] {
            let sign = |i: usize| if words[i / 32] >> (i % 32) & 1 == 1 { -1.0 } else { 1.0 };
            let expected: f64 = values.iter().enumerate().map(|(i, value)| sign(i) * value).sum();
            assert!((sums.flipped(&words) - expected).abs() < 1e-9);
        }
    }
}
