use brush_parser::{ParserOptions, Token, ast::Program, parse_tokens, uncached_tokenize_str};

/// Longest command text that is parsed, in bytes.
const MAX_LEN: usize = 1 << 20;
/// Most `$(` and `${` in one text: the tokenizer goes one level down for each that is open.
const MAX_EXPANSIONS: usize = 512;
/// Deepest nesting of parentheses: the grammar tries two readings of each, so time doubles with every level.
const MAX_PARENTHESES: usize = 10;
/// Most `case` words, for the same reason.
const MAX_CASES: usize = 5;
/// Most words that open a compound command.
const MAX_COMPOUNDS: usize = 64;
/// Most operators inside `[[ … ]]`.
const MAX_TEST_OPERATORS: usize = 256;

/// Parses a command text without here-documents. The parser is recursive and backtracks, so what it is given is bounded
/// first.
pub(super) fn parse(text: &str) -> Result<Program, String> {
    if text.len() > MAX_LEN {
        return Err(format!("the text has {} bytes; at most {MAX_LEN} are read", text.len()));
    }
    let expansions = text
        .as_bytes()
        .windows(2)
        .filter(|pair| matches!(pair, [b'$' | b'<' | b'>', b'('] | [b'$', b'{']))
        .count();
    if expansions > MAX_EXPANSIONS {
        return Err(format!("there are {expansions} substitutions; at most {MAX_EXPANSIONS} are read"));
    }
    // The tokenizer can loop for ever on a here-document whose tag holds a substitution.
    if has_here_document(text) {
        return Err("it has a here-document whose tag is not a plain word".to_owned());
    }
    // Should the parser have a defect that is not known here, a ledger must still be read.
    std::panic::catch_unwind(|| {
        let options = ParserOptions::default();
        let tokens =
            uncached_tokenize_str(text, &options.tokenizer_options()).map_err(|error| error.to_string())?;
        bound(&tokens)?;
        parse_tokens(&tokens, &options).map_err(|error| error.to_string())
    })
    .unwrap_or_else(|_| Err("the shell parser failed on it".to_owned()))
}

/// Whether any `<<` is left that is not a here-string, `<<<`. An escaped `<` does not count to its three.
fn has_here_document(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find("<<") {
        let run = rest.get(at..).unwrap_or("");
        let after = run.trim_start_matches('<');
        let escaped = rest.get(..at).is_some_and(|before| before.ends_with('\\'));
        if run.len() - after.len() != 3 || escaped {
            return true;
        }
        rest = after;
    }
    false
}

fn bound(tokens: &[Token]) -> Result<(), String> {
    let (mut depth, mut deepest, mut cases, mut compounds, mut tests) = (0_usize, 0, 0, 0, 0);
    let mut in_test = false;
    if tokens.windows(2).any(|pair| matches!(pair, [a, b] if is_huge_descriptor(a, b))) {
        return Err("a file descriptor is too large".to_owned());
    }
    if tokens.iter().any(|token| is_tangled_index(token.to_str())) {
        return Err("an array index is too involved".to_owned());
    }
    for token in tokens {
        match token.to_str() {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            "((" => depth += 2,
            "))" => depth = depth.saturating_sub(2),
            "case" => cases += 1,
            "if" | "elif" | "while" | "until" | "for" | "select" | "{" | "coproc" | "function" => {
                compounds += 1;
            }
            "[[" => in_test = true,
            "&&" | "||" | "!" if in_test => tests += 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    let too_much = deepest > MAX_PARENTHESES
        || cases > MAX_CASES
        || compounds > MAX_COMPOUNDS
        || tests > MAX_TEST_OPERATORS;
    if too_much { Err("it is nested too deeply to be read".to_owned()) } else { Ok(()) }
}

/// `99999999999>x`: the parser takes any number in front of a redirection for a descriptor that fits.
fn is_huge_descriptor(number: &Token, operator: &Token) -> bool {
    const MAX_DIGITS: usize = 9;
    let digits = number.to_str();
    let redirects = matches!(operator, Token::Operator(op, _) if op.starts_with(['<', '>']));
    let glued = number.location().end.index == operator.location().start.index;
    redirects
        && glued
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !(1..=MAX_DIGITS).contains(&digits.len())
}

/// `m[${a[i]}…`: the parser takes time that doubles with every bracket in what may be the index of an array element, once
/// there is an expansion in it. Nobody indexes arrays in a ledger.
fn is_tangled_index(word: &str) -> bool {
    let name = word.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
    let index = word.get(name..).filter(|rest| name > 0 && rest.starts_with('[')).unwrap_or("");
    index.contains(['$', '`', '"', '('])
}
