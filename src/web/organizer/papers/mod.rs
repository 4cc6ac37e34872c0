//! `/organizer/{contest}/papers`: how many sat each paper; draws of prizes; windows of one's own.

mod draws;
mod windows;

use axum::{
    Router,
    extract::{FromRef, FromRequestParts, RawPathParams},
    http::request::Parts,
    routing::get,
};
use maud::{Markup, html};

use super::desk::{Desk, Place};
use crate::{
    app::App,
    rules::{
        names::Id,
        papers::{self, Rules, Turnout},
    },
    web::{
        Error, Result, Web,
        error::percent,
        partials::{self, Look},
    },
    words::paper as words,
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/organizer/{contest}/papers", get(all)).merge(draws::routes()).merge(windows::routes())
}

/// One paper of a contest, and the organizer at it.
struct OfPaper {
    desk: Desk,
    rules: Rules,
}

impl<S> FromRequestParts<S> for OfPaper
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let desk = Desk::from_request_parts(parts, state).await?;
        let path = RawPathParams::from_request_parts(parts, state).await.map_err(|_| Error::NotFound)?;
        let id = path.iter().find(|(name, _)| *name == "paper").map(|(_, id)| Id::new(id)).ok_or(Error::NotFound)?;
        let rules = desk.view.papers.iter().find(|rules| rules.id == id).ok_or(Error::NotFound)?.clone();
        Ok(Self { desk, rules })
    }
}

impl OfPaper {
    fn at(&self, page: &str) -> String {
        at(&self.desk, &self.rules, page)
    }

    /// The way back, and what this page is about.
    fn head(&self, title: &str) -> Markup {
        html! {
            p.over { a href=(self.desk.at(Place::Papers)) { (self.desk.say("papers-title")) } }
            h2 { (self.desk.say(title)) " · " (self.rules.title) }
        }
    }

    fn show(self, body: &Markup) -> Markup {
        self.desk.show(Place::Papers, body)
    }
}

fn at(desk: &Desk, rules: &Rules, page: &str) -> String {
    format!("{}/{}/{page}", desk.at(Place::Papers), percent(rules.id.as_str()))
}

async fn all(desk: Desk) -> Result<Markup> {
    let ids: Vec<Id> = desk.view.papers.iter().map(|rules| rules.id.clone()).collect();
    let now = desk.app.now();
    let turnouts =
        desk.app.read(&desk.contest, |state| ids.iter().map(|of| papers::turnout(state, of, now)).collect::<Vec<_>>());
    let turnouts = turnouts.await?;
    let body = html! {
        h2 { (desk.say("papers-title")) }
        @if turnouts.is_empty() {
            (partials::empty(&desk.say("bank-no-papers"), &html! { p { (desk.say("bank-no-papers-next")) } }))
        }
        @for (rules, turnout) in desk.view.papers.iter().zip(&turnouts) { (card(&desk, rules, turnout)) }
    };
    Ok(desk.show(Place::Papers, &body))
}

fn card(desk: &Desk, rules: &Rules, turnout: &Turnout) -> Markup {
    let number = |count: usize| html! { span.number { (count) } };
    let link = |page: &str, key: &str| partials::link_button(&at(desk, rules, page), &desk.say(key), Look::Plain);
    html! {
        section.card {
            h3 { (rules.title) }
            p.quiet-text { (words::size(desk.lang(), rules)) " · " (words::take(desk.lang(), rules)) }
            (partials::facts(&[
                (&desk.say("papers-open"), number(turnout.open)),
                (&desk.say("papers-finished"), number(turnout.finished)),
                (&desk.say("papers-people"), number(turnout.people)),
                (&desk.say("papers-people-valid"), number(turnout.valid)),
                (&desk.say("papers-practice"), number(turnout.practice)),
            ]))
            div.row { (link("draws", "papers-draws")) (link("windows", "papers-windows")) }
        }
    }
}
