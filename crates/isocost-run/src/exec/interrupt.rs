//! Stopping a run: once gracefully, twice hard.

use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::dispatch::Message;

/// How a run is to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// SIGTERM to what runs, time to end, then SIGKILL; nothing new is started.
    Graceful,
    /// SIGKILL at once.
    Hard,
}

#[derive(Debug, Default)]
struct Shared {
    requests: u32,
    listener: Option<Sender<Message>>,
}

/// A handle to stop a run from another thread.
#[derive(Debug, Clone, Default)]
pub struct Interrupt {
    shared: Arc<Mutex<Shared>>,
}

impl Interrupt {
    /// Stops the run: the first time gracefully, then hard.
    pub fn request(&self) {
        let mut shared = self.shared();
        shared.requests = shared.requests.saturating_add(1);
        let urgency = if shared.requests > 1 { Urgency::Hard } else { Urgency::Graceful };
        if let Some(listener) = &shared.listener {
            let _ = listener.send(Message::Interrupt(urgency));
        }
    }

    /// Stops the run at Ctrl-C, SIGTERM or the end of the terminal, from now until the process ends.
    ///
    /// # Errors
    /// If the system refuses the signal handlers.
    pub fn on_signals(&self) -> std::io::Result<()> {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP])?;
        let interrupt = self.clone();
        std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
            for _ in signals.forever() {
                interrupt.request();
            }
        })?;
        Ok(())
    }

    pub(super) fn listen(&self, listener: Sender<Message>) {
        let mut shared = self.shared();
        if shared.requests > 0 {
            let _ = listener.send(Message::Interrupt(Urgency::Graceful));
        }
        shared.listener = Some(listener);
    }

    pub(super) fn stop_listening(&self) {
        self.shared().listener = None;
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
