//! `/organizer/{contest}/vetoes`: vetoes (一票否决) set and released by a document and a second person, with the ranks with
//! and without them side by side, for staff.

use std::collections::{BTreeSet, HashMap};

use axum::{
    Router,
    extract::Query,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    super::desk::{Desk, Place},
    document, document_fields, rules, veto_said,
};
use crate::{
    app::{self, Ask, State},
    rules::{
        command::Command,
        definition::Definition,
        indicators::{self, Act, Counting, GroupTable, Moved, PeriodStage, Scope, Severity, Veto, VetoRecord, Vetoes},
        ledger::entry::Digest,
        names::{EntrantId, Id, PersonId, VetoId},
    },
    web::{
        Error, Result, Web,
        figures::{self, fingerprint, moved, names_of},
        form::Posted,
        organizer::Zone,
        partials::{self, Column, Field, Look, Tab, Tone},
        second::{self, Seconded},
    },
    words::indicator,
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/vetoes", get(show).post(set))
        .route("/organizer/{contest}/vetoes/release", post(release))
}

type Names = HashMap<EntrantId, String>;

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Of {
    period: String,
}

/// The form of a new veto, as it was typed; in the second step with the effect that was shown.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Typed {
    entrant: String,
    severity: String,
    /// `contest`, `period P`, `award A`, `indicator I P`.
    scope: String,
    dated: String,
    document: String,
    effect: String,
    #[serde(flatten)]
    second: Seconded,
}

async fn show(desk: Desk, Query(of): Query<Of>) -> Result<Markup> {
    let body = page(&desk, &of, &Typed::default(), None).await?;
    Ok(framed(desk).show(Place::Vetoes, &body))
}

fn framed(mut desk: Desk) -> Desk {
    desk.page = desk.page.style("figures.css");
    desk
}

/// The first step shows whom it moves; the second, with exactly that effect, does it.
async fn set(desk: Desk, Posted(typed): Posted<Typed>) -> Result<Response> {
    let definition = rules(&desk)?;
    let Some(what) = veto(&desk, &typed) else {
        let problem = desk.say("figures-veto-incomplete");
        return wrong(desk, &typed, &problem).await;
    };
    let (document, row) = match document(&desk, &typed.dated, &typed.document)? {
        Ok(named) => named,
        Err(problem) => return wrong(desk, &typed, &problem).await,
    };
    let effects = effects(&desk, &definition, &what).await?;
    let fresh = fingerprint(&effects.iter().flat_map(|(_, moved)| moved.clone()).collect::<Vec<_>>());
    let problem = if typed.effect.is_empty() {
        None
    } else if typed.effect != fresh {
        Some(desk.say("effect-changed-since"))
    } else {
        let id = VetoId::new(&document.digest.0[..12.min(document.digest.0.len())]);
        let make = |second| Act::SetVeto { veto: id, what: what.clone(), document, second };
        match seconded(&desk, &typed.second, make, row).await? {
            Ok(()) => return veto_said(&desk, "veto-set").await,
            Err(problem) => Some(problem),
        }
    };
    let body = confirmation(&desk, &definition, &typed, &what, &effects, &fresh, problem.as_deref()).await?;
    let desk = framed(desk);
    Ok(if problem.is_some() {
        desk.wrong(Place::Vetoes, &body)
    } else {
        desk.show(Place::Vetoes, &body).into_response()
    })
}

async fn wrong(desk: Desk, typed: &Typed, problem: &str) -> Result<Response> {
    let body = page(&desk, &Of::default(), typed, Some(problem)).await?;
    Ok(framed(desk).wrong(Place::Vetoes, &body))
}

/// Does what takes a second person; the problem in words when the reader can mend it.
async fn seconded(
    desk: &Desk,
    typed: &Seconded,
    make: impl FnOnce(PersonId) -> Act,
    row: app::Beside,
) -> Result<std::result::Result<(), String>> {
    let proof = typed.proof();
    let done = match desk.app.second_person(&desk.contest, &desk.actor, proof.as_ref()).await {
        Ok(second) => {
            let ask = Ask::new(desk.actor.clone(), Command::Indicator(make(second))).with(row);
            desk.app.ask(&desk.contest, ask).await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(receipt) => desk.shown(receipt).await.map(|_| Ok(())),
        Err(error) => Error::from(error).mendable(desk.lang()).map(Err),
    }
}

fn veto(desk: &Desk, typed: &Typed) -> Option<Veto> {
    let entrant = EntrantId::new(typed.entrant.trim());
    let known = desk.view.entrants.iter().any(|line| line.entrant == entrant);
    let severity = match typed.severity.as_str() {
        "noted" => Severity::Noted,
        "zero" => Severity::Zero,
        "unranked" => Severity::Unranked,
        _ => return None,
    };
    let words: Vec<&str> = typed.scope.split(' ').collect();
    let scope = match words[..] {
        ["contest"] => Scope::Contest,
        ["period", period] => Scope::Period { period: Id::new(period) },
        ["award", award] => Scope::Award { award: Id::new(award) },
        ["indicator", indicator, period] => Scope::Indicator { indicator: Id::new(indicator), period: Id::new(period) },
        _ => return None,
    };
    known.then_some(Veto { entrant, severity, scope })
}

/// Period by period, where it moves somebody.
async fn effects(desk: &Desk, definition: &Definition, what: &Veto) -> Result<Vec<(String, Vec<Moved>)>> {
    let periods = &definition.indicators.periods;
    let look = |state: &State| {
        let effect = |id: &Id| indicators::effect_of_veto(state, what, id);
        periods.iter().map(|period| (period.title.clone(), effect(&period.id))).collect::<Vec<_>>()
    };
    let mut found = desk.app.read(&desk.contest, look).await?;
    found.retain(|(_, moved)| !moved.is_empty());
    Ok(found)
}

fn scope_told(desk: &Desk, definition: &Definition, scope: &Scope) -> String {
    let labor = &definition.indicators;
    let period = |id: &Id| labor.period(id).map_or_else(|| id.to_string(), |period| period.title.clone());
    match scope {
        Scope::Contest => desk.say("indicator-scope-contest"),
        Scope::Period { period: id } => period(id),
        Scope::Award { award } => {
            let known = definition.awards.iter().find(|known| known.id == *award);
            known.map_or_else(|| award.to_string(), |known| known.title.clone())
        }
        Scope::Indicator { indicator, period: id } => {
            let known = labor.indicator(indicator).map_or(indicator.as_str(), |known| known.title.as_str());
            format!("{} · {known}", period(id))
        }
    }
}

async fn confirmation(
    desk: &Desk,
    definition: &Definition,
    typed: &Typed,
    what: &Veto,
    effects: &[(String, Vec<Moved>)],
    fresh: &str,
    problem: Option<&str>,
) -> Result<Markup> {
    let names = names_of(&desk.app, &desk.contest).await?;
    let hidden = [
        ("entrant", typed.entrant.as_str()),
        ("severity", &typed.severity),
        ("scope", &typed.scope),
        ("dated", &typed.dated),
        ("document", &typed.document),
        ("effect", fresh),
    ];
    Ok(html! {
        h2 { (desk.say("figures-veto-confirm")) }
        @if let Some(problem) = problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        p { strong { (name(&names, &what.entrant)) } " · " (indicator::severity(desk.lang(), what.severity)) " · "
            (scope_told(desk, definition, &what.scope)) }
        p { (typed.dated) " · " (typed.document) }
        @if effects.is_empty() { (partials::notice(Tone::Good, &html! { p { (desk.say("figures-moves-nobody")) } })) }
        @for (title, effect) in effects { (moved(&desk.page, &names, title, effect)) }
        form.card method="post" action=(desk.at(Place::Vetoes)) {
            @for (field, text) in hidden { input type="hidden" name=(field) value=(text); }
            (second::fields(&desk.page, "veto"))
            div.row {
                (partials::button(&desk.say("figures-veto-do"), Look::Danger))
                (partials::link_button(&desk.at(Place::Vetoes), &desk.say("organizer-cancel"), Look::Plain))
            }
        }
    })
}

fn name<'n>(names: &'n Names, entrant: &'n EntrantId) -> &'n str {
    names.get(entrant).map_or(entrant.as_str(), String::as_str)
}

async fn page(desk: &Desk, of: &Of, typed: &Typed, problem: Option<&str>) -> Result<Markup> {
    let definition = rules(desk)?;
    let names = names_of(&desk.app, &desk.contest).await?;
    let found = desk.app.read(&desk.contest, |state| {
        indicators::vetoes(state).map(|(id, record)| (id.clone(), record.clone())).collect::<Vec<_>>()
    });
    let vetoes: Vec<(VetoId, VetoRecord)> = found.await?;
    Ok(html! {
        @if let Some(problem) = problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        p { (desk.say("figures-veto-about")) }
        @if vetoes.is_empty() {
            (partials::empty(&desk.say("figures-veto-none"), &html! { p { (desk.say("figures-veto-none-next")) } }))
        } @else { (list(desk, &definition, &names, &vetoes).await?) }
        (side_by_side(desk, &definition, &names, of).await?)
        details.card open[problem.is_some() || vetoes.is_empty()] {
            summary { h2 { (desk.say("figures-veto-new")) } }
            (form(desk, &definition, &names, typed))
        }
    })
}

fn form(desk: &Desk, definition: &Definition, names: &Names, typed: &Typed) -> Markup {
    let labor = &definition.indicators;
    let choose = desk.say("people-choose");
    let mut entrants = vec![("", choose.as_str())];
    entrants.extend(desk.view.entrants.iter().map(|line| (line.entrant.as_str(), name(names, &line.entrant))));
    let severities = [("noted", Severity::Noted), ("zero", Severity::Zero), ("unranked", Severity::Unranked)]
        .map(|(word, severity)| (word, desk.say(&format!("figures-veto-{word}")), severity));
    let severities: Vec<(&str, &str)> = severities.iter().map(|(word, said, _)| (*word, said.as_str())).collect();
    let mut scopes = vec![("contest".to_owned(), Scope::Contest)];
    scopes.extend(
        labor.periods.iter().map(|one| (format!("period {}", one.id), Scope::Period { period: one.id.clone() })),
    );
    scopes.extend(
        definition.awards.iter().map(|one| (format!("award {}", one.id), Scope::Award { award: one.id.clone() })),
    );
    for period in &labor.periods {
        let judged = labor.indicators.iter().filter(|one| one.periods.is_empty() || one.periods.contains(&period.id));
        scopes.extend(judged.map(|one| {
            let scope = Scope::Indicator { indicator: one.id.clone(), period: period.id.clone() };
            (format!("indicator {} {}", one.id, period.id), scope)
        }));
    }
    let scopes: Vec<(String, String)> =
        scopes.into_iter().map(|(word, scope)| (word, scope_told(desk, definition, &scope))).collect();
    let scopes: Vec<(&str, &str)> = scopes.iter().map(|(word, said)| (word.as_str(), said.as_str())).collect();
    html! {
        form method="post" action=(desk.at(Place::Vetoes)) {
            (Field::select("entrant", &desk.say("column-unit"), &entrants).value(&typed.entrant).required())
            (Field::select("severity", &desk.say("figures-veto-severity"), &severities).value(&typed.severity).required())
            (Field::select("scope", &desk.say("figures-veto-scope"), &scopes).value(&typed.scope).required())
            (document_fields(desk, &typed.dated, &typed.document, "veto"))
            (partials::button(&desk.say("figures-veto-look"), Look::Primary))
        }
    }
}

async fn list(desk: &Desk, definition: &Definition, names: &Names, vetoes: &[(VetoId, VetoRecord)]) -> Result<Markup> {
    let people = vetoes.iter().flat_map(|(_, record)| {
        let released = record.released.iter().flat_map(|released| [&released.by, &released.second]);
        [&record.by, &record.second].into_iter().chain(released)
    });
    let people: BTreeSet<PersonId> = people.cloned().collect();
    let people = desk.app.people(&people.into_iter().collect::<Vec<_>>()).await?;
    let person =
        |id: &PersonId| people.iter().find(|one| one.id == *id).map_or_else(|| id.to_string(), |one| one.name.clone());
    let digests = vetoes.iter().flat_map(|(_, record)| {
        std::iter::once(&record.document.digest).chain(record.released.iter().map(|released| &released.document.digest))
    });
    let digests: Vec<&Digest> = digests.collect();
    let texts = desk.app.note_texts(&digests).await?;
    let text = |digest: &Digest| texts.get(digest).map_or("–", String::as_str);
    let zone = Zone::of(&desk.view.heading);
    let titles = ["column-unit", "figures-veto-what", "figures-document", "figures-who", "figures-veto-state"];
    let titles = titles.map(|key| desk.say(key));
    let columns: Vec<Column<'_>> = titles.iter().map(|title| Column::text(title)).collect();
    Ok(partials::table(
        &desk.say("organizer-vetoes"),
        &columns,
        &html! {
            @for (id, record) in vetoes {
                tr {
                    th scope="row" { (name(names, &record.what.entrant)) }
                    td { (indicator::severity(desk.lang(), record.what.severity)) br;
                        small { (scope_told(desk, definition, &record.what.scope)) } }
                    td { (record.document.dated) br; (text(&record.document.digest)) }
                    td { (person(&record.by)) " · " (person(&record.second)) br; small { (zone.minute(record.at)) } }
                    td {
                        @match &record.released {
                            Some(released) => {
                                (partials::pill(&desk.say("figures-veto-released"), Tone::Good)) br;
                                (released.document.dated) " " (text(&released.document.digest)) br;
                                small { (person(&released.by)) " · " (person(&released.second)) " " (zone.minute(released.at)) }
                            },
                            None => {
                                (partials::pill(&desk.say("figures-veto-in-force"), Tone::Bad))
                                (partials::dialog(&desk.say("figures-veto-release"), Look::Plain, &desk.say("figures-veto-release"), &html! {
                                    p { (desk.say("figures-veto-release-means")) }
                                    form method="post" action={ (desk.at(Place::Vetoes)) "/release" } {
                                        input type="hidden" name="veto" value=(id);
                                        (document_fields(desk, "", "", id.as_str()))
                                        (second::fields(&desk.page, id.as_str()))
                                        (partials::button(&desk.say("figures-veto-release"), Look::Danger))
                                    }
                                }))
                            },
                        }
                    }
                }
            }
        },
    ))
}

/// The period that the last veto in force is about.
fn touched(state: &State) -> Option<Id> {
    let in_force = indicators::vetoes(state).filter(|(_, record)| record.released.is_none());
    let last = in_force.max_by_key(|(_, record)| record.at)?.1;
    match &last.what.scope {
        Scope::Period { period } | Scope::Indicator { period, .. } => Some(period.clone()),
        Scope::Contest | Scope::Award { .. } => None,
    }
}

/// A period, or all that closed, with the vetoes and without.
async fn side_by_side(desk: &Desk, definition: &Definition, names: &Names, of: &Of) -> Result<Markup> {
    let labor = &definition.indicators;
    let asked = labor.period(&Id::new(of.period.clone())).map(|period| period.id.clone());
    let look = |state: &State| {
        let begun = |period: &&indicators::rules::Period| {
            indicators::progress(state, &period.id).is_some_and(|at| at.stage > PeriodStage::Planned)
        };
        let published = |period: &&indicators::rules::Period| {
            indicators::progress(state, &period.id).is_some_and(|at| at.stage == PeriodStage::Published)
        };
        let newest = || {
            let mut latest = labor.periods.iter().rev();
            latest.clone().find(published).or_else(|| latest.find(begun)).map(|period| period.id.clone())
        };
        let chosen = asked.clone().or_else(|| touched(state)).or_else(newest);
        let chosen = if of.period == "all" { None } else { chosen };
        let table = |vetoes| match &chosen {
            Some(period) => indicators::standing(state, period, Counting::Checked, vetoes),
            None => indicators::overall(state, Counting::Checked, vetoes),
        };
        (chosen.clone(), table(Vetoes::With), table(Vetoes::Without))
    };
    let (chosen, with, without) = desk.app.read(&desk.contest, look).await?;
    let all = desk.say("figures-all-periods");
    let at = |period: &str| format!("{}?period={}", desk.at(Place::Vetoes), crate::web::error::percent(period));
    let tab = |href: String, title, current| Tab { href, title, current, count: None };
    let periods = labor.periods.iter();
    let mut tabs: Vec<Tab<'_>> =
        periods.map(|one| tab(at(one.id.as_str()), one.title.as_str(), chosen.as_ref() == Some(&one.id))).collect();
    tabs.push(tab(at("all"), &all, chosen.is_none()));
    Ok(html! {
        section {
            h2 { (desk.say("figures-side-by-side")) }
            (partials::tabs(&desk.say("figures-periods"), &tabs))
            @for table in &with { (beside(desk, names, table, &without)) }
        }
    })
}

fn beside(desk: &Desk, names: &Names, with: &GroupTable, without: &[GroupTable]) -> Markup {
    let other = without.iter().find(|table| table.group == with.group);
    let titles =
        ["column-unit", "figures-rank-with", "figures-score-with", "figures-rank-without", "figures-score-without"];
    let titles = titles.map(|key| desk.say(key));
    let mut columns = vec![Column::text(&titles[0])];
    columns.extend(titles[1..].iter().map(|title| Column::number(title)));
    let caption = super::super::entrants::title(&desk.view.groups, with.group.as_ref());
    let caption = if caption.is_empty() { desk.say("figures-side-by-side") } else { caption.to_owned() };
    partials::table(
        &caption,
        &columns,
        &html! {
            @for row in &with.rows {
                @let plain = other.and_then(|table| table.rows.iter().find(|plain| plain.entrant == row.entrant));
                tr data-differs[plain.is_some_and(|plain| plain.place != row.place || plain.score != row.score)] {
                    th scope="row" { (name(names, &row.entrant)) }
                    @for row in [Some(row), plain] {
                        td.number { @if let Some(row) = row { (figures::place(desk.lang(), &row.place)) } }
                        td.number { @match row.and_then(|row| row.score) { Some(score) => (score), None => "–" } }
                    }
                }
            }
        },
    )
}

#[derive(Deserialize)]
struct Release {
    veto: VetoId,
    #[serde(default)]
    dated: String,
    #[serde(default)]
    document: String,
    #[serde(flatten)]
    second: Seconded,
}

async fn release(desk: Desk, Posted(form): Posted<Release>) -> Result<Response> {
    let (document, row) = match document(&desk, &form.dated, &form.document)? {
        Ok(named) => named,
        Err(problem) => return wrong(desk, &Typed::default(), &problem).await,
    };
    let make = |second| Act::ReleaseVeto { veto: form.veto, document, second };
    match seconded(&desk, &form.second, make, row).await? {
        Ok(()) => veto_said(&desk, "veto-released").await,
        Err(problem) => wrong(desk, &Typed::default(), &problem).await,
    }
}
