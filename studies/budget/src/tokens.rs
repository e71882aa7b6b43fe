//! Tokens, the unit of vision cost.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{CostError, CostResult};

/// A number of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tokens(u64);

impl Tokens {
    /// Nothing seen, nothing paid.
    pub const ZERO: Self = Self(0);

    /// That many tokens.
    pub const fn new(count: u64) -> Self {
        Self(count)
    }

    /// The count.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The sum, or [`CostError::Overflow`].
    pub fn plus(self, other: Self) -> CostResult<Self> {
        self.0.checked_add(other.0).map(Self).ok_or(CostError::Overflow)
    }

    /// The cost of `count` things at this price each, or [`CostError::Overflow`].
    pub fn times(self, count: usize) -> CostResult<Self> {
        u64::try_from(count)
            .ok()
            .and_then(|count| self.0.checked_mul(count))
            .map(Self)
            .ok_or(CostError::Overflow)
    }

    /// The total of a bill, or [`CostError::Overflow`]. An empty bill is zero.
    pub fn total(bill: impl IntoIterator<Item = Self>) -> CostResult<Self> {
        bill.into_iter().try_fold(Self::ZERO, Self::plus)
    }
}

impl fmt::Display for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Tokens of a square image of `side` pixels cut into square patches of `patch` pixels: `(side / patch)²`.
///
/// No class token is counted. Errors if a length is 0 or `patch` does not divide `side`.
/// Source: A. Dosovitskiy et al., "An Image is Worth 16x16 Words", ICLR 2021, section 3.1.
pub fn patch_tokens(side: u32, patch: u32) -> CostResult<Tokens> {
    if side == 0 || patch == 0 {
        return Err(CostError::Empty { side, patch });
    }
    if !side.is_multiple_of(patch) {
        return Err(CostError::NotTiled { side, patch });
    }
    let per_side = u64::from(side / patch);
    per_side.checked_mul(per_side).map(Tokens).ok_or(CostError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patches_of_sixteen_pixels_give_the_counts_of_the_published_resolutions() {
        let known =
            [(112, 49), (160, 100), (192, 144), (208, 169), (224, 196), (320, 400), (336, 441), (448, 784)];
        for (side, count) in known {
            assert_eq!(patch_tokens(side, 16), Ok(Tokens::new(count)), "{side} pixels");
        }
    }

    #[test]
    fn a_side_that_patches_do_not_tile_is_an_error_that_names_one_that_they_do() {
        let error = patch_tokens(225, 16).unwrap_err();
        assert_eq!(error, CostError::NotTiled { side: 225, patch: 16 });
        assert!(error.to_string().contains("such as 240"), "{error}");
        assert_eq!(patch_tokens(0, 16), Err(CostError::Empty { side: 0, patch: 16 }));
        assert_eq!(patch_tokens(16, 0), Err(CostError::Empty { side: 16, patch: 0 }));
    }

    #[test]
    fn a_bill_beyond_64_bits_is_an_error_and_not_a_wrapped_number() {
        assert_eq!(Tokens::new(u64::MAX).plus(Tokens::new(1)), Err(CostError::Overflow));
        assert_eq!(Tokens::new(u64::MAX / 2).times(3), Err(CostError::Overflow));
        assert_eq!(Tokens::total([4, 16, 0].map(Tokens::new)), Ok(Tokens::new(20)));
    }
}
