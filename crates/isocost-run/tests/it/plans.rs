use isocost_ledger::model::Stage;
use isocost_run::ident::JobId;
use isocost_run::plan::{Closed, EdgeKind, PlanOptions, PlanProblem, Selection, to_dot, to_mermaid, to_view};

use crate::fixture::{Fixture, JobExt, job};

fn order(plan: &isocost_run::plan::Plan) -> Vec<String> {
    plan.jobs.iter().map(|job| job.id.to_string()).collect()
}

#[test]
fn a_reader_comes_after_the_writer_that_stands_below_it() {
    let fixture = Fixture::new();
    let reader = job("E0001", &["python use.py --in data/made.csv"]);
    let writer = job("E0002", &["python make.py --out data/made.csv"]);
    let plan = fixture.plan(&[reader, writer, job("E0003", &["true"])]);
    assert_eq!(order(&plan), ["E0002@full", "E0001@full", "E0003@full"]);
    assert_eq!(plan.edges.len(), 1);
    assert_eq!((plan.edges[0].kind, plan.edges[0].why.as_str()), (EdgeKind::Input, "data/made.csv"));
}

#[test]
fn a_pattern_with_an_id_depends_on_that_experiment() {
    let fixture = Fixture::new();
    let plan = fixture.plan(&[
        job("E0802", &["BEST=runs/E0801_*/best.json OUT_DIR=runs/E0802_$(date +%F) bash s.sh"]),
        job("E0801", &["OUT_DIR=runs/E0801_x_$(date +%F) bash s.sh"]),
    ]);
    assert_eq!(order(&plan), ["E0801@full", "E0802@full"]);
}

#[test]
fn stages_come_in_order_and_a_given_directory_is_a_need() {
    let fixture = Fixture::new();
    let plan = fixture.plan(&[
        job("E0001@full", &["true"]),
        job("E0001@smoke", &["true"]),
        job("E0002@smoke", &["cat $ISOCOST_IN_E0001/x"]),
    ]);
    assert_eq!(order(&plan), ["E0001@smoke", "E0001@full", "E0002@smoke"]);
    let kinds: Vec<_> = plan.edges.iter().map(|edge| edge.kind).collect();
    assert_eq!(kinds, [EdgeKind::Stage, EdgeKind::Need]);
}

#[test]
fn a_cycle_is_shown_with_its_reasons() {
    let fixture = Fixture::new();
    let jobs = [
        job("E0001", &["true"]).needs("E0003", None),
        job("E0002", &["true"]).needs("E0001", None),
        job("E0003", &["true"]).needs("E0002", None),
        job("E0004", &["true"]),
    ];
    let error = fixture.try_plan(&jobs, &PlanOptions::default()).unwrap_err();
    let [PlanProblem::Cycle { jobs, .. }] = error.problems.as_slice() else { panic!("{error}") };
    assert_eq!(jobs.len(), 3);
    let text = error.to_string();
    assert!(text.contains("E0002@full after E0001@full (needs declared)"), "{text}");
}

#[test]
fn an_input_that_nobody_writes_is_an_error_unless_it_is_on_disk() {
    let fixture = Fixture::new();
    let jobs = [job("E0002", &["python a.py --in runs/E0001_x/m.json"])];
    let error = fixture.try_plan(&jobs, &PlanOptions::default()).unwrap_err();
    assert!(
        matches!(&error.problems[..], [PlanProblem::MissingProducer { input, .. }] if input == "runs/E0001_x/m.json")
    );
    fixture.write("runs/E0001_x/m.json", "{}");
    assert!(fixture.try_plan(&jobs, &PlanOptions::default()).is_ok());
}

#[test]
fn a_pattern_that_fits_two_experiments_is_ambiguous() {
    let fixture = Fixture::new();
    let jobs = [
        job("E0001", &["OUT_DIR=runs/E0001_$(date +%F) bash s.sh"]),
        job("E0002", &["OUT_DIR=runs/E0002_$(date +%F) bash s.sh"]),
        job("E0003", &["python join.py --in runs/*/metrics.json --out-json out/all.json"]),
    ];
    let error = fixture.try_plan(&jobs, &PlanOptions::default()).unwrap_err();
    let [PlanProblem::AmbiguousGlob { producers, .. }] = error.problems.as_slice() else { panic!("{error}") };
    assert_eq!(producers.len(), 2);
}

#[test]
fn ticked_entries_are_run_only_when_asked_for() {
    let fixture = Fixture::new();
    let mut closed = job("E0001", &["true"]);
    closed.closed = true;
    let jobs = [closed, job("E0002", &["true"])];
    let plan = |options: &PlanOptions| order(&fixture.try_plan(&jobs, options).unwrap());
    assert_eq!(plan(&PlanOptions::default()), ["E0002@full"]);
    let all = PlanOptions { closed: Closed::Include, ..PlanOptions::default() };
    assert_eq!(plan(&all), ["E0001@full", "E0002@full"]);
    let named =
        PlanOptions { selections: vec![Selection::parse("E0001").unwrap()], ..PlanOptions::default() };
    assert_eq!(plan(&named), ["E0001@full"]);
}

#[test]
fn a_ticked_experiment_without_a_record_cannot_be_read_through_a_pattern() {
    let fixture = Fixture::new();
    let mut closed = job("E0801", &["OUT_DIR=runs/E0801_$(date +%F) bash s.sh"]);
    closed.closed = true;
    // The newest file on disk is not taken.
    fixture.write("runs/E0801_2026-01-01/best.json", "{}");
    let jobs = [closed, job("E0802", &["BEST=runs/E0801_*/best.json bash s.sh"])];
    let error = fixture.try_plan(&jobs, &PlanOptions::default()).unwrap_err();
    assert!(
        matches!(&error.problems[..], [PlanProblem::NothingRecorded { owner, .. }] if owner.0 == "E0801"),
        "{error}"
    );
}

#[test]
fn an_entry_that_is_not_implemented_is_left_out_and_refused_by_name() {
    let fixture = Fixture::new();
    let mut todo = job("E0001", &["true"]);
    todo.blocked = Some("not implemented".to_owned());
    let jobs = [todo, job("E0002", &["true"])];
    assert_eq!(order(&fixture.plan(&jobs)), ["E0002@full"]);
    let named =
        PlanOptions { selections: vec![Selection::parse("E0001").unwrap()], ..PlanOptions::default() };
    let error = fixture.try_plan(&jobs, &named).unwrap_err();
    assert!(
        matches!(&error.problems[..], [PlanProblem::NotRunnable { reason, .. }] if reason == "not implemented")
    );
}

#[test]
fn a_selection_brings_what_it_depends_on() {
    let fixture = Fixture::new();
    let jobs = [
        job("E0001@smoke", &["true"]),
        job("E0001", &["true"]),
        job("E0002", &["true"]).needs("E0001", None),
        job("E0003", &["true"]),
    ];
    let named =
        PlanOptions { selections: vec![Selection::parse("E0002").unwrap()], ..PlanOptions::default() };
    assert_eq!(order(&fixture.try_plan(&jobs, &named).unwrap()), ["E0001@smoke", "E0001@full", "E0002@full"]);
    let unknown =
        PlanOptions { selections: vec![Selection::parse("E0009").unwrap()], ..PlanOptions::default() };
    let error = fixture.try_plan(&jobs, &unknown).unwrap_err();
    assert!(matches!(&error.problems[..], [PlanProblem::UnknownExperiment { .. }]));
}

#[test]
fn a_sequential_section_keeps_the_order_without_making_a_cycle() {
    let fixture = Fixture::new();
    let sequential = |mut job: isocost_run::plan::Job| {
        job.sequence = Some((0, 1));
        job
    };
    let jobs = [
        sequential(job("E0001", &["true"]).needs("E0003", None)),
        sequential(job("E0002", &["true"])),
        sequential(job("E0003", &["true"])),
    ];
    let plan = fixture.plan(&jobs);
    assert_eq!(order(&plan), ["E0002@full", "E0003@full", "E0001@full"]);
    let soft = plan.edges.iter().filter(|edge| edge.kind == EdgeKind::Sequence).count();
    assert_eq!(soft, 2);
}

#[test]
fn a_placeholder_and_missing_gpus_are_refused_before_anything_starts() {
    let fixture = Fixture::new();
    let mut hungry = job("E0002", &["true"]);
    hungry.resources.gpus = 2;
    let jobs = [job("E0001", &["bash s.sh runs/<ts>/x.json"]), hungry];
    let options = PlanOptions { gpus: Some(0), ..PlanOptions::default() };
    let error = fixture.try_plan(&jobs, &options).unwrap_err();
    assert!(
        matches!(
            &error.problems[..],
            [PlanProblem::NotRunnable { .. }, PlanProblem::NotEnoughGpus { wanted: 2, there: 0, .. }]
        ),
        "{error}"
    );
}

#[test]
fn a_plan_is_drawn_in_three_ways() {
    let fixture = Fixture::new();
    let mut first = job("E0001@smoke", &["true"]);
    first.title = "a \"quoted\" <title>".to_owned();
    let plan = fixture.plan(&[first, job("E0001", &["true"])]);
    assert!(to_dot(&plan).contains("\"E0001@smoke\" -> \"E0001@full\" [label=\"stage\", style=solid];"));
    assert!(to_dot(&plan).contains(r#"a \"quoted\" <title>"#));
    assert!(to_mermaid(&plan).contains("j0[\"E0001@smoke<br/>a #quot;quoted#quot; #lt;title#gt;\"]"));
    assert!(to_mermaid(&plan).contains("j0 -->|stage| j1"));
    let view = to_view(&plan);
    assert_eq!(view.jobs[1].depends[0].job, JobId::new("E0001", Stage::Smoke));
}
