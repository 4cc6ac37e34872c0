//! `/organizer/{contest}/rewards`: what ladders owe to whom, from the ledger; marked as given, exported, certificates
//! of stars.

use std::sync::atomic::AtomicUsize;

use axum::{
    Router,
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    press::{Work, print},
    printing::{self, handed_out},
    site::Site,
};
use crate::{
    files::{
        certificates::Order,
        documents::{self, Fonts, Output, Paper, Results},
        lists,
        rewards::{self, Earned},
    },
    rules::{definition::model::JudgeWord, ladder::Owed, names::ContestId, view},
    web::{
        Error, Result, Web,
        error::percent,
        form::Posted,
        organizer::{CSV, Desk, Place, XLSX, Zone},
        partials::{self, Column, Look, Tone, pill},
    },
    words,
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/rewards", get(show))
        .route("/organizer/{contest}/rewards/give", post(give))
        .route("/organizer/{contest}/rewards/certificates", post(issue))
        .route("/organizer/{contest}/rewards/certificates/{serial}", get(certificate))
        .route("/organizer/{contest}/rewards/files/{name}", get(file))
}

async fn show(desk: Desk) -> Result<Markup> {
    let earned = earned(&desk).await?;
    Ok(desk_page(desk, &earned, None))
}

fn desk_page(desk: Desk, earned: &[Earned], problem: Option<&str>) -> Markup {
    let (base, zone) = (desk.at(Place::Rewards), Zone::of(&desk.view.heading));
    let missing = earned.iter().filter(|one| one.owed.serial.is_none()).count();
    let body = html! {
        h2 { (desk.say("organizer-rewards")) }
        @if let Some(problem) = problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        @if earned.is_empty() {
            (partials::empty(&desk.say("reward-none-title"), &html! { p { (desk.say("reward-none")) } }))
        } @else {
            p { (rewards::left(desk.lang(), earned)) }
            div.row {
                @for kind in ["xlsx", "csv", "pdf"] {
                    (partials::link_button(&format!("{base}/files/list.{kind}"), &kind.to_uppercase(), Look::Plain))
                }
                @if missing > 0 {
                    form method="post" action={ (base) "/certificates" } {
                        (partials::button(&desk.count("reward-issue", missing), Look::Primary))
                    }
                }
            }
            (table(&desk, &base, &zone, earned))
        }
    };
    desk.show(Place::Rewards, &body)
}

fn table(desk: &Desk, base: &str, zone: &Zone, earned: &[Earned]) -> Markup {
    let titles = ["column-name", "reward-title", "reward-what", "reward-at", "reward-given-at", "reward-certificate"];
    let titles: Vec<String> = titles.iter().map(|key| desk.say(key)).collect();
    let columns: Vec<Column<'_>> = titles.iter().map(|title| Column::text(title)).collect();
    let rows = html! {
        @for one in earned {
            tr {
                th scope="row" { (one.name) @if let Some(unit) = &one.unit { br; small { (crate::files::prizes::unit_name(unit)) } } }
                td { (one.owed.title) br; small { (one.owed.ladder.title) " · " (words::ladder::period(desk.lang(), &one.owed.period)) } }
                td { (rewards::reward_words(desk.lang(), &one.owed.reward)) }
                td { (zone.minute(one.owed.at)) }
                td {
                    @if let Some(at) = one.owed.given { (pill(&desk.say("reward-given"), Tone::Good)) br; small { (zone.minute(at)) } }
                    @else {
                        form method="post" action={ (base) "/give" } {
                            input type="hidden" name="reward" value=(one.owed.key());
                            input type="hidden" name="to" value=(one.owed.entrant);
                            (partials::button(&desk.say("reward-give"), Look::Plain))
                        }
                    }
                }
                td {
                    @if let Some(serial) = &one.owed.serial {
                        a href={ (base) "/certificates/" (serial) ".pdf" } download { (serial) }
                    } @else { span.quiet-text { (desk.say("reward-no-certificate")) } }
                }
            }
        }
    };
    partials::table(&desk.say("organizer-rewards"), &columns, &rows)
}

/// With names and units: organizers know them.
async fn earned(desk: &Desk) -> Result<Vec<Earned>> {
    let (owed, called) = desk.app.ladder_rewards(&desk.contest).await?;
    let units = |state: &_| owed.iter().map(|one| view::unit_of(state, &one.entrant)).collect::<Vec<_>>();
    let units = desk.app.read(&desk.contest, units).await?;
    let one = |(owed, unit): (Owed, _)| {
        let name = called.who(&owed.entrant).name.unwrap_or_else(|| owed.entrant.to_string());
        Earned { owed, name, unit }
    };
    Ok(owed.iter().cloned().zip(units).map(one).collect())
}

#[derive(Deserialize)]
struct Given {
    reward: String,
    to: String,
}

async fn give(desk: Desk, Posted(Given { reward, to }): Posted<Given>) -> Result<Response> {
    let owed = desk.app.ladder_rewards(&desk.contest).await?.0;
    let meant = owed.iter().find(|one| one.key().as_str() == reward && one.entrant.as_str() == to);
    let receipt = desk.app.give_reward(&desk.contest, &desk.actor, meant.ok_or(Error::NotFound)?).await?;
    desk.shown(receipt).await?;
    Ok(desk.done(Place::Rewards, "reward-given", 1))
}

/// Serials for all that have none.
async fn issue(desk: Desk) -> Result<Response> {
    let owed = desk.app.ladder_rewards(&desk.contest).await?.0;
    let missing: Vec<&Owed> = owed.iter().filter(|one| one.serial.is_none()).collect();
    let receipt = desk.app.issue_star_certificates(&desk.contest, &desk.actor, &missing).await?;
    desk.shown(receipt).await?;
    Ok(desk.done(Place::Rewards, "award-issued", missing.len()))
}

/// One certificate, while its reader waits.
async fn certificate(desk: Desk, Site(site): Site, Path((_, serial)): Path<(ContestId, String)>) -> Result<Response> {
    let serial = serial.strip_suffix(".pdf").unwrap_or(&serial).to_owned();
    let all = earned(&desk).await?;
    let one = all.iter().find(|one| one.owed.serial.as_ref() == Some(&serial)).ok_or(Error::NotFound)?;
    let certificate = rewards::certificate(&desk.view.heading, one, &site).ok_or(Error::NotFound)?;
    let work = Work {
        orders: vec![Order { template: one.owed.certificate.clone(), certificate }],
        output: Output::One,
        contests_folder: desk.app.contests_folder().to_owned(),
        version: desk.view.version,
    };
    let set = tokio::task::spawn_blocking(move || print(work, &AtomicUsize::new(0)));
    match set.await.map_err(|_| Error::Internal)? {
        Ok(finished) => Ok(handed_out(finished, &format!("{serial}.pdf"))),
        Err(problems) => {
            let problem = printing::words(desk.lang(), &problems).join("\n");
            let page = desk_page(desk, &all, Some(&problem));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// `list.xlsx`, `list.csv`, `list.pdf`.
async fn file(desk: Desk, Path((_, name)): Path<(ContestId, String)>) -> Result<Response> {
    let kind = name.strip_prefix("list.").ok_or(Error::NotFound)?;
    let all = earned(&desk).await?;
    let heading = desk.view.heading.clone();
    let lang = desk.lang();
    let printed = super::page::moment(&heading.timezone, desk.app.now());
    let paper = Paper {
        language: lang,
        contest: &heading.title,
        organizer: heading.organizer.as_deref(),
        judges_are: if heading.adjudicators { JudgeWord::Adjudicator } else { JudgeWord::Referee },
        printed: &printed,
        // What was earned on a ladder stands, however the contest goes on.
        results: Results::Sealed,
    };
    let listing = rewards::listing(&paper, &heading.timezone, &all);
    let (media, bytes) = match kind {
        "xlsx" => (
            XLSX,
            lists::xlsx(&paper, &listing).map_err(|error| {
                tracing::error!(%error, "a workbook was not written");
                Error::Internal
            })?,
        ),
        "csv" => (CSV, lists::csv(&paper, &listing)),
        "pdf" => {
            let fonts = Fonts::system();
            let set = fonts.map_err(|problem| vec![problem]).and_then(|fonts| {
                // A list of rewards is short: it is set while its reader waits.
                tokio::task::block_in_place(|| documents::listing(fonts, &paper, &listing))
            });
            match set {
                Ok(bytes) => ("application/pdf", bytes),
                Err(problems) => {
                    let problem = printing::words(lang, &problems).join("\n");
                    let page = desk_page(desk, &all, Some(&problem));
                    return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
                }
            }
        }
        _ => return Err(Error::NotFound),
    };
    let title = format!("{} {}", heading.title, lang.say("reward-list"));
    let headers = [
        (header::CONTENT_TYPE, media.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!(
                "attachment; filename=\"rewards.{kind}\"; filename*=UTF-8''{}.{kind}",
                percent(&title).replace('/', "_")
            ),
        ),
    ];
    Ok((headers, bytes).into_response())
}
