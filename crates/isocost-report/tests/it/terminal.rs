//! Tables for terminals.

use isocost_report::model::{RunOutcome, StatusRow};
use isocost_report::text::{self, Layout, Paint, Width};

use crate::example;

fn narrow(columns: usize) -> Layout {
    Layout { width: Width::Columns(columns), paint: Paint::Plain }
}

#[test]
fn the_verdict_table_reads_like_this() {
    insta::assert_snapshot!(text::verdicts(&example::claims(), narrow(120)));
}

#[test]
fn without_a_limit_each_row_is_one_line() {
    let table = text::verdicts(&example::claims(), Layout::default());
    assert_eq!(table.lines().count(), 1 + example::claims().len());
}

#[test]
fn the_tables_of_looks_read_like_this() {
    let report = example::report();
    let looks = text::looks(&report.looks[18..], narrow(100));
    insta::assert_snapshot!(looks + "\n" + &text::look_summaries(&report.look_summaries, narrow(100)));
}

#[test]
fn the_status_table_aligns_wide_characters_and_wraps_reasons() {
    let row = StatusRow {
        id: "E0801".into(),
        stage: "full".into(),
        title: "实验台账 ImageBind".into(),
        outcome: RunOutcome::Succeeded,
        attempt: "E0801-full-3".into(),
        seconds: Some(83.0),
        why: String::new(),
    };
    let failed = StatusRow {
        id: "E0802".into(),
        stage: "smoke".into(),
        title: "plain".into(),
        outcome: RunOutcome::ContractViolated,
        attempt: String::new(),
        seconds: None,
        why: "metrics.json lacks `summary.uniform.mean`, which the entry requires at line 88".into(),
    };
    insta::assert_snapshot!(text::status(&[row, failed], narrow(90)));
}

#[test]
fn colour_adds_escape_sequences_and_nothing_else() {
    let plain = text::verdicts(&example::claims(), narrow(100));
    let coloured = text::verdicts(&example::claims(), Layout { paint: Paint::Coloured, ..narrow(100) });
    assert!(coloured.contains("\u{1b}[32m✓ supported\u{1b}[0m") && !plain.contains('\u{1b}'));
    let mut stripped = String::new();
    for (index, piece) in coloured.split('\u{1b}').enumerate() {
        stripped += if index == 0 { piece } else { piece.split_once('m').map_or("", |(_, rest)| rest) };
    }
    assert_eq!(stripped, plain);
}

#[test]
fn a_table_without_rows_is_empty() {
    assert_eq!(text::looks(&[], Layout::default()), "");
}
