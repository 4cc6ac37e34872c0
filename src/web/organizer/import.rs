//! `/organizer/{contest}/entrants/import`: a list out of a file, all or nothing.
//!
//! A file with problems is answered with every row, column, fact and remedy, and nothing is taken. One without is
//! shown first, as what it will add and change; the file travels with that page and is read again when confirmed, so
//! that any node can take it and nothing is kept of a list that nobody confirmed.

use std::collections::BTreeSet;

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use data_encoding::BASE64;
use maud::{Markup, html};

use super::{
    desk::{Desk, Place},
    entrant::{self, Cells, Fields},
    entrants::{self, Names, XLSX, attachment},
    upload::{self, LIST_BYTES_MAX, Upload},
};
use crate::{
    app::{self, entrants::EntrantName},
    files::entrants::{self as reader, Gender, ImportRow, Imported, Known, RowProblem},
    rules::{
        command::Refusal,
        definition::Definition,
        field::{Entrant, EntrantStanding},
        ledger::entry::Phase,
        names::EntrantId,
    },
    web::{
        Error, Result, Web,
        partials::{self, Column, Field, Look, Tone},
        second::{self, Seconded},
    },
};

/// Rows of a preview; the rest is counted.
const ROWS_SHOWN: usize = 200;
const PROBLEMS_SHOWN: usize = 500;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/entrants/import", get(show).post(take))
        .route("/organizer/{contest}/entrants/template.xlsx", get(template))
        .layer(upload::limit())
}

async fn show(desk: Desk) -> Markup {
    let body = page(&desk, &html! {});
    desk.show(Place::Entrants, &body)
}

async fn template(desk: Desk) -> Result<Response> {
    let definition = desk.definition().ok_or(Error::NotFound)?;
    let registered = BTreeSet::new();
    let known = Known { definition: &definition, units: &desk.view.units, registered: &registered };
    let bytes = reader::template(known, desk.lang()).map_err(|_| Error::Internal)?;
    Ok(attachment(XLSX, &format!("{}-template.xlsx", desk.contest), bytes))
}

/// The first time shows what the file would do; with `confirm`, does it.
async fn take(desk: Desk, form: Upload) -> Result<Response> {
    let Some(definition) = desk.definition() else { return Err(Error::NotFound) };
    let carried = form.text("carried")?;
    let bytes = match form.file("file") {
        Some(bytes) => bytes.to_vec(),
        None => BASE64.decode(carried.as_bytes()).map_err(|_| Error::BadInput("carried file".to_owned()))?,
    };
    if bytes.is_empty() || bytes.len() > LIST_BYTES_MAX {
        let key = if bytes.is_empty() { "organizer-no-file" } else { "organizer-file-large" };
        return Ok(refused(desk, |desk| partials::notice(Tone::Bad, &html! { p { (desk.say(key)) } })));
    }
    let imported = match read(&desk, definition, bytes.clone()).await? {
        Ok(imported) => imported,
        Err(problem) => {
            return Ok(refused(desk, |_| partials::notice(Tone::Bad, &html! { p { (problem) } })));
        }
    };
    if !imported.is_clean() {
        return Ok(refused(desk, |desk| report(desk, &imported)));
    }
    let names = entrants::names(&desk).await?;
    let plan = Plan::of(&desk, &names, &imported);
    // Somebody else may have changed the list since it was shown.
    if form.text("confirm")? != plan.stamp() || plan.is_nothing() {
        let preview = preview(&desk, &plan, &imported, &bytes);
        let body = page(&desk, &preview);
        return Ok(desk.show(Place::Entrants, &body).into_response());
    }
    let count = plan.added.len() + plan.changed.len();
    let (facts, names) = plan.rows().map(|row| ((row.entrant.clone(), row.facts.clone()), name(row))).unzip();
    let reason = form.text("reason")?;
    let reason = Some(reason.trim()).filter(|reason| !reason.is_empty());
    let [code, login, password] = ["second", "second-login", "second-password"].map(|field| form.text(field));
    let second = Seconded::typed(code?, login?, password?);
    let saved = if plan.only_names {
        entrant::rename(&desk, names, reason, &second).await
    } else {
        let reason = reason.map(|reason| desk.app.note(reason)).transpose()?;
        match desk.agreed(&second).await {
            Ok(second) => desk.app.register_entrants(&desk.contest, &desk.actor, facts, names, reason, second).await,
            Err(error) => Err(error),
        }
    };
    let receipt = match saved {
        Err(error) if second::is_about(&error) || matches!(error, app::Error::Refused(Refusal::ReasonMissing)) => {
            let problem = Error::from(error).words(desk.lang()).1;
            let body = html! {
                (partials::notice(Tone::Bad, &html! { p { (problem) } }))
                (preview(&desk, &plan, &imported, &bytes))
            };
            let body = page(&desk, &body);
            return Ok(desk.wrong(Place::Entrants, &body));
        }
        receipt => receipt?,
    };
    desk.shown(receipt).await?;
    Ok(desk.done(Place::Entrants, "entrants", count))
}

/// On a thread: a large workbook takes a while.
async fn read(desk: &Desk, definition: Definition, bytes: Vec<u8>) -> Result<std::result::Result<Imported, String>> {
    let units = desk.view.units.clone();
    let registered: BTreeSet<EntrantId> = desk.view.entrants.iter().map(|line| line.entrant.clone()).collect();
    let lang = desk.lang();
    let work = move || {
        let known = Known { definition: &definition, units: &units, registered: &registered };
        reader::import(&bytes, known).map_err(|problem| problem.say(lang))
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::Internal)
}

fn refused(desk: Desk, about: impl FnOnce(&Desk) -> Markup) -> Response {
    let body = page(&desk, &about(&desk));
    desk.wrong(Place::Entrants, &body)
}

/// The row of the names' table.
pub(super) fn name(row: &ImportRow) -> EntrantName {
    let person = &row.person;
    EntrantName {
        entrant: row.entrant.clone(),
        name: person.name.clone(),
        number: person.number.clone(),
        birth_date: person.birth_date.map(|date| date.to_string()),
        gender: person.gender.map(|gender| gender_text(gender).to_owned()),
        phone: person.phone.clone(),
    }
}

fn gender_text(gender: Gender) -> &'static str {
    match gender {
        Gender::Woman => "woman",
        Gender::Man => "man",
    }
}

/// What a clean list would do.
struct Plan<'i> {
    added: Vec<&'i ImportRow>,
    changed: Vec<&'i ImportRow>,
    same: usize,
    /// The contest is sealed and the list changes names alone, which takes a second person.
    only_names: bool,
    /// It changes units whose figures were signed, which takes one too.
    signed: bool,
    names: &'i Names,
}

impl<'i> Plan<'i> {
    fn of(desk: &Desk, names: &'i Names, imported: &'i Imported) -> Self {
        let only_names = desk.view.heading.phase >= Phase::Sealed;
        let mut plan = Self { added: Vec::new(), changed: Vec::new(), same: 0, only_names, signed: false, names };
        for row in &imported.rows {
            let there = desk.view.entrants.iter().find(|line| line.entrant == row.entrant);
            // A withdrawal is not in the list and not changed by it.
            let facts = there.map(|line| Entrant { standing: EntrantStanding::In, ..line.facts.clone() });
            match facts {
                Some(facts) if facts == row.facts && names.get(&row.entrant) == Some(&name(row)) => plan.same += 1,
                Some(facts) => {
                    plan.only_names &= facts == row.facts;
                    plan.signed |= there.is_some_and(|line| line.signed) && facts != row.facts;
                    plan.changed.push(row);
                }
                None => {
                    plan.only_names = false;
                    plan.added.push(row);
                }
            }
        }
        plan
    }

    fn is_nothing(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty()
    }

    fn rows(&self) -> impl Iterator<Item = &'i ImportRow> + '_ {
        self.added.iter().chain(&self.changed).copied()
    }

    /// What the organizer confirms.
    fn stamp(&self) -> String {
        format!("{}+{}", self.added.len(), self.changed.len())
    }
}

fn page(desk: &Desk, about: &Markup) -> Markup {
    let base = desk.at(Place::Entrants);
    html! {
        h2 { (desk.say("organizer-import")) }
        (about)
        @if desk.view.units.is_empty() {
            (partials::notice(Tone::Warn, &html! { p {
                (desk.say("organizer-import-no-units")) " "
                a href=(desk.at(Place::Units)) { (desk.say("organizer-units")) }
            } }))
        }
        section.card {
            p { (desk.say("organizer-import-about")) }
            p { (partials::link_button(&format!("{base}/template.xlsx"), &desk.say("organizer-template"), Look::Plain)) }
            form method="post" action={ (base) "/import" } enctype="multipart/form-data" {
                (Field::file("file", &desk.say("organizer-sheet"), ".xlsx,.xls,.csv")
                    .hint(&desk.say("organizer-sheet-hint")).required())
                (partials::button(&desk.say("organizer-read"), Look::Primary))
            }
        }
    }
}

/// Every problem, row by row.
fn report(desk: &Desk, imported: &Imported) -> Markup {
    html! {
        (partials::notice(Tone::Bad, &html! {
            p { strong { (desk.count("organizer-import-refused", imported.problems.len())) } }
            p { (desk.say("organizer-import-nothing-taken")) }
        }))
        (findings(desk, &desk.say("organizer-problems"), &imported.problems))
        @if !imported.warnings.is_empty() {
            (findings(desk, &desk.say("organizer-warnings"), &imported.warnings))
        }
    }
}

fn findings(desk: &Desk, caption: &str, found: &[RowProblem]) -> Markup {
    let titles = [desk.say("organizer-row"), desk.say("organizer-column"), desk.say("organizer-fact")];
    let columns = [Column::number(&titles[0]), Column::text(&titles[1]), Column::text(&titles[2])];
    let rows = html! {
        @for problem in found.iter().take(PROBLEMS_SHOWN) {
            tr {
                td.number { @if let Some(row) = problem.row { (row) } }
                td { @if let Some((title, letters)) = &problem.column { (title) " " small { (letters) } } }
                td { (problem.fact.say(desk.lang())) }
            }
        }
    };
    html! {
        h3 { (caption) }
        (partials::table(caption, &columns, &rows))
        @if found.len() > PROBLEMS_SHOWN { p { (desk.count("organizer-more-rows", found.len() - PROBLEMS_SHOWN)) } }
    }
}

fn preview(desk: &Desk, plan: &Plan<'_>, imported: &Imported, bytes: &[u8]) -> Markup {
    html! {
        (partials::notice(if plan.is_nothing() { Tone::Warn } else { Tone::Good }, &html! {
            p { (desk.lang().say_with("organizer-import-plan", &[
                ("added", plan.added.len().into()),
                ("changed", plan.changed.len().into()),
                ("same", plan.same.into()),
            ])) }
        }))
        @if !imported.warnings.is_empty() {
            (findings(desk, &desk.say("organizer-warnings"), &imported.warnings))
        }
        @if !plan.is_nothing() {
            form.card method="post" action={ (desk.at(Place::Entrants)) "/import" } enctype="multipart/form-data" {
                input type="hidden" name="carried" value=(BASE64.encode(bytes));
                input type="hidden" name="confirm" value=(plan.stamp());
                @if !plan.changed.is_empty() {
                    (Field::area("reason", &desk.say("organizer-reason")).hint(&desk.say("organizer-reason-changed")))
                }
                @if plan.only_names || plan.signed { (second::fields(&desk.page, "import")) }
                div.row {
                    (partials::button(&desk.say("organizer-import-confirm"), Look::Primary))
                    (partials::link_button(&desk.at(Place::Entrants), &desk.say("organizer-cancel"), Look::Plain))
                }
            }
            (rows(desk, plan))
        }
    }
}

/// The name that a list of names alone puts right.
fn was<'p>(plan: &Plan<'p>, said: &Fields, field: &str) -> Option<&'p str> {
    let old = plan.names.get(&EntrantId::new(said.get("entrant")?))?;
    match field {
        "name" => Some(&old.name),
        "number" => old.number.as_deref(),
        _ => None,
    }
}

/// What the list says, in the order of the template; a column that says nothing of anybody is left out.
fn rows(desk: &Desk, plan: &Plan<'_>) -> Markup {
    let Some(definition) = desk.definition() else { return Markup::default() };
    let pill = |key: &str, tone| partials::pill(&desk.say(key), tone);
    let changed = plan.changed.iter().map(|row| (*row, pill("organizer-will-change", Tone::Warn)));
    let added = plan.added.iter().map(|row| (*row, pill("organizer-will-add", Tone::Good)));
    let lines: Vec<_> = changed
        .chain(added)
        .take(ROWS_SHOWN)
        .map(|(row, pill)| {
            let said = entrant::filled(desk.lang(), &definition, &row.entrant, &row.facts, Some(&name(row)));
            (row.row, said, pill)
        })
        .collect();
    let says =
        |column: &Cells| lines.iter().any(|(_, said, _)| said.get(&column.field).is_some_and(|text| !text.is_empty()));
    let shown: Vec<Cells> = entrant::columns(&definition).into_iter().filter(says).collect();
    let row = desk.say("organizer-row");
    let titles: Vec<String> = shown.iter().map(|column| column.heading(desk.lang())).collect();
    let mut columns = vec![Column::number(&row)];
    columns.extend(titles.iter().map(|title| Column::text(title)));
    columns.push(Column::text(""));
    let count = plan.added.len() + plan.changed.len();
    let body = html! {
        @for (number, said, pill) in &lines {
            tr {
                td.number { (number) }
                @for column in &shown { td {
                    @let text = entrant::in_words(&definition, &column.field, said.get(&column.field));
                    @if let Some(was) = was(plan, said, &column.field).filter(|was| *was != text) { s { (was) } " " }
                    (text)
                } }
                td { (pill) }
            }
        }
    };
    html! {
        (partials::table(&desk.say("organizer-preview"), &columns, &body))
        @if count > ROWS_SHOWN { p { (desk.count("organizer-more-rows", count - ROWS_SHOWN)) } }
    }
}
