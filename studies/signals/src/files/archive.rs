//! Scores as an `.npz` archive: one array per clip, and nothing else.

use std::path::Path;

use isocost_npy::{Array, Compression, Data, Npz, save_npz};

use super::{ClipScores, FileResult};

/// Reads one array of one dimension per clip id. The archive does not say which method made them.
pub fn read_npz(path: &Path) -> FileResult<ClipScores> {
    let archive = Npz::open(path)?;
    let mut file = ClipScores::default();
    for clip in archive.names() {
        let place = || format!("{}: {clip}", path.display());
        let values =
            archive.array(clip)?.to_f64().map_err(|problem| isocost_npy::NpyError::at(place(), problem))?;
        file.scores.insert(clip.to_owned(), values);
    }
    Ok(file)
}

/// Writes one array of double precision per clip, in the order of their ids: the same scores give the same bytes.
pub fn write_npz(path: &Path, file: &ClipScores) -> FileResult<()> {
    let arrays: Vec<(&str, Array)> = file
        .scores
        .iter()
        .map(|(clip, scores)| (clip.as_str(), Array::vector(Data::F64(scores.clone()))))
        .collect();
    let arrays: Vec<(&str, &Array)> = arrays.iter().map(|(clip, array)| (*clip, array)).collect();
    Ok(save_npz(path, &arrays, Compression::Deflated)?)
}
