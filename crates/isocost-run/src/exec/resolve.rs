//! Putting recorded files in the place of patterns.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::contract::{expand_braces, matches};
use crate::plan::WordPlace;
use crate::store::Attempt;

/// A text in the place of a span.
pub(super) type Replacement = (Range<usize>, String);

/// The text with the replacements made. Spans that overlap an earlier one or lie outside are left alone.
pub(super) fn replace(text: &str, replacements: &[Replacement]) -> String {
    let mut sorted: Vec<&Replacement> = replacements.iter().filter(|(span, _)| !span.is_empty()).collect();
    sorted.sort_by_key(|(span, _)| span.start);
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for (span, with) in sorted {
        if let Some(between) = text.get(done..span.start)
            && text.get(span.clone()).is_some()
        {
            out.push_str(between);
            out.push_str(with);
            done = span.end;
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// The files, or directories on their way, that fit the pattern (with braces), in byte order.
pub(super) fn fitting<'a>(pattern: &str, paths: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let patterns = expand_braces(pattern.trim_end_matches('/'));
    let mut found = BTreeSet::new();
    for path in paths {
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        for prefix in ends.filter_map(|end| path.get(..end)) {
            if patterns.iter().any(|pattern| matches(pattern, prefix)) {
                found.insert(prefix.to_owned());
            }
        }
    }
    found
}

/// The recorded files of an attempt that fit a pattern.
pub(super) fn fitting_outputs(pattern: &str, attempt: &Attempt) -> BTreeSet<String> {
    fitting(pattern, attempt.record.outputs.iter().map(|output| output.path.as_str()))
}

/// The paths as words of a shell: one where one is assigned, any number as arguments.
pub(super) fn as_words(
    pattern: &str,
    paths: &BTreeSet<String>,
    place: WordPlace,
    whose: &str,
) -> Result<String, String> {
    match (paths.len(), place) {
        (0, _) => Err(format!("{whose} left nothing that fits `{pattern}`")),
        (1, _) | (_, WordPlace::Argument) => {
            let words: Result<Vec<&str>, String> = paths.iter().map(|path| plain(path)).collect();
            Ok(words?.join(" "))
        }
        (_, WordPlace::Assignment) => {
            let list: Vec<&str> = paths.iter().map(String::as_str).collect();
            Err(format!("`{pattern}` fits several files of {whose}: {}; name one", list.join(", ")))
        }
    }
}

/// A path that means the same with and without quotes around it: the place that it is put in may have either.
fn plain(path: &str) -> Result<&str, String> {
    let is_plain = |c: char| {
        c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '+' | '=' | ':' | '@' | ',' | '%')
    };
    if path.chars().all(is_plain) && !path.starts_with('-') {
        Ok(path)
    } else {
        Err(format!("`{}` holds characters that a shell would act on; rename it", path.escape_debug()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replacements_keep_everything_else() {
        assert_eq!(replace("a=X b=Y c", &[(6..7, "2".into()), (2..3, "1".into())]), "a=1 b=2 c");
        assert_eq!(replace("é", &[(1..2, "broken".into())]), "é");
    }

    #[test]
    fn a_pattern_may_mean_a_directory_of_recorded_files() {
        let files = ["runs/E1_a/m.json", "runs/E1_a/sub/n.json", "runs/E2/m.json"];
        let found = fitting("runs/E1_*", files.into_iter());
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["runs/E1_a"]);
    }

    #[test]
    fn an_assignment_takes_one_path_and_an_argument_any_number() {
        let two: BTreeSet<String> = ["a".into(), "b".into()].into();
        assert_eq!(as_words("*", &two, WordPlace::Argument, "E1").unwrap(), "a b");
        assert!(as_words("*", &two, WordPlace::Assignment, "E1").unwrap_err().contains("several"));
        let hostile: BTreeSet<String> = ["a;rm".into()].into();
        assert!(as_words("*", &hostile, WordPlace::Argument, "E1").is_err());
    }
}
