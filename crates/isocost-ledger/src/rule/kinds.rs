use super::ast::{Argument, ArithOp, Expr, Path};

/// Whether an expression can be true or false.
pub(super) fn is_condition(expr: &Expr) -> bool {
    match expr {
        Expr::InFile { body, .. } => is_condition(body),
        Expr::Number(_)
        | Expr::Null
        | Expr::Text(_)
        | Expr::List(_)
        | Expr::Negate(_)
        | Expr::Arith { .. } => false,
        _ => true,
    }
}

/// Whether an expression can be compared or calculated with.
pub(super) fn is_value(expr: &Expr) -> bool {
    match expr {
        Expr::InFile { body, .. } => is_value(body),
        Expr::Number(_)
        | Expr::Bool(_)
        | Expr::Null
        | Expr::Text(_)
        | Expr::List(_)
        | Expr::Path(_)
        | Expr::Call { .. }
        | Expr::Negate(_)
        | Expr::Arith { .. } => true,
        _ => false,
    }
}

/// `Δ(a-b)`, `Δ(a - b)` and `Δ(a, b)` all mean the arms `a` and `b`.
pub(super) fn split_difference(mut args: Vec<Argument>) -> Option<Vec<Argument>> {
    let arm = |value: Expr| Argument { name: None, value };
    if args.len() != 1 {
        return (args.len() == 2).then_some(args);
    }
    match args.pop()?.value {
        Expr::Path(path) => {
            let (left, right) = path.single_key()?.split_once('-')?;
            let only_one = !right.contains('-');
            only_one.then(|| vec![arm(Expr::Path(Path::key(left))), arm(Expr::Path(Path::key(right)))])
        }
        Expr::Arith { first, mut rest } if rest.len() == 1 => match rest.pop()? {
            (ArithOp::Subtract, right) if names_something(&first) && names_something(&right) => {
                Some(vec![arm(*first), arm(right)])
            }
            _ => None,
        },
        _ => None,
    }
}

/// Whether an argument can be the name of an arm.
pub(super) fn names_something(value: &Expr) -> bool {
    match value {
        Expr::Path(_) | Expr::Text(_) | Expr::Number(_) => true,
        // An arm may have the name of a statistic.
        Expr::Call { args, .. } => args.is_empty(),
        _ => false,
    }
}
