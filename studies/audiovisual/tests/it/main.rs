//! Trials on the reference's miniature data set, against what the reference wrote for it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests stop at the first surprise")]

mod compare;
mod golden;
mod sound;
mod synth;
