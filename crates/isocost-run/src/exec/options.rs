//! How to run.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use isocost_ledger::model::Id;

use super::Interrupt;
use crate::store::Durability;

/// What a failure means for jobs that do not depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnFailure {
    /// Those that run are finished; no other is started.
    #[default]
    StopStarting,
    /// They are run.
    KeepGoing,
}

/// Whether jobs are run again although nothing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Force {
    /// Only what changed or never succeeded.
    #[default]
    OnlyStale,
    /// All.
    Everything,
}

/// How to run.
#[derive(Debug, Clone)]
pub struct RunOptions {
    /// Local slots, at least 1.
    pub jobs: usize,
    /// GPUs that may be used, as `CUDA_VISIBLE_DEVICES` names them.
    pub gpus: Vec<String>,
    /// What a failure means for others.
    pub on_failure: OnFailure,
    /// Whether unchanged jobs are run.
    pub force: Force,
    /// How often a failed attempt is tried again, for jobs that do not say so.
    pub retries: u32,
    /// Time limit of an attempt, for jobs that do not say so.
    pub timeout: Option<Duration>,
    /// Time between SIGTERM and SIGKILL.
    pub grace: Duration,
    /// Whether records wait for the disk.
    pub durability: Durability,
    /// Experiments whose gates a person has opened.
    pub opened_gates: BTreeSet<Id>,
    /// Environment variables that are part of the key.
    pub key_environment: Vec<String>,
    /// A directory that is added at the end of the commands' `PATH`: where this program is.
    pub extra_path: Option<PathBuf>,
    /// How to stop it.
    pub interrupt: Interrupt,
}

impl Default for RunOptions {
    fn default() -> Self {
        Self {
            jobs: 1,
            gpus: Vec::new(),
            on_failure: OnFailure::default(),
            force: Force::default(),
            retries: 0,
            timeout: None,
            grace: Duration::from_secs(10),
            durability: Durability::default(),
            opened_gates: BTreeSet::new(),
            key_environment: ["CONDA_PREFIX", "PYTHONHASHSEED", "PYTHONPATH", "VIRTUAL_ENV"]
                .map(str::to_owned)
                .to_vec(),
            extra_path: None,
            interrupt: Interrupt::default(),
        }
    }
}
