//! A confidence sequence by betting against every margin of a grid.

use super::bounded::{Bounds, PlugIn, log_sum};
use super::eprocess::growth;
use crate::{Alpha, Interval, StatsError, StatsResult};

/// A margin with both capitals.
#[derive(Debug, Clone, PartialEq)]
struct Candidate {
    margin: f64,
    log_above: f64,
    log_below: f64,
}

/// A confidence sequence for the mean of bounded observations: all margins that the two-sided [`super::EProcess`] has not rejected.
///
/// The margins are those of an even grid. The interval reaches to the rejected neighbours of the outermost margins left, so that the
/// grid never makes it too narrow; it is at most two steps wider than the exact one. Time and space O(grid) an observation.
#[derive(Debug, Clone, PartialEq)]
pub struct BettingSequence {
    bounds: Bounds,
    alpha: Alpha,
    plug_in: PlugIn,
    step: f64,
    left: Vec<Candidate>,
}

impl BettingSequence {
    /// `steps` intervals of the grid, at least 2; 1,000 is enough for three digits.
    pub fn new(bounds: Bounds, steps: u32, alpha: Alpha) -> StatsResult<Self> {
        if steps < 2 {
            return Err(StatsError::OutOfRange {
                name: "grid steps",
                value: f64::from(steps),
                range: "at least 2",
            });
        }
        let step = 1.0 / f64::from(steps);
        let left = (0..=steps)
            .map(|k| Candidate { margin: f64::from(k) / f64::from(steps), log_above: 0.0, log_below: 0.0 })
            .collect();
        Ok(Self { bounds, alpha, plug_in: PlugIn::default(), step, left })
    }

    /// Takes in one observation. Outside the bounds (or NaN) it is an error and changes nothing.
    pub fn observe(&mut self, value: f64) -> StatsResult<()> {
        let unit = self.bounds.to_unit("an observation", value)?;
        let bet = self.plug_in.bet(libm::log(2.0 / self.alpha.get()));
        let limit = libm::log(2.0 / self.alpha.get());
        self.left.retain_mut(|candidate| {
            let (above, below) = growth(bet, unit, candidate.margin);
            candidate.log_above += above;
            candidate.log_below += below;
            log_sum(candidate.log_above, candidate.log_below) < limit
        });
        self.plug_in.observe(unit);
        Ok(())
    }

    /// Number of observations.
    pub fn count(&self) -> u64 {
        self.plug_in.count()
    }

    /// The interval so far; it never grows. `None` where every margin has been rejected: then the observations do not have one mean.
    pub fn interval(&self) -> Option<Interval> {
        let (first, last) = (self.left.first()?, self.left.last()?);
        Some(Interval {
            low: self.bounds.value_of_unit((first.margin - self.step).max(0.0)),
            high: self.bounds.value_of_unit((last.margin + self.step).min(1.0)),
            level: 1.0 - self.alpha.get(),
        })
    }
}
