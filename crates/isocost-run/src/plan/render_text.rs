//! The plan for people.

use std::fmt::Write;

use super::{Job, Plan};

/// One paragraph a job: what it is, what it waits for, what it takes, what is run.
pub fn to_text(plan: &Plan) -> String {
    let mut out = String::new();
    for (at, job) in plan.jobs.iter().enumerate() {
        write_job(&mut out, plan, at, job);
    }
    let _ = writeln!(out, "{} job(s), {} dependencies", plan.jobs.len(), plan.edges.len());
    out
}

fn write_job(out: &mut String, plan: &Plan, at: usize, job: &Job) {
    let _ = writeln!(out, "{}  {}", job.id, job.title);
    let _ = writeln!(out, "    at     {}:{}", job.ledger, job.line);
    for edge in plan.edges.iter().filter(|edge| edge.to == at) {
        if let Some(from) = plan.jobs.get(edge.from) {
            let _ = writeln!(out, "    {:<6} {} ({})", edge.kind.word(), from.id, edge.why);
        }
    }
    for on in job.depends.iter().filter(|on| plan.position(&on.job).is_none()) {
        let _ = writeln!(out, "    {:<6} {} as recorded ({})", on.kind.word(), on.job, on.why);
    }
    for gate in &job.gates {
        let _ = writeln!(out, "    gate   {}", gate.requirement.text);
    }
    if let Some(takes) = takes(job) {
        let _ = writeln!(out, "    takes  {takes}");
    }
    for command in &job.commands {
        let _ = writeln!(out, "    $ {}", command.text.replace('\n', "\n      "));
    }
}

fn takes(job: &Job) -> Option<String> {
    let mut parts = Vec::new();
    if job.resources.slots > 1 {
        parts.push(format!("{} slots", job.resources.slots));
    }
    if job.resources.gpus > 0 {
        parts.push(format!("{} GPU(s)", job.resources.gpus));
    }
    if let Some(timeout) = job.resources.timeout {
        parts.push(format!("at most {} s", timeout.as_secs()));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}
