//! Bounded nonlinear least squares by a trust-region reflective method.
//!
//! Source: Branch, Coleman and Li (1999), "A subspace, interior, and conjugate gradient method for large-scale bound-constrained minimization
//! problems", in the dense form of `SciPy` 1.17 `least_squares(method="trf")` with its defaults: forward-difference Jacobian, tolerances 1e-8,
//! no scaling of variables, a linear loss. The same steps are taken in the same order, because a family that stops early (a flat clip, a
//! vanishing gradient) must stop where the reference's fit stopped. No maintained crate bounds its parameters this way.

use super::linear::{Columns, Vector, dot, norm, plus, scaled, times};
use super::trust_region::{Quadratic, TrustRegion, update_radius};

const TOLERANCE: f64 = 1e-8;
const MOST_EVALUATIONS: usize = 10_000;
/// √ε, the relative step of a forward difference.
const STEP: f64 = 1.490_116_119_384_765_6e-8;

/// Minimise Σ r(x)² over `low <= x <= high`.
pub(super) struct Problem<'a> {
    pub(super) residuals: &'a dyn Fn(&[f64]) -> Vec<f64>,
    pub(super) low: &'a [f64],
    pub(super) high: &'a [f64],
}

/// Where the iteration came to rest.
pub(super) struct Solution {
    pub(super) x: Vec<f64>,
    /// Half the sum of squares.
    pub(super) cost: f64,
}

/// Why there is no solution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum NoFit {
    #[error("the start lies outside the bounds")]
    StartOutOfBounds,
    #[error("the curve is not finite at the start or next to the path")]
    NotFinite,
    #[error("no convergence in {MOST_EVALUATIONS} evaluations")]
    NoConvergence,
}

impl Problem<'_> {
    pub(super) fn solve(&self, start: &[f64]) -> Result<Solution, NoFit> {
        let inside = start.iter().zip(self.low).zip(self.high).all(|((x, low), high)| low <= x && x <= high);
        if !inside {
            return Err(NoFit::StartOutOfBounds);
        }
        let mut x = self.strictly_feasible(start, 1e-10);
        let mut f = (self.residuals)(&x);
        if !is_finite(&f) {
            return Err(NoFit::NotFinite);
        }
        let mut cost = 0.5 * dot(&f, &f);
        let mut jacobian = self.jacobian(&x, &f);
        let mut gradient = jacobian.transposed(&f);
        let (v, _) = self.scaling(&x, &gradient);
        let mut radius = norm(&x.iter().zip(&v).map(|(x, v)| x / v.sqrt()).collect::<Vector>());
        if radius == 0.0 {
            radius = 1.0;
        }
        let (mut evaluations, mut alpha) = (1, 0.0);
        let mut finished = false;
        loop {
            let (v, dv) = self.scaling(&x, &gradient);
            let gradient_norm =
                times(&gradient, &v).iter().fold(0.0_f64, |most, value| most.max(value.abs()));
            if gradient_norm < TOLERANCE || finished {
                return Ok(Solution { x, cost });
            }
            if evaluations >= MOST_EVALUATIONS {
                return Err(NoFit::NoConvergence);
            }
            let model = Model::new(&f, &jacobian, &gradient, &v, &dv)?;
            let theta = (1.0 - gradient_norm).max(0.995);
            let mut accepted = None;
            while accepted.is_none() && !finished && evaluations < MOST_EVALUATIONS {
                let (inner, next_alpha) = model.region.step(radius, alpha);
                alpha = next_alpha;
                let step = self.select_step(&x, &model, inner, radius, theta);
                let candidate = self.strictly_feasible(&plus(&x, 1.0, &step.outer), 0.0);
                let residuals = (self.residuals)(&candidate);
                evaluations += 1;
                let length = norm(&step.inner);
                if !is_finite(&residuals) {
                    radius = 0.25 * length;
                    continue;
                }
                let candidate_cost = 0.5 * dot(&residuals, &residuals);
                let actual = cost - candidate_cost;
                let (next_radius, ratio) = update_radius(radius, actual, step.predicted, length);
                let little_gain = actual < TOLERANCE * cost && ratio > 0.25;
                let little_step = norm(&step.outer) < TOLERANCE * (TOLERANCE + norm(&x));
                finished = little_gain || little_step;
                if !finished {
                    alpha *= radius / next_radius;
                    radius = next_radius;
                }
                if actual > 0.0 {
                    accepted = Some((candidate, residuals, candidate_cost));
                }
            }
            if let Some((candidate, residuals, candidate_cost)) = accepted {
                (x, f, cost) = (candidate, residuals, candidate_cost);
                jacobian = self.jacobian(&x, &f);
                gradient = jacobian.transposed(&f);
            }
        }
    }

    fn bounds(&self) -> impl Iterator<Item = (f64, f64)> {
        self.low.iter().copied().zip(self.high.iter().copied())
    }

    /// Forward differences, turned inwards at a bound.
    fn jacobian(&self, x: &[f64], f: &[f64]) -> Columns {
        let columns = x
            .iter()
            .zip(self.bounds())
            .enumerate()
            .map(|(i, (value, (low, high)))| {
                let sign = if *value >= 0.0 { 1.0 } else { -1.0 };
                let mut step = STEP * sign * value.abs().max(1.0);
                let (below, above) = (value - low, high - value);
                let there = value + step;
                if step.abs() > below.max(above) {
                    step = if above >= below { above } else { -below };
                } else if there < low || there > high {
                    step = -step;
                }
                let mut moved = x.to_vec();
                if let Some(cell) = moved.get_mut(i) {
                    *cell = value + step;
                }
                let taken = (value + step) - value;
                (self.residuals)(&moved).iter().zip(f).map(|(there, here)| (there - here) / taken).collect()
            })
            .collect();
        Columns(columns)
    }

    /// Coleman and Li's scaling: the distance to the bound that the gradient points away from, and its derivative.
    fn scaling(&self, x: &[f64], gradient: &[f64]) -> (Vector, Vector) {
        let pairs = x.iter().zip(gradient).zip(self.bounds()).map(|((x, g), (low, high))| {
            if *g < 0.0 {
                (high - x, -1.0)
            } else if *g > 0.0 {
                (x - low, 1.0)
            } else {
                (1.0, 0.0)
            }
        });
        pairs.unzip()
    }

    /// Moves what lies on a bound inside, by a relative distance or, for 0, to the next number.
    fn strictly_feasible(&self, x: &[f64], relative: f64) -> Vector {
        let inside = x.iter().zip(self.bounds()).map(|(x, (low, high))| {
            let (below, above) = (x - low, high - x);
            let (low_margin, high_margin) = (relative * low.abs().max(1.0), relative * high.abs().max(1.0));
            let at_low = if relative == 0.0 { *x <= low } else { below <= above.min(low_margin) };
            let at_high = if relative == 0.0 { *x >= high } else { above <= below.min(high_margin) };
            let moved = match (at_low, at_high) {
                (_, true) if relative == 0.0 => high.next_down(),
                (_, true) => high - high_margin,
                (true, false) if relative == 0.0 => low.next_up(),
                (true, false) => low + low_margin,
                (false, false) => *x,
            };
            if moved < low || moved > high { f64::midpoint(low, high) } else { moved }
        });
        inside.collect()
    }

    /// How far one may go along `direction`, and which variables then touch a bound.
    fn stride_to_bound(&self, x: &[f64], direction: &[f64]) -> (f64, Vec<bool>) {
        let strides: Vec<f64> = x
            .iter()
            .zip(direction)
            .zip(self.bounds())
            .map(
                |((x, s), (low, high))| {
                    if *s == 0.0 { f64::INFINITY } else { ((low - x) / s).max((high - x) / s) }
                },
            )
            .collect();
        let least = strides.iter().copied().fold(f64::INFINITY, f64::min);
        (least, strides.iter().map(|stride| *stride <= least).collect())
    }

    /// The best of three: the trust-region step cut at the bound, its reflection there, the scaled gradient.
    fn select_step(&self, x: &[f64], model: &Model, inner: Vector, radius: f64, theta: f64) -> Step {
        let outer = times(&model.scale, &inner);
        let target = plus(x, 1.0, &outer);
        if target.iter().zip(self.bounds()).all(|(x, (low, high))| low <= *x && *x <= high) {
            let predicted = -model.quadratic.value(&inner);
            return Step { outer, inner, predicted };
        }
        let (stride, hits) = self.stride_to_bound(x, &outer);
        let mut reflected = inner.clone();
        for (value, hit) in reflected.iter_mut().zip(hits) {
            if hit {
                *value = -*value;
            }
        }
        let (mut cut_outer, mut cut) = (scaled(&outer, stride), scaled(&inner, stride));
        let reflection = self.reflect(x, model, &cut_outer, &cut, &reflected, radius, theta, stride);
        cut_outer = scaled(&cut_outer, theta);
        cut = scaled(&cut, theta);
        let cut_value = model.quadratic.value(&cut);
        let descent = scaled(&model.gradient, -1.0);
        let to_region = radius / norm(&descent);
        let (to_bound, _) = self.stride_to_bound(x, &times(&model.scale, &descent));
        let longest = if to_bound < to_region { theta * to_bound } else { to_region };
        let (t, descent_value) = model.quadratic.along(&descent, None).minimum(0.0, longest);
        let descent = scaled(&descent, t);
        let (reflected, reflected_value) = match reflection {
            Some((reflected, value)) => (reflected, value),
            None => (cut.clone(), f64::INFINITY),
        };
        if cut_value < reflected_value && cut_value < descent_value {
            Step { outer: cut_outer, inner: cut, predicted: -cut_value }
        } else if reflected_value < cut_value && reflected_value < descent_value {
            let outer = times(&model.scale, &reflected);
            Step { outer, inner: reflected, predicted: -reflected_value }
        } else {
            let outer = times(&model.scale, &descent);
            Step { outer, inner: descent, predicted: -descent_value }
        }
    }

    /// From the bound onwards in the mirrored direction; `None` if there is no room.
    #[expect(clippy::too_many_arguments, reason = "one step of select_step, taken apart for its length")]
    fn reflect(
        &self,
        x: &[f64],
        model: &Model,
        cut_outer: &[f64],
        cut: &[f64],
        reflected: &[f64],
        radius: f64,
        theta: f64,
        stride: f64,
    ) -> Option<(Vector, f64)> {
        let on_bound = plus(x, 1.0, cut_outer);
        let to_region = to_region_edge(cut, reflected, radius)?;
        let (to_bound, _) = self.stride_to_bound(&on_bound, &times(&model.scale, reflected));
        let longest = to_bound.min(to_region);
        if longest <= 0.0 {
            return None;
        }
        let from = (1.0 - theta) * stride / longest;
        let to = if to_bound <= to_region { theta * to_bound } else { to_region };
        if from > to {
            return None;
        }
        let (t, value) = model.quadratic.along(reflected, Some(cut)).minimum(from, to);
        Some((plus(cut, t, reflected), value))
    }
}

fn is_finite(values: &[f64]) -> bool {
    values.iter().all(|value| value.is_finite())
}

/// The positive t with |x + s t| = radius; `None` if s is 0 or x is outside.
fn to_region_edge(x: &[f64], s: &[f64], radius: f64) -> Option<f64> {
    let (a, b, c) = (dot(s, s), dot(x, s), dot(x, x) - radius * radius);
    if a == 0.0 || c > 0.0 {
        return None;
    }
    let root = (b * b - a * c).sqrt();
    let q = -(b + root.copysign(b));
    Some((q / a).max(c / q))
}

struct Step {
    outer: Vector,
    inner: Vector,
    predicted: f64,
}

/// The quadratic model at a point, in the scaled ("hat") variables.
struct Model {
    scale: Vector,
    gradient: Vector,
    quadratic: Quadratic,
    region: TrustRegion,
}

impl Model {
    fn new(f: &[f64], jacobian: &Columns, gradient: &[f64], v: &[f64], dv: &[f64]) -> Result<Self, NoFit> {
        let scale: Vector = v.iter().map(|v| v.sqrt()).collect();
        let diagonal = times(gradient, dv);
        let gradient = times(&scale, gradient);
        let jacobian = jacobian.scaled_by(&scale);
        let region = TrustRegion::new(&jacobian, &diagonal, f).ok_or(NoFit::NotFinite)?;
        let quadratic = Quadratic { jacobian, diagonal, gradient: gradient.clone() };
        Ok(Self { scale, gradient, quadratic, region })
    }
}
