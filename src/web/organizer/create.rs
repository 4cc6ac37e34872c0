//! `/organizer/new`: choose, upload or paste a definition, see what it says and what is wrong with it, and make the
//! contest.

use axum::{
    Router,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    reading,
    upload::{self, Upload},
};
use crate::{
    app::{self, App, contests::NewContest},
    rules::{
        definition::{self, Read},
        names::ContestId,
    },
    web::{
        Error, Page, Result, Web, Who,
        partials::{self, Field, Tone},
    },
};

/// What may stand in an address.
const ID_CHARS_MAX: usize = 60;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/organizer/new", get(choose).post(take)).layer(upload::limit())
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Chosen {
    file: String,
}

/// What stands on the page: nothing yet, or a text with what reading it gave.
#[derive(Default)]
struct Draft {
    text: String,
    /// The address of the contest, when it shall not be the definition's own id.
    id: String,
    /// The shipped file the text came from.
    file: Option<String>,
    read: Option<Read>,
    problem: Option<String>,
}

/// A definition that can be chosen.
struct Shipped {
    name: String,
    /// The contest's; the file's name while it has errors.
    title: String,
}

async fn shipped(app: &App) -> Result<Vec<Shipped>> {
    let mut files = Vec::new();
    for name in app.definition_files().await {
        let read = definition::read(&app.definition_file(&name).await?);
        let title = read.definition.map_or_else(|| name.clone(), |definition| definition.title);
        files.push(Shipped { name, title });
    }
    Ok(files)
}

async fn choose(page: Page, who: Who, State(app): State<App>, Query(chosen): Query<Chosen>) -> Result<Markup> {
    may_create(&who)?;
    let mut draft = Draft::default();
    if !chosen.file.is_empty() {
        draft.text = app.definition_file(&chosen.file).await?;
        draft.file = Some(chosen.file);
        draft.read = Some(definition::read(&draft.text));
    }
    Ok(show(&page, &shipped(&app).await?, &draft))
}

/// Checks the text, and makes the contest when that is asked and nothing is wrong.
async fn take(page: Page, who: Who, State(app): State<App>, form: Upload) -> Result<Response> {
    may_create(&who)?;
    let mut draft = Draft { text: form.text("text")?, id: form.text("id")?.trim().to_owned(), ..Draft::default() };
    if let Some(bytes) = form.file("file") {
        match std::str::from_utf8(bytes) {
            Ok(text) => text.trim_start_matches('\u{feff}').clone_into(&mut draft.text),
            Err(_) => draft.problem = Some(page.say("organizer-not-utf8").into_owned()),
        }
    }
    draft.file = Some(form.text("shipped")?).filter(|name| !name.is_empty());
    if draft.problem.is_none() && !draft.text.trim().is_empty() {
        draft.read = Some(definition::read(&draft.text));
    }
    let definition = draft.read.as_ref().and_then(|read| read.definition.as_ref());
    if let Some(definition) = definition.filter(|_| form.text("do").is_ok_and(|action| action == "create")) {
        let id = if draft.id.is_empty() { definition.id.as_str() } else { draft.id.as_str() };
        if is_an_address(id) {
            let new = NewContest {
                id: ContestId::new(id),
                title: definition.title.clone(),
                text: draft.text.clone(),
                file: draft.file.clone(),
            };
            match app.create_contest(&who.actor(&new.id)?, new).await {
                Ok(receipt) => {
                    app.wait_for(&receipt.contest, receipt.version).await?;
                    let to = format!("/organizer/{}?said=created", receipt.contest);
                    return Ok(Redirect::to(&to).into_response());
                }
                Err(app::Error::Taken) => {
                    let values = [("id", id.into())];
                    draft.problem = Some(page.lang.say_with("organizer-id-taken", &values).into_owned());
                }
                Err(error) => return Err(error.into()),
            }
        } else {
            draft.problem = Some(page.say("organizer-id-bad").into_owned());
        }
    }
    let wrong = draft.problem.is_some() || draft.read.as_ref().is_none_or(|read| read.definition.is_none());
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, show(&page, &shipped(&app).await?, &draft)).into_response())
}

/// A card opens one contest; making others takes an account.
fn may_create(who: &Who) -> Result<()> {
    if who.0.contest.is_none() { Ok(()) } else { Err(Error::Forbidden) }
}

fn is_an_address(id: &str) -> bool {
    let plain = id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    plain && !id.is_empty() && id.len() <= ID_CHARS_MAX && id != "new" && !id.starts_with('-')
}

fn show(page: &Page, files: &[Shipped], draft: &Draft) -> Markup {
    let lang = page.lang;
    let own_id = draft.read.as_ref().and_then(|read| Some(read.definition.as_ref()?.id.as_str().to_owned()));
    let id = if draft.id.is_empty() { own_id.clone().unwrap_or_default() } else { draft.id.clone() };
    let body = html! {
        p.over { a href="/organizer" { (page.say("organizer-contests")) } }
        h1 { (page.say("organizer-new")) }
        @if let Some(problem) = &draft.problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        @if draft.text.is_empty() {
            p { (page.say("organizer-new-about")) }
            section.card {
                h2 { (page.say("organizer-shipped")) }
                @if files.is_empty() { p.quiet-text { (page.say("organizer-shipped-none")) } }
                ul.files {
                    @for file in files {
                        li { a.button href={ "/organizer/new?file=" (crate::web::error::percent(&file.name)) } { (file.title) } }
                    }
                }
            }
        }
        form.definition method="post" action="/organizer/new" enctype="multipart/form-data" {
            @if let Some(file) = &draft.file { input type="hidden" name="shipped" value=(file); }
            @if let Some(read) = &draft.read {
                (reading::problems(lang, read))
                @if read.definition.is_some() {
                    section.card {
                        (Field::text("id", &page.say("organizer-id")).value(&id).hint(&page.say("organizer-id-hint")))
                        button.button.primary name="do" value="create" { (page.say("organizer-create")) }
                    }
                    (reading::explained(lang, read))
                }
                @if !read.problems.is_empty() { (reading::marked(lang, &draft.text, read)) }
            }
            details.card open[draft.read.as_ref().is_none_or(|read| read.definition.is_none())] {
                summary { h2 { (page.say("organizer-own-text")) } }
                (Field::file("file", &page.say("organizer-file"), ".toml,text/plain"))
                div.field {
                    label for="field-text" { (page.say("organizer-text")) }
                    textarea.code id="field-text" name="text" rows="24" spellcheck="false" { "\n" (draft.text) }
                }
                button.button name="do" value="check" { (page.say("organizer-check")) }
            }
        }
        @if !draft.text.is_empty() { p { a href="/organizer/new" { (page.say("organizer-start-over")) } } }
    };
    page.clone().style("organizer.css").show(&page.say("organizer-new"), &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_plain() {
        for (id, fits) in [
            ("welding-2026", true),
            ("a", true),
            ("new", false),
            ("", false),
            ("a/b", false),
            ("焊", false),
            ("-a", false),
        ] {
            assert_eq!(is_an_address(id), fits, "{id}");
        }
    }
}
