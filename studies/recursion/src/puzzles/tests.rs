use proptest::prelude::*;

use super::*;

const EASY: &str = "530070000600195000098000060800060003400803001700020006060000280000419005000080079";
const EASY_SOLUTION: &str =
    "534678912672195348198342567859761423426853791713924856961537284287419635345286179";

/// Counts solutions by trying every digit in every blank, without any deduction.
fn count_plainly(grid: &mut Vec<u8>, shape: Shape, limit: usize) -> usize {
    let side = shape.side();
    let Some(cell) = grid.iter().position(|digit| *digit == 0) else { return 1 };
    let (row, column) = (cell / side, cell % side);
    let mut found = 0;
    for digit in 1..=u8::try_from(side).unwrap() {
        let clash = (0..grid.len()).any(|other| {
            let (r, c) = (other / side, other % side);
            let same_box = r / shape.box_rows() == row / shape.box_rows()
                && c / shape.box_columns() == column / shape.box_columns();
            grid[other] == digit && (r == row || c == column || same_box)
        });
        if !clash {
            grid[cell] = digit;
            found += count_plainly(grid, shape, limit - found);
            grid[cell] = 0;
            if found >= limit {
                break;
            }
        }
    }
    found
}

/// Applies a symmetry: swaps lines within bands and bands, renames digits, turns where boxes are square.
fn moved(grid: &Grid, pick: u64, turn: bool) -> Grid {
    let shape = grid.shape();
    let side = shape.side();
    let swap = |line: usize, lines: usize, bit: u64| {
        // Swaps the first two lines of the first group, and the first two groups.
        let line = if bit & 1 == 1 && line < 2 { 1 - line } else { line };
        if bit & 2 == 2 && line < 2 * lines { (line + lines) % (2 * lines) } else { line }
    };
    let mut result = Grid::blank(shape);
    for row in 0..side {
        for column in 0..side {
            let (mut r, mut c) =
                (swap(row, shape.box_rows(), pick), swap(column, shape.box_columns(), pick >> 2));
            if turn && shape.box_rows() == shape.box_columns() {
                std::mem::swap(&mut r, &mut c);
            }
            let digit = u64::from(grid.get(row * side + column));
            let renamed = if digit == 0 { 0 } else { (digit - 1 + (pick >> 4)) % side as u64 + 1 };
            result.set(r * side + c, u8::try_from(renamed).unwrap());
        }
    }
    result
}

#[test]
fn a_known_puzzle_is_solved_without_a_guess() {
    let rated = rate(&EASY.parse().unwrap()).unwrap();
    assert_eq!(rated.solution.to_string(), EASY_SOLUTION);
    assert_eq!((rated.backtracks, rated.puzzle.givens()), (Backtracks(0), 30));
}

#[test]
fn a_puzzle_that_needs_guesses_counts_its_failed_branches() {
    let hard = "000000907000420180000705026100904000050000040000507009920108000034059000507000000";
    let rated = rate(&hard.parse().unwrap()).unwrap();
    assert!(rated.solution.agrees_with(&rated.puzzle));
    let seventeen = "000000010400000000020000000000050407008000300001090000300400200050100000000806000";
    assert!(rate(&seventeen.parse().unwrap()).unwrap().puzzle.givens() == 17);
    let diabolical = "800000000003600000070090200050007000000045700000100030001000068008500010090000400";
    assert!(rate(&diabolical.parse().unwrap()).unwrap().backtracks > Backtracks(10));
}

#[test]
fn contradictory_and_open_puzzles_are_told_apart() {
    let mut twice = EASY.to_owned();
    twice.replace_range(2..3, "5");
    assert_eq!(rate(&twice.parse().unwrap()), Err(PuzzleError::NoSolution));
    assert_eq!(rate(&Grid::blank(Shape::Nine)), Err(PuzzleError::NotUnique));
    assert_eq!(solutions(&Grid::blank(Shape::Four), 1000).len(), 288, "there are 288 full grids of 4 by 4");
}

#[test]
fn text_is_checked_where_it_is_read() {
    assert_eq!("123".parse::<Grid>(), Err(PuzzleError::WrongLength(3)));
    let five = "5000000000000000".parse::<Grid>();
    assert_eq!(five, Err(PuzzleError::BadCharacter { position: 1, found: '5', shape: Shape::Four }));
    let line = format!("kaggle,{},{EASY_SOLUTION},3.2", EASY.replace('0', "."));
    assert_eq!(read_line(&line).unwrap().puzzle.to_string(), EASY);
    let wrong = format!("{EASY},{}", EASY_SOLUTION.replace('5', "x").replace('4', "5").replace('x', "4"));
    assert_eq!(read_line(&wrong), Err(PuzzleError::WrongSolution));
    let error = read_lines(&format!("source,question,answer\n{EASY}\n\nnonsense\n")).unwrap_err();
    assert_eq!(error, PuzzleError::Line { line: 4, source: Box::new(PuzzleError::WrongLength(8)) });
    let rated = read_line(EASY).unwrap();
    assert_eq!(read_line(&write_line(&rated)), Ok(rated));
}

#[test]
fn sets_share_no_class_and_do_not_depend_on_how_many_are_trained_on() {
    let request = SetRequest {
        recipe: Recipe { shape: Shape::Six, slack: 2 },
        least: Backtracks(0),
        train: 300,
        validation: 40,
        test: 50,
        seed: 7,
    };
    let sets = make_sets(&request).unwrap();
    let all: Vec<&Rated> = sets.train.iter().chain(&sets.validation).chain(&sets.test).collect();
    let keys: std::collections::BTreeSet<ClassKey> =
        all.iter().map(|rated| class_key(&rated.puzzle, &rated.solution)).collect();
    assert_eq!((all.len(), keys.len()), (390, 390));
    assert_eq!(make_sets(&SetRequest { train: 10, ..request }).unwrap().test, sets.test);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_eq!(one.install(|| make_sets(&request)).unwrap(), sets);
}

#[test]
fn more_puzzles_than_there_are_is_an_error() {
    let request = SetRequest {
        recipe: Recipe { shape: Shape::Four, slack: 0 },
        least: Backtracks(5),
        train: 10,
        validation: 0,
        test: 0,
        seed: 1,
    };
    assert!(matches!(make_sets(&request), Err(PuzzleError::Exhausted { found: 0, .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_made_puzzle_has_one_solution_and_no_given_to_spare(
        seed: u64, number: u64, shape in prop::sample::select(Shape::ALL.to_vec()),
    ) {
        let rated = generate(Recipe { shape, slack: 0 }, seed, number);
        prop_assert!(rated.solution.agrees_with(&rated.puzzle) && rated.solution.givens() == shape.cells());
        prop_assert_eq!(generate(Recipe { shape, slack: 0 }, seed, number), rated);
        if shape != Shape::Nine {
            prop_assert_eq!(count_plainly(&mut rated.puzzle.cells().to_vec(), shape, 2), 1);
        }
        for cell in (0..shape.cells()).filter(|cell| rated.puzzle.get(*cell) != 0) {
            let mut fewer = rated.puzzle;
            fewer.set(cell, 0);
            prop_assert_eq!(solve(&fewer), Err(PuzzleError::NotUnique));
        }
    }

    #[test]
    fn no_symmetry_changes_the_class(
        seed: u64, pick: u64, turn: bool, shape in prop::sample::select(vec![Shape::Six, Shape::Nine]),
    ) {
        let rated = generate(Recipe { shape, slack: 0 }, seed, 0);
        let (puzzle, solution) = (moved(&rated.puzzle, pick, turn), moved(&rated.solution, pick, turn));
        prop_assert_eq!(rate(&puzzle).map(|rated| rated.solution), Ok(solution));
        prop_assert_eq!(class_key(&puzzle, &solution), class_key(&rated.puzzle, &rated.solution));
        let other = generate(Recipe { shape, slack: 0 }, seed, 1);
        prop_assert_ne!(class_key(&other.puzzle, &other.solution), class_key(&rated.puzzle, &rated.solution));
    }
}
