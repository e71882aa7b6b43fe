use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a segment follows the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Joiner {
    /// It is the first.
    Start,
    /// `&&`
    And,
    /// `||`
    Or,
    /// `;` or a line end.
    Semi,
    /// `|`
    Pipe,
    /// The one before was sent to the background with `&`.
    Background,
}

/// One simple command, or a list of assignments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// How it follows the one before it.
    pub joiner: Joiner,
    /// `NAME=value` words before the program, or alone.
    pub assignments: Vec<Assignment>,
    /// Whom the assignments reach.
    pub scope: AssignmentScope,
    /// `nohup`, `env`, `exec` and the like, in front of the program.
    pub wrappers: Vec<String>,
    /// The program, quotes removed. `None` for assignments alone.
    pub program: Option<String>,
    /// Bytes of the program's word.
    pub program_span: Option<Range<usize>>,
    /// Words after the program.
    pub args: Vec<Word>,
    /// Redirections, here-documents included.
    pub redirects: Vec<Redirect>,
    /// Whether the shell goes on without waiting for it.
    pub background: bool,
    /// Position in [`Analysis::loops`](super::Analysis::loops) of the innermost loop around it.
    pub in_loop: Option<usize>,
}

/// Whom assignments reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentScope {
    /// The program of the same segment only: `A=1 bash s.sh`.
    Program,
    /// The shell, so later segments see them: `A=1 && bash s.sh "$A"`.
    Shell,
}

/// `NAME=value`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// Name of the variable.
    pub name: String,
    /// The value with its quotes removed; substitutions stay as text.
    pub value: String,
    /// What the value contains.
    pub flags: ValueFlags,
    /// Bytes of the whole word.
    pub span: Range<usize>,
    /// Bytes of the value as typed, quotes included.
    pub value_span: Range<usize>,
}

/// What a word or value contains that a shell would act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, all of them read by name")]
pub struct ValueFlags {
    /// An unquoted `*`, `?` or `[…]`. In an assignment a POSIX shell does *not* expand it.
    pub glob: bool,
    /// `$(…)` or backticks.
    pub substitution: bool,
    /// `$NAME` or `${…}`.
    pub variable: bool,
    /// An unquoted `{a,b}` or `{0..4}`.
    pub braces: bool,
    /// Any quotes.
    pub quoted: bool,
}

/// One word of a command.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// The word with its quotes removed; substitutions stay as text.
    pub text: String,
    /// Bytes of the word as typed.
    pub span: Range<usize>,
    /// What it contains.
    pub flags: ValueFlags,
}

/// A redirection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Redirect {
    /// The file descriptor, if one is written.
    pub fd: Option<i32>,
    /// What is done.
    pub op: RedirectOp,
    /// The file, the descriptor, or the tag of a here-document.
    pub target: Word,
}

/// Kinds of redirection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RedirectOp {
    /// `<`
    Read,
    /// `>` or `>|`
    Write,
    /// `>>`
    Append,
    /// `<>`
    ReadWrite,
    /// `2>&1`, `<&0`
    Duplicate,
    /// `&>` or `&>>`
    WriteBoth,
    /// `<<TAG`
    HereDoc,
    /// `<<<`
    HereString,
}
