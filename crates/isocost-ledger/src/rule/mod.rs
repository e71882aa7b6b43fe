//! The rule language: one grammar for required metrics, checks, gates and claims.
//!
//! A rule is a condition over numbers that an experiment left behind. Evaluation is three-valued: a rule holds, fails
//! (and says by how much), or is unknown because something it reads is not there. Nothing is guessed.

mod ast;
mod call;
mod error;
mod eval;
mod functions;
mod json;
mod kinds;
mod operand;
mod outcome;
mod parse;
mod path;
mod pieces;
mod print;
mod quantifier;
mod requirement;
mod scan;
mod scope;
mod statistics;
mod value;
mod why;

pub use ast::{Argument, ArithOp, CompareOp, Existence, Expr, Number, Path, Quantifier, Rule, Step};
pub use error::RuleError;
pub use eval::eval;
pub use json::{JsonScope, eval_path_in_json};
pub use outcome::{Failure, Outcome};
pub use parse::parse;
pub use requirement::{Requirement, Term, parse_requirement};
pub use scope::{Arg, Lookup, Scope};
pub use statistics::{About, Alone, FUNCTIONS, STATISTICS, Statistic, did_you_mean, nearest, statistic};
pub use value::Value;
pub use why::Why;

#[cfg(test)]
mod tests;
