//! Pictures in shades of grey.

use crate::error::{SignalError, SignalResult, check_len};

/// Longest side that is accepted.
const LONGEST: usize = 1 << 16;

/// A picture of 8-bit grey, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gray {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Gray {
    /// Takes `width · height` pixels; both sides from 1 to 65536.
    pub fn new(width: usize, height: usize, pixels: Vec<u8>) -> SignalResult<Self> {
        for (what, side) in [("the width of a picture", width), ("the height of a picture", height)] {
            if !(1..=LONGEST).contains(&side) {
                return Err(SignalError::BadSetting { what, value: side as f64, range: "from 1 to 65536" });
            }
        }
        check_len("pixels of a picture", pixels.len(), width * height)?;
        Ok(Self { width, height, pixels })
    }

    /// From red, green and blue of each pixel.
    pub fn from_rgb(width: usize, height: usize, rgb: &[u8]) -> SignalResult<Self> {
        let (pixels, rest) = rgb.as_chunks::<3>();
        check_len("bytes beyond the last red, green and blue", rest.len(), 0)?;
        Self::new(width, height, pixels.iter().map(|&[red, green, blue]| luma(red, green, blue)).collect())
    }

    /// Pixels in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The pixels, row by row.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }
}

/// Brightness as Pillow's mode `L` has it: `(19595 R + 38470 G + 7471 B + 32768) >> 16`.
#[expect(clippy::cast_possible_truncation, reason = "the weights sum to 65536, so the result is at most 255")]
pub fn luma(red: u8, green: u8, blue: u8) -> u8 {
    let sum = 19_595 * u32::from(red) + 38_470 * u32::from(green) + 7_471 * u32::from(blue) + 32_768;
    (sum >> 16) as u8
}
