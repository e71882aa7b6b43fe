//! Share of the wrong puzzles that are settled, and of its resamples: two sums, no counts.

use super::diagnosis::Answer;

/// For each puzzle 0, or 1 where it is wrong, or 257 where it is wrong and settled: up to 255 of these are added before the two bytes are taken apart.
#[derive(Debug, Clone)]
pub(crate) struct SettledShare {
    pub(crate) marks: Vec<u16>,
}

/// How many marks can be added before a byte overflows.
pub(crate) const ADDENDS: usize = 254;

impl SettledShare {
    pub(crate) fn new(answers: &[Answer], settled: &[bool]) -> Self {
        let mark = |(&answer, &settled): (&Answer, &bool)| match (answer, settled) {
            (Answer::Wrong, true) => 257,
            (Answer::Wrong, false) => 1,
            _ => 0,
        };
        Self { marks: answers.iter().zip(settled).map(mark).collect() }
    }

    /// Settled wrong puzzles over wrong puzzles; a sample without wrong puzzles counts as one.
    pub(crate) fn value(settled_wrong: u64, wrong: u64) -> f64 {
        settled_wrong as f64 / wrong.max(1) as f64
    }
}
