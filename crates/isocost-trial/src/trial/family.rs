//! One correction over all rows.

use isocost_stats::PValue;

use super::run::Draft;
use crate::Correction;
use crate::claim::{Region, joint};
use crate::compare::Analysis;

/// Adjusted values in the order of the rows, the correction that was used, and why it is not the one asked for.
pub(super) struct Adjusted {
    pub(super) p: Vec<Option<PValue>>,
    pub(super) used: Correction,
    pub(super) note: Option<String>,
}

/// A test that is undefined counts with p = 1: it was looked at.
pub(super) fn adjust(drafts: &[Draft], asked: Correction, region: Region) -> Adjusted {
    let raw: Vec<PValue> = drafts.iter().map(|draft| draft.p.unwrap_or(PValue::ONE)).collect();
    let (used, note, adjusted) = match asked {
        Correction::MaxT => {
            let parts: Vec<(&Analysis, Region)> =
                drafts.iter().map(|draft| (&draft.analysis, region)).collect();
            match joint(&parts) {
                Ok(adjusted) => (asked, None, adjusted),
                Err(why) => {
                    let note = format!("max-t cannot be used ({why}); Holm is used instead");
                    (Correction::Holm, Some(note), Correction::Holm.adjust(&raw))
                }
            }
        }
        other => (other, None, other.adjust(&raw)),
    };
    let p = drafts.iter().zip(adjusted).map(|(draft, adjusted)| draft.p.map(|_| adjusted)).collect();
    Adjusted { p, used, note }
}
