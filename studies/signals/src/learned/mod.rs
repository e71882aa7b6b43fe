//! Scorers that are trained on labelled clips: the reference's Stage-1 models that need no pretrained network.
//!
//! Source: `listen_core` section 11. Draws are `PyTorch`'s to the bit; scores differ by about 1e-6 after training, those of
//! [`Learner::MultipleInstance`] by a constant besides (nothing in its loss holds the last bias).

mod inputs;
mod loss;
mod methods;
mod network;
mod recipe;
mod scorer;
mod teacher;
mod train;

pub use inputs::{ClipTables, Inputs, nearest_resolution, preferred_resolution};
pub use methods::LearnedMethod;
pub use recipe::{Learner, Recipe};
pub use scorer::{Reading, Scorer};
pub use teacher::{Teacher, accuracy_flips, loss_gains, visual_gains};
pub use train::{Labels, train};

#[cfg(test)]
mod tests;
