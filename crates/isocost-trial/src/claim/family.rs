//! Correction within families, earlier looks included.

use std::collections::{BTreeMap, BTreeSet};

use isocost_stats::PValue;

use super::desk::{Corrected, Tested};
use super::joint::max_t;
use super::judge::mentions;
use super::planned::Spent;
use super::spec::ClaimSpec;
use crate::chain::{LookBook, LookDraft};
use crate::compare::{Selection, TestKind};
use crate::{Correction, Family};

/// One claim's comparisons.
pub(super) struct Member<'a> {
    pub(super) spec: &'a ClaimSpec,
    pub(super) family: Family,
    pub(super) tested: &'a BTreeMap<Selection, Tested>,
    pub(super) drafts: &'a [LookDraft],
    /// What planned looks make of p.
    pub(super) spent: &'a Spent,
}

/// The correction of one member.
pub(super) struct Share {
    pub(super) corrected: Corrected,
    /// Comparisons in the family, earlier looks included.
    pub(super) size: usize,
}

/// Everything that is corrected together.
#[derive(Default)]
struct Pool<'a> {
    raw: Vec<PValue>,
    tested: Vec<&'a Tested>,
    earlier: usize,
    declared: BTreeSet<Correction>,
    asks_for_max_t: bool,
}

/// The correction of each member.
///
/// A family is every comparison of every claim that names it, and every earlier look of the family at other evidence, for another
/// claim or under another rule: what was looked at and then dropped still counts. A test that is undefined counts with p = 1. Earlier looks of a
/// claim whose method allows for them (always valid, or planned looks) are that method's business and do not count twice.
pub(super) fn correct(members: &[Member<'_>], book: &LookBook) -> Vec<Share> {
    let mut pools: BTreeMap<&Family, Pool<'_>> = BTreeMap::new();
    for member in members {
        let pool = pools.entry(&member.family).or_default();
        let p = |(selection, tested): (&Selection, &Tested)| {
            member.spent.p.get(selection).copied().or(tested.p).unwrap_or(PValue::ONE)
        };
        pool.raw.extend(member.tested.iter().map(p));
        pool.tested.extend(member.tested.values());
        pool.declared.insert(member.spec.correction);
        pool.asks_for_max_t |= member.spec.correction == Correction::MaxT
            || mentions(&member.spec.rule.expr, |name| name == "p_maxt");
    }
    let now: Vec<(&ClaimSpec, &LookDraft)> =
        members.iter().flat_map(|member| member.drafts.iter().map(|draft| (member.spec, draft))).collect();
    for look in book.looks() {
        let counted = now.iter().any(|(spec, draft)| {
            draft.repeats(&look.seen) || (allows_for_looks(spec) && draft.continues(&look.seen))
        });
        if let Some(pool) = pools.get_mut(&look.seen.family).filter(|_| !counted) {
            pool.raw.push(look.seen.p.unwrap_or(PValue::ONE));
            pool.earlier += 1;
        }
    }
    let adjusted: BTreeMap<&Family, (Adjusted, usize)> =
        pools.iter().map(|(family, pool)| (*family, (Adjusted::of(pool), pool.raw.len()))).collect();
    let mut starts: BTreeMap<Family, usize> = BTreeMap::new();
    let mut share = |member: &Member<'_>| {
        // Members come first in their family, in this very order.
        let start = starts.entry(member.family.clone()).or_default();
        let from = *start;
        *start += member.tested.len();
        let Some((adjusted, size)) = adjusted.get(&member.family) else {
            return Share { corrected: Corrected::default(), size: 0 };
        };
        let of = |values: &[PValue]| -> BTreeMap<Selection, PValue> {
            member.tested.keys().cloned().zip(values.iter().skip(from).copied()).collect()
        };
        let by = adjusted.by.iter().map(|(correction, values)| (*correction, of(values))).collect();
        let corrected = Corrected { by, used: adjusted.used, note: adjusted.note.clone(), looks: 0 };
        Share { corrected, size: *size }
    };
    members.iter().map(&mut share).collect()
}

fn allows_for_looks(spec: &ClaimSpec) -> bool {
    spec.test == TestKind::AlwaysValid || spec.looks.is_some()
}

/// A family's adjusted values under every correction, in the order of its pool.
struct Adjusted {
    by: BTreeMap<Correction, Vec<PValue>>,
    used: Correction,
    note: Option<String>,
}

impl Adjusted {
    fn of(pool: &Pool<'_>) -> Self {
        let mut by: BTreeMap<Correction, Vec<PValue>> = Correction::ALL
            .into_iter()
            .filter(|correction| *correction != Correction::MaxT)
            .map(|correction| (correction, correction.adjust(&pool.raw)))
            .collect();
        let joint = if !pool.asks_for_max_t {
            Err("no claim asks for it".to_owned())
        } else if pool.earlier > 0 {
            Err("earlier looks of the family left no data to permute jointly".to_owned())
        } else {
            max_t(&pool.tested)
        };
        let mut note = None;
        let mut used = match pool.declared.iter().collect::<Vec<_>>().as_slice() {
            [only] => **only,
            [] => Correction::default(),
            _ => {
                note = Some(
                    "the claims of this family declare different corrections; Bonferroni, which is at least as strict as each, is used for all"
                        .to_owned(),
                );
                Correction::Bonferroni
            }
        };
        match joint {
            Ok(values) => {
                by.insert(Correction::MaxT, values);
            }
            Err(why) if used == Correction::MaxT => {
                note = Some(format!("max-t cannot be used ({why}); Holm is used instead"));
                used = Correction::Holm;
            }
            Err(_) => {}
        }
        Self { by, used, note }
    }
}
