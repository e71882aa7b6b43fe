//! Any bytes are a ledger or refused as text; a ledger prints back as it was read.
#![no_main]

use isocost_ledger::parse::parse;
use isocost_ledger::text::Source;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(source) = Source::from_bytes("fuzz.md", bytes.to_vec()) else { return };
    let ledger = parse(source);
    assert_eq!(ledger.print().as_bytes(), bytes);
});
