//! Microseconds a puzzle on one core, by size and filter. One JSON object on stdout.

use std::time::Instant;

use isocost_study_recursion::puzzles::{Recipe, Shape, generate};

fn main() -> std::io::Result<()> {
    let mut measured = serde_json::Map::new();
    for (shape, count) in [(Shape::Four, 20_000_u64), (Shape::Six, 10_000), (Shape::Nine, 3_000)] {
        let started = Instant::now();
        let rated: Vec<_> =
            (0..count).map(|number| generate(Recipe { shape, slack: 0 }, 1, number)).collect();
        let each = started.elapsed().as_secs_f64() * 1e6 / count as f64;
        let mean = |of: &dyn Fn(usize) -> f64| (0..rated.len()).map(of).sum::<f64>() / count as f64;
        let value = serde_json::json!({
            "microseconds": each,
            "mean_givens": mean(&|i| rated[i].puzzle.givens() as f64),
            "mean_backtracks": mean(&|i| f64::from(rated[i].backtracks.0)),
            "without_backtracks": mean(&|i| f64::from(u8::from(rated[i].backtracks.0 == 0))),
        });
        measured.insert(shape.to_string(), value);
    }
    std::io::Write::write_all(
        &mut std::io::stdout(),
        format!("{}\n", serde_json::Value::Object(measured)).as_bytes(),
    )
}
