//! The best of many candidates: chosen on validation and looked at once on test, or chosen on test.

use isocost_stats::StatsResult;

use crate::ClaimSpec;
use crate::chain::LookBook;
use crate::claim::Status;
use crate::selftest::lab::{Lab, Subject, claim, decided, supported};
use crate::selftest::noise::Noise;
use crate::selftest::row::{Expectation, SelftestRow};
use crate::selftest::world::{Outcome, Shape, Sheet, add_arms};
use crate::table::OutcomeTable;

const CANDIDATES: [&str; 8] = ["a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8"];

pub(super) fn rows(lab: &Lab) -> StatsResult<Vec<SelftestRow>> {
    let shape = Shape::new(60, 3, Outcome::Continuous);
    let row = |method: &str, expectation, way: fn(&OutcomeTable, &OutcomeTable) -> Option<bool>| {
        let world = format!("8 candidates, {}", shape.name());
        let subject = Subject { part: "selection", method, world, nominal: 0.05, expectation };
        lab.row(subject, Some(0.6), move |noise: &mut Noise, effect| {
            // The first candidate is the only one with an effect, if there is any.
            let arms: Vec<(&str, f64)> = CANDIDATES
                .iter()
                .enumerate()
                .map(|(at, arm)| (*arm, if at == 0 { effect } else { 0.0 }))
                .collect();
            let table = |noise: &mut Noise, split: &str| {
                let mut sheet = Sheet::new();
                add_arms(noise, &mut sheet, split, &shape, &arms);
                sheet.table()
            };
            let (validation, test) = (table(noise, "val")?, table(noise, "test")?);
            way(&validation, &test)
        })
    };
    Ok(vec![
        row("best on validation, one look at test", Expectation::MustHold, best_on_validation)?,
        row("best on test, not corrected", Expectation::Contrast, |_, test| {
            any_on_test(test, Families::Apart)
        })?,
        row("all on test, Holm", Expectation::MustHold, |_, test| any_on_test(test, Families::Together))?,
    ])
}

fn best_on_validation(validation: &OutcomeTable, test: &OutcomeTable) -> Option<bool> {
    let total = |arm: &str| -> f64 {
        validation.rows().filter(|row| row.arm() == arm).filter_map(|row| row.value()).sum()
    };
    let best = CANDIDATES.into_iter().max_by(|a, b| total(a).total_cmp(&total(b)))?;
    Some(supported(&claim("C1", best, "delta > 0 and p < 0.05")?, test))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Families {
    Together,
    Apart,
}

fn any_on_test(test: &OutcomeTable, families: Families) -> Option<bool> {
    let specs: Option<Vec<ClaimSpec>> = CANDIDATES
        .into_iter()
        .map(|arm| {
            let family = (families == Families::Apart).then(|| arm.into());
            Some(ClaimSpec { family, ..claim(arm, arm, "delta > 0 and p < 0.05")? })
        })
        .collect();
    let decisions = decided(&specs?, test, &LookBook::default());
    Some(decisions.iter().any(|decision| decision.verdict.status == Status::Supported))
}
