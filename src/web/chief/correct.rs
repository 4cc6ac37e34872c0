//! Correcting a mark. Before the panel has signed at once; after it, what the correction would move is shown by number
//! first, and a second person agrees to exactly that.

use axum::{
    Form, Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use maud::html;
use serde::Deserialize;

use super::{
    acts::{Desk, Place},
    filled, mark, number, numbers,
};
use crate::{
    app::{self, App},
    rules::{
        command::{Command, Refusal},
        field::Slot,
        names::{ContestId, EntrantId, Id, PersonId},
        view,
    },
    web::{
        Error, Page, Result, Web, Who, effect,
        judge::mark_value,
        partials::{self, Look, Tone},
        second::{self, Seconded},
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/chief/{contest}/correct", post(correct))
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Correction {
    #[serde(flatten)]
    place: Place,
    value_id: Id,
    judge: PersonId,
    value: String,
    reason: String,
    /// Of the effect that was shown, once it was.
    #[serde(default)]
    effect: String,
    #[serde(default)]
    back: String,
    #[serde(flatten)]
    second: Seconded,
}

impl Correction {
    fn slot(&self) -> (EntrantId, Slot) {
        let Place { entrant, stage, piece, attempt, aspect } = &self.place;
        let judge = Some(self.judge.clone()).filter(|judge| !judge.as_str().is_empty());
        let slot = Slot {
            stage: stage.clone(),
            piece: filled(piece.clone()),
            attempt: *attempt,
            aspect: aspect.clone(),
            value: filled(self.value_id.clone()),
            judge,
        };
        (entrant.clone(), slot)
    }
}

async fn correct(
    page: Page,
    who: Who,
    State(app): State<App>,
    Path(contest): Path<ContestId>,
    headers: HeaderMap,
    Form(form): Form<Correction>,
) -> Result<Response> {
    let value = mark_value(Some(&form.value))?;
    let mut desk = Desk::new(app, contest, &who, &headers)?;
    desk.back = if form.back.is_empty() { desk.back } else { desk.ours(&form.back) };
    let (entrant, slot) = form.slot();
    let look = |state: &_| {
        (view::correction(state, &entrant, &slot, value), numbers(state), view::mark_told(state, &entrant, &slot))
    };
    let (effect, numbers, told) = desk.app.read(&desk.contest, look).await?;
    let judge = desk.app.people(slot.judge.as_slice()).await?.pop().map(|person| person.name);
    let shown = effect::fingerprint(&effect);
    let agreed = (form.effect == shown).then(|| form.second.proof()).flatten();
    let second = match agreed {
        None => Ok(None),
        proof => desk.app.second_person(&desk.contest, &desk.actor, proof.as_ref()).await.map(Some),
    };
    let done = match second {
        Err(error) => Err(Error::App(error)),
        Ok(second) => {
            let act = |reason| Command::CorrectMark { entrant, slot, value, reason, second };
            desk.act_because(&form.reason, act).await
        }
    };
    let problem = match done {
        Err(Error::App(app::Error::Refused(Refusal::NeedsSecondPerson))) if form.effect.is_empty() => None,
        Err(Error::App(app::Error::Refused(Refusal::NeedsSecondPerson))) if form.effect != shown => {
            Some(page.say("effect-changed-since").into_owned())
        }
        Err(Error::App(error)) if second::is_about(&error) => Some(Error::from(error).words(page.lang).1),
        done => return done,
    };
    let name = |text: &str| numbers.get(text).map_or_else(|| text.to_owned(), |own| number(&page, Some(*own)));
    let title = page.say("chief-effect-title").into_owned();
    let body = html! {
        p { a href=(desk.back) { "‹ " (page.say("chief-title")) } }
        h1 { (title) }
        p { (page.say("chief-effect-about")) }
        @if let Some(problem) = &problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        @let before = told.as_ref().and_then(|told| told.mark);
        @let place = told.into_iter().flat_map(|told| told.titles).chain(judge).collect::<Vec<_>>().join(" · ");
        p { strong { (name(form.place.entrant.as_str())) } " · " (place) }
        p.number { s { (mark(&page, before.as_ref())) } " → " strong { (form.value) } }
        p { (form.reason) }
        (effect::effect(&page, &name, &effect))
        form.card method="post" action={ "/chief/" (desk.contest) "/correct" } {
            @for (field, text) in form.hidden(&shown, &desk.back) { input type="hidden" name=(field) value=(text); }
            (second::fields(&page, "correction"))
            (partials::button(&page.say("chief-correct-do"), Look::Danger))
        }
    };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, page.clone().wide().style("staff.css").show(&title, &body)).into_response())
}

impl Correction {
    /// The form again, for the second step.
    fn hidden(&self, effect: &str, back: &str) -> [(&'static str, String); 11] {
        let Place { entrant, stage, piece, attempt, aspect } = &self.place;
        [
            ("entrant", entrant.to_string()),
            ("stage", stage.to_string()),
            ("piece", piece.to_string()),
            ("attempt", attempt.to_string()),
            ("aspect", aspect.to_string()),
            ("value-id", self.value_id.to_string()),
            ("judge", self.judge.to_string()),
            ("value", self.value.clone()),
            ("reason", self.reason.clone()),
            ("effect", effect.to_owned()),
            ("back", back.to_owned()),
        ]
    }
}
