use proptest::prelude::*;

use super::*;
use crate::bootstrap::Resampling;
use crate::{Alpha, StatsError, Tail};

/// Chance that a positive scores above a negative, by all pairs.
fn by_pairs(scores: &[f64], labels: &[bool]) -> f64 {
    let class = |wanted| scores.iter().zip(labels).filter(move |(_, l)| **l == wanted).map(|(s, _)| *s);
    let wins: f64 = class(true)
        .flat_map(|p| {
            class(false).map(move |n| match p.total_cmp(&n) {
                std::cmp::Ordering::Greater => 1.0,
                std::cmp::Ordering::Equal => 0.5,
                std::cmp::Ordering::Less => 0.0,
            })
        })
        .sum();
    wins / (class(true).count() * class(false).count()) as f64
}

fn example(n: u32) -> (Vec<f64>, Vec<f64>, Vec<bool>) {
    let wave = |i: u32, k: u32| f64::from(i * k % 97) / 97.0;
    let labels: Vec<bool> = (0..n).map(|i| i * 7 % 5 < 2).collect();
    let shift = |i: u32| 0.4 * f64::from(u8::from(i * 7 % 5 < 2));
    let a = (0..n).map(|i| wave(i, 31) + shift(i)).collect();
    let b = (0..n).map(|i| wave(i, 53) + 0.3 * shift(i)).collect();
    (a, b, labels)
}

#[test]
fn one_class_is_an_error_with_the_counts() {
    assert_eq!(roc_auc(&[0.1, 0.2], &[true, true]), Err(StatsError::OneClass { positives: 2, negatives: 0 }));
    assert_eq!(roc_auc(&[], &[]), Err(StatsError::OneClass { positives: 0, negatives: 0 }));
    assert!(matches!(roc_auc(&[f64::NAN, 0.0], &[true, false]), Err(StatsError::NotFinite { .. })));
    assert!(matches!(roc_auc(&[0.0], &[true, false]), Err(StatsError::Lengths { .. })));
}

#[test]
fn minus_zero_ties_with_zero_and_constant_scores_give_a_half() {
    assert_eq!(roc_auc(&[-0.0, 0.0], &[true, false]), Ok(0.5));
    assert_eq!(roc_auc(&[3.0; 5], &[true, false, true, false, false]), Ok(0.5));
}

#[test]
fn perfect_separation_has_no_delong_interval_and_says_so() {
    let ranked = Ranked::new(&[1.0, 2.0, 3.0, 4.0], &[false, false, true, true]).unwrap();
    let found = delong(&ranked).unwrap();
    assert_eq!((found.auc, found.se), (1.0, 0.0));
    assert!(matches!(found.interval(AucScale::Linear, Alpha::FIVE_PERCENT), Err(StatsError::Degenerate(_))));
    assert!(found.p_against(0.5, Tail::Greater).is_err());
}

#[test]
fn scores_of_equal_ranks_cannot_be_tested_against_each_other() {
    let (a, b, labels) = example(60);
    let doubled: Vec<f64> = a.iter().map(|score| 2.0 * score).collect();
    let ranked = |scores: &[f64]| Ranked::new(scores, &labels).unwrap();
    let same = delong_paired(&ranked(&a), &ranked(&doubled), 0.0, Tail::TwoSided, Alpha::FIVE_PERCENT);
    assert!(matches!(same, Err(StatsError::Degenerate(_))));
    let flipped: Vec<bool> = labels.iter().map(|label| !label).collect();
    let other = Ranked::new(&b, &flipped).unwrap();
    assert!(delong_paired(&ranked(&a), &other, 0.0, Tail::TwoSided, Alpha::FIVE_PERCENT).is_err());
}

#[test]
fn a_single_item_of_a_class_has_no_delong_variance() {
    let ranked = Ranked::new(&[0.1, 0.5, 0.3], &[true, false, false]).unwrap();
    assert!(matches!(delong(&ranked), Err(StatsError::TooFew { needed: 2, found: 1, .. })));
}

#[test]
fn the_bootstrap_and_delong_agree_on_the_standard_error() {
    let (a, b, labels) = example(400);
    let ranked = |scores: &[f64]| Ranked::new(scores, &labels).unwrap();
    let resampling = Resampling { replicates: 4000, seed: 1 };
    let within = bootstrap(&ranked(&a), Scheme::WithinClass, resampling).unwrap();
    let exact = delong(&ranked(&a)).unwrap();
    assert!((within.replicates.standard_error() / exact.se - 1.0).abs() < 0.05);
    let paired = bootstrap_difference(&ranked(&a), &ranked(&b), Scheme::Items, resampling).unwrap();
    let exact = delong_paired(&ranked(&a), &ranked(&b), 0.0, Tail::TwoSided, Alpha::FIVE_PERCENT).unwrap();
    assert!((paired.replicates.standard_error() / exact.se - 1.0).abs() < 0.06);
}

#[test]
fn replicates_of_one_class_are_left_out_and_counted() {
    let ranked = Ranked::new(&[0.1, 0.2, 0.3], &[true, false, false]).unwrap();
    let resampling = Resampling { replicates: 3000, seed: 4 };
    let found = bootstrap(&ranked, Scheme::Items, resampling).unwrap();
    // No positive with (2/3)³, no negative with (1/3)³.
    let expected = 3000.0 * (8.0 + 1.0) / 27.0;
    assert!((f64::from(found.undefined) - expected).abs() < 110.0, "{}", found.undefined);
    assert_eq!(bootstrap(&ranked, Scheme::WithinClass, resampling).unwrap().undefined, 0);
    assert!(bootstrap(&ranked, Scheme::Items, Resampling { replicates: 0, seed: 0 }).is_err());
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let (a, _, labels) = example(100);
    let ranked = Ranked::new(&a, &labels).unwrap();
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| bootstrap(&ranked, Scheme::Items, Resampling { replicates: 500, seed: 2 }).unwrap())
    };
    assert_eq!(run(1), run(3));
}

proptest! {
    #[test]
    fn the_area_is_the_share_of_ordered_pairs(pairs in prop::collection::vec((0_u8..8, any::<bool>()), 2..60)) {
        let (scores, labels): (Vec<f64>, Vec<bool>) = pairs.iter().map(|(s, l)| (f64::from(*s), *l)).unzip();
        prop_assume!(labels.contains(&true) && labels.contains(&false));
        let ranked = Ranked::new(&scores, &labels).unwrap();
        prop_assert!((ranked.auc() - by_pairs(&scores, &labels)).abs() < 1e-12);
        let (n1, n0) = (ranked.positives() as u64, ranked.negatives() as u64);
        prop_assert!(ranked.twice_u() <= 2 * n1 * n0);
        let mirrored: Vec<f64> = scores.iter().map(|score| -score).collect();
        prop_assert_eq!(Ranked::new(&mirrored, &labels).unwrap().twice_u(), 2 * n1 * n0 - ranked.twice_u());
    }

    #[test]
    fn a_resample_is_the_area_of_the_drawn_items(
        pairs in prop::collection::vec((0_u8..8, any::<bool>()), 2..30),
        draws in prop::collection::vec(0_u32..30, 1..60),
    ) {
        let (scores, labels): (Vec<f64>, Vec<bool>) = pairs.iter().map(|(s, l)| (f64::from(*s), *l)).unzip();
        prop_assume!(labels.contains(&true) && labels.contains(&false));
        let draws: Vec<u32> = draws.into_iter().filter(|draw| (*draw as usize) < scores.len()).collect();
        let ranked = Ranked::new(&scores, &labels).unwrap();
        let found = Resample::new(&ranked).auc_of(draws.iter().copied());
        let (drawn, drawn_labels): (Vec<f64>, Vec<bool>) =
            draws.iter().map(|draw| (scores[*draw as usize], labels[*draw as usize])).unzip();
        prop_assert_eq!(found, roc_auc(&drawn, &drawn_labels).ok());
    }
}
