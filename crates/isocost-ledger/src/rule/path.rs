use super::ast::{Path, Step};
use super::error::RuleError;
use super::scan::Cursor;

/// The further steps of a path, directly behind the cursor: `.name`, `[key]`, `.*`, `.{a,b}`.
pub(super) fn steps(cursor: &mut Cursor<'_>, path: &mut Path) -> Result<(), RuleError> {
    loop {
        let start = cursor.at();
        if cursor.eat("[") {
            path.steps.push(bracket(cursor, start)?);
        } else if cursor.eat(".") {
            path.steps.push(dotted(cursor, start)?);
        } else {
            return Ok(());
        }
    }
}

fn dotted(cursor: &mut Cursor<'_>, start: usize) -> Result<Step, RuleError> {
    if cursor.eat("*") {
        Ok(Step::Every)
    } else if cursor.eat("{") {
        braces(cursor, start)
    } else if let Some(name) = cursor.name() {
        Ok(Step::Key(name.to_owned()))
    } else {
        Err(RuleError::new("a name, `*` or `{a,b}` must follow the dot", start..cursor.at())
            .hint("write a key that is not a plain name as `[\"the key\"]`"))
    }
}

fn bracket(cursor: &mut Cursor<'_>, start: usize) -> Result<Step, RuleError> {
    cursor.skip_blanks();
    let digits = cursor.rest().starts_with(|c: char| c.is_ascii_digit());
    let step = if cursor.eat("*") {
        Step::Every
    } else {
        let key = key(cursor, start)?;
        cursor.skip_blanks();
        if cursor.eat("=") {
            cursor.eat("=");
            cursor.skip_blanks();
            let value = match cursor.number() {
                Some((text, _)) => text.to_owned(),
                None => self::key(cursor, start)?,
            };
            Step::Where { key, value }
        } else if digits && key.bytes().all(|b| b.is_ascii_digit()) {
            let index =
                key.parse().map_err(|_| RuleError::new("the position is too large", start..cursor.at()))?;
            Step::Index(index)
        } else {
            Step::Key(key)
        }
    };
    cursor.skip_blanks();
    if cursor.eat("]") {
        return Ok(step);
    }
    Err(RuleError::new("expected `]`", cursor.token_span())
        .hint("a key that is not a plain name needs quotes: `[\"macro_f1@0.5\"]`"))
}

/// A name or a quoted text.
fn key(cursor: &mut Cursor<'_>, start: usize) -> Result<String, RuleError> {
    if let Some(quote @ ('"' | '\'')) = cursor.peek() {
        cursor.bump();
        return cursor
            .quoted(quote)
            .ok_or_else(|| RuleError::new("the quoted key does not end", start..cursor.at()));
    }
    cursor.name().map(str::to_owned).ok_or_else(|| {
        RuleError::new("expected a key, a position or `*`", cursor.token_span())
            .hint("a key that is not a plain name needs quotes: `[\"macro_f1@0.5\"]`")
    })
}

/// The rest of `{a,b}`.
pub(super) fn braces(cursor: &mut Cursor<'_>, start: usize) -> Result<Step, RuleError> {
    let mut keys = Vec::new();
    loop {
        cursor.skip_blanks();
        keys.push(key(cursor, start)?);
        cursor.skip_blanks();
        if cursor.eat("}") {
            return Ok(Step::Each(keys));
        }
        if !cursor.eat(",") {
            return Err(RuleError::new("expected `,` or `}` in the brace set", cursor.token_span()));
        }
    }
}
