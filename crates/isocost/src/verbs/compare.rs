//! `isocost compare`: two arms, paired, without a ledger.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use isocost_stats::Tail;
use isocost_trial::compare::{BudgetReport, CompareError, CostCheck};
use isocost_trial::import::{Imported, Recognition, Units};
use isocost_trial::leak::{self, IdList, LeakReport};
use isocost_trial::table::{ArmOf, ColumnMap, OutcomeTable, Projection, RowView, Seeds};
use isocost_trial::{
    Analysis, Arm, Comparison, CostTerms, CostTolerance, ItemId, Selection, Split, TestKind, TestPlan,
};
use schemars::JsonSchema;
use serde::Serialize;

use crate::error::CliError;
use crate::exit::Exit;
use crate::sources;
use crate::ui::{Form, Ui};
use crate::view;

/// Compare two arms, item by item, without a ledger.
///
/// A and B are outcome tables, logs of `inspect_ai`, lm-evaluation-harness, lmms-eval or `MLflow`, npz, or metrics.json; or one
/// table and two of its arms. Pairs by item id and seed, never by position; delta is left − right. Exits with 1 where the
/// comparison is not valid (unequal cost, a leak), with 7 where nothing can be paired.
#[derive(Debug, Args)]
pub(crate) struct CompareArgs {
    /// The left side: a file, a directory or a quoted pattern.
    #[arg(value_name = "A")]
    left: String,
    /// The right side; without it, `--arms` names two arms of the left.
    #[arg(value_name = "B")]
    right: Option<String>,
    /// The arms to compare, where a side has several: `left,right`.
    #[arg(long, value_name = "LEFT,RIGHT", value_delimiter = ',', num_args = 1)]
    arms: Vec<String>,
    /// The metric, where there are several.
    #[arg(long)]
    metric: Option<String>,
    /// The split, where there are several.
    #[arg(long)]
    split: Option<String>,
    /// The budget, where an arm has several.
    #[arg(long)]
    budget: Option<String>,
    /// The test [default: crossed, over items and seeds; seeds where there are no items].
    #[arg(long)]
    test: Option<TestKind>,
    /// Test whether left − right exceeds this, one-sided [default: whether it differs from 0].
    #[arg(long, allow_hyphen_values = true)]
    margin: Option<f64>,
    /// By how much mean costs may differ, as 0.01 or 1% [default: 1%].
    #[arg(long, value_parser = tolerance)]
    tolerance: Option<CostTolerance>,
    /// What cost must be counted in.
    #[arg(long, value_name = "UNIT")]
    cost_unit: Option<String>,
    /// Where columns come from: `item=question_id,value=acc,arm=:left` (`:` before a text for every row).
    #[arg(long, value_name = "COLUMN=NAME")]
    map: Vec<String>,
    /// Leave out the items that this file lists.
    #[arg(long, value_name = "FILE")]
    exclude: Vec<PathBuf>,
    /// Ids that were trained on: an item that stands there too makes the comparison invalid.
    #[arg(long, value_name = "FILE")]
    train: Vec<PathBuf>,
}

/// What `isocost compare --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CompareDocument {
    /// `isocost/compare/1`
    schema: String,
    /// What was read, the left side first; one entry where both arms are of one table.
    pub(crate) sources: Vec<Recognition>,
    /// Whether the comparison may be relied on.
    pub(crate) valid: bool,
    /// Why not.
    pub(crate) reasons: Vec<String>,
    /// The comparison.
    pub(crate) comparison: Comparison,
    /// Items shared with other splits or lists, other spellings, labels.
    pub(crate) leaks: LeakReport,
    /// What a reader must know.
    pub(crate) notes: Vec<String>,
}

/// Two arms in one table.
struct Sides {
    table: OutcomeTable,
    left: String,
    right: String,
    sources: Vec<Recognition>,
    notes: Vec<String>,
}

pub(crate) fn run(args: &CompareArgs, ui: Ui) -> Result<Exit, CliError> {
    if !matches!(args.arms.len(), 0 | 2) || args.arms.iter().any(String::is_empty) {
        return Err(CliError::Usage("`--arms` takes two names, as in `--arms anchored,uniform`".to_owned()));
    }
    let columns = sources::column_map(&args.map)?;
    let train = lists(&args.train)?;
    let excluded: BTreeSet<ItemId> = lists(&args.exclude)?.into_iter().flat_map(|list| list.ids).collect();
    let sides = match &args.right {
        Some(right) => two_sources(args, right, &columns)?,
        None => one_source(args, &columns)?,
    };
    let document = compared(args, sides, &train, &excluded)?;
    match ui.form() {
        Form::Json => ui.json(&document)?,
        Form::Text => ui.data(&view::compare::text(&document))?,
    }
    Ok(if document.valid { Exit::Yes } else { Exit::No })
}

fn projection(args: &CompareArgs, arms: &[String]) -> Projection {
    Projection {
        arms: arms.iter().map(|arm| Arm::from(arm.as_str())).collect(),
        metric: args.metric.as_deref().map(Into::into),
        ..Projection::default()
    }
}

fn one_source(args: &CompareArgs, columns: &ColumnMap) -> Result<Sides, CliError> {
    let Imported { table, recognition } = sources::read(&args.left, columns, projection(args, &args.arms))?;
    let [left, right] = args.arms.as_slice() else {
        let listed = view::compare::arms(&table);
        return Err(CliError::Usage(format!(
            "name two arms of {} with `--arms LEFT,RIGHT`, or a second file; there are\n{listed}",
            args.left
        )));
    };
    let present = table.distinct(|_| true, RowView::arm);
    if let Some(missing) = [left, right].into_iter().find(|arm| !present.contains(&arm.as_str())) {
        let there: Vec<&str> = present.iter().copied().chain(table.arms_left_out()).collect();
        return Err(CliError::Usage(format!(
            "{} has no arm `{missing}`; there {}",
            args.left,
            view::compare::listed(&there)
        )));
    }
    let (left, right) = (left.clone(), right.clone());
    Ok(Sides { notes: recognition.notes.clone(), table, left, right, sources: vec![recognition] })
}

fn two_sources(args: &CompareArgs, right: &str, columns: &ColumnMap) -> Result<Sides, CliError> {
    if args.left == right && args.arms.is_empty() {
        return Err(CliError::Usage(
            "both sides are the same file; name two arms of it with `--arms`, or another file".to_owned(),
        ));
    }
    let arm = |index: usize| args.arms.get(index).cloned();
    let read = |name: &str, arm: Option<String>| {
        let wanted: Vec<String> = arm.clone().into_iter().collect();
        let imported = sources::read(name, columns, projection(args, &wanted))?;
        let arm = the_arm(name, &imported.table, arm)?;
        Ok::<_, CliError>((imported, arm))
    };
    let (left_side, left_arm) = read(&args.left, arm(0))?;
    let (right_side, right_arm) = read(right, arm(1))?;
    let mut notes = left_side.recognition.notes.clone();
    notes.extend(
        right_side
            .recognition
            .notes
            .iter()
            .filter(|note| !left_side.recognition.notes.contains(note))
            .cloned(),
    );
    let (left_name, right_name) = if left_arm == right_arm {
        notes.push(format!("both sides name their arm `{left_arm}`: they are told apart by their files"));
        (format!("{left_arm} ({})", args.left), format!("{right_arm} ({right})"))
    } else {
        (left_arm.clone(), right_arm.clone())
    };
    let seeds = one_run_each(&left_side.table, &left_arm, &right_side.table, &right_arm);
    if let Some((left, right)) = &seeds {
        notes.push(format!(
            "one run a side, under different seeds ({left} and {right}): paired by item alone, and nothing is said about other seeds"
        ));
    }
    let rule = if seeds.is_some() { Seeds::Drop } else { Seeds::Keep };
    let table = OutcomeTable::beside(
        ArmOf { table: &left_side.table, arm: &left_arm, name: &left_name, seeds: rule },
        ArmOf { table: &right_side.table, arm: &right_arm, name: &right_name, seeds: rule },
    )
    .map_err(|error| CliError::failed(Exit::Input, error))?;
    let sources = vec![left_side.recognition, right_side.recognition];
    Ok(Sides { table, left: left_name, right: right_name, sources, notes })
}

/// The arm asked for, or the only one.
fn the_arm(name: &str, table: &OutcomeTable, asked: Option<String>) -> Result<String, CliError> {
    let present = table.distinct(|_| true, RowView::arm);
    match (asked, present.as_slice()) {
        (Some(arm), present) if present.contains(&arm.as_str()) => Ok(arm),
        (Some(arm), present) => {
            let there: Vec<&str> = present.iter().copied().chain(table.arms_left_out()).collect();
            Err(CliError::Usage(format!(
                "{name} has no arm `{arm}`; there {}",
                view::compare::listed(&there)
            )))
        }
        (None, [only]) => Ok((*only).to_owned()),
        (None, _) => Err(CliError::Usage(format!(
            "{name} has several arms; choose one of each side with `--arms LEFT,RIGHT`:\n{}",
            view::compare::arms(table)
        ))),
    }
}

/// The seeds of two arms that have one run each, under different seeds.
fn one_run_each(
    left: &OutcomeTable,
    left_arm: &str,
    right: &OutcomeTable,
    right_arm: &str,
) -> Option<(String, String)> {
    let seeds = |table: &OutcomeTable, arm: &str| {
        let seeds = table.distinct(|row| row.arm() == arm, RowView::seed);
        seeds.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    match (seeds(left, left_arm).as_slice(), seeds(right, right_arm).as_slice()) {
        ([left], [right]) if left != right => Some((left.clone(), right.clone())),
        _ => None,
    }
}

fn compared(
    args: &CompareArgs,
    sides: Sides,
    train: &[IdList],
    excluded: &BTreeSet<ItemId>,
) -> Result<CompareDocument, CliError> {
    let units = sides.sources.iter().map(|source| source.units).max().unwrap_or(Units::Items);
    let kind =
        args.test.unwrap_or(if units == Units::SeedsOnly { TestKind::Seeds } else { TestKind::default() });
    let selection = Selection {
        budget: args.budget.as_deref().map(Into::into),
        metric: args.metric.as_deref().map(Into::into),
        split: args.split.as_deref().map(Into::into),
        ..Selection::arms(sides.left.as_str(), sides.right.as_str())
    };
    let plan = TestPlan { kind, ..TestPlan::default() };
    let analysis = Analysis::new(&sides.table, &selection, excluded, plan).map_err(unpaired)?;
    let margin = args.margin.unwrap_or(0.0);
    let tail = match (args.margin, kind) {
        (None, _) | (_, TestKind::Equivalence) => Tail::TwoSided,
        _ => Tail::Greater,
    };
    let cost = CostTerms {
        tolerance: args.tolerance.unwrap_or_default(),
        unit: args.cost_unit.as_deref().map(Into::into),
        ..CostTerms::default()
    };
    let mut comparison = analysis.comparison(margin, tail, cost).map_err(unpaired)?;
    let mut reasons = Vec::new();
    if !matches!(comparison.cost, CostCheck::Equal { .. } | CostCheck::NotMeasured { .. }) {
        comparison.budget_report = BudgetReport::of(&sides.table, analysis.pairing());
        reasons.push(format!("unequal cost: {}", comparison.cost));
    }
    let split = comparison.selection.split.clone().unwrap_or_else(|| Split::from(""));
    let leaks = leak::check(&sides.table, &split, train, excluded);
    if leaks.is_leak() {
        let found = LeakReport { similar: Vec::new(), ..leaks.clone() };
        reasons.extend(found.sentences().into_iter().map(|sentence| format!("leak: {sentence}")));
    }
    let mut notes = sides.notes;
    notes.extend(comparison.notes.iter().map(|note| note.sentence().to_owned()));
    if let CostCheck::NotMeasured { .. } = comparison.cost {
        notes.push(format!("{}: whether the arms cost the same is not known", comparison.cost));
    }
    notes.extend(LeakReport { similar: leaks.similar.clone(), ..LeakReport::default() }.sentences());
    if !["train", "dev", "val", "valid", "validation"].contains(&split.as_str()) {
        notes.push("if these items are a test split, this was a look at it that no ledger counts; `isocost prove` counts looks".to_owned());
    }
    Ok(CompareDocument {
        schema: "isocost/compare/1".to_owned(),
        sources: sides.sources,
        valid: reasons.is_empty(),
        reasons,
        comparison,
        leaks,
        notes,
    })
}

fn unpaired(error: CompareError) -> CliError {
    match &error {
        CompareError::Ambiguous { column, .. } => {
            let flag = column.split(' ').next().unwrap_or("metric").to_owned();
            CliError::Usage(format!("{error}; choose with `--{flag}`"))
        }
        CompareError::NothingPaired { .. } => CliError::failed(
            Exit::Input,
            format!(
                "nothing can be paired: {error}\n  Items are paired by their ids, never by position; make the ids of both sides the same, or map another column with `--map item=…`"
            ),
        ),
        _ => CliError::failed(Exit::Input, error),
    }
}

fn lists(paths: &[PathBuf]) -> Result<Vec<IdList>, CliError> {
    let read = |path: &PathBuf| IdList::read(path).map_err(|error| CliError::failed(Exit::Input, error));
    paths.iter().map(read).collect()
}

fn tolerance(text: &str) -> Result<CostTolerance, String> {
    let (digits, divisor) = match text.strip_suffix('%') {
        Some(digits) => (digits.trim(), 100.0),
        None => (text, 1.0),
    };
    let number: f64 = digits.parse().map_err(|_| format!("`{text}` is no number such as 0.01 or 1%"))?;
    CostTolerance::new(number / divisor).map_err(|error| error.to_string())
}
