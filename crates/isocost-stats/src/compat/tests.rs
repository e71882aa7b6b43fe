use super::*;
use crate::regret::{Policy, Scores};

const ALPHA: Alpha = Alpha::FIVE_PERCENT;

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-12, "found {found}, expected {expected}");
}

/// Values printed in the grounding specification, appendix A.4.
#[test]
fn the_grounding_bootstraps_give_the_published_values() {
    let (a, b) = ([0.1, 0.2, 0.3, 0.4, 0.15], [0.0, 0.25, 0.2, 0.1, 0.15]);
    let paired = paired_bootstrap(&a, &b, 2000, 7, ALPHA).unwrap();
    near(paired.difference.estimate, 0.090_000_000_000_000_01);
    near(paired.difference.low, -0.009_999_999_999_999_992);
    near(paired.difference.high, 0.2);
    near(paired.p, 0.065);
    let mean = mean_interval(&a, 2000, 7, ALPHA).unwrap();
    near(mean.low, 0.14);
    near(mean.high, 0.33);
    let p95 = quantile_interval(&a, 0.95, 2000, 7, ALPHA).unwrap();
    near(p95.estimate, 0.38);
    near(p95.low, 0.19);
    near(p95.high, 0.4);
}

/// Values printed in the long-video specification, section 17.
#[test]
fn the_long_video_bootstrap_gives_the_published_values_and_its_impossible_p() {
    let x = [0.0, 0.0, 1.0, -1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0];
    let few = bootstrap_mean(&x, 300, 0, ALPHA).unwrap();
    near(few.estimate, 0.2);
    near(few.low, -0.1);
    near(few.high, 0.6);
    let many = bootstrap_mean(&x, 5000, 0, ALPHA).unwrap();
    near(many.low, -0.2);
    near(many.high, 0.6);
    near(p_boot(&x, 5000, 0).unwrap(), 0.4416);
    assert_eq!(p_boot(&[0.003_952_569; 3], 5000, 2682), Ok(0.0));
    assert_eq!(p_boot(&[0.0; 3], 5000, 2682), Ok(2.0));
    near(p_boot(&[0.01, -0.01, 0.02], 5000, 2682).unwrap(), 0.5188);
}

#[test]
fn nothing_gives_the_references_zeros_and_nan_is_refused() {
    assert_eq!(paired_bootstrap(&[], &[], 10, 0, ALPHA).unwrap().p.to_bits(), 1.0_f64.to_bits());
    assert_eq!(mean_interval(&[], 10, 0, ALPHA), Ok(MeanInterval::default()));
    assert_eq!(bootstrap_mean(&[], 10, 0, ALPHA), Ok(MeanInterval::default()));
    assert!(mean_interval(&[f64::NAN], 10, 0, ALPHA).is_err());
    assert!(mean_interval(&[1.0], 0, 0, ALPHA).is_err());
    assert!(pooled_bootstrap(&[], 10, 0, ALPHA).is_err());
    assert!(quantile_interval(&[1.0], f64::NAN, 10, 0, ALPHA).is_err());
}

#[test]
fn samples_missing_in_one_seed_are_dropped_from_the_hierarchical_mean() {
    let by_seed = [vec![1.0, f64::NAN, 3.0], vec![3.0, 5.0, 5.0]];
    let found = hierarchical_mean_interval(&by_seed, 100, 0, ALPHA).unwrap();
    assert_eq!(found.estimate.to_bits(), 3.0_f64.to_bits());
    assert!(hierarchical_mean_interval(&[vec![1.0], vec![]], 10, 0, ALPHA).is_err());
}

#[test]
fn pooling_seeds_that_see_the_same_samples_narrows_the_interval_for_nothing() {
    let row: Vec<f64> = (0..40).map(|i| f64::from(i * 17 % 40) / 40.0 - 0.45).collect();
    let width = |seeds: usize| {
        let found = pooled_bootstrap(&vec![row.clone(); seeds], 800, 1, ALPHA).unwrap();
        found.difference.high - found.difference.low
    };
    assert!(width(20) < 0.4 * width(1));
}

#[test]
fn a_pairwise_sum_rounds_as_documented_around_its_block_sizes() {
    let values: Vec<f64> = (0..1000).map(|i| 0.1 + f64::from(i) * 1e-3).collect();
    for n in [0, 1, 7, 8, 9, 127, 128, 129, 136, 1000] {
        let exact = crate::sum(&values[..n]);
        assert!((pairwise_sum(&values[..n]) - exact).abs() <= 1e-12 * exact.max(1.0), "{n}");
    }
    assert_eq!(
        pairwise_sum(&[1e16_f64, 1.0, -1e16]).to_bits(),
        0.0_f64.to_bits(),
        "left to right below eight"
    );
}

#[test]
fn regret_intervals_count_ties_as_no_regret() {
    let scores = Scores::new(2, 1, 3, vec![0.5; 6]).unwrap();
    let found = regret_bootstrap(&scores, &[Policy::always(1, 1)], 50, 0, ALPHA).unwrap();
    assert_eq!(found[0].normalised, MeanInterval::default());
}

#[test]
fn one_item_a_batch_turns_calibration_error_into_mean_distance() {
    let batches = [(vec![0.75], vec![true]), (vec![0.75], vec![false]), (vec![], vec![])];
    near(batched_ece(&batches, 10).unwrap(), 0.5);
    let pooled = [(vec![0.75, 0.75], vec![true, false])];
    near(batched_ece(&pooled, 10).unwrap(), 0.25);
    assert_eq!(batched_ece(&[], 10), Ok(0.0));
}

#[test]
fn ranks_of_equal_values_follow_the_order_of_the_items() {
    assert!((ordinal_spearman(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0]).unwrap() - 1.0).abs() < 1e-6);
    assert_eq!(padded_pearson(&[1.0], &[1.0]), Ok(0.0));
    assert_eq!(padded_pearson(&[1.0, 1.0], &[1.0, 2.0]), Ok(0.0));
}
