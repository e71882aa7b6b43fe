//! Rows of JSON Lines: one object a line with the keys of the columns. Numbers, truth values and null are read as their text, null as empty.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::block::{Cells, Sink};
use super::csv::At;
use super::datum::Datum;
use super::error::{Column, TableProblem};
use super::header::{ColumnMap, Origin};

/// A longer line is no row of an outcome table.
const LONGEST_LINE: usize = 16 << 20;

/// Reads whole lines.
pub(super) fn parse(bytes: &[u8], map: &ColumnMap, sink: &mut Sink<'_>) -> Result<(), At> {
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', bytes).chain(std::iter::once(bytes.len()));
    for (line, end) in (0_u64..).zip(ends) {
        let text = bytes.get(start..end).unwrap_or_default();
        start = end + 1;
        let at = |problem| (Some(line), problem);
        if text.len() >= LONGEST_LINE {
            return Err(at(TableProblem::Syntax("the line is longer than 16 MiB".to_owned())));
        }
        let text = text.trim_ascii();
        if !text.is_empty() {
            push(text, map, sink, line).map_err(at)?;
        }
    }
    Ok(())
}

fn push(text: &[u8], map: &ColumnMap, sink: &mut Sink<'_>, line: u64) -> Result<(), TableProblem> {
    let object: Object<'_> = serde_json::from_slice(text)
        .map_err(|error| TableProblem::Syntax(format!("not a JSON object: {error}")))?;
    let mut cells = Cells::default();
    let mut missing = Vec::new();
    for column in Column::ALL {
        let origin = map.get(column);
        let name = match origin {
            Some(Origin::Constant(text)) => {
                cells.set(column, Datum::Text(text));
                continue;
            }
            Some(Origin::Named(name)) => name.as_str(),
            None => column.name(),
        };
        match object.get(name) {
            Some(cell) => cells.set(column, cell.datum()),
            None if origin.is_none() && map.spares(column) => {}
            None => missing.push(name.to_owned()),
        }
    }
    if !missing.is_empty() {
        let fixed = Column::ALL.into_iter().zip(&object.fixed).filter(|(_, cell)| cell.is_some());
        let found = fixed.map(|(column, _)| column.name().to_owned());
        let found = found.chain(object.free.iter().map(|(name, _)| name.to_string())).collect();
        return Err(TableProblem::MissingColumns { missing, found });
    }
    let kept = &sink.projection().free;
    let free = object.free.iter().filter(|(name, _)| kept.keeps(name) && !map.uses(name));
    sink.push(&cells, free.map(|(name, cell)| (name.as_ref(), cell.datum())), line)
}

/// One line, borrowed where it can be. Of a key that stands twice the last counts.
#[derive(Default)]
struct Object<'a> {
    fixed: [Option<JsonCell<'a>>; 9],
    free: Vec<(Cow<'a, str>, JsonCell<'a>)>,
}

enum JsonCell<'a> {
    Text(Cow<'a, str>),
    Float(f64),
    Whole(i128),
}

impl<'a> Object<'a> {
    fn get(&self, name: &str) -> Option<&JsonCell<'a>> {
        match Column::ALL.iter().position(|column| column.name() == name) {
            Some(index) => self.fixed.get(index)?.as_ref(),
            None => self.free.iter().find(|(free, _)| free == name).map(|(_, cell)| cell),
        }
    }
}

impl JsonCell<'_> {
    fn datum(&self) -> Datum<'_> {
        match self {
            Self::Text(text) => Datum::Text(text.trim()),
            Self::Float(number) => Datum::Float(*number),
            Self::Whole(number) => Datum::Whole(*number),
        }
    }
}

impl<'de> de::Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor)
    }
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Object<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with one value a column")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
        let mut object = Object::default();
        while let Some(key) = map.next_key_seed(Key)? {
            let cell = map.next_value_seed(CellSeed)?;
            let fixed = Column::ALL.iter().position(|column| column.name() == key);
            if let Some(place) = fixed.and_then(|index| object.fixed.get_mut(index)) {
                *place = Some(cell);
            } else if let Some((_, place)) = object.free.iter_mut().find(|(name, _)| *name == key) {
                *place = cell;
            } else {
                object.free.push((key, cell));
            }
        }
        Ok(object)
    }
}

struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }
    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

struct CellSeed;

impl<'de> DeserializeSeed<'de> for CellSeed {
    type Value = JsonCell<'de>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for CellSeed {
    type Value = JsonCell<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(JsonCell::Text(Cow::Borrowed(text)))
    }
    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(JsonCell::Text(Cow::Owned(text.to_owned())))
    }
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(JsonCell::Text(Cow::Borrowed("")))
    }
    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(JsonCell::Text(Cow::Borrowed(if value { "true" } else { "false" })))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(JsonCell::Whole(value.into()))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(JsonCell::Whole(value.into()))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(JsonCell::Float(value))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        let value = <Value as de::Deserialize>::deserialize(de::value::SeqAccessDeserializer::new(seq))?;
        Ok(JsonCell::Text(Cow::Owned(value.to_string())))
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let value = <Value as de::Deserialize>::deserialize(de::value::MapAccessDeserializer::new(map))?;
        Ok(JsonCell::Text(Cow::Owned(value.to_string())))
    }
}
