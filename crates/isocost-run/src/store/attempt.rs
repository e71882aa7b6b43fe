//! Writing an attempt down: at its start, so that a crash leaves a trace, and at its end.

use std::fs::File;

use isocost_fs::{IoError, IoResult, Operation};

use super::{AttemptRecord, Layout};
use crate::ident::AttemptRef;

/// Whether a finished attempt's record waits for the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Durability {
    /// A recorded end survives a power cut: two fsyncs an attempt.
    #[default]
    Evidence,
    /// It survives a crash of the program, not of the machine.
    Cache,
}

/// An attempt that is being made.
#[derive(Debug)]
pub struct OpenAttempt {
    reference: AttemptRef,
    stdout: File,
    stderr: File,
}

impl OpenAttempt {
    /// Creates the directory and the logs and writes the record. If it fails, nothing counts as started.
    pub fn begin(layout: &Layout, record: &AttemptRecord) -> IoResult<Self> {
        let reference = record.reference();
        let dir = layout.attempt(&reference);
        if isocost_fs::exists(&dir) {
            // No record, or its number would not be free: a crash before the start left it.
            isocost_fs::remove_tree(&dir)?;
        }
        let begun = Self::create(layout, record, &reference);
        if begun.is_err() {
            let _ = isocost_fs::remove_tree(&dir);
        }
        begun
    }

    fn create(layout: &Layout, record: &AttemptRecord, reference: &AttemptRef) -> IoResult<Self> {
        isocost_fs::create_dir_all(&layout.artifacts(reference))?;
        let stdout = isocost_fs::create_locked_log(&layout.stdout(reference))?;
        let stderr = isocost_fs::create_log(&layout.stderr(reference))?;
        isocost_fs::write_cache(&layout.record(reference), &to_bytes(record))?;
        Ok(Self { reference: reference.clone(), stdout, stderr })
    }

    /// The attempt.
    pub fn reference(&self) -> &AttemptRef {
        &self.reference
    }

    /// Handles of the logs for a child: output and errors.
    pub fn logs(&self, layout: &Layout) -> IoResult<(File, File)> {
        let failed = |source| IoError::new(Operation::Write, &layout.attempt(&self.reference), source);
        Ok((self.stdout.try_clone().map_err(failed)?, self.stderr.try_clone().map_err(failed)?))
    }

    /// Writes the record of its end.
    pub fn finish(self, layout: &Layout, record: &AttemptRecord, durability: Durability) -> IoResult<()> {
        let path = layout.record(&self.reference);
        match durability {
            Durability::Evidence => isocost_fs::write_evidence(&path, &to_bytes(record)),
            Durability::Cache => isocost_fs::write_cache(&path, &to_bytes(record)),
        }
    }
}

fn to_bytes(record: &AttemptRecord) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(record).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
