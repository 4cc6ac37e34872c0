//! Ladders for programs: the board, a challenge, an answer. Sessions of workers act for themselves.

use axum::{
    Json, Router,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{audience, no_such_page, seen::document};
use crate::{
    app::{
        Actor, App,
        ladder::{ChallengeSent, once},
    },
    rules::{
        ledger::ladder::Aim,
        names::{ChallengeId, ContestId, EntrantId, Id},
    },
    web::{Error, Page, Result, Web, Who},
};

/// Of an operation id.
const OPERATION_BYTES_MAX: usize = 64;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/api/v1/contests/{contest}/ladders/{ladder}", get(board))
        .route("/api/v1/contests/{contest}/ladders/{ladder}/challenges", post(challenge))
        .route("/api/v1/contests/{contest}/challenges/{challenge}/answer", post(answer))
}

async fn board(page: Page, State(app): State<App>, Path((contest, ladder)): Path<(ContestId, Id)>) -> Result<Response> {
    let audience = audience(&page, &contest);
    let seen = app.ladder(&contest, &ladder, &audience).await.map_err(no_such_page)?;
    let keep = [(header::CACHE_CONTROL, "private, no-store"), (header::VARY, "Cookie, Authorization")];
    Ok((keep, Json(document(page.lang, &seen, &audience))).into_response())
}

/// `target` is the key of somebody's line. Without one: `aim` says whether one's own record is defended, or a first
/// score tried for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    target: Option<String>,
    aim: Option<OwnAim>,
    /// Random, made by the device: the same again gives the same challenge.
    operation: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum OwnAim {
    Defence,
    Entry,
}

async fn challenge(
    who: Who,
    State(app): State<App>,
    Path((contest, ladder)): Path<(ContestId, Id)>,
    Json(asked): Json<Asked>,
) -> Result<Json<Value>> {
    let actor = worker(&who, &contest)?;
    let aim = match (asked.target, asked.aim) {
        (Some(target), None) => Aim::Person(meant(&app, &contest, &actor, &target).await?),
        (None, Some(OwnAim::Defence)) => Aim::Defence,
        (None, Some(OwnAim::Entry)) => Aim::Entry,
        _ => return Err(Error::BadInput("either target or aim".to_owned())),
    };
    if asked.operation.as_ref().is_some_and(|id| id.is_empty() || id.len() > OPERATION_BYTES_MAX) {
        return Err(Error::BadInput(format!("an operation has 1 to {OPERATION_BYTES_MAX} bytes")));
    }
    let operation = asked.operation.map(|id| once(&id, &actor, &ladder, &aim));
    let ChallengeSent { challenge, paper } = app.challenge_and_play(&contest, &actor, &ladder, aim, operation).await?;
    let mut sent = json!({ "challenge": challenge });
    if let Some(paper) = paper {
        sent["paper"] = json!(paper);
    }
    Ok(Json(sent))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    accept: bool,
}

async fn answer(
    who: Who,
    State(app): State<App>,
    Path((contest, challenge)): Path<(ContestId, ChallengeId)>,
    Json(Answer { accept }): Json<Answer>,
) -> Result<Json<Value>> {
    let actor = worker(&who, &contest)?;
    let receipt = app.answer_challenge(&contest, &actor, &challenge, accept, None).await?;
    app.wait_for(&contest, receipt.version).await?;
    let state = if accept { "playing" } else { "lapsed" };
    Ok(Json(json!({ "challenge": challenge, "state": state })))
}

fn worker(who: &Who, contest: &ContestId) -> Result<Actor> {
    let actor = who.actor(contest)?;
    if actor.entrant.is_some() { Ok(actor) } else { Err(Error::Forbidden) }
}

async fn meant(app: &App, contest: &ContestId, actor: &Actor, key: &str) -> Result<EntrantId> {
    let own = actor.entrant.as_ref().ok_or(Error::Forbidden)?;
    Ok(app.challenged(contest, own, key).await?)
}
