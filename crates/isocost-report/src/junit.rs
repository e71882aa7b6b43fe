//! `JUnit` XML, so that continuous integration shows claims and attempts as tests.
//!
//! Source: the de-facto schema of Apache Ant and Jenkins: `testsuites/testsuite/testcase`. A supported claim
//! passes; refuted and inconclusive ones fail; invalid ones are errors; unproven ones are skipped.

use crate::markup::{Element, Syntax};
use crate::model::{ClaimView, RunOutcome, RunView, VerdictKind};

/// Verdicts and attempts as one document with a suite each.
pub fn document(claims: &[ClaimView], runs: &[RunView]) -> String {
    let claims: Vec<Case> = claims.iter().map(claim_case).collect();
    let runs: Vec<Case> = runs.iter().map(run_case).collect();
    let all: Vec<&Case> = claims.iter().chain(&runs).collect();
    let root = counted(Element::new("testsuites").with("name", "isocost"), &all)
        .child(suite("claims", &claims))
        .child(suite("attempts", &runs));
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", root.write(Syntax::Xml))
}

struct Case {
    class: String,
    name: String,
    seconds: f64,
    result: Outcome,
    output: String,
}

enum Outcome {
    Passed,
    Failed { kind: &'static str, message: String },
    Error { kind: &'static str, message: String },
    Skipped { message: String },
}

fn claim_case(claim: &ClaimView) -> Case {
    let message = claim.reasons.first().cloned().unwrap_or_else(|| claim.verdict.word().to_owned());
    let kind = claim.verdict.word();
    let result = match claim.verdict {
        VerdictKind::Supported => Outcome::Passed,
        VerdictKind::Refuted | VerdictKind::Inconclusive => Outcome::Failed { kind, message },
        VerdictKind::Invalid => Outcome::Error { kind, message },
        VerdictKind::Unproven => Outcome::Skipped { message },
    };
    let mut output = Vec::new();
    if !claim.rule.is_empty() {
        output.push(format!("rule: {}", claim.rule));
    }
    output.extend(claim.reasons.iter().cloned());
    let name = format!("{}: {}", claim.id, claim.statement);
    Case { class: "isocost.claims".to_owned(), name, seconds: 0.0, result, output: output.join("\n") }
}

fn run_case(run: &RunView) -> Case {
    let kind = run.outcome.word();
    let message = if run.why.is_empty() { kind.to_owned() } else { run.why.clone() };
    let result = match run.outcome {
        RunOutcome::Succeeded => Outcome::Passed,
        RunOutcome::Failed | RunOutcome::ContractViolated => Outcome::Failed { kind, message },
        RunOutcome::TimedOut | RunOutcome::Interrupted => Outcome::Error { kind, message },
        RunOutcome::Skipped | RunOutcome::Running | RunOutcome::Pending => Outcome::Skipped { message },
    };
    let logs: Vec<&str> = run.logs.iter().map(|log| log.path.as_str()).collect();
    Case {
        class: format!("isocost.attempts.{}", run.id),
        name: [run.id.as_str(), &run.stage, &run.attempt].join(" ").trim_end().to_owned(),
        seconds: run.seconds.filter(|s| s.is_finite() && *s >= 0.0).unwrap_or(0.0),
        result,
        output: logs.join("\n"),
    }
}

fn suite(name: &str, cases: &[Case]) -> Element {
    let all: Vec<&Case> = cases.iter().collect();
    counted(Element::new("testsuite").with("name", name), &all).children(cases.iter().map(case_element))
}

fn counted(element: Element, cases: &[&Case]) -> Element {
    let count =
        |wanted: fn(&Outcome) -> bool| cases.iter().filter(|case| wanted(&case.result)).count().to_string();
    let seconds: f64 = cases.iter().map(|case| case.seconds).sum();
    element
        .with("tests", cases.len().to_string())
        .with("failures", count(|r| matches!(r, Outcome::Failed { .. })))
        .with("errors", count(|r| matches!(r, Outcome::Error { .. })))
        .with("skipped", count(|r| matches!(r, Outcome::Skipped { .. })))
        .with("time", format!("{:.3}", seconds.max(0.0)))
}

fn case_element(case: &Case) -> Element {
    let element = Element::new("testcase")
        .with("classname", &case.class)
        .with("name", &case.name)
        .with("time", format!("{:.3}", case.seconds));
    let told = |name: &'static str, kind: &str, message: &str| {
        Element::new(name).with("message", message).with("type", kind).text(&case.output)
    };
    match &case.result {
        Outcome::Passed if case.output.is_empty() => element,
        Outcome::Passed => element.child(Element::new("system-out").text(&case.output)),
        Outcome::Failed { kind, message } => element.child(told("failure", kind, message)),
        Outcome::Error { kind, message } => element.child(told("error", kind, message)),
        Outcome::Skipped { message } => element.child(Element::new("skipped").with("message", message)),
    }
}
