//! Items out of a file or a pasted text, all or nothing, as the list of entrants comes in.
//!
//! What is wrong is told row by row and nothing is taken; what is clean is shown first, and travels with that page until
//! it is confirmed and read again.

use std::{collections::BTreeMap, path::PathBuf};

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use data_encoding::BASE64;
use maud::{Markup, html};
use rust_decimal::Decimal;

use super::{Shelf, list::short, pictures};
use crate::{
    files::items::{self as files, Change, Imported, ItemRow, Known, Problem, TextForm},
    rules::{command::Refusal, decimal, items::Item, papers::PaperRefusal},
    web::{
        Error, Result, Web,
        organizer::upload::{self, LIST_BYTES_MAX, Upload},
        partials::{self, Column, Field, Look, Tone},
    },
    words::Language,
};

/// Rows of a preview; the rest is counted.
const ROWS_SHOWN: usize = 200;
const PROBLEMS_SHOWN: usize = 500;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/bank/{bank}/import", get(show).post(take))
        .route("/organizer/{contest}/bank/{bank}/shipped", post(shipped))
        .layer(upload::limit())
}

/// What was sent, as it travels with the preview.
struct Sent {
    bytes: Vec<u8>,
    /// Empty for a file; else how the text is written.
    form: String,
}

async fn show(shelf: Shelf) -> Markup {
    let body = page(&shelf, &html! {});
    shelf.show(&body)
}

/// The first time shows what it would do; with `confirm`, does it.
async fn take(shelf: Shelf, form: Upload) -> Result<Response> {
    let pasted = form.text("pasted")?;
    let carried = form.text("carried")?;
    let sent = if let Some(bytes) = form.file("file") {
        Sent { bytes: bytes.to_vec(), form: String::new() }
    } else if !pasted.trim().is_empty() {
        Sent { bytes: pasted.into_bytes(), form: text_form(&form.text("form")?) }
    } else {
        let bytes = BASE64.decode(carried.as_bytes()).map_err(|_| Error::BadInput("carried file".to_owned()))?;
        Sent { bytes, form: form.text("carried-form")? }
    };
    consider(shelf, sent, &form.text("confirm")?).await
}

fn text_form(form: &str) -> String {
    if ["pasted", "gift", "aiken"].contains(&form) { form.to_owned() } else { "guess".to_owned() }
}

/// The bank that comes with the program, with its pictures: a beginning.
async fn shipped(shelf: Shelf) -> Result<Response> {
    let Some(path) = shipped_bank(&shelf) else { return Err(Error::NotFound) };
    let Ok(bytes) = tokio::fs::read(&path).await else { return Err(Error::NotFound) };
    pictures::take_folder(&shelf, &path.with_extension("")).await?;
    consider(shelf, Sent { bytes, form: String::new() }, "").await
}

/// A bank of this name beside the definitions.
fn shipped_bank(shelf: &Shelf) -> Option<PathBuf> {
    let id = shelf.id.as_str();
    let plain = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    let path = shelf.desk.app.contests_folder().join("banks").join(format!("{id}.csv"));
    (plain && path.is_file()).then_some(path)
}

async fn consider(shelf: Shelf, sent: Sent, confirm: &str) -> Result<Response> {
    if sent.bytes.is_empty() || sent.bytes.len() > LIST_BYTES_MAX {
        let key = if sent.bytes.is_empty() { "bank-nothing-sent" } else { "organizer-file-large" };
        let about = partials::notice(Tone::Bad, &html! { p { (shelf.say(key)) } });
        return Ok(refused(shelf, &about));
    }
    let imported = match read(&shelf, &sent).await? {
        Ok(imported) => imported,
        Err(problem) => {
            return Ok(refused(shelf, &partials::notice(Tone::Bad, &html! { p { (problem) } })));
        }
    };
    // A file does not change what papers were drawn with.
    let is_fixed = |row: &&ItemRow| row.change == Change::Changed && shelf.bank.is_fixed(&row.item.id);
    let fixed: Vec<&ItemRow> = imported.rows.iter().filter(is_fixed).collect();
    if !imported.problems.is_empty() || !fixed.is_empty() {
        let about = report(&shelf, &imported, &fixed);
        return Ok(refused(shelf, &about));
    }
    let (added, changed) = (imported.count(Change::New), imported.count(Change::Changed));
    let stamp = format!("{added}+{changed}");
    // Somebody else may have changed the bank since it was shown.
    if confirm != stamp || added + changed == 0 {
        let about = preview(&shelf, &imported, &sent, &stamp);
        let body = html! { (shelf.over()) h2 { (shelf.say("bank-import")) } (about) };
        return Ok(shelf.show(&body).into_response());
    }
    let items: Vec<Item> = imported.take().unwrap_or_default();
    shelf.desk.app.write_items(&shelf.desk.contest, &shelf.desk.actor, &shelf.id, &items).await?;
    Ok(shelf.done("", "bank-imported", added + changed))
}

/// Widths beside heights of the bank's pictures, by name.
pub(super) async fn known_pictures(shelf: &Shelf) -> Result<BTreeMap<String, Decimal>> {
    let lines = shelf.desk.app.item_pictures(&shelf.desk.contest).await?;
    let ratio = |text: &str| decimal::parse(text).unwrap_or(Decimal::ONE);
    Ok(lines.into_iter().map(|line| (line.name, ratio(&line.ratio))).collect())
}

/// On a thread: a large workbook takes a while.
async fn read(shelf: &Shelf, sent: &Sent) -> Result<std::result::Result<Imported, String>> {
    let pictures = known_pictures(shelf).await?;
    let (items, lang) = (shelf.bank.items.clone(), shelf.lang());
    let (bytes, form) = (sent.bytes.clone(), sent.form.clone());
    let work = move || {
        let known = Known { bank: &items, pictures: &pictures };
        if form.is_empty() {
            return files::read(&bytes, known).map_err(|problem| problem.say(lang));
        }
        let text = String::from_utf8_lossy(&bytes);
        let form = match form.as_str() {
            "pasted" => TextForm::Pasted,
            "gift" => TextForm::Gift,
            "aiken" => TextForm::Aiken,
            _ => TextForm::guess(&text),
        };
        Ok(files::read_text(&text, form, known))
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::Internal)
}

fn refused(shelf: Shelf, about: &Markup) -> Response {
    let body = page(&shelf, about);
    shelf.wrong(&body)
}

fn page(shelf: &Shelf, about: &Markup) -> Markup {
    let forms = [
        ("guess", "bank-form-guess"),
        ("pasted", "bank-form-pasted"),
        ("gift", "bank-form-gift"),
        ("aiken", "bank-form-aiken"),
    ]
    .map(|(value, key)| (value, shelf.say(key)));
    let forms: Vec<(&str, &str)> = forms.iter().map(|(value, title)| (*value, title.as_str())).collect();
    html! {
        (shelf.over())
        h2 { (shelf.say("bank-import")) }
        (about)
        div.columns {
            section.card {
                h3 { (shelf.say("bank-from-file")) }
                p { (shelf.say("bank-from-file-about")) }
                div.row {
                    (partials::link_button(&shelf.at("file/template.xlsx"), &shelf.say("bank-template-xlsx"), Look::Plain))
                    (partials::link_button(&shelf.at("file/template.csv"), &shelf.say("bank-template-csv"), Look::Plain))
                }
                form method="post" action=(shelf.at("import")) enctype="multipart/form-data" {
                    (Field::file("file", &shelf.say("organizer-sheet"), ".xlsx,.xls,.csv")
                        .hint(&shelf.say("organizer-sheet-hint")).required())
                    (partials::button(&shelf.say("organizer-read"), Look::Primary))
                }
            }
            section.card {
                h3 { (shelf.say("bank-from-text")) }
                p { (shelf.say("bank-from-text-about")) }
                form.pasted method="post" action=(shelf.at("import")) enctype="multipart/form-data" {
                    (Field::area("pasted", &shelf.say("bank-text")).required())
                    (Field::select("form", &shelf.say("bank-form"), &forms))
                    (partials::button(&shelf.say("organizer-read"), Look::Primary))
                }
            }
        }
        @if shipped_bank(shelf).is_some() {
            section.card {
                h3 { (shelf.say("bank-shipped")) }
                p { (shelf.say("bank-shipped-about")) }
                form method="post" action=(shelf.at("shipped")) {
                    (partials::button(&shelf.say("bank-shipped-do"), Look::Plain))
                }
            }
        }
    }
}

/// Every problem, row by row.
fn report(shelf: &Shelf, imported: &Imported, fixed: &[&ItemRow]) -> Markup {
    let lang = shelf.lang();
    let mut lines: Vec<Line> = imported.problems.iter().map(|problem| Line::new(problem, lang)).collect();
    lines.extend(fixed.iter().map(|row| Line {
        row: Some(row.row),
        column: None,
        fact: lang.refusal(&Refusal::Paper(PaperRefusal::ItemDrawn(row.item.id.clone()))),
    }));
    lines.sort_by_key(|line| line.row);
    html! {
        (partials::notice(Tone::Bad, &html! {
            p { strong { (shelf.desk.count("bank-import-refused", lines.len())) } }
            p { (shelf.say("bank-import-nothing-taken")) }
        }))
        (findings(shelf, &shelf.say("organizer-problems"), &lines))
        (warnings(shelf, imported))
    }
}

struct Line {
    row: Option<u32>,
    column: Option<(String, String)>,
    fact: String,
}

impl Line {
    fn new(problem: &Problem, lang: Language) -> Self {
        Self { row: problem.row, column: problem.column.clone(), fact: problem.fact.say(lang) }
    }
}

fn warnings(shelf: &Shelf, imported: &Imported) -> Markup {
    let lines: Vec<Line> = imported.warnings.iter().map(|problem| Line::new(problem, shelf.lang())).collect();
    html! { @if !lines.is_empty() { (findings(shelf, &shelf.say("organizer-warnings"), &lines)) } }
}

fn findings(shelf: &Shelf, caption: &str, lines: &[Line]) -> Markup {
    let titles = ["organizer-row", "organizer-column", "organizer-fact"].map(|key| shelf.say(key));
    let columns = [Column::number(&titles[0]), Column::text(&titles[1]), Column::text(&titles[2])];
    let rows = html! {
        @for line in lines.iter().take(PROBLEMS_SHOWN) {
            tr {
                td.number { @if let Some(row) = line.row { (row) } }
                td { @if let Some((title, letters)) = &line.column { (title) " " small { (letters) } } }
                td { (line.fact) }
            }
        }
    };
    html! {
        h3 { (caption) }
        (partials::table(caption, &columns, &rows))
        @if lines.len() > PROBLEMS_SHOWN { p { (shelf.desk.count("organizer-more-rows", lines.len() - PROBLEMS_SHOWN)) } }
    }
}

fn preview(shelf: &Shelf, imported: &Imported, sent: &Sent, stamp: &str) -> Markup {
    let (added, changed) = (imported.count(Change::New), imported.count(Change::Changed));
    let nothing = added + changed == 0;
    html! {
        (partials::notice(if nothing { Tone::Warn } else { Tone::Good }, &html! {
            p { (shelf.lang().say_with("bank-import-plan", &[
                ("added", added.into()),
                ("changed", changed.into()),
                ("same", imported.count(Change::Same).into()),
            ])) }
        }))
        (warnings(shelf, imported))
        @if nothing {
            p { (partials::link_button(&shelf.at(""), &shelf.say("bank-back"), Look::Plain)) }
        } @else {
            form.card method="post" action=(shelf.at("import")) enctype="multipart/form-data" {
                input type="hidden" name="carried" value=(BASE64.encode(&sent.bytes));
                input type="hidden" name="carried-form" value=(sent.form);
                input type="hidden" name="confirm" value=(stamp);
                div.row {
                    (partials::button(&shelf.say("organizer-import-confirm"), Look::Primary))
                    (partials::link_button(&shelf.at(""), &shelf.say("organizer-cancel"), Look::Plain))
                }
            }
            (rows(shelf, imported))
        }
    }
}

fn rows(shelf: &Shelf, imported: &Imported) -> Markup {
    let keys = ["organizer-row", "items-column-id", "items-column-kind", "items-column-stem", "bank-key", ""];
    let titles = keys.map(|key| if key.is_empty() { String::new() } else { shelf.say(key) });
    let mut columns = vec![Column::number(&titles[0])];
    columns.extend(titles[1..].iter().map(|title| Column::text(title)));
    let of = |change: Change| imported.rows.iter().filter(move |row| row.change == change);
    let count = imported.count(Change::New) + imported.count(Change::Changed);
    let body = html! {
        @for row in of(Change::Changed).chain(of(Change::New)).take(ROWS_SHOWN) {
            @let (key, tone) = match row.change {
                Change::Changed => ("organizer-will-change", Tone::Warn),
                _ => ("organizer-will-add", Tone::Good),
            };
            tr {
                td.number { (row.row) }
                td { code { (row.item.id) } }
                td { (row.item.kind().title(shelf.lang())) }
                td.stem-cell { (short(&row.item.stem, 60)) }
                td { (short(&files::key(&row.item, shelf.lang()), 24)) }
                td { (partials::pill(&shelf.say(key), tone)) }
            }
        }
    };
    html! {
        (partials::table(&shelf.say("organizer-preview"), &columns, &body))
        @if count > ROWS_SHOWN { p { (shelf.desk.count("organizer-more-rows", count - ROWS_SHOWN)) } }
    }
}
