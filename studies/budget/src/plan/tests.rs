use proptest::prelude::*;

use super::*;

const FOUR: Triad = Triad::of(160, 224, 352);

fn letters(plan: &Plan) -> String {
    let letter = |side: &Pixels| match side.get() {
        160 => "l",
        224 => "b",
        352 => "h",
        _ => "?",
    };
    plan.resolutions.iter().map(letter).collect::<Vec<_>>().join(" ")
}

fn exact(rule: &str, anchors: &[i64], max_high: Option<usize>, scores: Option<&[f64]>) -> String {
    let request = Request { seconds: 10, anchors, scores, max_high };
    letters(&ExactPlanner::new(FOUR, rule.parse().unwrap()).unwrap().plan(&request).unwrap())
}

#[test]
fn each_allocation_orders_the_rest_of_the_clip_its_own_way() {
    assert_eq!(exact("distance", &[3, 8], None, None), "l l b h b l l l h l");
    assert_eq!(exact("balanced", &[3, 8], None, None), "l l b h l l l b h l");
    assert_eq!(exact("bridge", &[3, 8], None, None), "l l l h l b b l h l");
    assert_eq!(exact("farthest", &[3, 8], None, None), "b b l h l l l l h l");
    assert_eq!(exact("mixed", &[3, 8], None, None), "b l b h l l l l h l");
    assert_eq!(exact("distance", &[], None, None), "b b b b b b b b b b");
}

#[test]
fn an_anchor_that_may_not_be_high_still_draws_distances_unless_the_rule_says_high() {
    assert_eq!(exact("distance", &[3, 8], Some(1), None), "l b b h b l l b b b");
    assert_eq!(exact("distance_high", &[3, 8], Some(1), None), "b b b h b b b l l l");
    assert_eq!(exact("balanced", &[3, 8], Some(1), None), "l b b h b l b b l b");
    assert_eq!(exact("mixed", &[3, 8], Some(1), None), "b b b h b b l l b l");
}

#[test]
fn seconds_outside_the_clip_and_repeated_anchors_are_skipped() {
    assert_eq!(exact("distance", &[9, 9, -1, 12, 4], None, None), "l l l b h b l l l h");
    assert_eq!(exact("distance", &[5, 2, 9], None, None), "l b h l l h l l l b");
}

#[test]
fn scores_decide_where_they_are_asked_for_and_must_be_there() {
    let scores = [0.1, 0.9, 0.2, 0.8, 0.85, 0.0, 0.3, 0.3, 0.7, 0.05];
    assert_eq!(exact("score", &[1, 4], Some(1), Some(&scores)), "l h b b b l b b b l");
    let mut planner = ExactPlanner::new(FOUR, "score".parse().unwrap()).unwrap();
    let none = planner.plan(&Request::anchored(10, &[1])).unwrap_err();
    assert_eq!(none, PlanError::MissingScores { seconds: 10, found: 0 });
    let nan = [f64::NAN; 10];
    let request = Request { scores: Some(&nan), ..Request::anchored(10, &[1]) };
    assert!(matches!(planner.plan(&request), Err(PlanError::ScoreNotFinite { index: 0, .. })));
}

#[test]
fn a_triad_that_cannot_match_the_budget_says_so() {
    for (low, base, high) in [(112, 160, 224), (160, 224, 320), (224, 352, 448)] {
        let error = ExactPlanner::new(Triad::of(low, base, high), BaseRule::default()).unwrap_err();
        assert!(error.to_string().contains("cannot exactly match budget"), "{error}");
    }
    let swapped = ExactPlanner::new(Triad::of(224, 160, 352), BaseRule::default());
    assert!(matches!(swapped, Err(PlanError::BaseNotAboveLow { .. })));
    assert!("nearest".parse::<BaseRule>().is_err());
}

#[test]
fn a_band_spends_what_is_left_on_the_best_placed_seconds() {
    let band = |anchors: &[i64], triad, extra: &[u32], rule: &str| {
        let extra = extra.iter().copied().map(Pixels::new).collect();
        let band = Band { triad, extra, tolerance: 0.01, rule: rule.parse().unwrap() };
        let plan = band.plan(&Request::anchored(10, anchors)).unwrap();
        (plan.resolutions.iter().map(|side| side.get()).collect::<Vec<u32>>(), plan.total_tokens.get())
    };
    let (sides, tokens) = band(&[3, 8], FOUR, &[112], "distance");
    assert_eq!((sides, tokens), (vec![112, 160, 224, 352, 224, 160, 112, 224, 352, 160], 1954));
    let (sides, tokens) = band(&[3, 8], Triad::of(160, 224, 320), &[192, 208], "bridge");
    assert_eq!((sides, tokens), (vec![160, 160, 160, 320, 224, 224, 224, 208, 320, 160], 1957));
}

/// Every way to give the seconds that are not high one of three resolutions, by the definition of the optimum.
fn best_by_going_through_all(band: &Band, order: &[usize], high_cost: u64, target: u64) -> Option<u64> {
    let mut sides = vec![band.triad.low, band.triad.base];
    sides.extend(&band.extra);
    sides.sort_unstable();
    sides.dedup();
    let cost = |level: usize| band.triad.tokens(sides[level]).unwrap().get();
    let ways = sides.len().pow(u32::try_from(order.len()).unwrap());
    let mut best = None;
    for way in 0..ways {
        let levels: Vec<usize> = (0..order.len())
            .map(|rank| way / sides.len().pow(u32::try_from(rank).unwrap()) % sides.len())
            .collect();
        let total = high_cost + levels.iter().map(|level| cost(*level)).sum::<u64>();
        let least = (target as f64 * (1.0 - band.tolerance) - 1e-9).ceil();
        if total <= target && total as f64 >= least {
            let value =
                levels.iter().enumerate().map(|(rank, level)| ((order.len() - rank) * level) as u64).sum();
            best = best.max(Some(value));
        }
    }
    best
}

proptest! {
    #[test]
    fn an_exact_plan_costs_the_budget_to_the_token_and_is_the_same_every_time(
        seconds in 1_usize..40, anchors in prop::collection::vec(-3_i64..45, 0..6), cap in prop::option::of(0_usize..5),
        rule in prop::sample::select(vec!["distance", "balanced", "bridge", "farthest", "mixed", "mixed_high", "bridge_high"]),
        triad in prop::sample::select(vec![FOUR, Triad::of(112, 224, 448)]),
    ) {
        let request = Request { seconds, anchors: &anchors, scores: None, max_high: cap };
        let mut planner = ExactPlanner::new(triad, rule.parse().unwrap()).unwrap();
        let plan = planner.plan(&request).unwrap();
        let counted = Plan::new(plan.resolutions.clone(), 16).unwrap();
        prop_assert_eq!(counted.total_tokens, triad.budget(seconds).unwrap());
        prop_assert_eq!(&planner.plan(&request).unwrap(), &plan);
        let high = plan.resolutions.iter().filter(|side| **side == triad.high).count();
        prop_assert!(cap.is_none_or(|cap| high <= cap));
    }

    #[test]
    fn no_way_to_fill_the_band_beats_the_search(
        anchors in prop::collection::vec(0_i64..6, 1..3), tolerance in 0.0..0.2_f64, cap in 1_usize..3,
    ) {
        let band = Band { triad: FOUR, extra: vec![Pixels::new(192)], tolerance, rule: BaseRule::default() };
        let request = Request { max_high: Some(cap), ..Request::anchored(6, &anchors) };
        let target = FOUR.budget(6).unwrap().get();
        match band.plan(&request) {
            Ok(plan) => {
                let spent = plan.total_tokens.get();
                prop_assert!(spent <= target);
                prop_assert!((target - spent) as f64 <= target as f64 * tolerance + 1e-9);
                let mut order: Vec<usize> = (0..6).filter(|s| plan.resolutions[*s] != FOUR.high).collect();
                order.sort_by_key(|s| (anchors.iter().map(|a| a.abs_diff(i64::try_from(*s).unwrap())).min(), *s));
                let high_cost = (6 - order.len()) as u64 * FOUR.tokens(FOUR.high).unwrap().get();
                let sides = [160, 192, 224].map(Pixels::new);
                let level = |s: &usize| sides.iter().position(|side| *side == plan.resolutions[*s]).unwrap();
                let value: usize = order.iter().enumerate().map(|(rank, s)| (order.len() - rank) * level(s)).sum();
                prop_assert_eq!(Some(value as u64), best_by_going_through_all(&band, &order, high_cost, target));
            }
            Err(error) => prop_assert!(matches!(error, PlanError::EmptyBand { .. }), "{error}"),
        }
    }
}
