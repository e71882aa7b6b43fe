use proptest::prelude::*;

use super::*;
use crate::testing::noise;
use crate::{Alpha, Stream, Tail, mean};

const ALPHA: Alpha = Alpha::FIVE_PERCENT;

fn small(seed: u64) -> Resampling {
    Resampling { replicates: 999, seed }
}

#[test]
fn any_number_of_threads_gives_the_same_bits() {
    let mut stream = Stream::new(5, 9, 0);
    let values: Vec<f64> = (0..40 * 3).map(|_| noise(&mut stream)).collect();
    let grid = Grid::new(40, 3, values).unwrap();
    let with_threads = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| crossed(&grid, small(1)).unwrap())
    };
    assert_eq!(with_threads(1), with_threads(4));
    assert_ne!(crossed(&grid, small(1)).unwrap(), crossed(&grid, small(2)).unwrap());
}

#[test]
fn equal_differences_give_an_interval_without_width() {
    let interval = items(&[0.25; 8], small(0)).unwrap().interval(ALPHA);
    assert_eq!((interval.low.to_bits(), interval.high.to_bits()), (0.25_f64.to_bits(), 0.25_f64.to_bits()));
}

#[test]
fn a_matrix_that_does_not_fit_its_shape_is_refused() {
    assert!(matches!(Grid::new(2, 2, vec![1.0; 3]), Err(StatsError::Shape { found: 3, .. })));
    assert!(matches!(Grid::new(0, 0, vec![]), Err(StatsError::Empty(_))));
    assert!(matches!(Grid::new(1, 2, vec![1.0, f64::INFINITY]), Err(StatsError::NotFinite { index: 1, .. })));
    assert!(crossed(&Grid::new(1, 1, vec![1.0]).unwrap(), Resampling { replicates: 0, seed: 0 }).is_err());
}

#[test]
fn a_p_counts_replicates_on_the_margin_against_the_claim() {
    let replicates = Replicates::new(0.5, vec![1.0, 0.5, 0.0, 0.5]);
    let p = |margin, tail| replicates.p_against(margin, tail).unwrap().get();
    assert!((p(0.5, Tail::Greater) - 4.0 / 5.0).abs() < 1e-15);
    assert!((p(0.5, Tail::Less) - 4.0 / 5.0).abs() < 1e-15);
    assert!((p(-1.0, Tail::Greater) - 1.0 / 5.0).abs() < 1e-15);
    assert!((p(-1.0, Tail::TwoSided) - 2.0 / 5.0).abs() < 1e-15);
}

/// Items, seeds and cells vary; the true mean is 0. Of 200 worlds at 95 %, the number covered is Binomial(200, 0.95) if the interval is exact: 99.9 % of it
/// lies within 179..=199. The interval is known to be a little wide, so only the lower bound is a defect, and always covering would be one too.
#[test]
fn the_crossed_interval_covers_the_truth_about_as_often_as_it_says() {
    let covered = (0..200_u64).filter(|&world| {
        let mut stream = Stream::new(2024, 77, world);
        let seed_effects: Vec<f64> = (0..12).map(|_| 0.3 * noise(&mut stream)).collect();
        let mut values = Vec::new();
        for _ in 0..60 {
            let item = noise(&mut stream);
            values.extend(seed_effects.iter().map(|effect| item + effect + 0.5 * noise(&mut stream)));
        }
        let grid = Grid::new(60, 12, values).unwrap();
        crossed(&grid, Resampling { replicates: 499, seed: world }).unwrap().interval(ALPHA).contains(0.0)
    });
    let covered = covered.count();
    assert!((179..=199).contains(&covered), "{covered} of 200");
}

#[test]
fn the_spread_of_an_item_bootstrap_is_the_plug_in_standard_error() {
    let values: Vec<f64> = (0..50).map(|i| f64::from(i % 7)).collect();
    let spread = items(&values, Resampling::default()).unwrap().standard_error();
    let n = values.len() as f64;
    let plug_in = (crate::sample_variance(&values).unwrap() * (n - 1.0) / n / n).sqrt();
    assert!((spread / plug_in - 1.0).abs() < 0.03, "{spread} {plug_in}");
}

proptest! {
    #[test]
    fn negated_differences_mirror_the_interval_and_swap_the_tails(values in prop::collection::vec(-1.0..1.0_f64, 1..20)) {
        let negated: Vec<f64> = values.iter().map(|v| -v).collect();
        let (a, b) = (items(&values, small(4)).unwrap(), items(&negated, small(4)).unwrap());
        let (left, right) = (a.interval(ALPHA), b.interval(ALPHA));
        prop_assert!((left.low + right.high).abs() < 1e-12 && (left.high + right.low).abs() < 1e-12);
        prop_assert_eq!(a.p_against(0.1, Tail::Greater).unwrap(), b.p_against(-0.1, Tail::Less).unwrap());
    }

    #[test]
    fn every_p_is_a_probability(values in prop::collection::vec(-1.0..1.0_f64, 1..10), margin in -2.0..2.0_f64) {
        let replicates = items(&values, small(4)).unwrap();
        for tail in [Tail::TwoSided, Tail::Greater, Tail::Less] {
            let p = replicates.p_against(margin, tail).unwrap().get();
            prop_assert!(p > 0.0 && p <= 1.0);
        }
    }
}

#[test]
fn binary_outcomes_scatter_as_resampling_each_item_would() {
    let values: Vec<f64> = (0..60).map(|i| [0.5, 0.0, 0.0, -0.5, 0.5][i % 5]).collect();
    let counts = ternary::Counts::of(&Grid::new(60, 1, values.clone()).unwrap()).unwrap();
    let fast = Replicates::new(0.1, counts.resample(Resampling { replicates: 40_000, seed: 1 }).unwrap());
    // The same values with a seventh digit on one of them take the way over each item.
    let mut odd = values.clone();
    odd[0] += 1e-7;
    let slow = items(&odd, Resampling { replicates: 40_000, seed: 2 }).unwrap();
    assert!((fast.standard_error() / slow.standard_error() - 1.0).abs() < 0.02);
    for q in [0.01, 0.2, 0.5, 0.9, 0.99] {
        let at = |replicates: &Replicates| crate::quantile_of_sorted(replicates.ascending(), q).unwrap();
        // One step of the lattice of means is 0.5/60.
        assert!((at(&fast) - at(&slow)).abs() < 0.5 / 60.0 + 1e-6, "{q}");
    }
    let n = 60.0_f64;
    let plug_in = (crate::sample_variance(&values).unwrap() * (n - 1.0) / n / n).sqrt();
    assert!((fast.standard_error() / plug_in - 1.0).abs() < 0.02);
}

#[test]
fn binary_outcomes_take_the_fast_way_only_with_one_seed_and_one_size() {
    let of = |items, seeds, values: &[f64]| {
        ternary::Counts::of(&Grid::new(items, seeds, values.to_vec()).unwrap())
    };
    assert!(of(3, 1, &[1.0, 0.0, -1.0]).is_some());
    assert!(of(3, 1, &[1.0, 0.0, -0.5]).is_none());
    assert!(of(3, 1, &[0.0, 0.0, 0.0]).is_none());
    assert!(of(1, 2, &[1.0, -1.0]).is_none());
    let all_gain = items(&[0.25; 9], small(1)).unwrap();
    assert!(all_gain.ascending().iter().all(|mean| (mean - 0.25).abs() < 1e-15));
}

#[test]
fn wide_and_large_matrices_scatter_like_narrow_ones() {
    // 17 seeds are summed in order, 16 by picking rows; a column of zeros keeps the mean of the others.
    let mut stream = Stream::new(5, 10, 0);
    let narrow: Vec<f64> = (0..50 * 16).map(|_| noise(&mut stream)).collect();
    let wide: Vec<f64> = narrow.chunks(16).flat_map(|row| row.iter().copied().chain([row[0]])).collect();
    let se = |seeds, values: Vec<f64>| {
        let grid = Grid::new(50, seeds, values).unwrap();
        crossed(&grid, Resampling { replicates: 4_000, seed: 3 }).unwrap().standard_error()
    };
    let ratio = se(17, wide) / se(16, narrow);
    assert!((0.85..1.15).contains(&ratio), "{ratio}");
}

#[test]
fn any_statistic_gives_the_mean_bootstrap_where_it_is_the_mean() {
    let values: Vec<f64> = (0..40).map(|i| f64::from(i % 9) - 3.0).collect();
    let mean_of = |sample: Sample<'_>| mean(&sample.pick(&values).collect::<Vec<f64>>());
    let general = statistic(40, Resampling { replicates: 20_000, seed: 1 }, mean_of).unwrap();
    let plain = items(&values, Resampling { replicates: 20_000, seed: 1 }).unwrap();
    assert_eq!(general.undefined, 0);
    assert!((general.replicates.standard_error() / plain.standard_error() - 1.0).abs() < 0.03);
    let by_counts = |sample: Sample<'_>| {
        let total: f64 = sample.counts().iter().zip(&values).map(|(count, v)| f64::from(*count) * v).sum();
        Some(total / sample.indices().len() as f64)
    };
    let counted = statistic(40, Resampling { replicates: 20_000, seed: 1 }, by_counts).unwrap();
    for (a, b) in counted.replicates.ascending().iter().zip(general.replicates.ascending()) {
        assert!((a - b).abs() < 1e-12);
    }
    let jackknifed = acceleration(&jackknife(40, mean_of).unwrap()).unwrap();
    assert!((jackknifed - acceleration_of_mean(&values).unwrap()).abs() < 1e-12);
}

#[test]
fn a_statistic_undefined_somewhere_is_counted_and_everywhere_is_an_error() {
    let only_with_first = |sample: Sample<'_>| (sample.counts()[0] > 0).then_some(1.0);
    let found = statistic(5, small(1), only_with_first).unwrap();
    // 0.8⁵ of resamples lack the first item.
    assert!((f64::from(found.undefined) / 999.0 - 0.328).abs() < 0.06, "{}", found.undefined);
    assert!(statistic(5, small(1), |_| None).is_err());
    assert!(statistic(0, small(1), |_| Some(1.0)).is_err());
    assert!(jackknife(5, only_with_first).is_err());
    assert!(jackknife(1, |_| Some(1.0)).is_err());
}

#[test]
fn clusters_of_equal_items_count_as_one_item_each() {
    let values: Vec<f64> = (0..30).map(|i| (f64::from(i) * 1.7).sin()).collect();
    let repeated: Vec<f64> = values.iter().flat_map(|v| [*v; 4]).collect();
    let cluster: Vec<u32> = (0..120).map(|i| 7 + i / 4).collect();
    let grid = Grid::new(120, 1, repeated.clone()).unwrap();
    let many = Resampling { replicates: 20_000, seed: 1 };
    let by_cluster = clustered(&grid, &cluster, many).unwrap().standard_error();
    let by_value = items(&values, many).unwrap().standard_error();
    assert!((by_cluster / by_value - 1.0).abs() < 0.03, "{by_cluster} {by_value}");
    assert!(items(&repeated, many).unwrap().standard_error() < 0.6 * by_value);
    let alone: Vec<u32> = (0..120).collect();
    let singly = clustered(&grid, &alone, many).unwrap().standard_error();
    assert!((singly / items(&repeated, many).unwrap().standard_error() - 1.0).abs() < 0.03);
}

#[test]
fn one_cluster_and_a_wrong_number_of_names_are_refused() {
    let grid = Grid::new(3, 1, vec![1.0, 2.0, 3.0]).unwrap();
    assert!(matches!(clustered(&grid, &[1, 1, 1], small(0)), Err(StatsError::TooFew { .. })));
    assert!(matches!(clustered(&grid, &[1, 2], small(0)), Err(StatsError::Shape { .. })));
}

#[test]
fn the_basic_interval_is_the_percentile_one_mirrored() {
    let replicates = items(&[0.0, 0.0, 0.0, 1.0, 5.0], small(2)).unwrap();
    let (percentile, basic) = (replicates.interval(ALPHA), replicates.basic(ALPHA));
    assert!((percentile.high - 1.2 - (1.2 - basic.low)).abs() < 1e-12);
    assert!(basic.high < percentile.high);
}

#[test]
fn without_bias_and_acceleration_the_corrected_interval_is_the_percentile_one() {
    let replicates = Replicates::new(0.0, (-50..=50).map(f64::from).collect());
    let (a, b) = (replicates.bca(0.0, ALPHA).unwrap(), replicates.interval(ALPHA));
    assert!((a.low - b.low).abs() < 1e-9 && (a.high - b.high).abs() < 1e-9);
    let one_sided = Replicates::new(1.0, vec![2.0, 3.0]);
    assert!(matches!(one_sided.bca(0.0, ALPHA), Err(StatsError::Undetermined(_))));
    assert!(matches!(replicates.bca(f64::NAN, ALPHA), Err(StatsError::Undetermined(_))));
}

/// Lognormal values, the classical hard case: of 300 intervals the percentile one covers the mean too rarely, the studentised one nearly as often as it says.
#[test]
fn the_studentised_interval_covers_the_mean_of_skewed_values_better() {
    let truth = 0.5_f64.exp();
    let (mut percentile, mut bootstrap_t) = (0, 0);
    for world in 0..300 {
        let mut stream = Stream::new(12, 12, world);
        let values: Vec<f64> = (0..25).map(|_| noise(&mut stream).exp()).collect();
        let resampling = Resampling { replicates: 999, seed: world };
        percentile += usize::from(items(&values, resampling).unwrap().interval(ALPHA).contains(truth));
        bootstrap_t += usize::from(studentised(&values, resampling, ALPHA).unwrap().contains(truth));
    }
    assert!(bootstrap_t > percentile + 5, "{bootstrap_t} {percentile}");
    assert!(bootstrap_t >= 270, "{bootstrap_t}");
}

#[test]
fn a_studentised_interval_needs_spread_and_enough_differences() {
    assert!(matches!(studentised(&[0.1; 9], small(0), ALPHA), Err(StatsError::Undetermined(_))));
    assert!(matches!(studentised(&[0.1], small(0), ALPHA), Err(StatsError::TooFew { .. })));
    assert!(matches!(studentised(&[0.1, 0.2], small(0), ALPHA), Err(StatsError::Undetermined(_))));
}

#[test]
fn few_items_cannot_reach_a_small_p() {
    assert!((attainable_p(5, Tail::TwoSided).get() - 1.0 / 16.0).abs() < 1e-15);
    assert!((attainable_p(0, Tail::TwoSided).get() - 1.0).abs() < 1e-15);
}
