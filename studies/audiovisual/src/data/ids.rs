//! Which clips train and which are evaluated.
//!
//! Source: `listen_core` section 3.4.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{AveIndex, Split};
use crate::{AvError, AvResult, Mode};

/// Where a list of ids comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct IdSource {
    /// The split that is listed without a file.
    pub split: Split,
    /// One id per line.
    pub file: Option<PathBuf>,
    /// At most so many.
    pub limit: Option<usize>,
}

/// What to do with ids that have no cached features.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MissingClips {
    /// Refuse the trial.
    #[default]
    Refuse,
    /// Leave them out, by name.
    LeaveOut,
}

/// What to do with ids that stand in both lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SharedIds {
    /// Refuse the trial.
    #[default]
    Refuse,
    /// Leave them out of training, by name.
    LeaveOut,
}

/// The clips of a trial.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct IdLists {
    /// Training, in order.
    pub train: Vec<String>,
    /// Evaluation, in order.
    pub eval: Vec<String>,
    /// What was left out, and why.
    pub left_out: Vec<(String, &'static str)>,
}

impl IdLists {
    /// Reads both lists. In sound mode ids count once and shared ids are refused or left out; in compat mode both stay.
    pub fn read(
        index: &AveIndex,
        (train, eval): (&IdSource, &IdSource),
        caches: &Path,
        (missing, shared): (MissingClips, SharedIds),
        mode: Mode,
    ) -> AvResult<Self> {
        let mut lists = Self { train: list(index, train)?, eval: list(index, eval)?, left_out: Vec::new() };
        if missing == MissingClips::LeaveOut {
            lists.drop_missing(caches);
        }
        if mode == Mode::Sound {
            lists.drop_repeated();
            lists.part(shared)?;
        }
        for (ids, what) in [(&lists.train, "training"), (&lists.eval, "evaluation")] {
            if ids.is_empty() {
                return Err(AvError::options(
                    format!("the list of clips for {what} is empty"),
                    "check the split, the id file and the folder of caches",
                ));
            }
        }
        Ok(lists)
    }

    fn drop_missing(&mut self, caches: &Path) {
        let has = |id: &String| isocost_fs::exists(&caches.join(format!("{id}.npz")));
        for ids in [&mut self.train, &mut self.eval] {
            let (kept, lost): (Vec<String>, Vec<String>) = ids.drain(..).partition(has);
            *ids = kept;
            self.left_out.extend(lost.into_iter().map(|id| (id, "no cached features")));
        }
    }

    fn drop_repeated(&mut self) {
        for ids in [&mut self.train, &mut self.eval] {
            let mut seen = BTreeSet::new();
            let (kept, lost): (Vec<String>, Vec<String>) =
                ids.drain(..).partition(|id| seen.insert(id.clone()));
            *ids = kept;
            self.left_out.extend(lost.into_iter().map(|id| (id, "listed twice")));
        }
    }

    fn part(&mut self, shared: SharedIds) -> AvResult<()> {
        let eval: BTreeSet<&String> = self.eval.iter().collect();
        let both: Vec<String> = self.train.iter().filter(|id| eval.contains(id)).cloned().collect();
        if both.is_empty() {
            return Ok(());
        }
        if shared == SharedIds::Refuse {
            let shown: Vec<&str> = both.iter().take(12).map(String::as_str).collect();
            return Err(AvError::Shared { count: both.len(), shown: shown.join(", ") });
        }
        self.train.retain(|id| !both.contains(id));
        self.left_out.extend(both.into_iter().map(|id| (id, "also evaluated")));
        Ok(())
    }

    /// All ids, each once, in byte order.
    pub fn all(&self) -> Vec<String> {
        unique(self.train.iter().chain(&self.eval))
    }
}

/// Each id once, in byte order.
pub fn unique<'a>(ids: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    ids.into_iter().collect::<BTreeSet<_>>().into_iter().cloned().collect()
}

fn list(index: &AveIndex, source: &IdSource) -> AvResult<Vec<String>> {
    let limit = source.limit.unwrap_or(usize::MAX);
    let Some(path) = &source.file else {
        return Ok(index.split(source.split).iter().take(limit).map(|clip| clip.id.clone()).collect());
    };
    let text = isocost_fs::read_to_string(path)?;
    let mut seen = BTreeSet::new();
    let ids = text.lines().map(str::trim).filter(|id| !id.is_empty());
    Ok(ids.filter(|id| seen.insert(id.to_owned())).take(limit).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(train: &[&str], eval: &[&str]) -> IdLists {
        let own = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        IdLists { train: own(train), eval: own(eval), left_out: Vec::new() }
    }

    #[test]
    fn shared_ids_are_refused_or_left_out_of_training_by_name() {
        let error = lists(&["a", "b"], &["b", "c"]).part(SharedIds::Refuse).unwrap_err();
        assert!(error.to_string().contains("1 ids") && error.to_string().contains(": b;"), "{error}");
        let mut parted = lists(&["a", "b"], &["b", "c"]);
        parted.part(SharedIds::LeaveOut).unwrap();
        assert_eq!(parted.train, ["a"]);
        assert_eq!(parted.left_out, [("b".to_owned(), "also evaluated")]);
    }

    #[test]
    fn a_repeated_id_counts_once() {
        let mut twice = lists(&["a", "b", "a"], &["c"]);
        twice.drop_repeated();
        assert_eq!(twice.train, ["a", "b"]);
        assert_eq!(twice.left_out.len(), 1);
    }
}
