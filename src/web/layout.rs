//! The frame around every page: header, navigation, language, footer. [`Page`] is what a handler of a page takes:
//!
//! ```ignore
//! async fn sheet(page: Page, Who(judge): Who, State(app): State<App>) -> Result<Markup> {
//!     Ok(page.show("title", html! { h1 { (page.say("home-title")) } }))
//! }
//! ```

use std::{borrow::Cow, convert::Infallible};

use axum::{
    Router,
    extract::{FromRef, FromRequestParts, Path, Query},
    http::{HeaderMap, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use maud::{DOCTYPE, Markup, html};
use serde::Deserialize;

use super::{Error, Result, Web, assets, error::percent, session};
use crate::{
    app::{App, people::Visitor},
    rules::{names::ContestId, view},
    words::Language,
};

const LANGUAGE_COOKIE: &str = "lang";
const LANGUAGE_COOKIE_S: u32 = 365 * 24 * 3600;

/// The reader of a page: language, and who they are if they logged in.
#[derive(Clone, Debug)]
pub struct Page {
    pub lang: Language,
    pub visitor: Option<Visitor>,
    /// Path and query, for coming back.
    here: String,
    scripts: Vec<&'static str>,
    styles: Vec<&'static str>,
    theme: Option<&'static str>,
    wide: bool,
}

impl Page {
    pub fn say(&self, key: &str) -> Cow<'static, str> {
        self.lang.say(key)
    }

    /// Adds a module of `static/`, by name: `board.js`.
    #[must_use]
    pub fn script(mut self, name: &'static str) -> Self {
        self.scripts.push(name);
        self
    }

    /// Adds a style sheet of `static/` to `app.css`, by name: `judge.css`.
    #[must_use]
    pub fn style(mut self, name: &'static str) -> Self {
        self.styles.push(name);
        self
    }

    /// Uses the whole width, for tables of many columns.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// `hall`: red and gold, without header and footer.
    #[must_use]
    pub fn theme(mut self, name: &'static str) -> Self {
        self.theme = Some(name);
        self
    }

    /// The whole page. `title` is text; `body` has its own `h1`.
    pub fn show(&self, title: &str, body: &Markup) -> Markup {
        html! {
            (DOCTYPE)
            html lang=(self.lang.tag()) data-theme=[self.theme] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                    meta name="color-scheme" content="light";
                    title { (title) " · " (self.say("shell-name")) }
                    link rel="stylesheet" href=(assets::url("app.css"));
                    @for style in &self.styles {
                        link rel="stylesheet" href=(assets::url(style));
                    }
                    link rel="icon" type="image/svg+xml" href=(assets::url("icon.svg"));
                    @for script in &self.scripts {
                        script type="module" src=(assets::url(script)) {}
                    }
                }
                body {
                    @if self.theme.is_some() {
                        (body)
                    } @else {
                        a.skip href="#main" { (self.say("shell-skip")) }
                        (self.header())
                        main #main .wide[self.wide] { (body) }
                        footer { p { (self.say("shell-footer")) } }
                    }
                }
            }
        }
    }

    fn header(&self) -> Markup {
        html! {
            header {
                a.brand href="/" { (self.say("shell-name")) }
                nav aria-label=(self.say("shell-name")) {
                    a href="/" { (self.say("shell-contests")) }
                    @if let Some(visitor) = &self.visitor {
                        a href="/work" { (self.say("shell-my-work")) }
                        @if visitor.contest.is_none() { a href="/organizer" { (self.say("shell-organize")) } }
                    }
                }
                div.aside {
                    @for other in Language::ALL.into_iter().filter(|other| other.tag() != self.lang.tag()) {
                        a.quiet hreflang=(other.tag()) lang=(other.tag()) rel="nofollow"
                            href={ "/language/" (other.tag()) "?to=" (percent(&self.here)) } { (other.own_name()) }
                    }
                    @if self.visitor.is_some() {
                        form method="post" action="/logout" { button.quiet { (self.say("shell-log-out")) } }
                    } @else {
                        a.quiet href={ "/login?to=" (percent(&self.here)) } { (self.say("shell-log-in")) }
                    }
                }
            }
        }
    }
}

impl<S> FromRequestParts<S> for Page
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let app = App::from_ref(state);
        let visitor = session::visitor(parts, &app).await?;
        let here = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let lang = match contest_of(parts.uri.path()) {
            Some(contest) => words_of(language(&parts.headers), &app, &contest).await,
            None => language(&parts.headers),
        };
        Ok(Self { visitor, here, ..Self::plain(lang) })
    }
}

impl Page {
    /// A page for nobody in particular.
    pub fn plain(lang: Language) -> Self {
        Self {
            lang,
            visitor: None,
            here: "/".to_owned(),
            scripts: Vec::new(),
            styles: Vec::new(),
            theme: None,
            wide: false,
        }
    }
}

/// A page outside any handler, for errors.
pub(super) fn bare(lang: Language, title: &str, body: &Markup) -> Markup {
    Page::plain(lang).show(title, body)
}

/// The contest that a page is about: the part after `/judge`, `/chief` and their like.
fn contest_of(path: &str) -> Option<ContestId> {
    let (kind, rest) = path.strip_prefix('/')?.split_once('/')?;
    let id = rest.split('/').next().filter(|id| !id.is_empty())?;
    ["judge", "chief", "organizer", "figures", "contests"].contains(&kind).then(|| ContestId::new(id))
}

/// The language with the words that a contest uses for those who mark.
async fn words_of(lang: Language, app: &App, contest: &ContestId) -> Language {
    let adjudicators = app.read(contest, |state| view::heading(state).adjudicators).await;
    lang.of_jury(adjudicators.unwrap_or_default())
}

/// What the reader chose, else what the browser asks for.
pub(super) fn language(headers: &HeaderMap) -> Language {
    session::cookie(headers, LANGUAGE_COOKIE).and_then(Language::parse).unwrap_or_else(|| {
        Language::accepted(headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default())
    })
}

/// The language alone, for answers that are not pages.
#[derive(Clone, Copy, Debug)]
pub struct Lang(pub Language);

impl<S: Send + Sync> FromRequestParts<S> for Lang {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> std::result::Result<Self, Infallible> {
        Ok(Self(language(&parts.headers)))
    }
}

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/language/{tag}", get(choose))
}

#[derive(Deserialize)]
struct Back {
    #[serde(default)]
    to: String,
}

async fn choose(Path(tag): Path<String>, Query(back): Query<Back>) -> Result<Response> {
    let chosen = Language::parse(&tag).ok_or(Error::NotFound)?;
    let mut response = Redirect::to(session::local(&back.to)).into_response();
    let cookie = format!("{LANGUAGE_COOKIE}={}; Path=/; SameSite=Lax; Max-Age={LANGUAGE_COOKIE_S}", chosen.tag());
    session::set_cookie(&mut response, &cookie);
    Ok(response)
}
