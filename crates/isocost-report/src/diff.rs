//! Unified diffs, for `--dry-run`.

use similar::TextDiff;

/// Lines of context around a change.
const CONTEXT: usize = 3;

/// The change from `before` to `after` as a unified diff of the file `name`; empty if there is none. Lines keep their
/// line ends, and a missing final newline is marked as `diff -u` marks it.
pub fn unified(name: &str, before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    let (old, new) = (format!("a/{name}"), format!("b/{name}"));
    TextDiff::from_lines(before, after).unified_diff().context_radius(CONTEXT).header(&old, &new).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_are_equal_differ_in_nothing() {
        assert_eq!(unified("l.md", "a\r\nb", "a\r\nb"), "");
    }

    #[test]
    fn only_the_changed_line_and_its_neighbours_are_shown() {
        let before = "1\n2\n3\n4\n- [ ] E1\n6\n7\n8\n9";
        let after = before.replace("[ ]", "[x]");
        let expected =
            "--- a/l.md\n+++ b/l.md\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-- [ ] E1\n+- [x] E1\n 6\n 7\n 8\n";
        assert_eq!(unified("l.md", before, &after), expected);
    }
}
