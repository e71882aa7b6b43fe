//! Reads the weights of an ONNX file; what the graph does with them is not read.
//!
//! Format: Protocol Buffers. A model's field 7 is its graph, a graph's field 5 an initial value, of which field 1 holds the
//! dimensions, 2 the kind of number (1 is single precision), 8 the name and 9 the bytes, little endian.

use std::collections::BTreeMap;

use super::{ModelError, ModelResult};

/// Kind of number: single precision.
const SINGLE: u64 = 1;

/// The initial values of a graph.
pub(super) struct Weights<'a>(BTreeMap<&'a [u8], Tensor<'a>>);

/// One of them.
#[derive(Default)]
struct Tensor<'a> {
    shape: Vec<usize>,
    kind: u64,
    bytes: &'a [u8],
}

/// A field of a message.
enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    Skipped,
}

/// The fields of a message in their order; `None` where it is malformed.
fn fields(mut message: &[u8]) -> Option<Vec<(u64, Field<'_>)>> {
    let mut fields = Vec::new();
    while !message.is_empty() {
        let key = varint(&mut message)?;
        let field = match key & 7 {
            0 => Field::Number(varint(&mut message)?),
            1 => take(&mut message, 8).map(|_| Field::Skipped)?,
            2 => {
                let length = usize::try_from(varint(&mut message)?).ok()?;
                Field::Bytes(take(&mut message, length)?)
            }
            5 => take(&mut message, 4).map(|_| Field::Skipped)?,
            _ => return None,
        };
        fields.push((key >> 3, field));
    }
    Some(fields)
}

fn take<'a>(message: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, rest) = message.split_at_checked(length)?;
    *message = rest;
    Some(taken)
}

/// Seven bits a byte, the lowest first; at most ten bytes.
fn varint(message: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for place in 0..10 {
        let (byte, rest) = message.split_first()?;
        *message = rest;
        value |= u64::from(byte & 0x7f).checked_shl(7 * place).unwrap_or(0);
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

impl<'a> Weights<'a> {
    pub(super) fn parse(bytes: &'a [u8]) -> ModelResult<Self> {
        let bad = || ModelError::NotOnnx("its fields cannot be told apart");
        let mut weights = BTreeMap::new();
        for graph in messages(bytes, 7).ok_or_else(bad)? {
            for value in messages(graph, 5).ok_or_else(bad)? {
                let (name, tensor) = tensor(value).ok_or_else(bad)?;
                weights.insert(name, tensor);
            }
        }
        if weights.is_empty() { Err(ModelError::NotOnnx("it holds no weights")) } else { Ok(Self(weights)) }
    }

    /// The values of a tensor, row-major.
    pub(super) fn tensor(&self, name: &'static str, shape: &[usize]) -> ModelResult<Vec<f32>> {
        let wrong =
            |found: &str| ModelError::Tensor { name, found: found.to_owned(), wanted: shape.to_vec() };
        let tensor = self.0.get(name.as_bytes()).ok_or_else(|| wrong("not there"))?;
        if tensor.kind != SINGLE || tensor.shape != shape {
            return Err(wrong(&format!("kind {} of shape {:?}", tensor.kind, tensor.shape)));
        }
        let (numbers, rest) = tensor.bytes.as_chunks::<4>();
        if !rest.is_empty() || numbers.len() != shape.iter().product::<usize>() {
            return Err(wrong("of another size than its shape"));
        }
        let values: Vec<f32> = numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        if values.iter().all(|value| value.is_finite()) { Ok(values) } else { Err(wrong("not finite")) }
    }
}

/// The messages in this field.
fn messages(message: &[u8], wanted: u64) -> Option<Vec<&[u8]>> {
    let found = fields(message)?.into_iter().filter_map(|(number, field)| match field {
        Field::Bytes(bytes) if number == wanted => Some(bytes),
        _ => None,
    });
    Some(found.collect())
}

fn tensor(message: &[u8]) -> Option<(&[u8], Tensor<'_>)> {
    let (mut name, mut tensor) = (&[][..], Tensor::default());
    for field in fields(message)? {
        match field {
            (1, Field::Number(size)) => tensor.shape.push(usize::try_from(size).ok()?),
            (1, Field::Bytes(mut packed)) => {
                while !packed.is_empty() {
                    tensor.shape.push(usize::try_from(varint(&mut packed)?).ok()?);
                }
            }
            (2, Field::Number(kind)) => tensor.kind = kind,
            (8, Field::Bytes(bytes)) => name = bytes,
            (9, Field::Bytes(bytes)) => tensor.bytes = bytes,
            _ => {}
        }
    }
    Some((name, tensor))
}
