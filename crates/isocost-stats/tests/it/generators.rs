//! Agreement with the generators, percentiles and thresholds of other programs; `tests/data/generators.py` makes the vectors and names the
//! versions.

use isocost_stats::generators::cpython::Random;
use isocost_stats::generators::numpy::{Generator, RandomState, SeedSequence};
use isocost_stats::otsu::otsu;
use isocost_stats::percentile::{Real, median, percentile};
use serde_json::{Value, json};

fn vectors() -> Value {
    serde_json::from_str(include_str!("../data/generators.json")).unwrap()
}

fn rows(name: &str) -> Vec<Value> {
    let rows = vectors()[name].as_array().unwrap().clone();
    assert!(!rows.is_empty());
    rows
}

fn wide(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect()
}

/// Draws as many numbers as the row holds, and compares all their bits.
#[track_caller]
fn draws_match<T: Into<Value>>(row: &Value, name: &str, mut draw: impl FnMut() -> T) {
    let expected = row[name].as_array().unwrap();
    let drawn: Vec<Value> = expected.iter().map(|_| draw().into()).collect();
    assert_eq!(&drawn, expected, "{name} of seed {}", row["seed"]);
}

#[track_caller]
fn list_matches(row: &Value, name: &str, drawn: &[usize]) {
    assert_eq!(json!(drawn), row[name], "{name} of seed {}", row["seed"]);
}

/// How many draws differ, all of them by no more than two units in the last place.
#[track_caller]
fn off_in_the_last_place(row: &Value, name: &str, mut draw: impl FnMut() -> f64) -> usize {
    let expected = numbers(&row[name]);
    let off = expected.iter().filter(|&&expected| {
        let drawn = draw();
        assert!((drawn - expected).abs() <= 2.0 * f64::EPSILON * expected.abs(), "{drawn} {expected}");
        drawn.to_bits() != expected.to_bits()
    });
    off.count()
}

#[test]
fn pcg64_draws_equal_those_of_numpy() {
    for row in rows("generators") {
        let mut r = Generator::new(wide(&row["seed"]));
        draws_match(&row, "raw", || r.next_u64());
        draws_match(&row, "below_10", || r.below(10));
        draws_match(&row, "below_2048", || r.integers(0, 2048).unwrap());
        draws_match(&row, "random_between", || r.random());
        draws_match(&row, "below_3000000019", || r.below(3_000_000_019));
        draws_match(&row, "below_2_32", || r.below(1 << 32));
        draws_match(&row, "below_2_32_5", || r.below((1 << 32) + 5));
        draws_match(&row, "wide", || r.integers(-(1 << 62), (1 << 62) + 12_345).unwrap());
        draws_match(&row, "below_1", || r.below(1));
        draws_match(&row, "random_f32", || f64::from(r.random_f32()));
        draws_match(&row, "uniform", || r.uniform(-3.0, 2.5));
        list_matches(&row, "permutation", &r.permutation(23));
        list_matches(&row, "choice_floyd", &r.choice_without_replacement(100, 12).unwrap());
        list_matches(&row, "choice_all", &r.choice_without_replacement(9, 9).unwrap());
        list_matches(&row, "choice_tail", &r.choice_without_replacement(10_001, 300).unwrap());
        list_matches(&row, "choice_large_floyd", &r.choice_without_replacement(20_000, 30).unwrap());
        assert_eq!(off_in_the_last_place(&row, "standard_normal", || r.standard_normal()), 0);
        draws_match(&row, "normal", || r.normal(5.0, 0.25));
        assert_eq!(r.next_u64(), wide(&row["last"]));
    }
}

#[test]
fn list_seeds_large_seeds_and_children_equal_those_of_numpy() {
    let all = vectors();
    let seed: Vec<u64> = all["list_seed"]["seed"].as_array().unwrap().iter().map(wide).collect();
    let mut r = Generator::from_sequence(&SeedSequence::from_list(&seed));
    draws_match(&all["list_seed"], "raw", || r.next_u64());
    let large = all["large_seed"]["seed"].as_str().unwrap().parse().unwrap();
    let mut r = Generator::from_sequence(&SeedSequence::new(large));
    draws_match(&all["large_seed"], "raw", || r.next_u64());
    let root = SeedSequence::new(5);
    let (first, second) = (root.child(0), root.child(1));
    let deep = second.child(0);
    for (sequence, expected) in [root, first, second, deep].iter().zip(all["children"].as_array().unwrap()) {
        assert_eq!(&json!(sequence.generate_state(3)), expected);
    }
}

#[test]
fn skipping_draws_equals_drawing_them() {
    for skipped in [0_u64, 1, 2, 3, 10, 4097] {
        for before in 0..2 {
            let mut drawn = Generator::new(3);
            (0..before).for_each(|_| {
                drawn.next_u32();
            });
            let mut jumped = drawn.clone();
            (0..skipped).for_each(|_| {
                drawn.next_u32();
            });
            jumped.skip_u32(skipped);
            assert_eq!(drawn, jumped);
        }
    }
}

#[test]
fn legacy_draws_equal_those_of_numpy() {
    for row in rows("states") {
        let mut r = RandomState::new(u32::try_from(wide(&row["seed"])).unwrap());
        draws_match(&row, "random_sample", || r.random_sample());
        draws_match(&row, "randint_0_7", || r.randint(0, 7).unwrap());
        draws_match(&row, "randint_wide", || r.randint(-5, 1 << 40).unwrap());
        draws_match(&row, "randint_one", || r.randint(3, 4).unwrap());
        list_matches(&row, "permutation", &r.permutation(17));
        let mut items: Vec<usize> = (0..11).collect();
        r.shuffle(&mut items);
        list_matches(&row, "shuffle", &items);
        list_matches(&row, "choice", &r.choice_without_replacement(50, 6).unwrap());
        let off = off_in_the_last_place(&row, "randn", || r.standard_normal());
        assert!(off <= 4, "{off} of 501 normal draws differ in the last place");
        draws_match(&row, "uniform", || r.uniform(-1.0, 4.0));
        off_in_the_last_place(&row, "normal", || r.normal(2.0, 3.0));
        assert_eq!(r.randint(0, 1 << 32).unwrap(), row["last"].as_i64().unwrap());
    }
    let key = &vectors()["key_state"];
    let mut r = RandomState::from_key(&[1, 2, 3]);
    draws_match(key, "random_sample", || r.random_sample());
}

#[test]
fn python_draws_equal_those_of_python() {
    for row in rows("randoms") {
        let mut r = Random::new(row["seed"].as_str().unwrap().parse().unwrap());
        draws_match(&row, "random", || r.random());
        for pair in row["getrandbits"].as_array().unwrap() {
            assert_eq!(r.getrandbits(u32::try_from(wide(&pair[0])).unwrap()), wide(&pair[1]));
        }
        for call in row["randrange"].as_array().unwrap() {
            let [start, stop, step, expected] = [0, 1, 2, 3].map(|at| call[at].as_i64().unwrap());
            assert_eq!(r.randrange(start, stop, step).unwrap(), expected);
        }
        draws_match(&row, "randint", || r.randint(-3, 3).unwrap());
        let mut items: Vec<usize> = (0..13).collect();
        r.shuffle(&mut items);
        list_matches(&row, "shuffle", &items);
        list_matches(&row, "sample_pool", &r.sample(60, 20).unwrap());
        list_matches(&row, "sample_set", &r.sample(10_000, 20).unwrap());
        list_matches(&row, "sample_small", &r.sample(22, 3).unwrap());
        draws_match(&row, "choice", || r.choice(7).unwrap());
        draws_match(&row, "uniform", || r.uniform(-2.0, 9.0));
        let expected = numbers(&row["gauss"]);
        for expected in expected {
            let drawn = r.gauss(1.0, 2.0);
            assert!((drawn - expected).abs() < 1e-14, "{drawn} {expected}");
        }
        assert_eq!(r.getrandbits(32), wide(&row["last"]));
    }
}

#[test]
fn empty_ranges_and_too_large_samples_are_refused() {
    let (mut a, mut b, mut c) = (Generator::new(0), RandomState::new(0), Random::new(0));
    assert!(a.integers(3, 3).is_err() && b.randint(4, 3).is_err() && c.randrange(0, 5, -1).is_err());
    assert!(c.randrange(0, 5, 0).is_err() && c.randint(0, i64::MAX).is_err() && c.choice(0).is_err());
    assert!(a.choice_without_replacement(3, 4).is_err() && b.choice_without_replacement(3, 4).is_err());
    assert!(c.sample(3, 4).is_err());
    assert_eq!((a.below(0), c.below(0), c.getrandbits(0)), (0, 0, 0));
    assert!(a.integers(i64::MIN, i64::MAX).is_ok());
}

fn narrow(values: &[f64]) -> Vec<f32> {
    values.iter().map(|&value| f32::rounded(value)).collect()
}

#[test]
fn percentiles_and_medians_equal_those_of_numpy_in_both_widths() {
    for row in rows("percentiles") {
        let values = numbers(&row["values"]);
        for pair in row["percentiles"].as_array().unwrap() {
            let [percent, expected] = [0, 1].map(|at| pair[at].as_f64().unwrap());
            let found = match row["width"].as_str().unwrap() {
                "f4" => percentile(&narrow(&values), percent).unwrap().wide(),
                _ => percentile(&values, percent).unwrap(),
            };
            assert_eq!(found.to_bits(), expected.to_bits(), "{percent} % of {values:?}");
        }
        let found = match row["width"].as_str().unwrap() {
            "f4" => median(&narrow(&values)).unwrap().wide(),
            _ => median(&values).unwrap(),
        };
        assert_eq!(found.to_bits(), row["median"].as_f64().unwrap().to_bits());
    }
}

#[test]
fn thresholds_equal_those_of_numpy_in_both_widths() {
    for row in rows("thresholds") {
        let values = numbers(&row["values"]);
        let found = match row["width"].as_str().unwrap() {
            "f4" => otsu(&narrow(&values)).unwrap().threshold.wide(),
            _ => otsu(&values).unwrap().threshold,
        };
        assert_eq!(found.to_bits(), row["threshold"].as_f64().unwrap().to_bits(), "{values:?}");
    }
}

/// The legacy stream of the grounding study's golden file, seed 0, drawn in this order.
#[test]
#[expect(clippy::disallowed_methods, reason = "tests look at files with other eyes than the program")]
fn golden_legacy_stream_is_drawn_in_the_order_of_the_grounding_study() {
    let default = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/golden");
    let golden = std::env::var_os("ISOCOST_GOLDEN").map_or(default, std::path::PathBuf::from);
    let Ok(text) = std::fs::read_to_string(golden.join("grounding/golden.json")) else { return };
    let row: Value = serde_json::from_str(&text).unwrap();
    let mut r = RandomState::new(0);
    draws_match(&row, "rng0_randint_0_7_x12", || r.randint(0, 7).unwrap());
    list_matches(&row, "rng0_then_permutation8", &r.permutation(8));
    list_matches(&row, "rng0_then_choice_10_3_noreplace", &r.choice_without_replacement(10, 3).unwrap());
    draws_match(&row, "rng0_then_randn5", || r.standard_normal());
    draws_match(&row, "rng0_then_random3", || r.random_sample());
}
