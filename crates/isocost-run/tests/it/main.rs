//! Runs of real shells in temporary projects.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests look at files with other eyes than the crate, and fail by panicking"
)]

mod contracts;
mod failures;
mod fixture;
mod gates;
mod kills;
mod ledgers;
mod plans;
mod resume;
mod stores;
