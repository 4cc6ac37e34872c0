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

use super::place::{self, Place};
use crate::{
    app::App,
    rules::{
        command::Command,
        names::ContestId,
        view::{self, Control, ControlKind, DaySheet, Sheet, SheetPlace, SheetState, ViolationControl},
    },
    web::{
        Error, Page, Result, Web, Who,
        chief::effect,
        partials::{self, Look, Tone},
    },
};

/// A judgement with at most so many values gets a button for each; more get the number pad.
const BUTTONS_MOST: usize = 24;

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

/// Says when the server is out of reach; judge.js fills it.
fn connection(page: &Page) -> Markup {
    html! {
        p.connection role="status" data-connection-note hidden {}
        noscript { (partials::notice(Tone::Plain, &html! { p { (page.say("judge-no-script")) } })) }
    }
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
    let bound = |value: Option<rust_decimal::Decimal>| value.map(|value| value.normalize().to_string());
    html! {
        section.card.control data-control data-slot=(slot) data-body=(mark_body(place, control))
            data-title=(control.title) data-value=(control.mark_text()) data-min=[bound(control.min)]
            data-max=[bound(control.max)] data-step=[bound(control.step)] {
            div.row.between {
                div {
                    h2 { (control.title) }
                    @if let Some(text) = &control.description { p.quiet-text { (text) } }
                    p.quiet-text { (limits(page, control)) }
                }
                output.mark aria-live="polite" data-shows { (shown(page, control)) }
            }
            @if open {
                (entry(page, control, &slot))
                div.row.between.under-mark {
                    details.words-of-mark { summary { (page.say("judge-other-words")) }
                        div.row {
                            @if control.may_be_absent {
                                button.button type="button" data-set="absent" aria-pressed="false" { (page.say("judge-absent")) }
                            }
                            @if control.may_not_apply {
                                button.button type="button" data-set="n/a" aria-pressed="false" { (page.say("judge-not-applicable")) }
                            }
                            button.button type="button" data-set="" { (page.say("judge-clear")) }
                        }
                    }
                    p.mark-note data-note role="status" {}
                }
            } @else { p.mark-note data-note role="status" {} }
        }
    }
}

/// What the aspect is worth, what may be entered, and in which steps: known before a mark is refused.
fn limits(page: &Page, control: &Control) -> String {
    let written = |number: rust_decimal::Decimal| number.normalize().to_string();
    let mut said = Vec::new();
    if let Some(points) = control.allotment {
        said.push(page.lang.say_with("judge-allotment", &[("points", written(points).into())]));
    }
    if matches!(control.kind, ControlKind::Number { .. } | ControlKind::Time { .. }) {
        if let (Some(min), Some(max)) = (control.min, control.max) {
            let bounds = [("min", written(min).into()), ("max", written(max).into())];
            said.push(page.lang.say_with("judge-between", &bounds));
        }
        if let Some(step) = control.step {
            said.push(page.lang.say_with("judge-in-steps", &[("step", written(step).into())]));
        }
    }
    said.join(" · ")
}

/// Not marked is a word, never a zero.
fn shown(page: &Page, control: &Control) -> String {
    match control.mark_text().as_str() {
        "" => page.say("judge-unmarked").into_owned(),
        "absent" => page.say("judge-absent").into_owned(),
        "n/a" => page.say("judge-not-applicable").into_owned(),
        value => value.to_owned(),
    }
}

fn entry(page: &Page, control: &Control, slot: &str) -> Markup {
    match &control.kind {
        ControlKind::Bands(bands) => html! {
            div.choices {
                @for band in bands {
                    button.button.band type="button" data-set=(band.score) aria-pressed="false" {
                        strong { (band.score) } span { (band.text) }
                    }
                }
                (field(page, control, slot))
            }
        },
        ControlKind::YesNo => html! {
            div.choices {
                button.button type="button" data-set="1" aria-pressed="false" { (page.say("judge-yes")) }
                button.button type="button" data-set="0" aria-pressed="false" { (page.say("judge-no")) }
                (field(page, control, slot))
            }
        },
        ControlKind::Number { .. } | ControlKind::Time { .. } => {
            if let Some(values) = control.choices(BUTTONS_MOST) {
                html! {
                div.choices.values {
                    @for value in values {
                        button.button.number type="button" data-set=(value) aria-pressed="false" { (value) }
                    }
                    (field(page, control, slot))
                }
                }
            } else {
                html! {
                div.stepper {
                    button.button.step type="button" data-move="down" aria-label=(page.say("judge-less")) { "−" }
                    (field(page, control, slot))
                    button.button.step type="button" data-move="up" aria-label=(page.say("judge-more")) { "+" }
                    button.button type="button" data-pad { (page.say("judge-pad")) }
                }
                }
            }
        }
    }
}

fn field(page: &Page, control: &Control, slot: &str) -> Markup {
    let unit = match &control.kind {
        ControlKind::Number { unit } => unit.as_deref().map(std::borrow::Cow::Borrowed),
        ControlKind::Time { .. } => Some(page.say("judge-seconds")),
        ControlKind::Bands(_) | ControlKind::YesNo => None,
    };
    html! {
        label.typed {
            span.visually-hidden { (control.title) }
            input data-field name=(slot) value=(control.mark_text()) inputmode="decimal" autocomplete="off"
                placeholder=(page.say("judge-unmarked"));
            @if let Some(unit) = unit { span { (unit) } }
        }
    }
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
                        dd.number data-review=(place::slot(place, control.aspect.as_str(), control.value_id.as_ref())) { (shown(page, control)) } }
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

fn number_pad(page: &Page) -> Markup {
    html! {
        dialog.pad data-numbers aria-label=(page.say("judge-pad")) {
            p { strong data-title {} " " span.quiet-text data-range {} }
            output.typed-number data-typed aria-live="polite" {}
            p.error role="alert" data-problem {}
            div.keys {
                @for key in ["1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "0"] {
                    button.button type="button" data-key=(key) { (key) }
                }
                button.button type="button" data-key="back" aria-label=(page.say("judge-backspace")) { "⌫" }
                button.button type="button" data-key="-" { "±" }
                button.button.primary.ok type="button" data-key="ok" { (page.say("judge-ok")) }
            }
        }
    }
}

/// The sentences that judge.js needs.
fn words(page: &Page) -> String {
    let say = |key: &str| page.say(key).into_owned();
    json!({
        "unmarked": say("judge-unmarked"), "absent": say("judge-absent"), "notApplicable": say("judge-not-applicable"),
        "here": say("judge-here"), "received": say("judge-received"), "refused": say("judge-refused"),
        "notANumber": say("judge-not-a-number"), "belowMin": say("judge-below-min"), "aboveMax": say("judge-above-max"),
        "notAStep": say("judge-not-a-step"), "missing": say("judge-missing"), "unsent": say("judge-unsent"),
        "mistyped": say("judge-mistyped"), "offline": say("judge-offline"), "signedOut": say("judge-signed-out"),
        "waiting": say("judge-waiting"),
    })
    .to_string()
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
