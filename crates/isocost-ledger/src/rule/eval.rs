use super::ast::{CompareOp, Existence, Expr, Path, Quantifier, Rule};
use super::operand::{Item, Known, value};
use super::outcome::Outcome;
use super::scope::{Lookup, Scope};
use super::value::Value;

/// What `~` tolerates, relative to the largest magnitude on either side.
const ABOUT: f64 = 0.05;
/// What the arithmetic of a rule may lose to rounding, relative to the larger side.
const ROUNDING: f64 = 1e-12;

/// Where an expression is evaluated.
#[derive(Clone, Copy)]
pub(super) struct Context<'s> {
    pub(super) scope: &'s dyn Scope,
    pub(super) file: Option<&'s str>,
    /// `at budget=4: `, for messages.
    pub(super) place: &'s str,
}

/// Decides a rule in three-valued (Kleene) logic.
///
/// Something that is not there makes a comparison unknown, and a bare path fail: the path alone *requires* it. A
/// comparison with NaN is unknown. A wildcard or brace set must hold for every expansion; where both sides of a
/// comparison expand, it is unknown which belong together.
pub fn eval(rule: &Rule, scope: &dyn Scope) -> Outcome {
    condition(&rule.expr, Context { scope, file: None, place: "" })
}

fn condition(expr: &Expr, cx: Context<'_>) -> Outcome {
    match expr {
        Expr::Bool(true) => Outcome::Holds,
        Expr::Bool(false) => Outcome::fails("false", format!("{}the rule says so", cx.place), None),
        Expr::Path(path) => present(path, cx),
        Expr::Call { .. } => truth(expr, cx),
        Expr::Exists(existence) => exists(expr, existence, cx),
        Expr::Compare { first, rest } => comparison(first, rest, cx),
        Expr::In { item, list } => membership(expr, item, list, cx),
        Expr::Includes { list, items } => membership(expr, items, list, cx),
        Expr::Not(inner) => match condition(inner, cx) {
            Outcome::Holds => Outcome::fails(expr.to_string(), format!("{}`{inner}` holds", cx.place), None),
            Outcome::Fails(_) => Outcome::Holds,
            unknown @ Outcome::Unknown(_) => unknown,
        },
        Expr::And(parts) => Outcome::all(parts.iter().map(|part| condition(part, cx))),
        Expr::Or(parts) => Outcome::any(parts.iter().map(|part| condition(part, cx))),
        Expr::InFile { file, body } => condition(body, Context { file: Some(file), ..cx }),
        Expr::For { quantifier, axis, body } => quantified(expr, *quantifier, axis, body, cx),
        Expr::Number(_)
        | Expr::Null
        | Expr::Text(_)
        | Expr::List(_)
        | Expr::Negate(_)
        | Expr::Arith { .. } => Outcome::unknown(format!("`{expr}` is a value, not a condition")),
    }
}

fn present(path: &Path, cx: Context<'_>) -> Outcome {
    match cx.scope.path(cx.file, path) {
        Lookup::Missing(what) => Outcome::fails(path.to_string(), format!("{}{what}", cx.place), None),
        Lookup::NotApplicable(why) => Outcome::unknown(format!("{}{why}", cx.place)),
        Lookup::Values(values) if values.is_empty() => {
            Outcome::fails(path.to_string(), format!("{}nothing matches", cx.place), None)
        }
        Lookup::Values(values) => Outcome::all(values.iter().map(|value| match value {
            Value::Null => Outcome::fails(path.to_string(), format!("{}it is null", cx.place), None),
            Value::Number(n) if n.is_nan() => {
                Outcome::unknown(format!("{}`{path}` is not a number (NaN)", cx.place))
            }
            _ => Outcome::Holds,
        })),
    }
}

fn exists(expr: &Expr, existence: &Existence, cx: Context<'_>) -> Outcome {
    let root = Path { steps: Vec::new() };
    let found = match existence {
        Existence::Path(path) => cx.scope.path(cx.file, path),
        Existence::File(file) => cx.scope.path(Some(file), &root),
    };
    match found {
        Lookup::Values(values) if !values.is_empty() => Outcome::Holds,
        Lookup::Values(_) => Outcome::fails(expr.to_string(), format!("{}nothing matches", cx.place), None),
        Lookup::Missing(what) => Outcome::fails(expr.to_string(), format!("{}{what}", cx.place), None),
        Lookup::NotApplicable(why) => Outcome::unknown(format!("{}{why}", cx.place)),
    }
}

/// A statistic alone: its own truth value, else that it is there.
fn truth(expr: &Expr, cx: Context<'_>) -> Outcome {
    let known = match value(expr, cx) {
        Ok(known) => known,
        Err(reason) => return Outcome::unknown(reason),
    };
    Outcome::all(known.items.iter().map(|item| match &item.value {
        Value::Bool(false) | Value::Null => {
            Outcome::fails(expr.to_string(), format!("{}{item}", cx.place), None)
        }
        Value::Number(n) if n.is_nan() => {
            Outcome::unknown(format!("{}`{expr}` is not a number (NaN)", cx.place))
        }
        _ => Outcome::Holds,
    }))
}

fn quantified(expr: &Expr, quantifier: Quantifier, axis: &str, body: &Expr, cx: Context<'_>) -> Outcome {
    let Some(values) = cx.scope.axis(axis) else {
        return Outcome::unknown(format!("{}there is no axis `{axis}` to go over", cx.place));
    };
    if values.is_empty() {
        return Outcome::unknown(format!("{}the axis `{axis}` has no values yet", cx.place));
    }
    if let Quantifier::AtLeast { of: Some(of), .. } = quantifier
        && u32::try_from(values.len()) != Ok(of)
    {
        let found = values.len();
        return Outcome::unknown(format!(
            "{}`{quantifier} {axis}` counts {of}, and there are {found}",
            cx.place
        ));
    }
    let outcomes = values.iter().map(|value| {
        let place = format!("{}at {axis}={value}: ", cx.place);
        match cx.scope.restrict(axis, value) {
            Some(scope) => condition(body, Context { scope: &*scope, place: &place, ..cx }),
            None => Outcome::unknown(format!("{place}nothing is recorded there")),
        }
    });
    match quantifier {
        Quantifier::All => Outcome::all(outcomes),
        Quantifier::Any => Outcome::any(outcomes),
        Quantifier::AtLeast { count, .. } => at_least(expr, count, outcomes.collect()),
    }
}

fn at_least(expr: &Expr, count: u32, outcomes: Vec<Outcome>) -> Outcome {
    let total = outcomes.len();
    let open = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Unknown(_))).count();
    let (holding, mut failures, unknown) = Outcome::split(outcomes);
    let needed = usize::try_from(count).unwrap_or(usize::MAX);
    if holding >= needed {
        return Outcome::Holds;
    }
    if holding + open >= needed {
        return Outcome::Unknown(unknown);
    }
    let found = format!("it holds for {holding} of {total}, and {count} are needed");
    let gap = Some((needed - holding) as f64);
    failures.insert(0, super::outcome::Failure { rule: expr.to_string(), found, gap });
    Outcome::Fails(failures)
}

fn comparison(first: &Expr, rest: &[(CompareOp, Expr)], cx: Context<'_>) -> Outcome {
    let mut outcomes = Vec::with_capacity(rest.len());
    let (mut left_expr, mut left) = (first, value(first, cx));
    for (op, right_expr) in rest {
        let right = value(right_expr, cx);
        outcomes.push(match (&left, &right) {
            (Ok(l), Ok(r)) => pairs((left_expr, l), *op, (right_expr, r), cx),
            (Err(l), Err(r)) => Outcome::all([Outcome::unknown(l.clone()), Outcome::unknown(r.clone())]),
            (Err(reason), _) | (_, Err(reason)) => Outcome::unknown(reason.clone()),
        });
        (left_expr, left) = (right_expr, right);
    }
    Outcome::all(outcomes)
}

fn pairs(left: (&Expr, &Known), op: CompareOp, right: (&Expr, &Known), cx: Context<'_>) -> Outcome {
    if left.1.items.len() > 1 && right.1.items.len() > 1 {
        return Outcome::unknown(format!(
            "{}both `{}` and `{}` expand to several values, and the rule does not say which belong together",
            cx.place, left.0, right.0
        ));
    }
    let computed = left.1.computed || right.1.computed;
    let rule = || format!("{} {op} {}", left.0, right.0);
    Outcome::all(left.1.items.iter().flat_map(|l| {
        right.1.items.iter().map(move |r| match compare(&l.value, op, &r.value, computed) {
            Compared::Holds => Outcome::Holds,
            Compared::Unknown(why) => Outcome::unknown(format!("{}`{}`: {why}", cx.place, rule())),
            Compared::Fails(gap) => Outcome::fails(rule(), found(left.0, l, right.0, r, cx.place), gap),
        })
    }))
}

fn found(left_expr: &Expr, left: &Item, right_expr: &Expr, right: &Item, place: &str) -> String {
    let literal = |expr: &Expr| {
        matches!(expr, Expr::Number(_) | Expr::Bool(_) | Expr::Null | Expr::Text(_) | Expr::List(_))
    };
    match (literal(left_expr), literal(right_expr)) {
        (true, true) => format!("{place}{left} and {right}"),
        (false, true) => format!("{place}{}", left.named(left_expr)),
        (true, false) => format!("{place}{}", right.named(right_expr)),
        (false, false) => format!("{place}{}, {}", left.named(left_expr), right.named(right_expr)),
    }
}

enum Compared {
    Holds,
    Fails(Option<f64>),
    Unknown(String),
}

impl Compared {
    fn of(holds: bool, gap: Option<f64>) -> Self {
        if holds { Self::Holds } else { Self::Fails(gap) }
    }
}

fn compare(left: &Value, op: CompareOp, right: &Value, computed: bool) -> Compared {
    match op {
        CompareOp::About => about(left, right),
        CompareOp::Equal | CompareOp::NotEqual => match equal(left, right, computed) {
            None => Compared::Unknown("one side is not a number (NaN)".to_owned()),
            Some(same) => {
                let gap = if op == CompareOp::Equal { distance(left, right) } else { None };
                Compared::of(same == (op == CompareOp::Equal), gap)
            }
        },
        _ => match (left, right) {
            (Value::Number(l), Value::Number(r)) => order(*l, op, *r, computed),
            _ => Compared::Unknown(format!("{} and {} have no order", left.kind(), right.kind())),
        },
    }
}

fn order(left: f64, op: CompareOp, right: f64, computed: bool) -> Compared {
    if left.is_nan() || right.is_nan() {
        return Compared::Unknown("one side is not a number (NaN)".to_owned());
    }
    let same = same_number(left, right, computed);
    let holds = match op {
        CompareOp::Greater => left > right && !same,
        CompareOp::GreaterOrEqual => left > right || same,
        CompareOp::Less => left < right && !same,
        _ => left < right || same,
    };
    Compared::of(holds, Some((left - right).abs()))
}

#[expect(clippy::float_cmp, reason = "two numbers as they stand in files are equal or not")]
fn same_number(left: f64, right: f64, computed: bool) -> bool {
    left == right || (computed && (left - right).abs() <= ROUNDING * left.abs().max(right.abs()))
}

/// Whether two values are the same; `None` if a NaN is among them. Lists compare element by element.
fn equal(left: &Value, right: &Value, computed: bool) -> Option<bool> {
    match (left, right) {
        (Value::Number(l), Value::Number(r)) => {
            (!l.is_nan() && !r.is_nan()).then(|| same_number(*l, *r, computed))
        }
        (Value::List(l), Value::List(r)) => {
            let mut same = l.len() == r.len();
            for (l, r) in l.iter().zip(r) {
                same &= equal(l, r, computed)?;
            }
            Some(same)
        }
        (Value::Number(n), _) | (_, Value::Number(n)) if n.is_nan() => None,
        (l, r) => Some(l == r),
    }
}

fn distance(left: &Value, right: &Value) -> Option<f64> {
    match (left, right) {
        (Value::Number(l), Value::Number(r)) => Some((l - r).abs()),
        _ => None,
    }
}

/// `~`: every number within five per cent of the largest magnitude in either list. For single numbers that is relative,
/// so nothing but zero could be about zero; such a comparison is unknown.
fn about(left: &Value, right: &Value) -> Compared {
    let numbers = |value: &Value| match value {
        Value::Number(n) => Some(vec![*n]),
        Value::List(items) => {
            items.iter().map(|item| if let Value::Number(n) = item { Some(*n) } else { None }).collect()
        }
        _ => None,
    };
    let (Some(l), Some(r)) = (numbers(left), numbers(right)) else {
        return Compared::Unknown(format!("`~` compares numbers, not {} with {}", left.kind(), right.kind()));
    };
    if l.len() != r.len() {
        return Compared::Unknown(format!("`~` compares {} numbers with {}", l.len(), r.len()));
    }
    let size =
        l.iter().chain(&r).fold(0.0_f64, |size, n| if n.is_nan() { n + size } else { size.max(n.abs()) });
    let apart = l.iter().zip(&r).map(|(l, r)| (l - r).abs()).fold(0.0_f64, f64::max);
    if l.iter().chain(&r).any(|n| !n.is_finite()) {
        return Compared::Unknown("one side is not a finite number".to_owned());
    }
    let zero_alone = matches!((l.as_slice(), r.as_slice()), ([l], [r]) if (*l == 0.0) != (*r == 0.0));
    if zero_alone {
        return Compared::Unknown("`~ 0` has no scale; write `abs(x) <= …`".to_owned());
    }
    Compared::of(apart <= ABOUT * size, Some((apart - ABOUT * size).max(0.0)))
}

fn membership(expr: &Expr, items: &Expr, list: &Expr, cx: Context<'_>) -> Outcome {
    let (items, list) = match (value(items, cx), value(list, cx)) {
        (Ok(items), Ok(list)) => (items, list),
        (Err(reason), _) | (_, Err(reason)) => return Outcome::unknown(reason),
    };
    let every = matches!(expr, Expr::Includes { .. });
    Outcome::all(list.items.iter().flat_map(|list| {
        let Value::List(elements) = &list.value else {
            let kind = list.value.kind();
            return vec![Outcome::unknown(format!("{}`{expr}`: there is {kind}, not a list", cx.place))];
        };
        let wanted: Vec<&Value> = items
            .items
            .iter()
            .flat_map(|item| match &item.value {
                Value::List(all) if every => all.iter().collect(),
                other => vec![other],
            })
            .collect();
        wanted.into_iter().map(|wanted| contains(expr, elements, wanted, list, cx)).collect()
    }))
}

fn contains(expr: &Expr, elements: &[Value], wanted: &Value, list: &Item, cx: Context<'_>) -> Outcome {
    let mut nan = false;
    for element in elements {
        match equal(element, wanted, false) {
            Some(true) => return Outcome::Holds,
            Some(false) => {}
            None => nan = true,
        }
    }
    if nan {
        return Outcome::unknown(format!("{}`{expr}`: a NaN is in the way", cx.place));
    }
    Outcome::fails(expr.to_string(), format!("{}{wanted} is not in {list}", cx.place), None)
}
