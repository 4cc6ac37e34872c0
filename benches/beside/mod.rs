//! What the benches of the store share: a round of either side, the bare database to write to, and the program's figures.

use std::{path::Path, time::Duration};

use leitai::{
    rules::{ledger::Instant, names::ContestId},
    store::Store,
};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use sqlx::{Connection, SqliteConnection};

/// One round of either side.
pub(crate) struct Measured {
    pub(crate) done: u64,
    pub(crate) took: Duration,
    pub(crate) batches: u64,
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "figures to look at"
)]
impl Measured {
    pub(crate) fn per_s(&self) -> u64 {
        (self.done as f64 / self.took.as_secs_f64()) as u64
    }

    pub(crate) fn batch(&self) -> f64 {
        self.done as f64 / self.batches.max(1) as f64
    }
}

/// What the program counts about itself while it is measured.
pub(crate) fn figures() -> PrometheusHandle {
    let recorder = PrometheusBuilder::new().build_recorder();
    let figures = recorder.handle();
    metrics::set_global_recorder(recorder).unwrap();
    figures
}

pub(crate) fn count(figures: &PrometheusHandle, name: &str) -> u64 {
    let text = figures.render();
    text.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok()).unwrap_or(0)
}

/// The same tables, made by the same migration, with the contest in them and the program's pragmas.
pub(crate) async fn bare(file: &Path, contest: &ContestId) -> SqliteConnection {
    let store = Store::open_file(file).await.unwrap();
    store.migrate().await.unwrap();
    store.create_contest(contest, "Bench", None, Instant(0)).await.unwrap();
    store.close().await;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let mut conn = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::raw_sql("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON")
        .execute(&mut conn)
        .await
        .unwrap();
    conn
}

pub(crate) fn median<T: Ord + Copy>(mut values: Vec<T>) -> T {
    values.sort_unstable();
    values[values.len() / 2]
}

pub(crate) fn verdict(met: bool) -> &'static str {
    if met { "met" } else { "NOT MET" }
}
