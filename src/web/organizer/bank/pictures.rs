//! The pictures of a contest's banks: uploaded beside the items that show them, looked at before they are kept.

use std::path::Path;

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};

use super::{Shelf, ids};
use crate::{
    app::{
        self,
        banks::{ItemPicture, PictureLine},
    },
    files::items::{self as files, PictureFile},
    rules::items::Item,
    web::{
        Result, Web,
        error::percent,
        organizer::upload::{self, Upload},
        partials::{self, Look, Tone},
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/organizer/{contest}/bank/{bank}/pictures", get(show).post(take)).layer(upload::limit())
}

async fn show(shelf: Shelf) -> Result<Markup> {
    let body = page(&shelf, &[]).await?;
    Ok(shelf.show(&body))
}

/// Several at once, all or none.
async fn take(shelf: Shelf, form: Upload) -> Result<Response> {
    let mut taken = Vec::new();
    let mut problems = Vec::new();
    for (name, bytes) in form.files("pictures") {
        match files::picture(name, bytes) {
            Ok(file) => taken.push((file, bytes.to_vec())),
            Err(harm) => problems.push(harm.say(shelf.lang())),
        }
    }
    if taken.is_empty() && problems.is_empty() {
        problems.push(shelf.say("bank-nothing-sent"));
    }
    if problems.is_empty() {
        let count = taken.len();
        for (file, bytes) in taken {
            if let Err(app::Error::Refused(refusal)) = keep(&shelf, file, bytes).await? {
                problems.push(shelf.lang().refusal(&refusal));
            }
        }
        if problems.is_empty() {
            return Ok(shelf.done("pictures", "bank-pictures", count));
        }
    }
    let body = page(&shelf, &problems).await?;
    Ok(shelf.wrong(&body).into_response())
}

/// A refusal is handed back; anything else that fails, fails.
async fn keep(shelf: &Shelf, file: PictureFile, bytes: Vec<u8>) -> Result<std::result::Result<(), app::Error>> {
    let PictureFile { name, media, ratio } = file;
    let picture = ItemPicture { name, media: media.to_owned(), ratio: ratio.to_string(), bytes };
    let banks = ids(&shelf.desk);
    match shelf.desk.app.put_item_picture(&shelf.desk.contest, &shelf.desk.actor, &banks, picture).await {
        Ok(()) => Ok(Ok(())),
        Err(refusal @ app::Error::Refused(_)) => Ok(Err(refusal)),
        Err(error) => Err(error.into()),
    }
}

/// Takes every picture of a folder that comes with the program.
pub(super) async fn take_folder(shelf: &Shelf, folder: &Path) -> Result<()> {
    let Ok(mut files) = tokio::fs::read_dir(folder).await else { return Ok(()) };
    while let Ok(Some(entry)) = files.next_entry().await {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Ok(bytes) = tokio::fs::read(entry.path()).await else { continue };
        if let Ok(file) = files::picture(&name, &bytes) {
            // One that a drawn item shows stays as it is.
            let _ = keep(shelf, file, bytes).await?;
        }
    }
    Ok(())
}

async fn page(shelf: &Shelf, problems: &[String]) -> Result<Markup> {
    let pictures = shelf.desk.app.item_pictures(&shelf.desk.contest).await?;
    let missing: Vec<&Item> = shelf
        .bank
        .items
        .iter()
        .filter(|item| item.picture.as_ref().is_some_and(|name| pictures.iter().all(|line| line.name != *name)))
        .collect();
    Ok(html! {
        (shelf.over())
        h2 { (shelf.say("bank-pictures")) }
        @if !problems.is_empty() {
            (partials::notice(Tone::Bad, &html! {
                p { strong { (shelf.desk.count("bank-pictures-refused", problems.len())) } }
                ul { @for problem in problems { li { (problem) } } }
            }))
        }
        section.card {
            p { (shelf.say("bank-pictures-about")) }
            form method="post" action=(shelf.at("pictures")) enctype="multipart/form-data" {
                div.field {
                    label for="field-pictures" { (shelf.say("bank-pictures-files")) span.required aria-hidden="true" { " *" } }
                    input type="file" id="field-pictures" name="pictures" multiple required
                        accept=".svg,.png,.jpg,.jpeg" aria-describedby="field-pictures-about";
                    p id="field-pictures-about" { (shelf.say("bank-pictures-hint")) }
                }
                (partials::button(&shelf.say("bank-pictures-send"), Look::Primary))
            }
        }
        @if !missing.is_empty() {
            (partials::notice(Tone::Warn, &html! {
                p { (shelf.desk.count("bank-pictures-missing", missing.len())) }
                p { @for item in missing.iter().take(20) { a href=(shelf.item_at(&item.id)) { (item.id) } " " } }
            }))
        }
        @if pictures.is_empty() { p.quiet-text { (shelf.say("bank-pictures-none")) } }
        ul.pictures { @for line in &pictures { (picture(shelf, line)) } }
    })
}

fn picture(shelf: &Shelf, line: &PictureLine) -> Markup {
    let used = shelf.bank.items.iter().filter(|item| item.picture.as_deref() == Some(line.name.as_str())).count();
    html! {
        li.card {
            img src=(address(shelf, &line.name)) alt="" loading="lazy";
            p { strong { (line.name) } }
            p.quiet-text { (line.bytes.div_ceil(1024)) " KB · " (shelf.desk.count("bank-picture-used", used)) }
        }
    }
}

pub(super) fn address(shelf: &Shelf, name: &str) -> String {
    format!("/contests/{}/items/pictures/{}", shelf.desk.contest, percent(name))
}
