//! Opening a PostgreSQL database so that what it acknowledges is on its disk.

use std::{str::FromStr, time::Duration};

use sqlx::{
    PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use super::{Error, Result};

const CONNECTIONS_MAX: u32 = 24;
const ACQUIRE_MS: u64 = 10_000;
/// The first that can replace a trigger in one statement.
const VERSION_LEAST: (&str, i64) = ("14", 140_000);

pub(super) async fn open(url: &str) -> Result<PgPool> {
    let options = PgConnectOptions::from_str(url)?;
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS_MAX)
        .acquire_timeout(Duration::from_millis(ACQUIRE_MS))
        .after_connect(|conn, _| Box::pin(make_durable(conn)))
        .connect_with(options)
        .await?;
    let (version,): (String,) = sqlx::query_as("SHOW server_version_num").fetch_one(&pool).await?;
    if version.parse().unwrap_or(0) < VERSION_LEAST.1 {
        return Err(Error::TooOld { what: "PostgreSQL", found: version, least: VERSION_LEAST.0 });
    }
    for (what, query, want) in [
        ("server_encoding", "SHOW server_encoding", "UTF8"),
        ("fsync", "SHOW fsync", "on"),
        ("full_page_writes", "SHOW full_page_writes", "on"),
    ] {
        let (found,): (String,) = sqlx::query_as(query).fetch_one(&pool).await?;
        if found != want {
            return Err(Error::Setting { what, found, want });
        }
    }
    Ok(pool)
}

/// A role or database may have been set to acknowledge before writing; a mark must not be. Stricter settings
/// (a replica has it too) are left as they are.
async fn make_durable(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query(
        "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
    )
    .execute(conn)
    .await
    .map(drop)
}
