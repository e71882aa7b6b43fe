//! Reading what `NumPy` writes, writing what it reads, and refusing what is broken or made to harm.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod damage;
mod reading;
mod writing;

use std::path::PathBuf;

fn data(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests/data", name].iter().collect()
}

fn bytes(name: &str) -> Vec<u8> {
    isocost_fs::read(&data(name)).unwrap()
}
