//! Small ledgers: what must be found, and the nearest thing that must not.

use isocost_audit::{Severity, audit};
use isocost_ledger::history::attach;
use isocost_ledger::model::Ledger;
use proptest::prelude::*;

use crate::{NARRATIVE, QUEUE, TABLE, audit_of, of, read};

/// A queue ledger with one entry of these fields and one results row.
fn queue(fields: &str, row: &str) -> String {
    format!(
        "# L\n\n## Checklist\n### Run Queue (main)\n- [x] E0001: a title\n{fields}\n## Results\n\n\
         | id | status | key_metrics | artifacts | notes |\n| --- | --- | --- | --- | --- |\n{row}\n"
    )
}

fn found(code: &str, fields: &str, row: &str) -> bool {
    !of(&audit_of("l.md", &queue(fields, row)), code).is_empty()
}

const COMMAND: &str = "  - command: `bash a.sh`\n";
const ROW: &str = "| E0001 | success | acc=0.5 | `runs/E0001_a_20260101-000000/` | |";

#[test]
fn a_wrong_difference_is_found_and_a_rounded_one_is_not() {
    let row = |delta: &str| {
        format!(
            "| E0001 | success | anchored=0.7379 vs uniform=0.7162 (Δ={delta}; p=0.0100) | `runs/E0001_a_20260101-000000/` | |"
        )
    };
    assert!(found("IC027", COMMAND, &row("+0.0317")));
    // 0.7379 − 0.7162 is 0.0217; the means may be off by half a unit each.
    assert!(!found("IC027", COMMAND, &row("+0.0218")));
    assert!(!found("IC027", COMMAND, &row("+0.0217")));
    assert!(found("IC027", COMMAND, &row("+0.0220")));
}

#[test]
fn an_accuracy_that_no_count_gives_is_found() {
    let row = |acc: &str| {
        format!(
            "| E0001 | success | val (n=253; seed0): uniform acc={acc} | `runs/E0001_a_20260101-000000/` | |"
        )
    };
    assert!(found("IC028", COMMAND, &row("0.9461")));
    assert!(!found("IC028", COMMAND, &row("0.9447")));
    // Two digits cannot tell multiples of 1/253 apart.
    assert!(!found("IC028", COMMAND, &row("0.95")));
}

#[test]
fn a_word_about_significance_must_fit_its_p() {
    let row = |words: &str| {
        format!(
            "| E0001 | success | Δ=+0.0100 | `runs/E0001_a_20260101-000000/` | |\n\n### E0001: a\n| Field | Value |\n| --- | --- |\n| Results | `runs/E0001_a_20260101-000000/metrics.json` ({words}) |\n"
        )
    };
    assert!(found("IC031", COMMAND, &row("Δ=+0.0100, p=0.390; significant")));
    assert!(found("IC031", COMMAND, &row("Δ=+0.0100, p=0.010; not significant")));
    assert!(!found("IC031", COMMAND, &row("Δ=+0.0100, p=0.390; not significant")));
    assert!(!found("IC031", COMMAND, &row("Δ=+0.0100, p=0.010; significant")));
}

#[test]
fn a_glob_in_an_assignment_is_found_and_one_in_an_argument_is_not() {
    assert!(found("IC009", "  - command: `A=runs/E0001_*/x.json bash a.sh`\n", ROW));
    assert!(!found("IC009", "  - command: `bash a.sh runs/E0001_*/x.json`\n", ROW));
    assert!(!found("IC009", "  - command: `A=$(ls runs/E0001_*/x.json) bash a.sh`\n", ROW));
}

#[test]
fn a_home_path_is_found_and_a_site_path_is_not() {
    assert!(found("IC018", "  - command: `bash a.sh --w /home/ana/w.pt`\n", ROW));
    assert!(!found("IC018", "  - command: `bash a.sh --w /data/home/w.pt`\n", ROW));
}

#[test]
fn a_failed_run_with_a_tick_is_found() {
    assert!(found("IC004", COMMAND, "| E0001 | failed | none | `runs/E0001_a_20260101-000000/` | |"));
    assert!(!found("IC004", COMMAND, ROW));
}

#[test]
fn a_row_without_an_entry_and_an_entry_without_a_row_are_found() {
    let other = "| E0002 | success | acc=0.5 | `runs/E0002_a_20260101-000000/` | |";
    assert!(found("IC051", COMMAND, other) && found("IC003", COMMAND, other));
    assert!(!found("IC051", COMMAND, ROW) && !found("IC003", COMMAND, ROW));
}

#[test]
fn a_skipped_entry_needs_no_row() {
    assert!(!found(
        "IC003",
        "  - command: `bash a.sh`\n  - results: skipped (E0000 not promoted).\n",
        "| E0002 | success | a | b | |"
    ));
}

#[test]
fn a_path_of_an_unknown_experiment_is_found_in_commands_only() {
    assert!(found("IC001", "  - command: `bash a.sh runs/E0999_x/y.json`\n", ROW));
    assert!(!found("IC001", COMMAND, &ROW.replace("| |", "| see `runs/E0999_x/y.json` |")));
}

#[test]
fn ids_that_stand_twice_in_one_queue_are_found() {
    let twice = "# L\n\n## Checklist\n### Run Queue (main)\n- [x] E0001: a\n  - command: `bash a.sh`\n\n- [ ] E0001: b\n  - command: `bash b.sh`\n";
    assert_eq!(of(&audit_of("l.md", twice), "IC002").len(), 1);
}

#[test]
fn nothing_is_found_in_nothing() {
    assert!(audit(&[]).findings.is_empty());
    assert!(audit(&[read("e.md", ""), read("p.md", "Only prose.\n")]).findings.is_empty());
}

const PLAN_OPEN: &str = "# Plan\n\n## Claims\n- [ ] C0001: It helps by two points.\n  - Experiments: E0001\n";

#[test]
fn a_claim_that_the_ledger_calls_proven_and_the_plan_leaves_open_is_found() {
    let ledger = queue(
        COMMAND,
        "| E0001 | success | Δ=+0.0300; p=0.0100 | `runs/E0001_a_20260101-000000/` | **C0001 hard gate met** |",
    );
    let open = audit(&[read("l.md", &ledger), read("plan.md", PLAN_OPEN)]);
    assert_eq!(of(&open, "IC058").len(), 1);
    let ticked = PLAN_OPEN.replace("[ ]", "[x]");
    assert!(of(&audit(&[read("l.md", &ledger), read("plan.md", &ticked)]), "IC058").is_empty());
}

#[test]
fn a_ticked_claim_must_cite_a_run() {
    let ledger = queue(COMMAND, ROW);
    let cites = |id: &str| PLAN_OPEN.replace("[ ]", "[x]").replace("E0001", id);
    let audit_with = |plan: &str| audit(&[read("l.md", &ledger), read("plan.md", plan)]);
    assert_eq!(of(&audit_with(&cites("E0999")), "IC038").len(), 1);
    assert!(of(&audit_with(&cites("E0001")), "IC038").is_empty());
}

/// The last snapshot, with what all of them say of its claims.
fn last_of(snapshots: &[&str]) -> Option<Ledger> {
    let mut read: Vec<(String, Ledger)> = snapshots
        .iter()
        .enumerate()
        .map(|(n, text)| (format!("plan{n}.md"), read(&format!("plan{n}.md"), text)))
        .collect();
    attach(&mut read);
    read.pop().map(|(_, ledger)| ledger)
}

#[test]
fn a_reworded_claim_is_an_error_once_it_is_ticked_and_a_warning_before() {
    let reworded = PLAN_OPEN.replace("helps by two points", "does not reach two points");
    let open = audit(&[last_of(&[PLAN_OPEN, &reworded]).unwrap()]);
    assert_eq!(of(&open, "IC037").iter().map(|f| f.severity).collect::<Vec<_>>(), [Severity::Warning]);
    let ticked = audit(&[last_of(&[PLAN_OPEN, &reworded.replace("[ ]", "[x]")]).unwrap()]);
    assert_eq!(of(&ticked, "IC037").iter().map(|f| f.severity).collect::<Vec<_>>(), [Severity::Error]);
}

#[test]
fn emphasis_and_layout_are_no_rewording() {
    let emphasised = PLAN_OPEN.replace("two points", "**two  points**").replace("[ ]", "[x]");
    assert!(of(&audit(&[last_of(&[PLAN_OPEN, &emphasised]).unwrap()]), "IC037").is_empty());
}

/// The largest character boundary that is not after `at`.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_piece_of_a_ledger_is_audited_without_a_panic_and_with_places_inside_it(
        which in 0..3_usize, from in 0..1_000_usize, length in 1..20_000_usize, drop in 0..400_usize,
    ) {
        let text = [QUEUE, TABLE, NARRATIVE][which];
        let start = boundary(text, text.len() / 1_000 * from);
        let end = boundary(text, start + length);
        let piece = &text[start..end];
        let cut = boundary(piece, piece.len() / 2);
        let rest = boundary(piece, cut + drop);
        let torn = format!("{}{}", &piece[..cut], &piece[rest.max(cut)..]);
        for finding in audit_of("piece.md", &torn).findings {
            for location in &finding.locations {
                prop_assert!(location.span.end as usize <= torn.len());
                prop_assert!(torn.get(location.span.range()).is_some(), "{} {:?}", finding.code, location);
            }
        }
    }
}
