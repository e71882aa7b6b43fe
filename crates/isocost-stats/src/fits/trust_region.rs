//! The quadratic subproblem of a least-squares step.

use super::linear::{Columns, Decomposition, Vector, dot, norm, scaled, times};

/// q(s) = ½ sᵀ(JᵀJ + D)s + gᵀs.
pub(super) struct Quadratic {
    pub(super) jacobian: Columns,
    pub(super) diagonal: Vector,
    pub(super) gradient: Vector,
}

/// a t² + b t + c.
pub(super) struct Parabola {
    a: f64,
    b: f64,
    c: f64,
}

impl Quadratic {
    pub(super) fn value(&self, s: &[f64]) -> f64 {
        let image = self.jacobian.apply(s);
        0.5 * (dot(&image, &image) + dot(&times(s, &self.diagonal), s)) + dot(s, &self.gradient)
    }

    /// q(from + s t) as a function of t.
    pub(super) fn along(&self, s: &[f64], from: Option<&[f64]>) -> Parabola {
        let image = self.jacobian.apply(s);
        let weighted = times(s, &self.diagonal);
        let a = 0.5 * (dot(&image, &image) + dot(&weighted, s));
        let b = dot(&self.gradient, s);
        match from {
            None => Parabola { a, b, c: 0.0 },
            Some(start) => Parabola {
                a,
                b: b + dot(&self.jacobian.apply(start), &image) + dot(start, &weighted),
                c: self.value(start),
            },
        }
    }
}

impl Parabola {
    /// Where it is least on `low..=high`, and its value there.
    pub(super) fn minimum(&self, low: f64, high: f64) -> (f64, f64) {
        let at = |t: f64| (t, t * (self.a * t + self.b) + self.c);
        let vertex = -0.5 * self.b / self.a;
        let mut best = at(low);
        for t in [Some(high), (low < vertex && vertex < high).then_some(vertex)].into_iter().flatten() {
            let candidate = at(t);
            if candidate.1 < best.1 {
                best = candidate;
            }
        }
        best
    }
}

/// min |J p + f|² + pᵀD p over |p| ≤ radius, from one singular value decomposition. Source: Moré (1977).
pub(super) struct TrustRegion {
    parts: Decomposition,
    rows: usize,
}

impl TrustRegion {
    /// `None` if the Jacobian is not finite.
    pub(super) fn new(jacobian: &Columns, diagonal: &[f64], f: &[f64]) -> Option<Self> {
        let roots: Vector = diagonal.iter().map(|value| value.sqrt()).collect();
        let augmented = jacobian.above_diagonal(&roots);
        if !augmented.0.iter().flatten().all(|value| value.is_finite()) {
            return None;
        }
        let parts = augmented.decompose(f).ok()?;
        Some(Self { parts, rows: f.len() })
    }

    /// The step of at most this length, and the Levenberg–Marquardt parameter that gave it.
    pub(super) fn step(&self, radius: f64, start: f64) -> (Vector, f64) {
        let Decomposition { singular, right, projected } = &self.parts;
        let largest = singular.iter().copied().fold(0.0, f64::max);
        let smallest = singular.iter().copied().fold(f64::INFINITY, f64::min);
        let enough_rows = self.rows >= singular.len();
        let full_rank = enough_rows && smallest > f64::EPSILON * self.rows as f64 * largest;
        if full_rank {
            let newton: Vector = projected.iter().zip(singular).map(|(u, s)| -(u / s)).collect();
            let newton = right.apply(&newton);
            if norm(&newton) <= radius {
                return (newton, 0.0);
            }
        }
        let weighted = times(singular, projected);
        let alpha = self.parameter(&weighted, radius, start, full_rank);
        let step: Vector = weighted.iter().zip(singular).map(|(w, s)| -(w / (s * s + alpha))).collect();
        let step = right.apply(&step);
        (scaled(&step, radius / norm(&step)), alpha)
    }

    /// Newton's iteration for |p(α)| = radius, to one percent.
    fn parameter(&self, weighted: &[f64], radius: f64, start: f64, full_rank: bool) -> f64 {
        let excess = |alpha: f64| {
            let terms = || weighted.iter().zip(&self.parts.singular).map(move |(w, s)| (w, s * s + alpha));
            let length = terms().map(|(w, d)| (w / d).powi(2)).sum::<f64>().sqrt();
            let slope: f64 = terms().map(|(w, d)| w * w / d.powi(3)).sum();
            (length - radius, -slope / length)
        };
        let mut upper = norm(weighted) / radius;
        let mut lower = 0.0;
        if full_rank {
            let (phi, slope) = excess(0.0);
            lower = -phi / slope;
        }
        let middle = |lower: f64, upper: f64| (0.001 * upper).max((lower * upper).sqrt());
        let mut alpha = if !full_rank && start == 0.0 { middle(lower, upper) } else { start };
        for _ in 0..10 {
            if alpha < lower || alpha > upper {
                alpha = middle(lower, upper);
            }
            let (phi, slope) = excess(alpha);
            if phi < 0.0 {
                upper = alpha;
            }
            let ratio = phi / slope;
            lower = lower.max(alpha - ratio);
            alpha -= (phi + radius) * ratio / radius;
            if phi.abs() < 0.01 * radius {
                break;
            }
        }
        alpha
    }
}

/// The next radius, and the ratio of actual to predicted gain.
pub(super) fn update_radius(radius: f64, actual: f64, predicted: f64, length: f64) -> (f64, f64) {
    let ratio = if predicted > 0.0 {
        actual / predicted
    } else if predicted == 0.0 && actual == 0.0 {
        1.0
    } else {
        0.0
    };
    let next = if ratio < 0.25 {
        0.25 * length
    } else if ratio > 0.75 && length > 0.95 * radius {
        2.0 * radius
    } else {
        radius
    };
    (next, ratio)
}
