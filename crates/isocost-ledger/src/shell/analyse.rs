use std::collections::BTreeMap;
use std::ops::Range;

use super::analysis::{Analysis, Glob, GlobPlace, Runnable};
use super::bare::bare_words;
use super::facts::{self, is_option, named_values};
use super::mask::{Masked, mask};
use super::paths::{How, PathRef, looks_like_path, may_be_path, normalise, owner};
use super::segment::{Assignment, AssignmentScope, RedirectOp, Segment, ValueFlags, Word};
use super::substitution::{Substitution, SubstitutionKind, classify};
use super::walk::Walk;
use super::word::{expansion_len, scan};
use super::{elide, grammar};

/// Reads a command text. Never fails: what is not understood is said so in the result.
pub fn analyse(text: &str) -> Analysis {
    let Masked { text: masked, holes: placeholders, heredocs } = mask(text);
    let mut walk = Walk::new(text, heredocs);
    let problem = match bare_words(text, &masked) {
        Some(words) => {
            walk.bare(&masked, &words);
            None
        }
        None => read_in_full(&masked, &mut walk),
    };
    let elisions =
        if problem.is_some() { elide::in_plain_text(text) } else { elide::elisions(&walk.segments) };
    let mut derive = Derive::new(text);
    for (position, segment) in walk.segments.iter().enumerate() {
        derive.segment(position, segment);
    }
    for word in &walk.loop_words {
        derive.notice(word.span.clone(), word.flags, &word.text, GlobPlace::Word);
    }
    let named = named_values(&walk.segments);
    let runnable = match (placeholders.first(), elisions.first(), &problem) {
        (Some(hole), _, _) => Runnable::No(format!("`{}` has to be filled in", hole.text)),
        (_, Some(gap), _) => Runnable::No(format!("`{}` leaves something out", gap.text)),
        (_, _, Some(_)) => Runnable::Unknown,
        _ if walk.segments.is_empty() => Runnable::No("there is no command in it".to_owned()),
        _ => Runnable::Yes,
    };
    derive.inputs.retain(|input| !derive.outputs.iter().any(|output| output.normalised == input.normalised));
    Analysis {
        runnable,
        problem,
        seeds: facts::seeds(&named, &walk.loops),
        devices: facts::devices(&named),
        split: facts::split(&named),
        limits: facts::limits(&named),
        stage_hints: facts::stage_hints(&walk.segments, &named, &derive.outputs),
        background: walk.segments.iter().any(|segment| segment.background),
        segments: walk.segments,
        outputs: derive.outputs,
        inputs: derive.inputs,
        globs: derive.globs,
        substitutions: derive.substitutions,
        placeholders,
        elisions,
        heredocs: walk.heredocs,
        loops: walk.loops,
    }
}

/// Reads a text with the whole grammar; says why if it cannot be read.
fn read_in_full(masked: &str, walk: &mut Walk<'_>) -> Option<String> {
    match grammar::parse(masked) {
        Ok(program) => {
            walk.program(&program);
            None
        }
        Err(problem) => Some(problem),
    }
}

/// Collects paths, wildcards and substitutions, and follows shell variables through the text.
struct Derive<'t> {
    text: &'t str,
    variables: BTreeMap<String, String>,
    outputs: Vec<PathRef>,
    inputs: Vec<PathRef>,
    globs: Vec<Glob>,
    substitutions: Vec<Substitution>,
}

/// A value on its way to becoming a path.
struct Candidate<'w> {
    text: &'w str,
    flags: ValueFlags,
    span: Range<usize>,
    how: How,
}

impl<'t> Derive<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            variables: BTreeMap::new(),
            outputs: Vec::new(),
            inputs: Vec::new(),
            globs: Vec::new(),
            substitutions: Vec::new(),
        }
    }

    fn segment(&mut self, position: usize, segment: &Segment) {
        for assignment in &segment.assignments {
            self.assignment(position, segment.scope, assignment);
        }
        self.words(position, segment);
        let heredoc = segment.redirects.iter().any(|redirect| redirect.op == RedirectOp::HereDoc);
        for redirect in &segment.redirects {
            let target = &redirect.target;
            self.notice(target.span.clone(), target.flags, &target.text, GlobPlace::Word);
            let how = if heredoc { How::HereDoc } else { How::Redirect };
            match redirect.op {
                RedirectOp::Write | RedirectOp::Append | RedirectOp::WriteBoth | RedirectOp::ReadWrite => {
                    self.output(position, candidate(target, how));
                }
                RedirectOp::Read => self.input(position, candidate(target, How::Redirect)),
                RedirectOp::Duplicate | RedirectOp::HereDoc | RedirectOp::HereString => {}
            }
        }
    }

    fn assignment(&mut self, position: usize, scope: AssignmentScope, assignment: &Assignment) {
        let Assignment { name, value, flags, value_span, .. } = assignment;
        self.notice(value_span.clone(), *flags, value, GlobPlace::Assignment(name.clone()));
        let how = How::Assignment(name.clone());
        let candidate = Candidate { text: value, flags: *flags, span: value_span.clone(), how };
        if is_output_variable(name) {
            self.output(position, candidate);
        } else if !names_a_model(name, value) {
            self.input(position, candidate);
        }
        if scope == AssignmentScope::Shell {
            let resolved = self.resolve(value);
            self.variables.insert(name.clone(), resolved);
        }
    }

    fn words(&mut self, position: usize, segment: &Segment) {
        let program = segment.program.as_deref().unwrap_or("");
        if let (Some(program), Some(span)) = (&segment.program, &segment.program_span)
            && program.contains('/')
        {
            let candidate = Candidate {
                text: program,
                flags: ValueFlags::default(),
                span: span.clone(),
                how: How::Argument,
            };
            self.input(position, candidate);
        }
        let mut option: Option<&str> = None;
        let last_path = segment.args.iter().rposition(|arg| !is_option(&arg.text));
        for (index, word) in segment.args.iter().enumerate() {
            self.notice(word.span.clone(), word.flags, &word.text, GlobPlace::Word);
            if is_option(&word.text) {
                option = self.option(position, word);
                continue;
            }
            let how = option.map_or(How::Argument, |name| How::Option(name.to_owned()));
            match (program, option) {
                ("mkdir" | "echo" | "printf" | "cd" | "rm" | "test" | "[" | "date" | "sleep", _) => {}
                ("cp" | "mv" | "ln" | "rsync", _) if Some(index) == last_path => {
                    self.output(position, candidate(word, how));
                }
                ("tee", _) => self.output(position, candidate(word, how)),
                (_, Some(name)) if is_output_option(name) => self.output(position, candidate(word, how)),
                (_, Some(name)) if names_a_model(name, &word.text) => {}
                _ => self.argument(position, word, how),
            }
            // An output option takes one value; what follows is an argument again.
            if option.is_some_and(is_output_option) {
                option = None;
            }
        }
    }

    /// `--name=value` is read here; `--name` is returned, for its value is the next word.
    fn option<'w>(&mut self, position: usize, word: &'w Word) -> Option<&'w str> {
        let Some((name, value)) = word.text.split_once('=') else { return Some(&word.text) };
        let start = (word.span.start + name.len() + 1).min(word.span.end);
        let how = How::Option(name.to_owned());
        let candidate = Candidate { text: value, flags: word.flags, span: start..word.span.end, how };
        if is_output_option(name) {
            self.output(position, candidate);
        } else if !names_a_model(name, value) {
            self.input(position, candidate);
        }
        None
    }

    /// A path, or `tag=path`.
    fn argument(&mut self, position: usize, word: &Word, how: How) {
        let Some((tag, value)) = word.text.split_once('=').filter(|(tag, _)| !tag.contains(['/', '$', '"']))
        else {
            self.input(position, candidate(word, how));
            return;
        };
        if word.flags.quoted && value.contains(['|', '"', '[', ' ']) {
            return;
        }
        let start = (word.span.start + tag.len() + 1).min(word.span.end);
        self.input(position, Candidate { text: value, flags: word.flags, span: start..word.span.end, how });
    }

    /// Wildcards and substitutions of a word or value.
    fn notice(&mut self, span: Range<usize>, flags: ValueFlags, text: &str, place: GlobPlace) {
        if flags.glob {
            self.globs.push(Glob { text: text.to_owned(), place, span: span.clone() });
        }
        if !flags.substitution {
            return;
        }
        let raw = self.text.get(span.clone()).unwrap_or("");
        for inner in scan(raw).substitutions {
            let typed = raw.get(inner.clone()).unwrap_or("").to_owned();
            let span = span.start + inner.start..span.start + inner.end;
            let kind = classify(&typed);
            if let SubstitutionKind::NewestFile(glob) | SubstitutionKind::SomeFile(glob) = &kind {
                let (text, place) = (glob.clone(), GlobPlace::Substitution);
                self.globs.push(Glob { text, place, span: span.clone() });
            }
            self.substitutions.push(Substitution { text: typed, kind, span });
        }
    }

    fn output(&mut self, position: usize, candidate: Candidate<'_>) {
        let path = self.path(position, candidate);
        if path.normalised.is_empty() || path.normalised.starts_with("/dev/") || path.normalised == "-" {
            return;
        }
        if !self.outputs.iter().any(|known| known.normalised == path.normalised) {
            self.outputs.push(path);
        }
    }

    fn input(&mut self, position: usize, candidate: Candidate<'_>) {
        if !may_be_path(candidate.text) {
            return;
        }
        let path = self.path(position, candidate);
        if !looks_like_path(&path.normalised) || path.normalised.starts_with("/dev/") {
            return;
        }
        if !self.inputs.iter().any(|known| known.normalised == path.normalised) {
            self.inputs.push(path);
        }
    }

    fn path(&self, segment: usize, candidate: Candidate<'_>) -> PathRef {
        let Candidate { text, flags, span, how } = candidate;
        let resolved = self.resolve(text);
        let one_expansion = expansion_len(&resolved) == Some(resolved.len());
        let picked = match one_expansion.then(|| classify(&resolved)) {
            Some(SubstitutionKind::NewestFile(glob) | SubstitutionKind::SomeFile(glob)) => Some(glob),
            _ => None,
        };
        let template = picked.is_some() || resolved.contains('$') || resolved.contains('`');
        let glob = flags.glob || flags.braces || picked.as_deref().is_some_and(|glob| scan(glob).flags.glob);
        let normalised = normalise(picked.as_deref().unwrap_or(&resolved));
        let owner = owner(&normalised);
        PathRef { raw: text.to_owned(), normalised, how, glob, template, owner, segment, span }
    }

    /// Fills in the shell variables that the text itself assigned earlier.
    fn resolve(&self, text: &str) -> String {
        /// Longest text that is still filled in; doubling variables would grow without end.
        const MOST: usize = 1 << 16;
        if self.variables.is_empty() || !text.contains('$') {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let len = if c == '$' { expansion_len(rest) } else { None };
            let (piece, tail) = rest.split_at_checked(len.unwrap_or(c.len_utf8())).unwrap_or((rest, ""));
            let name = piece.strip_prefix('$').map(|name| name.trim_matches(['{', '}']));
            match name.and_then(|name| self.variables.get(name)) {
                Some(value) if len.is_some() && out.len() + value.len() < MOST => out.push_str(value),
                _ => out.push_str(piece),
            }
            rest = tail;
        }
        out
    }
}

fn candidate(word: &Word, how: How) -> Candidate<'_> {
    Candidate { text: &word.text, flags: word.flags, span: word.span.clone(), how }
}

fn is_output_variable(name: &str) -> bool {
    matches!(name, "OUT_DIR" | "RUN_ROOT" | "OUTPUT_DIR" | "OUT_JSON")
}

fn is_output_option(name: &str) -> bool {
    matches!(
        name,
        "--out-dir"
            | "--out_dir"
            | "--output-dir"
            | "--output_dir"
            | "--out-json"
            | "--out"
            | "--output"
            | "--out-costs"
            | "--export-weights"
            | "-o"
    )
}

/// `WAVLM_MODEL=microsoft/wavlm-base` names a model of a hub, with one slash and no extension.
fn names_a_model(name: &str, value: &str) -> bool {
    let one_slash =
        value.bytes().filter(|&byte| byte == b'/').count() == 1 && !value.starts_with(['.', '/', '$']);
    let about_models = || {
        let name = name.to_ascii_lowercase();
        ["model", "pretrained", "tokenizer", "hf", "repo"].iter().any(|word| name.contains(word))
    };
    one_slash
        && about_models()
        && !value.rsplit('/').next().is_some_and(|last| last.contains('.') && looks_like_path(last))
}
