//! What is said about real ledgers, in every form.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use crate::fixture::{Outcome, Project, isocost, seeds, snapshot};

fn on_seeds(args: &[&str]) -> Outcome {
    Outcome::of(&isocost(&seeds(), args).output().unwrap())
}

const AVS: &str = "avs-experiment.md";

/// The text of an audit with one finding of each kind, and its exit code.
fn audit(seed: &str) -> String {
    let outcome = on_seeds(&["audit", seed, "--limit", "1"]);
    format!("{}\n--- stderr\n{}--- exit {}\n", outcome.stdout, outcome.stderr, outcome.code)
}

#[test]
fn the_audit_of_the_audio_visual_ledger_reads_like_this() {
    snapshot!("audit_avs", audit(AVS));
}

#[test]
fn the_audit_of_the_grounding_ledger_reads_like_this() {
    snapshot!("audit_provetok", audit("provetok-experiment.md"));
}

#[test]
fn the_audit_of_the_vision_ledger_reads_like_this() {
    snapshot!("audit_vovnet", audit("vovnet-experiments.md"));
}

#[test]
fn the_audit_of_a_script_with_its_plan_in_front_reads_like_this() {
    snapshot!("audit_e1", audit("e1_offline_batch.py.txt"));
}

/// Paths of all keys, arrays as `[]`.
fn shape(value: &Value, at: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                shape(value, &format!("{at}.{key}"), found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| shape(item, &format!("{at}[]"), found)),
        Value::Null => {}
        _ => {
            found.insert(at.to_owned());
        }
    }
}

#[test]
fn an_audit_as_json_has_these_fields_and_counts_what_the_text_counts() {
    let outcome = on_seeds(&["audit", AVS, "--json"]).exits(1);
    let document = outcome.json();
    let mut fields = BTreeSet::new();
    shape(&document, "", &mut fields);
    snapshot!("audit_json_fields", fields.into_iter().collect::<Vec<_>>().join("\n"));
    let count = |severity: &str| {
        document["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| finding["severity"] == severity)
            .count()
    };
    let summary = on_seeds(&["audit", AVS]).stderr;
    let counted =
        format!("{} errors, {} warnings, {} notes", count("error"), count("warning"), count("info"));
    assert!(summary.contains(&counted), "{counted} is not in {summary}");
}

#[test]
fn sarif_has_a_rule_and_a_region_for_every_result() {
    let log = on_seeds(&["audit", AVS, "--format", "sarif"]).exits(1).json();
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().contains("sarif-schema-2.1.0"));
    let [run] = log["runs"].as_array().unwrap().as_slice() else { panic!("not one run") };
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "isocost");
    let rules = driver["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    let lines = std::fs::read_to_string(seeds().join(AVS)).unwrap().lines().count() as u64;
    assert!(!results.is_empty());
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], AVS);
        let line = place["region"]["startLine"].as_u64().unwrap();
        assert!((1..=lines).contains(&line), "line {line}");
        assert!(place["region"]["startColumn"].as_u64().unwrap() >= 1);
    }
    for rule in rules {
        assert!(!rule["shortDescription"]["text"].as_str().unwrap().is_empty());
    }
}

#[test]
fn github_annotations_are_one_line_a_finding() {
    let findings = on_seeds(&["audit", AVS, "--json"]).json()["findings"].as_array().unwrap().len();
    let annotations = on_seeds(&["audit", AVS, "--format", "github"]).exits(1).stdout;
    assert_eq!(annotations.lines().count(), findings);
    for line in annotations.lines() {
        let (command, _) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
        let (level, properties) = command.split_once(' ').unwrap();
        assert!(["error", "warning", "notice"].contains(&level), "{line}");
        assert!(properties.starts_with(&format!("file={AVS},line=")), "{line}");
    }
}

#[test]
fn a_selection_decides_what_is_shown_and_the_severity_decides_the_exit_code() {
    let codes = |args: &[&str]| -> BTreeSet<String> {
        let document = on_seeds(args).json();
        let findings = document["findings"].as_array().unwrap().clone();
        findings.iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
    };
    let only = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(
        codes(&["audit", AVS, "--json", "--select", "IC033,ambiguous-lookup"]),
        only(&["IC010", "IC033"])
    );
    assert!(!codes(&["audit", AVS, "--json", "--ignore", "IC009"]).contains("IC009"));
    on_seeds(&["audit", AVS, "--select", "IC010"]).exits(0);
    on_seeds(&["audit", AVS, "--select", "IC010", "--fail-on", "warning"]).exits(1);
    on_seeds(&["audit", AVS, "--select", "IC008", "--fail-on", "warning"]).exits(0);
    on_seeds(&["audit", AVS, "--select", "IC008", "--fail-on", "info"]).exits(1);
    on_seeds(&["audit", AVS, "--fail-on", "never"]).exits(0);
    on_seeds(&["audit", AVS, "--select", "IC999"]).exits(2).says("isocost explain");
}

#[test]
fn the_looks_at_the_audio_visual_test_clips_take_the_proof_back() {
    let story = on_seeds(&["looks", "--summary", AVS]).exits(0).stdout;
    // Counted and computed by hand from the ledger: docs/looks.md, the example.
    for fact in [
        "74 full",
        "66 quick",
        "4 sweeps",
        "144 looks",
        "Bonferroni 0.215",
        "Holm 0.209",
        "[+0.0108, +0.0326]",
        "0.367",
        "p = 0.144",
        "does not survive",
    ] {
        assert!(story.contains(fact), "`{fact}` is not in\n{story}");
    }
    snapshot!("looks_summary_avs", story);
}

#[test]
fn the_list_of_looks_counts_up_to_the_summary() {
    let document = on_seeds(&["looks", AVS, "--claim", "C0003", "--json"]).exits(0).json();
    let summary = &document["summaries"][0];
    assert_eq!(summary["claim"], "C0003");
    let counts = &summary["counts"];
    let counted = ["full", "quick", "sweeps"].map(|kind| counts[kind].as_u64().unwrap());
    assert_eq!(counted, [74, 66, 4]);
    on_seeds(&["looks", AVS]).exits(0).prints("E0980");
}

#[test]
fn one_entry_is_shown_as_it_was_read() {
    let shown = on_seeds(&["show", AVS, "E0801"]).exits(0);
    assert_eq!(shown.json()["entries"][0]["id"], "E0801");
    snapshot!("show_one", shown.stdout);
    on_seeds(&["show", AVS, "E9999"]).exits(7).says("defines no E9999");
}

const PLAN: &str =
    "# Plan\n\n## Claims\n- [ ] C0001: Anchored beats uniform by at least 0.05.\n  - Experiments: E0001\n";

#[test]
fn a_claim_that_was_reworded_and_then_ticked_is_found_in_snapshots() {
    let project = Project::new();
    project.write("old.md", PLAN);
    project.write("plan.md", PLAN.replace("[ ]", "[x]").replace("0.05", "0.02"));
    project.isocost(&["audit", "plan.md", "--history", "old.md"]).exits(1).prints("IC037");
    project.isocost(&["audit", "plan.md"]).exits(0);
}

#[test]
fn the_snapshots_of_a_plan_can_come_from_git() {
    let project = Project::new();
    let git = |args: &[&str]| {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.invalid"];
        let done =
            Command::new("git").current_dir(project.root()).args(identity).args(args).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    git(&["init", "-q"]);
    project.write("plan.md", PLAN);
    git(&["add", "plan.md"]);
    git(&["commit", "-q", "-m", "one"]);
    project.write("plan.md", PLAN.replace("[ ]", "[x]").replace("0.05", "0.02"));
    project.isocost(&["audit", "plan.md", "--git"]).exits(1).prints("IC037");
}
