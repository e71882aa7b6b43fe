use super::ast::{Argument, Expr, Path, Step};
use super::eval::Context;
use super::operand::{Item, Known, value};
use super::value::Value;

/// A function of values. Expansions of a path, elements of a list and several arguments are all one sequence of values.
///
/// `count` counts the values of its argument, `len` the elements of one list or the keys of one object.
pub(super) fn apply(expr: &Expr, name: &str, args: &[Argument], cx: Context<'_>) -> Result<Known, String> {
    let fail = |why: &str| Err(format!("{}`{expr}`: {why}", cx.place));
    if args.is_empty() || args.iter().any(|arg| arg.name.is_some()) {
        return fail("it takes values");
    }
    match (name, args) {
        ("argmax", [only]) => argmax(expr, &only.value, cx),
        ("argmax", _) => fail("it takes one path"),
        ("len", [only]) => {
            let known = value(&only.value, cx)?;
            match known.items.as_slice() {
                [Item { value: Value::List(items), .. }] => Ok(exact(items.len())),
                [Item { value: Value::Object(fields), .. }] => Ok(exact(fields.len())),
                _ => fail("it takes one list or object"),
            }
        }
        ("len", _) => fail("it takes one list or object"),
        _ => {
            let items = gather(args, cx)?;
            if name == "count" {
                return Ok(exact(items.len()));
            }
            let mut numbers = Vec::with_capacity(items.len());
            for item in &items {
                let Value::Number(n) = item.value else {
                    return fail(&format!("{item} is {}, not a number", item.value.kind()));
                };
                numbers.push(n);
            }
            reduce(name, &numbers).map_or_else(|| fail("there is nothing to reduce"), Ok)
        }
    }
}

fn exact(count: usize) -> Known {
    Known::of(Value::Number(count as f64), false)
}

fn gather(args: &[Argument], cx: Context<'_>) -> Result<Vec<Item>, String> {
    let mut items = Vec::new();
    for arg in args {
        for item in value(&arg.value, cx)?.items {
            match item.value {
                Value::List(elements) => {
                    items.extend(elements.into_iter().map(|value| Item { label: item.label.clone(), value }));
                }
                value => items.push(Item { label: item.label, value }),
            }
        }
    }
    Ok(items)
}

/// NaN anywhere gives NaN.
fn reduce(name: &str, numbers: &[f64]) -> Option<Known> {
    let first = *numbers.first()?;
    let pick = |better: fn(f64, f64) -> bool| {
        numbers
            .iter()
            .fold(first, |best, &n| if best.is_nan() || !(n.is_nan() || better(n, best)) { best } else { n })
    };
    let sum = numbers.iter().sum::<f64>();
    match name {
        "abs" if numbers.len() == 1 => Some(Known::of(Value::Number(first.abs()), false)),
        "min" => Some(Known::of(Value::Number(pick(|n, best| n < best)), false)),
        "max" => Some(Known::of(Value::Number(pick(|n, best| n > best)), false)),
        "sum" => Some(Known::of(Value::Number(sum), true)),
        "mean" => Some(Known::of(Value::Number(sum / numbers.len() as f64), true)),
        _ => None,
    }
}

/// The key under which a wildcard path, or an object of numbers, has its largest value.
fn argmax(expr: &Expr, arg: &Expr, cx: Context<'_>) -> Result<Known, String> {
    let Expr::Path(path) = arg else {
        return Err(format!("{}`{expr}`: it takes one path", cx.place));
    };
    let mut candidates: Vec<(String, Value)> = Vec::new();
    if let Some(at) = path.steps.iter().position(|step| matches!(step, Step::Every | Step::Each(_))) {
        let labelled = cx
            .scope
            .expansions(cx.file, path)
            .ok_or_else(|| format!("{}`{expr}`: the values cannot be told apart here", cx.place))?;
        for (label, value) in labelled {
            candidates.push((key_at(&label, at).unwrap_or(label), value));
        }
    } else {
        let known = value(arg, cx)?;
        match known.items.into_iter().next().map(|item| item.value) {
            Some(Value::Object(fields)) => candidates = fields,
            Some(Value::List(items)) => {
                candidates = items.into_iter().enumerate().map(|(i, v)| (i.to_string(), v)).collect();
            }
            _ => return Err(format!("{}`{expr}`: there is neither a list nor an object", cx.place)),
        }
    }
    largest(candidates).map_err(|why| format!("{}`{expr}`: {why}", cx.place))
}

fn largest(candidates: Vec<(String, Value)>) -> Result<Known, String> {
    let mut best: Option<(String, f64)> = None;
    let mut tied = false;
    for (key, value) in candidates {
        let Value::Number(n) = value else {
            return Err(format!("`{key}` is {}, not a number", value.kind()));
        };
        if n.is_nan() {
            return Err(format!("`{key}` is not a number (NaN)"));
        }
        match &best {
            Some((_, most)) if n < *most => {}
            Some((_, most)) if n <= *most => tied = true,
            _ => (best, tied) = (Some((key, n)), false),
        }
    }
    match best {
        Some(_) if tied => Err("two values are equally large".to_owned()),
        Some((key, _)) => Ok(Known::of(Value::Text(key), false)),
        None => Err("there is nothing to choose from".to_owned()),
    }
}

/// The key that stands at step `at` of a concrete path.
fn key_at(label: &str, at: usize) -> Option<String> {
    let path: Path = super::parse::concrete_path(label)?;
    match path.steps.get(at)? {
        Step::Key(key) => Some(key.clone()),
        Step::Index(index) => Some(index.to_string()),
        _ => None,
    }
}
