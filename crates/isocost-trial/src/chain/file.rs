//! A chain on disk.

use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Record;
use super::line::{self, NOTHING};

/// How long an append waits for another process that holds the chain.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why a chain cannot be read or extended.
#[derive(Debug, thiserror::Error)]
pub enum ChainError {
    /// The file could not be read or written.
    #[error(transparent)]
    Io(#[from] isocost_fs::IoError),
    /// Another process holds the chain.
    #[error("{0}; wait for it to end and try again")]
    Locked(String),
    /// The records do not follow each other.
    #[error("{}:{line}: {why}; the file was changed after it was written: restore it from a backup or version control", .path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// The first line, from 1, that does not fit.
        line: u64,
        /// How it does not fit.
        why: String,
    },
    /// A record is not of the version that this program knows.
    #[error("{}:{line}: {why}; was it written by a newer isocost?", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        why: String,
    },
    /// The record to add cannot be written as JSON.
    #[error("cannot write the record: {0}")]
    Unwritable(String),
}

/// A record of a chain with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored<T> {
    /// The record.
    pub record: T,
    /// Its line, from 1.
    pub line: u64,
    /// Its hash.
    pub hash: String,
}

/// What a check of a chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// Number of records.
    pub records: u64,
    /// Hash of the last record; 64 zeros if there is none.
    pub head: String,
    /// Lines, from 1, that a crash left incomplete.
    pub torn: Vec<u64>,
}

/// A chain that this process may extend: it holds the lock `FILE.lock` until dropped.
#[derive(Debug)]
pub struct Chain<T> {
    path: PathBuf,
    head: String,
    _lock: isocost_fs::Lock,
    kind: PhantomData<T>,
}

impl<T: Record> Chain<T> {
    /// Takes the lock, checks the whole chain, and returns it with its records. A file that does not exist is an empty chain.
    ///
    /// `holder` is what others are told while they wait.
    pub fn open(path: &Path, holder: &str) -> Result<(Self, Vec<Stored<T>>), ChainError> {
        let lock = lock(path, holder)?;
        let records = read_chain(path)?;
        let head =
            records.last().map_or_else(|| NOTHING.to_owned(), |stored: &Stored<T>| stored.hash.clone());
        Ok((Self { path: path.to_owned(), head, _lock: lock, kind: PhantomData }, records))
    }

    /// Adds a record durably and returns its hash.
    pub fn append(&mut self, record: &T) -> Result<String, ChainError> {
        let object =
            serde_json::to_string(record).map_err(|error| ChainError::Unwritable(error.to_string()))?;
        let (line, hash) = line::join(&object, &self.head)
            .ok_or_else(|| ChainError::Unwritable("it is not an object".to_owned()))?;
        isocost_fs::append_line(&self.path, &line)?;
        self.head.clone_from(&hash);
        Ok(hash)
    }

    /// Hash of the last record; 64 zeros if there is none.
    pub fn head(&self) -> &str {
        &self.head
    }
}

fn lock(path: &Path, holder: &str) -> Result<isocost_fs::Lock, ChainError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let start = std::time::Instant::now();
    loop {
        match isocost_fs::try_lock(Path::new(&name), holder) {
            Ok(lock) => return Ok(lock),
            Err(isocost_fs::LockError::Io(error)) => return Err(error.into()),
            Err(held) if start.elapsed() > PATIENCE => return Err(ChainError::Locked(held.to_string())),
            Err(_) => std::thread::sleep(Duration::from_millis(20)),
        }
    }
}

/// Reads and checks all records of a chain. A file that does not exist has none.
pub fn read_chain<T: Record>(path: &Path) -> Result<Vec<Stored<T>>, ChainError> {
    let text = text_of(path)?;
    let mut records = Vec::new();
    for (line, parts) in links(path, &text)?.whole {
        let unreadable = |why: String| ChainError::Unreadable { path: path.to_owned(), line, why };
        let value: serde_json::Value = serde_json::from_str(&format!("{}}}", parts.body))
            .map_err(|error| unreadable(error.to_string()))?;
        let schema = value.get("schema").and_then(serde_json::Value::as_str).unwrap_or_default();
        if schema != T::SCHEMA {
            return Err(unreadable(format!("schema `{schema}` instead of `{}`", T::SCHEMA)));
        }
        let record = serde_json::from_value(value).map_err(|error| unreadable(error.to_string()))?;
        records.push(Stored { record, line, hash: parts.hash.to_owned() });
    }
    Ok(records)
}

/// Checks the links of a chain without understanding its records.
pub fn verify_chain(path: &Path) -> Result<Verification, ChainError> {
    let text = text_of(path)?;
    let links = links(path, &text)?;
    let head = links.whole.last().map_or_else(|| NOTHING.to_owned(), |(_, parts)| parts.hash.to_owned());
    Ok(Verification { records: links.whole.len() as u64, head, torn: links.torn })
}

fn text_of(path: &Path) -> Result<String, ChainError> {
    match isocost_fs::read(path) {
        // Bytes that are not UTF-8 become marks that no hash fits.
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) if error.is_not_found() => Ok(String::new()),
        Err(error) => Err(error.into()),
    }
}

struct Links<'l> {
    whole: Vec<(u64, line::Parts<'l>)>,
    torn: Vec<u64>,
}

fn links<'l>(path: &Path, text: &'l str) -> Result<Links<'l>, ChainError> {
    let mut links = Links { whole: Vec::new(), torn: Vec::new() };
    let mut prev = NOTHING;
    for (line, content) in (1_u64..).zip(text.lines()) {
        let broken = |why: &str| ChainError::Broken { path: path.to_owned(), line, why: why.to_owned() };
        let Some(parts) = line::split(content) else {
            // A torn line is the beginning of a record; anything else was put there.
            let is_whole = serde_json::from_str::<serde::de::IgnoredAny>(content).is_ok();
            if !content.starts_with('{') || is_whole {
                return Err(broken("this is no record of a chain"));
            }
            links.torn.push(line);
            continue;
        };
        if line::hash(parts.hashed) != parts.hash {
            return Err(broken("the record does not have the hash that it names"));
        }
        if parts.prev != prev {
            return Err(broken("the record does not follow the one before it"));
        }
        prev = parts.hash;
        links.whole.push((line, parts));
    }
    Ok(links)
}
