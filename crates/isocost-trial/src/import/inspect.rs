//! Logs of `inspect_ai`: `.eval` archives and `.json` files, log version 2.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use super::draft::{Draft, blank};
use super::error::ImportError;
use super::format::{Format, Units};
use super::json;
use super::zip::Zip;

#[derive(Deserialize)]
struct Log {
    status: Option<String>,
    eval: Eval,
    #[serde(default)]
    samples: Option<Vec<Sample>>,
}

#[derive(Deserialize)]
struct Eval {
    task: String,
    model: String,
    #[serde(default)]
    task_args: BTreeMap<String, Value>,
    #[serde(default)]
    config: EvalConfig,
}

#[derive(Deserialize, Default)]
struct EvalConfig {
    epochs: Option<u64>,
}

#[derive(Deserialize)]
struct Sample {
    id: Value,
    epoch: Option<u64>,
    #[serde(default)]
    scores: Option<BTreeMap<String, Score>>,
    #[serde(default)]
    model_usage: BTreeMap<String, Usage>,
    output: Option<Output>,
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Score {
    value: Value,
}

#[derive(Deserialize)]
struct Output {
    usage: Option<Usage>,
}

#[derive(Deserialize)]
struct Usage {
    total_tokens: Option<f64>,
}

pub(super) fn read(files: &[PathBuf]) -> Result<Draft, ImportError> {
    let mut draft = Draft::new(
        Format::InspectLog,
        Units::Items,
        &[
            ("item", "sample.id"),
            ("seed", "sample.epoch, where there are several"),
            ("arm", "eval.model, with eval.task_args where logs of one model differ in them"),
            ("metric", "eval.task / name of the score"),
            ("value", "score.value (C 1, P 0.5, I and N 0)"),
            ("cost", "total_tokens of the model per sample, in tokens"),
        ],
    );
    let logs: Vec<(PathBuf, String, Log)> = files.iter().map(|path| load(path)).collect::<Result<_, _>>()?;
    let arms = arms(&logs);
    for ((path, hash, log), arm) in logs.iter().zip(arms) {
        draft.file(path, hash.clone());
        add(path, log, &arm, &mut draft)?;
    }
    Ok(draft)
}

fn load(path: &Path) -> Result<(PathBuf, String, Log), ImportError> {
    let (bytes, hash) = json::read(path)?;
    if !bytes.starts_with(b"PK") {
        return Ok((path.to_owned(), hash, json::parse(path, &bytes)?));
    }
    drop(bytes);
    let zip = Zip::open(path)?;
    if !zip.names().any(|name| name == "header.json") {
        let why = "the log has no header.json: the evaluation was stopped before its end; `inspect log recover` may repair it";
        return Err(ImportError::malformed(path, why));
    }
    let mut log: Log = json::parse(path, &zip.bytes("header.json")?)?;
    let names: Vec<&str> = zip
        .names()
        .filter(|name| name.starts_with("samples/") && json::has_extension(name, "json"))
        .collect();
    let samples: Result<Vec<Sample>, ImportError> =
        names.into_iter().map(|name| json::parse(path, &zip.bytes(name)?)).collect();
    log.samples = Some(samples?);
    Ok((path.to_owned(), hash, log))
}

/// The model; with the task's arguments where logs of one task and model differ in them.
fn arms(logs: &[(PathBuf, String, Log)]) -> Vec<String> {
    let differ = |eval: &Eval| {
        let same = logs.iter().map(|(_, _, log)| &log.eval);
        let same = same.filter(|other| other.model == eval.model && other.task == eval.task);
        same.map(arguments).collect::<BTreeSet<_>>().len() > 1
    };
    let arm = |eval: &Eval| {
        if differ(eval) { format!("{} ({})", eval.model, arguments(eval)) } else { eval.model.clone() }
    };
    logs.iter().map(|(_, _, log)| arm(&log.eval)).collect()
}

fn arguments(eval: &Eval) -> String {
    let shown = |value: &Value| json::name(value).unwrap_or_else(|| value.to_string());
    let parts: Vec<String> =
        eval.task_args.iter().map(|(name, value)| format!("{name}={}", shown(value))).collect();
    parts.join(", ")
}

fn add(path: &Path, log: &Log, arm: &str, draft: &mut Draft) -> Result<(), ImportError> {
    if let Some(status) = log.status.as_deref().filter(|status| *status != "success") {
        draft.note(format!("{}: the log's status is `{status}`: samples may be missing", path.display()));
    }
    let samples = log.samples.as_deref().unwrap_or_default();
    let repeated = log.eval.config.epochs.is_some_and(|epochs| epochs > 1)
        || samples.iter().any(|sample| sample.epoch.is_some_and(|epoch| epoch > 1));
    let mut unscored = 0;
    let mut unmeasured = 0;
    for (sample, record) in samples.iter().zip(1_u64..) {
        let item = json::name(&sample.id)
            .ok_or_else(|| ImportError::malformed(path, format!("sample {record} has no id")))?;
        let scores = sample.scores.as_ref().filter(|scores| !scores.is_empty() && sample.error.is_none());
        let Some(scores) = scores else {
            unscored += 1;
            continue;
        };
        let cost = tokens(sample, &log.eval.model);
        unmeasured += usize::from(cost.is_none());
        let seed = sample.epoch.filter(|_| repeated).map(|epoch| epoch.to_string()).unwrap_or_default();
        for (scorer, score) in scores {
            for (metric, value) in values(scorer, &score.value) {
                let mut row = blank();
                row.item = item.as_str().into();
                row.seed = seed.as_str().into();
                row.arm = arm.into();
                row.metric = format!("{}/{metric}", log.eval.task).into();
                row.value = value;
                row.cost = cost;
                row.cost_unit = if cost.is_some() { "tokens".into() } else { "".into() };
                draft.push(record, row);
            }
        }
    }
    if unscored > 0 {
        draft.note(format!("{}: {unscored} sample(s) without a score are left out", path.display()));
    }
    if unmeasured > 0 {
        draft.note(format!("{}: cost is not measured in {unmeasured} sample(s)", path.display()));
    }
    Ok(())
}

/// What the evaluated model used; graders are not counted.
fn tokens(sample: &Sample, model: &str) -> Option<f64> {
    let by_model = sample.model_usage.get(model);
    let of_output = sample.output.as_ref().and_then(|output| output.usage.as_ref());
    let total = by_model.or(of_output)?.total_tokens?;
    (total.is_finite() && total >= 0.0).then_some(total)
}

/// A score may be one value or several by name. Letters as in inspect's `value_to_float`.
fn values(scorer: &str, value: &Value) -> Vec<(String, Option<f64>)> {
    match value {
        Value::Object(parts) => {
            parts.iter().map(|(name, value)| (format!("{scorer}/{name}"), grade(value))).collect()
        }
        Value::Array(_) => Vec::new(),
        value => vec![(scorer.to_owned(), grade(value))],
    }
}

fn grade(value: &Value) -> Option<f64> {
    let Value::String(text) = value else { return json::number(value) };
    match text.trim() {
        "C" => Some(1.0),
        "P" => Some(0.5),
        "I" | "N" => Some(0.0),
        text if ["yes", "true"].iter().any(|word| text.eq_ignore_ascii_case(word)) => Some(1.0),
        text if ["no", "false"].iter().any(|word| text.eq_ignore_ascii_case(word)) => Some(0.0),
        text => text.parse().ok().filter(|number: &f64| number.is_finite()),
    }
}
