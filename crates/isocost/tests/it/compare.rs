//! Two arms without a ledger, and logs as tables.

use std::fmt::Write;

use crate::fixture::{Outcome, Project, repository, snapshot};

const HEADER: &str = "item,seed,arm,budget,cost,cost_unit,split,metric,value,label\n";

/// A project with the logs of other tools in it.
fn logs() -> Project {
    let project = Project::new();
    copy(&repository("crates/isocost-trial/tests/data/import"), project.root());
    project
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Forty items, two seeds, two arms whose costs differ by `more` tokens.
fn table(more: u32) -> String {
    let mut text = HEADER.to_owned();
    for item in 0..40 {
        for seed in 0..2 {
            let (left, right) = ((item * 7 + seed) % 3 != 0, (item + seed) % 2 == 0);
            let (left, right, dearer) = (u8::from(left), u8::from(right), 100 + more);
            writeln!(text, "q{item},{seed},new,,{dearer},tokens,test,acc,{left},").unwrap();
            writeln!(text, "q{item},{seed},old,,100,tokens,test,acc,{right},").unwrap();
        }
    }
    text
}

fn compare(project: &Project, args: &[&str]) -> Outcome {
    project.isocost(&[&["compare"], args].concat())
}

#[test]
fn two_arms_of_a_table_are_paired_by_item_and_seed() {
    let project = Project::new();
    project.write("t.csv", table(0));
    let shown = compare(&project, &["t.csv", "--arms", "new,old"]).exits(0);
    snapshot!("compare_table", shown.stdout);
}

#[test]
fn the_order_of_rows_says_nothing() {
    let project = Project::new();
    project.write("t.csv", table(0));
    let mut lines: Vec<String> = table(0).lines().skip(1).map(str::to_owned).collect();
    lines.reverse();
    project.write("u.csv", format!("{HEADER}{}\n", lines.join("\n")));
    let shown = |name: &str| {
        compare(&project, &[name, "--arms", "new,old", "--json"]).exits(0).json()["comparison"].clone()
    };
    assert_eq!(shown("t.csv"), shown("u.csv"));
}

#[test]
fn unequal_cost_makes_the_comparison_invalid_and_ends_with_1() {
    let project = Project::new();
    project.write("t.csv", table(5));
    let shown = compare(&project, &["t.csv", "--arms", "new,old", "--json"]).exits(1).json();
    assert_eq!(shown["schema"], "isocost/compare/1");
    assert_eq!(shown["valid"], false);
    assert!(shown["reasons"][0].as_str().unwrap().starts_with("unequal cost"));
    compare(&project, &["t.csv", "--arms", "new,old", "--tolerance", "10%"]).exits(0);
    compare(&project, &["t.csv", "--arms", "new,old", "--tolerance", "0.1", "--cost-unit", "flops"]).exits(1);
}

#[test]
fn an_item_that_was_trained_on_makes_the_comparison_invalid_until_it_is_excluded() {
    let project = Project::new();
    project.write("t.csv", table(0));
    project.write("train.txt", "# ids\nq3\ndata/Q4.MP4\n");
    project.write("leaks.txt", "q3\n");
    let args = ["t.csv", "--arms", "new,old", "--train", "train.txt"];
    compare(&project, &args).exits(1).prints("INVALID   leak: 1 item also stands in train.txt (q3)");
    let clean = compare(&project, &[&args[..], &["--exclude", "leaks.txt"]].concat()).exits(0);
    clean.prints("under another spelling (q4 ~ data/Q4.MP4)").prints("39 items");
}

#[test]
fn logs_of_inspect_are_compared_in_one_line() {
    let shown = compare(&logs(), &["inspect/left.eval", "inspect/right.eval", "--tolerance", "5%"]).exits(0);
    snapshot!("compare_inspect", shown.stdout);
}

#[test]
fn logs_of_lm_eval_need_a_metric_where_there_are_several() {
    let project = logs();
    compare(&project, &["lm-eval/seed1", "lm-eval/seed2"]).exits(2).says("choose with `--metric`");
    let shown =
        compare(&project, &["lm-eval/seed1", "lm-eval/seed2", "--metric", "sums_choice/acc"]).exits(0);
    shown
        .prints("8 items × 1 seed")
        .prints("equal cost is NOT shown")
        .prints("under different seeds (1 and 2)");
}

#[test]
fn runs_without_items_are_tested_over_seeds_and_say_so() {
    let project = logs();
    let runs =
        compare(&project, &["mlflow/mlruns", "--arms", "anchored,uniform", "--metric", "val_acc"]).exits(0);
    runs.prints("(seeds, two-sided against 0)").prints("nothing is said about new items");
    let summary = ["seed-metrics/summary_only.json", "--arms", "anchored_top2,uniform"];
    compare(&project, &summary).exits(0).prints("1 item × 3 seeds").prints("only seeds can be the unit");
}

#[test]
fn arrays_of_two_files_are_paired_by_id() {
    let shown = compare(&logs(), &["npz/left.npz", "npz/right.npz", "--json"]).exits(0).json();
    assert_eq!(shown["comparison"]["n_items"], 5);
    // Means of (k % 3) / 2 and (k % 4) / 3 over k = 0..=9, whatever the order of the rows.
    let (left, right) = (9.0 / 2.0 / 10.0, 13.0 / 3.0 / 10.0);
    let delta = shown["comparison"]["delta"].as_f64().unwrap();
    assert!((delta - (left - right)).abs() < 1e-12, "{delta}");
}

#[test]
fn what_cannot_be_paired_is_said_with_names() {
    let project = Project::new();
    project.write("a.csv", format!("{HEADER}x,0,a,,,,test,acc,1,\n"));
    project.write("b.csv", format!("{HEADER}y,0,b,,,,test,acc,1,\n"));
    let shown = compare(&project, &["a.csv", "b.csv"]).exits(7);
    shown.says("nothing can be paired").says("only the left arm has item x").says("never by position");
    project.write(
        "c.csv",
        format!("{HEADER}x,0,b,,,,test,acc,1,\ny,0,b,,,,test,acc,1,\nx,0,b,,,,test,acc,0,\n"),
    );
    compare(&project, &["a.csv", "c.csv"]).exits(7).says("c.csv:4").says("c.csv:2");
    compare(&project, &["a.csv", "a.csv"]).exits(2).says("both sides are the same file");
    compare(&project, &["a.csv", "absent.csv"]).exits(7).says("absent.csv: no such file");
    compare(&project, &["a.csv"]).exits(2).says("--arms LEFT,RIGHT").says("`a` (metric acc");
    compare(&project, &["a.csv", "b.csv", "--map", "itm=x"]).exits(2).says("COLUMN is one of item");
}

#[test]
fn a_table_with_other_column_names_is_compared_by_a_map() {
    let project = Project::new();
    for (name, shift) in [("left.csv", 0), ("right.csv", 1)] {
        let rows: Vec<String> = (0..30).map(|i| format!("q{i},{}", (i + shift) % 3 % 2)).collect();
        project.write(name, format!("question_id,acc\n{}\n", rows.join("\n")));
    }
    compare(&project, &["left.csv", "right.csv"]).exits(7).says("--map item=question_id");
    let map = ["--map", "item=question_id,value=acc,arm=:m,metric=:acc"];
    let shown = compare(&project, &[&["left.csv", "right.csv"], &map[..]].concat()).exits(0);
    shown.prints("m (left.csv) − m (right.csv)").prints("30 items");
}

#[test]
fn an_import_says_where_each_column_came_from_and_replaces_nothing() {
    let project = logs();
    let shown = project.isocost(&["import", "inspect/left.eval", "--out", "o.csv"]).exits(0);
    snapshot!("import_inspect", shown.stdout);
    assert!(project.read("o.csv").starts_with("item,seed,arm,budget,cost,cost_unit,split,metric,value\nsum-00,1,mockllm/left,,23,tokens,,sums/match,0\n"));
    project.isocost(&["import", "inspect/left.eval", "--out", "o.csv"]).exits(7).says("exists already");
    project.isocost(&["import", "inspect/left.eval", "--out", "o.xlsx"]).exits(2);
    project.isocost(&["import", "inspect/left.eval", "--out", "o.parquet"]).exits(0);
    let (csv, parquet) = (project.path("o.csv"), project.path("o.parquet"));
    let args = [csv.to_str().unwrap(), parquet.to_str().unwrap(), "--json"];
    assert_eq!(compare(&project, &args).exits(0).json()["comparison"]["delta"], 0.0);
}
