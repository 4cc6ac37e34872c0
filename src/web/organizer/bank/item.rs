//! One item: as it is asked, its key, how it does in use, and what may be done with it.

use axum::{
    Router,
    extract::{FromRef, FromRequestParts, RawPathParams},
    http::request::Parts,
    response::Response,
    routing::{get, post},
};
use maud::{Markup, html};

use super::{Shelf, face, uses};
use crate::{
    app::{App, banks::Standing},
    rules::{items::Item, names::Id},
    web::{
        Error, Result, Web,
        error::percent,
        partials::{self, Look, Tone},
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/bank/{bank}/items/{item}", get(show))
        .route("/organizer/{contest}/bank/{bank}/items/{item}/remove", post(remove))
}

/// An item on its shelf.
pub(super) struct Picked {
    pub(super) shelf: Shelf,
    pub(super) item: Item,
}

impl<S> FromRequestParts<S> for Picked
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let shelf = Shelf::from_request_parts(parts, state).await?;
        let path = RawPathParams::from_request_parts(parts, state).await.map_err(|_| Error::NotFound)?;
        let id = path.iter().find(|(name, _)| *name == "item").map(|(_, id)| Id::new(id)).ok_or(Error::NotFound)?;
        let item = shelf.bank.item(&id).ok_or(Error::NotFound)?.clone();
        Ok(Self { shelf, item })
    }
}

impl Picked {
    pub(super) fn at(&self, page: &str) -> String {
        format!("{}/{page}", self.shelf.item_at(&self.item.id))
    }

    pub(super) fn is_void(&self) -> bool {
        self.shelf.bank.standing(&self.item) == Standing::Void
    }

    pub(super) fn is_fixed(&self) -> bool {
        self.shelf.bank.is_fixed(&self.item.id)
    }
}

async fn show(picked: Picked) -> Result<Markup> {
    let Picked { shelf, item } = &picked;
    let in_use = shelf.desk.app.items_in_use(&shelf.desk.contest, &shelf.id).await?;
    let times = shelf.bank.fixed.get(&item.id).map_or(0, |fixed| fixed.times);
    let none = || shelf.say("bank-none");
    let body = html! {
        (shelf.over())
        div.row.between { h2 { code { (item.id) } " " (item.kind().title(shelf.lang())) } (shelf.standing(item)) }
        (partials::facts(&[
            (&shelf.say("items-column-subject"), html! { (item.subject.clone().unwrap_or_else(none)) }),
            (&shelf.say("items-column-difficulty"), html! { (item.difficulty.title(shelf.lang())) }),
            (&shelf.say("items-column-points"), html! { (item.points.map_or_else(none, |points| points.normalize().to_string())) }),
            (&shelf.say("bank-times-drawn"), html! { span.number { (times) } }),
        ]))
        (acts(&picked))
        div.columns { (face::as_asked(shelf, item)) (face::key(shelf, item)) }
        @if times > 0 { (uses::card(shelf, item, &in_use)) }
    };
    Ok(picked.shelf.show(&body))
}

fn acts(picked: &Picked) -> Markup {
    let shelf = &picked.shelf;
    let is_void = picked.is_void();
    html! {
        @if is_void {
            (partials::notice(Tone::Warn, &html! { p { (shelf.say("bank-item-void")) } }))
        } @else if picked.is_fixed() {
            (partials::notice(Tone::Plain, &html! { p { (shelf.say("bank-item-fixed")) } }))
        }
        div.row {
            @if !picked.is_fixed() {
                (partials::link_button(&picked.at("edit"), &shelf.say("bank-edit"), Look::Primary))
            } @else {
                (partials::link_button(&picked.at("mend"), &shelf.say(if is_void { "bank-restore" } else { "bank-mend" }), Look::Primary))
            }
            (partials::link_button(&shelf.at(&format!("new?from={}", percent(picked.item.id.as_str()))), &shelf.say("bank-copy"), Look::Plain))
            (partials::dialog(&shelf.say("bank-remove"), Look::Danger, &shelf.say("bank-remove"), &html! {
                p { (shelf.say("bank-remove-about")) }
                form method="post" action=(picked.at("remove")) { (partials::button(&shelf.say("bank-remove-do"), Look::Danger)) }
            }))
        }
    }
}

async fn remove(picked: Picked) -> Result<Response> {
    let desk = &picked.shelf.desk;
    desk.app.remove_item(&desk.contest, &desk.actor, &picked.shelf.id, &picked.item.id).await?;
    Ok(picked.shelf.done("", "bank-removed", 1))
}
