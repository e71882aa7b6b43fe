//! Breaking text into lines of limited display width.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Lines of at most `width` columns, broken at spaces; a longer word is cut. Never empty.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(2);
    let is_even = !text.starts_with(' ') && !text.ends_with(' ') && !text.contains("  ");
    if is_even && text.width() <= width {
        return vec![text.to_owned()];
    }
    let mut lines = vec![String::new()];
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        for (index, piece) in cut(word, width).into_iter().enumerate() {
            let used = lines.last().map_or(0, |line| line.width());
            let gap = usize::from(used > 0 && index == 0);
            match lines.last_mut() {
                Some(line) if used + gap + piece.width() <= width => {
                    line.push_str(if gap == 1 { " " } else { "" });
                    line.push_str(&piece);
                }
                _ => lines.push(piece),
            }
        }
    }
    lines
}

fn cut(word: &str, width: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut used = 0;
    for c in word.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide > width {
            pieces.push(String::new());
            used = 0;
        }
        used += wide;
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_long_words_are_cut_by_display_width() {
        assert_eq!(wrap("a bb  ccc dd", 5), ["a bb", "ccc", "dd"]);
        assert_eq!(wrap("本实验台账", 4), ["本实", "验台", "账"]);
        assert_eq!(wrap("", 4), [""]);
    }
}
