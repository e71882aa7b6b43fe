//! Stores and tables that are damaged.

use crate::exits::with_claims;
use crate::fixture::{DOCUMENTED, Project, Random};

/// Files of a store that is complete, and bytes that take their place.
#[test]
fn a_store_with_any_file_damaged_ends_as_documented() {
    let project = with_claims(&["delta(a, b) >= 0.1 and p < 0.05"]);
    project.isocost(&["run"]).exits(0);
    project.isocost(&["prove"]).exits(0);
    let files: Vec<_> =
        project.files().into_iter().filter(|(path, _)| path.starts_with(project.path(".isocost"))).collect();
    assert!(files.len() > 5);
    let mut random = Random::seeded(5);
    for (path, bytes) in &files {
        let noise: Vec<u8> = (0..random.below(200)).map(|_| random.byte()).collect();
        let half = bytes.get(..bytes.len() / 2).unwrap_or_default().to_vec();
        for damage in [Vec::new(), half, noise, b"{}\n".to_vec(), b"null".to_vec()] {
            std::fs::write(path, &damage).unwrap();
            for args in [&["status"][..], &["verify"], &["prove"], &["report"], &["write-back", "-n"]] {
                let outcome = project.isocost(args);
                assert!(
                    DOCUMENTED.contains(&outcome.code),
                    "{args:?} with {}: {}",
                    path.display(),
                    outcome.stderr
                );
            }
            std::fs::write(path, bytes).unwrap();
        }
    }
    project.isocost(&["verify"]).exits(0);
}

#[test]
fn a_torn_last_look_is_what_a_crash_leaves_and_stops_nothing() {
    let project = with_claims(&["delta(a, b) >= 0.1 and p < 0.05"]);
    project.isocost(&["run"]).exits(0);
    project.isocost(&["prove"]).exits(0);
    let looks = project.read(".isocost/looks.jsonl");
    project.write(".isocost/looks.jsonl", format!("{looks}{}", &looks[..looks.len() / 2]));
    project.isocost(&["prove"]).exits(0).says("no new look");
}

#[test]
fn a_lost_attempt_store_only_means_that_nothing_was_run() {
    let project = with_claims(&["delta(a, b) >= 0.1 and p < 0.05"]);
    project.isocost(&["run"]).exits(0);
    project.isocost(&["prove"]).exits(0);
    std::fs::remove_dir_all(project.path(".isocost/attempts")).unwrap();
    assert_eq!(project.state("E0001@full"), "not run");
    project.isocost(&["run"]).exits(0);
    project.isocost(&["prove"]).exits(0).says("no new look");
}

/// A ledger with one claim on a table by path.
fn on_table(table: &[u8]) -> Project {
    let project = Project::new();
    project.write(
        "experiments.md",
        "# T\n\n## Claims\n- [ ] C0001: a beats b.\n  - rule: `delta(a, b) > 0 and p < 0.05`\n  - table: `t.csv`\n",
    );
    project.write("t.csv", table);
    project
}

const HEADER: &str = "item,seed,arm,budget,cost,cost_unit,split,metric,value\n";

#[test]
fn a_table_that_cannot_be_read_names_its_line() {
    let broken = format!("{HEADER}i0,0,a,1,1,tokens,test,acc,0.5\ni1,0,a,1,1,tokens,test,acc,much\n");
    on_table(broken.as_bytes()).isocost(&["prove"]).exits(7).says("t.csv").says("3");
    on_table(b"item,arm\ni0,a\n").isocost(&["prove"]).exits(7).says("t.csv");
    on_table(b"\xff\xfe\0").isocost(&["prove"]).exits(7).says("t.csv");
    on_table(b"").isocost(&["prove"]).exits(7).says("t.csv");
}

#[test]
fn odd_tables_end_as_documented() {
    for rows in [
        String::new(),
        "i0,0,a,1,1,tokens,test,acc,NaN\ni0,0,b,1,1,tokens,test,acc,inf\n".to_owned(),
        "i0,0,a,1,-1,tokens,test,acc,1\ni0,0,b,1,1e308,tokens,test,acc,1e308\n".to_owned(),
        "i0,0,a,1,1,tokens,test,acc,1\ni0,0,b,1,1,tokens,test,acc,1\n".to_owned(),
        "i0,0,a,1,1,tokens,test,acc,1\ni0,0,a,1,1,tokens,test,acc,0\n".to_owned(),
        "i0,18446744073709551616,a,1,1,tokens,test,acc,1\n".to_owned(),
        ",,,,,,,,\n".to_owned(),
    ] {
        let project = on_table(format!("{HEADER}{rows}").as_bytes());
        for args in [&["prove"][..], &["prove", "--json"], &["report"]] {
            let outcome = project.isocost(args);
            assert!(DOCUMENTED.contains(&outcome.code), "{rows}: {}", outcome.stderr);
        }
    }
}
