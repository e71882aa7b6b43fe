//! One record of an experiment at one place of a ledger.

use schemars::JsonSchema;
use serde::Serialize;

use super::{ArtifactSpec, Command, Decision, Field, Id, IdMention, Presence, SplitName, Stage, Statement};
use crate::rule::Requirement;
use crate::text::{Span, Text};

/// What kind of record it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// An item of a checklist run queue (also every entry of a canonical ledger).
    Queue,
    /// A row of the Results table.
    Result,
    /// A Field/Value table of the archive.
    Archive,
    /// A row of a one-table ledger.
    Row,
    /// A section of a narrative ledger.
    Section,
    /// A script that is its own ledger.
    Script,
}

/// A link to a claim or plan item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClaimLink {
    /// The claim.
    pub id: Id,
    /// `stronger`.
    pub note: Option<Text>,
    /// The field it stands in.
    pub field: String,
    /// Where.
    pub span: Span,
}

/// A text that may stand for another entry's: `Same as E0346`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Inheritable {
    /// The text.
    pub text: Text,
    /// The entry it refers to.
    pub inherits: Option<Id>,
}

/// One named parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Param {
    /// Its name.
    pub name: String,
    /// Its value as written; `None` for a bare name.
    pub value: Option<String>,
    /// Where.
    pub span: Span,
}

/// Facts in the title of a promotion chain (spec §3.1).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct TitleFacts {
    /// The method before the dash.
    pub method: Option<String>,
    /// The eventness or other code span in the method's parentheses.
    pub variant: Option<String>,
    /// The stage after the dash.
    pub stage: Option<Stage>,
    /// The split named.
    pub split: Option<SplitName>,
    /// Seeds named: `SEEDS=0..2` is 0, 1, 2.
    pub seeds: Option<Vec<i64>>,
    /// The entry whose best configuration is used: `from E0978 best`.
    pub from: Option<Id>,
    /// `(skipped: E0802 not promoted)`: by which entry.
    pub skipped_by: Option<Id>,
    /// Whether the title carries a skip mark.
    pub skip_mark: bool,
    /// `(only if E0932 is promoted)`: on which entry.
    pub only_if: Option<Id>,
    /// `(**C0003 proven**)`.
    pub proven: Option<Id>,
}

/// Boxes and words that say how far an entry is. Each axis stays its own (spec §11.1).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Statuses {
    /// The queue box: the entry needs no more work. Not the same as "ran".
    pub closed: Option<bool>,
    /// Where the queue box's character stands: one byte, the only one a write-back changes.
    pub closed_span: Option<Span>,
    /// The smoke box.
    pub smoke: Option<bool>,
    /// The full box.
    pub full: Option<bool>,
    /// `success`, `failed`, `passed` of a results row, as written.
    pub outcome: Option<String>,
    /// Why it was skipped, where it was.
    pub skipped: Option<Text>,
    /// `only if` another entry is promoted.
    pub conditional: Option<Id>,
    /// `backfill: done (see …)`.
    pub backfill: Option<Text>,
    /// `false` where an open TODO says that it cannot run yet.
    pub implemented: Option<bool>,
}

/// An open point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Todo {
    /// The words.
    pub text: Text,
    /// Whether it stands in a `Status` block: the entry cannot run before it is done.
    pub blocks: bool,
}

/// What must hold before a stage opens.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Gate {
    /// The stage it guards; `None` guards the entry's first stage.
    pub stage: Option<Stage>,
    /// The condition, read with the same rule language as metrics and claims.
    pub requirement: Requirement,
    /// The field it was read from: `gate`, `Checks`, a requirement's note, `decision`.
    pub field: String,
    /// Where.
    pub span: Span,
}

/// An experiment (at a stage) that must have succeeded first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Dependency {
    /// The experiment.
    pub id: Id,
    /// Its stage; `None` is its last declared one.
    pub stage: Option<Stage>,
    /// Where it is declared.
    pub span: Span,
}

/// What an entry says it takes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Resources {
    /// `VRAM`, `GPU/VRAM`.
    pub vram: Option<Inheritable>,
    /// `Time/epoch`.
    pub time_per_epoch: Option<Inheritable>,
    /// `Total time`, `Time`.
    pub total_time: Option<Inheritable>,
    /// `resources: gpus=1`.
    pub gpus: Option<u32>,
    /// `resources: slots=2`: local slots it occupies.
    pub slots: Option<u32>,
    /// `timeout: 30m` (or per stage, `timeout (smoke): 1m`), in seconds.
    pub timeouts: Vec<(Option<Stage>, u64)>,
    /// `retries: 1`.
    pub retries: Option<u32>,
    /// `cost:` as written.
    pub cost: Option<Text>,
}

/// One record of an experiment.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Entry {
    /// Its id.
    pub id: Id,
    /// Where the id stands.
    pub id_span: Span,
    /// What kind of record it is.
    pub role: Role,
    /// Index into [`super::Ledger::sections`].
    pub section: usize,
    /// Position in the document, from 0.
    pub order: usize,
    /// Facts between id and colon.
    pub qualifier: Vec<Text>,
    /// The title (Q), Goal/Claim text after the claims (T), heading text (N).
    pub title: Text,
    /// What the title says.
    pub title_facts: TitleFacts,
    /// Every field as written, in order: the loss-free view.
    pub fields: Vec<Field>,
    /// `Objective`, `Purpose`, `Goal`.
    pub objective: Option<Text>,
    /// `Baseline`.
    pub baseline: Option<Inheritable>,
    /// `Model`, `Model / Weights`.
    pub model: Option<Inheritable>,
    /// `Weights`.
    pub weights: Option<Inheritable>,
    /// `Dataset`, `Data`.
    pub dataset: Option<Inheritable>,
    /// Links to claims and plan items.
    pub claims: Vec<ClaimLink>,
    /// `Code path` and scripts named.
    pub code_paths: Vec<Text>,
    /// `Params`, `Config/Params`, `Config`.
    pub params: Vec<Param>,
    /// Commands in order.
    pub commands: Vec<Command>,
    /// `configs`.
    pub configs: Presence<Vec<Text>>,
    /// Declared seeds. Seeds in commands are in their analysis.
    pub seeds: Presence<Vec<i64>>,
    /// `required_artifacts`, `Expected outputs`, unstamped `Artifacts`.
    pub artifacts_required: Presence<Vec<ArtifactSpec>>,
    /// `Inputs`, and files that a script loads.
    pub inputs: Vec<ArtifactSpec>,
    /// Artifacts that results, the Results table or stamped `Artifacts` record.
    pub artifacts_recorded: Vec<ArtifactSpec>,
    /// `required_metrics`, `Metrics (must save)`, `Metrics (key thresholds)`.
    pub metrics_required: Presence<Vec<Requirement>>,
    /// `Checks`, `Sanity checks`.
    pub checks: Vec<Requirement>,
    /// Gates.
    pub gates: Vec<Gate>,
    /// `needs`.
    pub needs: Vec<Dependency>,
    /// Resources.
    pub resources: Resources,
    /// Status axes.
    pub statuses: Statuses,
    /// `results`, `key_metrics`, `Results`.
    pub results: Presence<Vec<Statement>>,
    /// Decisions.
    pub decisions: Vec<Decision>,
    /// `logs`, `Logs`.
    pub logs: Vec<ArtifactSpec>,
    /// Open points.
    pub todos: Vec<Todo>,
    /// `Notes`, `notes`, `Scope`, `Optional`, `Plotting`.
    pub notes: Vec<Text>,
    /// What follows the entry's table and still belongs to it.
    pub trailing: Vec<Text>,
    /// Every id token in the entry's own text.
    pub mentions: Vec<IdMention>,
    /// All of it, final line end included.
    pub span: Span,
}

impl Entry {
    /// The field of that name; names are compared without case.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name.raw.eq_ignore_ascii_case(name))
    }
}
