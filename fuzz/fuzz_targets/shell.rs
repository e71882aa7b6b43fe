//! Any text is analysed, and every span lies in it.
#![no_main]

use isocost_ledger::shell::{analyse, split_fence};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let analysis = analyse(text);
    for path in analysis.inputs.iter().chain(&analysis.outputs) {
        assert!(text.get(path.span.clone()).is_some());
    }
    for word in analysis.segments.iter().flat_map(|segment| &segment.args) {
        assert!(text.get(word.span.clone()).is_some());
    }
    for command in split_fence(text) {
        assert_eq!(text.get(command.span.clone()), Some(command.text.as_str()));
    }
});
