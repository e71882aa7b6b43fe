//! Reads single-precision tensors of a safetensors file.
//!
//! Format: eight bytes of length, that many of JSON `{name: {dtype, shape, data_offsets}}`, then the data.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::{ModelError, ModelResult};

/// A file's tensors.
pub(super) struct Safetensors<'a> {
    header: BTreeMap<String, Value>,
    data: &'a [u8],
}

/// Where a tensor lies.
#[derive(Deserialize)]
struct Place {
    dtype: String,
    shape: Vec<usize>,
    data_offsets: (usize, usize),
}

impl<'a> Safetensors<'a> {
    pub(super) fn parse(bytes: &'a [u8]) -> ModelResult<Self> {
        let short = ModelError::NotSafetensors("it is shorter than its header");
        let (length, rest) = bytes.split_first_chunk::<8>().ok_or(short.clone())?;
        let length = usize::try_from(u64::from_le_bytes(*length)).unwrap_or(usize::MAX);
        let (header, data) = rest.split_at_checked(length).ok_or(short)?;
        let header = serde_json::from_slice(header)
            .map_err(|_| ModelError::NotSafetensors("its header is no JSON"))?;
        Ok(Self { header, data })
    }

    /// The values of a tensor, row-major.
    pub(super) fn tensor(&self, name: &'static str, shape: &[usize]) -> ModelResult<Vec<f32>> {
        let wrong =
            |found: &str| ModelError::Tensor { name, found: found.to_owned(), wanted: shape.to_vec() };
        let value = self.header.get(name).ok_or_else(|| wrong("not there"))?;
        let place = Place::deserialize(value).map_err(|_| wrong("not described"))?;
        if place.dtype != "F32" || place.shape != shape {
            return Err(wrong(&format!("{} of shape {:?}", place.dtype, place.shape)));
        }
        let (from, to) = place.data_offsets;
        let bytes = self.data.get(from..to).ok_or_else(|| wrong("cut off"))?;
        let (numbers, rest) = bytes.as_chunks::<4>();
        if !rest.is_empty() || numbers.len() != shape.iter().product::<usize>() {
            return Err(wrong("of another size than its shape"));
        }
        let values: Vec<f32> = numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        if values.iter().all(|value| value.is_finite()) { Ok(values) } else { Err(wrong("not finite")) }
    }
}
