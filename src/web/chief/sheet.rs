//! One entrant's marks of one panel, judge beside judge: what is read before signing, returned, or corrected.

use axum::{
    Router,
    extract::{Path, Query, State},
    routing::get,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{Names, board::cell_pill, mark, number, titles};
use crate::{
    app::App,
    rules::{
        ledger::entry::Phase,
        names::{ContestId, Id},
        view::{
            self, ChiefBoard, PanelBoard, PanelRow, ViolationControl,
            chief::{PanelLine, PanelSheet, SeatValue},
        },
    },
    web::{
        Error, Page, Result, Web, Who,
        error::percent,
        partials::{self, Column, Field, Look, Tone},
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/chief/{contest}/{stage}/{panel}", get(show))
}

/// Which row of the panel: by draw number, or, before the draw, by its place in the table.
#[derive(Deserialize)]
struct Which {
    number: Option<u32>,
    row: Option<usize>,
    piece: Option<Id>,
    #[serde(default = "first")]
    attempt: u32,
    #[serde(default)]
    group: String,
}

fn first() -> u32 {
    1
}

pub(super) fn address(contest: &ContestId, panel: &PanelBoard, row: &PanelRow) -> String {
    let which = match row.number {
        Some(number) => format!("number={number}"),
        None => format!("row={}", panel.rows.iter().position(|other| other == row).unwrap_or_default()),
    };
    let piece = row.piece.as_ref().map(|piece| format!("&piece={}", percent(piece.id.as_str()))).unwrap_or_default();
    let group = panel.group.as_ref().map(|group| format!("&group={}", percent(group.id.as_str()))).unwrap_or_default();
    format!("/chief/{contest}/{}/{}?{which}&attempt={}{piece}{group}", panel.stage.id, panel.panel.id, row.attempt)
}

async fn show(
    page: Page,
    who: Who,
    State(app): State<App>,
    Path((contest, stage, panel)): Path<(ContestId, Id, Id)>,
    Query(which): Query<Which>,
) -> Result<Markup> {
    let actor = who.actor(&contest)?;
    let (board, sheet) = app
        .read(&contest, |state| {
            let board = view::chief_board(state, &actor.person);
            let key = find(&board, &stage, &panel, &which)
                .and_then(|row| row.cells.iter().find_map(|cell| cell.sheet.clone()));
            (board, key.map(|key| view::panel_sheet(state, &key)))
        })
        .await?;
    let sheet = sheet.ok_or(Error::NotFound)??;
    let names = Names::of(&app, super::everybody(&board)).await?;
    let title = format!("{} {}", number(&page, sheet.number), sheet.panel.title);
    let heading = titles([Some(&sheet.stage), Some(&sheet.panel), sheet.piece.as_ref()]);
    let body = html! {
        p { a href={ "/chief/" (contest) } { "‹ " (page.say("chief-title")) } }
        h1 { (number(&page, sheet.number)) }
        p.quiet-text { (heading) }
        @if sheet.signed { (partials::notice(Tone::Wait, &html! { p { (page.say("chief-signed-hint")) } })) }
        (marks(&page, &contest, &sheet, &names, board.heading.phase))
        @if !sheet.violations.is_empty() {
            (violations(&page, &contest, &sheet, board.heading.phase == Phase::Running))
        }
    };
    Ok(page.clone().wide().style("staff.css").show(&title, &body))
}

fn find<'b>(board: &'b ChiefBoard, stage: &Id, panel: &Id, which: &Which) -> Option<&'b PanelRow> {
    let group = |panel: &PanelBoard| panel.group.as_ref().map_or("", |group| group.id.as_str()) == which.group;
    let panel = board.panels.iter().find(|one| one.stage.id == *stage && one.panel.id == *panel && group(one))?;
    if let Some(row) = which.row {
        return panel.rows.get(row);
    }
    let piece = |row: &PanelRow| row.piece.as_ref().map(|piece| &piece.id) == which.piece.as_ref();
    panel.rows.iter().find(|row| row.number == which.number && row.attempt == which.attempt && piece(row))
}

fn marks(page: &Page, contest: &ContestId, sheet: &PanelSheet, names: &Names, phase: Phase) -> Markup {
    let judge = |seat: &view::SheetCell| seat.sheet.as_ref().map_or("–", |sheet| names.get(&sheet.judge)).to_owned();
    let titles: Vec<String> = sheet.seats.iter().map(|seat| format!("{} {}", seat.seat, judge(seat))).collect();
    let aspect = page.say("chief-aspect");
    let mut columns = vec![Column::text(&aspect)];
    columns.extend(titles.iter().map(|title| Column::number(title)));
    html! {
        (partials::table(&page.say("chief-marks"), &columns, &html! {
            tr { th scope="row" { (page.say("chief-state")) }
                @for seat in &sheet.seats { td.number { (cell_pill(page, seat.state)) (give_back(page, contest, seat)) } } }
            @for line in &sheet.lines { tr {
                th scope="row" { (line.aspect.title) @if let Some(value) = &line.value_title { " · " (value) } }
                @for one in &line.marks { td.number {
                    // After sealing nothing is corrected.
                    @if phase == Phase::Running { (seat_value(page, contest, sheet, line, one)) }
                    @else { (mark(page, one.mark.as_ref())) }
                } }
            } }
        }))
    }
}

/// What was counted, whoever counts it, and a form to set it.
fn violations(page: &Page, contest: &ContestId, sheet: &PanelSheet, running: bool) -> Markup {
    let (title, points, count) = (page.say("judge-violations"), page.say("chief-effect"), page.say("chief-count"));
    let columns = [Column::text(&title), Column::text(&points), Column::number(&count)];
    partials::table(
        &title,
        &columns,
        &html! {
            @for one in &sheet.violations { tr {
                th scope="row" { (one.title) }
                td { (effect(page, one)) }
                td.number { @if running && one.open { (count_form(page, contest, sheet, one)) } @else { (one.count) } }
            } }
        },
    )
}

/// What a violation does, in a few words.
pub(in crate::web) fn effect(page: &Page, one: &ViolationControl) -> String {
    let points = one.points.normalize().to_string();
    match one.most {
        _ if one.disqualifies => page.say("judge-disqualifies").into_owned(),
        _ if one.points.is_zero() => page.say("judge-by-rules").into_owned(),
        Some(1) => page.lang.say_with("judge-points-once", &[("points", points.into())]).into_owned(),
        Some(most) => page
            .lang
            .say_with("judge-points-each-most", &[("points", points.into()), ("most", most.into())])
            .into_owned(),
        None => page.lang.say_with("judge-points-each", &[("points", points.into())]).into_owned(),
    }
}

fn count_form(page: &Page, contest: &ContestId, sheet: &PanelSheet, one: &ViolationControl) -> Markup {
    let count = one.count.to_string();
    let title = page.lang.say_with("chief-record", &[("violation", one.title.as_str().into())]);
    html! {
        details.dialog.correct {
            summary title=(title) { strong { (count) } }
            form.card method="post" action={ "/chief/" (contest) "/violation" } {
                h3 { (title) }
                input type="hidden" name="entrant" value=(sheet.entrant);
                input type="hidden" name="stage" value=(one.slot.stage);
                input type="hidden" name="piece" value=(one.slot.piece.as_ref().map_or("", |piece| piece.as_str()));
                input type="hidden" name="attempt" value=(one.slot.attempt);
                input type="hidden" name="violation" value=(one.id);
                (Field::decimal("count", &page.say("chief-count")).value(&count).among(&one.id).required())
                @let reason = page.say("chief-reason");
                @let field = Field::area("reason", &reason).among(&one.id);
                @if sheet.submitted { (field.required()) } @else { (field) }
                (partials::button(&page.say("chief-record-do"), Look::Primary))
            }
        }
    }
}

/// A submitted sheet may go back to its judge.
fn give_back(page: &Page, contest: &ContestId, seat: &view::SheetCell) -> Markup {
    let Some(key) = seat.sheet.as_ref().filter(|_| seat.state == view::chief::CellState::Submitted) else {
        return html! {};
    };
    partials::dialog(
        &page.say("chief-return"),
        Look::Plain,
        &page.say("chief-return"),
        &html! {
            form method="post" action={ "/chief/" (contest) "/return" } {
                input type="hidden" name="judge" value=(key.judge);
                input type="hidden" name="stage" value=(key.stage);
                input type="hidden" name="panel" value=(key.panel);
                input type="hidden" name="entrant" value=(key.entrant);
                input type="hidden" name="piece" value=(key.piece.as_ref().map_or("", |piece| piece.as_str()));
                input type="hidden" name="attempt" value=(key.attempt);
                (Field::area("reason", &page.say("chief-reason")).among(&key.judge).required())
                (partials::button(&page.say("chief-return"), Look::Primary))
            }
        },
    )
}

fn seat_value(page: &Page, contest: &ContestId, sheet: &PanelSheet, line: &PanelLine, one: &SeatValue) -> Markup {
    let Some(slot) = &one.slot else { return html! { "–" } };
    let shown = mark(page, one.mark.as_ref());
    let title = page.lang.say_with("chief-correct", &[("aspect", line.aspect.title.as_str().into())]);
    let (judge, value) = (slot.judge.as_ref(), slot.value.as_ref());
    let among = format!(
        "{}-{}-{}",
        judge.map_or("", |judge| judge.as_str()),
        slot.aspect,
        value.map_or("", |value| value.as_str())
    );
    let current = match one.mark {
        Some(crate::rules::field::Value::Number(number)) => number.normalize().to_string(),
        _ => String::new(),
    };
    html! {
        details.dialog.correct {
            summary title=(title) { strong { (shown) } @if one.corrected { " " small { (page.say("chief-was-corrected")) } } }
            form.card method="post" action={ "/chief/" (contest) "/correct" } {
                h3 { (title) }
                input type="hidden" name="entrant" value=(sheet.entrant);
                input type="hidden" name="stage" value=(slot.stage);
                input type="hidden" name="piece" value=(slot.piece.as_ref().map_or("", |piece| piece.as_str()));
                input type="hidden" name="attempt" value=(slot.attempt);
                input type="hidden" name="aspect" value=(slot.aspect);
                input type="hidden" name="value-id" value=(slot.value.as_ref().map_or("", |value| value.as_str()));
                input type="hidden" name="judge" value=(slot.judge.as_ref().map_or("", |judge| judge.as_str()));
                (Field::text("value", &page.say("chief-new-value")).value(&current).hint(&page.say("chief-new-value-hint")).among(&among).required())
                (Field::area("reason", &page.say("chief-reason")).among(&among).required())
                @let act = if sheet.signed { "chief-correct-effect" } else { "chief-correct-do" };
                (partials::button(&page.say(act), Look::Primary))
            }
        }
    }
}
