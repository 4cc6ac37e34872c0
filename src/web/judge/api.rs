//! The judges' API, which the tablet page uses too: marks, violations and submissions, each exactly once by its
//! operation id, and the sheets to read.

use std::collections::BTreeMap;

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, Query, State},
    routing::{get, put},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::json;

use super::place::{self, Place};
use crate::{
    app::{App, Receipt},
    rules::{
        command::Command,
        ledger::entry::SheetKey,
        names::{ContestId, Id},
        view::{self, DaySheet, SheetPlace, SheetState},
    },
    web::{Error, Result, Web, Who},
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/api/v1/contests/{contest}/marks/{operation}", put(mark))
        .route("/api/v1/contests/{contest}/violations/{operation}", put(violation))
        .route("/api/v1/contests/{contest}/submissions/{operation}", put(submission))
        .route("/api/v1/contests/{contest}/sheets", get(sheets))
        .route("/api/v1/contests/{contest}/sheets/{stage}/{panel}/{number}", get(sheet))
}

/// What a device sends: a place, what happened there, and the device's running number.
#[derive(Deserialize)]
struct Body<T> {
    #[serde(flatten)]
    place: Place,
    #[serde(flatten)]
    what: T,
    /// Kept with the operation, and read by nobody.
    #[serde(default, rename = "count")]
    _count: u64,
    #[serde(flatten)]
    unknown: BTreeMap<String, serde_json::Value>,
}

/// `value` is a decimal as text, `absent`, `n/a`, or null to take the mark back.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Mark {
    aspect: Id,
    #[serde(default)]
    value_id: Option<Id>,
    value: Option<String>,
}

/// `times` is the new count, not a difference.
#[derive(Deserialize)]
struct Violation {
    violation: Id,
    times: u32,
}

#[derive(Deserialize)]
struct Submission {}

/// Where a decision stands in the ledger.
#[derive(Serialize)]
struct ReceiptBody {
    contest: ContestId,
    seq: u64,
    version: String,
    at: i64,
}

impl From<Receipt> for ReceiptBody {
    fn from(receipt: Receipt) -> Self {
        let version = format!("{}.{}", receipt.version.epoch, receipt.version.seq);
        Self { contest: receipt.contest, seq: receipt.seq, version, at: receipt.at.0 }
    }
}

async fn mark(
    judge: Who,
    State(app): State<App>,
    Path((contest, operation)): Path<(ContestId, String)>,
    bytes: Bytes,
) -> Result<Json<ReceiptBody>> {
    let (place, Mark { aspect, value_id, value }) = read(&bytes)?;
    let value = place::mark_value(value.as_deref())?;
    once(&app, &judge, &contest, &operation, &bytes, &place, |sheet| Command::GiveMark {
        slot: sheet.slot(aspect, value_id),
        entrant: sheet.entrant,
        value,
    })
    .await
}

async fn violation(
    judge: Who,
    State(app): State<App>,
    Path((contest, operation)): Path<(ContestId, String)>,
    bytes: Bytes,
) -> Result<Json<ReceiptBody>> {
    let (place, Violation { violation, times }) = read(&bytes)?;
    let actor = judge.actor(&contest)?;
    let found = app.read(&contest, |state| view::violation_of_sheet(state, &actor.person, &place, &violation)).await?;
    let (entrant, slot) = found?;
    let command = Command::RecordViolation { entrant, slot, count: times, reason: None };
    Ok(Json(app.act_once(&contest, &actor, &operation, &bytes, command).await?.into()))
}

async fn submission(
    judge: Who,
    State(app): State<App>,
    Path((contest, operation)): Path<(ContestId, String)>,
    bytes: Bytes,
) -> Result<Json<ReceiptBody>> {
    let (place, Submission {}) = read(&bytes)?;
    once(&app, &judge, &contest, &operation, &bytes, &place, |sheet| Command::SubmitSheet { sheet }).await
}

/// Does what a device asks about one sheet, exactly once.
async fn once(
    app: &App,
    judge: &Who,
    contest: &ContestId,
    operation: &str,
    bytes: &[u8],
    place: &SheetPlace,
    command: impl FnOnce(SheetKey) -> Command,
) -> Result<Json<ReceiptBody>> {
    let actor = judge.actor(contest)?;
    let sheet = app.read(contest, |state| view::sheet_key(state, &actor.person, place)).await??;
    Ok(Json(app.act_once(contest, &actor, operation, bytes, command(sheet)).await?.into()))
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<(SheetPlace, T)> {
    let body: Body<T> = serde_json::from_slice(bytes).map_err(|problem| Error::BadInput(problem.to_string()))?;
    match body.unknown.keys().next() {
        Some(key) => Err(Error::BadInput(format!("unknown field `{key}`"))),
        None => Ok((body.place.into(), body.what)),
    }
}

/// The judge's sheets, in the order of the day.
async fn sheets(judge: Who, State(app): State<App>, Path(contest): Path<ContestId>) -> Result<Json<serde_json::Value>> {
    let judge = judge.actor(&contest)?.person;
    let day = app.read(&contest, |state| view::judge_day(state, &judge)).await?;
    let sheets: Vec<_> = day
        .panels
        .iter()
        .flat_map(|panel| panel.sheets.iter().map(move |sheet| (panel.open, sheet)))
        .map(|(open, sheet)| {
            let DaySheet { place, state, marked, wanted, .. } = sheet;
            json!({
                "number": place.number, "stage": place.stage, "panel": place.panel, "piece": place.piece,
                "attempt": place.attempt, "state": state_word(*state, open), "marked": marked, "wanted": wanted,
            })
        })
        .collect();
    Ok(Json(json!({ "sheets": sheets })))
}

fn state_word(state: SheetState, open: bool) -> &'static str {
    match state {
        SheetState::Signed => "signed",
        SheetState::Submitted => "submitted",
        SheetState::OwnUnit | SheetState::Out => "closed",
        _ if !open => "closed",
        SheetState::Open => "open",
        SheetState::Started | SheetState::ReMark | SheetState::Returned => "started",
    }
}

async fn sheet(
    judge: Who,
    State(app): State<App>,
    Path(path): Path<place::Path>,
    Query(query): Query<place::Query>,
) -> Result<Json<serde_json::Value>> {
    let (contest, place) = path.with(query);
    let judge = judge.actor(&contest)?.person;
    let sheet = app.read(&contest, |state| view::sheet(state, &judge, &place)).await??;
    let text = |value: Option<rust_decimal::Decimal>| value.map(|value| value.normalize().to_string());
    let controls: Vec<_> = sheet
        .controls
        .iter()
        .map(|control| {
            json!({
                "aspect": control.aspect, "value-id": control.value_id, "title": control.title,
                "min": text(control.min), "max": text(control.max), "step": text(control.step),
                "value": Some(control.mark_text()).filter(|mark| !mark.is_empty()),
            })
        })
        .collect();
    let violations: Vec<_> = sheet
        .violations
        .iter()
        .map(|violation| json!({ "violation": violation.id, "title": violation.title, "times": violation.count }))
        .collect();
    let state = state_word(sheet.state, sheet.open);
    Ok(Json(json!({ "controls": controls, "violations": violations, "state": state })))
}
