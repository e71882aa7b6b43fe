//! Ranks with ties.

/// Whether two numbers stand at the same place of the total order; 0 and −0 do not.
pub(crate) fn same(a: f64, b: f64) -> bool {
    a.total_cmp(&b).is_eq()
}

/// Average ranks from 1, and the sizes of the groups of equal values in ascending order. NaN must have been refused before.
pub(crate) fn average_ranks(values: &[f64]) -> (Vec<f64>, Vec<usize>) {
    // Adding 0 turns −0 into 0.
    let mut order: Vec<(f64, usize)> = values.iter().map(|value| value + 0.0).zip(0..).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut ranks = vec![0.0; values.len()];
    let mut groups = Vec::new();
    let mut before = 0_usize;
    for group in order.chunk_by(|a, b| same(a.0, b.0)) {
        let rank = before as f64 + (group.len() + 1) as f64 / 2.0;
        for &(_, index) in group {
            if let Some(slot) = ranks.get_mut(index) {
                *slot = rank;
            }
        }
        before += group.len();
        groups.push(group.len());
    }
    (ranks, groups)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_share_the_mean_of_their_places() {
        let (ranks, groups) = average_ranks(&[2.0, -0.0, 5.0, 2.0, 0.0, 2.0]);
        assert_eq!(ranks, [4.0, 1.5, 6.0, 4.0, 1.5, 4.0]);
        assert_eq!(groups, [2, 3, 1]);
    }
}
