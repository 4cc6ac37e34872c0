//! One sheet: a control for each aspect, counters for violations, the review, and the submission.
//!
//! Without script the whole sheet is one form; with it each tap goes out at once, and `static/judge.js` shows
//! what is here and what is received.

use axum::{
    Form, Router,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use maud::{Markup, html};
use serde_json::json;

use super::{
    control::{self, Shown, connection, number_pad, shown, words},
    place::{self, Place},
};
use crate::{
    app::App,
    rules::{
        command::Command,
        names::ContestId,
        view::{self, Control, DaySheet, Sheet, SheetPlace, SheetState, ViolationControl},
    },
    web::{
        Error, Page, Result, Web, Who,
        chief::effect,
        partials::{self, Look, Tone},
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/judge/{contest}/{stage}/{panel}/{number}", get(show).post(save))
        .route("/judge/{contest}/{stage}/{panel}/{number}/submit", post(submit))
}

async fn show(
    page: Page,
    judge: Who,
    State(app): State<App>,
    Path(path): Path<place::Path>,
    Query(query): Query<place::Query>,
) -> Result<Markup> {
    let (contest, place) = path.with(query);
    let judge = judge.actor(&contest)?.person;
    let sheet = app.read(&contest, |state| view::sheet(state, &judge, &place)).await??;
    let title = page.lang.say_with("judge-sheet-title", &[("number", place.number.into())]).into_owned();
    let open = sheet.state.takes_marks();
    let body = html! {
        div data-judge=(judge) data-contest=(contest) data-words=(words(&page)) {
            (heading(&page, &contest, &sheet, &place))
            (connection(&page))
            @if let Some(why) = closed(&page, &sheet) { (partials::notice(Tone::Wait, &html! { p { (why) } })) }
            form method="post" action=(place::address(&contest, &place)) {
                @for control in &sheet.controls { (control_card(&page, &place, control, open)) }
                @if !sheet.violations.is_empty() {
                    h2 { (page.say("judge-violations")) }
                    @if sheet.violations.iter().any(|one| one.shared) { p.quiet-text { (page.say("judge-one-count")) } }
                    @for violation in &sheet.violations { (violation_card(&page, &place, violation, open)) }
                }
                @if open { div.unscripted { (partials::button(&page.say("judge-save"), Look::Primary)) } }
            }
            @if open { (hand_in(&page, &contest, &sheet, &place)) }
            (number_pad(&page))
        }
    };
    Ok(page.script("judge.js").style("judge.css").show(&title, &body))
}

fn heading(page: &Page, contest: &ContestId, sheet: &Sheet, place: &SheetPlace) -> Markup {
    html! {
        div.row.between.sheet-head {
            a.quiet href={ "/judge/" (contest) } { "‹ " (page.say("judge-day")) }
            p.quiet-text { (sheet.stage_title) " · " (sheet.panel_title)
                @if let Some(piece) = &sheet.piece_title { " · " (piece) }
                @if place.attempt > 1 || sheet.attempts > 1 {
                    " · " (page.lang.say_with("judge-attempt", &[("attempt", place.attempt.into())]))
                }
            }
            h1.number-plate { (place.number) }
            nav.row aria-label=(page.say("judge-numbers")) {
                @if let Some(previous) = &sheet.previous {
                    a.button href=(place::address(contest, &previous.place)) { "‹ " (neighbour(page, previous)) }
                }
                @if let Some(next) = &sheet.next {
                    a.button href=(place::address(contest, &next.place)) { (neighbour(page, next)) " ›" }
                }
            }
        }
    }
}

/// A number, and what of it where it has several sheets.
fn neighbour(page: &Page, other: &DaySheet) -> String {
    let mut parts = vec![other.place.number.to_string()];
    parts.extend(other.piece_title.clone());
    if other.attempts > 1 {
        parts.push(page.lang.say_with("judge-attempt", &[("attempt", other.place.attempt.into())]).into_owned());
    }
    parts.join(" · ")
}

fn closed(page: &Page, sheet: &Sheet) -> Option<std::borrow::Cow<'static, str>> {
    let key = match sheet.state {
        SheetState::Submitted => "judge-is-submitted",
        SheetState::Signed => "judge-is-signed",
        SheetState::OwnUnit => "judge-is-own-unit",
        SheetState::Out => "judge-is-out",
        SheetState::ReMark => "judge-is-re-mark",
        SheetState::Returned => "judge-is-returned",
        SheetState::Open | SheetState::Started if !sheet.open => "judge-stage-closed",
        SheetState::Open | SheetState::Started => return None,
    };
    Some(page.say(key))
}

/// The body of a mark's request, without its value.
fn mark_body(place: &SheetPlace, control: &Control) -> String {
    let mut body = serde_json::to_value(Place::from(place)).unwrap_or_default();
    body["aspect"] = json!(control.aspect);
    body["value-id"] = json!(control.value_id);
    body.to_string()
}

fn control_card(page: &Page, place: &SheetPlace, control: &Control, open: bool) -> Markup {
    let slot = place::slot(place, control.aspect.as_str(), control.value_id.as_ref());
    control::card(page, &Shown::of(control, slot, mark_body(place, control)), open)
}

fn violation_card(page: &Page, place: &SheetPlace, violation: &ViolationControl, open: bool) -> Markup {
    let mut body = serde_json::to_value(Place::from(place)).unwrap_or_default();
    body["violation"] = json!(violation.id);
    let slot = place::slot(place, violation.id.as_str(), None);
    html! {
        section.card.control.violation data-control data-count data-slot=(slot) data-body=(body)
            data-title=(violation.title) data-value=(violation.count) data-min="0" data-max=[violation.most] data-step="1"
            data-shared[violation.shared] {
            div.row.between {
                div {
                    h3 { (violation.title) }
                    p.quiet-text { (effect(page, violation)) }
                    p.mark-note data-note role="status" {}
                }
                @if open && violation.most == Some(1) {
                    div.choices {
                        button.button type="button" data-set="0" aria-pressed="false" { (page.say("judge-none")) }
                        button.button type="button" data-set="1" aria-pressed="false" { (page.say("judge-happened")) }
                        label.typed { span.visually-hidden { (violation.title) }
                            input data-field name=(slot) value=(violation.count) inputmode="numeric" autocomplete="off"; }
                    }
                } @else if open {
                    div.stepper {
                        button.button.step type="button" data-move="down" aria-label=(page.say("judge-less")) { "−" }
                        label.typed { span.visually-hidden { (violation.title) }
                            input data-field name=(slot) value=(violation.count) inputmode="numeric" autocomplete="off"; }
                        button.button.step type="button" data-move="up" aria-label=(page.say("judge-more")) { "+" }
                    }
                } @else { strong.number { (violation.count) } }
            }
        }
    }
}

/// The bar that stays at the bottom, and the review it opens: nothing is submitted by accident.
fn hand_in(page: &Page, contest: &ContestId, sheet: &Sheet, place: &SheetPlace) -> Markup {
    let action = place::address(contest, place).replacen('?', "/submit?", 1);
    html! {
        div.hand-in {
            span.number data-progress { (sheet.marked) " / " (sheet.wanted) }
            button.button.primary type="button" data-opens="review" { (page.say("judge-review")) }
        }
        dialog #review aria-label=(page.say("judge-review")) {
            h2 { (page.lang.say_with("judge-review-title", &[("number", place.number.into())])) }
            dl.review {
                @for control in &sheet.controls {
                    div { dt { (control.title) }
                        dd.number data-review=(place::slot(place, control.aspect.as_str(), control.value_id.as_ref())) { (shown(page, &control.mark_text())) } }
                }
            }
            p.error role="status" data-unready {}
            p { (page.say("judge-review-hint")) }
            form method="post" action=(action) {
                div.row.between {
                    button.button formmethod="dialog" { (page.say("judge-back-to-sheet")) }
                    button.button.primary data-submit { (page.say("judge-submit")) }
                }
            }
        }
    }
}

/// Saves a sheet that was sent as one form.
async fn save(
    judge: Who,
    State(app): State<App>,
    Path(path): Path<place::Path>,
    Query(query): Query<place::Query>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let (contest, place) = path.with(query);
    let actor = judge.actor(&contest)?;
    let sheet = app.read(&contest, |state| view::sheet(state, &actor.person, &place)).await??;
    for command in changed(&sheet, &place, &fields)? {
        app.act(&contest, &actor, command).await?;
    }
    Ok(Redirect::to(&place::address(&contest, &place)).into_response())
}

/// What a form says that the sheet does not.
fn changed(sheet: &Sheet, place: &SheetPlace, fields: &[(String, String)]) -> Result<Vec<Command>> {
    let typed = |slot: &str| fields.iter().find(|(name, _)| name == slot).map(|(_, value)| value.trim());
    let entrant = &sheet.key.entrant;
    let mut commands = Vec::new();
    for control in &sheet.controls {
        let Some(text) = typed(&place::slot(place, control.aspect.as_str(), control.value_id.as_ref())) else {
            continue;
        };
        if text != control.mark_text() {
            let value = place::mark_value(Some(text))?;
            commands.push(Command::GiveMark { entrant: entrant.clone(), slot: control.slot.clone(), value });
        }
    }
    for violation in &sheet.violations {
        let Some(text) = typed(&place::slot(place, violation.id.as_str(), None)) else { continue };
        let count = text.parse().map_err(|_| Error::BadInput(format!("{}: a count", violation.title)))?;
        if count != violation.count {
            let slot = violation.slot.clone();
            commands.push(Command::RecordViolation { entrant: entrant.clone(), slot, count, reason: None });
        }
    }
    Ok(commands)
}

/// Hands the sheet in, and goes on to the next number that is not.
async fn submit(
    judge: Who,
    State(app): State<App>,
    Path(path): Path<place::Path>,
    Query(query): Query<place::Query>,
) -> Result<Response> {
    let (contest, place) = path.with(query);
    let actor = judge.actor(&contest)?;
    let sheet = app.read(&contest, |state| view::sheet(state, &actor.person, &place)).await??;
    let receipt = app.act(&contest, &actor, Command::SubmitSheet { sheet: sheet.key.clone() }).await?;
    app.wait_for(&contest, receipt.version).await?;
    let to = sheet.following.map_or_else(|| format!("/judge/{contest}"), |next| place::address(&contest, &next));
    Ok(Redirect::to(&to).into_response())
}
