//! `/contests/{id}/log-in` and what belongs to it: number and PIN, the first time, a personal link, asking to take part.
//!
//! A GET lets nobody in: messengers open every address that somebody sends.

use axum::{
    Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::page_of;
use crate::{
    app::{
        self, App,
        workers::{Door, PIN_DIGITS_LEAST, PIN_DIGITS_MOST, Wish},
    },
    rules::{
        definition::model::FirstLogIn,
        names::{ContestId, UnitPath},
    },
    web::{
        Error, Page, Result, Web,
        form::Posted,
        partials::{self, Field, Look, Tone},
        session::{self, Carried, Secure},
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/contests/{id}/log-in", get(show).post(log_in))
        .route("/contests/{id}/log-in/first", get(show_first).post(log_in_first))
        .route("/contests/{id}/log-in/join", get(show_join).post(join))
        .route("/w/{token}", get(link).post(log_in_by_link))
}

/// What the forms of the door were given; PINs are not shown again.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Given {
    number: String,
    pin: String,
    again: String,
    /// What somebody without a PIN knows of themselves.
    proof: String,
    name: String,
    unit: String,
    phone: String,
}

async fn show(page: Page, State(app): State<App>, Path(contest): Path<ContestId>) -> Result<Markup> {
    Ok(log_in_page(&page, &contest, &app.door(&contest).await?, &Given::default(), None))
}

async fn log_in(
    page: Page,
    State(app): State<App>,
    Path(contest): Path<ContestId>,
    secure: Secure,
    Carried(device): Carried,
    Posted(given): Posted<Given>,
) -> Result<Response> {
    match app.log_in_with_pin(&contest, &given.number, &given.pin, &device).await {
        Ok(let_in) => Ok(session::let_in(secure, &let_in, &page_of(&contest))),
        Err(error) => {
            let told = Told::of(&page, error, "worker-wrong-pin")?;
            let body = log_in_page(&page, &contest, &app.door(&contest).await?, &given, Some(&told.sentence));
            Ok(told.answer(body))
        }
    }
}

fn log_in_page(page: &Page, contest: &ContestId, door: &Door, given: &Given, told: Option<&str>) -> Markup {
    let body = html! {
        h1 { (door.title) }
        section.card {
            h2 { (page.say("worker-log-in")) }
            form method="post" action={ "/contests/" (contest) "/log-in" } {
                (number_field(page, &given.number))
                (Field::password("pin", &page.say("worker-pin")).error(told).autocomplete("current-password").required())
                (partials::button(&page.say("shell-log-in"), Look::Primary))
            }
            p.quiet-text { (page.say("worker-forgot")) }
        }
        @if door.first.is_some() {
            p { (partials::link_button(&format!("/contests/{contest}/log-in/first"), &page.say("worker-first"), Look::Plain)) }
        }
        @if door.self_registration {
            p { (partials::link_button(&format!("/contests/{contest}/log-in/join"), &page.say("worker-join"), Look::Plain)) }
        }
        p { a href={ "/contests/" (contest) } { (page.say("worker-board")) } }
    };
    page.show(&page.say("worker-log-in"), &body)
}

fn number_field(page: &Page, value: &str) -> Markup {
    html! { (Field::text("number", &page.say("worker-number")).value(value).autocomplete("username").required()) }
}

async fn show_first(page: Page, State(app): State<App>, Path(contest): Path<ContestId>) -> Result<Markup> {
    let door = app.door(&contest).await?;
    let asked = door.first.ok_or(Error::NotFound)?;
    Ok(first_page(&page, &contest, &door, asked, &Given::default(), None))
}

async fn log_in_first(
    page: Page,
    State(app): State<App>,
    Path(contest): Path<ContestId>,
    secure: Secure,
    Carried(device): Carried,
    Posted(given): Posted<Given>,
) -> Result<Response> {
    let door = app.door(&contest).await?;
    let asked = door.first.ok_or(Error::NotFound)?;
    let let_in = if given.pin == given.again {
        app.log_in_first(&contest, &given.number, &given.proof, &given.pin, &device).await
    } else {
        let told = page.say("worker-pins-differ");
        let body = first_page(&page, &contest, &door, asked, &given, Some(&told));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response());
    };
    match let_in {
        Ok(let_in) => Ok(session::let_in(secure, &let_in, &page_of(&contest))),
        Err(error) => {
            let told = Told::of(&page, error, "worker-wrong-first")?;
            let body = first_page(&page, &contest, &door, asked, &given, Some(&told.sentence));
            Ok(told.answer(body))
        }
    }
}

fn first_page(
    page: &Page,
    contest: &ContestId,
    door: &Door,
    asked: FirstLogIn,
    given: &Given,
    told: Option<&str>,
) -> Markup {
    let (key, hint) = match asked {
        FirstLogIn::PhoneLast4 => ("worker-phone-last4", "worker-phone-last4-hint"),
        FirstLogIn::BirthDate => ("worker-birth-date", "worker-birth-date-hint"),
        FirstLogIn::Unit => ("column-unit", "worker-unit-hint"),
    };
    let body = html! {
        p.over { a href={ "/contests/" (contest) "/log-in" } { (door.title) } }
        h1 { (page.say("worker-first")) }
        @if let Some(told) = told { (partials::notice(Tone::Bad, &html! { p { (told) } })) }
        form.card method="post" action={ "/contests/" (contest) "/log-in/first" } {
            (number_field(page, &given.number))
            (Field::text("proof", &page.say(key)).value(&given.proof).hint(&page.say(hint)).autocomplete("off").required())
            (new_pin(page, "worker-new-pin"))
            (partials::button(&page.say("worker-first-do"), Look::Primary))
        }
    };
    page.show(&page.say("worker-first"), &body)
}

/// A PIN and the same again.
pub(super) fn new_pin(page: &Page, label: &str) -> Markup {
    let bounds = [("least", PIN_DIGITS_LEAST.into()), ("most", PIN_DIGITS_MOST.into())];
    let hint = page.lang.say_with("worker-pin-hint", &bounds);
    html! {
        (Field::password("pin", &page.say(label)).hint(&hint).autocomplete("new-password").required())
        (Field::password("again", &page.say("worker-pin-again")).autocomplete("new-password").required())
    }
}

async fn link(page: Page, State(app): State<App>, Path(token): Path<String>) -> Result<Response> {
    let Some(holder) = app.link_holder(&token).await? else { return Ok(no_link(&page)) };
    let body = html! {
        section.card {
            h1 { (holder.name) }
            p { (holder.contest_title) }
            form method="post" action={ "/w/" (token) } {
                (partials::button(&page.say("worker-link-begin"), Look::Primary))
            }
            p.quiet-text { (page.say("worker-link-not-you")) }
        }
    };
    Ok(page.show(&page.say("worker-link"), &body).into_response())
}

async fn log_in_by_link(
    page: Page,
    State(app): State<App>,
    secure: Secure,
    Carried(device): Carried,
    Path(token): Path<String>,
) -> Result<Response> {
    match app.log_in_with_link(&token, &device).await {
        Ok(let_in) => {
            let to = let_in.contest.as_ref().map(page_of).unwrap_or_default();
            Ok(session::let_in(secure, &let_in, &to))
        }
        Err(app::Error::NotLetIn) => Ok(no_link(&page)),
        Err(error) => Err(error.into()),
    }
}

fn no_link(page: &Page) -> Response {
    let body = partials::empty(&page.say("worker-link-ended-title"), &html! { p { (page.say("worker-link-ended")) } });
    (StatusCode::NOT_FOUND, page.show(&page.say("worker-link"), &body)).into_response()
}

async fn show_join(page: Page, State(app): State<App>, Path(contest): Path<ContestId>) -> Result<Markup> {
    let door = app.door(&contest).await?;
    if !door.self_registration {
        return Err(Error::NotFound);
    }
    Ok(join_page(&page, &contest, &door, &Given::default(), None))
}

async fn join(
    page: Page,
    State(app): State<App>,
    Path(contest): Path<ContestId>,
    Posted(given): Posted<Given>,
) -> Result<Response> {
    let door = app.door(&contest).await?;
    if !door.self_registration {
        return Err(Error::NotFound);
    }
    let told = if given.pin != given.again {
        page.say("worker-pins-differ").into_owned()
    } else if given.number.trim().is_empty() || given.name.trim().is_empty() {
        page.say("worker-join-empty").into_owned()
    } else {
        let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let wish = Wish {
            number: given.number.clone(),
            name: given.name.clone(),
            unit: text(&given.unit).map(UnitPath::new),
            phone: text(&given.phone),
            pin: given.pin.clone(),
        };
        match app.ask_to_take_part(&contest, wish).await {
            Ok(()) => return Ok(joined(&page, &contest, &door).into_response()),
            Err(app::Error::Taken) => page.say("worker-join-taken").into_owned(),
            Err(error @ (app::Error::PinRefused { .. } | app::Error::TextRefused { .. } | app::Error::Refused(_))) => {
                Error::from(error).words(page.lang).1
            }
            Err(error) => return Err(error.into()),
        }
    };
    let body = join_page(&page, &contest, &door, &given, Some(&told));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response())
}

fn join_page(page: &Page, contest: &ContestId, door: &Door, given: &Given, told: Option<&str>) -> Markup {
    let unit = page.say("column-unit");
    let mut units = vec![("", "–")];
    units.extend(door.units.iter().map(|unit| (unit.as_str(), unit.as_str())));
    let body = html! {
        p.over { a href={ "/contests/" (contest) "/log-in" } { (door.title) } }
        h1 { (page.say("worker-join")) }
        p { (page.say("worker-join-about")) }
        @if let Some(told) = told { (partials::notice(Tone::Bad, &html! { p { (told) } })) }
        form.card method="post" action={ "/contests/" (contest) "/log-in/join" } {
            (number_field(page, &given.number))
            (Field::text("name", &page.say("column-name")).value(&given.name).autocomplete("name").required())
            @if door.units.is_empty() { (Field::text("unit", &unit).value(&given.unit)) }
            @else { (Field::select("unit", &unit, &units).value(&given.unit)) }
            (Field::text("phone", &page.say("column-phone")).value(&given.phone).autocomplete("tel"))
            (new_pin(page, "worker-new-pin"))
            (partials::button(&page.say("worker-join-do"), Look::Primary))
        }
    };
    page.show(&page.say("worker-join"), &body)
}

fn joined(page: &Page, contest: &ContestId, door: &Door) -> Markup {
    let body = html! {
        h1 { (door.title) }
        (partials::notice(Tone::Wait, &html! { p { (page.say("worker-joined")) } }))
        p { (partials::link_button(&format!("/contests/{contest}"), &page.say("worker-board"), Look::Plain)) }
    };
    page.show(&page.say("worker-join"), &body)
}

/// What somebody is told who was not let in, and with which status.
pub(super) struct Told {
    pub(super) sentence: String,
    status: StatusCode,
    retry_after: Option<header::HeaderValue>,
}

impl Told {
    /// `wrong`: the sentence for a wrong number, PIN or proof. Errors that are nobody's mistake come back.
    pub(super) fn of(page: &Page, error: app::Error, wrong: &str) -> Result<Self> {
        let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
        match error {
            app::Error::NotLetIn => {
                Ok(Self { sentence: page.say(wrong).into_owned(), status: unprocessable, retry_after: None })
            }
            app::Error::PinRefused { .. } | app::Error::TriedTooOften { .. } => {
                let error = Error::App(error);
                Ok(Self {
                    sentence: error.words(page.lang).1,
                    status: error.status(),
                    retry_after: error.retry_after(),
                })
            }
            other => Err(other.into()),
        }
    }

    pub(super) fn answer(self, body: Markup) -> Response {
        let mut answer = (self.status, body).into_response();
        if let Some(retry_after) = self.retry_after {
            answer.headers_mut().insert(header::RETRY_AFTER, retry_after);
        }
        answer
    }
}
