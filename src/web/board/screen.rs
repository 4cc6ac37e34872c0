//! The screen of a hall: no scrolling, large, red and gold; pages through by itself when its script runs.

use maud::{Markup, html};

use super::rows;
use crate::{
    app::boards::shown::{Shown, ShownTable},
    words::Language,
};

/// Rows of the first page; the script fits them to the screen.
const ROWS: usize = 10;

pub(super) fn screen(lang: Language, board: &Shown) -> Markup {
    let table = board.tables.first();
    html! {
        div #screen .hall data-contest=(board.contest) data-words=(rows::words(lang)) data-timezone=(board.timezone) {
            header {
                h1 lang=(board.language) { (board.title) }
                p #state { (rows::state(lang, &board.notice)) }
            }
            p #frozen .banner hidden[board.notice.frozen_at_ms.is_none()] { (rows::frozen(lang, board).unwrap_or_default()) }
            main #main {
                @if board.notice.hidden {
                    div.waiting { h2 { (lang.say("board-hidden-title")) } }
                } @else if let Some(table) = table.filter(|table| !table.rows.is_empty()) {
                    h2 #table-title { (rows::title(lang, table)) }
                    (standings(lang, table))
                } @else {
                    div.waiting { h2 { (lang.say("board-empty-title")) } p { (lang.say("board-empty")) } }
                }
            }
            footer {
                span #stage {
                    @for (key, who) in [("board-on-stage", &board.notice.on_stage), ("board-next", &board.notice.next)] {
                        @if let Some(who) = who { span { (lang.say(key)) " " strong { (rows::label(lang, who)) } } }
                    }
                }
                span #page {}
                span #connection role="status" {}
            }
        }
    }
}

fn standings(lang: Language, table: &ShownTable) -> Markup {
    html! {
        ol.standings #standings {
            @for row in table.rows.iter().take(ROWS) {
                li data-key=(row.key) data-rank=[row.rank] {
                    span.rank { @if let Some(rank) = row.rank { (rank) } @else { "–" } }
                    span.who { (rows::label(lang, &row.who)) @if let Some(unit) = &row.unit { small { (unit) } } }
                    span.total { (row.total.as_deref().unwrap_or("–")) }
                }
            }
        }
    }
}
