//! Stage-1 scores in the reference's JSON.
//!
//! Source: `listen_core` section 3.5.

use std::collections::BTreeMap;
use std::path::Path;

use crate::json::NotFinite;
use crate::{AvError, AvResult, Json};

/// Scores per second, by clip.
pub type Scores = BTreeMap<String, Vec<f64>>;

/// Reads an object of lists by id, or one with such an object under `scores`. Numbers must be finite.
pub fn read_scores(path: &Path) -> AvResult<Scores> {
    let hint = "write {\"scores\": {id: [a number per second]}}";
    let text = isocost_fs::read_to_string(path)?;
    let mut value: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| AvError::file(path, error.to_string(), hint))?;
    let inner = value.get_mut("scores").filter(|scores| scores.is_object()).map(serde_json::Value::take);
    serde_json::from_value(inner.unwrap_or(value))
        .map_err(|error| AvError::file(path, error.to_string(), hint))
}

/// Writes scores as the reference does.
pub fn write_scores(path: &Path, method: &str, seconds: usize, scores: &Scores) -> AvResult<()> {
    let lists = scores.iter().map(|(id, scores)| (id.clone(), Json::list(scores.iter().copied()))).collect();
    let json = Json::map([
        ("ok", true.into()),
        ("eventness_method", method.into()),
        ("num_segments", seconds.into()),
        ("scores", Json::Map(lists)),
    ]);
    Ok(isocost_fs::write_evidence(path, json.pretty(NotFinite::Null).as_bytes())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_survive_writing_and_a_bare_object_is_read_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("scores.json");
        let scores: Scores =
            [("a".to_owned(), vec![-27.631_021_115_928_547, 0.1]), ("b".to_owned(), vec![1.0])].into();
        write_scores(&path, "energy", 2, &scores).unwrap();
        assert_eq!(read_scores(&path).unwrap(), scores);
        isocost_fs::write_cache(&path, b"{\"a\": [1, 2.5]}").unwrap();
        assert_eq!(read_scores(&path).unwrap()["a"], [1.0, 2.5]);
        isocost_fs::write_cache(&path, b"{\"a\": [1, null]}").unwrap();
        assert!(read_scores(&path).is_err());
    }
}
