//! What a worker does on a star board, as plain forms: challenge, answer, play, join, rest.
//!
//! A refusal comes back on the board itself, above what was tried.

use axum::{
    Router,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use serde::Deserialize;

use super::{address, page};
use crate::{
    app::{
        self, Actor, App,
        ladder::{ChallengeSent, once},
    },
    rules::{
        ladder::Act,
        ledger::{
            Instant,
            ladder::{Aim, LeaveKind},
        },
        names::{ChallengeId, ContestId, Id, PaperId},
        view,
    },
    web::{
        Error, Page, Result, Web, Who,
        form::Posted,
        organizer::{Zone, read_day},
        partials::Tone,
    },
};

/// Of an operation id.
const OPERATION_BYTES_MAX: usize = 64;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/contests/{id}/ladders/{ladder}/challenges", post(challenge))
        .route("/contests/{id}/ladders/{ladder}/acts", post(act))
        .route("/contests/{id}/challenges/{challenge}", post(answer))
}

/// `target` is the key of a line; without one `aim` is `defence` or `entry`.
#[derive(Deserialize)]
struct Asked {
    target: Option<String>,
    aim: Option<String>,
    #[serde(default)]
    operation: String,
}

async fn challenge(
    page: Page,
    who: Who,
    State(app): State<App>,
    Path((contest, ladder)): Path<(ContestId, Id)>,
    Posted(asked): Posted<Asked>,
) -> Result<Response> {
    let actor = worker(&who, &contest)?;
    let own = actor.entrant.as_ref().ok_or(Error::Forbidden)?;
    let aim = match (asked.target, asked.aim.as_deref()) {
        (Some(target), _) => Aim::Person(app.challenged(&contest, own, &target).await?),
        (None, Some("defence")) => Aim::Defence,
        (None, Some("entry")) => Aim::Entry,
        _ => return Err(Error::BadInput("either target or aim".to_owned())),
    };
    let known = (1..=OPERATION_BYTES_MAX).contains(&asked.operation.len());
    let operation = known.then(|| once(&asked.operation, &actor, &ladder, &aim));
    match app.challenge_and_play(&contest, &actor, &ladder, aim, operation).await {
        Ok(ChallengeSent { paper: Some(paper), .. }) => Ok(to_paper(&contest, &paper)),
        Ok(ChallengeSent { paper: None, .. }) => Ok(said(&contest, &ladder, "sent")),
        Err(error) => refused(page, &app, &contest, &ladder, error).await,
    }
}

#[derive(Deserialize)]
struct Answer {
    ladder: Id,
    r#do: String,
}

async fn answer(
    page: Page,
    who: Who,
    State(app): State<App>,
    Path((contest, challenge)): Path<(ContestId, ChallengeId)>,
    Posted(Answer { ladder, r#do }): Posted<Answer>,
) -> Result<Response> {
    let actor = worker(&who, &contest)?;
    let done = match r#do.as_str() {
        "play" => play(&app, &contest, &actor, &ladder, &challenge).await,
        "accept" => {
            answered(&app, &contest, &actor, &challenge, true).await.map(|()| said(&contest, &ladder, "accepted"))
        }
        "decline" | "withdraw" => {
            answered(&app, &contest, &actor, &challenge, false).await.map(|()| said(&contest, &ladder, "declined"))
        }
        other => return Err(Error::BadInput(format!("do: {other}"))),
    };
    match done {
        Ok(response) => Ok(response),
        Err(error) => refused(page, &app, &contest, &ladder, error).await,
    }
}

async fn play(
    app: &App,
    contest: &ContestId,
    actor: &Actor,
    ladder: &Id,
    challenge: &ChallengeId,
) -> app::Result<Response> {
    let paper = app.play_challenge(contest, actor, challenge).await?;
    Ok(paper.map_or_else(|| Redirect::to(&address(contest, ladder)).into_response(), |paper| to_paper(contest, &paper)))
}

async fn answered(
    app: &App,
    contest: &ContestId,
    actor: &Actor,
    challenge: &ChallengeId,
    accept: bool,
) -> app::Result<()> {
    let receipt = app.answer_challenge(contest, actor, challenge, accept, None).await?;
    app.wait_for(contest, receipt.version).await
}

#[derive(Deserialize)]
struct Doing {
    r#do: String,
    /// The last day of a leave.
    #[serde(default)]
    until: String,
}

async fn act(
    page: Page,
    who: Who,
    State(app): State<App>,
    Path((contest, ladder)): Path<(ContestId, Id)>,
    Posted(Doing { r#do, until }): Posted<Doing>,
) -> Result<Response> {
    let actor = worker(&who, &contest)?;
    let id = ladder.clone();
    let (act, word) = match r#do.as_str() {
        "join" => (Act::Join { ladder: id, entrant: None }, "joined"),
        "seat" => (Act::TakeSeat { ladder: id, entrant: None }, "seat"),
        "waive" => (Act::Waive { ladder: id, entrant: None }, "waived"),
        "back" => (Act::EndLeave { entrant: None }, "back"),
        "leave" => {
            let heading = app.read(&contest, view::heading).await?;
            let Some(until) = end_of(&Zone::of(&heading), &until) else {
                let text = page.say("star-leave-unread").into_owned();
                return page::show(page, &app, &contest, &ladder, Some((Tone::Bad, text))).await;
            };
            (Act::SetLeave { entrant: None, leave: LeaveKind::Ordinary, from: app.now(), until }, "leave")
        }
        other => return Err(Error::BadInput(format!("do: {other}"))),
    };
    match app.on_ladder(&contest, &actor, act).await {
        Ok(receipt) => {
            app.wait_for(&contest, receipt.version).await?;
            Ok(said(&contest, &ladder, word))
        }
        Err(error) => refused(page, &app, &contest, &ladder, error).await,
    }
}

/// The first moment after a day.
fn end_of(zone: &Zone, day: &str) -> Option<Instant> {
    Some(Instant(zone.end_of(read_day(day)?)?.0 + 1))
}

fn worker(who: &Who, contest: &ContestId) -> Result<Actor> {
    let actor = who.actor(contest)?;
    if actor.entrant.is_some() { Ok(actor) } else { Err(Error::Forbidden) }
}

fn to_paper(contest: &ContestId, paper: &PaperId) -> Response {
    Redirect::to(&format!("/contests/{contest}/papers/{paper}")).into_response()
}

fn said(contest: &ContestId, ladder: &Id, word: &str) -> Response {
    Redirect::to(&format!("{}?said={word}", address(contest, ladder))).into_response()
}

/// The rules said no: told on the board, where the reason stands beside each name as well.
async fn refused(page: Page, app: &App, contest: &ContestId, ladder: &Id, error: app::Error) -> Result<Response> {
    let app::Error::Refused(refusal) = &error else { return Err(error.into()) };
    let text = page.lang.refusal(refusal);
    page::show(page, app, contest, ladder, Some((Tone::Bad, text))).await
}
