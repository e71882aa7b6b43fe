use std::time::{Duration, Instant};

use isocost_run::exec::{Interrupt, OnFailure, RunVerdict};
use isocost_run::store::AttemptOutcome;

use crate::fixture::{Fixture, JobExt, is_alive, job, options, wait_until, words};

#[test]
fn a_failure_stops_the_start_of_others_unless_they_are_to_go_on() {
    let jobs = [
        job("E0001", &["exit 1"]),
        job("E0002", &["touch two"]).needs("E0001", None),
        job("E0003", &["sleep 0.2; touch three"]),
        job("E0004", &["touch four"]),
    ];
    let mut options = options();
    options.jobs = 1;
    let fixture = Fixture::new();
    let (summary, _) = fixture.run_with(&jobs, &options);
    assert_eq!(summary.verdict, RunVerdict::Failed);
    assert_eq!(words(&summary, "E0002"), "skipped: E0001@full did not succeed");
    assert!(words(&summary, "E0004").contains("--keep-going"));
    assert!(!fixture.root().join("four").exists());

    options.on_failure = OnFailure::KeepGoing;
    let fixture = Fixture::new();
    let (summary, _) = fixture.run_with(&jobs, &options);
    assert_eq!(summary.verdict, RunVerdict::Failed);
    assert_eq!(words(&summary, "E0004"), "succeeded");
    assert!(fixture.root().join("four").exists() && !fixture.root().join("two").exists());
}

#[test]
fn commands_run_in_order_and_stop_at_the_first_failure() {
    let fixture = Fixture::new();
    let summary = fixture.run(&[job("E0001", &["echo a >> log", "exit 4", "echo c >> log"])]);
    assert_eq!(words(&summary, "E0001"), "failed: command 2: exit code 4");
    assert_eq!(fixture.read("log"), "a\n");
    let record = fixture.record("E0001", 1);
    let exits: Vec<_> = record.commands.iter().map(|command| command.exit).collect();
    assert_eq!(exits, [Some(0), Some(4), None]);
    assert!(record.commands[2].resolved.is_none());
}

#[test]
fn a_time_limit_ends_the_whole_group_even_if_it_does_not_listen() {
    let fixture = Fixture::new();
    let text = "trap '' TERM; (trap '' TERM; echo $BASHPID > child; sleep 60) & wait; sleep 60";
    let started = Instant::now();
    let summary = fixture.run(&[job("E0001", &[text]).limit(Duration::from_millis(300))]);
    assert!(started.elapsed() < Duration::from_secs(10));
    assert_eq!(words(&summary, "E0001"), "timed out: it reached its time limit of 0.3 s");
    let child: i32 = fixture.read("child").trim().parse().unwrap();
    assert!(!is_alive(child));
    assert_eq!(fixture.record("E0001", 1).outcome, AttemptOutcome::TimedOut);
}

#[test]
fn a_polite_command_can_clean_up_at_its_time_limit() {
    let fixture = Fixture::new();
    let text = "trap 'echo cleaned > mark; exit 0' TERM; sleep 60 & wait";
    fixture.run(&[job("E0001", &[text]).limit(Duration::from_millis(200))]);
    assert_eq!(fixture.read("mark"), "cleaned\n");
    // It said 0, but it did not finish.
    assert_eq!(fixture.record("E0001", 1).outcome, AttemptOutcome::TimedOut);
}

#[test]
fn work_in_the_background_belongs_to_the_attempt() {
    let fixture = Fixture::new();
    let jobs =
        [job("E0001", &["nohup bash -c 'sleep 0.3; echo late > late.txt' > log 2>&1 &"]).leaves("late.txt")];
    let summary = fixture.run(&jobs);
    assert_eq!(words(&summary, "E0001"), "succeeded");
}

#[test]
fn a_failed_command_takes_its_background_work_with_it() {
    let fixture = Fixture::new();
    let started = Instant::now();
    fixture.run(&[job("E0001", &["sleep 60 & echo $! > child; exit 1"])]);
    assert!(started.elapsed() < Duration::from_secs(10));
    assert!(!is_alive(fixture.read("child").trim().parse().unwrap()));
}

#[test]
fn a_command_that_is_killed_says_by_what() {
    let fixture = Fixture::new();
    let summary = fixture.run(&[job("E0001", &["kill -9 $$"])]);
    assert_eq!(words(&summary, "E0001"), "failed: killed by SIGKILL");
    assert_eq!(fixture.record("E0001", 1).commands[0].signal, Some(9));
}

#[test]
fn a_first_interrupt_is_graceful_and_a_second_one_is_hard() {
    let fixture = Fixture::new();
    let jobs = [
        job("E0001", &["trap 'echo bye > bye; exit 1' TERM; touch ready1; sleep 60 & wait"]),
        job("E0002", &["trap '' TERM; touch ready2; for i in {1..1200}; do sleep 0.05; done"]),
        job("E0003", &["touch never"]),
    ];
    let mut options = options();
    options.grace = Duration::from_mins(1);
    options.interrupt = Interrupt::default();
    let interrupt = options.interrupt.clone();
    let started = Instant::now();
    let summary = std::thread::scope(|scope| {
        let run = scope.spawn(|| fixture.run_with(&jobs, &options).0);
        wait_until("both run", || {
            fixture.root().join("ready1").exists() && fixture.root().join("ready2").exists()
        });
        interrupt.request();
        wait_until("the first one cleaned up", || fixture.root().join("bye").exists());
        interrupt.request();
        run.join().unwrap()
    });
    assert!(started.elapsed() < Duration::from_secs(15));
    assert_eq!(summary.verdict, RunVerdict::Interrupted);
    assert_eq!(words(&summary, "E0001"), "interrupted: the run was stopped");
    assert_eq!(words(&summary, "E0002"), "interrupted: the run was stopped");
    assert_eq!(words(&summary, "E0003"), "not started: the run was stopped");
    assert!(!fixture.root().join("never").exists());
}

#[test]
fn slots_and_gpus_are_never_used_twice() {
    let fixture = Fixture::new();
    let text = "echo $CUDA_VISIBLE_DEVICES > $ISOCOST_OUT/gpu; mkdir lock.$CUDA_VISIBLE_DEVICES || exit 1; sleep 0.05; rmdir lock.$CUDA_VISIBLE_DEVICES";
    let jobs: Vec<_> = (1..=6)
        .map(|number| {
            let mut job = job(&format!("E{number:04}"), &[text]);
            job.resources.gpus = 1;
            job
        })
        .collect();
    let mut options = options();
    options.jobs = 4;
    options.gpus = vec!["0".to_owned(), "3".to_owned()];
    let (summary, _) = fixture.run_with(&jobs, &options);
    assert_eq!(summary.verdict, RunVerdict::Done, "{summary:?}");
    let devices: std::collections::BTreeSet<_> =
        (1..=6).map(|number| fixture.record(&format!("E{number:04}"), 1).devices).collect();
    assert_eq!(devices.into_iter().flatten().collect::<Vec<_>>(), ["0", "3"]);
}

#[test]
fn a_job_that_takes_more_gpus_than_are_free_says_so() {
    let fixture = Fixture::new();
    let mut hungry = job("E0001", &["true"]);
    hungry.resources.gpus = 1;
    let summary = fixture.run(&[hungry]);
    assert!(words(&summary, "E0001").contains("it takes 1 GPU(s), but 0 may be used"));
}
