//! A comparison without a ledger, for people.

use std::collections::BTreeMap;

use isocost_report::number::{MISSING, cost, fixed, p_value, shared_decimals, signed};
use isocost_stats::{PValue, Tail};
use isocost_trial::compare::{ArmSummary, BudgetReport, CostCheck, UnitOfTest};
use isocost_trial::table::OutcomeTable;
use isocost_trial::{Budget, Comparison, Metric, Split};

use crate::verbs::compare::CompareDocument;

/// How many arms are listed.
const MOST_ARMS: usize = 40;

/// The whole answer.
pub(crate) fn text(document: &CompareDocument) -> String {
    let comparison = &document.comparison;
    let mut lines = Vec::new();
    let sides = if document.sources.len() == 1 { vec!["both"] } else { vec!["left", "right"] };
    for (side, source) in sides.into_iter().zip(&document.sources) {
        let files: Vec<String> = source.files.iter().take(3).map(|file| file.display().to_string()).collect();
        let more = source.files.len().saturating_sub(files.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        lines.push(format!("read      {side}: {}, {}{more}", source.format.words(), files.join(", ")));
    }
    let place = [
        ("metric", comparison.selection.metric.as_ref().map(Metric::as_str)),
        ("split", comparison.selection.split.as_ref().map(Split::as_str)),
        ("budget", comparison.selection.budget.as_ref().map(Budget::as_str)),
    ];
    let place = place.iter().filter_map(|(what, name)| Some((what, name.filter(|name| !name.is_empty())?)));
    let place: Vec<String> = place.map(|(what, name)| format!("{what} {name}")).collect();
    lines.push(format!(
        "compared  {} − {} ({})",
        comparison.left.arm,
        comparison.right.arm,
        place.join(", ")
    ));
    lines.push(format!("paired    {}", paired(comparison)));
    lines.extend(
        comparison
            .unpaired
            .sentences()
            .into_iter()
            .map(|sentence| format!("          not paired: {sentence}")),
    );
    let decimals = shared_decimals(&[comparison.left.mean, comparison.right.mean]).max(3);
    let (left, right) = (fixed(comparison.left.mean, decimals), fixed(comparison.right.mean, decimals));
    lines.push(format!("means     left {left}, right {right}"));
    lines.push(format!("delta     {}", delta(comparison, decimals)));
    lines.push(format!("test      {}", test(comparison)));
    lines.push(format!("cost      {}", costs(comparison)));
    if let Some(report) = &comparison.budget_report {
        lines.extend(BudgetReport::sentences(report).into_iter().map(|line| format!("          {line}")));
    }
    if document.valid {
        lines.push(match comparison.cost {
            CostCheck::NotMeasured { .. } => "verdict   paired; equal cost is NOT shown".to_owned(),
            _ => "verdict   paired, at equal cost".to_owned(),
        });
    }
    lines.extend(document.reasons.iter().map(|reason| format!("INVALID   {reason}")));
    lines.extend(document.notes.iter().map(|note| format!("note      {note}")));
    lines.join("\n")
}

fn paired(comparison: &Comparison) -> String {
    let many = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let items = many(comparison.n_items, "item");
    match comparison.seeds_paired {
        seeds if seeds != comparison.n_seeds => {
            format!("by id: {items} × {} that change nothing", many(seeds, "seed"))
        }
        seeds => format!("by id: {items} × {}", many(seeds, "seed")),
    }
}

fn delta(comparison: &Comparison, decimals: usize) -> String {
    let interval = comparison.interval.map_or_else(
        || format!("no interval{}", because(comparison)),
        |interval| {
            format!(
                "{} % interval [{}, {}]",
                fixed(interval.level * 100.0, 0),
                signed(interval.low, decimals),
                signed(interval.high, decimals)
            )
        },
    );
    format!("{}, {interval}", signed(comparison.delta, decimals))
}

fn because(comparison: &Comparison) -> String {
    comparison.undefined.as_ref().map_or_else(String::new, |why| format!(" ({why})"))
}

fn test(comparison: &Comparison) -> String {
    let p = comparison.p.map(PValue::get).map_or_else(
        || format!("p {MISSING}{}", because(comparison)),
        |p| {
            let p = p_value(p);
            if p.starts_with(['<', '>']) { format!("p {p}") } else { format!("p = {p}") }
        },
    );
    let against = match comparison.tail {
        Tail::TwoSided => format!("two-sided against {}", comparison.margin),
        Tail::Greater => format!("one-sided, above {}", comparison.margin),
        Tail::Less => format!("one-sided, below {}", comparison.margin),
    };
    let over = match comparison.test.unit() {
        UnitOfTest::ItemsAndSeeds if comparison.n_seeds != comparison.seeds_paired => {
            "holds for new items; the seeds change nothing"
        }
        UnitOfTest::ItemsAndSeeds if comparison.n_seeds == 1 => "holds for new items; there is one seed",
        UnitOfTest::ItemsAndSeeds => "holds for new items and new seeds",
        UnitOfTest::Items => "holds for new items under these seeds",
        UnitOfTest::Seeds => "holds for new seeds on these very items",
        UnitOfTest::Clusters => "holds for new clusters of items",
    };
    format!("{p} ({}, {against}); {over}", comparison.test.name())
}

fn costs(comparison: &Comparison) -> String {
    let spent = |arm: &ArmSummary| arm.cost.as_ref().map(|spent| (cost(spent.mean), spent.unit.to_string()));
    match (spent(&comparison.left), spent(&comparison.right)) {
        (Some((left, unit)), Some((right, other))) if unit == other => {
            format!("{} (left {left}, right {right} {unit} per cell)", comparison.cost)
        }
        _ => comparison.cost.to_string(),
    }
}

/// The arms of a table with their means, a line each metric, split and budget.
pub(crate) fn arms(table: &OutcomeTable) -> String {
    #[derive(Default)]
    struct Group {
        rows: u64,
        sum: f64,
        cost: f64,
        priced: u64,
    }
    let mut groups: BTreeMap<(&str, &str, &str, &str), Group> = BTreeMap::new();
    for row in table.rows() {
        let group = groups.entry((row.metric(), row.split(), row.arm(), row.budget())).or_default();
        if let Some(value) = row.value() {
            group.rows += 1;
            group.sum += value;
        }
        if let Some(cost) = row.cost() {
            group.priced += 1;
            group.cost += cost;
        }
    }
    let more = groups.len().saturating_sub(MOST_ARMS);
    let mut lines = Vec::new();
    for ((metric, split, arm, budget), group) in groups.iter().take(MOST_ARMS) {
        let named =
            |what: &str, name: &str| if name.is_empty() { String::new() } else { format!(", {what} {name}") };
        let mean = if group.rows == 0 { MISSING.to_owned() } else { fixed(group.sum / group.rows as f64, 4) };
        let spent = match group.priced {
            0 => "cost not measured".to_owned(),
            priced => format!("cost {}", cost(group.cost / priced as f64)),
        };
        lines.push(format!(
            "  `{arm}` (metric {metric}{}{}): {} rows, mean {mean}, {spent}",
            named("split", split),
            named("budget", budget),
            group.rows
        ));
    }
    if more > 0 {
        lines.push(format!("  and {more} more"));
    }
    lines.join("\n")
}

/// `is only a`, `are a, b`.
pub(crate) fn listed(names: &[&str]) -> String {
    match names {
        [] => "is none".to_owned(),
        [one] => format!("is only `{one}`"),
        several => {
            let names: Vec<String> = several.iter().take(MOST_ARMS).map(|name| format!("`{name}`")).collect();
            format!("are {}", names.join(", "))
        }
    }
}
