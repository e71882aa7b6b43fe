//! What pairing left out, by name.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many names a report lists.
const LISTED: usize = 5;

/// A number of names, and the first few.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// How many there are.
    pub count: usize,
    /// The first few, numbers by size, then texts by bytes.
    pub first: Vec<String>,
}

impl Names {
    pub(crate) fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut listed = Self::default();
        for name in names {
            listed.count += 1;
            if listed.first.len() < LISTED {
                listed.first.push(name.to_owned());
            }
        }
        listed
    }
}

impl std::fmt::Display for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.first.join(", "))?;
        let more = self.count - self.first.len().min(self.count);
        if more > 0 { write!(f, " and {more} more") } else { Ok(()) }
    }
}

/// What pairing left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unpaired {
    /// Items that only the left arm has.
    pub items_only_left: Names,
    /// Items that only the right arm has.
    pub items_only_right: Names,
    /// Seeds that only the left arm has.
    pub seeds_only_left: Names,
    /// Seeds that only the right arm has.
    pub seeds_only_right: Names,
    /// Items of both arms that lack a value under some shared seed.
    pub items_incomplete: Names,
    /// Items excluded by name.
    pub items_excluded: Names,
}

impl Unpaired {
    /// Each kind of name that was left out, in words; empty if nothing was.
    pub fn sentences(&self) -> Vec<String> {
        let parts = [
            (&self.items_only_left, "only the left arm has item"),
            (&self.items_only_right, "only the right arm has item"),
            (&self.seeds_only_left, "only the left arm has seed"),
            (&self.seeds_only_right, "only the right arm has seed"),
            (&self.items_incomplete, "no value under every shared seed: item"),
        ];
        let named = parts.into_iter().filter(|(names, _)| names.count > 0);
        named
            .map(|(names, what)| format!("{what}{} {names}", if names.count == 1 { "" } else { "s" }))
            .collect()
    }
}
