//! The plan for programs.

use schemars::JsonSchema;
use serde::Serialize;

use super::{EdgeKind, Plan};
use crate::ident::JobId;

/// `isocost plan --json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PlanView {
    /// `isocost/plan/1`.
    pub schema: String,
    /// In an order in which they can run.
    pub jobs: Vec<JobView>,
}

/// One job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct JobView {
    /// Its name.
    pub job: JobId,
    /// The entry's title.
    pub title: String,
    /// The ledger.
    pub ledger: String,
    /// Line of the entry, from 1.
    pub line: u32,
    /// Commands as written.
    pub commands: Vec<String>,
    /// Declared seeds.
    pub seeds: Vec<i64>,
    /// What it waits for.
    pub depends: Vec<DependsView>,
    /// Conditions before it starts.
    pub gates: Vec<String>,
    /// Local slots.
    pub slots: u32,
    /// GPUs.
    pub gpus: u32,
    /// Time limit in seconds.
    pub timeout_seconds: Option<u64>,
}

/// One dependency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DependsView {
    /// The other job.
    pub job: JobId,
    /// Why.
    pub kind: EdgeKind,
    /// In words.
    pub why: String,
    /// Whether the other job is part of this plan; else its recorded attempt is taken.
    pub in_plan: bool,
}

/// The plan as it is printed with `--json`.
pub fn to_view(plan: &Plan) -> PlanView {
    let jobs = plan.jobs.iter().enumerate().map(|(at, job)| {
        let sequence = plan.edges.iter().filter(|edge| edge.to == at && edge.kind == EdgeKind::Sequence);
        let sequence = sequence.filter_map(|edge| {
            let from = plan.jobs.get(edge.from)?;
            Some(DependsView { job: from.id.clone(), kind: edge.kind, why: edge.why.clone(), in_plan: true })
        });
        let depends = job.depends.iter().map(|on| DependsView {
            job: on.job.clone(),
            kind: on.kind,
            why: on.why.clone(),
            in_plan: plan.position(&on.job).is_some(),
        });
        JobView {
            job: job.id.clone(),
            title: job.title.clone(),
            ledger: job.ledger.clone(),
            line: job.line,
            commands: job.commands.iter().map(|command| command.text.clone()).collect(),
            seeds: job.seeds.clone(),
            depends: depends.chain(sequence).collect(),
            gates: job.gates.iter().map(|gate| gate.requirement.text.clone()).collect(),
            slots: job.resources.slots,
            gpus: job.resources.gpus,
            timeout_seconds: job.resources.timeout.map(|timeout| timeout.as_secs()),
        }
    });
    PlanView { schema: "isocost/plan/1".to_owned(), jobs: jobs.collect() }
}
