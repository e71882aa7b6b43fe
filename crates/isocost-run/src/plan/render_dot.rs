//! The plan for Graphviz.

use std::fmt::Write;

use super::{EdgeKind, Plan};

/// A directed graph: solid lines are dependencies, dashed ones only an order.
pub fn to_dot(plan: &Plan) -> String {
    let mut out = String::from("digraph plan {\n  rankdir=LR;\n  node [shape=box];\n");
    for job in &plan.jobs {
        let _ = writeln!(
            out,
            "  {} [label={}];",
            quoted(&job.id.to_string()),
            quoted(&format!("{}\n{}", job.id, job.title))
        );
    }
    for edge in &plan.edges {
        let (Some(from), Some(to)) = (plan.jobs.get(edge.from), plan.jobs.get(edge.to)) else { continue };
        let style = if edge.kind == EdgeKind::Sequence { "dashed" } else { "solid" };
        let (from, to) = (quoted(&from.id.to_string()), quoted(&to.id.to_string()));
        let _ = writeln!(out, "  {from} -> {to} [label={}, style={style}];", quoted(edge.kind.word()));
    }
    out.push_str("}\n");
    out
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\r', ""))
}
