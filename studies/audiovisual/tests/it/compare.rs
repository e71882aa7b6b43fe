//! Compares files field by field.

use serde_json::Value;

/// How far a number may be from the reference's, by its field.
pub(crate) struct Tolerances {
    /// Accuracies: two seconds of all that were evaluated.
    pub(crate) accuracy: f64,
    /// Scores and what follows from them.
    pub(crate) score: f64,
    /// Recalls, and everything in a diagnosis.
    pub(crate) recall: f64,
}

/// Where two files differ; paths of the machine are not compared.
pub(crate) fn differences(ours: &Value, theirs: &Value, tolerances: &Tolerances) -> Vec<String> {
    let mut found = Vec::new();
    walk("", "", ours, theirs, tolerances, &mut found);
    found
}

fn walk(
    path: &str,
    key: &str,
    ours: &Value,
    theirs: &Value,
    tolerances: &Tolerances,
    found: &mut Vec<String>,
) {
    if matches!(
        key,
        "metrics_path"
            | "meta_dir"
            | "processed_dir"
            | "caches_dir"
            | "scores_json"
            | "in_metrics"
            | "data_dir"
    ) {
        return;
    }
    match (ours, theirs) {
        (Value::Object(a), Value::Object(b)) => {
            for name in a.keys().chain(b.keys().filter(|name| !a.contains_key(*name))) {
                let inner = format!("{path}/{name}");
                match (a.get(name), b.get(name)) {
                    (Some(x), Some(y)) => walk(&inner, name, x, y, tolerances, found),
                    (None, _) => found.push(format!("{inner} is missing")),
                    (_, None) => found.push(format!("{inner} is ours alone")),
                }
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (at, (x, y)) in a.iter().zip(b).enumerate() {
                walk(&format!("{path}/{at}"), key, x, y, tolerances, found);
            }
        }
        (Value::Number(a), Value::Number(b)) => {
            let alike = a.is_f64() == b.is_f64();
            let (x, y) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            if !alike || (x - y).abs() > allowed(path, key, y, tolerances) {
                found.push(format!("{path}: {a} instead of {b}"));
            }
        }
        _ if ours == theirs => {}
        _ => found.push(format!("{path}: {ours} instead of {theirs}")),
    }
}

fn allowed(path: &str, key: &str, value: f64, tolerances: &Tolerances) -> f64 {
    match key {
        "scores" | "conf_value" | "anchor2_veto_score" | "gate_prob" | "anchor2_keep_prob" => {
            tolerances.score * value.abs()
        }
        "val_acc"
        | "val_acc_event"
        | "val_acc_by_sample"
        | "val_acc_event_by_sample"
        | "anchored_minus_uniform_mean"
        | "oracle_minus_uniform_mean" => tolerances.accuracy,
        "mean" | "std" if path.starts_with("/summary") || path.starts_with("/results/") => {
            tolerances.accuracy
        }
        // With equal accuracies only the last digits of the test remain.
        "t" | "p" | "anchored_vs_uniform_p" => (1e-9 + tolerances.accuracy) * value.abs(),
        "mean" | "std" => (1e-12 * value.abs()).max(tolerances.recall),
        _ => tolerances.recall,
    }
}
