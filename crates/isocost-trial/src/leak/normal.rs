//! Spellings of one id.

/// The id without directories, extension and case: `Test/Clip_01.MP4` and `clip_01` are likely the same item. An extension is one to five letters and digits,
/// at least one a letter, so that `clip.1` keeps its number.
pub(super) fn normalised(id: &str) -> String {
    let name = id.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(id);
    let stem = match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && is_extension(extension) => stem,
        _ => name,
    };
    stem.trim().to_lowercase()
}

fn is_extension(text: &str) -> bool {
    (1..=5).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_extensions_and_case_do_not_tell_items_apart() {
        assert_eq!(normalised("data/Test/Clip_01.MP4"), "clip_01");
        assert_eq!(normalised("clip_01"), "clip_01");
        assert_eq!(normalised("clip.1"), "clip.1");
        assert_eq!(normalised(".hidden"), ".hidden");
        assert_eq!(normalised("a/b/"), "b");
    }
}
