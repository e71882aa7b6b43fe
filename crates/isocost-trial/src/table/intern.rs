//! Strings stored once.

use std::collections::HashMap;
use std::sync::Arc;

/// The number of a string in its [`Interner`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Symbol(u32);

/// Strings by number. The empty string is always number 0.
#[derive(Debug, Clone)]
pub(super) struct Interner {
    texts: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, Symbol>,
}

impl Symbol {
    pub(crate) const EMPTY: Self = Self(0);
}

impl Interner {
    pub(super) fn new() -> Self {
        let empty: Arc<str> = "".into();
        Self { texts: vec![Arc::clone(&empty)], numbers: HashMap::from([(empty, Symbol::EMPTY)]) }
    }

    /// The number of a text, a new one if need be; `None` after 2³² texts.
    pub(super) fn intern(&mut self, text: &str) -> Option<Symbol> {
        if let Some(symbol) = self.numbers.get(text) {
            return Some(*symbol);
        }
        let symbol = Symbol(u32::try_from(self.texts.len()).ok()?);
        let text: Arc<str> = text.into();
        self.texts.push(Arc::clone(&text));
        self.numbers.insert(text, symbol);
        Some(symbol)
    }

    pub(super) fn find(&self, text: &str) -> Option<Symbol> {
        self.numbers.get(text).copied()
    }

    pub(super) fn text(&self, symbol: Symbol) -> &str {
        self.texts.get(symbol.0 as usize).map_or("", |text| text)
    }
}
