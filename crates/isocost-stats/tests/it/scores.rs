//! Agreement of scores, fits and text metrics with scikit-learn, `SciPy`, sacrebleu, rouge-score and definitions worked out in `NumPy`;
//! `tests/data/scores.py` makes the vectors and names the versions.

use isocost_stats::auc::{self, AucScale, Ranked};
use isocost_stats::calibration::{self, Binning, Clip, Closed, Edges};
use isocost_stats::compat::{self, MeanInterval};
use isocost_stats::fits::{self, Criterion, Family, Start};
use isocost_stats::precision_recall::average_precision;
use isocost_stats::regret::{Policy, Scores};
use isocost_stats::text::{self, PrecisionRecallF, Stemming};
use isocost_stats::{Alpha, Tail};
use serde_json::Value;

use super::{number, numbers};

const ALPHA: Alpha = Alpha::FIVE_PERCENT;

fn vectors(name: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("../data/scores.json")).unwrap();
    let rows = all[name].as_array().unwrap().clone();
    assert!(!rows.is_empty());
    rows
}

pub(crate) fn flags(value: &Value) -> Vec<bool> {
    value.as_array().unwrap().iter().map(|flag| flag.as_bool().unwrap()).collect()
}

#[track_caller]
pub(crate) fn assert_within(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "found {found:e}, expected {expected:e}");
}

#[track_caller]
fn assert_interval(found: MeanInterval, estimate: &Value, ends: &Value) {
    assert_within(found.estimate, number(estimate), 1e-12);
    assert_within(found.low, number(&ends[0]), 1e-12);
    assert_within(found.high, number(&ends[1]), 1e-12);
}

fn seed(row: &Value) -> u32 {
    u32::try_from(row["seed"].as_u64().unwrap()).unwrap()
}

#[test]
fn areas_and_proper_scores_agree_with_scikit_learn() {
    for row in vectors("scores") {
        let (scores, labels) = (numbers(&row["a"]), flags(&row["labels"]));
        assert_within(auc::roc_auc(&scores, &labels).unwrap(), number(&row["auc"]), 1e-14);
        let ap = average_precision(&scores, &labels).unwrap();
        assert_within(ap, number(&row["average_precision"]), 1e-12);
        let probabilities = numbers(&row["probabilities"]);
        assert_within(calibration::brier(&probabilities, &labels).unwrap(), number(&row["brier"]), 1e-12);
        let loss = calibration::log_loss(&probabilities, &labels, Clip::Refuse).unwrap();
        assert_within(loss, number(&row["log_loss"]), 1e-12);
    }
}

#[test]
fn delong_agrees_with_the_matrix_of_all_pairs() {
    for row in vectors("scores") {
        let labels = flags(&row["labels"]);
        let ranked = |name: &str| Ranked::new(&numbers(&row[name]), &labels).unwrap();
        let (a, b) = (ranked("a"), ranked("b"));
        let single = auc::delong(&a).unwrap();
        assert_within(single.se, number(&row["se"]), 1e-12);
        let paired = auc::delong_paired(&a, &b, 0.0, Tail::TwoSided, ALPHA);
        if row["p"].is_null() {
            assert!(paired.is_err());
            continue;
        }
        let paired = paired.unwrap();
        assert_within(paired.difference, number(&row["difference"]), 1e-14);
        assert_within(paired.se, number(&row["se_difference"]), 1e-12);
        assert_within(paired.p.get(), number(&row["p"]), 1e-10);
        if single.se > 0.0 {
            let interval = single.interval(AucScale::Linear, ALPHA).unwrap();
            assert_within(interval.low, number(&row["low"]), 1e-9);
            assert_within(interval.high, number(&row["high"]), 1e-9);
        }
    }
}

#[test]
fn calibration_errors_and_the_area_of_risk_agree_with_their_definitions() {
    for row in vectors("calibration") {
        let (confidences, correct) = (numbers(&row["confidences"]), flags(&row["correct"]));
        let bins = usize::try_from(row["bins"].as_u64().unwrap()).unwrap();
        for (name, closed) in [("left", Closed::Left), ("right", Closed::Right)] {
            let binning = Binning::Width { bins, closed, edges: Edges::Linspace };
            let table = calibration::reliability(&confidences, &correct, binning).unwrap();
            assert_within(table.ece(), number(&row[name]["ece"]), 1e-12);
            assert_within(table.mce(), number(&row[name]["mce"]), 1e-12);
        }
        let losses: Vec<f64> = correct.iter().map(|correct| f64::from(!correct)).collect();
        let curve = calibration::risk_coverage(&confidences, &losses).unwrap();
        assert_within(curve.aurc(), number(&row["aurc"]), 1e-12);
    }
}

/// Parameters are not compared (several sets give the same curve), predictions are; and the family that is chosen.
#[test]
fn scaling_fits_agree_with_scipy_in_predictions_and_choice() {
    let mut worst: f64 = 0.0;
    for row in vectors("fits") {
        let (budgets, values) = (numbers(&row["budgets"]), numbers(&row["values"]));
        let mut expected_best: Option<(f64, Family)> = None;
        for (name, family) in [("power_law", Family::PowerLaw), ("log_saturation", Family::LogSaturation)] {
            let expected = &row["families"][name];
            let found = fits::fit(family, &budgets, &values, Start::Reference).unwrap();
            for (budget, prediction) in budgets.iter().zip(numbers(&expected["predictions"])) {
                worst = worst.max((found.curve.at(*budget) - prediction).abs());
                assert_within(found.curve.at(*budget), prediction, 1e-4);
            }
            let (sse, sd) = (number(&expected["sse"]), number(&expected["sd"]));
            if sd > 1e-4 {
                assert_within(found.quality.bic, number(&expected["bic"]), 0.01);
                assert_within(found.quality.aic, number(&expected["aic"]), 0.01);
                assert_within(found.quality.sse / sse, 1.0, 1e-3);
                assert_within(found.quality.residual_sd / sd, 1.0, 1e-3);
            }
            let bic = number(&expected["bic"]);
            if expected_best.is_none_or(|(best, _)| bic < best) {
                expected_best = Some((bic, family));
            }
            let grid = fits::fit(family, &budgets, &values, Start::Grid);
            if let Ok(grid) = grid {
                assert!(grid.quality.sse <= sse * (1.0 + 1e-6) + 1e-12, "the grid is never worse");
            }
        }
        let chosen =
            fits::select(&Family::REFERENCE, &budgets, &values, Criterion::Bic, Start::Reference).unwrap();
        assert_eq!(
            Some(chosen.chosen().unwrap().curve.family()),
            expected_best.map(|best| best.1),
            "{values:?}"
        );
    }
    assert!(worst < 1e-4, "{worst:e}");
}

#[test]
fn slopes_agree_with_scipys_linregress() {
    for row in vectors("log_log") {
        let found = fits::log_log_slope(&numbers(&row["x"]), &numbers(&row["y"]), ALPHA).unwrap();
        assert_within(found.slope, number(&row["slope"]), 1e-10);
        assert_within(found.intercept, number(&row["intercept"]), 1e-10);
        assert_within(found.se, number(&row["se"]), 1e-10);
        assert_within(found.interval.low, number(&row["low"]), 1e-8);
        assert_within(found.interval.high, number(&row["high"]), 1e-8);
    }
}

#[test]
fn the_grounding_bootstraps_agree_with_numpys_legacy_stream() {
    for row in vectors("grounding_bootstrap") {
        let (a, b) = (numbers(&row["a"]), numbers(&row["b"]));
        let found = compat::paired_bootstrap(&a, &b, 500, seed(&row), ALPHA).unwrap();
        assert_interval(found.difference, &row["mean"], &row["interval"]);
        assert_within(found.p, number(&row["p"]), 1e-12);
        assert_within(found.p_greater, number(&row["p_greater"]), 1e-12);
        let p95 = compat::quantile_interval(&a, 0.95, 500, seed(&row), ALPHA).unwrap();
        let expected = numbers(&row["p95"]);
        for (found, expected) in [p95.estimate, p95.low, p95.high].into_iter().zip(expected) {
            assert_within(found, expected, 1e-12);
        }
    }
    for row in vectors("pooled_bootstrap") {
        let rows: Vec<Vec<f64>> = row["rows"].as_array().unwrap().iter().map(numbers).collect();
        let found = compat::pooled_bootstrap(&rows, 300, seed(&row), ALPHA).unwrap();
        assert_interval(found.difference, &row["mean"], &row["interval"]);
        assert_within(found.p_two_sided, number(&row["p_two"]), 1e-12);
        assert_within(found.p_one_sided, number(&row["p_one"]), 1e-12);
    }
}

#[test]
fn regret_intervals_agree_with_numpys_legacy_stream() {
    let sizes = |value: &Value| -> Vec<usize> {
        value
            .as_array()
            .unwrap()
            .iter()
            .map(|size| usize::try_from(size.as_u64().unwrap()).unwrap())
            .collect()
    };
    for row in vectors("regret") {
        let shape = sizes(&row["shape"]);
        let scores = Scores::new(shape[0], shape[1], shape[2], numbers(&row["values"])).unwrap();
        let policies: Vec<Policy> =
            row["policies"].as_array().unwrap().iter().map(|choices| Policy::new(sizes(choices))).collect();
        let found = compat::regret_bootstrap(&scores, &policies, 200, seed(&row), ALPHA).unwrap();
        for (found, expected) in found.iter().zip(row["found"].as_array().unwrap()) {
            for (found, expected) in
                [(found.regret, &expected["regret"]), (found.normalised, &expected["normalised"])]
            {
                let ends = Value::from(vec![number(&expected[1]), number(&expected[2])]);
                assert_interval(found, &expected[0], &ends);
            }
        }
    }
}

#[test]
fn pairwise_sums_equal_numpys_to_the_last_bit() {
    for row in vectors("pairwise") {
        let values = numbers(&row[1]);
        assert_eq!(compat::pairwise_sum(&values).to_bits(), number(&row[2]).to_bits(), "{}", row[0]);
    }
}

#[test]
fn bleu_and_its_tokens_agree_with_sacrebleu() {
    for row in vectors("texts") {
        let (candidate, reference) = (row["candidate"].as_str().unwrap(), row["reference"].as_str().unwrap());
        let tokens: Vec<&str> =
            row["tokens"].as_array().unwrap().iter().map(|t| t.as_str().unwrap()).collect();
        assert_eq!(text::tokenize_13a(candidate), tokens, "{candidate:?}");
        let found = text::sentence_bleu(candidate, reference).score;
        assert!((found - number(&row["bleu"])).abs() < 1e-12, "{found} {row}");
    }
}

#[test]
fn rouge_agrees_with_rouge_score() {
    for row in vectors("texts") {
        let tokens = |name: &str| text::rouge_tokens(row[name].as_str().unwrap(), Stemming::Porter);
        let (candidate, reference) = (tokens("candidate"), tokens("reference"));
        let check = |found: PrecisionRecallF, name: &str| {
            for (found, expected) in
                [found.precision, found.recall, found.f].into_iter().zip(numbers(&row[name]))
            {
                assert!((found - expected).abs() < 1e-12, "{name} {found} {row}");
            }
        };
        check(text::rouge_n(&candidate, &reference, 1), "rouge1");
        check(text::rouge_n(&candidate, &reference, 2), "rouge2");
        check(text::rouge_l(&candidate, &reference), "rougeL");
    }
}

#[test]
fn stems_agree_with_nltks_porter_stemmer() {
    let all: Value = serde_json::from_str(include_str!("../data/porter.json")).unwrap();
    let lines = all["stems"].as_array().unwrap();
    let mut words = 0;
    for pair in lines.iter().flat_map(|line| line.as_str().unwrap().split(' ')) {
        let (word, stem) = pair.split_once(':').unwrap();
        assert_eq!(text::porter_stem(word), stem, "{word}");
        words += 1;
    }
    assert_eq!(words, 4000);
}
