//! Max-T over the comparisons of a family: the signs of an item are flipped in all comparisons together.

use isocost_stats::{PValue, Tail, max_t};

use super::desk::Tested;
use super::hypothesis::Region;
use crate::compare::{Analysis, UnitOfTest};

/// p-values adjusted by the largest statistic under joint sign flips, in the order given; or why that is impossible here.
pub(super) fn max_t(tested: &[&Tested]) -> Result<Vec<PValue>, String> {
    let parts: Vec<(&Analysis, Region)> = tested
        .iter()
        .map(|tested| Ok((tested.analysis.as_ref().as_ref().map_err(ToString::to_string)?, tested.region)))
        .collect::<Result<_, String>>()?;
    joint(&parts)
}

/// The same for analyses and what is claimed of each.
pub(crate) fn joint(parts: &[(&Analysis, Region)]) -> Result<Vec<PValue>, String> {
    let Some((first, region)) = parts.first() else { return Ok(Vec::new()) };
    let two_sided = matches!(region, Region::Not(_));
    let mut oriented = Vec::with_capacity(parts.len());
    for (analysis, region) in parts {
        if analysis.pairing().items != first.pairing().items {
            return Err("the comparisons are not on the same items".to_owned());
        }
        if analysis.unit() != UnitOfTest::Items {
            return Err("sign flips are over items, and the declared test is not".to_owned());
        }
        let means = analysis.differences().item_means();
        oriented.push(match region {
            Region::AtLeast(c) if !two_sided => means.iter().map(|mean| mean - c).collect::<Vec<f64>>(),
            Region::AtMost(c) if !two_sided => means.iter().map(|mean| c - mean).collect(),
            Region::Not(c) if two_sided => means.iter().map(|mean| mean - c).collect(),
            _ => return Err("the comparisons are not all one-sided, or not all two-sided".to_owned()),
        });
    }
    let tail = if two_sided { Tail::TwoSided } else { Tail::Greater };
    let comparisons: Vec<&[f64]> = oriented.iter().map(Vec::as_slice).collect();
    Ok(max_t::step_down(&comparisons, 0.0, tail, SEED).map_err(|error| error.to_string())?.adjusted)
}

/// The seed of sampled flips.
const SEED: u64 = 0;
