//! What a file or directory is, by its content.

use std::io::Read;
use std::path::{Path, PathBuf};

use isocost_fs::Kind;

use super::error::{ImportError, ImportProblem};
use super::format::Format;
use super::json::has_extension;
use crate::table::{Column, TableFormat};

/// How much of a file is looked at.
const HEAD: u64 = 256 << 10;

/// The files (or run directories) of one format at a path.
pub(super) fn detect(path: &Path, is_mapped: bool) -> Result<(Format, Vec<PathBuf>), ImportError> {
    let stamp = isocost_fs::stamp_of(path).map_err(|error| ImportError::at(path, error))?;
    if stamp.is_dir {
        return directory(path);
    }
    Ok((file(path, is_mapped)?, vec![path.to_owned()]))
}

fn directory(path: &Path) -> Result<(Format, Vec<PathBuf>), ImportError> {
    let entries = isocost_fs::walk(path).map_err(|error| ImportError::at(path, error))?;
    let mut runs: Vec<PathBuf> = Vec::new();
    let is_run = |dir: &Path| isocost_fs::exists(&dir.join("meta.yaml"));
    for entry in &entries {
        let run = entry.path.parent().filter(|run| entry.kind == Kind::Dir && is_run(run));
        if let Some(run) = run.filter(|_| entry.path.ends_with("metrics")) {
            runs.push(run.to_owned());
        }
    }
    if !runs.is_empty() {
        return Ok((Format::MlflowRuns, runs));
    }
    let files: Vec<&PathBuf> =
        entries.iter().filter(|entry| entry.kind == Kind::File).map(|entry| &entry.path).collect();
    let named = |fits: &dyn Fn(&str) -> bool| -> Vec<PathBuf> {
        let fits = |path: &&&PathBuf| fits(&path.file_name().unwrap_or_default().to_string_lossy());
        files.iter().filter(fits).map(|path| (*path).clone()).collect()
    };
    let kinds: [(Format, Vec<PathBuf>); 5] = [
        (Format::InspectLog, named(&|name| has_extension(name, "eval"))),
        (Format::LmEvalSamples, named(&|name| name.contains("samples_") && has_extension(name, "jsonl"))),
        (
            Format::OutcomeTable,
            named(&|name| ["outcomes.csv", "outcomes.jsonl", "outcomes.parquet"].contains(&name)),
        ),
        (Format::SeedMetrics, named(&|name| name == "metrics.json")),
        (Format::ResultsCsv, named(&|name| name == "results.csv")),
    ];
    for (format, found) in kinds {
        if !found.is_empty() && (format != Format::SeedMetrics || all_are(&found, format)) {
            return Ok((format, found));
        }
    }
    let mut other: Vec<(Format, PathBuf)> = Vec::new();
    for path in named(&|name| has_extension(name, "json") || has_extension(name, "npz")) {
        if let Ok(format) = file(&path, false) {
            other.push((format, path));
        }
    }
    if let Some((first, _)) = other.first() {
        let first = *first;
        return Ok((
            first,
            other.into_iter().filter(|(format, _)| *format == first).map(|(_, path)| path).collect(),
        ));
    }
    let few: Vec<String> = files
        .iter()
        .take(5)
        .map(|file| file.strip_prefix(path).unwrap_or(file).display().to_string())
        .collect();
    let why = if few.is_empty() {
        "the directory is empty".to_owned()
    } else {
        format!(
            "nothing in the directory is a known log (there are {} files: {}…)",
            files.len(),
            few.join(", ")
        )
    };
    Err(ImportError::at(path, ImportProblem::Unrecognised(why)))
}

fn all_are(files: &[PathBuf], wanted: Format) -> bool {
    files.iter().all(|path| file(path, false).ok() == Some(wanted))
}

fn file(path: &Path, is_mapped: bool) -> Result<Format, ImportError> {
    let mut head = Vec::new();
    let reader = isocost_fs::open_file(path).map_err(|error| ImportError::at(path, error))?;
    if let Err(error) = reader.take(HEAD).read_to_end(&mut head) {
        return Err(ImportError::malformed(path, format!("cannot be read: {error}")));
    }
    let text = String::from_utf8_lossy(&head);
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let unknown = |why: &str| Err(ImportError::at(path, ImportProblem::Unrecognised(why.to_owned())));
    if head.starts_with(b"PK") {
        return if has_extension(&name, "npz") { Ok(Format::Npz) } else { Ok(Format::InspectLog) };
    }
    match TableFormat::of(path) {
        Some(_) if is_mapped => return Ok(Format::MappedTable),
        Some(TableFormat::Parquet) => return Ok(Format::OutcomeTable),
        Some(TableFormat::Csv) => {
            let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
            let names: Vec<&str> =
                header.split(',').map(|name| name.trim_matches(['"', ' ', '\r', '\u{feff}'])).collect();
            let has = |name: &str| names.contains(&name);
            if has("baseline_name") && has("accuracy") && !has("item") {
                return Ok(Format::ResultsCsv);
            }
            return Ok(Format::OutcomeTable);
        }
        Some(TableFormat::JsonLines) => {
            let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
            let has = |name: &str| line.contains(&format!("\"{name}\""));
            let is_table = Column::ALL.into_iter().all(|column| has(column.name()));
            let is_samples = has("doc_id") && (has("resps") || has("filtered_resps"));
            return Ok(if is_samples && !is_table { Format::LmEvalSamples } else { Format::OutcomeTable });
        }
        None => {}
    }
    if !has_extension(&name, "json") {
        return unknown("neither the name nor the first bytes tell what this is");
    }
    if text.contains("\"results_by_seed\"") || whole_has(path, "\"results_by_seed\"")? {
        return Ok(Format::SeedMetrics);
    }
    if text.contains("\"eval\"") && text.contains("\"task\"") && text.contains("\"model\"") {
        return Ok(Format::InspectLog);
    }
    if text.contains("\"configs\"") && text.contains("\"results\"") {
        return unknown(
            "this is a results file of lm-evaluation-harness, which holds means only; name the samples_*.jsonl beside it (run with --log_samples)",
        );
    }
    if text.contains("\"summary\"") {
        return unknown("this is a summary without values by item or seed: nothing in it can be paired");
    }
    unknown("the JSON is of no known log")
}

/// Whether a JSON file holds a key; keys may stand after long lists.
fn whole_has(path: &Path, key: &str) -> Result<bool, ImportError> {
    let (bytes, _) = super::json::read(path)?;
    Ok(memchr::memmem::find(&bytes, key.as_bytes()).is_some())
}
