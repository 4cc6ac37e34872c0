//! What an act would move, before it is done: ranks, totals and awards, with what people will have to decide after it.

use std::fmt::Write as _;

use data_encoding::HEXLOWER;
use maud::{Markup, html};
use sha2::{Digest as _, Sha256};

use super::{
    Page,
    board::status_key,
    chief::mark,
    partials::{self, Column, Tone},
};
use crate::rules::{
    result::{Status, TableKey},
    view::{
        Effect,
        effect::{AwardEffect, Move, Place as Stands, TableEffect},
    },
};

/// Marks outside the new limits that are listed one by one.
const OUTSIDE_SHOWN_MAX: usize = 50;

/// Names an entrant, a team or a unit for whoever reads.
type Who<'w> = &'w dyn Fn(&str) -> String;

pub(super) fn effect(page: &Page, who: Who<'_>, effect: &Effect) -> Markup {
    html! {
        @if effect.is_nothing() {
            (partials::notice(Tone::Good, &html! { p { (page.say("effect-nothing")) } }))
        }
        (in_the_way(page, who, effect))
        @for table in &effect.tables { (moves(page, who, table)) }
        @if !effect.awards.is_empty() {
            (partials::card(&page.say("effect-awards"), &html! {
                ul { @for award in &effect.awards { (changed(page, who, award)) } }
            }))
        }
    }
}

fn count(page: &Page, key: &str, count: usize) -> String {
    page.lang.say_with(key, &[("count", count.into())]).into_owned()
}

/// Of what was shown: when somebody marks in between, it is shown again.
pub(super) fn fingerprint(effect: &Effect) -> String {
    let mut text = String::new();
    let _ = write!(text, "{effect:?}");
    HEXLOWER.encode(&Sha256::digest(text))
}

/// What people will have to look at after the change.
fn in_the_way(page: &Page, who: Who<'_>, effect: &Effect) -> Markup {
    let more = |(before, after): (usize, usize)| after > before;
    let beyond = effect.outside.len().saturating_sub(OUTSIDE_SHOWN_MAX);
    html! {
        @if more(effect.open_ties) {
            (partials::notice(Tone::Warn, &html! { p { (count(page, "effect-ties", effect.open_ties.1)) } }))
        }
        @if more(effect.undecided) {
            (partials::notice(Tone::Warn, &html! { p { (count(page, "effect-undecided", effect.undecided.1)) } }))
        }
        @if !effect.outside.is_empty() {
            (partials::notice(Tone::Warn, &html! {
                p { (count(page, "effect-outside", effect.outside.len())) }
                ul {
                    @for one in effect.outside.iter().take(OUTSIDE_SHOWN_MAX) {
                        li { (who(one.entrant.as_str())) " · " (one.stage.title) " · " (one.aspect.title) " · "
                            strong.number { (mark(page, Some(&one.mark))) } }
                    }
                    @if beyond > 0 { li { (count(page, "effect-more", beyond)) } }
                }
            }))
        }
    }
}

fn moves(page: &Page, who: Who<'_>, table: &TableEffect) -> Markup {
    let titles = ["effect-who", "effect-rank-before", "effect-rank-after", "effect-total-before", "effect-total-after"];
    let titles = titles.map(|key| page.say(key));
    let mut columns = vec![Column::text(&titles[0])];
    columns.extend(titles[1..].iter().map(|title| Column::number(title)));
    let kind = page.say(if matches!(table.key, TableKey::Teams { .. }) { "board-teams" } else { "effect-ranking" });
    let title = if table.title.is_empty() { kind.into_owned() } else { table.title.clone() };
    let rows = html! {
        @for one in &table.moves {
            tr data-moved=[moved(one)] {
                th scope="row" { (who(&one.who)) }
                @for place in [&one.before, &one.after] { td.number { (rank(page, place.as_ref())) } }
                @for place in [&one.before, &one.after] {
                    td.number {
                        @match place.as_ref().and_then(|place| place.total) {
                            Some(total) => { (total) },
                            None => { "–" },
                        }
                    }
                }
            }
        }
    };
    html! {
        section.card {
            h3 { (title) }
            p.quiet-text { (count(page, "effect-moves", table.moves.len())) " " (count(page, "effect-same", table.same)) }
            (partials::table(&title, &columns, &rows))
        }
    }
}

/// `up`, `down`, or neither.
fn moved(one: &Move) -> Option<&'static str> {
    let rank = |place: &Option<Stands>| place.as_ref().and_then(|place| place.rank).unwrap_or(u32::MAX);
    match rank(&one.before).cmp(&rank(&one.after)) {
        std::cmp::Ordering::Greater => Some("up"),
        std::cmp::Ordering::Less => Some("down"),
        std::cmp::Ordering::Equal => None,
    }
}

fn rank(page: &Page, place: Option<&Stands>) -> String {
    match place {
        None => page.say("effect-not-listed").into_owned(),
        Some(Stands { rank: Some(rank), status: Status::Ranked, .. }) => rank.to_string(),
        Some(Stands { rank, status, .. }) => {
            let status = page.say(status_key(status.word())).into_owned();
            rank.map_or_else(|| status.clone(), |rank| format!("{rank}（{status}）"))
        }
    }
}

fn changed(page: &Page, who: Who<'_>, award: &AwardEffect) -> Markup {
    let scope = [Some(&award.award), award.event.as_ref(), award.group.as_ref()];
    let scope: Vec<&str> = scope.into_iter().flatten().map(|named| named.title.as_str()).collect();
    let names = |list: &[String]| list.iter().map(|one| who(one)).collect::<Vec<_>>().join("、");
    let said = |key: &str, list: &[String]| page.lang.say_with(key, &[("who", names(list).into())]).into_owned();
    html! {
        li { strong { (scope.join(" · ")) }
            @if !award.gained.is_empty() { br; (said("effect-gained", &award.gained)) }
            @if !award.lost.is_empty() { br; (said("effect-lost", &award.lost)) }
        }
    }
}
