//! The documents of results, made when they are asked for.

use axum::{
    Router,
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};

use super::{page, press::Press, printing, site::Site};
use crate::{
    files::{
        documents::{self, Fonts, Listing, Problem},
        lists, prizes,
    },
    rules::names::ContestId,
    web::{Error, Result, Web, error::percent, organizer::Desk},
};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/organizer/{contest}/awards/files/{name}", get(file))
}

/// The documents, by the name in the address, with the key of their title.
pub(super) const DOCUMENTS: [(&str, &str, &[&str]); 4] = [
    ("list", "award-file-list", &["xlsx", "csv", "pdf"]),
    ("receipts", "award-file-receipts", &["xlsx", "pdf"]),
    ("proposals", "award-file-proposals", &["xlsx", "csv", "pdf"]),
    ("summary", "award-file-summary", &["xlsx", "csv", "pdf"]),
];

/// `list.xlsx`, `summary-2.xlsx` (the second table).
async fn file(
    desk: Desk,
    Site(site): Site,
    axum::Extension(press): axum::Extension<Press>,
    Path((_, name)): Path<(ContestId, String)>,
) -> Result<Response> {
    let (stem, kind) = name.rsplit_once('.').ok_or(Error::NotFound)?;
    let (document, table) = stem.split_once('-').unwrap_or((stem, "1"));
    let known = DOCUMENTS.iter().find(|(known, _, kinds)| *known == document && kinds.contains(&kind));
    let (_, title, _) = known.ok_or(Error::NotFound)?;
    let (all, names) = desk.app.prizes(&desk.contest).await?;
    let names: prizes::Names = names.into_iter().collect();
    let lang = desk.page.lang;
    let printed = page::moment(&all.heading.timezone, desk.app.now());
    let paper = prizes::paper(lang, &all, &printed);
    let listing = match document {
        "list" => prizes::award_list(&paper, &all, &names),
        "receipts" => prizes::receipts(&paper, &all, &names),
        "proposals" => prizes::proposals(&paper, &all, &names),
        _ => {
            let at: usize = table.parse().map_err(|_| Error::NotFound)?;
            let tables = desk.app.summary(&desk.contest).await?;
            let table = at.checked_sub(1).and_then(|at| tables.get(at)).ok_or(Error::NotFound)?;
            prizes::summary(&paper, table, &names)
        }
    };
    let title = format!("{} {}", all.heading.title, lang.say(title));
    let (media, bytes) = match kind {
        "xlsx" => (
            XLSX,
            lists::xlsx(&paper, &listing).map_err(|error| {
                tracing::error!(%error, "a workbook was not written");
                Error::Internal
            })?,
        ),
        "csv" => ("text/csv; charset=utf-8", lists::csv(&paper, &listing)),
        _ => match pdf(all.clone(), printed.clone(), lang, listing).await? {
            Ok(bytes) => ("application/pdf", bytes),
            Err(problems) => {
                let problem = printing::words(lang, &problems).join("\n");
                return page::again(desk, &press, &site, Some(&problem), None).await;
            }
        },
    };
    let name = format!("{document}.{kind}");
    let headers = [
        (header::CONTENT_TYPE, media.to_owned()),
        // The plain name for old browsers, the title for all others.
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\"; filename*=UTF-8''{}.{kind}", percent(&title).replace('/', "_")),
        ),
    ];
    Ok((headers, bytes).into_response())
}

/// Typesetting keeps a core busy for seconds.
async fn pdf(
    all: crate::rules::view::Prizes,
    printed: String,
    lang: crate::words::Language,
    listing: Listing,
) -> Result<std::result::Result<Vec<u8>, Vec<Problem>>> {
    let set = tokio::task::spawn_blocking(move || {
        let fonts = Fonts::system().map_err(|problem| vec![problem])?;
        documents::listing(fonts, &prizes::paper(lang, &all, &printed), &listing)
    });
    set.await.map_err(|_| Error::Internal)
}
