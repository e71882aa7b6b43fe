//! A budget as a share of what looking fully at everything would cost.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{CostError, CostResult, Tokens};

const UNIT: u32 = 10_000;

/// A mean cost per item, as a share of the cost of a full look, in whole ten-thousandths.
///
/// Integer on purpose: a cap computed from it is the same number everywhere. Never 0; shares above 1 are allowed,
/// because a policy that looks twice can spend more than a full look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BudgetShare(u32);

impl BudgetShare {
    /// A share in per cent; `None` for 0 or more than 100,000 %.
    pub const fn percent(percent: u32) -> Option<Self> {
        if percent == 0 || percent > 100_000 { None } else { Some(Self(percent * (UNIT / 100))) }
    }

    /// The share as a number.
    pub fn as_f64(self) -> f64 {
        f64::from(self.0) / f64::from(UNIT)
    }

    /// A key for places where a dot would separate path segments: `b50` for 0.5, `b12_5` for 0.125.
    pub fn key(self) -> String {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        if rest == 0 {
            format!("b{whole}")
        } else {
            format!("b{whole}_{}", format!("{rest:02}").trim_end_matches('0'))
        }
    }

    /// The most that `items` items may cost together, where a full look costs `full`; rounded down to a token.
    pub fn cap(self, items: usize, full: Tokens) -> CostResult<Tokens> {
        let everything = u128::from(full.times(items)?.get());
        let cap = everything * u128::from(self.0) / u128::from(UNIT);
        u64::try_from(cap).map(Tokens::new).map_err(|_| CostError::Overflow)
    }
}

impl fmt::Display for BudgetShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = format!("{:04}", self.0 % UNIT);
        match digits.trim_end_matches('0') {
            "" => write!(f, "{}", self.0 / UNIT),
            digits => write!(f, "{}.{digits}", self.0 / UNIT),
        }
    }
}

impl FromStr for BudgetShare {
    type Err = CostError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || CostError::BadShare { text: text.to_owned() };
        let trimmed = text.trim();
        let (whole, places) = trimmed.split_once('.').unwrap_or((trimmed, "0"));
        let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_digits(whole) || !is_digits(places) || places.len() > 4 {
            return Err(bad());
        }
        let whole: u32 = whole.parse().map_err(|_| bad())?;
        let places: u32 = format!("{places:0<4}").parse().map_err(|_| bad())?;
        let parts = whole.checked_mul(UNIT).and_then(|parts| parts.checked_add(places)).ok_or_else(bad)?;
        if parts == 0 { Err(bad()) } else { Ok(Self(parts)) }
    }
}

impl TryFrom<String> for BudgetShare {
    type Error = CostError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<BudgetShare> for String {
    fn from(share: BudgetShare) -> Self {
        share.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_share_reads_back_as_it_was_written() {
        for text in ["0.5", "0.75", "1", "0.125", "1.25", "0.0001", "12"] {
            assert_eq!(text.parse::<BudgetShare>().unwrap().to_string(), text);
        }
        assert_eq!(BudgetShare::percent(50).unwrap().to_string(), "0.5");
    }

    #[test]
    fn what_is_not_a_positive_decimal_of_four_places_is_refused() {
        for text in ["", "0", "0.0", ".5", "5.", "-1", "1e3", "0.00001", "half", "1,5", "99999999999"] {
            assert!(text.parse::<BudgetShare>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn keys_hold_no_dot() {
        let key = |text: &str| text.parse::<BudgetShare>().unwrap().key();
        assert_eq!(["0.5", "1", "0.125", "0.0505"].map(key), ["b50", "b100", "b12_5", "b5_05"]);
    }

    proptest! {
        #[test]
        fn a_cap_is_the_largest_whole_number_of_tokens_within_the_share(
            parts in 1_u32..20_000, items in 0_usize..5_000, full in 0_u64..5_000,
        ) {
            let share = BudgetShare(parts);
            let cap = u128::from(share.cap(items, Tokens::new(full)).unwrap().get());
            let exact_times_unit = u128::from(full) * items as u128 * u128::from(parts);
            prop_assert!(cap * 10_000 <= exact_times_unit);
            prop_assert!((cap + 1) * 10_000 > exact_times_unit);
        }
    }
}
