//! `/organizer/{contest}/units/heads`: how many heads each unit has (核定人数), frozen as participation counts them.

use std::collections::BTreeMap;

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};

use super::desk::{Desk, Place};
use crate::{
    rules::{
        command::Command,
        definition::model::TableOf,
        names::UnitPath,
        papers::{self, Act},
        standings::Headcounts,
    },
    web::{
        Result, Web,
        form::Posted,
        partials::{self, Column, Look, Tone},
    },
};

/// Heads of one unit.
const HEADS_MAX: u32 = 1_000_000;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/organizer/{contest}/units/heads", get(show).post(save))
}

async fn show(desk: Desk) -> Result<Markup> {
    let frozen = desk.app.read(&desk.contest, papers::headcounts).await?;
    let body = page(&desk, &frozen, &BTreeMap::new());
    Ok(desk.show(Place::Units, &body))
}

/// Every number of the page at once; an empty field lets the list count.
async fn save(desk: Desk, Posted(fields): Posted<Vec<(String, String)>>) -> Result<Response> {
    let mut counts = Vec::new();
    let mut wrong = BTreeMap::new();
    for (unit, text) in fields {
        let typed = plain(&text);
        if typed.is_empty() {
            continue;
        }
        match typed.parse::<u32>().ok().filter(|count| *count <= HEADS_MAX) {
            Some(count) => counts.push((UnitPath::new(&*unit), count)),
            None => drop(wrong.insert(UnitPath::new(&*unit), text)),
        }
    }
    if !wrong.is_empty() {
        let body = page(&desk, &counts.into_iter().collect(), &wrong);
        return Ok(desk.wrong(Place::Units, &body));
    }
    let frozen = desk.app.read(&desk.contest, papers::headcounts).await?;
    let new: Headcounts = counts.iter().cloned().collect();
    let count = new.len();
    if new != frozen {
        desk.act(Command::Paper(Act::FreezeHeadcounts { counts })).await?;
    }
    Ok(desk.done(Place::Units, "heads", count).into_response())
}

/// Digits as a Chinese keyboard may give them, without blanks and separators.
fn plain(text: &str) -> String {
    let digit = |c: char| match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        _ => c,
    };
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '，')).map(digit).collect()
}

/// How many stand on the list for each unit, those below it included.
pub(super) fn listed<'u>(units: impl Iterator<Item = &'u UnitPath>) -> BTreeMap<&'u str, usize> {
    let mut listed = BTreeMap::new();
    for unit in units {
        let path = unit.as_str();
        for end in path.match_indices('/').map(|(at, _)| at).chain([path.len()]) {
            *listed.entry(&path[..end]).or_default() += 1;
        }
    }
    listed
}

/// The units that some table ranks; all of them where none does.
fn units(desk: &Desk) -> Vec<UnitPath> {
    let level = |of: &TableOf| if let TableOf::Units { level, .. } = of { Some(*level as usize) } else { None };
    let definition = desk.definition();
    let tables = definition.iter().flat_map(|definition| &definition.tables);
    let levels: Vec<usize> = tables.filter_map(|table| level(&table.of)).collect();
    let depth = |unit: &UnitPath| unit.as_str().split('/').count();
    let all = desk.view.units.iter();
    all.filter(|unit| levels.is_empty() || levels.contains(&depth(unit))).cloned().collect()
}

fn page(desk: &Desk, frozen: &Headcounts, wrong: &BTreeMap<UnitPath, String>) -> Markup {
    let listed = listed(desk.view.entrants.iter().filter_map(|line| line.facts.unit.as_ref()));
    let titles = ["heads-unit", "heads-listed", "heads-frozen"].map(|key| desk.say(key));
    let columns = [Column::text(&titles[0]), Column::number(&titles[1]), Column::number(&titles[2])];
    let units = units(desk);
    html! {
        p { a.quiet href=(desk.at(Place::Units)) { "‹ " (desk.say("organizer-units")) } }
        h2 { (desk.say("heads-title")) }
        p { (desk.say("heads-mean")) }
        @if !wrong.is_empty() { (partials::notice(Tone::Bad, &html! { p { (desk.say("heads-wrong")) } })) }
        @if units.is_empty() {
            (partials::empty(&desk.say("organizer-units-none"), &html! { p { (desk.say("organizer-units-none-next")) } }))
        } @else {
            form method="post" {
                (partials::table(&desk.say("heads-title"), &columns, &html! {
                    @for unit in &units {
                        @let is_wrong = wrong.contains_key(unit);
                        tr {
                            th scope="row" { (unit) }
                            td.number { (listed.get(unit.as_str()).copied().unwrap_or(0)) }
                            td.number {
                                input.short name=(unit) inputmode="numeric" autocomplete="off" maxlength="9"
                                    aria-label=(format!("{} {unit}", titles[2])) aria-invalid[is_wrong]
                                    value=[wrong.get(unit).cloned().or_else(|| frozen.get(unit).map(u32::to_string))];
                            }
                        }
                    }
                }))
                (partials::button(&desk.say("heads-save"), Look::Primary))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_keyboards_give_them() {
        assert_eq!(plain(" １，２００ "), "1200");
        assert_eq!(plain("12a"), "12a");
        assert_eq!(plain("\u{3000}"), "");
    }
}
