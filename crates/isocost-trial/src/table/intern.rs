//! Strings stored once, in one piece of memory.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

/// The number of a string in its [`Interner`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Symbol(u32);

/// Strings by number. The empty string is always number 0.
#[derive(Debug, Clone)]
pub(super) struct Interner {
    /// All texts, one after the other.
    text: String,
    /// Where each text ends.
    ends: Vec<usize>,
    numbers: HashTable<u32>,
}

impl Symbol {
    pub(crate) const EMPTY: Self = Self(0);

    /// The symbol of this number; `None` beyond 2³².
    pub(super) fn numbered(number: usize) -> Option<Self> {
        u32::try_from(number).ok().map(Self)
    }

    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

impl Interner {
    pub(super) fn new() -> Self {
        let mut numbers = HashTable::new();
        numbers.insert_unique(hash(""), 0, |_| hash(""));
        Self { text: String::new(), ends: vec![0], numbers }
    }

    /// The number of a text, a new one if need be; `None` after 2³² texts.
    pub(super) fn intern(&mut self, text: &str) -> Option<Symbol> {
        if text.is_empty() {
            return Some(Symbol::EMPTY);
        }
        let key = hash(text);
        if let Some(number) = self.numbers.find(key, |number| slice(&self.text, &self.ends, *number) == text)
        {
            return Some(Symbol(*number));
        }
        let number = u32::try_from(self.ends.len()).ok()?;
        self.text.push_str(text);
        self.ends.push(self.text.len());
        let (all, ends) = (&self.text, &self.ends);
        self.numbers.insert_unique(key, number, |number| hash(slice(all, ends, *number)));
        Some(Symbol(number))
    }

    pub(super) fn find(&self, text: &str) -> Option<Symbol> {
        self.numbers.find(hash(text), |number| self.text(Symbol(*number)) == text).copied().map(Symbol)
    }

    pub(super) fn text(&self, symbol: Symbol) -> &str {
        slice(&self.text, &self.ends, symbol.0)
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The texts from number `first` on, in the order of their numbers.
    pub(super) fn since(&self, first: usize) -> Texts {
        let start = first.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let ends = self.ends.get(first..).unwrap_or_default();
        Texts {
            text: self.text.get(start..).unwrap_or_default().to_owned(),
            ends: ends.iter().map(|end| end - start).collect(),
        }
    }
}

/// Some texts of an [`Interner`].
#[derive(Debug, Default)]
pub(super) struct Texts {
    text: String,
    ends: Vec<usize>,
}

impl Texts {
    /// One more text.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let text = self.text.get(start..*end).unwrap_or_default();
            start = *end;
            text
        })
    }
}

fn slice<'t>(text: &'t str, ends: &[usize], number: u32) -> &'t str {
    let number = number as usize;
    let start = number.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    let end = ends.get(number).copied().unwrap_or(start);
    text.get(start..end).unwrap_or_default()
}

fn hash(text: &str) -> u64 {
    FixedState::with_seed(0).hash_one(text)
}
