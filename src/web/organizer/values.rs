//! `/organizer/{contest}/stages/{stage}/values`: scores, times and laboratory values that no panel marks, typed into a
//! grid or read from a sheet. A sheet is taken whole or not at all.

use std::collections::HashMap;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, Query},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    cast::Cast,
    desk::{Desk, Place},
    entrants::{CSV, attachment},
    sheets, stages,
    upload::{self, Upload},
};
use crate::{
    app,
    files::{
        lists,
        sheets::Cell,
        values::{self, title},
    },
    rules::{
        command::Command,
        field::Value,
        ledger::entry::MarkValue,
        names::{ContestId, EntrantId, Id},
        view::{self, LooseValues},
    },
    web::{
        Error, Result, Web,
        form::Posted,
        partials::{self, Column, Field, Look, Tone},
    },
};

/// A grid of a thousand entrants, each value with what stood there before.
const BODY_BYTES_MAX: usize = 4 << 20;
const PROBLEMS_MOST: usize = 100;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route(
            "/organizer/{contest}/stages/{stage}/values",
            get(show).post(save).layer(DefaultBodyLimit::max(BODY_BYTES_MAX)),
        )
        .route("/organizer/{contest}/stages/{stage}/values/import", post(import).layer(upload::limit()))
        .route("/organizer/{contest}/stages/{stage}/values.csv", get(file))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Of {
    group: String,
    saved: Option<usize>,
}

/// What was typed and does not fit, by the name of its field.
type Typed = HashMap<String, (String, String)>;

async fn grid(desk: &Desk, stage: &Id, of: &Of) -> Result<LooseValues> {
    let group = Some(of.group.as_str()).filter(|group| !group.is_empty()).map(Id::new);
    let found = desk.app.read(&desk.contest, |state| view::loose_values(state, stage, group.as_ref())).await?;
    found.ok_or(Error::NotFound)
}

async fn show(desk: Desk, Path((_, stage)): Path<(ContestId, Id)>, Query(of): Query<Of>) -> Result<Markup> {
    let grid = grid(&desk, &stage, &of).await?;
    let saved =
        of.saved.map(|count| partials::notice(Tone::Good, &html! { p { (desk.count("values-saved", count)) } }));
    let body = page(&desk, &grid, &Typed::new(), &saved.unwrap_or_default()).await?;
    Ok(desk.show(Place::Stages, &body))
}

/// The name of a field: who, and which column.
fn field(entrant: &EntrantId, key: &str) -> String {
    format!("{entrant} {key}")
}

/// As it stands in its field.
fn shown(desk: &Desk, value: Option<&Value>) -> String {
    value.map(|value| sheets::value(desk, value)).unwrap_or_default()
}

async fn save(
    desk: Desk,
    Path((_, stage)): Path<(ContestId, Id)>,
    Query(of): Query<Of>,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result<Response> {
    let grid = grid(&desk, &stage, &of).await?;
    let fields: HashMap<String, String> = fields.into_iter().collect();
    let mut wrong = Typed::new();
    let mut commands = Vec::new();
    for row in &grid.rows {
        for (column, current) in grid.columns.iter().zip(&row.values) {
            let name = field(&row.entrant, &column.key());
            let (Some(typed), Some(was)) = (fields.get(&name), fields.get(&format!("was {name}"))) else { continue };
            let typed = typed.trim();
            if typed == was {
                continue;
            }
            // Somebody else wrote there after this page was made.
            let now = shown(&desk, current.as_ref());
            if now != *was && now != typed {
                let fact = desk.lang().say_with("values-changed", &[("value", now.as_str().into())]).into_owned();
                wrong.insert(name, (typed.to_owned(), fact));
                continue;
            }
            match values::value(&Cell::Text(typed.to_owned()), column) {
                Ok(value) => commands.push(Command::GiveMark {
                    entrant: row.entrant.clone(),
                    slot: column.slot(&grid.stage.id),
                    value: value.map_or(MarkValue::Cleared, MarkValue::Is),
                }),
                Err(fact) => {
                    wrong.insert(name, (typed.to_owned(), fact.say(desk.lang())));
                }
            }
        }
    }
    if !wrong.is_empty() {
        let told = partials::notice(Tone::Bad, &html! { p { (desk.count("values-problems", wrong.len())) } });
        let typed = with_typed(fields, wrong);
        let body = page(&desk, &grid, &typed, &told).await?;
        return Ok(desk.wrong(Place::Stages, &body));
    }
    record(desk, &grid, commands).await
}

/// What was typed and is right stays in its field too.
fn with_typed(fields: HashMap<String, String>, wrong: Typed) -> Typed {
    let right = fields.into_iter().filter(|(name, _)| !name.starts_with("was "));
    let mut typed: Typed = right.map(|(name, value)| (name, (value, String::new()))).collect();
    typed.extend(wrong);
    typed
}

/// All of it or nothing.
async fn record(desk: Desk, grid: &LooseValues, commands: Vec<Command>) -> Result<Response> {
    let count = commands.len();
    let back = stages::values_address(&desk, &grid.stage.id, grid.group.as_ref());
    let done = if count == 0 { None } else { Some(desk.act(Command::Together(commands)).await) };
    match done {
        None | Some(Ok(_)) => {
            let mark = if back.contains('?') { '&' } else { '?' };
            Ok(Redirect::to(&format!("{back}{mark}saved={count}")).into_response())
        }
        Some(Err(error @ Error::App(app::Error::Refused(_)))) => {
            let problem = error.words(desk.lang()).1;
            let told = partials::notice(Tone::Bad, &html! { p { (problem) } });
            let body = page(&desk, grid, &Typed::new(), &told).await?;
            Ok(desk.wrong(Place::Stages, &body))
        }
        Some(Err(error)) => Err(error),
    }
}

async fn import(
    desk: Desk,
    Path((_, stage)): Path<(ContestId, Id)>,
    Query(of): Query<Of>,
    upload: Upload,
) -> Result<Response> {
    let grid = grid(&desk, &stage, &of).await?;
    let read = values::read(upload.file("file").unwrap_or_default(), &grid, desk.lang());
    let problems: Vec<String> = match &read {
        Ok(read) => read.problems.iter().map(|problem| problem.say(desk.lang())).collect(),
        Err(unreadable) => vec![unreadable.say(desk.lang())],
    };
    let Ok(read) = read.map_err(drop).and_then(|read| if problems.is_empty() { Ok(read) } else { Err(()) }) else {
        let told = partials::notice(
            Tone::Bad,
            &html! {
                p { (desk.count("values-import-problems", problems.len())) }
                ul { @for problem in problems.iter().take(PROBLEMS_MOST) { li { (problem) } } }
            },
        );
        let body = page(&desk, &grid, &Typed::new(), &told).await?;
        return Ok(desk.wrong(Place::Stages, &body));
    };
    let current = |entrant: &EntrantId, column: usize| {
        grid.rows.iter().find(|row| row.entrant == *entrant).and_then(|row| row.values[column])
    };
    let changed = read.values.into_iter().filter(|(entrant, column, value)| current(entrant, *column) != Some(*value));
    let commands = changed.map(|(entrant, column, value)| Command::GiveMark {
        entrant,
        slot: grid.columns[column].slot(&grid.stage.id),
        value: MarkValue::Is(value),
    });
    let commands = commands.collect();
    record(desk, &grid, commands).await
}

/// The grid as a sheet, to fill in and send back.
async fn file(desk: Desk, Path((_, stage)): Path<(ContestId, Id)>, Query(of): Query<Of>) -> Result<Response> {
    let grid = grid(&desk, &stage, &of).await?;
    let heads = [desk.say("column-entrant"), desk.say("paper-drawn")];
    let mut rows: Vec<Vec<String>> =
        vec![heads.into_iter().chain(grid.columns.iter().map(|one| title(one, desk.lang()))).collect()];
    for row in grid.rows.iter().filter(|row| !row.out) {
        let who = [row.entrant.to_string(), row.number.map(|number| number.to_string()).unwrap_or_default()];
        rows.push(who.into_iter().chain(row.values.iter().map(|value| shown(&desk, value.as_ref()))).collect());
    }
    Ok(attachment(CSV, &format!("{}-{stage}.csv", desk.contest), lists::csv_rows(&rows)))
}

async fn page(desk: &Desk, grid: &LooseValues, typed: &Typed, told: &Markup) -> Result<Markup> {
    let cast = Cast::of(desk, Vec::new()).await?;
    let here = stages::values_address(desk, &grid.stage.id, grid.group.as_ref());
    let (path, query) =
        here.split_once('?').map_or((here.as_str(), String::new()), |(path, query)| (path, format!("?{query}")));
    let sources: Vec<&String> = grid.columns.iter().filter_map(|column| column.source.as_ref()).collect();
    Ok(html! {
        p.over { a href=(desk.at(Place::Stages)) { (desk.say("organizer-stages")) } }
        h2 { (grid.stage.title) @if let Some(group) = &grid.group { " · " (group.title) } " · " (desk.say("values-title")) }
        (told)
        @if !grid.open { (partials::notice(Tone::Wait, &html! { p { (desk.say("values-closed")) } })) }
        @for source in sources { p.quiet-text { (source) } }
        @if grid.rows.is_empty() {
            (partials::empty(&desk.say("values-nobody"), &html! {
                p { (partials::link_button(&desk.at(Place::Entrants), &desk.say("organizer-entrants"), Look::Primary)) }
            }))
        } @else {
            details.card.step {
                summary { h3 { (desk.say("values-from-file")) } }
                p { (desk.say("values-from-file-about")) }
                form.row method="post" enctype="multipart/form-data" action={ (path) "/import" (query) } {
                    (Field::file("file", &desk.say("people-sheet"), ".xlsx,.xls,.csv").required())
                    (partials::button(&desk.say("values-import"), Look::Primary))
                    (partials::link_button(&format!("{path}.csv{query}"), &desk.say("values-template"), Look::Plain))
                }
            }
            form.values method="post" action=(here) {
                (table(desk, &cast, grid, typed))
                @if grid.open { p { (partials::button(&desk.say("organizer-save"), Look::Primary)) } }
            }
        }
    })
}

fn table(desk: &Desk, cast: &Cast, grid: &LooseValues, typed: &Typed) -> Markup {
    let titles: Vec<String> = grid
        .columns
        .iter()
        .map(|column| {
            let unit = if column.is_time { Some(desk.say("judge-seconds")) } else { column.unit.clone() };
            let unit = unit.map(|unit| format!("（{unit}）")).unwrap_or_default();
            let most = column.max.map(|max| format!(" ≤ {}", max.normalize())).unwrap_or_default();
            format!("{}{unit}{most}", title(column, desk.lang()))
        })
        .collect();
    let (number, entrant, name) = (desk.say("paper-drawn"), desk.say("column-entrant"), desk.say("column-name"));
    let mut columns = vec![Column::number(&number), Column::text(&entrant)];
    if cast.named {
        columns.push(Column::text(&name));
    }
    columns.extend(titles.iter().map(|title| Column::number(title)));
    partials::table(
        &desk.say("values-title"),
        &columns,
        &html! {
            @for row in &grid.rows {
                tr data-out=[row.out.then_some("")] {
                    td.number { @if let Some(number) = row.number { (number) } @else { "–" } }
                    td { (row.entrant) }
                    @if cast.named { td { (cast.name(&row.entrant)) } }
                    @for ((column, value), heading) in grid.columns.iter().zip(&row.values).zip(&titles) {
                        @let name = field(&row.entrant, &column.key());
                        @let was = shown(desk, value.as_ref());
                        td.number {
                            @if grid.open && !row.out {
                                @let (now, fact) = typed.get(&name).map_or((was.as_str(), ""), |(now, fact)| (now, fact));
                                input type="hidden" name={ "was " (name) } value=(was);
                                input type="text" inputmode="decimal" autocomplete="off" name=(name) value=(now)
                                    aria-label={ (row.entrant) " " (heading) } aria-invalid=[(!fact.is_empty()).then_some("true")];
                                @if !fact.is_empty() { strong.error { (fact) } }
                            } @else { (was) }
                        }
                    }
                }
            }
        },
    )
}
