//! The attempt store: `.isocost/` beside the ledger, readable with `cat`.
//!
//! ```text
//! .isocost/store.json                          the store's version
//! .isocost/runner.lock                         held by the one runner
//! .isocost/index.json                          a cache; made again from the attempts when it is missing or old
//! .isocost/attempts/E0001/smoke/001/           one attempt
//!     attempt.json                             evidence: what was run, with what, how it ended
//!     stdout.log  stderr.log                   as the commands wrote them; stdout.log is locked while any of them lives
//!     artifacts/                               where `ISOCOST_OUT` points
//! ```
//!
//! An attempt's directory without `attempt.json` is the remains of a crash before anything ran: it is ignored, and its
//! number is used again.

mod attempt;
mod error;
mod hashes;
mod index;
mod layout;
mod listings;
mod record;
mod scan;
mod snapshot;
mod store_dir;

pub use attempt::{Durability, OpenAttempt};
pub use error::{Holder, StoreError};
pub use hashes::FileHashes;
pub use layout::Layout;
pub use record::{
    ATTEMPT_SCHEMA, AttemptOutcome, AttemptRecord, AttemptSummary, CommandRecord, GitRecord, InputRecord,
    OutputRecord,
};
pub use scan::read_record;
pub use snapshot::{Attempt, AttemptState, Foreign, Snapshot};
pub use store_dir::{Access, Store, attempt_schema};
