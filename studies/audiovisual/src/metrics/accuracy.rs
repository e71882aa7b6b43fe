//! Accuracies from whole counts.

use crate::heads::Answers;

/// Counts of one clip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClipCounts {
    /// Seconds that are right.
    pub right: usize,
    /// Seconds.
    pub seconds: usize,
    /// Seconds with an event that are right.
    pub event_right: usize,
    /// Seconds with an event.
    pub events: usize,
}

/// How one method did under one seed.
#[derive(Debug, Clone, PartialEq)]
pub struct MethodScore {
    /// Counts by evaluated clip, in list order.
    pub clips: Vec<ClipCounts>,
}

impl MethodScore {
    /// Compares answers with labels.
    pub fn new(answers: &Answers, labels: &[usize], seconds: usize) -> Self {
        let clips = answers.classes.chunks_exact(seconds.max(1)).zip(labels.chunks_exact(seconds.max(1)));
        let count = |(classes, labels): (&[usize], &[usize])| {
            let pairs = || classes.iter().zip(labels);
            ClipCounts {
                right: pairs().filter(|(class, label)| class == label).count(),
                seconds: labels.len(),
                event_right: pairs().filter(|(class, label)| class == label && **label != 0).count(),
                events: labels.iter().filter(|label| **label != 0).count(),
            }
        };
        Self { clips: clips.map(count).collect() }
    }

    /// Seconds that are right.
    pub fn right(&self) -> usize {
        self.clips.iter().map(|clip| clip.right).sum()
    }

    /// Seconds.
    pub fn seconds(&self) -> usize {
        self.clips.iter().map(|clip| clip.seconds).sum()
    }

    /// Share of seconds that are right, as the reference rounds it: in single precision.
    pub fn accuracy(&self) -> f64 {
        single(self.right(), self.seconds())
    }

    /// The same as a quotient in double precision.
    pub fn exact_accuracy(&self) -> f64 {
        self.right() as f64 / self.seconds() as f64
    }

    /// Share of event seconds that are right; `None` without events.
    pub fn event_accuracy(&self) -> Option<f64> {
        let events: usize = self.clips.iter().map(|clip| clip.events).sum();
        let right: usize = self.clips.iter().map(|clip| clip.event_right).sum();
        (events > 0).then(|| right as f64 / events as f64)
    }
}

impl ClipCounts {
    /// Share of seconds that are right, in single precision.
    pub fn accuracy(self) -> f64 {
        single(self.right, self.seconds)
    }

    /// Share of event seconds that are right, in single precision; `None` without events.
    pub fn event_accuracy(self) -> Option<f64> {
        (self.events > 0).then(|| single(self.event_right, self.events))
    }
}

fn single(part: usize, whole: usize) -> f64 {
    f64::from(part as f32 / whole as f32)
}
