//! Median exponent of one class, and of its resamples.

use isocost_stats::percentile::Real;

use super::diagnosis::Answer;
use super::statistic::{Counted, total};

/// The exponents of one class in ascending order; counts of this class stand first, in that order.
#[derive(Debug, Clone)]
pub(crate) struct ClassMedian<T> {
    ascending: Vec<T>,
    places: Vec<u32>,
}

impl<T: Real> ClassMedian<T> {
    pub(crate) fn new(lambda: &[T], answers: &[Answer], class: Answer) -> Self {
        let mut order: Vec<(T, bool, usize)> = lambda
            .iter()
            .zip(answers)
            .enumerate()
            .map(|(at, (&value, &answer))| (value, answer != class, at))
            .collect();
        order.sort_by(|a, b| a.1.cmp(&b.1).then(a.0.order(&b.0)));
        let mut places = vec![0; order.len()];
        for (place, &(_, _, at)) in order.iter().enumerate() {
            if let (Some(slot), Ok(place)) = (places.get_mut(at), u32::try_from(place)) {
                *slot = place;
            }
        }
        let ascending = order.iter().take_while(|(_, other, _)| !other).map(|&(value, _, _)| value).collect();
        Self { ascending, places }
    }

    /// The value that covers this rank (from 0) when each value is repeated as often as it was drawn.
    fn at_rank(&self, counts: &[u8], rank: u64) -> Option<T> {
        const STEP: usize = 32;
        let mut below = 0;
        for (start, block) in counts.chunks(STEP).enumerate() {
            let inside = total(block);
            if below + inside > rank {
                for (offset, &count) in block.iter().enumerate() {
                    below += u64::from(count);
                    if below > rank {
                        return self.ascending.get(start * STEP + offset).copied();
                    }
                }
            }
            below += inside;
        }
        None
    }
}

impl<T: Real> Counted for ClassMedian<T> {
    fn places(&self) -> &[u32] {
        &self.places
    }

    fn value(&self, counts: &[u8]) -> Option<f64> {
        let counts = counts.get(..self.ascending.len())?;
        let drawn = total(counts);
        let upper = self.at_rank(counts, drawn / 2)?;
        if drawn % 2 == 1 {
            return Some(upper.wide());
        }
        let lower = self.at_rank(counts, (drawn / 2).checked_sub(1)?)?;
        Some(((lower + upper) / T::rounded(2.0)).wide())
    }
}

#[cfg(test)]
mod tests {
    use isocost_stats::percentile::median;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_median_of_counts_is_the_median_of_the_repeated_values(
            rows in proptest::collection::vec((-1e3_f32..1e3, any::<bool>(), 0_u8..4), 1..90),
        ) {
            let lambda: Vec<f32> = rows.iter().map(|row| row.0).collect();
            let answers: Vec<Answer> =
                rows.iter().map(|row| if row.1 { Answer::Correct } else { Answer::Wrong }).collect();
            let class = ClassMedian::new(&lambda, &answers, Answer::Wrong);
            let mut placed = vec![0; rows.len()];
            let mut repeated = Vec::new();
            for (row, &place) in rows.iter().zip(class.places()) {
                placed[place as usize] = row.2;
                if !row.1 {
                    repeated.extend(std::iter::repeat_n(row.0, usize::from(row.2)));
                }
            }
            prop_assert_eq!(class.value(&placed), median(&repeated).ok().map(f64::from));
        }
    }
}
