//! `/contests/{contest}/works`: what somebody handed in and what came of it; the form; the same over the API, once for
//! each operation of a device.

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, put},
};
use maud::{Markup, html};
use serde_json::{Value, json};

use super::{Stop, asks, called, draft, not_taken, pictures, said, stopped, texts, tone, work_address, worker};
use crate::{
    app::{Actor, App, Receipt, works::HandedIn},
    files::photographs::BYTES_MAX,
    rules::{
        names::{ContestId, EntrantId, Id, WorkId},
        works::{self, Closedness, OwnCollection, Rules, WorkView, rules::Asked},
    },
    web::{
        Error, Page, Result, Web, Who,
        organizer::upload::Upload,
        partials::{self, Field, Look, Tone},
    },
    words::works as words,
};

/// Pictures as phones make them, a few at once.
const BODY_BYTES_MAX: usize = 4 * BYTES_MAX;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/contests/{contest}/works", get(list))
        .route("/contests/{contest}/collections/{collection}", get(form).post(submit))
        .route("/api/v1/contests/{contest}/collections/{collection}/works/{operation}", put(api))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

async fn own(app: &App, contest: &ContestId, entrant: &EntrantId) -> Result<Vec<OwnCollection>> {
    let now = app.now();
    Ok(app.read(contest, |state| works::own_collections(state, entrant, now)).await?)
}

/// On a worker's own page.
pub(in crate::web) async fn cards(page: &Page, app: &App, contest: &ContestId, entrant: &EntrantId) -> Result<Markup> {
    let own = own(app, contest, entrant).await?;
    Ok(html! { @for one in &own { section.card { (head(page, contest, one)) } } })
}

async fn list(page: Page, who: Who, State(app): State<App>, Path(contest): Path<ContestId>) -> Result<Markup> {
    let entrant = worker(&who, &contest)?;
    let own = own(&app, &contest, &entrant).await?;
    let mut sections = Vec::new();
    for one in &own {
        let texts = texts(&app, &contest, &one.works).await?;
        let called = |seen: &WorkView| called(&page, seen.work.content().and_then(|content| texts.get(&content.text)));
        sections.push(html! {
            section.card {
                (head(&page, &contest, one))
                @if one.works.is_empty() { p.quiet-text { (page.say("works-none")) } }
                ul.plain.works {
                    @for seen in &one.works {
                        li {
                            a href=(work_address(&contest, seen)) { (seen.work.number) " · " (called(seen)) } " "
                            (partials::pill(&words::standing(page.lang, &one.rules, &seen.work, one.closed), tone(&seen.work)))
                        }
                    }
                }
            }
        });
    }
    let body = html! {
        p.over { a href={ "/contests/" (contest) "/me" } { (page.say("worker-me")) } }
        h1 { (page.say("works-mine")) }
        (outbox(&page, &contest, &entrant))
        @for section in &sections { (section) }
    };
    let title = page.say("works-mine").into_owned();
    Ok(page.style("works.css").script("works.js").show(&title, &body))
}

/// Where the script says what waits on this device.
fn outbox(page: &Page, contest: &ContestId, entrant: &EntrantId) -> Markup {
    let words = ["here", "received", "refused", "signed-out", "not-ours", "no-picture", "again", "forget"];
    let words: Value = words
        .iter()
        .map(|key| ((*key).to_owned(), json!(page.say(&format!("works-sent-{key}")))))
        .collect::<serde_json::Map<_, _>>()
        .into();
    html! {
        div #outbox role="status" aria-live="polite" data-outbox={ (contest) "/" (entrant) } data-words=(words.to_string()) {}
    }
}

fn head(page: &Page, contest: &ContestId, one: &OwnCollection) -> Markup {
    let points = one.points.normalize().to_string();
    html! {
        h2 { a href={ "/contests/" (contest) "/works" } { (one.rules.title) } }
        p { (page.lang.say_with("works-own-points", &[("points", points.into()), ("count", one.works.len().into())])) }
        @match (&one.open, one.closed) {
            (_, true) => p.notice data-tone="plain" { (page.say("works-closed")) },
            (Err(Closedness::NotYet { opens }), _) => p { (page.lang.say_with("works-opens", &[("opens", opens.as_str().into())])) },
            (Err(Closedness::Over { closed }), _) => p { (page.lang.say_with("works-over", &[("closed", closed.as_str().into())])) },
            (Ok(()), false) => p {
                (partials::link_button(&format!("/contests/{contest}/collections/{}", one.rules.id), &page.say("works-new"), Look::Primary))
            },
        }
    }
}

async fn rules(app: &App, contest: &ContestId, entrant: &EntrantId, collection: &Id) -> Result<Rules> {
    let own = own(app, contest, entrant).await?;
    own.into_iter().map(|one| one.rules).find(|rules| rules.id == *collection).ok_or(Error::NotFound)
}

async fn form(
    page: Page,
    who: Who,
    State(app): State<App>,
    Path((contest, collection)): Path<(ContestId, Id)>,
) -> Result<Markup> {
    let entrant = worker(&who, &contest)?;
    let rules = rules(&app, &contest, &entrant, &collection).await?;
    let operation = app.new_operation()?;
    Ok(form_page(page, &contest, &entrant, &rules, &HandedIn::default(), &operation, None))
}

fn form_page(
    page: Page,
    contest: &ContestId,
    entrant: &EntrantId,
    rules: &Rules,
    given: &HandedIn,
    operation: &str,
    problem: Option<&str>,
) -> Markup {
    let to = format!("/contests/{contest}/collections/{}", rules.id);
    let body = html! {
        p.over { a href={ "/contests/" (contest) "/works" } { (page.say("works-mine")) } }
        h1 { (rules.title) }
        @if let Some(about) = &rules.description { p { (about) } }
        (outbox(&page, contest, entrant))
        @if let Some(problem) = problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        form.card method="post" action=(to) enctype="multipart/form-data"
            data-work data-api={ "/api/v1/contests/" (contest) "/collections/" (rules.id) "/works/" } {
            input type="hidden" name="operation" value=(operation);
            (fields(&page, rules, given))
            (partials::button(&page.say("works-submit"), Look::Primary))
        }
    };
    let title = rules.title.clone();
    page.style("works.css").script("works.js").show(&title, &body)
}

/// The fields that this collection asks for.
pub(super) fn fields(page: &Page, rules: &Rules, given: &HandedIn) -> Markup {
    let of = &rules.fields;
    let labels = ["works-field-title", "works-field-text", "works-field-place"].map(|key| page.say(key).into_owned());
    let hint = page.lang.say_with("works-text-hint", &[("most", of.text_max.into())]).into_owned();
    let shown =
        |field: Field<'_>, asked: Asked| html! { (if asked == Asked::Must { field.required() } else { field }) };
    html! {
        @if asks(of.title) { (shown(Field::text("title", &labels[0]).value(&given.title), of.title)) }
        @if asks(of.place) { (shown(Field::text("place", &labels[2]).value(&given.place).hint(&page.say("works-place-hint")), of.place)) }
        @if asks(of.text) { (shown(Field::area("text", &labels[1]).value(&given.text).hint(&hint), of.text)) }
        @if of.pictures_most > 0 {
            div.field {
                label for="field-pictures" { (page.say("works-pictures")) @if of.pictures_least > 0 { span.required aria-hidden="true" { " *" } } }
                input type="file" id="field-pictures" name="pictures" accept="image/*" multiple[of.pictures_most > 1]
                    required[of.pictures_least > 0] data-most=(of.pictures_most) aria-describedby="field-pictures-about";
                p id="field-pictures-about" { (page.lang.say_with("works-pictures-hint", &[("most", of.pictures_most.into())])) }
                div.previews data-previews {}
            }
        }
    }
}

async fn submit(
    page: Page,
    who: Who,
    State(app): State<App>,
    Path((contest, collection)): Path<(ContestId, Id)>,
    upload: Upload,
) -> Result<Response> {
    let (entrant, actor) = (worker(&who, &contest)?, who.actor(&contest)?);
    let operation = upload.text("operation")?;
    let mut given = said(&upload)?;
    let problem = match take(&app, &contest, &actor, &collection, &mut given, &upload, &operation).await {
        Ok((work, _)) => return Ok(Redirect::to(&format!("/contests/{contest}/works/{work}")).into_response()),
        Err(stop) => stopped(&page, stop)?,
    };
    let rules = rules(&app, &contest, &entrant, &collection).await?;
    let operation = app.new_operation()?;
    let body = form_page(page, &contest, &entrant, &rules, &given, &operation, Some(&problem));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response())
}

/// Counts, dates and limits are asked before a picture is opened.
async fn take(
    app: &App,
    contest: &ContestId,
    actor: &Actor,
    collection: &Id,
    given: &mut HandedIn,
    upload: &Upload,
    operation: &str,
) -> std::result::Result<(WorkId, Receipt), Stop> {
    app.may_submit_work(contest, actor, collection, draft(given, upload), operation).await?;
    given.pictures = pictures(upload).await?;
    Ok(app.submit_work(contest, actor, collection, given, operation).await?)
}

async fn api(
    page: Page,
    who: Who,
    State(app): State<App>,
    Path((contest, collection, operation)): Path<(ContestId, Id, String)>,
    upload: Upload,
) -> Result<Response> {
    worker(&who, &contest)?;
    let actor = who.actor(&contest)?;
    let mut given = said(&upload)?;
    match take(&app, &contest, &actor, &collection, &mut given, &upload, &operation).await {
        Ok((work, receipt)) => {
            let to = format!("/contests/{contest}/works/{work}");
            Ok(Json(json!({ "work": work, "seq": receipt.seq, "at": receipt.at.0, "page": to })).into_response())
        }
        Err(Stop::Picture(why)) => {
            let body = json!({ "error": "picture", "message": not_taken(&page, why) });
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response())
        }
        Err(Stop::App(error)) => Err(error.into()),
        Err(Stop::Page(error)) => Err(error),
    }
}
