//! The papers of a contest on a worker's own page: what may be sat now and until when, or which rule forbids it and
//! when that ends; what came of those that were.

use maud::{Markup, html};

use crate::{
    app::App,
    rules::{
        ledger::Instant,
        names::{ContestId, EntrantId, PaperId},
        papers::{Closed, Offer, Rules, Sat, rules::After, rules::Take},
    },
    web::{
        Page, Result,
        organizer::Zone,
        partials::{self, Look, Tone},
    },
    words::paper as words,
};

/// Attempts that are listed; the newest come first, the others fold away.
const ATTEMPTS_SHOWN: usize = 5;

pub(super) async fn cards(
    page: &Page,
    app: &App,
    contest: &ContestId,
    entrant: &EntrantId,
    zone: &Zone,
) -> Result<Markup> {
    let offers = app.paper_offers(contest, entrant).await?;
    let now = app.now();
    Ok(html! { @for offer in &offers { (card(page, contest, zone, offer, now)) } })
}

fn card(page: &Page, contest: &ContestId, zone: &Zone, offer: &Offer, now: Instant) -> Markup {
    let rules = &offer.rules;
    html! {
        section.card data-paper=(rules.id) {
            h2 { (rules.title) }
            p.quiet-text { (words::size(page.lang, rules)) }
            (chance(page, contest, zone, offer, now))
            (came_of_it(page, contest, zone, offer))
        }
    }
}

/// What can be done now: go on, start, or why not.
fn chance(page: &Page, contest: &ContestId, zone: &Zone, offer: &Offer, now: Instant) -> Markup {
    let say = |key: &str, at: String| page.lang.say_with(key, &[("at", at.into())]).into_owned();
    if let Some((paper, sat)) = offer.open(now) {
        return html! {
            @if let Some(ends) = sat.ends {
                p { (partials::pill(&say("worker-paper-ends", zone.second(ends)), Tone::Warn)) }
            }
            p { (partials::link_button(&format!("/contests/{contest}/papers/{paper}"), &page.say("worker-paper-continue"),
                Look::Primary)) }
        };
    }
    let practises = offer.practice && offer.ready;
    html! {
        @match &offer.next {
            _ if !offer.ready => p.notice data-tone="plain" { (page.say("worker-paper-no-bank")) },
            Ok(_) => {
                p {
                    (partials::pill(&page.say("worker-paper-open"), Tone::Live)) " "
                    @if let Some(until) = &offer.until {
                        (say(if offer.is_short { "worker-paper-short" } else { "worker-paper-until" }, words::minute(until))) " "
                    }
                    (left(page, offer))
                }
            },
            Err(Closed::Sitting { .. }) => {},
            Err(why) => p.notice data-tone="plain" { (words::sentence(page.lang, why)) },
        }
        div.row {
            @if offer.ready && offer.next.is_ok() {
                (start(page, contest, &offer.rules, "worker-paper-start", Look::Primary, false))
            }
            @if practises { (start(page, contest, &offer.rules, "worker-paper-practise", Look::Plain, true)) }
        }
    }
}

fn left(page: &Page, offer: &Offer) -> Markup {
    let count = |key: &str, count: u32| page.lang.say_with(key, &[("count", count.into())]).into_owned();
    html! {
        @if let Some(today) = offer.left_today { (count("worker-paper-left-today", today)) " " }
        @if let Some(left) = offer.left { (count("worker-paper-left", left)) }
    }
}

fn start(page: &Page, contest: &ContestId, rules: &Rules, key: &str, look: Look, practice: bool) -> Markup {
    html! {
        form method="post" action={ "/contests/" (contest) "/papers" } {
            input type="hidden" name="paper" value=(rules.id);
            @if practice { input type="hidden" name="practice" value="yes"; }
            (partials::button(&page.say(key), look))
        }
    }
}

/// What counts, the place, and each attempt, as far as the definition shows them.
fn came_of_it(page: &Page, contest: &ContestId, zone: &Zone, offer: &Offer) -> Markup {
    let shown = offer.rules.after >= After::Score;
    let done: Vec<&(PaperId, Sat)> =
        offer.attempts.iter().rev().filter(|(_, sat)| sat.finished.is_some() && sat.challenge.is_none()).collect();
    let (newest, older) = done.split_at(done.len().min(ATTEMPTS_SHOWN));
    html! {
        @if let Some((value, used_ms)) = offer.counts.filter(|_| shown) {
            (partials::facts(&[
                (&page.say("worker-paper-counts"), html! { (words::counted(page.lang, &offer.rules, value)) }),
                (&page.say("paper-used-time"), html! { (words::clock(used_ms)) }),
            ]))
            @if let Some((place, count)) = offer.place {
                p { strong { (page.lang.say_with("worker-paper-place", &[("place", place.into()), ("count", count.into())])) } }
            }
            @if takes_one(offer) { p.quiet-text { (words::take(page.lang, &offer.rules)) } }
        }
        (draws(page, contest, zone, offer))
        (attempts(page, contest, zone, newest, shown))
        @if !older.is_empty() {
            details {
                summary { (page.lang.say_with("worker-paper-older", &[("count", older.len().into())])) }
                (attempts(page, contest, zone, older, shown))
            }
        }
    }
}

/// Prizes that were drawn: won or not, and where anybody sees who won.
fn draws(page: &Page, contest: &ContestId, zone: &Zone, offer: &Offer) -> Markup {
    html! {
        @for (at, _) in offer.draws.iter().filter(|(_, won)| *won) {
            (partials::notice(Tone::Good, &html! {
                p { strong { (page.lang.say_with("worker-prize-won", &[("at", zone.minute(*at).into())])) } }
            }))
        }
        @if !offer.draws.is_empty() {
            p { a href={ "/contests/" (contest) "/draws" } { (page.say("draws-title")) } }
        }
    }
}

/// Whether it has to be said which attempt counts.
fn takes_one(offer: &Offer) -> bool {
    offer.rules.attempts.most != Some(1) || offer.rules.attempts.take != Take::Best
}

fn attempts(page: &Page, contest: &ContestId, zone: &Zone, done: &[&(PaperId, Sat)], shown: bool) -> Markup {
    html! {
        @if !done.is_empty() {
            ul.plain.attempts {
                @for (paper, sat) in done {
                    @if let Some((at, finished)) = &sat.finished {
                        li {
                            a href={ "/contests/" (contest) "/papers/" (paper) } { (zone.minute(*at)) }
                            @if sat.practice { " " (partials::pill(&page.say("worker-paper-practice"), Tone::Plain)) }
                            @if shown {
                                " " strong { (page.lang.say_with("paper-item-points",
                                    &[("points", finished.points.normalize().to_string().into())])) }
                                " " span.quiet-text { (words::clock(finished.used_ms)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
