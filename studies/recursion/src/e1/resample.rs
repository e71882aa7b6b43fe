//! Bootstrap resamples in the order of `NumPy`'s generator.
//!
//! All intervals share one generator, so the draws of a replicate stand at a fixed place of one stream. Where the number of puzzles is a power of two
//! no draw is ever rejected: each replicate's place is known beforehand, and threads jump to it. Otherwise the stream is walked in order.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use isocost_stats::generators::numpy::Generator;

use super::share::{ADDENDS, SettledShare};
use super::statistic::{Counted, SMALL};

/// What one interval is computed from.
pub(crate) enum Target<'a> {
    Counted(&'a dyn Counted),
    Share(&'a SettledShare),
    /// The statistic is undefined; its draws are still passed over, so that the next interval stays the same.
    Undefined,
}

/// One interval's draws.
pub(crate) struct Request<'a> {
    pub(crate) n: usize,
    pub(crate) target: Target<'a>,
}

/// Replicates that one thread takes at a time.
const CHUNK: u64 = 250;

struct Job {
    request: usize,
    start: Generator,
    replicates: u64,
}

/// Values of all replicates of each request, in order; undefined ones are left out. The same at any number of threads.
pub(crate) fn resample(
    mut generator: Generator,
    requests: &[Request<'_>],
    replicates: u64,
    threads: usize,
) -> Vec<Vec<f64>> {
    let mut jobs = Vec::new();
    let mut sequential: Vec<(usize, Vec<f64>)> = Vec::new();
    for (number, request) in requests.iter().enumerate() {
        if may_jump(request.n) {
            let draws = request.n as u64;
            let mut left = replicates;
            while left > 0 {
                let taken = left.min(CHUNK);
                jobs.push(Job { request: number, start: generator.clone(), replicates: taken });
                generator.skip_u32(draws.saturating_mul(taken));
                left -= taken;
            }
        } else {
            sequential.push((number, values(&mut generator, request, replicates)));
        }
    }
    let mut found = in_parallel(&jobs, requests, threads);
    for (number, values) in sequential {
        if let Some(slot) = found.get_mut(number) {
            *slot = values;
        }
    }
    found
}

/// Whether every draw takes exactly one 32-bit word.
fn may_jump(n: usize) -> bool {
    n.is_power_of_two() && n > 1 && n < 1 << 32
}

fn in_parallel(jobs: &[Job], requests: &[Request<'_>], threads: usize) -> Vec<Vec<f64>> {
    let done: Mutex<Vec<(usize, Vec<f64>)>> = Mutex::new(Vec::with_capacity(jobs.len()));
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some((number, job)) = take(&next, jobs) {
            let Some(request) = requests.get(job.request) else { continue };
            let values = values(&mut job.start.clone(), request, job.replicates);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((number, values));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.min(jobs.len()) {
            scope.spawn(work);
        }
        work();
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_unstable_by_key(|(number, _)| *number);
    let mut found = vec![Vec::new(); requests.len()];
    for (number, values) in done {
        let target = jobs.get(number).and_then(|job| found.get_mut(job.request));
        if let Some(target) = target {
            target.extend(values);
        }
    }
    found
}

fn take<'a>(next: &AtomicUsize, jobs: &'a [Job]) -> Option<(usize, &'a Job)> {
    let number = next.fetch_add(1, Ordering::Relaxed);
    jobs.get(number).map(|job| (number, job))
}

fn values(generator: &mut Generator, request: &Request<'_>, replicates: u64) -> Vec<f64> {
    match &request.target {
        Target::Counted(statistic) if request.n <= SMALL => {
            counted_small(generator, request.n, *statistic, replicates)
        }
        Target::Counted(statistic) => counted_large(generator, request.n, *statistic, replicates),
        Target::Share(share) => shares(generator, request.n, share, replicates),
        Target::Undefined => {
            for _ in 0..replicates {
                draw(generator, request.n, |_| {});
            }
            Vec::new()
        }
    }
}

/// Calls `visit` with `n` indices below `n`, those of `generator.integers(0, n, n)`.
#[inline]
fn draw(generator: &mut Generator, n: usize, visit: impl FnMut(u32)) {
    draw_some(generator, n, n, visit);
}

/// Calls `visit` with an even number of indices below `n`, or with `n` of them.
#[expect(clippy::cast_possible_truncation, reason = "halves of a word, and indices below n")]
#[inline]
fn draw_some(generator: &mut Generator, n: usize, draws: usize, mut visit: impl FnMut(u32)) {
    if may_jump(n) && !generator.has_half() {
        let shift = 32 - n.trailing_zeros();
        for _ in 0..draws / 2 {
            let word = generator.next_u64();
            visit(word as u32 >> shift);
            visit((word >> 32) as u32 >> shift);
        }
    } else {
        for _ in 0..draws {
            visit(generator.below(n as u64) as u32);
        }
    }
}

#[expect(clippy::unnecessary_box_returns, reason = "it is too large for the stack")]
fn zeros<T: Copy + Default>() -> Box<[T; SMALL]> {
    Box::new([T::default(); SMALL])
}

/// A count is a byte: that a puzzle is drawn 256 times has a probability below n / 256!, less than 10^-500.
#[expect(clippy::cast_possible_truncation, reason = "indices and places are below n <= 2^16")]
fn counted_small(generator: &mut Generator, n: usize, statistic: &dyn Counted, replicates: u64) -> Vec<f64> {
    // Arrays of 2^16 entries, of which the first n are used, are indexed by 16 bits without a check.
    let mut places = zeros::<u16>();
    for (slot, &place) in places.iter_mut().zip(statistic.places()) {
        *slot = place as u16;
    }
    let mut counts = zeros::<u8>();
    let mut values = Vec::new();
    for _ in 0..replicates {
        counts[..n].fill(0);
        draw(generator, n, |index| {
            let count = &mut counts[usize::from(places[usize::from(index as u16)])];
            *count = count.wrapping_add(1);
        });
        values.extend(statistic.value(&counts[..n]));
    }
    values
}

fn counted_large(generator: &mut Generator, n: usize, statistic: &dyn Counted, replicates: u64) -> Vec<f64> {
    let places = statistic.places();
    let mut counts = vec![0_u8; n];
    let mut values = Vec::new();
    for _ in 0..replicates {
        counts.fill(0);
        draw(generator, n, |index| {
            let place = places.get(index as usize).copied().unwrap_or_default();
            if let Some(count) = counts.get_mut(place as usize) {
                *count = count.wrapping_add(1);
            }
        });
        values.extend(statistic.value(&counts));
    }
    values
}

#[expect(clippy::cast_possible_truncation, reason = "indices are below n <= 2^16")]
fn shares(generator: &mut Generator, n: usize, share: &SettledShare, replicates: u64) -> Vec<f64> {
    let mut values = Vec::new();
    if may_jump(n) && n <= SMALL && !generator.has_half() {
        let mut marks = zeros::<u16>();
        for (slot, &mark) in marks.iter_mut().zip(&share.marks) {
            *slot = mark;
        }
        let mark = |index: u32| u32::from(marks[usize::from(index as u16)]);
        for _ in 0..replicates {
            let (mut settled, mut wrong, mut left) = (0, 0, n);
            while left > 0 {
                let taken = left.min(ADDENDS);
                let mut sum = 0;
                draw_some(generator, n, taken, |index| sum += mark(index));
                settled += u64::from(sum >> 8);
                wrong += u64::from(sum & 0xff);
                left -= taken;
            }
            values.push(SettledShare::value(settled, wrong));
        }
        return values;
    }
    for _ in 0..replicates {
        let (mut settled, mut wrong) = (0_u64, 0_u64);
        draw(generator, n, |index| {
            let mark = share.marks.get(index as usize).copied().unwrap_or_default();
            settled += u64::from(mark >> 8);
            wrong += u64::from(mark & 0xff);
        });
        values.push(SettledShare::value(settled, wrong));
    }
    values
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::e1::auc::Ranking;
    use crate::e1::diagnosis::Answer;

    #[expect(clippy::cast_possible_truncation, reason = "indices below n")]
    fn naive(seed: u64, ranking: &Ranking, share: &SettledShare, n: usize, replicates: u64) -> Vec<Vec<f64>> {
        let mut generator = Generator::new(seed);
        let mut areas = Vec::new();
        let mut shares = Vec::new();
        for _ in 0..replicates {
            let mut counts = vec![0_u8; n];
            for _ in 0..n {
                counts[ranking.places()[generator.below(n as u64) as usize] as usize] += 1;
            }
            areas.extend(ranking.value(&counts));
        }
        for _ in 0..replicates {
            let drawn: Vec<u16> = (0..n).map(|_| share.marks[generator.below(n as u64) as usize]).collect();
            let count =
                |wanted: &dyn Fn(&u16) -> bool| drawn.iter().filter(|mark| wanted(mark)).count() as u64;
            shares.push(SettledShare::value(count(&|&mark| mark == 257), count(&|&mark| mark > 0)));
        }
        vec![areas, shares]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn resamples_equal_drawing_one_index_after_the_other_at_any_number_of_threads(
            n in prop_oneof![Just(1_usize), Just(2), Just(64), Just(512), 1_usize..300], seed: u64,
            replicates in 1_u64..600, threads in 1_usize..5,
        ) {
            let answers: Vec<Answer> =
                (0..n).map(|at| if at % 3 == 1 { Answer::Wrong } else { Answer::Correct }).collect();
            let lambda: Vec<f64> = (0..n).map(|at| (at * 7919 % 23) as f64).collect();
            let settled: Vec<bool> = (0..n).map(|at| at % 5 == 1).collect();
            let ranking = Ranking::by_exponent(&lambda, &answers);
            let share = SettledShare::new(&answers, &settled);
            let requests = [
                Request { n, target: Target::Counted(&ranking) },
                Request { n, target: Target::Share(&share) },
            ];
            let found = resample(Generator::new(seed), &requests, replicates, threads);
            prop_assert_eq!(found, naive(seed, &ranking, &share, n, replicates));
        }
    }

    #[test]
    fn an_undefined_interval_leaves_the_next_one_unchanged() {
        let answers = vec![Answer::Wrong, Answer::Correct, Answer::Correct];
        let ranking = Ranking::by_exponent(&[0.0, 1.0, -1.0], &answers);
        let request = |undefined| {
            let first = if undefined { Target::Undefined } else { Target::Counted(&ranking) };
            let requests =
                [Request { n: 3, target: first }, Request { n: 3, target: Target::Counted(&ranking) }];
            resample(Generator::new(4), &requests, 50, 1)
        };
        assert_eq!(request(true)[1], request(false)[1]);
        assert_eq!(request(true)[0], [0.0; 0]);
    }
}
