//! The items of each stratum.

use std::collections::BTreeMap;

use crate::compare::column::values_of_items;
use crate::compare::{CompareError, Pairing};
use crate::names::natural;
use crate::table::OutcomeTable;

/// The positions of the paired items under each value of a column, numbers by size, then texts by bytes. Items without a value are the stratum "".
pub(super) fn strata(
    table: &OutcomeTable,
    pairing: &Pairing,
    column: &str,
) -> Result<Vec<(String, Vec<usize>)>, CompareError> {
    let mut found: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (position, value) in values_of_items(table, pairing, column)?.into_iter().enumerate() {
        found.entry(value).or_default().push(position);
    }
    let mut found: Vec<(String, Vec<usize>)> =
        found.into_iter().map(|(value, positions)| (value.to_owned(), positions)).collect();
    found.sort_by(|(a, _), (b, _)| natural(a, b));
    Ok(found)
}
