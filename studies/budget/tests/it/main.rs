//! Golden vectors of the listen-then-look reference.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests stop at the first surprise")]

mod anchors;
mod golden;
mod plans;
mod windows;
