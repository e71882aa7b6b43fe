//! From values to coordinates, and where ticks stand.

use crate::number;

/// Larger numbers are not drawn: their differences may overflow.
const DRAWABLE: f64 = 1e150;

/// Whether a value can be drawn.
pub(crate) fn drawable(value: f64) -> bool {
    value.abs() < DRAWABLE
}

/// A linear axis from `low` to `high` onto the pixels `from` to `to`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
    step: f64,
}

impl Scale {
    /// An axis that holds all drawable `values` with a little room, with about `ticks` ticks at steps of 1, 2 or 5
    /// times a power of ten.
    pub(crate) fn around(values: impl IntoIterator<Item = f64>, pixels: (f64, f64), ticks: f64) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.into_iter().filter(|&value| drawable(value)) {
            low = low.min(value);
            high = high.max(value);
        }
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        let smallest = (low.abs().max(high.abs()) * 1e-9).max(1e-12);
        if high - low < smallest {
            let room = (low.abs() * 0.1).max(0.5);
            (low, high) = (low - room, high + room);
        }
        let room = (high - low) * 0.05;
        let (low, high) = (low - room, high + room);
        Self { low, high, from: pixels.0, to: pixels.1, step: nice_step((high - low) / ticks.max(1.0)) }
    }

    /// The same, starting at zero if no value is negative.
    pub(crate) fn from_zero(values: impl IntoIterator<Item = f64>, pixels: (f64, f64), ticks: f64) -> Self {
        let mut scale = Self::around(values.into_iter().chain([0.0]), pixels, ticks);
        let room = (scale.high - scale.low) * 0.05 / 1.1;
        if scale.low >= -room * 1.01 {
            scale.low = 0.0;
        }
        scale
    }

    /// An axis of counts from zero on: ticks stand at whole numbers only.
    pub(crate) fn counts(values: impl IntoIterator<Item = f64>, pixels: (f64, f64), ticks: f64) -> Self {
        let mut scale = Self::around(values.into_iter().chain([0.0]), pixels, ticks);
        scale.step = scale.step.max(1.0);
        scale
    }

    /// Where a value stands; values outside are moved to the nearer end.
    pub(crate) fn at(&self, value: f64) -> f64 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.from + share * (self.to - self.from)
    }

    /// Values of the ticks with their texts.
    pub(crate) fn ticks(&self) -> Vec<(f64, String)> {
        let decimals = decimals_of(self.step);
        let mut out = Vec::new();
        let mut index = (self.low / self.step).ceil();
        while index * self.step <= self.high && out.len() < 50 {
            let value = index * self.step;
            let text =
                if decimals > 9 { number::significant(value, 3) } else { number::fixed(value, decimals) };
            out.push((value, text));
            index += 1.0;
        }
        out
    }
}

/// The smallest of 1, 2, 5 and 10 times a power of ten that is not below `rough`.
fn nice_step(rough: f64) -> f64 {
    let power = 10f64.powf(rough.log10().floor());
    let share = rough / power;
    let nice = [1.0, 2.0, 5.0].into_iter().find(|&nice| share <= nice * (1.0 + 1e-9)).unwrap_or(10.0);
    nice * power
}

fn decimals_of(step: f64) -> usize {
    let text = format!("{step:e}");
    let exponent: i32 = text.split_once('e').and_then(|(_, power)| power.parse().ok()).unwrap_or(0);
    usize::try_from(-exponent).unwrap_or(0)
}

/// A logarithmic axis for p-values: 1 at one end, `floor` at the other; smaller ones stand at the end.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PScale {
    decades: f64,
    one: f64,
    smallest: f64,
}

impl PScale {
    /// An axis down to the power of ten below the smallest of `values`, at least 1e-2 and at most 1e-12.
    pub(crate) fn around(values: impl IntoIterator<Item = f64>, one: f64, smallest: f64) -> Self {
        let lowest = values.into_iter().filter(|p| (0.0..=1.0).contains(p)).fold(1.0, f64::min).max(1e-12);
        Self { decades: (-lowest.log10()).ceil().clamp(2.0, 12.0), one, smallest }
    }

    /// Where a p-value stands.
    pub(crate) fn at(&self, p: f64) -> f64 {
        let share = (-(p.clamp(1e-300, 1.0)).log10() / self.decades).clamp(0.0, 1.0);
        self.one + share * (self.smallest - self.one)
    }

    /// The powers of ten, at most seven of them.
    pub(crate) fn ticks(&self) -> Vec<(f64, String)> {
        let stride = (self.decades / 6.0).ceil().max(1.0);
        let mut out = Vec::new();
        let mut decade = 0.0;
        while decade <= self.decades {
            let p = 10f64.powf(-decade);
            let text = if decade < 4.0 { format!("{p}") } else { format!("1e-{decade}") };
            out.push((p, text));
            decade += stride;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(values: &[f64]) -> Vec<String> {
        Scale::around(values.iter().copied(), (0.0, 100.0), 5.0)
            .ticks()
            .into_iter()
            .map(|(_, text)| text)
            .collect()
    }

    #[test]
    fn ticks_are_round_numbers() {
        assert_eq!(texts(&[0.0, 1.0]), ["0.0", "0.5", "1.0"]);
        assert_eq!(texts(&[-0.01, 0.03]), ["-0.01", "0.00", "0.01", "0.02", "0.03"]);
        assert_eq!(texts(&[100.0, 1790.0]), ["500", "1,000", "1,500"]);
    }

    #[test]
    fn degenerate_values_still_give_an_axis() {
        for values in
            [&[] as &[f64], &[0.7], &[f64::NAN, f64::INFINITY], &[1e308, -1e308], &[1e-300, 0.0], &[1e9, 1e9]]
        {
            let scale = Scale::around(values.iter().copied(), (0.0, 100.0), 5.0);
            assert!(!scale.ticks().is_empty(), "{values:?} gives {scale:?}");
            assert!((0.0..=100.0).contains(&scale.at(0.5)), "{values:?} gives {scale:?}");
        }
    }

    #[test]
    fn counts_have_no_fractions() {
        let ticks = Scale::counts([1.0, 2.0], (0.0, 100.0), 10.0).ticks();
        assert_eq!(ticks.into_iter().map(|(_, text)| text).collect::<Vec<_>>(), ["0", "1", "2"]);
    }

    #[test]
    fn the_axis_of_p_values_is_reversed_and_bounded() {
        let scale = PScale::around([0.2, 0.0, 3e-40], 0.0, 120.0);
        assert_eq!((scale.at(1.0), scale.at(1e-6), scale.at(0.0)), (0.0, 60.0, 120.0));
        assert_eq!(scale.ticks().len(), 7);
    }
}
