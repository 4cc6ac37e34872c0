//! `/organizer/{contest}/collections`: the organizer's desk of works that are handed in (征集): how many stand where, the
//! list with its filters and as a workbook, dealing to judges, closing.

mod list;
mod page;

use axum::{
    Router,
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use maud::{Markup, html};
use serde::Deserialize;

use super::desk::{Desk, Place};
use crate::{
    app,
    rules::{
        command::Command,
        names::{ContestId, Id},
        view::organizer::Seed,
        works::{self, Act, Closedness, CollectionView},
    },
    web::{
        Error, Page, Result, Web,
        form::Posted,
        partials::{self, Look, Tone},
    },
};

pub(super) fn routes() -> Router<Web> {
    const ONE: &str = "/organizer/{contest}/collections/{collection}";
    Router::new()
        .route("/organizer/{contest}/collections", get(overview))
        .route(ONE, get(show))
        .route(&format!("{ONE}/works.xlsx"), get(list::workbook))
        .route(&format!("{ONE}/commit"), post(commit))
        .route(&format!("{ONE}/deal"), post(deal))
        .route(&format!("{ONE}/close"), post(close))
        .route(&format!("{ONE}/reopen"), post(reopen))
}

/// The page of one collection.
pub(in crate::web) fn address(contest: &ContestId, collection: &Id) -> String {
    format!("/organizer/{contest}/collections/{collection}")
}

/// A contest with one collection leads to it.
async fn overview(desk: Desk) -> Result<Response> {
    let now = desk.app.now();
    let all = desk.app.read(&desk.contest, |state| works::collections(state, now)).await?;
    if let [only] = all.as_slice() {
        return Ok(Redirect::to(&address(&desk.contest, &only.rules.id)).into_response());
    }
    let body = html! {
        @if all.is_empty() {
            (partials::empty(&desk.say("collections-none"), &html! {
                p { (partials::link_button(&desk.at(Place::Definition), &desk.say("organizer-definition"), Look::Primary)) }
            }))
        }
        @for one in &all {
            section.card {
                div.row.between {
                    h2 { a href=(address(&desk.contest, &one.rules.id)) { (one.rules.title) } }
                    (openness(&desk.page, one))
                }
                (counts(&desk.page, one))
            }
        }
    };
    Ok(desk.show(Place::Collections, &body).into_response())
}

fn openness(page: &Page, one: &CollectionView) -> Markup {
    let (key, tone) = match (&one.open, one.closed) {
        (_, true) => ("collections-closed", Tone::Good),
        (Err(Closedness::NotYet { .. }), _) => ("collections-not-yet", Tone::Plain),
        (Err(Closedness::Over { .. }), _) => ("collections-over", Tone::Wait),
        (Ok(()), _) => ("collections-open", Tone::Live),
    };
    partials::pill(&page.say(key), tone)
}

/// Works by what stands of them.
fn counts(page: &Page, one: &CollectionView) -> Markup {
    let say = |key: &str| page.say(key).into_owned();
    let counted = [
        (say("works-stand-waiting"), one.waiting),
        (say("works-outcome-returned"), one.returned),
        (say("works-outcome-accepted"), one.accepted),
        (say("works-outcome-declined"), one.declined),
        (say("works-outcome-duplicate"), one.duplicates),
        (say("works-outcome-false"), one.untrue),
        (say("works-stand-withdrawn"), one.withdrawn),
    ];
    let facts: Vec<(&str, Markup)> =
        counted.iter().map(|(label, count)| (label.as_str(), html! { span.number { (count) } })).collect();
    partials::facts(&facts)
}

async fn show(
    desk: Desk,
    Path((_, collection)): Path<(ContestId, Id)>,
    Query(filter): Query<list::Filter>,
) -> Result<Markup> {
    let body = page::page(&desk, &collection, &filter, None).await?;
    Ok(desk.show(Place::Collections, &body))
}

/// What a draw of this collection's works begins with, so that its seed is used for nothing else.
fn purpose(collection: &Id) -> String {
    format!("works.{collection}.")
}

/// The newest seed that was committed to and not used.
fn seed<'d>(desk: &'d Desk, collection: &Id) -> Option<&'d Seed> {
    let purpose = purpose(collection);
    desk.view.seeds.iter().rev().find(|seed| !seed.used && seed.draw.as_str().starts_with(&purpose))
}

async fn commit(desk: Desk, Path((_, collection)): Path<(ContestId, Id)>) -> Result<Response> {
    let done = desk.app.commit_seed(&desk.contest, &desk.actor, &purpose(&collection)).await;
    let done = match done {
        Ok(receipt) => desk.shown(receipt).await.map(drop),
        Err(error) => Err(error.into()),
    };
    settled(desk, &collection, done, "deal-committed", 0).await
}

async fn deal(desk: Desk, Path((_, collection)): Path<(ContestId, Id)>) -> Result<Response> {
    let Some(draw) = seed(&desk, &collection).map(|seed| seed.draw.clone()) else {
        return settled(desk, &collection, Err(app::Error::SeedGone.into()), "", 0).await;
    };
    let undealt = desk.app.read(&desk.contest, |state| works::dealing(state, &collection)).await?;
    let count = undealt.map_or(0, |dealing| dealing.undealt);
    let done = desk.app.deal_works(&desk.contest, &desk.actor, &collection, &draw).await.map(drop);
    settled(desk, &collection, done.map_err(Error::App), "dealt", count).await
}

async fn close(desk: Desk, Path((_, collection)): Path<(ContestId, Id)>) -> Result<Response> {
    let done = desk.act(Command::Work(Act::Close { collection: collection.clone() })).await.map(drop);
    settled(desk, &collection, done, "collection-closed", 0).await
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Why {
    reason: String,
}

async fn reopen(
    desk: Desk,
    Path((_, collection)): Path<(ContestId, Id)>,
    Posted(why): Posted<Why>,
) -> Result<Response> {
    let id = collection.clone();
    let done =
        desk.act_because(&why.reason, |reason| Command::Work(Act::Reopen { collection: id, reason })).await.map(drop);
    settled(desk, &collection, done, "collection-reopened", 0).await
}

/// Back to the page, with what was done or why it was not.
async fn settled(desk: Desk, collection: &Id, done: Result<()>, said: &str, count: usize) -> Result<Response> {
    match done {
        Ok(()) => {
            let to = address(&desk.contest, collection);
            Ok(Redirect::to(&format!("{to}?said={said}&count={count}")).into_response())
        }
        Err(error @ Error::App(app::Error::Refused(_) | app::Error::SeedGone)) => {
            let problem = error.words(desk.lang()).1;
            let body = page::page(&desk, collection, &list::Filter::default(), Some(&problem)).await?;
            Ok(desk.wrong(Place::Collections, &body))
        }
        Err(error) => Err(error),
    }
}
