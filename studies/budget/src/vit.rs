//! Floating-point operations of a vision transformer, by resolution.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{CostError, CostResult, patch_tokens};

/// A number of floating-point operations; a multiply-add counts as two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Flops(u64);

impl Flops {
    /// The count.
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Flops {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Whether the encoder prepends a class token to the patches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClassToken {
    /// One more token in every layer.
    With,
    /// Patches only.
    Without,
}

/// The shape of a vision transformer encoder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VitShape {
    /// Encoder layers.
    pub layers: u32,
    /// Width of the residual stream.
    pub width: u32,
    /// Hidden width of each feed-forward block.
    pub mlp: u32,
    /// Channels of the image, 3 for colour.
    pub channels: u32,
    /// Patch side in pixels.
    pub patch: u32,
    /// Whether a class token is prepended.
    pub class_token: ClassToken,
}

impl VitShape {
    /// ViT-B/16 on colour images, class token included.
    pub const BASE_16: Self =
        Self { layers: 12, width: 768, mlp: 3072, channels: 3, patch: 16, class_token: ClassToken::With };

    /// Operations of one forward pass over a square image of `side` pixels.
    ///
    /// With `n` patches of `p` pixels, `s` tokens (`n`, plus the class token), `L` layers of width `d` and
    /// feed-forward width `m`, and `c` channels, the multiply-adds are `n·p²·c·d + L·(4·s·d² + 2·s²·d + 2·s·d·m)`:
    /// embedding, projections, attention, feed-forward. Norms, softmax and the head are left out, as is usual.
    /// Equal tokens are not equal operations: attention grows with the square of `s`.
    pub fn flops(&self, side: u32) -> CostResult<Flops> {
        let n = patch_tokens(side, self.patch)?.get();
        let s = match self.class_token {
            ClassToken::With => n.checked_add(1).ok_or(CostError::Overflow)?,
            ClassToken::Without => n,
        };
        let [layers, d, m, c, p] =
            [self.layers, self.width, self.mlp, self.channels, self.patch].map(u64::from);
        let embedding = product([n, p, p, c, d])?;
        let projections = product([4, s, d, d])?;
        let attention = product([2, s, s, d])?;
        let feed_forward = product([2, s, d, m])?;
        let layer = sum([projections, attention, feed_forward])?;
        let multiply_adds = sum([embedding, product([layers, layer])?])?;
        product([2, multiply_adds]).map(Flops)
    }
}

fn product<const N: usize>(factors: [u64; N]) -> CostResult<u64> {
    factors.iter().try_fold(1_u64, |product, factor| product.checked_mul(*factor)).ok_or(CostError::Overflow)
}

fn sum<const N: usize>(terms: [u64; N]) -> CostResult<u64> {
    terms.iter().try_fold(0_u64, |sum, term| sum.checked_add(*term)).ok_or(CostError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vit_b_16_costs_what_the_reference_implementation_says() {
        let known = [
            (112, 8_643_428_352),
            (160, 17_650_814_976),
            (224, 35_126_120_448),
            (320, 74_517_221_376),
            (352, 91_628_900_352),
            (448, 156_988_772_352),
        ];
        for (side, flops) in known {
            assert_eq!(VitShape::BASE_16.flops(side), Ok(Flops(flops)), "{side} pixels");
        }
    }

    #[test]
    fn equal_tokens_are_not_equal_operations() {
        // One high second pays for six low ones: 3·100 + 6·196 + 1·484 tokens are 10·196, and cost 1.2 % more.
        let at = |side| VitShape::BASE_16.flops(side).unwrap().get();
        let (plan, uniform) = (3 * at(160) + 6 * at(224) + at(352), 10 * at(224));
        assert_eq!(3 * 100 + 6 * 196 + 484, 10 * 196);
        let excess = plan as f64 / uniform as f64 - 1.0;
        assert!((excess - 0.012).abs() < 0.0005, "{excess}");
    }

    #[test]
    fn a_huge_image_is_an_error_and_not_a_wrapped_number() {
        assert_eq!(VitShape::BASE_16.flops(u32::MAX - 15), Err(CostError::Overflow));
    }
}
