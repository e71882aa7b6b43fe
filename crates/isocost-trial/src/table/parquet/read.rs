//! Row groups into a table, several at once.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;

use parquet::file::reader::{FileReader, SerializedFileReader};

use super::cells::{Column, damaged, suits};
use crate::table::assemble::{Assembly, Renumbering};
use crate::table::block::{Block, Cells, Sink};
use crate::table::datum::Datum;
use crate::table::error::{TableError, TableProblem};
use crate::table::header::{ColumnMap, Header, Place};
use crate::table::projection::Projection;

/// Rows read at a time from each column.
const BATCH: usize = 1 << 14;

type Opened = SerializedFileReader<std::fs::File>;

/// Reads one file. A row's line is its number, from 1.
pub(in crate::table) fn read(
    path: &Path,
    map: &ColumnMap,
    projection: &Projection,
    assembly: &mut Assembly,
) -> Result<(), TableError> {
    let at = |problem| TableError::new(path, None, problem);
    let hash = hash(path).map_err(at)?;
    let file = guarded(|| open(path)).map_err(at)?;
    let (header, leaves) = header(&file, map, projection).map_err(at)?;
    let groups = file.num_row_groups();
    drop(file);
    assembly.begin(path, 1);
    let plan = Plan { path, header, leaves, projection, groups };
    run(&plan, assembly).map_err(|(line, problem)| TableError::new(path, line, problem))?;
    assembly.end(path, hash);
    Ok(())
}

struct Plan<'a> {
    path: &'a Path,
    header: Header,
    /// The leaf column of each position of the header.
    leaves: Vec<usize>,
    projection: &'a Projection,
    groups: usize,
}

type At = (Option<u64>, TableProblem);
type Done = (usize, usize, Result<Block, At>);

fn run(plan: &Plan<'_>, assembly: &mut Assembly) -> Result<(), At> {
    let workers = thread::available_parallelism().map_or(1, usize::from).clamp(1, 8).min(plan.groups.max(1));
    let next = AtomicUsize::new(0);
    let (to_us, done) = sync_channel::<Done>(2 * workers);
    thread::scope(|scope| {
        for worker in 0..workers {
            let (next, to_us) = (&next, to_us.clone());
            scope.spawn(move || {
                let mut sink = Sink::new(plan.projection);
                loop {
                    let group = next.fetch_add(1, Ordering::Relaxed);
                    if group >= plan.groups {
                        return;
                    }
                    let block = guarded(|| Ok(read_group(plan, group, &mut sink)))
                        .unwrap_or_else(|problem| Err((None, problem)));
                    if to_us.send((group, worker, block)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(to_us);
        let outcome = merge(plan.groups, workers, &done, assembly);
        drop(done);
        outcome
    })
}

fn merge(
    groups: usize,
    workers: usize,
    done: &std::sync::mpsc::Receiver<Done>,
    assembly: &mut Assembly,
) -> Result<(), At> {
    let mut numbers: Vec<Renumbering> = Vec::new();
    numbers.resize_with(workers, Renumbering::default);
    let mut waiting: BTreeMap<usize, (usize, Result<Block, At>)> = BTreeMap::new();
    for group in 0..groups {
        let (worker, block) = loop {
            if let Some(found) = waiting.remove(&group) {
                break found;
            }
            let lost = |_| (None, TableProblem::Stream("a reading thread stopped".to_owned()));
            let (found, worker, block) = done.recv().map_err(lost)?;
            waiting.insert(found, (worker, block));
        };
        let start = assembly.line();
        let block = block.map_err(|(line, problem)| (line.map(|line| line + start), problem))?;
        if let Some(numbers) = numbers.get_mut(worker) {
            assembly.add(&block, numbers).map_err(|problem| (Some(start), problem))?;
        }
    }
    Ok(())
}

fn read_group(plan: &Plan<'_>, group: usize, sink: &mut Sink<'_>) -> Result<Block, At> {
    let whole = |problem| (None, problem);
    // Each thread has its own file: threads that share one would share its position.
    let file = open(plan.path).map_err(whole)?;
    let group = file.get_row_group(group).map_err(damaged).map_err(whole)?;
    let rows = usize::try_from(group.metadata().num_rows())
        .map_err(|_| whole(TableProblem::Parquet("a negative number of rows".to_owned())))?;
    if u32::try_from(rows).is_err() {
        return Err(whole(TableProblem::TooLarge));
    }
    let mut columns: Vec<Option<Column>> = Vec::new();
    for (position, leaf) in plan.leaves.iter().enumerate() {
        let used = plan.header.uses(position);
        columns.push(if used { Some(Column::open(group.as_ref(), *leaf).map_err(whole)?) } else { None });
    }
    let mut row = 0;
    while row < rows {
        let batch = BATCH.min(rows - row);
        for column in columns.iter_mut().flatten() {
            column.advance(batch).map_err(whole)?;
        }
        for index in 0..batch {
            let line = (row + index) as u64;
            push(plan, &columns, index, line, sink).map_err(|problem| (Some(line), problem))?;
        }
        row += batch;
    }
    Ok(sink.take(rows as u64))
}

fn push(
    plan: &Plan<'_>,
    columns: &[Option<Column>],
    index: usize,
    line: u64,
    sink: &mut Sink<'_>,
) -> Result<(), TableProblem> {
    let cell = |position: usize| match columns.get(position) {
        Some(Some(column)) => column.cell(index),
        _ => Ok(Datum::Text("")),
    };
    let mut cells = Cells::default();
    for (column, place) in plan.header.fixed() {
        cells.set(
            column,
            match place {
                Place::At(position) => cell(*position)?,
                Place::Constant(text) => Datum::Text(text),
            },
        );
    }
    let mut free = Vec::with_capacity(plan.header.free.len());
    for (position, name) in &plan.header.free {
        free.push((name.as_str(), cell(*position)?));
    }
    sink.push(&cells, free.into_iter(), line)
}

/// The header of the flat columns, and the leaf that each of its positions is. Nested columns are left out: only one that is asked for is an error.
fn header(
    file: &Opened,
    map: &ColumnMap,
    projection: &Projection,
) -> Result<(Header, Vec<usize>), TableProblem> {
    let schema = file.metadata().file_metadata().schema_descr_ptr();
    let flat: Vec<usize> =
        (0..schema.num_columns()).filter(|leaf| suits(&schema.column(*leaf)).is_ok()).collect();
    let names: Vec<String> = flat.iter().map(|leaf| schema.column(*leaf).name().to_owned()).collect();
    Ok((Header::new(&names, map, &projection.free)?, flat))
}

fn open(path: &Path) -> Result<Opened, TableProblem> {
    SerializedFileReader::new(isocost_fs::open_file(path)?).map_err(damaged)
}

fn hash(path: &Path) -> Result<String, TableProblem> {
    let mut file = isocost_fs::open_file(path)?;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(hasher.finalize().to_hex().to_string()),
            Ok(length) => {
                hasher.update(buffer.get(..length).unwrap_or_default());
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(TableProblem::Stream(error.to_string())),
        }
    }
}

/// The parquet crate is known to panic on some damaged files: that is an error of the file here, not a defect of this program.
fn guarded<T>(work: impl FnOnce() -> Result<T, TableProblem>) -> Result<T, TableProblem> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(TableProblem::Parquet("it is damaged".to_owned())))
}
