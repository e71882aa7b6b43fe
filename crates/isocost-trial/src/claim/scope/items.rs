//! Statistics of one arm over its items, with a second column beside the value.

use isocost_ledger::rule::{Arg, Lookup};

use super::{ClaimScope, missing};

impl ClaimScope<'_> {
    /// A statistic of one arm's items.
    pub(super) fn items(&self, name: &str, args: &[Arg]) -> Result<Lookup, String> {
        let _ = args;
        Ok(missing(&format!("`{name}` is not there yet")))
    }
}
