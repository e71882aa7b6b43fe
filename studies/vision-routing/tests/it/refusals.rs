//! What is no trial is refused before anything is written.

use isocost_study_vision_routing::{StudyError, run};

use crate::table::smoke;

#[test]
fn a_budget_that_does_not_pay_a_coarse_look_at_each_image_is_refused_and_nothing_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let mut options = smoke(&out);
    options.budgets = vec!["0.2".parse().unwrap()];
    let error = run(&options).unwrap_err();
    assert!(matches!(&error, StudyError::Budget { budget, .. } if budget == "0.2"), "{error}");
    assert!(error.to_string().contains("raise the budget share"), "{error}");
    assert!(!isocost_fs::exists(&out));
}

#[test]
fn a_budget_of_exactly_a_coarse_look_at_each_image_escalates_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut options = smoke(dir.path());
    options.budgets = vec!["0.25".parse().unwrap()];
    run(&options).unwrap();
    let rows = crate::table::rows(&dir.path().join("outcomes.csv"));
    let spenders = rows.iter().filter(|row| row["arm"].starts_with("uncertainty") || row["arm"] == "oracle");
    assert!(spenders.clone().count() > 0);
    assert!(spenders.clone().all(|row| row["cost"] == "4"));
}

#[test]
fn an_output_directory_that_cannot_be_made_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    isocost_fs::write_cache(&file, b"in the way").unwrap();
    let error = run(&smoke(&file.join("out"))).unwrap_err();
    assert!(error.to_string().contains("file"), "{error}");
}
