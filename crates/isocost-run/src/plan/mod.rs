//! From ledgers to a graph of jobs. Pure: what is on disk and what was recorded is handed in.

mod build;
mod command;
mod depends;
mod error;
mod job;
mod jobs;
mod options;
mod order;
mod render_dot;
mod render_json;
mod render_mermaid;
mod select;
mod stamp;

pub use build::{link, plan};
pub use command::{CommandSpec, InputKind, InputRef, OutputRef, WordPlace};
pub(crate) use depends::variable_name;
pub use error::{PlanError, PlanProblem};
pub use job::{Depends, Edge, EdgeKind, GateSpec, Job, JobResources, Plan};
pub use jobs::jobs_of;
pub use options::{Closed, Disk, NoDisk, PlanOptions, ProjectDisk, Selection};
pub use render_dot::to_dot;
pub use render_json::{DependsView, JobView, PlanView, to_view};
pub use render_mermaid::to_mermaid;
pub use stamp::{Stamped, date_spans, expand_dates};
