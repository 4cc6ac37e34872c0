//! A new definition after the first mark: its effect is shown, and it is adopted from that page only, with a reason and a
//! second person.

use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::{
    cast::Cast,
    desk::{Desk, Place},
    upload::Upload,
};
use crate::{
    rules::{
        command::Refusal,
        definition::Definition,
        view::{self, Effect},
    },
    web::{
        Result, effect,
        partials::{self, Field, Tone},
        second::{self, Seconded},
    },
    words::trail::Cast as _,
};

/// Shows the effect, or adopts when exactly this effect was shown before, with a reason and a second person.
pub(super) async fn adopt(desk: Desk, text: String, definition: &Definition, form: &Upload) -> Result<Response> {
    let found = desk.app.read(&desk.contest, |state| view::effect(state, &text)).await?.unwrap_or_default();
    let reason = form.text("reason")?.trim().to_owned();
    let shown = form.text("effect")?;
    let problem = if shown.is_empty() {
        None
    } else if shown != effect::fingerprint(&found) {
        Some(desk.say("effect-changed"))
    } else if reason.is_empty() {
        Some(desk.say("organizer-reason-missing"))
    } else {
        match take(&desk, &text, definition, &reason, form).await {
            Ok(()) => return Ok(desk.done(Place::Definition, "adopted", 0)),
            Err(error) => Some(error.mendable(desk.lang())?),
        }
    };
    let body = page(&desk, &text, &found, &reason, problem.as_deref()).await?;
    let wrong = problem.is_some() || !found.dropped.is_empty();
    Ok(if wrong { desk.wrong(Place::Definition, &body) } else { desk.show(Place::Definition, &body).into_response() })
}

async fn take(desk: &Desk, text: &str, definition: &Definition, reason: &str, form: &Upload) -> Result<()> {
    let typed = Seconded::typed(form.text("second")?, form.text("second-login")?, form.text("second-password")?);
    let (app, contest, actor) = (&desk.app, &desk.contest, &desk.actor);
    let second = app.second_person(contest, actor, typed.proof().as_ref()).await?;
    let (text, title, note) = (text.to_owned(), definition.title.clone(), app.note(reason)?);
    let receipt = app.adopt_definition(contest, actor, text, title, Some(note), Some(second)).await?;
    desk.shown(receipt).await?;
    Ok(())
}

async fn page(desk: &Desk, text: &str, found: &Effect, reason: &str, problem: Option<&str>) -> Result<Markup> {
    let cast = Cast::of(desk, Vec::new()).await?;
    let blocked = !found.dropped.is_empty();
    let hidden = html! { textarea name="text" hidden { "\n" (text) } };
    Ok(html! {
        h2 { (desk.say("effect-title")) }
        p { (desk.say("effect-about")) }
        @if let Some(problem) = problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        @if blocked && problem.is_none() {
            @let refusal = Refusal::DefinitionDropsMarked { dropped: found.dropped.clone() };
            (partials::notice(Tone::Bad, &html! { p { (desk.lang().refusal(&refusal)) } }))
        }
        (effect::effect(&desk.page, &|who| cast.who(who), found))
        form.card method="post" action=(desk.at(Place::Definition)) enctype="multipart/form-data" {
            (hidden)
            @if !blocked {
                h3 { (desk.say("effect-adopt")) }
                input type="hidden" name="effect" value=(effect::fingerprint(found));
                (Field::area("reason", &desk.say("organizer-reason")).value(reason).required())
                (second::fields(&desk.page, "definition"))
            }
            div.row {
                // The first button is what the enter key presses.
                @if !blocked { button.button.danger name="do" value="adopt" { (desk.say("effect-adopt-do")) } }
                button.button name="do" value="check" formnovalidate { (desk.say("effect-back")) }
            }
        }
    })
}
