//! A temporary project with jobs that are made from command texts.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use isocost_ledger::model::{ArtifactKind, ArtifactSpec, Stage};
use isocost_ledger::rule::{Requirement, Term, parse};
use isocost_ledger::shell::analyse;
use isocost_ledger::text::Text;
use isocost_run::contract::ContractSpec;
use isocost_run::exec::{Event, JobResult, Reporter, RunOptions, RunSummary, execute};
use isocost_run::ident::JobId;
use isocost_run::plan::{
    CommandSpec, GateSpec, Job, JobResources, Plan, PlanError, PlanOptions, ProjectDisk, link,
};
use isocost_run::project::Project;
use isocost_run::store::{Access, AttemptRecord, Durability, Holder, Store, StoreError};

pub(crate) struct Fixture {
    root: PathBuf,
    /// Removes the project at the end; absent in a second process that works on it.
    guard: Option<tempfile::TempDir>,
    pub(crate) project: Project,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut fixture = Self::at(dir.path());
        fixture.guard = Some(dir);
        fixture
    }

    pub(crate) fn at(root: &Path) -> Self {
        let project = Project::new(&root.join("ledger.md"), None);
        Self { root: root.to_owned(), guard: None, project }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn write(&self, path: &str, content: &str) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.root().join(path)).unwrap()
    }

    pub(crate) fn store(&self) -> Store {
        self.try_store().unwrap()
    }

    pub(crate) fn try_store(&self) -> Result<Store, StoreError> {
        Store::open(&self.project.default_store(), Access::Run(Holder::this_process("test")))
    }

    pub(crate) fn look(&self) -> Store {
        Store::open(&self.project.default_store(), Access::Read).unwrap()
    }

    pub(crate) fn try_plan(&self, jobs: &[Job], options: &PlanOptions) -> Result<Plan, PlanError> {
        let disk = ProjectDisk(self.root().to_owned());
        link(jobs.to_vec(), self.look().snapshot(), &disk, options)
    }

    pub(crate) fn plan(&self, jobs: &[Job]) -> Plan {
        self.try_plan(jobs, &PlanOptions::default()).unwrap()
    }

    pub(crate) fn run_with(&self, jobs: &[Job], options: &RunOptions) -> (RunSummary, Vec<Event>) {
        let plan = self.plan(jobs);
        let heard = Heard::default();
        let mut store = self.store();
        let summary = execute(&plan, &self.project, &mut store, options, &heard).unwrap();
        (summary, heard.events.into_inner().unwrap())
    }

    pub(crate) fn run(&self, jobs: &[Job]) -> RunSummary {
        self.run_with(jobs, &options()).0
    }

    /// Why each job of a run was started, in order.
    pub(crate) fn reasons(&self, jobs: &[Job]) -> Vec<String> {
        let (_, events) = self.run_with(jobs, &options());
        let why = events.iter().filter_map(|event| match event {
            Event::Started { attempt, why, .. } => {
                let why: Vec<String> = why.iter().map(ToString::to_string).collect();
                Some(format!("{}: {}", attempt.job, why.join(", ")))
            }
            _ => None,
        });
        why.collect()
    }

    pub(crate) fn attempt_dir(&self, job: &str, number: u32) -> PathBuf {
        let job = JobId::parse(job).unwrap();
        self.project
            .default_store()
            .join("attempts")
            .join(&job.experiment.0)
            .join(job.stage.name())
            .join(format!("{number:03}"))
    }

    pub(crate) fn record(&self, job: &str, number: u32) -> AttemptRecord {
        let bytes = std::fs::read(self.attempt_dir(job, number).join("attempt.json")).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }
}

#[derive(Default)]
struct Heard {
    events: Mutex<Vec<Event>>,
}

impl Reporter for Heard {
    fn event(&self, event: &Event) {
        self.events.lock().unwrap().push(event.clone());
    }
}

pub(crate) fn options() -> RunOptions {
    RunOptions {
        jobs: 2,
        durability: Durability::Cache,
        grace: Duration::from_millis(300),
        ..RunOptions::default()
    }
}

/// A job, `E0001` or `E0001@smoke`, with its commands.
pub(crate) fn job(name: &str, commands: &[&str]) -> Job {
    Job {
        id: JobId::parse(name).unwrap(),
        title: format!("title of {name}"),
        ledger: "ledger.md".to_owned(),
        line: 1,
        closed: false,
        blocked: None,
        commands: commands.iter().map(|text| CommandSpec::from_analysis(text, &analyse(text))).collect(),
        seeds: vec![0, 1],
        needs: Vec::new(),
        contract: ContractSpec::default(),
        gates: Vec::new(),
        resources: JobResources::default(),
        sequence: None,
        depends: Vec::new(),
    }
}

pub(crate) trait JobExt {
    fn needs(self, id: &str, stage: Option<Stage>) -> Self;
    fn leaves(self, path: &str) -> Self;
    fn measures(self, file: &str, rule: &str) -> Self;
    fn gate(self, file: Option<&str>, rule: &str) -> Self;
    fn limit(self, limit: Duration) -> Self;
}

impl JobExt for Job {
    fn needs(mut self, id: &str, stage: Option<Stage>) -> Self {
        self.needs.push((isocost_ledger::model::Id(id.to_owned()), stage));
        self
    }

    fn leaves(mut self, path: &str) -> Self {
        self.contract.artifacts.push(artifact(path));
        self
    }

    fn measures(mut self, file: &str, rule: &str) -> Self {
        self.contract.metrics.push(requirement(Some(file), rule));
        self
    }

    fn gate(mut self, file: Option<&str>, rule: &str) -> Self {
        self.gates.push(GateSpec { requirement: requirement(file, rule), field: "gate".to_owned() });
        self
    }

    fn limit(mut self, limit: Duration) -> Self {
        self.resources.timeout = Some(limit);
        self
    }
}

pub(crate) fn artifact(path: &str) -> ArtifactSpec {
    ArtifactSpec {
        path: Text { raw: path.to_owned(), ..Text::default() },
        kind: if path.contains('*') { ArtifactKind::Glob } else { ArtifactKind::File },
        resolved: None,
        note: None,
        owner: None,
        label: None,
    }
}

pub(crate) fn requirement(file: Option<&str>, rule: &str) -> Requirement {
    Requirement {
        text: file.map_or_else(|| rule.to_owned(), |file| format!("`{file}`: {rule}")),
        file: file.map(str::to_owned),
        repeated_over: Vec::new(),
        terms: vec![Term::Rule(parse(rule).unwrap())],
        note: Vec::new(),
    }
}

pub(crate) fn result<'a>(summary: &'a RunSummary, job: &str) -> &'a JobResult {
    summary.of(&JobId::parse(job).unwrap()).unwrap()
}

pub(crate) fn words(summary: &RunSummary, job: &str) -> String {
    result(summary, job).words()
}

/// Waits until something holds; fails loudly after ten seconds.
pub(crate) fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let until = Instant::now() + Duration::from_secs(10);
    while !holds() {
        assert!(Instant::now() < until, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

pub(crate) fn is_alive(pid: i32) -> bool {
    // A process that ended and is not collected yet does not live.
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let state = stat.rsplit(')').next().and_then(|rest| rest.trim().chars().next());
    matches!(state, Some(c) if c != 'Z' && c != 'X')
}
