//! The one writer of an SQLite file.
//!
//! A task owns the only writing connection. Work of all contests, sessions and answers queues up for it, and
//! whatever has arrived when it is free becomes one commit, so that one flush to the disk serves many. Each work
//! has a savepoint: one that fails takes nothing of the others with it. Nobody is answered before the commit.

use std::panic::AssertUnwindSafe;

use futures_util::{FutureExt, future::BoxFuture};
use sqlx::{Sqlite, SqliteConnection, SqlitePool, pool::PoolConnection};
use tokio::sync::{mpsc, oneshot};

use super::{Conn, Error, On, Result};

/// Works that wait; whoever comes when it is full waits for a place.
const QUEUE_WORKS_MAX: usize = 1024;
/// Works that share one commit.
const COMMIT_WORKS_MAX: usize = 128;

#[derive(Clone)]
pub(super) struct Queue(mpsc::Sender<Message>);

enum Message {
    Work(Box<dyn Work>),
    Close(oneshot::Sender<()>),
}

trait Work: Send {
    /// `true` when its changes shall stay.
    fn run<'c>(&'c mut self, conn: &'c mut SqliteConnection) -> BoxFuture<'c, bool>;
    /// Answers, now that the commit happened or failed.
    fn settle(self: Box<Self>, commit: Result<()>);
}

struct Errand<T, W> {
    work: Option<W>,
    done: Option<Result<T>>,
    answer: oneshot::Sender<Result<T>>,
}

impl Queue {
    /// Done and committed, or nothing.
    pub(super) async fn put<T, W>(&self, work: W) -> Result<T>
    where
        T: Send + 'static,
        W: for<'c> FnOnce(Conn<'c>) -> BoxFuture<'c, Result<T>> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let errand = Errand { work: Some(work), done: None, answer };
        self.0.send(Message::Work(Box::new(errand))).await.map_err(|_| Error::Closed)?;
        answered.await.map_err(|_| Error::Closed)?
    }

    pub(super) async fn close(&self) {
        let (answer, closed) = oneshot::channel();
        if self.0.send(Message::Close(answer)).await.is_ok() {
            let _ = closed.await;
        }
    }
}

impl<T, W> Work for Errand<T, W>
where
    T: Send + 'static,
    W: for<'c> FnOnce(Conn<'c>) -> BoxFuture<'c, Result<T>> + Send + 'static,
{
    fn run<'c>(&'c mut self, conn: &'c mut SqliteConnection) -> BoxFuture<'c, bool> {
        Box::pin(async move {
            let Some(work) = self.work.take() else { return false };
            let done = work(On::Sqlite(conn)).await;
            let stays = done.is_ok();
            self.done = Some(done);
            stays
        })
    }

    fn settle(self: Box<Self>, commit: Result<()>) {
        let answer = match (self.done, commit) {
            // Its own error is the clearer one.
            (Some(Err(error)), _) | (_, Err(error)) => Err(error),
            (Some(done), Ok(())) => done,
            (None, Ok(())) => Err(Error::Closed),
        };
        // Whoever asked may have gone; the work is done all the same.
        let _ = self.answer.send(answer);
    }
}

/// Takes over a pool of exactly one connection.
pub(super) fn start(pool: SqlitePool) -> Queue {
    let (queue, messages) = mpsc::channel(QUEUE_WORKS_MAX);
    tokio::spawn(run(pool, messages));
    Queue(queue)
}

async fn run(pool: SqlitePool, mut messages: mpsc::Receiver<Message>) {
    let mut conn: Option<PoolConnection<Sqlite>> = None;
    let mut arrived = Vec::new();
    let mut close = None;
    while close.is_none() && messages.recv_many(&mut arrived, COMMIT_WORKS_MAX).await > 0 {
        let mut works = Vec::with_capacity(arrived.len());
        for message in arrived.drain(..) {
            match message {
                Message::Work(work) => works.push(work),
                Message::Close(answer) => close = Some(answer),
            }
        }
        let commit = commit(&pool, &mut conn, &mut works).await;
        metrics::histogram!("leitai_commit_works").record(f64::from(u32::try_from(works.len()).unwrap_or(u32::MAX)));
        if let Err(error) = &commit {
            tracing::error!(%error, works = works.len(), "a commit failed; nothing of it is acknowledged");
            // Whatever state it is in, a new connection begins without it.
            if let Some(broken) = conn.take() {
                let _ = broken.close().await;
            }
        }
        for work in works {
            work.settle(commit.clone());
        }
    }
    drop(conn);
    pool.close().await;
    if let Some(answer) = close {
        let _ = answer.send(());
    }
}

async fn commit(
    pool: &SqlitePool,
    conn: &mut Option<PoolConnection<Sqlite>>,
    works: &mut [Box<dyn Work>],
) -> Result<()> {
    if works.is_empty() {
        return Ok(());
    }
    let conn = match conn {
        Some(conn) => conn,
        none => none.insert(pool.acquire().await?),
    };
    // A plain BEGIN would take the write lock too late to wait for it.
    sqlx::query("BEGIN IMMEDIATE").execute(&mut **conn).await?;
    if let [work] = works {
        // Alone, it needs no savepoint: the transaction is its own.
        let end = if stays(work, conn).await { "COMMIT" } else { "ROLLBACK" };
        sqlx::query(end).execute(&mut **conn).await?;
        return Ok(());
    }
    for work in works {
        sqlx::query("SAVEPOINT work").execute(&mut **conn).await?;
        if !stays(work, conn).await {
            sqlx::query("ROLLBACK TO work").execute(&mut **conn).await?;
        }
        sqlx::query("RELEASE work").execute(&mut **conn).await?;
    }
    sqlx::query("COMMIT").execute(&mut **conn).await?;
    Ok(())
}

/// A defect in one work must not take the writer away from everybody.
async fn stays(work: &mut Box<dyn Work>, conn: &mut SqliteConnection) -> bool {
    AssertUnwindSafe(work.run(conn)).catch_unwind().await.unwrap_or(false)
}
