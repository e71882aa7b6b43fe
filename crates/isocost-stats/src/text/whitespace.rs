//! Whitespace as Python's `str.split()` sees it.

/// Unicode white space and the four information separators U+001C–U+001F.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// Words between runs of white space.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_space).filter(|word| !word.is_empty())
}

/// Every run of white space as one blank, none at the ends.
pub(super) fn collapse(text: &str) -> String {
    words(text).collect::<Vec<_>>().join(" ")
}
