//! `/contests/{id}/ladders/{ladder}`: the star board (明星榜) of a ladder, for phones and desks.
//!
//! Complete without script; `static/star.js` fetches it again when the contest's socket says that the ladder looks
//! different.

use axum::{
    Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{address, audience, bouts, lines, name, no_such_page};
use crate::{
    app::{App, ladder::LadderSeen},
    rules::{
        ladder::{Barred, Terms, rules::Format},
        names::{ContestId, Id},
        view::{self, Audience, Heading, Shows},
    },
    web::{
        Page, Result, Web,
        board::rows,
        organizer::Zone,
        partials::{self, Look, Tone, pill},
    },
    words::ladder as words,
};

/// Of what happened, and of the reigns.
const NEWS: usize = 12;
const REIGNS: usize = 20;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/contests/{id}/ladders/{ladder}", get(star))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Said {
    said: String,
}

/// What the parts of the page need.
pub(super) struct Star<'s> {
    pub(super) page: &'s Page,
    pub(super) contest: &'s ContestId,
    pub(super) seen: &'s LadderSeen,
    pub(super) audience: &'s Audience,
    pub(super) zone: Zone,
}

impl Star<'_> {
    pub(super) fn name(&self, entrant: &crate::rules::names::EntrantId) -> String {
        name(self.page.lang, &self.seen.called, entrant)
    }

    pub(super) fn is_me(&self, entrant: &crate::rules::names::EntrantId) -> bool {
        matches!(self.audience, Audience::Entrant(own) if own == entrant)
    }

    pub(super) fn records(&self) -> bool {
        matches!(self.seen.board.rules.format, Format::Record { .. })
    }

    pub(super) fn at(&self) -> String {
        address(self.contest, &self.seen.board.rules.id)
    }
}

async fn star(
    page: Page,
    State(app): State<App>,
    Path((contest, ladder)): Path<(ContestId, Id)>,
    Query(Said { said }): Query<Said>,
) -> Result<Response> {
    let notice = match said.as_str() {
        "sent" | "accepted" | "declined" | "joined" | "seat" | "waived" | "leave" | "back" => {
            Some((Tone::Good, page.say(&format!("star-said-{said}")).into_owned()))
        }
        _ => None,
    };
    show(page, &app, &contest, &ladder, notice).await
}

/// The board with what is to be told above it; a refusal is an answer of its own.
pub(super) async fn show(
    page: Page,
    app: &App,
    contest: &ContestId,
    ladder: &Id,
    notice: Option<(Tone, String)>,
) -> Result<Response> {
    let audience = audience(&page, contest);
    let heading = app.read(contest, view::heading).await?;
    let seen = app.ladder(contest, ladder, &audience).await.map_err(no_such_page)?;
    let zone = Zone::of(&heading);
    let star = Star { page: &page, contest, seen: &seen, audience: &audience, zone };
    let body = body(&star, &heading, notice.as_ref());
    let title = seen.board.rules.title.clone();
    let status = match notice {
        Some((Tone::Bad, _)) => StatusCode::CONFLICT,
        _ => StatusCode::OK,
    };
    let shown = page.wide().style("star.css").script("star.js").show(&title, &body);
    Ok((status, shown).into_response())
}

fn body(star: &Star<'_>, heading: &Heading, notice: Option<&(Tone, String)>) -> Markup {
    let (page, board) = (star.page, &star.seen.board);
    html! {
        div #star data-contest=(star.contest) data-ladder=(board.rules.id) data-words=(rows::words(page.lang)) data-timezone=(heading.timezone) {
            p.over { a href={ "/contests/" (star.contest) } { (heading.title) } }
            div.row.between {
                h1 { (board.rules.title) }
                p.row {
                    @if let Some(season) = board.season {
                        (pill(&page.lang.say_with("star-season", &[("number", season.number.into()), ("ends", star.zone.minute(season.ends).into())]), Tone::Plain))
                    }
                    span #connection role="status" {}
                }
            }
            @if let Some((tone, text)) = notice { (partials::notice(*tone, &html! { p { (text) } })) }
            div.star-columns {
                div {
                    div #ladder data-live {
                        @if board.frozen_since.is_some() { (frozen(star)) }
                        @if board.shows == Shows::Nothing {
                            (partials::empty(&page.say("board-hidden-title"), &html! { p { (page.say("board-hidden")) } }))
                        } @else {
                            (lines::throne(star))
                        }
                        (own(star))
                        @if board.shows != Shows::Nothing || board.place.is_some() { (lines::all(star)) }
                    }
                }
                div #news data-live { (news(star)) (titles(star)) (reigns(star)) }
            }
            p #announcer .visually-hidden aria-live="polite" {}
            p.row { a.quiet href={ "/contests/" (star.contest) "/screen?ladder=" (board.rules.id) } { (page.say("board-screen")) } }
        }
    }
}

fn frozen(star: &Star<'_>) -> Markup {
    let at = star.seen.board.frozen_since.map(|at| star.zone.minute(at)).unwrap_or_default();
    let text = star.page.lang.say_with("star-frozen", &[("at", at.into())]);
    partials::notice(Tone::Bad, &html! { p { (text) } })
}

/// One's own place and what one may do; for those who are nobody here, the way in.
fn own(star: &Star<'_>) -> Markup {
    let (page, board) = (star.page, &star.seen.board);
    let Audience::Entrant(_) = star.audience else {
        let door = format!("/contests/{}/log-in", star.contest);
        return html! {
            p.star-door { (partials::link_button(&door, &page.say("star-log-in"), Look::Primary)) " " span.quiet-text { (page.say("star-log-in-hint")) } }
        };
    };
    html! {
        section #mine .card {
            h2 { (page.say("star-mine")) }
            p {
                @if let Some(place) = board.place {
                    strong { (page.lang.say_with("worker-place", &[("place", place.into()), ("count", board.people.into())])) }
                } @else { (page.say("worker-not-on-ladder")) }
                @if let Some(until) = board.leave_until {
                    " " (pill(&page.lang.say_with("star-on-leave", &[("until", star.zone.minute(until).into())]), Tone::Warn))
                }
                @if let Some(until) = board.protected_until {
                    " " (pill(&page.lang.say_with("star-protected", &[("until", star.zone.minute(until).into())]), Tone::Good))
                }
            }
            (bouts::of_board(star))
            div.row { (enter(star)) (defend(star)) (seat(star)) (waive(star)) (leave(star)) }
        }
    }
}

/// A button, or why not.
pub(super) fn allowed<T>(
    star: &Star<'_>,
    may: &std::result::Result<T, Barred>,
    button: impl FnOnce(&T) -> Markup,
) -> Markup {
    match may {
        Ok(terms) => button(terms),
        Err(why) => html! { span.barred { (words::barred(star.page.lang, why)) } },
    }
}

fn enter(star: &Star<'_>) -> Markup {
    let Some(may) = &star.seen.board.may_enter else { return html! {} };
    let by_score = star.seen.board.rules.entry.by == crate::rules::ladder::rules::EnterBy::Score;
    allowed(star, may, |()| {
        if by_score {
            lines::sit(star, "entry", "star-enter", &star.page.say("star-enter-hint"))
        } else {
            act(star, "join", "star-join", Look::Primary)
        }
    })
}

/// Who holds it defends (守擂); everybody else sets a better record of their own.
fn defend(star: &Star<'_>) -> Markup {
    let board = &star.seen.board;
    let Some(may) = &board.may_defend else { return html! {} };
    let holds = board.lines.iter().any(|line| line.place == 1 && star.is_me(&line.entrant));
    let label = if holds { "star-defend" } else { "star-renew" };
    match may {
        Ok(Terms { .. }) => lines::sit(star, "defence", label, &star.page.say("star-defend-hint")),
        Err(why) => html! { span.barred { (star.page.say(label)) "：" (words::barred(star.page.lang, why)) } },
    }
}

fn seat(star: &Star<'_>) -> Markup {
    // Without a free seat there is nothing to say.
    if let Some(Ok(())) = &star.seen.board.may_take_seat {
        act(star, "seat", "star-take-seat", Look::Primary)
    } else {
        html! {}
    }
}

fn waive(star: &Star<'_>) -> Markup {
    html! { @if star.seen.board.protected_until.is_some() { (act(star, "waive", "star-waive", Look::Plain)) } }
}

fn leave(star: &Star<'_>) -> Markup {
    let page = star.page;
    if star.seen.board.leave_until.is_some() {
        return act(star, "back", "star-back", Look::Plain);
    }
    if star.seen.board.place.is_none() {
        return html! {};
    }
    let form = html! {
        p { (page.say("star-leave-hint")) }
        form method="post" action={ (star.at()) "/acts" } {
            input type="hidden" name="do" value="leave";
            div.field {
                label for="leave-until" { (page.say("star-leave-until")) }
                input type="date" id="leave-until" name="until" required;
            }
            (partials::button(&page.say("star-leave"), Look::Primary))
        }
    };
    partials::dialog(&page.say("star-leave"), Look::Plain, &page.say("star-leave"), &form)
}

fn act(star: &Star<'_>, what: &str, key: &str, look: Look) -> Markup {
    html! {
        form method="post" action={ (star.at()) "/acts" } {
            input type="hidden" name="do" value=(what);
            (partials::button(&star.page.say(key), look))
        }
    }
}

/// What happened, the newest first.
fn news(star: &Star<'_>) -> Markup {
    let (page, seen) = (star.page, star.seen);
    html! {
        section.card {
            h2 { (page.say("star-news")) }
            @if seen.happened.is_empty() || seen.board.shows == Shows::Nothing { p.quiet-text { (page.say("star-no-news")) } }
            @else {
                ol.news {
                    @for one in seen.happened.iter().take(NEWS) {
                        li .gold[super::screen::is_star(&one.what)] {
                            (words::happened(page.lang, &one.what, star.records(), |id| star.name(id)))
                            small { (star.zone.minute(one.at)) }
                        }
                    }
                }
            }
        }
    }
}

/// Of the last season.
fn titles(star: &Star<'_>) -> Markup {
    let Some(titles) = &star.seen.board.titled else { return html! {} };
    html! {
        section.card {
            h2 { (star.page.lang.say_with("star-season-titles", &[("season", titles.season.into())])) }
            ol.reigns {
                @for (title, holder) in &titles.given { li { strong { (star.name(holder)) } " " (pill(title, Tone::Good)) } }
            }
        }
    }
}

/// Who was at the top, for how long, and what they held against.
fn reigns(star: &Star<'_>) -> Markup {
    let (page, seen) = (star.page, star.seen);
    if seen.reigns.is_empty() || seen.board.shows == Shows::Nothing {
        return html! {};
    }
    html! {
        section.card {
            h2 { (page.say("star-reigns")) }
            ol.reigns {
                @for reign in seen.reigns.iter().take(REIGNS) {
                    li {
                        strong { (star.name(&reign.holder)) }
                        @if reign.until.is_none() { " " (pill(&page.say("star-reigning"), Tone::Good)) }
                        br;
                        (page.lang.say_with("star-reigned", &[("days", reign.days.into()), ("defences", reign.defences.into())]))
                        small {
                            (star.zone.minute(reign.since)) " – " @if let Some(until) = reign.until { (star.zone.minute(until)) }
                            @if let Some(from) = &reign.won_from {
                                " · " (page.lang.say_with("star-won-from", &[("name", star.name(from).into())]))
                            }
                        }
                    }
                }
            }
        }
    }
}
