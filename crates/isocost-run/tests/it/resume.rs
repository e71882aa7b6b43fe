use isocost_run::exec::{Event, JobResult, PreviewAction, RunVerdict, preview};

use crate::fixture::{Fixture, JobExt, job, options, result, words};

#[test]
fn a_command_gets_its_environment_and_leaves_a_record() {
    let fixture = Fixture::new();
    let text = "echo \"$ISOCOST_ID $ISOCOST_STAGE $ISOCOST_ATTEMPT $ISOCOST_SEEDS\" > $ISOCOST_OUT/a.txt; pwd; echo bad >&2";
    let summary = fixture.run(&[job("E0001@smoke", &[text])]);
    assert_eq!(summary.verdict, RunVerdict::Done);
    let dir = fixture.attempt_dir("E0001@smoke", 1);
    assert_eq!(std::fs::read_to_string(dir.join("artifacts/a.txt")).unwrap(), "E0001 smoke 001 0,1\n");
    let root = fixture.root().canonicalize().unwrap();
    assert_eq!(std::fs::read_to_string(dir.join("stdout.log")).unwrap().trim(), root.to_str().unwrap());
    assert_eq!(std::fs::read_to_string(dir.join("stderr.log")).unwrap(), "bad\n");
    let record = fixture.record("E0001@smoke", 1);
    assert_eq!(record.commands[0].exit, Some(0));
    assert_eq!(record.outputs[0].path, "artifacts/a.txt");
    assert_eq!(record.outputs[0].blake3.as_str(), blake3::hash(b"E0001 smoke 001 0,1\n").to_hex().as_str());
    assert!(record.ended.unwrap() >= record.started);
}

#[test]
fn a_second_run_does_nothing_and_says_since_when() {
    let fixture = Fixture::new();
    let jobs = [job("E0001", &["echo x >> count"])];
    fixture.run(&jobs);
    let summary = fixture.run(&jobs);
    assert!(matches!(result(&summary, "E0001"), JobResult::Fresh { .. }));
    assert_eq!(words(&summary, "E0001"), "unchanged since attempt 001");
    assert_eq!(fixture.read("count"), "x\n");
}

#[test]
fn a_rerun_says_what_changed() {
    let fixture = Fixture::new();
    fixture.write("in.txt", "one");
    let jobs = |text: &str| [job("E0001", &[text])];
    let cat = "cat in.txt > $ISOCOST_OUT/copy.txt";
    assert_eq!(fixture.reasons(&jobs(cat)), ["E0001@full: no attempt is recorded"]);
    assert!(fixture.reasons(&jobs(cat)).is_empty());
    fixture.write("in.txt", "two");
    let (was, is) = (blake3::hash(b"one").to_hex(), blake3::hash(b"two").to_hex());
    let changed = format!("E0001@full: input in.txt changed: {} → {}", &was[..8], &is[..8]);
    assert_eq!(fixture.reasons(&jobs(cat)), [changed]);
    let cat = "cat in.txt in.txt > $ISOCOST_OUT/copy.txt";
    assert_eq!(fixture.reasons(&jobs(cat)), ["E0001@full: command 1 changed"]);
    std::fs::remove_file(fixture.attempt_dir("E0001", 3).join("artifacts/copy.txt")).unwrap();
    assert_eq!(
        fixture.reasons(&jobs(cat)),
        ["E0001@full: output artifacts/copy.txt is missing or was changed"]
    );
    let mut seeds = jobs(cat);
    seeds[0].seeds = vec![7];
    assert_eq!(fixture.reasons(&seeds), ["E0001@full: seeds changed"]);
    assert!(fixture.reasons(&seeds).is_empty());
}

#[test]
fn a_failed_attempt_is_run_again_and_a_retry_is_a_new_attempt() {
    let fixture = Fixture::new();
    let jobs = [job("E0001", &["test -e flag || { touch flag; exit 3; }"])];
    let summary = fixture.run(&jobs);
    assert_eq!(words(&summary, "E0001"), "failed: exit code 3");
    assert_eq!(fixture.reasons(&jobs), ["E0001@full: the last attempt: failed"]);

    let fixture = Fixture::new();
    let mut options = options();
    options.retries = 1;
    let (summary, events) = fixture.run_with(&jobs, &options);
    assert_eq!(summary.verdict, RunVerdict::Done);
    assert!(
        events.iter().any(|event| matches!(event, Event::Retrying { reason, .. } if reason == "exit code 3"))
    );
    assert_eq!(fixture.record("E0001", 2).commands[0].exit, Some(0));
}

#[test]
fn a_newer_attempt_of_a_need_runs_the_dependant_again() {
    let fixture = Fixture::new();
    let jobs =
        |text: &str| [job("E0001", &[text]), job("E0002", &["cat $ISOCOST_IN_E0001/a > $ISOCOST_OUT/b"])];
    fixture.run(&jobs("echo 1 > $ISOCOST_OUT/a"));
    assert_eq!(fixture.record("E0002", 1).needs, ["E0001@full#001"]);
    let why = fixture.reasons(&jobs("echo 2 > $ISOCOST_OUT/a"));
    assert_eq!(why, ["E0001@full: command 1 changed", "E0002@full: it now builds on E0001@full#002"]);
    let b = fixture.attempt_dir("E0002", 2).join("artifacts/b");
    assert_eq!(std::fs::read_to_string(b).unwrap(), "2\n");
}

#[test]
fn a_pattern_takes_the_recorded_file_not_the_newest_one() {
    let fixture = Fixture::new();
    let jobs = [
        job(
            "E0801",
            &[
                "OUT_DIR=runs/E0801_x_$(date +%Y%m%d-%H%M%S) && mkdir -p $OUT_DIR && echo mine > $OUT_DIR/best.json",
            ],
        ),
        job(
            "E0802",
            &[
                "BEST=runs/E0801_*/best.json bash -c 'cat $BEST > $ISOCOST_OUT/a'",
                "X=$(ls -t runs/E0801_*/best.json | head -n 1) bash -c 'cat $X > $ISOCOST_OUT/b'",
            ],
        ),
    ];
    fixture.run(&jobs[..1]);
    fixture.write("runs/E0801_zzz/best.json", "someone else's, and newer\n");
    let summary = fixture.run(&jobs);
    assert_eq!(summary.verdict, RunVerdict::Done, "{summary:?}");
    let own = fixture.attempt_dir("E0802", 1).join("artifacts");
    assert_eq!(std::fs::read_to_string(own.join("a")).unwrap(), "mine\n");
    assert_eq!(std::fs::read_to_string(own.join("b")).unwrap(), "mine\n");
    let record = fixture.record("E0802", 1);
    assert_eq!(record.inputs[0].from.as_deref(), Some("E0801@full#001"));
    assert!(record.commands[0].resolved.as_ref().unwrap().starts_with("BEST=runs/E0801_x_20"));
}

#[test]
fn a_later_command_reads_what_this_attempt_wrote() {
    let fixture = Fixture::new();
    fixture.write("runs/E0811_old/metrics.json", "{\"old\":1}");
    let jobs = [job(
        "E0811",
        &[
            "OUT_DIR=runs/E0811_q_$(date +%Y%m%d-%H%M%S) bash -c 'mkdir -p $OUT_DIR && echo {} > $OUT_DIR/metrics.json'",
            "IN_METRICS=runs/E0811_*/metrics.json OUT_DIR=runs/E0811_* bash -c 'cp $IN_METRICS $OUT_DIR/diagnose.json'",
        ],
    )
    .leaves("runs/E0811_*/metrics.json")
    .leaves("runs/E0811_*/diagnose.json")];
    let summary = fixture.run(&jobs);
    assert_eq!(summary.verdict, RunVerdict::Done, "{summary:?}");
    let outputs: Vec<_> =
        fixture.record("E0811", 1).outputs.iter().map(|output| output.path.clone()).collect();
    assert_eq!(outputs.len(), 2, "{outputs:?}");
    assert!(outputs.iter().all(|path| path.starts_with("runs/E0811_q_20")), "{outputs:?}");
}

#[test]
fn two_attempts_within_a_second_have_directories_of_their_own() {
    let fixture = Fixture::new();
    let jobs = [job(
        "E0001",
        &[
            "OUT_DIR=runs/E0001_$(date +%Y%m%d-%H%M%S) bash -c 'mkdir -p runs && mkdir $OUT_DIR && echo 1 > $OUT_DIR/a; exit 1'",
        ],
    )];
    let mut options = options();
    options.retries = 2;
    fixture.run_with(&jobs, &options);
    assert_eq!(std::fs::read_dir(fixture.root().join("runs")).unwrap().count(), 3);
}

#[test]
fn a_preview_says_what_a_run_would_do_and_does_nothing() {
    let fixture = Fixture::new();
    let jobs = [job("E0001", &["touch done"]), job("E0002", &["true"]).needs("E0001", None)];
    let plan = fixture.plan(&jobs);
    let previews = preview(&plan, &fixture.project, &fixture.look(), &options());
    assert!(matches!(previews[0].action, PreviewAction::Run { .. }));
    assert!(matches!(&previews[1].action, PreviewAction::Depends { on } if on.len() == 1));
    assert!(!fixture.root().join("done").exists() && !fixture.project.default_store().exists());
    fixture.run(&jobs);
    let previews = preview(&fixture.plan(&jobs), &fixture.project, &fixture.look(), &options());
    assert!(
        previews.iter().all(|preview| matches!(preview.action, PreviewAction::Fresh { .. })),
        "{previews:?}"
    );
}
