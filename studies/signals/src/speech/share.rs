//! From probabilities of chunks to the share of each second that is speech.

use super::CHUNK;
use crate::error::{SignalError, SignalResult, check_finite_f32};
use crate::numeric::count;

/// Share of the chunks with a probability of at least `threshold` (0.5 in the package) among those whose middle lies in a
/// second; 0 for a second without a chunk. At 16 kHz.
pub fn speech_share(probabilities: &[f32], threshold: f32, seconds: usize) -> SignalResult<Vec<f64>> {
    check_finite_f32("probability of speech", probabilities)?;
    if !(0.0..=1.0).contains(&threshold) {
        let value = f64::from(threshold);
        return Err(SignalError::BadSetting { what: "the threshold of speech", value, range: "from 0 to 1" });
    }
    let mut counts = vec![(0_usize, 0_usize); seconds];
    for (chunk, probability) in probabilities.iter().enumerate() {
        let middle = (chunk as f64 + 0.5) * CHUNK as f64 / 16_000.0;
        if let Some((speech, all)) = count(middle).and_then(|second| counts.get_mut(second)) {
            *speech += usize::from(*probability >= threshold);
            *all += 1;
        }
    }
    Ok(counts.into_iter().map(|(speech, all)| speech as f64 / all.max(1) as f64).collect())
}
