//! Words that ledgers use for splits and kinds of run.

use isocost_ledger::model::{RunKind, SplitName};

/// Kinds of split whose every evaluation counts as a look.
const PROTECTED: &[&str] = &["test", "heldout", "holdout"];

/// Whether results on a split of this kind are looks.
pub(crate) fn is_protected(kind: &str) -> bool {
    PROTECTED.contains(&kind)
}

/// `test`, `test402`: a word of a directory's name that says test split.
pub(crate) fn is_test_word(word: &str) -> bool {
    PROTECTED
        .iter()
        .any(|kind| word.strip_prefix(kind).is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit())))
}

/// `val`, `val402`, `dev`.
pub(crate) fn is_val_word(word: &str) -> bool {
    ["val", "dev"]
        .iter()
        .any(|kind| word.strip_prefix(kind).is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit())))
}

/// `test402` as a split with its nominal size.
pub(crate) fn numbered_split(word: &str) -> Option<SplitName> {
    ["test", "val", "train", "dev", "heldout", "holdout"].iter().find_map(|kind| {
        let digits = word.strip_prefix(kind)?;
        let nominal = digits.parse().ok().filter(|_| !digits.starts_with('+'))?;
        Some(SplitName { kind: (*kind).to_owned(), nominal: Some(nominal) })
    })
}

/// The first numbered split that a text names.
pub(crate) fn numbered_split_in(text: &str) -> Option<SplitName> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .find_map(|word| numbered_split(&word.to_ascii_lowercase()))
}

/// The kind of run that the last such word of a text names: in `Smoke: N/A. Full (test402):` it is full.
pub(crate) fn last_run_kind(text: &str) -> Option<RunKind> {
    let mut kind = None;
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        kind = match word {
            "Smoke" | "smoke" => Some(RunKind::Smoke),
            "Full" | "full" => Some(RunKind::Full),
            "Quick" | "quick" => Some(RunKind::Quick),
            "Sweep" | "sweep" => Some(RunKind::Sweep),
            "rerun" | "Rerun" => Some(RunKind::Rerun),
            "Historical" => Some(RunKind::Historical),
            "Diagnostic" | "Diagnosis" => Some(RunKind::Diagnostic),
            _ => kind,
        };
    }
    kind
}

/// How a split is written: `test402`.
pub(crate) fn split_name(split: &SplitName) -> String {
    split.nominal.map_or_else(|| split.kind.clone(), |nominal| format!("{}{nominal}", split.kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_label_before_a_path_governs_it() {
        assert_eq!(
            last_run_kind("Smoke: N/A (script runs full by default). Full (test402):"),
            Some(RunKind::Full)
        );
        assert_eq!(last_run_kind("Smoke (train64):"), Some(RunKind::Smoke));
        assert_eq!(last_run_kind("PSP Stage-1"), None);
    }

    #[test]
    fn numbered_splits_are_read_and_other_words_are_not() {
        assert_eq!(numbered_split("test402").map(|s| s.nominal), Some(Some(402)));
        assert_eq!(numbered_split("testing"), None);
        assert!(is_test_word("test") && is_test_word("test402") && !is_test_word("tests"));
    }
}
