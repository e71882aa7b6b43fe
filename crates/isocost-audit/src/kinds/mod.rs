//! The kinds of finding: stable codes, names, severities, and a page on each.

mod table;

use crate::Severity;

pub(crate) use table::*;

/// One kind of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// `IC001`…; stable, never reused.
    pub code: &'static str,
    /// Short name in kebab case.
    pub name: &'static str,
    /// How bad findings of this kind are.
    pub severity: Severity,
    /// One sentence.
    pub summary: &'static str,
    /// A page in Markdown: what it is, why it matters, an example, what to do, how false alarms are avoided.
    pub page: &'static str,
}

impl Kind {
    /// The page's section on why it matters.
    pub fn why(&self) -> &'static str {
        self.section("Why it matters")
    }

    /// The page's section on what to do.
    pub fn help(&self) -> &'static str {
        self.section("What to do")
    }

    /// The text below a second-level heading of the page; empty if there is none.
    fn section(&self, heading: &str) -> &'static str {
        let page = self.page;
        let mut parts = page.split("\n## ");
        parts.find_map(|part| part.strip_prefix(heading)).unwrap_or_default().trim()
    }
}

/// All kinds, by code.
pub fn kinds() -> impl ExactSizeIterator<Item = &'static Kind> {
    ALL.iter().copied()
}

/// The kind with that code (`IC009`, `ic009`) or name (`unexpanded-glob`).
pub fn find_kind(code_or_name: &str) -> Option<&'static Kind> {
    let wanted = code_or_name.trim();
    kinds().find(|kind| kind.code.eq_ignore_ascii_case(wanted) || kind.name.eq_ignore_ascii_case(wanted))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_and_names_are_unique_and_codes_ascend() {
        let codes: Vec<_> = kinds().map(|kind| kind.code).collect();
        assert!(codes.is_sorted_by(|a, b| a < b));
        let names: BTreeSet<_> = kinds().map(|kind| kind.name).collect();
        assert_eq!(names.len(), codes.len());
    }

    #[test]
    fn every_page_has_its_sections_and_starts_with_its_code_and_name() {
        for kind in kinds() {
            assert!(kind.page.starts_with(&format!("# {} {}\n", kind.code, kind.name)), "{}", kind.code);
            assert!(kind.page.contains(kind.summary), "{}", kind.code);
            for heading in
                ["What it is", "Why it matters", "Example", "What to do", "How false alarms are avoided"]
            {
                assert!(!kind.section(heading).is_empty(), "{} lacks {heading}", kind.code);
            }
        }
    }

    #[test]
    fn a_kind_is_found_by_code_or_name_in_any_case() {
        assert_eq!(find_kind("ic009"), find_kind("unexpanded-glob"));
        assert_eq!(find_kind("IC999"), None);
    }
}
