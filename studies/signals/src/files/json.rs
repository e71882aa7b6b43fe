//! The reference's JSON of scores.
//!
//! Source: `listen_core` sections 2 (N7), 3.5 and 15 (D9).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::float::repr;
use super::{ClipFault, ClipScores, FileError, FileResult};

/// What is written for NaN and infinity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NotFinite {
    /// Nothing: they are an error that names clip and second.
    #[default]
    Refuse,
    /// `null`, which is JSON; it reads back as NaN.
    Null,
    /// `NaN`, `Infinity` and `-Infinity`, as Python writes them; that is not JSON.
    Bare,
}

/// Reads `{"ok", "eventness_method", "num_segments", "scores": {id: [s0, …]}}`, or a bare `{id: [s0, …]}`. Entries that are
/// no list are passed over, as in the reference. Python's bare `NaN` and `Infinity`, and `null`, become NaN and infinity:
/// which clips can be used is asked afterwards. An id twice is an error.
pub fn parse_json(text: &str) -> FileResult<ClipScores> {
    let quoted = quote_bare_numbers(text);
    let Pairs(entries) = serde_json::from_str(&quoted)?;
    let wrapped = entries
        .iter()
        .find(|(key, value)| key == "scores" && !matches!(value, Entry::Other(Value::Array(_))));
    match wrapped {
        None => Ok(ClipScores { scores: lists(entries)?, ..ClipScores::default() }),
        Some((_, Entry::Object(_))) => {
            let mut file = ClipScores::default();
            for (key, value) in entries {
                match (key.as_str(), value) {
                    ("eventness_method", Entry::Other(Value::String(method))) => file.method = method,
                    ("num_segments", Entry::Other(Value::Number(count))) => {
                        file.seconds = count.as_u64().and_then(|count| usize::try_from(count).ok());
                    }
                    ("scores", Entry::Object(Pairs(clips))) => file.scores = lists(clips)?,
                    _ => {}
                }
            }
            Ok(file)
        }
        Some(_) => Err(FileError::NoScores("its `scores` are no object")),
    }
}

/// Writes them as the reference does: two spaces, keys in order, a newline at the end.
pub fn to_json(file: &ClipScores, policy: NotFinite) -> FileResult<String> {
    let method = Value::String(file.method.clone());
    let seconds = file.seconds.or(file.scores.values().next().map(Vec::len)).unwrap_or(0);
    let mut text = format!(
        "{{\n  \"eventness_method\": {method},\n  \"num_segments\": {seconds},\n  \"ok\": true,\n  \"scores\": {{"
    );
    for (at, (clip, scores)) in file.scores.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        // Writing to a string does not fail.
        let _ = write!(text, "{comma}\n    {}: [", Value::String(clip.clone()));
        for (second, score) in scores.iter().enumerate() {
            let comma = if second == 0 { "" } else { "," };
            let _ = write!(text, "{comma}\n      {}", number(*score, policy, clip, second)?);
        }
        text.push_str(if scores.is_empty() { "]" } else { "\n    ]" });
    }
    text.push_str(if file.scores.is_empty() { "}\n}\n" } else { "\n  }\n}\n" });
    Ok(text)
}

fn number(score: f64, policy: NotFinite, clip: &str, second: usize) -> FileResult<String> {
    match policy {
        _ if score.is_finite() => Ok(repr(score)),
        NotFinite::Refuse => Err(FileError::Clip {
            clip: clip.to_owned(),
            fault: ClipFault::NotFinite { second, value: score },
        }),
        NotFinite::Null => Ok("null".to_owned()),
        NotFinite::Bare if score.is_nan() => Ok("NaN".to_owned()),
        NotFinite::Bare => Ok(if score > 0.0 { "Infinity" } else { "-Infinity" }.to_owned()),
    }
}

/// An object with its keys in order, repeated ones included.
struct Pairs(Vec<(String, Entry)>);

/// A value of such an object.
#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Object(Pairs),
    Other(Value),
}

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Pairs;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("an object of clip ids")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}

fn lists(entries: Vec<(String, Entry)>) -> FileResult<BTreeMap<String, Vec<f64>>> {
    let mut scores = BTreeMap::new();
    for (clip, value) in entries {
        let Entry::Other(Value::Array(values)) = value else { continue };
        let values = values.iter().map(score).collect::<Option<Vec<f64>>>();
        let values = values.ok_or(FileError::NoScores("a clip's list holds something else than numbers"))?;
        if scores.insert(clip.clone(), values).is_some() {
            return Err(FileError::Duplicate(clip));
        }
    }
    Ok(scores)
}

fn score(value: &Value) -> Option<f64> {
    match value {
        Value::Null => Some(f64::NAN),
        Value::Number(number) => number.as_f64(),
        Value::String(text) => {
            let bare = text.strip_prefix('\0')?;
            BARE.iter().find(|(known, _, _)| *known == bare).map(|(_, _, value)| *value)
        }
        _ => None,
    }
}

/// Python's numbers that are no JSON, the strings that stand for them while JSON is read, and their values.
const BARE: [(&str, &str, f64); 3] = [
    ("-Infinity", "\"\\u0000-Infinity\"", f64::NEG_INFINITY),
    ("Infinity", "\"\\u0000Infinity\"", f64::INFINITY),
    ("NaN", "\"\\u0000NaN\"", f64::NAN),
];

/// Puts the strings of [`BARE`] in place of its numbers, outside of strings.
fn quote_bare_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut in_string = false;
    while let Some(first) = rest.chars().next() {
        let bare = BARE.iter().find(|(bare, _, _)| !in_string && rest.starts_with(bare));
        let taken = match (bare, first) {
            (Some((bare, quoted, _)), _) => {
                out.push_str(quoted);
                bare.len()
            }
            (None, '\\') if in_string => {
                let escaped = rest.chars().take(2).map(char::len_utf8).sum();
                out.push_str(rest.get(..escaped).unwrap_or_default());
                escaped
            }
            (None, first) => {
                in_string ^= first == '"';
                out.push(first);
                first.len_utf8()
            }
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}
