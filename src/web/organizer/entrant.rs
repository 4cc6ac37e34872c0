//! `/organizer/{contest}/entrants/{entrant}` and `…/new`: one entrant by hand, checked as a list of one row is.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    Router,
    extract::Path,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    desk::{Desk, Place},
    entrants::{self, standing},
    import,
    moments::Zone,
};
use crate::{
    app::{
        self, Receipt,
        entrants::{EntrantName, PastName},
    },
    files::{
        entrants::{self as reader, Known},
        sheets::{Book, Cell, Row, Sheet},
    },
    rules::{
        command::{Command, Refusal},
        definition::{Definition, model::EligibilityTest},
        field::{Entrant, EntrantStanding},
        ledger::entry::Phase,
        names::EntrantId,
        view::EntrantLine,
    },
    web::{
        Error, Result, Web,
        error::percent,
        form::Posted,
        partials::{self, Field, Look, Tone},
        second::{self, Seconded},
    },
    words::Language,
};

/// No entrant may have this id: it is the page for a new one.
const NEW: &str = "new";

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/entrants/{entrant}", get(show).post(save))
        .route("/organizer/{contest}/entrants/{entrant}/withdraw", post(withdraw))
}

/// A form by the names of its fields.
pub(super) type Fields = BTreeMap<String, String>;

async fn show(desk: Desk, Path((_, entrant)): Path<(String, String)>) -> Result<Response> {
    let line = registered(&desk, &entrant)?;
    let definition = desk.definition().ok_or(Error::NotFound)?;
    let names = entrants::names(&desk).await?;
    let fields = line
        .map(|line| filled(desk.lang(), &definition, &line.entrant, &line.facts, names.get(&line.entrant)))
        .unwrap_or_default();
    let past = match line {
        Some(line) => desk.app.past_names(&desk.contest, &line.entrant).await?,
        None => Vec::new(),
    };
    let body = html! {
        (page(&desk, &definition, line, &fields, &BTreeMap::new(), None))
        (called_before(&desk, &past))
    };
    Ok(desk.show(Place::Entrants, &body).into_response())
}

fn called_before(desk: &Desk, past: &[PastName]) -> Markup {
    html! {
        @if !past.is_empty() {
            section.card {
                h3 { (desk.say("organizer-past-names")) }
                ul { @for past in past {
                    li {
                        (past.name) @if let Some(number) = &past.number { " " (number) }
                        " " small { (desk.say("organizer-past-until")) " " (Zone::of(&desk.view.heading).minute(past.until)) }
                    }
                } }
            }
        }
    }
}

/// From the seal on a name says whose a prize is; facts stand.
fn sealed(desk: &Desk) -> bool {
    desk.view.heading.phase >= Phase::Sealed
}

/// `None` on the page for a new one.
fn registered<'d>(desk: &'d Desk, entrant: &str) -> Result<Option<&'d EntrantLine>> {
    if entrant == NEW {
        return Ok(None);
    }
    let line = desk.view.entrants.iter().find(|line| line.entrant.as_str() == entrant);
    line.map(Some).ok_or(Error::NotFound)
}

async fn save(
    desk: Desk,
    Path((_, entrant)): Path<(String, String)>,
    Posted(fields): Posted<Fields>,
) -> Result<Response> {
    let line = registered(&desk, &entrant)?;
    let definition = desk.definition().ok_or(Error::NotFound)?;
    let mut fields = fields;
    let [code, login, password] =
        ["second", "second-login", "second-password"].map(|field| fields.remove(field).unwrap_or_default());
    let second = Seconded::typed(code, login, password);
    if let Some(line) = line {
        fields.insert("entrant".to_owned(), line.entrant.to_string());
        if sealed(&desk) {
            fields.extend(filled(desk.lang(), &definition, &line.entrant, &line.facts, None));
        }
    }
    let given = fields.get("entrant").map(|id| id.trim().to_owned()).unwrap_or_default();
    let all: BTreeSet<EntrantId> = desk.view.entrants.iter().map(|line| line.entrant.clone()).collect();
    let known = Known { definition: &definition, units: &desk.view.units, registered: &all };
    let columns = columns(&definition);
    let imported = reader::import_book(&as_book(desk.lang(), &columns, &fields), known);
    let mut problems: BTreeMap<String, String> = BTreeMap::new();
    for problem in &imported.problems {
        let column = problem.column.as_ref().and_then(|(title, _)| {
            columns.iter().find(|column| column.heading(desk.lang()) == *title).map(|column| column.field.clone())
        });
        problems.insert(column.unwrap_or_default(), problem.fact.say(desk.lang()));
    }
    if line.is_none() && (given == NEW || all.iter().any(|id| id.as_str() == given)) {
        problems.insert("entrant".to_owned(), desk.say("organizer-entrant-taken"));
    }
    let row = match imported.rows.into_iter().next() {
        Some(row) if problems.is_empty() => row,
        _ => {
            let body = page(&desk, &definition, line, &fields, &problems, None);
            return Ok(desk.wrong(Place::Entrants, &body));
        }
    };
    let reason = fields.get("reason").map(|reason| reason.trim()).filter(|reason| !reason.is_empty());
    let names = vec![import::name(&row)];
    let saved = if line.is_some() && sealed(&desk) {
        rename(&desk, names, reason, &second).await
    } else {
        let facts = vec![(row.entrant.clone(), row.facts.clone())];
        let reason = reason.map(|reason| desk.app.note(reason)).transpose()?;
        match desk.agreed(&second).await {
            Ok(second) => desk.app.register_entrants(&desk.contest, &desk.actor, facts, names, reason, second).await,
            Err(error) => Err(error),
        }
    };
    let receipt = match saved {
        Err(app::Error::Refused(refusal @ Refusal::ReasonMissing)) => {
            problems.insert("reason".to_owned(), desk.lang().refusal(&refusal));
            let body = page(&desk, &definition, line, &fields, &problems, None);
            return Ok(desk.wrong(Place::Entrants, &body));
        }
        Err(error) if second::is_about(&error) => {
            problems.insert(String::new(), Error::from(error).words(desk.lang()).1);
            let body = page(&desk, &definition, line, &fields, &problems, None);
            return Ok(desk.wrong(Place::Entrants, &body));
        }
        receipt => receipt?,
    };
    desk.shown(receipt).await?;
    Ok(desk.done(Place::Entrants, if line.is_some() { "entrant-changed" } else { "entrants" }, 1))
}

/// After the seal, with somebody who agrees.
pub(super) async fn rename(
    desk: &Desk,
    names: Vec<EntrantName>,
    reason: Option<&str>,
    second: &Seconded,
) -> app::Result<Receipt> {
    let reason = reason.map(|reason| desk.app.note(reason)).transpose()?;
    let proof = second.proof();
    let agreed = desk.app.second_person(&desk.contest, &desk.actor, proof.as_ref()).await?;
    desk.app.rename_entrants(&desk.contest, &desk.actor, names, reason, Some(agreed)).await
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Withdrawal {
    reason: String,
}

async fn withdraw(
    desk: Desk,
    Path((_, entrant)): Path<(String, String)>,
    Posted(form): Posted<Withdrawal>,
) -> Result<Response> {
    let line = registered(&desk, &entrant)?.ok_or(Error::NotFound)?;
    if form.reason.trim().is_empty() {
        let definition = desk.definition().ok_or(Error::NotFound)?;
        let names = entrants::names(&desk).await?;
        let fields = filled(desk.lang(), &definition, &line.entrant, &line.facts, names.get(&line.entrant));
        let problem = desk.say("organizer-reason-missing");
        let body = page(&desk, &definition, Some(line), &fields, &BTreeMap::new(), Some(&problem));
        return Ok(desk.wrong(Place::Entrants, &body));
    }
    let entrant = line.entrant.clone();
    desk.act_because(&form.reason, |reason| Command::WithdrawEntrant { entrant, reason: Some(reason) }).await?;
    Ok(desk.done(Place::Entrants, "withdrawn", 1))
}

/// A field of the form, which is a column of the list.
pub(super) struct Cells {
    pub(super) field: String,
    /// The key of its heading, or the definition's own title.
    heading: std::result::Result<&'static str, String>,
}

impl Cells {
    pub(super) fn heading(&self, lang: Language) -> String {
        match &self.heading {
            Ok(key) => lang.say(key).into_owned(),
            Err(title) => title.clone(),
        }
    }
}

pub(super) fn columns(definition: &Definition) -> Vec<Cells> {
    let fixed = [
        ("entrant", "column-entrant"),
        ("name", "column-name"),
        ("number", "column-number"),
        ("unit", "column-unit"),
        ("team", "column-team"),
        ("event", "column-event"),
        ("group", "column-group"),
        ("station", "column-station"),
        ("birth-date", "column-birth-date"),
        ("gender", "column-gender"),
        ("quota", "column-quota"),
        ("phone", "column-phone"),
    ];
    let mut columns: Vec<Cells> =
        fixed.into_iter().map(|(field, key)| Cells { field: field.to_owned(), heading: Ok(key) }).collect();
    for value in &definition.entrants.values {
        columns.push(Cells { field: format!("value.{}", value.id), heading: Err(value.title.clone()) });
    }
    for one in definition.entrants.eligibilities.iter().filter(|one| one.test == EligibilityTest::Column) {
        columns.push(Cells { field: format!("eligible.{}", one.id), heading: Err(one.title.clone()) });
    }
    columns
}

/// A cell as people read it: titles of events and groups, not their ids.
pub(super) fn in_words<'t>(definition: &'t Definition, field: &str, text: Option<&'t String>) -> &'t str {
    let text = text.map_or("", String::as_str);
    let among = match field {
        "event" => &definition.events,
        "group" => &definition.groups,
        _ => return text,
    };
    among.iter().find(|one| one.id.as_str() == text).map_or(text, |one| &one.title)
}

/// The form as a list of one row, so that both are held to the same rules.
fn as_book(lang: Language, columns: &[Cells], fields: &Fields) -> Book {
    let text = |text: String| if text.trim().is_empty() { Cell::Empty } else { Cell::Text(text) };
    let head = columns.iter().map(|column| text(column.heading(lang))).collect();
    let cells = columns.iter().map(|column| text(fields.get(&column.field).cloned().unwrap_or_default())).collect();
    let rows = vec![Row { number: 1, cells: head }, Row { number: 2, cells }];
    Book { sheets: vec![Sheet { rows, ..Sheet::default() }], hidden_sheets: Vec::new() }
}

/// The fields of an entrant as registered, or as a list says.
pub(super) fn filled(
    lang: Language,
    definition: &Definition,
    entrant: &EntrantId,
    facts: &Entrant,
    name: Option<&EntrantName>,
) -> Fields {
    let yes = lang.say("template-yes").into_owned();
    let mut fields = Fields::from([
        ("entrant".to_owned(), entrant.to_string()),
        ("unit".to_owned(), facts.unit.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("team".to_owned(), facts.team.clone().unwrap_or_default()),
        ("event".to_owned(), facts.event.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("group".to_owned(), facts.group.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("station".to_owned(), facts.station.clone().unwrap_or_default()),
        ("quota".to_owned(), if facts.outside_quota { yes.clone() } else { String::new() }),
    ]);
    for value in &definition.entrants.values {
        let number = facts.values.get(&value.id).map(|number| number.normalize().to_string());
        fields.insert(format!("value.{}", value.id), number.unwrap_or_default());
    }
    for id in &facts.eligibilities {
        fields.insert(format!("eligible.{id}"), yes.clone());
    }
    if let Some(name) = name {
        let gender = match name.gender.as_deref() {
            Some("woman") => lang.say("template-woman").into_owned(),
            Some("man") => lang.say("template-man").into_owned(),
            _ => String::new(),
        };
        fields.extend([
            ("name".to_owned(), name.name.clone()),
            ("number".to_owned(), name.number.clone().unwrap_or_default()),
            ("birth-date".to_owned(), name.birth_date.clone().unwrap_or_default()),
            ("gender".to_owned(), gender),
            ("phone".to_owned(), name.phone.clone().unwrap_or_default()),
        ]);
    }
    fields
}

fn page(
    desk: &Desk,
    definition: &Definition,
    line: Option<&EntrantLine>,
    fields: &Fields,
    problems: &BTreeMap<String, String>,
    withdrawal_problem: Option<&str>,
) -> Markup {
    let base = desk.at(Place::Entrants);
    let address = line.map_or(NEW.to_owned(), |line| percent(line.entrant.as_str()));
    html! {
        p.over { a href=(base) { (desk.say("organizer-entrants")) } }
        div.row {
            h2 { @if let Some(line) = line { (line.entrant) " " (fields.get("name").map_or("", String::as_str)) }
                @else { (desk.say("organizer-entrant-add")) } }
            @if let Some(line) = line { (standing(desk, line)) }
        }
        @if !problems.is_empty() {
            (partials::notice(Tone::Bad, &html! {
                p { (desk.say("organizer-form-wrong")) }
                @if let Some(problem) = problems.get("") { p { (problem) } }
            }))
        }
        form.card.grid method="post" action={ (base) "/" (address) } {
            (inputs(desk, definition, line, fields, problems))
            @if line.is_some_and(|line| line.has_marks || sealed(desk)) {
                (Field::area("reason", &desk.say("organizer-reason")).error(problems.get("reason").map(String::as_str))
                    .value(fields.get("reason").map_or("", String::as_str)).hint(&desk.say("organizer-reason-changed")))
            }
            @if line.is_some_and(|line| line.signed || sealed(desk)) { (second::fields(&desk.page, "entrant")) }
            div.row {
                (partials::button(&desk.say("organizer-save"), Look::Primary))
                (partials::link_button(&base, &desk.say("organizer-cancel"), Look::Plain))
            }
        }
        @if line.is_some_and(|line| line.facts.standing == EntrantStanding::In) {
            @let reason = desk.say("organizer-reason");
            (partials::dialog(&desk.say("organizer-withdraw"), Look::Danger, &desk.say("organizer-withdraw"), &html! {
                p { (desk.say("organizer-withdraw-about")) }
                form method="post" action={ (base) "/" (address) "/withdraw" } {
                    (Field::area("reason", &reason).error(withdrawal_problem).required())
                    (partials::button(&desk.say("organizer-withdraw-do"), Look::Danger))
                }
            }))
            @if let Some(problem) = withdrawal_problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        }
    }
}

fn inputs(
    desk: &Desk,
    definition: &Definition,
    line: Option<&EntrantLine>,
    fields: &Fields,
    problems: &BTreeMap<String, String>,
) -> Markup {
    let lang = desk.lang();
    let (yes, none) = (desk.say("template-yes"), desk.say("organizer-none-chosen"));
    let units: Vec<(String, String)> =
        desk.view.units.iter().map(|unit| (unit.to_string(), unit.to_string())).collect();
    let titled = |list: &[crate::rules::definition::model::Titled]| -> Vec<(String, String)> {
        list.iter().map(|one| (one.id.to_string(), one.title.clone())).collect()
    };
    let genders = ["template-woman", "template-man"].map(|key| (desk.say(key), desk.say(key))).to_vec();
    let yes_only = vec![(yes.clone(), yes)];
    html! {
        @for column in columns(definition) {
            @let heading = column.heading(lang);
            @let value = fields.get(&column.field).map_or("", String::as_str);
            @let problem = problems.get(&column.field).map(String::as_str);
            @let choices = match column.field.as_str() {
                "unit" => units.clone(),
                "event" => titled(&definition.events),
                "group" => titled(&definition.groups),
                "gender" => genders.clone(),
                "quota" => yes_only.clone(),
                field if field.starts_with("eligible.") => yes_only.clone(),
                _ => Vec::new(),
            };
            @let skipped = match column.field.as_str() {
                "team" => definition.teams.is_none() && value.is_empty(),
                "event" => definition.events.is_empty(),
                "group" => definition.groups.is_empty(),
                "name" | "number" | "birth-date" | "gender" | "phone" => false,
                _ => line.is_some() && sealed(desk),
            };
            @if !skipped {
                @if column.field == "entrant" && line.is_some() {
                } @else if choices.is_empty() {
                    (plain(&column.field, &heading, value, problem, desk))
                } @else {
                    @let options = std::iter::once(("", none.as_str()))
                        .chain(choices.iter().map(|(id, title)| (id.as_str(), title.as_str()))).collect::<Vec<_>>();
                    (Field::select(&column.field, &heading, &options).value(value).error(problem))
                }
            }
        }
    }
}

fn plain(field: &str, heading: &str, value: &str, problem: Option<&str>, desk: &Desk) -> Markup {
    let hint = match field {
        "entrant" => Some(desk.say("organizer-entrant-hint")),
        "birth-date" => Some(desk.say("organizer-birth-date-hint")),
        _ => None,
    };
    let mut input =
        if field.starts_with("value.") { Field::decimal(field, heading) } else { Field::text(field, heading) };
    input = input.value(value).error(problem);
    if field == "name" {
        input = input.required();
    }
    if let Some(hint) = &hint {
        html! { (input.hint(hint)) }
    } else {
        html! { (input) }
    }
}
