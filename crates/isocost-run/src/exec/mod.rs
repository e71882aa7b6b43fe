//! Running a plan on this machine.

mod child;
mod dispatch;
mod event;
mod fresh;
mod gpus;
mod host;
mod interrupt;
mod job_run;
mod options;
mod outputs;
mod prepare;
mod preview;
mod recorded;
mod resolve;
mod result;

pub use dispatch::execute;
pub use event::{Event, NoReporter, Reporter};
pub use fresh::Why;
pub(crate) use fresh::evidence_files;
pub use gpus::{Gpus, detect_gpus};
pub use host::host_name;
pub use interrupt::{Interrupt, Urgency};
pub use options::{Force, OnFailure, RunOptions};
pub use preview::{Preview, PreviewAction, preview};
pub use result::{JobEnd, JobResult, RunSummary, RunVerdict};
