//! Each other test in the world that it is for, and two of them in worlds that they are not for.

use isocost_stats::StatsResult;

use crate::ClaimSpec;
use crate::compare::TestKind;
use crate::selftest::lab::{Lab, Subject, claim, supported};
use crate::selftest::noise::Noise;
use crate::selftest::row::{Expectation, SelftestRow};
use crate::selftest::world::{Outcome, Rows, Shape, Sheet, Skew, add_arms, differences};

pub(super) fn rows(lab: &Lab) -> StatsResult<Vec<SelftestRow>> {
    let one = Shape { of_seeds: 0.0, ..Shape::new(60, 1, Outcome::Continuous) };
    let binary = Shape { outcome: Outcome::Binary, ..one };
    let skewed = Shape { skew: Skew::Right, ..one };
    let grouped = Shape { items: 120, of_batches: 0.7, per_batch: 6, ..one };
    let holds = Expectation::MustHold;
    let mut rows = vec![
        row(lab, TestKind::Items, one, holds)?,
        row(lab, TestKind::SignFlip, one, holds)?,
        row(lab, TestKind::Wilcoxon, one, holds)?,
        row(lab, TestKind::McNemar, binary, holds)?,
        row(lab, TestKind::Basic, one, holds)?,
        row(lab, TestKind::Bca, one, holds)?,
        row(lab, TestKind::BootstrapT, one, holds)?,
        row(lab, TestKind::BootstrapT, skewed, holds)?,
        row(lab, TestKind::Cluster, grouped, holds)?,
        row(lab, TestKind::Items, grouped, Expectation::Contrast)?,
        row(lab, TestKind::AlwaysValid, binary, holds)?,
    ];
    rows.push(seeds_on_these_items(lab)?);
    let many = Shape::new(60, 5, Outcome::Continuous);
    rows.push(row(lab, TestKind::Seeds, many, Expectation::Contrast)?);
    Ok(rows)
}

fn declare(test: TestKind) -> Option<ClaimSpec> {
    let cluster = (test == TestKind::Cluster).then(|| "batch".to_owned());
    Some(ClaimSpec { test, cluster, ..claim("C1", "arm", "delta > 0 and p < 0.05")? })
}

fn row(lab: &Lab, test: TestKind, shape: Shape, expectation: Expectation) -> StatsResult<SelftestRow> {
    let world = match test {
        TestKind::Seeds => format!("{}: new items", shape.name()),
        _ => shape.name(),
    };
    let subject = Subject { part: "tests", method: test.name(), world, nominal: 0.05, expectation };
    let spec = declare(test);
    lab.row(subject, Some(0.6), move |noise: &mut Noise, effect| {
        let mut sheet = Sheet::new();
        add_arms(noise, &mut sheet, "test", &shape, &[("arm", effect)]);
        Some(supported(spec.as_ref()?, &sheet.table()?))
    })
}

/// New seeds on the same items: their mean difference over all seeds is exactly the effect.
fn seeds_on_these_items(lab: &Lab) -> StatsResult<SelftestRow> {
    let shape = Shape { of_items: 0.0, of_seeds: 0.3, ..Shape::new(60, 5, Outcome::Continuous) };
    let subject = Subject {
        part: "tests",
        method: TestKind::Seeds.name(),
        world: format!("{}: the same items", shape.name()),
        nominal: 0.05,
        expectation: Expectation::MustHold,
    };
    let spec = declare(TestKind::Seeds);
    lab.row(subject, Some(0.6), move |noise: &mut Noise, effect| {
        let mut sheet = Sheet::new();
        let rows = |arm| Rows { split: "test", arm, seeds: shape.seeds, from: 0, batch: 1 };
        let own = noise.normals(shape.items, 1.0);
        let centre = own.iter().sum::<f64>() / own.len() as f64;
        let latent = differences(noise, &shape, effect);
        let of_item = |cell: usize| own.get(cell / shape.seeds).copied().unwrap_or_default() - centre;
        sheet.add(rows("arm"), latent.iter().enumerate().map(|(cell, latent)| latent + of_item(cell)));
        sheet.add(rows("base"), vec![0.0; shape.items * shape.seeds]);
        Some(supported(spec.as_ref()?, &sheet.table()?))
    })
}
