//! Max-T over the comparisons of a family.

use isocost_stats::PValue;

use super::desk::Tested;

/// p-values adjusted by the largest statistic under joint sign flips, in the order given; or why that is impossible here.
pub(super) fn max_t(tested: &[&Tested]) -> Result<Vec<PValue>, String> {
    let _ = tested;
    Err("not there yet".to_owned())
}
