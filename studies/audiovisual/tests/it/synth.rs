//! The miniature data set, as the reference's `gen_synth.py --frames` makes it (without the pictures, whose draws are skipped).

use std::path::{Path, PathBuf};

use isocost_npy::{Array, Compression, Data, save_npz};
use isocost_stats::generators::numpy::Generator;

const RESOLUTIONS: [u32; 5] = [112, 160, 224, 352, 448];
const SIGMA_EVENT: [f64; 5] = [2.2, 1.7, 1.2, 0.7, 0.5];
const SIGMA_BACKGROUND: [f64; 5] = [0.5, 0.45, 0.4, 0.35, 0.3];
const DIM: usize = 32;
const CLASSES: i64 = 6;
const RATE: usize = 16_000;

/// A folder with the data; deleted when dropped.
pub(crate) struct Tiny {
    folder: tempfile::TempDir,
}

impl Tiny {
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// 64 training, 32 validation and 32 test clips.
    pub(crate) fn new() -> Self {
        let tiny = Self { folder: tempfile::tempdir().unwrap() };
        for name in ["meta", "processed", "caches"] {
            isocost_fs::create_dir_all(&tiny.path(name)).unwrap();
        }
        let mut rng = Generator::new(0);
        let mut prototypes = narrow(&normals(&mut rng, 7 * DIM));
        for value in &mut prototypes[..DIM] {
            *value *= 0.2;
        }
        let mut number = 0;
        for (split, count) in [("train", 64), ("val", 32), ("test", 32)] {
            let mut rows = "Category&VideoID&Quality&StartTime&EndTime\n".to_owned();
            for _ in 0..count {
                let id = format!("clip{number:05}");
                number += 1;
                rows.push_str(&tiny.clip(&mut rng, &id, &prototypes));
            }
            isocost_fs::write_cache(&tiny.path("meta").join(format!("{split}Set.txt")), rows.as_bytes())
                .unwrap();
        }
        tiny
    }

    fn clip(&self, rng: &mut Generator, id: &str, prototypes: &[f32]) -> String {
        let class = rng.integers(0, CLASSES).unwrap();
        let length = rng.integers(1, 11).unwrap();
        let start = rng.integers(0, 10 - length + 1).unwrap();
        let event = |second: i64| (start..start + length).contains(&second);
        let folder = self.path("processed").join(id);
        isocost_fs::create_dir_all(&folder).unwrap();
        isocost_fs::write_cache(&folder.join("audio.wav"), &wav(&sound(rng, class, &event))).unwrap();
        let row_of = |second: usize| {
            if event(i64::try_from(second).unwrap()) { usize::try_from(class).unwrap() + 1 } else { 0 }
        };
        self.features(rng, id, prototypes, &row_of);
        // Pictures: whole numbers below 255 for the base, then uniform noise for each second.
        for _ in 0..48 * 64 * 3 {
            rng.integers(0, 255).unwrap();
        }
        for _ in 0..10 * 48 * 64 * 3 {
            rng.random();
        }
        let name = char::from(b'A' + u8::try_from(class).unwrap());
        format!("Class {name}&{id}&good&{start}&{}\n", start + length)
    }

    fn features(&self, rng: &mut Generator, id: &str, prototypes: &[f32], row_of: &dyn Fn(usize) -> usize) {
        let shared = normals(rng, 10 * DIM);
        let mut arrays = Vec::new();
        for (level, side) in RESOLUTIONS.iter().enumerate() {
            let own = normals(rng, 10 * DIM);
            let value = |at: usize| {
                let row = row_of(at / DIM);
                let sigma = if row == 0 { SIGMA_BACKGROUND[level] } else { SIGMA_EVENT[level] };
                f64::from(prototypes[row * DIM + at % DIM]) + sigma * (0.8 * shared[at] + 0.6 * own[at])
            };
            let values = narrow(&(0..10 * DIM).map(value).collect::<Vec<_>>());
            arrays.push((format!("res_{side}"), Array::new(vec![10, DIM], Data::F32(values)).unwrap()));
        }
        let named: Vec<(&str, &Array)> = arrays.iter().map(|(name, array)| (name.as_str(), array)).collect();
        save_npz(&self.path("caches").join(format!("{id}.npz")), &named, Compression::Stored).unwrap();
    }
}

fn sound(rng: &mut Generator, class: i64, event: &dyn Fn(i64) -> bool) -> Vec<f64> {
    let mut loudness: Vec<f64> = normals(rng, 10).iter().map(|value| 0.02 * (0.3 * value).exp()).collect();
    for second in 0..10 {
        if event(second) && rng.random() < 0.85 {
            loudness[usize::try_from(second).unwrap()] = 0.25 * (0.5 * rng.standard_normal()).exp();
        }
    }
    if rng.random() < 0.2 {
        let loud = rng.integers(0, 10).unwrap();
        loudness[usize::try_from(loud).unwrap()] = 0.4;
    }
    let turn = 2.0 * std::f64::consts::PI * f64::from(220 + 60 * i32::try_from(class).unwrap());
    let mut samples = Vec::with_capacity(10 * RATE);
    for loudness in loudness {
        let noise = normals(rng, RATE);
        let sample = |at: usize| {
            let time = at as f64 / RATE as f64;
            loudness * (0.7 * (turn * time).sin() + 0.3 * noise[at])
        };
        samples.extend((0..RATE).map(sample));
    }
    let change = rng.integers(-7, 8).unwrap();
    let length = i64::try_from(samples.len()).unwrap() + change;
    samples.resize(usize::try_from(length).unwrap(), 0.0);
    samples
}

fn wav(samples: &[f64]) -> Vec<u8> {
    let size = u32::try_from(samples.len() * 2).unwrap();
    let mut bytes = Vec::new();
    bytes.extend(b"RIFF");
    bytes.extend((size + 36).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend([16, 0, 0, 0, 1, 0, 1, 0]);
    bytes.extend(16_000_u32.to_le_bytes());
    bytes.extend(32_000_u32.to_le_bytes());
    bytes.extend([2, 0, 16, 0]);
    bytes.extend(b"data");
    bytes.extend(size.to_le_bytes());
    for sample in samples {
        #[expect(clippy::cast_possible_truncation, reason = "cut to the range")]
        let value = (sample * 32767.0).round_ties_even().clamp(-32768.0, 32767.0) as i16;
        bytes.extend(value.to_le_bytes());
    }
    bytes
}

fn normals(rng: &mut Generator, count: usize) -> Vec<f64> {
    (0..count).map(|_| rng.standard_normal()).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "the data set is single precision")]
fn narrow(values: &[f64]) -> Vec<f32> {
    values.iter().map(|value| *value as f32).collect()
}

/// Where the reference's files for this data set lie.
pub(crate) fn reference_path(name: &str) -> PathBuf {
    let folder = std::env::var_os("ISOCOST_GOLDEN")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/golden"), PathBuf::from);
    folder.join("audiovisual/tiny/reference").join(name)
}

/// One of them; `None`, said by name, where it is absent.
#[expect(clippy::print_stderr, reason = "a skipped file is named")]
pub(crate) fn reference(name: &str) -> Option<serde_json::Value> {
    let Ok(text) = isocost_fs::read_to_string(&reference_path(name)) else {
        eprintln!("skipped: there is no {name}");
        return None;
    };
    // Python writes bare NaN; as text it stays comparable.
    Some(serde_json::from_str(&text.replace(": NaN", ": \"NaN\"")).unwrap())
}
