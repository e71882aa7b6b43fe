//! Helpers of the tests of this crate.

use crate::Stream;

/// Sum of twelve uniforms less six: normal enough, and easy to read. Mean 0, variance 1.
pub(crate) fn noise(stream: &mut Stream) -> f64 {
    (0..12).map(|_| stream.unit()).sum::<f64>() - 6.0
}
