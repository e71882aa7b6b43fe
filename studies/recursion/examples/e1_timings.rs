//! Where the batch spends its time. usage: `e1_timings ROOT` (the folder of the inputs)
#![expect(clippy::print_stdout, reason = "an example prints")]

use std::path::Path;
use std::time::Instant;

use isocost_study_recursion::e1::{Config, compute};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = std::env::args().nth(1).ok_or("usage: e1_timings ROOT")?;
    let timed = |replicates| {
        let config = Config { replicates, ..Config::default() };
        let start = Instant::now();
        compute(Path::new(&root), &config, 1).map(|_| start.elapsed().as_secs_f64())
    };
    let (read, all) = (timed(1)?, timed(10_000)?);
    let generator = Instant::now();
    let mut stream = isocost_stats::generators::numpy::Generator::new(0);
    // Three intervals over 2,048 and two over 8,192 puzzles, two indices a word.
    let words = 10_000_u64 * (3 * 2_048 + 2 * 8_192) / 2;
    let mut mixed = 0;
    for _ in 0..words {
        mixed ^= stream.next_u64();
    }
    let generator = generator.elapsed().as_secs_f64();
    println!(
        "{{\"total_s\": {all:.4}, \"read_and_cells_s\": {read:.4}, \"generator_s\": {generator:.4}, \"count_and_evaluate_s\": {:.4}, \"words\": {words}, \"check\": {mixed}}}",
        all - read - generator
    );
    Ok(())
}
