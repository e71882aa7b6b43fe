//! Facts on the whole: bullets of overview and reproducibility sections.

use super::items;
use super::line::{Line, LineKind};
use crate::model::{Field, Section, SectionRole};

/// The fields of all preamble sections, in order.
pub(super) fn environment(lines: &[Line<'_>], sections: &[Section]) -> Vec<Field> {
    let mut fields = Vec::new();
    for section in sections.iter().filter(|section| section.role == SectionRole::Preamble) {
        let from = lines.partition_point(|line| line.full.span().start <= section.span.start);
        let end = lines.partition_point(|line| line.full.span().start < section.span.end);
        let stop = (from..end)
            .find(|&at| lines.get(at).is_some_and(|line| matches!(line.kind, LineKind::Heading(_))))
            .unwrap_or(end);
        fields.extend(items::nested(lines, from, stop).fields);
    }
    fields
}
