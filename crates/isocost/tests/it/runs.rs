//! What a run does, leaves alone, and says.

use std::time::{Duration, Instant};

use crate::fixture::{Project, snapshot};

const TWO: &str = "- [ ] E0001: One\n  - command: `echo one > \"$ISOCOST_OUT/one\"`\n\
                   - [ ] E0002: Two\n  - command: `cat \"$ISOCOST_IN_E0001/one\" > \"$ISOCOST_OUT/two\"`\n";

#[test]
fn a_dry_run_shows_the_order_and_writes_nothing() {
    let project = Project::with_queue(TWO);
    let before = project.files();
    let dry = project.isocost(&["run", "--dry-run"]).exits(0);
    snapshot!("dry_run", dry.stdout);
    assert_eq!(project.isocost(&["plan"]).exits(0).stdout, dry.stdout);
    assert_eq!(
        project.isocost(&["run", "-n", "--json"]).exits(0).json()["preview"].as_array().unwrap().len(),
        2
    );
    assert_eq!(project.files(), before);
}

#[test]
fn a_run_gives_a_later_job_what_an_earlier_one_left_and_says_each_step() {
    let project = Project::with_queue(TWO);
    let run = project.isocost(&["run"]).exits(0);
    snapshot!("run", run.stderr);
    assert_eq!(project.read(".isocost/attempts/E0002/full/001/artifacts/two"), "one\n");
    let summary = project.isocost(&["run", "--json"]).exits(0).json();
    assert_eq!((&summary["schema"], &summary["verdict"]), (&"isocost/run/1".into(), &"done".into()));
}

#[test]
fn a_second_run_runs_nothing_and_says_that_nothing_changed() {
    let project = Project::with_queue(TWO);
    project.isocost(&["run"]).exits(0);
    let again = project.isocost(&["run"]).exits(0);
    for job in ["E0001@full", "E0002@full"] {
        assert!(again.stderr.contains(&format!("{job}: unchanged since attempt 001")), "{}", again.stderr);
    }
    assert!(!project.path(".isocost/attempts/E0001/full/002").exists());
    project.isocost(&["run", "--force", "experiments.md", "E0001"]).exits(0).says("asked for");
    assert!(project.path(".isocost/attempts/E0001/full/002").exists());
}

#[test]
fn a_changed_command_is_run_again_with_what_builds_on_it() {
    let project = Project::with_queue(TWO);
    project.isocost(&["run"]).exits(0);
    project.write("experiments.md", project.read("experiments.md").replace("echo one", "echo uno"));
    let run = project.isocost(&["run"]).exits(0).says("E0001@full#002: command 1 changed");
    assert!(run.stderr.contains("E0002@full#002: it now builds on E0001@full#002"), "{}", run.stderr);
    assert_eq!(project.read(".isocost/attempts/E0002/full/002/artifacts/two"), "uno\n");
}

#[test]
fn a_changed_input_file_is_named() {
    let project =
        Project::with_queue("- [ ] E0001: Reads\n  - command: `cat data.csv > \"$ISOCOST_OUT/copy\"`\n");
    project.write("data.csv", "1\n");
    project.isocost(&["run"]).exits(0);
    project.write("data.csv", "2\n");
    project.isocost(&["run"]).exits(0).says("input data.csv changed");
}

#[test]
fn a_closed_gate_says_which_rule_fails_and_by_how_much() {
    let project = Project::with_queue(
        "- [ ] E0001: Gated\n  - command (smoke): `echo '{\"acc\": 0.4}' > \"$ISOCOST_OUT/metrics.json\"`\n  \
         - command (full): `touch full`\n  - gate (full): `E0001@smoke/metrics.json: acc >= 0.5`\n\
         - [ ] E0002: Later\n  - command: `touch later`\n  - needs: E0001\n",
    );
    let run = project.isocost(&["run"]).exits(4);
    assert!(
        run.stderr.contains("E0001@full: skipped: `acc >= 0.5` fails by 0.1: acc = 0.4"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("E0002@full: skipped: E0001@full did not succeed"), "{}", run.stderr);
    assert!(!project.path("full").exists() && !project.path("later").exists());
    project.isocost(&["plan"]).exits(0).prints("gate closed: `acc >= 0.5` fails by 0.1");
    project.isocost(&["run", "--open-gate", "E0001"]).exits(0);
    assert!(project.path("full").exists() && project.path("later").exists());
    let record =
        std::fs::read_to_string(project.path(".isocost/attempts/E0001/full/001/attempt.json")).unwrap();
    assert!(record.contains("opened_gates") && record.contains("acc >= 0.5"), "{record}");
}

#[test]
fn after_a_failure_nothing_new_starts_unless_keep_going_is_said() {
    let entries = "- [ ] E0001: Fails\n  - command: `false`\n- [ ] E0002: Alone\n  - command: `touch alone`\n\
                   - [ ] E0003: After the failure\n  - command: `touch after`\n  - needs: E0001\n";
    let project = Project::with_queue(entries);
    project.isocost(&["run"]).exits(4).says("E0002@full: not started");
    assert!(!project.path("alone").exists());
    project
        .isocost(&["run", "--keep-going"])
        .exits(4)
        .says("E0003@full: skipped: E0001@full did not succeed");
    assert!(project.path("alone").exists() && !project.path("after").exists());
}

#[test]
fn a_time_limit_ends_a_job_and_is_told_apart_from_a_failure() {
    let project = Project::with_queue("- [ ] E0001: Long\n  - command: `sleep 60`\n  - timeout: 1s\n");
    let start = Instant::now();
    project.isocost(&["run"]).exits(4).says("timed out").says("1 s");
    assert!(start.elapsed() < Duration::from_secs(20));
    assert_eq!(project.state("E0001@full"), "timed out");
}

#[test]
fn the_default_time_limit_holds_where_the_entry_has_none() {
    let project = Project::with_queue(
        "- [ ] E0001: Long\n  - command: `sleep 60`\n- [ ] E0002: Has its own\n  - command: `sleep 1.2`\n  - timeout: 50s\n",
    );
    project.isocost(&["run", "--timeout", "1", "--keep-going", "--jobs", "2"]).exits(4);
    let states: Vec<String> = project.states().into_iter().map(|(_, state)| state).collect();
    assert_eq!(states, ["timed out", "succeeded"]);
}

#[test]
fn a_retry_runs_a_failed_job_again_and_keeps_both_attempts() {
    let project =
        Project::with_queue("- [ ] E0001: Flaky\n  - command: `test -e tried || { touch tried; exit 1; }`\n");
    project.isocost(&["run", "--retries", "1"]).exits(0).says("trying again");
    assert!(project.path(".isocost/attempts/E0001/full/002/attempt.json").exists());
}

#[test]
fn ticked_entries_are_left_alone_unless_asked_for() {
    let project = Project::with_queue("- [x] E0001: Closed\n  - command: `touch ran`\n");
    project.isocost(&["run"]).exits(0);
    assert!(!project.path("ran").exists());
    project.isocost(&["plan"]).exits(0).says("--ticked");
    project.isocost(&["run", "--ticked"]).exits(0);
    assert!(project.path("ran").exists());
}

#[test]
fn a_plan_is_drawn_for_graphviz_and_mermaid() {
    let project = Project::with_queue(TWO);
    project.isocost(&["plan", "--format", "dot"]).exits(0).prints("\"E0001@full\" -> \"E0002@full\"");
    project.isocost(&["plan", "--format", "mermaid"]).exits(0).prints("-->");
    let view = project.isocost(&["plan", "--json"]).exits(0).json();
    assert_eq!(view["jobs"].as_array().unwrap().len(), 2);
}

#[test]
fn root_and_store_may_be_elsewhere() {
    let project = Project::new();
    std::fs::create_dir_all(project.path("docs")).unwrap();
    std::fs::create_dir_all(project.path("work")).unwrap();
    project.write("docs/plan.md", crate::fixture::queue("- [ ] E0001: One\n  - command: `pwd > where`\n"));
    project.isocost(&["run", "docs/plan.md", "--root", "work", "--store", "kept"]).exits(0);
    let real = project.path("work").canonicalize().unwrap();
    assert_eq!(project.read("work/where").trim(), real.to_str().unwrap());
    assert!(project.path("kept/attempts/E0001/full/001/attempt.json").exists());
    assert!(!project.path("docs/.isocost").exists() && !project.path("work/.isocost").exists());
    let status =
        project.command(&["status", "docs/plan.md", "--exit-code"]).env("ISOCOST_STORE", "kept").status();
    assert!(status.unwrap().success());
}

#[test]
fn a_ledger_may_come_from_standard_input() {
    let project = Project::new();
    let ledger = crate::fixture::queue(TWO);
    project.isocost_reading(&["run", "-"], ledger.as_bytes()).exits(0).says("2 of 2 jobs are done");
    project.isocost_reading(&["run", "-"], ledger.as_bytes()).exits(0).says("unchanged");
    project.isocost_reading(&["verify", "-"], ledger.as_bytes()).exits(0);
}
