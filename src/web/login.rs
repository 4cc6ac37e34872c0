//! Coming in: an account's name and password, a card's short code or its QR page, and the same over the API.
//!
//! A GET never lets anybody in: messengers and virus scanners open every address they see. The first account of an
//! empty server is made on a page whose address only the server's own terminal shows.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use super::{
    Error, Page, Result, Web, Who,
    form::Posted,
    partials::{self, Field, Look, Tone},
    session::{self, Carried, Secure},
};
use crate::{
    app::{self, App, people::Admin},
    rules::{
        ledger::entry::Role,
        names::{ContestId, EntrantId},
        view,
    },
};

/// Where somebody goes who did not say where.
const WORK: &str = "/work";

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/login", get(show).post(log_in))
        .route("/login/code", post(log_in_by_code))
        .route("/j/{token}", get(card).post(log_in_by_card))
        .route("/work", get(work))
        .route("/setup/{token}", get(show_set_up).post(set_up))
        .route("/api/v1/sessions", post(api))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Back {
    to: String,
}

/// What the log-in page was given, shown again after a mistake. Passwords are not.
#[derive(Default, Deserialize)]
#[serde(default)]
struct LogIn {
    login: String,
    password: String,
    code: String,
    to: String,
}

async fn show(page: Page, State(app): State<App>, Query(back): Query<Back>) -> Result<Markup> {
    let form = LogIn { to: session::local(&back.to).to_owned(), ..LogIn::default() };
    Ok(log_in_page(&page, &form, &doors(&app, &form.to).await?, None))
}

/// Where workers come in: of the contest that was looked at, else of all that go on. Nobody else needs these.
async fn doors(app: &App, to: &str) -> Result<Vec<(ContestId, String)>> {
    let mut doors = app.doors().await?;
    let here = to.strip_prefix("/contests/").and_then(|rest| rest.split(['/', '?', '#']).next());
    if let Some(one) = doors.iter().position(|(id, _)| here == Some(id.as_str())) {
        doors = vec![doors.swap_remove(one)];
    }
    Ok(doors)
}

async fn log_in(
    page: Page,
    State(app): State<App>,
    secure: Secure,
    Carried(device): Carried,
    Posted(form): Posted<LogIn>,
) -> Result<Response> {
    match app.log_in(form.login.trim(), &form.password, &device).await {
        Ok(let_in) => Ok(session::let_in(secure, &let_in, destination(&form.to))),
        Err(error) => refused(&page, &app, &form, Failed::Password, error).await,
    }
}

async fn log_in_by_code(
    page: Page,
    State(app): State<App>,
    secure: Secure,
    Carried(device): Carried,
    Posted(form): Posted<LogIn>,
) -> Result<Response> {
    match app.log_in_with_card(&form.code, &device).await {
        Ok(let_in) => Ok(session::let_in(secure, &let_in, WORK)),
        Err(error) => refused(&page, &app, &form, Failed::Code, error).await,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Failed {
    Password,
    Code,
}

/// The page again, with what was wrong and, when it was tried too often, when to come back.
async fn refused(page: &Page, app: &App, form: &LogIn, failed: Failed, error: app::Error) -> Result<Response> {
    let (status, told, retry_after) = match error {
        app::Error::NotLetIn if failed == Failed::Code => {
            (StatusCode::UNPROCESSABLE_ENTITY, page.say("login-wrong-code").into_owned(), None)
        }
        app::Error::NotLetIn => (StatusCode::UNPROCESSABLE_ENTITY, page.say("login-wrong-password").into_owned(), None),
        app::Error::TriedTooOften { .. } => {
            let error = Error::App(error);
            (error.status(), error.words(page.lang).1, error.retry_after())
        }
        other => return Err(other.into()),
    };
    let mut answer =
        (status, log_in_page(page, form, &doors(app, &form.to).await?, Some((failed, &told)))).into_response();
    if let Some(retry_after) = retry_after {
        answer.headers_mut().insert(header::RETRY_AFTER, retry_after);
    }
    Ok(answer)
}

fn log_in_page(page: &Page, form: &LogIn, doors: &[(ContestId, String)], told: Option<(Failed, &str)>) -> Markup {
    let error_at = |field: Failed| told.filter(|(failed, _)| *failed == field).map(|(_, told)| told);
    let (code_error, password_error) = (error_at(Failed::Code), error_at(Failed::Password));
    let body = html! {
        h1 { (page.say("shell-log-in")) }
        @if !doors.is_empty() {
            section.card #workers {
                h2 { (page.say("login-worker")) }
                p.quiet-text { (page.say("login-worker-about")) }
                ul.plain {
                    @for (id, title) in doors {
                        li { (partials::link_button(&format!("/contests/{id}/log-in"), title, Look::Primary)) }
                    }
                }
            }
        }
        div.cards {
            section.card {
                h2 { (page.say("login-by-card")) }
                p.quiet-text { (page.say("login-by-card-about")) }
                form method="post" action="/login/code" {
                    (Field::text("code", &page.say("login-code")).value(&form.code).error(code_error)
                        .hint(&page.say("login-code-hint")).autocomplete("one-time-code").required())
                    (partials::button(&page.say("shell-log-in"), Look::Primary))
                }
            }
            section.card {
                h2 { (page.say("login-by-password")) }
                p.quiet-text { (page.say("login-by-password-about")) }
                form method="post" action="/login" {
                    input type="hidden" name="to" value=(form.to);
                    (Field::text("login", &page.say("login-name")).value(&form.login).autocomplete("username").required())
                    (Field::password("password", &page.say("login-password")).error(password_error)
                        .autocomplete("current-password").required())
                    (partials::button(&page.say("shell-log-in"), Look::Primary))
                }
            }
        }
    };
    page.show(&page.say("shell-log-in"), &body)
}

/// The page behind the QR code of a card.
async fn card(page: Page, State(app): State<App>, Path(token): Path<String>) -> Result<Response> {
    let Some(holder) = app.card_holder(&token).await? else { return Ok(no_card(&page)) };
    let body = html! {
        section.card {
            h1 { (holder.name) }
            p { (holder.contest_title) }
            form method="post" action={ "/j/" (token) } {
                (partials::button(&page.say("login-card-begin"), Look::Primary))
            }
            p.quiet-text { (page.say("login-card-not-you")) }
        }
    };
    Ok(page.show(&page.say("login-by-card"), &body).into_response())
}

async fn log_in_by_card(
    page: Page,
    State(app): State<App>,
    secure: Secure,
    Carried(device): Carried,
    Path(token): Path<String>,
) -> Result<Response> {
    match app.log_in_with_card(&token, &device).await {
        Ok(let_in) => Ok(session::let_in(secure, &let_in, WORK)),
        Err(app::Error::NotLetIn) => Ok(no_card(&page)),
        Err(error) => Err(error.into()),
    }
}

fn no_card(page: &Page) -> Response {
    let body = partials::empty(
        &page.say("login-card-ended-title"),
        &html! {
            p { (page.say("login-card-ended")) }
            p { (partials::link_button("/login", &page.say("login-type-code"), Look::Plain)) }
        },
    );
    (StatusCode::NOT_FOUND, page.show(&page.say("login-by-card"), &body)).into_response()
}

/// Sends everybody to what they are here for: the holder of a card to their highest role in its contest.
async fn work(Who(visitor): Who, State(app): State<App>) -> Result<Redirect> {
    let Some(contest) = &visitor.contest else { return Ok(Redirect::to("/organizer")) };
    if visitor.entrant.is_some() {
        return Ok(Redirect::to(&format!("/contests/{contest}/me")));
    }
    let roles = app.read(contest, |state| view::roles(state, &visitor.person)).await?;
    let has = |fits: fn(&Role) -> bool| roles.iter().any(fits);
    let place = if has(|role| *role == Role::Organizer) {
        "organizer"
    } else if has(|role| matches!(role, Role::ChiefJudge | Role::Leader { .. })) {
        "chief"
    } else if has(|role| matches!(role, Role::IndicatorOwner { .. } | Role::LeadingGroup)) {
        "figures"
    } else if has(|role| *role == Role::Liaison) {
        "liaison"
    } else if has(|role| matches!(role, Role::Checker { .. })) {
        "checker"
    } else {
        "judge"
    };
    Ok(Redirect::to(&format!("/{place}/{contest}")))
}

fn destination(to: &str) -> &str {
    match session::local(to) {
        "/" => WORK,
        to => to,
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SetUp {
    login: String,
    name: String,
    password: String,
    again: String,
}

async fn show_set_up(page: Page, State(app): State<App>, Path(token): Path<String>) -> Result<Markup> {
    if !app.may_set_up(&token).await? {
        return Err(Error::NotFound);
    }
    Ok(set_up_page(&page, &token, &SetUp::default(), None))
}

async fn set_up(
    page: Page,
    State(app): State<App>,
    secure: Secure,
    Carried(device): Carried,
    Path(token): Path<String>,
    Posted(form): Posted<SetUp>,
) -> Result<Response> {
    if !app.may_set_up(&token).await? {
        return Err(Error::NotFound);
    }
    let problem = if form.login.trim().is_empty() || form.name.trim().is_empty() {
        Some(page.say("login-empty").into_owned())
    } else if form.password != form.again {
        Some(page.say("login-passwords-differ").into_owned())
    } else {
        match app.create_account(form.login.trim(), &form.password, form.name.trim(), Admin::Yes).await {
            Ok(_) => None,
            Err(error @ (app::Error::PasswordShort { .. } | app::Error::TextRefused { .. } | app::Error::Taken)) => {
                Some(Error::App(error).words(page.lang).1)
            }
            Err(error) => return Err(error.into()),
        }
    };
    if let Some(problem) = problem {
        let page = set_up_page(&page, &token, &form, Some(&problem));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let let_in = app.log_in(form.login.trim(), &form.password, &device).await?;
    Ok(session::let_in(secure, &let_in, WORK))
}

fn set_up_page(page: &Page, token: &str, form: &SetUp, problem: Option<&str>) -> Markup {
    let body = html! {
        h1 { (page.say("login-set-up")) }
        p { (page.say("login-set-up-about")) }
        @if let Some(problem) = problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        form.card method="post" action={ "/setup/" (token) } {
            (Field::text("name", &page.say("login-own-name")).value(&form.name).autocomplete("name").required())
            (Field::text("login", &page.say("login-name")).value(&form.login).hint(&page.say("login-name-hint"))
                .autocomplete("username").required())
            (Field::password("password", &page.say("login-password")).hint(&page.say("login-password-hint"))
                .autocomplete("new-password").required())
            (Field::password("again", &page.say("login-password-again")).autocomplete("new-password").required())
            (partials::button(&page.say("login-set-up-do"), Look::Primary))
        }
    };
    page.show(&page.say("login-set-up"), &body)
}

/// Another program logs in: with a card's code, with an account, or as a worker.
#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Credentials {
    Card { code: String },
    Account { login: String, password: String },
    Worker { contest: ContestId, number: String, pin: String },
}

#[derive(Serialize)]
struct Session {
    token: String,
    /// The contest that a card opens.
    contest: Option<ContestId>,
    /// Whom it opens it for: a worker.
    #[serde(skip_serializing_if = "Option::is_none")]
    entrant: Option<EntrantId>,
}

async fn api(State(app): State<App>, secure: Secure, Carried(device): Carried, body: Bytes) -> Result<Response> {
    let given: Credentials = serde_json::from_slice(&body).map_err(|error| Error::BadInput(error.to_string()))?;
    let let_in = match given {
        Credentials::Card { code } => app.log_in_with_card(&code, &device).await?,
        Credentials::Account { login, password } => app.log_in(&login, &password, &device).await?,
        Credentials::Worker { contest, number, pin } => app.log_in_with_pin(&contest, &number, &pin, &device).await?,
    };
    let session = Session { token: let_in.session.0, contest: let_in.contest, entrant: let_in.entrant };
    let mut answer = Json(session).into_response();
    session::remember(&mut answer, secure, &let_in.device);
    Ok(answer)
}
