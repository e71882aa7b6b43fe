//! The columns of a table with a header, and where a row's cells come from.

use std::collections::BTreeMap;

use super::error::{Column, TableProblem};
use super::projection::FreeColumns;

/// Where a column comes from if not from the header's column of its own name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The column of this name.
    Named(String),
    /// The same text in every row.
    Constant(String),
}

/// How the columns of a foreign table become those of an outcome table. A column that is not named here comes from the column of its own name; `seed`, `budget`,
/// `cost`, `cost_unit` and `split` may be absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnMap {
    origins: BTreeMap<Column, Origin>,
}

impl ColumnMap {
    /// Says where a column comes from.
    pub fn set(&mut self, column: Column, origin: Origin) {
        self.origins.insert(column, origin);
    }

    /// Where a column comes from, if that was said.
    pub fn get(&self, column: Column) -> Option<&Origin> {
        self.origins.get(&column)
    }

    /// Whether the column may be absent: a foreign table has no seed, budget or split if nothing was said about them.
    pub(super) fn spares(&self, column: Column) -> bool {
        !self.is_empty() && column.may_be_empty() && column != Column::Value
    }

    /// Whether some column comes from that of this name.
    pub(super) fn uses(&self, name: &str) -> bool {
        self.origins.values().any(|origin| matches!(origin, Origin::Named(named) if named == name))
    }

    /// Whether every column comes from that of its own name, and all must be there.
    pub fn is_empty(&self) -> bool {
        self.origins.is_empty()
    }
}

/// Where the cells of a row stand.
#[derive(Debug, Clone)]
pub(super) struct Header {
    pub(super) width: usize,
    fixed: Vec<(Column, Place)>,
    /// Free columns: position and name.
    pub(super) free: Vec<(usize, String)>,
}

#[derive(Debug, Clone)]
pub(super) enum Place {
    At(usize),
    Constant(String),
}

impl Header {
    /// Finds all columns, or names those that are missing.
    pub(super) fn new(names: &[String], map: &ColumnMap, kept: &FreeColumns) -> Result<Self, TableProblem> {
        let twice = |(index, name): &(usize, &String)| {
            !name.is_empty() && names.iter().take(*index).any(|before| before == *name)
        };
        if let Some((_, name)) = names.iter().enumerate().find(twice) {
            return Err(TableProblem::ColumnTwice(name.clone()));
        }
        let place = |name: &str| names.iter().position(|found| found == name);
        let mut fixed = Vec::new();
        let mut missing = Vec::new();
        for column in Column::ALL {
            let found = match map.get(column) {
                Some(Origin::Constant(text)) => Some(Place::Constant(text.clone())),
                Some(Origin::Named(name)) => place(name).map(Place::At),
                None => place(column.name()).map(Place::At),
            };
            let may_be_absent = map.get(column).is_none() && map.spares(column);
            match found {
                Some(place) => fixed.push((column, place)),
                None if may_be_absent => {}
                None => missing.push(match map.get(column) {
                    Some(Origin::Named(name)) => name.clone(),
                    _ => column.name().to_owned(),
                }),
            }
        }
        if !missing.is_empty() {
            let found = names.iter().filter(|name| !name.is_empty()).cloned().collect();
            return Err(TableProblem::MissingColumns { missing, found });
        }
        let is_fixed =
            |index: usize| fixed.iter().any(|(_, place)| matches!(place, Place::At(at) if *at == index));
        let free = names.iter().enumerate().filter(|(index, name)| {
            !is_fixed(*index) && !name.is_empty() && kept.keeps(name) && Column::named(name).is_none()
        });
        let free = free.map(|(index, name)| (index, name.clone())).collect();
        Ok(Self { width: names.len(), fixed, free })
    }

    /// Whether the column at this position is read at all.
    #[cfg(feature = "parquet")]
    pub(super) fn uses(&self, position: usize) -> bool {
        let fixed = self.fixed.iter().any(|(_, place)| matches!(place, Place::At(at) if *at == position));
        fixed || self.free.iter().any(|(at, _)| *at == position)
    }

    pub(super) fn fixed(&self) -> impl Iterator<Item = (Column, &Place)> {
        self.fixed.iter().map(|(column, place)| (*column, place))
    }
}
