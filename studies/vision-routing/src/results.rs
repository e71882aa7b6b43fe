//! `results.csv` and `summary.json`, the output contract of the published value-of-vision pipeline.

use isocost_study_budget::Cascade;
use schemars::JsonSchema;
use serde::Serialize;

use crate::replicate::ArmRun;
use crate::summary::Actions;
use crate::{Arm, ArmSummary, Cell, StudyError, StudyResult, Summary};

/// Name of the table.
pub(crate) const TABLE: &str = "results.csv";

/// Name of the document.
pub(crate) const DOCUMENT: &str = "summary.json";

const DATASET: &str = "digits8x8";

/// The 35 columns of the original, in its order, then those that make its numbers readable. A cell is empty where it
/// has no meaning here: nothing is pruned, merged or pooled, and latency and memory are not measured, because they
/// would make the bytes differ from run to run.
const HEADER: [&str; 41] = [
    "dataset",
    "metric",
    "lambda_cost",
    "baseline_name",
    "action",
    "threshold",
    "pruning_ratio",
    "remaining_vision_tokens",
    "merge_ratio",
    "merge_mode",
    "merge_weight",
    "enable_prune",
    "prune_ratio",
    "prune_mode",
    "pool_factor",
    "resolution_long_side",
    "resolution_max_pixels",
    "uncertainty_metric",
    "vision_mode",
    "accuracy",
    "action_rate_no",
    "action_rate_coarse",
    "action_rate_full",
    "avg_cost",
    "avg_token_cost",
    "avg_vision_token_count",
    "vovnet_accuracy",
    "vovnet_avg_cost",
    "accuracy_gap_vs_vovnet",
    "cost_gap_vs_vovnet",
    "latency_p50_ms",
    "latency_p90_ms",
    "mem_peak_p50_mb",
    "mem_peak_p90_mb",
    "ece",
    "n",
    "seed",
    "split",
    "budget",
    "cost_unit",
    "cost_mode",
];

/// One row an arm, budget and seed.
pub(crate) fn table(runs: &[ArmRun], split: &str, prices: Cascade) -> StudyResult<Vec<u8>> {
    let failed = |source: csv::Error| StudyError::Table { file: TABLE, source };
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(HEADER).map_err(failed)?;
    for run in runs {
        let cells = cells_of(run, split, prices)?;
        let value =
            |column: &&str| cells.iter().find(|(name, _)| name == column).map_or("", |(_, value)| value);
        writer.write_record(HEADER.iter().map(value)).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| failed(error.into_error().into()))
}

fn cells_of(run: &ArmRun, split: &str, prices: Cascade) -> StudyResult<Vec<(&'static str, String)>> {
    let items = run.paths.len();
    let cost = (run.total(prices)?.get() as f64 / items.max(1) as f64).to_string();
    let actions = Actions::of(&run.paths);
    let mut cells = vec![
        ("dataset", DATASET.to_owned()),
        ("metric", "accuracy".to_owned()),
        ("baseline_name", run.arm.name().to_owned()),
        ("accuracy", run.accuracy().to_string()),
        ("action_rate_no", actions.no.to_string()),
        ("action_rate_coarse", actions.coarse.to_string()),
        ("action_rate_full", actions.full.to_string()),
        ("avg_cost", cost.clone()),
        ("avg_token_cost", cost.clone()),
        ("avg_vision_token_count", cost),
        ("n", items.to_string()),
        ("seed", run.seed.to_string()),
        ("split", split.to_owned()),
        ("budget", run.budget.to_string()),
        ("cost_unit", "tokens".to_owned()),
        ("cost_mode", "token".to_owned()),
    ];
    if let Some(threshold) = run.threshold {
        cells.push(("threshold", threshold.to_string()));
        cells.push(("uncertainty_metric", "entropy".to_owned()));
        cells.push(("vision_mode", "full".to_owned()));
    }
    if run.arm == Arm::Oracle {
        cells.push(("action", "ORACLE".to_owned()));
    }
    Ok(cells)
}

/// `summary.json`: where the numbers are, what they are of, and the mean results as points of cost and accuracy.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Document {
    schema: &'static str,
    run_metadata_path: &'static str,
    datasets: Vec<&'static str>,
    dataset_metadata: DatasetMetadata,
    pareto: Vec<Point>,
    /// The classifiers are trained anew in each run and not kept.
    checkpoint: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct DatasetMetadata {
    name: &'static str,
    split: String,
    num_examples: usize,
    blake3: String,
}

/// An arm at a budget, over seeds.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Point {
    baseline_name: &'static str,
    /// `null` for an arm that is the same at any budget.
    budget: Option<String>,
    accuracy: f64,
    accuracy_std: Option<f64>,
    avg_cost: f64,
    /// Whether no other arm is at least as good in cost and accuracy and better in one. `null` for the oracle, which
    /// knows the labels.
    on_frontier: Option<bool>,
}

/// The document of a run.
pub(crate) fn document(summary: &Summary) -> Document {
    Document {
        schema: "isocost/vision-routing/summary/1",
        run_metadata_path: crate::run::METRICS,
        datasets: vec![DATASET],
        dataset_metadata: DatasetMetadata {
            name: DATASET,
            split: summary.split.clone(),
            num_examples: summary.items,
            blake3: summary.data.clone(),
        },
        pareto: pareto(summary),
        checkpoint: None,
    }
}

fn pareto(summary: &Summary) -> Vec<Point> {
    let mut points = Vec::new();
    for arm in Arm::ALL {
        match summary.summary.get(arm.name()) {
            Some(ArmSummary::Fixed(cell)) => points.push(point(arm, None, cell)),
            Some(ArmSummary::ByBudget(cells)) => {
                points.extend(cells.iter().map(|(budget, cell)| point(arm, Some(budget.clone()), cell)));
            }
            None => {}
        }
    }
    let fair: Vec<(f64, f64)> = points
        .iter()
        .filter(|point| point.baseline_name != Arm::Oracle.name())
        .map(|point| (point.avg_cost, point.accuracy))
        .collect();
    for point in &mut points {
        if point.baseline_name != Arm::Oracle.name() {
            point.on_frontier =
                Some(!fair.iter().any(|other| dominates(*other, (point.avg_cost, point.accuracy))));
        }
    }
    points
}

fn point(arm: Arm, budget: Option<String>, cell: &Cell) -> Point {
    Point {
        baseline_name: arm.name(),
        budget,
        accuracy: cell.accuracy.mean,
        accuracy_std: cell.accuracy.std,
        avg_cost: cell.cost.mean,
        on_frontier: None,
    }
}

/// Whether `a` costs no more and is right no less often than `b`, and differs from it. Points are cost and accuracy.
fn dominates(a: (f64, f64), b: (f64, f64)) -> bool {
    a.0 <= b.0 && a.1 >= b.1 && (a.0 < b.0 || a.1 > b.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_dominates_what_is_dearer_or_worse_and_not_its_equal() {
        assert!(dominates((4.0, 0.9), (4.0, 0.8)));
        assert!(dominates((4.0, 0.9), (8.0, 0.9)));
        assert!(!dominates((4.0, 0.9), (4.0, 0.9)));
        assert!(!dominates((4.0, 0.8), (8.0, 0.9)));
    }
}
