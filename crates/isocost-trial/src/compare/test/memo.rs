//! Answers that were given before: a claim asks the same test several times.

use std::sync::{Mutex, PoisonError};

/// Answers by question, in the order of asking. There are few questions.
#[derive(Debug)]
pub(super) struct Memo<Q, A>(Mutex<Vec<(Q, A)>>);

impl<Q: PartialEq, A: Clone> Memo<Q, A> {
    /// The answer given before, or a fresh one.
    pub(super) fn get(&self, question: Q, answer: impl FnOnce() -> A) -> A {
        let known = |given: &Vec<(Q, A)>| {
            given.iter().find(|(asked, _)| *asked == question).map(|(_, answer)| answer.clone())
        };
        let before = known(&self.0.lock().unwrap_or_else(PoisonError::into_inner));
        before.unwrap_or_else(|| {
            let fresh = answer();
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push((question, fresh.clone()));
            fresh
        })
    }
}

impl<Q, A> Default for Memo<Q, A> {
    fn default() -> Self {
        Self(Mutex::new(Vec::new()))
    }
}

impl<Q, A> Clone for Memo<Q, A> {
    /// A copy asks again.
    fn clone(&self) -> Self {
        Self::default()
    }
}
