//! `/organizer/{contest}/bank`: banks of items (题库): what is in them, coming in, pictures, taking into use.
//!
//! A *shelf* is one bank of a contest on an organizer's desk. What is written stays on it until it is adopted; only then
//! papers are drawn with it.

mod adopt;
mod editor;
mod face;
mod fields;
mod import;
mod item;
mod list;
mod mend;
mod pictures;
mod typed;
mod uses;

use axum::{
    Router,
    extract::{FromRef, FromRequestParts, RawPathParams},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use maud::{Markup, html};

use super::desk::{Desk, Place};
use crate::{
    app::{
        App,
        banks::{self, Standing},
    },
    rules::{items::Item, names::Id, papers::Rules},
    web::{
        Error, Result, Web,
        error::percent,
        partials::{self, Look, Tone},
    },
    words::Language,
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/bank", get(banks))
        .merge(list::routes())
        .merge(item::routes())
        .merge(editor::routes())
        .merge(mend::routes())
        .merge(import::routes())
        .merge(pictures::routes())
        .merge(adopt::routes())
}

/// One bank of a contest, and the organizer at it.
pub(super) struct Shelf {
    desk: Desk,
    id: Id,
    bank: banks::Bank,
}

impl<S> FromRequestParts<S> for Shelf
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let desk = Desk::from_request_parts(parts, state).await?;
        let path = RawPathParams::from_request_parts(parts, state).await.map_err(|_| Error::NotFound)?;
        let id = path.iter().find(|(name, _)| *name == "bank").map(|(_, id)| Id::new(id)).ok_or(Error::NotFound)?;
        if !ids(&desk).contains(&id) {
            return Err(Error::NotFound);
        }
        let bank = desk.app.bank(&desk.contest, &id).await?;
        Ok(Self { desk, id, bank })
    }
}

impl Shelf {
    fn say(&self, key: &str) -> String {
        self.desk.say(key)
    }

    fn lang(&self) -> Language {
        self.desk.lang()
    }

    /// The address of a page of this bank; the bank itself for nothing.
    fn at(&self, page: &str) -> String {
        let base = format!("{}/{}", self.desk.at(Place::Bank), percent(self.id.as_str()));
        if page.is_empty() { base } else { format!("{base}/{page}") }
    }

    fn item_at(&self, item: &Id) -> String {
        self.at(&format!("items/{}", percent(item.as_str())))
    }

    fn show(self, body: &Markup) -> Markup {
        let mut desk = self.desk;
        desk.page = desk.page.style("paper.css").style("bank.css").script("regions.js");
        desk.show(Place::Bank, body)
    }

    fn wrong(self, body: &Markup) -> Response {
        (axum::http::StatusCode::UNPROCESSABLE_ENTITY, self.show(body)).into_response()
    }

    /// On to a page of this bank, which says what was done.
    fn done(&self, page: &str, said: &str, count: usize) -> Response {
        Redirect::to(&format!("{}?said={said}&count={count}", self.at(page))).into_response()
    }

    /// The way back to the bank.
    fn over(&self) -> Markup {
        html! { p.over { a href=(self.at("")) { (self.title()) } } }
    }

    fn title(&self) -> String {
        self.lang().say_with("bank-of", &[("bank", self.id.as_str().into())]).into_owned()
    }

    /// The papers that are drawn from it.
    fn papers(&self) -> impl Iterator<Item = &Rules> {
        self.desk.view.papers.iter().filter(|rules| rules.bank == self.id)
    }

    fn standing(&self, item: &Item) -> Markup {
        let (key, tone) = match self.bank.standing(item) {
            Standing::New => ("bank-standing-new", Tone::Wait),
            Standing::Changed => ("bank-standing-changed", Tone::Warn),
            Standing::Adopted => ("bank-standing-adopted", Tone::Good),
            Standing::Void => ("bank-standing-void", Tone::Bad),
        };
        partials::pill(&self.say(key), tone)
    }
}

/// The banks that the definition's papers are drawn from, in its order.
fn ids(desk: &Desk) -> Vec<Id> {
    let mut ids: Vec<Id> = Vec::new();
    for rules in &desk.view.papers {
        if !ids.contains(&rules.bank) {
            ids.push(rules.bank.clone());
        }
    }
    ids
}

/// One bank is opened at once; of several, which.
async fn banks(desk: Desk) -> Result<Response> {
    let ids = ids(&desk);
    if let [only] = ids.as_slice() {
        let to = format!("{}/{}", desk.at(Place::Bank), percent(only.as_str()));
        return Ok(Redirect::to(&to).into_response());
    }
    let mut cards = Vec::with_capacity(ids.len());
    for id in ids {
        let bank = desk.app.bank(&desk.contest, &id).await?;
        cards.push((id, bank));
    }
    let body = html! {
        h2 { (desk.say("bank-title")) }
        @if cards.is_empty() {
            (partials::empty(&desk.say("bank-no-papers"), &html! {
                p { (desk.say("bank-no-papers-next")) }
                p { (partials::link_button(&desk.at(Place::Definition), &desk.say("organizer-definition"), Look::Primary)) }
            }))
        }
        ul.cards { @for (id, bank) in &cards {
            li { a.card href={ (desk.at(Place::Bank)) "/" (percent(id.as_str())) } {
                h3 { (desk.lang().say_with("bank-of", &[("bank", id.as_str().into())])) }
                p { (desk.count("bank-items", bank.items.len())) " " (in_use(&desk, bank)) }
            } }
        } }
    };
    Ok(desk.show(Place::Bank, &body).into_response())
}

fn in_use(desk: &Desk, bank: &banks::Bank) -> Markup {
    let (key, tone) = if bank.adopted.is_none() {
        ("bank-not-in-use", Tone::Warn)
    } else if bank.is_adopted() {
        ("bank-in-use", Tone::Good)
    } else {
        ("bank-changes-wait", Tone::Warn)
    };
    partials::pill(&desk.say(key), tone)
}
