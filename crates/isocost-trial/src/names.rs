//! Names in an outcome table, told apart by type.

use std::cmp::Ordering;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The name as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl<T: Into<String>> From<T> for $name {
            fn from(text: T) -> Self {
                Self(text.into())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl Ord for $name {
            /// Numbers by size, then everything else by bytes.
            fn cmp(&self, other: &Self) -> Ordering {
                natural(&self.0, &other.0)
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }
    };
}

name!(
    /// What a system is asked about: a clip, a question, an image. The unit that pairs are made of.
    ItemId
);
name!(
    /// A policy, such as `uniform` or `anchored_top2`.
    Arm
);
name!(
    /// What an arm may spend, as written in the table. Empty: the arm has no budget setting.
    Budget
);
name!(
    /// What sets the randomness of a run. Empty: there is none to set.
    Seed
);
name!(
    /// What was measured, such as `accuracy`.
    Metric
);
name!(
    /// The part of the data that an item belongs to, such as `test`.
    Split
);
name!(
    /// What cost is counted in, such as `tokens`.
    CostUnit
);
name!(
    /// The id of a claim, such as `C0003`.
    ClaimId
);
name!(
    /// The comparisons that are corrected together.
    Family
);

/// Numbers by size and before texts, texts by bytes. Equal numbers in other spellings (`1`, `1.0`) keep the order of their bytes.
pub(crate) fn natural(a: &str, b: &str) -> Ordering {
    let key = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    match (key(a), key(b)) {
        (Some(x), Some(y)) => x.total_cmp(&y).then_with(|| a.cmp(b)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => a.cmp(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_sort_by_size_and_names_by_bytes() {
        let mut seeds: Vec<Seed> = ["10", "b", "2", "", "a"].into_iter().map(Seed::from).collect();
        seeds.sort();
        let order: Vec<&str> = seeds.iter().map(Seed::as_str).collect();
        assert_eq!(order, ["2", "10", "", "a", "b"]);
    }
}
