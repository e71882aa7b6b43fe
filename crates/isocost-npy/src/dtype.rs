//! Type descriptions such as `<f4`.

use crate::Problem;
use crate::error::Checked;

/// Which end of a number comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Little,
    Big,
}

/// Type of one element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Element {
    Bool,
    Signed(u8),
    Unsigned(u8),
    Float(u8),
    /// UTF-32, this many characters.
    Text(usize),
    /// This many bytes of text.
    Bytes(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dtype {
    pub(crate) order: Order,
    pub(crate) element: Element,
}

impl Dtype {
    pub(crate) fn parse(text: &str) -> Checked<Self> {
        let unsupported = || Problem::Unsupported(shortened(text));
        let (order, rest) = match text.as_bytes().first() {
            Some(b'<' | b'|') => (Order::Little, text.get(1..)),
            Some(b'>') => (Order::Big, text.get(1..)),
            Some(b'=') => (native(), text.get(1..)),
            _ => (native(), Some(text)),
        };
        let mut letters = rest.unwrap_or_default().chars();
        let (kind, size) = (letters.next().ok_or_else(unsupported)?, letters.as_str());
        if kind == 'O' {
            return Err(Problem::Objects);
        }
        if size.is_empty() || !size.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(unsupported());
        }
        let size: usize = size.parse().map_err(|_| unsupported())?;
        let element = match (kind, size) {
            ('b', 1) => Element::Bool,
            ('i', 1 | 2 | 4 | 8) => Element::Signed(size.to_le_bytes()[0]),
            ('u', 1 | 2 | 4 | 8) => Element::Unsigned(size.to_le_bytes()[0]),
            ('f', 2 | 4 | 8) => Element::Float(size.to_le_bytes()[0]),
            ('U', _) => Element::Text(size),
            ('S', _) => Element::Bytes(size),
            _ => return Err(unsupported()),
        };
        Ok(Self { order, element })
    }

    /// Bytes of one element in the file.
    pub(crate) fn size(self) -> u64 {
        match self.element {
            Element::Bool => 1,
            Element::Signed(size) | Element::Unsigned(size) | Element::Float(size) => u64::from(size),
            Element::Text(characters) => (characters as u64).saturating_mul(4),
            Element::Bytes(bytes) => bytes as u64,
        }
    }

    /// Bytes of one element in memory, at most.
    pub(crate) fn held(self) -> u64 {
        let string = size_of::<String>() as u64;
        match self.element {
            Element::Float(2) => 4,
            Element::Text(_) | Element::Bytes(_) => self.size().saturating_add(string),
            _ => self.size(),
        }
    }
}

fn native() -> Order {
    if cfg!(target_endian = "big") { Order::Big } else { Order::Little }
}

/// What a message can hold of a text from a file.
pub(crate) fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}
