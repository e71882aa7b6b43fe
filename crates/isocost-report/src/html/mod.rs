//! The report as one self-contained HTML page: no network, no script.

mod page;
mod table;

pub use page::page;
