//! Deciding requirements on files.

use isocost_ledger::rule::{Expr, Failure, Outcome, Requirement, Rule, Term, eval};

use super::files::{FileScope, FileSource};

/// What became of one term of a requirement.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It holds.
    Holds,
    /// It does not.
    Fails(Vec<Failure>),
    /// A file or value that it reads is not there.
    Missing(Vec<String>),
    /// It asks for something that files alone cannot answer: a statistic, an axis.
    Undecidable(Vec<String>),
    /// It is prose.
    NotCheckable,
}

/// A term, what became of it, and whether it only asks that something is there.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    pub(crate) term: String,
    pub(crate) verdict: Verdict,
    pub(crate) only_presence: bool,
}

/// Decides every term of a requirement, those of its notes included.
pub fn decide<S: FileSource + ?Sized>(requirement: &Requirement, source: &S) -> Vec<Decided> {
    let terms = requirement.terms.iter().chain(&requirement.note);
    terms.map(|term| decide_term(term, requirement.file.as_deref(), source)).collect()
}

fn decide_term<S: FileSource + ?Sized>(term: &Term, file: Option<&str>, source: &S) -> Decided {
    match term {
        Term::Rule(rule) => {
            let scope = FileScope::new(source, file);
            let verdict = match eval(rule, &scope) {
                Outcome::Holds => Verdict::Holds,
                Outcome::Fails(failures) => Verdict::Fails(failures),
                Outcome::Unknown(why) if needs_more_than_files(rule, scope.asked_for_statistics()) => {
                    Verdict::Undecidable(why)
                }
                Outcome::Unknown(why) => Verdict::Missing(why),
            };
            Decided { term: rule.text.clone(), verdict, only_presence: only_presence(&rule.expr) }
        }
        Term::NotCheckable(text, _) => {
            Decided { term: text.clone(), verdict: Verdict::NotCheckable, only_presence: false }
        }
    }
}

fn needs_more_than_files(rule: &Rule, asked_for_statistics: bool) -> bool {
    asked_for_statistics || matches!(rule.expr, Expr::For { .. })
}

fn only_presence(expr: &Expr) -> bool {
    match expr {
        Expr::Path(_) | Expr::Exists(_) => true,
        Expr::InFile { body, .. } => matches!(**body, Expr::Path(_) | Expr::Exists(_)),
        _ => false,
    }
}

/// Failures in words: the rule, what was found, and how far it is from holding.
pub(crate) fn in_words(failures: &[Failure]) -> String {
    let one = |failure: &Failure| match failure.gap {
        Some(gap) => {
            format!("`{}` fails by {}: {}", failure.rule, rounded(gap), failure.found)
        }
        None => format!("`{}` fails: {}", failure.rule, failure.found),
    };
    failures.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// Six significant digits, without zeros at the end: what subtraction left in the last bits is no news.
fn rounded(number: f64) -> String {
    let scientific = format!("{number:.5e}");
    scientific.parse::<f64>().map_or(scientific, |rounded| rounded.to_string())
}
