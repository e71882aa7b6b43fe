//! The plan for Markdown pages that draw Mermaid.

use std::fmt::Write;

use super::{EdgeKind, Plan};

/// A flowchart: solid lines are dependencies, dashed ones only an order.
pub fn to_mermaid(plan: &Plan) -> String {
    let mut out = String::from("flowchart LR\n");
    for (at, job) in plan.jobs.iter().enumerate() {
        let _ = writeln!(out, "  j{at}[\"{}<br/>{}\"]", escaped(&job.id.to_string()), escaped(&job.title));
    }
    for edge in &plan.edges {
        let arrow = if edge.kind == EdgeKind::Sequence { "-.->" } else { "-->" };
        let _ = writeln!(out, "  j{} {arrow}|{}| j{}", edge.from, edge.kind.word(), edge.to);
    }
    out
}

/// Mermaid has no escape characters, only entities.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => out.push_str("#quot;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            '#' => out.push_str("#35;"),
            '`' => out.push_str("#96;"),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
