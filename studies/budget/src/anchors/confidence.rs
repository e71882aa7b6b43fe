//! How clearly the scores of a clip stand out.
//!
//! Source: `listen_core` section 8.1. Some metrics mix single and double precision; so does the reference.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::error::{AnchorError, AnchorResult, check_scores};
use super::numeric::{at, by_score, max_f32, median_f32, minmax_01, pairwise_sum, std_f32, to_f32};

/// A measure of how clearly scores stand out. All are 0 for no score; `*Norm` are taken after scaling to 0..1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum Confidence {
    /// Population standard deviation, in single precision.
    #[default]
    #[serde(rename = "std")]
    Std,
    /// Largest less median.
    #[serde(rename = "top1_med")]
    Top1Median,
    /// Largest less second largest; 0 for one score.
    #[serde(rename = "top12_gap")]
    Top12Gap,
    /// [`Self::Std`] of scaled scores.
    #[serde(rename = "std_norm")]
    StdNorm,
    /// [`Self::Top1Median`] of scaled scores.
    #[serde(rename = "top1_med_norm")]
    Top1MedianNorm,
    /// [`Self::Top12Gap`] of scaled scores.
    #[serde(rename = "top12_gap_norm")]
    Top12GapNorm,
    /// Mean of the three largest less mean of the three smallest scaled scores.
    #[serde(rename = "top3_bottom3_gap_norm")]
    Top3Bottom3GapNorm,
    /// Gini coefficient of the scores less their smallest, between 0 and 1.
    #[serde(rename = "gini")]
    Gini,
}

impl Confidence {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Std,
        Self::Top1Median,
        Self::Top12Gap,
        Self::StdNorm,
        Self::Top1MedianNorm,
        Self::Top12GapNorm,
        Self::Top3Bottom3GapNorm,
        Self::Gini,
    ];

    /// Its name in configurations.
    pub fn name(self) -> &'static str {
        match self {
            Self::Std => "std",
            Self::Top1Median => "top1_med",
            Self::Top12Gap => "top12_gap",
            Self::StdNorm => "std_norm",
            Self::Top1MedianNorm => "top1_med_norm",
            Self::Top12GapNorm => "top12_gap_norm",
            Self::Top3Bottom3GapNorm => "top3_bottom3_gap_norm",
            Self::Gini => "gini",
        }
    }

    /// The value for these scores. Refuses NaN and infinities.
    pub fn of(self, scores: &[f64]) -> AnchorResult<f64> {
        check_scores(scores)?;
        Ok(if scores.is_empty() { 0.0 } else { self.measure(scores) })
    }

    fn measure(self, scores: &[f64]) -> f64 {
        match self {
            Self::Std => f64::from(std_f32(&to_f32(scores))),
            Self::Top1Median => {
                let scores = to_f32(scores);
                f64::from(max_f32(&scores)) - f64::from(median_f32(&scores))
            }
            Self::Top12Gap => match by_score(scores).as_slice() {
                [first, second, ..] => at(scores, *first) - at(scores, *second),
                _ => 0.0,
            },
            Self::StdNorm => Self::Std.measure(&minmax_01(scores)),
            Self::Top1MedianNorm => Self::Top1Median.measure(&minmax_01(scores)),
            Self::Top12GapNorm => Self::Top12Gap.measure(&minmax_01(scores)),
            Self::Top3Bottom3GapNorm => ends_gap(&minmax_01(scores)),
            Self::Gini => gini(scores),
        }
    }
}

impl FromStr for Confidence {
    type Err = AnchorError;

    fn from_str(text: &str) -> AnchorResult<Self> {
        Self::ALL.into_iter().find(|metric| metric.name() == text).ok_or_else(|| AnchorError::Unknown {
            what: "confidence metric",
            text: text.to_owned(),
            known: "std, top1_med, top12_gap, std_norm, top1_med_norm, top12_gap_norm, top3_bottom3_gap_norm, gini",
        })
    }
}

fn ends_gap(scores: &[f64]) -> f64 {
    let mut ascending = scores.to_vec();
    ascending.sort_by(f64::total_cmp);
    let count = ascending.len().min(3);
    let mean = |values: &[f64]| values.iter().sum::<f64>() / count as f64;
    let lowest = ascending.get(..count).unwrap_or_default();
    let highest = ascending.get(ascending.len() - count..).unwrap_or_default();
    mean(highest) - mean(lowest)
}

pub(super) fn gini(scores: &[f64]) -> f64 {
    let low = scores.iter().copied().fold(f64::INFINITY, f64::min);
    let mut above: Vec<f64> = scores.iter().map(|score| score - low).collect();
    above.sort_by(f64::total_cmp);
    let sum = pairwise_sum(&above);
    if sum <= 0.0 {
        return 0.0;
    }
    let n = above.len() as f64;
    let ranked: Vec<f64> =
        above.iter().enumerate().map(|(index, value)| (index + 1) as f64 * value).collect();
    (2.0 * pairwise_sum(&ranked) / (n * sum) - (n + 1.0) / n).clamp(0.0, 1.0)
}
