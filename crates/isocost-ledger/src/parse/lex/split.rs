//! Names of data splits (spec §1.5).

use crate::model::SplitName;

const KINDS: [(&str, &str); 5] =
    [("train", "train"), ("validation", "val"), ("val", "val"), ("test", "test"), ("dev", "dev")];

/// The split that a text speaks of: the last numbered name that is not a training split (`train64/test32` is
/// `test32`), else the last bare `val`, `test` or `dev` that is not part of a word or of `t-test`.
pub(crate) fn find_split(text: &str) -> Option<SplitName> {
    let mut numbered = None;
    let mut plain = None;
    for (start, name) in names(text) {
        if name.kind == "train" {
            continue;
        }
        if name.nominal.is_some() {
            numbered = Some(name);
        } else if !is_statistics(text, start) {
            plain = Some(name);
        }
    }
    numbered.or(plain)
}

fn is_statistics(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or_default();
    ["t-", "paired ", "hard ", "sanity ", "smoke "].iter().any(|word| before.ends_with(word))
}

fn names(text: &str) -> impl Iterator<Item = (usize, SplitName)> + '_ {
    let bytes = text.as_bytes();
    (0..bytes.len()).filter_map(move |at| {
        let first = bytes.get(at)?.to_ascii_lowercase();
        if !matches!(first, b't' | b'v' | b'd') {
            return None;
        }
        let glued = at.checked_sub(1).and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_alphanumeric);
        if glued { None } else { name_at(text, at).map(|name| (at, name)) }
    })
}

fn name_at(text: &str, at: usize) -> Option<SplitName> {
    KINDS.iter().find_map(|(word, kind)| {
        let found = text.get(at..at + word.len())?;
        if !found.eq_ignore_ascii_case(word) {
            return None;
        }
        let rest = text.as_bytes().get(at + word.len()..)?;
        let digits = rest.iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
        if rest.get(digits).is_some_and(u8::is_ascii_alphanumeric) {
            return None;
        }
        let number = text.get(at + word.len()..at + word.len() + digits)?;
        Some(SplitName { kind: (*kind).to_owned(), nominal: number.parse().ok() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Option<(String, Option<u32>)> {
        find_split(text).map(|s| (s.kind, s.nominal))
    }

    #[test]
    fn the_evaluated_split_wins_over_the_training_split() {
        assert_eq!(split("Smoke (train64/test32; SEEDS=0,1)"), Some(("test".into(), Some(32))));
        assert_eq!(split("train3339→test402"), Some(("test".into(), Some(402))));
        assert_eq!(split("runs/E0011_official_val_2026"), Some(("val".into(), None)));
        assert_eq!(split("Val401:"), Some(("val".into(), Some(401))));
        assert_eq!(split("paired t-test, latest values, testing"), None);
        assert_eq!(split("train3339"), None);
    }
}
