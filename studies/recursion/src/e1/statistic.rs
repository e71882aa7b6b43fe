//! What a resample is reduced to. A resample is fully described by how often each puzzle is drawn.

/// Puzzles up to this number are counted through tables that need no bounds checks.
pub(crate) const SMALL: usize = 1 << 16;

/// A statistic of a resample that needs to know how often each puzzle was drawn.
pub(crate) trait Counted: Sync {
    /// For each puzzle, the place of its count: a permutation of `0..n` that suits [`Counted::value`].
    fn places(&self) -> &[u32];

    /// The value for these counts, by place; `None` where it is undefined.
    fn value(&self, counts: &[u8]) -> Option<f64>;
}

/// Sum of many small counts.
pub(crate) fn total(counts: &[u8]) -> u64 {
    let (blocks, rest) = counts.as_chunks::<16>();
    let mut lanes = [0_u32; 16];
    for block in blocks {
        for (lane, &count) in lanes.iter_mut().zip(block) {
            *lane += u32::from(count);
        }
    }
    let whole: u32 = lanes.iter().sum();
    u64::from(whole) + rest.iter().map(|&count| u64::from(count)).sum::<u64>()
}
