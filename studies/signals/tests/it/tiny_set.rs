//! The clips of the tiny set, made again number for number as its `gen_synth.py` makes them with frames.

use isocost_stats::generators::numpy::Generator;

const SECONDS: usize = 10;
const RATE: usize = 16_000;
const CLASSES: usize = 6;
const WIDTH: usize = 32;
/// The splits' sizes.
const CLIPS: [usize; 3] = [64, 32, 32];
/// Resolutions with the spread of their features on event seconds and on others.
pub(crate) const RESOLUTIONS: [(u32, f64, f64); 5] =
    [(112, 2.2, 0.5), (160, 1.7, 0.45), (224, 1.2, 0.4), (352, 0.7, 0.35), (448, 0.5, 0.3)];

/// One clip.
pub(crate) struct Clip {
    pub(crate) id: String,
    /// Class of each second, 0 for none.
    pub(crate) labels: Vec<usize>,
    pub(crate) pcm: Vec<i16>,
    /// Features per resolution, row by row.
    pub(crate) features: Vec<Vec<f32>>,
}

impl Clip {
    pub(crate) fn events(&self) -> Vec<usize> {
        (0..SECONDS).filter(|&second| self.labels[second] != 0).collect()
    }
}

/// Train, validation and test clips.
pub(crate) fn clips() -> [Vec<Clip>; 3] {
    let mut draws = Generator::new(0);
    #[expect(clippy::cast_possible_truncation, reason = "the script narrows them")]
    let mut prototypes: Vec<f32> =
        normals(&mut draws, (CLASSES + 1) * WIDTH).iter().map(|x| *x as f32).collect();
    prototypes.iter_mut().take(WIDTH).for_each(|value| *value *= 0.2);
    let mut number = 0;
    CLIPS.map(|count| {
        (0..count)
            .map(|_| {
                let clip = clip(&mut draws, &prototypes, format!("clip{number:05}"));
                number += 1;
                clip
            })
            .collect()
    })
}

fn normals(draws: &mut Generator, count: usize) -> Vec<f64> {
    (0..count).map(|_| draws.standard_normal()).collect()
}

fn below(draws: &mut Generator, count: usize) -> usize {
    usize::try_from(draws.integers(0, i64::try_from(count).unwrap()).unwrap()).unwrap()
}

fn clip(draws: &mut Generator, prototypes: &[f32], id: String) -> Clip {
    let class = below(draws, CLASSES);
    let length = 1 + below(draws, 10);
    let start = below(draws, SECONDS - length + 1);
    let mut labels = vec![0; SECONDS];
    labels[start..start + length].fill(class + 1);
    let pcm = sound(draws, &labels, class);
    let features = features(draws, &labels, prototypes);
    skip_frames(draws);
    Clip { id, labels, pcm, features }
}

fn sound(draws: &mut Generator, labels: &[usize], class: usize) -> Vec<i16> {
    let mut loudness: Vec<f64> = normals(draws, SECONDS).iter().map(|x| 0.02 * (0.3 * x).exp()).collect();
    for (loudness, label) in loudness.iter_mut().zip(labels) {
        if *label != 0 && draws.random() < 0.85 {
            *loudness = 0.25 * (0.5 * draws.standard_normal()).exp();
        }
    }
    if draws.random() < 0.2 {
        loudness[below(draws, SECONDS)] = 0.4;
    }
    let pitch = (220 + 60 * class) as f64;
    let mut samples = Vec::with_capacity(SECONDS * RATE);
    for loudness in loudness {
        for step in 0..RATE {
            let time = step as f64 / RATE as f64;
            let tone = (2.0 * std::f64::consts::PI * pitch * time).sin();
            samples.push(loudness * (0.7 * tone + 0.3 * draws.standard_normal()));
        }
    }
    let offset = draws.integers(-7, 8).unwrap();
    samples.resize((SECONDS * RATE).checked_add_signed(isize::try_from(offset).unwrap()).unwrap(), 0.0);
    #[expect(clippy::cast_possible_truncation, reason = "the value is cut to the range of 16 bits")]
    samples.iter().map(|x| (x * 32767.0).round_ties_even().clamp(-32768.0, 32767.0) as i16).collect()
}

fn features(draws: &mut Generator, labels: &[usize], prototypes: &[f32]) -> Vec<Vec<f32>> {
    let shared = normals(draws, SECONDS * WIDTH);
    RESOLUTIONS
        .map(|(_, on_event, elsewhere)| {
            let own = normals(draws, SECONDS * WIDTH);
            #[expect(clippy::cast_possible_truncation, reason = "the script narrows them")]
            let row = |at: usize| {
                let label = labels[at / WIDTH];
                let spread = if label == 0 { elsewhere } else { on_event };
                let prototype = f64::from(prototypes[label * WIDTH + at % WIDTH]);
                (prototype + spread * (0.8 * shared[at] + 0.6 * own[at])) as f32
            };
            (0..SECONDS * WIDTH).map(row).collect()
        })
        .into()
}

/// The frames are not needed, their draws are.
fn skip_frames(draws: &mut Generator) {
    const PIXELS: usize = 48 * 64 * 3;
    for _ in 0..PIXELS {
        draws.below(255);
    }
    for _ in 0..SECONDS * PIXELS {
        draws.random();
    }
}
