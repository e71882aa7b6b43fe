use std::collections::BTreeMap;

use super::ast::{Path, Step};
use super::scope::{Arg, Lookup, Scope};
use super::value::Value;

/// What `path` holds in a JSON document: one value per expansion.
///
/// Every branch of `{a,b}` must be there, and `*` must find something; otherwise the answer is [`Lookup::Missing`].
pub fn eval_path_in_json(json: &serde_json::Value, path: &Path) -> Lookup {
    match walk(json, path) {
        Ok(found) => Lookup::Values(found.into_iter().map(|(_, value)| Value::from(value)).collect()),
        Err(missing) => Lookup::Missing(missing),
    }
}

/// The expansions of `path` with their concrete paths, or what is not there.
fn walk<'j>(
    json: &'j serde_json::Value,
    path: &Path,
) -> Result<Vec<(Vec<Step>, &'j serde_json::Value)>, String> {
    let mut here = vec![(Vec::new(), json)];
    for step in &path.steps {
        let mut next = Vec::new();
        for (place, value) in here {
            advance(&place, value, step, &mut next)?;
        }
        here = next;
    }
    Ok(here)
}

fn advance<'j>(
    place: &[Step],
    value: &'j serde_json::Value,
    step: &Step,
    out: &mut Vec<(Vec<Step>, &'j serde_json::Value)>,
) -> Result<(), String> {
    let before = out.len();
    let mut push = |step: Step, found: &'j serde_json::Value| {
        let mut place = place.to_vec();
        place.push(step);
        out.push((place, found));
    };
    match step {
        Step::Key(key) => match child(value, key) {
            Some(found) => push(step.clone(), found),
            None => return Err(no_key(place, value, key)),
        },
        Step::Index(index) => {
            let found = match value {
                serde_json::Value::Object(map) => map.get(&index.to_string()),
                other => other.get(index),
            };
            match found {
                Some(found) => push(step.clone(), found),
                None => return Err(no_key(place, value, &index.to_string())),
            }
        }
        Step::Each(keys) => {
            for key in keys {
                match child(value, key) {
                    Some(found) => push(Step::Key(key.clone()), found),
                    None => return Err(no_key(place, value, key)),
                }
            }
        }
        Step::Every => match value {
            serde_json::Value::Array(items) => {
                for (index, found) in items.iter().enumerate() {
                    push(Step::Index(index), found);
                }
            }
            serde_json::Value::Object(map) => {
                for (key, found) in map {
                    push(Step::Key(key.clone()), found);
                }
            }
            other => return Err(format!("{} is {}, not a list or an object", at(place), describe(other))),
        },
        Step::Where { key, value: wanted } => match value {
            serde_json::Value::Array(items) => {
                for (index, found) in items.iter().enumerate() {
                    if child(found, key).is_some_and(|v| reads_as(v, wanted)) {
                        push(Step::Index(index), found);
                    }
                }
            }
            other => return Err(format!("{} is {}, not a list", at(place), describe(other))),
        },
    }
    if out.len() == before {
        return Err(format!(
            "{} has nothing that matches `{}`",
            at(place),
            Path { steps: vec![step.clone()] }
        ));
    }
    Ok(())
}

fn child<'j>(value: &'j serde_json::Value, key: &str) -> Option<&'j serde_json::Value> {
    match value {
        serde_json::Value::Object(map) => map.get(key),
        serde_json::Value::Array(items) if key.bytes().all(|b| b.is_ascii_digit()) => {
            items.get(key.parse::<usize>().ok()?)
        }
        _ => None,
    }
}

fn reads_as(value: &serde_json::Value, wanted: &str) -> bool {
    match value {
        serde_json::Value::String(text) => text == wanted,
        serde_json::Value::Number(number) => wanted.parse().ok() == number.as_f64(),
        serde_json::Value::Bool(truth) => wanted == if *truth { "true" } else { "false" },
        _ => false,
    }
}

fn at(place: &[Step]) -> String {
    if place.is_empty() { "the document".to_owned() } else { format!("`{}`", Path { steps: place.to_vec() }) }
}

fn no_key(place: &[Step], value: &serde_json::Value, key: &str) -> String {
    match value {
        serde_json::Value::Object(_) => format!("{} has no `{key}`", at(place)),
        serde_json::Value::Array(items) => {
            format!("{} is a list of {}, and has no `{key}`", at(place), items.len())
        }
        other => format!("{} is {}, and has no `{key}`", at(place), describe(other)),
    }
}

fn describe(value: &serde_json::Value) -> &'static str {
    match value {
        serde_json::Value::Null => "null",
        serde_json::Value::Bool(_) => "a truth value",
        serde_json::Value::Number(_) => "a number",
        serde_json::Value::String(_) => "a text",
        serde_json::Value::Array(_) => "a list",
        serde_json::Value::Object(_) => "an object",
    }
}

/// A scope over JSON documents by file name. It knows no statistics and no axes.
#[derive(Debug, Clone, Default)]
pub struct JsonScope {
    files: BTreeMap<String, serde_json::Value>,
}

impl JsonScope {
    /// A scope over these documents. A rule that names no file reads the only one.
    pub fn new(files: BTreeMap<String, serde_json::Value>) -> Self {
        Self { files }
    }

    /// A scope over one document.
    pub fn single(file: &str, json: serde_json::Value) -> Self {
        Self { files: BTreeMap::from([(file.to_owned(), json)]) }
    }

    fn document(&self, file: Option<&str>) -> Result<&serde_json::Value, String> {
        if let Some(file) = file {
            return self.files.get(file).ok_or_else(|| format!("there is no `{file}`"));
        }
        let mut all = self.files.values();
        match (all.next(), all.next()) {
            (Some(only), None) => Ok(only),
            (None, _) => Err("there is no file to read".to_owned()),
            (Some(_), Some(_)) => Err("the rule names no file, and there are several".to_owned()),
        }
    }
}

impl Scope for JsonScope {
    fn path(&self, file: Option<&str>, path: &Path) -> Lookup {
        match self.document(file) {
            Ok(json) => match eval_path_in_json(json, path) {
                Lookup::Missing(what) => {
                    Lookup::Missing(file.map_or(what.clone(), |file| format!("{file}: {what}")))
                }
                found => found,
            },
            Err(missing) => Lookup::Missing(missing),
        }
    }

    fn call(&self, name: &str, _args: &[Arg]) -> Lookup {
        Lookup::NotApplicable(format!(
            "`{name}` is a statistic of a comparison, and only files are at hand (for a field of that name write `$.{name}`)"
        ))
    }

    fn axis(&self, _axis: &str) -> Option<Vec<String>> {
        None
    }

    fn restrict(&self, _axis: &str, _value: &str) -> Option<Box<dyn Scope + '_>> {
        None
    }

    fn expansions(&self, file: Option<&str>, path: &Path) -> Option<Vec<(String, Value)>> {
        let found = walk(self.document(file).ok()?, path).ok()?;
        Some(found.into_iter().map(|(steps, v)| (Path { steps }.to_string(), Value::from(v))).collect())
    }
}
