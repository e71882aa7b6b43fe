//! Comparisons with their costs.

use super::{effect_and_interval, sentences, threshold};
use crate::model::{ComparisonView, CostVerdict, Interval};
use crate::number;
use crate::table::{Cell, Column, Inline, Table, Tone};

/// One row a comparison.
pub(crate) fn comparisons(comparisons: &[ComparisonView]) -> Table {
    let columns = [
        Column::words("Claim"),
        Column::prose("Comparison"),
        Column::words("Metric"),
        Column::words("Split"),
        Column::words("Budget"),
        Column::numbers("Δ"),
        Column::numbers("Interval"),
        Column::numbers("Threshold"),
        Column::numbers("p"),
        Column::prose("Cost"),
        Column::numbers("Left"),
        Column::numbers("Right"),
        Column::numbers("Unpaired"),
        Column::prose("Warnings"),
    ];
    Table::new(columns, comparisons.iter().map(row)).without_empty_columns()
}

fn row(view: &ComparisonView) -> [Cell; 14] {
    let interval = Interval { low: view.low, high: view.high };
    let (delta, interval) = effect_and_interval(Some(view.delta), Some(interval));
    let decimals = number::shared_decimals(&[view.left_mean, view.right_mean]).max(2);
    let arms = vec![
        Inline::Code(view.left.clone()),
        Inline::Text(" − ".to_owned()),
        Inline::Code(view.right.clone()),
    ];
    let unpaired = if view.unpaired == 0 { Cell::default() } else { Cell::count(Some(view.unpaired)) };
    [
        Cell::optional(view.claim.as_deref()),
        Cell(arms),
        Cell::text(&view.metric),
        Cell::text(&view.split),
        Cell::text(&view.budget),
        Cell::text(delta),
        Cell::text(interval),
        Cell::text(threshold(view.threshold)),
        Cell::p_value(view.p),
        cost(view),
        Cell::text(number::fixed(view.left_mean, decimals)),
        Cell::text(number::fixed(view.right_mean, decimals)),
        unpaired,
        sentences(&view.warnings),
    ]
}

fn cost(view: &ComparisonView) -> Cell {
    let tone = match view.cost_verdict {
        CostVerdict::Equal => Tone::Good,
        CostVerdict::Unequal => Tone::Bad,
        CostVerdict::Unknown => Tone::Warn,
        CostVerdict::NotRequired => Tone::Muted,
    };
    let badge = Inline::Badge(tone, view.cost_verdict.word().to_owned());
    let (Some(left), Some(right)) = (view.left_cost, view.right_cost) else { return Cell(vec![badge]) };
    let (left, right) = (number::cost(left), number::cost(right));
    Cell(vec![badge, Inline::Text(format!(" {left} vs {right} {}", view.cost_unit))])
}
