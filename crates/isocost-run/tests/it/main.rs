//! Runs of real shells in temporary projects.

mod contracts;
mod failures;
mod fixture;
mod gates;
mod kills;
mod plans;
mod resume;
mod stores;
