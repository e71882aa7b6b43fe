//! Initial weights.

use super::TorchRng;

/// `Linear` and `Conv1d`: weights in torch's memory order `[out, in(, kernel)]`, then biases; `fan` is the number of inputs times the kernel.
pub fn fan_in_uniform(rng: &mut TorchRng, fan: usize, weight: &mut [f32], bias: &mut [f32]) {
    let root = (fan as f64).sqrt();
    let gain = (2.0_f64 / (1.0 + 5.0_f64.sqrt() * 5.0_f64.sqrt())).sqrt();
    fill(rng, 3.0_f64.sqrt() * (gain / root), weight);
    fill(rng, 1.0 / root, bias);
}

/// One direction of an `LSTM`: everything uniform within one over the root of the hidden width, in the order input weights, recurrent weights, input
/// biases, recurrent biases. Call again for the reverse direction.
pub fn lstm_uniform(rng: &mut TorchRng, hidden: usize, parts: [&mut [f32]; 4]) {
    let bound = 1.0 / (hidden as f64).sqrt();
    for part in parts {
        fill(rng, bound, part);
    }
}

#[expect(clippy::cast_possible_truncation, reason = "torch rounds the bound to single precision")]
fn fill(rng: &mut TorchRng, bound: f64, values: &mut [f32]) {
    let bound = bound as f32;
    values.fill_with(|| rng.uniform(-bound, bound));
}
