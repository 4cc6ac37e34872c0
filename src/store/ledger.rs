//! The append-only lines of a contest.
//!
//! A room asks for a [`Turn`], which tells what other nodes have appended since, decides, and appends. On
//! PostgreSQL the turn holds the contest's row locked from the first statement to the commit, so that nobody
//! loses and nobody decides twice; on SQLite this process is the only writer, nothing is locked while the room
//! decides, and an append that finds another head is refused.

use sqlx::{Postgres, Transaction};

use super::{
    Beside, Conn, Error, On, Result, Store, beside, big,
    dialect::{self, Both, with_rows},
    number,
};
use crate::rules::{ledger::Instant, names::ContestId};

/// Lines read at a time.
pub const PAGE_LINES: u32 = 10_000;

/// An entry as a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub seq: u64,
    pub epoch: u32,
    pub kind: String,
    pub version: u32,
    pub at: Instant,
    /// 16 bytes in hex.
    pub salt: String,
    pub payload: String,
    /// SHA-256 in hex.
    pub leaf: String,
}

/// Where a ledger stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Head {
    pub epoch: u32,
    pub seq: u64,
}

/// An operation that has been answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    pub id: String,
    /// The digest of its body, to tell a repetition from another operation under the same id.
    pub body: String,
    pub first: u64,
    /// The last entry it made; 0 when it was refused.
    pub last: u64,
    pub at: Instant,
}

/// What one commit adds to a contest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    pub lines: Vec<Line>,
    pub operations: Vec<Operation>,
    pub beside: Vec<Beside>,
}

/// The right to append to one contest. Dropped without [`Turn::append`], it has changed nothing.
pub struct Turn {
    store: Store,
    contest: ContestId,
    head: Head,
    missed: Vec<Line>,
    lock: Option<Transaction<'static, Postgres>>,
}

type LineRow = (i64, i64, String, i64, i64, String, String, String);

impl Store {
    /// Begins to append to `contest`, whose ledger the caller knows up to `known`.
    pub async fn turn(&self, contest: &ContestId, known: Head) -> Result<Turn> {
        let mut turn =
            Turn { store: self.clone(), contest: contest.clone(), head: known, missed: Vec::new(), lock: None };
        if let On::Postgres(pool) = &self.place {
            let mut lock = pool.begin().await?;
            turn.head = locked_head(&mut On::Postgres(&mut *lock), contest).await?;
            let mut read = known.seq;
            while read < turn.head.seq {
                let page = page(&mut On::Postgres(&mut *lock), contest, read).await?;
                read = page.last().ok_or(Error::Corrupt("the ledger is shorter than its head"))?.seq;
                turn.missed.extend(page);
            }
            turn.lock = Some(lock);
        }
        Ok(turn)
    }

    /// At most [`PAGE_LINES`] lines after `after`, in order.
    pub async fn lines_after(&self, contest: &ContestId, after: u64) -> Result<Vec<Line>> {
        let rows: Vec<LineRow> = on!(self.read(), db =>
            sqlx::query_as(LINES_AFTER)
                .bind(contest.as_str())
                .bind(big(after))
                .bind(i64::from(PAGE_LINES))
                .fetch_all(db)
                .await)?;
        rows.into_iter().map(line).collect()
    }

    /// Where the ledgers of these contests stand; those that are not there are left out.
    pub async fn heads(&self, contests: &[ContestId]) -> Result<Vec<(ContestId, Head)>> {
        const HEADS: Both = with_rows!(
            "SELECT contest.id, contest.epoch, contest.head FROM",
            rows,
            "AS sought CROSS JOIN contest WHERE contest.id = sought.value ->> 0"
        );
        let sought: Vec<[&str; 1]> = contests.iter().map(|contest| [contest.as_str()]).collect();
        let sought = dialect::rows(&sought)?;
        let rows: Vec<(String, i64, i64)> = on!(self.read(), db, sql = HEADS =>
            sqlx::query_as(sql).bind(sought).fetch_all(db).await)?;
        rows.into_iter()
            .map(|(id, epoch, seq)| Ok((ContestId::new(id), Head { epoch: number(epoch)?, seq: number(seq)? })))
            .collect()
    }

    /// Those of these operations that have been answered.
    pub async fn operations(&self, contest: &ContestId, ids: &[&str]) -> Result<Vec<Operation>> {
        let sought = sought(ids)?;
        let rows: Vec<OperationRow> = on!(self.read(), db, sql = OPERATIONS =>
            sqlx::query_as(sql).bind(sought).bind(contest.as_str()).fetch_all(db).await)?;
        rows.into_iter().map(operation).collect()
    }
}

impl Turn {
    /// Where the ledger stands; the next line follows it.
    pub fn head(&self) -> Head {
        self.head
    }

    /// Lines that others appended after what the caller knew, in order.
    pub fn take_missed(&mut self) -> Vec<Line> {
        std::mem::take(&mut self.missed)
    }

    /// Those of these operations that have been answered, on whichever node.
    pub async fn operations(&mut self, ids: &[&str]) -> Result<Vec<Operation>> {
        let Some(lock) = &mut self.lock else { return self.store.operations(&self.contest, ids).await };
        let rows: Vec<OperationRow> = sqlx::query_as(OPERATIONS.postgres)
            .bind(sought(ids)?)
            .bind(self.contest.as_str())
            .fetch_all(&mut **lock)
            .await?;
        rows.into_iter().map(operation).collect()
    }

    /// Appends and commits. The lines must continue the head without a gap. After an error other than
    /// [`Error::Conflict`], [`Error::Taken`], [`Error::Reference`] and [`Error::Nul`] it may have happened.
    pub async fn append(self, batch: Batch) -> Result<()> {
        let follows = (self.head.seq + 1..).zip(&batch.lines).all(|(seq, line)| seq == line.seq);
        if !follows {
            return Err(Error::Corrupt("lines do not follow the head without a gap"));
        }
        if let Some(mut lock) = self.lock {
            append(&mut On::Postgres(&mut *lock), &self.contest, self.head, &batch).await?;
            lock.commit().await?;
            Ok(())
        } else {
            let (contest, head) = (self.contest, self.head);
            self.store
                .write(move |mut conn| Box::pin(async move { append(&mut conn, &contest, head, &batch).await }))
                .await
        }
    }
}

async fn append(conn: &mut Conn<'_>, contest: &ContestId, known: Head, batch: &Batch) -> Result<()> {
    const LINES: Both = with_rows!(
        "INSERT INTO ledger (contest, seq, epoch, kind, version, at_ms, salt, payload, leaf)
         SELECT $2, CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS BIGINT), value ->> 2, CAST(value ->> 3 AS BIGINT),
                CAST(value ->> 4 AS BIGINT), value ->> 5, value ->> 6, value ->> 7
         FROM",
        rows,
        ""
    );
    const ANSWERED: Both = with_rows!(
        "INSERT INTO operation (contest, id, body, first_seq, last_seq, at_ms)
         SELECT $2, value ->> 0, value ->> 1, CAST(value ->> 2 AS BIGINT), CAST(value ->> 3 AS BIGINT),
                CAST(value ->> 4 AS BIGINT)
         FROM",
        rows,
        ""
    );
    let added = big(batch.lines.len() as u64);
    let moved: Option<(i64, i64)> = on!(conn, db =>
        sqlx::query_as("UPDATE contest SET head = head + $2 WHERE id = $1 RETURNING epoch, head")
            .bind(contest.as_str())
            .bind(added)
            .fetch_optional(&mut **db)
            .await)?;
    let (epoch, head) = moved.ok_or(Error::NoContest)?;
    let before = Head { epoch: number(epoch)?, seq: number(head - added)? };
    if before != known {
        return Err(Error::Conflict { head: before.seq });
    }
    if !batch.lines.is_empty() {
        let lines: Vec<_> = batch
            .lines
            .iter()
            .map(|l| (l.seq, l.epoch, &l.kind, l.version, l.at, &l.salt, &l.payload, &l.leaf))
            .collect();
        let lines = dialect::rows(&lines)?;
        on!(conn, db, sql = LINES =>
            sqlx::query(sql).bind(lines).bind(contest.as_str()).execute(&mut **db).await.map(drop))?;
    }
    if !batch.operations.is_empty() {
        let answered: Vec<_> = batch.operations.iter().map(|o| (&o.id, &o.body, o.first, o.last, o.at)).collect();
        let answered = dialect::rows(&answered)?;
        on!(conn, db, sql = ANSWERED =>
            sqlx::query(sql).bind(answered).bind(contest.as_str()).execute(&mut **db).await.map(drop))?;
    }
    beside::write(conn, contest, &batch.beside).await
}

const LINES_AFTER: &str = "SELECT seq, epoch, kind, version, at_ms, salt, payload, leaf FROM ledger
    WHERE contest = $1 AND seq > $2 ORDER BY seq LIMIT $3";

async fn page(conn: &mut Conn<'_>, contest: &ContestId, after: u64) -> Result<Vec<Line>> {
    let rows: Vec<LineRow> = on!(conn, db =>
        sqlx::query_as(LINES_AFTER)
            .bind(contest.as_str())
            .bind(big(after))
            .bind(i64::from(PAGE_LINES))
            .fetch_all(&mut **db)
            .await)?;
    rows.into_iter().map(line).collect()
}

pub(super) fn line((seq, epoch, kind, version, at, salt, payload, leaf): LineRow) -> Result<Line> {
    Ok(Line {
        seq: number(seq)?,
        epoch: number(epoch)?,
        kind,
        version: number(version)?,
        at: Instant(at),
        salt,
        payload,
        leaf,
    })
}

/// Locks the contest's row until the transaction ends, by writing it.
async fn locked_head(conn: &mut Conn<'_>, contest: &ContestId) -> Result<Head> {
    let row: Option<(i64, i64)> = on!(conn, db =>
        sqlx::query_as("UPDATE contest SET head = head WHERE id = $1 RETURNING epoch, head")
            .bind(contest.as_str())
            .fetch_optional(&mut **db)
            .await)?;
    let (epoch, seq) = row.ok_or(Error::NoContest)?;
    Ok(Head { epoch: number(epoch)?, seq: number(seq)? })
}

type OperationRow = (String, String, i64, i64, i64);

const OPERATIONS: Both = with_rows!(
    "SELECT operation.id, operation.body, operation.first_seq, operation.last_seq, operation.at_ms FROM",
    rows,
    "AS sought CROSS JOIN operation WHERE operation.contest = $2 AND operation.id = sought.value ->> 0"
);

fn sought(ids: &[&str]) -> Result<String> {
    let ids: Vec<[&str; 1]> = ids.iter().map(|id| [*id]).collect();
    dialect::rows(&ids)
}

fn operation((id, body, first, last, at): OperationRow) -> Result<Operation> {
    Ok(Operation { id, body, first: number(first)?, last: number(last)?, at: Instant(at) })
}
