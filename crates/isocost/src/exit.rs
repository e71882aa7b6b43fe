//! Exit codes: one meaning each, the same for every verb.

use std::process::ExitCode;

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Yes: done, clean, supported.
    Yes,
    /// Decided no: findings at the level asked for, a claim that is not supported.
    No,
    /// The command line was wrong.
    Usage,
    /// An attempt violated its contract.
    Contract,
    /// Work is outstanding: failed, interrupted, skipped or not yet run.
    Outstanding,
    /// Another process holds the store.
    Locked,
    /// A recorded chain or artifact was changed after it was recorded.
    Tampered,
    /// A file could not be read or written, or is not what it should be.
    Input,
    /// No plan is possible: a cycle, a missing producer, an ambiguous glob.
    Plan,
    /// A defect in isocost.
    Internal,
}

impl Exit {
    /// Every code with its number and meaning, for `--help` and the book.
    pub(crate) const TABLE: [(Exit, u8, &'static str); 10] = [
        (Exit::Yes, 0, "yes: done, clean, supported"),
        (Exit::No, 1, "decided no: findings, an unsupported claim, an invalid comparison, no better arm"),
        (Exit::Usage, 2, "the command line is wrong"),
        (Exit::Contract, 3, "a contract was violated (artifact, metric, cost), or a whole trial is invalid"),
        (Exit::Outstanding, 4, "work is outstanding: failed, interrupted, skipped or not yet run"),
        (Exit::Locked, 5, "another process holds the store"),
        (Exit::Tampered, 6, "a record was changed after it was written"),
        (Exit::Input, 7, "a file cannot be read or written, or is not what it should be"),
        (Exit::Plan, 8, "no plan is possible: a cycle, a missing producer, an ambiguous glob"),
        (Exit::Internal, 70, "a defect in isocost"),
    ];

    /// The number.
    pub(crate) fn code(self) -> u8 {
        Self::TABLE.iter().find(|(exit, ..)| *exit == self).map_or(70, |(_, code, _)| *code)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
