//! Every trap of spec §14.

use isocost_ledger::model::{ArtifactKind, Entry, Ledger, Presence, Role};

use crate::seeds::{N, Q, T, inline, ledger};

fn entry<'a>(ledger: &'a Ledger, role: Role, id: &str) -> &'a Entry {
    ledger.entries.iter().find(|entry| entry.role == role && entry.id.0 == id).unwrap()
}

#[test]
fn trap_1_a_pipe_in_code_does_not_end_a_cell() {
    let ledger = ledger(Q);
    let archived = entry(&ledger, Role::Archive, "E0022");
    assert!(inline(archived, "Full cmd").unwrap().contains(" | head -n 1"));
    assert!(archived.commands.iter().any(|command| command.text.raw.contains(" | head -n 1")));
}

#[test]
fn trap_2_four_bars_in_one_code_span_are_one_cell() {
    let ledger = ledger(Q);
    let time = entry(&ledger, Role::Archive, "E0330").field("Total time").unwrap();
    assert_eq!(ledger.source.slice(time.span).matches('|').count(), 7);
    assert_eq!(inline(entry(&ledger, Role::Archive, "E0330"), "Total time").unwrap().matches('|').count(), 4);
}

#[test]
fn trap_3_a_comment_in_a_fence_is_no_heading() {
    let ledger = ledger(N);
    assert!(!ledger.sections.iter().any(|section| section.heading.raw.contains("GPU0")));
    let pack = entry(&ledger, Role::Section, "B8");
    assert_eq!(pack.commands.len(), 8);
    assert_eq!(pack.commands[0].label.as_ref().unwrap().raw, "GPU0: VoVNet Pareto (main)");
}

#[test]
fn trap_4_a_here_document_ends_at_its_tag() {
    let ledger = ledger(N);
    let commands = &entry(&ledger, Role::Section, "G1").commands;
    let document = commands.iter().find(|c| !c.shell.heredocs.is_empty()).unwrap();
    assert!(document.text.raw.contains("\n# Main table (filter MMBench and key baselines)"));
    assert!(document.text.raw.trim_end().ends_with("\nPY"));
}

#[test]
fn trap_5_a_tolerance_is_not_a_difference() {
    let ledger = ledger(Q);
    let statements = entry(&ledger, Role::Result, "E0203").results.given().unwrap();
    assert!(
        statements
            .iter()
            .flat_map(|s| &s.measurements)
            .any(|m| m.subject == "Δ0" && (m.value - 0.2240).abs() < 1e-12)
    );
    assert!(statements.iter().all(|s| s.comparisons.iter().all(|c| c.delta.is_none())));
}

#[test]
fn trap_6_an_assignment_precedes_its_program() {
    let ledger = ledger(Q);
    let command = &entry(&ledger, Role::Queue, "E0801").commands[0];
    let segment = &command.shell.segments[0];
    assert_eq!(segment.program.as_deref(), Some("bash"));
    assert_eq!(segment.assignments.iter().filter(|a| a.name == "OUT_DIR").count(), 1);
}

#[test]
fn trap_7_an_empty_list_is_not_a_missing_field() {
    let ledger = ledger(Q);
    assert_eq!(entry(&ledger, Role::Queue, "E0803").artifacts_required, Presence::EmptyList);
    assert_eq!(entry(&ledger, Role::Archive, "E0003").artifacts_required, Presence::Absent);
}

#[test]
fn trap_8_a_note_stands_before_the_colon() {
    let ledger = ledger(Q);
    let field = entry(&ledger, Role::Queue, "E0972").field("command").unwrap();
    assert_eq!(field.note.as_ref().unwrap().raw, "5 shards; merge would be done after");
    assert_eq!(entry(&ledger, Role::Queue, "E0972").commands.len(), 1);
}

#[test]
fn trap_9_a_qualifier_has_facts() {
    let ledger = ledger(Q);
    let queued = entry(&ledger, Role::Queue, "E0600");
    assert_eq!(queued.qualifier.iter().map(|fact| fact.raw.as_str()).collect::<Vec<_>>(), ["real", "ppl"]);
    assert!(queued.title.raw.starts_with("IntentQA"));
}

#[test]
fn trap_10_entries_may_have_many_commands_and_metric_files() {
    let ledger = ledger(Q);
    let many = entry(&ledger, Role::Queue, "E0100");
    assert_eq!((many.commands.len(), many.artifacts_required.given().unwrap().len()), (10, 10));
    assert_eq!(entry(&ledger, Role::Queue, "E0003").metrics_required.given().unwrap().len(), 2);
}

#[test]
fn trap_11_an_inline_list_of_one_is_not_empty() {
    let ledger = ledger(Q);
    let inline_lists = ledger
        .entries
        .iter()
        .filter(|entry| entry.role == Role::Queue)
        .filter(|entry| inline(entry, "required_artifacts").is_some_and(|text| text.starts_with("[`")));
    let sizes: Vec<_> = inline_lists.map(|entry| entry.artifacts_required.given().unwrap().len()).collect();
    assert_eq!(sizes, [1, 1, 1]);
}

#[test]
fn trap_12_a_leading_dot_slash_makes_no_difference() {
    let ledger = ledger(T);
    let outputs: Vec<_> = entry(&ledger, Role::Row, "E0122")
        .commands
        .iter()
        .flat_map(|c| &c.shell.outputs)
        .map(|o| o.normalised.as_str())
        .collect();
    assert!(outputs.contains(&"outputs/E0122-full-level3"), "{outputs:?}");
    assert!(!outputs.iter().any(|path| path.starts_with("./")));
}

#[test]
fn trap_13_an_elision_is_the_directory_named_before_it() {
    let ledger = ledger(Q);
    let archived = entry(&ledger, Role::Archive, "E0402");
    let elided: Vec<_> =
        archived.artifacts_recorded.iter().filter(|a| a.kind == ArtifactKind::Elision).collect();
    assert_eq!(
        elided[0].effective_path(),
        "runs/E0402_full_test402_av_clipdiff_flow_mlp_stride_alt_top1med_thr0p5_20260206-152012/diagnose.json"
    );
}
