use isocost_study_signals::files::{NotFinite, parse_json, to_json};

use crate::golden::bytes;

#[test]
fn golden_a_file_of_scores_is_written_byte_for_byte_as_the_reference_wrote_it() {
    let Some(bytes) = bytes("tiny/reference/sweep_clipdiff/eventness_scores.json") else { return };
    let text = String::from_utf8(bytes).unwrap();
    let file = parse_json(&text).unwrap();
    assert_eq!((file.method.as_str(), file.seconds, file.scores.len()), ("av_clipdiff_mlp", Some(10), 128));
    let written = to_json(&file, NotFinite::Refuse).unwrap();
    for (line, (found, wanted)) in written.lines().zip(text.lines()).enumerate() {
        assert_eq!(found, wanted, "line {line}");
    }
    assert_eq!(written.len(), text.len());
}
