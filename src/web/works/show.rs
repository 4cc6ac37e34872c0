//! `/contests/{contest}/works/{work}`: one work for its author, its checkers and organizers, with each point that it made;
//! its pictures, for the same people; mending and withdrawing it.

use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use maud::{Markup, html};

use super::{Stop, content, draft, erase, own, pictures, said, stopped, tone};
use crate::{
    app::{Actor, App, works::HandedIn},
    files::photographs::BYTES_MAX,
    rules::{
        ledger::entry::Role,
        names::{ContestId, WorkId},
        view::{self, Heading},
        works::{self, Rules, Stand, WorkView},
    },
    web::{
        Error, Page, Result, Web, Who,
        organizer::{Zone, collections, upload::Upload},
        partials::{self, Column, Look, Tone},
    },
    words::works as words,
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/contests/{contest}/works/{work}", get(show))
        .route("/contests/{contest}/works/{work}/pictures/{at}", get(picture))
        .route("/contests/{contest}/works/{work}/withdraw", post(withdraw))
        .route("/contests/{contest}/works/{work}/mend", post(mend))
        .layer(DefaultBodyLimit::max(4 * BYTES_MAX))
}

pub(super) struct Seen {
    pub(super) view: WorkView,
    rules: Rules,
    pub(super) heading: Heading,
    pub(super) reader: Reader,
    closed: bool,
    /// Nobody sees a mark beside its author before the collection is closed; authors not while results are hidden.
    pub(super) shows_marks: bool,
}

/// Whose eyes a work is shown to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    Author,
    Organizer,
    Checker,
}

/// For its author, and for whoever may check it.
pub(super) async fn seen(app: &App, who: &Who, contest: &ContestId, work: &WorkId) -> Result<Seen> {
    let (actor, now) = (who.actor(contest)?, app.now());
    let look = |state: &_| {
        let view = works::work(state, work)?;
        let is_author = actor.entrant.as_ref() == Some(&view.work.entrant);
        let may = is_author || works::is_checker(state, &actor, &view.work.collection, view.unit.as_ref());
        let organizes = actor.administrator || view::roles(state, &actor.person).contains(&Role::Organizer);
        let collection = works::collection(state, &view.work.collection, now)?;
        let shows_marks = if organizes { collection.closed } else { works::shows_marks(state, &collection.rules.id) };
        may.then(|| Seen {
            rules: collection.rules,
            heading: view::heading(state),
            reader: match (is_author, organizes) {
                (true, _) => Reader::Author,
                (_, true) => Reader::Organizer,
                _ => Reader::Checker,
            },
            closed: collection.closed,
            shows_marks,
            view,
        })
    };
    app.read(contest, look).await?.ok_or(Error::NotFound)
}

async fn show(
    page: Page,
    who: Who,
    State(app): State<App>,
    Path((contest, work)): Path<(ContestId, WorkId)>,
) -> Result<Markup> {
    let seen = seen(&app, &who, &contest, &work).await?;
    body(page, &app, &contest, &seen, None).await
}

pub(super) async fn body(
    page: Page,
    app: &App,
    contest: &ContestId,
    seen: &Seen,
    problem: Option<&str>,
) -> Result<Markup> {
    let Seen { view, rules, heading, reader, closed, .. } = seen;
    let is_author = *reader == Reader::Author;
    let zone = Zone::of(heading);
    let texts = super::texts(app, contest, std::slice::from_ref(view)).await?;
    let text = view.work.content().and_then(|content| texts.get(&content.text));
    let reasons: Vec<_> = view.work.checks.iter().filter_map(|check| check.reason.as_ref()).collect();
    let reasons = app.note_texts(&reasons).await?;
    let at = super::work_address(contest, view);
    let back = match reader {
        Reader::Author => format!("/contests/{contest}/works"),
        Reader::Organizer => collections::address(contest, &rules.id),
        Reader::Checker => format!("/checker/{contest}"),
    };
    let behind = if *reader == Reader::Organizer {
        erase::behind(&page, app, contest, seen).await?
    } else {
        html! {}
    };
    let markup = html! {
        p.over { a href=(back) { (rules.title) } }
        div.row.between {
            h1 { (page.lang.say_with("works-number", &[("number", view.work.number.into())])) }
            (partials::pill(&words::standing(page.lang, rules, &view.work, *closed), tone(&view.work)))
        }
        @if let Some(problem) = problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        section.card {
            (content(&page, contest, view, text))
            p.quiet-text { (page.say("works-event-submitted")) ": " (zone.minute(view.work.at)) }
            @for check in &view.work.checks {
                p {
                    (zone.minute(check.at)) " · " strong { (words::outcome(page.lang, Some(rules), &check.outcome)) }
                    @if let Some(reason) = check.reason.as_ref().and_then(|digest| reasons.get(digest)) { " — " (reason) }
                }
            }
            @if let Some(mark) = view.mark.filter(|_| seen.shows_marks) { p { (page.lang.say_with("works-mark", &[("mark", mark.normalize().to_string().into())])) } }
        }
        (behind)
        (points(&page, rules, view))
        @if is_author && view.work.stand == Stand::Returned { (mending(&page, app, rules, &at, text)?) }
        @if is_author && matches!(view.work.stand, Stand::Waiting | Stand::Returned) {
            (partials::dialog(&page.say("works-withdraw"), Look::Plain, &page.say("works-withdraw"), &html! {
                p { (page.say("works-withdraw-means")) }
                form method="post" action={ (at) "/withdraw" } { (partials::button(&page.say("works-withdraw"), Look::Danger)) }
            }))
        }
    };
    let title = page.lang.say_with("works-number", &[("number", view.work.number.into())]).into_owned();
    Ok(page.style("works.css").show(&title, &markup))
}

/// Each point with what made it, and why less of it counts.
fn points(page: &Page, rules: &Rules, view: &WorkView) -> Markup {
    let titles =
        ["works-point-event", "works-point-worth", "works-point-counted"].map(|key| page.say(key).into_owned());
    let columns = [Column::text(&titles[0]), Column::number(&titles[1]), Column::number(&titles[2])];
    let rows = html! {
        @for line in &view.points {
            tr {
                td { (words::event(page.lang, Some(rules), &line.event))
                    @if let Some(why) = words::uncounted(page.lang, line) { br; span.quiet-text { (why) } } }
                td.number { (line.points.normalize()) }
                td.number { strong { (line.counted.normalize()) } }
            }
        }
    };
    html! { @if !view.points.is_empty() { (partials::table(&page.say("works-points"), &columns, &rows)) } }
}

fn mending(
    page: &Page,
    app: &App,
    rules: &Rules,
    at: &str,
    text: Option<&crate::app::works::WorkText>,
) -> Result<Markup> {
    let given = text.map_or_else(HandedIn::default, |text| HandedIn {
        title: text.title.clone(),
        text: text.text.clone(),
        place: text.place.clone(),
        pictures: Vec::new(),
    });
    let operation = app.new_operation()?;
    Ok(html! {
        section.card {
            h2 { (page.say("works-mend")) }
            p.quiet-text { (page.say("works-mend-about")) }
            form method="post" action={ (at) "/mend" } enctype="multipart/form-data" {
                input type="hidden" name="operation" value=(operation);
                (own::fields(page, rules, &given))
                (partials::button(&page.say("works-mend"), Look::Primary))
            }
        }
    })
}

async fn mend(
    page: Page,
    who: Who,
    State(app): State<App>,
    Path((contest, work)): Path<(ContestId, WorkId)>,
    upload: Upload,
) -> Result<Response> {
    let (actor, operation) = (who.actor(&contest)?, upload.text("operation")?);
    let mut given = said(&upload)?;
    let problem = match mended(&app, &contest, &actor, &work, &mut given, &upload, &operation).await {
        Ok(()) => return Ok(Redirect::to(&format!("/contests/{contest}/works/{work}")).into_response()),
        Err(stop) => stopped(&page, stop)?,
    };
    let seen = seen(&app, &who, &contest, &work).await?;
    let body = body(page, &app, &contest, &seen, Some(&problem)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response())
}

/// Counts and what stands are asked before a picture is opened.
async fn mended(
    app: &App,
    contest: &ContestId,
    actor: &Actor,
    work: &WorkId,
    given: &mut HandedIn,
    upload: &Upload,
    operation: &str,
) -> std::result::Result<(), Stop> {
    app.may_mend_work(contest, actor, work, draft(given, upload)).await?;
    given.pictures = pictures(upload).await?;
    app.mend_work(contest, actor, work, given, operation).await?;
    Ok(())
}

async fn withdraw(
    who: Who,
    State(app): State<App>,
    Path((contest, work)): Path<(ContestId, WorkId)>,
) -> Result<Redirect> {
    app.withdraw_work(&contest, &who.actor(&contest)?, &work).await?;
    Ok(Redirect::to(&format!("/contests/{contest}/works/{work}")))
}

async fn picture(
    who: Who,
    State(app): State<App>,
    Path((contest, work, at)): Path<(ContestId, WorkId, usize)>,
) -> Result<Response> {
    let seen = seen(&app, &who, &contest, &work).await?;
    let digest = seen.view.work.content().and_then(|content| content.pictures.get(at)).ok_or(Error::NotFound)?;
    let picture = app.work_picture(&contest, digest).await?.ok_or(Error::NotFound)?;
    let headers = [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "private, max-age=3600")];
    Ok((headers, picture.bytes).into_response())
}
