//! `/judge/{contest}`: the judge's numbers in order, with what is done and what is missing; and the works of collections
//! that were dealt to them.

use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use maud::{Markup, html};

use super::place;
use crate::{
    app::App,
    rules::{
        names::ContestId,
        view::{self, DayPanel, DaySheet, SheetPlace, SheetState},
    },
    web::{
        Page, Result, Web, Who,
        partials::{self, Look, Tone},
        works,
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/judge/{contest}", get(day))
}

async fn day(page: Page, judge: Who, State(app): State<App>, Path(contest): Path<ContestId>) -> Result<Markup> {
    let judge = judge.actor(&contest)?.person;
    let day = app.read(&contest, |state| view::judge_day(state, &judge)).await?;
    let batches = works::batches(&app, &contest, &judge).await?;
    let title = page.say("judge-day").into_owned();
    let body = html! {
        h1 { (day.contest) }
        @if day.panels.is_empty() && batches.is_empty() {
            (partials::empty(&page.say("judge-nothing"), &html! { p { (page.say("judge-nothing-next")) } }))
        }
        div #day data-refresh {
            @for panel in &day.panels { (panel_card(&page, &contest, panel)) }
            @for batch in &batches { (works::batch_card(&page, &contest, batch)) }
        }
    };
    Ok(page.script("refresh.js").style("judge.css").show(&title, &body))
}

fn panel_card(page: &Page, contest: &ContestId, panel: &DayPanel) -> Markup {
    let done = panel.sheets.iter().filter(|sheet| sheet.state.is_handed_in()).count();
    html! {
        section.card {
            div.row.between {
                h2 { (panel.stage_title) " · " (panel.panel_title) }
                (partials::pill(&page.lang.say_with("judge-seat", &[("seat", panel.seat.into())]), Tone::Plain))
            }
            @if !panel.open { (partials::notice(Tone::Wait, &html! { p { (page.say("judge-stage-closed")) } })) }
            (partials::progress(&page.say("judge-handed-in"), done, panel.sheets.len()))
            @if let Some(due) = &panel.due { p { (next(page, contest, panel, due)) } }
            @if panel.sheets.is_empty() {
                p.quiet-text { (page.say("judge-no-numbers")) }
            }
            ol.numbers {
                @for sheet in &panel.sheets { li { (tile(page, contest, sheet)) } }
            }
        }
    }
}

/// The way to the first sheet that is not handed in: nobody looks for it.
fn next(page: &Page, contest: &ContestId, panel: &DayPanel, due: &SheetPlace) -> Markup {
    let piece = panel.sheets.iter().find(|sheet| sheet.place == *due).and_then(|sheet| sheet.piece_title.as_deref());
    let label = page.lang.say_with("judge-go-on", &[("number", due.number.into())]);
    let label = piece.map_or_else(|| label.to_string(), |piece| format!("{label} · {piece}"));
    partials::link_button(&place::address(contest, due), &label, Look::Primary)
}

fn tile(page: &Page, contest: &ContestId, sheet: &DaySheet) -> Markup {
    let (tone, word) = state_words(page, sheet);
    html! {
        a.tile data-tone=(tone) href=(place::address(contest, &sheet.place)) {
            strong { (sheet.place.number) }
            @if let Some(piece) = &sheet.piece_title { span { (piece) } }
            @if sheet.attempts > 1 {
                span { (page.lang.say_with("judge-attempt", &[("attempt", sheet.place.attempt.into())])) }
            }
            small { (word) }
        }
    }
}

/// The colour and the word of a sheet's state; a started one says how far it is.
fn state_words(page: &Page, sheet: &DaySheet) -> (&'static str, String) {
    let say = |key: &str| page.say(key).into_owned();
    match &sheet.state {
        SheetState::Open => ("plain", say("judge-open")),
        SheetState::Started => ("wait", format!("{} / {}", sheet.marked, sheet.wanted)),
        SheetState::ReMark => ("warn", say("judge-re-mark")),
        SheetState::Returned => ("warn", say("judge-returned")),
        SheetState::Submitted => ("good", say("judge-submitted")),
        SheetState::Signed => ("good", say("judge-signed")),
        SheetState::OwnUnit => ("plain", say("judge-own-unit")),
        SheetState::Out => ("plain", say("judge-out")),
    }
}
