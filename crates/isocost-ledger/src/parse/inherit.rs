//! What a results row does not say about its run, its queue entry says.

use std::collections::HashMap;

use super::{entry, statement};
use crate::model::{Context, Ledger, Presence, Role};

/// Fills the contexts of results rows from the queue entries of the same ids.
pub(super) fn contexts(ledger: &mut Ledger) {
    let queue: HashMap<String, Context> = ledger
        .entries
        .iter()
        .filter(|entry| entry.role == Role::Queue)
        .map(|queued| (queued.id.0.clone(), entry::default_context(queued)))
        .collect();
    for row in ledger.entries.iter_mut().filter(|entry| entry.role == Role::Result) {
        let Some(default) = queue.get(row.id.as_ref()) else { continue };
        if let Presence::Given(statements) = &mut row.results {
            for read in statements {
                statement::inherit(&mut read.context, default);
            }
        }
    }
}
