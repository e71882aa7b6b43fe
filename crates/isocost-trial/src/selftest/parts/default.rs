//! The default test: items and seeds crossed, from two seeds to ten.

use isocost_stats::StatsResult;

use crate::selftest::lab::{Lab, Subject, claim, supported};
use crate::selftest::noise::Noise;
use crate::selftest::row::{Expectation, SelftestRow};
use crate::selftest::world::{Outcome, Shape, Sheet, Skew, add_arms};

pub(super) fn rows(lab: &Lab) -> StatsResult<Vec<SelftestRow>> {
    let mut rows = Vec::new();
    for outcome in [Outcome::Continuous, Outcome::Binary] {
        for seeds in [1, 2, 3, 5, 10] {
            let plain = Shape::new(60, seeds, outcome);
            rows.push(row(lab, plain, 0.5)?);
            if seeds > 1 {
                rows.push(row(lab, Shape { of_seeds: 0.6, ..plain }, 1.5)?);
            }
        }
    }
    let skewed = Shape { skew: Skew::Right, ..Shape::new(60, 3, Outcome::Continuous) };
    rows.push(row(lab, skewed, 0.5)?);
    Ok(rows)
}

fn row(lab: &Lab, shape: Shape, effect: f64) -> StatsResult<SelftestRow> {
    // One seed says nothing of others; with seeds that matter the claim would be about them.
    let shape = if shape.seeds == 1 { Shape { of_seeds: 0.0, ..shape } } else { shape };
    let subject = Subject {
        part: "default",
        method: "crossed",
        world: shape.name(),
        nominal: 0.05,
        expectation: Expectation::MustHold,
    };
    let spec = claim("C1", "arm", "delta > 0 and p < 0.05");
    lab.row(subject, Some(effect), move |noise: &mut Noise, effect| {
        let mut sheet = Sheet::new();
        add_arms(noise, &mut sheet, "test", &shape, &[("arm", effect)]);
        Some(supported(spec.as_ref()?, &sheet.table()?))
    })
}
