//! The office (竞赛办) of a labor competition: periods on their way, what is missing and from whom, targets by document,
//! vetoes, units that change.

mod changes;
mod office;
mod targets;
mod vetoes;

use axum::{Router, response::Response};

use super::desk::{Desk, Place};
use crate::{
    app::Beside,
    rules::{
        definition::Definition,
        ledger::{entry::Digest, indicator::Document},
        view,
    },
    web::{Result, Web, organizer::read_day, partials::Field},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().merge(office::routes()).merge(changes::routes()).merge(targets::routes()).merge(vetoes::routes())
}

/// The rules, where they have indicators.
fn rules(desk: &Desk) -> Result<Definition> {
    desk.definition().filter(|one| !one.indicators.is_empty()).ok_or(crate::web::Error::NotFound)
}

/// The two fields that name a dated document.
fn document_fields(desk: &Desk, dated: &str, about: &str, among: &str) -> maud::Markup {
    maud::html! {
        (Field::text("dated", &desk.say("figures-document-dated")).value(dated).hint(&desk.say("figures-document-dated-hint"))
            .among(among).required())
        (Field::text("document", &desk.say("figures-document")).value(about).hint(&desk.say("figures-document-hint"))
            .among(among).required())
    }
}

/// The document and the row with its text; what is wrong in words.
fn document(desk: &Desk, dated: &str, about: &str) -> Result<std::result::Result<(Document, Beside), String>> {
    let Some(dated) = read_day(dated) else { return Ok(Err(desk.say("figures-document-no-date"))) };
    if about.trim().is_empty() {
        return Ok(Err(desk.say("figures-document-missing")));
    }
    let (digest, row): (Digest, Beside) = desk.app.note(about)?;
    Ok(Ok((Document { dated, digest }, row)))
}

/// What was done, and whether the public still sees a table from before it.
async fn veto_said(desk: &Desk, what: &str) -> Result<Response> {
    let again = |todo: &view::Todo| matches!(todo, view::Todo::PublishAgain { .. });
    let look = |state: &crate::app::State| view::organizer(state).next.iter().filter(|todo| again(todo)).count();
    Ok(match desk.app.read(&desk.contest, look).await? {
        0 => desk.done(Place::Vetoes, what, 1),
        count => desk.done(Place::Vetoes, &format!("{what}-again"), count),
    })
}
