//! Cost models and budget allocators.

mod error;
mod matched;
mod share;
mod tokens;
mod vit;

pub use error::{CostError, CostResult};
pub use matched::{Cascade, Mix};
pub use share::BudgetShare;
pub use tokens::{Tokens, patch_tokens};
pub use vit::{ClassToken, Flops, VitShape};
