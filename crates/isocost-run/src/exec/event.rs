//! What a run tells while it goes on.

use super::{JobResult, Urgency, Why};
use crate::ident::{AttemptRef, JobId};

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The run begins.
    Begin {
        /// How many jobs the plan has.
        jobs: usize,
    },
    /// An attempt starts.
    Started {
        /// The attempt.
        attempt: AttemptRef,
        /// Why the job is run.
        why: Vec<Why>,
        /// How many attempts of this run came before it.
        retry: u32,
        /// The GPUs that it was given.
        gpus: Vec<String>,
    },
    /// An attempt failed and is tried again.
    Retrying {
        /// The attempt that failed.
        attempt: AttemptRef,
        /// Why it failed.
        reason: String,
    },
    /// A time limit was reached: SIGTERM was sent.
    TimeLimit {
        /// The job.
        job: JobId,
    },
    /// A job came to its end, whether it ran or not.
    Ended {
        /// The job.
        job: JobId,
        /// What became of it.
        result: JobResult,
        /// Seconds that it took in this run; zero if it was not started.
        seconds: f64,
        /// How many jobs have ended, this one included.
        done: usize,
    },
    /// Somebody asked to stop.
    Stopping {
        /// How.
        urgency: Urgency,
        /// How many jobs run.
        running: usize,
    },
}

/// Listens to a run. Called from one thread.
pub trait Reporter {
    /// Something happened.
    fn event(&self, event: &Event);
}

/// Listens to nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoReporter;

impl Reporter for NoReporter {
    fn event(&self, _event: &Event) {}
}
