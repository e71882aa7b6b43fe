//! Every count of the script dialect's census (spec §12, S).

use isocost_ledger::model::{Dialect, FieldValue, Presence, Role};

use crate::seeds::{S, ledger};

#[test]
fn a_script_is_one_entry_with_parts_inputs_and_a_report() {
    let ledger = ledger(S);
    assert_eq!(ledger.dialect, Dialect::Script);
    let [entry] = ledger.entries.as_slice() else { panic!("one entry") };
    assert_eq!((entry.id.0.as_str(), entry.role), ("E1", Role::Script));
    let parts: Vec<_> = entry.fields.iter().filter(|field| field.name.raw.starts_with('(')).collect();
    assert_eq!(parts.len(), 4);
    assert_eq!(parts[0].name.raw, "(1) bootstrap CIs");
    assert_eq!(entry.inputs.len(), 5);
    let outputs: Vec<_> =
        entry.artifacts_required.given().unwrap().iter().map(|a| a.path.raw.as_str()).collect();
    assert_eq!(outputs, ["phase1_e1.md"]);
    let FieldValue::Nested(headings) = &entry.field("report").unwrap().value else { panic!("nested") };
    assert_eq!(headings.len(), 5);
    assert_eq!(entry.seeds, Presence::Given(vec![0]));
    let named = |name: &str| entry.params.iter().find(|p| p.name == name).and_then(|p| p.value.as_deref());
    assert_eq!((named("B"), named("nbins")), (Some("10000"), Some("256")));
}
