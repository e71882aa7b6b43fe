//! Where a fit begins.

use super::family::Family;

/// The one start of the grounding reports; `None` for the family they do not have.
pub(super) fn reference(family: Family, values: &[f64]) -> Option<Vec<f64>> {
    let top = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let bottom = values.iter().copied().fold(f64::INFINITY, f64::min);
    match family {
        Family::PowerLaw => Some(vec![top, 0.1, 1.0, 0.5]),
        Family::LogSaturation => Some(vec![bottom, 0.1, 1.0]),
        Family::SaturatingExponential => None,
    }
}

/// A grid over the nonlinear parameters, with the two linear ones solved for and cut at their bounds, best first.
///
/// Source of the separation: Golub and Pereyra (1973).
pub(super) fn grid(family: Family, budgets: &[f64], values: &[f64]) -> Vec<Vec<f64>> {
    let mut starts: Vec<(f64, Vec<f64>)> = shapes(family, budgets)
        .into_iter()
        .map(|shape| {
            let x: Vec<f64> = budgets.iter().map(|budget| basis(family, &shape, *budget)).collect();
            let (intercept, slope) = line(&x, values);
            let mut start = vec![intercept, slope];
            start.extend(shape);
            for ((value, low), high) in start.iter_mut().zip(family.low()).zip(family.high()) {
                *value = value.clamp(*low, *high);
            }
            let miss = |(budget, value): (&f64, &f64)| (value - family.value(&start, *budget)).powi(2);
            (budgets.iter().zip(values).map(miss).sum(), start)
        })
        .collect();
    starts.sort_by(|a, b| a.0.total_cmp(&b.0));
    starts.into_iter().map(|(_, start)| start).collect()
}

fn shapes(family: Family, budgets: &[f64]) -> Vec<Vec<f64>> {
    let offsets = [0.1, 1.0, 5.0, 25.0, 100.0];
    match family {
        Family::PowerLaw => [0.02, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0]
            .iter()
            .flat_map(|exponent| offsets.map(|offset| vec![offset, *exponent]))
            .collect(),
        Family::LogSaturation => offsets.iter().map(|offset| vec![*offset]).collect(),
        Family::SaturatingExponential => {
            let largest = libm::log(budgets.iter().copied().fold(1e-9, f64::max));
            (-8..=4).map(|step| vec![largest + 0.7 * f64::from(step)]).collect()
        }
    }
}

/// The curve is intercept + slope · basis, with slope a (sign turned) or c₁.
fn basis(family: Family, shape: &[f64], budget: f64) -> f64 {
    match (family, shape) {
        (Family::PowerLaw, [offset, exponent]) => -libm::pow(budget + offset, -exponent),
        (Family::LogSaturation, [offset]) => libm::log(budget + offset),
        (Family::SaturatingExponential, [ln_scale]) => -libm::exp(-budget / libm::exp(*ln_scale)),
        _ => f64::NAN,
    }
}

/// Least-squares line; a flat one if x does not vary.
fn line(x: &[f64], y: &[f64]) -> (f64, f64) {
    let n = x.len() as f64;
    let (mean_x, mean_y) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
    let spread: f64 = x.iter().map(|x| (x - mean_x).powi(2)).sum();
    let common: f64 = x.iter().zip(y).map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    let slope = if spread > 0.0 { common / spread } else { 0.0 };
    (mean_y - slope * mean_x, slope)
}
