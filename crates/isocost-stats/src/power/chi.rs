//! Averages over the estimated standard deviation.

use statrs::function::gamma;

use crate::{normal, quadrature};

/// Points and weights of s = √(χ²/df), the estimated standard deviation over the true one.
pub(super) fn nodes(df: f64, panels: u32) -> Vec<(f64, f64)> {
    let reach = 9.0 / df.sqrt();
    let (low, high) = ((1.0 - reach).max(0.0), 1.0 + reach);
    let log_scale = std::f64::consts::LN_2 + 0.5 * df * (0.5 * df).ln() - gamma::ln_gamma(0.5 * df);
    let density = |s: f64| (log_scale + (df - 1.0) * s.ln() - 0.5 * df * s * s).exp();
    let mut nodes = quadrature::panels(low, high, panels);
    for (s, weight) in &mut nodes {
        *weight *= density(*s);
    }
    // The rule leaves out a mass of about 1e-15; making the weights sum to 1 keeps probabilities at most 1.
    let total: f64 = nodes.iter().map(|(_, weight)| weight).sum();
    for (_, weight) in &mut nodes {
        *weight /= total;
    }
    nodes.retain(|(_, weight)| *weight > 1e-18);
    nodes
}

/// P(T > t) of the noncentral t distribution: Φ(δ − t·s) averaged over s.
pub(super) fn noncentral_sf(t: f64, nodes: &[(f64, f64)], delta: f64) -> f64 {
    nodes.iter().map(|(s, weight)| weight * normal::cdf(delta - t * s)).sum()
}
