//! By which method claims were decided, for people to read.

use isocost_report::model::ClaimView;

/// One line for each method in use, with the claims that it decided, in the order of the first of them. Empty where no claim tests anything.
pub(crate) fn methods(claims: &[ClaimView]) -> String {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for claim in claims.iter().filter(|claim| !claim.method.is_empty()) {
        let method = claim.method.join("; ");
        match groups.iter_mut().find(|(known, _)| *known == method) {
            Some((_, claims)) => claims.push(&claim.id),
            None => groups.push((method, vec![&claim.id])),
        }
    }
    if groups.is_empty() {
        return String::new();
    }
    let lines = groups.iter().map(|(method, claims)| format!("{}: {method}\n", claims.join(", ")));
    format!("\nhow they were decided:\n{}", lines.collect::<String>())
}
