//! Starting a paper, reading it, saving each answer with a receipt, handing it in: exactly once by operation id.

use axum::{
    Json, Router,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::worker;
use crate::{
    app::{
        App,
        papers::{AnswerReceipt, NotSaved, Sheet},
    },
    rules::{
        items::{Answer, Face},
        names::{ChallengeId, ContestId, Id, PaperId},
        papers::rules::{After, Part},
    },
    web::{Error, Page, Result, Web, Who},
    words::paper as words,
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/api/v1/contests/{contest}/papers", post(start))
        .route("/api/v1/contests/{contest}/papers/{paper}", get(read))
        .route("/api/v1/contests/{contest}/papers/{paper}/answers/{operation}", put(answer))
        .route("/api/v1/contests/{contest}/papers/{paper}/hand-in", post(hand_in))
        .route("/contests/{contest}/items/pictures/{name}", get(picture))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Start {
    paper: Id,
    #[serde(default)]
    practice: bool,
    challenge: Option<ChallengeId>,
}

/// `answer` null takes it back; `count` is the device's running number, kept for nobody.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    item: Id,
    answer: Option<Answer>,
    #[serde(default, rename = "count")]
    _count: u64,
}

#[derive(Serialize)]
struct Receipt {
    n: u64,
    head: String,
    at: i64,
    now: i64,
}

impl From<AnswerReceipt> for Receipt {
    fn from(receipt: AnswerReceipt) -> Self {
        Self { n: receipt.n, head: receipt.head.0, at: receipt.at.0, now: receipt.now.0 }
    }
}

async fn start(
    who: Who,
    State(app): State<App>,
    Path(contest): Path<ContestId>,
    Json(asked): Json<Start>,
) -> Result<Json<Value>> {
    let actor = who.actor(&contest)?;
    let entrant = worker(&who, &contest)?;
    let paper = app.start_paper(&contest, &actor, &asked.paper, asked.practice, asked.challenge).await?;
    Ok(Json(sheet(&app.paper(&contest, &entrant, &paper).await?)))
}

async fn read(
    who: Who,
    State(app): State<App>,
    Path((contest, paper)): Path<(ContestId, PaperId)>,
) -> Result<Json<Value>> {
    let entrant = worker(&who, &contest)?;
    Ok(Json(sheet(&app.paper(&contest, &entrant, &paper).await?)))
}

fn sheet(sheet: &Sheet) -> Value {
    let sat = &sheet.sitting.sat;
    let part = |part: &Part| json!({ "title": part.title, "count": part.count, "points": part.worth.points.normalize().to_string() });
    let parts: Vec<Value> = sheet.sitting.rules.parts.iter().map(part).collect();
    let item = |(face, part): (&Face, &u8)| {
        let mut item = serde_json::to_value(face).unwrap_or_default();
        item["part"] = json!(part);
        item
    };
    let items: Vec<Value> = sheet.faces.iter().zip(&sheet.parts).map(item).collect();
    json!({
        "paper": sheet.sitting.paper, "title": sheet.sitting.rules.title, "state": "open",
        "starts-at": sat.starts, "ends-at": sat.ends, "now": sheet.now,
        "parts": parts, "items": items, "answers": sheet.answers, "n": sheet.n, "head": sheet.head,
    })
}

async fn answer(
    page: Page,
    who: Who,
    State(app): State<App>,
    Path((contest, paper, operation)): Path<(ContestId, PaperId, String)>,
    Json(given): Json<Given>,
) -> Result<Response> {
    let entrant = worker(&who, &contest)?;
    match app.save_answer(&contest, &entrant, &paper, &given.item, given.answer.as_ref(), &operation).await {
        Ok(receipt) => Ok(Json(Receipt::from(receipt)).into_response()),
        Err(NotSaved::App(error)) => Err(Error::App(error)),
        Err(NotSaved::Unfit(unfit)) => {
            let body = json!({ "error": "unfit", "message": words::unfit(page.lang, unfit) });
            Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response())
        }
    }
}

async fn hand_in(
    who: Who,
    State(app): State<App>,
    Path((contest, paper)): Path<(ContestId, PaperId)>,
) -> Result<Json<Value>> {
    let entrant = worker(&who, &contest)?;
    app.hand_in(&contest, &who.actor(&contest)?, &paper).await?;
    let result = app.paper_result(&contest, &entrant, &paper).await?;
    let shows = result.sitting.rules.after;
    let points = (shows >= After::Score).then(|| result.finished.points.normalize().to_string());
    let right = (shows >= After::Score).then_some(result.finished.right);
    Ok(Json(
        json!({ "paper": paper, "state": "finished", "points": points, "right": right, "used-ms": result.finished.used_ms }),
    ))
}

/// A picture of the bank: for organizers, and for workers on whose papers it stands, so that nobody looks at a bank
/// before the time. Drawings are shown as pictures only: nothing in them runs.
async fn picture(
    who: Who,
    State(app): State<App>,
    Path((contest, name)): Path<(ContestId, String)>,
) -> Result<Response> {
    let actor = who.actor(&contest)?;
    let sees = match &actor.entrant {
        Some(entrant) => app.sees_picture(&contest, entrant, &name).await?,
        None => app.prepares(&contest, &actor).await?,
    };
    if !sees {
        return Err(Error::NotFound);
    }
    let picture = app.store().item_picture(&contest, &name).await.map_err(crate::app::Error::from)?;
    let picture = picture.ok_or(Error::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, picture.media),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; sandbox".to_owned()),
        (header::CACHE_CONTROL, "private, max-age=3600".to_owned()),
    ];
    Ok((headers, picture.bytes).into_response())
}
