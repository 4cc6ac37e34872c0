//! `/contests/{id}/draws`: who won prizes that were drawn (抽奖), and how anybody draws them again.

use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use maud::{Markup, html};

use super::rows;
use crate::{
    app::{App, boards::Drawn},
    rules::{
        names::ContestId,
        view::{self, DrawSeen},
    },
    web::{
        Page, Result, Web,
        organizer::Zone,
        partials::{self, Column, Tone},
    },
    words::Language,
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/contests/{id}/draws", get(show))
}

/// The way there, once there is something to see.
pub(super) async fn link(app: &App, lang: Language, contest: &ContestId) -> Result<Markup> {
    let is_there = match app.read(contest, view::has_drawn).await {
        // Whoever shows a board of elsewhere has no draws here.
        Err(crate::app::Error::NotFound) => false,
        there => there?,
    };
    Ok(html! { @if is_there {
        p.row { a.button href={ "/contests/" (contest) "/draws" } { (lang.say("draws-title")) } }
    } })
}

async fn show(page: Page, State(app): State<App>, Path(contest): Path<ContestId>) -> Result<Markup> {
    let drawn = app.drawn_prizes(&contest).await?;
    let lang = page.lang;
    let heading = &drawn.seen.heading;
    let zone = Zone::of(heading);
    let body = html! {
        p.over { a href={ "/contests/" (contest) } { (heading.title) } }
        h1 { (lang.say("draws-title")) }
        @if drawn.seen.draws.is_empty() {
            (partials::empty(&lang.say("draws-none"), &html! { p { (lang.say("draws-none-next")) } }))
        }
        @for draw in &drawn.seen.draws { (one(lang, &zone, &drawn, draw)) }
    };
    let title = format!("{} · {}", lang.say("draws-title"), heading.title);
    Ok(page.show(&title, &body))
}

fn one(lang: Language, zone: &Zone, drawn: &Drawn, seen: &DrawSeen) -> Markup {
    let draw = &seen.draw;
    let titles = ["prizes-order", "column-name", "column-unit"].map(|key| lang.say(key));
    let columns = [Column::number(&titles[0]), Column::text(&titles[1]), Column::text(&titles[2])];
    let values = [("count", draw.winners.len().into()), ("among", draw.among.into())];
    let known = seen.winners.iter().any(Option::is_some);
    let rows = html! {
        @for (at, winner) in seen.winners.iter().enumerate() {
            tr {
                td.number { (at + 1) }
                td { @if let Some(winner) = winner { (rows::label(lang, &drawn.who(winner))) } @else { "–" } }
                td { @if let Some(unit) = winner.as_ref().and_then(|winner| drawn.unit(winner)) { (unit) } }
            }
        }
    };
    html! {
        section.card {
            h2 { (seen.title) }
            p.quiet-text { (zone.second(draw.at)) }
            p { (lang.say_with("prizes-result", &values)) }
            @if known {
                (partials::table(&lang.say("draws-title"), &columns, &rows))
            } @else {
                (partials::notice(Tone::Plain, &html! { p { (lang.say("draws-hidden")) } }))
            }
            details.repeat {
                summary { (lang.say("organizer-lots-repeat")) }
                (partials::facts(&[
                    (&lang.say("organizer-lots-seed"), html! { code.checksum { (draw.seed) } }),
                    (&lang.say("organizer-lots-digest"), html! { code.checksum {
                        (draw.digest.as_ref().map_or("", |digest| &digest.0)) } }),
                    (&lang.say("organizer-lots-label"), html! { code.checksum { (draw.label()) } }),
                ]))
                ol {
                    li { (lang.say("organizer-repeat-digest")) }
                    li { (lang.say("organizer-repeat-numbers")) }
                    li { (lang.say("prizes-repeat-shuffle")) }
                    li { (lang.say_with("prizes-repeat-first", &[("count", draw.winners.len().into())])) }
                }
                p { (lang.say("draws-list")) }
            }
        }
    }
}
