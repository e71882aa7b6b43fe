//! Cost models and budget allocators.

pub mod anchors;
mod error;
mod matched;
pub mod plan;
mod share;
mod tokens;
mod vit;
pub mod windows;

pub use error::{CostError, CostResult};
pub use matched::{Cascade, Mix};
pub use share::BudgetShare;
pub use tokens::{Tokens, patch_tokens};
pub use vit::{ClassToken, Flops, VitShape};
