//! One job in a thread of its own: prepare, decide whether it is fresh, run its attempts, record them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use jiff::{Timestamp, ToSpan, Zoned};

use super::child::{Control, Launch, Stop, run};
use super::dispatch::Message;
use super::fresh::freshness;
use super::prepare::{Prepared, is_own, prepare};
use super::resolve::{as_words, fitting, replace};
use super::{Force, JobResult, RunOptions, Why, host, outputs};
use crate::contract::{Evidence, EvidenceFile, Survey, check};
use crate::gate::Recorded;
use crate::ident::AttemptNo;
use crate::plan::{CommandSpec, Job, WordPlace, date_spans, expand_dates, variable_name};
use crate::project::Project;
use crate::store::{
    ATTEMPT_SCHEMA, Attempt, AttemptOutcome, AttemptRecord, AttemptState, CommandRecord, FileHashes,
    GitRecord, Layout, OpenAttempt, Snapshot,
};

/// What all jobs of a run share.
pub(super) struct Shared<'a> {
    pub(super) project: &'a Project,
    pub(super) layout: &'a Layout,
    pub(super) hashes: &'a FileHashes,
    pub(super) snapshot: RwLock<Snapshot>,
    pub(super) options: &'a RunOptions,
    pub(super) git: OnceLock<Option<GitRecord>>,
    pub(super) host: String,
    pub(super) shell: PathBuf,
    pub(super) environment: BTreeMap<String, String>,
    pub(super) key_environment: BTreeMap<String, String>,
}

impl Shared<'_> {
    pub(super) fn with_recorded<T>(&self, then: impl FnOnce(Recorded<'_>) -> T) -> T {
        let snapshot = self.snapshot.read().unwrap_or_else(PoisonError::into_inner);
        let (layout, root) = (self.layout, self.project.root());
        then(Recorded { snapshot: &snapshot, layout, root, hashes: self.hashes })
    }

    /// The attempt that is still good, if that can be told without reading a file's content.
    pub(super) fn fresh_at_a_glance(&self, job: &Job) -> Option<AttemptNo> {
        if self.options.force == Force::Everything {
            return None;
        }
        self.with_recorded(|recorded| {
            recorded.snapshot.latest(&job.id).filter(|latest| latest.succeeded())?;
            let hashes = recorded.hashes.remembered();
            let recorded = Recorded { hashes: &hashes, ..recorded };
            let prepared = prepare(job, recorded, &self.key_environment).ok()?;
            freshness(job, &prepared, recorded).ok()
        })
    }

    fn git(&self) -> Option<GitRecord> {
        self.git.get_or_init(|| host::git(self.project.root())).clone()
    }
}

/// A job with what it was given.
pub(super) struct JobRun<'a> {
    pub(super) shared: &'a Shared<'a>,
    pub(super) index: usize,
    pub(super) job: &'a Job,
    pub(super) control: &'a Control,
    pub(super) gpus: Vec<String>,
    pub(super) to_dispatcher: Sender<Message>,
}

/// Why the commands did not all succeed.
struct Failed {
    outcome: AttemptOutcome,
    reason: String,
}

impl JobRun<'_> {
    /// Runs the job, or finds that it need not run.
    pub(super) fn run(&self) -> JobResult {
        let shared = self.shared;
        let prepared = shared.with_recorded(|recorded| {
            let prepared = prepare(self.job, recorded, &shared.key_environment)?;
            let fresh = match shared.options.force {
                Force::OnlyStale => freshness(self.job, &prepared, recorded),
                Force::Everything => Err(vec![Why::Forced]),
            };
            Ok::<_, String>((prepared, fresh, recorded.snapshot.next_number(&self.job.id)))
        });
        match prepared {
            Err(why) => JobResult::CannotRun { why },
            Ok((_, Ok(attempt), _)) => JobResult::Fresh { attempt },
            Ok((prepared, Err(why), number)) => self.attempts(&prepared, number, &why),
        }
    }

    fn attempts(&self, prepared: &Prepared, first: AttemptNo, why: &[Why]) -> JobResult {
        let retries = self.job.resources.retries.unwrap_or(self.shared.options.retries);
        let (mut number, mut retry) = (first, 0);
        loop {
            if self.control.stopped() == Some(Stop::Interrupted) {
                return JobResult::NotStarted { why: "the run was stopped".to_owned() };
            }
            let record = match self.attempt(prepared, number, why, retry) {
                Ok(record) => record,
                Err(why) => return JobResult::CannotRun { why },
            };
            let (outcome, reason) = (record.outcome, record.reason.clone());
            let reference = record.reference();
            let attempt = Attempt { state: AttemptState::Ended(outcome), record: Arc::new(record.into()) };
            self.tell(Message::Recorded(Box::new(attempt)));
            let is_retried = matches!(outcome, AttemptOutcome::Failed | AttemptOutcome::TimedOut);
            if !is_retried || retry >= retries {
                return JobResult::Ran { attempt: number, outcome, reason };
            }
            self.tell(Message::Retrying {
                index: self.index,
                attempt: reference,
                reason: reason.unwrap_or_default(),
            });
            self.control.next_attempt();
            number = number.next();
            retry += 1;
        }
    }

    fn tell(&self, message: Message) {
        let _ = self.to_dispatcher.send(message);
    }

    fn attempt(
        &self,
        prepared: &Prepared,
        number: AttemptNo,
        why: &[Why],
        retry: u32,
    ) -> Result<AttemptRecord, String> {
        let (root, layout) = (self.shared.project.root(), self.shared.layout);
        let started = free_moment(self.job, root);
        let mut record = self.opening(prepared, number, started.timestamp());
        let reference = record.reference();
        self.extend_environment(&mut record);
        let before = outputs::stamps(self.job, root, layout.dir());
        let open = OpenAttempt::begin(layout, &record).map_err(|error| error.to_string())?;
        self.tell(Message::Started {
            index: self.index,
            attempt: reference.clone(),
            why: why.to_vec(),
            retry,
            gpus: self.gpus.clone(),
        });
        let ended = self.commands(&open, &mut record, prepared, &before, &started);
        record.ended = Some(Timestamp::now());
        let own = layout.artifacts(&reference);
        let files = outputs::written(self.job, root, layout.dir(), &before, &own);
        let (outcome, reason) = match (ended, outputs::records(&files, self.shared.hashes)) {
            (Err(failed), outputs) => {
                record.outputs = outputs.unwrap_or_default();
                (failed.outcome, Some(failed.reason))
            }
            (Ok(()), Err(error)) => {
                (AttemptOutcome::Failed, Some(format!("an output cannot be read: {error}")))
            }
            (Ok(()), Ok(outputs)) => {
                record.outputs = outputs;
                self.check_contract(&mut record, &before, &own)
            }
        };
        record.outcome = outcome;
        record.reason = reason;
        open.finish(layout, &record, self.shared.options.durability).map_err(|error| {
            format!("{reference} ended ({}), but that could not be recorded: {error}", outcome.words())
        })?;
        Ok(record)
    }

    fn opening(&self, prepared: &Prepared, number: AttemptNo, started: Timestamp) -> AttemptRecord {
        let written = |command: &CommandSpec| CommandRecord {
            written: command.text.clone(),
            resolved: None,
            exit: None,
            signal: None,
        };
        AttemptRecord {
            schema: ATTEMPT_SCHEMA.to_owned(),
            experiment: self.job.id.experiment.0.clone(),
            stage: self.job.id.stage,
            attempt: number,
            outcome: AttemptOutcome::Running,
            reason: None,
            ledger: self.shared.project.shown(Path::new(&self.job.ledger)),
            started,
            ended: None,
            commands: self.job.commands.iter().map(written).collect(),
            seeds: self.job.seeds.clone(),
            inputs: prepared.inputs.clone(),
            needs: prepared.needs.iter().map(ToString::to_string).collect(),
            key: prepared.key.clone(),
            outputs: Vec::new(),
            contract: None,
            git: self.shared.git(),
            environment: self.shared.environment.clone(),
            key_environment: prepared.key_environment.keys().cloned().collect(),
            host: self.shared.host.clone(),
            opened_gates: self.opened_gates(),
            devices: self.gpus.clone(),
            runner: std::process::id(),
        }
    }

    fn opened_gates(&self) -> Vec<String> {
        if !self.shared.options.opened_gates.contains(&self.job.id.experiment) {
            return Vec::new();
        }
        self.job.gates.iter().map(|gate| gate.requirement.text.clone()).collect()
    }

    /// Adds what isocost tells the commands.
    fn extend_environment(&self, record: &mut AttemptRecord) {
        let own = self.shared.layout.artifacts(&record.reference());
        let seeds: Vec<String> = self.job.seeds.iter().map(ToString::to_string).collect();
        let ledger = self.shared.project.ledger().to_string_lossy().into_owned();
        let mut added = vec![
            ("ISOCOST_OUT".to_owned(), own.to_string_lossy().into_owned()),
            ("ISOCOST_ID".to_owned(), record.experiment.clone()),
            ("ISOCOST_STAGE".to_owned(), record.stage.name().to_owned()),
            ("ISOCOST_ATTEMPT".to_owned(), record.attempt.to_string()),
            ("ISOCOST_LEDGER".to_owned(), ledger),
            ("ISOCOST_SEEDS".to_owned(), seeds.join(",")),
        ];
        added.extend(self.given());
        if let Some(path) = self.path() {
            added.push(("PATH".to_owned(), path));
        }
        if !self.gpus.is_empty() {
            added.push(("CUDA_VISIBLE_DEVICES".to_owned(), self.gpus.join(",")));
        }
        record.environment.extend(added);
    }

    /// `ISOCOST_IN_…` for each dependency. The plain name is that of the last stage; dependencies are sorted by stage.
    fn given(&self) -> Vec<(String, String)> {
        self.shared.with_recorded(|recorded| {
            let mut given = Vec::new();
            for on in &self.job.depends {
                if let Some(attempt) = recorded.snapshot.latest_success(&on.job) {
                    let dir =
                        recorded.layout.artifacts(&attempt.record.reference()).to_string_lossy().into_owned();
                    let name = format!("ISOCOST_IN_{}", variable_name(&on.job.experiment));
                    given.push((format!("{name}_{}", on.job.stage.name().to_ascii_uppercase()), dir.clone()));
                    given.push((name, dir));
                }
            }
            given
        })
    }

    /// The search path with this program's directory at its end.
    fn path(&self) -> Option<String> {
        let extra = self.shared.options.extra_path.clone()?;
        let path = std::env::var_os("PATH").unwrap_or_default();
        let joined = std::env::join_paths(std::env::split_paths(&path).chain([extra])).ok()?;
        Some(joined.to_string_lossy().into_owned())
    }

    fn commands(
        &self,
        open: &OpenAttempt,
        record: &mut AttemptRecord,
        prepared: &Prepared,
        before: &Survey,
        started: &Zoned,
    ) -> Result<(), Failed> {
        let failed = |reason: String| Failed { outcome: AttemptOutcome::Failed, reason };
        for (number, command) in self.job.commands.iter().enumerate() {
            let mut replacements = prepared.replacements.get(number).cloned().unwrap_or_default();
            self.own_files(command, before, &mut replacements).map_err(failed)?;
            let text = expand_dates(&replace(&command.text, &replacements), started);
            if let Some(place) = record.commands.get_mut(number) {
                place.resolved = Some(text.clone());
            }
            self.refuse_if_stopped()?;
            let launch = Launch {
                shell: &self.shared.shell,
                text: &text,
                root: self.shared.project.root(),
                environment: &record.environment,
                logs: open.logs(self.shared.layout).map_err(|error| failed(error.to_string()))?,
                grace: self.shared.options.grace,
            };
            let exit = run(launch, self.control)
                .map_err(|error| failed(format!("command {} could not be started: {error}", number + 1)))?;
            if let Some(place) = record.commands.get_mut(number) {
                (place.exit, place.signal) = (exit.code, exit.signal);
            }
            self.refuse_if_stopped()?;
            if !exit.is_success() {
                let which = if self.job.commands.len() > 1 {
                    format!("command {}: ", number + 1)
                } else {
                    String::new()
                };
                return Err(failed(format!("{which}{}", exit.words())));
            }
        }
        Ok(())
    }

    fn refuse_if_stopped(&self) -> Result<(), Failed> {
        match self.control.stopped() {
            None => Ok(()),
            Some(Stop::Interrupted) => {
                Err(Failed { outcome: AttemptOutcome::Interrupted, reason: "the run was stopped".to_owned() })
            }
            Some(Stop::TimeLimit) => {
                let limit = self.job.resources.timeout.or(self.shared.options.timeout).unwrap_or_default();
                let reason = format!("it reached its time limit of {} s", limit.as_secs_f64());
                Err(Failed { outcome: AttemptOutcome::TimedOut, reason })
            }
        }
    }

    /// Patterns with the job's own id mean what this very attempt has written so far.
    fn own_files(
        &self,
        command: &CommandSpec,
        before: &Survey,
        replacements: &mut Vec<(std::ops::Range<usize>, String)>,
    ) -> Result<(), String> {
        let is_pattern = |path: &str| crate::contract::is_glob(path);
        let own_inputs =
            command.inputs.iter().filter(|input| is_own(self.job, command, input) && is_pattern(&input.path));
        let own_inputs = own_inputs.map(|input| (input.span.clone(), input.path.clone(), input.place));
        let typed = |span: &std::ops::Range<usize>| command.text.get(span.clone()).unwrap_or_default();
        // An output that is typed with a pattern, not with a date, goes where the attempt already wrote.
        let own_outputs = command.outputs.iter().filter(|output| {
            let typed = typed(&output.span);
            is_pattern(typed) && !typed.contains(['$', '`'])
        });
        let own_outputs =
            own_outputs.map(|output| (output.span.clone(), output.pattern.clone(), WordPlace::Assignment));
        let wanted: Vec<_> = own_inputs.chain(own_outputs).collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let (root, layout) = (self.shared.project.root(), self.shared.layout);
        let nowhere = layout.dir().join("none");
        let written = outputs::written(self.job, root, layout.dir(), before, &nowhere);
        for (span, pattern, place) in wanted {
            let found = fitting(&pattern, written.iter().map(|(shown, _)| shown.as_str()));
            replacements.push((span, as_words(&pattern, &found, place, "this attempt")?));
        }
        Ok(())
    }

    fn check_contract(
        &self,
        record: &mut AttemptRecord,
        before: &Survey,
        own: &Path,
    ) -> (AttemptOutcome, Option<String>) {
        let root = self.shared.project.root();
        let reference = record.reference();
        let files: Vec<EvidenceFile> = record
            .outputs
            .iter()
            .map(|output| EvidenceFile {
                shown: output.path.clone(),
                path: Snapshot::output_path(self.shared.layout, root, &reference, &output.path),
            })
            .collect();
        let evidence = Evidence { root, own: Some(own), before: Some(before), files: &files };
        let report = check(&self.job.contract, evidence);
        let violations = report.violations();
        record.contract = Some(report);
        if violations.is_empty() {
            (AttemptOutcome::Succeeded, None)
        } else {
            (AttemptOutcome::ContractViolated, Some(violations.join("; ")))
        }
    }
}

/// Now, or as many seconds later as it takes until no dated directory of the job exists yet.
fn free_moment(job: &Job, root: &Path) -> Zoned {
    const PATIENCE: u32 = 600;
    let mut moment = Zoned::now();
    let dated: Vec<&str> = job
        .commands
        .iter()
        .flat_map(|command| command.outputs.iter().filter_map(|output| command.text.get(output.span.clone())))
        .filter(|typed| !date_spans(typed).is_empty())
        .map(|typed| typed.trim_matches(['"', '\'']))
        .collect();
    let is_taken = |moment: &Zoned| {
        dated.iter().any(|typed| isocost_fs::exists(&root.join(expand_dates(typed, moment))))
    };
    for _ in 0..PATIENCE {
        if !is_taken(&moment) {
            break;
        }
        match moment.checked_add(1.second()) {
            Ok(later) => moment = later,
            Err(_) => break,
        }
    }
    moment
}
