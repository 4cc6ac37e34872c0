//! `/contests/{id}/me/pin`: a PIN of one's own, chosen anew.

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    door::{Told, new_pin},
    door_of, own, page_of,
};
use crate::{
    app::{App, workers::Greeted},
    rules::names::ContestId,
    web::{
        Page, Result, Web,
        form::Posted,
        partials::{self, Field, Look, Tone},
        session::{self, Carried, Secure},
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/contests/{id}/me/pin", get(show).post(change))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Pins {
    old: String,
    pin: String,
    again: String,
}

async fn show(page: Page, State(app): State<App>, Path(contest): Path<ContestId>) -> Result<Response> {
    let Some(entrant) = own(&page, &contest)? else { return Ok(Redirect::to(&door_of(&contest)).into_response()) };
    let greeted = app.greeted(&contest, &entrant).await?;
    Ok(pin_page(&page, &contest, &greeted, None).into_response())
}

async fn change(
    page: Page,
    State(app): State<App>,
    Path(contest): Path<ContestId>,
    secure: Secure,
    Carried(device): Carried,
    Posted(pins): Posted<Pins>,
) -> Result<Response> {
    let Some(entrant) = own(&page, &contest)? else { return Ok(Redirect::to(&door_of(&contest)).into_response()) };
    let greeted = app.greeted(&contest, &entrant).await?;
    if pins.pin != pins.again {
        let body = pin_page(&page, &contest, &greeted, Some(&page.say("worker-pins-differ")));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response());
    }
    match app.change_pin(&contest, &entrant, (&pins.old, &pins.pin), &device).await {
        Ok(let_in) => Ok(session::let_in(secure, &let_in, &format!("{}?said=pin", page_of(&contest)))),
        Err(error) => {
            let told = Told::of(&page, error, "worker-wrong-old-pin")?;
            let body = pin_page(&page, &contest, &greeted, Some(&told.sentence));
            Ok(told.answer(body))
        }
    }
}

fn pin_page(page: &Page, contest: &ContestId, greeted: &Greeted, told: Option<&str>) -> Markup {
    let key = if greeted.has_pin && !greeted.must_change { "worker-change-pin" } else { "worker-set-pin" };
    let body = html! {
        @if !greeted.must_change { p.over { a href=(page_of(contest)) { (page.say("worker-me")) } } }
        h1 { (page.say(key)) }
        @if greeted.must_change { (partials::notice(Tone::Warn, &html! { p { (page.say("worker-must-change")) } })) }
        @if let Some(told) = told { (partials::notice(Tone::Bad, &html! { p { (told) } })) }
        form.card method="post" action={ (page_of(contest)) "/pin" } {
            @if greeted.has_pin && !greeted.must_change {
                (Field::password("old", &page.say("worker-old-pin")).autocomplete("current-password").required())
            }
            (new_pin(page, "worker-new-pin"))
            (partials::button(&page.say("worker-pin-do"), Look::Primary))
        }
    };
    page.show(&page.say(key), &body)
}
