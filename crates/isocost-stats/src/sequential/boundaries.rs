//! Group-sequential boundaries.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::spending::Spending;
use crate::roots::solve;
use crate::{Alpha, StatsError, StatsResult, Tail, normal, quadrature};

/// Beyond this many standard errors the density is left out: its mass is below 1e-18.
const FAR: f64 = 9.0;
/// Looks closer than this (relative to the information before) would need too fine a grid.
const LEAST_STEP: f64 = 1e-4;
/// One look of a plan, with the boundary of its z statistic.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlannedLook {
    /// Fraction of the planned information (items, for a mean over items).
    pub fraction: f64,
    /// Alpha spent up to here.
    pub spent: f64,
    /// The test stops where z (or |z|, or −z, by the tail) is at least this.
    pub z: f64,
    /// The p of that z under the same tail, as if this were the only look.
    pub nominal_p: f64,
}

/// The boundaries for looks at strictly growing fractions of the information, in `0..=1` without 0.
///
/// Boundaries of a look depend on looks before it only, so that looks need not be planned: pass the fractions so far. Source: the recursion of
/// Armitage, `McPherson` and Rowe (1969), the density carried from look to look by Gauss–Legendre quadrature.
/// Tolerance: 1e-6 of z against integration by another rule. Refuses looks less than 1e-4 (of the information before) apart.
pub fn boundaries(
    fractions: &[f64],
    spending: Spending,
    tail: Tail,
    alpha: Alpha,
) -> StatsResult<Vec<PlannedLook>> {
    if fractions.is_empty() {
        return Err(StatsError::Empty("boundaries need looks"));
    }
    let mut looks = Vec::with_capacity(fractions.len());
    let mut carried: Option<Carried> = None;
    let (mut before, mut spent_before) = (0.0, 0.0);
    for (index, &fraction) in fractions.iter().enumerate() {
        check_step(before, fraction)?;
        let spent = spending.spent(fraction, tail, alpha)?;
        let sides = if tail == Tail::TwoSided { 2.0 } else { 1.0 };
        let side = ((spent - spent_before) / sides).max(0.0);
        let z = match &carried {
            None => -normal::quantile(side)?,
            Some(density) => density.boundary(fraction, side),
        };
        // A side without anything to spend has no boundary; one so far out is never reached.
        let z = if z.is_finite() { z } else { f64::MAX.sqrt() };
        if let Some(next) = fractions.get(index + 1) {
            check_step(fraction, *next)?;
            let low = if tail == Tail::TwoSided { -z.min(FAR) } else { -FAR };
            let nodes = nodes(low, z.min(FAR), ((next - fraction) / fraction).sqrt());
            carried = Some(Carried::new(carried.as_ref(), fraction, nodes));
        }
        looks.push(PlannedLook { fraction, spent, z, nominal_p: (sides * normal::sf(z)).min(1.0) });
        (before, spent_before) = (fraction, spent);
    }
    Ok(looks)
}

fn check_step(before: f64, fraction: f64) -> StatsResult<()> {
    if fraction > 0.0 && fraction <= 1.0 && fraction - before >= LEAST_STEP * before {
        Ok(())
    } else {
        Err(StatsError::OutOfRange {
            name: "the fraction of a look",
            value: fraction,
            range: "above 0, at most 1, and above the one before",
        })
    }
}

/// The density of z at a look, of runs that have not stopped, times the weights of its nodes.
struct Carried {
    fraction: f64,
    points: Vec<(f64, f64)>,
}

impl Carried {
    fn new(before: Option<&Self>, fraction: f64, nodes: Vec<(f64, f64)>) -> Self {
        let density = |z: f64| match before {
            None => density_of_normal(z),
            Some(before) => before.density(fraction, z),
        };
        Self { fraction, points: nodes.into_iter().map(|(z, weight)| (z, weight * density(z))).collect() }
    }

    /// Standardised distance between z now and a z at this look: (z·√t' − z·√t)/√(t' − t).
    fn distance(&self, fraction: f64, z: f64) -> impl Fn(f64) -> f64 {
        let step = (fraction - self.fraction).sqrt();
        let (now, then) = (z * fraction.sqrt() / step, self.fraction.sqrt() / step);
        move |before: f64| now - before * then
    }

    fn density(&self, fraction: f64, z: f64) -> f64 {
        let distance = self.distance(fraction, z);
        let scale = (fraction / (fraction - self.fraction)).sqrt();
        scale * self.points.iter().map(|(at, mass)| mass * density_of_normal(distance(*at))).sum::<f64>()
    }

    fn beyond(&self, fraction: f64, z: f64) -> f64 {
        let distance = self.distance(fraction, z);
        self.points.iter().map(|(at, mass)| mass * normal::sf(distance(*at))).sum()
    }

    fn boundary(&self, fraction: f64, side: f64) -> f64 {
        if side <= 0.0 {
            return f64::INFINITY;
        }
        solve(-FAR, 2.0 * FAR, 1.0, |z| libm::log(self.beyond(fraction, z).max(f64::MIN_POSITIVE) / side))
    }
}

fn density_of_normal(z: f64) -> f64 {
    libm::exp(-0.5 * z * z) / (2.0 * std::f64::consts::PI).sqrt()
}

/// Nodes of panels no wider than half of the smaller of 1 and the width of the step to come.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "steps are at least 1e-4 wide: below 4,000 panels"
)]
fn nodes(low: f64, high: f64, width: f64) -> Vec<(f64, f64)> {
    let panels = ((high - low) / (0.5 * width.min(1.0))).ceil().max(1.0) as u32;
    quadrature::panels(low, high, panels)
}
