//! `/liaison/{contest}`: a branch of the units with its people: who has not answered, how many take part, a new PIN for
//! a colleague. A liaison (联络员) sees the own branch only; an organizer any.

use axum::{
    Router,
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    Page, Result, Web, Who,
    error::percent,
    form::Posted,
    organizer::{CSV, XLSX, attachment},
    partials::{self, Column, Look, Tab, Tone},
};
use crate::{
    app::{
        App,
        workers::{Branch, Branched, Looked, UnitCount},
    },
    files::{
        documents::{Paper, Results},
        lists::{self, Reminded},
    },
    rules::{
        definition::model::JudgeWord,
        names::{ContestId, EntrantId, UnitPath},
    },
    web::Error,
};

/// People on a page; all of them are in the list to export.
const ROWS_MAX: usize = 300;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/liaison/{contest}", get(show))
        .route("/liaison/{contest}/reminders.xlsx", get(workbook))
        .route("/liaison/{contest}/reminders.csv", get(text))
        .route("/liaison/{contest}/pin", post(reset))
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    unit: String,
    /// `all`; else those who have something left to answer.
    show: String,
}

impl Asked {
    fn unit(&self) -> Option<UnitPath> {
        Some(self.unit.trim()).filter(|unit| !unit.is_empty()).map(UnitPath::new)
    }
}

async fn show(
    page: Page,
    Who(visitor): Who,
    State(app): State<App>,
    Path(contest): Path<ContestId>,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    let actor = Who(visitor).actor(&contest)?;
    let branch = app.branch(&contest, &actor, asked.unit().as_ref()).await?;
    let body = html! {
        p.over {
            (branch.heading.title)
            @if branch.looked == Looked::Organizer {
                " · " a href={ "/organizer/" (contest) "/people" } { (page.say("organizer-people")) }
            }
        }
        h1 { @if let Some(unit) = &branch.unit { (unit.leaf()) } @else { (page.say("liaison-everybody")) } }
        p { a href={ "/contests/" (contest) "/branch" @if let Some(unit) = &branch.unit { "?q=" (percent(unit.as_str())) } } { (page.say("board-branch")) } }
        (counts(&page, &contest, &branch))
        (people(&page, &contest, &asked, &branch))
    };
    let title = format!("{} · {}", page.say("liaison-title"), branch.heading.title);
    Ok(page.wide().show(&title, &body))
}

fn counts(page: &Page, contest: &ContestId, branch: &Branch) -> Markup {
    let answered = branch.people.iter().filter(|one| one.has_answered()).count();
    let titles =
        [page.say("column-unit"), page.say("liaison-people"), page.say("liaison-answered"), page.say("liaison-rate")];
    let columns =
        [Column::text(&titles[0]), Column::number(&titles[1]), Column::number(&titles[2]), Column::number(&titles[3])];
    html! {
        section.card {
            (partials::progress(&page.say("liaison-answered"), answered, branch.people.len()))
            @for (at, task) in branch.tasks.iter().enumerate() {
                @let done = branch.people.iter().filter(|one| one.line.answered.get(at).is_some_and(|count| *count > 0)).count();
                (partials::progress(&task.title, done, branch.people.len()))
            }
        }
        @if branch.units.len() > 1 {
            section {
                h2 { (page.say("liaison-units")) }
                (partials::table(&page.say("liaison-units"), &columns, &html! {
                    @for count in &branch.units {
                        tr {
                            td { a href={ "/liaison/" (contest) "?unit=" (percent(count.unit.as_str())) } { (count.unit) } }
                            td.number { (count.people) }
                            td.number { (count.answered) }
                            td.number { (rate(count)) }
                        }
                    }
                }))
            }
        }
    }
}

/// 参与率 to one digit, halves up, as the board rounds it: four of six are 66.7%.
fn rate(count: &UnitCount) -> String {
    let tenths = (count.answered * 1_000 + count.people / 2).checked_div(count.people).unwrap_or(0);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

fn people(page: &Page, contest: &ContestId, asked: &Asked, branch: &Branch) -> Markup {
    let base = format!("/liaison/{contest}");
    let all = asked.show == "all";
    let shown: Vec<&Branched> = branch.people.iter().filter(|one| all || is_missing(one)).collect();
    let missing = branch.people.iter().filter(|one| is_missing(one)).count();
    let (open, everybody) = (page.say("liaison-not-answered"), page.say("liaison-all"));
    let to = |show: &str| format!("{base}?unit={}&show={show}", percent(&asked.unit));
    let tabs = [
        Tab { href: to(""), title: &open, current: !all, count: Some(missing) },
        Tab { href: to("all"), title: &everybody, current: all, count: Some(branch.people.len()) },
    ];
    let titles = [
        page.say("worker-number"),
        page.say("column-name"),
        page.say("column-unit"),
        page.say("column-phone"),
        page.say("liaison-missing"),
        page.say("worker-pin"),
    ];
    let columns = titles.each_ref().map(|title| Column::text(title));
    html! {
        (partials::tabs(&page.say("liaison-people"), &tabs))
        @if missing > 0 {
            div.row {
                (partials::link_button(&format!("{base}/reminders.xlsx?unit={}", percent(&asked.unit)), &page.say("liaison-export"), Look::Primary))
                (partials::link_button(&format!("{base}/reminders.csv?unit={}", percent(&asked.unit)), "CSV", Look::Plain))
            }
        }
        @if shown.is_empty() {
            (partials::empty(&page.say("liaison-nobody"), &html! { p { (page.say("liaison-nobody-next")) } }))
        } @else {
            @if shown.len() > ROWS_MAX { p.quiet-text { (page.lang.say_with("liaison-first", &[("count", ROWS_MAX.into())])) } }
            (partials::table(&page.say("liaison-people"), &columns, &html! {
                @for one in shown.iter().take(ROWS_MAX) {
                    tr {
                        td { (number(one)) }
                        td { strong { (one.name) } }
                        td { @if let Some(unit) = &one.line.unit { (unit.leaf()) } }
                        td { @if let Some(phone) = &one.phone { a href={ "tel:" (phone) } { (phone) } } }
                        td { (missing_of(page, branch, one)) }
                        td { (reset_form(page, &base, asked, one)) }
                    }
                }
            }))
        }
    }
}

fn reset_form(page: &Page, base: &str, asked: &Asked, one: &Branched) -> Markup {
    let label = page.say("liaison-reset");
    partials::dialog(
        &label,
        Look::Plain,
        &label,
        &html! {
            p { (page.lang.say_with("liaison-reset-means", &[("name", one.name.clone().into())])) }
            form method="post" action={ (base) "/pin" } {
                input type="hidden" name="entrant" value=(one.line.entrant);
                input type="hidden" name="unit" value=(asked.unit);
                (partials::button(&label, Look::Danger))
            }
        },
    )
}

fn number(one: &Branched) -> &str {
    one.number.as_deref().unwrap_or(one.line.entrant.as_str())
}

fn is_missing(one: &Branched) -> bool {
    one.line.answered.contains(&0)
}

fn missing_of(page: &Page, branch: &Branch, one: &Branched) -> String {
    if branch.tasks.is_empty() {
        let key = if is_missing(one) { "liaison-no-values" } else { "liaison-has-values" };
        return page.say(key).into_owned();
    }
    let missing = branch.tasks.iter().zip(&one.line.answered).filter(|(_, count)| **count == 0);
    let titles: Vec<&str> = missing.map(|(task, _)| task.title.as_str()).collect();
    if titles.is_empty() { page.say("liaison-has-answered").into_owned() } else { titles.join("、") }
}

async fn workbook(
    page: Page,
    who: Who,
    State(app): State<App>,
    Path(contest): Path<ContestId>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let branch = app.branch(&contest, &who.actor(&contest)?, asked.unit().as_ref()).await?;
    let paper = paper(&page, &branch);
    let bytes = lists::xlsx(&paper, &lists::reminders(&paper, &reminded(&page, &branch)));
    Ok(attachment(XLSX, &format!("{contest}-reminders.xlsx"), bytes.map_err(|_| Error::Internal)?))
}

async fn text(
    page: Page,
    who: Who,
    State(app): State<App>,
    Path(contest): Path<ContestId>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let branch = app.branch(&contest, &who.actor(&contest)?, asked.unit().as_ref()).await?;
    let paper = paper(&page, &branch);
    let bytes = lists::csv(&paper, &lists::reminders(&paper, &reminded(&page, &branch)));
    Ok(attachment(CSV, &format!("{contest}-reminders.csv"), bytes))
}

fn reminded(page: &Page, branch: &Branch) -> Vec<Reminded> {
    let missing = branch.people.iter().filter(|one| is_missing(one));
    missing
        .map(|one| Reminded {
            number: number(one).to_owned(),
            name: one.name.clone(),
            unit: one.line.unit.as_ref().map(ToString::to_string).unwrap_or_default(),
            phone: one.phone.clone().unwrap_or_default(),
            missing: missing_of(page, branch, one),
        })
        .collect()
}

fn paper<'p>(page: &Page, branch: &'p Branch) -> Paper<'p> {
    let heading = &branch.heading;
    Paper {
        language: page.lang,
        contest: &heading.title,
        organizer: heading.organizer.as_deref(),
        judges_are: if heading.adjudicators { JudgeWord::Adjudicator } else { JudgeWord::Referee },
        printed: "",
        results: Results::None,
    }
}

#[derive(Deserialize)]
struct Reset {
    entrant: EntrantId,
    #[serde(default)]
    unit: String,
}

async fn reset(
    page: Page,
    who: Who,
    State(app): State<App>,
    Path(contest): Path<ContestId>,
    Posted(form): Posted<Reset>,
) -> Result<Response> {
    let pin = app.reset_pin_of(&contest, &who.actor(&contest)?, &form.entrant).await?;
    let greeted = app.greeted(&contest, &form.entrant).await?;
    let body = html! {
        p.over { a href={ "/liaison/" (contest) "?unit=" (percent(&form.unit)) } { (page.say("liaison-title")) } }
        section.card {
            h1 { (greeted.name) }
            p { (page.say("worker-once-pin")) ": " code.code { (pin) } }
            (partials::notice(Tone::Warn, &html! { p { (page.say("liaison-pin-once")) } }))
            p { (partials::link_button(&format!("/liaison/{contest}?unit={}", percent(&form.unit)), &page.say("liaison-back"), Look::Plain)) }
        }
    };
    let mut answer = page.show(&page.say("liaison-reset"), &body).into_response();
    answer.headers_mut().insert(axum::http::header::CACHE_CONTROL, axum::http::HeaderValue::from_static("no-store"));
    Ok(answer)
}
