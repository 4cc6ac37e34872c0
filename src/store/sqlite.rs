//! Opening an SQLite file so that what it acknowledges is on the disk.
//!
//! Readers have a pool of their own and cannot write; the one writing connection belongs to [`super::writer`].

use std::{path::Path, time::Duration};

use sqlx::{
    Connection, SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};

use super::{Error, Result, writer};

const READERS_MAX: u32 = 8;
/// How long to wait for another process that holds the file, a backup for instance. The pragma below repeats it.
const BUSY_MS: u32 = 10_000;
/// Lower versions may lose commits when the write-ahead log is reset while another connection writes.
const VERSION_LEAST: (&str, [u32; 3]) = ("3.51.3", [3, 51, 3]);

#[derive(Clone)]
pub(super) struct Sqlite {
    pub(super) readers: SqlitePool,
    pub(super) writer: writer::Queue,
    options: SqliteConnectOptions,
}

impl Sqlite {
    /// A connection outside the pools that may write: for changes of the tables themselves.
    pub(super) async fn connect(&self) -> Result<SqliteConnection> {
        let mut conn = SqliteConnection::connect_with(&self.options).await?;
        make_durable(&mut conn).await?;
        Ok(conn)
    }

    pub(super) async fn close(&self) {
        self.readers.close().await;
        // The writer goes last, so that it folds the write-ahead log back into the file.
        self.writer.close().await;
    }
}

pub(super) async fn open(path: &Path) -> Result<Sqlite> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        // PostgreSQL's byte order, under the name it has there, so that one text sorts alike on both.
        .collation("C", |a: &str, b: &str| a.cmp(b));
    let writing = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .after_connect(|conn, _| Box::pin(async move { make_durable(conn).await.map_err(foreign) }))
        .connect_with(options.clone())
        .await
        .map_err(own)?;
    let readers = SqlitePoolOptions::new()
        .max_connections(READERS_MAX)
        // A file does not hang up.
        .test_before_acquire(false)
        .after_connect(|conn, _| {
            Box::pin(async move {
                make_durable(conn).await.map_err(foreign)?;
                sqlx::raw_sql("PRAGMA query_only = ON").execute(&mut *conn).await.map(drop)
            })
        })
        .acquire_timeout(Duration::from_millis(BUSY_MS.into()))
        .connect_with(options.clone())
        .await
        .map_err(own)?;
    Ok(Sqlite { readers, writer: writer::start(writing), options })
}

/// Sets what durability rests on, after connecting, and reads each back: a pragma that is not understood is
/// silently ignored.
async fn make_durable(conn: &mut SqliteConnection) -> Result<()> {
    let (version,): (String,) = sqlx::query_as("SELECT sqlite_version()").fetch_one(&mut *conn).await?;
    let parts: Vec<u32> = version.split('.').filter_map(|part| part.parse().ok()).collect();
    if parts[..] < VERSION_LEAST.1[..] {
        return Err(Error::TooOld { what: "SQLite", found: version, least: VERSION_LEAST.0 });
    }
    sqlx::raw_sql("PRAGMA busy_timeout = 10000").execute(&mut *conn).await?;
    let (mode,): (String,) = sqlx::query_as("PRAGMA journal_mode = WAL").fetch_one(&mut *conn).await?;
    if mode != "wal" {
        return Err(Error::Setting { what: "journal_mode", found: mode, want: "wal" });
    }
    sqlx::raw_sql(
        "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON; PRAGMA foreign_keys = ON",
    )
    .execute(&mut *conn)
    .await?;
    for (what, query, want, text) in [
        ("synchronous", "PRAGMA synchronous", 2, "2 (FULL)"),
        ("foreign_keys", "PRAGMA foreign_keys", 1, "1"),
        ("busy_timeout", "PRAGMA busy_timeout", i64::from(BUSY_MS), "10000"),
    ] {
        let (found,): (i64,) = sqlx::query_as(query).fetch_one(&mut *conn).await?;
        if found != want {
            return Err(Error::Setting { what, found: found.to_string(), want: text });
        }
    }
    Ok(())
}

/// The hook of a pool may only fail with the library's error; ours travels inside it.
fn foreign(error: Error) -> sqlx::Error {
    match error {
        Error::Database(told) => std::sync::Arc::try_unwrap(told).unwrap_or(sqlx::Error::WorkerCrashed),
        other => sqlx::Error::Configuration(Box::new(other)),
    }
}

fn own(error: sqlx::Error) -> Error {
    match error {
        sqlx::Error::Configuration(inside) => match inside.downcast::<Error>() {
            Ok(ours) => *ours,
            Err(theirs) => sqlx::Error::Configuration(theirs).into(),
        },
        other => other.into(),
    }
}
