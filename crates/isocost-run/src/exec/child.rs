//! One command's processes: a group that is signalled as a whole.

use std::collections::BTreeMap;
use std::fs::File;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

/// Why an attempt was stopped from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    TimeLimit,
    Interrupted,
}

#[derive(Debug, Default)]
struct State {
    group: Option<Pid>,
    stop: Option<Stop>,
    killed: bool,
}

/// What the dispatcher and a job's thread share: the group that lives, and whether it is to stop.
#[derive(Debug, Default)]
pub(super) struct Control {
    state: Mutex<State>,
}

impl Control {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks the group to end. The first reason is kept.
    pub(super) fn stop(&self, why: Stop) {
        let mut state = self.state();
        state.stop.get_or_insert(why);
        if let Some(group) = state.group {
            let _ = killpg(group, Signal::SIGTERM);
            // A stopped process does not see the first signal before it goes on.
            let _ = killpg(group, Signal::SIGCONT);
        }
    }

    /// Ends the group.
    pub(super) fn kill(&self) {
        let mut state = self.state();
        state.killed = true;
        if let Some(group) = state.group {
            let _ = killpg(group, Signal::SIGKILL);
        }
    }

    pub(super) fn stopped(&self) -> Option<Stop> {
        self.state().stop
    }

    /// Forgets a time limit, so that the next attempt can run.
    pub(super) fn next_attempt(&self) {
        let mut state = self.state();
        if state.stop == Some(Stop::TimeLimit) {
            state.stop = None;
            state.killed = false;
        }
    }

    fn enter(&self, group: Pid) {
        let mut state = self.state();
        state.group = Some(group);
        if state.killed {
            let _ = killpg(group, Signal::SIGKILL);
        } else if state.stop.is_some() {
            let _ = killpg(group, Signal::SIGTERM);
        }
    }

    fn leave(&self) {
        self.state().group = None;
    }
}

/// How a command's first process ended: one of both is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Exit {
    pub(super) code: Option<i32>,
    pub(super) signal: Option<i32>,
}

impl Exit {
    pub(super) fn is_success(self) -> bool {
        self.code == Some(0)
    }

    pub(super) fn words(self) -> String {
        match (self.code, self.signal) {
            (Some(code), _) => format!("exit code {code}"),
            (None, Some(signal)) => {
                let name = Signal::try_from(signal).map(|signal| signal.as_str().to_owned());
                format!("killed by {}", name.unwrap_or_else(|_| format!("signal {signal}")))
            }
            (None, None) => "it ended in an unknown way".to_owned(),
        }
    }
}

/// What a command is run with.
pub(super) struct Launch<'a> {
    pub(super) shell: &'a Path,
    pub(super) text: &'a str,
    pub(super) root: &'a Path,
    pub(super) environment: &'a BTreeMap<String, String>,
    pub(super) logs: (File, File),
    pub(super) grace: Duration,
}

/// Runs a command to the end of its process group.
///
/// Processes that it left in the background are waited for, so that an attempt ends when its work ends; if the command
/// itself failed, they are ended. A process that makes a session of its own (a daemon) is not waited for.
pub(super) fn run(launch: Launch<'_>, control: &Control) -> std::io::Result<Exit> {
    let (stdout, stderr) = launch.logs;
    let mut child = Command::new(launch.shell)
        .arg("-c")
        .arg(launch.text)
        .current_dir(launch.root)
        .envs(launch.environment)
        .stdin(Stdio::null())
        .stdout(stdout)
        .stderr(stderr)
        .process_group(0)
        .spawn()?;
    let group = Pid::from_raw(i32::try_from(child.id()).unwrap_or(i32::MAX));
    control.enter(group);
    let status = child.wait();
    let is_success = status.as_ref().is_ok_and(std::process::ExitStatus::success);
    wait_for_group(group, is_success, launch.grace);
    control.leave();
    let status = status?;
    Ok(Exit { code: status.code(), signal: status.signal() })
}

fn wait_for_group(group: Pid, is_success: bool, grace: Duration) {
    if killpg(group, None) == Err(Errno::ESRCH) {
        return;
    }
    if !is_success {
        let _ = killpg(group, Signal::SIGTERM);
    }
    let kill_at = Instant::now() + grace;
    let mut pause = Duration::from_millis(2);
    // Processes that ended and are not collected yet still count for `killpg`, but not here.
    while !isocost_fs::group_members(group.as_raw()).is_empty() {
        if !is_success && Instant::now() >= kill_at {
            let _ = killpg(group, Signal::SIGKILL);
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(100));
    }
}
