//! What leaders and the chief judge do. Each is one form: it acts, and goes back to where it was pressed.

use axum::{
    Form, Router,
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use serde::Deserialize;

use super::filled;
use crate::{
    app::{Actor, App, Ask},
    rules::{
        command::Command,
        decimal,
        field::{PanelSlot, TieDecision, TieSettledBy, ViolationSlot},
        ledger::entry::{Digest, SheetKey},
        names::{ContestId, EntrantId, Id, PersonId},
    },
    web::{Error, Result, Web, Who},
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/chief/{contest}/re-mark", post(order_re_mark))
        .route("/chief/{contest}/resolve", post(resolve))
        .route("/chief/{contest}/disqualify", post(disqualify))
        .route("/chief/{contest}/reject", post(reject))
        .route("/chief/{contest}/violation", post(record_violation))
        .route("/chief/{contest}/tie", post(decide_tie))
        .route("/chief/{contest}/sign", post(sign))
        .route("/chief/{contest}/reopen", post(reopen))
        .route("/chief/{contest}/return", post(give_back))
}

/// Who acts, where, and the way back.
pub(super) struct Desk {
    pub(super) app: App,
    pub(super) contest: ContestId,
    pub(super) actor: Actor,
    pub(super) back: String,
}

impl Desk {
    pub(super) fn new(app: App, contest: ContestId, who: &Who, headers: &HeaderMap) -> Result<Self> {
        let actor = who.actor(&contest)?;
        let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let path = referer.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
        let mut desk = Self { app, contest, actor, back: String::new() };
        desk.back = desk.ours(path.unwrap_or_default());
        Ok(desk)
    }

    /// The page when it is one of the chief's here, else the board.
    pub(super) fn ours(&self, path: &str) -> String {
        let board = format!("/chief/{}", self.contest);
        let page = path.strip_prefix(&board).filter(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
        page.map_or(board.clone(), |_| path.to_owned())
    }

    async fn act(&self, command: Command) -> Result<Response> {
        self.ask(Ask::new(self.actor.clone(), command)).await
    }

    /// With a reason, whose text is recorded beside the entry.
    pub(super) async fn act_because(&self, reason: &str, command: impl FnOnce(Digest) -> Command) -> Result<Response> {
        let (digest, note) = self.app.note(reason)?;
        self.ask(Ask::new(self.actor.clone(), command(digest)).with(note)).await
    }

    async fn ask(&self, ask: Ask) -> Result<Response> {
        let receipt = self.app.ask(&self.contest, ask).await?;
        self.app.wait_for(&self.contest, receipt.version).await?;
        Ok(Redirect::to(&self.back).into_response())
    }
}

/// The place of a panel's number in a form.
#[derive(Deserialize)]
pub(super) struct Place {
    pub(super) entrant: EntrantId,
    pub(super) stage: Id,
    pub(super) piece: Id,
    #[serde(deserialize_with = "written")]
    pub(super) attempt: u32,
    pub(super) aspect: Id,
}

/// A number of a form inside a flattened struct, where it is still text.
fn written<'de, D: serde::Deserializer<'de>>(field: D) -> std::result::Result<u32, D::Error> {
    String::deserialize(field)?.parse().map_err(serde::de::Error::custom)
}

impl Place {
    fn slot(self) -> (EntrantId, PanelSlot) {
        let Self { entrant, stage, piece, attempt, aspect } = self;
        (entrant, PanelSlot { stage, piece: filled(piece), attempt, aspect })
    }
}

async fn order_re_mark(
    who: Who,
    State(app): State<App>,
    Path(contest): Path<ContestId>,
    headers: HeaderMap,
    Form(place): Form<Place>,
) -> Result<Response> {
    let (entrant, slot) = place.slot();
    Desk::new(app, contest, &who, &headers)?.act(Command::OrderReMark { entrant, slot }).await
}

#[derive(Deserialize)]
struct Resolution {
    #[serde(flatten)]
    place: Place,
    points: String,
    reason: String,
}

/// No points: the panel's number stands.
async fn resolve(
    who: Who,
    State(app): State<App>,
    Path(contest): Path<ContestId>,
    headers: HeaderMap,
    Form(form): Form<Resolution>,
) -> Result<Response> {
    let points = match form.points.trim() {
        "" => None,
        number => Some(decimal::parse(number).map_err(|_| Error::BadInput("points".to_owned()))?),
    };
    let (entrant, slot) = form.place.slot();
    Desk::new(app, contest, &who, &headers)?
        .act_because(&form.reason, |reason| Command::ResolveSpread { entrant, slot, points, reason })
        .await
}

#[derive(Deserialize)]
struct Count {
    entrant: EntrantId,
    stage: Id,
    piece: Id,
    attempt: u32,
    violation: Id,
    count: String,
    reason: String,
}

async fn record_violation(
    who: Who,
    State(app): State<App>,
    Path(contest): Path<ContestId>,
    headers: HeaderMap,
    Form(Count { entrant, stage, piece, attempt, violation, count, reason }): Form<Count>,
) -> Result<Response> {
    let desk = Desk::new(app, contest, &who, &headers)?;
    let count = count.trim().parse().map_err(|_| Error::BadInput("count".to_owned()))?;
    let slot = ViolationSlot { stage, piece: filled(piece), attempt, violation };
    match reason.trim() {
        "" => desk.act(Command::RecordViolation { entrant, slot, count, reason: None }).await,
        given => {
            desk.act_because(given, |reason| Command::RecordViolation { entrant, slot, count, reason: Some(reason) })
                .await
        }
    }
}

#[derive(Deserialize)]
struct Report {
    entrant: EntrantId,
    violation: Id,
    #[serde(default)]
    reason: String,
}

async fn disqualify(
    who: Who,
    State(app): State<App>,
    Path(contest): Path<ContestId>,
    headers: HeaderMap,
    Form(Report { entrant, violation, .. }): Form<Report>,
) -> Result<Response> {
    Desk::new(app, contest, &who, &headers)?.act(Command::ConfirmDisqualification { entrant, violation }).await
}

async fn reject(
    who: Who,
    State(app): State<App>,
    Path(contest): Path<ContestId>,
    headers: HeaderMap,
    Form(Report { entrant, violation, reason }): Form<Report>,
) -> Result<Response> {
    Desk::new(app, contest, &who, &headers)?
        .act_because(&reason, |reason| Command::RejectDisqualification { entrant, violation, reason })
        .await
}

/// `order` comes once for each place, the best first.
async fn decide_tie(
    who: Who,
    State(app): State<App>,
    Path(contest): Path<ContestId>,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let field = |name: &str| fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let order: Vec<String> = fields.iter().filter(|(key, _)| key == "order").map(|(_, value)| value.clone()).collect();
    let by = match field("by") {
        "lots" => TieSettledBy::Lots,
        "play-off" => TieSettledBy::PlayOff,
        _ => TieSettledBy::People,
    };
    Desk::new(app, contest, &who, &headers)?
        .act_because(field("reason"), |reason| Command::DecideTie { decision: TieDecision { order, by }, reason })
        .await
}

#[derive(Deserialize)]
struct Panel {
    stage: Id,
    panel: Id,
    group: Id,
    #[serde(default)]
    reason: String,
}

async fn sign(
    who: Who,
    State(app): State<App>,
    Path(contest): Path<ContestId>,
    headers: HeaderMap,
    Form(Panel { stage, panel, group, .. }): Form<Panel>,
) -> Result<Response> {
    let group = filled(group);
    Desk::new(app, contest, &who, &headers)?.act(Command::SignPanel { stage, panel, group }).await
}

async fn reopen(
    who: Who,
    State(app): State<App>,
    Path(contest): Path<ContestId>,
    headers: HeaderMap,
    Form(Panel { stage, panel, group, reason }): Form<Panel>,
) -> Result<Response> {
    let group = filled(group);
    Desk::new(app, contest, &who, &headers)?
        .act_because(&reason, |reason| Command::ReopenPanel { stage, panel, group, reason })
        .await
}

#[derive(Deserialize)]
struct Return {
    judge: PersonId,
    stage: Id,
    panel: Id,
    entrant: EntrantId,
    piece: Id,
    attempt: u32,
    reason: String,
}

async fn give_back(
    who: Who,
    State(app): State<App>,
    Path(contest): Path<ContestId>,
    headers: HeaderMap,
    Form(form): Form<Return>,
) -> Result<Response> {
    let Return { judge, stage, panel, entrant, piece, attempt, reason } = form;
    let sheet = SheetKey { judge, stage, panel, entrant, piece: filled(piece), attempt };
    Desk::new(app, contest, &who, &headers)?.act_because(&reason, |reason| Command::ReturnSheet { sheet, reason }).await
}
