//! x
pub fn host_name() -> String { String::new() }
