//! `/organizer/{contest}/workers`: how workers come in: links and one-time PINs as a workbook, and who asked to take part.

use axum::{
    Router,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    cards::OwnAddress,
    desk::{Desk, Place},
    entrants::{XLSX, attachment, name_of, names, paper},
    moments::Zone,
};
use crate::{
    app::{
        self,
        workers::{Applied, PINS_AT_ONCE_MAX},
    },
    files::lists::{self, WayIn},
    rules::{
        field::EntrantStanding,
        names::{EntrantId, UnitPath},
        view::EntrantLine,
    },
    web::{
        Error, Result, Web,
        form::Posted,
        partials::{self, Column, Field, Look, Tone},
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/workers", get(show))
        .route("/organizer/{contest}/workers/links.xlsx", post(links))
        .route("/organizer/{contest}/workers/approve", post(approve))
        .route("/organizer/{contest}/workers/decline", post(decline))
}

async fn show(desk: Desk, OwnAddress(address): OwnAddress) -> Result<Markup> {
    let body = page(&desk, &address, None).await?;
    Ok(desk.show(Place::People, &body))
}

async fn page(desk: &Desk, address: &str, problem: Option<&str>) -> Result<Markup> {
    let workers = desk.app.workers(&desk.contest).await?;
    let waiting = desk.app.applicants(&desk.contest).await?;
    let door = desk.app.door(&desk.contest).await?;
    let with_pin = workers.iter().filter(|worker| worker.pin.is_some()).count();
    let with_link = workers.iter().filter(|worker| worker.link.is_some()).count();
    let all = desk.view.entrants.iter().filter(|line| line.facts.standing == EntrantStanding::In).count();
    let entrance = format!("{address}/contests/{}/log-in", desk.contest);
    let first = if door.first.is_some() { "workers-first-on" } else { "workers-first-off" };
    Ok(html! {
        p.over { a href=(desk.at(Place::People)) { (desk.say("organizer-people")) } }
        h2 { (desk.say("workers-title")) }
        @if let Some(problem) = problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        div.columns {
            section.card {
                (partials::progress(&desk.say("workers-with-pin"), with_pin, all))
                (partials::progress(&desk.say("workers-with-link"), with_link, all))
                (partials::facts(&[(&desk.say("workers-door"), html! { a href=(entrance) { (entrance) } })]))
                p.quiet-text { (desk.say(first)) }
                p { (partials::link_button(&format!("/liaison/{}", desk.contest), &desk.say("liaison-title"), Look::Plain)) }
            }
            section.card {
                h3 { (desk.say("workers-links")) }
                p { (desk.say("workers-links-mean")) }
                (links_form(desk))
            }
        }
        (applicants(desk, door.self_registration, &waiting))
    })
}

fn links_form(desk: &Desk) -> Markup {
    let everybody = desk.say("liaison-everybody");
    let mut units = vec![("", everybody.as_str())];
    units.extend(desk.view.units.iter().map(|unit| (unit.as_str(), unit.as_str())));
    html! {
        form method="post" action=(format!("/organizer/{}/workers/links.xlsx", desk.contest)) {
            @if units.len() > 1 { (Field::select("unit", &desk.say("column-unit"), &units)) }
            (Field::check("missing", &desk.say("workers-only-without")).value("yes"))
            (Field::check("pins", &desk.say("workers-with-pins")).hint(&desk.count("workers-with-pins-hint", PINS_AT_ONCE_MAX)))
            (partials::button(&desk.say("workers-links-do"), Look::Primary))
        }
    }
}

fn applicants(desk: &Desk, open: bool, waiting: &[Applied]) -> Markup {
    let titles = [
        desk.say("worker-number"),
        desk.say("column-name"),
        desk.say("column-unit"),
        desk.say("column-phone"),
        desk.say("workers-asked"),
        String::new(),
    ];
    let columns = titles.each_ref().map(|title| Column::text(title));
    let zone = Zone::of(&desk.view.heading);
    let form = |one: &Applied, act: &str, key: &str, look: Look| {
        html! {
            form method="post" action=(format!("/organizer/{}/workers/{act}", desk.contest)) {
                input type="hidden" name="number" value=(one.number);
                (partials::button(&desk.say(key), look))
            }
        }
    };
    html! {
        @if open || !waiting.is_empty() {
            section {
                h2 { (desk.say("workers-waiting")) " " span.number { (waiting.len()) } }
                @if waiting.is_empty() { p.quiet-text { (desk.say("workers-nobody-waits")) } }
                @else {
                    (partials::table(&desk.say("workers-waiting"), &columns, &html! {
                        @for one in waiting {
                            tr {
                                td { (one.number) }
                                td { strong { (one.name) } }
                                td { @if let Some(unit) = &one.unit { (unit) } }
                                td { @if let Some(phone) = &one.phone { (phone) } }
                                td { (zone.minute(one.asked)) }
                                td.acts { div.row {
                                    (form(one, "approve", "workers-approve", Look::Primary))
                                    (form(one, "decline", "workers-decline", Look::Danger))
                                } }
                            }
                        }
                    }))
                }
            }
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wanted {
    unit: String,
    /// Only those who have neither link nor PIN.
    missing: String,
    pins: String,
}

async fn links(desk: Desk, OwnAddress(address): OwnAddress, Posted(wanted): Posted<Wanted>) -> Result<Response> {
    let unit = Some(wanted.unit.trim()).filter(|unit| !unit.is_empty()).map(UnitPath::new);
    let ways_in = desk.app.workers(&desk.contest).await?;
    let has: std::collections::BTreeSet<&EntrantId> = ways_in.iter().map(|worker| &worker.entrant).collect();
    let meant = |line: &&EntrantLine| {
        line.facts.standing == EntrantStanding::In
            && unit.as_ref().is_none_or(|unit| line.facts.unit.as_ref().is_some_and(|own| own.is_within(unit)))
            && (wanted.missing.is_empty() || !has.contains(&line.entrant))
    };
    let lines: Vec<&EntrantLine> = desk.view.entrants.iter().filter(meant).collect();
    let with_pins = !wanted.pins.is_empty();
    let problem = if lines.is_empty() {
        Some(desk.say("workers-nobody-meant"))
    } else if with_pins && lines.len() > PINS_AT_ONCE_MAX {
        Some(desk.count("workers-too-many-pins", PINS_AT_ONCE_MAX))
    } else {
        None
    };
    if let Some(problem) = problem {
        let body = page(&desk, &address, Some(&problem)).await?;
        return Ok(desk.wrong(Place::People, &body));
    }
    let entrants: Vec<EntrantId> = lines.iter().map(|line| line.entrant.clone()).collect();
    let issued = desk.app.issue_links(&desk.contest, &entrants, with_pins).await?;
    let names = names(&desk).await?;
    let ways: Vec<WayIn> = lines
        .iter()
        .zip(issued)
        .map(|(line, issued)| {
            let known = names.get(&line.entrant);
            let number = known.and_then(|name| name.number.clone());
            WayIn {
                number: number.unwrap_or_else(|| line.entrant.to_string()),
                name: name_of(&names, &line.entrant).to_owned(),
                unit: line.facts.unit.as_ref().map(ToString::to_string).unwrap_or_default(),
                phone: known.and_then(|name| name.phone.clone()).unwrap_or_default(),
                link: format!("{address}/w/{}", issued.token),
                pin: issued.pin.unwrap_or_default(),
            }
        })
        .collect();
    let paper = paper(&desk);
    let bytes = lists::xlsx(&paper, &lists::ways_in(&paper, &ways)).map_err(|_| Error::Internal)?;
    Ok(attachment(XLSX, &format!("{}-links.xlsx", desk.contest), bytes))
}

#[derive(Deserialize)]
struct Waiting {
    number: String,
}

async fn approve(desk: Desk, OwnAddress(address): OwnAddress, Posted(form): Posted<Waiting>) -> Result<Response> {
    match desk.app.approve(&desk.contest, &desk.actor, &form.number).await {
        Ok(receipt) => {
            desk.shown(receipt).await?;
            Ok(back(&desk, "workers-approved"))
        }
        Err(app::Error::Taken) => {
            let problem = desk.say("workers-number-taken");
            let body = page(&desk, &address, Some(&problem)).await?;
            Ok(desk.wrong(Place::People, &body))
        }
        Err(error) => Err(error.into()),
    }
}

async fn decline(desk: Desk, Posted(form): Posted<Waiting>) -> Result<Response> {
    desk.app.decline(&desk.contest, &desk.actor, &form.number).await?;
    Ok(back(&desk, "workers-declined"))
}

fn back(desk: &Desk, said: &str) -> Response {
    Redirect::to(&format!("/organizer/{}/workers?said={said}&count=1", desk.contest)).into_response()
}
