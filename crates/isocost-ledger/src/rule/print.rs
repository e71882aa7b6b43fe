use std::fmt::{self, Display, Formatter, Write as _};

use super::ast::{Argument, ArithOp, CompareOp, Existence, Expr, Number, Path, Quantifier, Rule, Step};
use super::scan::{has_numeric_tail, is_bare_file, is_name, is_reserved};
use super::statistics::{may_be_called, stands_alone};
use super::value::Value;

/// How tightly an expression binds. A child that does not bind tighter than its parent is put in parentheses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Scoped,
    Or,
    And,
    Not,
    Compare,
    Sum,
    Product,
    Unary,
    Atom,
}

fn binding(expr: &Expr) -> Binding {
    match expr {
        Expr::InFile { .. } | Expr::For { .. } => Binding::Scoped,
        Expr::Or(_) => Binding::Or,
        Expr::And(_) => Binding::And,
        Expr::Not(_) => Binding::Not,
        Expr::Compare { .. } | Expr::In { .. } | Expr::Includes { .. } => Binding::Compare,
        Expr::Arith { rest, .. } => match rest.first() {
            Some((ArithOp::Multiply | ArithOp::Divide, _)) => Binding::Product,
            _ => Binding::Sum,
        },
        Expr::Negate(_) => Binding::Unary,
        _ => Binding::Atom,
    }
}

/// Writes `child` so that it parses back as one operand of something that binds as `parent`.
fn operand(f: &mut Formatter<'_>, child: &Expr, parent: Binding) -> fmt::Result {
    if binding(child) > parent { write!(f, "{child}") } else { write!(f, "({child})") }
}

impl Display for Expr {
    /// Canonical text, which parses back to the same expression.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Bool(truth) => write!(f, "{truth}"),
            Self::Null => f.write_str("null"),
            Self::Text(text) => quoted(f, text),
            Self::List(items) => bracketed(f, items),
            Self::Path(path) => write!(f, "{path}"),
            Self::Call { name, args } if args.is_empty() && stands_alone(name) => f.write_str(name),
            Self::Call { name, args } => call(f, name, args),
            Self::Negate(inner) => match **inner {
                Self::Number(_) | Self::Negate(_) => write!(f, "-({inner})"),
                _ => {
                    f.write_char('-')?;
                    operand(f, inner, Binding::Product)
                }
            },
            Self::Arith { first, rest } => chain(f, first, rest, binding(self)),
            Self::Compare { first, rest } => chain(f, first, rest, Binding::Compare),
            Self::In { item, list } => {
                operand(f, item, Binding::Compare)?;
                f.write_str(" in ")?;
                operand(f, list, Binding::Compare)
            }
            Self::Includes { list, items } => {
                operand(f, list, Binding::Compare)?;
                f.write_str(" includes ")?;
                operand(f, items, Binding::Compare)
            }
            Self::Exists(Existence::Path(path)) => write!(f, "exists({path})"),
            Self::Exists(Existence::File(file)) => {
                f.write_str("exists(")?;
                quoted(f, file)?;
                f.write_char(')')
            }
            Self::Not(inner) => {
                f.write_str("not ")?;
                match **inner {
                    Self::Not(_) => write!(f, "{inner}"),
                    _ => operand(f, inner, Binding::Not),
                }
            }
            Self::And(parts) => joined(f, parts, " and ", Binding::And),
            Self::Or(parts) => joined(f, parts, " or ", Binding::Or),
            Self::InFile { file, body } => {
                if is_bare_file(file) {
                    f.write_str(file)?;
                } else {
                    quoted(f, file)?;
                }
                write!(f, ": {body}")
            }
            Self::For { quantifier, axis, body } => write!(f, "{quantifier} {axis}: {body}"),
        }
    }
}

fn joined(f: &mut Formatter<'_>, parts: &[Expr], word: &str, parent: Binding) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(word)?;
        }
        operand(f, part, parent)?;
    }
    Ok(())
}

fn chain<O: Display>(
    f: &mut Formatter<'_>,
    first: &Expr,
    rest: &[(O, Expr)],
    parent: Binding,
) -> fmt::Result {
    operand(f, first, parent)?;
    for (op, part) in rest {
        write!(f, " {op} ")?;
        operand(f, part, parent)?;
    }
    Ok(())
}

fn bracketed(f: &mut Formatter<'_>, items: &[Expr]) -> fmt::Result {
    f.write_char('[')?;
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            f.write_str(", ")?;
        }
        operand(f, item, Binding::Compare)?;
    }
    f.write_char(']')
}

fn call(f: &mut Formatter<'_>, name: &str, args: &[Argument]) -> fmt::Result {
    write!(f, "{name}(")?;
    for (index, Argument { name, value }) in args.iter().enumerate() {
        if index > 0 {
            f.write_str(", ")?;
        }
        if let Some(name) = name {
            write!(f, "{name}=")?;
        }
        operand(f, value, Binding::Compare)?;
    }
    f.write_char(')')
}

fn quoted(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                f.write_char('\\')?;
                f.write_char(c)?;
            }
            '\n' => f.write_str("\\n")?,
            '\t' => f.write_str("\\t")?,
            '\r' => f.write_str("\\r")?,
            c => f.write_char(c)?,
        }
    }
    f.write_char('"')
}

impl Display for Path {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let needs_root = match self.steps.first() {
            Some(Step::Key(key)) => {
                let alone = self.steps.len() == 1;
                !is_name(key)
                    || key.starts_with(|c: char| c.is_numeric() || matches!(c, 'Δ' | '∆'))
                    || is_reserved(key)
                    || has_numeric_tail(key)
                    || (alone && (stands_alone(key) || may_be_called(key)))
            }
            Some(Step::Every | Step::Each(_)) => false,
            Some(Step::Index(_) | Step::Where { .. }) | None => true,
        };
        if needs_root {
            f.write_char('$')?;
        }
        for (index, step) in self.steps.iter().enumerate() {
            write_step(f, step, needs_root || index > 0)?;
        }
        Ok(())
    }
}

fn write_step(f: &mut Formatter<'_>, step: &Step, joined: bool) -> fmt::Result {
    match step {
        Step::Key(key) if is_name(key) => {
            if joined {
                f.write_char('.')?;
            }
            f.write_str(key)
        }
        Step::Key(key) => {
            f.write_char('[')?;
            quoted(f, key)?;
            f.write_char(']')
        }
        Step::Index(index) => write!(f, "[{index}]"),
        Step::Every => f.write_str(if joined { "[*]" } else { "*" }),
        Step::Each(keys) => {
            f.write_str(if joined { ".{" } else { "{" })?;
            for (index, key) in keys.iter().enumerate() {
                if index > 0 {
                    f.write_char(',')?;
                }
                key_text(f, key)?;
            }
            f.write_char('}')
        }
        Step::Where { key, value } => {
            f.write_char('[')?;
            key_text(f, key)?;
            f.write_char('=')?;
            quoted(f, value)?;
            f.write_char(']')
        }
    }
}

fn key_text(f: &mut Formatter<'_>, key: &str) -> fmt::Result {
    if is_name(key) { f.write_str(key) } else { quoted(f, key) }
}

impl Display for Number {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Display for Rule {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Display for ArithOp {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
        })
    }
}

impl Display for CompareOp {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::About => "~",
        })
    }
}

impl Display for Quantifier {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::Any => f.write_str("any"),
            Self::AtLeast { count, of: None } => write!(f, "at least {count}"),
            Self::AtLeast { count, of: Some(of) } => write!(f, "at least {count} of {of}"),
        }
    }
}

impl Display for Value {
    /// Long lists and objects are shortened.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 8;
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(truth) => write!(f, "{truth}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => quoted(f, text),
            Self::List(items) => {
                f.write_char('[')?;
                for (index, item) in items.iter().take(SHOWN).enumerate() {
                    if index > 0 {
                        f.write_str(", ")?;
                    }
                    write!(f, "{item}")?;
                }
                f.write_str(if items.len() > SHOWN { ", …]" } else { "]" })
            }
            Self::Object(fields) => write!(f, "an object of {} keys", fields.len()),
        }
    }
}
