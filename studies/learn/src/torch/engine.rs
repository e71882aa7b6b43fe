//! `PyTorch`'s CPU generator.

use rand_mt::Mt;

/// `torch.Generator` on a CPU: MT19937, keyed by the low 32 bits of the seed.
#[derive(Debug, Clone)]
pub struct TorchRng(Mt);

impl TorchRng {
    /// `torch.manual_seed(seed)`.
    #[expect(clippy::cast_possible_truncation, reason = "the engine is keyed by the low 32 bits")]
    pub fn new(seed: u64) -> Self {
        Self(Mt::new(seed as u32))
    }

    /// The next 32 bits.
    pub fn next_u32(&mut self) -> u32 {
        self.0.next_u32()
    }

    /// The next number of a uniform distribution in `[low, high)`: 24 bits, scaled and shifted with a single rounding.
    pub fn uniform(&mut self, low: f32, high: f32) -> f32 {
        let unit = (self.next_u32() & 0x00FF_FFFF) as f32 * (1.0 / 16_777_216.0);
        unit.mul_add(high - low, low)
    }

    /// `torch.randperm(count)`; draws one number less than it has items.
    pub fn permutation(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for at in 0..count.saturating_sub(1) {
            let left = (count - at) as u64;
            #[expect(clippy::cast_possible_truncation, reason = "below a usize")]
            let offset = (u64::from(self.next_u32()) % left) as usize;
            order.swap(at, at + offset);
        }
        order
    }

    /// `torch.randint(low, high)` for one number; `low` for an empty range.
    pub fn integer(&mut self, low: u32, high: u32) -> u32 {
        let width = high.saturating_sub(low);
        let drawn = self.next_u32();
        if width == 0 { low } else { low + drawn % width }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::torch::fan_in_uniform;

    /// `torch.manual_seed(seed); Conv1d(4, 2, 3); randperm(8)` of `PyTorch` 2.6.
    fn conv_then_permutation(seed: u64) -> (Vec<f32>, Vec<f32>, Vec<usize>) {
        let mut rng = TorchRng::new(seed);
        let (mut weight, mut bias) = (vec![0.0; 24], vec![0.0; 2]);
        fan_in_uniform(&mut rng, 12, &mut weight, &mut bias);
        (weight, bias, rng.permutation(8))
    }

    #[test]
    #[expect(clippy::excessive_precision, reason = "printed by the reference, widened")]
    fn a_convolution_and_a_permutation_are_those_of_pytorch() {
        let (weight, bias, order) = conv_then_permutation(0);
        assert_eq!(
            weight[..3],
            [-0.002_161_258_831_620_216_4, 0.154_857_918_620_109_56, -0.237_592_667_341_232_3]
        );
        assert_eq!(bias, [-0.046_529_628_336_429_596, 0.030_545_899_644_494_057]);
        assert_eq!(order, [5, 4, 0, 3, 2, 1, 7, 6]);
        let (weight, bias, order) = conv_then_permutation(1);
        assert_eq!(weight[..3], [0.148_743_674_159_05, -0.127_414_911_985_397_34, -0.055_962_990_969_419_48]);
        assert_eq!(bias, [-0.092_505_514_621_734_62, 0.013_822_227_716_445_923]);
        assert_eq!(order, [2, 3, 7, 0, 6, 1, 5, 4]);
    }

    #[test]
    fn no_and_one_item_have_one_order_and_draw_nothing() {
        let mut rng = TorchRng::new(7);
        assert_eq!(rng.permutation(0), Vec::<usize>::new());
        assert_eq!(rng.permutation(1), [0]);
        assert_eq!(rng.next_u32(), TorchRng::new(7).next_u32());
        assert_eq!(rng.integer(5, 5), 5);
    }
}
