//! Matching names against patterns with `*`.

/// Whether `name` matches `pattern`, in which `*` stands for any characters. Linear in both for each star.
pub(super) fn matches(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else { return false };
    let Some(last) = pattern.rsplit('*').next() else { return false };
    if !pattern.contains('*') {
        return rest.is_empty();
    }
    let middle: Vec<&str> = parts.collect();
    let count = middle.len().saturating_sub(1);
    for part in middle.iter().take(count) {
        match rest.find(part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_anything_between_the_literal_parts() {
        assert!(matches("E0014_*", "E0014_a_20260203-1"));
        assert!(matches("a*b*c", "a1b2c") && matches("a*", "a") && matches("abc", "abc"));
        assert!(!matches("a*b", "a1") && !matches("abc", "abcd") && !matches("a*b*c", "ac"));
        assert!(!matches("ab*b", "ab"));
    }
}
