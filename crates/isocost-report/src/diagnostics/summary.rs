//! What was found, in one line.

use isocost_audit::{Finding, Severity};

use crate::number;

/// `3 errors, 1 warning, 12 notes in 2 documents`; `no findings` if there are none.
pub fn summary_line(findings: &[Finding]) -> String {
    if findings.is_empty() {
        return "no findings".to_owned();
    }
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let kinds = [
        (count(Severity::Error), "error", "errors"),
        (count(Severity::Warning), "warning", "warnings"),
        (count(Severity::Info), "note", "notes"),
    ];
    let parts: Vec<String> =
        kinds.iter().filter(|(n, _, _)| *n > 0).map(|&(n, one, many)| plural(n, one, many)).collect();
    let mut files: Vec<&str> = findings.iter().flat_map(|f| &f.locations).map(|l| l.file.as_str()).collect();
    files.sort_unstable();
    files.dedup();
    if files.is_empty() {
        parts.join(", ")
    } else {
        format!("{} in {}", parts.join(", "), plural(files.len(), "document", "documents"))
    }
}

fn plural(n: usize, one: &str, many: &str) -> String {
    let shown = number::count(u64::try_from(n).unwrap_or(u64::MAX));
    format!("{shown} {}", if n == 1 { one } else { many })
}
