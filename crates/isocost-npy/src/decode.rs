//! Bytes to values.

use half::f16;

use crate::dtype::{Dtype, Element, Order};
use crate::error::Checked;
use crate::header::Header;
use crate::{Array, Data, Limits, Problem};

/// The array in the bytes of an `.npy` file. Bytes behind the last value are ignored, as `NumPy` does.
pub fn parse_npy(bytes: &[u8], limits: Limits) -> Result<Array, Problem> {
    let (header, payload) = Header::parse(bytes)?;
    let count = header.elements(limits)?;
    let needed = (count as u64).saturating_mul(header.dtype.size());
    let payload = usize::try_from(needed).ok().and_then(|needed| payload.get(..needed));
    let found = bytes.len() as u64;
    let payload = payload.ok_or(Problem::Truncated { needed, found })?;
    let data = values(payload, count, header.dtype)?;
    let data = if header.fortran { to_row_major(data, &header.shape) } else { data };
    Array::new(header.shape, data)
}

fn values(payload: &[u8], count: usize, dtype: Dtype) -> Checked<Data> {
    macro_rules! numbers {
        ($variant:ident, $type:ty) => {
            Data::$variant(numbers(payload, dtype.order, <$type>::from_le_bytes, <$type>::from_be_bytes))
        };
    }
    Ok(match dtype.element {
        Element::Bool => Data::Bool(payload.iter().map(|&byte| byte != 0).collect()),
        Element::Signed(1) => numbers!(I8, i8),
        Element::Signed(2) => numbers!(I16, i16),
        Element::Signed(4) => numbers!(I32, i32),
        Element::Signed(_) => numbers!(I64, i64),
        Element::Unsigned(1) => Data::U8(payload.to_vec()),
        Element::Unsigned(2) => numbers!(U16, u16),
        Element::Unsigned(4) => numbers!(U32, u32),
        Element::Unsigned(_) => numbers!(U64, u64),
        Element::Float(2) => {
            let little = |bytes: [u8; 2]| f16::from_le_bytes(bytes).to_f32();
            let big = |bytes: [u8; 2]| f16::from_be_bytes(bytes).to_f32();
            Data::F32(numbers(payload, dtype.order, little, big))
        }
        Element::Float(4) => numbers!(F32, f32),
        Element::Float(_) => numbers!(F64, f64),
        Element::Text(size) => {
            Data::Text(texts(payload, count, size.saturating_mul(4), |bytes| characters(bytes, dtype.order))?)
        }
        Element::Bytes(size) => Data::Text(texts(payload, count, size, ascii)?),
    })
}

fn numbers<const N: usize, T>(
    payload: &[u8],
    order: Order,
    little: impl Fn([u8; N]) -> T,
    big: impl Fn([u8; N]) -> T,
) -> Vec<T> {
    let (chunks, _) = payload.as_chunks::<N>();
    match order {
        Order::Little => chunks.iter().map(|chunk| little(*chunk)).collect(),
        Order::Big => chunks.iter().map(|chunk| big(*chunk)).collect(),
    }
}

fn texts(
    payload: &[u8],
    count: usize,
    size: usize,
    read: impl Fn(&[u8]) -> Option<String>,
) -> Checked<Vec<String>> {
    if size == 0 {
        return Ok(vec![String::new(); count]);
    }
    let read = |(index, bytes)| read(bytes).ok_or(Problem::Text(index));
    payload.chunks_exact(size).enumerate().map(read).collect()
}

/// UTF-32, padded with zeros.
fn characters(bytes: &[u8], order: Order) -> Option<String> {
    let codes = numbers(bytes, order, u32::from_le_bytes, u32::from_be_bytes);
    let length = codes.iter().rposition(|&code| code != 0).map_or(0, |last| last + 1);
    codes.iter().take(length).map(|&code| char::from_u32(code)).collect()
}

/// UTF-8, padded with zeros.
fn ascii(bytes: &[u8]) -> Option<String> {
    let length = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
    std::str::from_utf8(bytes.get(..length)?).ok().map(str::to_owned)
}

/// Column-major (Fortran) order to row-major order.
fn to_row_major(data: Data, shape: &[usize]) -> Data {
    if shape.len() < 2 || data.is_empty() {
        return data;
    }
    macro_rules! moved {
        ($($variant:ident),*) => {
            match data {
                $(Data::$variant(values) => Data::$variant(reordered(&values, shape)),)*
            }
        };
    }
    moved!(Bool, I8, I16, I32, I64, U8, U16, U32, U64, F32, F64, Text)
}

fn reordered<T: Clone>(values: &[T], shape: &[usize]) -> Vec<T> {
    let mut strides = Vec::with_capacity(shape.len());
    let mut stride = 1_usize;
    for &size in shape {
        strides.push(stride);
        stride = stride.saturating_mul(size);
    }
    let mut at = vec![0_usize; shape.len()];
    let mut position = 0_usize;
    let mut moved = Vec::with_capacity(values.len());
    for _ in 0..values.len() {
        moved.extend(values.get(position).cloned());
        for ((index, &size), &stride) in at.iter_mut().zip(shape).zip(&strides).rev() {
            *index += 1;
            position += stride;
            if *index < size {
                break;
            }
            position -= stride * size;
            *index = 0;
        }
    }
    moved
}

/// Row-major values as little-endian bytes.
pub(crate) fn payload(data: &Data) -> Vec<u8> {
    match data {
        Data::Bool(values) => values.iter().map(|&value| u8::from(value)).collect(),
        Data::U8(values) => values.clone(),
        Data::Text(values) => padded(values),
        Data::I8(values) => values.iter().flat_map(|value| value.to_le_bytes()).collect(),
        Data::I16(values) => values.iter().flat_map(|value| value.to_le_bytes()).collect(),
        Data::I32(values) => values.iter().flat_map(|value| value.to_le_bytes()).collect(),
        Data::I64(values) => values.iter().flat_map(|value| value.to_le_bytes()).collect(),
        Data::U16(values) => values.iter().flat_map(|value| value.to_le_bytes()).collect(),
        Data::U32(values) => values.iter().flat_map(|value| value.to_le_bytes()).collect(),
        Data::U64(values) => values.iter().flat_map(|value| value.to_le_bytes()).collect(),
        Data::F32(values) => values.iter().flat_map(|value| value.to_le_bytes()).collect(),
        Data::F64(values) => values.iter().flat_map(|value| value.to_le_bytes()).collect(),
    }
}

/// Characters of the longest text; at least 1, as `NumPy` writes it.
pub(crate) fn text_width(values: &[String]) -> usize {
    values.iter().map(|text| text.chars().count()).max().unwrap_or(0).max(1)
}

fn padded(values: &[String]) -> Vec<u8> {
    let width = text_width(values);
    let mut bytes = Vec::with_capacity(values.len() * width * 4);
    for text in values {
        let codes = text.chars().map(u32::from).chain(std::iter::repeat(0)).take(width);
        bytes.extend(codes.flat_map(u32::to_le_bytes));
    }
    bytes
}

/// The type description under which [`payload`] writes.
pub(crate) fn description(data: &Data) -> String {
    let fixed = match data {
        Data::Bool(_) => "|b1",
        Data::I8(_) => "|i1",
        Data::I16(_) => "<i2",
        Data::I32(_) => "<i4",
        Data::I64(_) => "<i8",
        Data::U8(_) => "|u1",
        Data::U16(_) => "<u2",
        Data::U32(_) => "<u4",
        Data::U64(_) => "<u8",
        Data::F32(_) => "<f4",
        Data::F64(_) => "<f8",
        Data::Text(values) => return format!("<U{}", text_width(values)),
    };
    fixed.to_owned()
}
