//! Runs of `MLflow`'s file store: `EXPERIMENT/RUN/{meta.yaml,metrics/,params/,tags/}`. A line of a metric is `time value step`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::draft::{Draft, blank};
use super::error::ImportError;
use super::format::{Format, Units};
use super::json;

/// Parameters or tags that name an arm, in this order.
const ARMS: [&str; 5] = ["arm", "method", "policy", "baseline", "variant"];
/// Parameters that hold a seed.
const SEEDS: [&str; 3] = ["seed", "random_seed", "random_state"];

/// Reads run directories.
pub(super) fn read(runs: &[PathBuf]) -> Result<Draft, ImportError> {
    let mut draft = Draft::new(
        Format::MlflowRuns,
        Units::SeedsOnly,
        &[
            ("item", "the step of the metric, or `run` where it was logged once"),
            ("seed", "params/seed, else the run's name"),
            (
                "arm",
                "params or tags arm, method, policy, baseline, variant; else the run's name without what follows its last `-`",
            ),
            ("metric", "the file's name below metrics/"),
            ("value", "the second number of each line"),
        ],
    );
    draft.note("a run holds summaries, no items: only seeds can be the unit of a test, and nothing is said about new items");
    draft.note("cost is not measured; log it per item in an outcome table");
    for run in runs {
        add(run, &mut draft)?;
    }
    Ok(draft)
}

fn add(run: &Path, draft: &mut Draft) -> Result<(), ImportError> {
    let params = texts(&run.join("params"))?;
    let tags = texts(&run.join("tags"))?;
    let id = run.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let name = tags.get("mlflow.runName").cloned().unwrap_or(id);
    let named =
        |names: &[&str]| names.iter().find_map(|name| params.get(*name).or_else(|| tags.get(*name))).cloned();
    let prefix = || name.rsplit_once('-').map_or(name.as_str(), |(prefix, _)| prefix).to_owned();
    let arm = named(&ARMS).unwrap_or_else(prefix);
    let seed = named(&SEEDS).unwrap_or_else(|| name.clone());
    for path in files(&run.join("metrics"))? {
        let (bytes, hash) = json::read(&path)?;
        draft.file(&path, hash);
        let metric = below(&run.join("metrics"), &path);
        let text = String::from_utf8_lossy(&bytes);
        let lines: Vec<(u64, &str)> =
            (1_u64..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()).collect();
        let mut by_step: BTreeMap<i64, (u64, f64)> = BTreeMap::new();
        for (record, line) in &lines {
            let (value, step) = measured(line).ok_or_else(|| {
                ImportError::malformed(&path, format!("line {record} is not `time value step`"))
            })?;
            if by_step.insert(step, (*record, value)).is_some() {
                draft.note(format!(
                    "{}: step {step} was logged more than once; the last counts",
                    path.display()
                ));
            }
        }
        let single = by_step.len() == 1;
        if !single {
            draft.note(
                "metrics with several steps: the mean over the steps is compared; steps are not independent",
            );
        }
        for (step, (record, value)) in by_step {
            let mut row = blank();
            row.item = if single { "run".into() } else { format!("step {step}").into() };
            row.seed = seed.as_str().into();
            row.arm = arm.as_str().into();
            row.metric = metric.as_str().into();
            row.value = Some(value).filter(|value| value.is_finite());
            row.extra = BTreeMap::from([("run".to_owned(), name.clone())]);
            draft.push(record, row);
        }
    }
    Ok(())
}

/// Value and step; old stores have no step.
fn measured(line: &str) -> Option<(f64, i64)> {
    let mut parts = line.split_whitespace();
    parts.next()?.parse::<i64>().ok()?;
    let value = parts.next()?.parse().ok()?;
    let step = parts.next().map_or(Some(0), |step| step.parse().ok())?;
    Some((value, step))
}

/// Each file of a directory with its text.
fn texts(dir: &Path) -> Result<BTreeMap<String, String>, ImportError> {
    let mut found = BTreeMap::new();
    for path in files(dir)? {
        let (bytes, _) = json::read(&path)?;
        found.insert(below(dir, &path), String::from_utf8_lossy(&bytes).trim().to_owned());
    }
    Ok(found)
}

fn files(dir: &Path) -> Result<Vec<PathBuf>, ImportError> {
    if !isocost_fs::exists(dir) {
        return Ok(Vec::new());
    }
    let entries = isocost_fs::walk(dir).map_err(|error| ImportError::at(dir, error))?;
    let files = entries.into_iter().filter(|entry| entry.kind == isocost_fs::Kind::File);
    Ok(files.map(|entry| entry.path).collect())
}

fn below(dir: &Path, path: &Path) -> String {
    path.strip_prefix(dir).unwrap_or(path).to_string_lossy().into_owned()
}
