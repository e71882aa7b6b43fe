//! How claims changed between snapshots of their document.

use std::collections::BTreeMap;

use crate::model::{ClaimVersion, Id, Ledger};

/// One claim over all snapshots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimHistory {
    /// The claim.
    pub id: Id,
    /// Its wording, rule and box in each snapshot that has it, in the order of the snapshots.
    pub versions: Vec<ClaimVersion>,
}

impl ClaimHistory {
    /// Pairs of neighbouring versions whose statement or rule differ; white space does not count.
    pub fn changes(&self) -> impl Iterator<Item = (&ClaimVersion, &ClaimVersion)> {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let differ = move |a: &ClaimVersion, b: &ClaimVersion| {
            words(&a.statement) != words(&b.statement)
                || a.rule.as_deref().map(words) != b.rule.as_deref().map(words)
        };
        self.versions.iter().zip(self.versions.iter().skip(1)).filter(move |(a, b)| differ(a, b))
    }
}

/// The histories of all claims, in the order in which they first appear. Snapshots are named and in order of time.
pub fn histories(snapshots: &[(String, Ledger)]) -> Vec<ClaimHistory> {
    let mut order: Vec<ClaimHistory> = Vec::new();
    let mut places: BTreeMap<Id, usize> = BTreeMap::new();
    for (name, ledger) in snapshots {
        for claim in &ledger.claims {
            let version = ClaimVersion {
                source: name.clone(),
                statement: claim.statement.raw.clone(),
                rule: claim.rule.as_ref().map(|rule| rule.raw.clone()),
                ticked: claim.ticked,
            };
            let place = *places.entry(claim.id.clone()).or_insert(order.len());
            match order.get_mut(place) {
                Some(history) => history.versions.push(version),
                None => order.push(ClaimHistory { id: claim.id.clone(), versions: vec![version] }),
            }
        }
    }
    order
}

/// Gives every claim of every snapshot its history, and returns the histories.
pub fn attach(snapshots: &mut [(String, Ledger)]) -> Vec<ClaimHistory> {
    let all = histories(snapshots);
    let by_id: BTreeMap<&Id, &ClaimHistory> = all.iter().map(|history| (&history.id, history)).collect();
    for claim in snapshots.iter_mut().flat_map(|(_, ledger)| &mut ledger.claims) {
        if let Some(history) = by_id.get(&claim.id) {
            claim.history.clone_from(&history.versions);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;
    use crate::text::Source;

    #[test]
    fn a_changed_wording_is_seen_and_a_tick_alone_is_not_a_change() {
        let plan = |name: &str, text: &str| (name.to_owned(), parse(Source::new(name, text)));
        let mut snapshots = [
            plan("a", "- [ ] C0001: gains 2%\n- [ ] C0002: x\n"),
            plan("b", "- [ ] C0001: gains  2%\n  - rule: `p < 0.05`\n"),
            plan("c", "- [x] C0001: gains 1%\n  - rule: `p < 0.05`\n- [x] C0002: x\n"),
        ];
        let all = attach(&mut snapshots);
        let changes: Vec<_> = all[0].changes().map(|(a, b)| (a.source.as_str(), b.source.as_str())).collect();
        assert_eq!(changes, [("a", "b"), ("b", "c")]);
        assert_eq!(all[1].changes().count(), 0);
        assert_eq!(snapshots[0].1.claims[0].history.len(), 3);
        assert_eq!(
            snapshots[2].1.claims[1].history.iter().map(|v| v.ticked).collect::<Vec<_>>(),
            [false, true]
        );
    }
}
