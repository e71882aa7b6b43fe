//! The report as GitHub-flavoured Markdown.

mod page;
mod table;

pub use page::page;
