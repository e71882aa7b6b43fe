//! Standard normal draws of `numpy.random.Generator`.

use super::Generator;
use super::ziggurat_tables::{HEIGHT, INNER, SCALE};

const TAIL: f64 = 3.654_152_885_361_009;
const TAIL_INVERSE: f64 = 0.273_661_237_329_758_3;

impl Generator {
    /// `standard_normal()`: the ziggurat of Marsaglia and Tsang (2000) with 256 layers.
    pub fn standard_normal(&mut self) -> f64 {
        loop {
            let word = self.next_u64();
            let layer = usize::from((word & 0xff) as u8);
            let magnitude = word >> 9 & 0x000f_ffff_ffff_ffff;
            let value = magnitude as f64 * SCALE[layer];
            let value = if word >> 8 & 1 == 1 { -value } else { value };
            if magnitude < INNER[layer] {
                return value;
            }
            if layer == 0 {
                return self.tail(magnitude);
            }
            let (outer, inner) = (HEIGHT[layer - 1], HEIGHT[layer]);
            if (outer - inner) * self.random() + inner < libm::exp(-0.5 * value * value) {
                return value;
            }
        }
    }

    /// Beyond the last layer: Marsaglia (1964); the sign is a bit of the word that was drawn.
    fn tail(&mut self, magnitude: u64) -> f64 {
        loop {
            let beyond = -TAIL_INVERSE * libm::log1p(-self.random());
            let height = -libm::log1p(-self.random());
            if height + height > beyond * beyond {
                let value = TAIL + beyond;
                return if magnitude >> 8 & 1 == 1 { -value } else { value };
            }
        }
    }
}
