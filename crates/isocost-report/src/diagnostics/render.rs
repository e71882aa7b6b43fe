//! From a finding to text.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Group, Level, Renderer};
use isocost_audit::{Finding, Severity};
use isocost_ledger::text::Source;

use super::places::places;
use crate::escape;
use crate::text::Paint;

/// How diagnostics look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Colours.
    pub paint: Paint,
    /// Terminal columns for a source line; longer lines are cut around the place.
    pub width: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { paint: Paint::Plain, width: 120 }
    }
}

/// No source line is cut below this.
const NARROWEST: usize = 40;
/// Columns that line numbers and the frame take.
const FRAME: usize = 10;
/// Related places that are shown with their lines; the rest is counted.
const RELATED: usize = 5;

/// The findings in the order given, with a blank line after each. `sources` finds a document by the name that a
/// location gives; a place in a document that it does not know is named without its line.
pub fn render<'a>(
    findings: &[Finding],
    sources: &dyn Fn(&str) -> Option<&'a Source>,
    options: Options,
) -> String {
    let renderer = match options.paint {
        Paint::Plain => Renderer::plain(),
        Paint::Coloured => Renderer::styled(),
    };
    // Lines are already cut around the place; the renderer would cut them again, labels included.
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(usize::from(u16::MAX));
    let width = options.width.saturating_sub(FRAME).max(NARROWEST);
    let mut out = String::new();
    for finding in findings {
        let rendered = renderer.render(&[group(finding, sources, width)]);
        for line in rendered.lines().filter(|line| !is_empty_origin(line)) {
            out.extend([line, "\n"]);
        }
        out.push('\n');
    }
    out
}

/// The renderer gives each excerpt a place, and leaves it empty where the place was named before.
fn is_empty_origin(line: &str) -> bool {
    line.contains(":::") && without_styles(line).trim() == ":::"
}

fn without_styles(line: &str) -> String {
    let mut pieces = line.split('\u{1b}');
    let first = pieces.next().unwrap_or_default().to_owned();
    first + &pieces.filter_map(|piece| piece.split_once('m')).map(|(_, rest)| rest).collect::<String>()
}

fn group<'a>(
    finding: &Finding,
    sources: &dyn Fn(&str) -> Option<&'a Source>,
    width: usize,
) -> Group<'static> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let title = level.primary_title(escape::paragraphs(&finding.what)).id(finding.code);
    let mut group = Group::with_title(title);
    let shown = finding.locations.get(..finding.locations.len().min(1 + RELATED)).unwrap_or_default();
    group = group.elements(places(shown, sources, width));
    let left_out = finding.locations.len().saturating_sub(1 + RELATED);
    if left_out > 0 {
        let places = if left_out == 1 { "place" } else { "places" };
        group = group.element(Level::NOTE.message(format!("and {left_out} more {places}")));
    }
    if !finding.why.is_empty() {
        group = group.element(Level::NOTE.message(escape::paragraphs(&finding.why)));
    }
    if !finding.help.is_empty() {
        group = group.element(Level::HELP.message(escape::paragraphs(&finding.help)));
    }
    group
}
