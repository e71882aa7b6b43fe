//! Files for isocost: the one place that touches them, with two durability classes.
//!
//! *Evidence* (attempt records, looks, verdicts, a ledger that was written back) survives a power cut once the
//! call returns: the file is written beside its target, fsynced, renamed, and the directory is fsynced.
//! *Cache* (anything that can be made again) is only renamed, so that no reader ever sees half of it.

mod append;
mod error;
mod list;
mod lock;
mod read;
mod write;

pub use append::append_line;
pub use error::{IoError, IoResult, Operation};
pub use list::{Entry, Kind, list_dir, remove_tree, walk};
pub use lock::{Lock, LockError, holder_of, is_locked, try_lock};
pub use read::{exists, open, open_file, read, read_limited, read_to_string, size_of};
pub use write::{create_dir_all, create_file, write_cache, write_evidence};
