//! Cached features of every second at every resolution.
//!
//! Source: `listen_core` section 3.3.

use std::collections::BTreeMap;
use std::path::Path;

use isocost_npy::{Array, Npz};
use isocost_study_budget::plan::Pixels;
use rayon::prelude::*;
use serde::Deserialize;

use crate::{AvError, AvResult};

/// One table of rows: clip by clip, resolution by resolution, second by second. Plans pick rows by number; nothing is copied for them.
#[derive(Debug, Clone, PartialEq)]
pub struct FeatureStore {
    clips: BTreeMap<String, usize>,
    resolutions: Vec<u32>,
    seconds: usize,
    columns: usize,
    values: Vec<f32>,
}

#[derive(Deserialize)]
struct Sidecar {
    resolutions: Vec<u32>,
}

impl FeatureStore {
    /// Reads `<id>.npz` of each id at these resolutions. Errors name the clip and what it lacks.
    pub fn read(caches: &Path, ids: &[String], resolutions: &[u32], seconds: usize) -> AvResult<Self> {
        let read = |id: &String| read_clip(caches, id, resolutions, seconds);
        let clips = ids.par_iter().map(read).collect::<AvResult<Vec<_>>>()?;
        let columns = clips.first().map_or(0, |(columns, _)| *columns);
        let mut values = Vec::with_capacity(clips.len() * resolutions.len() * seconds * columns);
        let mut numbers = BTreeMap::new();
        for (number, (id, (width, rows))) in ids.iter().zip(clips).enumerate() {
            if width != columns {
                return Err(AvError::clip(
                    id,
                    format!("its features have {width} columns, those of the first clip {columns}"),
                ));
            }
            values.extend_from_slice(&rows);
            numbers.insert(id.clone(), number);
        }
        Self::new(numbers, resolutions.to_vec(), seconds, columns, values)
    }

    /// From a table. `clips` gives each id its place.
    pub fn new(
        clips: BTreeMap<String, usize>,
        resolutions: Vec<u32>,
        seconds: usize,
        columns: usize,
        values: Vec<f32>,
    ) -> AvResult<Self> {
        let rows = clips.len() * resolutions.len() * seconds;
        if rows * columns != values.len() || u32::try_from(rows).is_err() {
            return Err(AvError::options(
                format!("a table of {rows} rows of {columns} columns does not have {} values", values.len()),
                "fewer clips or resolutions are needed",
            ));
        }
        Ok(Self { clips, resolutions, seconds, columns, values })
    }

    /// The table, row by row.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// Columns of the table.
    pub const fn columns(&self) -> usize {
        self.columns
    }

    /// Seconds of each clip.
    pub const fn seconds(&self) -> usize {
        self.seconds
    }

    /// Resolutions of the table.
    pub fn resolutions(&self) -> &[u32] {
        &self.resolutions
    }

    /// The number of the row of a second at a resolution.
    pub fn row(&self, id: &str, resolution: Pixels, second: usize) -> AvResult<u32> {
        let clip = self.clips.get(id).ok_or_else(|| AvError::clip(id, "it has no cached features"))?;
        let level = self.resolutions.iter().position(|known| *known == resolution.get());
        let level =
            level.ok_or_else(|| AvError::clip(id, format!("resolution {resolution} is not in its cache")))?;
        let row = (clip * self.resolutions.len() + level) * self.seconds + second;
        u32::try_from(row).map_err(|_| AvError::clip(id, "its row number is too large"))
    }

    /// The features of a clip at a resolution, second by second; `None` where they are not held.
    pub fn clip(&self, id: &str, resolution: u32) -> Option<&[f32]> {
        let first = self.row(id, Pixels::new(resolution), 0).ok()? as usize * self.columns;
        self.values.get(first..first + self.seconds * self.columns)
    }

    /// Resolutions in the cache of a clip: in the order of its sidecar, or ascending.
    pub fn cached_resolutions(caches: &Path, id: &str) -> AvResult<Vec<u32>> {
        let sidecar = caches.join(format!("{id}.json"));
        if isocost_fs::exists(&sidecar) {
            let text = isocost_fs::read_to_string(&sidecar)?;
            let read: Sidecar = serde_json::from_str(&text).map_err(|error| {
                AvError::file(&sidecar, error.to_string(), "write {\"resolutions\": [224]}")
            })?;
            return Ok(read.resolutions);
        }
        let npz = Npz::open(&caches.join(format!("{id}.npz")))?;
        let mut found: Vec<u32> =
            npz.names().iter().filter_map(|name| name.strip_prefix("res_")?.parse().ok()).collect();
        found.sort_unstable();
        Ok(found)
    }
}

/// Width and values of a clip at these resolutions.
fn read_clip(caches: &Path, id: &str, resolutions: &[u32], seconds: usize) -> AvResult<(usize, Vec<f32>)> {
    let npz = Npz::open(&caches.join(format!("{id}.npz")))?;
    let mut columns = None;
    let mut values = Vec::new();
    for resolution in resolutions {
        let name = format!("res_{resolution}");
        if !npz.contains(&name) {
            return Err(AvError::clip(
                id,
                format!("`{name}` is missing in its cache, which holds {}", npz.names().join(", ")),
            ));
        }
        let array: Array = npz.array(&name)?;
        let &[rows, width] = array.shape() else {
            return Err(AvError::clip(
                id,
                format!("`{name}` has {} dimensions instead of 2", array.shape().len()),
            ));
        };
        if rows != seconds || width == 0 || columns.is_some_and(|columns| columns != width) {
            return Err(AvError::clip(
                id,
                format!("`{name}` is {rows} by {width}; needed are {seconds} seconds of equal width"),
            ));
        }
        columns = Some(width);
        let array = array.to_f32().map_err(|problem| AvError::clip(id, format!("`{name}`: {problem}")))?;
        if let Some(at) = array.iter().position(|value| !value.is_finite()) {
            return Err(AvError::clip(
                id,
                format!("`{name}` holds a number that is not finite at second {}", at / width),
            ));
        }
        values.extend(array);
    }
    Ok((columns.unwrap_or(0), values))
}
