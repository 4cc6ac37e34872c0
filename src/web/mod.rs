//! Pages, sockets and the API. The only place that names axum and maud.
//!
//! A handler extracts, acts, renders, and is short. Each feature exports `routes()`; [`router`] puts them together
//! behind one guard (origins, headers, limits) and one map from errors to answers. Knows no SQL and decides
//! nothing: `app` does what a person asks, `rules::view` says what a person may see, `words` has the sentences.

mod api;
mod assets;
mod audience;
mod board;
mod chief;
mod effect;
mod error;
mod figures;
mod form;
mod guard;
mod health;
mod judge;
mod labor;
mod ladder;
mod layout;
mod liaison;
mod live;
mod login;
mod organizer;
mod papers;
mod prizes;
mod season;
mod second;
pub mod serve;
pub mod session;
mod worker;
mod works;

pub mod partials;

use axum::{Router, extract::FromRef, middleware, response::Redirect, routing::get};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

pub use error::Error;
pub use guard::OverTls;
pub use layout::{Lang, Page};
pub use live::Hub;
pub use session::Who;

use crate::app::App;

pub type Result<T> = std::result::Result<T, Error>;

/// What handlers share; most of them take `State<App>`.
#[derive(Clone, FromRef)]
pub struct Web {
    pub app: App,
    pub hub: Hub,
}

/// The whole service.
pub fn router(app: App) -> Router {
    assemble(Web { app, hub: Hub::default() })
}

/// As [`router`], with a hub of one's own.
pub fn assemble(web: Web) -> Router {
    Router::new()
        .route("/favicon.ico", get(|| async { Redirect::temporary(&assets::url("icon.svg")) }))
        .merge(api::routes())
        .merge(assets::routes())
        .merge(board::routes())
        .merge(chief::routes())
        .merge(figures::routes())
        .merge(judge::routes())
        .merge(labor::routes())
        .merge(ladder::routes())
        .merge(live::routes())
        .merge(health::routes())
        .merge(layout::routes())
        .merge(session::routes())
        .merge(login::routes())
        .merge(organizer::routes())
        .merge(papers::routes())
        .merge(prizes::routes())
        .merge(liaison::routes())
        .merge(season::routes())
        .merge(worker::routes())
        .merge(works::routes())
        .fallback(|| async { Error::NotFound })
        .layer(axum::extract::DefaultBodyLimit::max(guard::BODY_BYTES_MAX))
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(middleware::from_fn(guard::same_origin))
        .layer(middleware::from_fn(error::answer))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(guard::headers))
        .layer(guard::trace())
        .with_state(web)
}
