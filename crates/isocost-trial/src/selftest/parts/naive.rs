//! The protocol of the audio-visual ledger, in a world where no configuration is better on new clips.
//!
//! One fixed test set of 402 clips. A configuration is swept on validation, then evaluated with seeds 0..2 on test ("quick"); if its mean gain there is at
//! least 0.018 with p at most 0.2, it is evaluated with seeds 0..9 ("full"), and the claim is made if the gain is at least 0.02 with p below 0.05.
//! p is a t-test over training seeds against 0. Otherwise the next idea is tried, up to 140 evaluations.
//! Sizes: a seed's gain scatters by 0.015 (the ledger's own Δ and p of ten seeds give that); a configuration's gain on these very clips differs from
//! that on new ones by 0.01 (402 clips with a standard deviation of 0.2), half of its variance shared by all configurations.

use isocost_stats::{Alpha, StatsResult, Tail, ttest};

use crate::chain::{LookBook, LookComparison, LookDraft};
use crate::claim::Status;
use crate::selftest::lab::{Lab, Subject, claim, decided};
use crate::selftest::noise::Noise;
use crate::selftest::row::{Expectation, SelftestRow};
use crate::selftest::world::{Rows, Sheet};

const CLIPS: usize = 402;
const OF_CLIPS: f64 = 0.2;
const OF_SEEDS: f64 = 0.015;
const EVALUATIONS: usize = 140;

pub(super) fn rows(lab: &Lab) -> StatsResult<Vec<SelftestRow>> {
    let row = |method: &str, expectation, way: fn(&mut Noise, f64) -> Option<bool>| {
        let world = "402 fixed clips, no configuration better on new clips".to_owned();
        let subject = Subject { part: "naive protocol", method, world, nominal: 0.05, expectation };
        lab.row(subject, None, way)
    };
    Ok(vec![
        row("t-test over 10 seeds, one evaluation, p < 0.05", Expectation::Contrast, |noise, effect| {
            let luck = Luck::new(noise);
            let luck = luck.of_configuration(noise);
            Some(full(&gains(noise, effect + luck, 10)).is_some_and(|(gain, p)| gain > 0.0 && p < 0.05))
        })?,
        row("quick, full, next idea; gain ≥ 0.02 and p < 0.05", Expectation::Contrast, |noise, effect| {
            Some(protocol(noise, effect)?.claimed)
        })?,
        row("the same, decided by isocost", Expectation::MustHold, judged)?,
    ])
}

/// What a configuration gains on the fixed clips beyond what it would gain on new ones.
struct Luck {
    shared: f64,
}

impl Luck {
    fn new(noise: &mut Noise) -> Self {
        Self { shared: noise.normal() }
    }

    fn of_configuration(&self, noise: &mut Noise) -> f64 {
        let size = OF_CLIPS / (CLIPS as f64).sqrt() * std::f64::consts::FRAC_1_SQRT_2;
        size * (self.shared + noise.normal())
    }
}

fn gains(noise: &mut Noise, mean: f64, seeds: usize) -> Vec<f64> {
    (0..seeds).map(|_| mean + OF_SEEDS * noise.normal()).collect()
}

/// Mean gain and two-sided p over seeds.
fn full(gains: &[f64]) -> Option<(f64, f64)> {
    let test = ttest::paired(gains, 0.0, Tail::TwoSided, Alpha::FIVE_PERCENT).ok()?;
    Some((test.mean, test.p?.get()))
}

/// How the protocol ended.
struct End {
    claimed: bool,
    evaluations: usize,
    luck: f64,
    /// The gains of the last full evaluation.
    gains: Vec<f64>,
}

fn protocol(noise: &mut Noise, effect: f64) -> Option<End> {
    let luck = Luck::new(noise);
    let mut end = End { claimed: false, evaluations: 0, luck: 0.0, gains: Vec::new() };
    while end.evaluations < EVALUATIONS {
        end.luck = luck.of_configuration(noise);
        let quick = gains(noise, effect + end.luck, 3);
        end.evaluations += 1;
        let (gain, p) = full(&quick)?;
        if gain < 0.018 || p > 0.2 {
            continue;
        }
        // The quick seeds are a part of the full ones.
        let mut all = quick;
        all.extend(gains(noise, effect + end.luck, 7));
        end.evaluations += 1;
        let (gain, p) = full(&all)?;
        end.gains = all;
        end.claimed = gain >= 0.02 && p < 0.05;
        if end.claimed {
            return Some(end);
        }
    }
    Some(end)
}

/// The table behind the last full evaluation, decided with all looks before it on record.
fn judged(noise: &mut Noise, effect: f64) -> Option<bool> {
    let end = protocol(noise, effect)?;
    if !end.claimed {
        return Some(false);
    }
    let table = sheet(noise, &end).table()?;
    let spec = claim("C1", "arm", "delta >= 0.02 and p < 0.05")?;
    let first = decided(std::slice::from_ref(&spec), &table, &LookBook::default()).pop()?;
    let draft = first.looks.first()?;
    let earlier: Vec<LookDraft> = (1..end.evaluations)
        .map(|look| LookDraft {
            claim: format!("E{look:04}").into(),
            comparison: LookComparison { left: format!("idea {look}").into(), ..draft.comparison.clone() },
            p: None,
            ..draft.clone()
        })
        .collect();
    let book = LookBook::default().with(&earlier);
    let decision = decided(std::slice::from_ref(&spec), &table, &book).pop()?;
    Some(decision.verdict.status == Status::Supported)
}

/// Clips whose differences have the luck as their mean, and seeds with the gains that were seen.
fn sheet(noise: &mut Noise, end: &End) -> Sheet {
    let own = noise.normals(CLIPS, OF_CLIPS);
    let centre = own.iter().sum::<f64>() / own.len() as f64;
    let seeds = end.gains.len();
    let rows = |arm| Rows { split: "test", arm, seeds, from: 0, batch: CLIPS };
    let mut sheet = Sheet::new();
    let cells = own.iter().flat_map(|clip| end.gains.iter().map(move |gain| gain + clip - centre));
    sheet.add(rows("arm"), cells);
    sheet.add(rows("base"), vec![0.0; CLIPS * seeds]);
    sheet
}
