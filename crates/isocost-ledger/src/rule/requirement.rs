use serde::{Deserialize, Serialize};

use super::ast::{Expr, Rule};
use super::parse::parse;
use super::pieces::{Backticks, Piece, pieces, split, text};
use super::why::Why;

/// One line of `required_metrics`: a file, and what must stand in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// The line as typed.
    pub text: String,
    /// The file that the terms are read in, if the line names one.
    pub file: Option<String>,
    /// Names that the line is repeated over, such as `val` and `test` in "… on val/test". Usually empty.
    pub repeated_over: Vec<String>,
    /// What must hold, in order.
    pub terms: Vec<Term>,
    /// What the notes in parentheses add.
    pub note: Vec<Term>,
}

/// One part of a requirement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// It can be evaluated. Paths in it are read in the requirement's file.
    Rule(Rule),
    /// It cannot, and this is why. The text is kept.
    NotCheckable(String, Why),
}

/// Reads one line of `required_metrics`, a `Metrics` cell or a `Checks` sentence. Never fails, and never guesses: what has
/// no single meaning comes back as [`Term::NotCheckable`].
///
/// A code span that is a file name without a colon behind it means that the file must exist: the rule `exists("a.json")`.
pub fn parse_requirement(line: &str) -> Requirement {
    let mut reader = Reader { file: None, repeated_over: Vec::new(), terms: Vec::new(), note: Vec::new() };
    let mut pieces = pieces(line.trim().trim_end_matches('.'));
    reader.file = take_file(&mut pieces);
    for sentence in split(pieces, &[';']) {
        reader.sentence(sentence);
    }
    let Reader { file, repeated_over, terms, note } = reader;
    Requirement { text: line.to_owned(), file, repeated_over, terms, note }
}

/// `` `metrics.json`: `` or `metrics.json:` at the front.
fn take_file(pieces: &mut Vec<Piece>) -> Option<String> {
    let [first, rest @ ..] = pieces.as_slice() else { return None };
    match (first, rest.first()) {
        (Piece::Code(file), Some(Piece::Prose(prose))) if is_file(file) => {
            let prose = prose.trim_start().strip_prefix(':')?.to_owned();
            let file = file.clone();
            pieces.remove(0);
            match pieces.first_mut() {
                Some(slot) if !prose.trim().is_empty() => *slot = Piece::Prose(prose),
                _ => {
                    pieces.remove(0);
                }
            }
            Some(file)
        }
        (Piece::Prose(prose), _) => {
            let (file, after) = prose.trim_start().split_once(':').filter(|(file, _)| is_file(file))?;
            let (file, after) = (file.to_owned(), after.to_owned());
            match pieces.first_mut() {
                Some(slot) if !after.trim().is_empty() => *slot = Piece::Prose(after),
                _ => {
                    pieces.remove(0);
                }
            }
            Some(file)
        }
        _ => None,
    }
}

struct Reader {
    file: Option<String>,
    repeated_over: Vec<String>,
    terms: Vec<Term>,
    note: Vec<Term>,
}

impl Reader {
    /// What stands between semicolons.
    fn sentence(&mut self, sentence: Vec<Piece>) {
        let whole = text(&sentence, Backticks::Keep);
        let action = matches!(Why::of(&whole), Why::ConditionalAction | Why::SelectionRule);
        let reports =
            matches!(sentence.first(), Some(Piece::Prose(prose)) if starts_with_word(prose, "report"));
        if action || reports {
            let why = if reports { Why::ReportOnly } else { Why::of(&whole) };
            self.terms.push(Term::NotCheckable(whole, why));
            return;
        }
        let first_term = self.terms.len();
        let chunks = split(sentence, &[',', '+']);
        let count = chunks.len();
        let closing = chunks.last().map(|chunk| text(chunk, Backticks::Drop)).unwrap_or_default();
        for chunk in chunks {
            self.chunk(chunk);
        }
        if count > 1 && ends_in_quantifier(&closing) {
            self.open_quantifier(first_term);
        }
    }

    /// `a ≤ 1 + b ≤ 2 in ≥4/6 budgets`: nobody can say what the quantifier covers.
    fn open_quantifier(&mut self, first_term: usize) {
        for term in self.terms.iter_mut().skip(first_term) {
            if let Term::Rule(rule) = term {
                *term = Term::NotCheckable(rule.text.clone(), Why::AmbiguousQuantifier);
            }
        }
    }

    /// What stands between commas.
    fn chunk(&mut self, chunk: Vec<Piece>) {
        let (notes, said): (Vec<Piece>, Vec<Piece>) =
            chunk.into_iter().partition(|p| matches!(p, Piece::Note(_)));
        let notes: Vec<String> = notes
            .into_iter()
            .filter_map(|p| if let Piece::Note(note) = p { Some(note) } else { None })
            .collect();
        if self.file_with_contents(&said, &notes) || self.named_group(&said, &notes) {
            return;
        }
        let start = self.terms.len();
        self.statement(&said);
        for note in notes {
            self.read_note(&note, start);
        }
    }

    fn statement(&mut self, said: &[Piece]) {
        match said {
            [] => {}
            [Piece::Code(code)] => self.terms.push(self.code(code)),
            [Piece::Prose(file)] if self.file.is_none() && is_file(file.trim()) => {
                self.terms.push(file_term(file.trim()));
            }
            [Piece::Code(code), Piece::Prose(prose)] => {
                let prose = prose.trim().trim_end_matches('.');
                if is_presence(prose) {
                    self.terms.push(self.code(code));
                } else if let Some(names) = repeated(prose) {
                    self.terms.push(self.code(code));
                    self.repeated_over = names;
                } else if starts_with_word(prose, "with") {
                    self.terms.push(self.code(code));
                    self.terms.push(Term::NotCheckable(prose.to_owned(), Why::Prose));
                } else {
                    self.mixed(said);
                }
            }
            _ => self.mixed(said),
        }
    }

    /// Prose and code together: a rule if the whole reads as one.
    fn mixed(&mut self, said: &[Piece]) {
        let plain = text(said, Backticks::Drop).replace("paired p", "p");
        let has_code = said.iter().any(|piece| matches!(piece, Piece::Code(_)));
        let plain = plain.strip_prefix("and ").unwrap_or(&plain);
        let term = match parse(plain) {
            Ok(rule) if has_code || compares(&rule.expr) => Term::Rule(rule),
            _ => {
                let shown = text(said, Backticks::Keep);
                let why = match Why::of(&shown) {
                    Why::Prose if !shown.contains(char::is_whitespace) && self.file.is_none() => {
                        Why::MetricNames
                    }
                    Why::Prose if has_code && shown.starts_with("per-") => Why::QuantifiedInProse,
                    why => why,
                };
                Term::NotCheckable(shown, why)
            }
        };
        self.terms.push(term);
    }

    /// One code span.
    fn code(&self, code: &str) -> Term {
        if self.file.is_none() && is_file_like(code) {
            return file_term(code);
        }
        let both = slash_as_both(code);
        match parse(both.as_deref().unwrap_or(code)) {
            Ok(rule) => Term::Rule(rule),
            Err(_) => Term::NotCheckable(code.to_owned(), unparsed(code)),
        }
    }

    /// `` `metrics.json` (`summary.*.mean/std`, `paired_ttest`) ``: the names in the note stand in that file.
    fn file_with_contents(&mut self, said: &[Piece], notes: &[String]) -> bool {
        let [Piece::Code(file)] = said else { return false };
        if self.file.is_some() || !is_file(file) {
            return false;
        }
        self.terms.push(file_term(file));
        for note in notes {
            let inner = pieces(note);
            let adds = note.trim_start().starts_with('+') || note.contains("optional");
            let names_fields = inner.iter().any(|piece| matches!(piece, Piece::Code(_))) && !adds;
            if !names_fields {
                self.note.push(Term::NotCheckable(note.clone(), Why::of(note)));
                continue;
            }
            for piece in inner {
                match piece {
                    Piece::Code(code) if is_file_like(&code) => self.terms.push(file_term(&code)),
                    Piece::Code(code) => {
                        let field = slash_as_both(&code).unwrap_or_else(|| code.clone());
                        let rule = parse(&format!("{file}: {field}")).map(Term::Rule);
                        self.terms
                            .push(rule.unwrap_or_else(|_| Term::NotCheckable(code.clone(), unparsed(&code))));
                    }
                    Piece::Prose(prose) if is_joint(&prose) => {}
                    Piece::Prose(words) | Piece::Note(words) => {
                        let words = words.trim().trim_matches([',', '+']).trim().to_owned();
                        let why = Why::of(&words);
                        self.note.push(Term::NotCheckable(words, why));
                    }
                }
            }
        }
        true
    }

    /// `` budget fields (`max_steps`, `max_seconds`) ``: the members are the terms.
    fn named_group(&mut self, said: &[Piece], notes: &[String]) -> bool {
        let ([Piece::Prose(name)], [note]) = (said, notes) else { return false };
        let members = pieces(note);
        let only_codes = members.iter().all(|piece| match piece {
            Piece::Code(_) => true,
            Piece::Prose(prose) => is_joint(prose),
            Piece::Note(_) => false,
        });
        if !only_codes || !members.iter().any(|piece| matches!(piece, Piece::Code(_))) {
            return false;
        }
        self.note.push(Term::NotCheckable(name.trim().to_owned(), Why::GroupName));
        for member in members {
            if let Piece::Code(code) = member {
                self.terms.push(self.code(&code));
            }
        }
        true
    }

    /// A note behind the terms from `start` on.
    fn read_note(&mut self, note: &str, start: usize) {
        for part in split(pieces(note), &[';']) {
            let shown = text(&part, Backticks::Keep);
            let plain = text(&part, Backticks::Drop);
            if starts_with_word(&plain, "not null") {
                let path = self.terms.get(start..).unwrap_or(&[]).iter().find_map(|term| match term {
                    Term::Rule(Rule { expr: Expr::Path(path), .. }) => Some(path.to_string()),
                    _ => None,
                });
                let rule = path.and_then(|path| parse(&format!("{path} not null")).ok());
                self.note.push(rule.map_or_else(|| Term::NotCheckable(shown, Why::Prose), Term::Rule));
                continue;
            }
            let condition = plain.strip_prefix("require ").unwrap_or(&plain).replace("paired p", "p");
            let rule = parse(&condition).ok().filter(|rule| compares(&rule.expr));
            self.note.push(rule.map_or_else(
                || {
                    let why = Why::of(&shown);
                    Term::NotCheckable(shown.clone(), why)
                },
                Term::Rule,
            ));
        }
    }
}

fn unparsed(code: &str) -> Why {
    match Why::of(code) {
        Why::Prose => Why::Unparsed,
        why => why,
    }
}

/// Whether a rule that was written as prose says more than a bare word.
fn compares(expr: &Expr) -> bool {
    match expr {
        Expr::Compare { .. } | Expr::In { .. } | Expr::Includes { .. } | Expr::Exists(_) => true,
        Expr::And(parts) | Expr::Or(parts) => parts.iter().all(compares),
        Expr::Not(body) | Expr::InFile { body, .. } | Expr::For { body, .. } => compares(body),
        _ => false,
    }
}

fn is_presence(prose: &str) -> bool {
    matches!(
        prose,
        "present"
            | "is present"
            | "reported"
            | "is reported"
            | "recorded"
            | "is recorded"
            | "exists"
            | "not null"
    )
}

/// `on val/test` gives both names.
fn repeated(prose: &str) -> Option<Vec<String>> {
    let names: Vec<String> = prose.strip_prefix("on ")?.split('/').map(str::to_owned).collect();
    let plain =
        names.iter().all(|name| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_'));
    (plain && !names.is_empty()).then_some(names)
}

fn starts_with_word(text: &str, word: &str) -> bool {
    let text = text.trim_start();
    let same = text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    same && text.get(word.len()..).is_none_or(|rest| !rest.starts_with(char::is_alphanumeric))
}

fn is_joint(prose: &str) -> bool {
    matches!(prose.trim(), "" | "," | "and" | ", and" | "+" | "includes" | "must include" | "with")
}

/// Whether the text ends in `in ≥4/6 budgets` or the like.
fn ends_in_quantifier(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let Some(from) = words.iter().rposition(|word| matches!(*word, "in" | "at" | "for" | "across" | "over"))
    else {
        return false;
    };
    let tail = words.get(from + 1..).unwrap_or(&[]).join(" ");
    let probe = format!("true in {tail}");
    words.len() > from + 1 && matches!(parse(&probe), Ok(Rule { expr: Expr::For { .. }, .. }))
}

/// `summary.*.mean/std` means both `mean` and `std`.
fn slash_as_both(code: &str) -> Option<String> {
    let plain = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    let (stem, last) = code.rsplit_once('.')?;
    let names: Vec<&str> = last.split('/').collect();
    let both = names.len() > 1 && names.iter().all(|name| plain(name)) && !stem.contains(['/', ' ']);
    both.then(|| format!("{stem}.{{{}}}", names.join(",")))
}

const FILE_EXTENSIONS: &[&str] = &[
    "json", "jsonl", "csv", "tsv", "parquet", "md", "txt", "png", "svg", "pdf", "npz", "npy", "pt", "yaml",
    "yml", "html",
];

/// A literal file name.
fn is_file(text: &str) -> bool {
    is_file_like(text) && !text.contains(['*', '{', '$', '<'])
}

/// A file name, perhaps with wildcards or brace sets.
fn is_file_like(text: &str) -> bool {
    let Some((stem, extension)) = text.rsplit_once('.') else { return false };
    let extension = extension.trim_matches(['{', '}']);
    let known = extension.split(',').all(|extension| FILE_EXTENSIONS.contains(&extension));
    known && !stem.is_empty() && !text.contains(char::is_whitespace)
}

fn file_term(name: &str) -> Term {
    if let Some((stem, set)) =
        name.split_once(".{").and_then(|(stem, set)| Some((stem, set.strip_suffix('}')?)))
        && !stem.contains(['*', '{', '$', '<'])
    {
        let each: Vec<String> =
            set.split(',').map(|extension| format!("exists(\"{stem}.{extension}\")")).collect();
        if let Ok(rule) = parse(&each.join(" and ")) {
            return Term::Rule(rule);
        }
    }
    if is_file(name)
        && let Ok(rule) = parse(&format!("exists(\"{name}\")"))
    {
        return Term::Rule(rule);
    }
    Term::NotCheckable(name.to_owned(), Why::FileSet)
}
