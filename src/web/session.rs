//! Who is asking: the cookie, and the extractor that wants somebody logged in.

use axum::{
    Router,
    extract::{FromRef, FromRequestParts},
    http::{HeaderMap, HeaderValue, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
    routing::post,
};

use super::{Error, Result, Web, guard};
use crate::{
    app::{
        Actor, App,
        devices::Device,
        people::{LetIn, SessionToken, Visitor},
    },
    rules::names::ContestId,
};

/// Browsers take a `__Host-` cookie only over TLS, from the host itself and for all of it.
const PREFIX_TLS: &str = "__Host-";
const COOKIE: &str = "leitai";
const DEVICE_COOKIE: &str = "leitai-device";
const DEVICE_COOKIE_S: u32 = 365 * 24 * 3600;

/// Somebody logged in. Without: pages send to the log-in, the API answers 401.
#[derive(Clone, Debug)]
pub struct Who(pub Visitor);

impl Who {
    /// The visitor as somebody who acts in this contest. A card opens one contest only; what its holder may do
    /// there is for the rules to say. Whoever has a one-time PIN replaces it first.
    pub fn actor(&self, contest: &ContestId) -> Result<Actor> {
        match &self.0.contest {
            Some(card) if card != contest => Err(Error::Forbidden),
            _ if self.0.must_change => Err(Error::PinFirst(contest.clone())),
            _ => Ok(self.0.actor()),
        }
    }
}

impl<S> FromRequestParts<S> for Who
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        visitor(parts, &App::from_ref(state)).await?.map(Who).ok_or(Error::LogInFirst)
    }
}

/// Who comes with this request, if anybody. Asked once per request, however many extractors want to know.
pub(super) async fn visitor(parts: &mut Parts, app: &App) -> Result<Option<Visitor>> {
    #[derive(Clone)]
    struct Known(Option<Visitor>);

    if let Some(Known(visitor)) = parts.extensions.get::<Known>() {
        return Ok(visitor.clone());
    }
    let visitor = match token(parts) {
        Some(token) => app.visitor(&token).await?,
        None => None,
    };
    parts.extensions.insert(Known(visitor.clone()));
    Ok(visitor)
}

/// From the cookie, or as other programs send it: `Authorization: Bearer …`.
pub(super) fn token(parts: &Parts) -> Option<SessionToken> {
    let bearer =
        parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    if let Some(token) = bearer {
        return Some(SessionToken(token.trim().to_owned()));
    }
    let name = Secure(guard::is_secure(parts)).name(COOKIE);
    cookie(&parts.headers, &name).map(|value| SessionToken(value.to_owned()))
}

/// The value of a cookie.
pub(super) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// The answer to a successful log-in: the cookies, and on to a page of ours.
pub fn let_in(secure: Secure, let_in: &LetIn, to: &str) -> Response {
    let mut response = Redirect::to(local(to)).into_response();
    set_cookie(&mut response, &secure.cookie(&let_in.session.0, None));
    remember(&mut response, secure, &let_in.device);
    response
}

/// Gives the device its mark, which outlives the session: it is for the next log-in.
pub(super) fn remember(response: &mut Response, secure: Secure, device: &Device) {
    let mark = device.mark();
    if !mark.is_empty() {
        set_cookie(response, &secure.named(DEVICE_COOKIE, &mark, Some(DEVICE_COOKIE_S)));
    }
}

/// The device that asks, by the mark it was given.
pub(super) struct Carried(pub(super) Device);

impl<S: Send + Sync> FromRequestParts<S> for Carried {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> std::result::Result<Self, Self::Rejection> {
        let secure = Secure(guard::is_secure(parts));
        let mark = cookie(&parts.headers, &secure.name(DEVICE_COOKIE));
        Ok(Self(mark.map(Device::read).unwrap_or_default()))
    }
}

/// How the browser speaks to us; decides the cookie.
#[derive(Clone, Copy, Debug)]
pub struct Secure(bool);

impl Secure {
    fn cookie(self, value: &str, max_age_s: Option<u32>) -> String {
        self.named(COOKIE, value, max_age_s)
    }

    fn name(self, name: &str) -> String {
        format!("{}{name}", if self.0 { PREFIX_TLS } else { "" })
    }

    fn named(self, name: &str, value: &str, max_age_s: Option<u32>) -> String {
        let (name, secure) = (self.name(name), if self.0 { "; Secure" } else { "" });
        let age = max_age_s.map(|s| format!("; Max-Age={s}")).unwrap_or_default();
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}")
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Secure {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> std::result::Result<Self, Self::Rejection> {
        Ok(Self(guard::is_secure(parts)))
    }
}

pub(super) fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// The path when it is one of ours, else the start page: nobody is sent away by a crafted link.
pub(super) fn local(to: &str) -> &str {
    let ours = to.starts_with('/')
        && !to.starts_with("//")
        && !to.starts_with("/\\")
        && to.bytes().all(|b| b.is_ascii_graphic());
    if ours { to } else { "/" }
}

/// A token as an extractor, for ending the session it names.
struct Ending(Option<SessionToken>);

impl<S: Send + Sync> FromRequestParts<S> for Ending {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> std::result::Result<Self, Self::Rejection> {
        Ok(Self(token(parts)))
    }
}

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/logout", post(log_out))
}

async fn log_out(
    axum::extract::State(app): axum::extract::State<App>,
    secure: Secure,
    Ending(token): Ending,
) -> Result<Response> {
    if let Some(token) = token {
        app.log_out(&token).await?;
    }
    let mut response = Redirect::to("/").into_response();
    set_cookie(&mut response, &secure.cookie("", Some(0)));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crafted_link_leads_nowhere_else() {
        for (to, goes) in [
            ("/contests/a?x=1", "/contests/a?x=1"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("/a\r\nSet-Cookie: x", "/"),
            ("", "/"),
        ] {
            assert_eq!(local(to), goes, "{to:?}");
        }
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("xleitai=no; lang=en; leitai=yes"));
        assert_eq!(cookie(&headers, "leitai"), Some("yes"));
        assert_eq!(cookie(&headers, "lang"), Some("en"));
        assert_eq!(cookie(&headers, "la"), None);
    }
}
