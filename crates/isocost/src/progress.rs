//! A run as it goes on: one live line on a terminal, plain lines elsewhere.

use std::cell::RefCell;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use isocost_run::exec::{Event, JobResult, Reporter, Urgency};
use isocost_run::ident::AttemptRef;

use crate::ui::Ui;

/// Draws the events of a run.
pub(crate) struct Progress {
    ui: Ui,
    bar: Option<ProgressBar>,
    running: RefCell<Vec<AttemptRef>>,
}

impl Progress {
    pub(crate) fn new(jobs: usize, ui: Ui) -> Self {
        let bar = ui.live().then(|| {
            let bar = ProgressBar::with_draw_target(Some(jobs as u64), ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{spinner} {pos}/{len} [{elapsed}] {wide_msg}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        Self { ui, bar, running: RefCell::default() }
    }

    /// Removes the live line.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn line(&self, text: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| self.ui.note(text)),
            None => self.ui.note(text),
        }
    }

    fn redraw(&self) {
        if let Some(bar) = &self.bar {
            let running: Vec<String> =
                self.running.borrow().iter().map(|attempt| attempt.job.to_string()).collect();
            bar.set_message(running.join(" "));
        }
    }

    fn ended(&self, job: &str, result: &JobResult, seconds: f64) {
        let mark = match result {
            JobResult::Fresh { .. } => "=",
            result if result.is_success() => "\u{2713}",
            result if result.is_failure() => "\u{2717}",
            _ => "-",
        };
        let time = if seconds > 0.0 { format!(" ({seconds:.1} s)") } else { String::new() };
        self.line(&format!("{mark} {job}: {}{time}", result.words()));
    }
}

impl Reporter for Progress {
    fn event(&self, event: &Event) {
        match event {
            Event::Begin { .. } => {}
            Event::Started { attempt, why, .. } => {
                let why: Vec<String> = why.iter().map(ToString::to_string).collect();
                self.line(&format!("> {attempt}: {}", why.join("; ")));
                self.running.borrow_mut().push(attempt.clone());
            }
            Event::Retrying { attempt, reason } => {
                self.line(&format!("! {attempt}: {reason}; trying again"));
                self.running.borrow_mut().retain(|other| other.job != attempt.job);
            }
            Event::TimeLimit { job } => self.line(&format!("! {job}: time limit reached, asking it to end")),
            Event::Ended { job, result, seconds, done } => {
                self.running.borrow_mut().retain(|attempt| attempt.job != *job);
                self.ended(&job.to_string(), result, *seconds);
                if let Some(bar) = &self.bar {
                    bar.set_position(*done as u64);
                }
            }
            Event::Stopping { urgency, running } => self.line(match urgency {
                Urgency::Graceful => "stopping: asked what runs to end; once more to kill it",
                Urgency::Hard if *running > 0 => "killing what runs",
                Urgency::Hard => "stopping",
            }),
        }
        self.redraw();
    }
}
