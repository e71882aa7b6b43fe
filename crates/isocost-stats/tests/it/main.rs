//! Agreement with `SciPy` and statsmodels on committed vectors; `tests/data/generate.py` makes them and names the versions.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod generators;
mod golden_scores;
mod inference;
mod scores;

use isocost_stats::bootstrap::{self, Resampling};
use isocost_stats::{Alpha, PValue, Tail, multiplicity, normal, signflip, student_t, ttest};
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../data/scipy.json")).unwrap()
}

fn rows(name: &str) -> Vec<Value> {
    let rows = vectors()[name].as_array().unwrap().clone();
    assert!(!rows.is_empty());
    rows
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

#[track_caller]
fn assert_near(found: f64, expected: f64, relative: f64) {
    assert!(
        (found - expected).abs() <= relative * expected.abs() + 1e-300,
        "found {found:e}, expected {expected:e}"
    );
}

type Adjust = fn(&[PValue]) -> Vec<PValue>;

const TAILS: [(&str, Tail); 3] =
    [("two_sided", Tail::TwoSided), ("greater", Tail::Greater), ("less", Tail::Less)];

#[test]
fn the_normal_distribution_agrees_with_scipy() {
    for row in rows("normal_sf") {
        assert_near(normal::sf(number(&row[0])), number(&row[1]), 1e-9);
    }
    for row in rows("normal_cdf") {
        assert_near(normal::cdf(number(&row[0])), number(&row[1]), 1e-9);
    }
    for row in rows("normal_quantile") {
        assert_near(normal::quantile(number(&row[0])).unwrap(), number(&row[1]), 1e-9);
    }
}

#[test]
fn students_distribution_agrees_with_scipy() {
    for row in rows("t_sf") {
        assert_near(student_t::sf(number(&row[0]), number(&row[1])).unwrap(), number(&row[2]), 1e-9);
    }
    for row in rows("t_quantile") {
        assert_near(student_t::quantile(number(&row[0]), number(&row[1])).unwrap(), number(&row[2]), 1e-9);
    }
}

#[test]
fn the_paired_t_test_agrees_with_scipy() {
    for row in rows("paired_t") {
        let differences = numbers(&row["differences"]);
        for (name, tail) in TAILS {
            let test =
                ttest::paired(&differences, number(&row["margin"]), tail, Alpha::FIVE_PERCENT).unwrap();
            assert_near(test.p.unwrap().get(), number(&row[name]), 1e-9);
            assert_near(test.t.unwrap(), number(&row["t"]), 1e-9);
            assert_near(test.interval.low, number(&row["low"]), 1e-8);
            assert_near(test.interval.high, number(&row["high"]), 1e-8);
        }
    }
}

#[test]
fn a_test_rebuilt_from_its_summary_is_the_test() {
    for row in rows("paired_t") {
        let test =
            ttest::paired(&numbers(&row["differences"]), 0.0, Tail::TwoSided, Alpha::FIVE_PERCENT).unwrap();
        let rebuilt = ttest::from_summary(test.mean, test.p.unwrap(), test.n, Alpha::FIVE_PERCENT).unwrap();
        assert_near(rebuilt.se, test.se, 1e-7);
        let greater = rebuilt.p_against(number(&row["margin"]), Tail::Greater).unwrap();
        assert_near(greater.get(), number(&row["greater"]), 1e-6);
    }
}

#[test]
fn the_exact_sign_flip_test_agrees_with_scipy() {
    for row in rows("sign_flip") {
        let differences = numbers(&row["differences"]);
        for (name, tail) in TAILS {
            let test = signflip::test(&differences, 0.0, tail, 0).unwrap();
            assert_near(test.p.get(), number(&row[name]), 1e-12);
        }
    }
}

#[test]
fn adjusted_p_values_agree_with_statsmodels() {
    for row in rows("families") {
        let raw: Vec<PValue> = numbers(&row["raw"]).into_iter().map(|p| PValue::new(p).unwrap()).collect();
        let methods: [(&str, Adjust); 4] = [
            ("bonferroni", multiplicity::bonferroni),
            ("holm", multiplicity::holm),
            ("hochberg", multiplicity::hochberg),
            ("benjamini_hochberg", multiplicity::benjamini_hochberg),
        ];
        for (name, adjust) in methods {
            for (found, expected) in adjust(&raw).iter().zip(numbers(&row[name])) {
                assert_near(found.get(), expected, 1e-12);
            }
        }
    }
}

/// Two bootstraps differ by their random draws: with 100,000 replicates the ends of a 95 % interval scatter by about 0.01 standard errors.
#[test]
fn the_percentile_bootstrap_agrees_with_scipy_within_its_scatter() {
    let expected = &vectors()["bootstrap"];
    let resampling = Resampling { replicates: 100_000, seed: 1 };
    let replicates = bootstrap::items(&numbers(&expected["differences"]), resampling).unwrap();
    let interval = replicates.interval(Alpha::FIVE_PERCENT);
    let se = number(&expected["se"]);
    assert_near(replicates.standard_error(), se, 0.02);
    assert!((interval.low - number(&expected["low"])).abs() < 0.05 * se);
    assert!((interval.high - number(&expected["high"])).abs() < 0.05 * se);
}
