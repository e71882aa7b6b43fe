//! Searches in the curves of power.

use crate::roots::solve;
use crate::{StatsError, StatsResult};

/// More items than anybody has.
const MOST: usize = 1 << 40;

/// The effect in units of `scale` at which a growing power curve reaches the target.
pub(super) fn effect(scale: f64, target: f64, power: impl Fn(f64) -> f64) -> f64 {
    let mut high = scale;
    for _ in 0..200 {
        if power(high) >= target {
            break;
        }
        high *= 2.0;
    }
    solve(0.0, high, 1e-9 * scale, |effect| power(effect) - target)
}

/// The smallest number, from `least`, at which a power curve reaches the target while the number before does not: by doubling and halving.
pub(super) fn count(
    least: usize,
    target: f64,
    power: impl Fn(usize) -> StatsResult<f64>,
) -> StatsResult<usize> {
    if power(least)? >= target {
        return Ok(least);
    }
    let (mut low, mut high) = (least, least * 2);
    while power(high)? < target {
        (low, high) = (high, high * 2);
        if high > MOST {
            return Err(StatsError::Undetermined(
                "no number of items reaches this power; something that does not shrink with them limits it",
            ));
        }
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if power(middle)? >= target {
            high = middle;
        } else {
            low = middle;
        }
    }
    Ok(high)
}
