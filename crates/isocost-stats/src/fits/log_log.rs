//! The slope of a scaling law on doubly logarithmic axes.

use crate::error::{check_finite, check_lengths};
use crate::{Alpha, Interval, StatsError, StatsResult, mean, student_t, sum};

/// ln y = intercept + slope · ln x.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogLogSlope {
    /// The exponent of the power law.
    pub slope: f64,
    /// ln of the value at x = 1.
    pub intercept: f64,
    /// Standard error of the slope; 0 for points on a line.
    pub se: f64,
    /// Student's interval of the slope with n − 2 degrees of freedom; it takes errors of ln y as independent, normal and even.
    pub interval: Interval,
}

/// Ordinary least squares of ln y on ln x; at least three points, all positive, at two or more different x.
pub fn log_log_slope(x: &[f64], y: &[f64], alpha: Alpha) -> StatsResult<LogLogSlope> {
    check_lengths("x and y", x.len(), y.len())?;
    check_finite(x)?;
    check_finite(y)?;
    if x.len() < 3 {
        return Err(StatsError::TooFew { what: "a slope with an interval", needed: 3, found: x.len() });
    }
    if let Some(value) = x.iter().chain(y).find(|value| **value <= 0.0) {
        return Err(StatsError::OutOfRange {
            name: "value on a logarithmic axis",
            value: *value,
            range: "positive",
        });
    }
    let logs = |values: &[f64]| values.iter().map(|value| libm::log(*value)).collect::<Vec<f64>>();
    let (x, y) = (logs(x), logs(y));
    let (mean_x, mean_y) = (mean(&x).unwrap_or_default(), mean(&y).unwrap_or_default());
    let total = |terms: Vec<f64>| sum(&terms);
    let spread = total(x.iter().map(|x| (x - mean_x).powi(2)).collect());
    if spread <= 1e-24 {
        return Err(StatsError::Degenerate("a slope needs two different x"));
    }
    let slope = total(x.iter().zip(&y).map(|(x, y)| (x - mean_x) * (y - mean_y)).collect()) / spread;
    let intercept = mean_y - slope * mean_x;
    let sse = total(x.iter().zip(&y).map(|(x, y)| (y - intercept - slope * x).powi(2)).collect());
    let freedom = (x.len() - 2) as f64;
    let se = (sse / freedom / spread).sqrt();
    let half = student_t::quantile(1.0 - alpha.get() / 2.0, freedom)? * se;
    let interval = Interval { low: slope - half, high: slope + half, level: 1.0 - alpha.get() };
    Ok(LogLogSlope { slope, intercept, se, interval })
}
