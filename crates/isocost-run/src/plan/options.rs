//! What to plan.

use std::path::PathBuf;

use isocost_ledger::model::{Id, Stage};

/// One experiment, or one stage of it, that was asked for by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// The experiment.
    pub experiment: Id,
    /// Its stage; `None` is all of them.
    pub stage: Option<Stage>,
}

impl Selection {
    /// The selection that `E0001` or `E0001@smoke` names.
    pub fn parse(text: &str) -> Option<Self> {
        let (id, stage) = match text.split_once('@') {
            Some((id, stage)) => (id, Some(Stage::from_name(stage)?)),
            None => (text, None),
        };
        crate::ident::is_safe_name(id).then(|| Self { experiment: Id(id.to_owned()), stage })
    }
}

/// What becomes of ticked entries that nobody asked for by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Closed {
    /// They are not run.
    #[default]
    LeaveOut,
    /// They are.
    Include,
}

/// What to plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanOptions {
    /// Experiments by name, ticked or not; empty is all that are not ticked.
    pub selections: Vec<Selection>,
    /// Only these stages (and what they depend on); empty is all.
    pub stages: Vec<Stage>,
    /// Ticked entries.
    pub closed: Closed,
    /// How many GPUs the machine has; `None` where that is not asked.
    pub gpus: Option<u32>,
}

/// What a plan asks about the disk.
pub trait Disk {
    /// Whether something is at a path relative to the project's root.
    fn exists(&self, path: &str) -> bool;
}

/// A disk with nothing on it.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoDisk;

impl Disk for NoDisk {
    fn exists(&self, _path: &str) -> bool {
        false
    }
}

/// The project's directory.
#[derive(Debug, Clone)]
pub struct ProjectDisk(pub PathBuf);

impl Disk for ProjectDisk {
    fn exists(&self, path: &str) -> bool {
        isocost_fs::exists(&self.0.join(path))
    }
}
