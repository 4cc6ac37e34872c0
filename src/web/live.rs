//! Boards on the move: one frame per contest, serialised once, shared by everybody who watches.
//!
//! A *channel* belongs to one contest: it looks at the ledger's new versions, at most every [`FRAME_MS`], and keeps
//! the newest board as ready bytes. A viewer holds only the version it has seen: when a new one is there it is
//! sent the difference, and when it fell behind, the newest board. Nothing queues, so that a slow phone costs a few
//! bytes and never a judge's time. The same bytes are served over HTTP to those whose sockets fail.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    extract::{
        Path, Query, State, WebSocketUpgrade,
        ws::{Message, Utf8Bytes, WebSocket},
    },
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tokio::{
    sync::{OnceCell, watch},
    time::{Duration, Instant, MissedTickBehavior, interval, sleep, timeout},
};

use super::{Error, Result, Web};
use crate::{
    app::{
        App,
        boards::{
            Names,
            shown::{Shown, changes},
        },
    },
    rules::{ledger::Version, names::ContestId, view::Audience},
};

/// A board changes at most this often.
const FRAME_MS: u64 = 100;
/// Older boards that a returning viewer is brought forward from.
const RECENT_BOARDS: usize = 16;
/// A channel that nobody asks rests after this.
const REST_MS: u64 = 60_000;
const PING_MS: u64 = 30_000;
/// Two pings without an answer, and some patience.
const SILENCE_MS: u64 = 75_000;
/// A viewer that takes no frame for this long is let go; its page reconnects.
const SEND_MS: u64 = 15_000;
/// Viewers have nothing to say.
const MESSAGE_BYTES_MAX: usize = 1024;
/// Sockets of one contest on this node; beyond, pages poll.
const VIEWERS_MAX: usize = 20_000;
/// Deadlines that pass without an entry are looked for this often.
const LOOK_MS: u64 = 1_000;

/// All channels of this node.
#[derive(Clone, Default)]
pub struct Hub {
    channels: Arc<Mutex<HashMap<ContestId, Arc<OnceCell<Channel>>>>>,
    by_hand: Option<watch::Receiver<(Shown, String)>>,
}

/// Where a channel's boards come from.
enum Source {
    Ledger { app: App, contest: ContestId, version: watch::Receiver<Version>, names: Names },
    Hand(watch::Receiver<(Shown, String)>),
}

impl Source {
    /// Returns when there may be something new.
    async fn changed(&mut self) {
        match self {
            // Deadlines pass without an entry.
            Source::Ledger { version, .. } => {
                let _ = timeout(Duration::from_millis(LOOK_MS), version.changed()).await;
            }
            Source::Hand(boards) => {
                if boards.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        }
    }

    async fn board(&mut self) -> crate::app::Result<(Shown, String)> {
        match self {
            Source::Ledger { app, contest, names, .. } => app.board(contest, &Audience::Public, names).await,
            Source::Hand(boards) => Ok(boards.borrow_and_update().clone()),
        }
    }
}

/// One contest's board, for the public.
#[derive(Clone)]
struct Channel {
    newest: watch::Receiver<Arc<Newest>>,
    /// One for each viewer, so that they can be counted.
    viewers: Arc<()>,
    asked: Arc<Mutex<Instant>>,
}

/// The newest board, ready to send.
pub(super) struct Newest {
    pub(super) board: Arc<Shown>,
    pub(super) version: String,
    tag: String,
    snapshot: Utf8Bytes,
    /// Older windows, the newest last.
    recent: VecDeque<(String, Arc<Shown>)>,
    window: Arc<Shown>,
    /// Differences from older versions, made when first asked for.
    from: Mutex<HashMap<String, Utf8Bytes>>,
}

impl Newest {
    fn new(board: Shown, version: String, before: Option<&Newest>) -> Self {
        let window = Arc::new(board.window());
        let snapshot = json!({ "type": "snapshot", "version": version, "board": &*window }).to_string();
        let tag = format!("\"{}\"", data_encoding::HEXLOWER.encode(&Sha256::digest(&snapshot)[..12]));
        let mut recent = before.map(|before| before.recent.clone()).unwrap_or_default();
        if let Some(before) = before {
            recent.push_back((before.version.clone(), before.window.clone()));
            while recent.len() > RECENT_BOARDS {
                recent.pop_front();
            }
        }
        let from = Mutex::default();
        Self { board: Arc::new(board), version, tag, snapshot: snapshot.into(), recent, window, from }
    }

    /// What a viewer of `seen` is sent: the difference when that board is still known, else the whole board.
    fn frame_after(&self, seen: Option<&str>) -> Utf8Bytes {
        let Some((seen, old)) = seen.and_then(|seen| self.recent.iter().rev().find(|(version, _)| version == seen))
        else {
            return self.snapshot.clone();
        };
        let mut made = lock(&self.from);
        let frame = || {
            let mut frame = serde_json::to_value(changes(old, &self.window)?).ok()?;
            frame["type"] = json!("changes");
            frame["after"] = json!(seen);
            frame["version"] = json!(self.version);
            Some(Utf8Bytes::from(frame.to_string()))
        };
        made.entry(seen.clone()).or_insert_with(|| frame().unwrap_or_else(|| self.snapshot.clone())).clone()
    }
}

impl Hub {
    /// Shows this board for every contest, with the versions it is given: for tests and benchmarks of what comes
    /// after the rules.
    pub fn by_hand(boards: watch::Receiver<(Shown, String)>) -> Self {
        Self { channels: Arc::default(), by_hand: Some(boards) }
    }

    /// The newest board of a contest.
    pub(super) async fn newest(&self, app: &App, contest: &ContestId) -> Result<Arc<Newest>> {
        Ok(self.channel(app, contest).await?.newest.borrow().clone())
    }

    async fn channel(&self, app: &App, contest: &ContestId) -> Result<Channel> {
        let known = lock(&self.channels).get(contest).cloned();
        let cell = if let Some(cell) = known {
            cell
        } else {
            // Asked first, so that made-up addresses leave nothing behind.
            if self.by_hand.is_none() {
                app.follower(contest).await?;
            }
            lock(&self.channels).entry(contest.clone()).or_default().clone()
        };
        let channel = cell.get_or_try_init(|| self.open(app.clone(), contest.clone())).await?;
        *lock(&channel.asked) = Instant::now();
        Ok(channel.clone())
    }

    async fn source(&self, app: App, contest: ContestId) -> Result<Source> {
        if let Some(boards) = &self.by_hand {
            return Ok(Source::Hand(boards.clone()));
        }
        let mut version = app.follower(&contest).await?.watch();
        version.mark_unchanged();
        Ok(Source::Ledger { app, contest, version, names: Names::default() })
    }

    async fn open(&self, app: App, contest: ContestId) -> Result<Channel> {
        let mut source = self.source(app, contest.clone()).await?;
        let (board, version) = source.board().await?;
        let (sender, newest) = watch::channel(Arc::new(Newest::new(board, version, None)));
        let viewers = Arc::new(());
        let channel = Channel { newest, viewers: viewers.clone(), asked: Arc::new(Mutex::new(Instant::now())) };
        let (hub, asked) = (self.clone(), channel.asked.clone());
        tokio::spawn(async move {
            loop {
                source.changed().await;
                // One count is this task's, one the hub's.
                let idle = Arc::strong_count(&viewers) <= 2 && lock(&asked).elapsed() > Duration::from_millis(REST_MS);
                if idle {
                    break;
                }
                match source.board().await {
                    Ok((board, version)) => publish(&sender, board, version),
                    Err(crate::app::Error::NotFound) => break,
                    Err(error) => tracing::warn!(%contest, %error, "a board could not be made; trying again"),
                }
                sleep(Duration::from_millis(FRAME_MS)).await;
            }
            lock(&hub.channels).remove(&contest);
        });
        Ok(channel)
    }
}

/// A board that looks the same is no news, whatever happened behind it.
fn publish(sender: &watch::Sender<Arc<Newest>>, board: Shown, version: String) {
    let before = sender.borrow().clone();
    if *before.board != board {
        sender.send_replace(Arc::new(Newest::new(board, version, Some(&before))));
        metrics::counter!("leitai_board_frames_total").increment(1);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/ws/contests/{id}/board", get(socket)).route("/contests/{id}/board.json", get(snapshot))
}

#[derive(Deserialize)]
struct After {
    after: Option<String>,
}

async fn socket(
    State(web): State<Web>,
    Path(contest): Path<ContestId>,
    Query(After { after }): Query<After>,
    upgrade: WebSocketUpgrade,
) -> Result<Response> {
    let channel = web.hub.channel(&web.app, &contest).await?;
    if Arc::strong_count(&channel.viewers) > VIEWERS_MAX {
        return Err(Error::App(crate::app::Error::Busy { retry_ms: 5_000 }));
    }
    Ok(upgrade
        .max_message_size(MESSAGE_BYTES_MAX)
        .max_frame_size(MESSAGE_BYTES_MAX)
        .read_buffer_size(MESSAGE_BYTES_MAX)
        .write_buffer_size(0)
        .on_upgrade(move |socket| watch_board(socket, channel, after)))
}

/// One viewer, until it leaves, falls silent, or takes nothing any more.
async fn watch_board(mut socket: WebSocket, channel: Channel, mut seen: Option<String>) {
    let Channel { mut newest, viewers: _counted, .. } = channel;
    newest.mark_changed();
    let mut ping = interval(Duration::from_millis(PING_MS));
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ping.reset();
    let mut heard = Instant::now();
    loop {
        let message = tokio::select! {
            changed = newest.changed() => {
                if changed.is_err() {
                    break;
                }
                let now = newest.borrow_and_update().clone();
                // Who returns with the newest version hears so, rather than nothing.
                if seen.as_deref() == Some(&now.version) {
                    Message::Text(json!({ "type": "current", "version": now.version }).to_string().into())
                } else {
                    let frame = now.frame_after(seen.as_deref());
                    seen = Some(now.version.clone());
                    Message::Text(frame)
                }
            }
            received = socket.recv() => match received {
                Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                Some(Ok(_)) => {
                    heard = Instant::now();
                    continue;
                }
            },
            _ = ping.tick() => {
                if heard.elapsed() > Duration::from_millis(SILENCE_MS) {
                    break;
                }
                Message::Ping(bytes::Bytes::new())
            }
        };
        match timeout(Duration::from_millis(SEND_MS), socket.send(message)).await {
            Ok(Ok(())) => {}
            _ => break,
        }
    }
}

/// The same snapshot for those whose sockets fail, and for any number of readers behind a cache.
async fn snapshot(State(web): State<Web>, Path(contest): Path<ContestId>, headers: HeaderMap) -> Result<Response> {
    let newest = web.hub.newest(&web.app, &contest).await?;
    let keep = [(header::ETAG, newest.tag.as_str()), (header::CACHE_CONTROL, "public, max-age=1")];
    let known = headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()).unwrap_or_default();
    // A compressing layer marks the tag as weak.
    if known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == newest.tag) {
        return Ok((StatusCode::NOT_MODIFIED, keep).into_response());
    }
    let kind = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
    Ok((keep, kind, bytes::Bytes::from(newest.snapshot.clone())).into_response())
}

#[cfg(test)]
mod tests;
