//! GitHub Actions workflow commands: one annotation a finding.
//!
//! Source: GitHub documentation, "Workflow commands for GitHub Actions"; the escapes are those of `@actions/core`.
//! GitHub shows at most ten annotations of each kind per step, so callers give the gravest findings first.

use isocost_audit::{Finding, Severity};

/// One `::error …::message` line a finding, in the order given.
pub fn annotations(findings: &[Finding]) -> String {
    findings.iter().map(annotation).collect()
}

fn annotation(finding: &Finding) -> String {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let place = finding.locations.first().map_or_else(String::new, |at| {
        format!("file={},line={},col={},", property(&at.file), at.place.line, at.place.column)
    });
    let title = property(&format!("{} {}", finding.code, finding.name));
    let help = if finding.help.is_empty() { String::new() } else { format!("help: {}", finding.help) };
    let lines: Vec<&str> =
        [finding.what.as_str(), &finding.why, &help].into_iter().filter(|line| !line.is_empty()).collect();
    let message = message(&lines.join("\n"));
    format!("::{level} {place}title={title}::{message}\n")
}

fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_finding_can_end_its_property_or_its_line() {
        assert_eq!(property("a,b:c%\r\n"), "a%2Cb%3Ac%25%0D%0A");
        assert_eq!(message("a,b:c%\n::error::x"), "a,b:c%25%0A::error::x");
    }
}
