//! The API that anybody may read: contests, standings, ledgers, and the description of all of the API.
//!
//! Bodies are JSON, decimals are text, errors as in [`super::error`]. What somebody may see is decided as for pages;
//! judges' devices have `super::judge`.

mod describe;
mod describe_ladders;
mod describe_papers;
mod describe_works;

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Page, Result, Web, audience};
use crate::{
    app::{
        App,
        boards::{Looks, Standings, phase_word},
        ledger::Leaf,
    },
    files::standings::{Document, Row, decided_by},
    rules::{
        definition::Definition,
        names::ContestId,
        view::{BoardRow, BoardTable, Seen, Shows},
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/api/v1/contests", get(contests))
        .route("/api/v1/contests/{contest}/standings", get(standings))
        .route("/api/v1/contests/{contest}/ledger", get(ledger))
        .route("/api/openapi.json", get(describe::openapi))
}

#[derive(Serialize)]
struct Listed {
    contest: String,
    title: String,
    board: String,
}

async fn contests(State(app): State<App>) -> Result<Json<Vec<Listed>>> {
    let contests = app.contests().await?;
    let listed = contests.into_iter().map(|contest| Listed {
        board: format!("/contests/{}", contest.id),
        contest: contest.id.as_str().to_owned(),
        title: contest.title,
    });
    Ok(Json(listed.collect()))
}

async fn standings(
    page: Page,
    State(app): State<App>,
    Path(contest): Path<ContestId>,
    headers: HeaderMap,
) -> Result<Response> {
    let looks = audience::looks(&app, page.visitor.as_ref(), &contest).await?;
    let standings = app.standings(&contest, looks).await?;
    Ok(tagged(&headers, looks, document(&contest, &standings).text()))
}

fn document(contest: &ContestId, standings: &Standings) -> Document {
    let board = &standings.board;
    let mut document = Document {
        contest: contest.to_string(),
        phase: Some(phase_word(board.heading.phase)),
        version: Some(standings.version()),
        frozen_at_ms: board.frozen_since.map(|at| at.0),
        ..Document::default()
    };
    if let Some((digest, definition)) = &standings.adopted {
        document.definition.clone_from(&digest.0);
        if board.shows != Shows::Nothing {
            for table in &board.tables {
                let rows = table.rows.iter().map(|line| row(standings, definition, table, line));
                document.put(definition, &table.key, rows);
            }
        }
    }
    document
}

fn row(standings: &Standings, definition: &Definition, table: &BoardTable, line: &BoardRow) -> Row {
    let who = standings.who(&line.who);
    let (mut entrant, mut team, mut unit, mut name) = (None, None, None, None);
    match &line.who {
        Seen::Number(_) => {}
        Seen::Entrant { id, .. } => {
            entrant = Some(id.to_string());
            name = Some(who.name.unwrap_or_else(|| id.to_string()));
        }
        Seen::Team(title) => team = Some(title.clone()),
        Seen::Unit(path) => unit = Some(path.to_string()),
    }
    let person = matches!(line.who, Seen::Number(_) | Seen::Entrant { .. });
    let stages = table.columns.iter().zip(&line.stages).map(|(column, points)| {
        (column.stage.to_string(), points.map_or(serde_json::Value::Null, |points| points.to_string().into()))
    });
    Row {
        rank: line.rank,
        entrant,
        number: who.number,
        team,
        unit,
        name,
        total: line.total.map(|total| total.to_string()),
        stages: person.then(|| stages.collect()),
        status: line.status.word(),
        decided_by: line.decided_by.as_ref().map(|by| decided_by(definition, &table.key, by)),
        outside_quota: line.outside_quota,
        heads: line.heads.as_ref().map(Into::into),
        ..Row::default()
    }
}

#[derive(Deserialize)]
struct After {
    #[serde(default)]
    after: u64,
}

#[derive(Serialize)]
struct Ledger {
    contest: ContestId,
    /// The newest entry that the reader may know of: ask again after the last one until it is reached.
    head: u64,
    entries: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    seq: u64,
    epoch: u32,
    leaf: String,
    #[serde(flatten)]
    opened: Option<OpenedEntry>,
}

/// What a leaf is made from: `payload` is text, because its very bytes count.
#[derive(Serialize)]
struct OpenedEntry {
    kind: String,
    version: u32,
    at: i64,
    salt: String,
    payload: String,
}

impl From<Leaf> for Entry {
    fn from(leaf: Leaf) -> Self {
        let opened = leaf.opened.map(|opened| OpenedEntry {
            kind: opened.kind,
            version: opened.version,
            at: opened.at.0,
            salt: opened.salt,
            payload: opened.payload,
        });
        Self { seq: leaf.seq, epoch: leaf.epoch, leaf: leaf.leaf, opened }
    }
}

async fn ledger(
    page: Page,
    State(app): State<App>,
    Path(contest): Path<ContestId>,
    Query(After { after }): Query<After>,
    headers: HeaderMap,
) -> Result<Response> {
    let looks = audience::looks(&app, page.visitor.as_ref(), &contest).await?;
    let part = app.leaves(&contest, looks, after).await?;
    let ledger = Ledger { contest, head: part.head, entries: part.leaves.into_iter().map(Entry::from).collect() };
    Ok(tagged(&headers, looks, serde_json::to_string(&ledger).unwrap_or_default()))
}

/// JSON with a tag of its bytes; what only some may see is not kept by caches between.
fn tagged(headers: &HeaderMap, looks: Looks, text: String) -> Response {
    let tag = format!("\"{}\"", data_encoding::HEXLOWER.encode(&Sha256::digest(&text)[..12]));
    let cache = if looks == Looks::Public { "public, max-age=1" } else { "private, no-cache" };
    let keep = [(header::ETAG, tag.as_str()), (header::CACHE_CONTROL, cache), (header::VARY, "Cookie, Authorization")];
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // A compressing layer marks the tag as weak.
    if known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag) {
        return (StatusCode::NOT_MODIFIED, keep).into_response();
    }
    (keep, [(header::CONTENT_TYPE, "application/json; charset=utf-8")], text).into_response()
}

#[cfg(test)]
mod tests;
