//! Runners and jobs that are killed or stopped, and what `status` and `run` make of it.

use crate::fixture::{Project, end_of, signal, wait_until};

/// A first job that succeeds, and a second that writes its process id and waits for leave to end.
fn project() -> Project {
    let project = Project::with_queue(
        "- [ ] E0001: First\n  - command: `echo once >> first`\n\
         - [ ] E0002: Waits\n  - command: `sh wait.sh`\n  - needs: E0001\n",
    );
    project.write(
        "wait.sh",
        "echo $$ > pid.tmp; mv pid.tmp pid\nwhile ! test -e go; do sleep 0.01; done\necho done >> done\n",
    );
    project
}

fn started(project: &Project) -> (std::process::Child, String) {
    let runner = project.start(&["run"]);
    wait_until("the second job runs", || project.path("pid").exists());
    let job = project.read("pid").trim().to_owned();
    (runner, job)
}

fn ends(project: &Project, state: &str) {
    wait_until(state, || project.state("E0002@full") == state);
}

/// Lets the second job end, and runs what is left.
fn goes_on(project: &Project) {
    project.write("go", "");
    project.isocost(&["run"]).exits(0).says("E0001@full: unchanged").says("E0002@full: succeeded");
    assert_eq!(project.read("first"), "once\n");
    assert_eq!(project.state("E0002@full"), "succeeded");
}

#[test]
fn a_killed_job_is_a_failure_with_its_signal_and_run_goes_on() {
    let project = project();
    let (runner, job) = started(&project);
    assert_eq!(project.state("E0002@full"), "running");
    signal("KILL", &job);
    end_of(runner).exits(4).says("killed by SIGKILL");
    assert_eq!(project.state("E0002@full"), "failed");
    goes_on(&project);
}

#[test]
fn a_killed_runner_leaves_an_orphan_that_is_not_started_twice() {
    let project = project();
    let (runner, job) = started(&project);
    signal("KILL", runner.id());
    end_of(runner).exits(-1);
    assert_eq!(project.state("E0001@full"), "succeeded");
    assert_eq!(project.state("E0002@full"), "running (orphaned)");
    let text = project.isocost(&["status"]).exits(0);
    assert!(text.stdout.contains(&job), "{}", text.stdout);
    project.isocost(&["run"]).exits(4).says(&format!("kill {job}"));
    project.write("go", "");
    wait_until("the orphan ends", || project.path("done").exists());
    ends(&project, "interrupted");
    goes_on(&project);
    assert_eq!(project.read("done"), "done\ndone\n");
}

#[test]
fn a_killed_runner_with_its_killed_job_was_interrupted_and_run_goes_on() {
    let project = project();
    let (runner, job) = started(&project);
    signal("KILL", runner.id());
    end_of(runner).exits(-1);
    signal("KILL", &job);
    ends(&project, "interrupted");
    goes_on(&project);
    assert_eq!(project.read("done"), "done\n");
}

#[test]
fn one_interrupt_asks_the_job_to_end_and_records_it() {
    let project = Project::with_queue(
        "- [ ] E0001: Waits\n  - command: `sh wait.sh`\n- [ ] E0002: Never\n  - command: `touch never`\n  - needs: E0001\n",
    );
    project.write(
        "wait.sh",
        "trap 'echo asked > asked; exit 1' TERM\ntouch pid\nwhile :; do sleep 0.01; done\n",
    );
    let runner = project.start(&["run", "--grace", "20"]);
    wait_until("the job runs", || project.path("pid").exists());
    signal("INT", runner.id());
    end_of(runner).exits(4).says("stopping");
    assert_eq!(project.read("asked"), "asked\n");
    assert!(!project.path("never").exists());
    assert_eq!(project.states()[0].1, "interrupted");
    assert_eq!(project.states()[1].1, "not run");
}

#[test]
fn a_second_interrupt_kills_a_job_that_does_not_listen() {
    let project = Project::with_queue("- [ ] E0001: Deaf\n  - command: `sh deaf.sh`\n");
    project.write("deaf.sh", "trap 'touch asked' TERM\ntouch pid\nwhile :; do sleep 0.01; done\n");
    let runner = project.start(&["run", "--grace", "300"]);
    wait_until("the job runs", || project.path("pid").exists());
    signal("INT", runner.id());
    wait_until("the job was asked", || project.path("asked").exists());
    signal("INT", runner.id());
    end_of(runner).exits(4);
    assert_eq!(project.state("E0001@full"), "interrupted");
}

#[test]
fn a_job_that_does_not_listen_is_killed_after_the_grace() {
    let project = Project::with_queue("- [ ] E0001: Deaf\n  - command: `sh deaf.sh`\n");
    project.write("deaf.sh", "trap '' TERM\ntouch pid\nwhile :; do sleep 0.01; done\n");
    let runner = project.start(&["run", "--grace", "1"]);
    wait_until("the job runs", || project.path("pid").exists());
    signal("INT", runner.id());
    end_of(runner).exits(4);
    assert_eq!(project.state("E0001@full"), "interrupted");
}
