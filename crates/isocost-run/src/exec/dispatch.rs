//! Who runs when. One thread decides; jobs run in threads of their own and tell it what happens.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::AssertUnwindSafe;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::thread::Scope;
use std::time::{Duration, Instant};

use super::child::{Control, Stop};
use super::job_run::{JobRun, Shared};
use super::result::JobEnd;
use super::{Event, JobResult, OnFailure, Reporter, RunOptions, RunSummary, Urgency, Why, host};
use crate::gate::closed_gates;
use crate::ident::AttemptRef;
use crate::plan::{Job, Plan};
use crate::project::Project;
use crate::store::{Attempt, Store, StoreError};

/// What a job's thread, or a signal, tells the dispatcher.
#[derive(Debug)]
pub(super) enum Message {
    Started { index: usize, attempt: AttemptRef, why: Vec<Why>, retry: u32, gpus: Vec<String> },
    Retrying { index: usize, attempt: AttemptRef, reason: String },
    Recorded(Box<Attempt>),
    Done { index: usize, result: JobResult },
    Interrupt(Urgency),
}

/// Runs a plan. Returns when nothing runs any more.
///
/// # Errors
/// If the store was opened only to be read. What goes wrong with single jobs is in the summary.
pub fn execute(
    plan: &Plan,
    project: &Project,
    store: &mut Store,
    options: &RunOptions,
    reporter: &dyn Reporter,
) -> Result<RunSummary, StoreError> {
    if !store.is_writable() {
        return Err(StoreError::ReadOnly { path: store.layout().dir().to_owned() });
    }
    let (sender, receiver) = channel();
    options.interrupt.listen(sender.clone());
    let key_environment = options.key_environment.iter();
    let snapshot = store.take_snapshot();
    let shared = Shared {
        project,
        layout: store.layout(),
        hashes: store.hashes(),
        snapshot: RwLock::new(snapshot),
        options,
        git: OnceLock::new(),
        host: host::host_name(),
        shell: host::shell(),
        environment: host::environment(&options.key_environment),
        key_environment: key_environment
            .filter_map(|name| Some((name.clone(), std::env::var(name).ok()?)))
            .collect(),
    };
    reporter.event(&Event::Begin { jobs: plan.jobs.len() });
    let summary =
        std::thread::scope(|scope| Dispatcher::new(plan, &shared, reporter, sender).run(scope, &receiver));
    options.interrupt.stop_listening();
    let snapshot = shared.snapshot.into_inner().unwrap_or_else(PoisonError::into_inner);
    store.replace_snapshot(snapshot);
    // A cache: without it the next run only takes longer.
    let _ = store.save_index();
    Ok(summary)
}

struct Running {
    control: Arc<Control>,
    since: Instant,
    limit: Option<Duration>,
    stop_at: Option<Instant>,
    kill_at: Option<Instant>,
    slots: usize,
    gpus: Vec<String>,
}

struct Dispatcher<'env> {
    plan: &'env Plan,
    shared: &'env Shared<'env>,
    reporter: &'env dyn Reporter,
    sender: Sender<Message>,
    results: Vec<Option<JobResult>>,
    /// For each job, the edges that lead to it.
    before: Vec<Vec<usize>>,
    /// For each job, the jobs that wait for it, once per edge.
    after: Vec<Vec<usize>>,
    waiting_for: Vec<usize>,
    ready: BTreeSet<usize>,
    /// Ready jobs that wait only for slots.
    to_start: BTreeSet<usize>,
    running: BTreeMap<usize, Running>,
    free_slots: usize,
    free_gpus: Vec<String>,
    done: usize,
    stopping: Option<&'static str>,
    interrupted: bool,
}

impl<'env> Dispatcher<'env> {
    fn new(
        plan: &'env Plan,
        shared: &'env Shared<'env>,
        reporter: &'env dyn Reporter,
        sender: Sender<Message>,
    ) -> Self {
        let count = plan.jobs.len();
        let (mut before, mut after) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        for (number, edge) in plan.edges.iter().enumerate() {
            if let (Some(before), Some(after)) = (before.get_mut(edge.to), after.get_mut(edge.from)) {
                before.push(number);
                after.push(edge.to);
            }
        }
        let waiting_for: Vec<usize> = before.iter().map(Vec::len).collect();
        let ready = (0..count).filter(|at| waiting_for.get(*at) == Some(&0)).collect();
        let free_slots = shared.options.jobs.max(1);
        let free_gpus = shared.options.gpus.clone();
        Self {
            plan,
            shared,
            reporter,
            sender,
            results: vec![None; count],
            before,
            after,
            waiting_for,
            ready,
            to_start: BTreeSet::new(),
            running: BTreeMap::new(),
            free_slots,
            free_gpus,
            done: 0,
            stopping: None,
            interrupted: false,
        }
    }

    fn run<'scope>(mut self, scope: &'scope Scope<'scope, 'env>, receiver: &Receiver<Message>) -> RunSummary {
        loop {
            // What was asked while this thread was busy comes before anything new is started.
            while let Ok(message) = receiver.try_recv() {
                self.handle(message);
            }
            self.start_what_can(scope);
            if self.running.is_empty() {
                break;
            }
            match self.wait(receiver) {
                Ok(message) => self.handle(message),
                Err(RecvTimeoutError::Timeout) => self.keep_time(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        self.name_the_rest();
        let ends = self.plan.jobs.iter().zip(self.results).map(|(job, result)| JobEnd {
            job: job.id.clone(),
            result: result.unwrap_or(JobResult::NotStarted { why: "the run ended".to_owned() }),
        });
        RunSummary::new(ends.collect(), self.interrupted)
    }

    fn wait(&self, receiver: &Receiver<Message>) -> Result<Message, RecvTimeoutError> {
        let times = self.running.values().flat_map(|running| [running.stop_at, running.kill_at]);
        match times.flatten().min() {
            Some(next) => receiver.recv_timeout(next.saturating_duration_since(Instant::now())),
            None => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
        }
    }

    /// Starts ready jobs in order, as far as slots and GPUs are free. A job that cannot be started ends at once, which may
    /// make others ready.
    fn start_what_can<'scope>(&mut self, scope: &'scope Scope<'scope, 'env>) {
        let mut after = None;
        while self.stopping.is_none() {
            let from = after.map_or(0, |last: usize| last + 1);
            let Some(&index) = self.ready.range(from..).next() else { break };
            let Some(job) = self.plan.jobs.get(index) else { break };
            if let Some(result) = self.look_at(index, job) {
                self.ready.remove(&index);
                self.end(index, result, 0.0);
                after = None;
                continue;
            }
            let slots = (job.resources.slots as usize).min(self.shared.options.jobs.max(1));
            if slots > self.free_slots {
                // A job that takes many slots gets them when they become free; smaller ones do not overtake it.
                break;
            }
            let gpus = job.resources.gpus as usize;
            if gpus > self.free_gpus.len() {
                if gpus > self.shared.options.gpus.len() {
                    self.ready.remove(&index);
                    self.end(index, too_few_gpus(gpus, self.shared.options), 0.0);
                }
                after = Some(index);
                continue;
            }
            self.ready.remove(&index);
            self.start(scope, index, job, slots, gpus);
            after = None;
        }
    }

    /// What is decided about a job before it starts. All that this depends on has ended, so it is asked once.
    fn look_at(&mut self, index: usize, job: &'env Job) -> Option<JobResult> {
        if self.to_start.contains(&index) {
            return None;
        }
        let settled = self.settled(index, job).or_else(|| {
            let attempt = self.shared.fresh_at_a_glance(job)?;
            Some(JobResult::Fresh { attempt })
        });
        if settled.is_none() {
            self.to_start.insert(index);
        }
        settled
    }

    fn settled(&self, index: usize, job: &'env Job) -> Option<JobResult> {
        if let Some(on) = self.failed_dependency(index) {
            return Some(on);
        }
        self.shared.with_recorded(|recorded| {
            if let Some(alive) = recorded.snapshot.of(&job.id).iter().find(|attempt| attempt.is_alive()) {
                let log = recorded.layout.stdout(&alive.record.reference());
                if isocost_fs::is_locked(&log) {
                    let processes = isocost_fs::writers_of(&log);
                    return Some(JobResult::StillAlive { attempt: alive.record.attempt, processes });
                }
            }
            if self.shared.options.opened_gates.contains(&job.id.experiment) {
                return None;
            }
            let failures = closed_gates(job, recorded);
            (!failures.is_empty()).then_some(JobResult::GateClosed { failures })
        })
    }

    fn failed_dependency(&self, index: usize) -> Option<JobResult> {
        let edges = self.before.get(index)?.iter().filter_map(|&number| self.plan.edges.get(number));
        let failed = edges.filter(|edge| edge.kind.is_hard()).find(|edge| {
            self.results.get(edge.from).and_then(Option::as_ref).is_some_and(|result| !result.is_success())
        })?;
        let on = self.plan.jobs.get(failed.from)?.id.clone();
        Some(JobResult::DependencyFailed { on })
    }

    fn start<'scope>(
        &mut self,
        scope: &'scope Scope<'scope, 'env>,
        index: usize,
        job: &'env Job,
        slots: usize,
        gpus: usize,
    ) {
        let gpus: Vec<String> = self.free_gpus.drain(..gpus).collect();
        self.free_slots -= slots;
        let control = Arc::new(Control::default());
        let running = Running {
            control: Arc::clone(&control),
            since: Instant::now(),
            limit: job.resources.timeout.or(self.shared.options.timeout),
            stop_at: None,
            kill_at: None,
            slots,
            gpus: gpus.clone(),
        };
        self.running.insert(index, running);
        let (shared, sender) = (self.shared, self.sender.clone());
        scope.spawn(move || {
            let run = AssertUnwindSafe(|| {
                let to_dispatcher = sender.clone();
                JobRun { shared, index, job, control: &control, gpus, to_dispatcher }.run()
            });
            // A defect of this program must not leave the run waiting for ever.
            let result = std::panic::catch_unwind(run).unwrap_or_else(|_| JobResult::CannotRun {
                why: "an internal error; please report it".to_owned(),
            });
            let _ = sender.send(Message::Done { index, result });
        });
    }

    fn handle(&mut self, message: Message) {
        match message {
            Message::Started { index, attempt, why, retry, gpus } => {
                if let Some(running) = self.running.get_mut(&index)
                    && running.kill_at.is_none()
                {
                    running.stop_at = running.limit.and_then(|limit| Instant::now().checked_add(limit));
                }
                self.reporter.event(&Event::Started { attempt, why, retry, gpus });
            }
            Message::Retrying { index, attempt, reason } => {
                if let Some(running) = self.running.get_mut(&index) {
                    (running.stop_at, running.kill_at) = (None, None);
                }
                self.reporter.event(&Event::Retrying { attempt, reason });
            }
            Message::Recorded(attempt) => {
                self.shared.snapshot.write().unwrap_or_else(PoisonError::into_inner).insert(*attempt);
            }
            Message::Done { index, result } => self.finished(index, result),
            Message::Interrupt(urgency) => self.interrupt(urgency),
        }
    }

    fn finished(&mut self, index: usize, result: JobResult) {
        let mut seconds = 0.0;
        if let Some(running) = self.running.remove(&index) {
            self.free_slots += running.slots;
            self.free_gpus.extend(running.gpus);
            self.free_gpus.sort();
            seconds = running.since.elapsed().as_secs_f64();
        }
        self.end(index, result, seconds);
    }

    fn end(&mut self, index: usize, result: JobResult, seconds: f64) {
        if result.is_failure()
            && self.shared.options.on_failure == OnFailure::StopStarting
            && self.stopping.is_none()
        {
            self.stopping = Some("another job failed (go on after failures with --keep-going)");
        }
        self.record_end(index, result, seconds);
        for &next in self.after.get(index).map_or(&[][..], Vec::as_slice) {
            if let Some(count) = self.waiting_for.get_mut(next) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    self.ready.insert(next);
                }
            }
        }
    }

    fn record_end(&mut self, index: usize, result: JobResult, seconds: f64) {
        self.done += 1;
        if let Some(job) = self.plan.jobs.get(index) {
            let (job, result, done) = (job.id.clone(), result.clone(), self.done);
            self.reporter.event(&Event::Ended { job, result, seconds, done });
        }
        if let Some(place) = self.results.get_mut(index) {
            *place = Some(result);
        }
    }

    fn keep_time(&mut self) {
        let now = Instant::now();
        for (&index, running) in &mut self.running {
            if running.stop_at.is_some_and(|at| at <= now) {
                running.stop_at = None;
                running.kill_at = now.checked_add(self.shared.options.grace);
                running.control.stop(Stop::TimeLimit);
                if let Some(job) = self.plan.jobs.get(index) {
                    self.reporter.event(&Event::TimeLimit { job: job.id.clone() });
                }
            }
            if running.kill_at.is_some_and(|at| at <= now) {
                running.kill_at = None;
                running.control.kill();
            }
        }
    }

    fn interrupt(&mut self, urgency: Urgency) {
        self.interrupted = true;
        self.stopping = Some("the run was stopped");
        self.reporter.event(&Event::Stopping { urgency, running: self.running.len() });
        let kill_at = Instant::now().checked_add(self.shared.options.grace);
        for running in self.running.values_mut() {
            running.control.stop(Stop::Interrupted);
            running.stop_at = None;
            match urgency {
                Urgency::Graceful => running.kill_at = kill_at,
                Urgency::Hard => running.control.kill(),
            }
        }
    }

    /// What never had its turn: because of another job, or because the run stopped.
    fn name_the_rest(&mut self) {
        for index in 0..self.results.len() {
            if self.results.get(index).is_some_and(Option::is_none) {
                let why = self.stopping.unwrap_or("the run ended").to_owned();
                let result = match self.failed_dependency(index) {
                    Some(failed) if self.is_caused_by_failure(&failed) => failed,
                    _ => JobResult::NotStarted { why },
                };
                self.record_end(index, result, 0.0);
            }
        }
    }

    /// A job that waits for one that was never started was not started either.
    fn is_caused_by_failure(&self, result: &JobResult) -> bool {
        let JobResult::DependencyFailed { on } = result else { return false };
        let position = self.plan.position(on);
        let cause = position.and_then(|at| self.results.get(at)).and_then(Option::as_ref);
        !matches!(cause, Some(JobResult::NotStarted { .. }))
    }
}

fn too_few_gpus(wanted: usize, options: &RunOptions) -> JobResult {
    JobResult::CannotRun {
        why: format!(
            "it takes {wanted} GPU(s), but {} may be used (others are missing, or in use by other programs)",
            options.gpus.len()
        ),
    }
}
