use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::error::RuleError;

/// A rule: its text as typed, and what it means. Serialised as its text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Rule {
    /// The text as typed, without surrounding blanks.
    pub text: String,
    /// What it means.
    pub expr: Expr,
}

impl From<Rule> for String {
    fn from(rule: Rule) -> Self {
        rule.text
    }
}

impl TryFrom<String> for Rule {
    type Error = RuleError;

    fn try_from(text: String) -> Result<Self, RuleError> {
        super::parse::parse(&text)
    }
}

impl schemars::JsonSchema for Rule {
    fn schema_name() -> Cow<'static, str> {
        "Rule".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "An expression of the rule language." })
    }
}

/// An expression. Conditions and values share one type; the parser keeps them apart.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A number as typed.
    Number(Number),
    /// `true` or `false`.
    Bool(bool),
    /// `null`.
    Null,
    /// A quoted text.
    Text(String),
    /// `[a, b]`.
    List(Vec<Expr>),
    /// A place in a file. As a condition: everything it expands to is present and not null.
    Path(Path),
    /// A function of values, or a statistic of the scope.
    Call {
        /// Canonical name: `Δ` is `delta`.
        name: String,
        /// Arguments in order, named ones included.
        args: Vec<Argument>,
    },
    /// `-x`.
    Negate(Box<Expr>),
    /// `first op a op b …`, all operators of one precedence, evaluated from the left.
    Arith {
        /// The leftmost operand.
        first: Box<Expr>,
        /// Each further operator and operand. Never empty.
        rest: Vec<(ArithOp, Expr)>,
    },
    /// `first op a op b …`: every neighbouring pair must hold.
    Compare {
        /// The leftmost operand.
        first: Box<Expr>,
        /// Each further operator and operand. Never empty.
        rest: Vec<(CompareOp, Expr)>,
    },
    /// `item in list`.
    In {
        /// What is looked for.
        item: Box<Expr>,
        /// Where.
        list: Box<Expr>,
    },
    /// `list includes items`: every element of `items` is in `list`.
    Includes {
        /// Where.
        list: Box<Expr>,
        /// One value, or a list of which every element is looked for.
        items: Box<Expr>,
    },
    /// `exists(…)`: present, null allowed.
    Exists(Existence),
    /// `not c`.
    Not(Box<Expr>),
    /// `a and b and …`, at least two.
    And(Vec<Expr>),
    /// `a or b or …`, at least two.
    Or(Vec<Expr>),
    /// `file: body`: paths of `body` are read in `file`.
    InFile {
        /// File name, optionally with an experiment and a stage: `E0801@smoke/metrics.json`.
        file: String,
        /// The expression read there.
        body: Box<Expr>,
    },
    /// `all budgets: body`.
    For {
        /// How many must hold.
        quantifier: Quantifier,
        /// Singular for the usual axes (`budget`, `seed`, `method`, `arm`, `split`, `metric`), else as typed.
        axis: String,
        /// The condition that is repeated.
        body: Box<Expr>,
    },
}

/// What `exists(…)` asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Existence {
    /// `exists(a.b)`: a place in the current file.
    Path(Path),
    /// `exists("a.json")`: a file.
    File(String),
}

/// One argument of a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// `metric` in `delta(a, b, metric=acc)`.
    pub name: Option<String>,
    /// What is handed over.
    pub value: Expr,
}

/// A number with the text that was typed: `+0.02`, `1e-3`, `5%` (0.05), `2.2pp` (0.022).
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// As typed, sign and unit included.
    pub text: String,
    /// Always finite. Percent and percentage points are divided by 100.
    pub value: f64,
}

/// Where a value is: steps from the root of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path {
    /// In order. Empty means the root.
    pub steps: Vec<Step>,
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A key of an object, or a position of a list if it consists of digits: `.name`, `["quoted name"]`, `[name]`.
    Key(String),
    /// `[0]`: a position of a list, or that key of an object.
    Index(usize),
    /// `*` or `[*]`: every element or key.
    Every,
    /// `{a,b}`: each of these keys.
    Each(Vec<String>),
    /// `[key=value]`: the elements of a list of objects whose `key` is the text or number `value`.
    Where {
        /// Key of the element.
        key: String,
        /// Its value, as text.
        value: String,
    },
}

impl Path {
    /// The path of one key.
    pub fn key(name: &str) -> Self {
        Self { steps: vec![Step::Key(name.to_owned())] }
    }

    /// The key, if the path is one key and nothing else.
    pub fn single_key(&self) -> Option<&str> {
        match self.steps.as_slice() {
            [Step::Key(key)] => Some(key),
            _ => None,
        }
    }
}

/// `+ - * /`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ArithOp {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// A comparison. [`CompareOp::About`] is `~`: see the page on the rule language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum CompareOp {
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    About,
}

/// How many values of an axis a condition must hold for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// Every one; an axis without values leaves the rule unknown.
    All,
    /// One or more.
    Any,
    /// `at least count of total`.
    AtLeast {
        /// How many must hold.
        count: u32,
        /// How many there must be, if the rule says so; another number leaves the rule unknown.
        of: Option<u32>,
    },
}
