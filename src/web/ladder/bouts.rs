//! A worker's open challenges, with what is to be done about each: on the star board, and on the worker's own page.

use maud::{Markup, html};

use super::{address, lines, page::Star};
use crate::{
    app::{App, called::Called, ladder::LadderSeen},
    rules::{
        ladder::{Bout, Notice, Noticed, Owed, Status},
        ledger::{Instant, ladder::Aim},
        names::{ChallengeId, ContestId, EntrantId, Id},
        view::Audience,
    },
    web::{
        Page, Result,
        board::rows::label,
        organizer::Zone,
        partials::{self, Look, Tone, pill},
        prizes,
    },
    words::ladder as words,
};

/// The viewer's open challenges on a star board.
pub(super) fn of_board(star: &Star<'_>) -> Markup {
    let Audience::Entrant(own) = star.audience else { return html! {} };
    let page = star.page;
    let mine: Vec<&Bout> = star.seen.board.bouts.iter().filter(|bout| is_in(bout, own)).collect();
    html! {
        @if !mine.is_empty() {
            ul.bouts {
                @for bout in mine {
                    li {
                        p {
                            strong { (star.name(&bout.challenger)) " → " (lines::aim(star, &bout.aim)) }
                            @let deadline = if bout.status == Status::Asked { bout.respond_by } else { bout.play_by };
                            @if let Some(until) = deadline {
                                " " (pill(&page.lang.say_with("worker-until", &[("at", star.zone.minute(until).into())]), Tone::Warn))
                            }
                        }
                        (what_to_do(page, star.contest, &star.seen.board.rules.id, bout, own, lines::has_papers(star)))
                    }
                }
            }
        }
    }
}

fn is_in(bout: &Bout, entrant: &EntrantId) -> bool {
    bout.challenger == *entrant || matches!(&bout.aim, Aim::Person(target) if target == entrant)
}

fn what_to_do(page: &Page, contest: &ContestId, ladder: &Id, bout: &Bout, own: &EntrantId, has_papers: bool) -> Markup {
    let is_challenger = bout.challenger == *own;
    let stands = bout.respond_by.is_none() && !is_challenger;
    let plays = bout.status == Status::Playing && !stands && !bout.played.contains(own);
    html! {
        @if bout.status == Status::Asked && !is_challenger { (answer(page, contest, ladder, &bout.id)) }
        @else if bout.status == Status::Asked { (withdraw(page, contest, ladder, &bout.id)) }
        @else if plays && has_papers { (play(page, contest, ladder, &bout.id)) }
        @else if plays { p.quiet-text { (page.say("star-wait-for-judges")) } }
        @else if stands { p.quiet-text { (page.say("star-record-stands")) } }
        @else { p.quiet-text { (page.say("star-wait-for-other")) } }
    }
}

/// Accept; or decline, which is a lapse and asked twice.
fn answer(page: &Page, contest: &ContestId, ladder: &Id, challenge: &ChallengeId) -> Markup {
    let decline = html! {
        p { (page.say("star-decline-hint")) }
        (form(contest, ladder, challenge, "decline", &partials::button(&page.say("star-decline-do"), Look::Danger)))
    };
    html! {
        div.row {
            (form(contest, ladder, challenge, "accept", &partials::button(&page.say("star-accept"), Look::Primary)))
            (partials::dialog(&page.say("star-decline"), Look::Danger, &page.say("star-decline"), &decline))
        }
    }
}

fn withdraw(page: &Page, contest: &ContestId, ladder: &Id, challenge: &ChallengeId) -> Markup {
    let body = html! {
        p { (page.say("star-withdraw-hint")) }
        (form(contest, ladder, challenge, "withdraw", &partials::button(&page.say("star-withdraw"), Look::Danger)))
    };
    partials::dialog(&page.say("star-withdraw"), Look::Plain, &page.say("star-withdraw"), &body)
}

fn play(page: &Page, contest: &ContestId, ladder: &Id, challenge: &ChallengeId) -> Markup {
    form(contest, ladder, challenge, "play", &partials::button(&page.say("star-play"), Look::Primary))
}

fn form(contest: &ContestId, ladder: &Id, challenge: &ChallengeId, what: &str, button: &Markup) -> Markup {
    html! {
        form method="post" action={ "/contests/" (contest) "/challenges/" (challenge) } {
            input type="hidden" name="ladder" value=(ladder);
            input type="hidden" name="do" value=(what);
            (button)
        }
    }
}

/// What is to know or to do, the earliest deadline first: on the worker's own page.
pub(in crate::web) fn todo(
    page: &Page,
    contest: &ContestId,
    zone: &Zone,
    notices: &[Notice],
    called: &Called,
) -> Markup {
    html! {
        section #challenges .card data-refresh hidden[notices.is_empty()] {
            h2 { (page.say("worker-notices")) " " span.number { (notices.len()) } }
            ul.bouts {
                @for notice in notices {
                    li {
                        p {
                            strong { (words::notice(page.lang, &notice.what, |one| label(page.lang, &called.who(one)))) }
                            @if let Some(until) = notice.until {
                                " " (pill(&page.lang.say_with("worker-until", &[("at", zone.minute(until).into())]), Tone::Warn))
                            }
                            " " small { a href=(address(contest, &notice.ladder.id)) { (notice.ladder.title) } }
                        }
                        (act(page, contest, notice))
                    }
                }
            }
        }
    }
}

fn act(page: &Page, contest: &ContestId, notice: &Notice) -> Markup {
    let ladder = &notice.ladder.id;
    match &notice.what {
        Noticed::Challenged { challenge, .. } => answer(page, contest, ladder, challenge),
        Noticed::Awaiting { challenge, .. } => withdraw(page, contest, ladder, challenge),
        Noticed::Play { challenge, .. } => play(page, contest, ladder, challenge),
        Noticed::Defend { renews: true, .. } | Noticed::Undefended { .. } => {
            partials::link_button(&address(contest, ladder), &page.say("star-defend"), Look::Primary)
        }
        _ => html! {},
    }
}

/// What became of a challenge by a worker's own paper: won or not, against whom, their place now, the way back.
pub(in crate::web) fn came_of(
    page: &Page,
    contest: &ContestId,
    own: &EntrantId,
    bout: &Bout,
    seen: &LadderSeen,
    called: &Called,
) -> Markup {
    let board = &seen.board;
    let other = match &bout.aim {
        Aim::Person(target) if target == own => Some(&bout.challenger),
        Aim::Person(target) => Some(target),
        Aim::Defence | Aim::Entry => None,
    };
    let name = other.map(|other| label(page.lang, &called.who(other))).unwrap_or_default();
    let record = board.lines.iter().find(|line| line.entrant == *own).and_then(|line| line.record);
    let (tone, text) = match (&bout.status, &bout.aim) {
        (Status::Asked | Status::Playing, _) => (Tone::Wait, page.say("star-came-open").into_owned()),
        (Status::Lapsed { why }, _) => {
            let why = words::lapsed(page.lang, *why);
            (Tone::Warn, page.lang.say_with("star-came-lapsed", &[("why", why.into())]).into_owned())
        }
        (Status::Decided { winner }, Aim::Person(_)) => {
            let (tone, key) =
                if winner == own { (Tone::Good, "star-came-won") } else { (Tone::Warn, "star-came-lost") };
            (tone, page.lang.say_with(key, &[("name", name.into())]).into_owned())
        }
        (Status::Decided { .. }, Aim::Entry) => (Tone::Good, page.say("star-came-entered").into_owned()),
        (Status::Decided { .. }, Aim::Defence) => {
            let record = record.map(|record| words::outcome(page.lang, &record)).unwrap_or_default();
            (Tone::Good, page.lang.say_with("star-came-defended", &[("record", record.into())]).into_owned())
        }
    };
    html! {
        section #came-of .card {
            h2 { (board.rules.title) }
            (partials::notice(tone, &html! { p { strong { (text) } } }))
            @if let Some(place) = board.place {
                p { (page.lang.say_with("star-came-place", &[("place", place.into()), ("count", board.people.into())])) }
            }
            p { (partials::link_button(&address(contest, &bout.ladder), &page.say("worker-to-ladder"), Look::Primary)) }
        }
    }
}

/// The ladders of a contest as one worker stands on them, with the titles earned.
///
/// # Errors
/// When the contest cannot be read.
pub(in crate::web) async fn mine(
    page: &Page,
    app: &App,
    contest: &ContestId,
    entrant: &EntrantId,
    zone: &Zone,
) -> Result<Markup> {
    let mut cards = Vec::new();
    for titled in app.ladders(contest).await? {
        let seen = app.ladder(contest, &titled.id, &Audience::Entrant(entrant.clone())).await?;
        let bouts = seen.board.bouts.iter().filter(|bout| is_in(bout, entrant)).count();
        let reigns: u32 = seen.reigns.iter().filter(|reign| reign.holder == *entrant).map(|reign| reign.days).sum();
        cards.push(html! {
            section.card {
                h2 { (titled.title) }
                p {
                    @if let Some(place) = seen.board.place {
                        strong { (page.lang.say_with("worker-place", &[("place", place.into()), ("count", seen.board.people.into())])) }
                    } @else { (page.say("worker-not-on-ladder")) }
                    @if bouts > 0 { " " (pill(&page.lang.say_with("worker-bouts", &[("count", bouts.into())]), Tone::Live)) }
                    @if reigns > 0 { " " (pill(&page.lang.say_with("worker-reigned", &[("days", reigns.into())]), Tone::Good)) }
                }
                p { (partials::link_button(&address(contest, &titled.id), &page.say("worker-to-ladder"), Look::Primary)) }
            }
        });
    }
    let owed = app.ladder_rewards(contest).await?.0;
    let own: Vec<&Owed> = owed.iter().filter(|one| one.entrant == *entrant).collect();
    let day = |at: Instant| zone.minute(at).split(' ').next().unwrap_or_default().to_owned();
    Ok(html! {
        @for card in cards { (card) }
        @if !own.is_empty() {
            section.card {
                h2 { (page.say("star-titles")) }
                ul.plain {
                    @for one in own {
                        li {
                            (pill(&one.title, Tone::Good)) " " (one.ladder.title) " "
                            small { (day(one.at)) @if one.given.is_some() { " · " (page.say("star-reward-given")) } }
                            @if let Some(serial) = &one.serial {
                                p { (prizes::certificate_link(page, contest, serial, &one.title)) }
                            }
                        }
                    }
                }
            }
        }
    })
}
