use super::*;
use crate::testing::noise;
use crate::{Alpha, PValue, Stream, Tail, normal};

const ALPHA: Alpha = Alpha::FIVE_PERCENT;
/// 99.9 % of Binomial(1000, 0.05) lies at or below this.
const MOST_OF_THOUSAND: usize = 73;

/// −1, 0 or 1 with mean 0.
fn ternary(stream: &mut Stream) -> f64 {
    match stream.below(10) {
        0 | 1 => 1.0,
        2 | 3 => -1.0,
        _ => 0.0,
    }
}

#[test]
fn looking_after_every_observation_keeps_the_level_of_the_e_process() {
    for tail in [Tail::TwoSided, Tail::Greater, Tail::Less] {
        let alarms = (0..1_000).filter(|&world| {
            let mut stream = Stream::new(1, 71, world);
            let mut process = EProcess::new(Bounds::DIFFERENCE, 0.0, tail, ALPHA).unwrap();
            (0..600).for_each(|_| process.observe(ternary(&mut stream)).unwrap());
            process.p().get() <= 0.05
        });
        let alarms = alarms.count();
        assert!(alarms <= MOST_OF_THOUSAND, "{alarms} of 1000");
    }
}

#[test]
fn a_t_test_after_every_tenth_observation_does_not_keep_its_level() {
    let alarms = (0..400).filter(|&world| {
        let mut stream = Stream::new(1, 71, world);
        let values: Vec<f64> = (0..600).map(|_| ternary(&mut stream)).collect();
        (10..=600).step_by(10).any(|n| {
            let test = crate::ttest::paired(&values[..n], 0.0, Tail::TwoSided, ALPHA).unwrap();
            test.p.is_some_and(|p| p.get() <= 0.05)
        })
    });
    let alarms = alarms.count();
    assert!(alarms > 80, "{alarms} of 400: this contrast is what the methods here are for");
}

#[test]
fn a_real_effect_is_found_and_p_never_grows() {
    let mut stream = Stream::new(2, 72, 0);
    let mut process = EProcess::new(Bounds::DIFFERENCE, 0.0, Tail::Greater, ALPHA).unwrap();
    let mut opposite = EProcess::new(Bounds::DIFFERENCE, 0.0, Tail::Less, ALPHA).unwrap();
    assert_eq!(process.p(), PValue::ONE);
    let mut before = process.p();
    for _ in 0..2_000 {
        let value = if stream.below(10) < 2 { 1.0 } else { ternary(&mut stream) };
        process.observe(value).unwrap();
        opposite.observe(value).unwrap();
        assert!(process.p() <= before);
        before = process.p();
    }
    assert!(process.p().get() < 1e-6);
    assert!(opposite.p().get() > 0.05);
    assert!(process.p().get() > 0.0);
}

#[test]
fn values_outside_the_bounds_are_refused_and_change_nothing() {
    let mut process = EProcess::new(Bounds::DIFFERENCE, 0.0, Tail::Greater, ALPHA).unwrap();
    for bad in [1.5, -2.0, f64::NAN, f64::INFINITY] {
        assert!(process.observe(bad).is_err());
    }
    assert_eq!(process.count(), 0);
    assert!(EProcess::new(Bounds::DIFFERENCE, 2.0, Tail::Greater, ALPHA).is_err());
    assert!(Bounds::new(1.0, 1.0).is_err());
    assert!(Bounds::new(f64::MIN, f64::MAX).is_err());
}

#[test]
fn margins_on_the_bounds_do_not_break_the_bets() {
    for (margin, tail) in [(-1.0, Tail::Greater), (1.0, Tail::Less), (1.0, Tail::TwoSided)] {
        let mut process = EProcess::new(Bounds::DIFFERENCE, margin, tail, ALPHA).unwrap();
        for value in [1.0, -1.0, 0.0, 1.0, -1.0] {
            process.observe(value).unwrap();
        }
        assert!((0.0..=1.0).contains(&process.p().get()));
    }
}

/// Both sequences must cover at all times at once in 95 % of worlds.
#[test]
fn confidence_sequences_cover_at_all_times_at_once() {
    let truth = 0.3;
    let mut missed = [0_usize; 2];
    for world in 0..300 {
        let mut stream = Stream::new(3, 73, world);
        let bounds = Bounds::new(0.0, 2.0).unwrap();
        let mut betting = BettingSequence::new(bounds, 200, ALPHA).unwrap();
        let mut bernstein = BernsteinSequence::new(bounds, ALPHA);
        for _ in 0..400 {
            let value = if stream.unit() < 0.15 { 2.0 } else { 0.0 };
            betting.observe(value).unwrap();
            bernstein.observe(value).unwrap();
        }
        // Both shrink only, so that the last interval tells of all times.
        for (slot, interval) in missed.iter_mut().zip([betting.interval(), bernstein.interval()]) {
            *slot += usize::from(!interval.is_some_and(|interval| interval.contains(truth)));
        }
        for interval in [betting.interval(), bernstein.interval()].into_iter().flatten() {
            assert!(interval.high - interval.low < 0.6, "{interval:?}");
        }
    }
    // 99.9 % of Binomial(300, 0.05) lies at or below 28.
    assert!(missed.iter().all(|&missed| missed <= 28), "{missed:?} of 300");
}

#[test]
fn the_betting_sequence_leaves_what_the_e_process_has_not_rejected() {
    let mut stream = Stream::new(4, 74, 0);
    let values: Vec<f64> = (0..300).map(|_| stream.unit()).collect();
    let mut sequence = BettingSequence::new(Bounds::new(0.0, 1.0).unwrap(), 100, ALPHA).unwrap();
    for value in &values {
        sequence.observe(*value).unwrap();
    }
    let interval = sequence.interval().unwrap();
    for k in 0..=100 {
        let margin = f64::from(k) / 100.0;
        let bounds = Bounds::new(0.0, 1.0).unwrap();
        let mut process = EProcess::new(bounds, margin, Tail::TwoSided, ALPHA).unwrap();
        for value in &values {
            process.observe(*value).unwrap();
        }
        let left = process.p().get() > 0.05;
        let inside = margin > interval.low + 0.009 && margin < interval.high - 0.009;
        assert_eq!(left, inside, "{margin}");
    }
}

fn plan(tail: Tail) -> MixturePlan {
    MixturePlan { margin: 0.0, tail, alpha: ALPHA, planned: 300, first: 30 }
}

#[test]
fn looking_after_every_observation_keeps_the_level_of_the_normal_mixture() {
    for tail in [Tail::TwoSided, Tail::Greater] {
        let mut alarms = 0;
        for world in 0..1_000 {
            let mut stream = Stream::new(5, 75, world);
            let mut mixture = NormalMixture::new(plan(tail)).unwrap();
            (0..600).for_each(|_| mixture.observe(3.0 * noise(&mut stream)).unwrap());
            alarms += usize::from(mixture.p().get() <= 0.05);
            if tail == Tail::TwoSided {
                let excluded = !mixture.interval().is_some_and(|interval| interval.contains(0.0));
                assert_eq!(excluded, mixture.p().get() <= 0.05);
            }
        }
        assert!(alarms <= MOST_OF_THOUSAND, "{alarms} of 1000");
    }
}

#[test]
fn the_normal_mixture_is_silent_before_its_first_look_and_without_spread() {
    let mut mixture = NormalMixture::new(plan(Tail::Greater)).unwrap();
    for _ in 0..100 {
        mixture.observe(0.5).unwrap();
    }
    assert_eq!((mixture.p(), mixture.interval()), (PValue::ONE, None));
    assert!(mixture.observe(f64::NAN).is_err());
    assert!(NormalMixture::new(MixturePlan { first: 1, ..plan(Tail::Greater) }).is_err());
    assert!(NormalMixture::new(MixturePlan { planned: 0, ..plan(Tail::Greater) }).is_err());
}

/// Reboussin, `DeMets`, Kim and Lan (2000), "Computations for group sequential boundaries using the Lan–`DeMets` spending function method", as printed: its
/// coarser grid is off by one in the fourth digit.
#[test]
fn boundaries_of_five_looks_are_the_published_ones() {
    let fractions = [0.2, 0.4, 0.6, 0.8, 1.0];
    for (spending, published) in [
        (Spending::ObrienFleming, [4.8769, 3.3569, 2.6803, 2.2898, 2.0310]),
        (Spending::Pocock, [2.4380, 2.4268, 2.4101, 2.3966, 2.3859]),
    ] {
        let looks = boundaries(&fractions, spending, Tail::TwoSided, ALPHA).unwrap();
        for (look, z) in looks.iter().zip(published) {
            assert!((look.z - z).abs() < 2e-4, "{} {z}", look.z);
        }
        assert!((looks.last().unwrap().spent - 0.05).abs() < 1e-9);
    }
}

#[test]
fn one_look_at_the_end_is_the_fixed_test() {
    let look = boundaries(&[1.0], Spending::Pocock, Tail::Greater, ALPHA).unwrap()[0];
    assert!((look.z - normal::quantile(0.95).unwrap()).abs() < 1e-9);
    assert!((look.nominal_p - 0.05).abs() < 1e-9);
}

#[test]
fn looks_must_move_forward_and_stay_within_the_plan() {
    for fractions in [&[][..], &[0.0], &[0.5, 0.5], &[0.5, 0.4], &[0.5, 1.1], &[f64::NAN]] {
        assert!(boundaries(fractions, Spending::Pocock, Tail::Greater, ALPHA).is_err(), "{fractions:?}");
    }
}

/// Random walks under the null hypothesis cross somewhere in 5 % of cases: of 4,000, 99.9 % of Binomial(4000, 0.05) lies within 155..=246.
#[test]
fn unequal_looks_with_one_sided_boundaries_spend_exactly_alpha() {
    let fractions = [0.1, 0.35, 0.4, 0.9, 1.0];
    for spending in [Spending::ObrienFleming, Spending::Pocock] {
        let looks = boundaries(&fractions, spending, Tail::Greater, ALPHA).unwrap();
        let crossed = (0..4_000).filter(|&world| {
            let mut stream = Stream::new(6, 76, world);
            let (mut sum, mut before) = (0.0, 0.0);
            looks.iter().any(|look| {
                sum += (look.fraction - before).sqrt() * noise(&mut stream);
                before = look.fraction;
                sum / look.fraction.sqrt() >= look.z
            })
        });
        let crossed = crossed.count();
        assert!((155..=246).contains(&crossed), "{crossed} of 4000");
    }
}

#[test]
fn levels_of_an_unknown_number_of_looks_sum_to_alpha() {
    let total: f64 = (1..=100_000).map(|look| unbounded_level(ALPHA, look).unwrap().get()).sum();
    assert!(total < 0.05 && total > 0.04999);
    let p = PValue::new(0.003).unwrap();
    for look in 1..9 {
        let rejected = p.get() <= unbounded_level(ALPHA, look).unwrap().get();
        assert_eq!(rejected, unbounded_adjusted(p, look).unwrap().get() <= 0.05);
    }
    assert!(unbounded_level(ALPHA, 0).is_err());
}
