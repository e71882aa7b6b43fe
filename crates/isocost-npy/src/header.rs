//! The header of `.npy` data: a Python dictionary with three keys.

use crate::dtype::{Dtype, shortened};
use crate::error::Checked;
use crate::{Limits, Problem};

const MAGIC: &[u8] = b"\x93NUMPY";
/// `NumPy` itself refuses longer headers unless it is told otherwise.
const MAX_HEADER: usize = 1 << 16;
const MAX_DIMENSIONS: usize = 64;

/// What the header says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) dtype: Dtype,
    pub(crate) fortran: bool,
    pub(crate) shape: Vec<usize>,
}

impl Header {
    /// The header and the bytes behind it.
    pub(crate) fn parse(bytes: &[u8]) -> Checked<(Self, &[u8])> {
        let (text, payload) = split(bytes)?;
        let text = std::str::from_utf8(text).map_err(|_| malformed("it is not text"))?;
        Ok((Parser { rest: text }.dictionary()?, payload))
    }

    /// How many elements; errors beyond what memory can hold or the limits allow.
    pub(crate) fn elements(&self, limits: Limits) -> Checked<usize> {
        let too_large = || Problem::TooLarge { declared: u64::MAX, limit: limits.max_bytes };
        if self.shape.contains(&0) {
            return Ok(0);
        }
        let count = self.shape.iter().try_fold(1_usize, |count, &size| count.checked_mul(size));
        let count = count.ok_or_else(too_large)?;
        let held = (count as u64).checked_mul(self.dtype.held()).ok_or_else(too_large)?;
        limits.check_bytes(held)?;
        Ok(count)
    }
}

fn malformed(reason: impl Into<String>) -> Problem {
    Problem::Header(reason.into())
}

/// The header's text and the payload.
fn split(bytes: &[u8]) -> Checked<(&[u8], &[u8])> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(Problem::NotNpy)?;
    let truncated = |needed: usize| Problem::Truncated { needed: needed as u64, found: bytes.len() as u64 };
    let (version, rest) = rest.split_first_chunk::<2>().ok_or_else(|| truncated(8))?;
    let (length, rest) = match version {
        [1, 0] => {
            let (length, rest) = rest.split_first_chunk::<2>().ok_or_else(|| truncated(10))?;
            (usize::from(u16::from_le_bytes(*length)), rest)
        }
        [2 | 3, 0] => {
            let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(|| truncated(12))?;
            (u32::from_le_bytes(*length) as usize, rest)
        }
        &[major, minor] => return Err(Problem::Version(major, minor)),
    };
    if length > MAX_HEADER {
        return Err(malformed(format!("it declares {length} bytes of text")));
    }
    rest.split_at_checked(length).ok_or_else(|| truncated(length))
}

struct Parser<'a> {
    rest: &'a str,
}

impl<'a> Parser<'a> {
    fn dictionary(mut self) -> Checked<Header> {
        let (mut dtype, mut fortran, mut shape) = (None, None, None);
        self.expect('{')?;
        while !self.takes('}') {
            let key = self.string()?;
            self.expect(':')?;
            match key {
                "descr" => set(&mut dtype, self.dtype()?, key)?,
                "fortran_order" => set(&mut fortran, self.boolean()?, key)?,
                "shape" => set(&mut shape, self.tuple()?, key)?,
                other => return Err(malformed(format!("the key {:?} is not known", shortened(other)))),
            }
            if !self.takes(',') {
                self.expect('}')?;
                break;
            }
        }
        if !self.rest.trim().is_empty() {
            return Err(malformed("something stands behind the dictionary"));
        }
        let missing = |key: &str| malformed(format!("the key {key} is missing"));
        Ok(Header {
            dtype: dtype.ok_or_else(|| missing("descr"))?,
            fortran: fortran.ok_or_else(|| missing("fortran_order"))?,
            shape: shape.ok_or_else(|| missing("shape"))?,
        })
    }

    fn takes(&mut self, wanted: char) -> bool {
        let rest = self.rest.trim_start();
        let taken = rest.strip_prefix(wanted);
        self.rest = taken.unwrap_or(rest);
        taken.is_some()
    }

    fn expect(&mut self, wanted: char) -> Checked<()> {
        if self.takes(wanted) {
            Ok(())
        } else {
            Err(malformed(format!("{wanted:?} is expected before {:?}", shortened(self.rest))))
        }
    }

    fn string(&mut self) -> Checked<&'a str> {
        let quote = if self.takes('\'') {
            '\''
        } else if self.takes('"') {
            '"'
        } else {
            return Err(malformed(format!("a quoted name is expected before {:?}", shortened(self.rest))));
        };
        let (text, rest) =
            self.rest.split_once(quote).ok_or_else(|| malformed("a quoted name does not end"))?;
        self.rest = rest;
        Ok(text)
    }

    fn dtype(&mut self) -> Checked<Dtype> {
        if self.rest.trim_start().starts_with('[') {
            return Err(Problem::Unsupported("record".to_owned()));
        }
        Dtype::parse(self.string()?)
    }

    fn word(&mut self) -> &'a str {
        let rest = self.rest.trim_start();
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (word, rest) = rest.split_at(end);
        self.rest = rest;
        word
    }

    fn boolean(&mut self) -> Checked<bool> {
        match self.word() {
            "True" => Ok(true),
            "False" => Ok(false),
            other => Err(malformed(format!("{:?} is neither True nor False", shortened(other)))),
        }
    }

    fn tuple(&mut self) -> Checked<Vec<usize>> {
        let mut sizes = Vec::new();
        self.expect('(')?;
        while !self.takes(')') {
            let word = self.word();
            // Python 2 wrote long integers with an L.
            let digits = word.strip_suffix('L').unwrap_or(word);
            let size = digits.parse().map_err(|_| malformed(format!("{:?} is no size", shortened(word))))?;
            sizes.push(size);
            if sizes.len() > MAX_DIMENSIONS {
                return Err(malformed("it declares more than 64 dimensions"));
            }
            if !self.takes(',') {
                self.expect(')')?;
                break;
            }
        }
        Ok(sizes)
    }
}

fn set<T>(slot: &mut Option<T>, value: T, key: &str) -> Checked<()> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(malformed(format!("the key {key} stands twice"))),
    }
}
