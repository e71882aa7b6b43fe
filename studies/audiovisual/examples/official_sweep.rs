//! Times a validation sweep of AVE's official size on made-up features: 3,339 and 402 clips, 768 columns, 10 candidates, 3 seeds, 3 methods, 5 epochs.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use isocost_study_audiovisual::candidates::candidate_set;
use isocost_study_audiovisual::data::{AveIndex, FeatureStore, IdLists, LabelMap, LabelRule, Scores, Split};
use isocost_study_audiovisual::sweep::SWEPT;
use isocost_study_audiovisual::trial::{Ground, Signal, TrialRequest, prepare, run};
use isocost_study_audiovisual::{AvError, Mode};
use isocost_study_learn::torch::{AdamRates, HeadTraining, TorchRng};

const SIDES: [u32; 5] = [112, 160, 224, 352, 448];
const COLUMNS: usize = 768;
const SECONDS: usize = 10;

fn annotations(meta: &Path, rng: &mut TorchRng) -> Result<AveIndex, Box<dyn std::error::Error>> {
    let mut number = 0;
    for (split, count) in [("train", 3339), ("val", 402), ("test", 402)] {
        let mut rows = String::new();
        for _ in 0..count {
            let start = rng.integer(0, 9);
            let end = rng.integer(start + 1, 11);
            let class = rng.integer(0, 28);
            writeln!(rows, "class{class:02}&clip{number:05}&good&{start}&{end}")?;
            number += 1;
        }
        isocost_fs::write_cache(&meta.join(format!("{split}Set.txt")), rows.as_bytes())?;
    }
    Ok(AveIndex::read(meta)?)
}

/// Prototypes of classes in noise that falls with the resolution.
fn features(ids: &[String], labels: &LabelMap, rng: &mut TorchRng) -> Result<FeatureStore, AvError> {
    let prototypes: Vec<f32> = (0..29 * COLUMNS).map(|_| rng.uniform(-1.0, 1.0)).collect();
    let mut values = Vec::with_capacity(ids.len() * SIDES.len() * SECONDS * COLUMNS);
    for id in ids {
        for noise in [9.0, 7.0, 5.0, 3.0, 2.0_f32] {
            for label in labels.get(id)? {
                let prototype = prototypes.get(label * COLUMNS..(label + 1) * COLUMNS).unwrap_or_default();
                values.extend(prototype.iter().map(|value| value + rng.uniform(-noise, noise)));
            }
        }
    }
    let places = ids.iter().cloned().zip(0..).collect();
    FeatureStore::new(places, SIDES.to_vec(), SECONDS, COLUMNS, values)
}

fn scores(ids: &[String], labels: &LabelMap, rng: &mut TorchRng) -> Result<Scores, AvError> {
    let mut scores = BTreeMap::new();
    for id in ids {
        let heard = |label: &usize| f64::from(rng.uniform(-2.0, 2.0)) + if *label == 0 { -4.0 } else { -2.0 };
        scores.insert(id.clone(), labels.get(id)?.iter().map(heard).collect());
    }
    Ok(scores)
}

#[expect(clippy::print_stdout, reason = "an example")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let mut rng = TorchRng::new(0);
    let index = annotations(folder.path(), &mut rng)?;
    let labels = LabelMap::new(&index, LabelRule::LastOfAll, SECONDS);
    let list = |split| index.split(split).iter().map(|clip| clip.id.clone()).collect::<Vec<_>>();
    let ids = IdLists { train: list(Split::Train), eval: list(Split::Val), left_out: Vec::new() };
    let features = features(&ids.all(), &labels, &mut rng)?;
    let scores = scores(&ids.all(), &labels, &mut rng)?;
    let ground = Ground {
        mode: Mode::Compat,
        ids: &ids,
        labels: &labels,
        classes: index.class_count(),
        features: &features,
        signal: Some(Signal { name: "energy", scores: &scores, shifted: false, tokens: 0 }),
        audio: None,
        visual: None,
    };
    let training = HeadTraining { epochs: 5, batch: 16, rates: AdamRates { learning: 2e-3, decay: 0.0 } };
    let start = Instant::now();
    let prepare = |candidate: &isocost_study_audiovisual::candidates::Candidate| {
        let config = candidate.config.clone();
        prepare(&ground, TrialRequest { config, methods: SWEPT.to_vec(), seeds: vec![0, 1, 2], training })
    };
    let set = std::env::args().nth(1).unwrap_or_else(|| "ltl_top1med_v1".to_owned());
    let prepared = candidate_set(&set)?.iter().map(prepare).collect::<Result<Vec<_>, _>>()?;
    println!("{set}: prepared in {:.2} s", start.elapsed().as_secs_f64());
    let trials = run(&ground, prepared)?;
    println!("{} trials in {:.2} s", trials.len(), start.elapsed().as_secs_f64());
    Ok(())
}
