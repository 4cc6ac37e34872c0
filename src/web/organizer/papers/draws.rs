//! Prizes drawn (抽奖) among those with a valid paper, from a seed that was committed to before the draw.

use std::collections::BTreeSet;

use axum::{
    Router,
    extract::Path,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use maud::{Markup, html};
use serde::Deserialize;

use super::OfPaper;
use crate::{
    files::lists::{self, Drawn, Winner},
    rules::{
        names::{EntrantId, Id, UnitPath},
        papers::{self, PrizeDraw},
        view::organizer::Seed,
    },
    web::{
        Error, Result, Web,
        error::percent,
        form::Posted,
        organizer::{
            desk::Place,
            entrants::{self, CSV, Names, XLSX, attachment},
            moments::Zone,
        },
        partials::{self, Column, Field, Look, Tone},
    },
};

/// Prizes of one draw.
const PRIZES_MAX: usize = 10_000;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/papers/{paper}/draws", get(show))
        .route("/organizer/{contest}/papers/{paper}/draws/commit", post(commit))
        .route("/organizer/{contest}/papers/{paper}/draws/draw", post(draw))
        .route("/organizer/{contest}/papers/{paper}/draws/{draw}/{name}", get(file))
}

impl OfPaper {
    /// Draws for it begin with this, so that a seed committed for one paper is not used for another.
    fn purpose(&self) -> String {
        format!("prizes.{}.", self.rules.id)
    }

    fn is_for(&self, draw: &Id) -> bool {
        draw.as_str().strip_prefix(&self.purpose()).is_some_and(|rest| !rest.contains('.'))
    }

    fn seed(&self) -> Option<&Seed> {
        self.desk.view.seeds.iter().rev().find(|seed| !seed.used && self.is_for(&seed.draw))
    }

    /// The newest first.
    async fn drawn(&self) -> Result<Vec<PrizeDraw>> {
        let mut draws = self.desk.app.read(&self.desk.contest, papers::prize_draws).await?;
        draws.retain(|draw| draw.of == self.rules.id);
        draws.reverse();
        Ok(draws)
    }

    fn said(&self, said: &str, count: usize) -> Response {
        Redirect::to(&format!("{}?said={said}&count={count}", self.at("draws"))).into_response()
    }
}

async fn show(of: OfPaper) -> Result<Markup> {
    let body = page(&of, "", None).await?;
    Ok(of.show(&body))
}

async fn commit(of: OfPaper) -> Result<Response> {
    let desk = &of.desk;
    let receipt = desk.app.commit_seed(&desk.contest, &desk.actor, &of.purpose()).await?;
    desk.shown(receipt).await?;
    Ok(of.said("prizes-committed", 0))
}

#[derive(Deserialize)]
struct Wish {
    count: String,
}

async fn draw(of: OfPaper, Posted(Wish { count }): Posted<Wish>) -> Result<Response> {
    let desk = &of.desk;
    let seed = of.seed().ok_or(Error::NotFound)?.draw.clone();
    let among = among(&of).await?.len();
    let wanted = count.trim().parse::<usize>().ok().filter(|wanted| (1..=among.min(PRIZES_MAX)).contains(wanted));
    let Some(wanted) = wanted else {
        let problem = desk.count("prizes-count-wrong", among.min(PRIZES_MAX));
        let body = page(&of, &count, Some(&problem)).await?;
        return Ok(of.desk.wrong(Place::Papers, &body));
    };
    let prizes = u32::try_from(wanted).map_err(|_| Error::Internal)?;
    let receipt = desk.app.draw_prizes(&desk.contest, &desk.actor, seed, of.rules.id.clone(), prizes).await?;
    desk.shown(receipt).await?;
    Ok(of.said("prizes-drawn", wanted))
}

/// Those who may win now.
async fn among(of: &OfPaper) -> Result<Vec<EntrantId>> {
    Ok(of.desk.app.read(&of.desk.contest, |state| papers::valid(state, &of.rules.id)).await?)
}

async fn page(of: &OfPaper, count: &str, problem: Option<&str>) -> Result<Markup> {
    let desk = &of.desk;
    let (draws, among) = (of.drawn().await?, among(of).await?.len());
    let names = entrants::names(desk).await?;
    let held = match of.seed() {
        Some(seed) => desk.app.holds_seed(&desk.contest, &seed.draw).await,
        None => false,
    };
    Ok(html! {
        (of.head("papers-draws"))
        p { (desk.say("prizes-about")) }
        section.card {
            p { (desk.count("prizes-among", among)) }
            (steps(of, held, among, count, problem))
        }
        @for draw in &draws { (result(of, &names, draw)) }
    })
}

/// Commit, then draw. A seed that this server does not hold cannot be drawn with: it is committed anew.
fn steps(of: &OfPaper, held: bool, among: usize, count: &str, problem: Option<&str>) -> Markup {
    let desk = &of.desk;
    html! {
        @match of.seed() {
            Some(seed) if held => {
                h3 { (desk.say("organizer-lots-committed")) }
                p { code.checksum { (seed.digest.0) } }
                p { (desk.say("prizes-committed-about")) }
                form method="post" action=(of.at("draws/draw")) {
                    (Field::decimal("count", &desk.say("prizes-count")).value(count).error(problem).required())
                    @if among > 0 { (partials::button(&desk.say("prizes-draw"), Look::Primary)) }
                    @else { (partials::notice(Tone::Plain, &html! { p { (desk.say("prizes-nobody")) } })) }
                }
            },
            other => {
                @if let Some(gone) = other {
                    (partials::notice(Tone::Warn, &html! {
                        p { (desk.say("organizer-lots-gone")) }
                        p { code.checksum { (gone.digest.0) } }
                    }))
                }
                p { (desk.say("organizer-lots-commit-about")) }
                form method="post" action=(of.at("draws/commit")) {
                    (partials::button(&desk.say("organizer-lots-commit"), Look::Primary))
                }
            },
        }
    }
}

fn result(of: &OfPaper, names: &Names, draw: &PrizeDraw) -> Markup {
    let desk = &of.desk;
    let zone = Zone::of(&desk.view.heading);
    let keys = ["prizes-order", "column-name", "column-entrant", "column-unit"];
    let titles = keys.map(|key| desk.say(key));
    let mut columns = vec![Column::number(&titles[0])];
    columns.extend(titles[1..].iter().map(|title| Column::text(title)));
    let values = [("count", draw.winners.len().into()), ("among", draw.among.into())];
    let link = |name: &str, key: &str| {
        let to = of.at(&format!("draws/{}/{name}", percent(draw.draw.as_str())));
        partials::link_button(&to, &desk.say(key), Look::Plain)
    };
    let rows = html! {
        @for (at, winner) in draw.winners.iter().enumerate() {
            tr {
                td.number { (at + 1) }
                td { (entrants::name_of(names, winner)) }
                td { (winner) }
                td { @if let Some(unit) = unit(of, winner) { (unit) } }
            }
        }
    };
    html! {
        section.card {
            h3 { (zone.second(draw.at)) }
            p { (desk.lang().say_with("prizes-result", &values)) }
            (partials::table(&desk.say("papers-draws"), &columns, &rows))
            div.row { (link("winners.xlsx", "prizes-xlsx")) (link("winners.csv", "prizes-csv")) (link("among.csv", "prizes-among-csv")) }
            (how(of, draw))
        }
    }
}

/// What was used, and how anybody repeats it.
fn how(of: &OfPaper, draw: &PrizeDraw) -> Markup {
    let desk = &of.desk;
    html! {
        details.repeat {
            summary { (desk.say("organizer-lots-repeat")) }
            (partials::facts(&[
                (&desk.say("organizer-lots-seed"), html! { code.checksum { (draw.seed) } }),
                (&desk.say("organizer-lots-digest"), html! { code.checksum { (digest(draw)) } }),
                (&desk.say("organizer-lots-label"), html! { code.checksum { (draw.label()) } }),
            ]))
            ol {
                li { (desk.say("organizer-repeat-digest")) }
                li { (desk.say("organizer-repeat-numbers")) }
                li { (desk.say("prizes-repeat-shuffle")) }
                li { (desk.count("prizes-repeat-first", draw.winners.len())) }
            }
        }
    }
}

fn digest(draw: &PrizeDraw) -> &str {
    draw.digest.as_ref().map_or("", |digest| &digest.0)
}

fn unit<'o>(of: &'o OfPaper, entrant: &EntrantId) -> Option<&'o UnitPath> {
    of.desk.view.entrants.iter().find(|line| line.entrant == *entrant)?.facts.unit.as_ref()
}

/// The winners as a list; everybody who took part, in the order from which it was drawn.
async fn file(of: OfPaper, Path((_, _, draw, name)): Path<(String, String, String, String)>) -> Result<Response> {
    let draw = of.drawn().await?.into_iter().find(|one| one.draw.as_str() == draw).ok_or(Error::NotFound)?;
    let desk = &of.desk;
    let named = format!("{}-{}-{name}", desk.contest, draw.at.0);
    if name == "among.csv" {
        let among = desk.app.read(&desk.contest, |state| papers::drawn_among(state, &draw.draw)).await?;
        let winners: BTreeSet<&EntrantId> = draw.winners.iter().collect();
        let mut rows = vec![["prizes-position", "column-entrant", "prizes-won"].map(|key| desk.say(key)).to_vec()];
        rows.extend(among.iter().enumerate().map(|(at, entrant)| {
            let won = if winners.contains(entrant) { desk.say("prizes-won") } else { String::new() };
            vec![at.to_string(), entrant.to_string(), won]
        }));
        return Ok(attachment(CSV, &named, lists::csv_rows(&rows)));
    }
    let names = entrants::names(desk).await?;
    let winner = |entrant: &EntrantId| Winner {
        entrant: entrant.clone(),
        name: entrants::name_of(&names, entrant).to_owned(),
        unit: unit(&of, entrant).cloned(),
    };
    let drawn = Drawn {
        of: of.rules.title.clone(),
        at: Zone::of(&desk.view.heading).second(draw.at),
        among: draw.among,
        winners: draw.winners.iter().map(winner).collect(),
        seed: draw.seed.clone(),
        digest: digest(&draw).to_owned(),
        label: draw.label(),
    };
    let paper = entrants::paper(desk);
    let listing = lists::prizes(paper.language, &drawn);
    match name.as_str() {
        "winners.xlsx" => {
            let written = lists::xlsx(&paper, &listing).map_err(|error| {
                tracing::error!(%error, "a workbook was not written");
                Error::Internal
            });
            Ok(attachment(XLSX, &named, written?))
        }
        "winners.csv" => Ok(attachment(CSV, &named, lists::csv(&paper, &listing))),
        _ => Err(Error::NotFound),
    }
}
