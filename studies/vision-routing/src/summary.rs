//! What a run came to: `metrics.json`.

use std::collections::BTreeMap;
use std::fmt;

use isocost_study_budget::{Cascade, CostResult};
use schemars::JsonSchema;
use serde::Serialize;

use crate::arm::Spending;
use crate::replicate::{ArmRun, Replicate};
use crate::{Arm, BudgetShare, Digits, Options, Path, Spread, Stage, StudyResult};

/// Name and version of the form of `metrics.json`.
pub(crate) const SCHEMA: &str = "isocost/vision-routing/metrics/1";

/// What a run came to; `metrics.json` is this, as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// `isocost/vision-routing/metrics/1`.
    pub schema: String,
    /// The stage that ran.
    pub stage: Stage,
    /// The split that was evaluated: `val` or `test`.
    pub split: String,
    /// BLAKE3 of the data, in hexadecimal.
    pub data: String,
    /// Images evaluated.
    pub items: usize,
    /// Images that trained.
    pub train_items: usize,
    /// Images that fitted the temperature.
    pub tuning_items: usize,
    /// The replicates.
    pub seeds: Vec<u64>,
    /// The budgets, as shares of the cost of a full look.
    #[schemars(with = "Vec<String>")]
    pub budgets: Vec<BudgetShare>,
    /// What a look costs.
    pub prices: Prices,
    /// By arm; arms that spend the budget, by budget.
    pub summary: BTreeMap<String, ArmSummary>,
    /// What explains the numbers.
    pub diagnostics: Diagnostics,
}

/// What a look at one image costs, in tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Prices {
    /// No look.
    pub no: u64,
    /// A coarse look.
    pub coarse: u64,
    /// A full look; on top of the coarse one where that came first.
    pub full: u64,
}

/// An arm's results.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum ArmSummary {
    /// The same at any budget.
    Fixed(Cell),
    /// By budget; the key of 0.5 is `b50`.
    ByBudget(BTreeMap<String, Cell>),
}

/// An arm at a budget.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Cell {
    /// Share of right answers, over seeds.
    pub accuracy: Spread,
    /// Mean tokens an image, over seeds.
    pub cost: Spread,
    /// Tokens over all images, seed by seed.
    pub total_tokens: Vec<u64>,
    /// Share of images by the look that gave the answer, over all seeds; the three sum to 1.
    pub actions: Actions,
}

/// Shares of images by the look that gave the answer.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Actions {
    /// None.
    pub no: f64,
    /// The coarse one.
    pub coarse: f64,
    /// The full one.
    pub full: f64,
}

/// What explains the numbers.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Diagnostics {
    /// The temperatures of the coarse classifiers.
    pub calibration: Vec<Calibration>,
    /// By budget: the uncertainty policy with the threshold of the tuning images, as it would run one image at a time.
    /// Its cost is not exactly the budget, so it is no arm.
    pub validation_threshold: BTreeMap<String, Cell>,
    /// Share of images where a full look repairs a wrong coarse answer, over seeds.
    pub repaired_by_full: Spread,
    /// Share of images where a full look spoils a right coarse answer, over seeds.
    pub spoiled_by_full: Spread,
}

/// The temperatures of one seed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Calibration {
    /// The seed.
    pub seed: u64,
    /// Of the classifiers of the arms.
    pub temperature: f64,
    /// Of those of the arms that are run again.
    pub temperature_again: f64,
}

/// Sizes of the three sets of images.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sizes {
    pub(crate) train: usize,
    pub(crate) tune: usize,
    pub(crate) evaluate: usize,
}

/// Sums up the runs of all arms.
pub(crate) fn summarise(
    options: &Options,
    sizes: Sizes,
    prices: Cascade,
    replicates: &[Replicate],
    runs: &[ArmRun],
) -> StudyResult<Summary> {
    let mut summary = BTreeMap::new();
    for arm in Arm::ALL {
        let cells = by_budget(&options.budgets, |budget| {
            let runs: Vec<_> = runs.iter().filter(|run| run.arm == arm && run.budget == budget).collect();
            Ok(Cell::of(&runs, prices)?)
        })?;
        let of_arm = match (arm.spending(), cells.values().next()) {
            (Spending::Fixed, Some(cell)) => ArmSummary::Fixed(cell.clone()),
            _ => ArmSummary::ByBudget(cells),
        };
        summary.insert(arm.name().to_owned(), of_arm);
    }
    Ok(Summary {
        schema: SCHEMA.to_owned(),
        stage: options.stage,
        split: options.stage.split().to_string(),
        data: Digits::fingerprint(),
        items: sizes.evaluate,
        train_items: sizes.train,
        tuning_items: sizes.tune,
        seeds: options.seeds.iter().map(|seed| seed.0).collect(),
        budgets: options.budgets.clone(),
        prices: Prices { no: 0, coarse: prices.coarse.get(), full: prices.full.get() },
        summary,
        diagnostics: diagnose(options, prices, replicates)?,
    })
}

fn by_budget<T>(
    budgets: &[BudgetShare],
    mut each: impl FnMut(BudgetShare) -> StudyResult<T>,
) -> StudyResult<BTreeMap<String, T>> {
    budgets.iter().map(|budget| Ok((budget.key(), each(*budget)?))).collect()
}

fn diagnose(options: &Options, prices: Cascade, replicates: &[Replicate]) -> StudyResult<Diagnostics> {
    let validation_threshold = by_budget(&options.budgets, |budget| {
        let runs: Vec<_> = replicates
            .iter()
            .map(|replicate| replicate.run_online(budget, prices))
            .collect::<Result<_, _>>()?;
        Ok(Cell::of(&runs.iter().collect::<Vec<_>>(), prices)?)
    })?;
    let share = |coarse: bool, full: bool| {
        let of = |replicate: &Replicate| {
            let seen = &replicate.first;
            let hits =
                seen.coarse.iter().zip(&seen.full).filter(|(c, f)| (**c, **f) == (coarse, full)).count();
            hits as f64 / seen.coarse.len().max(1) as f64
        };
        Spread::of(&replicates.iter().map(of).collect::<Vec<_>>())
    };
    Ok(Diagnostics {
        calibration: replicates
            .iter()
            .map(|replicate| Calibration {
                seed: replicate.seed.0,
                temperature: replicate.first.temperature,
                temperature_again: replicate.again.temperature,
            })
            .collect(),
        validation_threshold,
        repaired_by_full: share(false, true),
        spoiled_by_full: share(true, false),
    })
}

impl Cell {
    /// Of the runs of one arm at one budget, one a seed.
    fn of(runs: &[&ArmRun], prices: Cascade) -> CostResult<Self> {
        let totals = runs.iter().map(|run| run.total(prices)).collect::<CostResult<Vec<_>>>()?;
        let mean_cost = |(run, total): (&&ArmRun, &isocost_study_budget::Tokens)| {
            total.get() as f64 / run.paths.len().max(1) as f64
        };
        Ok(Self {
            accuracy: Spread::of(&runs.iter().map(|run| run.accuracy()).collect::<Vec<_>>()),
            cost: Spread::of(&runs.iter().zip(&totals).map(mean_cost).collect::<Vec<_>>()),
            total_tokens: totals.iter().map(|total| total.get()).collect(),
            actions: Actions::of(&runs.iter().flat_map(|run| run.paths.iter().copied()).collect::<Vec<_>>()),
        })
    }
}

impl Actions {
    /// Shares over the paths; all 0 where there is none.
    pub(crate) fn of(paths: &[Path]) -> Self {
        let all = paths.len().max(1) as f64;
        let share = |wanted: &[Path]| paths.iter().filter(|path| wanted.contains(path)).count() as f64 / all;
        Self {
            no: share(&[Path::Blind]),
            coarse: share(&[Path::Coarse]),
            full: share(&[Path::Full, Path::Both]),
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seeds = self.seeds.len();
        writeln!(
            f,
            "{} on {} {} images, {seeds} seed(s); tokens per image",
            self.stage, self.items, self.split
        )?;
        writeln!(f, "{:<28} {:>7} {:>9} {:>7} {:>7}", "arm", "budget", "accuracy", "std", "tokens")?;
        for arm in Arm::ALL {
            match self.summary.get(arm.name()) {
                Some(ArmSummary::Fixed(cell)) => line(f, arm, "any", cell)?,
                Some(ArmSummary::ByBudget(cells)) => {
                    for budget in &self.budgets {
                        if let Some(cell) = cells.get(&budget.key()) {
                            line(f, arm, &budget.to_string(), cell)?;
                        }
                    }
                }
                None => {}
            }
        }
        Ok(())
    }
}

fn line(f: &mut fmt::Formatter<'_>, arm: Arm, budget: &str, cell: &Cell) -> fmt::Result {
    let std = cell.accuracy.std.map_or_else(|| "-".to_owned(), |std| format!("{std:.4}"));
    writeln!(f, "{arm:<28} {budget:>7} {:>9.4} {std:>7} {:>7.3}", cell.accuracy.mean, cell.cost.mean)
}
