//! `metrics.json` with accuracies by seed, method and sample, bare or inside an end-to-end report.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use super::draft::{Draft, blank};
use super::error::ImportError;
use super::format::{Format, Units};
use super::json;

#[derive(Deserialize)]
struct Metrics {
    token_budget: Option<f64>,
    #[serde(default)]
    token_usage: Option<BTreeMap<String, Usage>>,
    results_by_seed: Vec<SeedResult>,
    #[serde(default)]
    debug_eval_clip_ids: Option<Vec<Value>>,
    #[serde(default)]
    eval_ids: Option<Vec<Value>>,
}

#[derive(Deserialize)]
struct Usage {
    eval: Option<Spread>,
}

#[derive(Deserialize)]
struct Spread {
    mean: Option<f64>,
}

#[derive(Deserialize)]
struct SeedResult {
    seed: Value,
    baselines: BTreeMap<String, Baseline>,
}

#[derive(Deserialize)]
struct Baseline {
    #[serde(rename = "val_acc")]
    mean: Option<f64>,
    #[serde(rename = "val_acc_event")]
    event: Option<f64>,
    #[serde(rename = "val_acc_by_sample")]
    by_sample: Option<Vec<Option<f64>>>,
    #[serde(rename = "val_acc_event_by_sample")]
    event_by_sample: Option<Vec<Option<f64>>>,
}

pub(super) fn read(files: &[PathBuf]) -> Result<Draft, ImportError> {
    let mut draft = Draft::new(
        Format::SeedMetrics,
        Units::Items,
        &[
            ("item", "debug_eval_clip_ids or eval_ids"),
            ("seed", "results_by_seed.seed"),
            ("arm", "results_by_seed.baselines"),
            ("budget", "token_budget"),
            ("metric", "val_acc, val_acc_event"),
            ("value", "val_acc_by_sample, val_acc_event_by_sample"),
            ("cost", "token_usage.METHOD.eval.mean, in tokens: the mean over items, the same in each row"),
        ],
    );
    for path in files {
        let (bytes, hash) = json::read(path)?;
        draft.file(path, hash);
        let metrics = unwrapped(path, json::parse(path, &bytes)?)?;
        add(path, &metrics, &mut draft)?;
    }
    Ok(draft)
}

/// An end-to-end report has the metrics in a field of that name, and the ids beside it.
fn unwrapped(path: &Path, document: Value) -> Result<Metrics, ImportError> {
    let ids = document.get("eval_ids").cloned();
    let inner = match document.get("metrics") {
        Some(inner @ Value::Object(_)) => inner.clone(),
        _ => document,
    };
    let wrong =
        |error: serde_json::Error| ImportError::malformed(path, format!("not metrics by seed: {error}"));
    let mut metrics: Metrics = serde_json::from_value(inner).map_err(wrong)?;
    if metrics.eval_ids.is_none() {
        metrics.eval_ids = ids.and_then(|ids| serde_json::from_value(ids).ok());
    }
    Ok(metrics)
}

fn add(path: &Path, metrics: &Metrics, draft: &mut Draft) -> Result<(), ImportError> {
    let ids = item_ids(metrics);
    let mut summaries = 0;
    for (record, result) in (1_u64..).zip(&metrics.results_by_seed) {
        let seed = json::name(&result.seed).unwrap_or_default();
        for (arm, baseline) in &result.baselines {
            let series = [
                ("val_acc", baseline.mean, &baseline.by_sample),
                ("val_acc_event", baseline.event, &baseline.event_by_sample),
            ];
            for (metric, mean, by_sample) in series {
                let mut row = blank();
                row.seed = seed.as_str().into();
                row.arm = arm.as_str().into();
                row.budget = metrics.token_budget.map(|budget| budget.to_string()).unwrap_or_default().into();
                row.metric = metric.into();
                row.cost = measured_cost(metrics, arm);
                row.cost_unit = if row.cost.is_some() { "tokens".into() } else { "".into() };
                match by_sample {
                    Some(values) if values.len() == ids.len() => {
                        for (item, value) in once_each(path, &ids, values)? {
                            row.item = item.into();
                            row.value = value;
                            draft.push(record, row.clone());
                        }
                    }
                    _ if mean.is_some() => {
                        summaries += 1;
                        row.item = "all items".into();
                        row.value = mean.filter(|mean| mean.is_finite());
                        draft.push(record, row);
                    }
                    _ => {}
                }
            }
        }
    }
    if summaries > 0 {
        draft.units = Units::SeedsOnly;
        let why = if ids.is_empty() { "names no items" } else { "has no value per item" };
        draft.note(format!(
            "{}: the file {why}: only seeds can be the unit of a test, and nothing is said about new items",
            path.display()
        ));
    }
    if metrics.token_usage.is_none() {
        draft.note(format!("{}: cost is not measured (token_budget is what may be spent)", path.display()));
    }
    Ok(())
}

fn item_ids(metrics: &Metrics) -> Vec<String> {
    let ids = metrics.debug_eval_clip_ids.as_ref().or(metrics.eval_ids.as_ref());
    let names: Option<Vec<String>> = ids.map(|ids| ids.iter().map(json::name).collect()).unwrap_or_default();
    names.unwrap_or_default()
}

fn measured_cost(metrics: &Metrics, arm: &str) -> Option<f64> {
    let mean = metrics.token_usage.as_ref()?.get(arm)?.eval.as_ref()?.mean?;
    (mean.is_finite() && mean >= 0.0).then_some(mean)
}

/// Each item once: an evaluation list may name an item twice, and then must give it the same value.
fn once_each<'a>(
    path: &Path,
    ids: &'a [String],
    values: &[Option<f64>],
) -> Result<Vec<(&'a str, Option<f64>)>, ImportError> {
    let mut places: HashMap<&str, (usize, Option<f64>)> = HashMap::new();
    let mut found = Vec::new();
    for (place, (id, value)) in (1..).zip(ids.iter().zip(values)) {
        match places.get(id.as_str()) {
            None => {
                places.insert(id, (place, *value));
                found.push((id.as_str(), value.filter(|value| value.is_finite())));
            }
            Some((_, before)) if before == value => {}
            Some((first, before)) => {
                return Err(ImportError::malformed(
                    path,
                    format!(
                        "item {id} stands twice with different values ({before:?} at place {first}, {value:?} at place {place}); keep one"
                    ),
                ));
            }
        }
    }
    Ok(found)
}
