//! Making text from ledgers harmless in each output format.

/// Characters of XML and HTML text and attribute values; what XML 1.0 forbids becomes U+FFFD.
pub(crate) fn markup(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(c),
            '\r' => out.push_str("&#13;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                out.push(char::REPLACEMENT_CHARACTER);
            }
            c => out.push(c),
        }
    }
}

/// One line of GitHub-flavoured Markdown that shows exactly this text, also inside a table cell.
pub(crate) fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let flat = one_line(text);
    for (index, c) in flat.chars().enumerate() {
        let is_special = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$');
        let opens_block = index == 0 && opens_block(&flat);
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            c if is_special || opens_block => out.extend(['\\', c]),
            '.' | ')' if ends_list_number(&flat, index) => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// Whether the first character would make the line a heading, a list item, a rule or an underline.
fn opens_block(line: &str) -> bool {
    let second = line.chars().nth(1).unwrap_or(' ');
    match line.chars().next() {
        Some('#') => matches!(second, '#' | ' '),
        Some('-' | '=') => matches!(second, '-' | '=' | ' '),
        Some('+') => second == ' ',
        _ => false,
    }
}

/// Whether the character at `index` ends a list number that starts the line.
fn ends_list_number(line: &str, index: usize) -> bool {
    let is_number = line.get(..index).is_some_and(|head| head.bytes().all(|b| b.is_ascii_digit()));
    let followed_by_space =
        line.get(index + 1..).is_some_and(|tail| tail.is_empty() || tail.starts_with(' '));
    (1..10).contains(&index) && is_number && followed_by_space
}

/// A code span that shows exactly this text; bars are escaped because GitHub splits cells before it sees code.
pub(crate) fn markdown_code(text: &str) -> String {
    let flat = one_line(text);
    if flat.is_empty() {
        return String::new();
    }
    let fence = "`".repeat(1 + longest_run(&flat, '`'));
    let pad = if flat.starts_with(['`', ' ']) || flat.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{}{pad}{fence}", flat.replace('|', "\\|"))
}

/// Length of the longest run of `wanted` in `text`.
pub(crate) fn longest_run(text: &str, wanted: char) -> usize {
    let (mut longest, mut current) = (0, 0);
    for c in text.chars() {
        current = if c == wanted { current + 1 } else { 0 };
        longest = longest.max(current);
    }
    longest
}

/// LaTeX text mode; common mathematical characters become their commands, control characters spaces.
pub(crate) fn latex(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' => out.push_str(r"\textbackslash{}"),
            '~' => out.push_str(r"\textasciitilde{}"),
            '^' => out.push_str(r"\textasciicircum{}"),
            '<' => out.push_str(r"\textless{}"),
            '>' => out.push_str(r"\textgreater{}"),
            '|' => out.push_str(r"\textbar{}"),
            '"' => out.push_str(r"\textquotedbl{}"),
            '{' | '}' | '$' | '&' | '#' | '_' | '%' => out.extend(['\\', c]),
            'Δ' => out.push_str(r"$\Delta$"),
            'α' => out.push_str(r"$\alpha$"),
            '≥' => out.push_str(r"$\geq$"),
            '≤' => out.push_str(r"$\leq$"),
            '≠' => out.push_str(r"$\neq$"),
            '≈' => out.push_str(r"$\approx$"),
            '±' => out.push_str(r"$\pm$"),
            '×' => out.push_str(r"$\times$"),
            '−' => out.push_str("$-$"),
            '→' => out.push_str(r"$\rightarrow$"),
            '∞' => out.push_str(r"$\infty$"),
            '—' => out.push_str("---"),
            '–' => out.push_str("--"),
            '…' => out.push_str(r"\ldots{}"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// What a terminal may be given: line breaks and tabs become spaces, escape sequences and bidirectional overrides show.
pub(crate) fn terminal(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.to_owned();
    }
    let visible = |c: char| match c {
        '\n' | '\r' | '\t' => ' ',
        c if c.is_control() || is_reordering(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.chars().map(visible).collect()
}

/// As [`terminal`], but line breaks stay.
pub(crate) fn paragraphs(text: &str) -> String {
    text.lines().map(terminal).collect::<Vec<_>>().join("\n")
}

/// A source line for a renderer that makes C0 control characters visible by itself: C1 control characters, which it
/// passes on, become a character of as many bytes.
pub(crate) fn source_line(text: &str) -> String {
    text.chars().map(|c| if ('\u{80}'..='\u{9f}').contains(&c) { '¿' } else { c }).collect()
}

/// Whether a character changes the direction of the text around it ("Trojan Source").
fn is_reordering(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text on one line: every run of white space and control characters becomes one space.
pub(crate) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// A path as a URI reference (RFC 3986): percent-encoded; an absolute path becomes a `file:` URI, and a first segment
/// with a colon is prefixed by `./` so that it is never read as a scheme.
pub(crate) fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len() + 8);
    let first_segment = path.split('/').next().unwrap_or_default();
    if path.starts_with('/') {
        out.push_str("file://");
        out.push_str(if path.starts_with("//") { "/." } else { "" });
    } else if first_segment.contains(':') {
        out.push_str("./");
    }
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:@!$'()*+,;=".contains(&byte) {
            out.push(char::from(byte));
        } else {
            use std::fmt::Write as _;
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_markdown_cell_cannot_leave_its_cell() {
        assert_eq!(markdown("a|b\nc `d` <x>"), r"a\|b c \`d\` &lt;x&gt;");
        assert_eq!((markdown("- x"), markdown("12. x")), (r"\- x".into(), r"12\. x".into()));
        assert_eq!((markdown("-1.5"), markdown("0..9")), ("-1.5".into(), "0..9".into()));
    }

    #[test]
    fn code_spans_are_fenced_by_more_backticks_than_they_hold() {
        assert_eq!(markdown_code("a`b|c"), "``a`b\\|c``");
        assert_eq!(markdown_code("`x`"), "`` `x` ``");
    }

    #[test]
    fn a_path_never_becomes_a_scheme() {
        assert_eq!(uri("javascript:alert(1)"), "./javascript:alert(1)");
        assert_eq!(uri("a b/Δ#1?.md"), "a%20b/%CE%94%231%3F.md");
        assert_eq!((uri("/x/y z"), uri("<stdin>")), ("file:///x/y%20z".into(), "%3Cstdin%3E".into()));
    }

    #[test]
    fn escape_sequences_do_not_reach_a_terminal() {
        assert_eq!(terminal("a\u{1b}[31mb\tc\u{202e}"), "a\u{fffd}[31mb c\u{fffd}");
    }

    #[test]
    fn latex_commands_in_text_are_shown_not_run() {
        assert_eq!(latex(r"50% \input{x}_1 ≥"), r"50\% \textbackslash{}input\{x\}\_1 $\geq$");
    }
}
