//! What can go wrong in the database.

use std::sync::Arc;

/// Nothing was written, except after [`Error::Database`] and [`Error::Closed`], where a commit may or may not
/// have happened: look the operation up.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// Somebody else appended: the ledger stands at `head`.
    #[error("another writer has moved the ledger to {head}")]
    Conflict { head: u64 },
    /// A key that must be unique is there already.
    #[error("the key is taken")]
    Taken,
    /// A row that others refer to, or a reference to nothing.
    #[error("a reference does not hold")]
    Reference,
    #[error("no such contest")]
    NoContest,
    /// Neither database stores U+0000 in a text.
    #[error("a text contains the character U+0000")]
    Nul,
    #[error("the database address begins with neither `sqlite:` nor `postgres://`")]
    Url,
    /// A setting that durability rests on did not stay as it was set.
    #[error("{what} is `{found}` and must be `{want}`")]
    Setting { what: &'static str, found: String, want: &'static str },
    #[error("{what} is {found}; at least {least} is needed")]
    TooOld { what: &'static str, found: String, least: &'static str },
    #[error("a stored value cannot be read: {0}")]
    Corrupt(&'static str),
    #[error("the tables cannot be brought up to date: {0}")]
    Migration(Arc<sqlx::migrate::MigrateError>),
    #[error("the store was closed")]
    Closed,
    #[error("the database failed: {0}")]
    Database(Arc<sqlx::Error>),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(told) if told.is_unique_violation() => Self::Taken,
            sqlx::Error::Database(told) if told.is_foreign_key_violation() => Self::Reference,
            sqlx::Error::PoolClosed => Self::Closed,
            _ => Self::Database(Arc::new(error)),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for Error {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::Migration(Arc::new(error))
    }
}
