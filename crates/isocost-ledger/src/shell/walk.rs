use std::ops::Range;

use brush_parser::ast::{
    self, AndOr, AssignmentName, AssignmentValue, Command, CommandPrefixOrSuffixItem, CompoundCommand,
    CompoundList, IoFileRedirectKind, IoFileRedirectTarget, IoRedirect, Pipeline, SeparatorOperator,
};

use super::analysis::{HereDoc, HereDocTarget, Loop};
use super::bare::assigned_name;
use super::mask::RawHereDoc;
use super::places::Places;
use super::segment::{Assignment, AssignmentScope, Joiner, Redirect, RedirectOp, Segment, Word};
use super::word::scan;

/// Flattens a program into segments. Depth is bounded by the grammar's limits.
pub(super) struct Walk<'t> {
    pub(super) places: Places<'t>,
    pub(super) segments: Vec<Segment>,
    pub(super) heredocs: Vec<HereDoc>,
    pub(super) loops: Vec<Loop>,
    /// Words of `for` loops.
    pub(super) loop_words: Vec<Word>,
    /// Here-documents that were taken out before parsing; a `<` stands at the place of each.
    taken: Vec<RawHereDoc>,
    joiner: Joiner,
    background: bool,
    in_loop: Option<usize>,
}

impl<'t> Walk<'t> {
    pub(super) fn new(text: &'t str, taken: Vec<RawHereDoc>) -> Self {
        Self {
            places: Places::new(text),
            segments: Vec::new(),
            heredocs: Vec::new(),
            loops: Vec::new(),
            loop_words: Vec::new(),
            taken,
            joiner: Joiner::Start,
            background: false,
            in_loop: None,
        }
    }

    pub(super) fn program(&mut self, program: &ast::Program) {
        for list in &program.complete_commands {
            self.list(list);
        }
    }

    fn list(&mut self, list: &CompoundList) {
        for ast::CompoundListItem(and_or, separator) in &list.0 {
            let sent_away = matches!(separator, SeparatorOperator::Async);
            let outer = self.background;
            self.background |= sent_away;
            self.pipeline(&and_or.first);
            for next in &and_or.additional {
                let (joiner, pipeline) = match next {
                    AndOr::And(pipeline) => (Joiner::And, pipeline),
                    AndOr::Or(pipeline) => (Joiner::Or, pipeline),
                };
                self.joiner = joiner;
                self.pipeline(pipeline);
            }
            self.background = outer;
            self.joiner = if sent_away { Joiner::Background } else { Joiner::Semi };
        }
    }

    fn pipeline(&mut self, pipeline: &Pipeline) {
        for (index, command) in pipeline.seq.iter().enumerate() {
            if index > 0 {
                self.joiner = Joiner::Pipe;
            }
            self.command(command);
        }
    }

    fn command(&mut self, command: &Command) {
        match command {
            Command::Simple(simple) => self.simple(simple),
            Command::Compound(compound, redirects) => {
                self.compound(compound);
                self.redirects_of_group(redirects.as_ref());
            }
            Command::Function(function) => self.compound(&function.body.0),
            Command::ExtendedTest(..) => {}
        }
    }

    fn compound(&mut self, compound: &CompoundCommand) {
        match compound {
            CompoundCommand::BraceGroup(group) => self.list(&group.list),
            CompoundCommand::Subshell(group) => self.list(&group.list),
            CompoundCommand::ForClause(clause) => {
                let words: Vec<Word> = clause.values.iter().flatten().map(|word| self.word(word)).collect();
                let values = words.iter().map(|word| word.text.clone()).collect();
                self.loop_words.extend(words);
                self.in_a_loop(Some(clause.variable_name.clone()), values, |walk| {
                    walk.list(&clause.body.list);
                });
            }
            CompoundCommand::ArithmeticForClause(clause) => {
                self.in_a_loop(None, Vec::new(), |walk| walk.list(&clause.body.list));
            }
            CompoundCommand::WhileClause(clause) | CompoundCommand::UntilClause(clause) => {
                self.in_a_loop(None, Vec::new(), |walk| {
                    walk.list(&clause.0);
                    walk.list(&clause.1.list);
                });
            }
            CompoundCommand::IfClause(clause) => {
                self.list(&clause.condition);
                self.list(&clause.then);
                for branch in clause.elses.iter().flatten() {
                    if let Some(condition) = &branch.condition {
                        self.list(condition);
                    }
                    self.list(&branch.body);
                }
            }
            CompoundCommand::CaseClause(clause) => {
                for list in clause.cases.iter().filter_map(|case| case.cmd.as_ref()) {
                    self.list(list);
                }
            }
            CompoundCommand::Coprocess(coprocess) => self.command(&coprocess.body),
            CompoundCommand::Arithmetic(_) => {}
        }
    }

    fn in_a_loop(&mut self, variable: Option<String>, values: Vec<String>, body: impl FnOnce(&mut Self)) {
        let outer = self.in_loop;
        self.loops.push(Loop { variable, values, outer });
        self.in_loop = Some(self.loops.len() - 1);
        body(self);
        self.in_loop = outer;
    }

    fn empty_segment(&mut self) -> Segment {
        Segment {
            joiner: std::mem::replace(&mut self.joiner, Joiner::Semi),
            assignments: Vec::new(),
            scope: AssignmentScope::Program,
            wrappers: Vec::new(),
            program: None,
            program_span: None,
            args: Vec::new(),
            redirects: Vec::new(),
            background: self.background,
            in_loop: self.in_loop,
        }
    }

    /// Redirections behind a loop or group: a segment of their own.
    fn redirects_of_group(&mut self, redirects: Option<&ast::RedirectList>) {
        let Some(redirects) = redirects else { return };
        let mut segment = self.empty_segment();
        for redirect in &redirects.0 {
            self.redirect(redirect, &mut segment);
        }
        self.segments.push(segment);
    }

    fn simple(&mut self, simple: &ast::SimpleCommand) {
        let mut segment = self.empty_segment();
        let first_heredoc = self.heredocs.len();
        let mut words = Vec::new();
        for item in simple.prefix.iter().flat_map(|prefix| &prefix.0) {
            match item {
                CommandPrefixOrSuffixItem::AssignmentWord(assignment, _) => {
                    segment.assignments.push(self.assignment(assignment));
                }
                other => self.item(other, &mut segment, &mut words),
            }
        }
        if let Some(name) = &simple.word_or_name {
            words.push(self.word(name));
        }
        for item in simple.suffix.iter().flat_map(|suffix| &suffix.0) {
            self.item(item, &mut segment, &mut words);
        }
        self.finish(segment, words, first_heredoc);
    }

    /// A command of bare words: [`super::bare`].
    pub(super) fn bare(&mut self, masked: &str, words: &[Range<usize>]) {
        let mut segment = self.empty_segment();
        let first_heredoc = self.heredocs.len();
        let mut rest = words.iter();
        while let Some((span, name)) = rest.as_slice().first().and_then(|span| {
            let name = assigned_name(masked.get(span.clone())?)?;
            Some((span.clone(), name))
        }) {
            rest.next();
            segment.assignments.push(self.scalar(name.to_owned(), span));
        }
        let words = rest.map(|span| self.word_at(span.clone())).collect();
        self.finish(segment, words, first_heredoc);
    }

    fn finish(&mut self, mut segment: Segment, words: Vec<Word>, first_heredoc: usize) {
        name_program(&mut segment, words);
        let declares =
            matches!(segment.program.as_deref(), Some("export" | "declare" | "local" | "readonly"));
        if segment.program.is_none() || declares {
            segment.scope = AssignmentScope::Shell;
        }
        if declares {
            let declared = segment.args.iter().filter_map(|arg| assignment_word(arg, &self.places));
            segment.assignments.extend(declared);
        }
        self.aim_heredocs(first_heredoc, &segment);
        self.segments.push(segment);
    }

    fn aim_heredocs(&mut self, first: usize, segment: &Segment) {
        let file = segment.redirects.iter().find(|r| matches!(r.op, RedirectOp::Write | RedirectOp::Append));
        let position = self.segments.len();
        let copies = matches!(segment.program.as_deref(), Some("cat" | "tee") | None);
        for heredoc in self.heredocs.iter_mut().skip(first) {
            heredoc.segment = position;
            heredoc.target = match (file, copies) {
                (Some(file), true) => HereDocTarget::File(file.target.text.clone()),
                _ => HereDocTarget::Program(segment.program.clone().unwrap_or_default()),
            };
        }
    }

    fn item(&mut self, item: &CommandPrefixOrSuffixItem, segment: &mut Segment, words: &mut Vec<Word>) {
        match item {
            CommandPrefixOrSuffixItem::IoRedirect(redirect) => self.redirect(redirect, segment),
            CommandPrefixOrSuffixItem::Word(word) | CommandPrefixOrSuffixItem::AssignmentWord(_, word) => {
                words.push(self.word(word));
            }
            CommandPrefixOrSuffixItem::ProcessSubstitution(_, subshell) => self.list(&subshell.list),
        }
    }

    fn redirect(&mut self, redirect: &IoRedirect, segment: &mut Segment) {
        let (fd, op, target) = match redirect {
            IoRedirect::File(fd, kind, target) => {
                if let Some(tag) = self.taken_heredoc(target) {
                    segment.redirects.push(Redirect { fd: *fd, op: RedirectOp::HereDoc, target: tag });
                    return;
                }
                let op = match kind {
                    IoFileRedirectKind::Read => RedirectOp::Read,
                    IoFileRedirectKind::Write | IoFileRedirectKind::Clobber => RedirectOp::Write,
                    IoFileRedirectKind::Append => RedirectOp::Append,
                    IoFileRedirectKind::ReadAndWrite => RedirectOp::ReadWrite,
                    IoFileRedirectKind::DuplicateInput | IoFileRedirectKind::DuplicateOutput => {
                        RedirectOp::Duplicate
                    }
                };
                let target = match target {
                    IoFileRedirectTarget::Filename(word) | IoFileRedirectTarget::Duplicate(word) => {
                        self.word(word)
                    }
                    IoFileRedirectTarget::Fd(fd) => plain_word(fd.to_string()),
                    IoFileRedirectTarget::ProcessSubstitution(_, subshell) => {
                        self.list(&subshell.list);
                        return;
                    }
                };
                (*fd, op, target)
            }
            IoRedirect::OutputAndError(word, _) => (None, RedirectOp::WriteBoth, self.word(word)),
            IoRedirect::HereString(fd, word) => (*fd, RedirectOp::HereString, self.word(word)),
            // None is left in the text that is parsed.
            IoRedirect::HereDocument(..) => return,
        };
        segment.redirects.push(Redirect { fd, op, target });
    }

    /// The tag of the here-document that stands where this redirection reads.
    fn taken_heredoc(&mut self, target: &IoFileRedirectTarget) -> Option<Word> {
        let IoFileRedirectTarget::Filename(ast::Word { loc: Some(loc), .. }) = target else { return None };
        let start = self.places.of(loc).start;
        let position = self.taken.iter().position(|doc| doc.at + 1 == start)?;
        let doc = self.taken.remove(position);
        let flags = super::segment::ValueFlags { quoted: doc.quoted, ..Default::default() };
        let word = Word { text: doc.tag.clone(), span: doc.tag_span, flags };
        self.heredocs.push(HereDoc {
            tag: doc.tag,
            verbatim: doc.quoted,
            body: doc.body,
            target: HereDocTarget::Program(String::new()),
            segment: self.segments.len(),
        });
        Some(word)
    }

    fn word(&self, word: &ast::Word) -> Word {
        let Some(span) = word.loc.as_ref().map(|loc| self.places.of(loc)) else {
            return plain_word(word.value.clone());
        };
        self.word_at(span)
    }

    fn word_at(&self, span: Range<usize>) -> Word {
        let scanned = scan(self.places.text(&span));
        Word { text: scanned.text, span, flags: scanned.flags }
    }

    fn assignment(&self, assignment: &ast::Assignment) -> Assignment {
        let name = match &assignment.name {
            AssignmentName::VariableName(name) => name.clone(),
            AssignmentName::ArrayElementName(name, index) => format!("{name}[{index}]"),
        };
        let span = self.places.of(&assignment.loc);
        let scalar = self.scalar(name, span);
        match &assignment.value {
            AssignmentValue::Scalar(_) => scalar,
            AssignmentValue::Array(elements) => {
                let words: Vec<&str> = elements.iter().map(|(_, word)| word.value.as_str()).collect();
                let scanned = scan(&words.join(" "));
                Assignment { value: scanned.text, flags: scanned.flags, ..scalar }
            }
        }
    }

    /// The assignment that the bytes `span` are.
    fn scalar(&self, name: String, span: Range<usize>) -> Assignment {
        let typed = self.places.text(&span);
        let value_start = span.start + typed.find('=').map_or(typed.len(), |equals| equals + 1);
        let value_span = value_start..span.end;
        let scanned = scan(self.places.text(&value_span));
        Assignment { name, value: scanned.text, flags: scanned.flags, span, value_span }
    }
}

fn plain_word(text: String) -> Word {
    Word { text, span: 0..0, flags: super::segment::ValueFlags::default() }
}

/// Takes wrappers off the front; the first other word is the program.
fn name_program(segment: &mut Segment, words: Vec<Word>) {
    let mut wrapped = false;
    for word in words {
        if segment.program.is_some() {
            segment.args.push(word);
            continue;
        }
        let wrapper = matches!(word.text.as_str(), "nohup" | "env" | "exec" | "command" | "setsid");
        let environment = wrapped && segment.wrappers.last().is_some_and(|last| last == "env");
        if environment && let Some(assignment) = split_assignment(&word) {
            segment.assignments.push(assignment);
        } else if wrapper {
            wrapped = true;
            segment.wrappers.push(word.text);
        } else {
            segment.program_span = Some(word.span);
            segment.program = Some(word.text);
        }
    }
    if segment.program.is_none() {
        segment.program = segment.wrappers.pop();
    }
}

fn assignment_word(word: &Word, places: &Places<'_>) -> Option<Assignment> {
    let typed = places.text(&word.span);
    split_assignment(word).map(|assignment| {
        let flags = typed.split_once('=').map_or(assignment.flags, |(_, value)| scan(value).flags);
        Assignment { flags, ..assignment }
    })
}

fn split_assignment(word: &Word) -> Option<Assignment> {
    let (name, value) = word.text.split_once('=')?;
    let named = !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let value_span: Range<usize> = (word.span.start + name.len() + 1).min(word.span.end)..word.span.end;
    named.then(|| Assignment {
        name: name.to_owned(),
        value: value.to_owned(),
        flags: word.flags,
        span: word.span.clone(),
        value_span,
    })
}
