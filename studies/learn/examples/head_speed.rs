//! Times the training of one head of the official shape: 3,339 clips, 768 features, 128 hidden, 29 classes, 5 epochs.

use std::time::Instant;

use isocost_study_learn::torch::{
    AdamRates, HeadKind, HeadShape, HeadTraining, PickedClips, TorchRng, train_head,
};

#[expect(clippy::print_stdout, reason = "an example")]
fn main() -> Result<(), isocost_study_learn::LearnError> {
    let (clips, seconds, inputs) = (3339, 10, 768);
    let mut rng = TorchRng::new(0);
    let table: Vec<f32> = (0..clips * seconds * inputs).map(|_| rng.uniform(-1.0, 1.0)).collect();
    let rows: Vec<u32> = (0..33_390).collect();
    let labels: Vec<usize> = (0..clips * seconds).map(|second| second % 29).collect();
    let picked = PickedClips::new(&table, inputs, &rows, seconds)?;
    let training = HeadTraining { epochs: 5, batch: 16, rates: AdamRates { learning: 2e-3, decay: 0.0 } };
    for kind in [HeadKind::TemporalConv { kernel: 3 }, HeadKind::Mlp] {
        let start = Instant::now();
        train_head(
            HeadShape { kind, inputs, hidden: 128, classes: 29, dropout: 0.0 },
            &training,
            &picked,
            &labels,
            0,
        )?;
        println!("{kind:?}: {:.2} s", start.elapsed().as_secs_f64());
    }
    Ok(())
}
