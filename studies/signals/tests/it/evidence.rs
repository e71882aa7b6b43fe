use isocost_study_budget::windows::TimeWindow;
use isocost_study_signals::{coverage_at_tau, iou, recall_at_k};
use serde_json::Value;

use crate::golden::{count_of, floats, indices, lines};

fn windows(value: &Value) -> Vec<TimeWindow> {
    let window = |ends: &Value| {
        let ends = floats(ends);
        TimeWindow::new(ends[0], ends[1]).unwrap()
    };
    value.as_array().unwrap().iter().map(window).collect()
}

#[test]
fn golden_recalls_are_the_references() {
    for case in lines("recall.jsonl") {
        let given = &case["in"];
        let found = recall_at_k(&indices(&given[0]), &indices(&given[1]), count_of(&given[2]), 10);
        assert_eq!(found.covered, indices(&case["out"]["covered"]), "{case}");
        assert_eq!(Some(found.share), case["out"]["recall"].as_f64(), "{case}");
    }
}

#[test]
fn golden_overlaps_and_coverages_are_the_references() {
    for case in lines("windows.jsonl") {
        let (predicted, evidence) = (windows(&case["in"][0]), windows(&case["in"][1]));
        let tau = case["in"][2].as_f64().unwrap();
        assert_eq!(
            Some(coverage_at_tau(&predicted, &evidence, tau).unwrap()),
            case["out"]["cov"].as_f64(),
            "{case}"
        );
        if let (Some(a), Some(b)) = (predicted.first(), evidence.first()) {
            assert_eq!(Some(iou(*a, *b)), case["out"]["iou00"].as_f64(), "{case}");
        }
    }
}

#[test]
fn coverage_without_prediction_is_nothing_and_tau_has_a_range() {
    let window = [TimeWindow::new(0.0, 1.0).unwrap()];
    assert_eq!(coverage_at_tau(&[], &window, 0.0), Ok(0.0));
    assert_eq!(coverage_at_tau(&window, &[], 0.0), Ok(0.0));
    assert!(coverage_at_tau(&window, &window, 1.5).unwrap_err().to_string().contains("tau is 1.5"));
    assert!(coverage_at_tau(&window, &window, f64::NAN).is_err());
}
