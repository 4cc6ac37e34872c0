//! `/organizer/{contest}/definition`: the rules this contest has adopted, and adopting changed ones.

use axum::{
    Router,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};

use super::{
    desk::{Desk, Place},
    effect, reading,
    upload::{self, Upload},
};
use crate::{
    rules::definition::{self, Read},
    web::{
        Error, Result, Web,
        partials::{self, Field, Look, Tone},
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/definition", get(show).post(adopt))
        .route("/organizer/{contest}/definition.toml", get(download))
        .layer(upload::limit())
}

async fn show(desk: Desk) -> Markup {
    let text = adopted(&desk);
    let body = page(&desk, &text, &definition::read(&text), None);
    desk.show(Place::Definition, &body)
}

/// The text byte for byte, so that its digest can be compared.
async fn download(desk: Desk) -> Result<Response> {
    let adopted = desk.view.definition.as_ref().ok_or(Error::NotFound)?;
    let name = format!("attachment; filename=\"{}.toml\"", desk.contest);
    let headers = [(header::CONTENT_TYPE, "application/toml".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, adopted.text.to_string()).into_response())
}

async fn adopt(desk: Desk, form: Upload) -> Result<Response> {
    let mut text = form.text("text")?;
    if let Some(bytes) = form.file("file") {
        let Ok(uploaded) = std::str::from_utf8(bytes) else {
            let problem = desk.say("organizer-not-utf8");
            let body = page(&desk, &text, &definition::read(&text), Some(&problem));
            return Ok(desk.wrong(Place::Definition, &body));
        };
        uploaded.trim_start_matches('\u{feff}').clone_into(&mut text);
    }
    let read = definition::read(&text);
    let adopting = form.text("do")? == "adopt";
    let same = *text == *adopted(&desk);
    if let (true, false, Some(definition)) = (adopting, same, &read.definition) {
        if desk.view.has_marks {
            return effect::adopt(desk, text, definition, &form).await;
        }
        let (contest, actor, title) = (&desk.contest, &desk.actor, definition.title.clone());
        let receipt = desk.app.adopt_definition(contest, actor, text, title, None, None).await?;
        desk.shown(receipt).await?;
        return Ok(desk.done(Place::Definition, "adopted", 0));
    }
    let problem = (adopting && same).then(|| desk.say("organizer-definition-same"));
    let wrong = problem.is_some() || read.definition.is_none();
    let body = page(&desk, &text, &read, problem.as_deref());
    Ok(if wrong { desk.wrong(Place::Definition, &body) } else { desk.show(Place::Definition, &body).into_response() })
}

fn adopted(desk: &Desk) -> String {
    desk.view.definition.as_ref().map(|adopted| adopted.text.to_string()).unwrap_or_default()
}

fn page(desk: &Desk, text: &str, read: &Read, problem: Option<&str>) -> Markup {
    let lang = desk.lang();
    let changed = text != adopted(desk);
    html! {
        @if let Some(problem) = problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        @if let Some(adopted) = &desk.view.definition {
            section.card {
                h2 { (desk.say("organizer-adopted")) }
                (partials::facts(&[
                    (&desk.say("organizer-digest"), html! { code.checksum { (adopted.digest.0) } }),
                    (&desk.say("organizer-version"), html! { span.number { (adopted.count) } }),
                ]))
                @if !adopted.readable { (partials::notice(Tone::Bad, &html! { p { (desk.say("organizer-unreadable")) } })) }
                (partials::link_button(&format!("/organizer/{}/definition.toml", desk.contest),
                    &desk.say("organizer-download"), Look::Plain))
            }
        }
        @if changed { (reading::problems(lang, read)) }
        (reading::explained(lang, read))
        @if changed && !read.problems.is_empty() { (reading::marked(lang, text, read)) }
        details.card open[changed] {
            summary { h2 { (desk.say("organizer-change-definition")) } }
            p { (desk.say(if desk.view.has_marks { "organizer-change-after" } else { "organizer-change-before" })) }
            form.definition method="post" action=(desk.at(Place::Definition)) enctype="multipart/form-data" {
                (Field::file("file", &desk.say("organizer-file"), ".toml,text/plain"))
                div.field {
                    label for="field-text" { (desk.say("organizer-text")) }
                    textarea.code id="field-text" name="text" rows="24" spellcheck="false" { "\n" (text) }
                }
                div.row {
                    button.button name="do" value="check" { (desk.say("organizer-check")) }
                    button.button.primary name="do" value="adopt" { (desk.say(if desk.view.has_marks { "effect-preview" } else { "organizer-adopt" })) }
                }
            }
        }
    }
}
