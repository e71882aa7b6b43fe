//! Files for isocost: the one place that touches them, with two durability classes.
//!
//! *Evidence* (attempt records, looks, verdicts, a ledger that was written back) survives a power cut once the
//! call returns: the file is written beside its target, fsynced, renamed, and the directory is fsynced.
//! *Cache* (anything that can be made again) is only renamed, so that no reader ever sees half of it.

mod append;
mod error;
mod list;
mod lock;
mod process;
mod read;
mod write;

pub use append::append_line;
pub use error::{IoError, IoResult, Operation};
pub use list::{Entry, Kind, list_dir, list_names, remove_tree, walk};
pub use lock::{Lock, LockError, create_locked_log, holder_of, is_locked, try_lock};
pub use process::{group_members, writers_of};
pub use read::{
    Stamp, exists, open, open_file, read, read_limited, read_to_string, real_path, size_of, stamp_of,
};
pub use write::{create_dir_all, create_file, create_log, write_cache, write_evidence};
