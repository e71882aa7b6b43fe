//! Paths in a ledger do not lead out of its project.

use crate::fixture::{Project, queue};

fn requires(path: &str) -> String {
    format!("- [ ] E0001: Hostile\n  - command: `true`\n  - required_artifacts:\n    - `{path}`\n")
}

/// A project in which the path is not accepted as an artifact, for this reason.
#[track_caller]
fn is_refused(project: &Project, path: &str, why: &str) {
    project.write("experiments.md", queue(&requires(path)));
    project.isocost(&["run", "--force"]).exits(3).says(path).says(why);
    project.isocost(&["verify"]).exits(3).prints(why);
}

#[test]
fn a_path_upwards_is_refused() {
    let project = Project::new();
    for path in ["../secret", "a/../../secret", "./../secret", "../../../../../../../../etc/hostname"] {
        is_refused(&project, path, "leaves the project's directory");
    }
}

#[test]
fn an_absolute_path_is_refused() {
    is_refused(&Project::new(), "/etc/hostname", "absolute path outside the project's directory");
}

#[test]
fn a_link_out_of_the_project_is_not_followed() {
    let project = Project::new();
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::write(elsewhere.path().join("secret"), "s").unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), project.path("link")).unwrap();
    is_refused(&project, "link/secret", "leads out of the project");
    is_refused(&project, "link/*", "leads out of the project");
}

#[test]
fn a_link_that_an_attempt_leaves_is_not_followed_either() {
    let project = Project::with_queue(
        "- [ ] E0001: Links\n  - command: `ln -s /etc/hostname \"$ISOCOST_OUT/metrics.json\"`\n  \
         - required_artifacts:\n    - `metrics.json`\n",
    );
    project.isocost(&["run"]).exits(3).says("leads out of the project");
}

#[test]
fn an_id_never_becomes_a_path() {
    let project = Project::new();
    let hostile =
        "| id | command |\n| --- | --- |\n| ../E0001 | `touch ran` |\n| E0001/../../x | `touch ran` |\n";
    project.write("experiments.md", queue("- [ ] E0002: Fine\n  - command: `true`\n") + hostile);
    let _ = project.isocost(&["run"]);
    assert!(!project.path("ran").exists());
    let outside = project.root().parent().unwrap().join("E0001");
    assert!(!outside.exists());
    project.isocost(&["run", "experiments.md", "../E0001"]);
    assert!(!outside.exists());
}

#[test]
fn a_nul_in_a_path_is_a_reason_not_a_crash() {
    let project = Project::with_queue(&requires("a\0b"));
    project.isocost(&["run"]).exits(3).says("NUL");
}

#[test]
fn a_table_upwards_is_not_read_for_a_claim() {
    let project = Project::new();
    let dir = project.path("inner");
    std::fs::create_dir_all(&dir).unwrap();
    project.write("outcomes.csv", "item,seed,arm,budget,cost,cost_unit,split,metric,value\n");
    project.write(
        "inner/experiments.md",
        "# T\n\n## Claims\n- [ ] C0001: Outside.\n  - rule: `delta(a, b) > 0`\n  - table: `../outcomes.csv`\n",
    );
    let outcome = project.isocost(&["prove", "inner/experiments.md"]);
    assert!([1, 7].contains(&outcome.code), "{} {}", outcome.code, outcome.stderr);
}
