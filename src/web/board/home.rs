//! `/`: the contests of this server, those that move first.

use std::sync::Arc;

use axum::extract::State;
use maud::{Markup, html};

use super::{page::holder, rows};
use crate::{
    app::{
        self,
        boards::shown::{Shown, TableKind},
    },
    rules::{names::ContestId, view},
    web::{
        Error, Page, Result, Web,
        live::Newest,
        partials::{self, Tone, pill},
    },
    words::Language,
};

/// Contests whose boards are looked into; older ones stand there by their titles, so that a look at this page wakes
/// no archive.
const BOARDS_MAX: usize = 24;
const LEADERS: usize = 3;

pub(super) async fn home(page: Page, State(web): State<Web>) -> Result<Markup> {
    let mut contests = Vec::new();
    for (at, contest) in web.app.contests().await?.into_iter().enumerate() {
        // One that cannot be read must not hide the others.
        let board = if at < BOARDS_MAX { Some(web.hub.newest(&web.app, &contest.id).await) } else { None };
        let awarded =
            matches!(board, Some(Ok(_))) && web.app.read(&contest.id, view::has_awards).await.unwrap_or_default();
        contests.push((contest.id, contest.title, board, awarded));
    }
    let phase = |board: &Option<Result<Arc<Newest>>>| match board {
        Some(Ok(newest)) => order(&newest.board.notice.phase),
        _ => u8::MAX,
    };
    // Those under way first; within, the newest first.
    contests.sort_by_key(|(_, _, board, _)| phase(board));
    let lang = page.lang;
    let body = html! {
        h1 { (page.say("home-title")) }
        @if contests.is_empty() {
            (partials::empty(&page.say("home-empty-title"), &html! { p { (page.say("home-empty")) } }))
        } @else {
            ul #contests .cards data-refresh {
                @for (id, title, board, awarded) in &contests {
                    @let damaged = matches!(board, Some(Err(Error::App(app::Error::Damaged { .. }))));
                    @let board = board.as_ref().and_then(|board| Some(&*board.as_ref().ok()?.board));
                    li {
                        (card(lang, id, title, board, damaged))
                        @if *awarded { p { a href={ "/contests/" (id) "#awards" } { (lang.say("board-awards")) } } }
                    }
                }
            }
        }
    };
    Ok(page.script("refresh.js").show(&lang.say("home-title"), &body))
}

fn order(phase: &str) -> u8 {
    match phase {
        "running" => 0,
        "sealed" => 1,
        "announced" | "notice" => 2,
        "draft" => 3,
        _ => 4,
    }
}

fn card(lang: Language, id: &ContestId, title: &str, board: Option<&Shown>, damaged: bool) -> Markup {
    html! {
        a.card.contest href={ "/contests/" (id) } {
            h2 { (title) }
            @if damaged { p { (pill(&lang.say("organizer-damaged"), Tone::Bad)) } }
            @if let Some(board) = board {
                @if let Some(subtitle) = &board.subtitle { p.quiet-text { (subtitle) } }
                p { (state(lang, board)) }
                (leaders(lang, board))
            }
            span.button { (lang.say("home-open")) }
        }
    }
}

fn state(lang: Language, board: &Shown) -> Markup {
    let notice = &board.notice;
    let running = notice.phase == "running";
    let frozen = notice.frozen_at_ms.is_some();
    html! {
        (pill(&lang.say(rows::phase_key(&notice.phase)), Tone::Plain))
        @if running && !frozen && !notice.hidden { " " (pill(&lang.say("board-live"), Tone::Live)) }
        @if frozen { " " (pill(&lang.say("board-frozen"), Tone::Bad)) }
    }
}

/// The first places of the first table, and how many have a score.
fn leaders(lang: Language, board: &Shown) -> Markup {
    let table = board
        .tables
        .iter()
        .find(|table| matches!(table.of, TableKind::Entrants | TableKind::UnitEntrants))
        .filter(|_| !board.notice.hidden);
    let Some(table) = table.filter(|table| board.ladders.is_empty() || !table.rows.is_empty()) else {
        return holders(lang, board);
    };
    let scored = table.rows.iter().filter(|row| row.rank.is_some()).count();
    html! {
        (holders(lang, board))
        @if scored == 0 && !board.ladders.is_empty() {
        } @else if scored == 0 {
            p.quiet-text { (lang.say("board-empty-title")) }
        } @else {
            ol.leaders {
                @for row in table.rows.iter().filter(|row| row.rank.is_some()).take(LEADERS) {
                    li {
                        span.rank { @if let Some(rank) = row.rank { (rank) } }
                        span { (rows::label(lang, &row.who)) }
                        span.number { (row.total.as_deref().unwrap_or("–")) }
                    }
                }
            }
            @let shown = if table.title.is_empty() { String::new() } else { format!("{} · ", table.title) };
            p.quiet-text {
                (shown) (lang.say_with("home-scored", &[("scored", scored.into()), ("all", table.count.into())]))
            }
        }
    }
}

/// Who holds the ladders.
fn holders(lang: Language, board: &Shown) -> Markup {
    html! {
        @for ladder in board.ladders.iter().take(LEADERS) {
            p { (ladder.title) " · " (holder(lang, ladder)) }
        }
    }
}
