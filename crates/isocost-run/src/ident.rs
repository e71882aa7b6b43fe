//! Names of jobs, attempts and contents.

use std::fmt;

use isocost_ledger::model::{Id, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

/// What is run as one: a stage of an experiment. Written `E0001@smoke`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId {
    /// The experiment.
    pub experiment: Id,
    /// Its stage.
    pub stage: Stage,
}

impl JobId {
    /// The job of an experiment's stage.
    pub fn new(experiment: &str, stage: Stage) -> Self {
        Self { experiment: Id(experiment.to_owned()), stage }
    }

    /// The job that `E0001@smoke` names; `E0001` alone names its full stage.
    pub fn parse(text: &str) -> Option<Self> {
        let (experiment, stage) = match text.split_once('@') {
            Some((experiment, stage)) => (experiment, Stage::from_name(stage)?),
            None => (text, Stage::Full),
        };
        is_safe_name(experiment).then(|| Self::new(experiment, stage))
    }
}

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.experiment, self.stage.name())
    }
}

impl Serialize for JobId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for JobId {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "JobId".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "An experiment and a stage: `E0001@smoke`." })
    }
}

/// Whether an experiment's name can be a directory's name: letters, digits, `-`, `_` and `.`, not starting with a dot.
pub fn is_safe_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// The how-manieth attempt of a job, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct AttemptNo(pub u32);

impl AttemptNo {
    /// The next one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl fmt::Display for AttemptNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03}", self.0)
    }
}

/// One attempt of one job. Written `E0001@smoke#002`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttemptRef {
    /// The job.
    pub job: JobId,
    /// Which attempt of it.
    pub attempt: AttemptNo,
}

impl fmt::Display for AttemptRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.job, self.attempt)
    }
}

/// A BLAKE3 hash in lower-case hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Digest(String);

impl Digest {
    /// The hash of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(blake3::hash(bytes).to_hex().to_string())
    }

    /// All 64 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first eight characters: enough for people.
    pub fn short(&self) -> &str {
        self.0.get(..8).unwrap_or(&self.0)
    }
}

impl From<blake3::Hash> for Digest {
    fn from(hash: blake3::Hash) -> Self {
        Self(hash.to_hex().to_string())
    }
}

/// Stages in records, by name.
pub(crate) mod stage_name {
    use isocost_ledger::model::Stage;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde fixes the signature")]
    pub(crate) fn serialize<S: Serializer>(stage: &Stage, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(stage.name())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Stage, D::Error> {
        let name = String::deserialize(deserializer)?;
        Stage::from_name(&name).ok_or_else(|| D::Error::custom(format!("no stage is named `{name}`")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_is_read_back_from_its_name() {
        let job = JobId::new("E0001", Stage::Smoke);
        assert_eq!(JobId::parse(&job.to_string()), Some(job));
        assert_eq!(JobId::parse("E0001"), Some(JobId::new("E0001", Stage::Full)));
    }

    #[test]
    fn a_name_that_would_leave_its_directory_is_no_job() {
        for hostile in ["..", "../E1@smoke", "a/b", "", ".hidden", "E1@lunch"] {
            assert_eq!(JobId::parse(hostile), None, "{hostile}");
        }
    }
}
