//! `/organizer`: the contests that somebody organizes, each with its phase and what is next.

use axum::{Router, extract::State, routing::get};
use maud::{Markup, html};

use super::{checklist, desk::phase_pill};
use crate::{
    app::{self, App},
    rules::{
        ledger::entry::Role,
        view::{self, Organizer},
    },
    web::{
        Page, Result, Web, Who,
        partials::{self, Look, Tone},
    },
};

/// Contests of an administrator that are looked into; older ones stand there by their titles, so that a look at this
/// page wakes no archive.
const OPENED_MAX: usize = 24;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/organizer", get(contests))
}

/// What a card of the list says below the title.
enum Seen {
    Open(Box<Organizer>),
    Damaged,
    /// Nobody looked.
    Archived,
}

async fn contests(page: Page, who: Who, State(app): State<App>) -> Result<Markup> {
    let mut mine = Vec::new();
    for contest in app.contests_of(&who.0).await? {
        let Ok(actor) = who.actor(&contest.id) else { continue };
        if actor.administrator && mine.len() >= OPENED_MAX {
            mine.push((contest, Seen::Archived));
            continue;
        }
        let look = |state: &_| {
            let organizes = view::roles(state, &actor.person).contains(&Role::Organizer);
            (actor.administrator || organizes).then(|| Box::new(view::organizer(state)))
        };
        match app.read(&contest.id, look).await {
            Ok(Some(view)) => mine.push((contest, Seen::Open(view))),
            Ok(None) => {}
            // One that cannot be opened must not hide the others.
            Err(app::Error::Damaged { .. }) => mine.push((contest, Seen::Damaged)),
            Err(error) => return Err(error.into()),
        }
    }
    let may_create = who.0.contest.is_none();
    let body = html! {
        div.row.between {
            h1 { (page.say("organizer-contests")) }
            @if may_create && !mine.is_empty() {
                (partials::link_button("/organizer/new", &page.say("organizer-new"), Look::Primary))
            }
        }
        @if mine.is_empty() {
            (partials::empty(&page.say("organizer-none"), &html! {
                p { (page.say("organizer-none-next")) }
                @if may_create {
                    p { (partials::link_button("/organizer/new", &page.say("organizer-new"), Look::Primary)) }
                }
            }))
        }
        ul.cards {
            @for (contest, seen) in &mine {
                li { a.card href={ "/organizer/" (contest.id) } { (card(&page, &contest.title, seen)) } }
            }
        }
    };
    let title = page.say("organizer-contests");
    Ok(page.style("organizer.css").show(&title, &body))
}

fn card(page: &Page, title: &str, seen: &Seen) -> Markup {
    html! {
        h2 { (title) }
        @if let Seen::Open(view) = seen {
            (phase_pill(page, view.heading.phase))
            (partials::facts(&[
                (&page.say("organizer-entrants"), html! { span.number { (view.entrants.len()) } }),
                (&page.say("organizer-next-one"), html! {
                    @if let Some(todo) = view.next.first() { (checklist::sentence(page.lang, todo)) }
                    @else { (page.say("organizer-nothing-next")) }
                }),
            ]))
        } @else if matches!(seen, Seen::Damaged) {
            (partials::pill(&page.say("organizer-damaged"), Tone::Bad))
        }
    }
}
