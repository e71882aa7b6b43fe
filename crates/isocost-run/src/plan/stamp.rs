//! Dates in commands: `$(date +%Y%m%d-%H%M%S)` becomes the attempt's start, so that its directory is known beforehand.

use std::ops::Range;

use jiff::Zoned;

/// A date substitution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamped {
    /// Its place in the text.
    pub span: Range<usize>,
    /// Its format, as `strftime` has it.
    pub format: String,
    /// Whether it is in UTC.
    pub utc: bool,
}

/// The date substitutions of a command, in order. Forms with other options (`date -d …`) are left to the shell.
pub fn date_spans(text: &str) -> Vec<Stamped> {
    let dollar = text.match_indices("$(date ").map(|(at, opening)| (at, opening.len(), ')'));
    let quoted = text.match_indices("`date ").map(|(at, opening)| (at, opening.len(), '`'));
    let mut found: Vec<Stamped> = dollar.chain(quoted).filter_map(|place| parse(text, place)).collect();
    found.sort_by_key(|stamp| stamp.span.start);
    found
}

fn parse(text: &str, (at, opening, closing): (usize, usize, char)) -> Option<Stamped> {
    let body = text.get(at + opening..)?;
    let end = body.find(closing)?;
    let words = body.get(..end)?.trim();
    let (utc, format) = match words.strip_prefix("-u ") {
        Some(rest) => (true, rest.trim_start()),
        None => (false, words),
    };
    let format = format.strip_prefix('+').or_else(|| format.get(1..)?.strip_prefix('+'))?;
    let format = format.trim_end_matches(['"', '\'']);
    let is_plain = !format.contains(['$', '`', '"', '\'', '(']);
    is_plain.then(|| Stamped { span: at..at + opening + end + 1, format: format.to_owned(), utc })
}

/// The text with the dates of `now` in it.
pub fn expand_dates(text: &str, now: &Zoned) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for stamp in date_spans(text) {
        let moment = if stamp.utc { now.with_time_zone(jiff::tz::TimeZone::UTC) } else { now.clone() };
        let Ok(date) = jiff::fmt::strtime::format(&stamp.format, &moment) else { continue };
        out.push_str(text.get(done..stamp.span.start).unwrap_or_default());
        out.push_str(&date);
        done = stamp.span.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> String {
        let now: jiff::Timestamp = "2026-02-09T05:44:02Z".parse().unwrap();
        let now = now.to_zoned(jiff::tz::TimeZone::UTC);
        expand_dates(text, &now)
    }

    #[test]
    fn a_date_in_a_directory_is_the_attempts_start() {
        assert_eq!(
            at("OUT_DIR=runs/E0801_x_$(date +%Y%m%d-%H%M%S) bash s.sh"),
            "OUT_DIR=runs/E0801_x_20260209-054402 bash s.sh"
        );
        assert_eq!(at("echo `date +%s` $(date -u '+%F')"), "echo 1770615842 2026-02-09");
    }

    #[test]
    fn a_date_that_is_not_now_is_left_to_the_shell() {
        for text in ["$(date)", "$(date -d yesterday +%F)", "$(date +$FMT)", "$(date +%F", "$(date é+%F)"] {
            assert_eq!(at(text), text);
        }
    }
}
