//! One map from errors to answers: a status, and a page or JSON in the reader's language.
//!
//! Handlers return [`Error`]; [`answer`] renders it at the edge, where the request's language and taste are known.
//! The answer says what happened, that nothing was lost, and what to do; the cause goes to the log.

use axum::{
    Json,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use maud::html;
use serde_json::json;

use super::{layout, partials};
use crate::{
    app,
    rules::{command::Refusal, names::ContestId},
    words::Language,
};

/// Why a request was not answered with what it asked for.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    App(#[from] app::Error),
    #[error("no such page")]
    NotFound,
    /// A page sends the reader to the log-in and back.
    #[error("not logged in")]
    LogInFirst,
    #[error("not allowed")]
    Forbidden,
    /// A worker of this contest with a one-time PIN. A page sends them to where it is replaced.
    #[error("the one-time PIN comes first")]
    PinFirst(ContestId),
    /// A request that another site made in the visitor's name.
    #[error("foreign origin")]
    Foreign,
    #[error("too large")]
    TooLarge,
    /// The request's form or JSON cannot be read; the text is for the log and for developers of other clients.
    #[error("bad input: {0}")]
    BadInput(String),
    #[error("internal error")]
    Internal,
}

impl Error {
    pub fn status(&self) -> StatusCode {
        match self {
            Error::App(error) => match error {
                app::Error::SecondUnknown => StatusCode::FORBIDDEN,
                app::Error::Refused(refusal) if is_about_rights(refusal) => StatusCode::FORBIDDEN,
                app::Error::Refused(_) | app::Error::Taken | app::Error::SeedGone => StatusCode::CONFLICT,
                app::Error::NotFound => StatusCode::NOT_FOUND,
                app::Error::Busy { .. } | app::Error::Damaged { .. } => StatusCode::SERVICE_UNAVAILABLE,
                app::Error::OperationReused
                | app::Error::OperationRefusedBefore
                | app::Error::PasswordShort { .. }
                | app::Error::PinRefused { .. }
                | app::Error::TextRefused { .. } => StatusCode::UNPROCESSABLE_ENTITY,
                app::Error::NotLetIn => StatusCode::UNAUTHORIZED,
                app::Error::TriedTooOften { .. } => StatusCode::TOO_MANY_REQUESTS,
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            },
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::LogInFirst => StatusCode::UNAUTHORIZED,
            Error::Forbidden | Error::Foreign | Error::PinFirst(_) => StatusCode::FORBIDDEN,
            Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Error::BadInput(_) => StatusCode::BAD_REQUEST,
            Error::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// For programs: stable, in kebab-case.
    pub fn code(&self) -> &'static str {
        match self {
            Error::App(error) => match error {
                app::Error::Refused(_) => "refused",
                app::Error::NotFound => "not-found",
                app::Error::Busy { .. } => "busy",
                app::Error::OperationReused => "operation-reused",
                app::Error::OperationRefusedBefore => "operation-refused-before",
                app::Error::Taken => "taken",
                app::Error::NotLetIn => "not-let-in",
                app::Error::TriedTooOften { .. } => "tried-too-often",
                app::Error::SecondUnknown => "second-unknown",
                app::Error::SeedGone => "seed-gone",
                app::Error::PasswordShort { .. } => "password-short",
                app::Error::PinRefused { .. } => "pin-refused",
                app::Error::TextRefused { .. } => "text-refused",
                app::Error::Damaged { .. } => "damaged",
                _ => "internal",
            },
            Error::NotFound => "not-found",
            Error::LogInFirst => "log-in-first",
            Error::Forbidden => "forbidden",
            Error::PinFirst(_) => "pin-first",
            Error::Foreign => "foreign",
            Error::TooLarge => "too-large",
            Error::BadInput(_) => "bad-input",
            Error::Internal => "internal",
        }
    }

    /// What whoever asked can put right where they asked, as a sentence; anything else stays an error.
    pub(super) fn mendable(self, lang: Language) -> Result<String, Self> {
        match self {
            Self::App(app::Error::Refused(_) | app::Error::SecondUnknown | app::Error::TriedTooOften { .. }) => {
                Ok(self.words(lang).1)
            }
            other => Err(other),
        }
    }

    /// What the reader is told: a heading and a sentence.
    pub fn words(&self, lang: Language) -> (String, String) {
        let (title, sentence) = match self {
            Error::App(error) => return app_words(error, lang),
            Error::NotFound => (lang.say("error-not-found-title"), lang.say("error-not-found")),
            Error::LogInFirst => (lang.say("error-log-in-first-title"), lang.say("error-log-in-first")),
            Error::Forbidden => (lang.say("error-forbidden-title"), lang.say("error-forbidden")),
            Error::PinFirst(_) => (lang.say("error-forbidden-title"), lang.say("worker-must-change")),
            Error::Foreign => (lang.say("error-foreign-title"), lang.say("error-foreign")),
            Error::TooLarge => (lang.say("error-too-large-title"), lang.say("error-too-large")),
            Error::BadInput(_) => (lang.say("error-bad-input-title"), lang.say("error-bad-input")),
            Error::Internal => (lang.say("error-internal-title"), lang.say("error-internal")),
        };
        (title.into_owned(), sentence.into_owned())
    }

    /// `Retry-After`, in whole seconds and never too early, when the same may be sent again later.
    pub(super) fn retry_after(&self) -> Option<HeaderValue> {
        self.retry_ms().map(|ms| HeaderValue::from(ms.div_ceil(1_000).max(1)))
    }

    fn retry_ms(&self) -> Option<u64> {
        match self {
            Error::App(app::Error::Busy { retry_ms: ms } | app::Error::TriedTooOften { wait_ms: ms }) => Some(*ms),
            _ => None,
        }
    }
}

fn app_words(error: &app::Error, lang: Language) -> (String, String) {
    let (title, sentence) = match error {
        app::Error::NotFound => (lang.say("error-not-found-title"), lang.say("error-not-found")),
        app::Error::Busy { retry_ms } => {
            (lang.say("error-busy-title"), lang.say_with("error-busy", &[("seconds", retry_ms.div_ceil(1_000).into())]))
        }
        app::Error::TriedTooOften { wait_ms } => {
            let wait = wait(lang, *wait_ms);
            (lang.say("error-busy-title"), lang.say_with("error-tried-too-often", &[("wait", wait.into())]))
        }
        app::Error::NotLetIn => (lang.say("error-not-let-in-title"), lang.say("error-not-let-in")),
        app::Error::Refused(refusal) => (lang.say("error-refused-title"), lang.refusal(refusal).into()),
        app::Error::OperationReused => (lang.say("error-title"), lang.say("error-operation-reused")),
        app::Error::OperationRefusedBefore => (lang.say("error-title"), lang.say("error-operation-refused-before")),
        app::Error::SecondUnknown => (lang.say("error-second-unknown-title"), lang.say("error-second-unknown")),
        app::Error::SeedGone => (lang.say("error-title"), lang.say("error-seed-gone")),
        app::Error::Taken => (lang.say("error-title"), lang.say("error-taken")),
        app::Error::PasswordShort { least } => {
            (lang.say("error-title"), lang.say_with("error-password-short", &[("least", (*least).into())]))
        }
        app::Error::PinRefused { least, most } => {
            let bounds = [("least", (*least).into()), ("most", (*most).into())];
            (lang.say("error-title"), lang.say_with("error-pin-refused", &bounds))
        }
        app::Error::TextRefused { most } => {
            (lang.say("error-title"), lang.say_with("error-text-refused", &[("most", (*most).into())]))
        }
        app::Error::Damaged { seq, .. } => {
            (lang.say("error-internal-title"), lang.say_with("error-damaged", &[("seq", (*seq).into())]))
        }
        _ => (lang.say("error-internal-title"), lang.say("error-internal")),
    };
    (title.into_owned(), sentence.into_owned())
}

/// Seconds up to two minutes, then minutes: never shorter than it is.
fn wait(lang: Language, ms: u64) -> String {
    let seconds = ms.div_ceil(1_000).max(1);
    let (key, count) = if seconds < 120 { ("wait-seconds", seconds) } else { ("wait-minutes", seconds.div_ceil(60)) };
    lang.say_with(key, &[("count", count.into())]).into_owned()
}

/// Refusals that say "not you" rather than "not now".
fn is_about_rights(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::NotAllowed { .. }
            | Refusal::NotThisJudges { .. }
            | Refusal::OwnUnit { .. }
            | Refusal::SecondIsFirst
            | Refusal::SecondNotAllowed
    )
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Error::App(refusal.into())
    }
}

impl IntoResponse for Error {
    /// The bare status, with the error beside it; [`answer`] writes the body.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// A panic in a handler harms one request.
pub(super) fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    Error::Internal.into_response()
}

/// Renders errors for whoever asked.
pub(super) async fn answer(request: Request, next: Next) -> Response {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let lang = layout::language(request.headers());
    let accept = request.headers().get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let wants_json =
        uri.path().starts_with("/api/") || uri.path().starts_with("/ws/") || accept.starts_with("application/json");
    let mut response = next.run(request).await;
    let error = match response.extensions_mut().remove::<Error>() {
        Some(error) => error,
        // What the framework refuses by itself carries no error of ours.
        None => match response.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
            StatusCode::METHOD_NOT_ALLOWED | StatusCode::UNSUPPORTED_MEDIA_TYPE => {
                Error::BadInput(response.status().to_string())
            }
            _ => return response,
        },
    };
    if error.status().is_server_error() && error.retry_ms().is_none() {
        tracing::error!(error = ?error, "a request failed");
    }
    if matches!(error, Error::LogInFirst) && !wants_json {
        let back =
            if method == axum::http::Method::GET { uri.path_and_query().map_or("/", |p| p.as_str()) } else { "/" };
        return Redirect::to(&format!("/login?to={}", percent(back))).into_response();
    }
    if let (Error::PinFirst(contest), false) = (&error, wants_json) {
        return Redirect::to(&format!("/contests/{contest}/me/pin")).into_response();
    }
    let (title, sentence) = error.words(lang);
    let status = if response.status().is_success() { error.status() } else { response.status() };
    let mut answer = if wants_json {
        let (message, remedy) = fact_and_remedy(&sentence);
        (status, Json(json!({ "error": error.code(), "message": message, "remedy": remedy }))).into_response()
    } else {
        let body = html! {
            (partials::empty(&title, &html! {
                p { (sentence) }
                p { a.button href="/" { (lang.say("error-back")) } }
            }))
        };
        (status, layout::bare(lang, &title, &body)).into_response()
    };
    if let Some(retry_after) = error.retry_after() {
        answer.headers_mut().insert(header::RETRY_AFTER, retry_after);
    }
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

/// Sentences say what happened, and after it what to do.
fn fact_and_remedy(text: &str) -> (&str, Option<&str>) {
    let end = ["。", ". "].iter().filter_map(|stop| Some(text.find(stop)? + stop.len())).min();
    let (fact, remedy) = text.split_at(end.unwrap_or(text.len()));
    (fact.trim_end(), Some(remedy.trim()).filter(|remedy| !remedy.is_empty()))
}

/// For a value inside a query.
pub(in crate::web) fn percent(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happened_is_told_from_what_to_do() {
        let cases = [
            ("低于下限 0.5。这个值没有记入，请重新输入。", "低于下限 0.5。", Some("这个值没有记入，请重新输入。")),
            (
                "Below 0.5. Nothing was recorded: type it again.",
                "Below 0.5.",
                Some("Nothing was recorded: type it again."),
            ),
            ("没有权限", "没有权限", None),
        ];
        for (text, fact, remedy) in cases {
            assert_eq!(fact_and_remedy(text), (fact, remedy));
        }
    }
}
