//! The page of an open paper: every item with its controls, the time, and what is saved.
//!
//! Complete as a form; `static/paper.js` sends each answer at once and shows one item at a time.

use axum::{
    Form, Router,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;

use super::{address, form, result, worker};
use crate::{
    app::{
        App, Error as AppError,
        papers::{NotSaved, Sheet},
    },
    rules::{
        command::Refusal,
        items::{Answer, Ask, Face},
        names::{ChallengeId, ContestId, Id, PaperId},
        papers::{Closed, PaperRefusal},
    },
    web::{
        Error, Page, Result, Web, Who,
        error::percent,
        ladder,
        partials::{self, Look, Tone},
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/contests/{contest}/papers", post(start))
        .route("/contests/{contest}/papers/{paper}", get(show).post(save))
}

#[derive(Deserialize)]
struct Start {
    paper: Id,
    practice: Option<String>,
    challenge: Option<ChallengeId>,
}

async fn start(
    who: Who,
    State(app): State<App>,
    Path(contest): Path<ContestId>,
    Form(asked): Form<Start>,
) -> Result<Redirect> {
    let actor = who.actor(&contest)?;
    let challenge = asked.challenge.filter(|challenge| !challenge.as_str().is_empty());
    let practice = asked.practice.is_some();
    let paper = match app.start_paper(&contest, &actor, &asked.paper, practice, challenge).await {
        // Where another one is open, that one comes first.
        Ok(paper) | Err(AppError::Refused(Refusal::Paper(PaperRefusal::Closed(Closed::Sitting { paper })))) => paper,
        Err(error) => return Err(error.into()),
    };
    Ok(Redirect::to(&address(&contest, &paper)))
}

/// Items of a form that could not be read, by their ids with commas between.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Unsaved {
    unread: String,
}

async fn show(
    page: Page,
    who: Who,
    State(app): State<App>,
    Path((contest, paper)): Path<(ContestId, PaperId)>,
    Query(unsaved): Query<Unsaved>,
) -> Result<Markup> {
    let entrant = worker(&who, &contest)?;
    match app.paper(&contest, &entrant, &paper).await {
        Ok(sheet) => Ok(open(page, &contest, &sheet, &unsaved)),
        Err(AppError::Refused(Refusal::Paper(PaperRefusal::Over))) => {
            let result = app.paper_result(&contest, &entrant, &paper).await?;
            let game = match &result.sitting.sat.challenge {
                Some(challenge) => app.played(&contest, &entrant, challenge).await?,
                None => None,
            };
            let game =
                game.map(|(bout, seen, called)| ladder::came_of(&page, &contest, &entrant, &bout, &seen, &called));
            Ok(result::show(page, &contest, &result, game.as_ref()))
        }
        Err(error) => Err(error.into()),
    }
}

/// Without script: everything at once, then either back to the paper or handed in.
async fn save(
    who: Who,
    State(app): State<App>,
    Path((contest, paper)): Path<(ContestId, PaperId)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let entrant = worker(&who, &contest)?;
    let fields = form::fields(pairs);
    let there = Redirect::to(&address(&contest, &paper)).into_response();
    let sheet = match app.paper(&contest, &entrant, &paper).await {
        Ok(sheet) => sheet,
        Err(AppError::Refused(Refusal::Paper(PaperRefusal::Over))) => return Ok(there),
        Err(error) => return Err(error.into()),
    };
    let mut unread: Vec<&str> = Vec::new();
    for face in &sheet.faces {
        let scripted = matches!(face.ask, Ask::FindFix { .. } | Ask::Hazards { .. });
        // What cannot be read takes nothing back.
        let Ok(given) = form::answer(face, &fields) else {
            unread.push(face.item.as_str());
            continue;
        };
        if scripted || given.as_ref() == sheet.answers.get(&face.item) {
            continue;
        }
        let operation = format!("form-{}-{}", sheet.n, face.item);
        match app.save_answer(&contest, &entrant, &paper, &face.item, given.as_ref(), &operation).await {
            Ok(_) => {}
            Err(NotSaved::App(error)) => return Err(error.into()),
            Err(NotSaved::Unfit(_)) => return Err(Error::BadInput(format!("the answer to {}", face.item))),
        }
    }
    if !unread.is_empty() {
        let to = format!("{}?unread={}", address(&contest, &paper), percent(&unread.join(",")));
        return Ok(Redirect::to(&to).into_response());
    }
    if fields.contains_key("hand-in") {
        app.hand_in(&contest, &who.actor(&contest)?, &paper).await?;
    }
    Ok(there)
}

fn open(page: Page, contest: &ContestId, sheet: &Sheet, unsaved: &Unsaved) -> Markup {
    let is_unread = |face: &Face| unsaved.unread.split(',').any(|item| item == face.item.as_str());
    let sitting = &sheet.sitting;
    let title = sitting.rules.title.clone();
    let done = sheet.faces.iter().filter(|face| sheet.answers.contains_key(&face.item)).count();
    let counts = [("done", done.into()), ("all", sheet.faces.len().into())];
    let api = format!("/api/v1/contests/{contest}/papers/{}", sitting.paper);
    let body = html! {
        div data-sitting=(sitting.paper) data-api=(api) data-now=(sheet.now.0)
            data-ends=[sitting.sat.ends.map(|ends| ends.0)] data-words=(words(&page)) {
            div.paper-head {
                h1 { (title) @if sitting.sat.practice { " " (partials::pill(&page.say("worker-paper-practice"), Tone::Plain)) } }
                p.row.between {
                    span data-done { (page.lang.say_with("paper-done", &counts)) }
                    @if let Some(ends) = sitting.sat.ends {
                        strong.clock data-clock role="timer" { (left(ends.0 - sheet.now.0)) }
                    }
                }
                p.connection role="status" data-connection-note hidden {}
            }
            @for (at, _) in sheet.faces.iter().enumerate().filter(|(_, face)| is_unread(face)) {
                (partials::notice(Tone::Bad, &html! { p { (page.lang.say_with("paper-unread", &[("at", (at + 1).into())])) } }))
            }
            noscript { (partials::notice(Tone::Plain, &html! { p { (page.say("paper-no-script")) } })) }
            form method="post" action=(address(contest, &sitting.paper)) data-paper {
                @for (at, face) in sheet.faces.iter().enumerate() {
                    (item(&page, contest, at, sheet, face))
                }
                nav.paper-steps.row.between data-steps hidden {
                    button.button type="button" data-step="-1" { "‹ " (page.say("paper-previous")) }
                    button.button.primary type="button" data-step="1" { (page.say("paper-next")) " ›" }
                }
                section.card.answer-card {
                    h2 { (page.say("paper-card")) }
                    ol.squares {
                        @for (at, face) in sheet.faces.iter().enumerate() {
                            li { a.square href={ "#" (face.item) } data-square=(face.item)
                                data-answered=(sheet.answers.contains_key(&face.item)) { (at + 1) } }
                        }
                    }
                    div.row {
                        span.unscripted { (partials::button(&page.say("paper-save"), Look::Plain)) }
                        button.button.primary name="hand-in" value="yes" data-hand-in { (page.say("paper-hand-in")) }
                    }
                }
            }
        }
    };
    page.script("paper.js").style("paper.css").show(&title, &body)
}

/// 9:05.
fn left(ms: i64) -> String {
    let seconds = ms.max(0) / 1_000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

fn words(page: &Page) -> String {
    let word = |key: &str| page.say(key).into_owned();
    json!({
        "here": word("paper-here"), "saved": word("paper-saved"), "refused": word("paper-refused"),
        "offline": word("paper-offline"), "signedOut": word("paper-signed-out"),
        "done": page.lang.say_with("paper-done", &[("done", "{done}".into()), ("all", "{all}".into())]),
        "sure": page.lang.say_with("paper-sure", &[("blank", "{blank}".into())]), "remove": word("paper-remove"),
        "becomes": word("paper-becomes"), "notInText": word("paper-not-in-text"),
        "cross": page.lang.say_with("paper-cross",
            &[("x", "{x}".into()), ("y", "{y}".into()), ("count", "{count}".into()), ("most", "{most}".into())]),
    })
    .to_string()
}

/// An item as a paper asks it, for those who prepare it.
pub(in crate::web) fn asked(page: &Page, contest: &ContestId, face: &Face) -> Markup {
    html! {
        p.stem { (face.stem) }
        (illustration(contest, face))
        (controls(page, contest, face, None))
    }
}

fn illustration(contest: &ContestId, face: &Face) -> Markup {
    // Hazards are clicked in theirs.
    let picture = face.picture.as_ref().filter(|_| !matches!(face.ask, Ask::Hazards { .. }));
    html! { @if let Some(picture) = picture { img.illustration src=(picture_address(contest, picture)) alt=""; } }
}

fn item(page: &Page, contest: &ContestId, at: usize, sheet: &Sheet, face: &Face) -> Markup {
    let kind = face.kind().word();
    let answer = sheet.answers.get(&face.item);
    let part = sheet.parts.get(at).and_then(|part| sheet.sitting.rules.parts.get(usize::from(*part)));
    let state = answer.map(|_| "saved");
    html! {
        fieldset.card.item id=(face.item) data-item=(face.item) data-kind=(kind) data-state=[state]
            data-answer=[answer.and_then(|answer| serde_json::to_string(answer).ok())] {
            legend { span.number-of { (at + 1) } " " span.pill { (page.say(&format!("item-{kind}"))) }
                @if let Some(part) = part {
                    " " small.quiet-text { (page.lang.say_with("paper-item-points",
                        &[("points", part.worth.points.normalize().to_string().into())])) }
                } }
            p.stem { (face.stem) }
            (illustration(contest, face))
            (controls(page, contest, face, answer))
            p.quiet-text data-note role="status" { @if answer.is_some() { (page.say("paper-saved")) } }
        }
    }
}

pub(super) fn picture_address(contest: &ContestId, name: &str) -> String {
    format!("/contests/{contest}/items/pictures/{}", crate::web::error::percent(name))
}

/// A, B, C …
fn letter(at: usize) -> char {
    u8::try_from(at).ok().and_then(|at| b'A'.checked_add(at)).map_or('?', char::from)
}

fn controls(page: &Page, contest: &ContestId, face: &Face, answer: Option<&Answer>) -> Markup {
    let name = face.item.as_str();
    match &face.ask {
        Ask::Single { options } => {
            let given = if let Some(Answer::Single(at)) = answer { Some(*at) } else { None };
            html! { @for (at, option) in options.iter().enumerate() {
                label.option { input type="radio" name=(name) value=(at) checked[given == Some(at)];
                    span { b { (letter(at)) } " " (option) } }
            } }
        }
        Ask::Multiple { options } => {
            let given = if let Some(Answer::Multiple(ticks)) = answer {
                ticks.clone()
            } else {
                std::collections::BTreeSet::new()
            };
            html! { @for (at, option) in options.iter().enumerate() {
                label.option { input type="checkbox" name=(name) value=(at) checked[given.contains(&at)];
                    span { b { (letter(at)) } " " (option) } }
            } }
        }
        Ask::TrueFalse => {
            let given = if let Some(Answer::TrueFalse(said)) = answer { Some(*said) } else { None };
            html! { @for (said, key) in [(true, "paper-true"), (false, "paper-false")] {
                label.option { input type="radio" name=(name) value=(said) checked[given == Some(said)];
                    span { (page.say(key)) } }
            } }
        }
        Ask::FillIn { blanks } => {
            let given = if let Some(Answer::FillIn(texts)) = answer { texts.clone() } else { Vec::new() };
            html! { @for at in 0..*blanks {
                label.blank { span { (page.lang.say_with("paper-blank", &[("at", (at + 1).into())])) }
                    input name=(name) maxlength="200" autocomplete="off" value=[given.get(at)]; }
            } }
        }
        Ask::Number => {
            let given = if let Some(Answer::Number(said)) = answer { Some(said.normalize().to_string()) } else { None };
            html! { input name=(name) inputmode="decimal" autocomplete="off" maxlength="30" value=[given]
            aria-label=(page.say("item-number")); }
        }
        Ask::Ordering { options } => {
            let given = if let Some(Answer::Ordering(order)) = answer { order.clone() } else { Vec::new() };
            html! { p.quiet-text { (page.say("paper-ordering")) } @for (at, option) in options.iter().enumerate() {
                label.option.placed { select name=(name) data-option=(at) {
                        option value="" { "–" }
                        @for place in 1..=options.len() {
                            option value=(place) selected[given.get(place - 1) == Some(&at)] { (place) }
                        }
                    } span { (option) } }
            } }
        }
        Ask::Matching { left, right } => {
            let given = if let Some(Answer::Matching(pairs)) = answer {
                pairs.clone()
            } else {
                std::collections::BTreeMap::new()
            };
            html! { @for (at, one) in left.iter().enumerate() {
                label.pair { span { (one) } select name=(name) data-left=(at) {
                        option value="" { "–" }
                        @for (place, other) in right.iter().enumerate() {
                            option value=(place) selected[given.get(&at) == Some(&place)] { (other) }
                        }
                    } }
            } }
        }
        Ask::FindFix { text, most } => html! {
            p.quiet-text { (page.lang.say_with("paper-find-fix", &[("most", (*most).into())])) }
            p.fix-text data-text lang="zh" { (text) }
            button.button type="button" data-mark disabled { (page.say("paper-mark-place")) }
            div.row.wanted {
                input data-wanted maxlength="100" autocomplete="off" aria-label=(page.say("paper-wanted"))
                    placeholder=(page.say("paper-wanted"));
                button.button type="button" data-mark-wanted { (page.say("paper-mark-place")) }
            }
            ul.marks data-marks {}
        },
        Ask::Hazards { description, most } => html! {
            p.quiet-text { (page.lang.say_with("paper-hazards", &[("most", (*most).into())])) }
            @if let Some(picture) = &face.picture {
                div.picture data-picture data-most=(most) tabindex="0" role="application"
                    aria-label=(page.say("paper-picture")) aria-describedby={ "keys-" (name) } {
                    img src=(picture_address(contest, picture)) alt=(description) draggable="false";
                }
                p.quiet-text.keys id={ "keys-" (name) } { (page.say("paper-picture-keys")) }
                p.quiet-text data-cross-told role="status" {}
            }
            details { summary { (page.say("paper-description")) } p { (description) } }
        },
    }
}
