use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why a part of a requirement is not machine-checkable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Prose without a condition in it.
    Prose,
    /// It asks for a number to be reported, and sets no bound.
    ReportOnly,
    /// It says what to do if something holds. The condition is a gate, not a requirement.
    ConditionalAction,
    /// It defines a name.
    Definition,
    /// It says how to choose among several runs.
    SelectionRule,
    /// An arrow says in which direction a metric should go, and nothing by how much or compared with what.
    Direction,
    /// It speaks of a trend over several runs.
    Trend,
    /// It speaks of the largest or smallest among several runs.
    AcrossRuns,
    /// A vague word: competitive, close to, small, stable, better.
    Vague,
    /// The quantifier is in words that name no axis: per-row, per-bucket, for all, across.
    QuantifiedInProse,
    /// A quantifier at the end of a list may cover this part too, or not.
    AmbiguousQuantifier,
    /// It is compared with something that is not named exactly.
    UnnamedComparison,
    /// The name of a group whose members follow.
    GroupName,
    /// A set of files by wildcard or description: it is not said which there must be.
    FileSet,
    /// Names of metrics without a file to read them in.
    MetricNames,
    /// It looks like a rule, and is not one.
    Unparsed,
}

impl Why {
    /// The reason in words, to follow "not machine-checkable: ".
    pub fn explain(self) -> &'static str {
        match self {
            Self::Prose => "it is prose",
            Self::ReportOnly => "it asks to report a number and sets no bound",
            Self::ConditionalAction => "it says what to do if something holds; the condition is a gate",
            Self::Definition => "it defines a name",
            Self::SelectionRule => "it says how to choose among runs",
            Self::Direction => "an arrow gives a direction, and no amount and no comparison",
            Self::Trend => "it speaks of a trend over several runs",
            Self::AcrossRuns => "it compares with all other runs",
            Self::Vague => "a word in it has no number",
            Self::QuantifiedInProse => "the words for how many name no axis",
            Self::AmbiguousQuantifier => "the quantifier at the end of the list may or may not cover it",
            Self::UnnamedComparison => "what it is compared with is not named",
            Self::GroupName => "it names the group of what follows",
            Self::FileSet => "it is not said which files there must be",
            Self::MetricNames => "no file is named to read these metrics in",
            Self::Unparsed => "it looks like a rule, and does not parse",
        }
    }

    /// The most telling reason for a text that is not a rule.
    pub(super) fn of(text: &str) -> Self {
        let lower = text.trim().to_lowercase();
        let starts_of_words = word_starts(&lower);
        let has =
            |words: &[&str]| starts_of_words.iter().any(|rest| words.iter().any(|word| begins(rest, word)));
        let starts = |words: &[&str]| {
            words.iter().any(|word| {
                lower.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            })
        };
        if starts(&["if", "promote", "only promote", "otherwise", "stop"]) {
            Self::ConditionalAction
        } else if has(&["tie-break"]) || has(&["selects"]) || has(&["select"]) {
            Self::SelectionRule
        } else if starts(&["report", "reports"]) || has(&["report"]) {
            Self::ReportOnly
        } else if is_definition(&lower) {
            Self::Definition
        } else if lower.contains(['↑', '↓']) {
            Self::Direction
        } else if has(&[
            "decreases",
            "increases",
            "monotonic",
            "scales",
            "shifts",
            "shrinks",
            "degrades",
            "as",
        ]) {
            Self::Trend
        } else if has(&["highest", "lowest", "largest", "smallest", "best"]) {
            Self::AcrossRuns
        } else if lower.starts_with("per-")
            || has(&[
                "for all",
                "for each",
                "across",
                "at least one",
                "for at least",
                "every",
                "per-bucket",
                "per-row",
            ])
            || lower.contains("≥1")
        {
            Self::QuantifiedInProse
        } else if has(&["vs", "versus", "than", "beats", "improves"]) {
            Self::UnnamedComparison
        } else if has(&[
            "competitive",
            "non-trivial",
            "clearly",
            "small",
            "stable",
            "close to",
            "about",
            "roughly",
            "near",
            "possible",
        ]) {
            Self::Vague
        } else if lower.contains(['<', '>', '=', '≥', '≤', '≈', '~']) {
            Self::Unparsed
        } else {
            Self::Prose
        }
    }
}

fn is_definition(lower: &str) -> bool {
    let Some((name, rest)) = lower.split_once('=') else { return false };
    matches!(name.trim(), "δ" | "∆" | "delta")
        && rest.contains('-')
        && !rest.contains(['=', '<', '>', '≥', '≤'])
}

/// The rests of a text from the start of each word on.
fn word_starts(text: &str) -> Vec<&str> {
    let mut inside = false;
    let starts = text.char_indices().filter_map(|(at, c)| {
        let before = std::mem::replace(&mut inside, is_inner(c));
        (inside && !before).then(|| text.get(at..)).flatten()
    });
    starts.collect()
}

/// Whether a text begins with a word, or several words, and not with a longer one.
fn begins(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(is_inner))
}

fn is_inner(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telling_word_counts_wherever_it_stands_alone() {
        assert_eq!(Why::of("Δ is, we hope, competitive"), Why::Vague);
        assert_eq!(Why::of("`metrics.json` and a report"), Why::ReportOnly);
        assert_eq!(Why::of("reporting, unclearly, of smallness"), Why::Prose);
        assert_eq!(Why::of("holds for all budgets"), Why::QuantifiedInProse);
        assert_eq!(Why::of("a (tie-break: b)"), Why::SelectionRule);
        assert_eq!(Why::of("pre_select"), Why::Prose);
    }
}
