//! Integration tests of the renderers.
#![expect(clippy::expect_used, reason = "a test that cannot be set up should fail")]

mod diagnostics;
mod example;
mod hostile;
mod interchange;
mod pages;
mod terminal;
