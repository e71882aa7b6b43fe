//! Rules over JSON files.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::path::{Path as FilePath, PathBuf};

use isocost_ledger::rule::{Arg, JsonScope, Lookup, Path, Scope, Value};

/// JSON files above this size are not read.
const LARGEST: u64 = 256 << 20;

/// Finds the file that a rule means.
pub trait FileSource {
    /// The file of that name, or the one that is meant when none is named; else why there is none.
    fn locate(&self, file: Option<&str>) -> Result<PathBuf, String>;
}

/// A file that an attempt left: how records show it, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceFile {
    /// Relative to the root, or `artifacts/…`.
    pub shown: String,
    /// Where it is.
    pub path: PathBuf,
}

/// Files in which a rule that names none is read, if they are there.
const USUAL: [&str; 2] = ["summary.json", "metrics.json"];

impl FileSource for [EvidenceFile] {
    /// The file whose path ends with `file`, component by component. Several such files are as bad as none, unless one of
    /// them is at the top of the attempt's own directory.
    fn locate(&self, file: Option<&str>) -> Result<PathBuf, String> {
        let Some(name) = file else { return locate_unnamed(self) };
        let name = name.trim_start_matches("./");
        let own = format!("artifacts/{name}");
        if let Some(exact) = self.iter().find(|file| file.shown == own || file.shown == name) {
            return Ok(exact.path.clone());
        }
        let ends = |file: &&EvidenceFile| FilePath::new(&file.shown).ends_with(name);
        let found: Vec<_> = self.iter().filter(ends).collect();
        match found.as_slice() {
            [] => Err(format!("no file `{name}` was left")),
            [only] => Ok(only.path.clone()),
            several => {
                let shown: Vec<_> = several.iter().map(|file| file.shown.as_str()).collect();
                Err(format!("`{name}` may be any of {}", shown.join(", ")))
            }
        }
    }
}

fn locate_unnamed(files: &[EvidenceFile]) -> Result<PathBuf, String> {
    for usual in USUAL {
        if let Ok(path) = files.locate(Some(usual)) {
            return Ok(path);
        }
    }
    let is_json = |file: &&EvidenceFile| FilePath::new(&file.shown).extension().is_some_and(|e| e == "json");
    let mut json = files.iter().filter(is_json);
    match (json.next(), json.next()) {
        (Some(only), None) => Ok(only.path.clone()),
        (None, _) => Err("no JSON file was left".to_owned()),
        _ => Err("the rule names no file, and several JSON files were left".to_owned()),
    }
}

/// A scope of the rule language over files. Each is read once.
pub struct FileScope<'a, S: FileSource + ?Sized> {
    source: &'a S,
    default_file: Option<&'a str>,
    read: RefCell<BTreeMap<PathBuf, Result<JsonScope, String>>>,
    asked_for_statistics: Cell<bool>,
}

impl<'a, S: FileSource + ?Sized> FileScope<'a, S> {
    /// A scope over `source`. Rules that name no file are read in `default_file`.
    pub fn new(source: &'a S, default_file: Option<&'a str>) -> Self {
        let read = RefCell::new(BTreeMap::new());
        Self { source, default_file, read, asked_for_statistics: Cell::new(false) }
    }

    /// Whether a rule asked for a statistic, which files alone cannot answer.
    pub fn asked_for_statistics(&self) -> bool {
        self.asked_for_statistics.get()
    }

    fn with_file<T>(
        &self,
        file: Option<&str>,
        then: impl FnOnce(&JsonScope, &str) -> T,
    ) -> Result<T, String> {
        let path = self.source.locate(file.or(self.default_file))?;
        let mut read = self.read.borrow_mut();
        let scope = read.entry(path.clone()).or_insert_with(|| read_json(&path));
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        scope.as_ref().map(|scope| then(scope, &name)).map_err(Clone::clone)
    }
}

fn read_json(path: &FilePath) -> Result<JsonScope, String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bytes = isocost_fs::read_limited(path, LARGEST)
        .map_err(|error| error.to_string())?
        .ok_or_else(|| format!("{name} holds more than {} MiB", LARGEST >> 20))?;
    let json = serde_json::from_slice(&bytes).map_err(|error| format!("{name} is not JSON: {error}"))?;
    Ok(JsonScope::single(&name, json))
}

impl<S: FileSource + ?Sized> Scope for FileScope<'_, S> {
    fn path(&self, file: Option<&str>, path: &Path) -> Lookup {
        if path.steps.is_empty() {
            // Existence of a file, of whatever kind.
            return match self.source.locate(file.or(self.default_file)) {
                Ok(path) if isocost_fs::exists(&path) => Lookup::Values(vec![Value::Bool(true)]),
                Ok(path) => Lookup::Missing(format!("{} is not there", path.display())),
                Err(why) => Lookup::Missing(why),
            };
        }
        self.with_file(file, |scope, name| scope.path(Some(name), path)).unwrap_or_else(Lookup::Missing)
    }

    fn call(&self, name: &str, args: &[Arg]) -> Lookup {
        self.asked_for_statistics.set(true);
        JsonScope::default().call(name, args)
    }

    fn axis(&self, _axis: &str) -> Option<Vec<String>> {
        None
    }

    fn restrict(&self, _axis: &str, _value: &str) -> Option<Box<dyn Scope + '_>> {
        None
    }

    fn expansions(&self, file: Option<&str>, path: &Path) -> Option<Vec<(String, Value)>> {
        self.with_file(file, |scope, name| scope.expansions(Some(name), path)).ok().flatten()
    }
}
