//! p-values of a family, adjusted for its size.
//!
//! All functions keep the order of their input, return values in `0..=1` that are at least the raw ones, keep the order of
//! raw p-values (equal ones stay equal), and return an empty vector for an empty family.

use crate::{PValue, StatsError, StatsResult};

/// Bonferroni: m·p, at most 1. Valid under any dependence.
pub fn bonferroni(family: &[PValue]) -> Vec<PValue> {
    family.iter().map(|p| PValue::clamped(p.get() * family.len() as f64)).collect()
}

/// Bonferroni for one p-value of a family of which only the size is known.
pub fn bonferroni_one(p: PValue, family_size: usize) -> StatsResult<PValue> {
    if family_size == 0 {
        return Err(StatsError::Empty("a family has at least one member"));
    }
    Ok(PValue::clamped(p.get() * family_size as f64))
}

/// Holm's step-down (Holm 1979). Controls the family-wise error under any dependence.
pub fn holm(family: &[PValue]) -> Vec<PValue> {
    let order = ascending(family);
    let mut least = 0.0_f64;
    let steps = order.iter().enumerate().map(|(rank, &index)| {
        least = least.max(value(family, index) * (family.len() - rank) as f64);
        (index, least)
    });
    scatter(family.len(), steps)
}

/// Hochberg's step-up (Hochberg 1988). Controls the family-wise error for independent or positively dependent tests.
pub fn hochberg(family: &[PValue]) -> Vec<PValue> {
    let order = ascending(family);
    let mut most = 1.0_f64;
    let steps = order.iter().enumerate().rev().map(|(rank, &index)| {
        most = most.min(value(family, index) * (family.len() - rank) as f64);
        (index, most)
    });
    scatter(family.len(), steps)
}

/// Benjamini and Hochberg (1995). Controls the false discovery rate for independent or positively dependent tests.
pub fn benjamini_hochberg(family: &[PValue]) -> Vec<PValue> {
    let order = ascending(family);
    let mut most = 1.0_f64;
    let steps = order.iter().enumerate().rev().map(|(rank, &index)| {
        most = most.min(value(family, index) * (family.len() as f64 / (rank + 1) as f64));
        (index, most)
    });
    scatter(family.len(), steps)
}

/// Benjamini and Yekutieli (2001): as [`benjamini_hochberg`], times 1 + 1/2 + … + 1/m. Controls the false discovery rate under any dependence.
pub fn benjamini_yekutieli(family: &[PValue]) -> Vec<PValue> {
    let harmonic: f64 = (1..=family.len()).map(|k| 1.0 / k as f64).sum();
    let order = ascending(family);
    let mut most = 1.0_f64;
    let steps = order.iter().enumerate().rev().map(|(rank, &index)| {
        most = most.min(value(family, index) * harmonic * (family.len() as f64 / (rank + 1) as f64));
        (index, most)
    });
    scatter(family.len(), steps)
}

/// Indices by ascending p; ties in the order of the input.
fn ascending(family: &[PValue]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..family.len()).collect();
    order.sort_by(|&a, &b| value(family, a).total_cmp(&value(family, b)));
    order
}

fn value(family: &[PValue], index: usize) -> f64 {
    family.get(index).copied().unwrap_or(PValue::ONE).get()
}

fn scatter(len: usize, steps: impl Iterator<Item = (usize, f64)>) -> Vec<PValue> {
    let mut adjusted = vec![PValue::ONE; len];
    for (index, value) in steps {
        if let Some(slot) = adjusted.get_mut(index) {
            *slot = PValue::clamped(value);
        }
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn family(values: &[f64]) -> Vec<PValue> {
        values.iter().map(|&value| PValue::new(value).unwrap()).collect()
    }

    #[test]
    fn equal_p_values_stay_equal() {
        for adjust in [holm, hochberg, benjamini_hochberg, benjamini_yekutieli, bonferroni] {
            let adjusted = adjust(&family(&[0.02, 0.5, 0.02]));
            assert_eq!(adjusted[0], adjusted[2]);
        }
    }

    #[test]
    fn a_family_of_one_is_not_adjusted_and_an_empty_one_is_empty() {
        for adjust in [holm, hochberg, benjamini_hochberg, benjamini_yekutieli, bonferroni] {
            assert_eq!(adjust(&family(&[0.03])), family(&[0.03]));
            assert!(adjust(&[]).is_empty());
        }
        assert!(bonferroni_one(PValue::ONE, 0).is_err());
    }

    #[test]
    fn nan_is_not_a_p_value() {
        assert!(PValue::new(f64::NAN).is_err());
        assert!(PValue::new(-1e-9).is_err());
    }

    proptest! {
        #[test]
        fn adjusted_values_are_monotone_and_between_the_raw_value_and_one(raw in prop::collection::vec(0.0..=1.0_f64, 1..40)) {
            let raw = family(&raw);
            for adjust in [holm, hochberg, benjamini_hochberg, benjamini_yekutieli, bonferroni] {
                let adjusted = adjust(&raw);
                for (a, p) in adjusted.iter().zip(&raw) {
                    prop_assert!(a.get() >= p.get() && a.get() <= 1.0);
                    for (b, q) in adjusted.iter().zip(&raw) {
                        prop_assert!(p.get() > q.get() || a.get() <= b.get());
                    }
                }
            }
        }

        #[test]
        fn hochberg_is_never_above_holm_nor_holm_above_bonferroni(raw in prop::collection::vec(0.0..=1.0_f64, 1..40)) {
            let raw = family(&raw);
            let (up, down, flat) = (hochberg(&raw), holm(&raw), bonferroni(&raw));
            for ((up, down), flat) in up.iter().zip(&down).zip(&flat) {
                prop_assert!(up.get() <= down.get() && down.get() <= flat.get());
            }
        }
    }
}
