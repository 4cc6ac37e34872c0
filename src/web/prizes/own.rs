//! `/contests/{contest}/me/certificates/{serial}.pdf`: a worker's own certificate, of an award or of a ladder's reward.
//!
//! Somebody else's serial is not found. The typesetter uses several threads and much memory: workers wait for their
//! turn, so that a crowd of winners keeps no judge waiting.

use std::sync::atomic::AtomicUsize;

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};
use tokio::sync::Semaphore;

use super::{
    press::{Work, print},
    printing,
    site::Site,
};
use crate::{
    app::App,
    files::{
        certificates::Order,
        documents::Output,
        rewards::{self, Earned},
    },
    rules::{
        ladder::Owed,
        ledger::Version,
        names::{ContestId, EntrantId},
        view,
    },
    web::{
        Error, Page, Result, Web, Who,
        partials::{self, Tone},
    },
};

static TURN: Semaphore = Semaphore::const_new(1);

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/contests/{contest}/me/certificates/{serial}", get(certificate))
}

/// The way to one's own certificate, from a worker's page.
pub(in crate::web) fn certificate_link(page: &Page, contest: &ContestId, serial: &str, title: &str) -> Markup {
    let words = page.lang.say_with("worker-certificate", &[("title", title.into())]);
    html! { a.button href={ "/contests/" (contest) "/me/certificates/" (serial) ".pdf" } download { (words) } }
}

async fn certificate(
    page: Page,
    who: Who,
    State(app): State<App>,
    Site(site): Site,
    Path((contest, serial)): Path<(ContestId, String)>,
) -> Result<Response> {
    let entrant = who.actor(&contest)?.entrant.ok_or(Error::Forbidden)?;
    let serial = serial.strip_suffix(".pdf").unwrap_or(&serial).to_owned();
    let _turn = TURN.acquire().await.map_err(|_| Error::Internal)?;
    let work = match of_ladder(&app, &contest, &entrant, &serial, &site).await? {
        Some(work) => work,
        None => of_award(&app, &contest, &entrant, &serial, &site).await?.ok_or(Error::NotFound)?,
    };
    let set = tokio::task::spawn_blocking(move || print(work, &AtomicUsize::new(0)));
    match set.await.map_err(|_| Error::Internal)? {
        Ok(finished) => Ok(printing::handed_out(finished, &format!("{serial}.pdf"))),
        Err(problems) => {
            let title = page.say("certificate-failed");
            let told = html! { ul { @for problem in printing::words(page.lang, &problems) { li { (problem) } } } };
            let body = html! {
                p.over { a href={ "/contests/" (contest) "/me" } { (page.say("worker-me")) } }
                h1 { (title) }
                (partials::notice(Tone::Bad, &told))
            };
            Ok((StatusCode::INTERNAL_SERVER_ERROR, page.show(&title, &body)).into_response())
        }
    }
}

async fn of_ladder(
    app: &App,
    contest: &ContestId,
    entrant: &EntrantId,
    serial: &str,
    site: &str,
) -> Result<Option<Work>> {
    let (owed, called) = app.ladder_rewards(contest).await?;
    let own = |one: &Owed| one.entrant == *entrant && one.serial.as_deref() == Some(serial);
    let Some(owed) = owed.into_iter().find(own) else { return Ok(None) };
    let look = |state: &_| (view::heading(state), view::unit_of(state, entrant));
    let (heading, unit) = app.read(contest, look).await?;
    let name = called.who(entrant).name.unwrap_or_default();
    let template = owed.certificate.clone();
    let Some(certificate) = rewards::certificate(&heading, &Earned { owed, name, unit }, site) else { return Ok(None) };
    Ok(Some(Work {
        orders: vec![Order { template, certificate }],
        output: Output::One,
        contests_folder: app.contests_folder().to_owned(),
        // Handed out at once: nobody asks whether it is out of date.
        version: Version::default(),
    }))
}

async fn of_award(
    app: &App,
    contest: &ContestId,
    entrant: &EntrantId,
    serial: &str,
    site: &str,
) -> Result<Option<Work>> {
    let own = app.read(contest, |state| view::certificates_of(state, entrant)).await?;
    if !own.iter().any(|one| one.serial == serial) {
        return Ok(None);
    }
    let (prizes, names) = app.prizes(contest).await?;
    let names = names.into_iter().collect();
    let work = printing::work(app.contests_folder(), &prizes, &names, site, Output::One, |one| one.serial == serial);
    Ok(Some(work).filter(|work| !work.orders.is_empty()))
}
