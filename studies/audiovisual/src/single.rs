//! One trial of one configuration: `p0` and `run`.
//!
//! Source: `listen_core` sections 12.4 and 14.1.

use std::path::PathBuf;

use isocost_study_learn::torch::HeadTraining;

use crate::metrics::TrialMetrics;
use crate::session::{Session, Sources, write_trial};
use crate::trial::{TrialRequest, prepare, run};
use crate::{AvResult, Method, P0Config};

/// What to run.
#[derive(Debug, Clone, PartialEq)]
pub struct SingleOptions {
    /// The data.
    pub sources: Sources,
    /// The settings.
    pub config: P0Config,
    /// The methods.
    pub methods: Vec<Method>,
    /// The seeds.
    pub seeds: Vec<u64>,
    /// How heads are trained.
    pub training: HeadTraining,
    /// The folder for `metrics.json` and `outcomes.csv`.
    pub out: PathBuf,
}

/// Runs a trial and writes its files; gives back its numbers and what could not be done.
pub fn single(options: SingleOptions) -> AvResult<(TrialMetrics, Vec<String>)> {
    let SingleOptions { sources, config, methods, seeds, training, out } = options;
    let session = Session::open(sources, &[&config], &methods)?;
    let ground = session.ground()?;
    let prepared = prepare(&ground, TrialRequest { config, methods, seeds, training })?;
    let mut notes = Vec::new();
    let mut metrics = None;
    for trial in run(&ground, vec![prepared])? {
        metrics = Some(write_trial(&session, &trial, &out)?);
        notes = trial.prepared.notes;
    }
    let metrics = metrics.ok_or_else(|| crate::AvError::options("no trial was run", "report this"))?;
    Ok((metrics, notes))
}
