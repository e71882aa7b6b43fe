use std::path::PathBuf;

use proptest::prelude::*;

use super::*;
use crate::table::TableSource;

fn draft(claim: &str, table: &str) -> LookDraft {
    LookDraft {
        claim: claim.into(),
        claim_text_hash: "h".to_owned(),
        rule: "delta > 0 and p < 0.05".to_owned(),
        terms: String::new(),
        family: "main".into(),
        tables: vec![TableSource { path: PathBuf::from("outcomes.csv"), blake3: table.to_owned() }],
        split: "test".into(),
        comparison: LookComparison {
            left: "a".into(),
            right: "b".into(),
            budget: None,
            metric: "acc".into(),
            seed: None,
        },
        delta: 0.1,
        p: None,
        interval: None,
        n_items: 3,
        n_seeds: 1,
        n_excluded: 0,
    }
}

struct Book {
    _dir: tempfile::TempDir,
    path: PathBuf,
}

fn book(looks: usize) -> Book {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("looks.jsonl");
    for look in 0..looks {
        LookBook::record(&path, &[draft("C1", &look.to_string())], "2026-01-01T00:00:00Z", "test").unwrap();
    }
    Book { _dir: dir, path }
}

fn broken_line(path: &std::path::Path) -> u64 {
    match verify_chain(path).unwrap_err() {
        ChainError::Broken { line, .. } => line,
        other => panic!("{other}"),
    }
}

fn edit(path: &std::path::Path, change: impl Fn(&mut Vec<String>)) {
    let text = isocost_fs::read_to_string(path).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    change(&mut lines);
    isocost_fs::write_cache(path, (lines.join("\n") + "\n").as_bytes()).unwrap();
}

#[test]
fn looks_are_numbered_and_read_back() {
    let book = book(3);
    let read = LookBook::read(&book.path).unwrap();
    assert_eq!(read.looks().iter().map(|look| look.n).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(
        (read.count_at(&"test".into()), read.count_of(&"C1".into()), read.count_of(&"C2".into())),
        (3, 3, 0)
    );
    let check = verify_chain(&book.path).unwrap();
    assert_eq!((check.records, check.head.as_str(), check.torn.len()), (3, read.head(), 0));
}

#[test]
fn the_hash_of_a_line_is_that_of_its_bytes_before_the_hash() {
    let book = book(1);
    let text = isocost_fs::read_to_string(&book.path).unwrap();
    let (before, after) = text.trim_end().split_once(",\"hash\":\"").unwrap();
    assert_eq!(after, format!("{}\"}}", blake3::hash(before.as_bytes()).to_hex()));
    serde_json::from_str::<serde_json::Value>(text.trim_end()).unwrap();
}

#[test]
fn a_second_look_at_the_same_evidence_is_not_recorded_again() {
    let book = book(2);
    let drafts = [draft("C1", "0"), draft("C1", "9"), draft("C2", "0")];
    let (read, recorded) = LookBook::record(&book.path, &drafts, "2026-01-02T00:00:00Z", "test").unwrap();
    assert_eq!(recorded, [Recorded::Repeat(1), Recorded::New(3), Recorded::New(4)]);
    assert_eq!(read.looks().len(), 4);
}

#[test]
fn a_changed_a_moved_and_a_removed_record_are_found_at_their_line() {
    let changed = book(3);
    edit(&changed.path, |lines| lines[1] = lines[1].replace("\"delta\":0.1", "\"delta\":0.2"));
    assert_eq!(broken_line(&changed.path), 2);
    let moved = book(3);
    edit(&moved.path, |lines| lines.swap(0, 1));
    assert_eq!(broken_line(&moved.path), 1);
    let removed = book(3);
    edit(&removed.path, |lines| drop(lines.remove(1)));
    assert_eq!(broken_line(&removed.path), 2);
    assert!(LookBook::read(&removed.path).is_err());
}

#[test]
fn foreign_lines_break_the_chain_and_a_torn_one_does_not() {
    let foreign = book(2);
    edit(&foreign.path, |lines| lines.insert(1, "{\"n\":1}".to_owned()));
    assert_eq!(broken_line(&foreign.path), 2);
    let torn = book(2);
    edit(&torn.path, |lines| lines.push("{\"schema\":\"isocost/lo".to_owned()));
    assert_eq!(verify_chain(&torn.path).unwrap().torn, [3]);
    let (read, _) =
        LookBook::record(&torn.path, &[draft("C9", "0")], "2026-01-02T00:00:00Z", "test").unwrap();
    assert_eq!(read.looks().len(), 3);
    assert_eq!(verify_chain(&torn.path).unwrap().records, 3);
}

#[test]
fn a_record_of_another_version_is_named_and_left_alone() {
    let book = book(1);
    let text = isocost_fs::read_to_string(&book.path).unwrap().replace("look/1", "look/2");
    let (body, _) = text.trim_end().split_once(",\"prev\"").unwrap();
    let (line, _) = line::join(&format!("{body}}}"), line::NOTHING).unwrap();
    isocost_fs::write_cache(&book.path, line.as_bytes()).unwrap();
    let message = LookBook::read(&book.path).unwrap_err().to_string();
    assert!(message.contains(":1:") && message.contains("isocost/look/2"), "{message}");
    assert_eq!(verify_chain(&book.path).unwrap().records, 1);
}

#[test]
fn a_file_that_does_not_exist_holds_no_look() {
    let dir = tempfile::tempdir().unwrap();
    let book = LookBook::read(&dir.path().join("looks.jsonl")).unwrap();
    assert!(book.looks().is_empty());
    assert_eq!(book.head(), line::NOTHING);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_changed_byte_of_a_record_is_found(place in 0..10_000_usize, byte in 1..=255_u8) {
        let book = book(2);
        let mut bytes = isocost_fs::read(&book.path).unwrap();
        let before = verify_chain(&book.path).unwrap();
        let place = place % (bytes.len() - 1);
        bytes[place] ^= byte;
        isocost_fs::write_cache(&book.path, &bytes).unwrap();
        // A record that no longer reads like one is torn, and its successor does not follow.
        let same = verify_chain(&book.path).is_ok_and(|after| after == before);
        prop_assert!(!same);
    }
}
