//! Golden vectors of the listen-then-look reference, and what the public interface promises.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests stop at the first surprise")]

mod evidence;
mod files;
mod golden;
mod learned;
mod signals;
mod tiny;
mod tiny_set;
