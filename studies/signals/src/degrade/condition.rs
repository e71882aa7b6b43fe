//! The grid of conditions and the random numbers of each.

use isocost_stats::generators::numpy::{Generator, SeedSequence};

use super::operators::{noised, shifted, silenced};
use crate::audio::Waveform;
use crate::error::{SignalError, SignalResult};

/// One way to spoil sound; shift, noise and silence are applied in this order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Condition {
    /// Seconds by which the sound comes late; negative is early.
    pub shift_s: f64,
    /// Signal to noise, in decibels.
    pub snr_db: f64,
    /// Share of the sound that is cut out in one piece.
    pub silence: f64,
}

/// Whose seeds a condition takes: they differ in where the shift starts to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grid {
    /// Of the suite on clips.
    Suite,
    /// Of its toy.
    Toy,
}

impl Condition {
    /// The eighteen conditions of the reference, in its order; none leaves the sound as it is.
    pub fn grid() -> Vec<Self> {
        let mut grid = Vec::with_capacity(18);
        for shift_s in [-0.5, 0.0, 0.5] {
            for snr_db in [20.0, 10.0, 0.0] {
                for silence in [0.0, 0.5] {
                    grid.push(Self { shift_s, snr_db, silence });
                }
            }
        }
        grid
    }

    /// Its seed: `(shift + 10) · 1000 + (snr + 100) · 10 + silence · 100`, with 1 in place of 10 for the toy.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "Python's int cuts as well; beyond its range, `as` stops at the end"
    )]
    pub fn seed(self, grid: Grid) -> i64 {
        let offset = match grid {
            Grid::Suite => 10.0,
            Grid::Toy => 1.0,
        };
        ((self.shift_s + offset) * 1000.0 + (self.snr_db + 100.0) * 10.0 + self.silence * 100.0) as i64
    }

    /// The sound, spoiled.
    pub fn apply(self, wave: &Waveform, draws: &mut Generator) -> SignalResult<Waveform> {
        silenced(&noised(&shifted(wave, self.shift_s)?, self.snr_db, draws)?, self.silence, draws)
    }
}

/// Where the random numbers of the clips come from.
#[derive(Debug, Clone)]
pub enum Draws {
    /// One stream per condition that all clips share in their order, as the reference has it: a clip's noise depends
    /// on which clips came before.
    Shared(Box<Generator>),
    /// A stream of its own per condition and clip id, whatever else is evaluated.
    PerClip(u64),
}

impl Draws {
    /// The reference's stream.
    pub fn shared(condition: Condition, grid: Grid) -> SignalResult<Self> {
        Ok(Self::Shared(Box::new(Generator::new(checked_seed(condition, grid)?))))
    }

    /// One stream per clip.
    pub fn per_clip(condition: Condition, grid: Grid) -> SignalResult<Self> {
        Ok(Self::PerClip(checked_seed(condition, grid)?))
    }

    /// Spoils the sound of the clip with this id.
    pub fn apply(&mut self, condition: Condition, id: &str, wave: &Waveform) -> SignalResult<Waveform> {
        match self {
            Self::Shared(draws) => condition.apply(wave, draws),
            Self::PerClip(seed) => {
                condition.apply(wave, &mut Generator::from_sequence(&sequence_of(*seed, id)))
            }
        }
    }
}

fn checked_seed(condition: Condition, grid: Grid) -> SignalResult<u64> {
    let seed = condition.seed(grid);
    u64::try_from(seed).map_err(|_| SignalError::BadSetting {
        what: "the seed of a degradation",
        value: seed as f64,
        range: "at least 0 (is the shift below −10 s, or the noise below −100 dB?)",
    })
}

/// The condition's seed and the id itself, with its length, as entropy.
fn sequence_of(seed: u64, id: &str) -> SeedSequence {
    let words = id.as_bytes().chunks(8).map(|chunk| {
        let mut word = [0; 8];
        word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
        u64::from_le_bytes(word)
    });
    let entropy: Vec<u64> = [seed, id.len() as u64].into_iter().chain(words).collect();
    SeedSequence::from_list(&entropy)
}
