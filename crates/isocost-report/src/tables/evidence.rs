//! Claims and their verdicts.

use super::{effect_and_interval, sentences, threshold};
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
        let jump = Inline::Jump { text: claim.id.clone(), anchor: claim_anchor(claim) };
        [
            Cell(vec![jump]),
            claim.verdict.into(),
            Cell::prose(&claim.statement),
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

/// The place in a document where a claim is discussed: letters, digits and hyphens only.
pub(crate) fn claim_anchor(claim: &ClaimView) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    format!("claim-{}", claim.id.chars().map(plain).collect::<String>())
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
            sentences(&claim.reasons),
        ]
    };
    Table::new(columns, claims.iter().map(row)).without_empty_columns()
}
