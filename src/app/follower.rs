//! What is committed in one contest, folded, for everybody who reads.
//!
//! Committed entries arrive by one path, whether this node's room or another node wrote them: they are folded
//! in order, each once, and the version grows. Nothing that is not committed is ever seen here, so that a room
//! that lost its way takes this state as its own. A line that is not what was written is an alarm: nothing is
//! recorded in that contest any more, and what stands before such a line is not shown as if it were all.

use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock, Weak};

use tokio::{
    sync::{mpsc, watch},
    time::Duration,
};

use super::{
    Error, Result, State,
    lines::{self, Bound},
    verify,
};
use crate::{
    rules::{
        ledger::{Instant, Recorded, Version, leaf::Hash, tree},
        names::ContestId,
    },
    store::{
        Store,
        ledger::{Head, Line, PAGE_LINES},
    },
};

/// Batches that wait to be folded; when there are more, they are read from the store instead.
const OFFERS_MAX: usize = 64;
const WAIT_MS: u64 = 5_000;

pub struct Follower {
    contest: ContestId,
    store: Store,
    folded: RwLock<Folded>,
    /// Of what was folded, in order: a later look at the store must find the same.
    leaves: Mutex<Vec<Hash>>,
    version: watch::Sender<Version>,
    damaged: OnceLock<u64>,
    offers: mpsc::Sender<Offer>,
    /// One reads from the store at a time.
    reading: tokio::sync::Mutex<()>,
}

#[derive(Clone, Default)]
pub(super) struct Folded {
    pub(super) state: State,
    pub(super) head: Head,
    /// The time of the newest entry.
    pub(super) at: Instant,
}

enum Offer {
    Committed(Vec<Bound>),
    /// The store has more than was offered.
    Look,
}

impl Follower {
    /// Reads, verifies and folds the whole ledger.
    pub(super) async fn open(store: Store, contest: ContestId) -> Result<Arc<Self>> {
        let (offers, offered) = mpsc::channel(OFFERS_MAX);
        let follower = Arc::new(Self {
            contest,
            store,
            folded: RwLock::default(),
            leaves: Mutex::default(),
            version: watch::Sender::new(Version::default()),
            damaged: OnceLock::new(),
            offers,
            reading: tokio::sync::Mutex::default(),
        });
        follower.catch_up().await?;
        tokio::spawn(follow(Arc::downgrade(&follower), offered));
        Ok(follower)
    }

    pub fn contest(&self) -> &ContestId {
        &self.contest
    }

    /// Computes something from the committed state. Entries wait meanwhile, judges do not.
    pub fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.folded.read().unwrap_or_else(PoisonError::into_inner).state)
    }

    /// As [`Follower::read`], with the version of exactly what was read.
    pub fn read_with_version<T>(&self, look: impl FnOnce(&State, Version) -> T) -> T {
        let folded = self.folded.read().unwrap_or_else(PoisonError::into_inner);
        look(&folded.state, folded.version())
    }

    pub fn version(&self) -> Version {
        *self.version.borrow()
    }

    /// Tells each new version; one who is slow sees only the newest.
    pub fn watch(&self) -> watch::Receiver<Version> {
        self.version.subscribe()
    }

    /// Whether the version was reached within a few seconds.
    pub async fn wait_for(&self, version: Version) -> bool {
        let mut seen = self.watch();
        let reached = seen.wait_for(|now| *now >= version);
        tokio::time::timeout(Duration::from_millis(WAIT_MS), reached).await.is_ok_and(|seen| seen.is_ok())
    }

    /// The first line found that is not what was written, if any.
    pub fn damaged_at(&self) -> Option<u64> {
        self.damaged.get().copied()
    }

    /// [`Error::Damaged`] when the state ends before a line that is not what was written. Lines that were altered after
    /// they were folded leave the state as true as it was.
    pub(super) fn is_whole(&self) -> Result<()> {
        match self.damaged_at() {
            Some(seq) if seq > self.head().seq => Err(Error::Damaged { contest: self.contest.clone(), seq }),
            _ => Ok(()),
        }
    }

    /// Over the leaves of the entries up to `seq`, of those that were folded.
    pub(super) fn root(&self, seq: u64) -> Hash {
        let leaves = self.leaves.lock().unwrap_or_else(PoisonError::into_inner);
        let end = usize::try_from(seq).map_or(leaves.len(), |seq| seq.min(leaves.len()));
        tree::root(&leaves[..end])
    }

    /// Compares the store with what was folded, line by line.
    pub async fn check(&self) -> Result<()> {
        let end = self.head().seq;
        let known = |seq: u64, leaf: &Hash| {
            let leaves = self.leaves.lock().unwrap_or_else(PoisonError::into_inner);
            usize::try_from(seq - 1).is_ok_and(|at| leaves.get(at) == Some(leaf))
        };
        if let Some(seq) = verify::first_other(&self.store, &self.contest, end, known).await? {
            self.alarm(seq);
        }
        Ok(())
    }

    pub(super) fn snapshot(&self) -> Folded {
        self.folded.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn head(&self) -> Head {
        self.folded.read().unwrap_or_else(PoisonError::into_inner).head
    }

    /// Entries that were just committed here. Never waits: what finds no place is read from the store.
    pub(super) fn offer(&self, committed: Vec<Bound>) {
        let _ = self.offers.try_send(Offer::Committed(committed));
    }

    /// Another node wrote.
    pub(super) fn look(&self) {
        let _ = self.offers.try_send(Offer::Look);
    }

    /// Folds everything the store has.
    pub(super) async fn catch_up(&self) -> Result<()> {
        let _one = self.reading.lock().await;
        let heads = self.store.heads(std::slice::from_ref(&self.contest)).await?;
        let Some(&(_, head)) = heads.first() else { return Err(Error::NotFound) };
        let mut page = self.store.lines_after(&self.contest, self.head().seq).await?;
        while let Some(last) = page.last() {
            // The next page is on its way while this one is verified and folded.
            let full = page.len() == PAGE_LINES as usize;
            let (store, contest, after) = (self.store.clone(), self.contest.clone(), last.seq);
            let next = full.then(|| tokio::spawn(async move { store.lines_after(&contest, after).await }));
            let entries = self.verified(&page);
            self.fold(&entries);
            if entries.len() < page.len() {
                break;
            }
            page = match next {
                Some(next) => next.await.map_err(|_| Error::Busy { retry_ms: super::room::RETRY_MS })??,
                None => Vec::new(),
            };
        }
        let mut folded = self.folded.write().unwrap_or_else(PoisonError::into_inner);
        folded.head.epoch = head.epoch;
        let end = folded.head.seq;
        drop(folded);
        if end < head.seq {
            self.alarm(end + 1);
        }
        Ok(())
    }

    /// The entries of these lines, up to the first that is not what was written.
    pub(super) fn verified(&self, page: &[Line]) -> Vec<Bound> {
        let mut entries = Vec::with_capacity(page.len());
        for line in page {
            if let Some(bound) = lines::read(line) {
                entries.push(bound);
            } else {
                self.alarm(line.seq);
                break;
            }
        }
        entries
    }

    fn alarm(&self, seq: u64) {
        if self.damaged.set(seq).is_ok() {
            verify::alarm(&self.contest, seq);
        }
    }

    /// Folds what follows the head; `false` when something between is missing.
    fn fold(&self, entries: &[Bound]) -> bool {
        let mut folded = self.folded.write().unwrap_or_else(PoisonError::into_inner);
        let mut leaves = self.leaves.lock().unwrap_or_else(PoisonError::into_inner);
        for Bound { entry, leaf } in entries {
            if entry.seq <= folded.head.seq {
                continue;
            }
            if entry.seq != folded.head.seq + 1 {
                return false;
            }
            folded.apply(entry);
            leaves.push(*leaf);
        }
        drop(leaves);
        let version = folded.version();
        drop(folded);
        self.version.send_if_modified(|seen| {
            let newer = version > *seen;
            if newer {
                *seen = version;
            }
            newer
        });
        true
    }

    fn is_read(&self) -> bool {
        self.folded.try_write().is_err()
    }
}

impl Folded {
    pub(super) fn apply(&mut self, entry: &Recorded) {
        self.state.apply(entry);
        self.head = Head { epoch: entry.epoch, seq: entry.seq };
        self.at = self.at.max(entry.at);
    }

    fn version(&self) -> Version {
        Version { epoch: self.head.epoch, seq: self.head.seq, deadline: Instant::default() }
    }
}

async fn follow(follower: Weak<Follower>, mut offered: mpsc::Receiver<Offer>) {
    while let Some(offer) = offered.recv().await {
        let Some(follower) = follower.upgrade() else { break };
        let whole = match offer {
            Offer::Look => false,
            // Somebody reads for long: wait on a thread that may be kept waiting.
            Offer::Committed(entries) if follower.is_read() => {
                let follower = follower.clone();
                tokio::task::spawn_blocking(move || follower.fold(&entries)).await.unwrap_or(false)
            }
            Offer::Committed(entries) => follower.fold(&entries),
        };
        if !whole && let Err(error) = follower.catch_up().await {
            tracing::warn!(contest = %follower.contest, %error, "cannot read the ledger; trying again");
        }
    }
}
