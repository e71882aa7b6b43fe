//! Sets of cells as bits: units and the cells that see each other.

use super::Shape;

/// Most cells of any size.
pub(super) const MOST_CELLS: usize = 81;
/// Most digits of any size.
pub(super) const MOST_DIGITS: usize = 9;
const MOST_UNITS: usize = 27;

pub(super) static FOUR: Tables = Tables::of(Shape::Four);
pub(super) static SIX: Tables = Tables::of(Shape::Six);
pub(super) static NINE: Tables = Tables::of(Shape::Nine);

/// Everything a solver looks up; bit i is cell i, row by row.
pub(super) struct Tables {
    pub(super) all: u128,
    /// For each cell the others of its row, column and box.
    pub(super) peers: [u128; MOST_CELLS],
    units: [u128; MOST_UNITS],
    unit_count: usize,
}

impl Tables {
    /// Rows, columns and boxes.
    pub(super) fn units(&self) -> &[u128] {
        self.units.get(..self.unit_count).unwrap_or(&self.units)
    }

    const fn of(shape: Shape) -> Self {
        let side = shape.side();
        let mut units = [0_u128; MOST_UNITS];
        let mut cell = 0;
        while cell < shape.cells() {
            let (row, column) = (cell / side, cell % side);
            let in_box = row / shape.box_rows() * shape.box_rows() + column / shape.box_columns();
            units[row] |= 1 << cell;
            units[side + column] |= 1 << cell;
            units[2 * side + in_box] |= 1 << cell;
            cell += 1;
        }
        let mut peers = [0_u128; MOST_CELLS];
        let mut cell = 0;
        while cell < shape.cells() {
            let mut unit = 0;
            while unit < 3 * side {
                if units[unit] >> cell & 1 == 1 {
                    peers[cell] |= units[unit];
                }
                unit += 1;
            }
            peers[cell] &= !(1 << cell);
            cell += 1;
        }
        Self { all: (1 << shape.cells()) - 1, peers, units, unit_count: 3 * side }
    }
}
