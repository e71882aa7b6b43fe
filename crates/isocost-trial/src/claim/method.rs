//! How a claim was decided: each choice, whether it was declared or a default, and what it means.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::desk::Desk;
use super::spec::CostRule;
use crate::compare::TestKind;

/// Who made a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TermSource {
    /// The claim declares it.
    Declared,
    /// The claim says nothing, and this is the safe default.
    Default,
}

/// One choice of a claim's method.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MethodTerm {
    /// The field: `test`, `unit`, `correction`, `cost`, …
    pub name: String,
    /// What was used.
    pub value: String,
    /// Who chose it.
    pub source: TermSource,
    /// What it says.
    pub says: String,
}

impl std::fmt::Display for MethodTerm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let default = if self.source == TermSource::Default { " (default)" } else { "" };
        write!(f, "{} {}{default}", self.name, self.value)
    }
}

/// The method of a claim that tests something; empty for others.
pub(super) fn method(desk: &Desk<'_>, tests: usize, family_size: usize) -> Vec<MethodTerm> {
    if tests == 0 {
        return Vec::new();
    }
    let spec = desk.spec;
    let source = |field: &str| {
        if spec.written.contains(field) { TermSource::Declared } else { TermSource::Default }
    };
    let term = |name: &str, value: String, source: TermSource, says: &str| MethodTerm {
        name: name.to_owned(),
        value,
        source,
        says: says.to_owned(),
    };
    let correction = desk.corrected.as_ref().map_or(spec.correction, |corrected| corrected.used);
    let replaced = correction != spec.correction;
    let mut terms = vec![
        term("test", spec.test.name().to_owned(), source("test"), spec.test.says()),
        term(
            "unit",
            spec.test.unit().words().to_owned(),
            source("test"),
            "what the p-value generalises over",
        ),
        term(
            "correction",
            format!("{} over {family_size}", correction.name()),
            if replaced { TermSource::Default } else { source("correction") },
            correction.controls(),
        ),
        term("family", spec.family_name().to_string(), source("family"), "what is corrected together"),
        term("alpha", spec.alpha.get().to_string(), source("alpha"), "what p must be below"),
        term(
            "margin",
            spec.margin
                .map_or_else(|| "none beyond the rule's thresholds".to_owned(), |margin| margin.to_string()),
            source("margin"),
            "thresholds are tested against themselves",
        ),
        term("cost", cost(desk), source("cost"), "measured over the paired cells"),
    ];
    if let Some(unit) = &spec.cost_unit {
        terms.push(term("cost_unit", unit.to_string(), TermSource::Declared, "what cost must be counted in"));
    }
    if spec.test == TestKind::AlwaysValid {
        terms.push(term("bounds", spec.bounds.to_string(), source("bounds"), "what the metric can be"));
        let order = spec.order.clone().unwrap_or_else(|| "hash of the item id".to_owned());
        terms.push(term("order", order, source("order"), "the order in which items are bet on"));
    }
    if let Some(cluster) = &spec.cluster {
        terms.push(term("cluster", cluster.clone(), TermSource::Declared, "what is resampled whole"));
    }
    if let Some(looks) = spec.looks {
        terms.push(term(
            "looks",
            looks.get().to_string(),
            TermSource::Declared,
            "alpha is spent over them, little at first",
        ));
    }
    terms
}

fn cost(desk: &Desk<'_>) -> String {
    let spec = desk.spec;
    if spec.cost == CostRule::NotRequired {
        return "any".to_owned();
    }
    let percent = |tolerance: f64| format!("{} %", 100.0 * tolerance);
    let mean = format!("equal within {}", percent(spec.cost_tolerance.get()));
    match spec.cost_cells {
        Some(cells) => format!("{mean}, per cell within {}", percent(cells.get())),
        None => mean,
    }
}
