//! `/organizer/{contest}/people/cards`: how judges come in. A card's code and token are given out once: on the page that
//! answers, and as cards to print, which that page asks for.

use axum::{
    Router,
    extract::FromRequestParts,
    http::{HeaderName, header, request::Parts},
    response::{IntoResponse, Response},
    routing::post,
};
use maud::{Markup, html};

use super::{
    cast::Cast,
    desk::{Desk, Place},
    entrants::{PDF, attachment, paper},
};
use crate::{
    files::documents::{self, Fonts, JudgeCard},
    rules::{ledger::entry::Role, names::PersonId, view::Person},
    web::{
        Error, Result, Web,
        form::Posted,
        guard,
        partials::{self, Column, Look, Tone},
    },
    words::trail::Cast as _,
};

/// Forms with the tokens of everybody.
const BODY_BYTES_MAX: usize = 2 << 20;
const CARDS_MAX: usize = 5_000;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/organizer/{contest}/people/cards", post(issue)).route(
        "/organizer/{contest}/people/cards.pdf",
        post(print).layer(axum::extract::DefaultBodyLimit::max(BODY_BYTES_MAX)),
    )
}

/// The address that the reader's browser has for this service, without a slash at its end.
pub(in crate::web) struct OwnAddress(pub(in crate::web) String);

impl<S: Send + Sync> FromRequestParts<S> for OwnAddress {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let forwarded = parts.headers.get(HeaderName::from_static("x-forwarded-host"));
        let host = forwarded.or(parts.headers.get(header::HOST)).and_then(|host| host.to_str().ok());
        let host = host.ok_or_else(|| Error::BadInput("no host".to_owned()))?;
        let scheme = if guard::is_secure(parts) { "https" } else { "http" };
        Ok(Self(format!("{scheme}://{host}")))
    }
}

/// For everybody with a role.
pub(super) fn issue_all(desk: &Desk) -> Markup {
    let label = desk.say("cards-issue-all");
    partials::dialog(
        &label,
        Look::Primary,
        &label,
        &html! {
            p { (desk.say("cards-means")) }
            form method="post" action={ (desk.at(Place::People)) "/cards" } {
                @for one in with_cards(desk) { input type="hidden" name="person" value=(one.person); }
                (partials::button(&label, Look::Primary))
            }
        },
    )
}

pub(super) fn issue_one(desk: &Desk, one: &Person) -> Markup {
    let label = desk.say("cards-issue");
    partials::dialog(
        &label,
        Look::Plain,
        &label,
        &html! {
            p { (desk.say("cards-means-one")) }
            form method="post" action={ (desk.at(Place::People)) "/cards" } {
                input type="hidden" name="person" value=(one.person);
                (partials::button(&label, Look::Primary))
            }
        },
    )
}

/// Judges, leaders and the chief; organizers have accounts.
fn with_cards(desk: &Desk) -> impl Iterator<Item = &Person> {
    desk.view.people.iter().filter(|one| one.roles.iter().any(|role| *role != Role::Organizer))
}

async fn issue(desk: Desk, Posted(fields): Posted<Vec<(String, String)>>) -> Result<Response> {
    let wanted: Vec<PersonId> =
        fields.into_iter().filter(|(name, _)| name == "person").map(|(_, person)| PersonId::new(person)).collect();
    let cast = Cast::of(&desk, wanted.clone()).await?;
    let mut issued = Vec::new();
    for person in wanted.iter().take(CARDS_MAX) {
        let known = desk.view.people.iter().find(|one| one.person == *person).ok_or(Error::NotFound)?;
        let card = desk.app.issue_card_by(&desk.contest, person, Some(&desk.actor.person)).await?;
        issued.push((known, card));
    }
    let titles = [desk.say("column-name"), desk.say("people-role"), desk.say("cards-code")];
    let columns = [Column::text(&titles[0]), Column::text(&titles[1]), Column::text(&titles[2])];
    let body = html! {
        p.over { a href=(desk.at(Place::People)) { (desk.say("organizer-people")) } }
        h2 { (desk.say("cards-title")) }
        (partials::notice(Tone::Warn, &html! { p { (desk.say("cards-once")) } }))
        form method="post" action={ (desk.at(Place::People)) "/cards.pdf" } {
            @for (_, card) in &issued {
                input type="hidden" name="card" value={ (card.token) " " (card.short) };
            }
            p { (partials::button(&desk.say("cards-print"), Look::Primary)) }
        }
        (partials::table(&desk.say("cards-title"), &columns, &html! {
            @for (one, card) in &issued {
                tr {
                    td { strong { (cast.person(&one.person)) } }
                    td { (roles(&cast, one)) }
                    td { code.code { (spaced(&card.short)) } }
                }
            }
        }))
    };
    Ok(desk.show(Place::People, &body).into_response())
}

fn roles(cast: &Cast, one: &Person) -> String {
    one.roles.iter().map(|role| cast.role(role)).collect::<Vec<_>>().join("；")
}

/// In two halves, as people read it out; however it is typed, it is taken.
fn spaced(code: &str) -> String {
    match code.split_at_checked(code.len() / 2) {
        Some((first, second)) => format!("{first}-{second}"),
        None => code.to_owned(),
    }
}

async fn print(
    desk: Desk,
    OwnAddress(address): OwnAddress,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result<Response> {
    let mut cards = Vec::new();
    for (_, card) in fields.iter().filter(|(name, _)| name == "card").take(CARDS_MAX) {
        let (token, short) = card.split_once(' ').ok_or_else(|| Error::BadInput("card".to_owned()))?;
        // Only a card that opens this contest is printed, with the name of whom it lets in.
        let person = desk.app.holder_of_card(token, &desk.contest).await?;
        cards.push((person, token, short));
    }
    let cast = Cast::of(&desk, cards.iter().map(|(person, ..)| person.clone()).collect()).await?;
    let none = Vec::new();
    let cards: Vec<JudgeCard> = cards
        .iter()
        .map(|(person, token, short)| {
            let held = desk.view.people.iter().find(|one| one.person == *person).map_or(&none, |one| &one.roles);
            let mut roles = held.iter().map(|role| cast.role(role));
            JudgeCard {
                name: cast.person(person),
                role: roles.next().unwrap_or_default(),
                panel: Some(roles.collect::<Vec<_>>().join("；")).filter(|others| !others.is_empty()),
                code: spaced(short),
                login_url: format!("{address}/j/{token}"),
                address: format!("{address}/login"),
            }
        })
        .collect();
    let name = format!("{}-cards.pdf", desk.contest);
    let set = super::print::on_paper(&desk, paper(&desk).results, move |fonts: &Fonts, paper| {
        documents::judge_cards(fonts, paper, &cards)
    })
    .await?;
    match set {
        Ok(bytes) => Ok(attachment(PDF, &name, bytes)),
        Err(problems) => Ok(super::print::not_printed(desk, Place::People, &problems)),
    }
}
