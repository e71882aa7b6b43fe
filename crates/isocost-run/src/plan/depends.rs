//! What each job depends on.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use isocost_ledger::model::{ArtifactKind, Id, Stage};

use super::{CommandSpec, Depends, Disk, EdgeKind, InputKind, InputRef, Job, PlanProblem};
use crate::contract::globs_overlap;
use crate::gate::references;
use crate::ident::JobId;

/// All jobs, asked by experiment and by what they write.
pub(super) struct Producers<'a> {
    jobs: &'a [Job],
    by_experiment: BTreeMap<&'a Id, Vec<&'a Job>>,
    by_variable: BTreeMap<String, &'a Id>,
    outputs: Vec<(usize, String)>,
    /// Who writes what was asked for: many commands read the same data.
    asked: RefCell<BTreeMap<String, Rc<BTreeSet<usize>>>>,
}

impl<'a> Producers<'a> {
    pub(super) fn new(jobs: &'a [Job]) -> Self {
        let mut by_experiment: BTreeMap<&Id, Vec<&Job>> = BTreeMap::new();
        for job in jobs {
            by_experiment.entry(&job.id.experiment).or_default().push(job);
        }
        for list in by_experiment.values_mut() {
            list.sort_by_key(|job| job.id.stage);
        }
        let mut by_variable = BTreeMap::new();
        for id in by_experiment.keys().copied() {
            by_variable.entry(variable_name(id)).or_insert(id);
        }
        let outputs = jobs
            .iter()
            .enumerate()
            .flat_map(|(at, job)| outputs_of(job).into_iter().map(move |pattern| (at, pattern)));
        Self { jobs, by_experiment, by_variable, outputs: outputs.collect(), asked: RefCell::default() }
    }

    /// The experiment's jobs by stage.
    pub(super) fn of(&self, experiment: &Id) -> &[&'a Job] {
        self.by_experiment.get(experiment).map_or(&[], Vec::as_slice)
    }

    fn writers_of(&self, path: &str) -> Rc<BTreeSet<usize>> {
        if let Some(known) = self.asked.borrow().get(path) {
            return Rc::clone(known);
        }
        let writing = self.outputs.iter().filter(|(_, output)| related(path, output)).map(|(at, _)| *at);
        let found = Rc::new(writing.collect::<BTreeSet<usize>>());
        self.asked.borrow_mut().insert(path.to_owned(), Rc::clone(&found));
        found
    }

    /// The experiment that an environment variable's `E0001` or `E0001_SMOKE` names.
    fn named(&self, name: &str) -> Option<(Id, Option<Stage>)> {
        if let Some(id) = self.by_variable.get(name) {
            return Some(((*id).clone(), None));
        }
        let (name, stage) = name.rsplit_once('_')?;
        Some(((*self.by_variable.get(name)?).clone(), Some(Stage::from_name(stage)?)))
    }
}

/// An experiment's id as part of an environment variable's name.
pub(crate) fn variable_name(id: &Id) -> String {
    id.0.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect()
}

/// What a job writes below the project's root, as patterns.
fn outputs_of(job: &Job) -> Vec<String> {
    let written =
        job.commands.iter().flat_map(|command| &command.outputs).map(|output| output.pattern.clone());
    let required = job.contract.artifacts.iter().filter(|artifact| artifact.kind != ArtifactKind::Template);
    let required = required.flat_map(|artifact| crate::contract::expand_braces(artifact.effective_path()));
    written
        .chain(required)
        .map(|path| path.trim_end_matches('/').to_owned())
        .filter(|p| !p.is_empty())
        .collect()
}

/// Whether one of two paths or patterns is the other, or lies below it.
fn related(input: &str, output: &str) -> bool {
    let (mut inputs, mut outputs) = (input.trim_end_matches('/').split('/'), output.split('/'));
    let mut common = 0;
    loop {
        match (inputs.next(), outputs.next()) {
            (Some(a), Some(b)) if globs_overlap(a, b) => common += 1,
            (Some(_), Some(_)) => return false,
            // A directory of one component, such as `runs`, is not read as "all that is below it".
            (None, Some(_)) => return common > 1,
            (_, None) => return common > 0,
        }
    }
}

/// What one job depends on, and what is wrong with that.
pub(super) fn depends_of(
    job: &Job,
    position: usize,
    producers: &Producers<'_>,
    disk: &dyn Disk,
) -> (Vec<Depends>, Vec<PlanProblem>) {
    let mut found = Found { job, depends: BTreeSet::new(), problems: Vec::new() };
    found.earlier_stage(producers);
    found.needs(producers);
    found.gates(producers);
    for (number, command) in job.commands.iter().enumerate() {
        found.given(command, producers);
        for input in &command.inputs {
            let is_own = input.owner.as_ref() == Some(&job.id.experiment)
                || job
                    .commands
                    .iter()
                    .take(number)
                    .flat_map(|c| &c.outputs)
                    .any(|o| related(&input.path, &o.pattern));
            if !is_own {
                found.input(input, position, producers, disk);
            }
        }
    }
    (found.depends.into_iter().collect(), found.problems)
}

struct Found<'a> {
    job: &'a Job,
    depends: BTreeSet<Depends>,
    problems: Vec<PlanProblem>,
}

impl Found<'_> {
    fn add(&mut self, job: &JobId, kind: EdgeKind, why: impl Into<String>) {
        self.depends.insert(Depends { job: job.clone(), kind, why: why.into() });
    }

    fn earlier_stage(&mut self, producers: &Producers<'_>) {
        let own = producers.of(&self.job.id.experiment);
        if let Some(earlier) = own.iter().rev().find(|other| other.id.stage < self.job.id.stage) {
            let why = format!("{} comes first", earlier.id.stage.name());
            self.add(&earlier.id, EdgeKind::Stage, why);
        }
    }

    fn needs(&mut self, producers: &Producers<'_>) {
        for (id, stage) in &self.job.needs {
            self.need(id, *stage, producers, "declared");
        }
    }

    fn need(&mut self, id: &Id, stage: Option<Stage>, producers: &Producers<'_>, why: &str) {
        let jobs = producers.of(id);
        let wanted = match stage {
            Some(stage) => jobs.iter().find(|job| job.id.stage == stage),
            None => jobs.last(),
        };
        if let Some(need) = wanted {
            self.add(&need.id, EdgeKind::Need, why);
        } else {
            let need = stage.map_or_else(|| id.to_string(), |stage| format!("{id}@{}", stage.name()));
            self.problems.push(PlanProblem::UnknownNeed { job: self.job.id.clone(), need });
        }
    }

    fn given(&mut self, command: &CommandSpec, producers: &Producers<'_>) {
        for name in command.given_names() {
            let why = format!("ISOCOST_IN_{name}");
            match producers.named(name) {
                Some((id, stage)) if id != self.job.id.experiment => self.need(&id, stage, producers, &why),
                Some(_) => {}
                None => self.problems.push(PlanProblem::UnknownNeed { job: self.job.id.clone(), need: why }),
            }
        }
    }

    fn gates(&mut self, producers: &Producers<'_>) {
        for gate in &self.job.gates {
            for (id, stage) in references(&gate.requirement) {
                let jobs = producers.of(&id);
                let wanted = match stage {
                    Some(stage) => jobs.iter().find(|job| job.id.stage == stage),
                    None => jobs.last(),
                };
                if let Some(other) = wanted.filter(|other| other.id != self.job.id) {
                    self.add(&other.id, EdgeKind::Gate, gate.requirement.text.clone());
                }
            }
        }
    }

    fn input(&mut self, input: &InputRef, position: usize, producers: &Producers<'_>, disk: &dyn Disk) {
        let writers = producers.writers_of(&input.path);
        if let Some(owner) = &input.owner {
            let jobs = producers.of(owner);
            if let Some(writer) = self.of_owner(jobs, &writers, producers) {
                self.add(&writer, EdgeKind::Input, input.path.clone());
                return;
            }
            if input.kind != InputKind::Literal || !disk.exists(&input.path) {
                self.missing(input, &format!("add an entry {owner} with a command, or correct the path"));
            }
            return;
        }
        let others: Vec<(usize, &Job)> = writers
            .iter()
            .filter_map(|&at| Some((at, producers.jobs.get(at)?)))
            .filter(|(_, other)| other.id.experiment != self.job.id.experiment)
            .collect();
        let experiments: BTreeSet<&Id> = others.iter().map(|(_, other)| &other.id.experiment).collect();
        if input.kind != InputKind::Literal && experiments.len() > 1 {
            self.problems.push(PlanProblem::AmbiguousGlob {
                job: self.job.id.clone(),
                pattern: input.path.clone(),
                producers: experiments.into_iter().cloned().collect(),
            });
            return;
        }
        let is_after = others.iter().any(|(at, _)| *at < position);
        let chosen = others.iter().filter(|(at, _)| *at < position || !is_after);
        let chosen: Vec<JobId> = chosen.map(|(_, other)| other.id.clone()).collect();
        if chosen.is_empty()
            && input.path.starts_with("runs/")
            && input.kind == InputKind::Literal
            && !disk.exists(&input.path)
        {
            self.missing(input, "add the entry that writes it, or correct the path");
        }
        for writer in chosen {
            self.add(&writer, EdgeKind::Input, input.path.clone());
        }
    }

    /// The job of the owner whose files are meant: one that writes there if any does; this job's stage, else the full one,
    /// else the last.
    fn of_owner(&self, jobs: &[&Job], writers: &BTreeSet<usize>, producers: &Producers<'_>) -> Option<JobId> {
        let writes =
            |job: &&&Job| writers.iter().any(|&at| producers.jobs.get(at).is_some_and(|w| w.id == job.id));
        let writing: Vec<&&Job> = jobs.iter().filter(writes).collect();
        let candidates: Vec<&&Job> = if writing.is_empty() { jobs.iter().collect() } else { writing };
        let of_stage = |stage: Stage| candidates.iter().find(|job| job.id.stage == stage);
        let chosen = of_stage(self.job.id.stage).or_else(|| of_stage(Stage::Full)).or(candidates.last());
        chosen.map(|job| job.id.clone())
    }

    fn missing(&mut self, input: &InputRef, hint: &str) {
        self.problems.push(PlanProblem::MissingProducer {
            job: self.job.id.clone(),
            input: input.path.clone(),
            hint: hint.to_owned(),
        });
    }
}
