//! Fits one family, or the best of several.

use super::criteria::{Criterion, Quality};
use super::family::{Curve, Family};
use super::starts;
use super::trf::Problem;
use crate::error::{check_finite, check_lengths};
use crate::{StatsError, StatsResult};

/// How many of the grid's starts are followed to their end.
const FOLLOWED: usize = 4;

/// Where fits begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Start {
    /// The best few of a grid of starts, and the reference's; the smallest sum of squares wins. Needs more points than parameters.
    #[default]
    Grid,
    /// The reference's single start: reproduces its fits, also where they stop short (a clipped curve has no gradient to follow).
    Reference,
}

/// A curve and how well it fits.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The curve.
    pub curve: Curve,
    /// Its quality.
    pub quality: Quality,
}

/// All fits, the preferred one first to be asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    /// Position of the preferred fit in `fits`.
    chosen: usize,
    /// The fits that succeeded, in the order of the families asked for.
    pub fits: Vec<Fit>,
    /// The families that could not be fitted, with the reason.
    pub dropped: Vec<(Family, StatsError)>,
}

impl Selection {
    /// The preferred fit.
    pub fn chosen(&self) -> Option<&Fit> {
        self.fits.get(self.chosen)
    }
}

/// Least squares of one family to (budget, value) points.
///
/// Budgets are ≥ 0 in any unit and may repeat; values are scores in about 0..=1. Refuses unequal lengths, NaN, infinities, negative budgets, a start
/// outside the bounds (values outside 0..=1 with [`Start::Reference`]) and iterations that do not end. Tolerance: predictions within 1e-3
/// (mostly 1e-7) of `SciPy` 1.17 `curve_fit` with [`Start::Reference`]; parameters may differ where the data do not determine them.
pub fn fit(family: Family, budgets: &[f64], values: &[f64], start: Start) -> StatsResult<Fit> {
    check_points(budgets, values)?;
    let starts: Vec<Vec<f64>> = match start {
        Start::Reference => {
            let start = starts::reference(family, values);
            vec![start.ok_or(StatsError::Undetermined("the reference has no start for this family"))?]
        }
        Start::Grid => {
            let needed = family.parameters() + 1;
            if values.len() < needed {
                return Err(StatsError::TooFew { what: "a scaling fit", needed, found: values.len() });
            }
            let grid = starts::grid(family, budgets, values).into_iter().take(FOLLOWED);
            grid.chain(starts::reference(family, values)).collect()
        }
    };
    best(family, budgets, values, &starts)
}

/// Fits from one given start, cut at the bounds.
pub(super) fn refit(curve: &Curve, budgets: &[f64], values: &[f64]) -> StatsResult<Fit> {
    check_points(budgets, values)?;
    best(curve.family(), budgets, values, &[curve.parameters().to_vec()])
}

fn best(family: Family, budgets: &[f64], values: &[f64], starts: &[Vec<f64>]) -> StatsResult<Fit> {
    let residuals = |parameters: &[f64]| -> Vec<f64> {
        budgets.iter().zip(values).map(|(budget, value)| family.value(parameters, *budget) - value).collect()
    };
    let problem = Problem { residuals: &residuals, low: family.low(), high: family.high() };
    let mut best: Option<super::trf::Solution> = None;
    let mut failure = None;
    for start in starts {
        match problem.solve(start) {
            Ok(solution) if best.as_ref().is_none_or(|best| solution.cost < best.cost) => {
                best = Some(solution);
            }
            Ok(_) => {}
            Err(reason) => failure = Some(reason),
        }
    }
    let Some(solution) = best else {
        let reason = match failure {
            Some(super::trf::NoFit::StartOutOfBounds) => "the start of the fit lies outside its bounds",
            Some(super::trf::NoFit::NotFinite) => "the curve is not finite near the start of the fit",
            _ => "the fit does not converge",
        };
        return Err(StatsError::Degenerate(reason));
    };
    let curve = Curve::new(family, solution.x);
    let predicted: Vec<f64> = budgets.iter().map(|budget| curve.at(*budget)).collect();
    let quality = Quality::of(values, &predicted, family.parameters());
    Ok(Fit { curve, quality })
}

fn check_points(budgets: &[f64], values: &[f64]) -> StatsResult<()> {
    check_lengths("budgets and values", budgets.len(), values.len())?;
    if values.is_empty() {
        return Err(StatsError::Empty("a scaling fit needs points"));
    }
    check_finite(budgets)?;
    check_finite(values)?;
    match budgets.iter().find(|budget| **budget < 0.0) {
        Some(budget) => Err(StatsError::OutOfRange { name: "budget", value: *budget, range: "0 or more" }),
        None => Ok(()),
    }
}

/// Fits several families and prefers the one with the smallest criterion, on ties the first. Families that fail are dropped with their reason;
/// an error if none is left.
pub fn select(
    families: &[Family],
    budgets: &[f64],
    values: &[f64],
    criterion: Criterion,
    start: Start,
) -> StatsResult<Selection> {
    check_points(budgets, values)?;
    let (mut fits, mut dropped) = (Vec::new(), Vec::new());
    for family in families {
        match fit(*family, budgets, values, start) {
            Ok(fit) => fits.push(fit),
            Err(reason) => dropped.push((*family, reason)),
        }
    }
    let score = |fit: &Fit| fit.quality.criterion(criterion);
    let smallest = fits.iter().map(score).fold(f64::INFINITY, f64::min);
    match (fits.iter().position(|fit| score(fit) <= smallest), dropped.first()) {
        (Some(chosen), _) => Ok(Selection { chosen, fits, dropped }),
        (None, Some((_, reason))) => Err(reason.clone()),
        (None, None) => Err(StatsError::Empty("a selection needs families")),
    }
}
