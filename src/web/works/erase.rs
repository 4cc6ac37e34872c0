//! What organizers see behind a work: who handed it in, what each judge gave; and erasing its text or a picture
//! (清除), with a reason and a second person. The ledger keeps the digests.

use std::collections::HashMap;

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use maud::{Markup, html};

use super::show::{self, Reader, Seen};
use crate::{
    app::{self, Actor, App},
    rules::{
        command::Refusal,
        ledger::entry::Digest,
        names::{ContestId, PersonId, WorkId},
        works::Work,
    },
    web::{
        Error, Page, Result, Web, Who,
        form::Posted,
        organizer::Zone,
        partials::{self, Field, Look},
        second::{self, Seconded},
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/contests/{contest}/works/{work}/erase", post(erase))
}

/// Below a work's page.
pub(super) async fn behind(page: &Page, app: &App, contest: &ContestId, seen: &Seen) -> Result<Markup> {
    let work = &seen.view.work;
    let names = app.entrant_names(contest).await?;
    let author = names.into_iter().find(|name| name.entrant == work.entrant);
    let of_erasures = work.erasures.iter().flat_map(|one| [&one.by, &one.second]);
    let people: Vec<PersonId> = work.marks.keys().chain(of_erasures).cloned().collect();
    let people: HashMap<PersonId, String> =
        app.people(&people).await?.into_iter().map(|person| (person.id, person.name)).collect();
    let called = |person: &PersonId| people.get(person).cloned().unwrap_or_else(|| person.to_string());
    let name = author.as_ref().map_or_else(|| page.say("organizer-erased").into_owned(), |name| name.name.clone());
    let number = author.and_then(|name| name.number).unwrap_or_default();
    let erased = erased(page, app, seen, &called).await?;
    Ok(html! {
        section.card {
            (partials::facts(&[
                (&page.say("collections-author"), html! { (name) }),
                (&page.say("worker-number"), html! { (number) }),
                (&page.say("column-unit"), html! { @if let Some(unit) = &seen.view.unit { (unit) } }),
            ]))
            @if !work.marks.is_empty() {
                h3 { (page.say("deal-judges")) }
                ul.plain {
                    @for (judge, given) in &work.marks {
                        li { (called(judge))
                            @if let Some((mark, _)) = given.filter(|_| seen.shows_marks) { " " strong.number { (mark.normalize()) } } }
                    }
                }
            }
        }
        (erased)
        (form(page, contest, seen))
    })
}

/// What was erased, when, by whom and why.
async fn erased(page: &Page, app: &App, seen: &Seen, called: &impl Fn(&PersonId) -> String) -> Result<Markup> {
    let work = &seen.view.work;
    let reasons: Vec<&Digest> = work.erasures.iter().map(|one| &one.reason).collect();
    let reasons = app.note_texts(&reasons).await?;
    let zone = Zone::of(&seen.heading);
    Ok(html! {
        @for one in &work.erasures {
            p.quiet-text {
                (zone.minute(one.at)) " · "
                (page.lang.say_with("erase-done", &[("count", one.erased.len().into()),
                    ("by", called(&one.by).into()), ("second", called(&one.second).into())]))
                @if let Some(reason) = reasons.get(&one.reason) { " — " (reason) }
            }
        }
    })
}

/// Each thing that can be erased: its name in the form, and the digests that go with it.
fn parts(work: &Work) -> Vec<(String, Vec<Digest>)> {
    let there = |digest: &&Digest| !work.is_erased(digest);
    let newest = work.content().map(|content| content.pictures.as_slice()).unwrap_or_default();
    let older: Vec<&Digest> = work.versions.iter().flat_map(|version| &version.content.pictures).collect();
    let older = older.into_iter().filter(|digest| !newest.contains(digest)).filter(there).cloned().collect();
    let texts = work.versions.iter().map(|version| &version.content.text).filter(there).cloned().collect();
    let mut parts = vec![("text".to_owned(), texts)];
    for (at, picture) in newest.iter().enumerate().filter(|(_, picture)| there(picture)) {
        parts.push((format!("picture-{at}"), vec![picture.clone()]));
    }
    parts.push(("older".to_owned(), older));
    parts.retain(|(_, digests)| !digests.is_empty());
    parts
}

fn form(page: &Page, contest: &ContestId, seen: &Seen) -> Markup {
    let parts = parts(&seen.view.work);
    let label = |name: &str, digests: &[Digest]| match name.strip_prefix("picture-") {
        Some(at) => {
            let at: usize = at.parse().unwrap_or_default();
            page.lang.say_with("erase-picture", &[("count", (at + 1).into())]).into_owned()
        }
        None if name == "text" => page.say("erase-text").into_owned(),
        None => page.lang.say_with("erase-older", &[("count", digests.len().into())]).into_owned(),
    };
    let title = page.say("erase-title");
    html! {
        @if !parts.is_empty() {
            (partials::dialog(&title, Look::Danger, &title, &html! {
                p { (page.say("erase-means")) }
                form method="post" action={ (super::work_address(contest, &seen.view)) "/erase" } {
                    @for (name, digests) in &parts { (Field::check(name, &label(name, digests)).value("yes")) }
                    (Field::area("reason", &page.say("works-reason")).required())
                    (second::fields(page, "erase"))
                    (partials::button(&page.say("erase-do"), Look::Danger))
                }
            }))
        }
    }
}

async fn erase(
    page: Page,
    who: Who,
    State(app): State<App>,
    Path((contest, work)): Path<(ContestId, WorkId)>,
    Posted(mut fields): Posted<HashMap<String, String>>,
) -> Result<Response> {
    let seen = show::seen(&app, &who, &contest, &work).await?;
    let actor = who.actor(&contest)?;
    if seen.reader != Reader::Organizer {
        return Err(Error::Forbidden);
    }
    let mut field = |name: &str| fields.remove(name).unwrap_or_default();
    let typed = Seconded::typed(field("second"), field("second-login"), field("second-password"));
    let reason = field("reason");
    let chosen = parts(&seen.view.work).into_iter().filter(|(name, _)| fields.contains_key(name));
    let what: Vec<Digest> = chosen.flat_map(|(_, digests)| digests).collect();
    let problem = if what.is_empty() {
        page.say("erase-nothing").into_owned()
    } else {
        match erased_by(&app, &actor, &contest, &work, what, &reason, &typed).await {
            Ok(()) => return Ok(Redirect::to(&format!("/contests/{contest}/works/{work}")).into_response()),
            Err(error) if second::is_about(&error) => Error::from(error).words(page.lang).1,
            Err(error @ app::Error::Refused(Refusal::ReasonMissing)) => Error::from(error).words(page.lang).1,
            Err(error) => return Err(error.into()),
        }
    };
    let body = show::body(page, &app, &contest, &seen, Some(&problem)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response())
}

async fn erased_by(
    app: &App,
    actor: &Actor,
    contest: &ContestId,
    work: &WorkId,
    what: Vec<Digest>,
    reason: &str,
    typed: &Seconded,
) -> app::Result<()> {
    let second = app.second_person(contest, actor, typed.proof().as_ref()).await?;
    app.erase_of_work(contest, actor, work, what, reason, second).await.map(drop)
}
