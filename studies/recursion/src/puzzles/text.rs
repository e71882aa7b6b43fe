//! One puzzle a line, as people exchange them.

use super::{Grid, PuzzleError, PuzzleResult, Rated, rate};

/// `puzzle,solution,givens,backtracks`, with 0 for a blank.
pub fn write_line(rated: &Rated) -> String {
    format!("{},{},{},{}", rated.puzzle, rated.solution, rated.puzzle.givens(), rated.backtracks.0)
}

/// Reads a puzzle and, behind a comma, semicolon, tab or blank, its solution. Whatever else stands on the line is passed over, so that
/// `source,puzzle,solution,rating` is read as well. Solution and difficulty are always worked out; a given solution must agree.
pub fn read_line(line: &str) -> PuzzleResult<Rated> {
    let mut grids = Vec::new();
    let mut first_error = None;
    for field in line.split([',', ';', '\t', ' ']).map(str::trim).filter(|field| !field.is_empty()) {
        match field.parse::<Grid>() {
            Ok(grid) => grids.push(grid),
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    let Some(puzzle) = grids.first() else {
        return Err(first_error.unwrap_or(PuzzleError::WrongLength(0)));
    };
    let rated = rate(puzzle)?;
    match grids.get(1) {
        Some(solution) if *solution != rated.solution => Err(PuzzleError::WrongSolution),
        _ => Ok(rated),
    }
}

/// Reads many lines; passes over empty ones, those that begin with `#`, and a header line without digits.
pub fn read_lines(text: &str) -> PuzzleResult<Vec<Rated>> {
    let mut puzzles = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let is_header = index == 0 && !line.contains(|c: char| c.is_ascii_digit() || c == '.');
        if line.trim().is_empty() || line.starts_with('#') || is_header {
            continue;
        }
        let rated = read_line(line)
            .map_err(|source| PuzzleError::Line { line: index + 1, source: Box::new(source) })?;
        puzzles.push(rated);
    }
    Ok(puzzles)
}
