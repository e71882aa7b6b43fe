use isocost_run::exec::{NoReporter, execute};
use isocost_run::ident::JobId;
use isocost_run::store::{Access, Holder, Store, StoreError, attempt_schema};

use crate::fixture::{Fixture, job, options, words};

#[test]
fn a_second_runner_is_told_who_holds_the_store() {
    let fixture = Fixture::new();
    let first = fixture.store();
    let path = fixture.project.default_store();
    let Err(StoreError::Held { holder, .. }) =
        Store::open(&path, Access::Run(Holder::this_process("second")))
    else {
        panic!("opened twice")
    };
    assert_eq!((holder.pid, holder.command.as_str()), (std::process::id(), "test"));
    // Looking is always possible.
    assert!(Store::open(&path, Access::Read).is_ok());
    drop(first);
    fixture.store();
}

#[test]
fn a_newer_store_can_be_read_but_is_never_written() {
    let fixture = Fixture::new();
    fixture.run(&[job("E0001", &["true"])]);
    let path = fixture.attempt_dir("E0001", 1).join("attempt.json");
    let newer = std::fs::read_to_string(&path).unwrap().replace("isocost/attempt/1", "isocost/attempt/7");
    let newer = newer.replacen('{', "{\n  \"what_is_new\": 1,", 1);
    std::fs::write(&path, &newer).unwrap();
    let store = fixture.look();
    let foreign = &store.snapshot().foreign()[0];
    assert_eq!(foreign.newer.as_deref(), Some("isocost/attempt/7"));
    assert_eq!(foreign.outcome.as_deref(), Some("succeeded"));
    let opened = Store::open(&fixture.project.default_store(), Access::Run(Holder::this_process("old")));
    let Err(error @ StoreError::Newer { .. }) = opened else { panic!("{opened:?}") };
    assert!(error.to_string().contains("isocost/attempt/7"));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), newer);
}

#[test]
fn a_damaged_record_is_left_alone_and_its_number_is_not_used_again() {
    let fixture = Fixture::new();
    let jobs = [job("E0001", &["true"])];
    fixture.run(&jobs);
    let path = fixture.attempt_dir("E0001", 1).join("attempt.json");
    std::fs::write(&path, "{\"schema\": \"isoc").unwrap();
    let summary = fixture.run(&jobs);
    assert_eq!(words(&summary, "E0001"), "succeeded");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "{\"schema\": \"isoc");
    assert!(fixture.attempt_dir("E0001", 2).exists());
}

#[test]
fn a_directory_without_a_record_is_used_again() {
    let fixture = Fixture::new();
    let dir = fixture.attempt_dir("E0001", 1);
    std::fs::create_dir_all(dir.join("artifacts")).unwrap();
    std::fs::write(dir.join("artifacts/rest"), "of a crash").unwrap();
    fixture.run(&[job("E0001", &["true"])]);
    assert_eq!(fixture.record("E0001", 1).outputs, []);
}

#[test]
fn the_index_is_only_a_cache() {
    let fixture = Fixture::new();
    let jobs = [job("E0001", &["true"])];
    fixture.run(&jobs);
    let index = fixture.project.default_store().join("index.json");
    for bytes in ["", "{\"schema\":\"isocost/index/9\"}", "garbage"] {
        std::fs::write(&index, bytes).unwrap();
        assert!(fixture.reasons(&jobs).is_empty());
        assert!(std::fs::read_to_string(&index).unwrap().contains("E0001/full/001"));
    }
}

#[test]
fn a_place_that_cannot_be_written_is_named_and_nothing_is_started() {
    let fixture = Fixture::new();
    fixture.write("file", "");
    let opened = Store::open(&fixture.root().join("file/store"), Access::Run(Holder::this_process("test")));
    let Err(error @ StoreError::Io(_)) = opened else { panic!("{opened:?}") };
    assert!(error.to_string().contains("file/store"), "{error}");
    // A store that is not there is an empty one to look at.
    assert_eq!(Store::open(&fixture.root().join("none"), Access::Read).unwrap().snapshot().iter().count(), 0);
}

#[test]
fn an_attempt_whose_log_cannot_be_written_leaves_nothing_behind() {
    let fixture = Fixture::new();
    let plan = fixture.plan(&[job("E0001", &["touch ran"])]);
    let mut store = fixture.store();
    // The place of the experiment's directory is taken by a file.
    let taken = store.layout().job(&JobId::parse("E0001").unwrap()).parent().unwrap().to_owned();
    std::fs::write(&taken, "").unwrap();
    let summary = execute(&plan, &fixture.project, &mut store, &options(), &NoReporter).unwrap();
    assert!(words(&summary, "E0001").starts_with("cannot run: cannot create directory"), "{summary:?}");
    assert!(!fixture.root().join("ran").exists());
    drop(store);
    std::fs::remove_file(&taken).unwrap();
    assert_eq!(words(&fixture.run(&[job("E0001", &["touch ran"])]), "E0001"), "succeeded");
}

#[test]
fn a_store_that_was_opened_to_be_read_runs_nothing() {
    let fixture = Fixture::new();
    let plan = fixture.plan(&[job("E0001", &["touch ran"])]);
    let done = execute(&plan, &fixture.project, &mut fixture.look(), &options(), &NoReporter);
    assert!(matches!(done, Err(StoreError::ReadOnly { .. })));
}

#[test]
fn the_published_schema_names_every_field_of_a_record() {
    let fixture = Fixture::new();
    fixture.run(&[job("E0001", &["echo 1 > $ISOCOST_OUT/a"])]);
    let text = std::fs::read_to_string(fixture.attempt_dir("E0001", 1).join("attempt.json")).unwrap();
    let record: serde_json::Value = serde_json::from_str(&text).unwrap();
    let schema = attempt_schema();
    let known = schema["properties"].as_object().unwrap();
    for field in record.as_object().unwrap().keys() {
        assert!(known.contains_key(field), "{field}");
    }
}

#[test]
fn what_came_into_a_store_or_left_it_behind_the_index_is_seen() {
    let fixture = Fixture::new();
    let jobs = [job("E0001@smoke", &["true"]), job("E0001", &["true"]), job("E0002", &["true"])];
    fixture.run(&jobs);
    // Long enough that the directories count as settled, so that the next run remembers them.
    std::thread::sleep(std::time::Duration::from_millis(120));
    assert!(fixture.reasons(&jobs).is_empty());
    let attempts = fixture.project.default_store().join("attempts");
    let count = || fixture.look().snapshot().len();
    assert_eq!(count(), 3);
    // Another stage, another attempt of a known stage, another experiment: copied, as from a backup.
    let copy = |from: &str, to: &str, was: &str, is: &str| {
        let text = std::fs::read_to_string(attempts.join(from).join("attempt.json")).unwrap();
        let text = text.replace(was, is);
        std::fs::create_dir_all(attempts.join(to)).unwrap();
        std::fs::write(attempts.join(to).join("attempt.json"), text).unwrap();
    };
    copy("E0001/full/001", "E0001/quick/001", "\"full\"", "\"quick\"");
    assert_eq!(count(), 4);
    copy("E0001/full/001", "E0001/full/002", "\"attempt\": 1", "\"attempt\": 2");
    assert_eq!(count(), 5);
    copy("E0002/full/001", "E0003/full/001", "\"E0002\"", "\"E0003\"");
    assert_eq!(count(), 6);
    std::fs::remove_dir_all(attempts.join("E0001/full/002")).unwrap();
    std::fs::remove_dir_all(attempts.join("E0002")).unwrap();
    assert_eq!(count(), 4);
    assert!(fixture.look().snapshot().foreign().is_empty());
}
