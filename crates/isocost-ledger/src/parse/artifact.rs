//! Artifacts in fields and prose (spec §1.2, §1.3).

use super::lex::code::{CodeSpan, code_spans};
use super::lex::ids::first_experiment;
use super::lex::list::parenthesis;
use crate::model::{ArtifactKind, ArtifactSpec};
use crate::text::Piece;

/// Endings of files that ledgers name.
const ENDINGS: &[&str] = &[
    "json",
    "jsonl",
    "csv",
    "tsv",
    "md",
    "txt",
    "log",
    "out",
    "pt",
    "pth",
    "ckpt",
    "npz",
    "npy",
    "png",
    "pdf",
    "svg",
    "yaml",
    "yml",
    "toml",
    "parquet",
    "py",
    "sh",
    "zip",
    "html",
    "tex",
    "safetensors",
    "pkl",
    "mp4",
    "wav",
];
/// First parts of paths that ledgers name.
const ROOTS: &[&str] = &[
    "runs",
    "outputs",
    "artifacts",
    "data",
    "logs",
    "scripts",
    "configs",
    "checkpoints",
    "results",
    ".",
    "..",
    "...",
];

/// Whether code is a path rather than a name, an expression or a command.
pub(super) fn looks_like_path(code: &str) -> bool {
    if code.is_empty() || code.starts_with('-') || code.contains([' ', '=', '"', '\'', '\n', '>', '|', ';']) {
        return false;
    }
    let ending = code.rsplit_once('.').is_some_and(|(stem, endings)| {
        let known = |ending: &str| ENDINGS.contains(&ending);
        !stem.is_empty() && !stem.ends_with('/') && !endings.is_empty() && endings.split('/').all(known)
    });
    let brace_ending = code.ends_with('}') && code.contains(".{");
    let root = code.split_once('/').is_some_and(|(first, _)| ROOTS.contains(&first) || code.starts_with('/'));
    ending || brace_ending || root
}

/// What kind of path it is.
pub(super) fn kind(path: &str) -> ArtifactKind {
    if path.starts_with("...") {
        ArtifactKind::Elision
    } else if path.contains('$') || path.split_once('<').is_some_and(|(_, rest)| rest.contains('>')) {
        ArtifactKind::Template
    } else if path.split_once('{').is_some_and(|(_, rest)| rest.contains('}')) {
        ArtifactKind::BraceSet
    } else if path.contains(['*', '?']) {
        ArtifactKind::Glob
    } else if path.ends_with('/') || !path.rsplit('/').next().unwrap_or(path).contains('.') {
        ArtifactKind::Directory
    } else {
        ArtifactKind::File
    }
}

/// One artifact from its path as written.
pub(super) fn spec(path: Piece<'_>, note: Option<Piece<'_>>, label: Option<Piece<'_>>) -> ArtifactSpec {
    ArtifactSpec {
        kind: kind(path.as_str()),
        resolved: None,
        note: note.map(|note| note.trim().to_text()),
        owner: first_experiment(path),
        label: label.map(Piece::to_text),
        path: path.to_text(),
    }
}

/// All paths in code spans of a piece. Elisions are filled in from the path before them.
pub(super) fn in_prose(piece: Piece<'_>) -> Vec<ArtifactSpec> {
    let paths = code_spans(piece).filter(|span| looks_like_path(span.inner.as_str()));
    resolved(paths.map(|span| from_span(piece, span)).collect())
}

/// All code spans of a piece, whatever they look like: the piece is a list of artifacts.
pub(super) fn in_list(piece: Piece<'_>) -> Vec<ArtifactSpec> {
    resolved(code_spans(piece).map(|span| from_span(piece, span)).collect())
}

fn from_span<'a>(piece: Piece<'a>, span: CodeSpan<'a>) -> ArtifactSpec {
    let after = piece.skip(span.outer.end() - piece.start()).trim_start();
    let before = piece.take(span.outer.start() - piece.start());
    spec(span.inner, short_note(after), label_before(before))
}

/// A parenthesis right after the path, when it is a note and not a list of facts.
fn short_note(after: Piece<'_>) -> Option<Piece<'_>> {
    const LONGEST: usize = 80;
    let close = after.as_str().bytes().take(LONGEST).position(|byte| byte == b')')?;
    let (note, _) = parenthesis(after.take(close + 1))?;
    (!note.as_str().contains(['≈', '='])).then_some(note)
}

/// The word before `=` or `: ` right before the path.
fn label_before(before: Piece<'_>) -> Option<Piece<'_>> {
    const LONGEST: usize = 60;
    let tail = tail(before, LONGEST);
    let label = tail.strip_suffix("=").or_else(|| tail.trim_end().strip_suffix(":"))?;
    let start = label.as_str().rfind(['.', ';', ',', '(', ')', '`', '+', '=']).map_or(0, |at| at + 1);
    let label = label.skip(start).trim();
    (!label.is_empty()).then_some(label)
}

/// The last bytes of a piece, at most `length`, cut at a character boundary.
pub(super) fn tail(piece: Piece<'_>, length: usize) -> Piece<'_> {
    let mut from = piece.len().saturating_sub(length);
    while from < piece.len() && !piece.as_str().is_char_boundary(from) {
        from += 1;
    }
    piece.skip(from)
}

fn resolved(mut specs: Vec<ArtifactSpec>) -> Vec<ArtifactSpec> {
    let mut directory: Option<String> = None;
    for spec in &mut specs {
        if spec.kind == ArtifactKind::Elision {
            // `...name` leaves out the start of a name, not a directory: nothing says which.
            let rest = spec.path.raw.trim_start_matches('.').strip_prefix('/');
            spec.resolved =
                directory.as_ref().zip(rest).map(|(directory, rest)| format!("{directory}/{rest}"));
            continue;
        }
        let path = spec.path.raw.as_str();
        directory = match spec.kind {
            ArtifactKind::Directory => Some(path.trim_end_matches('/').to_owned()),
            _ => path.rsplit_once('/').map(|(directory, _)| directory.to_owned()),
        };
    }
    specs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_elision_is_the_directory_named_just_before() {
        let found = in_prose(Piece::new("`runs/E0402_a/metrics.json` + `.../diagnose.json` (`p=0.1`)"));
        assert_eq!(found[1].effective_path(), "runs/E0402_a/diagnose.json");
        assert_eq!(found[1].kind, ArtifactKind::Elision);
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn names_and_expressions_are_no_paths() {
        for code in [
            "anchored_top2",
            "Δ=+0.02",
            "160/224/352",
            "SEEDS=0..9",
            "bash scripts/a.sh",
            "--vision",
            "alpha * x",
            "0.5",
        ] {
            assert!(!looks_like_path(code), "{code}");
        }
        for code in [
            "runs/E0001_*",
            "metrics.json",
            "a/bucket_report.{json,md}",
            "./outputs/x",
            "eval.csv/json",
            "/data/m.pt",
        ] {
            assert!(looks_like_path(code), "{code}");
        }
    }

    #[test]
    fn kinds_follow_the_path() {
        use ArtifactKind::{BraceSet, Directory, File, Glob, Template};
        let kinds: Vec<_> =
            ["runs/a/", "runs/a", "a.json", "runs/*/a.json", "r.{json,md}", "runs/$(date)/x", "<ts>/a"]
                .map(kind)
                .into();
        assert_eq!(kinds, [Directory, Directory, File, Glob, BraceSet, Template, Template]);
    }

    #[test]
    fn notes_labels_and_owners_are_kept() {
        let found = in_prose(Piece::new("x + diagnose=`runs/E0979_q/diagnose.json` (reused)"));
        assert_eq!(found[0].label.as_ref().unwrap().raw, "diagnose");
        assert_eq!(found[0].note.as_ref().unwrap().raw, "reused");
        assert_eq!(found[0].owner.as_ref().unwrap().0, "E0979");
    }
}
