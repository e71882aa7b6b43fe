//! Items that stand where they must not.

use std::collections::{BTreeMap, BTreeSet};

use super::reason::{Reason, ReasonKind};
use crate::compare::Names;
use crate::names::natural;
use crate::table::{OutcomeTable, RowView};
use crate::{ItemId, Split};

/// Items of the claim's splits that stand in another split too, or under several labels (free column `label`). Excluded items are left out.
pub(crate) fn leaks(
    table: &OutcomeTable,
    splits: &BTreeSet<Split>,
    excluded: &BTreeSet<ItemId>,
) -> Vec<Reason> {
    let excluded: BTreeSet<&str> = excluded.iter().map(ItemId::as_str).collect();
    let mut reasons = Vec::new();
    let in_claim = |row: &RowView<'_>| splits.iter().any(|split| split.as_str() == row.split());
    let ours: BTreeSet<&str> =
        table.rows().filter(in_claim).map(|row| row.item()).filter(|item| !excluded.contains(item)).collect();
    for (others, split) in elsewhere(table, splits) {
        let mut shared: Vec<&str> = others.into_iter().filter(|item| ours.contains(item)).collect();
        shared.sort_by(|a, b| natural(a, b));
        if !shared.is_empty() {
            let names = Names::of(shared);
            let sentence = format!(
                "{} item{} of {} also stand{} in split `{split}` ({names}); exclude them by name, or rename items that only share a number",
                names.count,
                if names.count == 1 { "" } else { "s" },
                listed(splits),
                if names.count == 1 { "s" } else { "" },
            );
            reasons.push(Reason::new(ReasonKind::Leak, sentence));
        }
    }
    reasons.extend(label_conflict(table, &ours));
    reasons
}

/// Items of each split that is not the claim's. Several splits of one claim are each other's.
fn elsewhere<'t>(table: &'t OutcomeTable, splits: &BTreeSet<Split>) -> Vec<(BTreeSet<&'t str>, &'t str)> {
    let mut by_split: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in table.rows() {
        let foreign = splits.iter().all(|split| split.as_str() != row.split());
        if foreign && !row.split().is_empty() {
            by_split.entry(row.split()).or_default().insert(row.item());
        }
    }
    by_split.into_iter().map(|(split, items)| (items, split)).collect()
}

fn label_conflict(table: &OutcomeTable, ours: &BTreeSet<&str>) -> Option<Reason> {
    table.free_columns().find(|column| *column == "label")?;
    let mut labels: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in table.rows().filter(|row| ours.contains(row.item())) {
        if let Some(label) = row.free("label").filter(|label| !label.is_empty()) {
            labels.entry(row.item()).or_default().insert(label);
        }
    }
    let mut torn: Vec<&str> =
        labels.iter().filter(|(_, labels)| labels.len() > 1).map(|(item, _)| *item).collect();
    torn.sort_by(|a, b| natural(a, b));
    let first = torn.first().and_then(|item| labels.get(item))?;
    let example = first.iter().copied().collect::<Vec<_>>().join(", ");
    let names = Names::of(torn.iter().copied());
    let sentence = format!("{} item(s) have several labels ({names}; the first: {example})", names.count);
    Some(Reason::new(ReasonKind::LabelConflict, sentence))
}

fn listed(splits: &BTreeSet<Split>) -> String {
    splits.iter().map(|split| format!("`{split}`")).collect::<Vec<_>>().join(", ")
}
