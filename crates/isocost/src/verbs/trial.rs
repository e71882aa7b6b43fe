//! `isocost trial`: a whole table at once.

use std::path::PathBuf;

use clap::Args;
use isocost_report::text;
use isocost_stats::Alpha;
use isocost_stats::bootstrap::Resampling;
use isocost_trial::claim::CostRule;
use isocost_trial::compare::{Bounds, CostTerms, TestKind, TestPlan};
use isocost_trial::trial::Standing;
use isocost_trial::{Correction, CostTolerance, OutcomeTable, Trial, TrialPlan, trial};

use crate::error::CliError;
use crate::exit::Exit;
use crate::ui::{Form, Ui};
use crate::view;

/// Compare every arm of an outcome table with a baseline, at every budget, corrected together.
///
/// Pairs by item and seed, checks that costs are equal, and tests each difference. Exits with 0 if some arm is better than the baseline (for
/// the equivalence test: as good), 1 if none is, 3 if every comparison is invalid (unequal cost, a leak).
#[derive(Debug, Args)]
pub(crate) struct TrialArgs {
    /// The outcome table; several are read as one.
    #[arg(required = true, value_name = "TABLE")]
    tables: Vec<PathBuf>,
    /// The arm that all others are compared with [default: the one named baseline, control or uniform].
    #[arg(long, value_name = "ARM")]
    baseline: Option<String>,
    /// Also compare within the strata of this free column.
    #[arg(long, value_name = "COLUMN")]
    by: Option<String>,
    /// Only this metric; may be repeated.
    #[arg(long, value_name = "METRIC")]
    metric: Vec<String>,
    /// Only this split; may be repeated.
    #[arg(long, value_name = "SPLIT")]
    split: Vec<String>,
    /// How all comparisons are corrected together: holm, bonferroni, hochberg, bh, by or max-t.
    #[arg(long, default_value = "holm", value_parser = correction)]
    correction: Correction,
    /// The test: crossed, items, seeds, signflip, wilcoxon, mcnemar, basic, bca, bootstrap-t, cluster, equivalence or always-valid.
    #[arg(long, default_value = "crossed", value_parser = test)]
    test: TestKind,
    /// The free column that names clusters, for --test cluster.
    #[arg(long, value_name = "COLUMN")]
    cluster: Option<String>,
    /// What an arm must be better by; for --test equivalence half the width of the band.
    #[arg(long, default_value_t = 0.0)]
    margin: f64,
    /// The accepted rate of false alarms over all comparisons.
    #[arg(long, default_value = "0.05", value_parser = alpha)]
    alpha: Alpha,
    /// The accepted relative difference of mean costs.
    #[arg(long, default_value = "0.01", value_parser = tolerance)]
    tolerance: CostTolerance,
    /// The accepted relative difference of cost in every single cell [default: not asked].
    #[arg(long, value_parser = tolerance, value_name = "TOLERANCE")]
    cell_tolerance: Option<CostTolerance>,
    /// What cost must be counted in [default: whatever unit both arms share].
    #[arg(long, value_name = "UNIT")]
    cost_unit: Option<String>,
    /// Compare arms of different cost, and say so.
    #[arg(long)]
    any_cost: bool,
    /// Leave out these items.
    #[arg(long, value_delimiter = ',', value_name = "ITEM")]
    exclude: Vec<String>,
    /// Bootstrap replicates.
    #[arg(long, default_value_t = isocost_stats::bootstrap::DEFAULT_REPLICATES)]
    replicates: u32,
    /// Seed of the random streams.
    #[arg(long, default_value_t = 0)]
    seed: u64,
}

fn correction(text: &str) -> Result<Correction, String> {
    text.parse()
}

fn test(text: &str) -> Result<TestKind, String> {
    text.parse()
}

fn alpha(text: &str) -> Result<Alpha, String> {
    let number = text.parse().map_err(|_| format!("`{text}` is not a number"))?;
    Alpha::new(number).map_err(|error| error.to_string())
}

fn tolerance(text: &str) -> Result<CostTolerance, String> {
    let (digits, divisor) = text.strip_suffix('%').map_or((text, 1.0), |digits| (digits, 100.0));
    let number: f64 = digits.trim().parse().map_err(|_| format!("`{text}` is not a number"))?;
    CostTolerance::new(number / divisor).map_err(|error| error.to_string())
}

pub(crate) fn run(args: &TrialArgs, ui: Ui) -> Result<Exit, CliError> {
    let table = OutcomeTable::read_all(&args.tables).map_err(|error| CliError::failed(Exit::Input, error))?;
    let found = trial(&table, &plan(args)).map_err(failed)?;
    match ui.form() {
        Form::Json => ui.json(&found)?,
        Form::Text => show(&found, ui)?,
    }
    Ok(exit(&found))
}

fn plan(args: &TrialArgs) -> TrialPlan {
    TrialPlan {
        baseline: args.baseline.as_deref().map(Into::into),
        metrics: args.metric.iter().map(|metric| metric.as_str().into()).collect(),
        splits: args.split.iter().map(|split| split.as_str().into()).collect(),
        by: args.by.clone(),
        correction: args.correction,
        test: TestPlan {
            kind: args.test,
            alpha: args.alpha,
            resampling: Resampling { replicates: args.replicates.max(1), seed: args.seed },
            cluster: args.cluster.clone(),
            order: None,
            bounds: Bounds::default(),
        },
        margin: args.margin,
        cost: CostTerms {
            tolerance: args.tolerance,
            cells: args.cell_tolerance,
            unit: args.cost_unit.as_deref().map(Into::into),
        },
        cost_rule: if args.any_cost { CostRule::NotRequired } else { CostRule::EqualRequired },
        exclude: args.exclude.iter().map(|item| item.as_str().into()).collect(),
    }
}

fn failed(error: isocost_trial::TrialError) -> CliError {
    use isocost_trial::TrialError as E;
    match error {
        E::Empty | E::OneArm(_) => CliError::failed(Exit::Input, error),
        E::NoBaseline(_) => CliError::Usage(format!("{error} with --baseline")),
        other => CliError::Usage(other.to_string()),
    }
}

fn exit(found: &Trial) -> Exit {
    if found.count(Standing::Better) + found.count(Standing::Equivalent) > 0 {
        return Exit::Yes;
    }
    let all = found.rows.iter().filter(|row| row.stratum.is_none()).count();
    if all > 0 && found.count(Standing::Invalid) == all { Exit::Contract } else { Exit::No }
}

fn show(found: &Trial, ui: Ui) -> Result<(), CliError> {
    ui.data(&view::trial_head(found))?;
    let rows = view::trial_rows(found);
    ui.data(&text::trial(&rows, ui.layout()))?;
    let notes = text::trial_notes(&rows, ui.layout());
    if rows.iter().any(|row| !row.notes.is_empty()) {
        ui.data("\nwhat to know:")?;
        ui.data(&notes)?;
    }
    for series in view::fronts(found) {
        ui.data(&format!(
            "\nwhat each arm reaches for what it costs ({}, {}):",
            series.metric, series.split
        ))?;
        ui.data(&text::pareto(&series, ui.layout()))?;
    }
    for skipped in &found.skipped {
        ui.note(&format!("not compared: {}: {}", skipped.what, skipped.why));
    }
    Ok(())
}
