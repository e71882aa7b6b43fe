//! Three levels of vision and what they cost.

use isocost_study_budget::{Cascade, CostResult, Tokens, patch_tokens};

use crate::Digit;
use crate::data::WHITE;

/// Side of a full image in pixels.
pub(crate) const FULL_SIDE: u32 = 8;

/// Side of a coarse image in pixels: each is the mean of 2×2 full ones.
pub(crate) const COARSE_SIDE: u32 = 4;

/// Side of a patch in pixels, the same at both resolutions, as in a vision transformer.
pub(crate) const PATCH: u32 = 2;

/// What a policy looked at before it answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Path {
    /// Nothing: the answer is the commonest class.
    Blind,
    /// The coarse image.
    Coarse,
    /// The full image, at once.
    Full,
    /// The coarse image, then the full one, which gives the answer. Both are paid for.
    Both,
}

impl Path {
    /// What the looks cost.
    pub fn tokens(self, prices: Cascade) -> CostResult<Tokens> {
        match self {
            Self::Blind => Ok(Tokens::ZERO),
            Self::Coarse => Ok(prices.coarse),
            Self::Full => Ok(prices.full),
            Self::Both => prices.coarse.plus(prices.full),
        }
    }
}

/// 4 tokens for a coarse look, 16 for a full one.
pub(crate) fn prices() -> CostResult<Cascade> {
    Ok(Cascade { coarse: patch_tokens(COARSE_SIDE, PATCH)?, full: patch_tokens(FULL_SIDE, PATCH)? })
}

/// Length of [`coarse_features`].
pub(crate) const COARSE_FEATURES: usize = (COARSE_SIDE * COARSE_SIDE) as usize;

/// Length of [`full_features`].
pub(crate) const FULL_FEATURES: usize = (FULL_SIDE * FULL_SIDE) as usize;

/// The 64 grey values, scaled to `[0, 1]`.
pub(crate) fn full_features(digit: &Digit) -> impl Iterator<Item = f64> + '_ {
    digit.pixels.iter().map(|pixel| f64::from(*pixel) / f64::from(WHITE))
}

/// The 16 means of 2×2 grey values, scaled to `[0, 1]`, top left first.
pub(crate) fn coarse_features(digit: &Digit) -> Vec<f64> {
    let mut sums = vec![0_u16; COARSE_FEATURES];
    for (index, pixel) in digit.pixels.iter().enumerate() {
        let (row, column) = (index / 8, index % 8);
        if let Some(sum) = sums.get_mut(row / 2 * 4 + column / 2) {
            *sum += u16::from(*pixel);
        }
    }
    sums.into_iter().map(|sum| f64::from(sum) / (4.0 * f64::from(WHITE))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ItemId;

    #[test]
    fn a_full_look_costs_four_coarse_ones_and_looking_twice_costs_both() {
        let prices = prices().unwrap();
        let tokens = [Path::Blind, Path::Coarse, Path::Full, Path::Both]
            .map(|path| path.tokens(prices).unwrap().get());
        assert_eq!(tokens, [0, 4, 16, 20]);
    }

    #[test]
    fn a_coarse_pixel_is_the_mean_of_the_four_full_ones_it_covers() {
        let mut pixels = [0; 64];
        // Rows 2 and 3, columns 4 and 5 make up coarse row 1, column 2.
        for (index, value) in [(20, 1), (21, 2), (28, 3), (29, 16)] {
            pixels[index] = value;
        }
        let coarse = coarse_features(&Digit { id: ItemId(0), pixels, label: 0 });
        let mut expected = vec![0.0; 16];
        expected[6] = 22.0 / 64.0;
        assert_eq!(coarse, expected);
    }
}
