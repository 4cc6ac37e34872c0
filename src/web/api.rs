//! The API that anybody may read: contests. Bodies are JSON, decimals are text, errors as in [`super::error`].

use axum::{Json, Router, extract::State, routing::get};
use serde::Serialize;

use super::{Result, Web};
use crate::app::App;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/api/v1/contests", get(contests))
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
