//! Members of a zip archive, each within a limit.

use std::io::Read;
use std::path::Path;

use flate2::read::DeflateDecoder;
use rawzip::{
    CompressionMethod, FileReader, RECOMMENDED_BUFFER_SIZE, ZipArchive, ZipArchiveEntryWayfinder, ZipLocator,
};

use super::error::{ImportError, ImportProblem};

/// No member of a log is larger.
const LARGEST_MEMBER: u64 = 256 << 20;
/// A log has fewer members.
const MOST_MEMBERS: usize = 1_000_000;

/// An open archive.
pub(super) struct Zip<'p> {
    path: &'p Path,
    archive: ZipArchive<FileReader>,
    members: Vec<(String, ZipArchiveEntryWayfinder, CompressionMethod)>,
}

impl<'p> Zip<'p> {
    pub(super) fn open(path: &'p Path) -> Result<Self, ImportError> {
        let damaged = |error: &dyn std::fmt::Display| {
            ImportError::malformed(path, format!("the archive cannot be read: {error}"))
        };
        let opened = isocost_fs::size_of(path).and_then(|size| Ok((size, isocost_fs::open_file(path)?)));
        let (size, file) = opened.map_err(|error| ImportError::at(path, error))?;
        let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
        let located = ZipLocator::new().locate_in_reader(FileReader::from(file), &mut buffer, size);
        let archive = located.map_err(|(_, error)| damaged(&error))?;
        let mut members = Vec::new();
        let mut entries = archive.entries(&mut buffer);
        while let Some(entry) = entries.next_entry().map_err(|error| damaged(&error))? {
            if members.len() == MOST_MEMBERS {
                return Err(damaged(&"more than a million members"));
            }
            let name = String::from_utf8_lossy(entry.file_path().as_ref()).into_owned();
            members.push((name, entry.wayfinder(), entry.compression_method()));
        }
        members.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(Self { path, archive, members })
    }

    /// Names of the members, in byte order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(|(name, ..)| name.as_str())
    }

    /// The bytes of a member.
    pub(super) fn bytes(&self, name: &str) -> Result<Vec<u8>, ImportError> {
        let wrong =
            |what: String| ImportError::malformed(self.path, format!("`{name}` in the archive: {what}"));
        let place = self.members.binary_search_by(|(member, ..)| member.as_str().cmp(name)).ok();
        let found = place.and_then(|place| self.members.get(place));
        let (_, wayfinder, method) = found.ok_or_else(|| wrong("not there".to_owned()))?;
        let entry = self.archive.get_entry(*wayfinder).map_err(|error| wrong(error.to_string()))?;
        let reader = entry.reader();
        let unpacked = match *method {
            CompressionMethod::STORE => taken(entry.verifying_reader(reader)),
            CompressionMethod::DEFLATE => taken(entry.verifying_reader(DeflateDecoder::new(reader))),
            CompressionMethod::ZSTD => {
                let decoder = zstd::Decoder::new(reader).map_err(|error| wrong(error.to_string()))?;
                taken(entry.verifying_reader(decoder))
            }
            other => return Err(wrong(format!("compressed by method {}", other.as_u16()))),
        };
        let bytes = unpacked.map_err(|error| wrong(error.to_string()))?;
        if bytes.len() as u64 > LARGEST_MEMBER {
            return Err(ImportError::at(self.path, ImportProblem::TooLarge(LARGEST_MEMBER)));
        }
        Ok(bytes)
    }
}

fn taken(reader: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(LARGEST_MEMBER + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
