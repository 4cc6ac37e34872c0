//! `/organizer/{contest}/people`: who does what: chief judge, leaders, judges on their seats, organizers.

use std::collections::BTreeMap;

use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    cast::Cast,
    desk::{Desk, Place},
    trail::pairs,
};
use crate::{
    app::{self, roster::TakenOn},
    files::{people::PanelSeats, units},
    rules::{
        command::Command,
        ledger::entry::Role,
        names::{Id, PersonId, UnitPath},
        view::{Named, Person},
    },
    web::{
        Error, Result, Web,
        form::Posted,
        partials::{self, Column, Field, Look, Tone},
    },
    words::trail::Cast as _,
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/people", get(show).post(add))
        .route("/organizer/{contest}/people/assign", post(assign))
        .route("/organizer/{contest}/people/release", post(release))
}

/// The form for one person, as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    name: String,
    phone: String,
    unit: String,
    /// `organizer`, `chief-judge`, `liaison`, `leading-group`, `indicator-owner INDICATOR`, `leader STAGE PANEL`,
    /// `judge STAGE PANEL`, `checker COLLECTION`, `work-judge COLLECTION`.
    role: String,
    seat: String,
    event: String,
    group: String,
}

async fn show(desk: Desk) -> Result<Markup> {
    let body = page(&desk, &Typed::default(), None).await?;
    Ok(desk.show(Place::People, &body))
}

async fn add(desk: Desk, Posted(typed): Posted<Typed>) -> Result<Response> {
    let taken_on = match taken_on(&desk, &typed) {
        Ok(taken_on) => taken_on,
        Err(problem) => return wrong(desk, &typed, &problem).await,
    };
    match desk.app.take_on(&desk.contest, &desk.actor, vec![taken_on]).await {
        Ok(receipt) => {
            desk.shown(receipt).await?;
            Ok(desk.done(Place::People, "people-added", 1))
        }
        Err(error @ app::Error::Refused(_)) => {
            let problem = Error::from(error).words(desk.lang()).1;
            wrong(desk, &typed, &problem).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn wrong(desk: Desk, typed: &Typed, problem: &str) -> Result<Response> {
    let body = page(&desk, typed, Some(problem)).await?;
    Ok(desk.wrong(Place::People, &body))
}

/// What the form says, or what is wrong with it.
fn taken_on(desk: &Desk, typed: &Typed) -> std::result::Result<TakenOn, String> {
    let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let name = text(&typed.name).ok_or_else(|| desk.say("people-name-missing"))?;
    let unit = match text(&typed.unit) {
        Some(unit) => Some(units::resolve(&unit, &desk.view.units).map_err(|problem| problem.say(desk.lang()))?),
        None => None,
    };
    Ok(TakenOn { name, phone: text(&typed.phone), unit, role: role(desk, typed)? })
}

fn role(desk: &Desk, typed: &Typed) -> std::result::Result<Role, String> {
    let mut words = typed.role.split(' ');
    let kind = words.next().unwrap_or_default();
    let (stage, panel) = (words.next(), words.next());
    let found =
        panels(desk).into_iter().find(|at| Some(at.stage.id.as_str()) == stage && Some(at.panel.id.as_str()) == panel);
    let id = |text: &str| Some(text).filter(|text| !text.is_empty()).map(Id::new);
    match (kind, found) {
        ("organizer", _) => Ok(Role::Organizer),
        ("chief-judge", _) => Ok(Role::ChiefJudge),
        ("liaison", _) => Ok(Role::Liaison),
        ("leading-group", _) => Ok(Role::LeadingGroup),
        ("indicator-owner", _) if stage.is_some() => {
            Ok(Role::IndicatorOwner { indicator: Id::new(stage.unwrap_or_default()) })
        }
        ("checker", _) if stage.is_some() => {
            Ok(Role::Checker { collection: Id::new(stage.unwrap_or_default()), branch: branch(desk, typed)? })
        }
        ("work-judge", _) if stage.is_some() => Ok(Role::WorkJudge { collection: Id::new(stage.unwrap_or_default()) }),
        ("leader", Some(at)) => Ok(Role::Leader { stage: at.stage.id, panel: at.panel.id }),
        ("judge", Some(at)) => {
            let seat = match typed.seat.trim() {
                "" => vacant(desk, &at).first().copied(),
                seat => seat.parse().ok(),
            };
            let seat = seat.ok_or_else(|| desk.count("people-no-seat", at.seats as usize))?;
            let (event, group) = (id(&typed.event), id(&typed.group));
            Ok(Role::Judge { stage: at.stage.id, panel: at.panel.id, seat, event, group })
        }
        _ => Err(desk.say("people-role-missing")),
    }
}

/// A checker with a unit looks after that branch.
fn branch(desk: &Desk, typed: &Typed) -> std::result::Result<Option<UnitPath>, String> {
    match typed.unit.trim() {
        "" => Ok(None),
        unit => units::resolve(unit, &desk.view.units).map(Some).map_err(|problem| problem.say(desk.lang())),
    }
}

#[derive(Deserialize)]
struct Assignment {
    person: PersonId,
    #[serde(flatten)]
    typed: Typed,
}

async fn assign(desk: Desk, Posted(form): Posted<Assignment>) -> Result<Response> {
    let Assignment { person, typed } = form;
    let role = match role(&desk, &typed) {
        Ok(role) => role,
        Err(problem) => return wrong(desk, &Typed::default(), &problem).await,
    };
    let known = desk.view.people.iter().find(|one| one.person == person).ok_or(Error::NotFound)?;
    let unit = known.unit.clone();
    desk.act(Command::AssignPerson { person, role, unit }).await?;
    Ok(desk.done(Place::People, "people-assigned", 1))
}

#[derive(Deserialize)]
struct Released {
    person: PersonId,
    /// As JSON, from this page's own button.
    role: String,
}

async fn release(desk: Desk, Posted(form): Posted<Released>) -> Result<Response> {
    let role = serde_json::from_str(&form.role).map_err(|error| Error::BadInput(error.to_string()))?;
    desk.act(Command::ReleasePerson { person: form.person, role }).await?;
    Ok(desk.done(Place::People, "people-released", 1))
}

/// Each panel once, however many groups its stage has.
pub(super) fn panels(desk: &Desk) -> Vec<PanelSeats> {
    let mut panels: Vec<PanelSeats> = Vec::new();
    for line in &desk.view.stages {
        for panel in &line.panels {
            let at = PanelSeats { stage: line.stage.clone(), panel: panel.panel.clone(), seats: panel.judges };
            if !panels.contains(&at) {
                panels.push(at);
            }
        }
    }
    panels
}

/// Seats on which nobody sits, for any event and group.
fn vacant(desk: &Desk, at: &PanelSeats) -> Vec<u32> {
    let held = |seat: u32| desk.view.people.iter().flat_map(|one| &one.roles).any(|role| on_seat(role, at, seat));
    (1..=at.seats).filter(|seat| !held(*seat)).collect()
}

fn on_seat(role: &Role, at: &PanelSeats, wanted: u32) -> bool {
    matches!(role, Role::Judge { stage, panel, seat, .. }
        if *stage == at.stage.id && *panel == at.panel.id && *seat == wanted)
}

async fn page(desk: &Desk, typed: &Typed, problem: Option<&str>) -> Result<Markup> {
    let cast = Cast::of(desk, desk.view.people.iter().map(|one| one.person.clone()).collect()).await?;
    let roles = role_options(desk);
    let people = &desk.view.people;
    Ok(html! {
        @if let Some(problem) = problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        div.columns {
            section {
                h2 { (desk.say("people-seats")) }
                (seats(desk, &cast))
            }
            section.card {
                h2 { (desk.say("people-add")) }
                form method="post" action=(desk.at(Place::People)) {
                    (Field::text("name", &desk.say("column-name")).value(&typed.name).required())
                    (unit_field(desk, typed))
                    (Field::text("phone", &desk.say("column-phone")).value(&typed.phone))
                    (role_fields(desk, typed, &roles))
                    (partials::button(&desk.say("people-add"), Look::Primary))
                }
                p.quiet-text { a href={ (desk.at(Place::People)) "/import" } { (desk.say("people-import")) } }
                p.quiet-text { a href=(format!("/organizer/{}/workers", desk.contest)) { (desk.say("workers-title")) } }
                p.quiet-text { a href=(format!("/liaison/{}", desk.contest)) { (desk.say("liaison-units")) } }
            }
        }
        section {
            div.row.between {
                h2 { (desk.say("organizer-people")) " " span.number { (people.len()) } }
                @if !people.is_empty() { (super::cards::issue_all(desk)) }
            }
            @if people.is_empty() {
                (partials::empty(&desk.say("people-none"), &html! { p { (desk.say("people-none-next")) } }))
            } @else { (table(desk, &cast, &roles)) }
        }
    })
}

fn seats(desk: &Desk, cast: &Cast) -> Markup {
    let panels = panels(desk);
    let sitting = |at: &PanelSeats, seat: u32| -> Vec<String> {
        let on = |one: &&Person| one.roles.iter().any(|role| on_seat(role, at, seat));
        desk.view.people.iter().filter(on).map(|one| cast.person(&one.person)).collect()
    };
    let leaders = |at: &PanelSeats| -> Vec<String> {
        let leads = Role::Leader { stage: at.stage.id.clone(), panel: at.panel.id.clone() };
        desk.view.people.iter().filter(|one| one.roles.contains(&leads)).map(|one| cast.person(&one.person)).collect()
    };
    html! {
        @if panels.is_empty() { p.quiet-text { (desk.say("people-no-panels")) } }
        @for at in &panels {
            div.card.panel {
                div.row.between {
                    h3 { (at.stage.title) " · " (at.panel.title) }
                    @let free = vacant(desk, at).len();
                    @if free > 0 { (partials::pill(&desk.count("people-vacant", free), Tone::Warn)) }
                    @else { (partials::pill(&desk.say("people-full"), Tone::Good)) }
                }
                @let led = leaders(at);
                @if !led.is_empty() { p { (desk.say("people-leader")) ": " (led.join("、")) } }
                ol.seats {
                    @for seat in 1..=at.seats {
                        @let names = sitting(at, seat);
                        li data-vacant=[names.is_empty().then_some("")] {
                            span.number { (seat) }
                            @if names.is_empty() { span { (desk.say("people-nobody")) } } @else { strong { (names.join("、")) } }
                        }
                    }
                }
            }
        }
    }
}

fn table(desk: &Desk, cast: &Cast, roles: &[(String, String)]) -> Markup {
    let titles = [
        desk.say("column-name"),
        desk.say("column-unit"),
        desk.say("people-role"),
        desk.say("people-recused"),
        String::new(),
    ];
    let columns = [
        Column::text(&titles[0]),
        Column::text(&titles[1]),
        Column::text(&titles[2]),
        Column::text(&titles[3]),
        Column::text(&titles[4]),
    ];
    partials::table(
        &desk.say("organizer-people"),
        &columns,
        &html! {
            @for one in &desk.view.people {
                tr {
                    td { strong { (cast.person(&one.person)) } }
                    td { (one.unit.as_ref().map_or("–", UnitPath::as_str)) }
                    td { ul.plain { @for role in &one.roles { li { (held(desk, cast, one, role)) } } }
                        @if one.roles.is_empty() { span.quiet-text { (desk.say("people-released")) } } }
                    td { (recused(desk, one)) }
                    td.acts {
                        (super::cards::issue_one(desk, one))
                        (partials::dialog(&desk.say("people-assign"), Look::Plain, &desk.say("people-assign"), &html! {
                            form method="post" action={ (desk.at(Place::People)) "/assign" } {
                                input type="hidden" name="person" value=(one.person);
                                (role_fields(desk, &Typed::default(), roles))
                                (partials::button(&desk.say("people-assign"), Look::Primary))
                            }
                        }))
                    }
                }
            }
        },
    )
}

fn held(desk: &Desk, cast: &Cast, one: &Person, role: &Role) -> Markup {
    html! {
        span { (cast.role(role)) } " "
        (partials::dialog(&desk.say("people-release"), Look::Plain, &desk.say("people-release"), &html! {
            p { (desk.say("people-release-means")) }
            form method="post" action={ (desk.at(Place::People)) "/release" } {
                input type="hidden" name="person" value=(one.person);
                input type="hidden" name="role" value=(serde_json::to_string(role).unwrap_or_default());
                (partials::button(&desk.say("people-release"), Look::Danger))
            }
        }))
    }
}

/// How many entrants of the judge's own unit somebody else marks (执裁回避).
fn recused(desk: &Desk, one: &Person) -> Markup {
    let judges = one.roles.iter().any(|role| matches!(role, Role::Judge { .. }));
    let own = |unit: &UnitPath| {
        let shared = |other: &UnitPath| other.is_within(unit) || unit.is_within(other);
        desk.view.entrants.iter().filter(|line| line.facts.unit.as_ref().is_some_and(shared)).count()
    };
    let count = one.unit.as_ref().filter(|_| judges).map_or(0, own);
    html! { @if count > 0 { (partials::pill(&desk.count("people-recused-from", count), Tone::Wait)) } @else { "–" } }
}

fn role_options(desk: &Desk) -> Vec<(String, String)> {
    let mut options = vec![(String::new(), desk.say("people-choose"))];
    let panels = panels(desk);
    for at in &panels {
        let (stage, panel) = (&at.stage, &at.panel);
        let title = format!("{} · {}", stage.title, panel.title);
        options.push((format!("judge {} {}", stage.id, panel.id), of_panel(desk, "people-judge-of", &title)));
    }
    for at in &panels {
        let (stage, panel) = (&at.stage, &at.panel);
        let title = format!("{} · {}", stage.title, panel.title);
        options.push((format!("leader {} {}", stage.id, panel.id), of_panel(desk, "people-leader-of", &title)));
    }
    let labor = desk.definition().map(|definition| definition.indicators).unwrap_or_default();
    for one in &labor.indicators {
        let title = format!("{}（{}）", one.title, one.owner);
        options.push((format!("indicator-owner {}", one.id), of_panel(desk, "people-owner-of", &title)));
    }
    if !labor.is_empty() {
        options.push(("leading-group".to_owned(), desk.say("trail-role-leading-group")));
    }
    for collection in desk.definition().map(|definition| definition.collections).unwrap_or_default() {
        let place = collection.title.as_str();
        let said =
            |key: &str, name: &'static str| desk.lang().say_with(key, &[(name, place.to_owned().into())]).into_owned();
        options.push((format!("checker {}", collection.id), said("trail-role-checker", "place")));
        if collection.judging.is_some() {
            options.push((format!("work-judge {}", collection.id), said("trail-role-work-judge", "collection")));
        }
    }
    options.push(("chief-judge".to_owned(), desk.say("trail-role-chief-judge")));
    options.push(("liaison".to_owned(), desk.say("trail-role-liaison")));
    options.push(("organizer".to_owned(), desk.say("trail-role-organizer")));
    options
}

fn of_panel(desk: &Desk, key: &str, place: &str) -> String {
    desk.lang().say_with(key, &[("place", place.into())]).into_owned()
}

fn role_fields(desk: &Desk, typed: &Typed, roles: &[(String, String)]) -> Markup {
    let limits = |name: &str, key: &str, value: &str, all: &[Named]| {
        let whole = desk.say("people-no-limit");
        let mut options = vec![("", whole.as_str())];
        options.extend(all.iter().map(|named| (named.id.as_str(), named.title.as_str())));
        html! { @if !all.is_empty() { (Field::select(name, &desk.say(key), &options).value(value)) } }
    };
    html! {
        (Field::select("role", &desk.say("people-role"), &pairs(roles)).value(&typed.role).required())
        (Field::text("seat", &desk.say("people-seat")).value(&typed.seat).hint(&desk.say("people-seat-hint")))
        (limits("event", "people-only-event", &typed.event, &desk.view.events))
        (limits("group", "people-only-group", &typed.group, &desk.view.groups))
    }
}

fn unit_field(desk: &Desk, typed: &Typed) -> Markup {
    let (label, hint) = (desk.say("column-unit"), desk.say("people-unit-hint"));
    if desk.view.units.is_empty() {
        return html! { (Field::text("unit", &label).value(&typed.unit).hint(&hint)) };
    }
    let mut options: BTreeMap<&str, &str> = BTreeMap::from([("", "–")]);
    options.extend(desk.view.units.iter().map(|unit| (unit.as_str(), unit.as_str())));
    let options: Vec<(&str, &str)> = options.into_iter().collect();
    html! { (Field::select("unit", &label, &options).value(&typed.unit).hint(&hint)) }
}
