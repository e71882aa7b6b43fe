//! Comparisons, looks, cost, runs and findings.

use super::{Block, Section};
use crate::model::{ComparisonView, FindingCount, LookView, ParetoSeries, Report, RunView};
use crate::{svg, tables};

/// A forest plot a metric, and all numbers.
pub(crate) fn comparisons(all: &[ComparisonView]) -> Option<Section> {
    if all.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::words(
        "Each comparison pairs the same items and seeds of two arms. The square is the mean difference, the line its \
         interval; a dashed line is the value claimed. A hollow square marks arms that did not cost the same.",
    )];
    for (index, (_, group)) in grouped(all, |view| view.metric.as_str()).into_iter().enumerate() {
        let figure = svg::forest_figure(&group, &format!("forest-{index}"));
        blocks.extend(
            figure.map(|figure| Block::Figure { caption: "Differences and their intervals", figure }),
        );
    }
    blocks.push(Block::Table { caption: "Comparisons", content: tables::comparisons(all) });
    Some(Section { anchor: "comparisons", title: "Comparisons", blocks })
}

/// What the looks mean, when they happened, and each of them.
pub(crate) fn looks(report: &Report) -> Option<Section> {
    if report.looks.is_empty() && report.look_summaries.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::words(
        "A look is one evaluation whose result on a protected split was read. The more looks, the smaller a p-value \
         must be to mean anything: Bonferroni multiplies it by their number, Holm by the rank among them.",
    )];
    if !report.look_summaries.is_empty() {
        let content = tables::look_summaries(&report.look_summaries);
        blocks.push(Block::Table { caption: "What the looks mean for each claim", content });
    }
    for (index, (_, group)) in
        grouped(&report.looks, |look: &LookView| look.split.as_str()).into_iter().enumerate()
    {
        let figure = svg::timeline_figure(&group, report.alpha, &format!("timeline-{index}"));
        blocks.extend(figure.map(|figure| Block::Figure { caption: "Looks over time", figure }));
    }
    if !report.looks.is_empty() {
        blocks.push(Block::Table { caption: "All looks", content: tables::looks(&report.looks) });
    }
    Some(Section { anchor: "looks", title: "Looks", blocks })
}

/// One plot a metric, and its points.
pub(crate) fn cost(all: &[ParetoSeries]) -> Option<Section> {
    let mut blocks = Vec::new();
    for (index, series) in all.iter().enumerate() {
        let figure = svg::pareto_figure(series, &format!("pareto-{index}"));
        blocks.extend(figure.map(|figure| Block::Figure { caption: "Metric against cost", figure }));
        blocks.push(Block::Table { caption: "Arms and budgets", content: tables::pareto(series) });
    }
    if blocks.is_empty() {
        return None;
    }
    let lead = "Each arm's budgets are connected. The broad steps are the best that can be bought at each cost; thin \
                lines are intervals, set a little aside of their marks.";
    blocks.insert(0, Block::words(lead));
    Some(Section { anchor: "cost", title: "Metric against cost", blocks })
}

/// All attempts.
pub(crate) fn runs(all: &[RunView]) -> Option<Section> {
    let content = tables::runs(all);
    (!all.is_empty()).then(|| Section {
        anchor: "runs",
        title: "Runs",
        blocks: vec![Block::Table { caption: "Attempts", content }],
    })
}

/// Findings by kind.
pub(crate) fn findings(all: &[FindingCount]) -> Option<Section> {
    let content = tables::findings(all);
    (!all.is_empty()).then(|| Section {
        anchor: "findings",
        title: "Findings",
        blocks: vec![
            Block::Table { caption: "Findings by kind", content },
            Block::words(
                "Run `isocost audit` for the places, and `isocost explain CODE` for what each kind means.",
            ),
        ],
    })
}

/// Groups in the order of their first member.
fn grouped<'a, T>(all: &'a [T], key: impl Fn(&'a T) -> &'a str) -> Vec<(&'a str, Vec<&'a T>)> {
    let mut groups: Vec<(&str, Vec<&T>)> = Vec::new();
    for item in all {
        match groups.iter_mut().find(|(name, _)| *name == key(item)) {
            Some((_, members)) => members.push(item),
            None => groups.push((key(item), vec![item])),
        }
    }
    groups
}
