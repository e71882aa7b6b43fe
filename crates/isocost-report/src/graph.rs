//! Plans as graphs: Graphviz DOT and Mermaid.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::escape::one_line;
use crate::model::{PlanAction, PlanNode, PlanView};

/// The plan in Graphviz's DOT language. Needs on nodes outside the plan are left out.
pub fn dot(plan: &PlanView) -> String {
    let names = names(plan);
    let mut out = String::from(
        "digraph plan {\n  rankdir=LR;\n  node [shape=box, style=filled, fontname=\"sans-serif\"];\n",
    );
    for (index, node) in plan.nodes.iter().enumerate() {
        let text = label(node).replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        let _ = writeln!(out, "  n{index} [label=\"{text}\", fillcolor=\"{}\"];", fill(node.action));
    }
    for (from, to) in edges(plan, &names) {
        let _ = writeln!(out, "  n{from} -> n{to};");
    }
    out + "}\n"
}

/// The plan as a Mermaid flow chart, as GitHub shows it in Markdown.
pub fn mermaid(plan: &PlanView) -> String {
    let names = names(plan);
    let mut out = String::from("flowchart LR\n");
    for (index, node) in plan.nodes.iter().enumerate() {
        let text: String = label(node).chars().map(mermaid_char).collect();
        let _ = writeln!(out, "  n{index}[\"{text}\"]:::{}", class(node.action));
    }
    for (from, to) in edges(plan, &names) {
        let _ = writeln!(out, "  n{from} --> n{to}");
    }
    for action in [PlanAction::Run, PlanAction::UpToDate, PlanAction::Skip, PlanAction::Blocked] {
        let _ = writeln!(out, "  classDef {} fill:{},color:#111", class(action), fill(action));
    }
    out
}

/// Mermaid's own entity codes, so that no character of a title is syntax.
fn mermaid_char(c: char) -> String {
    match c {
        '\n' => "<br>".to_owned(),
        c if c.is_ascii_alphanumeric() || " -_.:/,()".contains(c) || !c.is_ascii() => c.to_string(),
        c => format!("#{};", u32::from(c)),
    }
}

fn names(plan: &PlanView) -> BTreeMap<&str, usize> {
    plan.nodes.iter().enumerate().map(|(index, node)| (node.key.as_str(), index)).collect()
}

fn edges<'a>(
    plan: &'a PlanView,
    names: &'a BTreeMap<&str, usize>,
) -> impl Iterator<Item = (usize, usize)> + 'a {
    plan.nodes.iter().enumerate().flat_map(move |(to, node)| {
        node.needs.iter().filter_map(move |need| names.get(need.as_str()).map(|&from| (from, to)))
    })
}

fn label(node: &PlanNode) -> String {
    let head = [one_line(&node.id), one_line(&node.stage)].join(" ").trim_end().to_owned();
    match one_line(&node.title) {
        title if title.is_empty() => head,
        title => format!("{head}\n{}", shortened(&title, 48)),
    }
}

fn shortened(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

fn fill(action: PlanAction) -> &'static str {
    match action {
        PlanAction::Run => "#cfe3ff",
        PlanAction::UpToDate => "#d3f0d8",
        PlanAction::Skip => "#e6e6e6",
        PlanAction::Blocked => "#ffd6d1",
    }
}

fn class(action: PlanAction) -> &'static str {
    match action {
        PlanAction::Run => "run",
        PlanAction::UpToDate => "done",
        PlanAction::Skip => "skip",
        PlanAction::Blocked => "blocked",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> PlanView {
        let first = PlanNode {
            key: "E1/full".into(),
            id: "E1".into(),
            title: "say \"hi\"; [x]".into(),
            ..PlanNode::default()
        };
        let second = PlanNode {
            key: "E2/full".into(),
            id: "E2".into(),
            needs: vec!["E1/full".into(), "E9/full".into()],
            ..PlanNode::default()
        };
        PlanView { nodes: vec![first, second] }
    }

    #[test]
    fn titles_cannot_break_out_of_their_labels() {
        assert!(dot(&plan()).contains(r#"n0 [label="E1\nsay \"hi\"; [x]""#));
        assert!(mermaid(&plan()).contains("n0[\"E1<br>say #34;hi#34;#59; #91;x#93;\"]"));
    }

    #[test]
    fn only_needs_within_the_plan_are_drawn() {
        assert_eq!(dot(&plan()).matches("->").count(), 1);
        assert_eq!(mermaid(&plan()).matches("-->").count(), 1);
    }
}
