//! One function per thing a person does, and what makes them safe together: rooms, followers, the clock.
//!
//! A *room* decides for one contest, in order, and commits; a *follower* folds what is committed and is read by
//! everybody; a *receipt* says where a decision stands in the ledger. Time, salts, seeds, tokens and codes are
//! made here and nowhere else. Knows neither SQL nor HTTP, and no sentences.

mod batch;
mod chance;
pub mod clock;
mod error;
pub mod lines;
mod open;
mod pins;

pub mod follower;
pub mod room;
pub mod start;

pub mod awards;
pub mod banks;
pub mod boards;
pub mod called;
pub mod contests;
pub mod devices;
pub mod entrants;
pub mod evidence;
pub mod labor;
pub mod ladder;
pub mod ledger;
mod lots;
pub mod marks;
pub mod notes;
pub mod papers;
pub mod people;
pub mod restating;
pub mod roster;
pub mod season;
pub mod second;
mod seeds;
mod setup;
mod trail;
pub mod tries;
mod verify;
pub mod workers;
pub mod works;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

pub use clock::Clock;
pub use error::Error;
pub use follower::Follower;
pub use room::{Ask, OperationKey};

/// Rows that are recorded with the entries they belong to, or not at all.
pub use crate::store::Beside;

pub use crate::rules::{decide::Actor, state::State};
use crate::{
    rules::{
        command::Command,
        ledger::{Instant, Version, entry::Phase},
        names::ContestId,
    },
    store::Store,
};

pub type Result<T> = std::result::Result<T, Error>;

/// The running program. Clones share it.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    store: Store,
    clock: Clock,
    contests_folder: PathBuf,
    open: open::Contests,
    idle: Duration,
    hashing: tokio::sync::Semaphore,
    pins: pins::Line,
    tries: std::sync::Mutex<tries::Tries>,
    device_secret: tokio::sync::OnceCell<String>,
    set_up: std::sync::OnceLock<String>,
    seeds: seeds::Seeds,
    in_use: std::sync::Mutex<restating::Kept>,
    /// One source is bound at a time.
    binding: tokio::sync::Mutex<()>,
}

/// Proof that something was recorded: the last entry it made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub contest: ContestId,
    pub seq: u64,
    /// A view of this version or a later one shows it.
    pub version: Version,
    pub at: Instant,
}

impl App {
    /// On a store whose schema is current. `contests_folder` holds the definitions that can be chosen from.
    pub fn new(store: Store, clock: Clock, contests_folder: impl Into<PathBuf>) -> Self {
        Self::resting_after(open::IDLE_MS, store, clock, contests_folder)
    }

    /// As [`App::new`], with another time after which a contest that nobody uses is put to rest.
    pub fn resting_after(idle_ms: u64, store: Store, clock: Clock, contests_folder: impl Into<PathBuf>) -> Self {
        let app = Self(Arc::new(Inner {
            store,
            clock,
            contests_folder: contests_folder.into(),
            open: open::Contests::default(),
            idle: Duration::from_millis(idle_ms),
            // Each hash takes 19 MiB and tens of milliseconds of a core; more at once help nobody.
            hashing: tokio::sync::Semaphore::new(2),
            pins: pins::Line::default(),
            tries: std::sync::Mutex::default(),
            device_secret: tokio::sync::OnceCell::new(),
            set_up: std::sync::OnceLock::new(),
            seeds: seeds::Seeds::default(),
            in_use: std::sync::Mutex::default(),
            binding: tokio::sync::Mutex::default(),
        }));
        tokio::spawn(open::keep(Arc::downgrade(&app.0)));
        tokio::spawn(verify::keep(Arc::downgrade(&app.0)));
        tokio::spawn(season::keep(Arc::downgrade(&app.0)));
        app
    }

    pub fn store(&self) -> &Store {
        &self.0.store
    }

    pub fn now(&self) -> Instant {
        self.0.clock.now()
    }

    pub fn contests_folder(&self) -> &Path {
        &self.0.contests_folder
    }

    /// Does what a command says, once: decided in order, committed, and recorded when this returns.
    pub async fn act(&self, contest: &ContestId, actor: &Actor, command: Command) -> Result<Receipt> {
        self.ask(contest, Ask::new(actor.clone(), command)).await
    }

    /// As [`App::act`], with an operation id, rows beside the entries, or a place among the judges.
    pub async fn ask(&self, contest: &ContestId, ask: Ask) -> Result<Receipt> {
        if matches!(ask.command, Command::ReachPhase { phase: Phase::Sealed, .. }) {
            self.before_sealing(contest, &ask.actor).await?;
        }
        let mut ask = ask;
        // A room that went to rest in this very moment gives the question back, once.
        for _ in 0..2 {
            let open = self.open(contest).await?;
            match open.room(&self.0).put(ask) {
                Ok(answer) => return answer.await.unwrap_or(Err(Error::Busy { retry_ms: room::RETRY_MS })),
                Err(room::NotTaken::Full) => break,
                Err(room::NotTaken::Rests(back)) => ask = *back,
            }
        }
        Err(Error::Busy { retry_ms: room::RETRY_MS })
    }

    /// What is committed in a contest, as this node knows it; opens the contest when it rests.
    pub async fn follower(&self, contest: &ContestId) -> Result<Arc<Follower>> {
        let follower = self.open(contest).await?.follower.clone();
        follower.is_whole()?;
        Ok(follower)
    }

    /// The contests that are awake here and whose ledgers are not what was written, with the first such line found.
    pub fn damaged(&self) -> Vec<(ContestId, u64)> {
        let awake = self.0.open.followers();
        awake.iter().filter_map(|follower| Some((follower.contest().clone(), follower.damaged_at()?))).collect()
    }

    /// Computes something from the committed state. Keep it short, or do it on a thread for long work.
    pub async fn read<T>(&self, contest: &ContestId, look: impl FnOnce(&State) -> T) -> Result<T> {
        Ok(self.follower(contest).await?.read(look))
    }

    /// Returns when this node shows at least `version`; whoever carries a receipt reads their own writing.
    pub async fn wait_for(&self, contest: &ContestId, version: Version) -> Result<()> {
        let follower = self.follower(contest).await?;
        if follower.wait_for(version).await { Ok(()) } else { Err(Error::Busy { retry_ms: room::RETRY_MS }) }
    }

    /// Lets what is queued finish and closes the database.
    pub async fn close(&self) {
        self.0.open.close();
        self.0.store.close().await;
    }
}
