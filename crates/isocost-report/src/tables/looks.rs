//! Looks and what they mean.

use super::{effect_and_interval, threshold};
use crate::model::{LookSummary, LookView};
use crate::number;
use crate::table::{Cell, Column, Table};

/// One row a look.
pub(crate) fn looks(looks: &[LookView]) -> Table {
    let columns = [
        Column::numbers("#"),
        Column::words("Time"),
        Column::words("Entry"),
        Column::words("Claim"),
        Column::words("Split"),
        Column::words("Kind"),
        Column::words("Seeds"),
        Column::numbers("Δ"),
        Column::numbers("p"),
        Column::numbers("Bonferroni"),
        Column::numbers("Holm"),
        Column::numbers("Looks so far"),
        Column::words("Run"),
    ];
    let deltas: Vec<f64> = looks.iter().filter_map(|look| look.delta).collect();
    let decimals = number::shared_decimals(&deltas);
    let row = |look: &LookView| {
        [
            Cell::count(Some(look.order)),
            Cell::text(&look.time),
            Cell::text(&look.experiment),
            Cell::optional(look.claim.as_deref()),
            Cell::text(&look.split),
            Cell::text(look.kind.word()),
            Cell::text(&look.seeds),
            Cell::text(number::optional(look.delta, |v| number::signed(v, decimals))),
            Cell::p_value(look.p),
            Cell::p_value(look.p_bonferroni),
            Cell::p_value(look.p_holm),
            Cell::count(Some(look.cumulative)),
            Cell::code(&look.run),
        ]
    };
    Table::new(columns, looks.iter().map(row)).without_empty_columns()
}

/// One row a claim and split.
pub(crate) fn look_summaries(summaries: &[LookSummary]) -> Table {
    let columns = [
        Column::words("Claim"),
        Column::words("Split"),
        Column::words("Decided by"),
        Column::numbers("Looks"),
        Column::numbers("Full"),
        Column::numbers("Quick"),
        Column::numbers("Sweeps"),
        Column::numbers("Other"),
        Column::numbers("p"),
        Column::numbers("Bonferroni"),
        Column::numbers("Holm"),
        Column::numbers("Effect"),
        Column::numbers("Interval"),
        Column::numbers("Claimed"),
        Column::numbers("p vs claimed"),
    ];
    let row = |summary: &LookSummary| {
        let (effect, interval) = effect_and_interval(summary.effect, summary.interval);
        [
            Cell::text(&summary.claim),
            Cell::text(&summary.split),
            Cell::text(&summary.decided_by),
            Cell::count(Some(summary.total())),
            Cell::count(Some(summary.full)),
            Cell::count(Some(summary.quick)),
            Cell::count(Some(summary.sweeps)),
            Cell::count(Some(summary.other).filter(|&other| other > 0)),
            Cell::p_value(summary.p_raw),
            Cell::p_value(summary.p_bonferroni),
            Cell::p_value(summary.p_holm),
            Cell::text(effect),
            Cell::text(interval),
            Cell::text(threshold(summary.threshold)),
            Cell::p_value(summary.p_threshold),
        ]
    };
    Table::new(columns, summaries.iter().map(row)).without_empty_columns()
}
