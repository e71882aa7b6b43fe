//! The examples that the specification names, one by one.

use crate::{NARRATIVE, QUEUE, TABLE, audit_of, entries, of};

#[test]
fn ids_and_rows_of_the_queue_ledger() {
    let audit = audit_of("q", QUEUE);
    let undefined = of(&audit, "IC001");
    assert!(undefined.iter().any(|f| f.what.contains("no entry E0610 exists")));
    assert_eq!(entries(&audit, "IC003"), ["E0619"]);
    assert_eq!(entries(&audit, "IC004"), ["E0972"]);
    assert_eq!(entries(&audit, "IC005"), ["E0822", "E0832", "E0922"]);
    assert_eq!(entries(&audit, "IC007"), ["E0710", "E0711", "E0712"]);
    assert!(of(&audit, "IC002").is_empty() && of(&audit, "IC051").is_empty());
}

#[test]
fn boxes_of_the_queue_ledger() {
    let audit = audit_of("q", QUEUE);
    assert_eq!(entries(&audit, "IC006"), ["E0023"]);
    assert_eq!(entries(&audit, "IC053"), ["E0313"]);
    let [spellings] = of(&audit, "IC052")[..] else { panic!("one finding per ledger") };
    assert!(
        spellings.what.contains("(14)") && spellings.what.contains("(3)") && spellings.what.contains("(8)")
    );
}

#[test]
fn a_glob_in_an_assignment_is_one_finding_per_entry_with_every_place() {
    let audit = audit_of("q", QUEUE);
    let queue_end = QUEUE.find("## Results").unwrap();
    let in_queue =
        of(&audit, "IC009").into_iter().filter(|f| (f.locations[0].span.start as usize) < queue_end);
    // The census: 117 commands of 70 queue entries hold a glob in an assignment.
    assert_eq!(in_queue.count(), 70);
    let e0802 = of(&audit, "IC009").into_iter().find(|f| f.entry.as_ref().unwrap().0 == "E0802").unwrap();
    assert!(e0802.what.contains("runs/E0801_*/best_config.json"), "{}", e0802.what);
}

#[test]
fn data_flow_of_the_queue_ledger() {
    let audit = audit_of("q", QUEUE);
    assert_eq!(entries(&audit, "IC013"), ["E0801", "E0910"]);
    assert!(entries(&audit, "IC010").contains(&"E0015"), "{:?}", entries(&audit, "IC010"));
    let identical = of(&audit, "IC016");
    assert!(identical.iter().any(|f| f.what.starts_with("E0399 and E0400 ")));
    assert_eq!(entries(&audit, "IC018"), ["E0952", "E0957"]);
    assert_eq!(entries(&audit, "IC021"), ["E0915", "E0919", "E0930"]);
}

#[test]
fn reports_of_the_queue_ledger() {
    let audit = audit_of("q", QUEUE);
    let metric = of(&audit, "IC022").into_iter().find(|f| f.entry.as_ref().unwrap().0 == "E0600").unwrap();
    assert!(metric.what.contains("skipped_videos"));
    let methods = of(&audit, "IC023").into_iter().find(|f| f.entry.as_ref().unwrap().0 == "E0600").unwrap();
    assert!(methods.what.contains("7 methods") && methods.what.contains("random"), "{}", methods.what);
}

#[test]
fn numbers_of_the_queue_ledger() {
    let audit = audit_of("q", QUEUE);
    let drift = of(&audit, "IC029").into_iter().find(|f| f.what.contains("test402 over seeds 0–9")).unwrap();
    for value in ["0.70858", "0.71622", "0.73007"] {
        assert!(drift.what.contains(value), "{}", drift.what);
    }
    let [same] = of(&audit, "IC030")[..] else { panic!("one pair") };
    assert!(same.what.starts_with("E0018 and E0021 "), "{}", same.what);
    assert!(of(&audit, "IC057").iter().any(|f| f.what.starts_with("E0227, E0240, E0272, E0299 and E0343 ")));
    assert!(of(&audit, "IC028").is_empty() && of(&audit, "IC031").is_empty());
}

#[test]
fn protocol_of_the_queue_ledger() {
    let audit = audit_of("q", QUEUE);
    assert_eq!(entries(&audit, "IC032"), ["E0254", "E0260", "E0264", "E0265"]);
    for code in ["IC033", "IC034", "IC036"] {
        assert_eq!(entries(&audit, code), ["E0980"], "{code}");
    }
    assert!(entries(&audit, "IC035").contains(&"E0962"));
    assert_eq!(entries(&audit, "IC039"), ["E0333"]);
    assert_eq!(entries(&audit, "IC040"), ["E0615"]);
    assert_eq!(entries(&audit, "IC060"), ["E0249", "E0251", "E0253", "E0270"]);
}

#[test]
fn the_table_ledger() {
    let audit = audit_of("t", TABLE);
    let missing = of(&audit, "IC011");
    assert!(
        missing
            .iter()
            .any(|f| f.what.contains("E0140-full/ct2rep_strong_locked.pt") && f.what.contains("E0140"))
    );
    let later: Vec<&str> = of(&audit, "IC012").iter().map(|f| f.what.as_str()).collect();
    assert!(later.contains(&"E0141 reads the output of E0142, which is listed after it"), "{later:?}");
    assert!(entries(&audit, "IC024").contains(&"E0117"));
    // The census: in 24 rows the two columns are equal, and all boxes are ticked.
    assert_eq!(of(&audit, "IC056").len(), 24);
}

#[test]
fn the_narrative_ledger() {
    let audit = audit_of("n", NARRATIVE);
    assert_eq!(entries(&audit, "IC013"), ["A1", "C1", "H1"]);
    assert_eq!(entries(&audit, "IC014"), ["B3"]);
    assert!(entries(&audit, "IC055").contains(&"B4"));
    assert!(of(&audit, "IC015").iter().any(|f| f.what.starts_with("A1 and B8 ")));
    assert_eq!(entries(&audit, "IC025"), ["B3", "G1"]);
    assert!(entries(&audit, "IC026").contains(&"D1"));
    let [backslash] = of(&audit, "IC020")[..] else { panic!("one") };
    assert_eq!(backslash.locations[0].place.line, 49);
}
