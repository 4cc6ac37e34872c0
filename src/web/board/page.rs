//! The board of a contest for one reader.

use maud::{Markup, html};

use super::{
    Asked,
    rows::{self, percent},
};
use crate::{
    app::boards::shown::{Shown, ShownLadder, ShownTable, TableKind, WINDOW_ROWS},
    web::partials::{self, Look, Tab, Tone},
    words::Language,
};

/// What stands on the page of a board and does not move with it.
pub(super) struct Beside {
    /// Where workers come in.
    pub(super) door: Markup,
    /// The list of awards, once it is announced.
    pub(super) awards: Markup,
    /// Below the table, where points come from other contests.
    pub(super) below: Markup,
}

impl Default for Beside {
    fn default() -> Self {
        let nothing = || html! {};
        Self { door: nothing(), awards: nothing(), below: nothing() }
    }
}

pub(super) fn board(lang: Language, board: &Shown, asked: &Asked, beside: &Beside) -> Markup {
    let table = board.table(asked.table.as_deref());
    html! {
        div #board data-contest=(board.contest) data-words=(rows::words(lang)) data-timezone=(board.timezone)
            data-table=[table.map(|table| &table.key)] data-final[matches!(&*board.notice.phase, "announced" | "notice" | "final")] {
            div.row.between {
                div {
                    h1 lang=(board.language) { (board.title) }
                    @if let Some(subtitle) = &board.subtitle { p.quiet-text lang=(board.language) { (subtitle) } }
                }
                p.row {
                    span #state { (rows::state(lang, &board.notice)) }
                    span #connection role="status" {}
                }
            }
            (beside.door)
            div #frozen hidden[board.notice.frozen_at_ms.is_none()] {
                (partials::notice(Tone::Bad, &html! { p { (rows::frozen(lang, board).unwrap_or_default()) } }))
            }
            (on_stage(lang, board))
            (beside.awards)
            (ladders(lang, board))
            @if board.notice.hidden {
                (partials::empty(&lang.say("board-hidden-title"), &html! { p { (lang.say("board-hidden")) } }))
            } @else if let Some(table) = table {
                @if board.tables.len() > 1 { (tabs(lang, board, table, asked)) }
                (find(lang, table, asked))
                (own(lang, board, table, asked))
                (standings(lang, board, table))
            } @else if board.ladders.is_empty() {
                (nothing_yet(lang))
            }
            (beside.below)
            p #announcer .visually-hidden aria-live="polite" {}
            p.row { a.quiet href={ "/contests/" (board.contest) "/screen" } { (lang.say("board-screen")) } }
        }
    }
}

/// Who holds each ladder, and the way to it.
fn ladders(lang: Language, board: &Shown) -> Markup {
    html! {
        @if !board.ladders.is_empty() {
            section #ladders aria-label=(lang.say("star-ladders")) {
                ul.cards {
                    @for ladder in &board.ladders {
                        li data-key=(ladder.key) {
                            a.card.contest href={ "/contests/" (board.contest) "/ladders/" (percent(&ladder.key)) } {
                                h2 lang=(board.language) { (ladder.title) }
                                p { (holder(lang, ladder)) }
                                p.quiet-text { (lang.say_with("star-people", &[("count", ladder.people.into())])) }
                                span.button.primary { (lang.say("star-watch")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Who stands first on a ladder.
pub(super) fn holder(lang: Language, ladder: &ShownLadder) -> Markup {
    let who = ladder.holder.as_ref();
    html! {
        (lang.say("star-holder")) " "
        strong.holder { @if let Some(who) = who { (rows::label(lang, who)) } @else { "–" } }
    }
}

fn nothing_yet(lang: Language) -> Markup {
    partials::empty(&lang.say("board-empty-title"), &html! { p { (lang.say("board-empty")) } })
}

fn on_stage(lang: Language, board: &Shown) -> Markup {
    let notice = &board.notice;
    html! {
        div #stage .row hidden[notice.on_stage.is_none() && notice.next.is_none()] {
            @for (key, who) in [("board-on-stage", &notice.on_stage), ("board-next", &notice.next)] {
                @if let Some(who) = who { span { (lang.say(key)) " " strong { (rows::label(lang, who)) } } }
            }
        }
    }
}

fn tabs(lang: Language, board: &Shown, current: &ShownTable, asked: &Asked) -> Markup {
    let titles: Vec<String> = board.tables.iter().map(|table| rows::title(lang, table)).collect();
    let sought = if asked.q.is_empty() { String::new() } else { format!("&q={}", percent(&asked.q)) };
    let tabs: Vec<Tab<'_>> = board
        .tables
        .iter()
        .zip(&titles)
        .map(|(table, title)| Tab {
            href: format!("/contests/{}?table={}{sought}", board.contest, percent(&table.key)),
            title,
            current: table.key == current.key,
            count: Some(table.count),
        })
        .collect();
    partials::tabs(&lang.say("board-tables"), &tabs)
}

fn find(lang: Language, table: &ShownTable, asked: &Asked) -> Markup {
    let label = lang.say("board-find");
    let hint = if table.of == TableKind::UnitEntrants { "board-find-unit" } else { "board-find-hint" };
    html! {
        form.find role="search" {
            input type="hidden" name="table" value=(table.key);
            input type="search" name="q" value=(asked.q) aria-label=(label) placeholder=(lang.say(hint))
                autocomplete="off" enterkeyhint="search";
            (partials::button(&lang.say("board-find-button"), Look::Plain))
        }
    }
}

/// One's own row stands above the table, whatever its place.
fn own(lang: Language, board: &Shown, table: &ShownTable, asked: &Asked) -> Markup {
    if asked.q.trim().is_empty() {
        return html! {};
    }
    let found: Vec<_> = table.find(&asked.q).collect();
    html! {
        section #own aria-label=(lang.say("board-own")) data-keys=(found.iter().map(|row| &*row.key).collect::<Vec<_>>().join("\n")) {
            @if found.is_empty() {
                (partials::notice(Tone::Wait, &html! {
                    p { (lang.say_with("board-find-none", &[("sought", asked.q.trim().into())])) }
                }))
            } @else {
                div.table.board.own {
                    table {
                        caption { (lang.say("board-own")) }
                        (head(lang, table))
                        tbody { @for row in found { (rows::row(lang, &board.contest, table, row)) } }
                    }
                }
                p { a.quiet href={ "/contests/" (board.contest) "?table=" (percent(&table.key)) } { (lang.say("board-own-clear")) } }
            }
        }
    }
}

fn standings(lang: Language, board: &Shown, table: &ShownTable) -> Markup {
    let title = rows::title(lang, table);
    let shown = table.rows.len().min(WINDOW_ROWS);
    html! {
        @if table.rows.is_empty() { div #empty { (nothing_yet(lang)) } }
        div.table.board.heads[table.counts_heads()] role="region" tabindex="0" aria-label=(title) hidden[table.rows.is_empty()] {
            table #standings {
                caption { (lang.say_with("board-caption", &[("title", title.as_str().into())])) }
                (head(lang, table))
                tbody { @for row in table.rows.iter().take(WINDOW_ROWS) { (rows::row(lang, &board.contest, table, row)) } }
            }
        }
        p #count .quiet-text hidden[shown == table.count] {
            (lang.say_with("board-rows", &[("count", shown.into()), ("all", table.count.into())]))
        }
    }
}

/// A table with all its rows, as it stands.
pub(super) fn plain(lang: Language, board: &Shown, table: &ShownTable) -> Markup {
    html! {
        div.table.board.heads[table.counts_heads()] role="region" tabindex="0" aria-label=(rows::title(lang, table)) {
            table {
                caption { (rows::title(lang, table)) }
                (head(lang, table))
                tbody { @for row in &table.rows { (rows::row(lang, &board.contest, table, row)) } }
            }
        }
    }
}

fn head(lang: Language, table: &ShownTable) -> Markup {
    html! {
        thead { tr {
            th.rank scope="col" { (lang.say("board-rank")) }
            th scope="col" { (rows::who(lang, table)) }
            @for column in &table.columns { th.number.stage scope="col" { (rows::column(lang, column)) } }
            th.number scope="col" { (lang.say("board-total")) }
        } }
    }
}
