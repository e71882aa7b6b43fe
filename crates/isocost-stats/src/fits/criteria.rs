//! How well a curve fits, and which to prefer.

/// A criterion of choice; the smaller the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Criterion {
    /// Akaike's 2k − 2 ln L.
    Aic,
    /// AIC + 2k(k + 1) / (n − k − 1), Hurvich and Tsai (1989); +∞ where it does not exist (n ≤ k + 1).
    Aicc,
    /// Schwarz's k ln n − 2 ln L.
    #[default]
    Bic,
}

/// Quality of a fit to n points with k parameters of the curve (the variance is not counted, as in the grounding reports).
///
/// Normal errors with σ² = SSE/n: ln L = −n/2 (ln 2π + ln σ² + 1). A perfect fit (SSE = 0) has criteria of −∞: it is reported, not hidden.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quality {
    /// Sum of squared residuals.
    pub sse: f64,
    /// 2k − 2 ln L.
    pub aic: f64,
    /// AIC corrected for few points; `None` for n ≤ k + 1.
    pub aicc: Option<f64>,
    /// k ln n − 2 ln L.
    pub bic: f64,
    /// 1 − SSE/SST; 0 if the values do not vary. Negative for a curve worse than the mean.
    pub r_squared: f64,
    /// Population standard deviation of the residuals about their mean.
    pub residual_sd: f64,
    /// n − k; 0 or less means that the curve can pass through every point.
    pub degrees_of_freedom: i64,
}

impl Quality {
    pub(super) fn of(values: &[f64], predicted: &[f64], parameters: usize) -> Self {
        let n = values.len() as f64;
        let k = parameters as f64;
        let residuals: Vec<f64> = values.iter().zip(predicted).map(|(y, p)| y - p).collect();
        let sse: f64 = residuals.iter().map(|r| r * r).sum();
        let log_likelihood = -n / 2.0 * (libm::log(2.0 * std::f64::consts::PI) + libm::log(sse / n) + 1.0);
        let aic = 2.0 * k - 2.0 * log_likelihood;
        let spare = n - k - 1.0;
        // A perfect fit minus a correction stays perfect.
        let aicc = (spare > 0.0).then(|| aic + 2.0 * k * (k + 1.0) / spare);
        let total = spread(values);
        Self {
            sse,
            aic,
            aicc,
            bic: k * libm::log(n) - 2.0 * log_likelihood,
            r_squared: if total > 0.0 { 1.0 - sse / total } else { 0.0 },
            residual_sd: (spread(&residuals) / n).sqrt(),
            degrees_of_freedom: i64::try_from(values.len()).unwrap_or(i64::MAX)
                - i64::try_from(parameters).unwrap_or(i64::MAX),
        }
    }

    /// The value of a criterion.
    pub fn criterion(&self, criterion: Criterion) -> f64 {
        match criterion {
            Criterion::Aic => self.aic,
            Criterion::Aicc => self.aicc.unwrap_or(f64::INFINITY),
            Criterion::Bic => self.bic,
        }
    }
}

/// Σ (x − mean)², the mean by a plain sum: equal values below eight of them must give exactly 0 where numpy does.
fn spread(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|value| (value - mean).powi(2)).sum()
}
