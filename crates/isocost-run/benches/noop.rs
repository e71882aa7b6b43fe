//! 1,000 experiments that do nothing, against bare spawns of the same shell; then a second run over 500 that has nothing
//! to do. Prints one line each; the numbers' method is in the book's page on performance.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a bench prints, and fails by panicking")]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use isocost_ledger::model::Stage;
use isocost_run::contract::ContractSpec;
use isocost_run::exec::{NoReporter, RunOptions, RunVerdict, execute};
use isocost_run::ident::JobId;
use isocost_run::plan::{CommandSpec, Job, JobResources, PlanOptions, ProjectDisk, link};
use isocost_run::project::Project;
use isocost_run::store::{Access, Durability, Holder, Store};

fn main() {
    let slots = std::thread::available_parallelism().map_or(1, usize::from);
    println!("slots {slots}");
    report("bare spawn, 1000", 1000, || bare(1000));
    for (name, durability) in [("cache", Durability::Cache), ("evidence", Durability::Evidence)] {
        let dir = project();
        report(&format!("1000 attempts, {name}, 1 slot"), 1000, || run(dir.path(), 1000, 1, durability));
        let dir = project();
        report(&format!("1000 attempts, {name}, {slots} slots"), 1000, || {
            run(dir.path(), 1000, slots, durability);
        });
    }
    let dir = project();
    report("2000 fsyncs", 1000, || fsyncs(dir.path(), 1000));
    run(dir.path(), 500, slots, Durability::Cache);
    report("second run over 500", 500, || run(dir.path(), 500, slots, Durability::Cache));
    report("open 500 to read", 500, || {
        let store = Store::open(&dir.path().join(".isocost"), Access::Read).unwrap();
        assert_eq!(store.snapshot().iter().count(), 500);
    });
}

fn project() -> tempfile::TempDir {
    // Beside the build, not in a memory file system: fsync must cost what it costs.
    tempfile::tempdir_in(std::env::current_dir().unwrap()).unwrap()
}

fn report(name: &str, count: u32, what: impl FnOnce()) {
    let started = Instant::now();
    what();
    let took = started.elapsed();
    let each: Duration = took / count;
    println!("{name:<32} {:>9.1} ms  {:>7.3} ms each", took.as_secs_f64() * 1e3, each.as_secs_f64() * 1e3);
}

fn bare(count: u32) {
    for _ in 0..count {
        let status = Command::new("bash").args(["-c", ":"]).stdin(Stdio::null()).status().unwrap();
        assert!(status.success());
    }
}

fn fsyncs(root: &Path, count: u32) {
    for number in 0..count {
        isocost_fs::write_evidence(&root.join(format!("{number}.json")), &[b'x'; 1500]).unwrap();
    }
}

fn run(root: &Path, count: u32, slots: usize, durability: Durability) {
    let project = Project::new(&root.join("ledger.md"), None);
    let mut store =
        Store::open(&project.default_store(), Access::Run(Holder::this_process("bench"))).unwrap();
    let jobs = (1..=count).map(job).collect();
    let disk = ProjectDisk(root.to_owned());
    let plan = link(jobs, store.snapshot(), &disk, &PlanOptions::default()).unwrap();
    let options = RunOptions { jobs: slots, durability, ..RunOptions::default() };
    let summary = execute(&plan, &project, &mut store, &options, &NoReporter).unwrap();
    assert_eq!(summary.verdict, RunVerdict::Done);
}

fn job(number: u32) -> Job {
    Job {
        id: JobId::new(&format!("E{number:04}"), Stage::Full),
        title: String::new(),
        ledger: "ledger.md".to_owned(),
        line: number,
        closed: false,
        blocked: None,
        commands: vec![CommandSpec::plain(":")],
        seeds: Vec::new(),
        needs: Vec::new(),
        contract: ContractSpec::default(),
        gates: Vec::new(),
        resources: JobResources::default(),
        sequence: None,
        depends: Vec::new(),
    }
}
