//! What two splits share.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use schemars::JsonSchema;
use serde::Serialize;

use super::list::IdList;
use super::normal::normalised;
use crate::compare::Names;
use crate::names::natural;
use crate::table::{OutcomeTable, Symbol};
use crate::{ItemId, Split};

/// How many examples a report shows.
const EXAMPLES: usize = 5;

/// What speaks against the items of a split.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LeakReport {
    /// Items that stand in another split or list too, by their ids.
    pub shared: Vec<SharedItems>,
    /// Items that may stand there under another spelling. A warning only.
    pub similar: Vec<SimilarItems>,
    /// Items with several labels.
    pub labels: Option<LabelConflict>,
}

/// Items that stand in two places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SharedItems {
    /// The other split, or the list's file.
    pub with: String,
    /// The items.
    pub items: Names,
}

/// Ids that differ in case, directory or extension only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SimilarItems {
    /// The other split, or the list's file.
    pub with: String,
    /// How many items.
    pub count: usize,
    /// The first few: the item, and the other spelling.
    pub examples: Vec<(String, String)>,
}

/// Items under several labels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LabelConflict {
    /// The items.
    pub items: Names,
    /// The labels of the first.
    pub labels: Vec<String>,
}

impl LeakReport {
    /// Whether the comparison is invalid until items are excluded. Other spellings alone are no proof.
    pub fn is_leak(&self) -> bool {
        !self.shared.is_empty() || self.labels.is_some()
    }

    /// Every finding as a sentence.
    pub fn sentences(&self) -> Vec<String> {
        let mut found = Vec::new();
        for shared in &self.shared {
            let n = shared.items.count;
            let also = if n == 1 { "item also stands" } else { "items also stand" };
            found.push(format!("{n} {also} in {} ({}); exclude them by name", shared.with, shared.items));
        }
        if let Some(conflict) = &self.labels {
            let labels = conflict.labels.join(", ");
            let n = conflict.items.count;
            let has = if n == 1 { "item has" } else { "items have" };
            found.push(format!("{n} {has} several labels ({}; the first: {labels})", conflict.items));
        }
        for similar in &self.similar {
            let examples: Vec<String> =
                similar.examples.iter().map(|(ours, theirs)| format!("{ours} ~ {theirs}")).collect();
            found.push(format!(
                "{} item(s) may stand in {} under another spelling ({}); check them",
                similar.count,
                similar.with,
                examples.join(", ")
            ));
        }
        found
    }
}

/// Compares the items of a split with those of all other splits of the table, and with lists such as the ids that were trained on. Excluded items are left out.
/// Labels are those of the free column `label`, over all splits. A split without a name is no other split.
pub fn check(
    table: &OutcomeTable,
    split: &Split,
    lists: &[IdList],
    excluded: &BTreeSet<ItemId>,
) -> LeakReport {
    let excluded: BTreeSet<Symbol> = excluded.iter().filter_map(|item| table.symbol(item.as_str())).collect();
    let mut by_split: BTreeMap<Symbol, BTreeSet<Symbol>> = BTreeMap::new();
    let mut last = None;
    for row in table.rows() {
        let key = row.key();
        if last != Some((key.split, key.item)) {
            by_split.entry(key.split).or_default().insert(key.item);
            last = Some((key.split, key.item));
        }
    }
    let ours = table.symbol(split.as_str()).and_then(|split| by_split.remove(&split)).unwrap_or_default();
    let ours: Vec<&str> =
        ours.into_iter().filter(|item| !excluded.contains(item)).map(|item| table.text(item)).collect();
    let mut others: Vec<(String, BTreeSet<&str>)> = by_split
        .iter()
        .filter(|(split, _)| **split != Symbol::EMPTY)
        .map(|(split, items)| {
            (format!("split `{}`", table.text(*split)), items.iter().map(|item| table.text(*item)).collect())
        })
        .collect();
    others.sort_by(|a, b| a.0.cmp(&b.0));
    others.extend(
        lists
            .iter()
            .map(|list| (list.path.display().to_string(), list.ids.iter().map(ItemId::as_str).collect())),
    );
    let mut report = LeakReport::default();
    for (with, items) in others {
        let mut shared: Vec<&str> = ours.iter().copied().filter(|item| items.contains(item)).collect();
        shared.sort_by(|a, b| natural(a, b));
        report.similar.extend(similar(&with, &ours, &items));
        if !shared.is_empty() {
            report.shared.push(SharedItems { with, items: Names::of(shared) });
        }
    }
    report.labels = label_conflict(table, &ours.into_iter().collect());
    report
}

fn similar(with: &str, ours: &[&str], theirs: &BTreeSet<&str>) -> Option<SimilarItems> {
    let mut spellings: HashMap<String, &str> = HashMap::new();
    for id in theirs {
        spellings.entry(normalised(id)).or_insert(id);
    }
    let mut pairs: Vec<(&str, &str)> = ours
        .iter()
        .filter(|id| !theirs.contains(*id))
        .filter_map(|id| Some((*id, *spellings.get(&normalised(id))?)))
        .collect();
    pairs.sort_by(|a, b| natural(a.0, b.0));
    let examples = pairs.iter().take(EXAMPLES).map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    (!pairs.is_empty()).then(|| SimilarItems { with: with.to_owned(), count: pairs.len(), examples })
}

fn label_conflict(table: &OutcomeTable, ours: &BTreeSet<&str>) -> Option<LabelConflict> {
    table.free_columns().find(|column| *column == "label")?;
    let mut labels: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in table.rows() {
        let label = row.free("label").filter(|label| !label.is_empty());
        if let Some(label) = label.filter(|_| ours.contains(row.item())) {
            labels.entry(row.item()).or_default().insert(label);
        }
    }
    labels.retain(|_, labels| labels.len() > 1);
    let mut torn: Vec<&str> = labels.keys().copied().collect();
    torn.sort_by(|a, b| natural(a, b));
    let first = labels.get(*torn.first()?)?;
    Some(LabelConflict {
        labels: first.iter().map(|label| (*label).to_owned()).collect(),
        items: Names::of(torn),
    })
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;

    fn table(rows: &str) -> OutcomeTable {
        let text = format!("item,seed,arm,budget,cost,cost_unit,split,metric,value,label\n{rows}");
        OutcomeTable::from_csv(Path::new("t.csv"), text.as_bytes()).unwrap()
    }

    fn checked(rows: &str, lists: &[IdList], excluded: &[&str]) -> LeakReport {
        let excluded = excluded.iter().map(|id| ItemId::from(*id)).collect();
        check(&table(rows), &"test".into(), lists, &excluded)
    }

    #[test]
    fn an_item_in_two_splits_is_a_leak_until_it_is_excluded() {
        let rows = "x,0,a,,,,test,acc,1,cat\nx,0,a,,,,train,acc,1,cat\ny,0,a,,,,test,acc,1,cat\n";
        let report = checked(rows, &[], &[]);
        assert!(report.is_leak());
        assert_eq!(report.shared.first().unwrap().items.first, ["x"]);
        assert_eq!(report.shared.first().unwrap().with, "split `train`");
        assert!(!checked(rows, &[], &["x"]).is_leak());
    }

    #[test]
    fn an_item_of_the_training_list_is_a_leak_and_another_spelling_a_warning() {
        let list =
            IdList { path: PathBuf::from("train.txt"), ids: ["x", "data/Y.mp4"].map(ItemId::from).into() };
        let report = checked("x,0,a,,,,test,acc,1,\ny,0,a,,,,test,acc,1,\n", &[list], &[]);
        assert_eq!(report.shared.first().unwrap().items.first, ["x"]);
        assert_eq!(report.similar.first().unwrap().examples, [("y".to_owned(), "data/Y.mp4".to_owned())]);
    }

    #[test]
    fn one_item_under_two_labels_is_a_conflict_that_names_them() {
        let rows = "x,0,a,,,,test,acc,1,cat\nx,0,b,,,,test,acc,1,dog\ny,0,a,,,,test,acc,1,\ny,0,b,,,,test,acc,1,cat\n";
        let conflict = checked(rows, &[], &[]).labels.unwrap();
        assert_eq!(
            (conflict.items.first, conflict.labels),
            (vec!["x".to_owned()], vec!["cat".to_owned(), "dog".to_owned()])
        );
    }
}
