use proptest::prelude::*;

use super::*;
use crate::testing::noise;

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
    let replicates = Replicates { estimate: 0.5, ascending: vec![0.0, 0.5, 0.5, 1.0] };
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
