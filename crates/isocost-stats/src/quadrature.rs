//! Gauss–Legendre quadrature.

/// Nodes and weights on `-1..=1` of the eight-point rule, positive half (Abramowitz and Stegun, table 25.4).
const RULE: [(f64, f64); 4] = [
    (0.183_434_642_495_649_8, 0.362_683_783_378_362),
    (0.525_532_409_916_329, 0.313_706_645_877_887_3),
    (0.796_666_477_413_626_7, 0.222_381_034_453_374_48),
    (0.960_289_856_497_536_3, 0.101_228_536_290_376_26),
];

/// Nodes and weights of the rule on each of `panels` equal parts of `low..=high`.
pub(crate) fn panels(low: f64, high: f64, panels: u32) -> Vec<(f64, f64)> {
    let half = (high - low) / f64::from(panels) / 2.0;
    let mut nodes = Vec::new();
    for panel in 0..panels {
        let centre = low + (2.0 * f64::from(panel) + 1.0) * half;
        for (x, weight) in RULE {
            nodes.push((centre - half * x, half * weight));
            nodes.push((centre + half * x, half * weight));
        }
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_polynomial_of_degree_fifteen_is_integrated_exactly() {
        let found: f64 = panels(-1.0, 2.0, 3).iter().map(|(x, weight)| weight * x.powi(15)).sum();
        assert!((found - (2.0_f64.powi(16) - 1.0) / 16.0).abs() < 1e-9, "{found}");
    }
}
