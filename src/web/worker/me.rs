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
    app::{
        App,
        ladder::{Called, Names},
        workers::Own,
    },
    rules::{
        ladder::{Notice, Noticed},
        names::{ContestId, EntrantId},
    },
    web::{
        Page, Result, Web,
        organizer::Zone,
        partials::{self, Look, Tone},
    },
    words::ladder,
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
        (notified(&page, &contest, &zone, &notices, &called))
        (papers::cards(&page, &app, &contest, &entrant, &zone).await?)
        (results(&page, &own))
        (ladders(&page, &app, &contest, &entrant).await?)
        (titles(&page, &own))
        div.row {
            (partials::link_button(&format!("{}/pin", page_of(&contest)),
                &page.say(if greeted.has_pin { "worker-change-pin" } else { "worker-set-pin" }), Look::Plain))
            (partials::link_button(&format!("/contests/{contest}"), &page.say("worker-board"), Look::Plain))
            form method="post" action="/logout" { (partials::button(&page.say("shell-log-out"), Look::Plain)) }
        }
    };
    Ok(page.show(&page.say("worker-me"), &body).into_response())
}

/// What is to know or to do, the earliest deadline first.
fn notified(page: &Page, contest: &ContestId, zone: &Zone, notices: &[Notice], called: &Called) -> Markup {
    html! {
        @if !notices.is_empty() {
            section.card {
                h2 { (page.say("worker-notices")) " " span.number { (notices.len()) } }
                ul.plain {
                    @for notice in notices {
                        li {
                            p {
                                strong { (ladder::notice(page.lang, &notice.what, |one| called.name(one))) }
                                @if let Some(until) = notice.until {
                                    " " (partials::pill(&page.lang.say_with("worker-until", &[("at", zone.minute(until).into())]), Tone::Warn))
                                }
                            }
                            @if asks(&notice.what) {
                                p { (partials::link_button(&format!("/contests/{contest}/ladders/{}", notice.ladder.id),
                                    &notice.ladder.title, Look::Primary)) }
                            } @else { p.quiet-text { (notice.ladder.title) } }
                        }
                    }
                }
            }
        }
    }
}

/// Whether there is something to do about it.
fn asks(what: &Noticed) -> bool {
    matches!(what, Noticed::Challenged { .. } | Noticed::Play { .. } | Noticed::Defend { .. })
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

async fn ladders(page: &Page, app: &App, contest: &ContestId, entrant: &EntrantId) -> Result<Markup> {
    let mut cards = Vec::new();
    for titled in app.ladders(contest).await? {
        let seen = app.ladder(contest, &titled.id, Some(entrant), Names::Public).await?;
        let bouts = seen.board.bouts.iter().filter(|bout| is_in(bout, entrant)).count();
        let reigns: u32 = seen.reigns.iter().filter(|reign| reign.holder == *entrant).map(|reign| reign.days).sum();
        cards.push(html! {
            section.card {
                h2 { (titled.title) }
                p {
                    @if let Some(place) = seen.board.place {
                        strong { (page.lang.say_with("worker-place", &[("place", place.into()), ("count", seen.board.people.into())])) }
                    } @else { (page.say("worker-not-on-ladder")) }
                    @if bouts > 0 { " " (partials::pill(&page.lang.say_with("worker-bouts", &[("count", bouts.into())]), Tone::Live)) }
                    @if reigns > 0 { " " (partials::pill(&page.lang.say_with("worker-reigned", &[("days", reigns.into())]), Tone::Good)) }
                }
                p { (partials::link_button(&format!("/contests/{contest}/ladders/{}", titled.id), &page.say("worker-to-ladder"), Look::Primary)) }
            }
        });
    }
    Ok(html! { @for card in cards { (card) } })
}

fn is_in(bout: &crate::rules::ladder::Bout, entrant: &EntrantId) -> bool {
    use crate::rules::ledger::ladder::Aim;
    bout.challenger == *entrant || matches!(&bout.aim, Aim::Person(target) if target == entrant)
}

fn titles(page: &Page, own: &Own) -> Markup {
    html! {
        @if !own.titles.is_empty() {
            section.card {
                h2 { (page.say("worker-titles")) }
                ul.plain { @for title in &own.titles { li { (partials::pill(title, Tone::Good)) } } }
            }
        }
    }
}
