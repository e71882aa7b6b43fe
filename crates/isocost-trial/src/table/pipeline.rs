//! Stretches of one file through several threads, put together in the order of the file.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, available_parallelism};

use super::assemble::{Assembly, Renumbering};
use super::block::{Block, Sink};
use super::csv::{self, At};
use super::error::TableProblem;
use super::header::{ColumnMap, Header};
use super::jsonl;
use super::projection::Projection;
use super::split::Stretches;

/// More threads do not help one reader.
const MOST_WORKERS: usize = 8;

/// How a stretch is read.
#[derive(Debug)]
pub(super) enum Parser {
    Csv(Header),
    JsonLines(ColumnMap),
}

impl Parser {
    fn parse(&self, bytes: &[u8], sink: &mut Sink<'_>) -> Result<Block, At> {
        match self {
            Self::Csv(header) => csv::parse(bytes, header, sink)?,
            Self::JsonLines(map) => jsonl::parse(bytes, map, sink)?,
        }
        Ok(sink.take(csv::line_ends(bytes)))
    }
}

struct Task {
    number: usize,
    bytes: Vec<u8>,
}

struct Done {
    number: usize,
    worker: usize,
    block: Result<Block, At>,
}

/// Reads `first` and all further stretches into the assembly, which stands at the line at which `first` begins.
pub(super) fn run<R: Read>(
    first: Vec<u8>,
    stretches: &mut Stretches<R>,
    parser: &Parser,
    projection: &Projection,
    assembly: &mut Assembly,
) -> Result<(), At> {
    let second = stretches.next().map_err(|problem| (None, problem))?;
    let Some(second) = second else {
        let block = parser.parse(&first, &mut Sink::new(projection));
        return add(assembly, block, &mut Renumbering::default());
    };
    let workers = available_parallelism().map_or(1, usize::from).min(MOST_WORKERS);
    // Room for everything in flight: nobody ever waits to send.
    let in_flight = 4 * workers;
    let (to_workers, tasks) = sync_channel::<Task>(in_flight);
    let (to_us, done) = sync_channel::<Done>(in_flight);
    let tasks = Mutex::new(tasks);
    thread::scope(|scope| {
        for worker in 0..workers {
            let (tasks, to_us) = (&tasks, to_us.clone());
            scope.spawn(move || work(worker, tasks, &to_us, parser, projection));
        }
        drop(to_us);
        let mut ahead = vec![second, first];
        let mut merge = Merge { assembly, waiting: BTreeMap::new(), numbers: Vec::new(), next: 0 };
        merge.numbers.resize_with(workers, Renumbering::default);
        let outcome = feed(&mut ahead, stretches, &to_workers, &done, &mut merge, in_flight);
        drop(to_workers);
        // A worker that still has a result must not wait for us.
        drop(done);
        outcome
    })
}

fn feed<R: Read>(
    ahead: &mut Vec<Vec<u8>>,
    stretches: &mut Stretches<R>,
    to_workers: &SyncSender<Task>,
    done: &Receiver<Done>,
    merge: &mut Merge<'_>,
    most_in_flight: usize,
) -> Result<(), At> {
    let lost = || (None, TableProblem::Stream("a reading thread stopped".to_owned()));
    let (mut sent, mut is_at_end) = (0, false);
    loop {
        while !is_at_end && sent - merge.next < most_in_flight {
            let bytes = match ahead.pop() {
                Some(bytes) => Some(bytes),
                None => match stretches.next() {
                    Ok(bytes) => bytes,
                    Err(problem) => {
                        // What stands before the broken place may have a problem of its own, which comes first.
                        while merge.next < sent {
                            merge.take(done.recv().map_err(|_| lost())?)?;
                        }
                        return Err((Some(merge.assembly.line()), problem));
                    }
                },
            };
            let Some(bytes) = bytes else {
                is_at_end = true;
                break;
            };
            to_workers.send(Task { number: sent, bytes }).map_err(|_| lost())?;
            sent += 1;
        }
        if merge.next == sent {
            return Ok(());
        }
        merge.take(done.recv().map_err(|_| lost())?)?;
    }
}

fn work(
    worker: usize,
    tasks: &Mutex<Receiver<Task>>,
    to_us: &SyncSender<Done>,
    parser: &Parser,
    projection: &Projection,
) {
    let mut sink = Sink::new(projection);
    loop {
        let Ok(next) = tasks.lock().map(|tasks| tasks.recv()) else { return };
        let Ok(task) = next else { return };
        let block = parser.parse(&task.bytes, &mut sink);
        if to_us.send(Done { number: task.number, worker, block }).is_err() {
            return;
        }
    }
}

/// Results in the order of the file.
struct Merge<'a> {
    assembly: &'a mut Assembly,
    waiting: BTreeMap<usize, Done>,
    numbers: Vec<Renumbering>,
    next: usize,
}

impl Merge<'_> {
    fn take(&mut self, done: Done) -> Result<(), At> {
        self.waiting.insert(done.number, done);
        while let Some(done) = self.waiting.remove(&self.next) {
            self.next += 1;
            if let Some(numbers) = self.numbers.get_mut(done.worker) {
                add(self.assembly, done.block, numbers)?;
            }
        }
        Ok(())
    }
}

/// Adds a stretch; a problem's line counts from the first line of the file as 1.
fn add(assembly: &mut Assembly, block: Result<Block, At>, numbers: &mut Renumbering) -> Result<(), At> {
    let start = assembly.line();
    let block = block.map_err(|(line, problem)| (line.map(|line| line + start), problem))?;
    assembly.add(&block, numbers).map_err(|problem| (Some(start), problem))
}
