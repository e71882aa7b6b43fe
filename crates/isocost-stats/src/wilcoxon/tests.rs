use proptest::prelude::*;

use super::*;

fn run(differences: &[f64], tail: Tail, distribution: NullDistribution) -> Wilcoxon {
    test(differences, 0.0, tail, Zeros::Drop, distribution, Alpha::FIVE_PERCENT).unwrap()
}

#[test]
fn five_gains_cannot_give_less_than_a_sixteenth_and_have_no_interval_at_95_percent() {
    let result = run(&[0.1, 0.2, 0.3, 0.4, 0.5], Tail::TwoSided, NullDistribution::Auto);
    assert!((result.p.get() - 1.0 / 16.0).abs() < 1e-15);
    assert_eq!(result.p, result.attainable_p);
    assert_eq!(result.interval, None);
    assert!((result.estimate - 0.3).abs() < 1e-15);
}

#[test]
fn a_margin_shifts_the_differences() {
    let values = [0.31, -0.12, 0.53, 0.27, 0.08, -0.2, 0.44];
    let shifted: Vec<f64> = values.iter().map(|d| d - 0.1).collect();
    let alpha = Alpha::FIVE_PERCENT;
    let with = test(&values, 0.1, Tail::Greater, Zeros::Drop, NullDistribution::Auto, alpha).unwrap();
    let without = run(&shifted, Tail::Greater, NullDistribution::Auto);
    assert_eq!((with.p, with.w_plus), (without.p, without.w_plus));
}

#[test]
fn only_zeros_give_one_and_too_many_values_for_exactness_are_refused() {
    for distribution in [NullDistribution::Auto, NullDistribution::Normal(Continuity::Corrected)] {
        assert_eq!(run(&[0.0; 4], Tail::TwoSided, distribution).p, PValue::ONE);
    }
    let many: Vec<f64> = (1..=51).map(f64::from).collect();
    let alpha = Alpha::FIVE_PERCENT;
    assert!(test(&many, 0.0, Tail::Less, Zeros::Drop, NullDistribution::Exact, alpha).is_err());
    assert!(test(&[], 0.0, Tail::Less, Zeros::Drop, NullDistribution::Auto, alpha).is_err());
    assert!(test(&[f64::NAN], 0.0, Tail::Less, Zeros::Drop, NullDistribution::Auto, alpha).is_err());
}

#[test]
fn the_interval_ends_are_where_the_exact_test_turns() {
    let values = [0.31, -0.12, 0.53, 0.27, 0.08, -0.2, 0.44, 0.61, 0.02, 0.19];
    let interval = run(&values, Tail::TwoSided, NullDistribution::Exact).interval.unwrap();
    let p = |margin| {
        let alpha = Alpha::FIVE_PERCENT;
        test(&values, margin, Tail::TwoSided, Zeros::Drop, NullDistribution::Exact, alpha).unwrap().p.get()
    };
    assert!(p(interval.low - 1e-9) <= 0.05 && p(interval.low + 1e-9) > 0.05);
    assert!(p(interval.high + 1e-9) <= 0.05 && p(interval.high - 1e-9) > 0.05);
}

/// Written another way: every pattern of signs on the same ranks.
fn brute_force(values: &[f64]) -> f64 {
    let kept: Vec<f64> = values.iter().copied().filter(|d| *d != 0.0).collect();
    let sizes: Vec<f64> = kept.iter().map(|d| d.abs()).collect();
    let (ranks, _) = average_ranks(&sizes);
    let observed: f64 = kept.iter().zip(&ranks).filter(|(d, _)| **d > 0.0).map(|(_, r)| r).sum();
    let reached = (0..1_u32 << kept.len()).filter(|pattern| {
        let total: f64 =
            ranks.iter().enumerate().filter(|(i, _)| pattern >> i & 1 == 1).map(|(_, rank)| rank).sum();
        total >= observed
    });
    reached.count() as f64 / f64::from(1_u32 << kept.len())
}

proptest! {
    #[test]
    fn the_exact_value_counts_all_sign_patterns_with_ties_too(
        values in prop::collection::vec((-5_i8..=5).prop_map(f64::from), 1..11),
    ) {
        let p = run(&values, Tail::Greater, NullDistribution::Exact).p.get();
        prop_assert!((p - brute_force(&values)).abs() < 1e-12);
    }

    #[test]
    fn the_estimate_and_any_order_statistic_are_those_of_the_sorted_averages(
        values in prop::collection::vec(-1.0..1.0_f64, 1..14),
    ) {
        let mut averages = Vec::new();
        for (i, a) in values.iter().enumerate() {
            averages.extend(values[i..].iter().map(|b| f64::midpoint(*a, *b)));
        }
        averages.sort_by(f64::total_cmp);
        let ascending = walsh::sorted(&values);
        for (index, expected) in averages.iter().enumerate() {
            prop_assert!((walsh::nth(&ascending, index) - expected).abs() <= 0.0);
        }
        let expected = crate::quantile_of_sorted(&averages, 0.5).unwrap();
        prop_assert!((walsh::median(&ascending) - expected).abs() < 1e-15);
    }

    #[test]
    fn negated_differences_swap_the_tails(values in prop::collection::vec(-1.0..1.0_f64, 1..80)) {
        let negated: Vec<f64> = values.iter().map(|v| -v).collect();
        let a = run(&values, Tail::Greater, NullDistribution::Auto);
        let b = run(&negated, Tail::Less, NullDistribution::Auto);
        prop_assert!((a.p.get() - b.p.get()).abs() < 1e-12);
        prop_assert!((a.estimate + b.estimate).abs() < 1e-12);
    }
}
