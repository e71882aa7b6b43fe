//! `kill -9` of the runner, of its children, and of both. The runner is this very test program, started again.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use isocost_run::exec::{JobResult, RunVerdict};
use isocost_run::ident::JobId;
use isocost_run::plan::Job;
use isocost_run::store::{Attempt, AttemptOutcome, AttemptState, StoreError};

use crate::fixture::{Fixture, JobExt, is_alive, job, result, wait_until};

const ROLE: &str = "ISOCOST_TEST_RUNNER";

/// Writes its process id and waits until a file says that it may go on: for a minute at most, and no longer than the
/// project is there, so that nothing outlives a test that fails or is killed.
const WAITER: &str = "echo $$ > pid.tmp; mv pid.tmp pid; rounds=0
while ! test -e go; do
  rounds=$((rounds + 1)); if ! test -e pid || test $rounds -gt 3000; then exit 1; fi; sleep 0.02
done
echo done >> done";

fn jobs() -> [Job; 2] {
    [job("E0001", &["echo first > first"]), job("E0002", &[WAITER]).needs("E0001", None)]
}

/// A runner in a process of its own. It and the job that it left behind are ended at the latest when the test is.
struct Runner {
    process: Child,
    root: PathBuf,
}

impl Runner {
    fn start(fixture: &Fixture) -> Self {
        let process = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "kills::the_runner_of_the_kill_tests", "--nocapture"])
            .env(ROLE, fixture.root())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self { process, root: fixture.root().canonicalize().unwrap() }
    }

    fn start_and_wait(fixture: &Fixture) -> Self {
        let runner = Self::start(fixture);
        wait_until("the second job runs", || fixture.root().join("pid").exists());
        runner
    }

    fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let Ok(pid) = std::fs::read_to_string(self.root.join("pid")) else { return };
        // Only what works in this very project: numbers are given again.
        let is_ours =
            std::fs::read_link(format!("/proc/{}/cwd", pid.trim())).is_ok_and(|dir| dir == self.root);
        if is_ours {
            let _ = Command::new("kill").args(["-9", pid.trim()]).status();
        }
    }
}

#[test]
fn the_runner_of_the_kill_tests() {
    let Some(root) = std::env::var_os(ROLE) else { return };
    let fixture = Fixture::at(Path::new(&root));
    fixture.run(&jobs());
}

fn kill_hard(pid: i32) {
    let status = Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap();
    assert!(status.success());
}

fn shell_pid(fixture: &Fixture) -> i32 {
    fixture.read("pid").trim().parse().unwrap()
}

fn state(fixture: &Fixture, job: &str) -> AttemptState {
    let store = fixture.look();
    let latest = store.snapshot().latest(&JobId::parse(job).unwrap()).map(|attempt: &Attempt| attempt.state);
    latest.unwrap()
}

#[test]
fn a_running_attempt_is_running_and_a_second_runner_is_told_so() {
    let fixture = Fixture::new();
    let mut runner = Runner::start_and_wait(&fixture);
    assert_eq!(state(&fixture, "E0001"), AttemptState::Ended(AttemptOutcome::Succeeded));
    assert_eq!(state(&fixture, "E0002"), AttemptState::Running);
    let Err(StoreError::Held { holder, .. }) = fixture.try_store() else { panic!("opened twice") };
    assert_eq!(holder.pid, runner.process.id());
    fixture.write("go", "");
    assert!(runner.process.wait().unwrap().success());
    assert_eq!(state(&fixture, "E0002"), AttemptState::Ended(AttemptOutcome::Succeeded));
}

#[test]
fn after_the_runner_and_its_child_were_killed_the_attempt_is_interrupted_and_run_goes_on() {
    let fixture = Fixture::new();
    let mut runner = Runner::start_and_wait(&fixture);
    runner.kill();
    kill_hard(shell_pid(&fixture));
    wait_until("the child is gone", || !is_alive(shell_pid(&fixture)));
    wait_until("the log is free", || state(&fixture, "E0002") != AttemptState::Orphaned);
    assert_eq!(state(&fixture, "E0002"), AttemptState::Ended(AttemptOutcome::Interrupted));
    fixture.write("go", "");
    let summary = fixture.run(&jobs());
    assert_eq!(summary.verdict, RunVerdict::Done);
    assert!(matches!(result(&summary, "E0001"), JobResult::Fresh { .. }));
    assert_eq!(fixture.record("E0002", 2).outcome, AttemptOutcome::Succeeded);
    assert_eq!(fixture.read("done"), "done\n");
}

#[test]
fn a_child_that_outlives_its_runner_is_orphaned_and_its_job_is_not_started_twice() {
    let fixture = Fixture::new();
    let mut runner = Runner::start_and_wait(&fixture);
    runner.kill();
    assert_eq!(state(&fixture, "E0002"), AttemptState::Orphaned);
    let summary = fixture.run(&jobs());
    assert_eq!(summary.verdict, RunVerdict::Outstanding);
    let JobResult::StillAlive { processes, .. } = result(&summary, "E0002") else { panic!("{summary:?}") };
    assert!(processes.contains(&shell_pid(&fixture)), "{processes:?}");
    fixture.write("go", "");
    wait_until("the orphan ends", || fixture.root().join("done").exists());
    wait_until("the log is free", || state(&fixture, "E0002") != AttemptState::Orphaned);
    // Nobody saw how it ended.
    assert_eq!(state(&fixture, "E0002"), AttemptState::Ended(AttemptOutcome::Interrupted));
    assert_eq!(fixture.run(&jobs()).verdict, RunVerdict::Done);
    assert_eq!(fixture.read("done"), "done\ndone\n");
}

#[test]
fn a_killed_child_is_a_failure_that_its_runner_records() {
    let fixture = Fixture::new();
    let mut runner = Runner::start_and_wait(&fixture);
    kill_hard(shell_pid(&fixture));
    runner.process.wait().unwrap();
    let record = fixture.record("E0002", 1);
    assert_eq!((record.outcome, record.commands[0].signal), (AttemptOutcome::Failed, Some(9)));
    fixture.write("go", "");
    assert_eq!(fixture.run(&jobs()).verdict, RunVerdict::Done);
}

#[test]
fn a_runner_that_is_killed_at_any_moment_leaves_a_store_that_goes_on() {
    for milliseconds in [0_u64, 3, 6, 9, 12, 18, 25, 40] {
        let fixture = Fixture::new();
        fixture.write("go", "");
        let mut runner = Runner::start(&fixture);
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        runner.kill();
        let alive = || fixture.look().snapshot().iter().any(Attempt::is_alive);
        wait_until("nothing of it runs", || !alive());
        let summary = fixture.run(&jobs());
        assert_eq!(summary.verdict, RunVerdict::Done, "after {milliseconds} ms: {summary:?}");
        assert!(fixture.look().snapshot().foreign().is_empty());
    }
}
