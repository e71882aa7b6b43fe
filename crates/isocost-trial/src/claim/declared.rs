//! From a claim as a ledger declares it to what decides it.

use isocost_ledger::model::{Claim, Field, FieldValue, Id, Stage};
use isocost_ledger::rule::{self, RuleError};
use isocost_stats::Alpha;

use super::{ClaimSpec, CostRule};
use crate::compare::{CostTolerance, TestKind};

/// A claim with the tables that it is decided on.
#[derive(Debug, Clone, PartialEq)]
pub struct DeclaredClaim {
    /// What it declares.
    pub spec: ClaimSpec,
    /// Its outcome tables, read as one.
    pub tables: Vec<TableRef>,
}

/// An outcome table as a ledger names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableRef {
    /// `E0003/outcomes.csv`, `E0003@full/outcomes.csv`: what a recorded attempt left.
    Recorded {
        /// The experiment.
        experiment: Id,
        /// Its stage; `None` is its last declared one.
        stage: Option<Stage>,
        /// The file below the attempt's artifacts.
        file: String,
    },
    /// A path from the ledger's directory.
    Path(String),
}

impl TableRef {
    /// Reads a reference.
    pub fn parse(text: &str) -> Self {
        let path = || Self::Path(text.to_owned());
        let Some((owner, file)) = text.split_once('/') else { return path() };
        let (id, stage) = match owner.split_once('@') {
            None => (owner, None),
            Some((id, stage)) => match Stage::from_name(stage) {
                Some(stage) => (id, Some(stage)),
                None => return path(),
            },
        };
        if !is_experiment(id) || file.is_empty() {
            return path();
        }
        Self::Recorded { experiment: Id(id.to_owned()), stage, file: file.to_owned() }
    }
}

/// A letter, four digits and an optional suffix, as in `E0161A`.
fn is_experiment(text: &str) -> bool {
    let id = Id(text.to_owned());
    text.is_ascii()
        && id.letter().is_ascii_uppercase()
        && id.digits().len() == 4
        && id.suffix().chars().all(|c| c.is_ascii_alphanumeric())
}

/// Why a claim cannot be decided as it is declared.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DeclareError {
    /// It has no rule.
    #[error("{0} declares no rule; write one, such as `delta(a, b) >= 0.02 and p < 0.05`, before the first look")]
    NoRule(Id),
    /// Its rule cannot be read.
    #[error("the rule of {claim} cannot be read: {error}")]
    Rule {
        /// The claim.
        claim: Id,
        /// Why.
        error: RuleError,
    },
    /// A field does not say what it should.
    #[error("{claim}: `{field}: {value}` is not understood; {expected}")]
    Field {
        /// The claim.
        claim: Id,
        /// The field.
        field: &'static str,
        /// What it says.
        value: String,
        /// What it may say.
        expected: &'static str,
    },
}

/// Reads a claim's fields.
///
/// # Errors
/// If it has no rule, or one of its fields is not understood: a guess could change what is claimed.
pub fn declared(claim: &Claim) -> Result<DeclaredClaim, DeclareError> {
    let text = claim.rule.as_ref().ok_or_else(|| DeclareError::NoRule(claim.id.clone()))?;
    let rule = rule::parse(unquoted(&text.raw))
        .map_err(|error| DeclareError::Rule { claim: claim.id.clone(), error })?;
    let mut spec = ClaimSpec::new(claim.id.to_string(), claim.statement.trimmed(), rule);
    let reader = Reader { claim };
    if let Some(arms) = reader.value("compare") {
        spec.compare = Some(reader.arms(arms)?);
    }
    spec.metric = reader.value("metric").map(Into::into);
    spec.split = reader.value("split").map(Into::into);
    spec.budget = reader.value("budget").map(Into::into);
    spec.family = reader.value("family").map(Into::into);
    if let Some(test) = reader.value("test") {
        spec.test = reader.test(test)?;
    }
    if let Some(margin) = reader.value("margin") {
        spec.margin = Some(reader.number("margin", margin)?);
    }
    if let Some(alpha) = reader.value("alpha") {
        let level = reader.number("alpha", alpha)?;
        spec.alpha = Alpha::new(level).map_err(|_| reader.wrong("alpha", alpha, "a level lies between 0 and 1"))?;
    }
    if let Some(cost) = reader.value("cost") {
        (spec.cost, spec.cost_tolerance) = reader.cost(cost)?;
    }
    let excluded = reader.values("exclude");
    spec.exclude = excluded.iter().flat_map(|text| text.split(',')).map(|item| unquoted(item).into()).collect();
    let tables = reader.values("table").into_iter().map(TableRef::parse).collect();
    Ok(DeclaredClaim { spec, tables })
}

struct Reader<'a> {
    claim: &'a Claim,
}

impl<'a> Reader<'a> {
    fn fields(&self, name: &'static str) -> impl Iterator<Item = &'a Field> + use<'a> {
        self.claim.fields.iter().filter(move |field| field.name.raw.trim().eq_ignore_ascii_case(name))
    }

    /// All values of a field, without back-quotes; empty ones left out.
    fn values(&self, name: &'static str) -> Vec<&'a str> {
        let mut values = Vec::new();
        for field in self.fields(name) {
            match &field.value {
                FieldValue::Inline(text) => values.push(unquoted(&text.raw)),
                FieldValue::Nested(items) => values.extend(items.iter().map(|item| unquoted(&item.text.raw))),
                FieldValue::Fence { body, .. } => values.push(body.raw.trim()),
            }
        }
        values.retain(|value| !value.is_empty() && *value != "[]");
        values
    }

    fn value(&self, name: &'static str) -> Option<&'a str> {
        self.values(name).into_iter().next()
    }

    fn wrong(&self, field: &'static str, value: &str, expected: &'static str) -> DeclareError {
        DeclareError::Field { claim: self.claim.id.clone(), field, value: value.to_owned(), expected }
    }

    fn arms(&self, text: &str) -> Result<(crate::Arm, crate::Arm), DeclareError> {
        let (left, right) = text
            .split_once(" vs ")
            .or_else(|| text.split_once(','))
            .ok_or_else(|| self.wrong("compare", text, "write two arms, as `left vs right`"))?;
        Ok((unquoted(left).into(), unquoted(right).into()))
    }

    fn test(&self, text: &str) -> Result<TestKind, DeclareError> {
        let all = [TestKind::Crossed, TestKind::Items, TestKind::Seeds, TestKind::SignFlip];
        all.into_iter()
            .find(|kind| kind.name().eq_ignore_ascii_case(text))
            .ok_or_else(|| self.wrong("test", text, "the tests are crossed, items, seeds and signflip"))
    }

    fn number(&self, field: &'static str, text: &str) -> Result<f64, DeclareError> {
        let number: Option<f64> = text.parse().ok();
        number.filter(|value| value.is_finite()).ok_or_else(|| self.wrong(field, text, "write a number, such as 0.02"))
    }

    fn cost(&self, text: &str) -> Result<(CostRule, CostTolerance), DeclareError> {
        const EXPECTED: &str = "write `equal`, `equal within 2%` or `any`";
        let words = text.trim().to_ascii_lowercase();
        if words == "any" {
            return Ok((CostRule::NotRequired, CostTolerance::default()));
        }
        let Some(rest) = words.strip_prefix("equal") else { return Err(self.wrong("cost", text, EXPECTED)) };
        let rest = rest.trim();
        if rest.is_empty() {
            return Ok((CostRule::EqualRequired, CostTolerance::default()));
        }
        let share = rest.strip_prefix("within").map(str::trim).and_then(|share| match share.strip_suffix('%') {
            Some(percent) => percent.trim().parse::<f64>().ok().map(|percent| percent / 100.0),
            None => share.parse().ok(),
        });
        share
            .and_then(|share| CostTolerance::new(share).ok())
            .map(|tolerance| (CostRule::EqualRequired, tolerance))
            .ok_or_else(|| self.wrong("cost", text, EXPECTED))
    }
}

fn unquoted(text: &str) -> &str {
    text.trim().trim_matches('`').trim()
}

#[cfg(test)]
mod tests {
    use isocost_ledger::parse::parse;
    use isocost_ledger::text::Source;

    use super::*;

    fn claim(fields: &str) -> Result<DeclaredClaim, DeclareError> {
        let text = format!("# E\n\n## Claims\n- [ ] C0001: It helps.\n{fields}\n");
        let ledger = parse(Source::new("l.md", text));
        declared(&ledger.claims[0])
    }

    #[test]
    fn every_field_of_a_claim_is_read() {
        let read = claim(
            "  - rule: `delta >= 0.02 and p < 0.05`\n  - compare: `a` vs `b`\n  - metric: accuracy\n  - split: test\n  - budget: 0.5\n  - test: signflip\n  - family: main\n  - margin: 0.02\n  - alpha: 0.01\n  - cost: equal within 2%\n  - exclude: x1, x2\n  - table: `E0003@full/outcomes.csv`",
        )
        .unwrap();
        let spec = read.spec;
        assert_eq!(spec.compare, Some(("a".into(), "b".into())));
        assert_eq!((spec.test, spec.margin, spec.alpha.get()), (TestKind::SignFlip, Some(0.02), 0.01));
        assert_eq!(spec.cost, CostRule::EqualRequired);
        assert!((spec.cost_tolerance.get() - 0.02).abs() < 1e-12);
        assert_eq!(spec.exclude.len(), 2);
        let expected = TableRef::Recorded {
            experiment: Id("E0003".into()),
            stage: Some(Stage::Full),
            file: "outcomes.csv".into(),
        };
        assert_eq!(read.tables, [expected]);
    }

    #[test]
    fn a_field_that_is_not_understood_is_an_error_and_not_a_default() {
        for field in ["test: t-test", "cost: cheap", "margin: two", "compare: a", "alpha: 2"] {
            let error = claim(&format!("  - rule: `p < 0.05`\n  - {field}")).unwrap_err();
            assert!(matches!(error, DeclareError::Field { .. }), "{field}: {error}");
        }
        assert!(matches!(claim("  - metric: accuracy"), Err(DeclareError::NoRule(_))));
        assert!(matches!(claim("  - rule: `delta >=`"), Err(DeclareError::Rule { .. })));
    }

    #[test]
    fn only_an_experiments_id_in_front_makes_a_table_a_recorded_one() {
        assert_eq!(TableRef::parse("runs/E0003/outcomes.csv"), TableRef::Path("runs/E0003/outcomes.csv".into()));
        assert_eq!(TableRef::parse("outcomes.csv"), TableRef::Path("outcomes.csv".into()));
        assert!(matches!(TableRef::parse("E0161A/o.csv"), TableRef::Recorded { stage: None, .. }));
    }
}
