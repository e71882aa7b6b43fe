use std::fmt::{self, Display, Formatter};

use super::ast::{Argument, ArithOp, Expr, Path};
use super::eval::Context;
use super::functions::apply;
use super::scope::{Arg, Lookup};
use super::statistics::FUNCTIONS;
use super::value::Value;

/// One value of an operand, with the concrete path it came from where that is known.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) label: Option<String>,
    pub(super) value: Value,
}

impl Item {
    fn plain(value: Value) -> Self {
        Self { label: None, value }
    }

    /// `summary.uniform.mean = 0.7`, or with the expression's own text where there is no label.
    pub(super) fn named(&self, expr: &Expr) -> String {
        match &self.label {
            Some(label) => format!("{label} = {}", self.value),
            None => format!("{expr} = {}", self.value),
        }
    }
}

impl Display for Item {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.label {
            Some(label) => write!(f, "{label} = {}", self.value),
            None => write!(f, "{}", self.value),
        }
    }
}

/// What an operand came to: at least one value.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) items: Vec<Item>,
    /// Whether arithmetic was involved, so that the last digits may be rounding.
    pub(super) computed: bool,
}

impl Known {
    fn one(value: Value) -> Self {
        Self { items: vec![Item::plain(value)], computed: false }
    }
}

/// The values of an operand, or why they are not known.
pub(super) fn value(expr: &Expr, cx: Context<'_>) -> Result<Known, String> {
    match expr {
        Expr::Number(number) => Ok(Known::one(Value::Number(number.value))),
        Expr::Bool(truth) => Ok(Known::one(Value::Bool(*truth))),
        Expr::Null => Ok(Known::one(Value::Null)),
        Expr::Text(text) => Ok(Known::one(Value::Text(text.clone()))),
        Expr::List(items) => list(items, cx),
        Expr::Path(path) => at_path(path, cx),
        Expr::Call { name, args } => call(expr, name, args, cx),
        Expr::Negate(inner) => {
            let known = value(inner, cx)?;
            map(known, |n| -n, expr, cx)
        }
        Expr::Arith { first, rest } => arithmetic(expr, first, rest, cx),
        Expr::InFile { file, body } => value(body, Context { file: Some(file), ..cx }),
        _ => Err(format!("{}`{expr}` is a condition, not a value", cx.place)),
    }
}

fn list(items: &[Expr], cx: Context<'_>) -> Result<Known, String> {
    let mut values = Vec::with_capacity(items.len());
    for item in items {
        values.extend(value(item, cx)?.items.into_iter().map(|item| item.value));
    }
    Ok(Known::one(Value::List(values)))
}

pub(super) fn at_path(path: &Path, cx: Context<'_>) -> Result<Known, String> {
    let values = answered(cx.scope.path(cx.file, path), &path.to_string(), cx)?;
    let items = match cx.scope.expansions(cx.file, path) {
        Some(labelled) if labelled.len() == values.len() => {
            labelled.into_iter().map(|(label, value)| Item { label: Some(label), value }).collect()
        }
        _ => values.into_iter().map(Item::plain).collect(),
    };
    Ok(Known { items, computed: false })
}

fn answered(lookup: Lookup, what: &str, cx: Context<'_>) -> Result<Vec<Value>, String> {
    match lookup {
        Lookup::Values(values) if values.is_empty() => Err(format!("{}nothing matches `{what}`", cx.place)),
        Lookup::Values(values) => Ok(values),
        Lookup::Missing(why) | Lookup::NotApplicable(why) => Err(format!("{}{why}", cx.place)),
    }
}

fn call(expr: &Expr, name: &str, args: &[Argument], cx: Context<'_>) -> Result<Known, String> {
    let function = FUNCTIONS.contains(&name);
    if function && name != "mean" {
        return apply(expr, name, args, cx);
    }
    let Some(arguments) = args.iter().map(argument).collect::<Option<Vec<Arg>>>() else {
        return if function {
            apply(expr, name, args, cx)
        } else {
            Err(format!("{}`{expr}`: arguments must be names, texts or numbers", cx.place))
        };
    };
    match cx.scope.call(name, &arguments) {
        Lookup::NotApplicable(_) if function => apply(expr, name, args, cx),
        lookup => {
            let values = answered(lookup, &expr.to_string(), cx)?;
            Ok(Known { items: values.into_iter().map(Item::plain).collect(), computed: true })
        }
    }
}

fn argument(arg: &Argument) -> Option<Arg> {
    let value = match &arg.value {
        Expr::Path(path) => Arg::Name(path.single_key().map_or_else(|| path.to_string(), str::to_owned)),
        Expr::Call { name, args } if args.is_empty() => Arg::Name(name.clone()),
        Expr::Text(text) => Arg::Text(text.clone()),
        Expr::Number(number) => Arg::Number(number.value),
        Expr::Bool(truth) => Arg::Name(truth.to_string()),
        _ => return None,
    };
    Some(match &arg.name {
        Some(name) => Arg::Named(name.clone(), Box::new(value)),
        None => value,
    })
}

fn arithmetic(expr: &Expr, first: &Expr, rest: &[(ArithOp, Expr)], cx: Context<'_>) -> Result<Known, String> {
    let mut left = value(first, cx)?;
    for (op, right) in rest {
        let right = value(right, cx)?;
        left = combine(left, *op, right, expr, cx)?;
    }
    Ok(left)
}

fn combine(left: Known, op: ArithOp, right: Known, expr: &Expr, cx: Context<'_>) -> Result<Known, String> {
    match (left.items.as_slice(), right.items.as_slice()) {
        (_, [only]) => {
            let r = number(only, expr, cx)?;
            map(left, |l| calculate(l, op, r), expr, cx)
        }
        ([only], _) => {
            let l = number(only, expr, cx)?;
            map(right, |r| calculate(l, op, r), expr, cx)
        }
        _ => Err(format!(
            "{}several operands of `{expr}` expand, and the rule does not say which values belong together",
            cx.place
        )),
    }
}

/// Division by zero gives NaN, whatever the numerator: it leaves a comparison unknown, where infinity would decide it.
fn calculate(left: f64, op: ArithOp, right: f64) -> f64 {
    match op {
        ArithOp::Add => left + right,
        ArithOp::Subtract => left - right,
        ArithOp::Multiply => left * right,
        ArithOp::Divide if right == 0.0 => f64::NAN,
        ArithOp::Divide => left / right,
    }
}

fn map(mut known: Known, f: impl Fn(f64) -> f64, expr: &Expr, cx: Context<'_>) -> Result<Known, String> {
    for item in &mut known.items {
        item.value = Value::Number(f(number(item, expr, cx)?));
        item.label = item.label.take().map(|label| format!("{expr} (with {label})"));
    }
    known.computed = true;
    Ok(known)
}

fn number(item: &Item, expr: &Expr, cx: Context<'_>) -> Result<f64, String> {
    match &item.value {
        Value::Number(n) => Ok(*n),
        other => Err(format!("{}`{expr}` calculates with {}: {item}", cx.place, other.kind())),
    }
}

impl Known {
    pub(super) fn of(value: Value, computed: bool) -> Self {
        Self { items: vec![Item::plain(value)], computed }
    }
}
