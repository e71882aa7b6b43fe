use super::ast::{Argument, Existence, Expr, Path};
use super::error::RuleError;
use super::kinds::{names_something, split_difference};
use super::parse::{Parsed, Parser};
use super::scan::is_reserved;
use super::statistics::{FUNCTIONS, STATISTICS, canonical, did_you_mean, may_be_called};

impl Parser<'_> {
    /// `Δ`, `Δ(a-b)`, `ΔIoU_union`, `ΔIoU_union(a-b)`; not `Δ0`, which is a tolerance.
    pub(super) fn difference(&mut self) -> Parsed<Expr> {
        let start = self.cursor.at();
        self.cursor.bump();
        let metric = self.cursor.name();
        if metric.is_some_and(|name| name.starts_with(|c: char| c.is_numeric())) {
            return Err(RuleError::new(
                format!("`{}` is a tolerance, not a difference", self.cursor.since(start)),
                self.span_from(start),
            )
            .hint("name the field that is meant"));
        }
        let mut args = Vec::new();
        if self.cursor.eat("(") {
            args = self.nested(|p| p.arguments("Δ"))?;
            args = split_difference(args).ok_or_else(|| {
                RuleError::new("expected two arms, as in `Δ(a - b)`", self.span_from(start))
                    .hint("use `delta(a, b)` and quote names that contain hyphens")
            })?;
        }
        if let Some(metric) = metric {
            args.push(Argument { name: Some("metric".to_owned()), value: Expr::Path(Path::key(metric)) });
        }
        Ok(Expr::Call { name: "delta".to_owned(), args })
    }

    pub(super) fn call(&mut self, name: &str, start: usize) -> Parsed<Expr> {
        let name_span = self.span_from(start);
        if name == "exists" {
            self.cursor.eat("(");
            return self.existence(start);
        }
        if !may_be_called(name) {
            let statistics = STATISTICS.iter().map(|statistic| statistic.name);
            let known: Vec<&str> = FUNCTIONS.iter().copied().chain(statistics).collect();
            let hint = match did_you_mean(name) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known are {}", known.join(", ")),
            };
            return Err(RuleError::new(format!("there is no function `{name}`"), name_span).hint(hint));
        }
        self.cursor.eat("(");
        let args = self.nested(|p| p.arguments(name))?;
        let name = canonical(name);
        if !FUNCTIONS.contains(&name) && args.iter().any(|arg| !names_something(&arg.value)) {
            return Err(RuleError::new(
                format!("`{name}` takes names of arms, not expressions"),
                self.span_from(start),
            )
            .hint(format!("write `{name}(a, b)`")));
        }
        Ok(Expr::Call { name: name.to_owned(), args })
    }

    fn existence(&mut self, start: usize) -> Parsed<Expr> {
        let inner = self.nested(Self::value_operand)?;
        self.close(")")?;
        match inner {
            Expr::Path(path) => Ok(Expr::Exists(Existence::Path(path))),
            Expr::Text(file) => Ok(Expr::Exists(Existence::File(file))),
            Expr::Call { name, args } if args.is_empty() => {
                Ok(Expr::Exists(Existence::Path(Path::key(&name))))
            }
            _ => Err(RuleError::new("`exists` takes a path or a quoted file name", self.span_from(start))),
        }
    }

    /// Arguments up to and including `)`. In statistics `a vs b` is `a, b`.
    fn arguments(&mut self, function: &str) -> Parsed<Vec<Argument>> {
        let mut args = Vec::new();
        self.cursor.skip_blanks();
        if self.cursor.eat(")") {
            return Ok(args);
        }
        loop {
            self.cursor.skip_blanks();
            let name = self.argument_name();
            args.push(Argument { name, value: self.argument_value()? });
            self.cursor.skip_blanks();
            let versus = !FUNCTIONS.contains(&function) && self.cursor.word("vs");
            if !versus && !self.cursor.eat(",") {
                self.close(")")?;
                return Ok(args);
            }
        }
    }

    fn argument_name(&mut self) -> Option<String> {
        let mut look = self.cursor;
        let name = look.name().filter(|name| !is_reserved(name))?;
        look.skip_blanks();
        if !look.eat("=") || look.rest().starts_with('=') {
            return None;
        }
        self.cursor = look;
        Some(name.to_owned())
    }

    fn argument_value(&mut self) -> Parsed<Expr> {
        self.value_operand()
    }
}
