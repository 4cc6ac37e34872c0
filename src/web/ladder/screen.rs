//! The hall's screen of a ladder: who holds it, who stands below, and what happens as it happens.
//!
//! `static/hall.js` fetches it again when the contest's socket says that the ladder looks different, glides the lines,
//! and tells of a new star over the whole screen.

use maud::{Markup, html};

use super::name;
use crate::{
    app::{boards::shown::Shown, ladder::LadderSeen},
    rules::{
        ladder::{BoardLine, What, rules::Format},
        view::Shows,
    },
    web::{board::rows, organizer::Zone},
    words::{Language, ladder as words},
};

/// Places below the holder.
const PLACES: usize = 8;
const NEWS: usize = 4;

/// Whether it made a new star.
pub(super) fn is_star(what: &What) -> bool {
    matches!(what, What::Won { star: true, .. } | What::SeatTaken { star: true, .. } | What::Joined { star: true, .. })
}

pub(in crate::web) fn hall(lang: Language, board: &Shown, seen: &LadderSeen, zone: &Zone) -> Markup {
    let all: Vec<&str> = board.ladders.iter().map(|ladder| ladder.key.as_str()).collect();
    let hidden = seen.board.shows == Shows::Nothing;
    html! {
        div #screen .hall .stars data-contest=(board.contest) data-ladders=(all.join(" ")) data-ladder=(seen.board.rules.id)
            data-words=(rows::words(lang)) data-timezone=(board.timezone) {
            header {
                h1 lang=(board.language) { (board.title) }
                p #state { (rows::state(lang, &board.notice)) }
            }
            p #frozen .banner hidden[board.notice.frozen_at_ms.is_none()] { (rows::frozen(lang, board).unwrap_or_default()) }
            main #main {
                h2 #ladder-title { (seen.board.rules.title) }
                @if hidden { div.waiting { h2 { (lang.say("board-hidden-title")) } } }
                @else if seen.board.lines.is_empty() { div.waiting { h2 { (lang.say("star-nobody-title")) } } }
                @else {
                    div.stage-of-stars {
                        (throne(lang, seen))
                        (places(lang, seen))
                    }
                }
            }
            (news(lang, seen, zone))
            footer {
                span { @if !hidden && super::lines::by_challenge(&seen.board, PLACES + 1) { (lang.say("star-not-by-score")) } }
                span {}
                span #connection role="status" {}
            }
            div #flash role="status" aria-live="assertive" hidden { p.crown { (lang.say("star-new-star")) } p #flash-text {} }
        }
    }
}

fn records(seen: &LadderSeen) -> bool {
    matches!(seen.board.rules.format, Format::Record { .. })
}

fn throne(lang: Language, seen: &LadderSeen) -> Markup {
    let Some(holder) = seen.board.lines.first() else { return html! {} };
    html! {
        section #throne data-key=(line_key(holder)) {
            p.crown { (lang.say("star-holder")) }
            p.name { (name(lang, &seen.called, &holder.entrant)) }
            p.record { @if let Some(record) = &holder.record { (words::outcome(lang, record)) } @else if records(seen) { (lang.say("star-no-record")) } }
            @if let Some((since, defences)) = holder.reign {
                @let days = seen.reigns.iter().find(|reign| reign.since == since && reign.until.is_none()).map_or(0, |reign| reign.days);
                p { (lang.say_with("star-reign", &[("days", days.into()), ("defences", defences.into())])) }
            }
            @if holder.challenged > 0 { p.attack { (lang.say_with("star-under-attack", &[("count", holder.challenged.into())])) } }
        }
    }
}

/// Names the line while names or numbers are shown; else its place does.
fn line_key(line: &BoardLine) -> String {
    line.who.as_ref().map_or_else(|| format!("place-{}", line.place), crate::rules::view::Seen::key)
}

fn places(lang: Language, seen: &LadderSeen) -> Markup {
    html! {
        ol #standings .standings {
            @for line in seen.board.lines.iter().skip(1).take(PLACES) {
                li data-key=(line_key(line)) data-place=(line.place) {
                    span.rank { (line.place) }
                    span.who {
                        (name(lang, &seen.called, &line.entrant))
                        @if line.challenged > 0 { small { (lang.say_with("star-under-attack", &[("count", line.challenged.into())])) } }
                    }
                    span.total { @if let Some(record) = &line.record { (words::outcome(lang, record)) } }
                }
            }
        }
    }
}

fn news(lang: Language, seen: &LadderSeen, zone: &Zone) -> Markup {
    let hidden = seen.board.shows == Shows::Nothing;
    html! {
        ol #news .hall-news {
            @for one in seen.happened.iter().take(if hidden { 0 } else { NEWS }) {
                li data-at=(one.at.0) data-star[is_star(&one.what)] {
                    time { (zone.minute(one.at).split(' ').nth(1).unwrap_or_default()) }
                    span { (words::happened(lang, &one.what, records(seen), |id| name(lang, &seen.called, id))) }
                }
            }
        }
    }
}
