use isocost_study_budget::anchors::{
    AnchorRule, Confidence, Fallback, HighPolicy, HighRule, Selector, Smoothing, gate_features, local_maxima,
    minmax_01, shift_scores, veto_features,
};
use serde_json::{Value, json};

use crate::golden::{count, floats, lines};

fn selector(given: &Value) -> Selector {
    let radius = count(&given["nms_radius"]).unwrap();
    let max_gap = given["nms_strong_gap"].as_f64().unwrap();
    match given["select"].as_str().unwrap() {
        "topk" => Selector::TopK,
        "nms" => Selector::Nms { radius },
        "nms_strong" => Selector::NmsStrong { radius, max_gap },
        "adjacent_top2" => Selector::AdjacentTop2 { radius, max_gap },
        "window_topk" => Selector::WindowTopK { window: count(&given["anchor_window"]).unwrap(), radius },
        other => panic!("unknown selector {other}"),
    }
}

fn rule(given: &Value) -> AnchorRule {
    let std_threshold = given["std_threshold"].as_f64().unwrap();
    AnchorRule {
        count: given["k"].as_i64().map_or(0, |k| usize::try_from(k).unwrap_or(0)),
        seconds: count(&given["num_segments"]),
        shift: given["shift"].as_i64().unwrap(),
        confidence: given["conf_metric"].as_str().map_or(Confidence::Std, |name| name.parse().unwrap()),
        threshold: given["conf_threshold"].as_f64().unwrap_or(std_threshold),
        select: selector(given),
        smooth_window: count(&given["smooth_window"]).unwrap(),
        smoothing: given["smooth_mode"].as_str().unwrap().parse::<Smoothing>().unwrap(),
    }
}

#[test]
fn golden_anchors_are_the_references() {
    for (line, case) in lines("anchors.jsonl").iter().enumerate() {
        let picked = rule(&case["in"]).pick(&floats(&case["in"]["scores"]));
        if case.get("err").is_some() {
            assert!(picked.is_err(), "line {line}: {case}");
            continue;
        }
        let picked = picked.unwrap();
        let wanted = &case["out"];
        assert_eq!(json!(picked.anchors), wanted["anchors"], "line {line}: {case}");
        assert_eq!(
            picked.confidence.to_bits(),
            wanted["conf_value"].as_f64().unwrap().to_bits(),
            "line {line}: {case}"
        );
        assert_eq!(picked.fallback.is_some(), wanted["fallback_used"].as_bool().unwrap(), "line {line}");
        let reason = picked.fallback.map(|fallback| match fallback {
            Fallback::EmptyScores => "empty_scores",
            Fallback::ConfBelowThreshold => "conf_below_threshold",
        });
        assert_eq!(reason, wanted["fallback_reason"].as_str(), "line {line}: {case}");
    }
}

#[test]
fn golden_confidence_and_score_transforms_are_the_references() {
    for case in lines("confidence_utils.jsonl") {
        let (scores, wanted) = (floats(&case["in"]), &case["out"]);
        for metric in Confidence::ALL {
            if let Some(wanted) = wanted[metric.name()].as_f64() {
                assert_eq!(
                    metric.of(&scores).unwrap().to_bits(),
                    wanted.to_bits(),
                    "{}: {case}",
                    metric.name()
                );
            }
        }
        assert_eq!(minmax_01(&scores), floats(&wanted["minmax"]), "{case}");
        assert_eq!(shift_scores(&scores, 2), floats(&wanted["shift2"]), "{case}");
        assert_eq!(shift_scores(&scores, -1), floats(&wanted["shift-1"]), "{case}");
        assert_eq!(json!(local_maxima(&scores, 3, 1).unwrap()), wanted["localmax_nms_k3_r1"], "{case}");
    }
}

#[test]
fn golden_gate_and_veto_features_are_the_references() {
    for case in lines("gates.jsonl") {
        let scores = floats(&case["in"][0]);
        let anchors: Vec<usize> = case["in"][1].as_array().unwrap().iter().filter_map(count).collect();
        let widened = |features: &[f32]| features.iter().copied().map(f64::from).collect::<Vec<f64>>();
        let gate = gate_features(&scores, anchors.first().copied()).unwrap();
        assert_eq!(widened(&gate), floats(&case["out"]["gate16"]), "{case}");
        let veto = veto_features(&scores, &anchors).unwrap();
        assert_eq!(widened(&veto), floats(&case["out"]["veto12"]), "{case}");
    }
}

/// The name of a policy with its thresholds, such as `adaptive_v2_d1_g0.3_c0.8`.
fn high_rule(name: &str) -> HighRule {
    let parts: Vec<&str> = name.rsplitn(4, '_').collect();
    let number = |part: &str| part[1..].parse::<f64>().unwrap();
    HighRule {
        policy: match parts[3] {
            "fixed" => HighPolicy::Fixed,
            "adaptive_v1" => HighPolicy::AdaptiveV1,
            "adaptive_v2" => HighPolicy::AdaptiveV2,
            "adaptive_v3" => HighPolicy::AdaptiveV3,
            other => panic!("unknown policy {other}"),
        },
        cap: None,
        adjacent: parts[2][1..].parse().unwrap(),
        gap: number(parts[1]),
        confidence_threshold: number(parts[0]),
        // The vectors were made with this metric.
        confidence: Confidence::Top1Median,
    }
}

#[test]
fn golden_numbers_of_high_anchors_are_the_references() {
    for case in lines("gates.jsonl") {
        let scores = floats(&case["in"][0]);
        let anchors: Vec<usize> = case["in"][1].as_array().unwrap().iter().filter_map(count).collect();
        for (name, wanted) in case["out"]["max_high"].as_object().unwrap() {
            let found = high_rule(name).max_high(&anchors, &scores).unwrap();
            assert_eq!(found, count(wanted), "{name}: {case}");
        }
    }
}
