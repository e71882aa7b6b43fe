use std::ops::Range;

use super::ast::{ArithOp, CompareOp, Expr, Number, Path, Quantifier, Rule, Step};
use super::error::RuleError;
use super::kinds::{is_condition, is_value};
use super::path;
use super::quantifier::{axis, quantifier};
use super::scan::{Cursor, has_numeric_tail, is_reserved};
use super::statistics::{canonical, stands_alone};

/// Longest accepted text of one rule, in bytes.
const MAX_LEN: usize = 64 * 1024;
/// Deepest accepted nesting of parentheses, lists, calls, signs, `not`, files and quantifiers together.
const MAX_DEPTH: usize = 128;

pub(super) type Parsed<T> = Result<T, RuleError>;

/// Parses one rule, such as `delta(a, b) >= 0.02 and p < 0.05`.
///
/// The text must be a condition: a lone number or difference is an error. Texts over 64 KiB or nested deeper than 128
/// are errors as well.
pub fn parse(text: &str) -> Result<Rule, RuleError> {
    if text.len() > MAX_LEN {
        return Err(RuleError::new(
            format!("the rule has {} bytes; at most {MAX_LEN} are read", text.len()),
            0..0,
        ));
    }
    let mut parser = Parser { cursor: Cursor::new(text), depth: 0 };
    let expr = parser.scoped()?;
    parser.expect_end()?;
    parser.require_condition(&expr, 0)?;
    refuse_definition(&expr, text)?;
    Ok(Rule { text: text.trim().to_owned(), expr })
}

/// `Δ = a - b` says what `Δ` is; read as a condition it would compare a difference with itself.
fn refuse_definition(expr: &Expr, text: &str) -> Parsed<()> {
    let Expr::Compare { first, rest } = expr else { return Ok(()) };
    let ([(CompareOp::Equal, Expr::Arith { first: left, rest: right })], Expr::Call { args, .. }) =
        (rest.as_slice(), &**first)
    else {
        return Ok(());
    };
    let names_only =
        matches!(**left, Expr::Path(_)) && right.iter().all(|(_, part)| matches!(part, Expr::Path(_)));
    if args.is_empty() && names_only {
        let what = "this defines a statistic; it is not a condition";
        return Err(
            RuleError::new(what, 0..text.len()).hint("compare it with a number: `delta(a, b) >= 0.02`")
        );
    }
    Ok(())
}

pub(super) struct Parser<'t> {
    pub(super) cursor: Cursor<'t>,
    depth: usize,
}

impl<'t> Parser<'t> {
    pub(super) fn nested<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= MAX_DEPTH {
            let at = self.cursor.at();
            return Err(RuleError::new(format!("the rule is nested deeper than {MAX_DEPTH}"), at..at));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    pub(super) fn span_from(&self, start: usize) -> Range<usize> {
        let text = self.cursor.since(start);
        let blanks = text.len() - text.trim_start().len();
        start + blanks..start + text.trim_end().len().max(blanks)
    }

    fn expect_end(&mut self) -> Parsed<()> {
        self.cursor.skip_blanks();
        let Some(c) = self.cursor.peek() else { return Ok(()) };
        let span = self.cursor.token_span();
        let error = RuleError::new(format!("did not expect `{}` here", self.cursor.text_of(&span)), span);
        Err(match c {
            ',' | ';' | '&' => error.hint("one rule at a time; join conditions with `and`"),
            '|' => error.hint("join alternatives with `or`"),
            '=' => error.hint("write `>=` or `<=`"),
            ':' => error.hint(
                "a file name before `:` needs an extension; an axis needs `all`, `any` or `at least N`",
            ),
            _ => error,
        })
    }

    fn require_condition(&self, expr: &Expr, start: usize) -> Parsed<()> {
        if is_condition(expr) {
            return Ok(());
        }
        Err(RuleError::new("this is a value, not a condition", self.span_from(start))
            .hint("compare it with something: `… >= 0.02`"))
    }

    fn require_value(&self, expr: &Expr, start: usize) -> Parsed<()> {
        if is_value(expr) {
            return Ok(());
        }
        Err(RuleError::new("this is a condition, not a value", self.span_from(start))
            .hint("join conditions with `and`, `or`, `not`"))
    }

    /// A whole expression, with its scope in front or behind.
    fn scoped(&mut self) -> Parsed<Expr> {
        self.nested(|p| {
            let start = p.cursor.at();
            let mut expr = p.or()?;
            while let Some((quantifier, axis)) = p.scope_behind() {
                p.require_condition(&expr, start)?;
                expr = Expr::For { quantifier, axis, body: Box::new(expr) };
            }
            Ok(expr)
        })
    }

    fn or(&mut self) -> Parsed<Expr> {
        self.joined("or", Self::and, Expr::Or)
    }

    fn and(&mut self) -> Parsed<Expr> {
        self.joined("and", Self::not, Expr::And)
    }

    fn joined(
        &mut self,
        word: &str,
        part: impl Fn(&mut Self) -> Parsed<Expr>,
        join: impl Fn(Vec<Expr>) -> Expr,
    ) -> Parsed<Expr> {
        let start = self.cursor.at();
        let first = part(self)?;
        let mut parts = vec![first];
        loop {
            self.cursor.skip_blanks();
            if !self.cursor.word(word) {
                break;
            }
            if let [only] = parts.as_slice() {
                self.require_condition(only, start)?;
            }
            let start = self.cursor.at();
            let next = part(self)?;
            self.require_condition(&next, start)?;
            parts.push(next);
        }
        Ok(if parts.len() == 1 { parts.swap_remove(0) } else { join(parts) })
    }

    fn not(&mut self) -> Parsed<Expr> {
        self.cursor.skip_blanks();
        if self.cursor.word("not") {
            let start = self.cursor.at();
            let inner = self.nested(Self::not)?;
            self.require_condition(&inner, start)?;
            return Ok(Expr::Not(Box::new(inner)));
        }
        if let Some((quantifier, axis)) = self.scope_before() {
            let start = self.cursor.at();
            let body = self.scoped()?;
            self.require_condition(&body, start)?;
            return Ok(Expr::For { quantifier, axis, body: Box::new(body) });
        }
        if let Some(file) = self.file() {
            return Ok(Expr::InFile { file, body: Box::new(self.scoped()?) });
        }
        self.comparison()
    }

    fn file(&mut self) -> Option<String> {
        if let Some(file) = self.cursor.file_prefix() {
            return Some(file.to_owned());
        }
        let mut look = self.cursor;
        let quote = look.bump().filter(|c| matches!(c, '"' | '\''))?;
        let file = look.quoted(quote)?;
        look.eat(":").then(|| {
            self.cursor = look;
            file
        })
    }

    /// `all budgets:`, `any seed:`, `at least 4 of 6 budgets:`, `≥4/6 budgets:`.
    fn scope_before(&mut self) -> Option<(Quantifier, String)> {
        let mut look = self.cursor;
        let quantifier = quantifier(&mut look)?;
        let axis = axis(&mut look)?;
        look.skip_blanks();
        look.eat(":").then(|| {
            self.cursor = look;
            (quantifier, axis)
        })
    }

    /// `in all budgets`, `at ≥4/6 budgets`, `for at least one config`.
    fn scope_behind(&mut self) -> Option<(Quantifier, String)> {
        let mut look = self.cursor;
        look.skip_blanks();
        let word = look.peek_name();
        if !matches!(word, "in" | "at" | "for" | "across" | "over" | "on") || !look.word(word) {
            return None;
        }
        look.skip_blanks();
        let quantifier = quantifier(&mut look)?;
        let axis = axis(&mut look)?;
        self.cursor = look;
        Some((quantifier, axis))
    }

    fn comparison(&mut self) -> Parsed<Expr> {
        let start = self.cursor.at();
        let first = self.sum()?;
        if let Some(member) = self.membership(&first, start)? {
            return Ok(member);
        }
        let mut rest = Vec::new();
        while let Some(op) = self.compare_op() {
            if rest.is_empty() {
                self.require_value(&first, start)?;
            }
            let start = self.cursor.at();
            let next = self.sum()?;
            self.require_value(&next, start)?;
            rest.push((op, next));
        }
        Ok(if rest.is_empty() { first } else { Expr::Compare { first: Box::new(first), rest } })
    }

    /// `x in list`, `x not in list`, `list includes x`, `x not null`, `x is not null`.
    fn membership(&mut self, first: &Expr, start: usize) -> Parsed<Option<Expr>> {
        self.cursor.skip_blanks();
        let mut look = self.cursor;
        let _ = look.word("is");
        look.skip_blanks();
        let negated = look.word("not");
        look.skip_blanks();
        if negated && look.word("null") {
            let Expr::Path(path) = first else {
                let what = "`not null` is said of a path";
                return Err(RuleError::new(what, self.span_from(start)));
            };
            self.cursor = look;
            return Ok(Some(Expr::Path(path.clone())));
        }
        if self.scope_is_behind() {
            return Ok(None);
        }
        if look.word("in") {
            self.require_value(first, start)?;
            self.cursor = look;
            let list = self.value_operand()?;
            let member = Expr::In { item: Box::new(first.clone()), list: Box::new(list) };
            return Ok(Some(if negated { Expr::Not(Box::new(member)) } else { member }));
        }
        if !negated && look.word("includes") {
            self.require_value(first, start)?;
            self.cursor = look;
            let items = self.included()?;
            return Ok(Some(Expr::Includes { list: Box::new(first.clone()), items: Box::new(items) }));
        }
        Ok(None)
    }

    fn scope_is_behind(&mut self) -> bool {
        let before = self.cursor;
        let found = self.scope_behind().is_some();
        self.cursor = before;
        found
    }

    pub(super) fn value_operand(&mut self) -> Parsed<Expr> {
        let start = self.cursor.at();
        let value = self.sum()?;
        self.require_value(&value, start)?;
        Ok(value)
    }

    /// What follows `includes`: one value, or several with commas between.
    fn included(&mut self) -> Parsed<Expr> {
        let first = self.value_operand()?;
        let mut items = vec![first];
        loop {
            self.cursor.skip_blanks();
            if !self.cursor.eat(",") {
                break;
            }
            items.push(self.value_operand()?);
        }
        Ok(if items.len() == 1 { items.swap_remove(0) } else { Expr::List(items) })
    }

    fn compare_op(&mut self) -> Option<CompareOp> {
        const OPS: &[(&str, CompareOp)] = &[
            ("==", CompareOp::Equal),
            ("!=", CompareOp::NotEqual),
            ("≠", CompareOp::NotEqual),
            (">=", CompareOp::GreaterOrEqual),
            ("≥", CompareOp::GreaterOrEqual),
            ("<=", CompareOp::LessOrEqual),
            ("≤", CompareOp::LessOrEqual),
            (">", CompareOp::Greater),
            ("<", CompareOp::Less),
            ("~", CompareOp::About),
            ("≈", CompareOp::About),
        ];
        self.cursor.skip_blanks();
        if let Some((_, op)) = OPS.iter().find(|(token, _)| self.cursor.eat(token)) {
            return Some(*op);
        }
        let arrow = self.cursor.rest().starts_with("=>");
        (!arrow && self.cursor.eat("=")).then_some(CompareOp::Equal)
    }

    fn sum(&mut self) -> Parsed<Expr> {
        self.chain(Self::product, |cursor| {
            if cursor.eat("+") {
                Some(ArithOp::Add)
            } else {
                (cursor.eat("-") || cursor.eat("−")).then_some(ArithOp::Subtract)
            }
        })
    }

    fn product(&mut self) -> Parsed<Expr> {
        self.chain(Self::unary, |cursor| {
            if cursor.eat("*") || cursor.eat("×") {
                Some(ArithOp::Multiply)
            } else {
                cursor.eat("/").then_some(ArithOp::Divide)
            }
        })
    }

    fn chain(
        &mut self,
        part: impl Fn(&mut Self) -> Parsed<Expr>,
        operator: impl Fn(&mut Cursor<'t>) -> Option<ArithOp>,
    ) -> Parsed<Expr> {
        let start = self.cursor.at();
        let first = part(self)?;
        let mut rest: Vec<(ArithOp, Expr)> = Vec::new();
        loop {
            let glued_left = !self.cursor.after_blank();
            let before = self.cursor;
            self.cursor.skip_blanks();
            let glued_left = glued_left && before.at() == self.cursor.at();
            let Some(op) = operator(&mut self.cursor) else { break };
            let glued = glued_left && self.cursor.peek().is_some_and(|c| !c.is_whitespace());
            if rest.is_empty() {
                self.require_value(&first, start)?;
            }
            let left_is_path = matches!(rest.last().map_or(&first, |(_, last)| last), Expr::Path(_));
            let next_start = self.cursor.at();
            let next = part(self)?;
            if glued && op == ArithOp::Divide && left_is_path && matches!(next, Expr::Path(_)) {
                return Err(RuleError::new(
                    "`a/b` can mean a quotient, or both `a` and `b`",
                    self.span_from(start),
                )
                .hint("write `a / b` for the quotient, `{a,b}` for both"));
            }
            self.require_value(&next, next_start)?;
            rest.push((op, next));
        }
        Ok(if rest.is_empty() { first } else { Expr::Arith { first: Box::new(first), rest } })
    }

    fn unary(&mut self) -> Parsed<Expr> {
        self.cursor.skip_blanks();
        let start = self.cursor.at();
        if let Some((text, value)) = self.cursor.number() {
            return self.number(start, text, value);
        }
        if self.cursor.eat("-") || self.cursor.eat("−") {
            let inner_start = self.cursor.at();
            let inner = self.nested(Self::unary)?;
            self.require_value(&inner, inner_start)?;
            return Ok(Expr::Negate(Box::new(inner)));
        }
        self.primary()
    }

    fn number(&mut self, start: usize, text: &str, value: f64) -> Parsed<Expr> {
        if !value.is_finite() {
            return Err(RuleError::new(format!("`{text}` is too large"), self.span_from(start)));
        }
        if self.cursor.rest().starts_with("..") {
            return Err(RuleError::new("ranges are not values", self.span_from(start))
                .hint("list the values: `[0, 1, 2]`"));
        }
        if !self.cursor.peek_name().is_empty() {
            let span = start..self.cursor.token_span().end;
            let what = format!("`{}` is neither a number nor a name", self.cursor.text_of(&span));
            return Err(RuleError::new(what, span).hint("put a name that starts with a digit in quotes"));
        }
        Ok(Expr::Number(Number { text: text.to_owned(), value }))
    }

    fn primary(&mut self) -> Parsed<Expr> {
        let start = self.cursor.at();
        let Some(c) = self.cursor.peek() else {
            return Err(RuleError::new("the rule ends where a value should follow", start..start));
        };
        match c {
            '(' => {
                self.cursor.bump();
                let inner = self.scoped()?;
                self.close(")")?;
                Ok(inner)
            }
            '[' => {
                self.cursor.bump();
                self.list()
            }
            '"' | '\'' => {
                self.cursor.bump();
                let text = self.cursor.quoted(c);
                text.map(Expr::Text)
                    .ok_or_else(|| RuleError::new("the quoted text does not end", start..self.cursor.at()))
            }
            '*' => {
                self.cursor.bump();
                self.path(vec![Step::Every])
            }
            '{' => {
                self.cursor.bump();
                let step = path::braces(&mut self.cursor, start)?;
                self.path(vec![step])
            }
            '$' => {
                self.cursor.bump();
                self.path(Vec::new())
            }
            'Δ' | '∆' => self.difference(),
            _ => self.word(),
        }
    }

    pub(super) fn close(&mut self, token: &str) -> Parsed<()> {
        self.cursor.skip_blanks();
        if self.cursor.eat(token) {
            return Ok(());
        }
        Err(RuleError::new(format!("expected `{token}`"), self.cursor.token_span()))
    }

    fn list(&mut self) -> Parsed<Expr> {
        let mut items = Vec::new();
        self.cursor.skip_blanks();
        if self.cursor.eat("]") {
            return Ok(Expr::List(items));
        }
        loop {
            items.push(self.nested(Self::value_operand)?);
            self.cursor.skip_blanks();
            if !self.cursor.eat(",") {
                self.close("]")?;
                return Ok(Expr::List(items));
            }
        }
    }

    fn path(&mut self, steps: Vec<Step>) -> Parsed<Expr> {
        let mut path = Path { steps };
        path::steps(&mut self.cursor, &mut path)?;
        Ok(Expr::Path(path))
    }

    fn word(&mut self) -> Parsed<Expr> {
        let start = self.cursor.at();
        let Some(name) = self.cursor.name() else {
            let span = self.cursor.token_span();
            let what = format!("expected a value, found `{}`", self.cursor.text_of(&span));
            return Err(RuleError::new(what, span));
        };
        match name {
            "true" => return Ok(Expr::Bool(true)),
            "false" => return Ok(Expr::Bool(false)),
            "null" => return Ok(Expr::Null),
            _ if is_reserved(name) => {
                let what = format!("expected a value, found the word `{name}`");
                return Err(RuleError::new(what, self.span_from(start))
                    .hint(format!("a field of that name is `$.{name}`")));
            }
            _ => {}
        }
        if self.cursor.rest().starts_with('(') {
            return self.call(name, start);
        }
        let goes_on = self.cursor.rest().starts_with(['.', '[']);
        if stands_alone(name) && !goes_on {
            return Ok(Expr::Call { name: canonical(name).to_owned(), args: Vec::new() });
        }
        self.refuse_glued_number(name, start)?;
        self.path(vec![Step::Key(name.to_owned())])
    }

    /// `x-0.5` is a name by the rule for hyphens, and surely not meant as one.
    fn refuse_glued_number(&self, name: &str, start: usize) -> Parsed<()> {
        let numeric_tail = has_numeric_tail(name);
        let mut rest = self.cursor.rest().chars();
        if numeric_tail && rest.next() == Some('.') && rest.next().is_some_and(|c| c.is_ascii_digit()) {
            return Err(RuleError::new("a hyphen without spaces belongs to the name", self.span_from(start))
                .hint("put spaces around the minus sign"));
        }
        Ok(())
    }
}

/// Reads back a path that was printed.
pub(super) fn concrete_path(text: &str) -> Option<Path> {
    let mut parser = Parser { cursor: Cursor::new(text), depth: 0 };
    let parsed = parser.primary().ok()?;
    match parsed {
        Expr::Path(path) if parser.cursor.rest().is_empty() => Some(path),
        _ => None,
    }
}
