//! Prizes: what is given and why, the documents of results, certificates, and their check page.
//!
//! `page` shows, `acts` decides and announces, `files` hands out lists, `press` sets certificates on a thread of its
//! own while `printing` shows how far it is, `rewards` is what ladders owe, `own` hands workers their own
//! certificates, and `check` answers anybody who holds a certificate.

mod acts;
mod cards;
mod check;
mod files;
mod own;
mod page;
mod press;
mod printing;
mod rewards;
mod site;

use axum::{Extension, Router};

pub(super) use own::certificate_link;

use super::Web;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .merge(page::routes())
        .merge(acts::routes())
        .merge(files::routes())
        .merge(printing::routes())
        .merge(rewards::routes())
        .merge(own::routes())
        .merge(check::routes())
        .layer(Extension(press::Press::default()))
        .layer(Extension(check::Pace::default()))
}
