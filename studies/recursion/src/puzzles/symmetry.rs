//! When two puzzles are the same up to renaming, turning and swapping.

use super::{Grid, Shape};

/// Equal for puzzles that a symmetry maps on one another. For 9 × 9 the converse does not quite hold: there the key is that of the solution, made of
/// properties that no symmetry changes, so that different classes may now and then share one. Keeping keys apart then keeps apart a little more
/// than is needed, never less.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassKey(Vec<u64>);

/// The key by which a size tells puzzles apart. 4 × 4 has two classes of solution in all, so there the puzzle itself is the key.
pub fn class_key(puzzle: &Grid, solution: &Grid) -> ClassKey {
    match puzzle.shape() {
        Shape::Four => ClassKey(packed(puzzle.cells())),
        Shape::Six => ClassKey(packed(&least_form(puzzle))),
        Shape::Nine => ClassKey(cycle_key(solution)),
    }
}

fn packed(cells: &[u8]) -> Vec<u64> {
    cells.chunks(16).map(|chunk| chunk.iter().fold(0, |word, digit| word << 4 | u64::from(*digit))).collect()
}

/// The least of all 3,456 arrangements of rows and columns, digits named in order of appearance. Boxes of 6 × 6 are not square: it is never turned.
fn least_form(puzzle: &Grid) -> Vec<u8> {
    let shape = puzzle.shape();
    let rows = line_orders(shape.side() / shape.box_rows(), shape.box_rows());
    let columns = line_orders(shape.box_rows(), shape.box_columns());
    let mut least: Vec<u8> = Vec::new();
    for rows in &rows {
        for columns in &columns {
            let arranged = renamed(puzzle, rows, columns);
            if least.is_empty() || arranged < least {
                least = arranged;
            }
        }
    }
    least
}

fn renamed(puzzle: &Grid, rows: &[usize], columns: &[usize]) -> Vec<u8> {
    let side = puzzle.shape().side();
    let (mut names, mut next) = ([0_u8; 10], 1);
    let cells = rows.iter().flat_map(|row| columns.iter().map(move |column| row * side + column));
    cells
        .map(|cell| match puzzle.get(cell) {
            0 => 0,
            digit => {
                let name = names.get_mut(usize::from(digit));
                name.map_or(0, |name| {
                    if *name == 0 {
                        *name = next;
                        next += 1;
                    }
                    *name
                })
            }
        })
        .collect()
}

/// Orders of lines that keep groups together: groups in any order, lines of each in any order.
fn line_orders(groups: usize, lines: usize) -> Vec<Vec<usize>> {
    let inner = permutations(lines);
    let mut orders = Vec::new();
    for group_order in permutations(groups) {
        let mut partial: Vec<Vec<usize>> = vec![Vec::new()];
        for group in group_order {
            let extend = |before: &Vec<usize>| {
                let before = before.clone();
                let lines_of = move |order: &Vec<usize>| {
                    before.iter().copied().chain(order.iter().map(|line| group * lines + line)).collect()
                };
                inner.iter().map(lines_of).collect::<Vec<Vec<usize>>>()
            };
            partial = partial.iter().flat_map(extend).collect();
        }
        orders.extend(partial);
    }
    orders
}

fn permutations(count: usize) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..count {
        let extend = |before: Vec<usize>| {
            let free: Vec<usize> = (0..count).filter(|value| !before.contains(value)).collect();
            free.into_iter().map(move |value| before.iter().copied().chain([value]).collect::<Vec<usize>>())
        };
        all = all.into_iter().flat_map(extend).collect();
    }
    all
}

/// For each pair of rows the cycle lengths of the map from one to the other, pairs of a band apart from pairs of two bands, all sorted; the same for
/// columns; the smaller first. Renaming conjugates the maps, swapping rearranges the pairs, turning swaps rows and columns.
fn cycle_key(solution: &Grid) -> Vec<u64> {
    let side = solution.shape().side();
    let rows: Vec<Vec<u8>> = solution.cells().chunks(side).map(<[u8]>::to_vec).collect();
    let columns: Vec<Vec<u8>> =
        (0..side).map(|column| (0..side).map(|row| solution.get(row * side + column)).collect()).collect();
    let mut keys = [line_key(&rows, solution.shape()), line_key(&columns, solution.shape())];
    keys.sort();
    keys.concat()
}

fn line_key(lines: &[Vec<u8>], shape: Shape) -> Vec<u64> {
    let (mut within, mut across): (Vec<Vec<u64>>, Vec<u64>) =
        (vec![Vec::new(); shape.box_columns()], Vec::new());
    for (first, from) in lines.iter().enumerate() {
        for (second, to) in lines.iter().enumerate().skip(first + 1) {
            let band = first / shape.box_rows();
            let cycles = cycle_type(from, to);
            match within.get_mut(band).filter(|_| band == second / shape.box_rows()) {
                Some(within) => within.push(cycles),
                None => across.push(cycles),
            }
        }
    }
    for band in &mut within {
        band.sort_unstable();
    }
    within.sort();
    across.sort_unstable();
    within.concat().into_iter().chain(across).collect()
}

/// How many cycles of each length the map from one line to another has, four bits a length.
fn cycle_type(from: &[u8], to: &[u8]) -> u64 {
    let mut image = [0_u8; 10];
    for (from, to) in from.iter().zip(to) {
        if let Some(image) = image.get_mut(usize::from(*from)) {
            *image = *to;
        }
    }
    let (mut counted, mut seen) = (0_u64, [false; 10]);
    for start in from {
        let (mut at, mut length) = (usize::from(*start), 0_u32);
        while let Some(seen) = seen.get_mut(at).filter(|seen| !**seen) {
            *seen = true;
            length += 1;
            at = usize::from(image.get(at).copied().unwrap_or(0));
        }
        if length > 0 {
            counted += 1 << (4 * (length - 1));
        }
    }
    counted
}
