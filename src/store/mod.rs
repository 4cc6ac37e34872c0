//! The database: SQLite in one file, or PostgreSQL. The only place that names sqlx.
//!
//! Two native pools stand behind one small macro, `on!`: an SQL text is written once, in the part of the
//! language that both share (TEXT and BIGINT columns, `$1`, `ON CONFLICT`, `RETURNING`), beside the function
//! that needs it; what cannot be shared is in [`dialect`]. A *line* is an entry as a row, a *turn* is one
//! room's right to append, what is written *beside* the entries is ordinary rows in the same transaction.
//!
//! Knows no rules: it neither reads an entry's payload nor decides anything, and has no clock and no randomness.

use std::path::Path;

use futures_util::future::BoxFuture;
use sqlx::{PgConnection, PgPool, SqliteConnection, SqlitePool};

/// Runs one SQL text on whichever database is there: `on!(place, db => query.fetch_all(db).await)`. With
/// `, sql = TEXT`, `sql` is the one of two texts that this database reads.
macro_rules! on {
    ($place:expr, $db:ident => $run:expr) => {
        match $place {
            $crate::store::On::Sqlite($db) => $run,
            $crate::store::On::Postgres($db) => $run,
        }
    };
    ($place:expr, $db:ident, $sql:ident = $both:expr => $run:expr) => {
        match $place {
            $crate::store::On::Sqlite($db) => {
                let $sql = $both.sqlite;
                $run
            }
            $crate::store::On::Postgres($db) => {
                let $sql = $both.postgres;
                $run
            }
        }
    };
}

mod dialect;
mod error;
mod postgres;
mod schema;
mod sqlite;
mod writer;

pub mod banks;
pub mod beside;
pub mod contests;
pub mod items;
pub mod ledger;

pub mod logins;
pub mod names;
pub mod papers;
pub mod pictures;
pub mod seasons;
pub mod settings;
pub mod workers;
pub mod works;

pub use beside::Beside;
pub use error::Error;
pub use schema::Schema;

pub type Result<T> = std::result::Result<T, Error>;

/// The database, ready to use. Clones share it.
#[derive(Clone)]
pub struct Store {
    place: On<sqlite::Sqlite, PgPool>,
}

/// One of the two databases, with what belongs to each.
#[derive(Clone, Copy)]
enum On<S, P> {
    Sqlite(S),
    Postgres(P),
}

/// A connection inside a transaction.
type Conn<'c> = On<&'c mut SqliteConnection, &'c mut PgConnection>;

impl Store {
    /// Connects to `sqlite:PATH` or `postgres://…`. An SQLite file is created when missing; tables are not:
    /// see [`Store::schema`] and [`Store::migrate`].
    pub async fn open(url: &str) -> Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self { place: On::Postgres(postgres::open(url).await?) });
        }
        match url.strip_prefix("sqlite:") {
            Some(path) => Self::open_file(Path::new(path.strip_prefix("//").unwrap_or(path))).await,
            None => Err(Error::Url),
        }
    }

    /// An SQLite file, created when missing; its folder must exist.
    pub async fn open_file(path: &Path) -> Result<Self> {
        Ok(Self { place: On::Sqlite(sqlite::open(path).await?) })
    }

    /// Whether other processes may write to the same contests: several nodes on one PostgreSQL.
    pub fn is_shared(&self) -> bool {
        matches!(self.place, On::Postgres(_))
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        on!(self.read(), db => sqlx::query("SELECT 1").execute(db).await.map(drop))?;
        Ok(())
    }

    /// Finishes what is queued, then closes all connections. Later calls fail.
    pub async fn close(&self) {
        match &self.place {
            On::Sqlite(sqlite) => sqlite.close().await,
            On::Postgres(pool) => pool.close().await,
        }
    }

    fn read(&self) -> On<&SqlitePool, &PgPool> {
        match &self.place {
            On::Sqlite(sqlite) => On::Sqlite(&sqlite.readers),
            On::Postgres(pool) => On::Postgres(pool),
        }
    }

    /// Runs `work` in a transaction and commits it; an error leaves nothing behind. On SQLite it may share the
    /// commit with the work of others.
    async fn write<T, W>(&self, work: W) -> Result<T>
    where
        T: Send + 'static,
        W: for<'c> FnOnce(Conn<'c>) -> BoxFuture<'c, Result<T>> + Send + 'static,
    {
        match &self.place {
            On::Sqlite(sqlite) => sqlite.writer.put(work).await,
            On::Postgres(pool) => {
                let mut transaction = pool.begin().await?;
                let done = work(On::Postgres(&mut *transaction)).await?;
                transaction.commit().await?;
                Ok(done)
            }
        }
    }
}

/// A count or sequence number as a column holds it. None grows beyond 63 bits.
fn big(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A column's number as the program holds it.
fn number<N: TryFrom<i64>>(column: i64) -> Result<N> {
    N::try_from(column).map_err(|_| Error::Corrupt("a number is out of its range"))
}
