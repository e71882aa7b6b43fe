//! Arrays to bytes.

use std::io::Write;
use std::path::Path;

use flate2::write::DeflateEncoder;
use rawzip::{CompressionMethod, ZipArchiveWriter};

use crate::decode::{description, payload};
use crate::error::Checked;
use crate::{Array, NpyError, NpyResult, Problem};

/// How the members of an archive are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Compression {
    /// As they are (`numpy.savez`).
    #[default]
    Stored,
    /// Deflated (`numpy.savez_compressed`).
    Deflated,
}

/// The array as an `.npy` file: version 1.0, little endian, row-major, the header padded to a multiple of 64 bytes.
pub fn npy_bytes(array: &Array) -> Vec<u8> {
    let sizes: Vec<String> = array.shape().iter().map(|size| format!("{size},")).collect();
    let sizes = sizes.join(" ");
    // As Python prints tuples: only a single element keeps its comma.
    let sizes = if array.shape().len() > 1 { sizes.trim_end_matches(',') } else { sizes.as_str() };
    let kind = description(array.data());
    let mut header = format!("{{'descr': '{kind}', 'fortran_order': False, 'shape': ({sizes}), }}");
    // Magic, version and length take 10 bytes, the newline one.
    while !(header.len() + 11).is_multiple_of(64) {
        header.push(' ');
    }
    header.push('\n');
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    // At most 64 dimensions of 21 characters: far below 64 KiB.
    let length = u16::try_from(header.len()).unwrap_or(u16::MAX);
    bytes.extend(length.to_le_bytes());
    bytes.extend(header.as_bytes());
    bytes.extend(payload(array.data()));
    bytes
}

/// The arrays as an `.npz` file, in this order, without times: the same arrays give the same bytes.
pub fn npz_bytes(arrays: &[(&str, &Array)], compression: Compression) -> Result<Vec<u8>, Problem> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    for (name, array) in arrays {
        add(&mut archive, name, &npy_bytes(array), compression)?;
    }
    archive.finish().map_err(unwritable)
}

/// Writes the arrays to a file that a reader sees either not at all or complete.
pub fn save_npz(path: &Path, arrays: &[(&str, &Array)], compression: Compression) -> NpyResult<()> {
    let written = npz_bytes(arrays, compression)
        .and_then(|bytes| isocost_fs::write_evidence(path, &bytes).map_err(Problem::from));
    written.map_err(|problem| NpyError::at(path.display().to_string(), problem))
}

fn unwritable(error: impl std::fmt::Display) -> Problem {
    Problem::Damaged(format!("the archive cannot be written: {error}"))
}

fn add(
    archive: &mut ZipArchiveWriter<Vec<u8>>,
    name: &str,
    bytes: &[u8],
    compression: Compression,
) -> Checked<()> {
    let method = match compression {
        Compression::Stored => CompressionMethod::STORE,
        Compression::Deflated => CompressionMethod::DEFLATE,
    };
    let file = format!("{name}.npy");
    let started = archive.new_file(file.as_str()).compression_method(method).start();
    let (mut entry, config) = started.map_err(unwritable)?;
    let descriptor = match compression {
        Compression::Stored => {
            let mut writer = config.wrap(&mut entry);
            writer.write_all(bytes).map_err(unwritable)?;
            writer.finish().map_err(unwritable)?.1
        }
        Compression::Deflated => {
            let encoder = DeflateEncoder::new(&mut entry, flate2::Compression::default());
            let mut writer = config.wrap(encoder);
            writer.write_all(bytes).map_err(unwritable)?;
            let (encoder, descriptor) = writer.finish().map_err(unwritable)?;
            encoder.finish().map_err(unwritable)?;
            descriptor
        }
    };
    entry.finish(descriptor).map_err(unwritable)?;
    Ok(())
}
