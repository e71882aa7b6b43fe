//! Claims of no difference: false where the difference is just as large as the band.

use isocost_stats::StatsResult;

use crate::ClaimSpec;
use crate::compare::TestKind;
use crate::selftest::lab::{Lab, Subject, claim, supported};
use crate::selftest::noise::Noise;
use crate::selftest::row::{Expectation, SelftestRow};
use crate::selftest::world::{Outcome, Shape, Sheet, add_arms};

const BAND: f64 = 0.5;

pub(super) fn rows(lab: &Lab) -> StatsResult<Vec<SelftestRow>> {
    let one = Shape { of_seeds: 0.0, ..Shape::new(60, 1, Outcome::Continuous) };
    let many = Shape::new(60, 5, Outcome::Continuous);
    let by_name = claim("C1", "arm", "p < 0.05").map(|spec| ClaimSpec {
        test: TestKind::Equivalence,
        margin: Some(BAND),
        ..spec
    });
    Ok(vec![
        row(lab, "equivalence", one, by_name)?,
        row(lab, "crossed, abs(delta) <= 0.5", many, claim("C1", "arm", "abs(delta) <= 0.5 and p < 0.05"))?,
        row(
            lab,
            "crossed, ends of the interval",
            many,
            claim("C1", "arm", "ci_low > -0.5 and ci_high < 0.5"),
        )?,
    ])
}

fn row(lab: &Lab, method: &str, shape: Shape, spec: Option<ClaimSpec>) -> StatsResult<SelftestRow> {
    let subject = Subject {
        part: "equivalence",
        method,
        world: format!("{}, true difference at the band's edge", shape.name()),
        nominal: 0.05,
        expectation: Expectation::MustHold,
    };
    lab.between(subject, BAND, Some(0.0), move |noise: &mut Noise, effect| {
        let mut sheet = Sheet::new();
        add_arms(noise, &mut sheet, "test", &shape, &[("arm", effect)]);
        Some(supported(spec.as_ref()?, &sheet.table()?))
    })
}
