//! `results.csv` with one summary row a dataset and policy.

use std::path::PathBuf;

use super::draft::{Draft, blank};
use super::error::ImportError;
use super::format::{Format, Units};
use super::json;

/// Columns whose values tell rows of one policy apart.
const SETTINGS: [&str; 14] = [
    "action",
    "threshold",
    "pruning_ratio",
    "merge_ratio",
    "merge_mode",
    "merge_weight",
    "enable_prune",
    "prune_ratio",
    "prune_mode",
    "pool_factor",
    "resolution_long_side",
    "resolution_max_pixels",
    "uncertainty_metric",
    "lambda_cost",
];

pub(super) fn read(files: &[PathBuf]) -> Result<Draft, ImportError> {
    let mut draft = Draft::new(
        Format::ResultsCsv,
        Units::Nothing,
        &[
            ("item", "the dataset: one summary stands for all its items"),
            ("arm", "baseline_name, with the settings in which rows of that name differ"),
            ("metric", "metric"),
            ("value", "accuracy"),
            ("cost", "avg_token_cost, in tokens"),
        ],
    );
    draft.note("each row is a summary: there are neither items nor seeds to pair, so means are compared and nothing is tested");
    for path in files {
        let (bytes, hash) = json::read(path)?;
        draft.file(path, hash);
        let rows = records(&bytes).map_err(|error| ImportError::malformed(path, error.to_string()))?;
        for (record, row) in (2_u64..).zip(&rows) {
            let cell = |name: &str| row.get(name);
            let number = |name: &str| cell(name).parse::<f64>().ok().filter(|number| number.is_finite());
            let others: Vec<&Record> =
                rows.iter().filter(|other| other.get("baseline_name") == cell("baseline_name")).collect();
            let differing =
                SETTINGS.iter().filter(|name| others.iter().any(|other| other.get(name) != cell(name)));
            let settings: Vec<String> = differing
                .filter(|name| !cell(name).is_empty())
                .map(|name| format!("{name}={}", cell(name)))
                .collect();
            let mut out = blank();
            out.item = cell("dataset").into();
            out.arm = if settings.is_empty() {
                cell("baseline_name").into()
            } else {
                format!("{} ({})", cell("baseline_name"), settings.join(", ")).into()
            };
            out.metric = cell("metric").into();
            out.value = number("accuracy");
            out.cost = number("avg_token_cost").or_else(|| number("avg_cost")).filter(|cost| *cost >= 0.0);
            out.cost_unit = if out.cost.is_some() { "tokens".into() } else { "".into() };
            draft.push(record, out);
        }
    }
    Ok(draft)
}

struct Record {
    cells: Vec<(String, String)>,
}

impl Record {
    fn get(&self, name: &str) -> &str {
        self.cells.iter().find(|(column, _)| column == name).map_or("", |(_, cell)| cell)
    }
}

fn records(bytes: &[u8]) -> Result<Vec<Record>, csv::Error> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(bytes);
    let names: Vec<String> =
        reader.headers()?.iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
    let record = |found: Result<csv::StringRecord, csv::Error>| {
        let cells = names.iter().cloned().zip(found?.iter().map(str::to_owned)).collect();
        Ok(Record { cells })
    };
    reader.records().map(record).collect()
}
