//! Files written by pyarrow, whole and damaged; `tests/data/parquet/make.py` makes them.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use crate::table::*;

const FILES: [&str; 5] = [
    "snappy_dictionary.parquet",
    "zstd_groups.parquet",
    "gzip_plain_v2.parquet",
    "lz4_categories.parquet",
    "nested_extra.parquet",
];

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/parquet").join(name)
}

fn rows(table: &OutcomeTable) -> Vec<OutcomeRow> {
    table.rows().map(OutcomeRow::from).collect()
}

fn read_bytes(bytes: &[u8]) -> Result<OutcomeTable, TableError> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.parquet");
    isocost_fs::write_cache(&path, bytes).unwrap();
    OutcomeTable::read(&path)
}

#[test]
fn every_type_and_codec_of_pyarrow_reads_like_the_csv_of_the_same_rows() {
    let wanted = rows(&OutcomeTable::read(&data("rows.csv")).unwrap());
    for file in FILES {
        let table = OutcomeTable::read(&data(file)).unwrap();
        assert_eq!(rows(&table), wanted, "{file}");
        assert_eq!(
            table.rows().map(|row| row.line()).collect::<Vec<_>>(),
            (1..=24).collect::<Vec<u64>>(),
            "{file}"
        );
        let bytes = isocost_fs::read(&data(file)).unwrap();
        assert_eq!(table.sources()[0].blake3, blake3::hash(&bytes).to_hex().to_string());
    }
}

#[test]
fn rows_written_as_parquet_or_json_lines_read_back_as_from_csv() {
    let all = rows(&OutcomeTable::read(&data("rows.csv")).unwrap());
    let dir = tempfile::tempdir().unwrap();
    let written = |name: &str| {
        let path = dir.path().join(name);
        write_rows(&path, &all).unwrap();
        rows(&OutcomeTable::read(&path).unwrap())
    };
    let csv = written("t.csv");
    assert_eq!(written("t.parquet"), csv);
    assert_eq!(written("t.jsonl"), csv);
}

#[test]
fn a_projection_keeps_its_rows_and_remembers_the_arms_it_left_out() {
    for file in ["rows.csv", "zstd_groups.parquet"] {
        let projection = Projection { arms: [crate::Arm::from("anchored")].into(), ..Projection::default() };
        let table = TableReader::new().keep(projection).read_all(&[data(file)]).unwrap();
        assert_eq!((table.len(), table.rows_left_out()), (12, 12));
        assert_eq!(table.arms_left_out().collect::<Vec<_>>(), ["uniform"]);
        assert_eq!(table.rows().next().unwrap().line(), if file == "rows.csv" { 3 } else { 2 });
    }
}

#[test]
fn missing_and_nested_columns_are_named() {
    let mut map = ColumnMap::default();
    map.set(Column::Item, Origin::Named("parts".to_owned()));
    let error = TableReader::new().columns(map).read_all(&[data("nested_extra.parquet")]).unwrap_err();
    assert!(error.to_string().contains("`parts` is missing"), "{error}");
}

#[test]
fn a_truncated_file_is_an_error_at_every_length() {
    let bytes = isocost_fs::read(&data("zstd_groups.parquet")).unwrap();
    for length in (0..bytes.len()).step_by(13) {
        assert!(read_bytes(&bytes[..length]).is_err(), "{length}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Some damage is not seen (a byte of a value is a byte of a value), but none makes the reader stop or panic.
    #[test]
    fn damaged_bytes_never_make_the_reader_panic(file in 0..FILES.len(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = isocost_fs::read(&data(FILES[file])).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Err(error) = read_bytes(&bytes) {
            prop_assert!(!error.to_string().is_empty());
        }
    }
}
