//! Each exit code of `docs/machine-interface.md`, by a situation that earns it.

use crate::fixture::{DOCUMENTED, Project, end_of, queue, wait_until};

/// An outcome table in which `a` beats `b` on forty items.
const TABLE: &str = r#"awk 'BEGIN{print "item,seed,arm,budget,cost,cost_unit,split,metric,value"; for(i=0;i<40;i++) for(s=0;s<5;s++){print "i" i "," s ",a,1,1,tokens,test,acc," (i%4!=0); print "i" i "," s ",b,1,1,tokens,test,acc," (i%2!=0)}}' > "$ISOCOST_OUT/outcomes.csv""#;

/// One experiment that leaves the table, and claims on it.
pub(crate) fn with_claims(rules: &[&str]) -> Project {
    let claims: Vec<String> = rules
        .iter()
        .zip(1..)
        .map(|(rule, n)| {
            format!(
                "- [ ] C{n:04}: The arms differ, number {n}.\n  - rule: `{rule}`\n  - table: `E0001/outcomes.csv`\n"
            )
        })
        .collect();
    let project = Project::with_queue(&format!(
        "- [ ] E0001: Two arms\n  - command: `{TABLE}`\n  - required_artifacts:\n    - `outcomes.csv`\n"
    ));
    let ledger = project.read("experiments.md");
    project.write(
        "experiments.md",
        ledger.replacen("\n## ", &format!("\n## Claims\n{}\n## ", claims.concat()), 1),
    );
    project
}

fn tamper(project: &Project, file: &str, from: &str, to: &str) {
    let text = project.read(file);
    assert!(text.contains(from), "{file} does not hold {from}");
    project.write(file, text.replacen(from, to, 1));
}

const RECORDED: &str = ".isocost/attempts/E0001/full/001/artifacts/outcomes.csv";

#[test]
fn zero_says_done_clean_and_supported() {
    let project = with_claims(&["delta(a, b) >= 0.1 and p < 0.05"]);
    project.isocost(&["audit", "experiments.md"]).exits(0);
    project.isocost(&["run"]).exits(0);
    project.isocost(&["status", "--exit-code"]).exits(0);
    project.isocost(&["verify"]).exits(0);
    project.isocost(&["prove"]).exits(0).prints("supported");
}

#[test]
fn one_says_that_a_claim_is_not_supported_or_that_there_are_findings() {
    let project = with_claims(&["delta(a, b) >= 0.1 and p < 0.05", "delta(a, b) >= 0.9 and p < 0.05"]);
    project.isocost(&["prove"]).exits(1).prints("unproven");
    project.isocost(&["run"]).exits(0);
    project.isocost(&["prove"]).exits(1).prints("supported").prints("refuted");
    project.isocost(&["prove", "experiments.md", "C0001"]).exits(0);
    project.isocost(&["prove", "experiments.md", "C0002"]).exits(1);
    project.write(
        "twice.md",
        queue("- [ ] E0001: One\n  - command: `true`\n- [ ] E0001: Two\n  - command: `false`\n"),
    );
    project.isocost(&["audit", "twice.md"]).exits(1).prints("IC002");
}

#[test]
fn two_says_that_the_command_line_is_wrong() {
    let project = with_claims(&["delta(a, b) >= 0.1"]);
    project.isocost(&["run", "--jobs", "0"]).exits(2);
    project.isocost(&["run", "experiments.md", "nonsense here"]).exits(2).says("E0001@smoke");
    project.isocost(&["run", "--stage", "later"]).exits(2).says("smoke, validation, quick and full");
    project.isocost(&["prove", "experiments.md", "C0099"]).exits(2).says("has no claim C0099");
    project.isocost(&["report", "-o", "page.docx"]).exits(2).says("--format");
    project.isocost(&["audit"]).exits(2);
    assert!(!project.path(".isocost").exists());
}

#[test]
fn three_says_that_an_attempt_violated_its_contract() {
    let project = Project::with_queue(
        "- [ ] E0001: Leaves too little\n  - command: `echo '{\"acc\": 0.25}' > \"$ISOCOST_OUT/metrics.json\"`\n  \
         - required_artifacts:\n    - `metrics.json`\n    - `outcomes.csv`\n  - required_metrics:\n    \
         - `metrics.json`: `acc >= 0.5`\n",
    );
    let run = project.isocost(&["run"]).exits(3).says("outcomes.csv");
    assert!(run.stderr.contains("acc >= 0.5") && run.stderr.contains("0.25"), "{}", run.stderr);
    assert_eq!(project.state("E0001@full"), "contract violated");
    project.isocost(&["verify"]).exits(3).prints("violated: outcomes.csv");
}

#[test]
fn four_says_that_work_is_outstanding() {
    let project = Project::with_queue("- [ ] E0001: Fails\n  - command: `echo why >&2; exit 3`\n");
    project.isocost(&["status", "--exit-code"]).exits(4).prints("E0001");
    project.isocost(&["run"]).exits(4).says("E0001@full");
    assert_eq!(project.read(".isocost/attempts/E0001/full/001/stderr.log"), "why\n");
    assert_eq!(project.state("E0001@full"), "failed");
    project.isocost(&["status", "--exit-code"]).exits(4).prints("failed");
    project.isocost(&["status"]).exits(0);
}

#[test]
fn five_says_who_holds_the_store() {
    let project = Project::with_queue(
        "- [ ] E0001: Waits\n  - command: `touch started; while ! test -e go; do sleep 0.01; done`\n",
    );
    let first = project.start(&["run", "experiments.md"]);
    wait_until("the job runs", || project.path("started").exists());
    let second = project.isocost(&["run"]).exits(5);
    assert!(second.stderr.contains(&format!("process {}", first.id())), "{}", second.stderr);
    assert!(second.stderr.contains("run experiments.md"), "{}", second.stderr);
    // To look is allowed meanwhile.
    assert_eq!(project.state("E0001@full"), "running");
    let json = project.isocost(&["run", "--json"]).exits(5);
    let error: serde_json::Value = serde_json::from_str(&json.stderr).unwrap();
    assert_eq!((error["exit"].as_u64(), json.stdout.as_str()), (Some(5), ""));
    project.write("go", "");
    end_of(first).exits(0);
    project.isocost(&["run"]).exits(0);
}

#[test]
fn six_says_that_a_look_on_record_was_changed() {
    let project = with_claims(&["delta(a, b) >= 0.1 and p < 0.05"]);
    project.isocost(&["run"]).exits(0);
    project.isocost(&["prove"]).exits(0);
    tamper(&project, ".isocost/looks.jsonl", "\"n_items\":40", "\"n_items\":41");
    project.isocost(&["prove"]).exits(6).says("looks.jsonl:1");
    project.isocost(&["report"]).exits(6).says("looks.jsonl:1");
}

#[test]
fn six_says_that_a_verdict_on_record_was_changed() {
    let project = with_claims(&["delta(a, b) >= 0.9 and p < 0.05"]);
    project.isocost(&["run"]).exits(0);
    project.isocost(&["prove"]).exits(1);
    tamper(&project, ".isocost/verdicts.jsonl", "\"refuted\"", "\"supported\"");
    let ledger = project.read("experiments.md");
    project.isocost(&["write-back"]).exits(6).says("verdicts.jsonl:1");
    assert_eq!(project.read("experiments.md"), ledger);
}

#[test]
fn six_says_that_a_recorded_artifact_was_changed() {
    let project = with_claims(&["delta(a, b) >= 0.1 and p < 0.05"]);
    project.isocost(&["run"]).exits(0);
    tamper(&project, RECORDED, "i0,0,a,1,1,tokens,test,acc,0", "i0,0,a,1,1,tokens,test,acc,1");
    project.isocost(&["verify"]).exits(6).prints("altered:").prints("outcomes.csv");
    project.isocost(&["prove"]).exits(1).prints("invalid").prints("was changed after it was recorded");
    // What was recorded can be made again, and counts again.
    project.isocost(&["run"]).exits(0).says("outcomes.csv is missing or was changed");
    project.isocost(&["verify"]).exits(0);
}

#[test]
fn seven_says_which_line_is_no_text_and_what_to_do() {
    let project = Project::new();
    project.write("latin.md", b"# T\n\n- [ ] E0001: caf\xe9\n");
    for verb in ["audit", "show", "plan", "run", "status", "verify", "prove", "report", "write-back", "looks"]
    {
        project.isocost(&[verb, "latin.md"]).exits(7).says("latin.md:3:").says("iconv");
    }
    assert!(!project.path(".isocost/attempts").exists());
}

#[test]
fn seven_says_which_path_cannot_be_read() {
    let project = Project::new();
    for verb in ["audit", "show", "plan", "run", "status", "verify", "prove", "report", "write-back", "looks"]
    {
        project.isocost(&[verb, "absent.md"]).exits(7).says("absent.md");
        project.isocost(&[verb, "."]).exits(7).says("cannot read .");
        project.isocost(&[verb, "experiments.md/below"]).exits(7).says("experiments.md/below");
    }
    assert_eq!(project.files(), []);
}

#[test]
fn seven_says_that_a_store_is_of_a_newer_version() {
    let project = with_claims(&["delta(a, b) >= 0.1"]);
    project.isocost(&["run"]).exits(0);
    tamper(&project, ".isocost/store.json", "isocost/store/1", "isocost/store/2");
    let before = project.files();
    project.isocost(&["run"]).exits(7).says("newer").says("nothing was changed");
    assert_eq!(project.files(), before);
}

#[test]
fn eight_says_that_entries_wait_for_each_other() {
    let project = Project::with_queue(
        "- [ ] E0001: One\n  - command: `true`\n  - needs: E0002\n- [ ] E0002: Two\n  - command: `true`\n  - needs: E0001\n",
    );
    for args in [&["plan"][..], &["run"], &["run", "--dry-run"]] {
        project
            .isocost(args)
            .exits(8)
            .says("E0001@full after E0002@full")
            .says("E0002@full after E0001@full");
    }
    assert!(!project.path(".isocost/attempts").exists());
}

#[test]
fn eight_says_that_nobody_writes_what_is_read() {
    let project = Project::with_queue(
        "- [ ] E0001: Reads\n  - command: `python a.py --in runs/E0009_x/metrics.json`\n",
    );
    project.isocost(&["run"]).exits(8).says("runs/E0009_x/metrics.json").says("E0009");
}

#[test]
fn eight_says_that_a_pattern_fits_two_experiments() {
    let project = Project::with_queue(
        "- [ ] E0001: One\n  - command: `OUT_DIR=runs/E0001_$(date +%F) sh s.sh`\n\
         - [ ] E0002: Two\n  - command: `OUT_DIR=runs/E0002_$(date +%F) sh s.sh`\n\
         - [ ] E0003: Joins\n  - command: `python join.py --in runs/*/metrics.json --out-json all.json`\n",
    );
    project.isocost(&["run"]).exits(8).says("runs/*/metrics.json").says("E0001, E0002");
}

#[test]
fn every_error_is_one_json_object_where_json_was_asked_for() {
    let project = Project::with_queue("- [ ] E0001: One\n  - command: `true`\n  - needs: E0001\n");
    project.write("latin.md", b"\xe9");
    for args in [
        &["run", "--json"][..],
        &["audit", "latin.md", "--json"],
        &["prove", "--json"],
        &["show", "none.md", "--json"],
    ] {
        let outcome = project.isocost(args);
        assert!(DOCUMENTED.contains(&outcome.code));
        let error: serde_json::Value = serde_json::from_str(&outcome.stderr).unwrap();
        assert_eq!(error["schema"], "isocost/error/1");
        assert_eq!(error["exit"].as_i64(), Some(i64::from(outcome.code)));
        assert_eq!(outcome.stdout, "");
    }
}

#[test]
fn five_says_that_another_process_writes_the_looks() {
    let project = with_claims(&["delta(a, b) >= 0.1 and p < 0.05"]);
    project.isocost(&["run"]).exits(0);
    project.isocost(&["prove"]).exits(0);
    let lock = project.path(".isocost/looks.jsonl.lock");
    let held = std::fs::File::open(&lock).unwrap();
    held.lock().unwrap();
    project.isocost(&["prove"]).exits(5).says("looks.jsonl.lock");
    drop(held);
    project.isocost(&["prove"]).exits(0);
}
