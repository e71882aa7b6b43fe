//! Looks found on a ledger's text.

use std::collections::BTreeMap;
use std::fmt::Write;

use isocost_audit::{Look, LookKind, LookSummary, Verdict};
use isocost_report::model;
use isocost_report::number;
use isocost_stats::{PValue, multiplicity};

/// One row a look; the running count is per split, over looks whose run is named after the split.
pub(crate) fn looks(looks: &[&Look]) -> Vec<model::LookView> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let mut rows: Vec<model::LookView> =
        looks.iter().zip(1..).map(|(look, order)| row(look, order, &mut counts)).collect();
    correct(&mut rows, |at| looks.get(at).is_some_and(|look| look.named));
    rows
}

/// Fills in Holm's adjusted p over all counted looks at the same split; one that states no p counts as p = 1.
pub(super) fn correct(rows: &mut [model::LookView], counted: impl Fn(usize) -> bool) {
    let mut by_split: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate().filter(|(at, _)| counted(*at)) {
        by_split.entry(row.split.clone()).or_default().push(at);
    }
    for members in by_split.into_values() {
        let p = |at: &usize| rows.get(*at).and_then(|row| row.p).and_then(|p| PValue::new(p).ok());
        let values: Vec<PValue> = members.iter().map(|at| p(at).unwrap_or(PValue::ONE)).collect();
        for (at, adjusted) in members.into_iter().zip(multiplicity::holm(&values)) {
            if let Some(row) = rows.get_mut(at).filter(|row| row.p.is_some()) {
                row.p_holm = Some(adjusted.get());
            }
        }
    }
}

/// The same, for looks that are held together.
pub(crate) fn text_looks(all: &[Look]) -> Vec<model::LookView> {
    looks(&all.iter().collect::<Vec<_>>())
}

fn row(look: &Look, order: u64, counts: &mut BTreeMap<String, u64>) -> model::LookView {
    let split = split_name(look);
    let count = counts.entry(split.clone()).or_default();
    *count += u64::from(look.named);
    let cumulative = *count;
    model::LookView {
        order,
        time: look.at.as_ref().map(ToString::to_string).unwrap_or_default(),
        experiment: look.entry.to_string(),
        claim: look.claim.as_ref().map(ToString::to_string),
        split,
        run: look.run.clone().unwrap_or_default(),
        seeds: look.seeds.as_deref().map(seeds).unwrap_or_default(),
        delta: look.delta,
        p: look.p,
        p_bonferroni: look.p.filter(|_| look.named).map(|p| (p * cumulative as f64).min(1.0)),
        p_holm: None,
        kind: kind(look.kind),
        cumulative,
    }
}

fn kind(kind: LookKind) -> model::LookKind {
    match kind {
        LookKind::Full => model::LookKind::Full,
        LookKind::Quick => model::LookKind::Quick,
        LookKind::Sweep => model::LookKind::Sweep,
    }
}

fn split_name(look: &Look) -> String {
    let nominal = look.split.nominal.map(|n| n.to_string()).unwrap_or_default();
    format!("{}{nominal}", look.split.kind)
}

/// `0..9` for a run of consecutive seeds, else `0,2,5`.
fn seeds(seeds: &[i64]) -> String {
    let consecutive = seeds.windows(2).all(|pair| matches!(pair, [a, b] if *b == a.saturating_add(1)));
    match (seeds, consecutive) {
        ([first, .., last], true) => format!("{first}..{last}"),
        _ => seeds.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
    }
}

/// What the looks at one split mean for one claim.
pub(crate) fn look_summary(summary: &LookSummary) -> model::LookSummary {
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    model::LookSummary {
        claim: summary.claim.to_string(),
        split: split_name(&summary.look),
        decided_by: summary.look.entry.to_string(),
        full: count(summary.counts.full),
        quick: count(summary.counts.quick),
        sweeps: count(summary.counts.sweeps),
        other: 0,
        p_raw: summary.p,
        p_bonferroni: summary.bonferroni,
        p_holm: summary.holm,
        effect: summary.look.delta,
        interval: summary.interval.map(|interval| model::Interval { low: interval.low, high: interval.high }),
        threshold: summary.threshold,
        p_threshold: summary.p_threshold,
    }
}

/// The same in sentences.
pub(crate) fn story(summary: &LookSummary) -> String {
    let (look, counts) = (&summary.look, summary.counts);
    let split = split_name(look);
    let mut text = format!("{} on {split}: {}\n", summary.claim, headline(summary));
    let mut line = |words: String| {
        let _ = writeln!(text, "  {words}");
    };
    line(format!(
        "{} looks at {split} up to and including {}: {} full, {} quick, {} sweeps; {} state a p; {} came later",
        counts.total(),
        look.entry,
        counts.full,
        counts.quick,
        counts.sweeps,
        summary.with_p,
        summary.later
    ));
    if let Some(p) = summary.p {
        let adjusted = [("Bonferroni", summary.bonferroni), ("Holm", summary.holm)]
            .iter()
            .filter_map(|(name, p)| p.map(|p| format!("{name} {}", number::p_value(p))))
            .collect::<Vec<_>>()
            .join(", ");
        line(format!("p = {} as reported; over all looks: {adjusted}", number::p_value(p)));
    }
    if let (Some(delta), Some(interval)) = (look.delta, summary.interval) {
        let against =
            summary.threshold.zip(summary.p_threshold).map_or_else(String::new, |(threshold, p)| {
                format!("; one-sided p against {} is {}", number::signed(threshold, 4), number::p_value(p))
            });
        line(format!(
            "effect {} with a 95 % interval of [{}, {}] over seeds{against}",
            number::signed(delta, 4),
            number::signed(interval.low, 4),
            number::signed(interval.high, 4)
        ));
    }
    for rerun in &summary.reruns {
        let delta =
            rerun.delta.map_or_else(String::new, |delta| format!(" gave {}", number::signed(delta, 4)));
        let p = rerun.p.map_or_else(String::new, |p| format!(", p = {}", number::p_value(p)));
        line(format!(
            "a later run of the same configuration ({}, {}){delta}{p}",
            rerun.entry,
            rerun.run.as_deref().unwrap_or("no directory")
        ));
    }
    text
}

fn headline(summary: &LookSummary) -> String {
    let entry = &summary.look.entry;
    match summary.verdict {
        Verdict::NotDeclared => format!("no success is declared; the smallest p is that of {entry}"),
        Verdict::Survives => format!("the success declared on {entry} survives the correction"),
        Verdict::DoesNotSurvive => format!("the success declared on {entry} does not survive"),
        Verdict::Undetermined => format!("a success is declared on {entry}, which states no p"),
    }
}
