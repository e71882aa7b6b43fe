//! The one model that holds every dialect (spec: ledger dialects, §11).
//!
//! Every object keeps its place in the source. A [`Ledger`]'s [`Block`]s partition the source, so that their texts in
//! order give the file back byte for byte. Typed views never replace the raw [`Field`]s that they were read from.

mod artifact;
mod claim;
mod command;
mod entry;
mod field;
mod id;
mod ledger;
mod result;
mod stamp;

pub use artifact::{ArtifactKind, ArtifactSpec};
pub use claim::{Claim, ClaimVersion, PlanItem, PlanItemKind};
pub use command::{Command, Stage, StageSource};
pub use entry::{
    ClaimLink, Dependency, Entry, Gate, Inheritable, Param, Resources, Role, Statuses, TitleFacts, Todo,
};
pub use field::{Field, FieldValue, Item, Presence};
pub use id::{Id, IdMention, MentionKind};
pub use ledger::{
    AmbiguousRow, Block, BlockKind, Dialect, Ledger, OrderedPlan, PlanStep, Rule, RunRow, Section,
    SectionRole,
};
pub use result::{Comparison, Context, Decision, Measurement, RunKind, SplitName, Statement, Verb};
pub use stamp::Stamp;
