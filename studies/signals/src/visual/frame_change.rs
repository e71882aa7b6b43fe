//! How much the picture itself changed since the second before.
//!
//! Source: `listen_core` section 7, "frame difference".

use isocost_study_budget::anchors::mean_f32;

use super::Gray;
use crate::error::SignalResult;

/// Side at which the reference compares frames.
pub const FRAME_SIDE: usize = 32;

/// Mean absolute difference to the frame before at `side` × `side`, on a scale from 0 to 1; 0 for the first frame.
pub fn frame_change(frames: &[Gray], side: usize) -> SignalResult<Vec<f64>> {
    let small = frames
        .iter()
        .map(|frame| Ok(shades(&frame.resized(side, side)?)))
        .collect::<SignalResult<Vec<_>>>()?;
    let changes = small.windows(2).map(|pair| {
        let differences: Vec<f32> = pair[0].iter().zip(&pair[1]).map(|(a, b)| (b - a).abs()).collect();
        f64::from(mean_f32(&differences))
    });
    Ok(small.first().map(|_| 0.0).into_iter().chain(changes).collect())
}

fn shades(picture: &Gray) -> Vec<f32> {
    picture.pixels().iter().map(|&pixel| f32::from(pixel) / 255.0).collect()
}
