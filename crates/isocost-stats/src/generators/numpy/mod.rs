//! `NumPy`'s generators: [`Generator`] (`default_rng`) and [`RandomState`] (`np.random.seed` and the functions beside it).
//!
//! Source: the algorithms of `numpy.random`, checked against vectors of `NumPy` 2.4.6. Draws of integers, uniforms, permutations and choices are
//! exact on any machine. Normal draws use the logarithm and exponential of the `libm` crate where `NumPy` uses the platform's: draws that pass
//! through them can differ in the last bit (fewer than 1 % of the legacy normal draws, next to none of the others).

mod generator;
mod legacy;
mod seed;
mod ziggurat;
mod ziggurat_tables;

pub use generator::Generator;
pub use legacy::RandomState;
pub use seed::SeedSequence;
pub(super) use seed::words_of;

/// The smallest `2^k - 1` that is at least `max`.
fn mask_of(max: u64) -> u64 {
    u64::MAX.checked_shr(max.leading_zeros()).unwrap_or(0)
}

#[expect(clippy::cast_possible_truncation, reason = "drawn below a usize")]
fn index(value: u64) -> usize {
    value as usize
}

/// `low + offset`, for an offset that was drawn below `high - low`.
fn shifted(low: i64, offset: u64) -> i64 {
    low.wrapping_add_unsigned(offset)
}

/// How many integers `low..high` holds.
fn width(low: i64, high: i64) -> crate::StatsResult<u64> {
    if low < high { Ok(high.abs_diff(low)) } else { Err(crate::StatsError::Empty("a range to draw from")) }
}
