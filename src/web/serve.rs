//! The listening service, from the first connection to a clean stop.

use std::{future::Future, io};

use tokio::{net::TcpListener, sync::watch, time::Duration};

use super::router;
use crate::app::App;

/// Requests under way are given this long; open boards come back by themselves.
const STOP_MS: u64 = 5_000;

/// Serves until `stop` is ready; what is queued is then finished and the database closed.
pub async fn serve(app: App, listener: TcpListener, stop: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
    let (stopping, mut stopped) = watch::channel(false);
    let signal = async move {
        stop.await;
        let _ = stopping.send(true);
    };
    let service = router(app.clone());
    let running = axum::serve(listener, service).with_graceful_shutdown(signal);
    // A phone that takes a file slowly would hold the stop for ever.
    let late = async move {
        let _ = stopped.wait_for(|stopped| *stopped).await;
        tokio::time::sleep(Duration::from_millis(STOP_MS)).await;
    };
    let ended = tokio::select! {
        ended = running => ended,
        () = late => Ok(()),
    };
    app.close().await;
    ended
}

/// Ready when somebody asks the program to stop: ctrl-c, or SIGTERM where there are signals.
pub async fn asked_to_stop() {
    let interrupted = async {
        // Without a handler for it, ctrl-c ends the program the hard way; waiting for ever here is then harmless.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        let terminated = async {
            match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
                Ok(mut signal) => {
                    signal.recv().await;
                }
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! { () = interrupted => {}, () = terminated => {} }
    }
    #[cfg(not(unix))]
    interrupted.await;
}
