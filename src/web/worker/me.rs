//! `/contests/{id}/me`: what a worker has to do and to know, their results and places, their challenges and titles.

use axum::{
    Router,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{door_of, own, page_of, papers};
use crate::{
    app::{App, workers::Own},
    rules::names::ContestId,
    web::{
        Page, Result, Web, labor, ladder,
        organizer::Zone,
        partials::{self, Look, Tone},
        prizes, works,
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/contests/{id}/me", get(me))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    said: String,
}

async fn me(
    page: Page,
    State(app): State<App>,
    Path(contest): Path<ContestId>,
    Query(said): Query<Said>,
) -> Result<Response> {
    let Some(entrant) = own(&page, &contest)? else { return Ok(Redirect::to(&door_of(&contest)).into_response()) };
    let greeted = app.greeted(&contest, &entrant).await?;
    if greeted.must_change {
        return Ok(Redirect::to(&format!("{}/pin", page_of(&contest))).into_response());
    }
    let own = app.own(&contest, &entrant).await?;
    let zone = Zone::of(&own.heading);
    let (notices, called) = app.ladder_notices(&contest, &entrant).await?;
    let body = html! {
        p.over { a href={ "/contests/" (contest) } { (own.heading.title) } }
        h1 { (greeted.name) }
        p.quiet-text {
            (greeted.number.as_deref().unwrap_or(entrant.as_str()))
            @if let Some(unit) = &greeted.unit { " · " (unit) }
        }
        @if said.said == "pin" { (partials::notice(Tone::Good, &html! { p { (page.say("worker-pin-changed")) } })) }
        (ladder::todo(&page, &contest, &zone, &notices, &called))
        (papers::cards(&page, &app, &contest, &entrant, &zone).await?)
        (works::cards(&page, &app, &contest, &entrant).await?)
        (results(&page, &own))
        (labor::own(&page, &app, &contest, &entrant).await?)
        (ladder::mine(&page, &app, &contest, &entrant, &zone).await?)
        (titles(&page, &contest, &own))
        div.row {
            (partials::link_button(&format!("{}/pin", page_of(&contest)),
                &page.say(if greeted.has_pin { "worker-change-pin" } else { "worker-set-pin" }), Look::Plain))
            (partials::link_button(&format!("/contests/{contest}"), &page.say("worker-board"), Look::Plain))
            form method="post" action="/logout" { (partials::button(&page.say("shell-log-out"), Look::Plain)) }
        }
    };
    let title = page.say("worker-me").into_owned();
    Ok(page.style("star.css").script("refresh.js").show(&title, &body).into_response())
}

/// Places and totals, as the public board has them.
fn results(page: &Page, own: &Own) -> Markup {
    let total = page.say("board-total");
    html! {
        @if !own.places.is_empty() {
            section.card {
                h2 { (page.say("worker-results")) }
                @for place in &own.places {
                    @if !place.title.is_empty() { h3 { (place.title) } }
                    p {
                        @if let Some(rank) = place.rank {
                            strong { (page.lang.say_with("worker-place", &[("place", rank.into()), ("count", place.count.into())])) }
                        } @else { (page.say("worker-no-place")) }
                    }
                    (partials::facts(&place.results.iter().map(|(title, value)| {
                        (if title.is_empty() { total.as_ref() } else { title.as_str() }, html! { (value) })
                    }).collect::<Vec<_>>()))
                }
                @if !own.heading.sealed { p.quiet-text { (page.say("worker-not-final")) } }
            }
        }
    }
}

fn titles(page: &Page, contest: &ContestId, own: &Own) -> Markup {
    html! {
        @if !own.titles.is_empty() {
            section.card {
                h2 { (page.say("worker-titles")) }
                ul.plain { @for title in &own.titles { li { (partials::pill(title, Tone::Good)) } } }
                @for one in &own.certificates { p { (prizes::certificate_link(page, contest, &one.serial, &one.title)) } }
            }
        }
    }
}
