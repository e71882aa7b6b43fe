mod bare;
mod fence;
mod forms;
mod hostile;
mod paths;
mod seeds;

/// A committed seed ledger.
#[expect(clippy::disallowed_methods, reason = "a test reads its committed data")]
fn seed(name: &str) -> String {
    let path = format!("{}/../../testdata/seeds/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("a seed ledger")
}

fn normalised(paths: &[super::PathRef]) -> Vec<&str> {
    paths.iter().map(|path| path.normalised.as_str()).collect()
}
