//! Making the tables ready, and knowing when they are not.

use leitai::store::{Error, Schema, Store};
use sqlx::Connection;

use crate::support::databases::Database;

crate::on_both_databases!(
    a_fresh_database_is_made_ready_and_stays_so,
    tables_of_a_newer_program_are_foreign,
    a_missing_guard_makes_the_tables_old,
    two_programs_may_migrate_at_once,
    what_is_closed_says_so,
);

async fn a_fresh_database_is_made_ready_and_stays_so(database: Database) {
    let store = Store::open(&database.url).await.unwrap();
    assert_eq!(store.schema().await.unwrap(), Schema::Empty);
    assert!(!store.schema_is_current().await.unwrap());
    store.migrate().await.unwrap();
    assert_eq!(store.schema().await.unwrap(), Schema::Current);
    store.migrate().await.unwrap();
    assert_eq!(database.open().await.schema().await.unwrap(), Schema::Current);
    store.ping().await.unwrap();
    assert_eq!(store.is_shared(), !database.is_sqlite());
}

async fn tables_of_a_newer_program_are_foreign(database: Database) {
    let store = database.open().await;
    let newer = if database.is_sqlite() {
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'later', TRUE, x'00', 0)"
    } else {
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'later', TRUE, '\\x00', 0)"
    };
    database.by_hand(newer).await.unwrap();
    assert_eq!(store.schema().await.unwrap(), Schema::Foreign);
    assert!(matches!(store.migrate().await, Err(Error::Migration(_))));
}

async fn a_missing_guard_makes_the_tables_old(database: Database) {
    let store = database.open().await;
    let drop = if database.is_sqlite() {
        "DROP TRIGGER ledger_keeps_update"
    } else {
        "DROP TRIGGER ledger_keeps_rows ON ledger"
    };
    database.by_hand(drop).await.unwrap();
    assert_eq!(store.schema().await.unwrap(), Schema::Old);
    store.migrate().await.unwrap();
    assert_eq!(store.schema().await.unwrap(), Schema::Current);
}

async fn two_programs_may_migrate_at_once(database: Database) {
    let (one, two) = (Store::open(&database.url).await.unwrap(), Store::open(&database.url).await.unwrap());
    if database.is_sqlite() {
        // A folder belongs to one program; the second finds the work done.
        one.migrate().await.unwrap();
        two.migrate().await.unwrap();
    } else {
        let (first, second) = tokio::join!(one.migrate(), two.migrate());
        first.unwrap();
        second.unwrap();
    }
    assert_eq!(one.schema().await.unwrap(), Schema::Current);
}

async fn what_is_closed_says_so(database: Database) {
    let store = database.open().await;
    store.close().await;
    assert!(matches!(store.set_setting("name", "value").await, Err(Error::Closed)));
    assert!(matches!(store.setting("name").await, Err(Error::Closed)));
}

#[tokio::test]
async fn other_addresses_are_refused() {
    assert!(matches!(Store::open("mysql://localhost/leitai").await, Err(Error::Url)));
}

/// What durability rests on is set on every connection, whoever wrote the file before.
#[tokio::test]
async fn sqlite_keeps_what_it_acknowledges() {
    let database = Database::sqlite();
    drop(database.open().await);
    let mut conn = sqlx::SqliteConnection::connect(&database.url).await.unwrap();
    let (mode,): (String,) = sqlx::query_as("PRAGMA journal_mode").fetch_one(&mut conn).await.unwrap();
    assert_eq!(mode, "wal");
    let (version,): (String,) = sqlx::query_as("SELECT sqlite_version()").fetch_one(&mut conn).await.unwrap();
    let parts: Vec<u32> = version.split('.').map(|part| part.parse().unwrap()).collect();
    assert!(parts >= vec![3, 51, 3], "{version} may lose commits when the write-ahead log is reset");
}
