//! The queue of a challenge day (擂台日) for the chief judge: which challenges wait for judges, which are before them.
//!
//! By draw numbers, the lower one first: neither who the two are nor who of them holds the place is told.

use axum::{
    Form, Router,
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::acts::Desk;
use crate::{
    app::{App, ladder::Day},
    rules::{
        ladder::Act,
        names::{ChallengeId, ContestId},
    },
    web::{
        Error, Page, Result, Web, Who,
        organizer::Zone,
        partials::{self, Look, Tone, pill},
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/chief/{contest}/challenges/{challenge}", post(act))
}

pub(super) fn queues(page: &Page, contest: &ContestId, zone: &Zone, days: &[Day]) -> Markup {
    html! {
        @for day in days {
            section.card {
                h2 { (page.say("ladder-day")) " · " (day.ladder.title) " " span.number { (day.waiting.len()) } }
                @if day.waiting.is_empty() { p.quiet-text { (page.say("ladder-day-empty")) } }
                ol.bouts {
                    @for one in &day.waiting {
                        li {
                            @match one.numbers {
                                Some((first, second)) => {
                                    p { strong { (page.lang.say_with("chief-day-numbers", &[("first", first.into()), ("second", second.into())])) }
                                        " " (pill(&page.say("chief-day-open"), Tone::Live)) }
                                    (button(page, contest, &one.challenge, "decide", "ladder-decide"))
                                }
                                None => {
                                    p { (page.say("chief-day-waits")) @if let Some(until) = one.play_by {
                                        " " (pill(&page.lang.say_with("worker-until", &[("at", zone.minute(until).into())]), Tone::Warn))
                                    } }
                                    (button(page, contest, &one.challenge, "session", "ladder-open-session"))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn button(page: &Page, contest: &ContestId, challenge: &ChallengeId, what: &str, key: &str) -> Markup {
    html! {
        form method="post" action={ "/chief/" (contest) "/challenges/" (challenge) } {
            input type="hidden" name="do" value=(what);
            (partials::button(&page.say(key), Look::Primary))
        }
    }
}

#[derive(Deserialize)]
struct Asked {
    r#do: String,
}

async fn act(
    who: Who,
    headers: HeaderMap,
    State(app): State<App>,
    Path((contest, challenge)): Path<(ContestId, ChallengeId)>,
    Form(asked): Form<Asked>,
) -> Result<Response> {
    let desk = Desk::new(app, contest, &who, &headers)?;
    let receipt = match asked.r#do.as_str() {
        "session" => desk.app.open_challenge_session(&desk.contest, &desk.actor, &challenge).await?.2,
        "decide" => desk.app.on_ladder(&desk.contest, &desk.actor, Act::DecideSession { challenge }).await?,
        other => return Err(Error::BadInput(format!("do: {other}"))),
    };
    desk.app.wait_for(&desk.contest, receipt.version).await?;
    Ok(Redirect::to(&desk.back).into_response())
}
