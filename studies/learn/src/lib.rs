//! Small classifiers shared by the studies.
//!
//! Everything here is a pure function of its arguments: random numbers come from counter-based streams, sums run in
//! one fixed order, and `exp` and `ln` are computed in Rust, so that the same seed gives the same bits on any machine
//! at any thread count.

mod adamw;
mod dense;
mod error;
mod fit;
mod loss;
mod matrix;
mod mlp;
mod stream;
mod temperature;
pub mod torch;

pub use adamw::{AdamW, AdamWConfig, Decay, Tensor};
pub use dense::Dense;
pub use error::{LearnError, LearnResult};
pub use fit::{Fit, Labelled, Training, fit};
pub use loss::{argmax, cross_entropy, entropy, softmax};
pub use matrix::Matrix;
pub use mlp::Mlp;
pub use stream::{Seed, Stream};
pub use temperature::{Temperature, fit_temperature};
