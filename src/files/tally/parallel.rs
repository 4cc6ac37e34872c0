//! Work on all processors: a file in parts, entrants in shares.
//!
//! Results do not depend on how many there are.

use std::{panic, thread};

/// How many shares a work is worth that has `size` units, each share at least `least`.
pub(super) fn shares(size: usize, least: usize) -> usize {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    processors.min(size / least).max(1)
}

/// Does every work on a thread of its own; results in the order of the works.
pub(super) fn side_by_side<W: Send, R: Send>(works: Vec<W>, work: impl Fn(W) -> R + Sync) -> Vec<R> {
    if works.len() < 2 {
        return works.into_iter().map(work).collect();
    }
    let work = &work;
    thread::scope(|scope| {
        let running: Vec<_> = works.into_iter().map(|one| scope.spawn(move || work(one))).collect();
        let done = running.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| panic::resume_unwind(panic)));
        done.collect()
    })
}
