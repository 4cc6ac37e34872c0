//! `/organizer/{contest}/figures/changes`: units that merge (合并), split (分立) or are renamed (更名) from a day on, by a
//! document. What it does to the periods is shown first; then it is confirmed.

use std::collections::HashMap;

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    super::{
        desk::{Desk, Place},
        read_day,
    },
    document, document_fields, rules,
};
use crate::{
    app::{self, Ask},
    rules::{
        command::{Command, Refusal},
        decide::decide,
        indicators::{self, Act, ChangeRecord, IndicatorRefusal, Rules, UnitChange, UnitsEffect},
        ledger::entry::Digest,
        names::{EntrantId, Id, PersonId},
    },
    web::{
        Error, Result, Web,
        figures::names_of,
        form::Posted,
        organizer::Zone,
        partials::{self, Column, Field, Look, Tone},
    },
    words::indicator::unit_change,
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/figures/changes", get(show).post(record))
        .route("/organizer/{contest}/figures/changes/revoke", post(revoke))
}

type Names = HashMap<EntrantId, String>;

/// The form as it was filled in.
#[derive(Default)]
struct Typed(Vec<(String, String)>);

impl Typed {
    fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, text)| text.trim())
    }

    fn units(&self, name: &str) -> Vec<EntrantId> {
        let of = self.0.iter().filter(|(field, text)| field == name && !text.is_empty());
        of.map(|(_, text)| EntrantId::new(text)).collect()
    }

    fn has(&self, kind: Kind, field: &str, unit: &EntrantId) -> bool {
        self.text("kind") == kind.word() && self.units(field).contains(unit)
    }

    /// What stands in a field, where this kind's form was filled in.
    fn of(&self, kind: Kind, field: &str) -> &str {
        if self.text("kind") == kind.word() { self.text(field) } else { "" }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Merge,
    Split,
    Rename,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Merge, Self::Split, Self::Rename];

    fn word(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::Split => "split",
            Self::Rename => "rename",
        }
    }
}

fn at(desk: &Desk) -> String {
    format!("{}/changes", desk.at(Place::Figures))
}

fn name(names: &Names, unit: &EntrantId) -> String {
    names.get(unit).cloned().unwrap_or_else(|| unit.to_string())
}

fn framed(mut desk: Desk) -> Desk {
    desk.page = desk.page.style("figures.css");
    desk
}

async fn show(desk: Desk) -> Result<Markup> {
    let body = page(&desk, &Typed::default(), None).await?;
    Ok(framed(desk).show(Place::Figures, &body))
}

async fn wrong(desk: Desk, typed: &Typed, problem: &str) -> Result<Response> {
    let body = page(&desk, typed, Some(problem)).await?;
    Ok(framed(desk).wrong(Place::Figures, &body))
}

/// What the form asks for, and from when on; what is wrong in words. Of a renamed unit the names come later.
fn asked(desk: &Desk, typed: &Typed, names: &Names) -> std::result::Result<(UnitChange, Date), String> {
    let unit = EntrantId::new(typed.text("unit"));
    let what = match typed.text("kind") {
        "merge" => UnitChange::Merged { units: typed.units("units"), into: EntrantId::new(typed.text("into")) },
        "split" => UnitChange::Split { unit, into: typed.units("into") },
        _ => {
            let new = typed.text("name");
            if new.is_empty() || names.get(&unit).is_some_and(|known| known == new) {
                return Err(desk.say("figures-change-no-name"));
            }
            let [was, name] = ["was", "name"].map(|one| Digest(one.to_owned()));
            UnitChange::Renamed { unit, was, name }
        }
    };
    if what.units().iter().any(|unit| unit.as_str().is_empty()) {
        return Err(desk.say("figures-change-no-unit"));
    }
    let from = read_day(typed.text("from")).ok_or_else(|| desk.say("figures-change-no-day"))?;
    Ok((what, from))
}

/// The first step shows what it does; the second, with exactly that effect, does it.
async fn record(desk: Desk, Posted(fields): Posted<Vec<(String, String)>>) -> Result<Response> {
    let typed = Typed(fields);
    let labor = rules(&desk)?.indicators;
    let names = names_of(&desk.app, &desk.contest).await?;
    let (what, from) = match asked(&desk, &typed, &names) {
        Ok(asked) => asked,
        Err(problem) => return wrong(desk, &typed, &problem).await,
    };
    let (document, row) = match document(&desk, typed.text("dated"), typed.text("document"))? {
        Ok(named) => named,
        Err(problem) => return wrong(desk, &typed, &problem).await,
    };
    let command = Command::Indicator(Act::ChangeUnits { what: what.clone(), from, document: document.clone() });
    let now = desk.app.now();
    let look = |state: &app::State| {
        let refused = decide(state, &desk.actor, &command, now).err();
        (refused, indicators::effect_of_units(state, &what, from))
    };
    let (refused, effect) = desk.app.read(&desk.contest, look).await?;
    if let Some(refusal) = refused {
        let problem = refused_words(&desk, &labor, refusal);
        return wrong(desk, &typed, &problem).await;
    }
    let agreed = typed.text("effect");
    if agreed == fingerprint(&effect) {
        let done = match &what {
            UnitChange::Renamed { unit, .. } => {
                let new = (unit, typed.text("name"));
                desk.app.rename_unit(&desk.contest, &desk.actor, new, from, (document, row)).await
            }
            _ => desk.app.ask(&desk.contest, Ask::new(desk.actor.clone(), command).with(row)).await,
        };
        return match done {
            Ok(receipt) => {
                desk.shown(receipt).await?;
                let to = format!("{}?said=units-changed&count=1", at(&desk));
                Ok(axum::response::Redirect::to(&to).into_response())
            }
            Err(app::Error::Refused(refusal)) => {
                let problem = refused_words(&desk, &labor, refusal);
                wrong(desk, &typed, &problem).await
            }
            Err(error) => Err(error.into()),
        };
    }
    let problem = (!agreed.is_empty()).then(|| desk.say("figures-change-other-effect"));
    let body = confirmation(&desk, &labor, &names, &typed, (&what, from), &effect, problem.as_deref());
    let desk = framed(desk);
    Ok(if problem.is_some() {
        desk.wrong(Place::Figures, &body)
    } else {
        desk.show(Place::Figures, &body).into_response()
    })
}

/// Why it is refused, with the title of the period where the refusal has its id.
fn refused_words(desk: &Desk, labor: &Rules, mut refusal: Refusal) -> String {
    if let Refusal::Indicator(IndicatorRefusal::ChangeInClosed { period, .. }) = &mut refusal
        && let Some(known) = labor.period(period)
    {
        *period = Id::new(known.title.as_str());
    }
    Error::from(app::Error::from(refusal)).words(desk.lang()).1
}

/// Readable, and never empty.
fn fingerprint(effect: &[UnitsEffect]) -> String {
    let one = |one: &UnitsEffect| format!("{}:{:?}:{:?};", one.period, one.leaves, one.joins);
    format!("/{}", effect.iter().map(one).collect::<String>())
}

fn confirmation(
    desk: &Desk,
    labor: &Rules,
    names: &Names,
    typed: &Typed,
    (what, from): (&UnitChange, Date),
    effect: &[UnitsEffect],
    problem: Option<&str>,
) -> Markup {
    let called = |unit: &EntrantId| name(names, unit);
    let told = |key: &str, values: &[(&'static str, String)]| {
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        desk.lang().say_with(key, &values).into_owned()
    };
    let earlier = match what {
        UnitChange::Merged { .. } => Some("figures-change-merge-before"),
        UnitChange::Split { .. } => Some("figures-change-split-before"),
        UnitChange::Renamed { .. } => None,
    };
    html! {
        p.over { a href=(at(desk)) { (desk.say("figures-changes")) } }
        h2 { (desk.say("figures-change-confirm")) }
        @if let Some(problem) = problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        p { strong { (told("figures-change-from", &[("day", from.to_string()), ("change", unit_change(desk.lang(), what, called))])) }
            @if let UnitChange::Renamed { .. } = what { ": " strong { (typed.text("name")) } } }
        p { (typed.text("dated")) " · " (typed.text("document")) }
        section.card {
            h3 { (desk.say("figures-change-effect")) }
            @if effect.is_empty() { p { (desk.say("figures-change-no-period")) } }
            ul { @for one in effect {
                @let period = labor.period(&one.period).map_or(one.period.as_str(), |period| period.title.as_str());
                li { strong { (period) } ": "
                    @if one.leaves.is_empty() && one.joins.is_empty() { (desk.say("figures-change-new-name")) }
                    @for (unit, figures) in &one.leaves {
                        @let key = if *figures == 0 { "figures-change-leaves" } else { "figures-change-leaves-figures" };
                        (told(key, &[("unit", called(unit)), ("count", figures.to_string())])) " "
                    }
                    @if !one.joins.is_empty() {
                        @let joins: Vec<String> = one.joins.iter().map(called).collect();
                        (told("figures-change-joins", &[("units", joins.join(desk.lang().comma()))]))
                    }
                }
            } }
            p { (desk.say("figures-change-before")) @if let Some(key) = earlier { " " (desk.say(key)) } }
        }
        form.card method="post" action=(at(desk)) {
            @for (field, text) in typed.0.iter().filter(|(field, _)| field != "effect") {
                input type="hidden" name=(field) value=(text);
            }
            input type="hidden" name="effect" value=(fingerprint(effect));
            div.row {
                (partials::button(&desk.say("figures-change-do"), Look::Primary))
                (partials::link_button(&at(desk), &desk.say("organizer-cancel"), Look::Plain))
            }
        }
    }
}

async fn page(desk: &Desk, typed: &Typed, problem: Option<&str>) -> Result<Markup> {
    rules(desk)?;
    let names = names_of(&desk.app, &desk.contest).await?;
    let records = desk.app.read(&desk.contest, |state| indicators::unit_changes(state).to_vec()).await?;
    Ok(html! {
        p.over { a href=(desk.at(Place::Figures)) { (desk.say("organizer-figures")) } }
        h2 { (desk.say("figures-changes")) }
        @if let Some(problem) = problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        p { (desk.say("figures-changes-about")) }
        p.quiet-text { (desk.say("figures-changes-list-first")) " " a href=(desk.at(Place::Entrants)) { (desk.say("organizer-entrants")) } }
        @if !records.is_empty() { (list(desk, &names, &records).await?) }
        @for kind in Kind::ALL {
            details.card open[typed.text("kind") == kind.word()] {
                summary { h3 { (desk.say(&format!("figures-change-{}", kind.word()))) } }
                (form(desk, &names, kind, typed))
            }
        }
    })
}

fn form(desk: &Desk, names: &Names, kind: Kind, typed: &Typed) -> Markup {
    let choose = desk.say("people-choose");
    let units: Vec<(&EntrantId, String)> =
        desk.view.entrants.iter().map(|line| (&line.entrant, name(names, &line.entrant))).collect();
    let mut options = vec![("", choose.as_str())];
    options.extend(units.iter().map(|(unit, title)| (unit.as_str(), title.as_str())));
    let word = kind.word();
    let several = |field: &str, label: &str| {
        html! {
            fieldset.second {
                legend { (desk.say(label)) }
                div.ticks { @for (unit, title) in &units {
                    label { input type="checkbox" name=(field) value=(unit) checked[typed.has(kind, field, unit)]; " " (title) }
                } }
            }
        }
    };
    let one = |field: &'static str, label: &str, hint: &str| {
        html! { (Field::select(field, &desk.say(label), &options).value(typed.of(kind, field)).hint(hint).among(word).required()) }
    };
    html! {
        form method="post" action=(at(desk)) {
            input type="hidden" name="kind" value=(word);
            @match kind {
                Kind::Merge => {
                    (several("units", "figures-change-merge-units"))
                    (one("into", "figures-change-merge-into", &desk.say("figures-change-merge-hint")))
                },
                Kind::Split => {
                    (one("unit", "figures-change-split-unit", &desk.say("figures-change-split-hint")))
                    (several("into", "figures-change-split-into"))
                },
                Kind::Rename => {
                    (one("unit", "column-unit", &desk.say("figures-change-rename-hint")))
                    (Field::text("name", &desk.say("figures-change-name")).value(typed.of(kind, "name")).among(word).required())
                },
            }
            (Field::text("from", &desk.say("figures-change-day")).value(typed.of(kind, "from"))
                .hint(&desk.say("figures-change-day-hint")).among(word).required())
            (document_fields(desk, typed.of(kind, "dated"), typed.of(kind, "document"), word))
            (partials::button(&desk.say("figures-change-look"), Look::Primary))
        }
    }
}

async fn list(desk: &Desk, names: &Names, records: &[ChangeRecord]) -> Result<Markup> {
    let renamed = records.iter().flat_map(|record| match &record.what {
        UnitChange::Renamed { was, name, .. } => vec![was, name],
        _ => Vec::new(),
    });
    let papers = records.iter().flat_map(|record| {
        std::iter::once(&record.document.digest).chain(record.revoked.iter().map(|revoked| &revoked.document.digest))
    });
    let texts = desk.app.note_texts(&papers.chain(renamed).collect::<Vec<_>>()).await?;
    let text = |digest: &Digest| texts.get(digest).map_or("–", String::as_str);
    let mut people: Vec<_> = records.iter().map(|record| record.by.clone()).collect();
    people.extend(records.iter().filter_map(|record| Some(record.revoked.as_ref()?.by.clone())));
    people.sort();
    people.dedup();
    let people = desk.app.people(&people).await?;
    let person =
        |id: &PersonId| people.iter().find(|one| one.id == *id).map_or_else(|| id.to_string(), |one| one.name.clone());
    let zone = Zone::of(&desk.view.heading);
    let titles =
        ["figures-change-number", "figures-change-what", "figures-document", "figures-who", "figures-veto-state"];
    let titles = titles.map(|key| desk.say(key));
    let columns: Vec<Column<'_>> = titles.iter().map(|title| Column::text(title)).collect();
    let rows = html! {
        @for record in records {
            tr {
                td { (record.number) }
                th scope="row" {
                    (unit_change(desk.lang(), &record.what, |unit| name(names, unit)))
                    @if let UnitChange::Renamed { was, name, .. } = &record.what { br; small { (text(was)) " → " (text(name)) } }
                    br; small { (desk.say("figures-change-day")) " " (record.from) }
                }
                td { (record.document.dated) br; (text(&record.document.digest)) }
                td { (person(&record.by)) br; small { (zone.minute(record.at)) } }
                td { @match &record.revoked {
                    Some(revoked) => {
                        (partials::pill(&desk.say("figures-change-revoked"), Tone::Plain)) br;
                        (revoked.document.dated) " " (text(&revoked.document.digest)) br;
                        small { (person(&revoked.by)) " " (zone.minute(revoked.at)) }
                    },
                    None => {
                        (partials::pill(&desk.say("figures-veto-in-force"), Tone::Good))
                        (revoke_dialog(desk, record.number))
                    },
                } }
            }
        }
    };
    Ok(partials::table(&desk.say("figures-changes"), &columns, &rows))
}

fn revoke_dialog(desk: &Desk, number: u32) -> Markup {
    let title = desk.say("figures-change-revoke");
    partials::dialog(
        &title,
        Look::Plain,
        &title,
        &html! {
            p { (desk.say("figures-change-revoke-means")) }
            form method="post" action={ (at(desk)) "/revoke" } {
                input type="hidden" name="number" value=(number);
                (document_fields(desk, "", "", &format!("revoke-{number}")))
                (partials::button(&title, Look::Danger))
            }
        },
    )
}

#[derive(Deserialize)]
struct Revoke {
    number: u32,
    #[serde(default)]
    dated: String,
    #[serde(default)]
    document: String,
}

async fn revoke(desk: Desk, Posted(form): Posted<Revoke>) -> Result<Response> {
    let named = match document(&desk, &form.dated, &form.document)? {
        Ok(named) => named,
        Err(problem) => return wrong(desk, &Typed::default(), &problem).await,
    };
    match desk.app.revoke_change(&desk.contest, &desk.actor, form.number, named).await {
        Ok(receipt) => {
            desk.shown(receipt).await?;
            let to = format!("{}?said=units-change-revoked&count=1", at(&desk));
            Ok(axum::response::Redirect::to(&to).into_response())
        }
        Err(app::Error::Refused(refusal)) => {
            let problem = refused_words(&desk, &rules(&desk)?.indicators, refusal);
            wrong(desk, &Typed::default(), &problem).await
        }
        Err(error) => Err(error.into()),
    }
}
