//! Area under the ROC curve of a score, and of its resamples.

use std::ops::Range;

use super::diagnosis::Answer;
use super::statistic::{Counted, total};

/// Puzzles in the order of their score. Within a run of equal scores, and in any longer stretch of one class, the order does not matter: such
/// stretches are one block, the correct puzzles of a block first.
#[derive(Debug, Clone)]
pub(crate) struct Ranking {
    places: Vec<u32>,
    blocks: Vec<Block>,
}

#[derive(Debug, Clone)]
struct Block {
    correct: Range<usize>,
    wrong: Range<usize>,
}

impl Ranking {
    /// Ranks by descending exponent, so that a correct puzzle should come last. No exponent may be NaN.
    pub(crate) fn by_exponent(lambda: &[f64], answers: &[Answer]) -> Self {
        let mut order: Vec<(f64, Answer, usize)> = lambda
            .iter()
            .zip(answers)
            .enumerate()
            .map(|(at, (&score, &answer))| (score, answer, at))
            .collect();
        // Adding 0.0 makes -0.0 equal to 0.0 in the total order too.
        let key =
            |&(score, answer, _): &(f64, Answer, usize)| (answer == Answer::Neither, -score + 0.0, answer);
        order.sort_by(|a, b| {
            let ((a_last, a_score, a_answer), (b_last, b_score, b_answer)) = (key(a), key(b));
            let class = |answer| u8::from(answer == Answer::Wrong);
            a_last.cmp(&b_last).then(a_score.total_cmp(&b_score)).then(class(a_answer).cmp(&class(b_answer)))
        });
        let mut places = vec![0; order.len()];
        for (place, &(_, _, at)) in order.iter().enumerate() {
            if let (Some(slot), Ok(place)) = (places.get_mut(at), u32::try_from(place)) {
                *slot = place;
            }
        }
        let ranked: Vec<(f64, bool)> = order
            .iter()
            .filter(|(_, answer, _)| *answer != Answer::Neither)
            .map(|&(score, answer, _)| (score, answer == Answer::Correct))
            .collect();
        Self { places, blocks: blocks(&ranked) }
    }

    fn of_counts(&self, total: impl Fn(Range<usize>) -> u64) -> Option<f64> {
        let (mut twice_wins, mut correct_sum, mut wrong_below) = (0_u64, 0_u64, 0_u64);
        for block in &self.blocks {
            let (correct, wrong) = (total(block.correct.clone()), total(block.wrong.clone()));
            twice_wins += correct * (2 * wrong_below + wrong);
            correct_sum += correct;
            wrong_below += wrong;
        }
        let pairs = correct_sum * wrong_below;
        // Half-integers below 2^53 are exact, so this is one rounding of the true ratio.
        (pairs > 0).then(|| twice_wins as f64 / 2.0 / pairs as f64)
    }

    /// Chance that a correct puzzle has a smaller exponent than a wrong one, ties counted half (Mann and Whitney 1947); `None` where a class is
    /// missing.
    pub(crate) fn area(&self) -> Option<f64> {
        self.of_counts(|places| places.len() as u64)
    }
}

#[expect(clippy::float_cmp, reason = "only equal scores tie")]
fn blocks(ranked: &[(f64, bool)]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut start = 0;
    for run in ranked.chunk_by(|a, b| a.0 == b.0) {
        let middle = start + run.iter().filter(|(_, correct)| *correct).count();
        let end = start + run.len();
        let (correct, wrong) = (start..middle, middle..end);
        match blocks.last_mut() {
            Some(last) if wrong.is_empty() && last.wrong.is_empty() => last.correct.end = end,
            Some(last) if correct.is_empty() && last.correct.is_empty() => last.wrong.end = end,
            _ => blocks.push(Block { correct, wrong }),
        }
        start = end;
    }
    blocks
}

impl Counted for Ranking {
    fn places(&self) -> &[u32] {
        &self.places
    }

    fn value(&self, counts: &[u8]) -> Option<f64> {
        self.of_counts(|places| total(counts.get(places).unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[expect(clippy::float_cmp, reason = "only equal scores tie")]
    fn by_pairs(lambda: &[f64], answers: &[Answer], counts: &[u8]) -> Option<f64> {
        let (mut wins, mut pairs) = (0.0, 0.0);
        for ((a, answer), &times) in lambda.iter().zip(answers).zip(counts) {
            for ((b, other), &often) in lambda.iter().zip(answers).zip(counts) {
                if *answer == Answer::Correct && *other == Answer::Wrong {
                    let weight = f64::from(times) * f64::from(often);
                    pairs += weight;
                    wins += weight
                        * if a < b {
                            1.0
                        } else if a == b {
                            0.5
                        } else {
                            0.0
                        };
                }
            }
        }
        (pairs > 0.0).then(|| wins / pairs)
    }

    proptest! {
        #[test]
        fn the_area_of_a_resample_is_the_share_of_pairs_won(
            rows in proptest::collection::vec((0_i32..9, 0_u8..3, 0_u8..4), 1..50),
        ) {
            let lambda: Vec<f64> = rows.iter().map(|row| f64::from(row.0 - 4) * 0.0_f64.max(0.5)).collect();
            let answers: Vec<Answer> =
                rows.iter().map(|row| [Answer::Correct, Answer::Wrong, Answer::Neither][usize::from(row.1)]).collect();
            let counts: Vec<u8> = rows.iter().map(|row| row.2).collect();
            let ranking = Ranking::by_exponent(&lambda, &answers);
            let mut placed = vec![0; rows.len()];
            for (&place, &count) in ranking.places().iter().zip(&counts) {
                placed[place as usize] = count;
            }
            prop_assert_eq!(ranking.value(&placed), by_pairs(&lambda, &answers, &counts));
            prop_assert_eq!(ranking.area(), by_pairs(&lambda, &answers, &vec![1; rows.len()]));
        }
    }

    #[test]
    fn negative_zero_ties_with_zero() {
        let ranking = Ranking::by_exponent(&[0.0, -0.0], &[Answer::Correct, Answer::Wrong]);
        assert_eq!(ranking.area(), Some(0.5));
    }
}
