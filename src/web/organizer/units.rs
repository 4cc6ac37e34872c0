//! `/organizer/{contest}/units`: the tree of units, chosen from ever after and never typed.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    desk::{Desk, Place},
    heads,
    upload::{self, Upload},
};
use crate::{
    files::units as reader,
    rules::{command::Command, names::UnitPath},
    web::{
        Result, Web,
        form::Posted,
        partials::{self, Field, Look, Tone},
    },
};

/// Units of one contest.
const UNITS_MAX: usize = 5_000;
const NAME_CHARS_MAX: usize = 60;
const LEVELS_MAX: usize = 8;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/units", get(show).post(save))
        .route("/organizer/{contest}/units/add", post(add))
        .route("/organizer/{contest}/units/import", post(import))
        .layer(upload::limit())
}

/// The list as text, while it is edited.
struct Draft {
    text: String,
    note: Option<(Tone, String)>,
    /// The list differs from what is saved.
    open: bool,
}

async fn show(desk: Desk) -> Markup {
    let draft = Draft { text: lines(&desk.view.units), note: None, open: desk.view.units.is_empty() };
    let body = page(&desk, &draft);
    desk.show(Place::Units, &body)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct List {
    units: String,
}

/// Replaces the tree by what the text says.
async fn save(desk: Desk, Posted(list): Posted<List>) -> Result<Response> {
    let units = parsed(&list.units);
    match unfit(&desk, &units) {
        None => set(&desk, units).await,
        Some(problem) => {
            let draft = Draft { text: list.units, note: Some((Tone::Bad, problem)), open: true };
            let body = page(&desk, &draft);
            Ok(desk.wrong(Place::Units, &body))
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Added {
    below: String,
    name: String,
}

async fn add(desk: Desk, Posted(added): Posted<Added>) -> Result<Response> {
    let path = if added.below.is_empty() { added.name } else { format!("{}/{}", added.below, added.name) };
    let units = parsed(&format!("{}\n{path}", lines(&desk.view.units)));
    match unfit(&desk, &units) {
        None => set(&desk, units).await,
        Some(problem) => {
            let draft = Draft { text: lines(&units), note: Some((Tone::Bad, problem)), open: true };
            let body = page(&desk, &draft);
            Ok(desk.wrong(Place::Units, &body))
        }
    }
}

/// Reads a sheet into the list, to be looked at and saved.
async fn import(desk: Desk, form: Upload) -> Result<Response> {
    let read = match form.file("file") {
        Some(bytes) => reader::read(bytes).map_err(|problem| problem.say(desk.lang())),
        None => Err(desk.say("organizer-no-file")),
    };
    match read {
        Ok(found) => {
            let known: BTreeSet<UnitPath> = desk.view.units.iter().cloned().collect();
            let new = found.iter().filter(|unit| !known.contains(*unit)).count();
            let mut units = desk.view.units.clone();
            units.extend(found.into_iter().filter(|unit| !known.contains(unit)));
            let note = (Tone::Good, desk.count("organizer-units-found", new));
            let body = page(&desk, &Draft { text: lines(&units), note: Some(note), open: true });
            Ok(axum::response::IntoResponse::into_response(desk.show(Place::Units, &body)))
        }
        Err(problem) => {
            let draft = Draft { text: lines(&desk.view.units), note: Some((Tone::Bad, problem)), open: true };
            let body = page(&desk, &draft);
            Ok(desk.wrong(Place::Units, &body))
        }
    }
}

async fn set(desk: &Desk, units: Vec<UnitPath>) -> Result<Response> {
    let count = units.len();
    if units != desk.view.units {
        desk.act(Command::SetUnits { units }).await?;
    }
    Ok(desk.done(Place::Units, "units", count))
}

/// One path a line, each level also by itself, in the order of the text.
fn parsed(text: &str) -> Vec<UnitPath> {
    let mut units = Vec::new();
    let mut seen = BTreeSet::new();
    for line in text.lines() {
        let names: Vec<&str> =
            line.split(['/', '／', '>', '＞']).map(str::trim).filter(|name| !name.is_empty()).collect();
        for level in 1..=names.len() {
            let path = UnitPath::new(names[..level].join("/"));
            if seen.insert(path.clone()) {
                units.push(path);
            }
        }
    }
    units
}

/// Why this list cannot be the tree.
fn unfit(desk: &Desk, units: &[UnitPath]) -> Option<String> {
    if units.len() > UNITS_MAX {
        return Some(desk.count("organizer-units-many", UNITS_MAX));
    }
    let long = |unit: &&UnitPath| {
        unit.leaf().chars().count() > NAME_CHARS_MAX || unit.as_str().split('/').count() > LEVELS_MAX
    };
    if let Some(unit) = units.iter().find(long) {
        let values = [("unit", unit.as_str().into()), ("most", NAME_CHARS_MAX.into()), ("levels", LEVELS_MAX.into())];
        return Some(desk.lang().say_with("organizer-unit-long", &values).into_owned());
    }
    let kept: BTreeSet<&UnitPath> = units.iter().collect();
    let lost: BTreeSet<&str> = desk
        .view
        .entrants
        .iter()
        .filter_map(|line| line.facts.unit.as_ref())
        .filter(|unit| desk.view.units.contains(unit) && !kept.contains(unit))
        .map(UnitPath::as_str)
        .collect();
    (!lost.is_empty()).then(|| {
        let names = lost.into_iter().collect::<Vec<_>>().join("、");
        desk.lang().say_with("organizer-units-used", &[("units", names.into())]).into_owned()
    })
}

fn lines(units: &[UnitPath]) -> String {
    units.iter().map(UnitPath::as_str).collect::<Vec<_>>().join("\n")
}

fn page(desk: &Desk, draft: &Draft) -> Markup {
    let units = &desk.view.units;
    let top = desk.say("organizer-unit-top");
    let mut below: Vec<(&str, &str)> = vec![("", &top)];
    below.extend(units.iter().map(|unit| (unit.as_str(), unit.as_str())));
    html! {
        @if let Some((tone, note)) = &draft.note { (partials::notice(*tone, &html! { p { (note) } })) }
        div.columns {
            section.card {
                h2 { (desk.say("organizer-units")) }
                @if units.is_empty() {
                    (partials::empty(&desk.say("organizer-units-none"), &html! { p { (desk.say("organizer-units-none-next")) } }))
                } @else {
                    (tree(desk))
                    p { a href={ (desk.at(Place::Units)) "/heads" } { (desk.say("heads-title")) } }
                }
            }
            div {
                @if !units.is_empty() {
                    form.card method="post" action={ (desk.at(Place::Units)) "/add" } {
                        h2 { (desk.say("organizer-unit-add")) }
                        (Field::select("below", &desk.say("organizer-unit-below"), &below))
                        (Field::text("name", &desk.say("organizer-unit-name")).required())
                        (partials::button(&desk.say("organizer-add"), Look::Plain))
                    }
                }
                form.card method="post" action={ (desk.at(Place::Units)) "/import" } enctype="multipart/form-data" {
                    h2 { (desk.say("organizer-units-import")) }
                    (Field::file("file", &desk.say("organizer-sheet"), ".xlsx,.xls,.csv")
                        .hint(&desk.say("organizer-units-import-hint")).required())
                    (partials::button(&desk.say("organizer-read"), Look::Plain))
                }
                details.card open[draft.open] {
                    summary { h2 { (desk.say("organizer-units-edit")) } }
                    form method="post" action=(desk.at(Place::Units)) {
                        div.field {
                            label for="field-units" { (desk.say("organizer-units-lines")) }
                            textarea id="field-units" name="units" rows="14" spellcheck="false" aria-describedby="units-about" {
                                "\n" (draft.text)
                            }
                            p #units-about { (desk.say("organizer-units-lines-hint")) }
                        }
                        (partials::button(&desk.say("organizer-save"), Look::Primary))
                    }
                }
            }
        }
    }
}

/// The tree with how many entrants each unit sends, those below it included.
fn tree(desk: &Desk) -> Markup {
    let entrants = heads::listed(desk.view.entrants.iter().filter_map(|line| line.facts.unit.as_ref()));
    let mut below: BTreeMap<&str, Vec<&UnitPath>> = BTreeMap::new();
    for unit in &desk.view.units {
        let parent = unit.as_str().rsplit_once('/').map_or("", |(parent, _)| parent);
        below.entry(parent).or_default().push(unit);
    }
    html! { ul.tree { (branch(desk, "", &below, &entrants)) } }
}

fn branch(
    desk: &Desk,
    parent: &str,
    below: &BTreeMap<&str, Vec<&UnitPath>>,
    entrants: &BTreeMap<&str, usize>,
) -> Markup {
    html! {
        @for unit in below.get(parent).into_iter().flatten() {
            li {
                span { (unit.leaf()) }
                @if let Some(count) = entrants.get(unit.as_str()) {
                    " " small { (desk.count("organizer-unit-entrants", *count)) }
                }
                @if below.contains_key(unit.as_str()) { ul { (branch(desk, unit.as_str(), below, entrants)) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deep_path_brings_those_above_it() {
        let paths = |text: &str| parsed(text).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(
            paths("集团/一公司/焊接车间\n\n 集团 > 二公司 "),
            ["集团", "集团/一公司", "集团/一公司/焊接车间", "集团/二公司"]
        );
        assert_eq!(paths(" / \n"), [""; 0]);
    }
}
