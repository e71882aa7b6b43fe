use super::{BadClip, ClipFault, ClipScores, FileError, NotFinite, parse_json, read_npz, to_json, write_npz};

fn two_clips() -> ClipScores {
    let scores = [("a".to_owned(), vec![1.0, -2.5]), ("b\"".to_owned(), vec![1e-7, 0.0])];
    ClipScores { method: "energy".to_owned(), seconds: Some(2), scores: scores.into() }
}

#[test]
fn scores_read_back_as_they_were_written() {
    let text = to_json(&two_clips(), NotFinite::Refuse).unwrap();
    assert!(text.contains("1e-07") && text.ends_with("}\n"), "{text}");
    assert_eq!(parse_json(&text).unwrap(), two_clips());
    let none = ClipScores { seconds: Some(10), ..ClipScores::default() };
    assert_eq!(parse_json(&to_json(&none, NotFinite::Refuse).unwrap()).unwrap(), none);
}

#[test]
fn a_bare_object_of_lists_is_read_and_other_entries_are_passed_over() {
    let file = parse_json(r#"{"x": [1, 2.5], "note": "NaN, not a list", "scores": [3]}"#).unwrap();
    assert_eq!(file.scores["x"], [1.0, 2.5]);
    assert_eq!(file.scores["scores"], [3.0]);
    assert_eq!((file.scores.len(), file.method.as_str(), file.seconds), (2, "", None));
}

#[test]
fn pythons_bare_numbers_are_read_but_not_used() {
    let file = parse_json(
        r#"{"scores": {"x": [1, NaN], "y": [-Infinity, 2], "NaN": [1, 2], "z": [null, 0], "w": [0]}}"#,
    )
    .unwrap();
    let (good, bad) = file.usable(&["x", "y", "NaN", "z", "w", "v"], 2);
    assert_eq!(good, [("NaN", [1.0, 2.0].as_slice())]);
    assert_eq!(bad.len(), 5);
    assert_eq!(bad[3], BadClip { clip: "w".to_owned(), fault: ClipFault::Length { found: 1, wanted: 2 } });
    assert_eq!(bad[4], BadClip { clip: "v".to_owned(), fault: ClipFault::Absent });
    let error = file.of_clips(&["NaN", "y"], 2).unwrap_err().to_string();
    assert_eq!(error, "clip `y`: the score of second 0 is -inf; correct it, or leave it out with --skip-bad");
}

#[test]
fn what_is_not_finite_is_written_only_if_asked_for() {
    let mut file = two_clips();
    file.scores.insert("c".to_owned(), vec![f64::NAN, f64::NEG_INFINITY]);
    assert!(matches!(to_json(&file, NotFinite::Refuse), Err(FileError::Clip { .. })));
    let text = to_json(&file, NotFinite::Bare).unwrap();
    assert!(text.contains("NaN") && text.contains("-Infinity"));
    assert!(parse_json(&text).unwrap().scores["c"][0].is_nan());
    assert!(parse_json(&to_json(&file, NotFinite::Null).unwrap()).unwrap().scores["c"][1].is_nan());
}

#[test]
fn bad_files_are_refused_with_a_reason() {
    assert!(matches!(parse_json(r#"{"a": [1], "a": [2]}"#), Err(FileError::Duplicate(clip)) if clip == "a"));
    assert!(matches!(parse_json(r#"{"scores": {"a": [1], "a": [2]}}"#), Err(FileError::Duplicate(_))));
    assert!(matches!(parse_json(r#"{"scores": 3}"#), Err(FileError::NoScores(_))));
    assert!(matches!(parse_json(r#"{"a": ["1"]}"#), Err(FileError::NoScores(_))));
    assert!(matches!(parse_json("[1, 2]"), Err(FileError::Json(_))));
    assert!(matches!(parse_json(r#"{"a": [1"#), Err(FileError::Json(_))));
}

#[test]
fn an_archive_holds_the_same_scores_and_has_the_same_bytes_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("one.npz"), folder.path().join("two.npz"));
    let mut file = two_clips();
    file.scores.remove("b\"");
    file.scores.insert("b".to_owned(), vec![f64::MIN_POSITIVE]);
    write_npz(&one, &file).unwrap();
    write_npz(&two, &file).unwrap();
    assert_eq!(isocost_fs::read(&one).unwrap(), isocost_fs::read(&two).unwrap());
    assert_eq!(read_npz(&one).unwrap().scores, file.scores);
    assert!(read_npz(&folder.path().join("none.npz")).unwrap_err().to_string().contains("none.npz"));
}
