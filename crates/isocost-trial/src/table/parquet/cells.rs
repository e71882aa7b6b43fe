//! Cells of one column, a batch at a time.

use parquet::basic::{ConvertedType, LogicalType, Type};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader};
use parquet::data_type::{ByteArray, DataType};
use parquet::file::reader::RowGroupReader;
use parquet::schema::types::ColumnDescriptor;

use crate::table::datum::Datum;
use crate::table::error::TableProblem;

/// A column of a row group, and the batch of it that was read last.
pub(super) struct Column {
    name: String,
    reader: ColumnReader,
    is_unsigned: bool,
    /// The level of a value that is there; 0 for a column without nulls.
    full_level: i16,
    levels: Vec<i16>,
    /// The batch's values that are not null.
    values: Values,
    /// For each row of the batch the place of its value.
    places: Vec<Option<u32>>,
}

enum Values {
    Truths(Vec<bool>),
    Ints(Vec<i32>),
    Longs(Vec<i64>),
    Floats(Vec<f32>),
    Doubles(Vec<f64>),
    Bytes(Vec<ByteArray>),
}

/// Whether cells of the column can be read, and why not.
pub(super) fn suits(column: &ColumnDescriptor) -> Result<(), String> {
    if column.max_rep_level() > 0 || column.path().parts().len() > 1 {
        return Err("it is nested".to_owned());
    }
    let is_decimal = column.converted_type() == ConvertedType::DECIMAL
        || matches!(column.logical_type_ref(), Some(LogicalType::Decimal { .. }));
    match column.physical_type() {
        _ if is_decimal => Err("it is a decimal".to_owned()),
        kind @ (Type::INT96 | Type::FIXED_LEN_BYTE_ARRAY) => Err(format!("it is of type {kind}")),
        _ => Ok(()),
    }
}

impl Column {
    pub(super) fn open(group: &dyn RowGroupReader, index: usize) -> Result<Self, TableProblem> {
        let descriptor = group.metadata().column(index).column_descr_ptr();
        let name = descriptor.name().to_owned();
        suits(&descriptor).map_err(|why| TableProblem::Parquet(format!("column `{name}`: {why}")))?;
        let pages = group.get_column_page_reader(index).map_err(damaged)?;
        let is_unsigned = matches!(
            descriptor.converted_type(),
            ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64
        ) || matches!(descriptor.logical_type_ref(), Some(LogicalType::Integer(integer)) if !integer.is_signed);
        let full_level = descriptor.max_def_level();
        let reader = get_column_reader(descriptor, pages);
        let values = match &reader {
            ColumnReader::BoolColumnReader(_) => Values::Truths(Vec::new()),
            ColumnReader::Int32ColumnReader(_) => Values::Ints(Vec::new()),
            ColumnReader::Int64ColumnReader(_) => Values::Longs(Vec::new()),
            ColumnReader::FloatColumnReader(_) => Values::Floats(Vec::new()),
            ColumnReader::DoubleColumnReader(_) => Values::Doubles(Vec::new()),
            _ => Values::Bytes(Vec::new()),
        };
        Ok(Self { name, reader, is_unsigned, full_level, levels: Vec::new(), values, places: Vec::new() })
    }

    /// Reads the next `rows` rows; fewer are an error.
    pub(super) fn advance(&mut self, rows: usize) -> Result<(), TableProblem> {
        self.levels.clear();
        let levels = &mut self.levels;
        let read = match (&mut self.reader, &mut self.values) {
            (ColumnReader::BoolColumnReader(reader), Values::Truths(values)) => {
                fill(reader, rows, levels, values)
            }
            (ColumnReader::Int32ColumnReader(reader), Values::Ints(values)) => {
                fill(reader, rows, levels, values)
            }
            (ColumnReader::Int64ColumnReader(reader), Values::Longs(values)) => {
                fill(reader, rows, levels, values)
            }
            (ColumnReader::FloatColumnReader(reader), Values::Floats(values)) => {
                fill(reader, rows, levels, values)
            }
            (ColumnReader::DoubleColumnReader(reader), Values::Doubles(values)) => {
                fill(reader, rows, levels, values)
            }
            (ColumnReader::ByteArrayColumnReader(reader), Values::Bytes(values)) => {
                fill(reader, rows, levels, values)
            }
            _ => Err(TableProblem::Parquet("a column of an unknown type".to_owned())),
        };
        let wrong = |what: String| TableProblem::Parquet(format!("column `{}`: {what}", self.name));
        let (found, values) = read?;
        if found != rows {
            return Err(wrong(format!("{found} of {rows} rows are there")));
        }
        self.places.clear();
        if self.full_level == 0 {
            self.places.extend((0..rows).map(|place| u32::try_from(place).ok()));
        } else {
            let full = self.full_level;
            let mut place = 0;
            self.places.extend(self.levels.iter().map(|level| {
                let is_there = *level == full;
                let at = place;
                place += u32::from(is_there);
                is_there.then_some(at)
            }));
        }
        let wanted = self.places.iter().flatten().count();
        if self.places.len() != rows || wanted != values {
            return Err(wrong("its levels do not fit its values".to_owned()));
        }
        Ok(())
    }

    /// The cell in a row of the batch; null is empty.
    pub(super) fn cell(&self, row: usize) -> Result<Datum<'_>, TableProblem> {
        let Some(place) = self.places.get(row).copied().flatten() else { return Ok(Datum::Text("")) };
        let place = place as usize;
        let datum = match &self.values {
            Values::Truths(values) => {
                values.get(place).map(|value| Datum::Text(if *value { "true" } else { "false" }))
            }
            Values::Ints(values) => values.get(place).map(|value| {
                Datum::Whole(if self.is_unsigned { value.cast_unsigned().into() } else { (*value).into() })
            }),
            Values::Longs(values) => values.get(place).map(|value| {
                Datum::Whole(if self.is_unsigned { value.cast_unsigned().into() } else { (*value).into() })
            }),
            Values::Floats(values) => values.get(place).map(|value| Datum::Float(f64::from(*value))),
            Values::Doubles(values) => values.get(place).map(|value| Datum::Float(*value)),
            Values::Bytes(values) => match values.get(place) {
                None => None,
                Some(bytes) => {
                    let text = std::str::from_utf8(bytes.data());
                    let text = text.map_err(|_| TableProblem::Syntax("not UTF-8".to_owned()))?;
                    Some(Datum::Text(text.trim()))
                }
            },
        };
        Ok(datum.unwrap_or_default())
    }
}

fn fill<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    rows: usize,
    levels: &mut Vec<i16>,
    values: &mut Vec<T::T>,
) -> Result<(usize, usize), TableProblem> {
    values.clear();
    let (mut records, mut count) = (0, 0);
    while records < rows {
        let (more, found, _) =
            reader.read_records(rows - records, Some(levels), None, values).map_err(damaged)?;
        if more == 0 {
            break;
        }
        records += more;
        count += found;
    }
    Ok((records, count))
}

#[expect(clippy::needless_pass_by_value, reason = "handed to map_err")]
pub(super) fn damaged(error: parquet::errors::ParquetError) -> TableProblem {
    TableProblem::Parquet(error.to_string())
}
