//! `PyTorch`'s CPU recipe for small networks, draw for draw: initialisation, shuffles, dropout and `AdamW`.
//!
//! Source: `PyTorch` 2.6 on a CPU, as written down and checked in `listen_core` section 10.7. Draws are exact. Products of matrices are summed in
//! one fixed order with fused multiply-adds, so that they give the same bits on any machine; `PyTorch` sums in another order, and logits differ by
//! about 2e-7 after training.

mod adamw;
mod clips;
mod dropout;
mod engine;
mod gemm;
mod head;
mod init;
mod loss;
mod pass;
mod train;

pub use adamw::{Adam, AdamRates};
pub use clips::PickedClips;
pub use dropout::Dropout;
pub use engine::TorchRng;
pub use gemm::{Gemm, Side};
pub use head::{Head, HeadKind, HeadShape};
pub use init::{fan_in_uniform, lstm_uniform};
pub use loss::{cross_entropy_rows, weighted_bce};
pub use train::{HeadTraining, predict, train_head};
