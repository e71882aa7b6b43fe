//! The command line as people and scripts meet it: what it prints, how it ends, what it leaves on disk.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests look at files with other eyes than the program, and fail by panicking"
)]

mod audits;
mod bad_input;
mod broken_input;
mod compare;
mod exits;
mod fixture;
mod help;
mod hostile_paths;
mod kills;
mod quickstart;
mod runs;
mod schemas;
mod starter;
mod study_recursion;
mod terminal;
mod trials;
mod write_back;
