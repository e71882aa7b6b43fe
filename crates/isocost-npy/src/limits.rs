//! How much a file may make us hold.

use crate::{Problem, error::Checked};

/// Bounds on what is read. A file that declares more is refused before memory is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one array in memory, and of all members of an archive together.
    pub max_bytes: u64,
    /// Members of an archive.
    pub max_members: u64,
}

/// What deflate can reach at most is 1032 to 1.
const MAX_RATIO: u64 = 1_040;
const SLACK: u64 = 1 << 10;

impl Default for Limits {
    /// 8 GiB and 65,536 members.
    fn default() -> Self {
        Self { max_bytes: 8 << 30, max_members: 1 << 16 }
    }
}

impl Limits {
    /// No more than this many bytes.
    pub fn of_bytes(max_bytes: u64) -> Self {
        Self { max_bytes, ..Self::default() }
    }

    pub(crate) fn check_bytes(&self, declared: u64) -> Checked<()> {
        if declared > self.max_bytes {
            return Err(Problem::TooLarge { declared, limit: self.max_bytes });
        }
        Ok(())
    }

    /// A member that claims to unpack to more than its bytes can hold lies about its size.
    pub(crate) fn check_ratio(compressed: u64, declared: u64) -> Checked<()> {
        if declared > compressed.saturating_mul(MAX_RATIO).saturating_add(SLACK) {
            return Err(Problem::Damaged(format!(
                "{compressed} compressed bytes cannot hold the {declared} that are declared"
            )));
        }
        Ok(())
    }
}
