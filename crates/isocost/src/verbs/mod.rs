//! One file a verb.

pub(crate) mod agent;
pub(crate) mod audit;
pub(crate) mod compare;
pub(crate) mod completions;
pub(crate) mod explain;
pub(crate) mod import;
pub(crate) mod init;
pub(crate) mod looks;
pub(crate) mod plan;
pub(crate) mod prove;
pub(crate) mod report;
pub(crate) mod run;
pub(crate) mod schema;
pub(crate) mod selftest;
pub(crate) mod show;
pub(crate) mod status;
pub(crate) mod study;
pub(crate) mod trial;
pub(crate) mod verify;
pub(crate) mod write_back;
