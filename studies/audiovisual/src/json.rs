//! JSON as Python writes it: keys sorted, two spaces, floats in `repr` form, and bare `NaN` and `Infinity` where asked for.
//!
//! Source: `listen_core` section 2, N1 and N7.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A value. Whole numbers and floats stay distinct.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A float, perhaps not finite.
    Float(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Map(BTreeMap<String, Json>),
}

/// What is written for floats that JSON cannot hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotFinite {
    /// `null`.
    Null,
    /// `NaN`, `Infinity`, `-Infinity`: what Python writes, and not legal JSON.
    Bare,
}

impl Json {
    /// An object of pairs.
    pub fn map<const N: usize>(pairs: [(&str, Self); N]) -> Self {
        Self::Map(pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// A list.
    pub fn list<T: Into<Self>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }

    /// Indented by two spaces, with a newline at the end.
    pub fn pretty(&self, not_finite: NotFinite) -> String {
        let mut out = String::new();
        self.write(&mut out, Some(0), not_finite);
        out.push('\n');
        out
    }

    /// On one line without spaces.
    pub fn compact(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, None, NotFinite::Null);
        out
    }

    fn write(&self, out: &mut String, indent: Option<usize>, not_finite: NotFinite) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Int(value) => drop(write!(out, "{value}")),
            Self::Float(value) => float(out, *value, not_finite),
            Self::Text(text) => quote(out, text),
            Self::List(items) if items.is_empty() => out.push_str("[]"),
            Self::List(items) => {
                let inner = indent.map(|indent| indent + 2);
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    separate(out, at, inner);
                    item.write(out, inner, not_finite);
                }
                end_line(out, indent);
                out.push(']');
            }
            Self::Map(pairs) if pairs.is_empty() => out.push_str("{}"),
            Self::Map(pairs) => {
                let inner = indent.map(|indent| indent + 2);
                out.push('{');
                for (at, (key, value)) in pairs.iter().enumerate() {
                    separate(out, at, inner);
                    quote(out, key);
                    out.push_str(if indent.is_some() { ": " } else { ":" });
                    value.write(out, inner, not_finite);
                }
                end_line(out, indent);
                out.push('}');
            }
        }
    }
}

fn separate(out: &mut String, at: usize, inner: Option<usize>) {
    if at > 0 {
        out.push(',');
    }
    end_line(out, inner);
}

fn end_line(out: &mut String, indent: Option<usize>) {
    if let Some(indent) = indent {
        out.push('\n');
        out.extend(std::iter::repeat_n(' ', indent));
    }
}

/// `repr(float)`: the shortest digits that read back, as a plain decimal from 1e-4 up to below 1e16.
fn float(out: &mut String, value: f64, not_finite: NotFinite) {
    if !value.is_finite() {
        let bare = match (value.is_nan(), value > 0.0) {
            (true, _) => "NaN",
            (false, true) => "Infinity",
            (false, false) => "-Infinity",
        };
        out.push_str(if not_finite == NotFinite::Bare { bare } else { "null" });
        return;
    }
    let size = value.abs();
    if size != 0.0 && !(1e-4..1e16).contains(&size) {
        let text = format!("{value:e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |exponent| ('-', exponent));
        let _ = write!(out, "{digits}e{sign}{exponent:0>2}");
    } else {
        let _ = write!(out, "{value:?}");
    }
}

/// ASCII only, as Python's `json` escapes.
fn quote(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            ' '..='~' => out.push(character),
            _ => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out.push('"');
}

impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Self {
        use serde_json::Value;
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(number) => match number.as_i64() {
                Some(whole) => Self::Int(whole),
                None => number.as_f64().map_or(Self::Null, Self::Float),
            },
            Value::String(text) => Self::Text(text),
            Value::Array(items) => Self::list(items),
            Value::Object(pairs) => {
                Self::Map(pairs.into_iter().map(|(key, value)| (key, value.into())).collect())
            }
        }
    }
}

macro_rules! from_whole {
    ($($kind:ty),*) => {
        $(impl From<$kind> for Json {
            /// Numbers beyond 64 bits are held at the bound.
            fn from(value: $kind) -> Self {
                Self::Int(i64::try_from(value).unwrap_or(i64::MAX))
            }
        })*
    };
}

from_whole!(i64, u64, usize, u32);

impl From<f64> for Json {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&str> for Json {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Json {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(value: Vec<T>) -> Self {
        Self::list(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(value: f64) -> String {
        Json::Float(value).pretty(NotFinite::Bare).trim().to_owned()
    }

    #[test]
    fn floats_are_written_as_python_writes_them() {
        // `repr` of each in CPython.
        let cases = [
            (1960.0, "1960.0"),
            (0.1, "0.1"),
            (1e-5, "1e-05"),
            (8.249_397_038_252_339e-13, "8.249397038252339e-13"),
            (1e16, "1e+16"),
            (123_456_789_012_345_680.0, "1.2345678901234568e+17"),
            (9_999_999_999_999_998.0, "9999999999999998.0"),
            (0.0001, "0.0001"),
            (-0.0, "-0.0"),
            (5e-324, "5e-324"),
            (f64::NEG_INFINITY, "-Infinity"),
            (f64::NAN, "NaN"),
        ];
        for (value, expected) in cases {
            assert_eq!(text_of(value), expected);
        }
        assert_eq!(Json::Float(f64::NAN).pretty(NotFinite::Null), "null\n");
    }

    #[test]
    fn objects_are_sorted_and_indented() {
        let value = Json::map([("b", Json::list([1_i64, 2])), ("a", Json::Null), ("c", Json::List(vec![]))]);
        assert_eq!(
            value.pretty(NotFinite::Null),
            "{\n  \"a\": null,\n  \"b\": [\n    1,\n    2\n  ],\n  \"c\": []\n}\n"
        );
        assert_eq!(value.compact(), "{\"a\":null,\"b\":[1,2],\"c\":[]}");
        assert_eq!(Json::from("a\"\u{e9}\u{1f600}").compact(), "\"a\\\"\\u00e9\\ud83d\\ude00\"");
    }
}
