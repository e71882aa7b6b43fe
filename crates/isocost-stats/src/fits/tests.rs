use super::*;
use crate::bootstrap::{Grid, Resampling};
use crate::{Alpha, StatsError};

const BUDGETS: [f64; 6] = [8.0, 16.0, 32.0, 64.0, 128.0, 256.0];

fn power(budget: f64) -> f64 {
    0.7 - 1.2 * (budget + 2.0).powf(-0.6)
}

#[test]
fn a_curve_of_the_family_is_found_again() {
    let values = BUDGETS.map(power);
    let found = fit(Family::PowerLaw, &BUDGETS, &values, Start::Grid).unwrap();
    for budget in [8.0, 20.0, 100.0, 1000.0] {
        assert!(
            (found.curve.at(budget) - power(budget)).abs() < 1e-4,
            "{budget}: {}",
            found.curve.at(budget)
        );
    }
    let values = BUDGETS.map(|budget| 0.6 - 0.5 * (-budget / 40.0).exp());
    let found = fit(Family::SaturatingExponential, &BUDGETS, &values, Start::Grid).unwrap();
    assert!((found.curve.parameters()[2].exp() - 40.0).abs() < 0.1);
}

#[test]
fn budgets_in_flops_fit_as_well_as_budgets_in_tokens() {
    let budgets = BUDGETS.map(|budget| budget * 1e9);
    let values = BUDGETS.map(|budget| 0.6 - 0.5 * (-budget / 40.0).exp());
    let found = fit(Family::SaturatingExponential, &budgets, &values, Start::Grid).unwrap();
    assert!(found.quality.r_squared > 0.999_999);
}

#[test]
fn a_grid_of_starts_finds_the_slope_that_a_clipped_start_cannot_see() {
    let budgets: Vec<f64> = (2..8).map(|i| f64::from(i) * 1e6).collect();
    let values = [0.0688, 0.0683, 0.0676, 0.0672, 0.0673, 0.0674];
    let stuck = fit(Family::LogSaturation, &budgets, &values, Start::Reference).unwrap();
    let found = fit(Family::LogSaturation, &budgets, &values, Start::Grid).unwrap();
    assert!(stuck.quality.r_squared < -1e6 && found.quality.r_squared > -1e-3);
}

#[test]
fn more_parameters_than_points_are_refused_unless_the_reference_is_asked_for() {
    let (budgets, values) = ([8.0, 16.0, 32.0, 64.0], [0.1, 0.2, 0.25, 0.27]);
    let found = fit(Family::PowerLaw, &budgets, &values, Start::Grid);
    assert!(matches!(found, Err(StatsError::TooFew { needed: 5, found: 4, .. })));
    let reference = fit(Family::PowerLaw, &budgets, &values, Start::Reference).unwrap();
    assert_eq!(reference.quality.degrees_of_freedom, 0);
    assert_eq!(reference.quality.aicc, None);
}

#[test]
fn a_perfect_fit_has_criteria_of_minus_infinity() {
    let quality = criteria::Quality::of(&[0.5, 0.5], &[0.5, 0.5], 1);
    assert_eq!((quality.aic, quality.bic, quality.r_squared), (f64::NEG_INFINITY, f64::NEG_INFINITY, 0.0));
}

#[test]
fn bad_points_are_refused_with_the_reason() {
    let check = |budgets: &[f64], values: &[f64]| fit(Family::LogSaturation, budgets, values, Start::Grid);
    assert!(matches!(check(&[], &[]), Err(StatsError::Empty(_))));
    assert!(matches!(check(&[1.0], &[]), Err(StatsError::Lengths { .. })));
    assert!(matches!(check(&[1.0, f64::NAN], &[0.1, 0.2]), Err(StatsError::NotFinite { .. })));
    assert!(matches!(check(&[-1.0, 2.0], &[0.1, 0.2]), Err(StatsError::OutOfRange { .. })));
    let above_one = fit(Family::PowerLaw, &BUDGETS, &[2.0; 6], Start::Reference);
    assert!(matches!(above_one, Err(StatsError::Degenerate(_))));
    assert!(fit(Family::SaturatingExponential, &BUDGETS, &[0.5; 6], Start::Reference).is_err());
    assert!(select(&[], &BUDGETS, &[0.5; 6], Criterion::Bic, Start::Grid).is_err());
}

#[test]
fn repeated_and_single_budgets_do_not_break_the_fit() {
    for family in Family::ALL {
        let found = fit(family, &[8.0; 6], &[0.1, 0.2, 0.1, 0.2, 0.1, 0.2], Start::Grid).unwrap();
        assert!((found.curve.at(8.0) - 0.15).abs() < 1e-4, "{family:?}");
    }
}

#[test]
fn bands_contain_the_curve_and_do_not_depend_on_threads() {
    let noise = |item: usize, budget: usize| ((item * 29 + budget * 13) % 31) as f64 / 31.0 - 0.5;
    let cells = (0..60 * 6).map(|i| power(BUDGETS[i % 6]) + 0.1 * noise(i / 6, i % 6)).collect();
    let outcomes = Grid::new(60, 6, cells).unwrap();
    let means = outcomes.seed_means();
    let found = fit(Family::PowerLaw, &BUDGETS, &means, Start::Grid).unwrap();
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let resampling = Resampling { replicates: 200, seed: 5 };
        pool.install(|| {
            bands(&found.curve, &BUDGETS, &outcomes, &BUDGETS, resampling, Alpha::FIVE_PERCENT).unwrap()
        })
    };
    let once = run(1);
    assert_eq!(once, run(3));
    for (interval, budget) in once.intervals.iter().zip(BUDGETS) {
        assert!(interval.contains(found.curve.at(budget)) && interval.high - interval.low < 0.1);
    }
}

#[test]
fn a_power_law_is_a_line_on_logarithmic_axes() {
    let values = BUDGETS.map(|budget| 3.0 * budget.powf(-0.4));
    let found = log_log_slope(&BUDGETS, &values, Alpha::FIVE_PERCENT).unwrap();
    assert!((found.slope + 0.4).abs() < 1e-12 && (found.intercept - 3.0_f64.ln()).abs() < 1e-12);
    assert!(log_log_slope(&[1.0; 3], &[1.0, 2.0, 3.0], Alpha::FIVE_PERCENT).is_err());
    assert!(log_log_slope(&[1.0, 2.0], &[1.0, 2.0], Alpha::FIVE_PERCENT).is_err());
    assert!(log_log_slope(&[1.0, 2.0, 3.0], &[1.0, 0.0, 3.0], Alpha::FIVE_PERCENT).is_err());
}
