//! What a shell command in a ledger says, without running it.
//!
//! The grammar is bash's, read by `brush-parser`. The text stays as it is; everything here is derived from it: what is
//! assigned, which program runs, what it reads and writes, with which seeds, on which devices, and whether the text could
//! be run at all as it is printed.

mod analyse;
mod analysis;
mod bare;
mod elide;
mod facts;
mod fence;
mod grammar;
mod mask;
mod paths;
mod places;
mod segment;
mod substitution;
mod walk;
mod word;

pub use analyse::analyse;
pub use analysis::{
    Analysis, Device, Glob, GlobPlace, HereDoc, HereDocTarget, Loop, Mark, Runnable, StageHint,
};
pub use fence::{FenceCommand, split_fence};
pub use paths::{How, PathRef, normalise, owner};
pub use segment::{Assignment, AssignmentScope, Joiner, Redirect, RedirectOp, Segment, ValueFlags, Word};
pub use substitution::{Substitution, SubstitutionKind};

#[cfg(test)]
mod tests;
