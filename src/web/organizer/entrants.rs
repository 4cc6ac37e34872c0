//! `/organizer/{contest}/entrants`: the list, searched and filtered, and as a workbook.

use std::collections::HashMap;

use axum::{
    Router,
    extract::Query,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::desk::{Desk, Place};
use crate::{
    app::entrants::EntrantName,
    files::{
        documents::{Paper, Results},
        lists,
    },
    rules::{
        definition::model::JudgeWord,
        field::EntrantStanding,
        names::{EntrantId, Id},
        view::{EntrantLine, Named},
    },
    web::{
        Error, Result, Web,
        error::percent,
        partials::{self, Column, Field, Look, Tone},
    },
};

const ROWS_A_PAGE: usize = 100;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/entrants", get(list))
        .route("/organizer/{contest}/entrants.xlsx", get(workbook))
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Filter {
    q: String,
    event: String,
    group: String,
    unit: String,
    /// From 1.
    page: usize,
}

/// The people of a contest by entrant.
pub(super) type Names = HashMap<EntrantId, EntrantName>;

pub(super) async fn names(desk: &Desk) -> Result<Names> {
    let names = desk.app.entrant_names(&desk.contest).await?;
    Ok(names.into_iter().map(|name| (name.entrant.clone(), name)).collect())
}

pub(super) fn name_of<'n>(names: &'n Names, entrant: &EntrantId) -> &'n str {
    names.get(entrant).map_or("", |name| name.name.as_str())
}

/// The title of an id, for those that have one.
pub(super) fn title<'t>(named: &'t [Named], id: Option<&'t Id>) -> &'t str {
    id.map_or("", |id| named.iter().find(|one| one.id == *id).map_or(id.as_str(), |one| one.title.as_str()))
}

async fn list(desk: Desk, Query(filter): Query<Filter>) -> Result<Markup> {
    let names = names(&desk).await?;
    let found: Vec<&EntrantLine> = desk.view.entrants.iter().filter(|line| fits(line, &names, &filter)).collect();
    let pages = found.len().div_ceil(ROWS_A_PAGE).max(1);
    let page = filter.page.clamp(1, pages);
    let shown = found.iter().skip((page - 1) * ROWS_A_PAGE).take(ROWS_A_PAGE);
    let base = desk.at(Place::Entrants);
    let body = html! {
        div.row {
            (partials::link_button(&format!("{base}/import"), &desk.say("organizer-import"), Look::Primary))
            (partials::link_button(&format!("{base}/new"), &desk.say("organizer-entrant-add"), Look::Plain))
            @if !desk.view.entrants.is_empty() {
                (partials::link_button(&format!("{base}.xlsx"), &desk.say("organizer-export"), Look::Plain))
            }
        }
        @if desk.view.entrants.is_empty() {
            (partials::empty(&desk.say("organizer-entrants-none"), &html! { p { (desk.say("organizer-entrants-none-next")) } }))
        } @else {
            (search(&desk, &filter))
            p.quiet-text { (desk.count("organizer-entrants-found", found.len())) }
            (table(&desk, &names, shown.copied()))
            @if pages > 1 { (pager(&desk, &filter, page, pages)) }
        }
    };
    Ok(desk.show(Place::Entrants, &body))
}

fn fits(line: &EntrantLine, names: &Names, filter: &Filter) -> bool {
    let q = filter.q.trim().to_lowercase();
    let name = names.get(&line.entrant);
    let found = q.is_empty()
        || line.entrant.as_str().to_lowercase().contains(&q)
        || line.number.is_some_and(|number| number.to_string() == q)
        || name.is_some_and(|name| {
            name.name.to_lowercase().contains(&q) || name.number.as_ref().is_some_and(|n| n.to_lowercase().contains(&q))
        });
    let is = |wanted: &str, id: Option<&Id>| wanted.is_empty() || id.is_some_and(|id| id.as_str() == wanted);
    let within = filter.unit.is_empty()
        || line.facts.unit.as_ref().is_some_and(|unit| unit.is_within(&filter.unit.as_str().into()));
    found && within && is(&filter.event, line.facts.event.as_ref()) && is(&filter.group, line.facts.group.as_ref())
}

fn search(desk: &Desk, filter: &Filter) -> Markup {
    let all = desk.say("organizer-all");
    let options = |named: &[Named]| -> Vec<(String, String)> {
        named.iter().map(|one| (one.id.to_string(), one.title.clone())).collect()
    };
    let select = |name: &str, label: &str, value: &str, options: Vec<(String, String)>| {
        let mut shown: Vec<(&str, &str)> = vec![("", &all)];
        shown.extend(options.iter().map(|(id, title)| (id.as_str(), title.as_str())));
        html! { @if !options.is_empty() { (Field::select(name, label, &shown).value(value)) } }
    };
    let units = desk.view.units.iter().map(|unit| (unit.to_string(), unit.to_string())).collect();
    html! {
        form.filter method="get" action=(desk.at(Place::Entrants)) {
            (Field::text("q", &desk.say("organizer-search")).value(&filter.q))
            (select("event", &desk.say("column-event"), &filter.event, options(&desk.view.events)))
            (select("group", &desk.say("column-group"), &filter.group, options(&desk.view.groups)))
            (select("unit", &desk.say("column-unit"), &filter.unit, units))
            (partials::button(&desk.say("organizer-show"), Look::Plain))
        }
    }
}

fn table<'l>(desk: &Desk, names: &Names, lines: impl Iterator<Item = &'l EntrantLine>) -> Markup {
    let view = &desk.view;
    let (events, groups) = (!view.events.is_empty(), !view.groups.is_empty());
    let teams = view.entrants.iter().any(|line| line.facts.team.is_some());
    let say = |key: &str| desk.say(key);
    let titles = [
        say("organizer-lot"),
        say("column-entrant"),
        say("column-name"),
        say("column-unit"),
        say("column-event"),
        say("column-group"),
        say("column-team"),
        say("organizer-standing"),
    ];
    let mut columns = vec![Column::number(&titles[0])];
    columns.extend(titles[1..4].iter().map(|title| Column::text(title)));
    let wanted = [(events, &titles[4]), (groups, &titles[5]), (teams, &titles[6])];
    columns.extend(wanted.iter().filter(|(shown, _)| *shown).map(|(_, title)| Column::text(title)));
    columns.push(Column::text(&titles[7]));
    let base = desk.at(Place::Entrants);
    let rows = html! {
        @for line in lines {
            tr {
                td.number { @if let Some(number) = line.number { (number) } @else { "–" } }
                td { (line.entrant) }
                td { a href={ (base) "/" (percent(line.entrant.as_str())) } {
                    @let name = name_of(names, &line.entrant);
                    @if name.is_empty() { (say("organizer-erased")) } @else { (name) }
                } }
                td { @if let Some(unit) = &line.facts.unit { (unit) } }
                @if events { td { (title(&view.events, line.facts.event.as_ref())) } }
                @if groups { td { (title(&view.groups, line.facts.group.as_ref())) } }
                @if teams { td { @if let Some(team) = &line.facts.team { (team) } } }
                td { (standing(desk, line)) }
            }
        }
    };
    partials::table(&say("organizer-entrants"), &columns, &rows)
}

pub(super) fn standing(desk: &Desk, line: &EntrantLine) -> Markup {
    html! {
        @match &line.facts.standing {
            EntrantStanding::In => {},
            EntrantStanding::Withdrawn => (partials::pill(&desk.say("organizer-withdrawn"), Tone::Warn)),
            EntrantStanding::Disqualified { .. } => (partials::pill(&desk.say("organizer-disqualified"), Tone::Bad)),
        }
        @if line.facts.outside_quota { (partials::pill(&desk.say("organizer-outside-quota"), Tone::Plain)) }
    }
}

fn pager(desk: &Desk, filter: &Filter, page: usize, pages: usize) -> Markup {
    let to = |page: usize| {
        format!(
            "{}?q={}&event={}&group={}&unit={}&page={page}",
            desk.at(Place::Entrants),
            percent(&filter.q),
            percent(&filter.event),
            percent(&filter.group),
            percent(&filter.unit)
        )
    };
    html! {
        nav.row aria-label=(desk.say("organizer-pager")) {
            @if page > 1 { (partials::link_button(&to(page - 1), &desk.say("organizer-page-before"), Look::Plain)) }
            span.number { (page) " / " (pages) }
            @if page < pages { (partials::link_button(&to(page + 1), &desk.say("organizer-page-after"), Look::Plain)) }
        }
    }
}

async fn workbook(desk: Desk) -> Result<Response> {
    let names = names(&desk).await?;
    let view = &desk.view;
    let entries: Vec<lists::Entry> = view
        .entrants
        .iter()
        .map(|line| lists::Entry {
            number: line.entrant.to_string(),
            name: name_of(&names, &line.entrant).to_owned(),
            unit: line.facts.unit.as_ref().map(ToString::to_string).unwrap_or_default(),
            team: line.facts.team.clone().unwrap_or_default(),
            event: title(&view.events, line.facts.event.as_ref()).to_owned(),
            group: title(&view.groups, line.facts.group.as_ref()).to_owned(),
            station: line.facts.station.clone().unwrap_or_default(),
            remark: remark(&desk, line),
        })
        .collect();
    let paper = paper(&desk);
    let listing = lists::entrants(&paper, &entries);
    let bytes = lists::xlsx(&paper, &listing).map_err(|_| Error::Internal)?;
    Ok(attachment(XLSX, &format!("{}-entrants.xlsx", desk.contest), bytes))
}

fn remark(desk: &Desk, line: &EntrantLine) -> String {
    let key = match &line.facts.standing {
        EntrantStanding::In if line.facts.outside_quota => "organizer-outside-quota",
        EntrantStanding::In => return String::new(),
        EntrantStanding::Withdrawn => "organizer-withdrawn",
        EntrantStanding::Disqualified { .. } => "organizer-disqualified",
    };
    desk.say(key)
}

/// What stands on every list of this contest that carries no result.
pub(super) fn paper(desk: &Desk) -> Paper<'_> {
    let heading = &desk.view.heading;
    Paper {
        language: desk.lang(),
        contest: &heading.title,
        organizer: heading.organizer.as_deref(),
        judges_are: if heading.adjudicators { JudgeWord::Adjudicator } else { JudgeWord::Referee },
        printed: "",
        results: Results::None,
    }
}

pub(in crate::web) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
pub(super) const PDF: &str = "application/pdf";
pub(in crate::web) const CSV: &str = "text/csv; charset=utf-8";

/// `name` is plain ASCII.
pub(in crate::web) fn attachment(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, bytes).into_response()
}
