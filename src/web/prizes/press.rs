//! Printing jobs: one at a time, each on a thread that answers no judge, with its progress and its result.
//!
//! A result is kept for half an hour, within a limit of memory; the newest job of a contest replaces the one before.
//! Knows no page and no definition.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use bytes::Bytes;
use tokio::sync::Semaphore;

use crate::{
    files::{
        certificates::{self, Kind, Order},
        documents::{Fonts, Output, Problem},
    },
    rules::{ledger::Version, names::ContestId},
};

const KEPT: Duration = Duration::from_mins(30);
/// Of all results together; the oldest goes first.
const KEPT_BYTES_MAX: usize = 256 * 1024 * 1024;
/// Jobs that wait or run.
const JOBS_MAX: usize = 8;

#[derive(Clone)]
pub(super) struct Press {
    jobs: Arc<Mutex<HashMap<ContestId, Job>>>,
    turn: Arc<Semaphore>,
}

impl Default for Press {
    fn default() -> Self {
        // The typesetter uses several threads by itself, and a megabyte for each page.
        Self { jobs: Arc::default(), turn: Arc::new(Semaphore::new(1)) }
    }
}

#[derive(Clone)]
struct Job {
    id: u64,
    since: Instant,
    version: Version,
    count: usize,
    done: Arc<AtomicUsize>,
    at: At,
}

#[derive(Clone)]
enum At {
    Waiting,
    Setting,
    Finished(Finished),
    Failed(Arc<Vec<Problem>>),
}

#[derive(Clone)]
pub(super) struct Finished {
    pub(super) bytes: Bytes,
    pub(super) kind: Kind,
}

/// How a contest's job stands.
pub(super) enum Progress {
    Waiting,
    Setting {
        done: usize,
        all: usize,
    },
    /// `version` is what the certificates were read from.
    Finished {
        all: usize,
        version: Version,
    },
    Failed(Arc<Vec<Problem>>),
}

/// What is to be set.
pub(super) struct Work {
    pub(super) orders: Vec<Order>,
    pub(super) output: Output,
    pub(super) contests_folder: std::path::PathBuf,
    pub(super) version: Version,
}

/// Too many jobs wait, or this contest's own is still under way.
#[derive(Debug)]
pub(super) struct Busy;

impl Press {
    /// Begins a job in the background.
    pub(super) fn begin(&self, contest: &ContestId, work: Work) -> Result<(), Busy> {
        let mut jobs = self.jobs();
        tidy(&mut jobs);
        let active = |job: &Job| matches!(job.at, At::Waiting | At::Setting);
        if jobs.values().filter(|job| active(job)).count() >= JOBS_MAX || jobs.get(contest).is_some_and(active) {
            return Err(Busy);
        }
        let id = jobs.get(contest).map_or(0, |job| job.id + 1);
        let done = Arc::new(AtomicUsize::new(0));
        let (count, version) = (work.orders.len(), work.version);
        let job = Job { id, since: Instant::now(), version, count, done: done.clone(), at: At::Waiting };
        jobs.insert(contest.clone(), job);
        drop(jobs);
        let (press, contest) = (self.clone(), contest.clone());
        tokio::spawn(async move {
            let Ok(_turn) = press.turn.acquire().await else { return };
            press.set(&contest, id, At::Setting);
            let at = match tokio::task::spawn_blocking(move || print(work, &done)).await {
                Ok(Ok(finished)) => At::Finished(finished),
                Ok(Err(problems)) => At::Failed(Arc::new(problems)),
                Err(panic) => At::Failed(Arc::new(vec![Problem::Typesetter { message: panic.to_string() }])),
            };
            press.set(&contest, id, at);
        });
        Ok(())
    }

    pub(super) fn progress(&self, contest: &ContestId) -> Option<Progress> {
        let mut jobs = self.jobs();
        tidy(&mut jobs);
        let job = jobs.get(contest)?;
        Some(match &job.at {
            At::Waiting => Progress::Waiting,
            At::Setting => Progress::Setting { done: job.done.load(Ordering::Relaxed), all: job.count },
            At::Finished(_) => Progress::Finished { all: job.count, version: job.version },
            At::Failed(problems) => Progress::Failed(problems.clone()),
        })
    }

    pub(super) fn result(&self, contest: &ContestId) -> Option<Finished> {
        match &self.jobs().get(contest)?.at {
            At::Finished(finished) => Some(finished.clone()),
            _ => None,
        }
    }

    fn set(&self, contest: &ContestId, id: u64, at: At) {
        let mut jobs = self.jobs();
        if let Some(job) = jobs.get_mut(contest)
            && job.id == id
        {
            job.at = at;
            job.since = Instant::now();
        }
        tidy(&mut jobs);
    }

    fn jobs(&self) -> std::sync::MutexGuard<'_, HashMap<ContestId, Job>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One document at once, for those who wait for the answer.
pub(super) fn print(work: Work, done: &AtomicUsize) -> Result<Finished, Vec<Problem>> {
    let fonts = Fonts::system().map_err(|problem| vec![problem])?;
    let progress = |set: usize, _: usize| done.store(set, Ordering::Relaxed);
    let printed = certificates::print(fonts, &work.contests_folder, work.orders, work.output, &progress)?;
    Ok(Finished { bytes: printed.bytes.into(), kind: printed.kind })
}

/// Forgets what is old, then the oldest results until the rest fits.
fn tidy(jobs: &mut HashMap<ContestId, Job>) {
    let size = |job: &Job| match &job.at {
        At::Finished(finished) => finished.bytes.len(),
        _ => 0,
    };
    jobs.retain(|_, job| matches!(job.at, At::Waiting | At::Setting) || job.since.elapsed() < KEPT);
    while jobs.values().map(size).sum::<usize>() > KEPT_BYTES_MAX {
        let finished = jobs.iter().filter(|(_, job)| size(job) > 0);
        let Some(oldest) = finished.min_by_key(|(_, job)| job.since).map(|(contest, _)| contest.clone()) else { break };
        jobs.remove(&oldest);
    }
}
