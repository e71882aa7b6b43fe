//! From a claim's references to the recorded files that they mean.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use isocost_ledger::model::{Id, Ledger, Stage};
use isocost_run::ident::JobId;
use isocost_run::plan::jobs_of;
use isocost_run::project::Project;
use isocost_run::store::{Attempt, AttemptOutcome, AttemptState, Snapshot, Store};
use isocost_trial::claim::{Artifacts, Reason, ReasonKind, TableRef};
use isocost_trial::{OutcomeTable, TableError};

use crate::error::CliError;
use crate::exit::Exit;
use crate::project::plan_problems;

/// What a ledger's experiments left, as recorded.
pub(crate) struct Evidence<'a> {
    store: &'a Store,
    project: Project,
    jobs: Vec<JobId>,
}

/// The tables of one claim, read as one, and what speaks against them.
#[derive(Default)]
pub(crate) struct ClaimTables {
    pub(crate) table: Option<OutcomeTable>,
    pub(crate) problems: Vec<Reason>,
}

/// A file that a reference means.
struct Located {
    path: PathBuf,
    /// Its recorded hash, for a file of a recorded attempt.
    recorded: Option<String>,
}

impl<'a> Evidence<'a> {
    pub(crate) fn new(ledger: &Ledger, project: Project, store: &'a Store) -> Result<Self, CliError> {
        let jobs = jobs_of(&[ledger]).map_err(plan_problems)?;
        Ok(Self { store, project, jobs: jobs.into_iter().map(|job| job.id).collect() })
    }

    /// The tables of a claim. A file that is not there is no evidence yet; one that cannot be read is an error.
    pub(crate) fn tables(&self, references: &[TableRef]) -> Result<ClaimTables, CliError> {
        let mut found = ClaimTables::default();
        let mut located = Vec::new();
        for reference in references {
            match self.locate_table(reference) {
                Ok(Some(file)) => located.push(file),
                Ok(None) => return Ok(found),
                Err(problem) => found.problems.push(problem),
            }
        }
        if located.is_empty() {
            return Ok(found);
        }
        let paths: Vec<&Path> = located.iter().map(|file| file.path.as_path()).collect();
        let table = OutcomeTable::read_all(&paths).map_err(|error| table_error(&error))?;
        for (file, source) in located.iter().zip(table.sources()) {
            if let Some(recorded) = file.recorded.as_ref().filter(|recorded| **recorded != source.blake3) {
                let path = self.project.shown(&file.path);
                let sentence = format!(
                    "{path} was changed after it was recorded (BLAKE3 {} then, {} now); run the experiment again",
                    short(recorded),
                    short(&source.blake3)
                );
                found.problems.push(Reason::new(ReasonKind::ContractViolated, sentence));
            }
        }
        let project = self.project.clone();
        found.table = Some(table.with_source_names(|path| project.shown(path).into()));
        Ok(found)
    }

    fn locate_table(&self, reference: &TableRef) -> Result<Option<Located>, Reason> {
        match reference {
            TableRef::Path(path) => {
                let path = self.project.root().join(path);
                Ok(isocost_fs::exists(&path).then_some(Located { path, recorded: None }))
            }
            TableRef::Recorded { experiment, stage, file } => self.recorded(experiment, *stage, file),
        }
    }

    /// The file of the latest attempt that succeeded. Where only attempts that broke their contract are recorded, that is
    /// the reason why there is none.
    fn recorded(&self, experiment: &Id, stage: Option<Stage>, file: &str) -> Result<Option<Located>, Reason> {
        let Some(stage) = stage.or_else(|| self.last_stage(experiment)) else { return Ok(None) };
        let job = JobId { experiment: experiment.clone(), stage };
        let snapshot = self.store.snapshot();
        let Some(attempt) = snapshot.latest_success(&job) else {
            let violated = snapshot.latest(&job).filter(|attempt| broke_contract(attempt));
            return match violated {
                None => Ok(None),
                Some(attempt) => {
                    let why = attempt.record.reason.as_deref().unwrap_or("see isocost verify");
                    let sentence = format!("{} violated its contract: {why}", attempt.record.reference());
                    Err(Reason::new(ReasonKind::ContractViolated, sentence))
                }
            };
        };
        self.output(attempt, file).map(Some)
    }

    /// Only what the attempt is recorded to have left: a file that was put there later is no evidence.
    fn output(&self, attempt: &Attempt, file: &str) -> Result<Located, Reason> {
        let reference = attempt.record.reference();
        let own = format!("artifacts/{file}");
        let mut outputs = attempt.record.outputs.iter();
        let Some(output) = outputs.find(|output| output.path == own || output.path == file) else {
            let sentence = format!("{reference} is not recorded to have left `{file}`");
            return Err(Reason::new(ReasonKind::NoEvidence, sentence));
        };
        let path = Snapshot::output_path(self.store.layout(), self.project.root(), &reference, &output.path);
        Ok(Located { path, recorded: Some(output.blake3.as_str().to_owned()) })
    }

    fn last_stage(&self, experiment: &Id) -> Option<Stage> {
        self.jobs.iter().filter(|job| job.experiment == *experiment).map(|job| job.stage).max()
    }
}

impl Artifacts for Evidence<'_> {
    fn json(&self, file: Option<&str>) -> Result<Arc<serde_json::Value>, String> {
        let name =
            file.ok_or("the rule names no file; write it in front, as `E0001/metrics.json: accuracy > 0.5`")?;
        let located = self.locate_table(&TableRef::parse(name)).map_err(|reason| reason.sentence)?;
        let located = located.ok_or_else(|| format!("{name} is not recorded yet"))?;
        let bytes = isocost_fs::read(&located.path).map_err(|error| error.to_string())?;
        if let Some(recorded) =
            located.recorded.filter(|hash| *hash != blake3::hash(&bytes).to_hex().to_string())
        {
            return Err(format!(
                "{name} was changed after it was recorded (BLAKE3 {} then)",
                short(&recorded)
            ));
        }
        let value = serde_json::from_slice(&bytes).map_err(|error| format!("{name} is not JSON: {error}"))?;
        Ok(Arc::new(value))
    }
}

fn broke_contract(attempt: &Attempt) -> bool {
    attempt.state == AttemptState::Ended(AttemptOutcome::ContractViolated)
}

fn table_error(error: &TableError) -> CliError {
    CliError::failed(Exit::Input, error)
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}
