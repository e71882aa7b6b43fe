//! Tests and intervals against `SciPy` and statsmodels; `tests/data/inference.py` makes the vectors and names the versions.

use isocost_stats::bootstrap::{self, Grid, Replicates, Resampling};
use isocost_stats::correlation::{Coefficient, correlate};
use isocost_stats::mcnemar::{Discordant, Weight};
use isocost_stats::power::{self, PlannedTest, Power};
use isocost_stats::proportion::{Continuity, Count, Sides, clopper_pearson, wilson};
use isocost_stats::sequential::{Spending, boundaries};
use isocost_stats::wilcoxon::{NullDistribution, Zeros};
use isocost_stats::{Alpha, PValue, Tail, crossed_t, mcnemar, multiplicity, wilcoxon};
use serde_json::Value;

use crate::{TAILS, assert_near, number, numbers};

fn rows(name: &str) -> Vec<Value> {
    let vectors: Value = serde_json::from_str(include_str!("../data/inference.json")).unwrap();
    let rows = vectors[name].as_array().unwrap().clone();
    assert!(!rows.is_empty());
    rows
}

fn count(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

#[test]
fn the_crossed_t_test_agrees_with_its_definition_in_scipy() {
    for row in rows("crossed_t") {
        let size = |name: &str| usize::try_from(count(&row[name])).unwrap();
        let grid = Grid::new(size("items"), size("seeds"), numbers(&row["values"])).unwrap();
        for (name, tail) in TAILS {
            let test = crossed_t::paired(&grid, number(&row["margin"]), tail, Alpha::FIVE_PERCENT).unwrap();
            assert_near(test.t.unwrap(), number(&row["t"]), 1e-10);
            assert_near(test.p.unwrap().get(), number(&row[name]), 1e-9);
            assert_near(test.interval.low, number(&row["low"]), 1e-8);
            assert_near(test.interval.high, number(&row["high"]), 1e-8);
        }
    }
}

#[test]
fn the_signed_rank_test_agrees_with_scipy() {
    for row in rows("wilcoxon") {
        let differences = numbers(&row["differences"]);
        for (zeros_name, zeros) in [("wilcox", Zeros::Drop), ("pratt", Zeros::Pratt)] {
            for (name, tail) in TAILS {
                let run = |distribution| {
                    wilcoxon::test(&differences, 0.0, tail, zeros, distribution, Alpha::FIVE_PERCENT).unwrap()
                };
                for (kind, continuity) in [("plain", Continuity::Plain), ("corrected", Continuity::Corrected)]
                {
                    let found = run(NullDistribution::Normal(continuity));
                    assert_near(found.p.get(), number(&row[format!("{zeros_name}_{kind}_{name}")]), 1e-9);
                    assert_near(found.estimate, number(&row["estimate"]), 1e-12);
                }
                if let Some(expected) = row[format!("{zeros_name}_exact_{name}")].as_f64() {
                    assert_near(run(NullDistribution::Exact).p.get(), expected, 1e-10);
                }
            }
        }
    }
}

#[test]
fn the_signed_rank_test_with_ties_agrees_with_all_permutations_in_scipy() {
    for row in rows("wilcoxon_ties") {
        let zeros = if row["zeros"] == "pratt" { Zeros::Pratt } else { Zeros::Drop };
        for (name, tail) in TAILS {
            let differences = numbers(&row["differences"]);
            let distribution = NullDistribution::Exact;
            let found =
                wilcoxon::test(&differences, 0.0, tail, zeros, distribution, Alpha::FIVE_PERCENT).unwrap();
            assert_near(found.p.get(), number(&row[name]), 1e-10);
        }
    }
}

#[test]
fn mcnemars_test_agrees_with_statsmodels_and_scipy() {
    for row in rows("mcnemar") {
        let discordant = Discordant { wins: count(&row["wins"]), losses: count(&row["losses"]) };
        for (name, tail) in TAILS {
            let exact = mcnemar::test(discordant, tail, Weight::Exact).p.get();
            assert_near(exact, number(&row[name]), 1e-10);
            let mid = mcnemar::test(discordant, tail, Weight::MidP).p.get();
            assert_near(mid, number(&row[format!("mid_{name}")]), 1e-9);
        }
    }
}

#[test]
fn intervals_of_proportions_agree_with_scipy() {
    for row in rows("proportion") {
        let of = Count::new(count(&row["successes"]), count(&row["trials"])).unwrap();
        let alpha = Alpha::new(number(&row["alpha"])).unwrap();
        for (name, sides) in [("both", Sides::Both), ("lower", Sides::Lower), ("upper", Sides::Upper)] {
            let check = |method: &str, found: isocost_stats::Interval| {
                let expected = numbers(&row[format!("{method}_{name}")]);
                assert!((found.low - expected[0]).abs() < 1e-9 * (expected[0] + 1e-3), "{method} {row}");
                assert!((found.high - expected[1]).abs() < 1e-9 * (expected[1] + 1e-3), "{method} {row}");
            };
            check("exact", clopper_pearson(of, alpha, sides));
            check("wilson", wilson(of, alpha, sides, Continuity::Plain).unwrap());
            check("wilsoncc", wilson(of, alpha, sides, Continuity::Corrected).unwrap());
        }
    }
}

#[test]
fn correlations_agree_with_scipy() {
    let kinds = [
        ("pearson", Coefficient::Pearson),
        ("spearman", Coefficient::Spearman),
        ("kendall", Coefficient::Kendall),
    ];
    for row in rows("correlation") {
        let (x, y) = (numbers(&row["x"]), numbers(&row["y"]));
        for (kind, coefficient) in kinds {
            for (name, tail) in TAILS {
                let found = correlate(coefficient, &x, &y, tail, Alpha::FIVE_PERCENT).unwrap();
                assert_near(found.estimate, number(&row[kind]), 1e-11);
                assert_near(found.p.get(), number(&row[format!("{kind}_{name}")]), 1e-9);
                if coefficient == Coefficient::Pearson {
                    let interval = found.interval.unwrap();
                    assert_near(interval.low, number(&row["low"]), 1e-9);
                    assert_near(interval.high, number(&row["high"]), 1e-9);
                }
            }
        }
    }
}

#[test]
fn the_adjustment_of_benjamini_and_yekutieli_agrees_with_statsmodels() {
    for row in rows("benjamini_yekutieli") {
        let raw: Vec<PValue> = numbers(&row["raw"]).into_iter().map(|p| PValue::new(p).unwrap()).collect();
        for (found, expected) in multiplicity::benjamini_yekutieli(&raw).iter().zip(numbers(&row["adjusted"]))
        {
            assert_near(found.get(), expected, 1e-12);
        }
    }
}

#[test]
fn group_sequential_boundaries_agree_with_another_quadrature() {
    for row in rows("boundaries") {
        let spending = if row["spending"] == "pocock" { Spending::Pocock } else { Spending::ObrienFleming };
        let tail = if count(&row["sides"]) == 2 { Tail::TwoSided } else { Tail::Greater };
        let alpha = Alpha::new(number(&row["alpha"])).unwrap();
        let looks = boundaries(&numbers(&row["fractions"]), spending, tail, alpha).unwrap();
        for (look, z) in looks.iter().zip(numbers(&row["z"])) {
            assert!((look.z - z).abs() < 2e-6, "{} {z}", look.z);
        }
    }
}

/// With 200,000 resamples on both sides an end of an interval scatters by about 0.01 standard errors, and by 0.05 where the correction moves it to 99.8 %.
#[test]
fn bootstrap_intervals_agree_with_scipy_within_their_scatter() {
    for row in rows("bootstrap") {
        let values = numbers(&row["values"]);
        let replicates = bootstrap::items(&values, Resampling { replicates: 200_000, seed: 1 }).unwrap();
        let alpha = Alpha::FIVE_PERCENT;
        let acceleration = bootstrap::acceleration_of_mean(&values).unwrap();
        let found = [
            ("BCa", replicates.bca(acceleration, alpha).unwrap()),
            ("percentile", replicates.interval(alpha)),
            ("basic", replicates.basic(alpha)),
        ];
        for (name, interval) in found {
            let expected = numbers(&row[name]);
            let near = if name == "BCa" { 0.15 } else { 0.05 } * number(&row["se"]);
            assert!((interval.low - expected[0]).abs() < near, "{name} {interval:?} {expected:?}");
            assert!((interval.high - expected[1]).abs() < near, "{name} {interval:?} {expected:?}");
        }
    }
}

#[test]
fn the_corrected_interval_agrees_with_scipy_on_the_same_replicates() {
    for row in rows("bootstrap") {
        let values = numbers(&row["values"]);
        let estimate = isocost_stats::mean(&values).unwrap();
        let replicates = Replicates::from_values(estimate, numbers(&row["few"])).unwrap();
        let acceleration = bootstrap::acceleration_of_mean(&values).unwrap();
        let found = replicates.bca(acceleration, Alpha::FIVE_PERCENT).unwrap();
        let expected = numbers(&row["few_BCa"]);
        assert_near(found.low, expected[0], 1e-9);
        assert_near(found.high, expected[1], 1e-9);
    }
}

#[test]
fn power_of_the_paired_t_test_agrees_with_statsmodels() {
    for row in rows("power") {
        let n = usize::try_from(count(&row["n"])).unwrap();
        let effect = number(&row["effect"]);
        for (name, tail) in [("two_sided", Tail::TwoSided), ("greater", Tail::Greater)] {
            let test = PlannedTest { tail, alpha: Alpha::new(number(&row["alpha"])).unwrap() };
            assert_near(power::paired_t(effect, 1.0, n, test).unwrap(), number(&row[name]), 1e-7);
            let detectable = power::paired_t_effect(Power::EIGHTY_PERCENT, 1.0, n, test).unwrap();
            assert_near(detectable, number(&row[format!("detectable_{name}")]), 1e-6);
            if let Some(items) = row[format!("items_{name}")].as_f64() {
                let found = power::paired_t_items(effect, 1.0, Power::EIGHTY_PERCENT, test).unwrap();
                assert!((found as f64 - items.ceil().max(2.0)).abs() < 0.5, "{found} {items}");
            }
        }
    }
}
