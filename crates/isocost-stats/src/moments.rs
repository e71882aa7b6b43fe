//! Sums in a fixed order.

/// Neumaier's compensated sum in the order given: the error does not grow with the number of values.
///
/// Source: A. Neumaier (1974), "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen". NaN and infinities propagate.
pub fn sum(values: &[f64]) -> f64 {
    let (mut total, mut lost) = (0.0_f64, 0.0_f64);
    for &value in values {
        let next = total + value;
        lost += if total.abs() >= value.abs() { (total - next) + value } else { (value - next) + total };
        total = next;
    }
    if lost.is_finite() { total + lost } else { total }
}

/// Arithmetic mean; `None` for no values.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| sum(values) / values.len() as f64)
}

/// Unbiased sample variance (divisor n − 1), two passes; `None` below two values.
pub fn sample_variance(values: &[f64]) -> Option<f64> {
    let centre = mean(values).filter(|_| values.len() > 1)?;
    let squares: Vec<f64> = values.iter().map(|value| (value - centre).powi(2)).collect();
    Some(sum(&squares) / (values.len() - 1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_keeps_what_large_terms_would_swallow() {
        assert_eq!(sum(&[1.0, 1e100, 1.0, -1e100]).to_bits(), 2.0_f64.to_bits());
    }

    #[test]
    fn a_variance_needs_two_values() {
        assert_eq!(sample_variance(&[1.0]), None);
        assert_eq!(sample_variance(&[1.0, 3.0]), Some(2.0));
        assert_eq!(mean(&[]), None);
    }
}
