//! Several comparisons on the same items, corrected together with their correlation: step-down max-T.
//!
//! Source: Westfall and Young (1993), "Resampling-based multiple testing", algorithm 4.1; Ge, Dudoit and Speed (2003) for the way of counting. The signs of all
//! differences of an item are flipped together, in all comparisons, so that their dependence stays as it is; strongly related comparisons then
//! cost much less than by Holm. Controls the family-wise error where differences from the margin are symmetric.

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{check_finite, check_margin};
use crate::signflip::table::SignedSums;
use crate::signflip::{Enumeration, RANDOM_FLIPS};
use crate::{PValue, StatsError, StatsResult, Stream, Tail, sum};

/// Up to this many items all sign patterns are gone through.
pub const EXACT_LIMIT: usize = 16;

const DOMAIN: u32 = 0x5167_0002;

/// Raw and adjusted p-values of a family, in the order of the comparisons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MaxT {
    /// By the sign flips of each comparison alone.
    pub raw: Vec<PValue>,
    /// Adjusted for the family; in the order of the statistics they never fall, and never lie below the raw ones.
    pub adjusted: Vec<PValue>,
    /// The smallest p that this many items could have given.
    pub attainable_p: PValue,
    /// Exact or sampled.
    pub enumeration: Enumeration,
}

/// Tests each comparison's differences against the margin.
///
/// `comparisons` hold one difference per item, the same items in the same order. The statistic is Student's t against the margin, compared by
/// S/√Q, which grows with t (S the sum and Q the sum of squares of the shifted differences; flips leave Q alone). A pattern whose statistic ties
/// with the observed one (to 1e-12) counts as reaching it. A comparison without any difference from the margin has statistic 0 and p 1.
/// `seed` matters only beyond [`EXACT_LIMIT`] items.
pub fn step_down(comparisons: &[&[f64]], margin: f64, tail: Tail, seed: u64) -> StatsResult<MaxT> {
    check_margin(margin)?;
    let items = comparisons.first().map_or(0, |first| first.len());
    if items == 0 {
        return Err(StatsError::Empty("a family needs comparisons of items"));
    }
    for differences in comparisons {
        check_finite(differences)?;
        if differences.len() != items {
            return Err(StatsError::Shape { rows: items, columns: 1, found: differences.len() });
        }
    }
    let scaled: Vec<Vec<f64>> = comparisons.iter().map(|d| standardised(d, margin, tail)).collect();
    let size = |total: f64| if tail == Tail::TwoSided { total.abs() } else { total };
    let observed: Vec<f64> = scaled.iter().map(|values| size(sum(values))).collect();
    let mut order: Vec<usize> = (0..observed.len()).collect();
    order.sort_by(|a, b| at(&observed, *b).total_cmp(&at(&observed, *a)));
    let family = Family {
        sums: scaled.iter().map(|values| SignedSums::new(values)).collect(),
        targets: observed.iter().map(|value| value - 1e-12).collect(),
        order,
        tail,
    };
    let (counts, enumeration) = family.count(items, seed);
    let (reached, patterns) = match enumeration {
        Enumeration::Exact => (0.0, 2.0_f64.powi(i32::try_from(items).unwrap_or(i32::MAX))),
        Enumeration::Random { flips } => (1.0, (flips + 1) as f64),
    };
    let p = |count: u64| PValue::clamped((count as f64 + reached) / patterns);
    let raw = counts.alone.iter().map(|count| p(*count)).collect();
    let adjusted = family.monotone(&counts.stepped, p);
    let sides = if tail == Tail::TwoSided { 2.0 } else { 1.0 };
    Ok(MaxT {
        raw,
        adjusted,
        attainable_p: PValue::clamped(attainable(sides, patterns, reached)),
        enumeration,
    })
}

fn attainable(sides: f64, patterns: f64, reached: f64) -> f64 {
    if reached > 0.0 { 1.0 / patterns } else { sides / patterns }
}

/// Differences from the margin over the root of their sum of squares, oriented so that large sums speak for the claim.
fn standardised(differences: &[f64], margin: f64, tail: Tail) -> Vec<f64> {
    let sign = if tail == Tail::Less { -1.0 } else { 1.0 };
    let shifted: Vec<f64> = differences.iter().map(|d| sign * (d - margin)).collect();
    let largest = shifted.iter().fold(0.0_f64, |largest, d| largest.max(d.abs()));
    if largest <= 0.0 {
        return shifted;
    }
    let squares: Vec<f64> = shifted.iter().map(|d| (d / largest).powi(2)).collect();
    let scale = largest * sum(&squares).sqrt();
    shifted.iter().map(|d| d / scale).collect()
}

fn at(values: &[f64], index: usize) -> f64 {
    values.get(index).copied().unwrap_or_default()
}

struct Family {
    sums: Vec<SignedSums>,
    targets: Vec<f64>,
    /// Comparisons from the largest statistic to the smallest.
    order: Vec<usize>,
    tail: Tail,
}

/// How many patterns reached each comparison's statistic.
#[derive(Clone)]
struct Counts {
    /// By that comparison itself.
    alone: Vec<u64>,
    /// By it or any with a smaller statistic.
    stepped: Vec<u64>,
}

impl Counts {
    fn new(comparisons: usize) -> Self {
        Self { alone: vec![0; comparisons], stepped: vec![0; comparisons] }
    }

    fn add(mut self, other: &Self) -> Self {
        let pairs = self.alone.iter_mut().zip(&other.alone);
        for (mine, theirs) in pairs.chain(self.stepped.iter_mut().zip(&other.stepped)) {
            *mine += theirs;
        }
        self
    }
}

impl Family {
    fn count(&self, items: usize, seed: u64) -> (Counts, Enumeration) {
        let exact = items <= EXACT_LIMIT;
        let patterns = if exact { 1_u32 << items } else { RANDOM_FLIPS };
        let words = self.sums.first().map_or(0, SignedSums::words);
        let counts = (0..patterns)
            .into_par_iter()
            .with_min_len(256)
            .fold(
                || (Counts::new(self.sums.len()), vec![0_u32; words]),
                |(mut counts, mut signs), pattern| {
                    if exact {
                        signs.fill(pattern);
                    } else {
                        Stream::new(seed, DOMAIN, pattern.into()).fill(&mut signs);
                    }
                    self.reach(&signs, &mut counts);
                    (counts, signs)
                },
            )
            .map(|(counts, _)| counts)
            .reduce(|| Counts::new(self.sums.len()), |a, b| a.add(&b));
        (counts, if exact { Enumeration::Exact } else { Enumeration::Random { flips: patterns.into() } })
    }

    /// Goes from the smallest statistic up with the running maximum.
    fn reach(&self, signs: &[u32], counts: &mut Counts) {
        let mut largest = f64::NEG_INFINITY;
        for &index in self.order.iter().rev() {
            let Some(sums) = self.sums.get(index) else { continue };
            let total = sums.flipped(signs);
            let value = if self.tail == Tail::TwoSided { total.abs() } else { total };
            largest = largest.max(value);
            let target = at(&self.targets, index);
            bump(&mut counts.alone, index, value >= target);
            bump(&mut counts.stepped, index, largest >= target);
        }
    }

    /// A comparison with a smaller statistic never gets a smaller p.
    fn monotone(&self, stepped: &[u64], p: impl Fn(u64) -> PValue) -> Vec<PValue> {
        let mut adjusted = vec![PValue::ONE; stepped.len()];
        let mut least = 0;
        for &index in &self.order {
            least = least.max(stepped.get(index).copied().unwrap_or_default());
            if let Some(slot) = adjusted.get_mut(index) {
                *slot = p(least);
            }
        }
        adjusted
    }
}

fn bump(counts: &mut [u64], index: usize, reached: bool) {
    if let Some(count) = counts.get_mut(index) {
        *count += u64::from(reached);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::multiplicity::holm;
    use crate::signflip;
    use crate::testing::noise;

    fn worlds(items: usize, comparisons: usize, effect: f64, world: u64) -> Vec<Vec<f64>> {
        let mut stream = Stream::new(8, 81, world);
        let shared: Vec<f64> = (0..items).map(|_| noise(&mut stream)).collect();
        let one = |stream: &mut Stream| shared.iter().map(|s| effect + s + 0.3 * noise(stream)).collect();
        (0..comparisons).map(|_| one(&mut stream)).collect()
    }

    fn run(family: &[Vec<f64>], tail: Tail) -> MaxT {
        let family: Vec<&[f64]> = family.iter().map(Vec::as_slice).collect();
        step_down(&family, 0.0, tail, 5).unwrap()
    }

    #[test]
    fn a_family_of_one_is_the_sign_flip_test() {
        for tail in [Tail::TwoSided, Tail::Greater, Tail::Less] {
            let family = worlds(11, 1, 0.4, 1);
            let expected = signflip::test(&family[0], 0.0, tail, 0).unwrap();
            let found = run(&family, tail);
            assert!((found.raw[0].get() - expected.p.get()).abs() < 1e-12);
            assert_eq!((found.raw[0], found.attainable_p), (found.adjusted[0], expected.attainable_p));
        }
    }

    #[test]
    fn copies_of_a_comparison_cost_nothing_and_related_ones_less_than_by_holm() {
        let one = worlds(40, 1, 0.35, 2);
        let copies = vec![one[0].clone(); 6];
        assert_eq!(run(&copies, Tail::Greater).adjusted[3], run(&one, Tail::Greater).raw[0]);
        let related = run(&worlds(40, 6, 0.35, 2), Tail::Greater);
        for (max_t, holm) in related.adjusted.iter().zip(holm(&related.raw)) {
            assert!(max_t.get() <= holm.get() + 0.002, "{max_t} {holm}");
        }
    }

    #[test]
    fn adjusted_values_are_at_least_the_raw_ones_and_the_order_of_input_does_not_matter() {
        let family = worlds(13, 4, 0.3, 3);
        let reversed: Vec<Vec<f64>> = family.iter().rev().cloned().collect();
        let (a, b) = (run(&family, Tail::TwoSided), run(&reversed, Tail::TwoSided));
        for (adjusted, raw) in a.adjusted.iter().zip(&a.raw) {
            assert!(adjusted.get() >= raw.get());
        }
        assert!(a.adjusted.iter().eq(b.adjusted.iter().rev()));
    }

    #[test]
    fn a_comparison_without_differences_has_p_one_and_bad_shapes_are_refused() {
        let result = run(&[vec![0.0; 9], worlds(9, 1, 2.0, 4)[0].clone()], Tail::Greater);
        assert_eq!(result.adjusted[0], PValue::ONE);
        assert!(result.adjusted[1].get() < 0.05);
        assert!(step_down(&[], 0.0, Tail::Greater, 0).is_err());
        assert!(step_down(&[&[1.0, 2.0], &[1.0]], 0.0, Tail::Greater, 0).is_err());
        assert!(step_down(&[&[f64::NAN]], 0.0, Tail::Greater, 0).is_err());
    }

    /// No comparison has an effect: of 300 families the number with any p at most 0.05 is at most Binomial(300, 0.05), 99.9 % of it at or below 28.
    #[test]
    fn the_chance_of_any_false_alarm_in_a_family_is_kept() {
        let alarms = (0..300).filter(|&world| {
            let result = run(&worlds(14, 5, 0.0, 100 + world), Tail::TwoSided);
            result.adjusted.iter().any(|p| p.get() <= 0.05)
        });
        let alarms = alarms.count();
        assert!(alarms <= 28, "{alarms} of 300");
    }
}
