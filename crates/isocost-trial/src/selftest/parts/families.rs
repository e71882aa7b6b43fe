//! Many claims decided together.

use isocost_stats::StatsResult;

use crate::chain::LookBook;
use crate::claim::Status;
use crate::compare::TestKind;
use crate::selftest::lab::{Lab, Subject, claim, decided};
use crate::selftest::noise::Noise;
use crate::selftest::row::{Expectation, SelftestRow};
use crate::selftest::world::{Outcome, Shape, Sheet, add_arms};
use crate::{ClaimSpec, Correction};

const CLAIMS: usize = 8;

pub(super) fn rows(lab: &Lab) -> StatsResult<Vec<SelftestRow>> {
    let holds = Expectation::MustHold;
    Ok(vec![
        row(lab, Correction::Holm, holds)?,
        row(lab, Correction::Bonferroni, holds)?,
        row(lab, Correction::Hochberg, holds)?,
        row(lab, Correction::MaxT, holds)?,
        row(lab, Correction::Bh, holds)?,
        row(lab, Correction::By, holds)?,
    ])
}

/// Any false claim among eight that share a baseline; with an effect, whether the one true claim is shown.
fn row(lab: &Lab, correction: Correction, expectation: Expectation) -> StatsResult<SelftestRow> {
    // All sign patterns of few items are gone through; those of many are sampled, which takes long.
    let items = if correction == Correction::MaxT { 14 } else { 60 };
    let shape = Shape { of_seeds: 0.0, ..Shape::new(items, 1, Outcome::Continuous) };
    let subject = Subject {
        part: "family",
        method: correction.name(),
        world: format!("{CLAIMS} claims against one baseline, {}", shape.name()),
        nominal: 0.05,
        expectation,
    };
    let names: Vec<String> = (0..CLAIMS).map(|n| format!("a{n:02}")).collect();
    let specs: Option<Vec<ClaimSpec>> = names
        .iter()
        .map(|arm| {
            let spec = claim(arm, arm, "delta > 0 and p < 0.05")?;
            Some(ClaimSpec { correction, test: TestKind::Items, ..spec })
        })
        .collect();
    let effect = if correction == Correction::MaxT { 1.5 } else { 0.6 };
    lab.row(subject, Some(effect), move |noise: &mut Noise, effect| {
        let arms: Vec<(&str, f64)> = names
            .iter()
            .enumerate()
            .map(|(at, arm)| (arm.as_str(), if at == 0 { effect } else { 0.0 }))
            .collect();
        let mut sheet = Sheet::new();
        add_arms(noise, &mut sheet, "test", &shape, &arms);
        let decisions = decided(specs.as_ref()?, &sheet.table()?, &LookBook::default());
        let mut shown = decisions.iter().map(|decision| decision.verdict.status == Status::Supported);
        Some(if effect > 0.0 { shown.next()? } else { shown.any(|shown| shown) })
    })
}
