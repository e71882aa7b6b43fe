//! Colour, or none.

use anstyle::{AnsiColor, Style};

use crate::table::Tone;

/// Whether output carries terminal styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paint {
    /// Text only.
    #[default]
    Plain,
    /// With ANSI escape sequences.
    Coloured,
}

/// The style of a badge.
pub(crate) fn style_of(tone: Tone) -> Style {
    match tone {
        Tone::Good => AnsiColor::Green.on_default(),
        Tone::Bad => AnsiColor::Red.on_default().bold(),
        Tone::Warn => AnsiColor::Yellow.on_default(),
        Tone::Busy => AnsiColor::Cyan.on_default(),
        Tone::Muted => Style::new().dimmed(),
    }
}

/// `text` in a style, if there is colour.
pub(crate) fn painted(text: &str, style: Style, paint: Paint) -> String {
    match paint {
        Paint::Coloured if !text.is_empty() => format!("{style}{text}{style:#}"),
        _ => text.to_owned(),
    }
}
