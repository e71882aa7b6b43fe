//! Archives of arrays.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;
use std::path::Path;

use flate2::read::DeflateDecoder;
use rawzip::{
    CompressionMethod, FileReader, RECOMMENDED_BUFFER_SIZE, ReaderAt, ZipArchive, ZipArchiveEntryWayfinder,
    ZipLocator,
};

use crate::dtype::shortened;
use crate::error::Checked;
use crate::{Array, Limits, NpyError, NpyResult, Problem, parse_npy};

type Source = Box<dyn ReaderAt + Send + Sync>;

/// An open `.npz` file. Only its directory is held; each array is read when it is asked for.
pub struct Npz {
    place: String,
    limits: Limits,
    archive: ZipArchive<Source>,
    members: BTreeMap<String, Member>,
}

struct Member {
    wayfinder: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    compressed: u64,
    size: u64,
    encrypted: bool,
    twice: bool,
}

impl fmt::Debug for Npz {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Npz")
            .field("place", &self.place)
            .field("names", &self.names())
            .finish_non_exhaustive()
    }
}

impl Npz {
    /// Opens a file under the default limits.
    pub fn open(path: &Path) -> NpyResult<Self> {
        Self::open_within(path, Limits::default())
    }

    /// Opens a file under these limits.
    pub fn open_within(path: &Path, limits: Limits) -> NpyResult<Self> {
        let place = path.display().to_string();
        let opened = isocost_fs::size_of(path).and_then(|size| Ok((size, isocost_fs::open_file(path)?)));
        let (size, file) = opened.map_err(|error| NpyError::at(&place, error.into()))?;
        Self::from_source(place, Box::new(FileReader::from(file)), size, limits)
    }

    /// Reads an archive that is in memory; `place` names it in errors.
    pub fn from_bytes(place: &str, bytes: Vec<u8>, limits: Limits) -> NpyResult<Self> {
        let size = bytes.len() as u64;
        Self::from_source(place.to_owned(), Box::new(bytes), size, limits)
    }

    fn from_source(place: String, source: Source, size: u64, limits: Limits) -> NpyResult<Self> {
        let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
        let located = ZipLocator::new().locate_in_reader(source, &mut buffer, size);
        let archive = match located {
            Ok(archive) => archive,
            Err((_, error)) => return Err(NpyError::at(place, Problem::NotZip(error.to_string()))),
        };
        match directory(&archive, &mut buffer, size, limits) {
            Ok(members) => Ok(Self { place, limits, archive, members }),
            Err(problem) => Err(NpyError::at(place, problem)),
        }
    }

    /// Names of the arrays, in byte order.
    pub fn names(&self) -> Vec<&str> {
        self.members.keys().map(String::as_str).collect()
    }

    /// Whether there is an array of this name.
    pub fn contains(&self, name: &str) -> bool {
        self.members.contains_key(name)
    }

    /// Reads one array.
    pub fn array(&self, name: &str) -> NpyResult<Array> {
        let read = || parse_npy(&self.member_bytes(name)?, self.limits);
        read().map_err(|problem| NpyError::at(format!("{}: {}", self.place, shortened(name)), problem))
    }

    fn member_bytes(&self, name: &str) -> Checked<Vec<u8>> {
        let available = || self.members.keys().take(40).map(|name| shortened(name)).collect();
        let member = self.members.get(name).ok_or_else(|| Problem::Missing { available: available() })?;
        if member.twice {
            return Err(Problem::Duplicate);
        }
        if member.encrypted {
            return Err(Problem::Method("encrypted".to_owned()));
        }
        let entry = self.archive.get_entry(member.wayfinder).map_err(damaged)?;
        match member.method {
            CompressionMethod::STORE => take(entry.verifying_reader(entry.reader()), member.size),
            CompressionMethod::DEFLATE => {
                take(entry.verifying_reader(DeflateDecoder::new(entry.reader())), member.size)
            }
            other => Err(Problem::Method(format!("compressed by method {}", other.as_u16()))),
        }
    }

    /// Bytes that an array takes in the file.
    pub fn stored_bytes(&self, name: &str) -> Option<u64> {
        self.members.get(name).map(|member| member.compressed)
    }
}

fn damaged(error: impl fmt::Display) -> Problem {
    Problem::Damaged(error.to_string())
}

/// Everything the reader gives, which must be exactly the declared size, one that [`directory`] has checked.
fn take(reader: impl Read, size: u64) -> Checked<Vec<u8>> {
    let capacity = usize::try_from(size).map_err(damaged)?;
    let mut bytes = Vec::with_capacity(capacity);
    reader.take(size.saturating_add(1)).read_to_end(&mut bytes).map_err(damaged)?;
    if bytes.len() as u64 == size {
        Ok(bytes)
    } else {
        Err(Problem::Truncated { needed: size, found: bytes.len() as u64 })
    }
}

/// The members by array name; checks every declared size against the file and the limits.
fn directory(
    archive: &ZipArchive<Source>,
    buffer: &mut [u8],
    file_size: u64,
    limits: Limits,
) -> Checked<BTreeMap<String, Member>> {
    let mut members: BTreeMap<String, Member> = BTreeMap::new();
    let (mut total, mut count) = (0_u64, 0_u64);
    let expected = archive.entries_hint();
    let mut entries = archive.entries(buffer);
    while let Some(entry) = entries.next_entry().map_err(damaged)? {
        count += 1;
        if count > limits.max_members {
            return Err(Problem::TooLarge { declared: count, limit: limits.max_members });
        }
        if entry.is_dir() {
            continue;
        }
        let (compressed, size) = (entry.compressed_size_hint(), entry.uncompressed_size_hint());
        let end = entry.local_header_offset().checked_add(compressed);
        if end.is_none_or(|end| end > file_size) {
            return Err(Problem::Truncated { needed: end.unwrap_or(u64::MAX), found: file_size });
        }
        Limits::check_ratio(compressed, size)?;
        total = total.saturating_add(size);
        limits.check_bytes(total)?;
        let file = String::from_utf8_lossy(entry.file_path().as_ref()).into_owned();
        let name = file.strip_suffix(".npy").unwrap_or(&file).to_owned();
        let member = Member {
            wayfinder: entry.wayfinder(),
            method: entry.compression_method(),
            compressed,
            size,
            encrypted: entry.flags().is_encrypted(),
            twice: members.contains_key(&name),
        };
        members.insert(name, member);
    }
    if count != expected {
        return Err(Problem::Damaged(format!("{expected} members are declared, {count} are listed")));
    }
    Ok(members)
}
