use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::paths::PathRef;
use super::segment::Segment;
use super::substitution::Substitution;

/// What one command text says. All spans are bytes of that text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Analysis {
    /// Whether a shell could run the text as printed.
    pub runnable: Runnable,
    /// Why it is unknown whether the text can run, if it is.
    pub problem: Option<String>,
    /// Simple commands in order, loops and groups flattened.
    pub segments: Vec<Segment>,
    /// Files and directories that are written.
    pub outputs: Vec<PathRef>,
    /// Other files and directories that are named: data, configurations, scripts.
    pub inputs: Vec<PathRef>,
    /// Seeds in the order they are named, each once. `None` if the text names none that can be read.
    pub seeds: Option<Vec<i64>>,
    /// Devices named by variables and options.
    pub devices: Vec<Device>,
    /// The split that is evaluated.
    pub split: Option<String>,
    /// Limits on the number of samples, by the name of the variable or option: `("LIMIT_EVAL", "32")`.
    pub limits: Vec<(String, String)>,
    /// What hints at the stage.
    pub stage_hints: Vec<StageHint>,
    /// Wildcards.
    pub globs: Vec<Glob>,
    /// `$(…)` and backticks, outermost ones only.
    pub substitutions: Vec<Substitution>,
    /// `<ts>`, `<candidate>`: holes that somebody must fill.
    pub placeholders: Vec<Mark>,
    /// `...`: left out by the author.
    pub elisions: Vec<Mark>,
    /// Here-documents.
    pub heredocs: Vec<HereDoc>,
    /// Loops, outer ones first.
    pub loops: Vec<Loop>,
    /// Whether any part is sent to the background.
    pub background: bool,
}

/// Whether a shell could run a text as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Runnable {
    /// It is a complete command.
    Yes,
    /// It is not, and this is why.
    No(String),
    /// It was not understood; [`Analysis::problem`] says why.
    Unknown,
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// As typed.
    pub text: String,
    /// Where.
    pub span: Range<usize>,
}

/// A device that a command asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Device {
    /// The variable or option: `CUDA_VISIBLE_DEVICES`, `--device`.
    pub source: String,
    /// As typed: `cuda:0`, `cpu`, `0,1`.
    pub value: String,
    /// Numbers of the devices that are named. Empty for `cpu`, and for `cuda` without a number.
    pub ids: Vec<u32>,
    /// Position of the segment.
    pub segment: usize,
    /// Where.
    pub span: Range<usize>,
}

/// What hints at the stage of a command.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StageHint {
    /// A `--smoke` flag or `SMOKE=1`.
    SmokeFlag,
    /// An output is named after a stage: `smoke`, `quick`, `full`, `val`, `test`, `dev`, `train`.
    OutputName(String),
    /// A limit on the number of samples.
    SampleLimit,
}

/// A wildcard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Glob {
    /// The word or value as the shell would see it.
    pub text: String,
    /// Where it stands.
    pub place: GlobPlace,
    /// Bytes of the word or value.
    pub span: Range<usize>,
}

/// Where a wildcard stands, which decides whether the shell expands it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GlobPlace {
    /// In the value of this variable: not expanded, the program receives the asterisk.
    Assignment(String),
    /// In a word of a command, a loop or a redirection: expanded.
    Word,
    /// Inside a substitution: expanded there.
    Substitution,
}

/// A here-document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HereDoc {
    /// The tag, quotes removed.
    pub tag: String,
    /// Whether the shell leaves the body as it is (the tag is quoted).
    pub verbatim: bool,
    /// The body, without the tag line.
    pub body: String,
    /// Who gets it.
    pub target: HereDocTarget,
    /// Position of the segment.
    pub segment: usize,
}

/// Who gets a here-document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HereDocTarget {
    /// It is written to this file: the body is data.
    File(String),
    /// This program reads it: the body may be a program.
    Program(String),
}

/// A loop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Loop {
    /// The variable of a `for` loop.
    pub variable: Option<String>,
    /// The words it goes over, as typed.
    pub values: Vec<String>,
    /// Position of the loop around it.
    pub outer: Option<usize>,
}
