//! One correction over all rows.

use isocost_stats::PValue;

use super::run::Draft;
use crate::Correction;

/// Adjusted values in the order of the rows, the correction that was used, and why it is not the one asked for.
pub(super) struct Adjusted {
    pub(super) p: Vec<Option<PValue>>,
    pub(super) used: Correction,
    pub(super) note: Option<String>,
}

/// A test that is undefined counts with p = 1: it was looked at.
pub(super) fn adjust(drafts: &[Draft], asked: Correction) -> Adjusted {
    let raw: Vec<PValue> = drafts.iter().map(|draft| draft.p.unwrap_or(PValue::ONE)).collect();
    let (used, note) = match asked {
        Correction::MaxT => (
            Correction::Holm,
            Some(
                "max-t needs the same items in every comparison and one-sided claims; Holm is used instead"
                    .to_owned(),
            ),
        ),
        other => (other, None),
    };
    let adjusted = used.adjust(&raw);
    let p = drafts.iter().zip(adjusted).map(|(draft, adjusted)| draft.p.map(|_| adjusted)).collect();
    Adjusted { p, used, note }
}
