//! The reference's paired test: over seeds.
//!
//! Source: `listen_core` section 10.5.

use isocost_stats::student_t;

use crate::AvResult;
use crate::method::Method;

/// The comparisons of a metric file: its key, the method that is subtracted, the other one, and whether `uniform` must be there too.
pub const PAIRS: [(&str, Method, Method, bool); 9] = [
    ("anchored_vs_uniform", Method::Uniform, Method::AnchoredTop2, false),
    ("anchored_vs_random", Method::RandomTop2, Method::AnchoredTop2, true),
    ("anchored_vs_audio_concat_uniform", Method::AudioConcatUniform, Method::AnchoredTop2, true),
    ("anchored_vs_audio_feat_concat_uniform", Method::AudioFeatConcatUniform, Method::AnchoredTop2, true),
    ("oracle_vs_uniform", Method::Uniform, Method::OracleTop2, false),
    (
        "audio_concat_anchored_vs_audio_concat_uniform",
        Method::AudioConcatUniform,
        Method::AudioConcatAnchoredTop2,
        false,
    ),
    ("audio_concat_anchored_vs_anchored", Method::AnchoredTop2, Method::AudioConcatAnchoredTop2, false),
    (
        "audio_feat_concat_anchored_vs_audio_feat_concat_uniform",
        Method::AudioFeatConcatUniform,
        Method::AudioFeatConcatAnchoredTop2,
        false,
    ),
    (
        "audio_feat_concat_anchored_vs_anchored",
        Method::AnchoredTop2,
        Method::AudioFeatConcatAnchoredTop2,
        false,
    ),
];

/// A t-test over seeds. It speaks of the scatter of training on one fixed set of clips, not of other clips.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeedTest {
    /// The statistic, perhaps not finite.
    pub t: f64,
    /// Its two-sided p; NaN for fewer than two seeds.
    pub p: f64,
}

/// The test of differences, as the reference takes it: without scatter t is infinite and p is 0.
pub fn paired_over_seeds(differences: &[f64]) -> AvResult<SeedTest> {
    let n = differences.len() as f64;
    if differences.len() < 2 {
        return Ok(SeedTest { t: f64::NAN, p: f64::NAN });
    }
    let mean = differences.iter().sum::<f64>() / n;
    let squares: f64 = differences.iter().map(|d| (d - mean) * (d - mean)).sum();
    let deviation = (squares / (n - 1.0)).sqrt();
    if deviation <= 0.0 {
        let t = if mean == 0.0 { 0.0 } else { f64::INFINITY.copysign(mean) };
        return Ok(SeedTest { t, p: if mean == 0.0 { 1.0 } else { 0.0 } });
    }
    let t = mean / (deviation / n.sqrt());
    Ok(SeedTest { t, p: (2.0 * student_t::sf(t.abs(), n - 1.0)?).clamp(0.0, 1.0) })
}

/// Mean and sample standard deviation; the latter 0 for one value.
pub(crate) fn mean_and_spread(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    if values.len() < 2 {
        return (mean, 0.0);
    }
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    (mean, (squares / (n - 1.0)).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_differences_give_the_t_and_p_of_scipy() {
        // scipy.stats.ttest_1samp([0.01, 0.02, 0.05], 0) with SciPy 1.17.
        let test = paired_over_seeds(&[0.01, 0.02, 0.05]).unwrap();
        assert!((test.t - 2.218_800_784_900_916_7).abs() < 1e-12, "{}", test.t);
        assert!((test.p - 0.156_725_957_288_432_17).abs() < 1e-9, "{}", test.p);
    }

    #[test]
    fn differences_without_scatter_take_the_degenerate_branch() {
        assert_eq!(paired_over_seeds(&[0.5, 0.5]).unwrap(), SeedTest { t: f64::INFINITY, p: 0.0 });
        assert_eq!(paired_over_seeds(&[0.0, 0.0]).unwrap(), SeedTest { t: 0.0, p: 1.0 });
        assert!(paired_over_seeds(&[0.5]).unwrap().p.is_nan());
    }
}
