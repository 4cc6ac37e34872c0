//! The works of a collection: by what stands of them, unit, month, checker and words, page by page; and what was found as
//! a workbook. Marks stand beside authors once the collection is closed, not before.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use axum::{
    extract::{Path, Query},
    response::Response,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::address;
use crate::{
    app::works::WorkText,
    files::lists::{self, Collected},
    rules::{
        ledger::{entry::Digest, works::Outcome},
        names::{ContestId, Id, PersonId, UnitPath},
        works::{self, CollectionView, Rules, Stand, WorkView},
    },
    web::{
        Error, Result,
        error::percent,
        organizer::{
            cast::Cast,
            desk::Desk,
            entrants::{self, Names, XLSX, attachment, name_of, paper},
            moments::Zone,
        },
        partials::{self, Column, Field, Look},
        works::{called, texts as texts_of, tone, work_address},
    },
    words::{trail::Cast as _, works as words},
};

const ROWS_A_PAGE: usize = 50;

/// What can stand of a work, as addresses and the filter name it.
const STATES: [(&str, &str); 10] = [
    ("waiting", "works-stand-waiting"),
    ("returned", "works-outcome-returned"),
    ("accepted", "works-outcome-accepted"),
    ("undealt", "works-judging-undealt"),
    ("judging", "works-judging"),
    ("judged", "works-judged"),
    ("declined", "works-outcome-declined"),
    ("duplicate", "works-outcome-duplicate"),
    ("false", "works-outcome-false"),
    ("withdrawn", "works-stand-withdrawn"),
];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    q: String,
    /// Of [`STATES`].
    state: String,
    unit: String,
    /// `2026-05`, of when it was handed in.
    month: String,
    checker: String,
    /// From 1.
    page: usize,
}

impl Filter {
    fn query(&self) -> String {
        let Self { q, state, unit, month, checker, page: _ } = self;
        let pairs = [("q", q), ("state", state), ("unit", unit), ("month", month), ("checker", checker)];
        pairs.iter().map(|(name, value)| format!("{name}={}", percent(value))).collect::<Vec<_>>().join("&")
    }
}

/// All works of a collection with what people call them.
struct Found {
    rules: Rules,
    closed: bool,
    /// Those that the filter lets through.
    works: Vec<WorkView>,
    names: Names,
    cast: Cast,
    /// By digest: of the works found where words are sought, else of none.
    texts: HashMap<Digest, WorkText>,
    months: BTreeSet<String>,
    /// Those that works come from, and all above them.
    units: BTreeSet<UnitPath>,
    checkers: BTreeMap<PersonId, String>,
}

fn month(rules: &Rules, seen: &WorkView) -> String {
    works::day(rules, seen.work.at).strftime("%Y-%m").to_string()
}

/// A unit and all that hold it.
fn above(unit: &UnitPath) -> Vec<UnitPath> {
    (1..=unit.as_str().split('/').count()).filter_map(|level| unit.at_level(level)).collect()
}

/// Whether the work is in a state of [`STATES`].
fn is_in(state: &str, rules: &Rules, seen: &WorkView) -> bool {
    let work = &seen.work;
    let marked = work.marks.values().all(Option::is_some);
    match state {
        "" => true,
        "waiting" => work.stand == Stand::Waiting,
        "returned" => work.stand == Stand::Returned,
        "withdrawn" => work.stand == Stand::Withdrawn,
        "accepted" => work.is_accepted(),
        "undealt" => rules.judging.is_some() && work.is_accepted() && work.code.is_none(),
        "judging" => work.is_accepted() && work.code.is_some() && !marked,
        "judged" => work.is_accepted() && work.code.is_some() && marked,
        "declined" => work.outcome() == Some(&Outcome::Declined),
        "duplicate" => matches!(work.outcome(), Some(Outcome::Duplicate { .. })),
        "false" => work.outcome() == Some(&Outcome::Untrue),
        _ => false,
    }
}

async fn found(desk: &Desk, seen: &CollectionView, filter: &Filter) -> Result<Found> {
    let rules = seen.rules.clone();
    let all = desk.app.read(&desk.contest, |state| works::works_of(state, &rules.id, |_, _| true)).await?;
    let months = all.iter().map(|seen| month(&rules, seen)).collect();
    let units = all.iter().filter_map(|seen| seen.unit.as_ref()).flat_map(above).collect();
    let checked_by = |seen: &WorkView| seen.work.checks.last().map(|check| check.by.clone());
    let checkers: BTreeSet<PersonId> = all.iter().filter_map(checked_by).collect();
    let cast = Cast::of(desk, checkers.iter().cloned().collect()).await?;
    let names = entrants::names(desk).await?;
    let fits = |seen: &WorkView| {
        is_in(&filter.state, &rules, seen)
            && (filter.unit.is_empty()
                || seen.unit.as_ref().is_some_and(|unit| unit.is_within(&filter.unit.as_str().into())))
            && (filter.month.is_empty() || month(&rules, seen) == filter.month)
            && (filter.checker.is_empty() || checked_by(seen).is_some_and(|by| by.as_str() == filter.checker))
    };
    let mut works: Vec<WorkView> = all.into_iter().filter(fits).collect();
    let mut texts = HashMap::new();
    let sought = filter.q.trim().to_lowercase();
    if !sought.is_empty() {
        texts = texts_of(&desk.app, &desk.contest, &works).await?;
        works.retain(|seen| has_words(seen, &sought, &texts, &names));
    }
    // The newest first.
    works.reverse();
    let checkers = checkers.into_iter().map(|person| (person.clone(), cast.person(&person))).collect();
    Ok(Found { closed: seen.closed, rules, works, names, cast, texts, months, units, checkers })
}

/// In its text, its author's name or number, or it is its number.
fn has_words(seen: &WorkView, sought: &str, texts: &HashMap<Digest, WorkText>, names: &Names) -> bool {
    let within = |text: &str| text.to_lowercase().contains(sought);
    let text = seen.work.content().and_then(|content| texts.get(&content.text));
    let author = names.get(&seen.work.entrant);
    seen.work.number.to_string() == sought
        || text.is_some_and(|text| [&text.title, &text.text, &text.place].into_iter().any(|part| within(part)))
        || author.is_some_and(|name| within(&name.name) || name.number.as_deref().is_some_and(within))
}

pub(super) async fn section(desk: &Desk, seen: &CollectionView, filter: &Filter) -> Result<Markup> {
    let mut found = found(desk, seen, filter).await?;
    let count = found.works.len();
    let pages = count.div_ceil(ROWS_A_PAGE).max(1);
    let page = filter.page.clamp(1, pages);
    let shown: Vec<WorkView> = found.works.iter().skip((page - 1) * ROWS_A_PAGE).take(ROWS_A_PAGE).cloned().collect();
    if found.texts.is_empty() {
        found.texts = texts_of(&desk.app, &desk.contest, &shown).await?;
    }
    let base = address(&desk.contest, &found.rules.id);
    Ok(html! {
        section #list {
            div.row.between {
                h2 { (desk.say("collections-list")) " " span.number { (count) } }
                @if count > 0 {
                    (partials::link_button(&format!("{base}/works.xlsx?{}", filter.query()), &desk.say("organizer-export"), Look::Plain))
                }
            }
            (search(desk, &found, filter, &base))
            @if count == 0 { p.quiet-text { (desk.say("collections-list-none")) } }
            @else { (table(desk, &found, &shown)) }
            @if pages > 1 { (pager(desk, &format!("{base}?{}", filter.query()), page, pages)) }
        }
    })
}

fn search(desk: &Desk, found: &Found, filter: &Filter, base: &str) -> Markup {
    let all = desk.say("organizer-all");
    let select = |name: &str, label: &str, value: &str, options: Vec<(String, String)>| {
        let mut shown: Vec<(&str, &str)> = vec![("", &all)];
        shown.extend(options.iter().map(|(id, title)| (id.as_str(), title.as_str())));
        html! { @if !options.is_empty() { (Field::select(name, label, &shown).value(value)) } }
    };
    let judged = found.rules.judging.is_some();
    let states = STATES.iter().filter(|(state, _)| judged || !matches!(*state, "undealt" | "judging" | "judged"));
    let states = states.map(|(state, key)| ((*state).to_owned(), desk.say(key))).collect();
    let units = found.units.iter().map(|unit| (unit.to_string(), unit.to_string())).collect();
    let months = found.months.iter().rev().map(|month| (month.clone(), month.clone())).collect();
    let checkers = found.checkers.iter().map(|(person, name)| (person.to_string(), name.clone())).collect();
    html! {
        form.filter method="get" action={ (base) "#list" } {
            (Field::text("q", &desk.say("collections-search")).value(&filter.q))
            (select("state", &desk.say("collections-state"), &filter.state, states))
            (select("unit", &desk.say("column-unit"), &filter.unit, units))
            (select("month", &desk.say("collections-month"), &filter.month, months))
            (select("checker", &desk.say("collections-checker"), &filter.checker, checkers))
            (partials::button(&desk.say("organizer-show"), Look::Plain))
        }
    }
}

fn table(desk: &Desk, found: &Found, shown: &[WorkView]) -> Markup {
    let titles = [
        "collections-number",
        "collections-work",
        "collections-author",
        "column-unit",
        "collections-state",
        "collections-handed-in",
        "collections-checker",
        "works-points",
        "collections-mark",
    ]
    .map(|key| desk.say(key));
    let mut columns = vec![Column::number(&titles[0])];
    columns.extend(titles[1..7].iter().map(|title| Column::text(title)));
    columns.push(Column::number(&titles[7]));
    let judged = found.rules.judging.is_some();
    if judged {
        columns.push(Column::number(&titles[8]));
    }
    let zone = Zone::of(&desk.view.heading);
    let rows = html! {
        @for seen in shown {
            tr {
                td.number { (seen.work.number) }
                td { a href=(work_address(&desk.contest, seen)) {
                    (called(&desk.page, seen.work.content().and_then(|content| found.texts.get(&content.text)))) } }
                td { (author(desk, found, seen)) }
                td { @if let Some(unit) = &seen.unit { (unit) } }
                td { (partials::pill(&words::standing(desk.lang(), &found.rules, &seen.work, found.closed), tone(&seen.work))) }
                td { (zone.minute(seen.work.at)) }
                td { @if let Some(check) = seen.work.checks.last() { (found.cast.person(&check.by)) } }
                td.number { (points(seen)) }
                @if judged { td.number { (mark(found, seen)) } }
            }
        }
    };
    partials::table(&desk.say("collections-list"), &columns, &rows)
}

fn author(desk: &Desk, found: &Found, seen: &WorkView) -> String {
    let name = name_of(&found.names, &seen.work.entrant);
    if name.is_empty() { desk.say("organizer-erased") } else { name.to_owned() }
}

fn points(seen: &WorkView) -> String {
    let sum: rust_decimal::Decimal = seen.points.iter().map(|line| line.counted).sum();
    sum.normalize().to_string()
}

/// How many judges of how many have marked it; once the collection is closed, its mark.
fn mark(found: &Found, seen: &WorkView) -> String {
    let marks = &seen.work.marks;
    match seen.mark.filter(|_| found.closed) {
        Some(mark) => mark.normalize().to_string(),
        None if marks.is_empty() || found.closed => String::new(),
        None => format!("{} / {}", marks.values().flatten().count(), marks.len()),
    }
}

fn pager(desk: &Desk, base: &str, page: usize, pages: usize) -> Markup {
    let to = |page: usize| format!("{base}&page={page}#list");
    html! {
        nav.row aria-label=(desk.say("organizer-pager")) {
            @if page > 1 { (partials::link_button(&to(page - 1), &desk.say("organizer-page-before"), Look::Plain)) }
            span.number { (page) " / " (pages) }
            @if page < pages { (partials::link_button(&to(page + 1), &desk.say("organizer-page-after"), Look::Plain)) }
        }
    }
}

/// What the filter lets through, in the order of arrival.
pub(super) async fn workbook(
    desk: Desk,
    Path((_, collection)): Path<(ContestId, Id)>,
    Query(filter): Query<Filter>,
) -> Result<Response> {
    let now = desk.app.now();
    let seen = desk.app.read(&desk.contest, |state| works::collection(state, &collection, now)).await?;
    let mut found = found(&desk, &seen.ok_or(Error::NotFound)?, &filter).await?;
    found.works.reverse();
    let texts = texts_of(&desk.app, &desk.contest, &found.works).await?;
    let zone = Zone::of(&desk.view.heading);
    let row = |seen: &WorkView| {
        let check = seen.work.checks.last();
        let text = seen.work.content().and_then(|content| texts.get(&content.text));
        let erased = || WorkText { text: desk.say("works-erased"), ..WorkText::default() };
        let text = text.cloned().unwrap_or_else(erased);
        let named = found.names.get(&seen.work.entrant).and_then(|name| name.number.clone());
        Collected {
            number: seen.work.number.to_string(),
            author: author(&desk, &found, seen),
            author_number: named.unwrap_or_default(),
            unit: seen.unit.as_ref().map(ToString::to_string).unwrap_or_default(),
            title: text.title,
            place: text.place,
            text: text.text,
            pictures: seen.work.content().map_or(0, |content| content.pictures.len()).to_string(),
            handed_in: zone.minute(seen.work.at),
            state: words::standing(desk.lang(), &found.rules, &seen.work, found.closed),
            checker: check.map(|check| found.cast.person(&check.by)).unwrap_or_default(),
            checked: check.map(|check| zone.minute(check.at)).unwrap_or_default(),
            points: points(seen),
            mark: seen.mark.filter(|_| found.closed).map(|mark| mark.normalize().to_string()).unwrap_or_default(),
            code: seen.work.code.map(|code| code.to_string()).unwrap_or_default(),
        }
    };
    let rows: Vec<Collected> = found.works.iter().map(row).collect();
    let paper = paper(&desk);
    let listing = lists::collected(&paper, &found.rules.title, &rows);
    let bytes = lists::xlsx(&paper, &listing).map_err(|_| Error::Internal)?;
    Ok(attachment(XLSX, &format!("{}-works.xlsx", desk.contest), bytes))
}
