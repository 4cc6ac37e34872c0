//! `/jury/{contest}/{collection}/{code}`: one work at its judge, without its author, with the control of a marking sheet;
//! and the same over the API, once for each operation of a device. The way here is the judge's day.
//!
//! A judge knows a work by its code: neither its id nor its number of arrival goes out, both could be matched with what
//! others see. Pictures come from here too, so that their addresses say nothing.

use std::collections::BTreeMap;

use axum::{
    Form, Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
    routing::{get, put},
};
use maud::{Markup, html};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::json;

use crate::{
    app::{self, App},
    rules::{
        command::{Command, Refusal},
        decimal,
        names::{ContestId, Id, PersonId},
        view::{self, ControlKind},
        works::{self, Act, AtJudge, DealtWork, WorkRefusal, rules::Judging},
    },
    web::{
        Error, Page, Result, Web, Who,
        judge::control::{self, BUTTONS_MOST, Shown, connection, number_pad},
        partials::{self, Look, Tone},
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/jury/{contest}/{collection}/{code}", get(show).post(save))
        .route("/jury/{contest}/{collection}/{code}/pictures/{at}", get(picture))
        .route("/api/v1/contests/{contest}/jury", get(batch))
        .route("/api/v1/contests/{contest}/work-marks/{operation}", put(mark))
}

fn address(contest: &ContestId, collection: &Id, code: u32) -> String {
    format!("/jury/{contest}/{collection}/{code}")
}

/// What was dealt to a judge, by collection.
pub(in crate::web) async fn batches(app: &App, contest: &ContestId, judge: &PersonId) -> Result<Vec<AtJudge>> {
    Ok(app.read(contest, |state| works::to_judge(state, judge)).await?)
}

/// The first that has no mark and takes one, looking on from `after` and round.
fn due(batch: &AtJudge, after: u32) -> Option<&DealtWork> {
    let is_due = |work: &&DealtWork| work.mark.is_none() && !work.own_unit && work.code != after;
    let of = |later: bool| batch.works.iter().filter(move |work| (work.code > after) == later).find(is_due);
    of(true).or_else(|| of(false))
}

/// On the judge's day.
pub(in crate::web) fn batch_card(page: &Page, contest: &ContestId, batch: &AtJudge) -> Markup {
    let marked = batch.works.iter().filter(|work| work.mark.is_some()).count();
    html! {
        section.card {
            h2 { (batch.rules.title) }
            @if batch.closed { (partials::notice(Tone::Wait, &html! { p { (page.say("jury-closed")) } })) }
            @if batch.works.is_empty() { p.quiet-text { (page.say("jury-nothing")) } }
            @else { (partials::progress(&page.say("jury-marked"), marked, batch.works.len())) }
            @if let Some(next) = due(batch, 0).filter(|_| !batch.closed) {
                p { (partials::link_button(&address(contest, &batch.rules.id, next.code),
                    &page.lang.say_with("jury-go-on", &[("code", next.code.into())]), Look::Primary)) }
            }
            ol.numbers {
                @for work in &batch.works {
                    li {
                        a.tile data-tone=(if work.mark.is_some() { "good" } else { "plain" })
                            href=(address(contest, &batch.rules.id, work.code)) {
                            strong { (work.code) }
                            small { (standing(page, work)) }
                        }
                    }
                }
            }
        }
    }
}

fn standing(page: &Page, work: &DealtWork) -> String {
    match work.mark {
        Some(mark) => mark.normalize().to_string(),
        None if work.own_unit => page.say("judge-own-unit").into_owned(),
        None => page.say("judge-unmarked").into_owned(),
    }
}

/// One work of somebody's batch.
struct Dealt {
    judge: PersonId,
    batch: AtJudge,
    work: DealtWork,
}

async fn dealt(app: &App, who: &Who, contest: &ContestId, collection: &Id, code: u32) -> Result<Dealt> {
    let judge = who.actor(contest)?.person;
    let batches = batches(app, contest, &judge).await?;
    let batch = batches.into_iter().find(|batch| batch.rules.id == *collection).ok_or(Error::NotFound)?;
    let work = batch.works.iter().find(|work| work.code == code).cloned().ok_or(Error::NotFound)?;
    Ok(Dealt { judge, batch, work })
}

type Place = (ContestId, Id, u32);

async fn show(
    page: Page,
    who: Who,
    State(app): State<App>,
    Path((contest, collection, code)): Path<Place>,
) -> Result<Markup> {
    let Dealt { judge, batch, work } = dealt(&app, &who, &contest, &collection, code).await?;
    let judging = batch.rules.judging.as_ref().ok_or(Error::NotFound)?;
    let open = !batch.closed && !work.own_unit;
    let author = author(&app, &contest, &work).await?;
    let content = content(&page, &app, &contest, &batch, &work).await?;
    let title = page.lang.say_with("jury-title", &[("code", code.into())]).into_owned();
    let here = address(&contest, &collection, code);
    let markup = html! {
        div data-judge=(judge) data-contest=(contest) data-words=(control::words(&page)) {
            (heading(&page, &contest, &batch, &work))
            (connection(&page))
            @if batch.closed { (partials::notice(Tone::Wait, &html! { p { (page.say("jury-closed")) } })) }
            @else if work.own_unit { (partials::notice(Tone::Wait, &html! { p { (page.say("jury-own-unit")) } })) }
            div.jury {
                article.card.entry {
                    @if let Some(author) = &author { p.quiet-text { (author) } }
                    (content)
                }
                form method="post" action=(here) {
                    (control::card(&page, &sheet(&page.say("jury-mark"), judging, &collection, &work), open))
                    @if open { div.unscripted { (partials::button(&page.say("judge-save"), Look::Primary)) } }
                }
            }
            @if !batch.closed { (bar(&page, &contest, &batch, code)) }
            (number_pad(&page))
        }
    };
    Ok(page.script("judge.js").style("judge.css").style("works.css").wide().show(&title, &markup))
}

fn sheet<'t>(title: &'t str, judging: &Judging, collection: &Id, work: &DealtWork) -> Shown<'t> {
    const KIND: &ControlKind = &ControlKind::Number { unit: None };
    Shown {
        slot: format!("jury/{collection}/{}", work.code),
        body: json!({ "collection": collection, "code": work.code }).to_string(),
        to: "work-marks",
        title,
        description: None,
        allotment: None,
        kind: KIND,
        min: Some(judging.min),
        max: Some(judging.max),
        step: Some(judging.step),
        choices: view::choices(judging.min, judging.max, judging.step, BUTTONS_MOST),
        may_be_absent: false,
        may_not_apply: false,
        may_be_cleared: false,
        mark: work.mark.map(|mark| mark.normalize().to_string()).unwrap_or_default(),
    }
}

fn heading(page: &Page, contest: &ContestId, batch: &AtJudge, work: &DealtWork) -> Markup {
    let at = batch.works.iter().position(|one| one.code == work.code).unwrap_or_default();
    let neighbour = |at: Option<usize>| at.and_then(|at| batch.works.get(at)).map(|one| one.code);
    let to = |code: u32| address(contest, &batch.rules.id, code);
    html! {
        div.row.between.sheet-head {
            a.quiet href={ "/judge/" (contest) } { "‹ " (page.say("judge-day")) }
            p.quiet-text { (batch.rules.title) }
            h1.number-plate { (work.code) }
            nav.row aria-label=(page.say("jury-works")) {
                @if let Some(code) = neighbour(at.checked_sub(1)) { a.button href=(to(code)) { "‹ " (code) } }
                @if let Some(code) = neighbour(at.checked_add(1)) { a.button href=(to(code)) { (code) " ›" } }
            }
        }
    }
}

/// Only where the definition shows authors to judges.
async fn author(app: &App, contest: &ContestId, work: &DealtWork) -> Result<Option<String>> {
    let Some(author) = &work.author else { return Ok(None) };
    let names = app.entrant_names(contest).await?;
    Ok(names.into_iter().find(|name| name.entrant == *author).map(|name| name.name))
}

async fn content(page: &Page, app: &App, contest: &ContestId, batch: &AtJudge, work: &DealtWork) -> Result<Markup> {
    let texts = app.work_texts(contest, &[&work.content.text]).await?;
    let to = address(contest, &batch.rules.id, work.code);
    let pictures = work.erased.iter().enumerate().map(|(at, gone)| (!gone).then(|| format!("{to}/pictures/{at}")));
    Ok(super::told(page, texts.get(&work.content.text), pictures))
}

/// How much is left beside this one, and the way to it.
fn bar(page: &Page, contest: &ContestId, batch: &AtJudge, code: u32) -> Markup {
    let left = batch.works.iter().filter(|work| work.mark.is_none() && !work.own_unit && work.code != code).count();
    html! {
        div.hand-in {
            @if left == 0 { span { (page.say("jury-none-left")) } }
            @else { span { (page.lang.say_with("jury-left", &[("count", left.into())])) } }
            @match due(batch, code) {
                Some(next) => (partials::link_button(&address(contest, &batch.rules.id, next.code),
                    &page.lang.say_with("jury-next", &[("code", next.code.into())]), Look::Primary)),
                None => (partials::link_button(&format!("/judge/{contest}"), &page.say("judge-day"), Look::Primary)),
            }
        }
    }
}

async fn picture(
    who: Who,
    State(app): State<App>,
    Path((contest, collection, code, at)): Path<(ContestId, Id, u32, usize)>,
) -> Result<Response> {
    let Dealt { work, .. } = dealt(&app, &who, &contest, &collection, code).await?;
    let digest = work.content.pictures.get(at).ok_or(Error::NotFound)?;
    let picture = app.work_picture(&contest, digest).await?.ok_or(Error::NotFound)?;
    let headers = [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "private, max-age=3600")];
    Ok((headers, picture.bytes).into_response())
}

fn number(text: &str) -> Result<Decimal> {
    decimal::parse(text.trim()).map_err(|problem| Error::BadInput(format!("value: {problem:?}")))
}

/// Without script. A field that says what stands already changes nothing.
async fn save(
    who: Who,
    State(app): State<App>,
    Path((contest, collection, code)): Path<Place>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Redirect> {
    let Dealt { work, .. } = dealt(&app, &who, &contest, &collection, code).await?;
    let typed = fields.iter().find(|(name, _)| *name == format!("jury/{collection}/{code}"));
    let typed = typed.map(|(_, value)| value.trim()).filter(|value| !value.is_empty());
    if let Some(typed) = typed {
        match app.mark_work(&contest, &who.actor(&contest)?, &work.id, number(typed)?).await {
            Ok(_) | Err(app::Error::Refused(Refusal::NothingToDo)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Redirect::to(&address(&contest, &collection, code)))
}

/// What a device sends; `value` is a decimal as text.
#[derive(Deserialize)]
struct Mark {
    collection: Id,
    code: u32,
    value: String,
    /// Kept with the operation, and read by nobody.
    #[serde(default, rename = "count")]
    _count: u64,
    #[serde(flatten)]
    unknown: BTreeMap<String, serde_json::Value>,
}

async fn mark(
    who: Who,
    State(app): State<App>,
    Path((contest, operation)): Path<(ContestId, String)>,
    bytes: Bytes,
) -> Result<Json<serde_json::Value>> {
    let actor = who.actor(&contest)?;
    let asked: Mark = serde_json::from_slice(&bytes).map_err(|problem| Error::BadInput(problem.to_string()))?;
    if let Some(key) = asked.unknown.keys().next() {
        return Err(Error::BadInput(format!("unknown field `{key}`")));
    }
    let mark = number(&asked.value)?;
    // Whether it is this judge's is decided with the mark: what was recorded before is answered again, whatever came since.
    let work = app.read(&contest, |state| works::of_code(state, &asked.collection, asked.code)).await?;
    let Some(work) = work else { return Err(app::Error::from(Refusal::Work(WorkRefusal::NotDealt)).into()) };
    let receipt = app.act_once(&contest, &actor, &operation, &bytes, Command::Work(Act::Mark { work, mark })).await?;
    let version = format!("{}.{}", receipt.version.epoch, receipt.version.seq);
    Ok(Json(json!({ "contest": receipt.contest, "seq": receipt.seq, "version": version, "at": receipt.at.0 })))
}

/// The judge's own batches, in the order of codes.
async fn batch(who: Who, State(app): State<App>, Path(contest): Path<ContestId>) -> Result<Json<serde_json::Value>> {
    let judge = who.actor(&contest)?.person;
    let number = |number: Decimal| number.normalize().to_string();
    let seen = |batch: &AtJudge| {
        let works: Vec<_> = batch
            .works
            .iter()
            .map(|work| {
                let open = !batch.closed && !work.own_unit;
                json!({ "code": work.code, "value": work.mark.map(number), "pictures": work.content.pictures.len(), "open": open })
            })
            .collect();
        let judging = batch.rules.judging.as_ref();
        json!({
            "collection": batch.rules.id, "title": batch.rules.title, "closed": batch.closed, "works": works,
            "min": judging.map(|judging| number(judging.min)), "max": judging.map(|judging| number(judging.max)),
            "step": judging.map(|judging| number(judging.step)),
        })
    };
    let batches = batches(&app, &contest, &judge).await?;
    Ok(Json(json!({ "batches": batches.iter().map(seen).collect::<Vec<_>>() })))
}
