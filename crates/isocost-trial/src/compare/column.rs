//! Free columns that say something of each item: its stratum, its cluster, its batch.

use std::collections::HashMap;

use super::pair::Pairing;
use super::{CompareError, Names};
use crate::table::{OutcomeTable, Symbol};

/// The value of a free column for each paired item, in their order; empty where an item has none.
///
/// The rows of the pairing's metric, split and two arms are asked. An item with two different values there is an error: it would belong to two
/// groups.
pub(crate) fn values_of_items<'t>(
    table: &'t OutcomeTable,
    pairing: &Pairing,
    column: &str,
) -> Result<Vec<&'t str>, CompareError> {
    if !table.free_columns().any(|free| free == column) {
        return Err(CompareError::NoColumn {
            column: column.to_owned(),
            found: table.free_columns().map(str::to_owned).collect(),
        });
    }
    let selection = &pairing.selection;
    let symbol = |name: Option<&str>| name.and_then(|name| table.symbol(name));
    let metric = symbol(selection.metric.as_ref().map(crate::Metric::as_str));
    let split = symbol(selection.split.as_ref().map(crate::Split::as_str));
    let arms = [symbol(Some(pairing.left.arm.as_str())), symbol(Some(pairing.right.arm.as_str()))];
    let mut values: HashMap<Symbol, &'t str> = HashMap::new();
    let mut torn: Vec<&str> = Vec::new();
    for row in table.rows() {
        let key = row.key();
        if Some(key.metric) != metric || Some(key.split) != split || !arms.contains(&Some(key.arm)) {
            continue;
        }
        let Some(value) = row.free(column).filter(|value| !value.is_empty()) else { continue };
        if *values.entry(key.item).or_insert(value) != value {
            torn.push(row.item());
        }
    }
    // Only paired items matter.
    let is_paired = |item: &&str| pairing.items.iter().any(|paired| paired.as_str() == *item);
    torn.sort_unstable();
    torn.dedup();
    let torn: Vec<&str> = torn.into_iter().filter(is_paired).collect();
    if !torn.is_empty() {
        return Err(CompareError::TornColumn { column: column.to_owned(), items: Names::of(torn) });
    }
    let of_item = |item: &crate::ItemId| {
        table.symbol(item.as_str()).and_then(|item| values.get(&item).copied()).unwrap_or_default()
    };
    Ok(pairing.items.iter().map(of_item).collect())
}
