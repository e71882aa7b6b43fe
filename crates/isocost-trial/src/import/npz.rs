//! `NumPy` archives: one array of ids, and arrays of values beside it.

use std::path::{Path, PathBuf};

use isocost_npy::{Array, Data, Kind, Npz};

use super::draft::{Draft, blank};
use super::error::{ImportError, ImportProblem};
use super::format::{Format, Units};
use super::json;

/// Names of arrays of ids, the first found counts.
const IDS: [&str; 12] = [
    "item",
    "items",
    "item_id",
    "item_ids",
    "id",
    "ids",
    "idx",
    "index",
    "question_id",
    "clip_id",
    "video_id",
    "names",
];
const SEEDS: [&str; 2] = ["seed", "seeds"];
/// Names of arrays of costs, and the unit that each means where there is no `cost_unit`.
const COSTS: [(&str, &str); 4] = [("cost", ""), ("costs", ""), ("tokens", "tokens"), ("flops", "flops")];

pub(super) fn read(files: &[PathBuf]) -> Result<Draft, ImportError> {
    let mut draft = Draft::new(
        Format::Npz,
        Units::Items,
        &[
            ("item", "the array item, id, idx or the like"),
            ("seed", "the array seed: one an item, or one a column"),
            ("arm", "the array arm, else the file's name"),
            ("budget", "the array budget"),
            ("split", "the array split"),
            ("metric", "the name of each other array with one value an item (and seed)"),
            ("value", "its values"),
            ("cost", "the array cost (unit in cost_unit), tokens or flops"),
        ],
    );
    for path in files {
        let (bytes, hash) = json::read(path)?;
        drop(bytes);
        draft.file(path, hash);
        add(path, &mut draft)?;
    }
    Ok(draft)
}

/// The arrays that every value array is read with.
struct Frame {
    items: Vec<String>,
    seeds: Vec<String>,
    arms: Vec<String>,
    budgets: Vec<String>,
    splits: Vec<String>,
    labels: Vec<String>,
    cost: Option<(Vec<f64>, String)>,
}

impl Frame {
    /// Columns of a matrix over seeds.
    fn columns(&self) -> usize {
        if self.seeds.len() == self.items.len() { 1 } else { self.seeds.len().max(1) }
    }

    fn cells(&self) -> usize {
        self.items.len() * self.columns()
    }

    fn seed(&self, row: usize, column: usize) -> &str {
        let place = if self.columns() == 1 && self.seeds.len() == self.items.len() { row } else { column };
        self.seeds.get(place).map_or("", String::as_str)
    }
}

fn add(path: &Path, draft: &mut Draft) -> Result<(), ImportError> {
    let wrong = |error: isocost_npy::NpyError| ImportError::malformed(path, error.to_string());
    let archive = Npz::open(path).map_err(wrong)?;
    let names: Vec<String> = archive.names().into_iter().map(str::to_owned).collect();
    let named = |names: &[&'static str]| -> Option<&'static str> {
        names.iter().copied().find(|name| archive.contains(name))
    };
    let texts = |name: Option<&str>| match name {
        None => Ok(Vec::new()),
        Some(name) => archive.array(name).map_err(wrong).and_then(|array| words(path, name, &array)),
    };
    let Some(ids) = named(&IDS) else {
        let why = format!(
            "no array of ids (item, id, idx); there are {}. Values are never paired by position",
            names.join(", ")
        );
        return Err(ImportError::at(path, ImportProblem::NoRows(why)));
    };
    let optional = |name: &'static str| named(&[name]);
    let mut frame = Frame {
        items: texts(Some(ids))?,
        seeds: texts(named(&SEEDS))?,
        arms: texts(optional("arm"))?,
        budgets: texts(optional("budget"))?,
        splits: texts(optional("split"))?,
        labels: texts(optional("label"))?,
        cost: None,
    };
    let units = texts(optional("cost_unit"))?;
    if let Some((name, unit)) = COSTS.into_iter().find(|(name, _)| archive.contains(name)) {
        let array = archive.array(name).map_err(wrong)?;
        let costs =
            array.to_f64().map_err(|error| ImportError::malformed(path, format!("{name}: {error}")))?;
        let unit = units.first().cloned().unwrap_or_else(|| unit.to_owned());
        if costs.len() == frame.cells() && !unit.is_empty() {
            frame.cost = Some((costs, unit));
        } else {
            draft.note(format!("{}: the array {name} has another shape than the values, or no cost_unit: cost is not measured", path.display()));
        }
    } else {
        draft.note("cost is not measured (no array cost, tokens or flops)");
    }
    let known = |name: &str| {
        name == ids
            || SEEDS.contains(&name)
            || COSTS.iter().any(|(cost, _)| *cost == name)
            || ["arm", "budget", "split", "label", "cost_unit"].contains(&name)
    };
    for name in names.iter().filter(|name| !known(name)) {
        let array = archive.array(name).map_err(wrong)?;
        let fits = array.data().len() == frame.cells() && (array.shape().len() <= 2);
        if !fits || array.data().kind() == Kind::Text {
            draft.note(format!(
                "{}: the array {name} of shape {:?} is no value per item and seed and is left out",
                path.display(),
                array.shape()
            ));
            continue;
        }
        let values =
            array.to_f64().map_err(|error| ImportError::malformed(path, format!("{name}: {error}")))?;
        push(path, &frame, name, &values, draft);
    }
    Ok(())
}

fn push(path: &Path, frame: &Frame, metric: &str, values: &[f64], draft: &mut Draft) {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    // A list of one entry holds for every row.
    let at = |list: &[String], row: usize| {
        list.get(if list.len() == 1 { 0 } else { row }).cloned().unwrap_or_default()
    };
    let columns = frame.columns();
    for (row, item) in frame.items.iter().enumerate() {
        for column in 0..columns {
            let cell = row * columns + column;
            let mut out = blank();
            out.item = item.as_str().into();
            out.seed = frame.seed(row, column).into();
            out.arm = if frame.arms.is_empty() { stem.as_str().into() } else { at(&frame.arms, row).into() };
            out.budget = at(&frame.budgets, row).into();
            out.split = at(&frame.splits, row).into();
            out.metric = metric.into();
            out.value = values.get(cell).copied().filter(|value| value.is_finite());
            if let Some((costs, unit)) = &frame.cost {
                out.cost = costs.get(cell).copied().filter(|cost| cost.is_finite() && *cost >= 0.0);
                out.cost_unit = unit.as_str().into();
            }
            if !frame.labels.is_empty() {
                out.extra.insert("label".to_owned(), at(&frame.labels, row));
            }
            draft.push(cell as u64 + 1, out);
        }
    }
}

/// Ids, seeds and names: texts, or whole numbers as digits.
fn words(path: &Path, name: &str, array: &Array) -> Result<Vec<String>, ImportError> {
    let wrong = |what: String| ImportError::malformed(path, format!("the array {name}: {what}"));
    if array.shape().len() > 1 {
        return Err(wrong(format!("it has shape {:?}; names stand in one row", array.shape())));
    }
    match array.data() {
        Data::Text(texts) => Ok(texts.clone()),
        Data::U64(numbers) => Ok(numbers.iter().map(ToString::to_string).collect()),
        Data::F32(_) | Data::F64(_) => {
            let numbers = array.to_f64().map_err(|error| wrong(error.to_string()))?;
            Ok(numbers.iter().map(ToString::to_string).collect())
        }
        _ => {
            let numbers = array.to_i64().map_err(|error| wrong(error.to_string()))?;
            Ok(numbers.iter().map(ToString::to_string).collect())
        }
    }
}
