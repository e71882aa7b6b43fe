//! What the looks at a split mean for a claim.

use std::collections::BTreeMap;

use isocost_ledger::model::{Id, SplitName};
use isocost_stats::{Alpha, Interval, PValue, Tail, multiplicity, ttest};
use schemars::JsonSchema;
use serde::Serialize;

use super::claim::{Declared, declarations, threshold};
use super::{Look, LookCounts, LookKind};
use crate::Location;
use crate::context::Context;
use crate::evaluation::EvalKind;

/// Whether a declared success stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// No success is declared; the numbers are those of the look with the smallest p.
    NotDeclared,
    /// The adjusted p and the p against the threshold are below 0.05.
    Survives,
    /// At least one of them is not.
    DoesNotSurvive,
    /// p is not stated.
    Undetermined,
}

/// A later evaluation of the same configuration.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Rerun {
    /// The entry that reports it.
    pub entry: Id,
    /// The run directory's own name.
    pub run: Option<String>,
    /// Δ as stated.
    pub delta: Option<f64>,
    /// p as stated.
    pub p: Option<f64>,
    /// Where it is reported.
    pub reported: Location,
}

/// The looks at one split, as they bear on one claim.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct LookSummary {
    /// The claim.
    pub claim: Id,
    /// The split.
    pub split: SplitName,
    /// The look on which success was declared; without a declaration, the one with the smallest p.
    pub look: Look,
    /// Where success was declared.
    pub declared: Vec<Location>,
    /// Looks up to and including that one: same split, same arms, same result file or a sweep over it.
    pub counts: LookCounts,
    /// How many of them state a p.
    pub with_p: usize,
    /// Looks of the same family after it.
    pub later: usize,
    /// Evaluations of the split that are not counted: other arms, other result files, or the split is not in the run's name.
    pub not_counted: usize,
    /// p as stated.
    pub p: Option<f64>,
    /// p times the number of looks, at most 1.
    pub bonferroni: Option<f64>,
    /// Holm's adjusted p; looks that state no p count with p = 1.
    pub holm: Option<f64>,
    /// The effect that the claim demands.
    pub threshold: Option<f64>,
    /// 95 % interval of the effect, rebuilt from Δ, p and the number of seeds as a paired t-test.
    pub interval: Option<Interval>,
    /// One-sided p against the threshold, rebuilt likewise.
    pub p_threshold: Option<f64>,
    /// Later evaluations that say they use the same configuration.
    pub reruns: Vec<Rerun>,
    /// Whether the declared success stands.
    pub verdict: Verdict,
}

/// One summary per claim and split, in that order.
pub(crate) fn summaries(context: &Context<'_>, looks: &[Look]) -> Vec<LookSummary> {
    let declared = declarations(context);
    let mut groups: BTreeMap<(Id, SplitName), Vec<usize>> = BTreeMap::new();
    for (index, look) in looks.iter().enumerate() {
        if let Some(claim) = &look.claim {
            groups.entry((claim.clone(), look.split.clone())).or_default().push(index);
        }
    }
    let summary = |(claim, split): (Id, SplitName), members: Vec<usize>| {
        let declared: Vec<&Declared<'_>> = declared.iter().filter(|d| d.claim == claim).collect();
        let at = chosen(looks, &members, &declared)?;
        summarise(context, looks, at, claim, split, &declared)
    };
    let named = |members: &[usize]| members.iter().any(|&at| looks.get(at).is_some_and(|look| look.named));
    groups
        .into_iter()
        .filter(|(_, members)| named(members))
        .filter_map(|(key, members)| summary(key, members))
        .collect()
}

/// The look that a success was declared on, else the one with the smallest p, else the last one.
fn chosen(looks: &[Look], members: &[usize], declared: &[&Declared<'_>]) -> Option<usize> {
    let declares = |look: &Look| declared.iter().any(|d| d.record.entry.id == look.entry);
    let on = members.iter().copied().find(|&at| looks.get(at).is_some_and(declares));
    let p = |at: usize| looks.get(at).filter(|look| look.named).and_then(|look| look.p);
    let least = || {
        let with_p = members.iter().copied().filter_map(|at| p(at).map(|p| (at, p)));
        with_p.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at)
    };
    on.or_else(least).or_else(|| members.last().copied())
}

fn summarise(
    context: &Context<'_>,
    looks: &[Look],
    at: usize,
    claim: Id,
    split: SplitName,
    declared: &[&Declared<'_>],
) -> Option<LookSummary> {
    let look = looks.get(at)?.clone();
    let on_split = |other: &&Look| other.split == split;
    let up_to = looks.get(..=at).unwrap_or_default();
    let family: Vec<&Look> =
        up_to.iter().filter(on_split).filter(|other| same_family(&look, other)).collect();
    let after = looks.get(at + 1..).unwrap_or_default();
    let later = after.iter().filter(on_split).filter(|other| same_family(&look, other)).count();
    let all_on_split = looks.iter().filter(on_split).count();
    let here: Vec<&&Declared<'_>> = declared.iter().filter(|d| d.record.entry.id == look.entry).collect();
    let threshold = here.first().and_then(|d| threshold(context, d));
    let (bonferroni, holm) = adjusted(&look, &family);
    let rebuilt = rebuild(&look);
    let p_threshold = threshold
        .zip(rebuilt)
        .and_then(|(margin, test)| test.p_against(margin, Tail::Greater).ok().map(PValue::get));
    Some(LookSummary {
        claim,
        counts: LookCounts::of(family.iter().copied()),
        with_p: family.iter().filter(|look| look.p.is_some()).count(),
        later,
        not_counted: all_on_split - family.len() - later,
        p: look.p,
        bonferroni,
        holm,
        threshold,
        interval: rebuilt.map(|test| test.interval),
        p_threshold,
        reruns: reruns(context, &look, &here),
        verdict: verdict(!here.is_empty(), look.p, holm, p_threshold),
        declared: places(&here),
        split,
        look,
    })
}

/// The places of declarations, each entry's line once.
fn places(declared: &[&&Declared<'_>]) -> Vec<Location> {
    let mut places: Vec<Location> = Vec::new();
    for location in declared.iter().map(|d| place(d)) {
        if !places.iter().any(|known| known.file == location.file && known.place.line == location.place.line)
        {
            places.push(location);
        }
    }
    places
}

fn place(declared: &Declared<'_>) -> Location {
    let source = &declared.record.ledger.source;
    Location {
        file: source.name().to_owned(),
        span: declared.span,
        place: source.place(declared.span.start),
        label: format!("{} is declared met here", declared.claim),
    }
}

/// Whether another look could have been the success just as well: its run is named after the split, it compares the
/// same arms (or does not name them), and it is read from the same file or is a sweep.
fn same_family(look: &Look, other: &Look) -> bool {
    let arms = match (&look.arms, &other.arms) {
        (Some(a), Some(b)) => same_arm(&a.left, &b.left) && same_arm(&a.right, &b.right),
        _ => true,
    };
    let file = match (&look.file, &other.file) {
        (Some(a), Some(b)) => a == b || other.kind == LookKind::Sweep,
        _ => true,
    };
    other.named == look.named && arms && file
}

/// `anchored` and `anchored_top2.mean` are one arm; `audio_concat_anchored` is another.
fn same_arm(a: &str, b: &str) -> bool {
    fn stem(name: &str) -> &str {
        let name = name.rsplit(' ').next().unwrap_or(name);
        name.split(['.', ' ']).next().unwrap_or(name).trim_end_matches("_top2")
    }
    stem(a) == stem(b)
}

fn adjusted(look: &Look, family: &[&Look]) -> (Option<f64>, Option<f64>) {
    let Some(position) = family.iter().position(|other| other.run == look.run && other.entry == look.entry)
    else {
        return (None, None);
    };
    if look.p.is_none() {
        return (None, None);
    }
    let value = |look: &&Look| look.p.and_then(|p| PValue::new(p).ok()).unwrap_or(PValue::ONE);
    let values: Vec<PValue> = family.iter().map(value).collect();
    let of = |adjusted: Vec<PValue>| adjusted.get(position).map(|p| p.get());
    (of(multiplicity::bonferroni(&values)), of(multiplicity::holm(&values)))
}

fn rebuild(look: &Look) -> Option<ttest::Reconstructed> {
    let p = PValue::new(look.p?).ok()?;
    let pairs = look.seeds.as_ref()?.len();
    ttest::from_summary(look.delta?, p, pairs, Alpha::FIVE_PERCENT).ok()
}

fn verdict(declared: bool, p: Option<f64>, holm: Option<f64>, p_threshold: Option<f64>) -> Verdict {
    let alpha = Alpha::FIVE_PERCENT.get();
    let fails = |p: Option<f64>| p.is_some_and(|p| p >= alpha);
    match (declared, p) {
        (false, _) => Verdict::NotDeclared,
        (true, None) => Verdict::Undetermined,
        (true, Some(_)) if fails(p) || fails(holm) || fails(p_threshold) => Verdict::DoesNotSurvive,
        (true, Some(_)) => Verdict::Survives,
    }
}

/// Later evaluations whose label names the entry that the configuration came from, or the entry itself.
fn reruns(context: &Context<'_>, look: &Look, declared: &[&&Declared<'_>]) -> Vec<Rerun> {
    let Some(at) = &look.at else { return Vec::new() };
    let from = declared.iter().find_map(|d| d.record.entry.title_facts.from.clone());
    let names: Vec<String> = from.iter().chain([&look.entry]).map(|id| format!("config from {id}")).collect();
    let mut found: Vec<Rerun> = Vec::new();
    for evaluation in &context.evaluations {
        let later = evaluation.stamp.as_ref().is_some_and(|stamp| stamp > at);
        let said = evaluation.statement.text.raw.as_str();
        let same = || names.iter().any(|name| said.contains(name.as_str()));
        let seeds = look.seeds.is_some() && evaluation.seeds == look.seeds;
        let split = evaluation.split.as_ref() == Some(&look.split);
        let known = found.iter().any(|rerun| rerun.run.as_deref() == evaluation.run);
        if later && seeds && split && !known && evaluation.kind != EvalKind::Smoke && same() {
            let source = &evaluation.record.ledger.source;
            found.push(Rerun {
                entry: evaluation.record.entry.id.clone(),
                run: evaluation.run.map(str::to_owned),
                delta: evaluation.delta(),
                p: evaluation.p(),
                reported: Location {
                    file: source.name().to_owned(),
                    span: evaluation.span,
                    place: source.place(evaluation.span.start),
                    label: "a later run of the same configuration".to_owned(),
                },
            });
        }
    }
    found
}
