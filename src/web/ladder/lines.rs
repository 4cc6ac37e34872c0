//! The lines of a star board: who holds it, every place or tier, and beside each name what may be done or why not.

use maud::{Markup, html};

use super::page::{Star, allowed};
use crate::{
    rules::{
        ladder::{BoardLine, LadderBoard, Terms, rules::Format},
        ledger::ladder::Aim,
        names::UnitPath,
        view::Seen,
    },
    web::partials::{self, Look, Tone, pill},
    words::ladder as words,
};

/// Cards of holders; below so many people of a first tier stand in the list only.
const HOLDERS: usize = 3;

/// Who stands at the top, large, with a big button.
pub(super) fn throne(star: &Star<'_>) -> Markup {
    let (page, board) = (star.page, &star.seen.board);
    let holders: Vec<&BoardLine> = board.lines.iter().filter(|line| line.place == 1).take(HOLDERS).collect();
    if holders.is_empty() {
        return partials::empty(&page.say("star-nobody-title"), &html! { p { (page.say("star-nobody")) } });
    }
    html! {
        div.thrones {
            @for line in holders {
                section.throne {
                    p.crown { (page.say("star-holder")) }
                    h2 { (star.name(&line.entrant)) @if star.is_me(&line.entrant) { " " (pill(&page.say("star-me"), Tone::Live)) } }
                    @if let Some(unit) = unit(line) { p.unit { (unit) } }
                    p.record { (record(star, line)) }
                    @if let Some((since, defences)) = line.reign {
                        p { (page.lang.say_with("star-reign", &[("days", days(star, since).into()), ("defences", defences.into())])) }
                    }
                    @if line.record.is_none() && star.records() { p.soft { (page.say("star-open-throne")) } }
                    @if let Some(expires) = line.record_expires {
                        p.soft { (page.lang.say_with("star-record-until", &[("until", star.zone.minute(expires).into())])) }
                    }
                    @if line.challenged > 0 { p { (pill(&page.lang.say_with("star-under-attack", &[("count", line.challenged.into())]), Tone::Live)) } }
                    (may(star, line, "star-challenge-holder"))
                }
            }
        }
    }
}

fn days(star: &Star<'_>, since: crate::rules::ledger::Instant) -> u32 {
    let reigned = star.seen.reigns.iter().find(|reign| reign.since == since && reign.until.is_none());
    reigned.map_or(0, |reign| reign.days)
}

/// All places from the top; one's own stands out and stays in sight.
pub(super) fn all(star: &Star<'_>) -> Markup {
    let (page, board) = (star.page, &star.seen.board);
    let tiers = board.rules.has_tiers();
    let shown = board.lines.len();
    html! {
        section aria-label=(page.say("star-places")) {
            h2 { (page.say("star-places")) }
            @if by_challenge(board, board.lines.len()) { p.quiet-text { (page.say("star-not-by-score")) } }
            ol #places .places {
                @for (at, line) in board.lines.iter().enumerate() {
                    @if tiers && (at == 0 || board.lines[at - 1].tier != line.tier) {
                        li.tier data-key={ "tier-" (line.tier) } { (tier(star, line.tier)) }
                    }
                    // People far above are left out between the first and one's own.
                    @if !tiers && at > 0 && board.lines[at - 1].place + 1 < line.place { li.gap aria-hidden="true" data-key="gap" { "…" } }
                    li .me[star.is_me(&line.entrant)] data-key=(key(line).unwrap_or_default()) data-place=(line.place) {
                        span.rank { (line.place) }
                        span.who {
                            strong { (star.name(&line.entrant)) }
                            @if star.is_me(&line.entrant) { " " (pill(&page.say("star-me"), Tone::Live)) }
                            @if let Some(unit) = unit(line) { small { (unit) } }
                        }
                        span.record {
                            (record(star, line))
                            @if line.challenged > 0 { " " (pill(&page.lang.say_with("star-under-attack", &[("count", line.challenged.into())]), Tone::Wait)) }
                        }
                        span.may { (may(star, line, "star-challenge")) }
                    }
                }
            }
            @if shown < board.people {
                p.quiet-text { (page.lang.say_with("board-rows", &[("count", shown.into()), ("all", board.people.into())])) }
            }
        }
    }
}

/// Somebody further down has the better record, among the first so many lines: places are won from people, and nobody
/// moves by a score alone.
pub(super) fn by_challenge(board: &LadderBoard, shown: usize) -> bool {
    let records = || board.lines.iter().take(shown).filter_map(|line| Some((line.tier, line.record?)));
    let tiers = board.rules.has_tiers();
    records().enumerate().any(|(at, (tier, upper))| {
        records().skip(at + 1).any(|(below, lower)| (!tiers || below > tier) && lower.beats(&upper))
    }) || board.lines.first().is_some_and(|first| first.record.is_none() && records().next().is_some())
}

fn tier(star: &Star<'_>, tier: usize) -> Markup {
    let (page, board) = (star.page, &star.seen.board);
    html! {
        strong { (page.lang.say_with("star-tier", &[("tier", (tier + 1).into())])) }
        @if let Some(seats) = board.rules.seats(tier) {
            " " span.quiet-text { (page.lang.say_with("star-seats", &[("seats", seats.into())])) }
            @if let Some(free) = board.free_seats.get(tier).filter(|free| **free > 0) {
                " " (pill(&page.lang.say_with("star-free-seats", &[("free", (*free).into())]), Tone::Good))
            }
        }
    }
}

fn record(star: &Star<'_>, line: &BoardLine) -> Markup {
    match &line.record {
        Some(record) => html! { (words::outcome(star.page.lang, record)) },
        None if star.records() => html! { span.quiet-text { (star.page.say("star-no-record")) } },
        None => html! {},
    }
}

/// What is allowed, or which rule forbids it and when that ends.
fn may(star: &Star<'_>, line: &BoardLine, label: &str) -> Markup {
    let Some(may) = &line.may else { return html! {} };
    allowed(star, may, |terms| key(line).map_or_else(Markup::default, |key| challenge(star, line, &key, terms, label)))
}

fn challenge(star: &Star<'_>, line: &BoardLine, key: &str, terms: &Terms, label: &str) -> Markup {
    let page = star.page;
    let name = star.name(&line.entrant);
    let body = html! {
        p { (page.lang.say_with("star-challenge-whom", &[("name", name.into())])) }
        ul.plain {
            @if let Some(record) = &terms.to_beat {
                li { (page.lang.say_with("star-to-beat", &[("outcome", words::outcome(page.lang, record).into())])) }
            } @else if star.records() { li { (page.say("star-any-score")) } }
            @if let Some(until) = terms.respond_by {
                li { (page.lang.say_with("star-respond-by", &[("until", star.zone.minute(until).into())])) }
            }
            @if terms.free { li { (page.say("star-free")) } }
            @if !terms.counts { li { (page.say("star-counts-not")) } }
            @if star.records() { li { strong { (page.say("star-clock-starts")) } } }
        }
        form method="post" action={ (star.at()) "/challenges" } {
            input type="hidden" name="target" value=(key);
            input type="hidden" name="operation" value=(operation(star, key));
            (partials::button(&page.say(if star.records() { "star-sit-now" } else { "star-send" }), Look::Primary))
        }
    };
    partials::dialog(&page.say(label), Look::Primary, &page.say("star-challenge"), &body)
}

/// A paper for oneself: a defence, or a first score.
pub(super) fn sit(star: &Star<'_>, aim: &str, label: &str, hint: &str) -> Markup {
    let page = star.page;
    let body = html! {
        p { (hint) }
        p { strong { (page.say("star-clock-starts")) } }
        form method="post" action={ (star.at()) "/challenges" } {
            input type="hidden" name="aim" value=(aim);
            input type="hidden" name="operation" value=(operation(star, aim));
            (partials::button(&page.say("star-sit-now"), Look::Primary))
        }
    };
    partials::dialog(&page.say(label), Look::Primary, &page.say(label), &body)
}

/// The same for two taps on one page, another one after a challenge: which of them it is shows in what is there.
fn operation(star: &Star<'_>, aim: &str) -> String {
    use sha2::{Digest as _, Sha256};
    let board = &star.seen.board;
    let open: Vec<&str> = board.bouts.iter().map(|bout| bout.id.as_str()).collect();
    let newest = star.seen.happened.first().map_or(0, |one| one.at.0);
    let what =
        format!("{:?}\n{}\n{aim}\n{open:?}\n{newest}\n{}", star.audience, board.rules.id, star.seen.now.0 / 60_000);
    data_encoding::HEXLOWER.encode(&Sha256::digest(what)[..16])
}

/// What a challenge names.
fn key(line: &BoardLine) -> Option<String> {
    line.who.as_ref().map(Seen::key)
}

/// The last two levels of somebody's unit.
fn unit(line: &BoardLine) -> Option<String> {
    let Some(Seen::Entrant { unit: Some(unit), .. }) = &line.who else { return None };
    Some(short(unit))
}

pub(super) fn short(unit: &UnitPath) -> String {
    let names: Vec<&str> = unit.as_str().split('/').collect();
    names[names.len().saturating_sub(2)..].join(" · ")
}

/// Whom a challenge is made to, in words.
pub(super) fn aim(star: &Star<'_>, aim: &Aim) -> String {
    match aim {
        Aim::Person(target) => star.name(target),
        Aim::Defence => star.page.say("ladder-aim-defence").into_owned(),
        Aim::Entry => star.page.say("ladder-aim-entry").into_owned(),
    }
}

/// Whether challenges are decided by papers of this program.
pub(super) fn has_papers(star: &Star<'_>) -> bool {
    !matches!(star.seen.board.rules.format, Format::Judged { .. })
}
