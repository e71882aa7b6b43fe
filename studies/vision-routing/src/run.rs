//! From options to outputs.

use std::path::Path as FilePath;

use isocost_fs::{create_dir_all, write_evidence};
use isocost_study_budget::Cascade;
use isocost_study_learn::LearnResult;
use isocost_trial::write_csv;
use rayon::prelude::*;
use serde::Serialize;

use crate::learner::{Lineage, Material, Seen, learn};
use crate::replicate::{ArmRun, Replicate};
use crate::summary::{Sizes, summarise};
use crate::vision::prices;
use crate::{
    Arm, Digit, Digits, ItemId, Options, Seed, Split, Splits, Stage, StudyError, StudyResult, Summary,
    Threads, outcomes, results,
};

/// Name of the file that holds the [`Summary`].
pub(crate) const METRICS: &str = "metrics.json";

/// Runs the trial and writes `outcomes.csv`, `metrics.json`, `results.csv` and `summary.json` below the directory.
///
/// The same options give the same bytes on any machine at any number of threads. Errors before it writes anything if
/// the options make no trial or a budget cannot be spent.
pub fn run(options: &Options) -> StudyResult<Summary> {
    options.check()?;
    let digits = Digits::load()?;
    let splits = splits_of(&digits, options.stage);
    let prices = prices()?;
    let replicates = replicates(&digits, &splits, options)?;
    let runs = arm_runs(options, prices, &replicates)?;
    let split = options.stage.split();
    let sizes =
        Sizes { train: splits.train.len(), tune: splits.val.len(), evaluate: splits.get(split).len() };
    let summary = summarise(options, sizes, prices, &replicates, &runs)?;
    write_outputs(&options.out, &summary, &runs, splits.get(split), split, prices)?;
    Ok(summary)
}

fn splits_of(digits: &Digits, stage: Stage) -> Splits {
    let splits = Splits::of(digits);
    match stage {
        Stage::Smoke => splits.shortened(120, 80, 0),
        Stage::Validation | Stage::Full => splits,
    }
}

/// Trains for all seeds, each seed twice over.
fn replicates(digits: &Digits, splits: &Splits, options: &Options) -> StudyResult<Vec<Replicate>> {
    let images =
        |split: Split| splits.get(split).iter().filter_map(|id| digits.get(*id)).collect::<Vec<&Digit>>();
    let material = Material {
        train: images(Split::Train),
        tune: images(Split::Val),
        evaluate: images(options.stage.split()),
    };
    let jobs: Vec<(Seed, Lineage)> =
        options.seeds.iter().flat_map(|seed| Lineage::ALL.map(|lineage| (*seed, lineage))).collect();
    let threads = match options.threads {
        Threads::Cores => 0,
        Threads::Exactly(threads) => threads.get(),
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let learn_one = |(seed, lineage): &(Seed, Lineage)| learn(&material, options.stage, *seed, *lineage);
    let seen = pool.install(|| jobs.par_iter().map(learn_one).collect::<LearnResult<Vec<Seen>>>())?;
    let mut seen = seen.into_iter();
    let mut replicates = Vec::with_capacity(options.seeds.len());
    for seed in &options.seeds {
        if let (Some(first), Some(again)) = (seen.next(), seen.next()) {
            replicates.push(Replicate { seed: *seed, first, again });
        }
    }
    Ok(replicates)
}

/// Every arm at every budget under every seed, in this order.
fn arm_runs(options: &Options, prices: Cascade, replicates: &[Replicate]) -> StudyResult<Vec<ArmRun>> {
    let mut runs = Vec::with_capacity(Arm::ALL.len() * options.budgets.len() * replicates.len());
    for arm in Arm::ALL {
        for budget in &options.budgets {
            for replicate in replicates {
                runs.push(replicate.run(arm, *budget, prices)?);
            }
        }
    }
    Ok(runs)
}

fn write_outputs(
    out: &FilePath,
    summary: &Summary,
    runs: &[ArmRun],
    items: &[ItemId],
    split: Split,
    prices: Cascade,
) -> StudyResult<()> {
    let outcomes = outcomes::rows(runs, items, split, prices)?;
    let results = results::table(runs, &summary.split, prices)?;
    let metrics = json(METRICS, summary)?;
    let document = json(results::DOCUMENT, &results::document(summary))?;
    create_dir_all(out)?;
    write_csv(&out.join(outcomes::FILE), &outcomes)?;
    for (name, bytes) in [(results::TABLE, results), (METRICS, metrics), (results::DOCUMENT, document)] {
        write_evidence(&out.join(name), &bytes)?;
    }
    Ok(())
}

fn json(file: &'static str, value: &impl Serialize) -> StudyResult<Vec<u8>> {
    let mut bytes =
        serde_json::to_vec_pretty(value).map_err(|source| StudyError::Document { file, source })?;
    bytes.push(b'\n');
    Ok(bytes)
}
