//! A project in a temporary directory, and the program that is run in it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// The exit codes that `docs/machine-interface.md` lists, without the one that means a defect.
pub(crate) const DOCUMENTED: std::ops::RangeInclusive<i32> = 0..=8;

/// How a call of the program ended.
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Outcome {
    pub(crate) fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let outcome = Self {
            code: output.status.code().unwrap_or(-1),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        };
        assert!(!outcome.stderr.contains("panicked"), "a panic: {}", outcome.stderr);
        outcome
    }

    /// Fails unless the program ended with this code.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// Fails unless stderr says this.
    #[track_caller]
    pub(crate) fn says(self, words: &str) -> Self {
        assert!(self.stderr.contains(words), "`{words}` is not said:\n{}", self.stderr);
        self
    }

    /// Fails unless stdout holds this.
    #[track_caller]
    pub(crate) fn prints(self, words: &str) -> Self {
        assert!(self.stdout.contains(words), "`{words}` is not printed:\n{}", self.stdout);
        self
    }

    /// Stdout as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}", self.stdout))
    }
}

/// The program, in an environment that says nothing.
pub(crate) fn isocost(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_isocost"));
    command.current_dir(dir).args(args).stdin(Stdio::null());
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI", "TERM", "COLUMNS", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("ISOCOST")) {
        command.env_remove(name);
    }
    command
}

/// The real ledgers in the repository.
pub(crate) fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/seeds")
}

/// A file of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// A project in a temporary directory.
pub(crate) struct Project {
    dir: tempfile::TempDir,
}

impl Project {
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// A project whose `experiments.md` has these queue entries.
    pub(crate) fn with_queue(entries: &str) -> Self {
        let project = Self::new();
        project.write("experiments.md", queue(entries));
        project
    }

    pub(crate) fn root(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    #[track_caller]
    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        isocost(self.root(), args)
    }

    pub(crate) fn isocost(&self, args: &[&str]) -> Outcome {
        Outcome::of(&self.command(args).output().unwrap())
    }

    /// The same with bytes on standard input.
    pub(crate) fn isocost_reading(&self, args: &[&str], input: &[u8]) -> Outcome {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that does not read its input closes the pipe.
        let _ = child.stdin.take().unwrap().write_all(input);
        Outcome::of(&child.wait_with_output().unwrap())
    }

    pub(crate) fn start(&self, args: &[&str]) -> Child {
        self.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Every file below the root with its content, in order of path.
    pub(crate) fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        let mut open = vec![self.root().to_owned()];
        while let Some(dir) = open.pop() {
            for entry in std::fs::read_dir(dir).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    found.push((path.clone(), std::fs::read(&path).unwrap()));
                }
            }
        }
        found.sort();
        found
    }

    /// The state of each job, as `status --json` tells it.
    pub(crate) fn states(&self) -> Vec<(String, String)> {
        let status = self.isocost(&["status", "--json"]).exits(0).json();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let jobs = status["jobs"].as_array().unwrap();
        jobs.iter().map(|job| (text(&job["job"]), text(&job["state"]))).collect()
    }

    /// The state of one job.
    #[track_caller]
    pub(crate) fn state(&self, job: &str) -> String {
        let states = self.states();
        let found = states.iter().find(|(name, _)| name == job);
        found.unwrap_or_else(|| panic!("{job} is not in {states:?}")).1.clone()
    }
}

/// A canonical ledger with these queue entries.
pub(crate) fn queue(entries: &str) -> String {
    format!(
        "# A ledger\n\n## Checklist\n### Run Queue (Main)\n{entries}\n## Results\n\
         | id | status | key_metrics | artifacts | notes |\n| --- | --- | --- | --- | --- |\n"
    )
}

/// Waits at most ten seconds.
#[track_caller]
pub(crate) fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let until = Instant::now() + Duration::from_secs(10);
    while !holds() {
        assert!(Instant::now() < until, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Waits for a child and reads what it said.
pub(crate) fn end_of(child: Child) -> Outcome {
    Outcome::of(&child.wait_with_output().unwrap())
}

/// Sends a signal.
pub(crate) fn signal(name: &str, pid: impl std::fmt::Display) {
    let status = Command::new("kill").args([format!("-{name}"), pid.to_string()]).status().unwrap();
    assert!(status.success());
}

/// A small generator with a fixed seed (xorshift64*), so that failures come again.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// Below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32;
        usize::try_from(drawn).unwrap() % end.max(1)
    }

    pub(crate) fn byte(&mut self) -> u8 {
        u8::try_from(self.below(256)).unwrap()
    }
}

/// Compares with a stored snapshot; what differs between machines and runs is replaced.
macro_rules! snapshot {
    ($name:expr, $text:expr) => {
        insta::with_settings!({
            omit_expression => true,
            prepend_module_to_snapshot => false,
            filters => vec![
                (r"isocost(-[a-z-]+)? \d+\.\d+\.\d+", "isocost$1 [VERSION]"),
                (r#""semanticVersion": "[^"]*""#, r#""semanticVersion": "[VERSION]""#),
                (r"\d{4}-\d{2}-\d{2}T[0-9:.]+Z", "[TIME]"),
                (r"\b[0-9a-f]{64}\b", "[HASH]"),
                (r"\(\d+\.\d s\)", "([S] s)"),
                (r"\d+ ms\b", "[MS] ms"),
                (r"/tmp/\.tmp[A-Za-z0-9]+", "[ROOT]"),
            ],
        }, { insta::assert_snapshot!($name, $text) });
    };
}
pub(crate) use snapshot;
