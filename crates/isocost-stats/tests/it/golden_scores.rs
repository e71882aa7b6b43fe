//! Golden vectors of the reference systems: in `ISOCOST_GOLDEN`, or in the copy of this repository. Absent files and groups are skipped by name.

use std::path::PathBuf;

use isocost_stats::calibration::{self, Binning, Closed, Edges, HistogramMap};
use isocost_stats::compat;
use isocost_stats::fits::{self, Criterion, Family, Fit, Start};
use isocost_stats::overlap::{Window, coverage_at_tau, iou_1d, max_iou};
use isocost_stats::retrieval::recall_at_k;
use isocost_stats::{Alpha, text};
use serde_json::Value;

use super::scores::assert_within;
use super::{number, numbers};

#[expect(clippy::print_stderr, reason = "what is skipped is named")]
fn skipped(name: &str) -> Value {
    eprintln!("skipped: there is no {name}");
    Value::Null
}

fn read(name: &str) -> Option<String> {
    let folder = std::env::var_os("ISOCOST_GOLDEN").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/golden")),
        PathBuf::from,
    );
    isocost_fs::read_to_string(&folder.join(name)).ok()
}

/// One group of a file of groups; null, said by name, where it is absent.
fn group(file: &str, name: &str) -> Value {
    let Some(text) = read(file) else { return skipped(file) };
    let all: Value = serde_json::from_str(&text).unwrap();
    all.get(name).cloned().unwrap_or_else(|| skipped(name))
}

fn rows(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn lines(file: &str) -> Vec<Value> {
    let Some(text) = read(file) else {
        skipped(file);
        return Vec::new();
    };
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn grounding(name: &str) -> Value {
    group("grounding/golden.json", name)
}

fn routing(name: &str) -> Value {
    group("vision-routing/golden_core.json", name)
}

/// The arms and draws are those of the specification's appendix A.4.
#[test]
fn golden_grounding_bootstraps() {
    let (a, b) = ([0.1, 0.2, 0.3, 0.4, 0.15], [0.0, 0.25, 0.2, 0.1, 0.15]);
    let check = |found: [f64; 4], expected: &Value| {
        for (found, expected) in found.into_iter().zip(rows(expected)) {
            assert_within(found, number(expected), 1e-12);
        }
    };
    let alpha = Alpha::FIVE_PERCENT;
    let found = compat::paired_bootstrap(&a, &b, 2000, 7, alpha).unwrap();
    let difference = found.difference;
    check([difference.estimate, difference.low, difference.high, found.p], &grounding("paired_bootstrap"));
    let found = compat::mean_interval(&a, 2000, 7, alpha).unwrap();
    check([found.estimate, found.low, found.high, 0.0], &grounding("bootstrap_mean"));
    let found = compat::quantile_interval(&a, 0.95, 2000, 7, alpha).unwrap();
    check([found.estimate, found.low, found.high, 0.0], &grounding("bootstrap_q95"));
}

/// The points are those of the specification's appendix A.8.
fn fit_points(name: &str) -> Option<(Vec<f64>, Vec<f64>)> {
    let doubling = |n: i32| (0..n).map(|i| 8.0 * 2.0_f64.powi(i)).collect::<Vec<f64>>();
    Some(match name {
        "power" => (doubling(6), vec![0.30, 0.42, 0.50, 0.55, 0.585, 0.605]),
        "log" => (doubling(5), vec![0.10, 0.17, 0.24, 0.31, 0.38]),
        "flat_flops" => (
            (2..8).map(|i| f64::from(i) * 1e6).collect(),
            vec![0.0688, 0.0683, 0.0676, 0.0672, 0.0673, 0.0674],
        ),
        "constant" => (doubling(4), vec![0.25; 4]),
        _ => return None,
    })
}

fn key(family: Family) -> &'static str {
    match family {
        Family::PowerLaw => "power_law",
        Family::LogSaturation => "log_saturation",
        Family::SaturatingExponential => "saturating_exponential",
    }
}

/// The reference's curve at a budget, from its printed parameters.
fn reference_value(family: Family, parameters: &Value, budget: f64) -> f64 {
    let p = |name: &str| number(&parameters[name]);
    match family {
        Family::PowerLaw => p("P_inf") - p("a") * (budget + p("b_0")).powf(-p("alpha")),
        _ => (p("c_0") + p("c_1") * (budget + p("b_0")).ln()).clamp(0.0, 1.0),
    }
}

#[test]
fn golden_scaling_fits() {
    for (name, expected) in grounding("fits").as_object().into_iter().flatten() {
        let Some((budgets, values)) = fit_points(name) else {
            skipped(name);
            continue;
        };
        let selection =
            fits::select(&Family::REFERENCE, &budgets, &values, Criterion::Bic, Start::Reference).unwrap();
        let chosen = selection.chosen().unwrap();
        assert_eq!(key(chosen.curve.family()), expected["chosen"].as_str().unwrap(), "{name}");
        assert_eq!(f64::from(chosen.curve.diminishing_point()).to_bits(), number(&expected["dr"]).to_bits());
        assert_within(chosen.quality.residual_sd, number(&expected["resid_std"]), 1e-7);
        for fit in &selection.fits {
            check_fit(fit, &expected[key(fit.curve.family())], &budgets);
        }
    }
}

fn check_fit(fit: &Fit, expected: &Value, budgets: &[f64]) {
    for budget in budgets {
        let reference = reference_value(fit.curve.family(), &expected["params"], *budget);
        assert_within(fit.curve.at(*budget), reference, 1e-6);
    }
    // The criteria of a fit that is perfect but for rounding are logarithms of rounding.
    if fit.quality.residual_sd > 1e-6 {
        assert_within(fit.quality.bic, number(&expected["bic"]), 1e-3);
        assert_within(fit.quality.aic, number(&expected["aic"]), 1e-3);
        let r2 = number(&expected["r2"]);
        assert_within(fit.quality.r_squared, r2, 1e-6 * r2.abs().max(1.0));
    }
}

const FINDINGS: [&str; 10] = [
    "effusion",
    "nodule",
    "atelectasis",
    "consolidation",
    "pneumothorax",
    "opacity",
    "mass",
    "cardiomegaly",
    "fracture",
    "normal",
];

/// The prediction is the rendering of the toy generator's frames. The reference report is not published; this one has the published frames, and
/// sacrebleu and rouge-score give the published scores on it.
#[test]
fn golden_text_scores() {
    let (expected, frames) = (grounding("text"), grounding("pcg"));
    let Some(frames) = frames.get("attention/confidence").filter(|_| !expected.is_null()) else { return };
    let sentence = |((finding, polarity), laterality): ((&str, &Value), &Value)| match polarity.as_str() {
        Some("present") => format!("There is {} {finding}.", laterality.as_str().unwrap()),
        _ => format!("No {finding}."),
    };
    let rendered = FINDINGS.into_iter().zip(rows(&frames["polarity"])).zip(rows(&frames["laterality"]));
    let prediction = rendered.map(sentence).collect::<Vec<String>>().join(" ");
    let reference = "There is a left pleural effusion. A 4 mm nodule is present in the right upper lobe. No pneumothorax.";
    let found = text::text_scores(&prediction, reference);
    assert_within(found.bleu, number(&expected["bleu"]), 1e-12);
    assert_within(found.rouge1, number(&expected["rouge1"]), 1e-12);
    assert_within(found.rouge2, number(&expected["rouge2"]), 1e-12);
    assert_within(found.rouge_l, number(&expected["rougeL"]), 1e-12);
}

/// Ten present frames with q = 0.05, 0.15, …, 0.95; the first five unsupported (specification, appendix A).
#[test]
fn golden_refusal_calibration() {
    let q: Vec<f64> = (0..10).map(|i| 0.05 + 0.1 * f64::from(i)).collect();
    let supported: Vec<bool> = (0..10).map(|i| i >= 5).collect();
    let binning = Binning::Width { bins: 10, closed: Closed::Left, edges: Edges::Linspace };
    if let Some(expected) = grounding("refusal_metrics").get("refusal_ece") {
        let table = calibration::reliability(&q, &supported, binning).unwrap();
        assert_within(table.ece(), number(expected), 1e-12);
    }
    let map = HistogramMap::fit(&q, &supported, 10, Edges::Linspace).unwrap();
    for (found, expected) in map.rates().iter().zip(rows(&grounding("q_map"))) {
        assert_within(*found, number(expected), 1e-12);
    }
}

#[test]
fn golden_expected_calibration_error() {
    let inputs = routing("ece_inputs");
    if !inputs.is_null() {
        let confidences = numbers(&inputs["conf"]);
        let correct: Vec<bool> = rows(&inputs["correct"]).iter().map(truth).collect();
        for bins in [5, 10, 15] {
            check_ece(&confidences, &correct, bins, &routing(&format!("ece_{bins}")));
        }
    }
    let edge = routing("ece_edge");
    if let [probabilities, labels, rest @ ..] = rows(&edge) {
        let top = |row: &Value| {
            let row = numbers(row);
            let first = usize::from(row.get(1) > row.first());
            (row[first], first)
        };
        let picks: Vec<(f64, usize)> = rows(probabilities).iter().map(top).collect();
        let confidences: Vec<f64> = picks.iter().map(|pick| pick.0).collect();
        let correct: Vec<bool> = picks
            .iter()
            .zip(rows(labels))
            .map(|(pick, label)| label.as_u64() == Some(pick.1 as u64))
            .collect();
        check_ece(&confidences, &correct, 10, &Value::from(rest.to_vec()));
    }
}

fn truth(value: &Value) -> bool {
    value.as_bool().unwrap_or_else(|| value.as_f64() == Some(1.0))
}

fn check_ece(confidences: &[f64], correct: &[bool], bins: usize, expected: &Value) {
    if expected.is_null() {
        return;
    }
    let binning = Binning::Width { bins, closed: Closed::Right, edges: Edges::Linspace32 };
    let table = calibration::reliability(confidences, correct, binning).unwrap();
    assert_within(table.ece(), number(&expected[0]), 1e-6);
    let column = |name: &str| numbers(&expected[1][name]);
    assert_eq!(table.bins.len(), column("bin_count").len());
    for (bin, count) in table.bins.iter().zip(column("bin_count")) {
        assert_within(bin.count as f64, count, 0.0);
    }
    for (bin, (accuracy, confidence)) in
        table.bins.iter().zip(column("bin_acc").into_iter().zip(column("bin_conf")))
    {
        assert_within(bin.accuracy, accuracy, 1e-6);
        assert_within(bin.confidence, confidence, 1e-6);
    }
}

#[test]
fn golden_entropy_and_margin() {
    let logits = routing("logits6x9");
    let check = |name: &str, statistic: fn(&[f64]) -> isocost_stats::StatsResult<f64>| {
        for (row, expected) in rows(&logits).iter().zip(rows(&routing(name))) {
            assert_within(statistic(&numbers(row)).unwrap(), number(expected), 1e-6);
        }
    };
    check("entropy", calibration::softmax_entropy);
    check("margin", calibration::logit_margin);
}

#[test]
fn golden_profile_percentiles_and_correlations() {
    let percentiles = routing("percentile");
    for row in rows(&percentiles) {
        let found = compat::floor_percentile(&numbers(&row[0]), number(&row[1])).unwrap();
        assert_within(found, number(&row[2]), 0.0);
    }
    let Some(longest) = rows(&percentiles).iter().map(|row| numbers(&row[0])).max_by_key(Vec::len) else {
        return;
    };
    let expected = routing("summarize");
    if !expected.is_null() {
        let found = compat::summary(&longest).unwrap();
        assert_within(found.mean, number(&expected["mean"]), 1e-12);
        assert_within(found.p50, number(&expected["p50"]), 0.0);
        assert_within(found.p90, number(&expected["p90"]), 0.0);
        assert_eq!(Some(found.count as u64), expected["count"].as_u64());
    }
    // The reference correlated the values of the groups `tertiles` and `summarize`.
    let (expected, tertiles) = (routing("pearson_spearman"), routing("tertiles"));
    if let ([pearson, spearman], [entropies, ..]) = (rows(&expected), rows(&tertiles)) {
        let entropies = numbers(entropies);
        if entropies.len() == longest.len() {
            let found = compat::padded_pearson(&entropies, &longest).unwrap();
            assert_within(found, number(pearson), 1e-6);
            let found = compat::ordinal_spearman(&entropies, &longest).unwrap();
            assert_within(found, number(spearman), 1e-6);
        }
    }
}

#[test]
fn golden_recall() {
    let positions = |value: &Value| rows(value).iter().map(|p| p.as_i64().unwrap()).collect::<Vec<i64>>();
    for line in lines("audiovisual/recall.jsonl") {
        let (input, output) = (&line["in"], &line["out"]);
        let delta = u32::try_from(input[2].as_u64().unwrap()).unwrap();
        let found = recall_at_k(&positions(&input[0]), &positions(&input[1]), delta, 10);
        assert_eq!(found.or_zero().to_bits(), number(&output["recall"]).to_bits(), "{line}");
        let covered: Vec<i64> = found.covered.iter().map(|p| i64::try_from(*p).unwrap()).collect();
        assert_eq!(covered, positions(&output["covered"]), "{line}");
    }
}

#[test]
fn golden_windows() {
    let windows = |value: &Value| -> Vec<Window> {
        rows(value).iter().map(|ends| Window::new(number(&ends[0]), number(&ends[1])).unwrap()).collect()
    };
    for line in lines("audiovisual/windows.jsonl") {
        let (input, output) = (&line["in"], &line["out"]);
        let (Some(predicted), Some(evidence)) = (input.get(0), input.get(1)) else { continue };
        let (predicted, evidence, tau) = (windows(predicted), windows(evidence), number(&input[2]));
        let check = |found: f64, name: &str| {
            if let Some(expected) = output.get(name).filter(|value| !value.is_null()) {
                assert_within(found, number(expected), 1e-12);
            }
        };
        check(coverage_at_tau(&evidence, &predicted, tau).unwrap(), "cov");
        if let (Some(first), Some(other)) = (predicted.first(), evidence.first()) {
            check(iou_1d(*first, *other), "iou00");
        }
        if let Some(first) = evidence.first() {
            check(max_iou(*first, &predicted), "max");
        }
    }
}
