//! Why a cost or an allocation could not be computed.

/// Result of a cost computation.
pub type CostResult<T> = Result<T, CostError>;

/// Why a cost or an allocation could not be computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CostError {
    /// An image without pixels, or patches without pixels, have no token count.
    #[error(
        "an image side of {side} pixels in patches of {patch} pixels has no tokens (both must be at least 1)"
    )]
    Empty {
        /// Image side in pixels.
        side: u32,
        /// Patch side in pixels.
        patch: u32,
    },
    /// The patches do not tile the image.
    #[error(
        "an image side of {side} pixels is not a multiple of the patch side {patch} (choose a multiple, such as {})",
        (u64::from(*.side) / u64::from(*.patch) + 1) * u64::from(*.patch)
    )]
    NotTiled {
        /// Image side in pixels.
        side: u32,
        /// Patch side in pixels.
        patch: u32,
    },
    /// The count does not fit 64 bits.
    #[error("the cost does not fit 64 bits (use fewer items or smaller images)")]
    Overflow,
    /// The cap does not even pay the first look at every item.
    #[error(
        "a budget of {cap} tokens for {items} items is less than the {floor} tokens of a coarse look at each \
         (raise the budget share)"
    )]
    BelowFloor {
        /// The cap, in tokens over all items.
        cap: u64,
        /// Number of items.
        items: usize,
        /// What a coarse look at each item costs, in tokens.
        floor: u64,
    },
    /// No mix of paths spends exactly the target.
    #[error(
        "no mix of coarse, full and coarse-then-full looks at {items} items spends exactly {target} tokens"
    )]
    NoExactMix {
        /// Number of items.
        items: usize,
        /// The total to spend, in tokens.
        target: u64,
    },
    /// Not a decimal share with at most four places.
    #[error(
        "`{text}` is not a budget share (write a decimal above 0 with at most four places, such as 0.5 or 0.125)"
    )]
    BadShare {
        /// What was given.
        text: String,
    },
}
