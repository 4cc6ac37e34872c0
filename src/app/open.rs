//! The contests that are awake on this node.
//!
//! One opens when somebody first asks for it and rests after ten idle minutes. A few times a second the heads
//! of the open ones are compared with the store, because another node may have written.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use tokio::{
    sync::OnceCell,
    time::{Duration, Instant},
};

use super::{App, Error, Follower, Inner, Result, room::Room};
use crate::rules::names::ContestId;

const LOOK_MS: u64 = 250;
pub(super) const IDLE_MS: u64 = 10 * 60 * 1_000;

#[derive(Default)]
pub(super) struct Contests(Mutex<HashMap<ContestId, Arc<OnceCell<Arc<Open>>>>>);

pub(super) struct Open {
    pub(super) follower: Arc<Follower>,
    room: Mutex<Option<Room>>,
    used: Mutex<Instant>,
}

impl App {
    pub(super) async fn open(&self, contest: &ContestId) -> Result<Arc<Open>> {
        let there = lock(&self.0.open.0).get(contest).cloned();
        let cell = if let Some(cell) = there {
            cell
        } else {
            // Asked first, so that addresses made up by strangers leave nothing behind.
            self.0.store.contest(contest).await?.ok_or(Error::NotFound)?;
            lock(&self.0.open.0).entry(contest.clone()).or_default().clone()
        };
        let open = cell
            .get_or_try_init(|| async {
                let follower = Follower::open(self.0.store.clone(), contest.clone()).await?;
                Ok::<_, Error>(Arc::new(Open { follower, room: Mutex::default(), used: Mutex::new(Instant::now()) }))
            })
            .await?
            .clone();
        *lock(&open.used) = Instant::now();
        Ok(open)
    }
}

impl Open {
    /// The contest's room on this node, started when it rests.
    pub(super) fn room(&self, app: &Inner) -> Room {
        let mut room = lock(&self.room);
        match &*room {
            Some(awake) if !awake.rests() => awake.clone(),
            _ => {
                room.insert(Room::start(app.store.clone(), app.clock.clone(), self.follower.clone(), app.idle)).clone()
            }
        }
    }
}

impl Contests {
    /// Rooms answer what they have and end.
    pub(super) fn close(&self) {
        lock(&self.0).clear();
    }

    /// Forgets a contest that is no longer there.
    pub(super) fn forget(&self, contest: &ContestId) {
        lock(&self.0).remove(contest);
    }

    pub(super) fn followers(&self) -> Vec<Arc<Follower>> {
        lock(&self.0).values().filter_map(|cell| Some(cell.get()?.follower.clone())).collect()
    }

    fn awake(&self, idle: Duration) -> Vec<(ContestId, Arc<Open>)> {
        let mut contests = lock(&self.0);
        contests.retain(|_, cell| {
            let Some(open) = cell.get() else { return true };
            let idle = lock(&open.used).elapsed() >= idle;
            // Boards that watch hold the follower.
            let unused = lock(&open.room).as_ref().is_none_or(Room::rests) && Arc::strong_count(&open.follower) == 1;
            !(idle && unused)
        });
        contests.iter().filter_map(|(id, cell)| Some((id.clone(), cell.get()?.clone()))).collect()
    }
}

/// Lives as long as the app.
pub(super) async fn keep(app: Weak<Inner>) {
    let mut ticks = tokio::time::interval(Duration::from_millis(LOOK_MS));
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let Some(app) = app.upgrade() else { break };
        let awake = app.open.awake(app.idle);
        if awake.is_empty() {
            continue;
        }
        for (id, open) in &awake {
            let before = super::papers::overdue_before(app.clock.now());
            // Looked up here, so that a contest where nothing is due may go to rest.
            if open.follower.read(|state| crate::rules::papers::overdue(state, before)).is_empty() {
                continue;
            }
            if let Err(error) = super::App(app.clone()).finish_overdue(id).await {
                tracing::warn!(contest = %id, %error, "papers whose time is up wait to be marked");
            }
        }
        let ids: Vec<ContestId> = awake.iter().map(|(id, _)| id.clone()).collect();
        match app.store.heads(&ids).await {
            Ok(heads) => {
                let heads: HashMap<_, _> = heads.into_iter().collect();
                for (id, open) in &awake {
                    if heads.get(id).is_some_and(|head| head.seq > open.follower.head().seq) {
                        open.follower.look();
                    }
                }
            }
            Err(crate::store::Error::Closed) => break,
            Err(error) => tracing::warn!(%error, "cannot compare with the store; trying again"),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
