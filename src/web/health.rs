//! What watches the service asks: ready or not, and figures for Prometheus. Neither knows a name.

use std::sync::OnceLock;

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use super::Web;
use crate::app::App;

pub(super) fn routes() -> Router<Web> {
    recorder();
    Router::new().route("/healthz", get(ready)).route("/metrics", get(figures))
}

async fn ready(State(app): State<App>) -> impl IntoResponse {
    match app.store().ping().await {
        Ok(()) => {
            // The service goes on for all other contests; a monitor reads this or `leitai_ledger_damaged_total`.
            let damaged = app.damaged().into_iter().map(|(contest, seq)| format!("damaged: {contest} at {seq}\n"));
            (StatusCode::OK, std::iter::once("ok\n".to_owned()).chain(damaged).collect::<String>())
        }
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n".to_owned())
        }
    }
}

async fn figures() -> impl IntoResponse {
    let text = recorder().map(PrometheusHandle::render).unwrap_or_default();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text)
}

/// The process has one recorder; several services in one process, as in tests, share it.
fn recorder() -> Option<&'static PrometheusHandle> {
    static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    RECORDER.get_or_init(|| PrometheusBuilder::new().install_recorder().ok()).as_ref()
}
