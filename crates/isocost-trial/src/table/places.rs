//! Which line of which file a row stands in, kept as runs of consecutive lines.

/// Where rows stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    runs: Vec<Run>,
}

/// Rows from `row` on stand in consecutive lines of one file from `line` on.
#[derive(Debug, Clone, Copy)]
struct Run {
    row: u32,
    source: u32,
    line: u32,
}

impl Places {
    /// The next row; rows must come in order.
    #[inline]
    pub(super) fn push(&mut self, row: u32, source: u32, line: u32) {
        let follows = self.runs.last().is_some_and(|run| {
            run.source == source && run.line.checked_add(row.wrapping_sub(run.row)) == Some(line)
        });
        if !follows {
            self.runs.push(Run { row, source, line });
        }
    }

    /// The runs of a block after these, all numbers shifted; `None` if one does not fit.
    pub(super) fn append(&mut self, other: &Self, rows: u32, source: u32, lines: u32) -> Option<()> {
        for run in &other.runs {
            self.push(
                run.row.checked_add(rows)?,
                run.source.checked_add(source)?,
                run.line.checked_add(lines)?,
            );
        }
        Some(())
    }

    /// Source and line of a row.
    pub(super) fn of(&self, row: usize) -> Option<(u32, u32)> {
        let after = self.runs.partition_point(|run| run.row as usize <= row);
        let run = self.runs.get(after.checked_sub(1)?)?;
        let offset = u32::try_from(row - run.row as usize).ok()?;
        Some((run.source, run.line.checked_add(offset)?))
    }
}
