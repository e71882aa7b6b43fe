use super::analysis::Mark;
use super::segment::{Segment, Word};

/// Places where the author left something out: `...` as a word, as a value, or as a part of a path.
pub(super) fn elisions(segments: &[Segment]) -> Vec<Mark> {
    let mut marks = Vec::new();
    for segment in segments {
        for assignment in &segment.assignments {
            if is_elided(&assignment.value) {
                marks.push(Mark { text: assignment.value.clone(), span: assignment.value_span.clone() });
            }
        }
        if let (Some(program), Some(span)) = (&segment.program, &segment.program_span)
            && is_elided(program)
        {
            marks.push(Mark { text: program.clone(), span: span.clone() });
        }
        let words = segment.args.iter().chain(segment.redirects.iter().map(|redirect| &redirect.target));
        marks.extend(
            words
                .filter(|word| elided_word(word))
                .map(|word| Mark { text: word.text.clone(), span: word.span.clone() }),
        );
    }
    marks
}

fn elided_word(word: &Word) -> bool {
    let value = word.text.split_once('=').map_or(word.text.as_str(), |(_, value)| value);
    !word.flags.quoted && is_elided(value)
}

fn is_elided(text: &str) -> bool {
    text.split('/').any(|part| matches!(part, "..." | "…")) || text.ends_with("...") || text.ends_with('…')
}

/// The same by blanks alone, for a text that is no shell command.
pub(super) fn in_plain_text(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut at = 0;
    for word in text.split_whitespace() {
        let start = at + text.get(at..).and_then(|rest| rest.find(word)).unwrap_or(0);
        at = start + word.len();
        if matches!(word, "..." | "…") {
            marks.push(Mark { text: word.to_owned(), span: start..at });
        }
    }
    marks
}
