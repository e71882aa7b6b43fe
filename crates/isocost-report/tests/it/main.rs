//! Integration tests of the renderers.

mod diagnostics;
mod example;
mod interchange;
mod pages;
mod terminal;
