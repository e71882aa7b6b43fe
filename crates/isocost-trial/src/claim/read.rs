//! A claim of a canonical ledger as a specification. The fields are those of the page on the ledger.

use std::collections::BTreeSet;

use isocost_ledger::model::{Claim, Field, FieldValue, Item};
use isocost_ledger::rule::{nearest, parse};
use isocost_ledger::text::Span;
use isocost_stats::Alpha;

use super::spec::{ClaimSpec, CostRule, PlannedLooks};
use crate::compare::{Bounds, CostTolerance, TestKind};
use crate::{Arm, ItemId};

/// The fields that are read.
const FIELDS: &[&str] = &[
    "rule",
    "table",
    "compare",
    "metric",
    "split",
    "budget",
    "test",
    "family",
    "margin",
    "alpha",
    "cost",
    "cost_unit",
    "correction",
    "cluster",
    "order",
    "bounds",
    "looks",
    "exclude",
];

/// A claim as a ledger declares it.
#[derive(Debug, Clone, PartialEq)]
pub struct DeclaredClaim {
    /// What is claimed, and how it is decided.
    pub spec: ClaimSpec,
    /// The outcome table as written (`E0002/outcomes.csv`, or a path); the caller finds the file.
    pub table: Option<String>,
}

/// A field of a claim that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{claim}: {message}")]
pub struct SpecProblem {
    /// The claim's id.
    pub claim: String,
    /// Where the field, or the claim, stands.
    pub span: Span,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl DeclaredClaim {
    /// Reads a claim; gives every problem of its fields, not only the first.
    pub fn from_ledger(claim: &Claim) -> Result<Self, Vec<SpecProblem>> {
        let mut reader = Reader { claim, problems: Vec::new() };
        let rule = reader.rule();
        let table = reader.text("table").map(|(text, _)| text);
        let declared = rule.map(|rule| {
            let statement = claim.statement.trimmed().to_owned();
            let mut spec = ClaimSpec::new(claim.id.to_string(), statement, rule);
            reader.fill(&mut spec);
            Self { spec, table }
        });
        match declared {
            Some(declared) if reader.problems.is_empty() => Ok(declared),
            _ => Err(reader.problems),
        }
    }
}

struct Reader<'c> {
    claim: &'c Claim,
    problems: Vec<SpecProblem>,
}

impl<'c> Reader<'c> {
    fn rule(&mut self) -> Option<isocost_ledger::rule::Rule> {
        let Some(text) = &self.claim.rule else {
            self.problem(self.claim.span, "there is no `rule`; say what decides the claim".to_owned());
            return None;
        };
        match parse(unquoted(&text.raw)) {
            Ok(rule) => Some(rule),
            Err(error) => {
                let hint = error.hint.as_ref().map_or_else(String::new, |hint| format!(" ({hint})"));
                self.problem(text.span, format!("the rule cannot be read: {error}{hint}"));
                None
            }
        }
    }

    fn fill(&mut self, spec: &mut ClaimSpec) {
        let name = |found: Option<(String, Span)>| found.map(|(text, _)| text);
        spec.metric = name(self.text("metric")).map(Into::into);
        spec.split = name(self.text("split")).map(Into::into);
        spec.budget = name(self.text("budget")).map(Into::into);
        spec.family = name(self.text("family")).map(Into::into);
        spec.compare = self.read("compare", arms);
        spec.margin = self.read("margin", number);
        spec.test = self.read("test", str::parse).unwrap_or_default();
        let alpha = |text: &str| Alpha::new(number(text)?).map_err(|error| error.to_string());
        spec.alpha = self.read("alpha", alpha).unwrap_or_default();
        if let Some(cost) = self.read("cost", cost) {
            (spec.cost, spec.cost_tolerance, spec.cost_cells) = (cost.rule, cost.tolerance, cost.cells);
        }
        spec.cost_unit = name(self.text("cost_unit")).map(Into::into);
        spec.correction = self.read("correction", str::parse).unwrap_or_default();
        spec.cluster = name(self.text("cluster"));
        spec.order = name(self.text("order"));
        spec.bounds = self.read("bounds", bounds).unwrap_or_default();
        spec.looks = self.read("looks", |text| {
            let looks = text.parse().map_err(|_| format!("`{text}` is no number of looks"))?;
            PlannedLooks::new(looks)
        });
        spec.exclude = self.names("exclude");
        spec.written =
            FIELDS.iter().filter(|name| self.field(name).is_some()).map(|name| (*name).to_owned()).collect();
        self.check(spec);
    }

    /// Fields that do not go together, and names that were probably meant to be fields.
    fn check(&mut self, spec: &ClaimSpec) {
        let needs = [
            (
                spec.test == TestKind::Cluster && spec.cluster.is_none(),
                "`test: cluster` needs `cluster: COLUMN`",
            ),
            (spec.test != TestKind::Cluster && spec.cluster.is_some(), "`cluster` needs `test: cluster`"),
            (
                spec.test == TestKind::Equivalence && spec.margin.is_none_or(|margin| margin <= 0.0),
                "`test: equivalence` needs a positive `margin`: half the width of the band",
            ),
            (
                spec.test != TestKind::AlwaysValid
                    && (spec.order.is_some() || self.field("bounds").is_some()),
                "`order` and `bounds` need `test: always-valid`",
            ),
            (
                spec.test == TestKind::AlwaysValid && spec.looks.is_some(),
                "`test: always-valid` allows any number of looks; leave out `looks`",
            ),
        ];
        for (wrong, message) in needs {
            if wrong {
                self.problem(self.claim.span, message.to_owned());
            }
        }
        for field in &self.claim.fields {
            let written = field.name.trimmed().to_ascii_lowercase();
            let known = FIELDS.contains(&written.as_str());
            if let Some(near) = nearest(&written, FIELDS.iter().copied()).filter(|_| !known) {
                self.problem(
                    field.span,
                    format!("`{written}` is no field of a claim; did you mean `{near}`?"),
                );
            }
        }
    }

    fn field(&self, name: &str) -> Option<&'c Field> {
        self.claim.fields.iter().find(|field| field.name.trimmed().eq_ignore_ascii_case(name))
    }

    /// The text of a field on one line; `None` if absent or blank.
    fn text(&mut self, name: &str) -> Option<(String, Span)> {
        let field = self.field(name)?;
        let FieldValue::Inline(text) = &field.value else {
            self.problem(field.span, format!("`{name}` must stand on one line"));
            return None;
        };
        let value = unquoted(&text.raw);
        (!value.is_empty()).then(|| (value.to_owned(), text.span))
    }

    fn read<T>(&mut self, name: &str, read: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        let (text, span) = self.text(name)?;
        match read(&text) {
            Ok(value) => Some(value),
            Err(why) => {
                self.problem(span, format!("`{name}`: {why}"));
                None
            }
        }
    }

    /// Names on one line, separated by commas, or one a nested item.
    fn names(&self, name: &str) -> BTreeSet<ItemId> {
        let lines: Vec<&str> = match self.field(name).map(|field| &field.value) {
            None => Vec::new(),
            Some(FieldValue::Inline(text)) => text.raw.trim().trim_matches(['[', ']']).split(',').collect(),
            Some(FieldValue::Nested(items)) => items.iter().map(|item: &Item| item.text.trimmed()).collect(),
            Some(FieldValue::Fence { body, .. }) => body.raw.lines().collect(),
        };
        lines.into_iter().map(unquoted).filter(|name| !name.is_empty()).map(ItemId::from).collect()
    }

    fn problem(&mut self, span: Span, message: String) {
        self.problems.push(SpecProblem { claim: self.claim.id.to_string(), span, message });
    }
}

/// Without surrounding blanks and one pair of quotes or back-quotes.
fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let inside = ['`', '"', '\''].into_iter().find_map(|quote| {
        text.strip_prefix(quote)?.strip_suffix(quote).filter(|inside| !inside.contains(quote))
    });
    inside.map_or(text, str::trim)
}

fn number(text: &str) -> Result<f64, String> {
    let (digits, divisor) = match text.strip_suffix('%') {
        Some(digits) => (digits.trim(), 100.0),
        None => (text, 1.0),
    };
    let value = digits.parse::<f64>().ok().filter(|value| value.is_finite()).map(|value| value / divisor);
    value.ok_or_else(|| format!("`{text}` is not a number"))
}

fn arms(text: &str) -> Result<(Arm, Arm), String> {
    let parts: Vec<&str> = [" vs. ", " vs ", ","]
        .into_iter()
        .map(|between| text.split(between).map(unquoted).collect::<Vec<_>>())
        .find(|parts| parts.len() > 1)
        .unwrap_or_default();
    match parts.as_slice() {
        [left, right] if !left.is_empty() && !right.is_empty() => Ok(((*left).into(), (*right).into())),
        _ => Err(format!("`{text}` does not name two arms; write `left vs right`")),
    }
}

/// What a claim asks of cost.
struct Cost {
    rule: CostRule,
    tolerance: CostTolerance,
    cells: Option<CostTolerance>,
}

/// `equal`, `equal within 2%`, `equal within 2%, per cell within 5%`, or `any`.
fn cost(text: &str) -> Result<Cost, String> {
    let wrong = || {
        format!(
            "`{text}` is not understood; write `equal within 2%`, `equal within 2%, per cell within 5%`, or `any` for arms of different cost"
        )
    };
    let tolerance = |text: &str| CostTolerance::new(number(text.trim())?).map_err(|error| error.to_string());
    let (mean, cells) = match text.split_once(", per cell within") {
        Some((mean, cells)) => (mean, Some(tolerance(cells)?)),
        None => (text, None),
    };
    let rule = CostRule::EqualRequired;
    match mean {
        "any" if cells.is_none() => {
            Ok(Cost { rule: CostRule::NotRequired, tolerance: CostTolerance::default(), cells })
        }
        "equal" => Ok(Cost { rule, tolerance: CostTolerance::default(), cells }),
        _ => Ok(Cost {
            rule,
            tolerance: tolerance(mean.strip_prefix("equal within").ok_or_else(wrong)?)?,
            cells,
        }),
    }
}

/// `0, 1`
fn bounds(text: &str) -> Result<Bounds, String> {
    let (low, high) =
        text.split_once(',').ok_or_else(|| format!("`{text}` does not name two bounds; write `0, 1`"))?;
    Bounds::new(number(low.trim())?, number(high.trim())?).map_err(|error| error.to_string())
}
