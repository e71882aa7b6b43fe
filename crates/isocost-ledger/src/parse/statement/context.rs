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
    let path = places.artifacts.first().map(|artifact| artifact.effective_path());
    let mut context = Context {
        split: find_split(places.head.as_str())
            .or_else(|| path.and_then(split_of_path))
            .or_else(|| find_split(places.facts.as_str()))
            .or_else(|| split_after_on(places.all.as_str())),
        seeds: find_seeds(places.head.as_str())
            .or_else(|| find_seeds(near(places)))
            .or_else(|| path.and_then(seeds_in_path)),
        run_kind: run_kind(places.head.as_str(), path),
        selected: selected(places.all).map(Piece::to_text),
    };
    let other_run = context.run_kind.is_some() && default.run_kind.is_some() && context.run_kind != default.run_kind;
    if other_run {
        let split = Context { split: default.split.clone(), ..Context::default() };
        inherit(&mut context, &split);
    } else {
        inherit(&mut context, default);
    }
    context
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
    find_split(inside).filter(|split| split.nominal.is_some()).or_else(|| find_split(directory)).or_else(|| find_split(inside))
}

fn split_after_on(text: &str) -> Option<crate::model::SplitName> {
    text.match_indices("on ").find_map(|(at, mark)| {
        let rest = text.get(at + mark.len()..)?;
        let word = rest.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
        find_split(word)
    })
}

fn run_kind(head: &str, path: Option<&str>) -> Option<RunKind> {
    let head = head.to_ascii_lowercase();
    let has = |word: &str| head.split(|c: char| !c.is_alphanumeric()).any(|w| w == word);
    let file = path.map(|path| path.rsplit('/').next().unwrap_or(path)).unwrap_or_default();
    let run = path.map(|path| Stamp::directory(path).unwrap_or(path)).unwrap_or_default();
    let in_run = |word: &str| run.split(['_', '/', '-']).any(|w| w == word);
    let sweep_file = matches!(file, "sweep_summary.json" | "variants_summary.json");
    if has("smoke") || in_run("smoke") {
        Some(RunKind::Smoke)
    } else if has("historical") {
        Some(RunKind::Historical)
    } else if has("diagnostic") || has("diagnosis") || has("diagnose") || file == "diagnose.json" {
        Some(RunKind::Diagnostic)
    } else if has("sweep") || has("sweeps") || sweep_file {
        Some(RunKind::Sweep)
    } else if has("quick") || in_run("quick") {
        Some(RunKind::Quick)
    } else if has("rerun") {
        Some(RunKind::Rerun)
    } else if has("full") || in_run("full") {
        Some(RunKind::Full)
    } else {
        None
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
                let split = s.context.split.map(|s| format!("{}{}", s.kind, s.nominal.map_or(String::new(), |n| n.to_string())));
                (split, s.context.seeds.map(|s| s.len()), s.context.run_kind)
            })
            .collect()
    }

    #[test]
    fn each_run_has_its_own_context() {
        let text = "Smoke (train64/test32; SEEDS=0,1; EPOCHS=1): `runs/E0212_best_to_test_20260204-111837/metrics.json`. Full (test402; SEEDS=0..9): `runs/E0212_best_to_test_20260204-111852/metrics.json` (best_config=`x`; anchored=0.71502 vs uniform=0.70858).";
        assert_eq!(contexts(text), [
            (Some("test32".into()), Some(2), Some(RunKind::Smoke)),
            (Some("test402".into()), Some(10), Some(RunKind::Full))
        ]);
    }

    #[test]
    fn the_path_tells_what_the_words_do_not() {
        assert_eq!(contexts("`runs/E0976_full_test402_best_s0-9_20260214-030359/metrics.json` anchored=0.73348"), [(
            Some("test402".into()),
            Some(10),
            Some(RunKind::Full)
        )]);
        assert_eq!(contexts("`runs/E0231_best_to_test_official_20260204-145349/metrics.json` (a=0.1)")[0].0, Some("test".into()));
        assert_eq!(contexts("Smoke: `runs/E1_x_20260204-145349/s.json` (LIMIT_EVAL=32 SEEDS=0,1 EPOCHS=1).")[0].1, Some(2));
    }
}
