//! Correction within families, earlier looks included.

use std::collections::BTreeMap;

use isocost_stats::PValue;
use isocost_stats::multiplicity::{bonferroni, holm};

use super::desk::{Corrected, Tested};
use crate::Family;
use crate::chain::{LookBook, LookDraft};
use crate::compare::Selection;

/// One claim's comparisons.
pub(super) struct Member<'a> {
    pub(super) family: Family,
    pub(super) tested: &'a BTreeMap<Selection, Tested>,
    pub(super) drafts: &'a [LookDraft],
}

/// The correction of each member, and the size of its family.
///
/// A family is every comparison of every claim that names it, and every earlier look of the family at other evidence, for another
/// claim or under another rule: what was looked at and then dropped still counts. A test that is undefined counts with p = 1.
pub(super) fn correct(members: &[Member<'_>], book: &LookBook) -> Vec<(Corrected, usize)> {
    let mut families: BTreeMap<&Family, Vec<PValue>> = BTreeMap::new();
    for member in members {
        let family = families.entry(&member.family).or_default();
        family.extend(member.tested.values().map(|tested| tested.p.unwrap_or(PValue::ONE)));
    }
    let now: Vec<&LookDraft> = members.iter().flat_map(|member| member.drafts).collect();
    for look in book.looks() {
        let repeated = now.iter().any(|draft| draft.repeats(&look.seen));
        if let Some(family) = families.get_mut(&look.seen.family).filter(|_| !repeated) {
            family.push(look.seen.p.unwrap_or(PValue::ONE));
        }
    }
    let mut corrected: BTreeMap<&Family, _> = BTreeMap::new();
    for (family, raw) in &families {
        corrected.insert(*family, (holm(raw).into_iter(), bonferroni(raw).into_iter(), raw.len()));
    }
    // Members come first in their family, in this very order.
    let mut share = |member: &Member<'_>| {
        let Some((holm, bonferroni, size)) = corrected.get_mut(&member.family) else {
            return (Corrected::default(), 0);
        };
        let selections: Vec<Selection> = member.tested.keys().cloned().collect();
        let holm = selections.iter().cloned().zip(holm.by_ref()).collect();
        let bonferroni = selections.into_iter().zip(bonferroni.by_ref()).collect();
        (Corrected { holm, bonferroni, looks: 0 }, *size)
    };
    members.iter().map(&mut share).collect()
}
