//! Resolutions, triads of them, and finished plans.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{PlanError, PlanResult};
use crate::{CostResult, Tokens, patch_tokens};

/// The side of a square image, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pixels(u32);

impl Pixels {
    /// That many pixels.
    pub const fn new(side: u32) -> Self {
        Self(side)
    }

    /// The side.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Pixels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The three resolutions of an anchored plan and the side of a patch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Triad {
    /// Where nothing is expected.
    pub low: Pixels,
    /// What a uniform look would use everywhere: it sets the budget.
    pub base: Pixels,
    /// Where an event is expected.
    pub high: Pixels,
    /// Side of a patch, in pixels.
    pub patch: u32,
}

impl Triad {
    /// Three sides in pixels, with patches of 16 pixels.
    pub const fn of(low: u32, base: u32, high: u32) -> Self {
        Self { low: Pixels(low), base: Pixels(base), high: Pixels(high), patch: 16 }
    }

    /// Tokens of one image.
    pub fn tokens(&self, side: Pixels) -> CostResult<Tokens> {
        patch_tokens(side.0, self.patch)
    }

    /// What a uniform look at `seconds` seconds costs.
    pub fn budget(&self, seconds: usize) -> CostResult<Tokens> {
        self.tokens(self.base)?.times(seconds)
    }
}

/// One resolution per second.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Side of a patch, in pixels.
    pub patch_size: u32,
    /// The resolution of each second.
    pub resolutions: Vec<Pixels>,
    /// What the plan costs.
    pub total_tokens: Tokens,
}

impl Plan {
    /// Adds up what the resolutions cost.
    pub fn new(resolutions: Vec<Pixels>, patch_size: u32) -> PlanResult<Self> {
        let bill = resolutions.iter().map(|side| patch_tokens(side.0, patch_size));
        let total_tokens = Tokens::total(bill.collect::<CostResult<Vec<Tokens>>>()?)?;
        Ok(Self { patch_size, resolutions, total_tokens })
    }

    /// Every second at one resolution. Errors with [`PlanError::NoSeconds`] for an empty clip.
    pub fn uniform(seconds: usize, side: Pixels, patch_size: u32) -> PlanResult<Self> {
        if seconds == 0 {
            return Err(PlanError::NoSeconds);
        }
        Self::new(vec![side; seconds], patch_size)
    }
}
