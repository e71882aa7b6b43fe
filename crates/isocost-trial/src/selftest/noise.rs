//! Random numbers of one world.

use isocost_stats::{Stream, normal};

/// The stream of one world.
pub(super) struct Noise(Stream);

impl Noise {
    pub(super) fn new(seed: u64, domain: u32, world: u64) -> Self {
        Self(Stream::new(seed, domain, world))
    }

    /// Uniform in `[0, 1)`.
    pub(super) fn uniform(&mut self) -> f64 {
        self.0.unit()
    }

    /// Standard normal, by inversion.
    pub(super) fn normal(&mut self) -> f64 {
        // Half a step of the grid above 0: the quantile is finite.
        normal::quantile(self.0.unit() + 0.5_f64.powi(54)).unwrap_or_default()
    }

    /// Exponential less its mean: mean 0, variance 1, skewed to the right.
    pub(super) fn skewed(&mut self) -> f64 {
        -libm::log(1.0 - self.0.unit()) - 1.0
    }

    /// Values with a standard deviation.
    pub(super) fn normals(&mut self, count: usize, deviation: f64) -> Vec<f64> {
        (0..count).map(|_| deviation * self.normal()).collect()
    }
}
