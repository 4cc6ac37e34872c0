//! `/organizer/{contest}/awards`: all prizes with their winners, what waits for people, documents, certificates.

use axum::{
    Extension, Router,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};

use super::{acts::Typed, cards::Awards, files::DOCUMENTS, press::Press, printing, site::Site};
use crate::{
    files::prizes::{self, Names},
    rules::{
        award,
        ledger::{
            Instant,
            entry::{Given, Phase},
        },
        view::{Prizes, SummaryData},
    },
    web::{
        Page, Result, Web,
        organizer::{Desk, Place},
        partials::{self, Look, Tone},
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/organizer/{contest}/awards", get(show))
}

async fn show(desk: Desk, Site(site): Site, Extension(press): Extension<Press>) -> Result<Markup> {
    render(desk, &press, &site, None, None).await
}

/// The page again, after something that was not done: what and why, with what was typed.
pub(super) async fn again(
    desk: Desk,
    press: &Press,
    site: &str,
    problem: Option<&str>,
    typed: Option<&Typed>,
) -> Result<Response> {
    let page = render(desk, press, site, problem, typed).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn render(
    mut desk: Desk,
    press: &Press,
    site: &str,
    problem: Option<&str>,
    typed: Option<&Typed>,
) -> Result<Markup> {
    let (prizes, names) = desk.app.prizes(&desk.contest).await?;
    let names: Names = names.into_iter().collect();
    let tables = desk.app.summary(&desk.contest).await?;
    let definition = desk.definition();
    let base = desk.at(Place::Awards);
    desk.page = desk.page.script("refresh.js").style("staff.css").style("prizes.css");
    let page = &desk.page;
    let at = Awards { page, base: &base, prizes: &prizes, names: &names, typed };
    let summaries: Vec<String> = tables.iter().map(table_title).collect();
    let body = html! {
        @if let Some(problem) = problem {
            (partials::notice(Tone::Bad, &html! { @for line in problem.lines() { p { (line) } } }))
        }
        @if prizes.awards.is_empty() {
            (partials::empty(&page.say("award-none"), &html! { p { (page.say("award-none-hint")) } }))
        } @else {
            (standing(page, &base, &prizes))
            (at.warnings(definition.as_ref()))
            @for allotted in &prizes.preview.awards { (at.award(allotted)) }
            section.card {
                h2 { (page.say("award-owed")) }
                p { (prizes::owed_words(page.lang, &prizes::owed(&prizes))) }
            }
            (printing::card(page, &base, &prizes, site, press.progress(&desk.contest)))
        }
        (documents(page, &base, &prizes, &summaries))
    };
    Ok(desk.show(Place::Awards, &body))
}

/// Where the contest stands with its prizes, and the one button that comes next.
fn standing(page: &Page, base: &str, prizes: &Prizes) -> Markup {
    let (tone, key) = match (&prizes.announced, prizes.heading.sealed) {
        (Some(_), _) => (Tone::Good, "award-announced"),
        (None, true) => (Tone::Good, "award-ready"),
        (None, false) => (Tone::Wait, "award-preview"),
    };
    let now: Vec<&Given> = prizes.preview.given().collect();
    let differs = prizes.announced.as_ref().is_some_and(|given| given.iter().collect::<Vec<_>>() != now);
    let blocks = blocks(page, prizes);
    html! {
        (partials::notice(tone, &html! {
            p { (page.say(key)) }
            @if differs { p { (page.say("award-differs")) } }
            @if !prizes.identities_open { p { (page.say("award-numbers-only")) } }
        }))
        @if prizes.announced.is_none() || differs {
            @if blocks.is_empty() {
                @let title = page.say(if differs { "award-announce-again" } else { "award-announce" });
                (partials::dialog(&title, Look::Primary, &page.say("award-announce-title"), &html! {
                    p { (page.lang.say_with("award-announce-hint", &[("winners", now.len().into())])) }
                    form method="post" action={ (base) "/announce" } { (partials::button(&title, Look::Primary)) }
                }))
            } @else {
                details.card open { summary { (page.say("award-announce-blocked")) }
                    ul { @for block in &blocks { li { (block) } } } }
            }
        }
    }
}

/// What stands before an announcement.
fn blocks(page: &Page, prizes: &Prizes) -> Vec<String> {
    let mut blocks = Vec::new();
    if prizes.heading.phase < Phase::Sealed {
        blocks.push(page.say("award-block-phase").into_owned());
    }
    if !prizes.identities_open {
        blocks.push(page.say("award-block-identities").into_owned());
    }
    for allotted in prizes.preview.awards.iter().filter(|allotted| !allotted.undecided.is_empty()) {
        let title = title(prizes, &allotted.at);
        blocks.push(page.lang.say_with("award-block-undecided", &[("award", title.into())]).into_owned());
    }
    blocks
}

fn documents(page: &Page, base: &str, prizes: &Prizes, summaries: &[String]) -> Markup {
    let proposals = prizes.awards.iter().any(|award| award.proposal);
    let links = |name: &str, kinds: &[&str]| {
        html! { span.kinds { @for kind in kinds { a.button href={ (base) "/files/" (name) "." (kind) } { (kind.to_uppercase()) } } } }
    };
    html! {
        section.card #files {
            h2 { (page.say("award-files")) }
            @if !prizes.heading.sealed { p { (page.say("award-not-final-files")) } }
            ul.documents {
                @for (name, key, kinds) in DOCUMENTS {
                    @if name == "summary" {
                        @for (at, table) in summaries.iter().enumerate() {
                            li { span { (page.say(key)) @if !table.is_empty() { " · " (table) } } (links(&format!("{name}-{}", at + 1), kinds)) }
                        }
                    } @else if name != "proposals" || proposals {
                        li { span { (page.say(key)) } (links(name, kinds)) }
                    }
                }
            }
        }
    }
}

fn table_title(table: &SummaryData) -> String {
    let parts = [&table.event, &table.group].into_iter().flatten().map(|named| named.title.clone());
    table.title.clone().unwrap_or_else(|| parts.collect::<Vec<_>>().join(" · "))
}

pub(super) fn title(prizes: &Prizes, at: &award::At) -> String {
    prizes::award_title(prizes, &at.award, at.event.as_ref(), at.group.as_ref())
}

/// Day, hours and minutes at the contest's place.
pub(super) fn moment(timezone: &str, at: Instant) -> String {
    local(timezone, at).strftime("%Y-%m-%d %H:%M").to_string()
}

pub(super) fn date(timezone: &str, at: Instant) -> String {
    local(timezone, at).strftime("%Y-%m-%d").to_string()
}

fn local(timezone: &str, at: Instant) -> jiff::Zoned {
    let zone = jiff::tz::TimeZone::get(timezone).unwrap_or(jiff::tz::TimeZone::UTC);
    jiff::Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(zone)
}
