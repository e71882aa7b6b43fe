//! Which rows of a table are kept as it is read.

use std::collections::BTreeSet;

use super::error::Column;
use crate::{Arm, Metric, Split};

/// Which rows are kept as a table is read. The others are not checked beyond their number of cells, and take no memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Projection {
    /// Only these arms; all if empty.
    pub arms: BTreeSet<Arm>,
    /// Only this metric.
    pub metric: Option<Metric>,
    /// Only this split.
    pub split: Option<Split>,
    /// Which free columns.
    pub free: FreeColumns,
}

/// Which free columns are kept as a table is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum FreeColumns {
    /// All.
    #[default]
    All,
    /// Only these.
    Only(BTreeSet<String>),
}

impl FreeColumns {
    pub(super) fn keeps(&self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(names) => names.contains(name),
        }
    }
}

impl Projection {
    /// Whether every row is kept.
    pub fn keeps_all(&self) -> bool {
        self.arms.is_empty() && self.metric.is_none() && self.split.is_none()
    }

    /// Whether a row whose cell in `column` is `text` may be kept.
    #[inline]
    pub(super) fn admits(&self, column: Column, text: &str) -> bool {
        match column {
            Column::Arm => self.arms.is_empty() || self.arms.iter().any(|arm| arm.as_str() == text),
            Column::Metric => self.metric.as_ref().is_none_or(|metric| metric.as_str() == text),
            Column::Split => self.split.as_ref().is_none_or(|split| split.as_str() == text),
            _ => true,
        }
    }
}
