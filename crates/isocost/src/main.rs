//! The `isocost` command line.

fn main() {}
