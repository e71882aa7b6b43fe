//! Mean and spread over seeds.

use schemars::JsonSchema;
use serde::Serialize;

/// Mean and standard deviation over seeds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Spread {
    /// The mean; 0 for no value.
    pub mean: f64,
    /// The sample standard deviation (divisor `n - 1`); `null` for a single seed, which says nothing about others.
    pub std: Option<f64>,
}

impl Spread {
    /// Of values in their order.
    pub fn of(values: &[f64]) -> Self {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n.max(1.0);
        let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
        Self { mean, std: (values.len() > 1).then(|| (squares / (n - 1.0)).sqrt()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_has_a_mean_and_no_deviation() {
        assert_eq!(Spread::of(&[0.25]), Spread { mean: 0.25, std: None });
        assert_eq!(Spread::of(&[1.0, 3.0]), Spread { mean: 2.0, std: Some(2.0_f64.sqrt()) });
    }
}
