//! Certificates: given their serials, set, handed out.

use std::{path, sync::atomic::AtomicUsize};

use axum::{
    Extension, Form, Router,
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    page,
    press::{Busy, Finished, Press, Progress, Work, print},
    site::Site,
};
use crate::{
    app::awards::For,
    files::{
        certificates::Order,
        documents::{Output, Problem},
        prizes::{Names, certificates},
    },
    rules::{
        names::{ContestId, Id},
        view::{
            Prizes,
            prizes::{Holds, Issued},
        },
    },
    web::{
        Error, Page, Result, Web,
        organizer::{Desk, Place},
        partials::{self, Look, Tone},
    },
    words::Language,
};

/// Problems listed on the page; a missing font would otherwise list everybody.
const PROBLEMS_MOST: usize = 20;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/awards/certificates", post(issue))
        .route("/organizer/{contest}/awards/reissue", post(reissue))
        .route("/organizer/{contest}/awards/print", post(begin).get(download))
        .route("/organizer/{contest}/awards/certificates/{serial}", get(single))
}

async fn issue(desk: Desk) -> Result<Response> {
    let before = desk.app.prizes(&desk.contest).await?.0.certificates.len();
    let receipt = desk.app.issue_certificates(&desk.contest, &desk.actor, &For::Everybody).await?;
    desk.shown(receipt).await?;
    let after = desk.app.prizes(&desk.contest).await?.0.certificates.len();
    Ok(desk.done(Place::Awards, "award-issued", after.saturating_sub(before)))
}

#[derive(Deserialize)]
struct Prize {
    award: Id,
    to: String,
}

async fn reissue(desk: Desk, Form(Prize { award, to }): Form<Prize>) -> Result<Response> {
    let receipt = desk.app.issue_certificates(&desk.contest, &desk.actor, &For::One { award, to }).await?;
    desk.shown(receipt).await?;
    Ok(desk.done(Place::Awards, "award-issued", 1))
}

#[derive(Deserialize)]
struct Wanted {
    output: String,
}

async fn begin(
    desk: Desk,
    Site(site): Site,
    Extension(press): Extension<Press>,
    Form(wanted): Form<Wanted>,
) -> Result<Response> {
    let (prizes, names) = desk.app.prizes(&desk.contest).await?;
    if !prizes.identities_open {
        return Err(Error::Forbidden);
    }
    let output = if wanted.output == "each" { Output::Each } else { Output::One };
    let work = work(desk.app.contests_folder(), &prizes, &names.into_iter().collect(), &site, output, |_| true);
    if let Err(Busy) = press.begin(&desk.contest, work) {
        let problem = desk.say("certificate-busy");
        return page::again(desk, &press, &site, Some(&problem), None).await;
    }
    Ok(Redirect::to(&format!("{}#certificates", desk.at(Place::Awards))).into_response())
}

async fn download(desk: Desk, Extension(press): Extension<Press>) -> Result<Response> {
    let finished = press.result(&desk.contest).ok_or(Error::NotFound)?;
    let name = format!("{}-certificates.{}", desk.contest, finished.kind.extension());
    Ok(handed_out(finished, &name))
}

/// One certificate, while its reader waits.
async fn single(
    desk: Desk,
    Site(site): Site,
    Extension(press): Extension<Press>,
    Path((_, serial)): Path<(ContestId, String)>,
) -> Result<Response> {
    let serial = serial.strip_suffix(".pdf").unwrap_or(&serial).to_owned();
    let (prizes, names) = desk.app.prizes(&desk.contest).await?;
    if !prizes.identities_open {
        return Err(Error::Forbidden);
    }
    let work = work(desk.app.contests_folder(), &prizes, &names.into_iter().collect(), &site, Output::One, |one| {
        one.serial == serial
    });
    if work.orders.is_empty() {
        return Err(Error::NotFound);
    }
    let set = tokio::task::spawn_blocking(move || print(work, &AtomicUsize::new(0)));
    match set.await.map_err(|_| Error::Internal)? {
        Ok(finished) => Ok(handed_out(finished, &format!("{serial}.pdf"))),
        Err(problems) => {
            let problem = words(desk.page.lang, &problems);
            page::again(desk, &press, &site, Some(&problem.join("\n")), None).await
        }
    }
}

pub(super) fn handed_out(finished: Finished, name: &str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, finished.kind.media().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (StatusCode::OK, headers, finished.bytes).into_response()
}

/// Certificates that hold, or wait for the end of the public notice.
pub(super) fn work(
    contests_folder: &path::Path,
    prizes: &Prizes,
    names: &Names,
    site: &str,
    output: Output,
    wanted: impl Fn(&Issued) -> bool,
) -> Work {
    let holds = |one: &&Issued| matches!(one.holds, Holds::Valid | Holds::Notice { .. }) && wanted(one);
    let issued: Vec<&Issued> = prizes.certificates.iter().filter(holds).collect();
    let template = |one: &Issued| prizes.award(&one.award).and_then(|award| award.template.clone());
    let orders = issued.iter().zip(certificates(prizes, names, issued.iter().copied(), site));
    Work {
        orders: orders.map(|(one, certificate)| Order { template: template(one), certificate }).collect(),
        output,
        contests_folder: contests_folder.to_owned(),
        version: prizes.version,
    }
}

pub(super) fn words(language: Language, problems: &[Problem]) -> Vec<String> {
    let mut words: Vec<String> = problems.iter().take(PROBLEMS_MOST).map(|problem| problem.say(language)).collect();
    if problems.len() > PROBLEMS_MOST {
        let more = problems.len() - PROBLEMS_MOST;
        words.push(language.say_with("certificate-more-problems", &[("count", more.into())]).into_owned());
    }
    words
}

/// The card of certificates: serials, printing, what came of it.
pub(super) fn card(page: &Page, base: &str, prizes: &Prizes, site: &str, progress: Option<Progress>) -> Markup {
    let announced = prizes.announced.as_deref().unwrap_or_default();
    let missing = announced.iter().filter(|given| prizes.certificate_of(given).is_none()).count();
    let count = |key: &str, count: usize| page.lang.say_with(key, &[("count", count.into())]);
    let body = html! {
        @if prizes.announced.is_none() {
            p { (page.say("certificate-wait")) }
        } @else {
            @if missing > 0 {
                form method="post" action={ (base) "/certificates" } {
                    (partials::button(&count("certificate-issue", missing), Look::Primary))
                }
                p.quiet-text { (page.say("certificate-issue-hint")) }
            } @else { p { (count("certificate-all-issued", announced.len())) } }
            @if !prizes.certificates.is_empty() {
                @if prizes.identities_open {
                    form.row method="post" action={ (base) "/print" } {
                        button.button name="output" value="one" { (page.say("certificate-print-one")) }
                        button.button name="output" value="each" { (page.say("certificate-print-each")) }
                    }
                    p.quiet-text { (page.lang.say_with("certificate-site", &[("site", site.into())])) }
                } @else { p { (page.say("certificate-names-first")) } }
            }
            @if let Some(progress) = progress { (job(page, base, prizes, &progress)) }
        }
    };
    html! { section.card #certificates data-refresh { h2 { (page.say("certificate-title")) } (body) } }
}

fn job(page: &Page, base: &str, prizes: &Prizes, progress: &Progress) -> Markup {
    match progress {
        Progress::Waiting => partials::notice(Tone::Wait, &html! { p { (page.say("certificate-queued")) } }),
        Progress::Setting { done, all } => partials::progress(&page.say("certificate-printing"), *done, *all),
        Progress::Finished { all, version } => {
            let done = page.lang.say_with("certificate-done", &[("count", (*all).into())]);
            partials::notice(
                if *version == prizes.version { Tone::Good } else { Tone::Warn },
                &html! {
                    p { (done) }
                    @if *version != prizes.version { p { (page.say("certificate-out-of-date")) } }
                    p { (partials::link_button(&format!("{base}/print"), &page.say("certificate-download"), Look::Primary)) }
                },
            )
        }
        Progress::Failed(problems) => partials::notice(
            Tone::Bad,
            &html! {
                p { strong { (page.say("certificate-failed")) } }
                ul { @for problem in words(page.lang, problems) { li { (problem) } } }
            },
        ),
    }
}
