//! Split, seeds, kind of run and selected configuration of a statement.

use super::{inherit, selected};
use crate::model::{ArtifactSpec, Context, RunKind, Stamp};
use crate::parse::lex::seeds::{find_seeds, seeds_in_path};
use crate::parse::lex::split::find_split;
use crate::text::Piece;

/// The places that tell a statement's context, best first.
pub(super) struct Places<'a> {
    /// Before the first path or number: the author's label.
    pub(super) head: Piece<'a>,
    /// From there to the first number: `best=…`, `(test402; …`.
    pub(super) facts: Piece<'a>,
    /// All of it.
    pub(super) all: Piece<'a>,
    pub(super) artifacts: &'a [ArtifactSpec],
}

/// Reads a context; what no place tells comes from `default`, unless the statement is of another kind of run.
pub(super) fn context(places: &Places<'_>, default: &Context) -> Context {
    let head = places.head.as_str();
    let path = places.artifacts.first().map(ArtifactSpec::effective_path);
    let mut context = Context {
        split: find_split(last_sentence(head))
            .or_else(|| path.and_then(split_of_path))
            .or_else(|| find_split(places.facts.as_str()))
            .or_else(|| find_split(head))
            .or_else(|| split_after_on(places.all.as_str())),
        seeds: find_seeds(last_sentence(head))
            .or_else(|| find_seeds(near(places)))
            .or_else(|| path.and_then(seeds_in_path))
            .or_else(|| find_seeds(head)),
        run_kind: run_kind(head, path),
        selected: selected(places.all).map(Piece::to_text),
    };
    let other_run =
        context.run_kind.is_some() && default.run_kind.is_some() && context.run_kind != default.run_kind;
    if other_run {
        let split = Context { split: default.split.clone(), ..Context::default() };
        inherit(&mut context, &split);
    } else {
        inherit(&mut context, default);
    }
    context
}

/// What follows the last `. ` of a label, unless that is nothing.
fn last_sentence(head: &str) -> &str {
    head.rfind(". ").and_then(|at| head.get(at + 2..)).filter(|rest| !rest.trim().is_empty()).unwrap_or(head)
}

/// What stands right after the path, up to the end of the first sentence or parenthesis.
fn near<'a>(places: &Places<'a>) -> &'a str {
    let from = places.facts.start() - places.all.start();
    let rest = places.all.skip(from).as_str();
    let end = rest.find(')').into_iter().chain(rest.find(". ")).min().unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

/// The split in the name of a run: a numbered name, `official_val`, or the transfer scripts' `to_test`.
fn split_of_path(path: &str) -> Option<crate::model::SplitName> {
    let directory = Stamp::directory(path).unwrap_or(path);
    let inside = path.get(directory.len()..).unwrap_or_default();
    find_split(inside)
        .filter(|split| split.nominal.is_some())
        .or_else(|| find_split(directory))
        .or_else(|| find_split(inside))
}

fn split_after_on(text: &str) -> Option<crate::model::SplitName> {
    text.match_indices("on ").find_map(|(at, mark)| {
        let rest = text.get(at + mark.len()..)?;
        let word = rest.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
        find_split(word)
    })
}

/// Words of a label, and of a run's name, that tell its kind.
const KINDS: &[(&str, RunKind)] = &[
    ("smoke", RunKind::Smoke),
    ("historical", RunKind::Historical),
    ("diagnostic", RunKind::Diagnostic),
    ("diagnosis", RunKind::Diagnostic),
    ("diagnose", RunKind::Diagnostic),
    ("sweep", RunKind::Sweep),
    ("sweeps", RunKind::Sweep),
    ("quick", RunKind::Quick),
    ("full", RunKind::Full),
];

fn kind_word(word: &str) -> Option<RunKind> {
    KINDS.iter().find(|(known, _)| word.eq_ignore_ascii_case(known)).map(|(_, kind)| *kind)
}

/// The kind that a label tells: its first telling word; `rerun` only if there is no other.
fn kind_of_label(label: &str) -> Option<RunKind> {
    let words = || label.split(|c: char| !c.is_alphanumeric());
    let rerun = || words().any(|word| word.eq_ignore_ascii_case("rerun")).then_some(RunKind::Rerun);
    words().find_map(kind_word).or_else(rerun)
}

/// The kind that the name of a run tells.
fn kind_of_run(run: &str) -> Option<RunKind> {
    let mut told = run.split(['_', '/', '-']).filter_map(kind_word);
    told.find(|kind| matches!(kind, RunKind::Smoke | RunKind::Quick | RunKind::Full))
}

/// The label's last sentence counts first: `Smoke: N/A. Full (test402):` is a label of the full run.
fn run_kind(head: &str, path: Option<&str>) -> Option<RunKind> {
    let file = path.map(|path| path.rsplit('/').next().unwrap_or(path)).unwrap_or_default();
    let run = path.map(|path| Stamp::directory(path).unwrap_or(path)).unwrap_or_default();
    let told =
        kind_of_label(last_sentence(head)).or_else(|| kind_of_run(run)).or_else(|| kind_of_label(head));
    let by_file = match file {
        "diagnose.json" => Some(RunKind::Diagnostic),
        "sweep_summary.json" | "variants_summary.json" => Some(RunKind::Sweep),
        _ => None,
    };
    match told {
        Some(RunKind::Smoke | RunKind::Historical | RunKind::Diagnostic) => told,
        _ => by_file.or(told),
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Context, RunKind};
    use crate::parse::statement::statements;
    use crate::text::Piece;

    fn contexts(text: &str) -> Vec<(Option<String>, Option<usize>, Option<RunKind>)> {
        statements(Piece::new(text), &Context::default())
            .into_iter()
            .map(|s| {
                let split = s
                    .context
                    .split
                    .map(|s| format!("{}{}", s.kind, s.nominal.map_or(String::new(), |n| n.to_string())));
                (split, s.context.seeds.map(|s| s.len()), s.context.run_kind)
            })
            .collect()
    }

    #[test]
    fn each_run_has_its_own_context() {
        let text = "Smoke (train64/test32; SEEDS=0,1; EPOCHS=1): `runs/E0212_best_to_test_20260204-111837/metrics.json`. Full (test402; SEEDS=0..9): `runs/E0212_best_to_test_20260204-111852/metrics.json` (best_config=`x`; anchored=0.71502 vs uniform=0.70858).";
        assert_eq!(
            contexts(text),
            [
                (Some("test32".into()), Some(2), Some(RunKind::Smoke)),
                (Some("test402".into()), Some(10), Some(RunKind::Full))
            ]
        );
    }

    #[test]
    fn the_path_tells_what_the_words_do_not() {
        assert_eq!(
            contexts("`runs/E0976_full_test402_best_s0-9_20260214-030359/metrics.json` anchored=0.73348"),
            [(Some("test402".into()), Some(10), Some(RunKind::Full))]
        );
        assert_eq!(
            contexts("`runs/E0231_best_to_test_official_20260204-145349/metrics.json` (a=0.1)")[0].0,
            Some("test".into())
        );
        assert_eq!(
            contexts("Smoke: `runs/E1_x_20260204-145349/s.json` (LIMIT_EVAL=32 SEEDS=0,1 EPOCHS=1).")[0].1,
            Some(2)
        );
    }
}
