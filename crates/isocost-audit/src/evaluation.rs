//! What results report: one evaluation per statement, with split, kind of run and seeds filled in from the label that
//! governs it (spec §9: a label such as `Full test402 (SEEDS=0..9):` holds for every run up to the next label).

use isocost_ledger::model::{
    ArtifactKind, ArtifactSpec, Comparison, Role, RunKind, SplitName, Stamp, Statement,
};
use isocost_ledger::text::Span;

use crate::context::Record;
use crate::run_dir::{RunDir, run_dirs};
use crate::words;

/// The kind of run that an evaluation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum EvalKind {
    /// Does it run at all.
    Smoke,
    /// A sweep over candidates.
    Sweep,
    /// Few seeds.
    Quick,
    /// Everything else.
    Full,
}

/// One reported evaluation.
#[derive(Debug, Clone)]
pub(crate) struct Evaluation<'a> {
    /// The entry that reports it.
    pub record: Record<'a>,
    /// The statement.
    pub statement: &'a Statement,
    /// Its main comparison.
    pub comparison: Option<&'a Comparison>,
    /// The run directory's own name, without the dots of an elision.
    pub run: Option<&'a str>,
    /// When the run started.
    pub stamp: Option<Stamp>,
    /// Whether the run directory's name says that it is of a test split.
    pub named_test: bool,
    /// The file cited, without its directory.
    pub file: Option<&'a str>,
    /// The split.
    pub split: Option<SplitName>,
    /// The kind of run.
    pub kind: EvalKind,
    /// The seeds.
    pub seeds: Option<Vec<i64>>,
    /// Where it is reported: the path, or else the comparison, or else the statement.
    pub span: Span,
}

impl Evaluation<'_> {
    /// Δ as stated.
    pub(crate) fn delta(&self) -> Option<f64> {
        self.comparison.and_then(|c| c.delta.as_ref()).map(|m| m.value)
    }

    /// p as stated.
    pub(crate) fn p(&self) -> Option<f64> {
        self.comparison.and_then(|c| c.p.as_ref()).map(|m| m.value)
    }

    /// The arms compared, arm before baseline.
    pub(crate) fn arms(&self) -> Option<(&str, &str)> {
        let comparison = self.comparison?;
        Some((comparison.left.as_ref()?.subject.as_str(), comparison.right.as_ref()?.subject.as_str()))
    }

    /// Whether the evaluation is of a split whose every look counts.
    pub(crate) fn is_protected(&self) -> bool {
        self.named_test || self.split.as_ref().is_some_and(|split| words::is_protected(&split.kind))
    }
}

/// What a label in front of a run says, and what holds until the next label.
#[derive(Debug, Clone, Default)]
struct Label {
    kind: Option<RunKind>,
    split: Option<SplitName>,
    seeds: Option<Vec<i64>>,
    test_dir: bool,
    quick_dir: bool,
}

/// All evaluations that the results of entries report, in order.
pub(crate) fn read<'a>(records: &[Record<'a>]) -> Vec<Evaluation<'a>> {
    let mut evaluations = Vec::new();
    for &record in records {
        let Some(statements) = record.entry.results.given() else { continue };
        let mut label = Label::default();
        for statement in statements {
            read_statement(record, statement, &mut label, &mut evaluations);
        }
    }
    evaluations
}

fn read_statement<'a>(
    record: Record<'a>,
    statement: &'a Statement,
    label: &mut Label,
    evaluations: &mut Vec<Evaluation<'a>>,
) {
    let cited = cited_run(record, statement);
    let head = head(statement);
    let said = label_of(head, statement);
    let speaks = said.kind.is_some() || said.split.is_some() || said.seeds.is_some();
    let elided = cited.as_ref().is_some_and(|(_, dir)| dir.is_elided());
    if speaks {
        label.kind = said.kind.or_else(|| label.kind.filter(|kind| *kind != RunKind::Smoke));
        label.split = said.split.or_else(|| label.split.take());
        label.seeds = said.seeds.or_else(|| label.seeds.take());
    }
    let dir = cited.as_ref().map(|(_, dir)| dir);
    if !elided {
        label.test_dir = dir.is_some_and(|dir| dir.words().any(words::is_test_word));
        label.quick_dir = dir.is_some_and(|dir| dir.words().any(|word| word == "quick"));
    }
    let split = split_of(record, statement, dir, label);
    if dir.is_some_and(|dir| dir.words().any(|word| words::numbered_split(word).is_some())) {
        label.split.clone_from(&split);
    }
    let seeds = label.seeds.clone().or_else(|| dir_seeds(dir)).or_else(|| statement.context.seeds.clone());
    let file = cited.as_ref().and_then(|(spec, _)| file_name(spec));
    let kind = kind_of(dir, file, label, seeds.as_deref());
    let comparison = statement.comparisons.iter().find(|c| c.delta.is_some() || c.p.is_some());
    let comparison = comparison.or_else(|| statement.comparisons.first());
    // A skipped entry quotes the result that it was skipped for.
    let quoted = cited.is_none() && record.is_skipped();
    if (comparison.is_none() && cited.is_none()) || quoted {
        return;
    }
    let span = match (&cited, comparison) {
        (Some((spec, _)), _) => spec.path.span,
        (None, Some(comparison)) => comparison.span,
        (None, None) => statement.text.span,
    };
    evaluations.push(Evaluation {
        record,
        statement,
        comparison,
        run: dir.map(|dir| dir.name.trim_start_matches('.')),
        stamp: dir.map(|dir| dir.stamp),
        named_test: label.test_dir,
        file,
        split,
        kind,
        seeds,
        span,
    });
}

/// The run that a statement is about: the first stamped path that it cites; for a row of the Results table, the one in
/// its artifacts cell.
fn cited_run<'a>(record: Record<'a>, statement: &'a Statement) -> Option<(&'a ArtifactSpec, RunDir<'a>)> {
    let stamped = |spec: &'a ArtifactSpec| {
        run_dirs(&spec.path.raw).find(|dir| !dir.is_pattern()).map(|dir| (spec, dir))
    };
    let own = statement.artifacts.iter().find_map(stamped);
    let row = record.entry.role == Role::Result;
    own.or_else(|| row.then(|| record.entry.artifacts_recorded.iter().find_map(stamped)).flatten())
}

/// The text before a statement's first path, or before its first number.
fn head(statement: &Statement) -> &str {
    let start = statement.text.span.start;
    let path = statement.artifacts.first().map(|spec| spec.path.span.start);
    let number = statement.measurements.first().map(|m| m.text.span.start);
    let stop = path
        .into_iter()
        .chain(number)
        .min()
        .map_or(statement.text.raw.len(), |at| at.saturating_sub(start) as usize);
    let facts_after = facts_after_path(statement, path.map(|at| at.saturating_sub(start) as usize));
    statement.text.raw.get(..stop.max(facts_after)).unwrap_or(&statement.text.raw)
}

/// `path (SEEDS=0..2; best=…`: the end of the facts in a parenthesis that opens with the seeds or the split.
fn facts_after_path(statement: &Statement, path: Option<usize>) -> usize {
    let raw = statement.text.raw.as_str();
    let Some(rest) = path.and_then(|at| raw.get(at..)) else { return 0 };
    let Some(open) = rest.find("` (SEEDS=") else { return 0 };
    let stop = rest.get(open..).and_then(|facts| facts.find([';', ')'])).unwrap_or(0);
    raw.len() - rest.len() + open + stop
}

fn label_of(head: &str, statement: &Statement) -> Label {
    let kind = words::last_run_kind(head);
    let speaks_of_seeds = head.contains("SEED") || head.contains("seed");
    let context = &statement.context;
    let named = |split: &SplitName| {
        let name = split.nominal.map_or_else(|| split.kind.clone(), |n| format!("{}{n}", split.kind));
        head.to_ascii_lowercase().contains(&name)
    };
    Label {
        kind,
        split: context.split.clone().filter(named),
        seeds: context.seeds.clone().filter(|_| speaks_of_seeds),
        ..Label::default()
    }
}

fn split_of(
    record: Record<'_>,
    statement: &Statement,
    dir: Option<&RunDir<'_>>,
    label: &Label,
) -> Option<SplitName> {
    let says = |of: fn(&str) -> bool| dir.is_some_and(|dir| dir.words().any(of));
    let named = dir.and_then(|dir| dir.words().find_map(words::numbered_split));
    let title = || words::numbered_split_in(&record.entry.title.raw);
    let told = [
        label.split.clone(),
        statement.context.split.clone(),
        record.entry.title_facts.split.clone(),
        title(),
    ];
    if named.is_some() {
        return named;
    }
    // A name that says `test` or `val` without a size: what is told elsewhere may only add the size.
    let agrees = |split: &SplitName| {
        if says(words::is_val_word) {
            split.kind == "val"
        } else {
            !says(words::is_test_word) || words::is_protected(&split.kind)
        }
    };
    let mut fitting = told.into_iter().flatten().filter(agrees);
    let first = fitting.next()?;
    if first.nominal.is_some() {
        return Some(first);
    }
    let sized = fitting.find(|split| split.nominal.is_some() && split.kind == first.kind);
    Some(sized.unwrap_or(first))
}

/// `s0-2`, `s012` in a directory's name.
fn dir_seeds(dir: Option<&RunDir<'_>>) -> Option<Vec<i64>> {
    let name = dir?.name;
    let at = name.find("_s0-")?;
    let last: i64 = name.get(at + 4..at + 5)?.parse().ok()?;
    Some((0..=last).collect())
}

/// Largest number of seeds of a quick look.
const QUICK_SEEDS: usize = 3;

fn kind_of(dir: Option<&RunDir<'_>>, file: Option<&str>, label: &Label, seeds: Option<&[i64]>) -> EvalKind {
    let named = |wanted: &str| dir.is_some_and(|dir| dir.words().any(|word| word == wanted));
    let few = seeds.is_some_and(|seeds| !seeds.is_empty() && seeds.len() <= QUICK_SEEDS);
    if named("smoke") || label.kind == Some(RunKind::Smoke) {
        EvalKind::Smoke
    } else if named("sweep") || file.is_some_and(|file| file.contains("sweep")) {
        EvalKind::Sweep
    } else if label.quick_dir || few {
        EvalKind::Quick
    } else if named("full") {
        EvalKind::Full
    } else {
        match label.kind {
            Some(RunKind::Sweep) => EvalKind::Sweep,
            Some(RunKind::Quick) => EvalKind::Quick,
            _ => EvalKind::Full,
        }
    }
}

fn file_name(spec: &ArtifactSpec) -> Option<&str> {
    if spec.kind == ArtifactKind::Directory {
        return None;
    }
    spec.path.raw.rsplit('/').next().filter(|name| name.contains('.') && !name.starts_with("..."))
}
