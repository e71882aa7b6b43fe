//! Which activations dropout keeps.

use super::TorchRng;

const MODULUS: u64 = (1 << 31) - 1;
const MULTIPLIER: u64 = 1_132_489_760;

/// The factors of one application of dropout, in the memory order of the tensor.
///
/// One number of the engine seeds a stream of the generator `MCG31m1`, as in the builds of `PyTorch` that use Intel's library.
#[derive(Debug, Clone)]
pub struct Dropout {
    state: u64,
    keep: f64,
    factor: f32,
}

impl Dropout {
    /// Draws the seed. `None`, without a draw, for a rate of 0 or less, or of 1 or more.
    #[expect(clippy::cast_possible_truncation, reason = "the factor is single precision")]
    pub fn start(rng: &mut TorchRng, rate: f64) -> Option<Self> {
        if !(rate > 0.0 && rate < 1.0) {
            return None;
        }
        let keep = 1.0 - rate;
        let state = match u64::from(rng.next_u32()) % MODULUS {
            0 => 1,
            state => state,
        };
        Some(Self { state, keep, factor: 1.0 / keep as f32 })
    }

    /// The factor of the next element: 0, or one over the share kept.
    pub fn next_factor(&mut self) -> f32 {
        let kept = (self.state as f64 / MODULUS as f64) < self.keep;
        self.state = self.state * MULTIPLIER % MODULUS;
        if kept { self.factor } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn about_the_right_share_is_kept_and_the_mean_stays() {
        let mut dropout = Dropout::start(&mut TorchRng::new(0), 0.1).unwrap();
        let factors: Vec<f32> = (0..20_000).map(|_| dropout.next_factor()).collect();
        let kept = factors.iter().filter(|factor| **factor > 0.0).count();
        // Six standard deviations of a binomial count: sqrt(20000 · 0.9 · 0.1) = 42.
        assert!(kept.abs_diff(18_000) < 255, "{kept}");
        assert!(factors.iter().all(|factor| *factor == 0.0 || (*factor - 1.0 / 0.9).abs() < 1e-6));
    }

    #[test]
    fn no_dropout_draws_nothing() {
        let mut rng = TorchRng::new(3);
        assert!(Dropout::start(&mut rng, 0.0).is_none());
        assert_eq!(rng.next_u32(), TorchRng::new(3).next_u32());
    }
}
