//! Whose behaviour is wanted.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::AvError;

/// Whether the reference's defects are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// What its author meant.
    #[default]
    Sound,
    /// The reference's numbers, defects included (`listen_core` section 15).
    Compat,
}

impl FromStr for Mode {
    type Err = AvError;

    fn from_str(text: &str) -> Result<Self, AvError> {
        match text {
            "sound" => Ok(Self::Sound),
            "compat" => Ok(Self::Compat),
            _ => Err(AvError::options(format!("`{text}` is no mode"), "write sound or compat")),
        }
    }
}
