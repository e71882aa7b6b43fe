//! The ledger of the quickstart, from nothing to its verdicts.

use std::collections::BTreeMap;
use std::time::Instant;

use crate::fixture::{Project, repository};

/// The claims' `expected` fields, from the ledger's own text.
pub(crate) fn expected(ledger: &str) -> BTreeMap<String, String> {
    let mut claim = String::new();
    let mut found = BTreeMap::new();
    for line in ledger.lines() {
        if let Some(rest) = line.strip_prefix("- [ ] C") {
            claim = format!("C{}", rest.split(':').next().unwrap());
        } else if let Some(verdict) = line.trim().strip_prefix("- expected: ") {
            found.insert(claim.clone(), verdict.to_owned());
        }
    }
    found
}

pub(crate) fn verdicts(document: &serde_json::Value) -> BTreeMap<String, String> {
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let verdicts = document["verdicts"].as_array().unwrap();
    verdicts.iter().map(|verdict| (text(&verdict["claim"]), text(&verdict["status"]))).collect()
}

#[test]
fn the_quickstart_comes_to_the_verdicts_it_expects_and_keeps_its_claims_to_their_wording() {
    let project = Project::new();
    let ledger = std::fs::read_to_string(repository("ledgers/quickstart.md")).unwrap();
    project.write("experiments.md", &ledger);
    project.isocost(&["audit", "experiments.md", "--fail-on", "info"]).exits(0);
    let start = Instant::now();
    project.isocost(&["run"]).exits(0).says("3 of 3 jobs are done");
    let took = start.elapsed();

    let proved = project.isocost(&["prove", "--json"]).exits(1).json();
    let expected = expected(&ledger);
    assert_eq!(expected.len(), 4);
    assert_eq!(verdicts(&proved), expected);
    assert_eq!(proved["new_looks"], 4);

    the_control_is_null(&proved);
    costs_are_equal_to_the_token(&proved);

    let looks = project.read(".isocost/looks.jsonl");
    assert_eq!(looks.lines().count(), 4);
    let again = project.isocost(&["prove", "--json"]).exits(1).json();
    assert_eq!((verdicts(&again), again["new_looks"].as_u64()), (expected, Some(0)));
    assert_eq!(project.read(".isocost/looks.jsonl"), looks);
    assert_eq!(project.read("experiments.md"), ledger);

    project.isocost(&["report", "--out", "page.html", "--out", "page.md"]).exits(0);
    for word in ["supported", "refuted", "invalid"] {
        assert!(project.read("page.md").contains(word));
    }

    a_rule_changed_after_the_look_is_invalid(&project, &ledger);
    a_statement_changed_after_the_look_is_invalid(&project, &ledger);
    assert!(took.as_secs() < 120, "the runs took {took:?}");
}

/// The A/A control differs in nothing but the random numbers.
fn the_control_is_null(proved: &serde_json::Value) {
    let control =
        proved["verdicts"].as_array().unwrap().iter().find(|verdict| verdict["claim"] == "C0003").unwrap();
    let bound = |name: &str| control["interval"][name].as_f64().unwrap();
    assert!(bound("low") < 0.0 && 0.0 < bound("high"), "{}", control["interval"]);
    assert!(control["effect"].as_f64().unwrap().abs() < 0.01, "{}", control["effect"]);
}

fn costs_are_equal_to_the_token(proved: &serde_json::Value) {
    for verdict in
        proved["verdicts"].as_array().unwrap().iter().filter(|verdict| verdict["status"] != "invalid")
    {
        let comparison = &verdict["comparisons"][0];
        let cost = |side: &str| comparison[side]["cost"]["mean"].as_f64().unwrap();
        assert!((cost("left") - cost("right")).abs() < 1e-9, "{comparison}");
    }
}

fn status_of(project: &Project, claim: &str) -> String {
    let document = project.isocost(&["prove", "experiments.md", claim, "--json"]).exits(1).json();
    verdicts(&document)[claim].clone()
}

fn a_rule_changed_after_the_look_is_invalid(project: &Project, ledger: &str) {
    let easier = ledger.replacen("random_matched) >= 0.05 and", "random_matched) >= 0.00 and", 1);
    assert_ne!(easier, ledger);
    project.write("experiments.md", easier);
    assert_eq!(status_of(project, "C0002"), "invalid");
}

fn a_statement_changed_after_the_look_is_invalid(project: &Project, ledger: &str) {
    let reworded = ledger.replacen("by at least one point", "by at least a bit", 1);
    assert_ne!(reworded, ledger);
    project.write("experiments.md", reworded);
    assert_eq!(status_of(project, "C0001"), "invalid");
    // The old wording is still the one that was looked at.
    project.write("experiments.md", ledger);
    project.isocost(&["prove", "experiments.md", "C0001"]).exits(0);
}

#[test]
fn a_table_that_was_put_there_after_the_attempt_is_no_evidence() {
    let project = Project::new();
    let claims = "# E\n\n## Claims\n- [ ] C0001: a beats b.\n  - rule: `delta(a, b) > 0 and p < 0.05`\n  - table: `E0001/late.csv`\n\n\
                  ## Checklist\n- [ ] E0001: One\n  - command: `true`\n";
    project.write("experiments.md", claims);
    project.isocost(&["run"]).exits(0);
    let table = "item,seed,arm,budget,cost,cost_unit,split,metric,value\ni,0,a,1,1,tokens,test,acc,1\n";
    project.write(".isocost/attempts/E0001/full/001/artifacts/late.csv", table);
    let prove = project.isocost(&["prove"]).exits(1);
    assert!(
        prove.stdout.contains("unproven") && prove.stdout.contains("not recorded to have left"),
        "{}",
        prove.stdout
    );
}
