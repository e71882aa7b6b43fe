//! Looking again as items arrive, and stopping at the first success.

use isocost_stats::StatsResult;

use crate::ClaimSpec;
use crate::chain::LookBook;
use crate::claim::{PlannedLooks, Status};
use crate::compare::TestKind;
use crate::selftest::lab::{Lab, Subject, claim, decided};
use crate::selftest::noise::Noise;
use crate::selftest::row::{Expectation, SelftestRow};
use crate::selftest::world::{Rows, Sheet};

const LOOKS: usize = 5;
const ITEMS_A_LOOK: usize = 40;

/// Whether earlier looks are on record.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Memory {
    Kept,
    Lost,
}

pub(super) fn rows(lab: &Lab) -> StatsResult<Vec<SelftestRow>> {
    let plain = claim("C1", "arm", "delta > 0 and p < 0.05");
    let items = plain.clone().map(|spec| ClaimSpec { test: TestKind::Items, ..spec });
    let always =
        plain.map(|spec| ClaimSpec { test: TestKind::AlwaysValid, order: Some("batch".to_owned()), ..spec });
    let planned = items.clone().map(|spec| ClaimSpec { looks: PlannedLooks::new(5).ok(), ..spec });
    Ok(vec![
        row(lab, "items, looks not counted", items.clone(), Memory::Lost, Expectation::Contrast)?,
        // Each look is corrected for those before it, which is not enough for stopping at the first success: 1 + 1/2 + … + 1/5 times alpha bounds it.
        row(lab, "items, looks counted (Holm)", items, Memory::Kept, Expectation::Contrast)?,
        row(lab, "always-valid", always, Memory::Kept, Expectation::MustHold)?,
        row(lab, "items, looks: 5 (O'Brien–Fleming)", planned, Memory::Kept, Expectation::MustHold)?,
    ])
}

fn row(
    lab: &Lab,
    method: &str,
    spec: Option<ClaimSpec>,
    memory: Memory,
    expectation: Expectation,
) -> StatsResult<SelftestRow> {
    let world = format!(
        "binary, {LOOKS} looks at {ITEMS_A_LOOK} more items each, one seed, stops at the first success"
    );
    let subject = Subject { part: "looks", method, world, nominal: 0.05, expectation };
    lab.row(subject, Some(0.15), move |noise: &mut Noise, effect| ever(spec.as_ref()?, memory, noise, effect))
}

/// Whether the claim is supported at any look.
fn ever(spec: &ClaimSpec, memory: Memory, noise: &mut Noise, effect: f64) -> Option<bool> {
    let mut sheet = Sheet::new();
    let mut book = LookBook::default();
    for look in 0..LOOKS {
        let rows =
            |arm| Rows { split: "test", arm, seeds: 1, from: look * ITEMS_A_LOOK, batch: ITEMS_A_LOOK };
        // Right with probability ½ in both arms without an effect.
        let mut answers = |shift: f64| -> Vec<f64> {
            (0..ITEMS_A_LOOK).map(|_| f64::from(u8::from(noise.uniform() < 0.5 + shift))).collect()
        };
        let (arm, base) = (answers(effect), answers(0.0));
        sheet.add(rows("arm"), arm);
        sheet.add(rows("base"), base);
        let decision = decided(std::slice::from_ref(spec), &sheet.table()?, &book).pop()?;
        if decision.verdict.status == Status::Supported {
            return Some(true);
        }
        if memory == Memory::Kept {
            book = book.with(&decision.looks);
        }
    }
    Some(false)
}
