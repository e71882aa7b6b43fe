//! Claims and their verdicts.

use super::{effect_and_interval, threshold};
use crate::model::ClaimView;
use crate::table::{Cell, Column, Inline, Table};

/// One row a claim, with links to where it is discussed.
pub(crate) fn claims(claims: &[ClaimView]) -> Table {
    let columns = [
        Column::words("Claim"),
        Column::words("Verdict"),
        Column::prose("Statement"),
        Column::numbers("Effect"),
        Column::numbers("Interval"),
        Column::numbers("Threshold"),
        Column::numbers("p"),
        Column::numbers("p adjusted"),
        Column::numbers("Looks"),
    ];
    let row = |claim: &ClaimView| {
        let (effect, interval) = effect_and_interval(claim.effect, claim.interval);
        let jump = Inline::Jump { text: claim.id.clone(), anchor: format!("claim-{}", claim.id) };
        [
            Cell(vec![jump]),
            claim.verdict.into(),
            Cell::text(&claim.statement),
            Cell::text(effect),
            Cell::text(interval),
            Cell::text(threshold(claim.threshold)),
            Cell::p_value(claim.p_raw),
            Cell::p_value(claim.p_adjusted),
            Cell::count(claim.looks_at_split),
        ]
    };
    Table::new(columns, claims.iter().map(row)).without_empty_columns()
}

/// One row a claim, with its reasons, for a terminal.
pub(crate) fn verdicts(claims: &[ClaimView]) -> Table {
    let columns = [
        Column::words("claim"),
        Column::words("verdict"),
        Column::numbers("effect"),
        Column::numbers("interval"),
        Column::numbers("threshold"),
        Column::numbers("p"),
        Column::numbers("p adj."),
        Column::numbers("items"),
        Column::numbers("seeds"),
        Column::numbers("looks"),
        Column::prose("why"),
    ];
    let row = |claim: &ClaimView| {
        let (effect, interval) = effect_and_interval(claim.effect, claim.interval);
        [
            Cell::text(&claim.id),
            claim.verdict.into(),
            Cell::text(effect),
            Cell::text(interval),
            Cell::text(threshold(claim.threshold)),
            Cell::p_value(claim.p_raw),
            Cell::p_value(claim.p_adjusted),
            Cell::count(claim.n_items),
            Cell::count(claim.n_seeds),
            Cell::count(claim.looks_at_split),
            Cell::text(claim.reasons.join("; ")),
        ]
    };
    Table::new(columns, claims.iter().map(row)).without_empty_columns()
}
