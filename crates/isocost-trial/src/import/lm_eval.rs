//! Samples of lm-evaluation-harness (`samples_TASK_TIME.jsonl`) and lmms-eval (`TIME_samples_TASK.jsonl`), with the results file beside them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::draft::{Draft, blank};
use super::error::ImportError;
use super::format::{Format, Units};
use super::json;

/// How much of a document's hash goes into an item's id.
const HASH_DIGITS: usize = 8;

/// Fields of a line that are no metrics, for logs that do not list theirs.
const NO_METRICS: [&str; 12] = [
    "target",
    "input",
    "doc",
    "arguments",
    "resps",
    "filtered_resps",
    "prompt_hash",
    "target_hash",
    "token_counts",
    "time",
    "latency",
    "idx",
];

#[derive(Deserialize)]
struct Line {
    doc_id: Value,
    doc_hash: Option<String>,
    filter: Option<String>,
    metrics: Option<Vec<String>>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// What a results file says about its run.
#[derive(Debug, Default)]
struct Run {
    model: Option<String>,
    seed: Option<String>,
    splits: BTreeMap<String, String>,
}

pub(super) fn read(files: &[PathBuf]) -> Result<Draft, ImportError> {
    let mut draft = Draft::new(
        Format::LmEvalSamples,
        Units::Items,
        &[
            (
                "item",
                "doc_id, with the first digits of doc_hash: the same number with another document is another item",
            ),
            ("seed", "config.random_seed of the results file"),
            ("arm", "the model of the results file, else the directory"),
            ("split", "test_split or validation_split of the task"),
            ("metric", "task / metric, and the filter where there is one"),
            ("value", "the metric's field of each line"),
            ("cost", "token_counts where they are logged (lmms-eval), else not measured"),
        ],
    );
    for path in files {
        let (bytes, hash) = json::read(path)?;
        draft.file(path, hash);
        let run = run_of(path)?;
        add(path, &bytes, &run, &mut draft)?;
    }
    Ok(draft)
}

fn add(path: &Path, bytes: &[u8], run: &Run, draft: &mut Draft) -> Result<(), ImportError> {
    let task = task_of(path);
    let model = run.model.clone().or_else(|| directory(path)).unwrap_or_else(|| "model".to_owned());
    let mut has_cost = true;
    let mut documents: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (line, record) in bytes.split(|byte| *byte == b'\n').zip(1_u64..) {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let wrong = |error: String| ImportError::malformed(path, format!("line {record}: {error}"));
        let line: Line = serde_json::from_slice(line).map_err(|error| wrong(error.to_string()))?;
        let id = json::name(&line.doc_id).ok_or_else(|| wrong("doc_id is no name".to_owned()))?;
        let hash = line.doc_hash.as_deref().and_then(|hash| hash.get(..HASH_DIGITS));
        if hash.is_none() {
            draft.note(format!(
                "{}: there is no doc_hash: equal numbers are taken for equal documents",
                path.display()
            ));
        }
        if let Some(hash) = &line.doc_hash {
            documents.entry(hash.clone()).or_default().insert(id.clone());
        }
        let cost = tokens(&line);
        has_cost = has_cost && cost.is_some();
        let mut row = blank();
        row.item = hash.map_or_else(|| id.clone(), |hash| format!("{id}@{hash}")).into();
        row.arm = model.as_str().into();
        row.seed = run.seed.clone().unwrap_or_default().into();
        row.split = run.splits.get(&task).cloned().unwrap_or_default().into();
        row.cost = cost;
        row.cost_unit = if cost.is_some() { "tokens".into() } else { "".into() };
        let mut found = false;
        for (metric, value) in metrics(&line) {
            let filter = line.filter.as_deref().filter(|filter| *filter != "none");
            let filter = filter.map_or_else(String::new, |filter| format!(",{filter}"));
            row.metric = format!("{task}/{metric}{filter}").into();
            row.value = value;
            draft.push(record, row.clone());
            found = true;
        }
        if !found {
            draft
                .note(format!("{}: lines without a number among their metrics are left out", path.display()));
        }
    }
    if documents.len() == 1 && documents.values().any(|ids| ids.len() > 1) {
        draft.note(format!(
            "{}: all documents have one doc_hash, so it cannot tell whether both sides asked the same",
            path.display()
        ));
    }
    if !has_cost {
        draft.note("cost is not measured in the samples (no token_counts)");
    }
    Ok(())
}

/// The metrics of a line: those it lists, or, in logs that list none, all numbers that are no known field.
fn metrics(line: &Line) -> Vec<(&str, Option<f64>)> {
    if let Some(listed) = &line.metrics {
        let listed = listed.iter().filter_map(|name| Some((name.as_str(), line.rest.get(name)?)));
        return listed.filter_map(|(name, value)| Some((name, Some(score(value)?)))).collect();
    }
    let unlisted = line.rest.iter().filter(|(name, _)| !NO_METRICS.contains(&name.as_str()));
    unlisted.filter_map(|(name, value)| Some((name.as_str(), Some(score(value)?)))).collect()
}

/// A number, or the `score` of a record as lmms-eval's tasks log them.
fn score(value: &Value) -> Option<f64> {
    json::number(value).or_else(|| json::number(value.get("score")?))
}

fn tokens(line: &Line) -> Option<f64> {
    let counts = line.rest.get("token_counts")?;
    let counts: Vec<&Value> = match counts {
        Value::Array(counts) => counts.iter().collect(),
        one => vec![one],
    };
    let total = |count: &Value| {
        let part = |name: &str| count.get(name).and_then(json::number);
        part("total_tokens").or_else(|| match (part("input_tokens"), part("output_tokens")) {
            (None, None) => None,
            (input, output) => Some(input.unwrap_or(0.0) + output.unwrap_or(0.0)),
        })
    };
    let totals: Option<Vec<f64>> = counts.into_iter().map(total).collect();
    totals.filter(|totals| !totals.is_empty()).map(|totals| totals.iter().sum())
}

/// `samples_TASK_TIME.jsonl` or `TIME_samples_TASK.jsonl`.
fn task_of(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    match stem.split_once("samples_") {
        Some(("", rest)) => match rest.rsplit_once('_') {
            Some((task, time)) if is_time(time) => task.to_owned(),
            _ => rest.to_owned(),
        },
        Some((_, task)) => task.to_owned(),
        None => stem,
    }
}

fn is_time(text: &str) -> bool {
    text.len() >= 10 && text.starts_with(|c: char| c.is_ascii_digit()) && text.contains('T')
}

fn directory(path: &Path) -> Option<String> {
    Some(path.parent()?.file_name()?.to_string_lossy().into_owned())
}

/// The results file of the same run: the one with the samples' time in its name, else the only one beside them.
fn run_of(path: &Path) -> Result<Run, ImportError> {
    let Some(parent) = path.parent() else { return Ok(Run::default()) };
    let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
    let names = isocost_fs::list_names(parent).map_err(|error| ImportError::at(parent, error))?;
    let names = names.into_iter().filter_map(|(name, _)| name.into_string().ok());
    let is_results = |name: &String| {
        json::has_extension(name, "json") && (name.starts_with("results") || name.ends_with("_results.json"))
    };
    let found: Vec<String> = names.filter(is_results).collect();
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let of_time = |name: &&String| {
        let time = name.trim_end_matches(".json").trim_start_matches("results_").trim_end_matches("_results");
        is_time(time) && stem.contains(time) || (time.len() >= 8 && stem.starts_with(time))
    };
    let chosen = found.iter().find(of_time).or(if found.len() == 1 { found.first() } else { None });
    let Some(chosen) = chosen else { return Ok(Run::default()) };
    let results = parent.join(chosen);
    let (bytes, _) = json::read(&results)?;
    Ok(described(&json::parse::<Value>(&results, &bytes)?))
}

fn described(results: &Value) -> Run {
    let config = results.get("config");
    let text = |value: Option<&Value>| value.and_then(json::name);
    let arguments = config.and_then(|config| config.get("model_args"));
    let pretrained = match arguments {
        Some(Value::Object(arguments)) => text(arguments.get("pretrained").or(arguments.get("model"))),
        Some(Value::String(arguments)) => {
            let find = |key: &str| {
                arguments.split(',').find_map(|part| part.trim().strip_prefix(key)?.strip_prefix('='))
            };
            find("pretrained").or_else(|| find("model")).map(str::to_owned)
        }
        _ => None,
    };
    let model = pretrained
        .or_else(|| text(results.get("model_name")))
        .or_else(|| config.and_then(|config| text(config.get("model"))));
    let mut splits = BTreeMap::new();
    if let Some(Value::Object(configs)) = results.get("configs") {
        for (task, config) in configs {
            let split = text(config.get("test_split")).or_else(|| text(config.get("validation_split")));
            splits.extend(split.map(|split| (task.clone(), split)));
        }
    }
    Run { model, seed: config.and_then(|config| text(config.get("random_seed"))), splits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_named_by_its_file() {
        let task = |name: &str| task_of(Path::new(name));
        assert_eq!(task("out/samples_sums_choice_2026-11-24T18-04-21.313713.jsonl"), "sums_choice");
        assert_eq!(task("20261124_180421_samples_mme.jsonl"), "mme");
        assert_eq!(task("samples_a_b.jsonl"), "a_b");
    }
}
