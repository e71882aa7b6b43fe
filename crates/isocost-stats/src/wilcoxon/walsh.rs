//! Order statistics of the Walsh averages (aᵢ + aⱼ)/2, i ≤ j, without making them.

/// n(n + 1)/2.
pub(super) fn count(n: usize) -> usize {
    n.saturating_mul(n + 1) / 2
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "not negative and below the number of pairs"
)]
pub(super) fn floor(value: f64) -> usize {
    value.max(0.0) as usize
}

pub(super) fn sorted(values: &[f64]) -> Vec<f64> {
    let mut ascending: Vec<f64> = values.iter().map(|value| value + 0.0).collect();
    ascending.sort_by(f64::total_cmp);
    ascending
}

/// Median of the averages; the mean of the two in the middle for an even number.
pub(super) fn median(ascending: &[f64]) -> f64 {
    let pairs = count(ascending.len());
    f64::midpoint(nth(ascending, pairs.saturating_sub(1) / 2), nth(ascending, pairs / 2))
}

/// The average of rank `index`, from 0: bisection over the bit patterns of doubles, with a count in O(n) at each step.
pub(super) fn nth(ascending: &[f64], index: usize) -> f64 {
    let (Some(first), Some(last)) = (ascending.first(), ascending.last()) else { return f64::NAN };
    let (mut low, mut high) = (ordinal(*first), ordinal(*last));
    while low < high {
        let middle = low + (high - low) / 2;
        if at_most(ascending, value(middle)) > index {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    value(low)
}

/// Number of averages at most `limit`: the rounded average grows with both of its parts, so that one walk is enough.
fn at_most(ascending: &[f64], limit: f64) -> usize {
    let mut partners = ascending.len();
    let mut total = 0;
    for (i, a) in ascending.iter().enumerate() {
        while partners > i && ascending.get(partners - 1).is_some_and(|b| f64::midpoint(*a, *b) > limit) {
            partners -= 1;
        }
        if partners <= i {
            break;
        }
        total += partners - i;
    }
    total
}

/// Whole numbers in the order of the doubles.
fn ordinal(value: f64) -> u64 {
    let bits = value.to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

fn value(ordinal: u64) -> f64 {
    f64::from_bits(if ordinal >> 63 == 1 { ordinal & !(1 << 63) } else { !ordinal })
}
