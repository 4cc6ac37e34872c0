//! Works (作品) on the web: the author's form and list, the page of one work with its pictures, the checker's queue, and
//! the judge's marks.
//!
//! A form is a plain one; its script makes pictures small, keeps a draft on the phone, and sends it when there is a
//! network. Judges see a code and never the author, unless the definition shows authors.

mod api;
mod check;
mod erase;
mod judge;
mod own;
mod show;
mod trail;

use std::collections::HashMap;

use axum::Router;
use maud::{Markup, html};
use tokio::sync::Semaphore;

pub(super) use judge::{batch_card, batches};
pub(super) use own::cards;
pub(super) use trail::points;

use super::{Error, Page, Result, Web, Who, organizer::upload::Upload, partials::Tone};
use crate::{
    app::{
        self, App,
        works::{HandedIn, WorkText},
    },
    files::photographs::{self, NotTaken},
    rules::{
        ledger::{entry::Digest, works::Outcome},
        names::{ContestId, EntrantId},
        works::{
            Rules, Stand, Work, WorkView,
            rules::{Asked, Draft},
        },
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .merge(own::routes())
        .merge(show::routes())
        .merge(check::routes())
        .merge(erase::routes())
        .merge(judge::routes())
        .merge(api::routes())
}

/// The worker who asks, in their own contest.
fn worker(who: &Who, contest: &ContestId) -> Result<EntrantId> {
    who.actor(contest)?.entrant.ok_or(Error::Forbidden)
}

pub(super) fn work_address(contest: &ContestId, work: &WorkView) -> String {
    format!("/contests/{contest}/works/{}", work.id)
}

/// Pictures that are opened at a time, whoever sent them: opened, each takes up to 200 MB.
static OPENED: Semaphore = Semaphore::const_new(2);

/// What a form says, without its pictures.
fn said(form: &Upload) -> Result<HandedIn> {
    Ok(HandedIn {
        title: form.text("title")?,
        text: form.text("text")?,
        place: form.text("place")?,
        pictures: Vec::new(),
    })
}

/// What a form says, with as many pictures as it has.
fn draft<'d>(said: &'d HandedIn, form: &Upload) -> Draft<'d> {
    Draft { pictures: form.files("pictures").count(), ..said.draft() }
}

/// Why nothing was handed in.
enum Stop {
    Picture(NotTaken),
    App(app::Error),
    Page(Error),
}

impl From<app::Error> for Stop {
    fn from(error: app::Error) -> Self {
        Self::App(error)
    }
}

/// Its pictures as they may be kept. To be asked when everything else is in order: until then none is opened.
async fn pictures(form: &Upload) -> std::result::Result<Vec<Vec<u8>>, Stop> {
    let mut pictures = Vec::new();
    for (_, bytes) in form.files("pictures") {
        let bytes = bytes.to_vec();
        let permit = OPENED.acquire().await.map_err(|_| Stop::Page(Error::Internal))?;
        let cleaned = tokio::task::spawn_blocking(move || {
            // Held until the picture is closed, whether or not somebody still waits for it.
            let _held = permit;
            photographs::cleaned(&bytes)
        });
        pictures.push(cleaned.await.map_err(|_| Stop::Page(Error::Internal))?.map_err(Stop::Picture)?);
    }
    Ok(pictures)
}

/// What the form is shown again with.
fn stopped(page: &Page, stop: Stop) -> Result<String> {
    match stop {
        Stop::Picture(why) => Ok(not_taken(page, why)),
        Stop::App(error @ app::Error::Refused(_)) => Ok(Error::from(error).words(page.lang).1),
        Stop::App(error) => Err(error.into()),
        Stop::Page(error) => Err(error),
    }
}

fn not_taken(page: &Page, why: NotTaken) -> String {
    let key = match why {
        NotTaken::TooLarge => "works-picture-too-large",
        NotTaken::TooManyPixels => "works-picture-too-many-pixels",
        NotTaken::NoPicture => "works-no-picture",
    };
    page.say(key).into_owned()
}

pub(super) fn tone(work: &Work) -> Tone {
    match (work.stand, work.outcome()) {
        (Stand::Checked, Some(Outcome::Accepted { .. })) => Tone::Good,
        (Stand::Checked, Some(Outcome::Untrue)) => Tone::Bad,
        (Stand::Returned, _) => Tone::Warn,
        (Stand::Waiting, _) => Tone::Wait,
        _ => Tone::Plain,
    }
}

/// The newest texts of these works, by digest.
pub(super) async fn texts(app: &App, contest: &ContestId, works: &[WorkView]) -> Result<HashMap<Digest, WorkText>> {
    let digests: Vec<&Digest> = works.iter().filter_map(|seen| Some(&seen.work.content()?.text)).collect();
    Ok(app.work_texts(contest, &digests).await?)
}

/// What a work is called in a list: its title, else where it is, else how it begins.
pub(super) fn called(page: &Page, text: Option<&WorkText>) -> String {
    const BEGINS: usize = 30;
    let Some(text) = text else { return page.say("works-erased").into_owned() };
    let first = [&text.title, &text.place].into_iter().find(|part| !part.is_empty());
    first.cloned().unwrap_or_else(|| text.text.chars().take(BEGINS).collect())
}

/// Title, text, place and pictures, as far as they were not erased.
fn content(page: &Page, contest: &ContestId, seen: &WorkView, text: Option<&WorkText>) -> Markup {
    let pictures = seen.work.content().map(|content| content.pictures.as_slice()).unwrap_or_default();
    let address = |at| format!("{}/pictures/{at}", work_address(contest, seen));
    let shown = pictures.iter().enumerate().map(|(at, one)| (!seen.work.is_erased(one)).then(|| address(at)));
    told(page, text, shown)
}

/// `pictures`: their addresses; none for one that was erased.
fn told(page: &Page, text: Option<&WorkText>, pictures: impl Iterator<Item = Option<String>>) -> Markup {
    html! {
        @match text {
            None => p.quiet-text { (page.say("works-erased")) },
            Some(text) => {
                @if !text.title.is_empty() { h2 { (text.title) } }
                @if !text.place.is_empty() { p { (page.say("works-field-place")) ": " strong { (text.place) } } }
                p.work-text { (text.text) }
            },
        }
        @for picture in pictures {
            @match picture {
                Some(picture) => a.work-picture href=(picture) { img src=(picture) alt=(page.say("works-picture")) loading="lazy"; },
                None => p.quiet-text { (page.say("erase-gone")) },
            }
        }
    }
}

fn asks(asked: Asked) -> bool {
    asked != Asked::No
}

/// The title of a collection among its rules.
fn title_of<'r>(rules: &'r [Rules], seen: &WorkView) -> Option<&'r Rules> {
    rules.iter().find(|rules| rules.id == seen.work.collection)
}
