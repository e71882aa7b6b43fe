//! SARIF, GitHub annotations, `JUnit` and JSON.

use isocost_report::{github, json, junit, sarif};
use serde_json::Value;

use crate::diagnostics::{findings, ledger};
use crate::example;

fn log() -> Value {
    let ledger = ledger();
    let sources = |name: &str| (name == ledger.name()).then_some(&ledger);
    let tool = sarif::Tool { version: "0.1.0".into() };
    serde_json::to_value(sarif::document(&findings(), &[], &sources, &tool)).expect("plain data")
}

/// The properties that the schema of SARIF 2.1.0 requires, checked by hand.
#[test]
fn the_log_has_what_the_standard_requires() {
    let log = log();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(
        (&run["tool"]["driver"]["name"], &run["columnKind"]),
        (&"isocost".into(), &"unicodeCodePoints".into())
    );
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    for result in run["results"].as_array().expect("results") {
        assert!(result["message"]["text"].is_string());
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap_or_default()));
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("a small index");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        for location in result["locations"].as_array().expect("locations") {
            let region = &location["physicalLocation"]["region"];
            let number = |key: &str| region[key].as_u64().unwrap_or(0);
            assert!(number("startLine") >= 1 && number("startColumn") >= 1);
            let (start, end) =
                ((number("startLine"), number("startColumn")), (number("endLine"), number("endColumn")));
            assert!(end == (0, 0) || end >= start, "{region}");
        }
    }
}

#[test]
fn the_log_reads_like_this() {
    insta::assert_json_snapshot!(log());
}

#[test]
fn findings_alike_have_fingerprints_of_their_own_that_do_not_depend_on_the_line() {
    let tool = sarif::Tool { version: "0.1.0".into() };
    let print = |findings: &[isocost_audit::Finding]| -> Vec<String> {
        let log = sarif::document(findings, &[], &|_| None, &tool);
        log.runs[0].results.iter().map(|r| r.partial_fingerprints["isocostFinding/v1"].clone()).collect()
    };
    let first = findings().remove(0);
    let mut moved = first.clone();
    moved.locations[0].place.line += 7;
    let prints = print(&[first.clone(), first]);
    assert_eq!(prints[0].replace(":1", ":2"), prints[1]);
    assert_eq!(print(&[moved])[0], prints[0]);
}

#[test]
fn annotations_are_one_line_each() {
    insta::assert_snapshot!(github::annotations(&findings()));
}

#[test]
fn verdicts_and_attempts_are_tests() {
    insta::assert_snapshot!(junit::document(&example::claims(), &example::runs()));
}

#[test]
fn the_report_as_data_names_its_schema_and_keeps_no_number_that_json_lacks() {
    let text = json::report(&example::report()).expect("plain data");
    let value: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(value["schema"], json::SCHEMA);
    assert_eq!(value["comparisons"][2]["low"], Value::Null);
    assert!(json::schema().get("properties").is_some_and(|p| p.get("claims").is_some()));
}
