use proptest::prelude::*;

use super::*;

const SCORES: [f64; 10] = [0.1, 0.9, 0.2, 0.8, 0.85, 0.0, 0.3, 0.3, 0.7, 0.05];

#[test]
fn selectors_differ_in_what_they_do_with_neighbours() {
    let pick = |selector: Selector, count| selector.pick(&SCORES, count).unwrap();
    assert_eq!(pick(Selector::TopK, 3), [1, 4, 3]);
    assert_eq!(pick(Selector::Nms { radius: 2 }, 3), [1, 4, 8]);
    assert_eq!(pick(Selector::NmsStrong { radius: 2, max_gap: 0.05 }, 3), [1, 4, 8]);
    assert_eq!(pick(Selector::AdjacentTop2 { radius: 1, max_gap: 0.8 }, 2), [1, 2]);
    assert_eq!(pick(Selector::AdjacentTop2 { radius: 1, max_gap: 0.8 }, 3), [1, 8, 2]);
    assert_eq!(pick(Selector::WindowTopK { window: 3, radius: 1 }, 3), [2, 4, 0]);
    assert!(pick(Selector::TopK, 0).is_empty());
}

#[test]
fn confidence_of_a_known_clip() {
    let near = |metric: Confidence, wanted: f64| {
        let found = metric.of(&SCORES).unwrap();
        assert!((found - wanted).abs() < 1e-15, "{}: {found} {wanted}", metric.name());
    };
    near(Confidence::Std, 0.336_303_442_716_598_5);
    near(Confidence::Top1Median, 0.599_999_964_237_213_1);
    near(Confidence::Top12GapNorm, 0.055_555_555_555_555_58);
    near(Confidence::Top3Bottom3GapNorm, 0.888_888_888_888_889);
    near(Confidence::Gini, 0.445_238_095_238_095_2);
    assert_eq!(Confidence::Std.of(&[]), Ok(0.0));
    assert!("top2".parse::<Confidence>().is_err());
}

#[test]
fn a_shift_out_of_the_clip_leaves_no_anchor_and_no_reason() {
    let rule = AnchorRule {
        count: 1,
        seconds: None,
        shift: 12,
        confidence: Confidence::Std,
        threshold: 0.0,
        select: Selector::TopK,
        smooth_window: 0,
        smoothing: Smoothing::Mean,
    };
    let picked = rule.pick(&SCORES).unwrap();
    assert_eq!((picked.anchors.len(), picked.fallback), (0, None));
    let unsure = AnchorRule { threshold: 0.5, ..rule.clone() }.pick(&SCORES).unwrap();
    assert_eq!(unsure.fallback, Some(Fallback::ConfBelowThreshold));
    assert_eq!(rule.pick(&[]).unwrap().fallback, Some(Fallback::EmptyScores));
}

#[test]
fn bad_input_is_named() {
    let nan = [0.1, f64::NAN];
    assert!(matches!(Selector::TopK.pick(&nan, 1), Err(AnchorError::ScoreNotFinite { index: 1, .. })));
    assert!(matches!(Smoothing::Mean.apply(&SCORES, 4), Err(AnchorError::EvenWindow(4))));
    let gap = Selector::NmsStrong { radius: 1, max_gap: -1.0 };
    assert!(matches!(gap.pick(&SCORES, 2), Err(AnchorError::BadGap(_))));
    let rule = HighRule {
        policy: HighPolicy::AdaptiveV2,
        cap: None,
        adjacent: 1,
        gap: 0.0,
        confidence_threshold: 0.5,
        confidence: Confidence::StdNorm,
    };
    assert!(matches!(rule.max_high(&[1, 4], &SCORES), Err(AnchorError::MetricNotAccepted { .. })));
}

#[test]
fn shifted_scores_fill_with_the_smallest() {
    assert_eq!(shift_scores(&[3.0, 1.0, 2.0], 1), [1.0, 3.0, 1.0]);
    assert_eq!(shift_scores(&[3.0, 1.0, 2.0], -5), [1.0, 1.0, 1.0]);
}

proptest! {
    #[test]
    fn every_selector_picks_distinct_seconds_of_the_clip(
        scores in prop::collection::vec(prop::sample::select(vec![0.0, 0.25, 0.5, 1.0, -1.0]), 0..15), count in 0_usize..6,
        radius in 0_usize..4, max_gap in 0.0..1.0_f64,
    ) {
        for selector in [
            Selector::TopK,
            Selector::Nms { radius },
            Selector::NmsStrong { radius, max_gap },
            Selector::AdjacentTop2 { radius, max_gap },
            Selector::WindowTopK { window: 3, radius },
        ] {
            let picked = selector.pick(&scores, count).unwrap();
            prop_assert!(picked.len() <= count && picked.iter().all(|second| *second < scores.len()));
            let distinct: std::collections::BTreeSet<usize> = picked.iter().copied().collect();
            prop_assert_eq!(distinct.len(), picked.len());
        }
    }

    #[test]
    fn pairwise_sums_are_near_plain_sums(values in prop::collection::vec(-1.0..1.0_f64, 0..600)) {
        prop_assert!((pairwise_sum(&values) - values.iter().sum::<f64>()).abs() < 1e-11);
    }
}
