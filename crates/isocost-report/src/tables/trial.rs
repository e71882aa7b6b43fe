//! Trials and self-tests.

use super::{effect_and_interval, sentences};
use crate::model::{SelftestRowView, StandingTone, TrialRowView};
use crate::number;
use crate::table::{Cell, Column, Table, Tone};

fn badge(tone: StandingTone, word: &str) -> Cell {
    let tone = match tone {
        StandingTone::Good => Tone::Good,
        StandingTone::Bad => Tone::Bad,
        StandingTone::Open => Tone::Warn,
    };
    Cell::badge(tone, word)
}

/// One row a comparison.
pub(crate) fn trial(rows: &[TrialRowView]) -> Table {
    let columns = [
        Column::words("arm"),
        Column::words("budget"),
        Column::words("metric"),
        Column::words("split"),
        Column::words("stratum"),
        Column::numbers("items"),
        Column::numbers("seeds"),
        Column::numbers("mean"),
        Column::numbers("baseline"),
        Column::numbers("delta"),
        Column::numbers("interval"),
        Column::numbers("p"),
        Column::numbers("p adj."),
        Column::numbers("cost ×"),
        Column::words("standing"),
    ];
    let row = |row: &TrialRowView| {
        let (delta, interval) = effect_and_interval(Some(row.delta), row.interval);
        let decimals = number::shared_decimals(&[row.mean, row.baseline]).max(3);
        [
            Cell::code(&row.arm),
            Cell::text(&row.budget),
            Cell::text(&row.metric),
            Cell::text(&row.split),
            Cell::text(&row.stratum),
            Cell::count(Some(row.items)),
            Cell::count(Some(row.seeds)),
            Cell::text(number::fixed(row.mean, decimals)),
            Cell::text(number::fixed(row.baseline, decimals)),
            Cell::text(delta),
            Cell::text(interval),
            Cell::p_value(row.p),
            Cell::p_value(row.p_adjusted),
            Cell::text(number::optional(row.cost_ratio, |ratio| number::fixed(ratio, 3))),
            badge(row.tone, &row.standing),
        ]
    };
    Table::new(columns, rows.iter().map(row)).without_empty_columns()
}

/// What a reader must know of each row, where there is anything.
pub(crate) fn trial_notes(rows: &[TrialRowView]) -> Table {
    let columns = [
        Column::words("arm"),
        Column::words("budget"),
        Column::words("metric"),
        Column::words("split"),
        Column::words("stratum"),
        Column::prose("notes"),
    ];
    let row = |row: &TrialRowView| {
        [
            Cell::code(&row.arm),
            Cell::text(&row.budget),
            Cell::text(&row.metric),
            Cell::text(&row.split),
            Cell::text(&row.stratum),
            sentences(&row.notes),
        ]
    };
    Table::new(columns, rows.iter().filter(|row| !row.notes.is_empty()).map(row)).without_empty_columns()
}

/// One row a method in a world.
pub(crate) fn selftest(rows: &[SelftestRowView]) -> Table {
    let columns = [
        Column::words("part"),
        Column::words("method"),
        Column::prose("world"),
        Column::numbers("worlds"),
        Column::numbers("false claims"),
        Column::numbers("95 % interval"),
        Column::numbers("nominal"),
        Column::numbers("power"),
        Column::words("outcome"),
    ];
    let percent = |share: f64| format!("{} %", number::fixed(100.0 * share, 1));
    let row = |row: &SelftestRowView| {
        [
            Cell::text(&row.part),
            Cell::text(&row.method),
            Cell::prose(&row.world),
            Cell::count(Some(row.worlds)),
            Cell::text(percent(row.false_rate)),
            Cell::text(format!("{} to {}", percent(row.interval.low), percent(row.interval.high))),
            Cell::text(percent(row.nominal)),
            Cell::text(number::optional(row.power, percent)),
            badge(row.tone, &row.outcome),
        ]
    };
    Table::new(columns, rows.iter().map(row)).without_empty_columns()
}
