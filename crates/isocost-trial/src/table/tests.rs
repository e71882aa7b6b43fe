use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use proptest::prelude::*;

use super::*;

const HEADER: &str = "item,seed,arm,budget,cost,cost_unit,split,metric,value";

fn csv(text: &str) -> Result<OutcomeTable, TableError> {
    OutcomeTable::from_csv(Path::new("t.csv"), text.as_bytes())
}

fn jsonl(text: &str) -> Result<OutcomeTable, TableError> {
    OutcomeTable::from_jsonl(Path::new("t.jsonl"), text.as_bytes())
}

fn message(result: Result<OutcomeTable, TableError>) -> String {
    result.unwrap_err().to_string()
}

fn row(item: &str, seed: &str) -> OutcomeRow {
    OutcomeRow {
        item: item.into(),
        seed: seed.into(),
        arm: "uniform".into(),
        budget: "1960".into(),
        cost: Some(0.1),
        cost_unit: "tokens".into(),
        split: "test".into(),
        metric: "acc".into(),
        value: Some(1.0 / 3.0),
        extra: BTreeMap::from([("label".to_owned(), "a,\"b\"".to_owned())]),
    }
}

#[test]
fn a_byte_order_mark_and_crlf_do_not_change_what_is_read() {
    let table = csv(&format!("\u{feff}{HEADER},label\r\nx,0,a,,3,tokens,test,acc,1,cat\r\n")).unwrap();
    let row = table.rows().next().unwrap();
    assert_eq!((row.item(), row.seed(), row.arm(), row.budget()), ("x", "0", "a", ""));
    assert_eq!((row.cost(), row.value(), row.line()), (Some(3.0), Some(1.0), 2));
    assert_eq!((row.free("label"), row.free("other")), (Some("cat"), None));
}

#[test]
fn line_numbers_count_blank_lines_and_line_breaks_in_cells() {
    for end in ["\n", "\r\n"] {
        let lines =
            [HEADER, "x,0,a,,,,test,acc,1", "", "", "\"y\nz\",0,a,,,,test,acc,1", "w,0,a,,,,test,acc,1"];
        let table = csv(&lines.join(end)).unwrap();
        assert_eq!(table.rows().map(|row| row.line()).collect::<Vec<_>>(), [2, 5, 7]);
    }
}

#[test]
fn json_lines_read_like_csv() {
    let object = r#"{"item":7,"seed":null,"arm":"a","budget":196,"cost":3,"cost_unit":"tokens","split":"test","metric":"acc","value":0.5,"label":"cat"}"#;
    let table = jsonl(&format!("\u{feff}{object}\n\n")).unwrap();
    let row = table.rows().next().unwrap();
    assert_eq!((row.item(), row.seed(), row.budget(), row.value()), ("7", "", "196", Some(0.5)));
    assert_eq!(row.free("label"), Some("cat"));
}

#[test]
fn a_missing_column_is_named_with_what_is_there() {
    let text = message(csv("item,seed,arm\n"));
    assert!(text.contains("t.csv:1") && text.contains("`value`") && text.contains("`arm`"), "{text}");
    let text = message(jsonl("{\"item\": 1}\n"));
    assert!(text.contains("t.jsonl:1") && text.contains("`cost_unit`"), "{text}");
}

#[test]
fn a_duplicate_names_both_lines() {
    let text =
        message(csv(&format!("{HEADER}\nx,0,a,,,,test,acc,1\ny,0,a,,,,test,acc,1\nx,0,a,,,,test,acc,0\n")));
    assert!(text.contains("t.csv:4") && text.contains("t.csv:2") && text.contains("item x"), "{text}");
}

#[test]
fn an_absent_value_is_kept_as_absent_and_an_infinite_one_is_refused() {
    let table = csv(&format!("{HEADER}\nx,0,a,,,,test,acc,\ny,0,a,,,,test,acc,NaN\n")).unwrap();
    assert_eq!(table.rows_without_value(), 2);
    let text = message(csv(&format!("{HEADER}\nx,0,a,,,,test,acc,inf\n")));
    assert!(text.contains("t.csv:2") && text.contains("`inf`"), "{text}");
}

#[test]
fn a_cost_is_at_least_zero_and_has_a_unit() {
    assert!(message(csv(&format!("{HEADER}\nx,0,a,,-1,tokens,test,acc,1\n"))).contains("`cost` is `-1`"));
    assert!(message(csv(&format!("{HEADER}\nx,0,a,,1,,test,acc,1\n"))).contains("without `cost_unit`"));
}

#[test]
fn a_short_row_and_an_empty_item_name_their_line() {
    assert!(message(csv(&format!("{HEADER}\nx,0\n"))).starts_with("t.csv:2"));
    assert!(message(csv(&format!("{HEADER}\n,0,a,,,,test,acc,1\n"))).contains("`item` is empty"));
    assert!(message(jsonl("[]\n")).starts_with("t.jsonl:1"));
}

#[test]
fn bytes_that_are_not_text_are_refused_with_their_line() {
    let bytes = [HEADER.as_bytes(), b"\nx\xff,0,a,,,,test,acc,1\n"].concat();
    let text = message(OutcomeTable::from_csv(Path::new("t.csv"), bytes.as_slice()));
    assert!(text.starts_with("t.csv:2") && text.contains("UTF-8"), "{text}");
}

#[test]
fn written_rows_read_back_in_one_order_whatever_the_order_given() {
    let rows = [row("b", "10"), row("a", "10"), row("a", "2")];
    let reversed: Vec<OutcomeRow> = rows.iter().rev().cloned().collect();
    let bytes = to_csv(&rows).unwrap();
    assert_eq!(bytes, to_csv(&reversed).unwrap());
    let table = OutcomeTable::from_csv(Path::new("t.csv"), bytes.as_slice()).unwrap();
    let order: Vec<(&str, &str)> = table.rows().map(|row| (row.seed(), row.item())).collect();
    assert_eq!(order, [("2", "a"), ("10", "a"), ("10", "b")]);
    let first = table.rows().next().unwrap();
    assert_eq!((first.value(), first.free("label")), (Some(1.0 / 3.0), Some("a,\"b\"")));
}

#[test]
fn rows_that_could_not_be_read_back_are_not_written() {
    assert!(to_csv(&[row("a", "1"), row("a", "1")]).is_err());
    assert!(to_csv(&[OutcomeRow { value: Some(f64::NAN), ..row("a", "1") }]).is_err());
    assert!(to_csv(&[OutcomeRow { item: "".into(), ..row("a", "1") }]).is_err());
}

#[test]
fn a_row_in_two_files_is_refused_with_both_files() {
    let dir = tempfile::tempdir().unwrap();
    let (first, second) = (dir.path().join("a.csv"), dir.path().join("b.csv"));
    for path in [&first, &second] {
        write_csv(path, &[row("a", "1")]).unwrap();
    }
    let text = OutcomeTable::read_all(&[&first, &second]).unwrap_err().to_string();
    assert!(text.contains("b.csv:2") && text.contains("a.csv:2"), "{text}");
    let bytes = isocost_fs::read(&first).unwrap();
    let table = OutcomeTable::read(&first).unwrap();
    assert_eq!(table.sources()[0].blake3, blake3::hash(&bytes).to_hex().to_string());
}

#[test]
fn a_file_of_another_format_is_refused() {
    let text = OutcomeTable::read(Path::new("outcomes.xlsx")).unwrap_err().to_string();
    assert!(text.contains(".csv or .jsonl"), "{text}");
}

/// Several stretches of a file; every thousandth item has a line break in it, so that lines and records drift apart.
fn long_csv(rows: u64) -> String {
    let mut text = format!("{HEADER}\n");
    for row in 0..rows {
        let item = if row % 1000 == 999 { format!("\"item\n{row}\"") } else { format!("item_{row:08}") };
        let (seed, arm, cost, value) = (row % 3, row % 7, row % 11, row % 2);
        writeln!(text, "{item},{seed},arm_{arm},1960,{cost},tokens,test,acc,{value}").unwrap();
    }
    text
}

#[test]
fn a_file_of_many_stretches_reads_as_one() {
    let rows = 100_000;
    let table = csv(&long_csv(rows)).unwrap();
    assert_eq!(table.len() as u64, rows);
    for (row, index) in table.rows().zip(0_u64..) {
        let item = if index % 1000 == 999 { format!("item\n{index}") } else { format!("item_{index:08}") };
        assert_eq!((row.item(), row.seed()), (item.as_str(), (index % 3).to_string().as_str()));
        assert_eq!(
            (row.arm(), row.cost()),
            (format!("arm_{}", index % 7).as_str(), Some((index % 11) as f64))
        );
        assert_eq!(row.line(), 2 + index + index / 1000);
    }
}

#[test]
fn problems_in_a_later_stretch_name_their_lines() {
    let text = long_csv(60_000);
    let again = text.lines().nth(5).unwrap().to_owned();
    let error = message(csv(&format!("{text}{again}\n")));
    assert!(error.starts_with("t.csv:60062") && error.contains("t.csv:6 "), "{error}");
    let error = message(csv(&format!("{text}x,0,a,,,,test,acc,wrong\n{text}")));
    assert!(error.starts_with("t.csv:60062") && error.contains("`wrong`"), "{error}");
}

#[test]
fn a_quote_that_is_never_closed_is_an_error_and_not_a_row() {
    let text = format!("{HEADER}\n\"x,0,a,,,,test,acc,1\n{}", "y,0,a,,,,test,acc,1\n".repeat(10));
    assert!(csv(&text).is_err());
}

proptest! {
    #[test]
    fn quotes_that_are_not_needed_change_nothing(cells in prop::collection::vec("[a-z .é]{0,6}", 1..20), crlf in any::<bool>()) {
        let end = if crlf { "\r\n" } else { "\n" };
        let lines = |quote: &str| {
            let rows = cells.iter().enumerate().map(|(n, cell)| format!("i{n},{quote}{cell}{quote},a,,,,test,acc,1,{cell}"));
            csv(&format!("{HEADER},note{end}{}{end}{end}", rows.collect::<Vec<_>>().join(end))).unwrap()
        };
        let rows = |table: &OutcomeTable| table.rows().map(OutcomeRow::from).collect::<Vec<_>>();
        prop_assert_eq!(rows(&lines("")), rows(&lines("\"")));
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), cells in "[a-z0-9,.\"\n\r-]{0,120}") {
        let name = Path::new("t");
        let body = [HEADER.as_bytes(), b"\n", cells.as_bytes(), &bytes].concat();
        for bytes in [bytes.as_slice(), body.as_slice()] {
            let lines = bytes.split(|byte| *byte == b'\n').count() as u64;
            for table in [OutcomeTable::from_csv(name, bytes), OutcomeTable::from_jsonl(name, bytes)] {
                match table {
                    Ok(table) => prop_assert!(table.rows().all(|row| row.line() <= lines)),
                    Err(error) => prop_assert!(error.line.is_none_or(|line| line <= lines), "{}", error),
                }
            }
        }
    }
}
