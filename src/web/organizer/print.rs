//! `/organizer/{contest}/print`: everything on paper: score sheets to write on or filled in, the summary of scores, the
//! entrants, the lots; judges' cards are printed where they are issued.

use axum::{
    Router,
    extract::{Path, Query},
    response::Response,
    routing::get,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    cast::Cast,
    desk::{Desk, Place},
    entrants::{PDF, XLSX, attachment},
    people, sheets,
};
use crate::{
    files::{
        documents::{self, Fonts, Paper, Problem, Results},
        lists,
    },
    rules::{
        definition::model::JudgeWord,
        names::{ContestId, Id},
        view,
    },
    web::{
        Error, Result, Web,
        partials::{self, Look, Tone},
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/print", get(show))
        .route("/organizer/{contest}/print/sheets/{stage}/{panel}", get(score_sheets))
        .route("/organizer/{contest}/print/summary/{table}", get(summary))
}

async fn show(desk: Desk) -> Result<Markup> {
    let at = desk.at(Place::Print);
    let panels = people::panels(&desk);
    let summaries = desk.app.read(&desk.contest, view::summary).await?;
    let numbered = desk.view.entrants.iter().any(|line| line.number.is_some());
    let link = |href: String, key: &str, look: Look| partials::link_button(&href, &desk.say(key), look);
    let body = html! {
        @if desk.view.definition.is_none() {
            (partials::empty(&desk.say("print-nothing"), &html! {
                p { (partials::link_button(&desk.at(Place::Definition), &desk.say("organizer-go"), Look::Primary)) }
            }))
        } @else {
            div.columns {
                (partials::card(&desk.say("print-sheets"), &html! {
                    p { (desk.say("print-sheets-about")) }
                    @if !numbered { (partials::notice(Tone::Warn, &html! { p { (desk.say("print-no-numbers")) } })) }
                    ul.papers {
                        @for panel in &panels {
                            @let to = format!("{at}/sheets/{}/{}", panel.stage.id, panel.panel.id);
                            li {
                                span { (panel.stage.title) " · " (panel.panel.title) }
                                span.row { (link(to.clone(), "print-blank", Look::Plain)) (link(format!("{to}?filled=yes"), "print-filled", Look::Plain)) }
                            }
                        }
                    }
                }))
                div {
                    (partials::card(&desk.say("paper-summary"), &html! {
                        p { (desk.say("print-summary-about")) }
                        @if !desk.view.heading.sealed { p.quiet-text { (desk.say("print-not-final")) } }
                        ul.papers {
                            @for (position, one) in summaries.iter().enumerate() {
                                @let to = format!("{at}/summary/{}", position + 1);
                                li {
                                    span { (sheets::table_title(&desk, one)) }
                                    span.row {
                                        (link(format!("{to}.pdf"), "print-pdf", Look::Plain))
                                        (link(format!("{to}.xlsx"), "print-xlsx", Look::Plain))
                                    }
                                }
                            }
                        }
                    }))
                    (partials::card(&desk.say("print-lists"), &html! {
                        ul.papers {
                            li { span { (desk.say("list-entrants")) } span.row { (link(format!("{}.xlsx", desk.at(Place::Entrants)), "print-xlsx", Look::Plain)) } }
                            li { span { (desk.say("paper-lots")) } span.row { (link(desk.at(Place::Lots), "print-there", Look::Plain)) } }
                            li { span { (desk.say("cards-title")) } span.row { (link(desk.at(Place::People), "print-there", Look::Plain)) } }
                        }
                    }))
                }
            }
        }
    };
    Ok(desk.show(Place::Print, &body))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Filled {
    filled: Option<String>,
}

async fn score_sheets(
    desk: Desk,
    Path((_, stage, panel)): Path<(ContestId, Id, Id)>,
    Query(Filled { filled }): Query<Filled>,
) -> Result<Response> {
    let filled = filled.is_some();
    let data = desk.app.read(&desk.contest, |state| view::score_sheets(state, &stage, &panel)).await?;
    let judges = data.iter().filter_map(|sheet| sheet.judge.clone()).collect();
    let cast = Cast::of(&desk, judges).await?;
    let papers: Vec<documents::ScoreSheet> =
        data.iter().map(|sheet| sheets::score_sheet(&desk, &cast, sheet, filled)).collect();
    if papers.is_empty() {
        let body = partials::empty(&desk.say("print-no-sheets"), &html! { p { (desk.say("print-no-sheets-next")) } });
        return Ok(desk.wrong(Place::Print, &body));
    }
    let results = if filled { results(&desk) } else { Results::None };
    let name = format!("{}-{stage}-{panel}.pdf", desk.contest);
    let set = on_paper(&desk, results, move |fonts, paper| documents::score_sheets(fonts, paper, &papers)).await?;
    Ok(finish(desk, &name, set))
}

/// `1.pdf`, `1.xlsx`: a table by its place among the summaries.
async fn summary(desk: Desk, Path((_, file)): Path<(ContestId, String)>) -> Result<Response> {
    let (position, kind) = file.split_once('.').ok_or(Error::NotFound)?;
    let position: usize = position.parse().map_err(|_| Error::NotFound)?;
    let data = desk.app.read(&desk.contest, view::summary).await?;
    let one = position.checked_sub(1).and_then(|position| data.get(position)).ok_or(Error::NotFound)?;
    let cast = Cast::of(&desk, Vec::new()).await?;
    let table = sheets::summary(&desk, &cast, one);
    let name = format!("{}-summary-{file}", desk.contest);
    match kind {
        "pdf" => {
            let set = on_paper(&desk, results(&desk), move |fonts, paper| {
                documents::listing(fonts, paper, &documents::summary(paper, &table))
            })
            .await?;
            Ok(finish(desk, &name, set))
        }
        "xlsx" => {
            let paper = Paper { results: results(&desk), ..super::entrants::paper(&desk) };
            let bytes = lists::xlsx(&paper, &documents::summary(&paper, &table)).map_err(|_| Error::Internal)?;
            Ok(attachment(XLSX, &name, bytes))
        }
        _ => Err(Error::NotFound),
    }
}

fn results(desk: &Desk) -> Results {
    if desk.view.heading.sealed { Results::Sealed } else { Results::NotFinal }
}

/// Sets something in type on a thread of its own. The outer error is ours, the inner one is for the reader.
pub(super) async fn on_paper<F>(
    desk: &Desk,
    results: Results,
    set: F,
) -> Result<std::result::Result<Vec<u8>, Vec<Problem>>>
where
    F: FnOnce(&Fonts, &Paper<'_>) -> std::result::Result<Vec<u8>, Vec<Problem>> + Send + 'static,
{
    let heading = desk.view.heading.clone();
    let printed = super::moments::Zone::of(&heading).minute(desk.app.now());
    let language = desk.lang();
    let work = move || {
        let paper = Paper {
            language,
            contest: &heading.title,
            organizer: heading.organizer.as_deref(),
            judges_are: if heading.adjudicators { JudgeWord::Adjudicator } else { JudgeWord::Referee },
            printed: &printed,
            results,
        };
        set(Fonts::system().map_err(|problem| vec![problem])?, &paper)
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::Internal)
}

fn finish(desk: Desk, name: &str, set: std::result::Result<Vec<u8>, Vec<Problem>>) -> Response {
    match set {
        Ok(bytes) => attachment(PDF, name, bytes),
        Err(problems) => not_printed(desk, Place::Print, &problems),
    }
}

/// What stands in the way, each with its remedy.
pub(super) fn not_printed(desk: Desk, place: Place, problems: &[Problem]) -> Response {
    let body = partials::notice(
        Tone::Bad,
        &html! {
            p { strong { (desk.say("print-not-printed")) } }
            ul { @for problem in problems.iter().take(20) { li { (problem.say(desk.lang())) } } }
        },
    );
    desk.wrong(place, &body)
}
