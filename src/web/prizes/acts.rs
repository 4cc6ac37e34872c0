//! What an organizer decides about prizes. Each is one form: it acts, and leads back to the page.

use axum::{Extension, Form, Router, response::Response, routing::post};
use serde::Deserialize;

use super::{page, press::Press, site::Site};
use crate::{
    app::{self, Ask},
    files::prizes::Names,
    rules::{
        command::{Command, Refusal},
        definition::model::AwardTo,
        ledger::entry::Digest,
        names::Id,
        view::Prizes,
    },
    web::{
        Error, Result, Web,
        organizer::{Desk, Place},
    },
};

/// Nominees of one form.
const NOMINEES_MAX: usize = 500;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/awards/decide", post(decide))
        .route("/organizer/{contest}/awards/nominate", post(nominate))
        .route("/organizer/{contest}/awards/announce", post(announce))
        .route("/organizer/{contest}/awards/revoke", post(revoke))
}

/// A form that was not done, as it was sent.
pub(super) struct Typed {
    pub(super) award: Id,
    pub(super) to: Vec<String>,
    pub(super) reason: String,
}

/// `to` comes once for each candidate that is ticked; none ticked gives it to none of them.
async fn decide(
    desk: Desk,
    site: Site,
    Extension(press): Extension<Press>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let field = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let to = fields.iter().filter(|(key, _)| key == "to").map(|(_, value)| value.clone()).collect();
    let award = Id::new(field("award").ok_or_else(|| Error::BadInput("award".to_owned()))?);
    let typed = Typed { award, to, reason: field("reason").unwrap_or_default() };
    let (award, to) = (typed.award.clone(), typed.to.clone());
    because(desk, &site, &press, typed, "award-decided", |reason| Command::DecideAward { award, to, reason }).await
}

#[derive(Deserialize)]
struct Nomination {
    award: Id,
    who: String,
    reason: String,
}

async fn nominate(
    desk: Desk,
    site: Site,
    Extension(press): Extension<Press>,
    Form(form): Form<Nomination>,
) -> Result<Response> {
    let lines: Vec<String> =
        form.who.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    let typed = Typed { award: form.award.clone(), to: lines, reason: form.reason };
    let (prizes, names) = desk.app.prizes(&desk.contest).await?;
    let names: Names = names.into_iter().collect();
    let found: std::result::Result<Vec<String>, &String> =
        typed.to.iter().map(|line| nominee(&desk, &prizes, &names, &form.award, line).ok_or(line)).collect();
    let to = match found {
        Ok(to) if !to.is_empty() && to.len() <= NOMINEES_MAX => to,
        Ok(_) => {
            let problem = desk.say("award-nobody-named");
            return page::again(desk, &press, &site.0, Some(&problem), Some(&typed)).await;
        }
        Err(line) => {
            let values = [("line", line.as_str().into())];
            let problem = desk.page.lang.say_with("award-unknown-nominee", &values).into_owned();
            return page::again(desk, &press, &site.0, Some(&problem), Some(&typed)).await;
        }
    };
    let award = form.award;
    because(desk, &site, &press, typed, "award-decided", |reason| Command::DecideAward { award, to, reason }).await
}

/// An entrant by id, draw number or a name that only one has; a team or unit as it is written.
fn nominee(desk: &Desk, prizes: &Prizes, names: &Names, award: &Id, line: &str) -> Option<String> {
    match &prizes.award(award)?.to {
        AwardTo::Teams => prizes.entrants.values().find_map(|one| one.team.clone().filter(|team| team == line)),
        AwardTo::Units(_) => desk.view.units.iter().map(|unit| unit.as_str().to_owned()).find(|unit| unit == line),
        AwardTo::Entrants | AwardTo::Table(_) => {
            if prizes.entrants.contains_key(line) {
                return Some(line.to_owned());
            }
            let number: Option<u32> = line.parse().ok();
            let fits =
                |id: &str, drawn: Option<u32>| (drawn.is_some() && drawn == number) || names.of(id) == Some(line);
            let mut fitting = prizes.entrants.iter().filter(|(id, one)| fits(id.as_str(), one.number));
            let first = fitting.next()?.0;
            fitting.next().is_none().then(|| first.as_str().to_owned())
        }
    }
}

async fn announce(desk: Desk) -> Result<Response> {
    desk.act(Command::AnnounceAwards).await?;
    Ok(desk.done(Place::Awards, "award-announced", 0))
}

#[derive(Deserialize)]
struct Revocation {
    award: Id,
    to: String,
    reason: String,
}

async fn revoke(
    desk: Desk,
    site: Site,
    Extension(press): Extension<Press>,
    Form(form): Form<Revocation>,
) -> Result<Response> {
    let (award, from) = (form.award.clone(), form.to.clone());
    let typed = Typed { award: form.award, to: vec![form.to], reason: form.reason };
    because(desk, &site, &press, typed, "award-revoked", |reason| Command::RevokeAward { award, from, reason }).await
}

/// With a reason, whose text is recorded beside the entry; without one the page comes back.
async fn because(
    desk: Desk,
    site: &Site,
    press: &Press,
    typed: Typed,
    said: &str,
    command: impl FnOnce(Digest) -> Command,
) -> Result<Response> {
    if typed.reason.trim().is_empty() {
        let problem = desk.say("award-reason-missing");
        return page::again(desk, press, &site.0, Some(&problem), Some(&typed)).await;
    }
    let (reason, note) = desk.app.note(&typed.reason)?;
    let ask = Ask::new(desk.actor.clone(), command(reason)).with(note);
    match desk.app.ask(&desk.contest, ask).await {
        Ok(receipt) => {
            desk.shown(receipt).await?;
            Ok(desk.done(Place::Awards, said, 0))
        }
        Err(app::Error::Refused(Refusal::NotAllowed { role })) => Err(Refusal::NotAllowed { role }.into()),
        // What was typed is not lost: the page comes back with it.
        Err(refused @ app::Error::Refused(_)) => {
            let problem = Error::App(refused).words(desk.page.lang).1;
            page::again(desk, press, &site.0, Some(&problem), Some(&typed)).await
        }
        Err(error) => Err(error.into()),
    }
}
