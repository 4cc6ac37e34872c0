//! `/organizer/{contest}/lots`: draw numbers (抽签号), from a seed committed to before the draw, or drawn by hand before a
//! witness and entered.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use axum::{
    Router,
    extract::Query,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    desk::{Desk, Place},
    entrants::{self, Names, PDF, attachment, name_of, paper, title},
};
use crate::{
    files::documents::{self, Fonts, Lot},
    rules::{
        command::Command,
        field::EntrantStanding,
        ledger::entry::LotMethod,
        names::{EntrantId, Id},
        view::{
            EntrantLine,
            organizer::{Lots, Seed},
        },
    },
    web::{
        Error, Result, Web,
        error::percent,
        form::Posted,
        partials::{self, Column, Field, Look, Tone},
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/lots", get(show))
        .route("/organizer/{contest}/lots/commit", post(commit))
        .route("/organizer/{contest}/lots/draw", post(draw))
        .route("/organizer/{contest}/lots/hand", get(show_hand).post(enter))
        .route("/organizer/{contest}/lots.pdf", get(print))
}

/// Whose lots: one event and group, or everybody where the definition has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(default)]
struct Whose {
    event: String,
    group: String,
}

impl Whose {
    fn event(&self) -> Option<Id> {
        (!self.event.is_empty()).then(|| Id::new(&self.event))
    }

    fn group(&self) -> Option<Id> {
        (!self.group.is_empty()).then(|| Id::new(&self.group))
    }

    fn query(&self) -> String {
        format!("?event={}&group={}", percent(&self.event), percent(&self.group))
    }

    fn title(&self, desk: &Desk) -> String {
        let (event, group) = (self.event(), self.group());
        let parts = [title(&desk.view.events, event.as_ref()), title(&desk.view.groups, group.as_ref())];
        let named: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if named.is_empty() { desk.say("organizer-everybody") } else { named.join(" · ") }
    }

    /// Draws for it begin with this, so that a seed committed for one list is not used for another.
    fn purpose(&self) -> String {
        format!("lots.{}.{}.", self.event, self.group)
    }

    fn seed<'d>(&self, desk: &'d Desk) -> Option<&'d Seed> {
        let purpose = self.purpose();
        desk.view.seeds.iter().rev().find(|seed| !seed.used && seed.draw.as_str().starts_with(&purpose))
    }

    fn drawn<'d>(&self, desk: &'d Desk) -> Option<&'d Lots> {
        desk.view.lots.iter().rev().find(|lots| lots.event == self.event() && lots.group == self.group())
    }
}

/// Those who take part, by event and group.
fn lists(desk: &Desk) -> BTreeMap<Whose, Vec<&EntrantLine>> {
    let mut lists: BTreeMap<Whose, Vec<&EntrantLine>> = BTreeMap::new();
    for line in desk.view.entrants.iter().filter(|line| line.facts.standing == EntrantStanding::In) {
        let text = |id: &Option<Id>| id.as_ref().map(ToString::to_string).unwrap_or_default();
        let whose = Whose { event: text(&line.facts.event), group: text(&line.facts.group) };
        lists.entry(whose).or_default().push(line);
    }
    for list in lists.values_mut() {
        list.sort_by_key(|line| (line.number.is_none(), line.number, &line.entrant));
    }
    lists
}

async fn show(desk: Desk) -> Result<Markup> {
    let names = entrants::names(&desk).await?;
    let lists = lists(&desk);
    let mut held = BTreeSet::new();
    for seed in desk.view.seeds.iter().filter(|seed| !seed.used) {
        if desk.app.holds_seed(&desk.contest, &seed.draw).await {
            held.insert(seed.draw.clone());
        }
    }
    let body = html! {
        p { (desk.say("organizer-lots-about")) }
        @if lists.is_empty() {
            (partials::empty(&desk.say("organizer-lots-nobody"), &html! {
                p { (partials::link_button(&desk.at(Place::Entrants), &desk.say("organizer-entrants"), Look::Primary)) }
            }))
        }
        @for (whose, list) in &lists { (section(&desk, &names, whose, list, &held)) }
    };
    Ok(desk.show(Place::Lots, &body))
}

fn section(desk: &Desk, names: &Names, whose: &Whose, list: &[&EntrantLine], held: &BTreeSet<Id>) -> Markup {
    let numbered = list.iter().filter(|line| line.number.is_some()).count();
    let state = if numbered == list.len() {
        partials::pill(&desk.say("organizer-lots-complete"), Tone::Good)
    } else {
        partials::pill(&desk.count("organizer-lots-missing", list.len() - numbered), Tone::Wait)
    };
    html! {
        section.card {
            div.row.between { h2 { (whose.title(desk)) } (state) }
            p.quiet-text { (desk.count("organizer-stage-entrants", list.len())) }
            @if let Some(lots) = whose.drawn(desk) { (how_drawn(desk, whose, lots)) }
            @if !desk.view.has_marks { (steps(desk, whose, list.len(), held)) }
            @if numbered > 0 {
                details open[numbered == list.len()] {
                    summary { h3 { (desk.say("organizer-lots-list")) } }
                    (numbers(desk, names, list))
                }
                p { (partials::link_button(&format!("{}.pdf{}", desk.at(Place::Lots), whose.query()),
                    &desk.say("organizer-lots-print"), Look::Plain)) }
            }
        }
    }
}

/// Commit, then draw; or by hand. A seed that this server does not hold cannot be drawn with: it is committed anew.
fn steps(desk: &Desk, whose: &Whose, count: usize, held: &BTreeSet<Id>) -> Markup {
    let base = desk.at(Place::Lots);
    let hidden = html! {
        input type="hidden" name="event" value=(whose.event);
        input type="hidden" name="group" value=(whose.group);
    };
    let hand = format!("{base}/hand{}", whose.query());
    html! {
        @let committed = whose.seed(desk);
        @if let Some(gone) = committed.filter(|seed| !held.contains(&seed.draw)) {
            (partials::notice(Tone::Warn, &html! {
                p { (desk.say("organizer-lots-gone")) }
                p { code.checksum { (gone.digest.0) } }
            }))
        }
        @match committed.filter(|seed| held.contains(&seed.draw)) {
            Some(seed) => {
                div.step {
                    h3 { (desk.say("organizer-lots-committed")) }
                    p { code.checksum { (seed.digest.0) } }
                    p { (desk.say("organizer-lots-committed-about")) }
                    form method="post" action={ (base) "/draw" } {
                        (hidden)
                        (partials::button(&desk.count("organizer-lots-draw", count), Look::Primary))
                    }
                }
            },
            None => {
                @let again = whose.drawn(desk).is_some();
                @let opener = desk.say(if again { "organizer-lots-again" } else { "organizer-lots-ways" });
                details.step open[!again] {
                    summary { h3 { (opener) } }
                    p { (desk.say("organizer-lots-commit-about")) }
                    div.row {
                        form method="post" action={ (base) "/commit" } {
                            (hidden)
                            (partials::button(&desk.say("organizer-lots-commit"), Look::Primary))
                        }
                        (partials::link_button(&hand, &desk.say("organizer-lots-by-hand"), Look::Plain))
                    }
                }
            },
        }
    }
}

/// What was used, and how anybody repeats it.
fn how_drawn(desk: &Desk, whose: &Whose, lots: &Lots) -> Markup {
    match &lots.method {
        LotMethod::Hand { witness } => {
            let values = [("witness", witness.as_str().into())];
            partials::notice(Tone::Plain, &html! { p { (desk.lang().say_with("organizer-lots-witnessed", &values)) } })
        }
        LotMethod::Seed { draw, seed } => {
            let digest = desk.view.seeds.iter().find(|one| one.draw == *draw).map(|one| one.digest.0.as_str());
            let stations = desk.definition().and_then(|definition| definition.timetable).map_or(0, |day| day.stations);
            let spread = stations > 0 && lots.count > stations as usize;
            html! {
                details.repeat {
                    summary { (desk.say("organizer-lots-repeat")) }
                    (partials::facts(&[
                        (&desk.say("organizer-lots-seed"), html! { code.checksum { (seed) } }),
                        (&desk.say("organizer-lots-digest"), html! { code.checksum { (digest.unwrap_or_default()) } }),
                        (&desk.say("organizer-lots-label"), html! { code.checksum { (draw) "/" (whose.event) "/" (whose.group) } }),
                    ]))
                    ol {
                        li { (desk.say("organizer-repeat-digest")) }
                        li { (desk.say("organizer-repeat-numbers")) }
                        li { (desk.say("organizer-repeat-shuffle")) }
                        @if spread { li { (desk.count("organizer-repeat-spread", stations as usize)) } }
                        li { (desk.say("organizer-repeat-order")) }
                    }
                }
            }
        }
    }
}

fn numbers(desk: &Desk, names: &Names, list: &[&EntrantLine]) -> Markup {
    let keys = ["organizer-lot", "column-name", "column-entrant", "column-unit"];
    let titles = keys.map(|key| desk.say(key));
    let mut columns = vec![Column::number(&titles[0])];
    columns.extend(titles[1..].iter().map(|title| Column::text(title)));
    let rows = html! {
        @for line in list {
            tr {
                td.number { @if let Some(number) = line.number { (number) } @else { "–" } }
                td { (name_of(names, &line.entrant)) }
                td { (line.entrant) }
                td { @if let Some(unit) = &line.facts.unit { (unit) } }
            }
        }
    };
    partials::table(&desk.say("organizer-lots-list"), &columns, &rows)
}

async fn commit(desk: Desk, Posted(whose): Posted<Whose>) -> Result<Response> {
    let receipt = desk.app.commit_seed(&desk.contest, &desk.actor, &whose.purpose()).await?;
    desk.shown(receipt).await?;
    Ok(desk.done(Place::Lots, "committed", 0))
}

async fn draw(desk: Desk, Posted(whose): Posted<Whose>) -> Result<Response> {
    let seed = whose.seed(&desk).ok_or(Error::NotFound)?.draw.clone();
    let (event, group) = (whose.event(), whose.group());
    let receipt = desk.app.draw_lots(&desk.contest, &desk.actor, seed, event, group).await?;
    desk.shown(receipt).await?;
    let count = lists(&desk).get(&whose).map_or(0, Vec::len);
    Ok(desk.done(Place::Lots, "drawn", count))
}

async fn show_hand(desk: Desk, Query(whose): Query<Whose>) -> Result<Markup> {
    let names = entrants::names(&desk).await?;
    let filled = desk
        .view
        .entrants
        .iter()
        .filter_map(|line| Some((format!("n.{}", line.entrant), line.number?.to_string())))
        .collect();
    let body = by_hand(&desk, &names, &whose, &filled, &HashMap::new());
    Ok(desk.show(Place::Lots, &body))
}

/// Numbers by entrant, the witness, and whose lots they are.
async fn enter(desk: Desk, Posted(form): Posted<HashMap<String, String>>) -> Result<Response> {
    let field = |name: &str| form.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    let whose = Whose { event: field("event"), group: field("group") };
    let lists = lists(&desk);
    let list = lists.get(&whose).ok_or(Error::NotFound)?;
    let mut problems: HashMap<String, String> = HashMap::new();
    let witness = field("witness");
    if witness.is_empty() {
        problems.insert("witness".to_owned(), desk.say("organizer-witness-missing"));
    }
    let mut numbers: Vec<(EntrantId, u32)> = Vec::new();
    let mut seen = BTreeSet::new();
    let own: BTreeSet<&EntrantId> = list.iter().map(|line| &line.entrant).collect();
    let elsewhere: BTreeSet<u32> =
        desk.view.entrants.iter().filter(|line| !own.contains(&line.entrant)).filter_map(|line| line.number).collect();
    let free = elsewhere.last().map_or(1, |last| last + 1);
    for line in list {
        let name = format!("n.{}", line.entrant);
        match field(&name).parse::<u32>() {
            Ok(number) if number > 0 => {
                if elsewhere.contains(&number) {
                    let values = [("free", free.to_string().into())];
                    problems
                        .insert(name.clone(), desk.lang().say_with("organizer-number-elsewhere", &values).into_owned());
                }
                if !seen.insert(number) {
                    problems.insert(name, desk.say("organizer-number-twice"));
                }
                numbers.push((line.entrant.clone(), number));
            }
            _ => {
                problems.insert(name, desk.say("organizer-number-missing"));
            }
        }
    }
    if !problems.is_empty() {
        let names = entrants::names(&desk).await?;
        let body = by_hand(&desk, &names, &whose, &form, &problems);
        return Ok(desk.wrong(Place::Lots, &body));
    }
    let count = numbers.len();
    let (event, group) = (whose.event(), whose.group());
    desk.act(Command::EnterLots { event, group, witness, numbers }).await?;
    Ok(desk.done(Place::Lots, "drawn", count))
}

fn by_hand(
    desk: &Desk,
    names: &Names,
    whose: &Whose,
    filled: &HashMap<String, String>,
    problems: &HashMap<String, String>,
) -> Markup {
    let lists = lists(desk);
    let list = lists.get(whose).map(Vec::as_slice).unwrap_or_default();
    let value = |name: &str| filled.get(name).map_or("", String::as_str);
    let problem = |name: &str| problems.get(name).map(String::as_str);
    let titles = ["organizer-lot", "column-name", "column-entrant", "column-unit"].map(|key| desk.say(key));
    let columns: Vec<Column<'_>> = titles.iter().map(|title| Column::text(title)).collect();
    let rows = html! {
        @for line in list {
            @let name = format!("n.{}", line.entrant);
            tr {
                td {
                    input.lot name=(name) value=(value(&name)) inputmode="numeric" autocomplete="off"
                        aria-label={ (titles[0]) " " (name_of(names, &line.entrant)) }
                        aria-invalid=[problem(&name).map(|_| "true")];
                    @if let Some(problem) = problem(&name) { strong.error { (problem) } }
                }
                td { (name_of(names, &line.entrant)) }
                td { (line.entrant) }
                td { @if let Some(unit) = &line.facts.unit { (unit) } }
            }
        }
    };
    html! {
        p.over { a href=(desk.at(Place::Lots)) { (desk.say("organizer-lots")) } }
        h2 { (desk.say("organizer-lots-by-hand")) " · " (whose.title(desk)) }
        p { (desk.say("organizer-lots-by-hand-about")) }
        @if !problems.is_empty() {
            (partials::notice(Tone::Bad, &html! { p { (desk.count("organizer-form-problems", problems.len())) } }))
        }
        form method="post" action={ (desk.at(Place::Lots)) "/hand" } {
            input type="hidden" name="event" value=(whose.event);
            input type="hidden" name="group" value=(whose.group);
            (Field::text("witness", &desk.say("organizer-witness")).value(value("witness"))
                .hint(&desk.say("organizer-witness-hint")).error(problem("witness")).required())
            (partials::table(&desk.say("organizer-lots-by-hand"), &columns, &rows))
            (partials::button(&desk.say("organizer-save"), Look::Primary))
        }
    }
}

/// The list as PDF, in the order of the numbers, with how it was drawn.
async fn print(desk: Desk, Query(whose): Query<Whose>) -> Result<Response> {
    let names = entrants::names(&desk).await?;
    let lists = lists(&desk);
    let list = lists.get(&whose).ok_or(Error::NotFound)?;
    let lots: Vec<Lot> = list
        .iter()
        .filter_map(|line| {
            Some(Lot {
                drawn: line.number?.to_string(),
                name: name_of(&names, &line.entrant).to_owned(),
                unit: line.facts.unit.as_ref().map(ToString::to_string).unwrap_or_default(),
                batch: String::new(),
                station: line.facts.station.clone().unwrap_or_default(),
            })
        })
        .collect();
    let source = whose.drawn(&desk).map(|drawn| match &drawn.method {
        LotMethod::Hand { witness } => {
            desk.lang().say_with("organizer-lots-witnessed", &[("witness", witness.as_str().into())]).into_owned()
        }
        LotMethod::Seed { draw, seed } => {
            let digest = desk.view.seeds.iter().find(|one| one.draw == *draw).map_or("", |one| one.digest.0.as_str());
            let values = [("seed", seed.as_str().into()), ("digest", digest.into())];
            desk.lang().say_with("organizer-lots-source", &values).into_owned()
        }
    });
    let heading = desk.view.heading.clone();
    let (lang, under) = (desk.lang(), whose.title(&desk));
    let judges_are = paper(&desk).judges_are;
    let set = move || {
        let paper = documents::Paper {
            language: lang,
            contest: &heading.title,
            organizer: heading.organizer.as_deref(),
            judges_are,
            printed: "",
            results: documents::Results::None,
        };
        let listing = documents::lots(&paper, Some(under), &lots, source);
        let fonts = Fonts::system().map_err(|problem| vec![problem])?;
        documents::listing(fonts, &paper, &listing)
    };
    let bytes = tokio::task::spawn_blocking(set).await.map_err(|_| Error::Internal)?;
    let bytes = bytes.map_err(|problems| {
        tracing::error!(?problems, "the list of lots was not printed");
        Error::Internal
    })?;
    Ok(attachment(PDF, &format!("{}-lots.pdf", desk.contest), bytes).into_response())
}
