//! The checkers' API: what waits for whoever asks, and saying what becomes of a work.

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::{get, post},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    check::{outcome, waiting},
    title_of,
};
use crate::{
    app::App,
    rules::names::{ContestId, Id, UnitPath, WorkId},
    web::{Error, Result, Web, Who},
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/api/v1/contests/{contest}/checks", get(queue))
        .route("/api/v1/contests/{contest}/checks/{work}", post(check))
}

/// The oldest first, no more at once than a page shows; `count` is all there are.
#[derive(Serialize)]
struct Queue {
    works: Vec<Waiting>,
    count: usize,
}

/// `grades`: those that an accepted work may have, in the order of the definition. `page`: where a person checks it.
#[derive(Serialize)]
struct Waiting {
    work: WorkId,
    collection: Id,
    number: u32,
    at: i64,
    unit: Option<UnitPath>,
    grades: Vec<Id>,
    page: String,
}

async fn queue(who: Who, State(app): State<App>, Path(contest): Path<ContestId>) -> Result<Json<Queue>> {
    let queue = waiting(&app, &who, &contest).await?;
    let line = |seen: &crate::rules::works::WorkView| {
        let grades = title_of(&queue.rules, seen).map(|rules| rules.grades.iter().map(|grade| grade.id.clone()));
        Waiting {
            page: format!("/checker/{contest}/{}", seen.id),
            work: seen.id.clone(),
            collection: seen.work.collection.clone(),
            number: seen.work.number,
            at: seen.work.at.0,
            unit: seen.unit.clone(),
            grades: grades.into_iter().flatten().collect(),
        }
    };
    Ok(Json(Queue { works: queue.waiting.iter().map(line).collect(), count: queue.count }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    outcome: String,
    grade: Option<Id>,
    of: Option<WorkId>,
    #[serde(default)]
    reason: String,
}

async fn check(
    who: Who,
    State(app): State<App>,
    Path((contest, work)): Path<(ContestId, WorkId)>,
    Json(said): Json<Said>,
) -> Result<Json<Value>> {
    let actor = who.actor(&contest)?;
    let outcome = outcome(&said.outcome, said.grade, said.of);
    let outcome = outcome.ok_or_else(|| Error::BadInput("no such outcome".to_owned()))?;
    let receipt = app.check_work(&contest, &actor, &work, outcome, &said.reason).await?;
    Ok(Json(json!({ "work": work, "seq": receipt.seq, "at": receipt.at.0 })))
}
