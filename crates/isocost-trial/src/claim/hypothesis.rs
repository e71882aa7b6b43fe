//! What a comparison in a rule claims about an effect, and how that is tested.
//!
//! A threshold in a rule is tested against that threshold: `delta >= 0.02` is the one-sided test of "delta ≤ 0.02". Statements about
//! means of two arms (`mean(a) - mean(b) >= 0.02`, `mean(a) > mean(b)`) are statements about delta, and are tested alike.

use isocost_ledger::rule::{Arg, Argument, ArithOp, CompareOp, Expr, statistic};
use isocost_stats::{Interval, PValue, Tail};

use crate::Arm;
use crate::compare::{Analysis, CompareError};

/// The effects that a rule claims.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Region {
    /// At least, or more than.
    AtLeast(f64),
    /// At most, or less than.
    AtMost(f64),
    /// Between −c and c: equivalence.
    Within(f64),
    /// Below −c or above c.
    Beyond(f64),
    /// Any but this one.
    Not(f64),
}

impl Region {
    /// p of the null hypothesis that the effect lies outside the region. Equivalence is two one-sided tests (Schuirmann 1987).
    pub fn p(self, analysis: &Analysis) -> Result<Option<PValue>, CompareError> {
        let p = |margin, tail| analysis.p(margin, tail);
        match self {
            Self::AtLeast(c) => p(c, Tail::Greater),
            Self::AtMost(c) => p(c, Tail::Less),
            Self::Not(c) => p(c, Tail::TwoSided),
            Self::Within(c) => Ok(both(p(-c, Tail::Greater)?, p(c, Tail::Less)?, f64::max)),
            Self::Beyond(c) => {
                let least = both(p(c, Tail::Greater)?, p(-c, Tail::Less)?, f64::min);
                Ok(least.and_then(|p| PValue::new((2.0 * p.get()).min(1.0)).ok()))
            }
        }
    }

    /// Whether the interval lies wholly outside the region.
    pub fn is_excluded_by(self, interval: &Interval) -> bool {
        match self {
            Self::AtLeast(c) => interval.high < c,
            Self::AtMost(c) => interval.low > c,
            Self::Within(c) => interval.high < -c || interval.low > c,
            Self::Beyond(c) => interval.low > -c && interval.high < c,
            Self::Not(_) => false,
        }
    }

    /// A claim of an advantage, made at least as strict as a positive margin that is declared besides. Bands and claims that allow a
    /// disadvantage (`ci_low > -0.02`) state their own margin.
    pub(super) fn with_margin(self, margin: Option<f64>) -> Self {
        match (self, margin.filter(|margin| *margin > 0.0)) {
            (Self::AtLeast(c), Some(margin)) if c >= 0.0 => Self::AtLeast(c.max(margin)),
            (Self::AtMost(c), Some(margin)) if c <= 0.0 => Self::AtMost(c.min(-margin)),
            (region, _) => region,
        }
    }

    /// The threshold and tail that describe it in one test.
    pub(crate) fn margin_and_tail(self) -> (f64, Tail) {
        match self {
            Self::AtLeast(c) => (c, Tail::Greater),
            Self::AtMost(c) => (c, Tail::Less),
            Self::Within(c) | Self::Beyond(c) | Self::Not(c) => (c, Tail::TwoSided),
        }
    }
}

impl std::fmt::Display for Region {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::AtLeast(c) => write!(f, "an effect of at least {c}"),
            Self::AtMost(c) => write!(f, "an effect of at most {c}"),
            Self::Within(c) => write!(f, "an effect within ±{c}"),
            Self::Beyond(c) => write!(f, "an effect beyond ±{c}"),
            Self::Not(c) => write!(f, "an effect other than {c}"),
        }
    }
}

fn both(a: Option<PValue>, b: Option<PValue>, pick: fn(f64, f64) -> f64) -> Option<PValue> {
    PValue::new(pick(a?.get(), b?.get())).ok()
}

/// What one comparison of a rule says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Statement {
    /// About an effect.
    Effect { args: Vec<Arg>, region: Region },
    /// A p-value is below a bound.
    SmallP { args: Vec<Arg> },
    /// A p-value is above a bound.
    LargeP,
    /// Anything else: a matter of numbers alone.
    Plain,
}

/// Reads one comparison `left op right`.
pub(super) fn read(left: &Expr, op: CompareOp, right: &Expr) -> Statement {
    if let Some(statement) = means(left, op, right) {
        return statement;
    }
    if let Some(bound) = constant(right) {
        return bounded(left, op, bound).unwrap_or(Statement::Plain);
    }
    match constant(left) {
        Some(bound) => bounded(right, mirrored(op), bound).unwrap_or(Statement::Plain),
        None => Statement::Plain,
    }
}

/// `mean(a) op mean(b) ± c`.
fn means(left: &Expr, op: CompareOp, right: &Expr) -> Option<Statement> {
    let (left, right, op) = match (mean_of(left), mean_of(right)) {
        (Some(arm), _) => (arm, right, op),
        (None, Some(arm)) => (arm, left, mirrored(op)),
        (None, None) => return None,
    };
    let (other, shift) = match right {
        Expr::Arith { first, rest } => match rest.as_slice() {
            [(ArithOp::Add, shift)] => (mean_of(first)?, constant(shift)?),
            [(ArithOp::Subtract, shift)] => (mean_of(first)?, -constant(shift)?),
            _ => return None,
        },
        alone => (mean_of(alone)?, 0.0),
    };
    effect(pair(&left, &other)?, op, shift)
}

fn bounded(statistic: &Expr, op: CompareOp, bound: f64) -> Option<Statement> {
    let rises = matches!(op, CompareOp::Greater | CompareOp::GreaterOrEqual);
    let falls = matches!(op, CompareOp::Less | CompareOp::LessOrEqual);
    match statistic {
        Expr::Call { name, args } => match name.as_str() {
            "delta" => effect(arguments(args)?, op, bound),
            // The interval's near end beyond a bound is a stricter way to say that the effect is.
            "ci_low" if rises => {
                Some(Statement::Effect { args: arguments(args)?, region: Region::AtLeast(bound) })
            }
            "ci_high" if falls => {
                Some(Statement::Effect { args: arguments(args)?, region: Region::AtMost(bound) })
            }
            "abs" => magnitude(args, op, bound),
            name if is_p(name) && falls => Some(Statement::SmallP { args: arguments(args)? }),
            name if is_p(name) && rises => Some(Statement::LargeP),
            _ => None,
        },
        Expr::Arith { first, rest } => match rest.as_slice() {
            [(ArithOp::Subtract, right)] => effect(pair(&mean_of(first)?, &mean_of(right)?)?, op, bound),
            _ => None,
        },
        _ => None,
    }
}

fn effect(args: Vec<Arg>, op: CompareOp, bound: f64) -> Option<Statement> {
    let region = match op {
        CompareOp::Greater | CompareOp::GreaterOrEqual => Region::AtLeast(bound),
        CompareOp::Less | CompareOp::LessOrEqual => Region::AtMost(bound),
        CompareOp::NotEqual => Region::Not(bound),
        CompareOp::Equal | CompareOp::About => return None,
    };
    Some(Statement::Effect { args, region })
}

/// `abs(delta) op bound`, also `abs(mean(a) - mean(b))`.
fn magnitude(args: &[Argument], op: CompareOp, bound: f64) -> Option<Statement> {
    let [Argument { name: None, value }] = args else { return None };
    let Some(Statement::Effect { args, .. }) = bounded(value, CompareOp::Greater, bound) else { return None };
    if bound < 0.0 || matches!(value, Expr::Call { name, .. } if name != "delta") {
        return None;
    }
    let region = match op {
        CompareOp::Less | CompareOp::LessOrEqual => Region::Within(bound),
        CompareOp::Greater | CompareOp::GreaterOrEqual => Region::Beyond(bound),
        CompareOp::Equal | CompareOp::NotEqual | CompareOp::About => return None,
    };
    Some(Statement::Effect { args, region })
}

pub(super) fn is_p(name: &str) -> bool {
    name == "p" || (name.starts_with("p_") && statistic(name).is_some())
}

/// The arguments of `mean(arm)`, the arm first.
fn mean_of(expr: &Expr) -> Option<Vec<Arg>> {
    match expr {
        Expr::Call { name, args } if name == "mean" => {
            let args = arguments(args)?;
            matches!(args.first(), Some(Arg::Name(_) | Arg::Text(_))).then_some(args)
        }
        _ => None,
    }
}

/// Two arms of `mean(a, …)` and `mean(b, …)`, if everything else they name is the same.
fn pair(left: &[Arg], right: &[Arg]) -> Option<Vec<Arg>> {
    let (named_left, named_right) = (left.get(1..)?, right.get(1..)?);
    if named_left != named_right {
        return None;
    }
    let mut args = vec![left.first()?.clone(), right.first()?.clone()];
    args.extend_from_slice(named_left);
    Some(args)
}

fn mirrored(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Greater => CompareOp::Less,
        CompareOp::GreaterOrEqual => CompareOp::LessOrEqual,
        CompareOp::Less => CompareOp::Greater,
        CompareOp::LessOrEqual => CompareOp::GreaterOrEqual,
        same => same,
    }
}

/// The opposite comparison, for `not`.
pub(super) fn negated(op: CompareOp) -> Option<CompareOp> {
    Some(match op {
        CompareOp::Greater => CompareOp::LessOrEqual,
        CompareOp::GreaterOrEqual => CompareOp::Less,
        CompareOp::Less => CompareOp::GreaterOrEqual,
        CompareOp::LessOrEqual => CompareOp::Greater,
        CompareOp::Equal => CompareOp::NotEqual,
        CompareOp::NotEqual => CompareOp::Equal,
        CompareOp::About => return None,
    })
}

fn constant(expr: &Expr) -> Option<f64> {
    match expr {
        Expr::Number(number) => Some(number.value),
        Expr::Negate(inner) => match &**inner {
            Expr::Number(number) => Some(-number.value),
            _ => None,
        },
        _ => None,
    }
}

pub(super) fn arguments(args: &[Argument]) -> Option<Vec<Arg>> {
    args.iter()
        .map(|arg| {
            let value = match &arg.value {
                Expr::Path(path) => {
                    Arg::Name(path.single_key().map_or_else(|| path.to_string(), str::to_owned))
                }
                Expr::Call { name, args } if args.is_empty() => Arg::Name(name.clone()),
                Expr::Text(text) => Arg::Text(text.clone()),
                Expr::Number(number) => Arg::Number(number.value),
                _ => return None,
            };
            Some(match &arg.name {
                Some(name) => Arg::Named(name.clone(), Box::new(value)),
                None => value,
            })
        })
        .collect()
}

/// The two arms that a rule compares, if it names just one pair.
pub(super) fn only_pair(expr: &Expr) -> Option<(Arm, Arm)> {
    let mut pairs: Vec<(Arm, Arm)> = Vec::new();
    walk(expr, &mut |expr| {
        let args = match expr {
            Expr::Call { name, args } if name != "mean" => arguments(args),
            Expr::Arith { first, rest } => match rest.as_slice() {
                [(ArithOp::Subtract, right)] => {
                    mean_of(first).zip(mean_of(right)).and_then(|(l, r)| pair(&l, &r))
                }
                _ => None,
            },
            _ => None,
        };
        let arms: Vec<Arm> = args.iter().flatten().filter_map(arm).collect();
        if let [left, right] = arms.as_slice() {
            let named = (left.clone(), right.clone());
            if !pairs.contains(&named) {
                pairs.push(named);
            }
        }
    });
    match pairs.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

fn arm(arg: &Arg) -> Option<Arm> {
    match arg {
        Arg::Name(name) | Arg::Text(name) => Some(name.as_str().into()),
        Arg::Number(_) | Arg::Named(..) => None,
    }
}

/// Visits every part of an expression, from the outside in and from left to right.
pub(super) fn walk<'e>(expr: &'e Expr, visit: &mut impl FnMut(&'e Expr)) {
    let mut pending = vec![expr];
    while let Some(expr) = pending.pop() {
        visit(expr);
        let before = pending.len();
        match expr {
            Expr::Call { args, .. } => pending.extend(args.iter().map(|arg| &arg.value)),
            Expr::List(parts) | Expr::And(parts) | Expr::Or(parts) => pending.extend(parts),
            Expr::Negate(inner) | Expr::Not(inner) => pending.push(inner),
            Expr::Arith { first, rest } => {
                pending.push(first);
                pending.extend(rest.iter().map(|(_, right)| right));
            }
            Expr::Compare { first, rest } => {
                pending.push(first);
                pending.extend(rest.iter().map(|(_, right)| right));
            }
            Expr::In { item, list } => pending.extend([&**item, &**list]),
            Expr::Includes { list, items } => pending.extend([&**list, &**items]),
            Expr::InFile { body, .. } | Expr::For { body, .. } => pending.push(body),
            Expr::Number(_)
            | Expr::Bool(_)
            | Expr::Null
            | Expr::Text(_)
            | Expr::Path(_)
            | Expr::Exists(_) => {}
        }
        if let Some(added) = pending.get_mut(before..) {
            added.reverse();
        }
    }
}
