//! Rows into Parquet: names as strings with dictionaries, numbers as doubles, zstd.

use std::collections::BTreeSet;
use std::sync::Arc;

use parquet::basic::{Compression, ConvertedType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;

use super::cells::damaged;
use crate::table::error::{Column, TableProblem};
use crate::table::row::OutcomeRow;
use crate::table::write::checked;

/// Rows of a row group.
const GROUP: usize = 1 << 20;

/// The Parquet bytes of rows, sorted and checked as CSV is.
pub(in crate::table) fn to_parquet(rows: &[OutcomeRow]) -> Result<Vec<u8>, TableProblem> {
    let sorted = checked(rows)?;
    let free: BTreeSet<&str> = rows.iter().flat_map(|row| row.extra.keys().map(String::as_str)).collect();
    let properties =
        WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, Arc::new(schema(&free)?), Arc::new(properties))
        .map_err(damaged)?;
    for rows in sorted.chunks(GROUP) {
        let mut group = writer.next_row_group().map_err(damaged)?;
        for column in Column::ALL {
            match column {
                Column::Cost => numbers(&mut group, rows.iter().map(|row| row.cost))?,
                Column::Value => numbers(&mut group, rows.iter().map(|row| row.value))?,
                column => texts(&mut group, rows.iter().map(|row| Some(name(row, column))))?,
            }
        }
        for free in &free {
            texts(&mut group, rows.iter().map(|row| row.extra.get(*free).map(String::as_str)))?;
        }
        group.close().map_err(damaged)?;
    }
    writer.close().map_err(damaged)?;
    Ok(bytes)
}

fn name(row: &OutcomeRow, column: Column) -> &str {
    match column {
        Column::Item => row.item.as_str(),
        Column::Seed => row.seed.as_str(),
        Column::Arm => row.arm.as_str(),
        Column::Budget => row.budget.as_str(),
        Column::CostUnit => row.cost_unit.as_str(),
        Column::Split => row.split.as_str(),
        Column::Metric => row.metric.as_str(),
        Column::Cost | Column::Value => "",
    }
}

fn schema(free: &BTreeSet<&str>) -> Result<Type, TableProblem> {
    let field = |name: &str, kind: Physical, text: ConvertedType| {
        let field = Type::primitive_type_builder(name, kind).with_repetition(Repetition::OPTIONAL);
        field.with_converted_type(text).build().map(Arc::new).map_err(damaged)
    };
    let mut fields = Vec::new();
    for column in Column::ALL {
        fields.push(match column {
            Column::Cost | Column::Value => field(column.name(), Physical::DOUBLE, ConvertedType::NONE)?,
            column => field(column.name(), Physical::BYTE_ARRAY, ConvertedType::UTF8)?,
        });
    }
    for name in free {
        fields.push(field(name, Physical::BYTE_ARRAY, ConvertedType::UTF8)?);
    }
    Type::group_type_builder("outcomes").with_fields(fields).build().map_err(damaged)
}

type Group<'a, 'b> = SerializedRowGroupWriter<'a, &'b mut Vec<u8>>;

fn texts<'t>(
    group: &mut Group<'_, '_>,
    cells: impl Iterator<Item = Option<&'t str>>,
) -> Result<(), TableProblem> {
    let cells: Vec<Option<&str>> = cells.map(|cell| cell.filter(|text| !text.is_empty())).collect();
    let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    let values: Vec<ByteArray> = cells.into_iter().flatten().map(ByteArray::from).collect();
    let mut column = group.next_column().map_err(damaged)?.ok_or_else(missing)?;
    column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None).map_err(damaged)?;
    column.close().map_err(damaged)
}

fn numbers(group: &mut Group<'_, '_>, cells: impl Iterator<Item = Option<f64>>) -> Result<(), TableProblem> {
    let cells: Vec<Option<f64>> = cells.collect();
    let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    let values: Vec<f64> = cells.into_iter().flatten().collect();
    let mut column = group.next_column().map_err(damaged)?.ok_or_else(missing)?;
    column.typed::<DoubleType>().write_batch(&values, Some(&levels), None).map_err(damaged)?;
    column.close().map_err(damaged)
}

fn missing() -> TableProblem {
    TableProblem::Parquet("a column more than the schema has".to_owned())
}
