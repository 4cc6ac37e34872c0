//! The grid as a workbook and back: exported, edited, imported. A file with a mistake is answered row by row and nothing
//! is taken; one without is shown as the cells it would change, and travels with that page until it is confirmed.

use axum::{
    Router,
    extract::Query,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use data_encoding::{BASE64, HEXLOWER};
use maud::{Markup, html};
use sha2::{Digest as _, Sha256};

use super::{
    clerk::Clerk,
    grid::{self, Of},
    look::Sheet,
};
use crate::{
    app,
    files::{
        figures::{self as reader, AllTyped, Base, Import},
        sheets::Unreadable,
    },
    rules::names::Id,
    web::{
        Error, Result, Web,
        error::percent,
        organizer::{LIST_BYTES_MAX, Upload, XLSX, attachment, upload_limit},
        partials::{self, Column, Field, Look, Tone},
    },
};

const ROWS_SHOWN: usize = 300;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/figures/{contest}/grid.xlsx", get(export))
        .route("/figures/{contest}/import", post(take))
        .layer(upload_limit())
}

async fn export(clerk: Clerk, Query(of): Query<Of>) -> Result<Response> {
    let sheet = grid::sheet(&clerk, &of.period).await?;
    let title = grid::title(&clerk, &of.period);
    let name = name(&clerk, &of.period);
    let bytes = reader::workbook(&sheet.grid, &name, &title, clerk.page.lang).map_err(|_| Error::Internal)?;
    Ok(attachment(XLSX, &format!("{}-{}.xlsx", clerk.contest, of.period), bytes))
}

/// What an export is of.
fn name(clerk: &Clerk, period: &Id) -> String {
    format!("{}/{period}", clerk.contest)
}

pub(super) fn card(clerk: &Clerk, sheet: &Sheet, may_write: bool) -> Markup {
    let period = percent(sheet.period.as_str());
    html! {
        details.card.step {
            summary { h2 { (clerk.say("figures-excel")) } }
            p { (clerk.say("figures-excel-about")) }
            p { (partials::link_button(&format!("{}/grid.xlsx?period={period}", clerk.base()), &clerk.say("figures-export"), Look::Plain)) }
            @if may_write {
                form method="post" enctype="multipart/form-data" action=(format!("{}/import?period={period}", clerk.base())) {
                    (Field::file("file", &clerk.say("figures-file"), ".xlsx,.xls,.csv").required())
                    (partials::button(&clerk.say("figures-import"), Look::Primary))
                }
            }
        }
    }
}

/// The first time shows what the file would change; with `confirm`, does it.
async fn take(clerk: Clerk, Query(of): Query<Of>, form: Upload) -> Result<Response> {
    let sheet = grid::sheet(&clerk, &of.period).await?;
    let bytes = match form.file("file") {
        Some(bytes) => bytes.to_vec(),
        None => {
            BASE64.decode(form.text("carried")?.as_bytes()).map_err(|_| Error::BadInput("carried file".to_owned()))?
        }
    };
    let title = clerk.say("figures-import");
    if bytes.len() > LIST_BYTES_MAX {
        let body = refused(&clerk, &of.period, &clerk.say("organizer-file-large"));
        return Ok(clerk.wrong(&title, &body));
    }
    let (sheet, imported) = read(&clerk, sheet, bytes.clone()).await?;
    let imported = match imported {
        Ok(imported) => imported,
        Err(unreadable) => {
            let body = refused(&clerk, &of.period, &unreadable.say(clerk.page.lang));
            return Ok(clerk.wrong(&title, &body));
        }
    };
    if !imported.wrong.is_empty() {
        let body = report(&clerk, &of.period, &imported);
        return Ok(clerk.wrong(&title, &body));
    }
    let stamp = stamp(&imported);
    let over = form.text("over")? == "yes";
    let changes = if over { &imported.over } else { &imported.changes };
    let confirmed = form.text("confirm")? == stamp && !changes.is_empty();
    let problem = if confirmed {
        let check = form.text("check")? == "yes";
        match grid::take(&clerk, &sheet, changes, check, &AllTyped::new()).await {
            Ok(count) => return Ok(Clerk::done(&grid::address(&clerk, &of.period), "imported", count)),
            Err(Error::App(error @ app::Error::Refused(_))) => Some(Error::from(error).words(clerk.page.lang).1),
            Err(error) => return Err(error),
        }
    } else if form.text("confirm")?.is_empty() {
        None
    } else if form.text("confirm")? == stamp {
        Some(clerk.say("figures-import-none"))
    } else {
        Some(clerk.say("figures-import-changed"))
    };
    let body = preview(&clerk, &sheet, &imported, &bytes, problem.as_deref());
    Ok(if problem.is_some() { clerk.wrong(&title, &body) } else { clerk.show(&title, &body).into_response() })
}

/// On a thread: a large workbook takes a while.
async fn read(clerk: &Clerk, sheet: Sheet, bytes: Vec<u8>) -> Result<(Sheet, std::result::Result<Import, Unreadable>)> {
    let (lang, name) = (clerk.page.lang, name(clerk, &sheet.period));
    let work = move || {
        let imported = reader::import(&bytes, &sheet.grid, &name, lang);
        (sheet, imported)
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::Internal)
}

/// What is confirmed: exactly these cells from exactly these texts.
fn stamp(imported: &Import) -> String {
    HEXLOWER.encode(&Sha256::digest(format!("{:?} {:?}", imported.changes, imported.over)))
}

fn refused(clerk: &Clerk, period: &Id, problem: &str) -> Markup {
    html! {
        (partials::notice(Tone::Bad, &html! { p { strong { (problem) } } p { (clerk.say("figures-nothing-taken")) } }))
        p { (grid::to_grid(clerk, period)) }
    }
}

/// Every problem, row by row.
fn report(clerk: &Clerk, period: &Id, imported: &Import) -> Markup {
    let titles = [clerk.say("organizer-row"), clerk.say("organizer-column"), clerk.say("organizer-fact")];
    let columns = [Column::number(&titles[0]), Column::text(&titles[1]), Column::text(&titles[2])];
    html! {
        (partials::notice(Tone::Bad, &html! {
            p { strong { (clerk.count("figures-import-wrong", imported.wrong.len())) } }
            p { (clerk.say("figures-nothing-taken")) }
        }))
        (partials::table(&clerk.say("organizer-problems"), &columns, &html! {
            @for wrong in imported.wrong.iter().take(ROWS_SHOWN) {
                tr {
                    td.number { @if let Some(row) = wrong.row { (row) } }
                    td { @if let Some((title, letters)) = &wrong.column { (title) " " small { (letters) } } }
                    td { (wrong.told) }
                }
            }
        }))
        @if imported.wrong.len() > ROWS_SHOWN { p { (clerk.count("organizer-more-rows", imported.wrong.len() - ROWS_SHOWN)) } }
        p { (grid::to_grid(clerk, period)) }
    }
}

fn preview(clerk: &Clerk, sheet: &Sheet, imported: &Import, bytes: &[u8], problem: Option<&str>) -> Markup {
    let changes = &imported.changes;
    let cells = changes.iter().flat_map(|change| change.cells.iter().map(move |cell| (change.line, cell)));
    let cells: Vec<_> = cells.collect();
    let titles = ["column-unit", "figures-indicator", "figures-old", "figures-new"].map(|key| clerk.say(key));
    let columns =
        [Column::text(&titles[0]), Column::text(&titles[1]), Column::number(&titles[2]), Column::number(&titles[3])];
    html! {
        @if let Some(problem) = problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        @if imported.over.is_empty() {
            (partials::notice(Tone::Warn, &html! { p { (clerk.say("figures-import-same")) } }))
            p { (grid::to_grid(clerk, &sheet.period)) }
        } @else {
            @if imported.base == Base::Now { (partials::notice(Tone::Warn, &html! { p { (clerk.say("figures-import-no-export")) } })) }
            (partials::notice(Tone::Good, &html! { p { (clerk.count("figures-import-cells", cells.len())) } }))
            (partials::table(&clerk.say("figures-import-preview"), &columns, &html! {
                @for (line, (column, old, new)) in cells.iter().take(ROWS_SHOWN) {
                    tr {
                        th scope="row" { (sheet.grid.lines[*line].name) }
                        td { (sheet.grid.columns[*column].heading()) }
                        td.number { @if old.is_empty() { "–" } @else { s { (old) } } }
                        td.number { strong { (new) } }
                    }
                }
            }))
            @if cells.len() > ROWS_SHOWN { p { (clerk.count("organizer-more-rows", cells.len() - ROWS_SHOWN)) } }
            @if !imported.conflicts.is_empty() { (conflicts(clerk, sheet, imported)) }
            form.card method="post" enctype="multipart/form-data"
                action=(format!("{}/import?period={}", clerk.base(), percent(sheet.period.as_str())))
            {
                input type="hidden" name="carried" value=(BASE64.encode(bytes));
                input type="hidden" name="confirm" value=(stamp(imported));
                @if !imported.conflicts.is_empty() { (Field::check("over", &clerk.say("figures-import-over"))) }
                @if clerk.may.checks_something() { (Field::check("check", &clerk.say("figures-import-check"))) }
                div.row {
                    (partials::button(&clerk.say("figures-import-do"), Look::Primary))
                    (partials::link_button(&grid::address(clerk, &sheet.period), &clerk.say("organizer-cancel"), Look::Plain))
                }
            }
        }
    }
}

/// What is left as it stands, unless the reader wants otherwise.
fn conflicts(clerk: &Clerk, sheet: &Sheet, imported: &Import) -> Markup {
    let titles = ["column-unit", "figures-indicator", "figures-exported", "figures-now", "figures-in-file"];
    let titles = titles.map(|key| clerk.say(key));
    let [unit, indicator, exported, now, file] = titles.each_ref().map(String::as_str);
    let columns = [
        Column::text(unit),
        Column::text(indicator),
        Column::number(exported),
        Column::number(now),
        Column::number(file),
    ];
    html! {
        (partials::notice(Tone::Warn, &html! { p { (clerk.count("figures-import-conflicts", imported.conflicts.len())) } }))
        (partials::table(&clerk.say("figures-import-conflict-table"), &columns, &html! {
            @for one in imported.conflicts.iter().take(ROWS_SHOWN) {
                tr {
                    th scope="row" { (sheet.grid.lines[one.line].name) }
                    td { (sheet.grid.columns[one.column].heading()) }
                    td.number { @if one.exported.is_empty() { "–" } @else { (one.exported) } }
                    td.number { strong { (one.now) } }
                    td.number { (one.file) }
                }
            }
        }))
        @if imported.conflicts.len() > ROWS_SHOWN { p { (clerk.count("organizer-more-rows", imported.conflicts.len() - ROWS_SHOWN)) } }
    }
}
