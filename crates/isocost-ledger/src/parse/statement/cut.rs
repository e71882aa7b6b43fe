//! Where one statement ends and the next begins (spec §9): at each run-directory span; the facts up to the next
//! span belong to that span, except where a `+` joins two spans.

use crate::model::Stamp;
use crate::parse::artifact::looks_like_path;
use crate::parse::lex::code::{CodeSpan, code_spans};
use crate::text::Piece;

/// The statement being read.
#[derive(Debug, Clone, Copy)]
struct Current<'a> {
    start: usize,
    /// End of its last path, its run directory, and the depth of parentheses at its first path.
    path: Option<(usize, &'a str, usize)>,
    /// After the last `. ` outside parentheses since the last path.
    strong: Option<usize>,
    /// After the last `, `, `; `, ` and ` or ` vs ` likewise.
    weak: Option<usize>,
}

impl Current<'_> {
    fn at(start: usize) -> Self {
        Self { start, path: None, strong: None, weak: None }
    }
}

/// Cuts a text into statements. They tile the trimmed text.
pub(super) fn statements(text: Piece<'_>) -> Vec<Piece<'_>> {
    let text = text.trim();
    let mut parts = Vec::new();
    let mut current = Current::at(0);
    let mut depth = 0usize;
    let mut from = 0;
    for span in code_spans(text) {
        let start = span.outer.start() - text.start();
        let end = span.outer.end() - text.start();
        scan(text, from..start, &mut depth, &mut current);
        from = end;
        let Some(directory) = run_directory(span) else { continue };
        match current.path {
            Some((last, known, first_depth))
                if !joined(text.cut(last, start), known, directory, depth, first_depth) =>
            {
                let cut = current.strong.or(current.weak).unwrap_or(start);
                parts.push(text.cut(current.start, cut));
                current = Current::at(cut);
                current.path = Some((end, directory, depth));
            }
            Some((_, known, first_depth)) => current.path = Some((end, known, first_depth)),
            None => current.path = Some((end, directory, depth)),
        }
        current.strong = None;
        current.weak = None;
    }
    parts.push(text.skip(current.start));
    parts.into_iter().map(Piece::trim).filter(|part| !part.is_empty()).collect()
}

fn scan(text: Piece<'_>, range: std::ops::Range<usize>, depth: &mut usize, current: &mut Current<'_>) {
    let Some(prose) = text.as_str().get(range.clone()) else { return };
    let bytes = prose.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'(' => *depth += 1,
            b')' => *depth = depth.saturating_sub(1),
            b' ' if *depth == 0 => {
                let before = bytes.get(..at).unwrap_or_default();
                if before.ends_with(b".") {
                    current.strong = Some(range.start + at + 1);
                } else if [&b","[..], b";", b" and", b" vs"].iter().any(|mark| before.ends_with(mark)) {
                    current.weak = Some(range.start + at + 1);
                }
            }
            _ => {}
        }
    }
}

/// The directory of a run that a span names: up to its stamp, or without its last part.
fn run_directory(span: CodeSpan<'_>) -> Option<&str> {
    let path = span.inner.as_str();
    let run = path.starts_with("runs/") || path.starts_with("outputs/") || path.starts_with("./outputs/");
    let elided = path.starts_with(".../");
    let stamped = || Stamp::directory(path);
    if !looks_like_path(path) || !(run || elided || stamped().is_some() || in_experiment(path)) {
        return None;
    }
    if elided {
        return Some("");
    }
    Some(stamped().unwrap_or_else(|| path.rsplit_once('/').map_or(path, |(directory, _)| directory)))
}

/// `E0002_anchors_official_val/anchor_eval/anchors_metrics.json`, `p0_train3339_val402_energy/metrics.json`.
fn in_experiment(path: &str) -> bool {
    path.contains('/') && (path.starts_with('E') || path.starts_with("p0_")) && path.contains("metrics")
}

/// Whether a path still belongs to the statement before it.
fn joined(between: Piece<'_>, known: &str, directory: &str, depth: usize, first_depth: usize) -> bool {
    let between = between.as_str().trim();
    let plus = between.starts_with('+') || between.ends_with("+ diagnose=");
    depth > first_depth
        || plus
        || directory.is_empty()
        || (directory == known
            && Stamp::in_path(known).is_some_and(|s| s.time.is_some())
            && same_run_only(directory))
}

/// A directory that holds one run, not a root under which several runs lie.
fn same_run_only(directory: &str) -> bool {
    !directory.contains("REAL_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        statements(Piece::new(text)).iter().map(|part| part.as_str()).collect()
    }

    #[test]
    fn facts_belong_to_the_span_before_and_labels_to_the_span_after() {
        assert_eq!(
            cut(
                "Smoke (train64; SEEDS=0,1): `runs/E1_a_20260101-000000/m.json`. Full (test402): `runs/E1_a_20260101-000001/m.json` (Δ=+0.1)."
            ),
            [
                "Smoke (train64; SEEDS=0,1): `runs/E1_a_20260101-000000/m.json`.",
                "Full (test402): `runs/E1_a_20260101-000001/m.json` (Δ=+0.1)."
            ]
        );
        assert_eq!(
            cut("val `runs/a/m.json` (n=401; x) and test `runs/b/m.json` (n=402)"),
            ["val `runs/a/m.json` (n=401; x) and", "test `runs/b/m.json` (n=402)"]
        );
    }

    #[test]
    fn a_plus_a_parenthesis_or_the_same_run_joins_spans() {
        for text in [
            "`runs/E1_a_20260101-000000/m.json` a=0.1 + diagnose=`runs/E1_a_20260101-000000/d.json` (f≈0.7)",
            "`runs/a/m.json` + `.../diagnose.json` (`p=0.1`)",
            "`runs/a_20260101-000000/s.json` (best=`runs/b_20260101-000000/c.json`=`base`; x)",
            "`runs/E1_a_20260101-000000/m.json` (x). Best config: `runs/E1_a_20260101-000000/best.json`.",
        ] {
            assert_eq!(cut(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn text_without_paths_is_one_statement() {
        assert_eq!(cut("a=0.1 vs b=0.2; then `c`. More"), ["a=0.1 vs b=0.2; then `c`. More"]);
        assert!(cut("  ").is_empty());
    }
}
