//! The starter ledger, from its birth to its end.

use crate::fixture::{Project, snapshot};

#[test]
fn init_writes_a_ledger_and_never_over_another_file() {
    let project = Project::new();
    project.isocost(&["init"]).exits(0).says("isocost run experiments.md");
    let starter = project.read("experiments.md");
    assert_eq!(project.isocost(&["init", "-"]).exits(0).stdout, starter);
    snapshot!("starter", starter);
    project.write("experiments.md", "mine");
    project.isocost(&["init"]).exits(7).says("exists already").says("nothing was changed");
    assert_eq!(project.read("experiments.md"), "mine");
    project.isocost(&["init", "other.md", "--json"]).exits(0).prints("other.md");
    project.isocost(&["init", "absent/other.md"]).exits(7).says("absent");
}

#[test]
fn the_starter_has_no_findings() {
    let project = Project::new();
    project.isocost(&["init"]).exits(0);
    project.isocost(&["audit", "experiments.md", "--fail-on", "info"]).exits(0);
}

#[test]
fn the_starter_runs_is_decided_reported_and_written_back_once() {
    let project = Project::new();
    project.isocost(&["init"]).exits(0);
    let before = project.read("experiments.md");
    project.isocost(&["run"]).exits(0).says("2 of 2 jobs are done");
    project.isocost(&["verify"]).exits(0).says("2 of 2 contracts hold");
    project.isocost(&["prove"]).exits(0).prints("supported").says("one new look");
    let looks = project.read(".isocost/looks.jsonl");
    project.isocost(&["prove"]).exits(0).says("no new look");
    assert_eq!(project.read(".isocost/looks.jsonl"), looks);
    assert_eq!(project.read("experiments.md"), before);

    let dry = project.isocost(&["write-back", "--dry-run"]).exits(0);
    assert_eq!(project.read("experiments.md"), before);
    project.isocost(&["write-back"]).exits(0).says("4 places changed");
    let after = project.read("experiments.md");
    for line in ["- [x] C0001: ", "- [x] E0001: ", "| E0001 | success |"] {
        assert!(after.contains(line), "{after}");
    }
    for line in after.lines().filter(|line| !before.contains(line)) {
        assert!(dry.stdout.contains(&format!("+{line}")), "{line} is not in\n{}", dry.stdout);
    }
    project.isocost(&["write-back"]).exits(0).says("0 places changed");
    assert_eq!(project.read("experiments.md"), after);
    project.isocost(&["status", "--exit-code"]).exits(0);
    project.isocost(&["audit", "experiments.md"]).exits(0);
    // Ticks and results are no part of the wording that the first look fixed.
    project.isocost(&["prove"]).exits(0).says("no new look");
}

#[test]
fn one_page_is_written_in_five_forms_and_is_the_same_twice() {
    let project = Project::new();
    project.isocost(&["init"]).exits(0);
    project.isocost(&["run"]).exits(0);
    project.isocost(&["prove"]).exits(0);
    let names = ["page.html", "page.md", "page.tex", "page.json", "page.xml"];
    let mut args = vec!["report", "--reproducible"];
    args.extend(names.iter().flat_map(|name| ["--out", name]));
    project.isocost(&args).exits(0);
    let first = names.map(|name| project.read(name));
    project.isocost(&args).exits(0);
    assert_eq!(names.map(|name| project.read(name)), first);
    let [html, markdown, latex, json, junit] = first;
    assert!(html.starts_with("<!doctype html>") || html.starts_with("<!DOCTYPE html>"), "{html}");
    let bare = html.replace("http://www.w3.org/2000/svg", "");
    assert!(!bare.contains("http://") && !bare.contains("src=\"https://"), "the page asks the network");
    for page in [&html, &markdown, &latex, &json, &junit] {
        assert!(page.contains("C0001"), "{page}");
    }
    let root: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(root["claims"][0]["id"], "C0001");
    assert!(junit.starts_with("<?xml"), "{junit}");
    assert_eq!(
        project.isocost(&["report", "--reproducible"]).exits(0).stdout.trim_end(),
        markdown.trim_end()
    );
}

#[test]
fn a_report_before_anything_ran_says_that_nothing_is_decided() {
    let project = Project::new();
    project.isocost(&["init"]).exits(0);
    project.isocost(&["report"]).exits(0).prints("1 of 1 claims have no verdict on record");
    assert!(!project.path(".isocost").exists());
}
