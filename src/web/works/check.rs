//! `/checker/{contest}`: a checker's queue, the oldest first, and what is said of each work; the likest others beside it.

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{called, content, texts, title_of, tone};
use crate::{
    app::{self, App, works::Likely},
    rules::{
        ledger::works::Outcome,
        names::{ContestId, Id, WorkId},
        view::{self, Heading},
        works::{self, Rules, Stand, WorkView},
    },
    web::{
        Error, Page, Result, Web, Who,
        form::Posted,
        organizer::Zone,
        partials::{self, Field, Tone},
    },
    words::works as words,
};

/// Works of a queue that are shown at once.
const SHOWN: usize = 50;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/checker/{contest}", get(queue)).route("/checker/{contest}/{work}", get(show).post(check))
}

pub(super) struct Queue {
    heading: Heading,
    pub(super) rules: Vec<Rules>,
    pub(super) waiting: Vec<WorkView>,
    pub(super) count: usize,
    /// Works were dealt to this checker too.
    judges: bool,
}

/// What waits for this checker, the oldest first.
pub(super) async fn waiting(app: &App, who: &Who, contest: &ContestId) -> Result<Queue> {
    let (actor, now) = (who.actor(contest)?, app.now());
    let look = |state: &_| {
        let mut queue =
            Queue { heading: view::heading(state), rules: Vec::new(), waiting: Vec::new(), count: 0, judges: false };
        for id in works::checks(state, &actor) {
            let mine = |work: &works::Work, unit: Option<&_>| {
                work.stand == Stand::Waiting && works::is_checker(state, &actor, &id, unit)
            };
            queue.waiting.extend(works::works_of(state, &id, mine));
            queue.rules.extend(works::collection(state, &id, now).map(|seen| seen.rules));
        }
        queue.waiting.sort_by_key(|seen| seen.work.at);
        queue.count = queue.waiting.len();
        queue.judges = !works::to_judge(state, &actor.person).is_empty();
        queue.waiting.truncate(SHOWN);
        queue
    };
    let queue = app.read(contest, look).await?;
    if queue.rules.is_empty() { Err(Error::Forbidden) } else { Ok(queue) }
}

async fn queue(page: Page, who: Who, State(app): State<App>, Path(contest): Path<ContestId>) -> Result<Markup> {
    let queue = waiting(&app, &who, &contest).await?;
    let texts = texts(&app, &contest, &queue.waiting).await?;
    let zone = Zone::of(&queue.heading);
    let called = |seen: &WorkView| called(&page, seen.work.content().and_then(|content| texts.get(&content.text)));
    let body = html! {
        p.over { (queue.heading.title) }
        h1 { (page.say("works-to-check")) " " span.number { (queue.count) } }
        @if queue.judges { p { a href={ "/judge/" (contest) } { (page.say("jury-own")) } } }
        @if queue.waiting.is_empty() {
            (partials::empty(&page.say("works-nothing-to-check"), &html! { p { (page.say("works-nothing-next")) } }))
        }
        ul.plain.works {
            @for seen in &queue.waiting {
                li.card {
                    a href={ "/checker/" (contest) "/" (seen.id) } { (seen.work.number) " · " (called(seen)) }
                    p.quiet-text {
                        @if let Some(rules) = title_of(&queue.rules, seen) { (rules.title) " · " }
                        (zone.minute(seen.work.at))
                        @if let Some(unit) = &seen.unit { " · " (unit) }
                    }
                }
            }
        }
    };
    let title = page.say("works-to-check").into_owned();
    Ok(page.style("works.css").show(&title, &body))
}

async fn show(
    page: Page,
    who: Who,
    State(app): State<App>,
    Path((contest, work)): Path<(ContestId, WorkId)>,
) -> Result<Markup> {
    work_page(page, &who, &app, &contest, &work, &Said::default(), None).await
}

async fn work_page(
    page: Page,
    who: &Who,
    app: &App,
    contest: &ContestId,
    work: &WorkId,
    said: &Said,
    problem: Option<&str>,
) -> Result<Markup> {
    let (actor, now) = (who.actor(contest)?, app.now());
    let look = |state: &_| {
        let seen = works::work(state, work)?;
        let may = works::is_checker(state, &actor, &seen.work.collection, seen.unit.as_ref());
        let rules = works::collection(state, &seen.work.collection, now)?.rules;
        may.then(|| (seen, rules, view::heading(state)))
    };
    let (seen, rules, heading) = app.read(contest, look).await?.ok_or(Error::NotFound)?;
    let likely = app.likely(contest, &actor, work).await?;
    let texts = texts(app, contest, std::slice::from_ref(&seen)).await?;
    let text = seen.work.content().and_then(|content| texts.get(&content.text));
    let zone = Zone::of(&heading);
    let body = html! {
        p.over { a href={ "/checker/" (contest) } { (page.say("works-to-check")) } }
        div.row.between {
            h1 { (rules.title) " · " (seen.work.number) }
            (partials::pill(&words::stand(page.lang, Some(&rules), &seen.work), tone(&seen.work)))
        }
        p.quiet-text { (zone.minute(seen.work.at)) @if let Some(unit) = &seen.unit { " · " (unit) } }
        @if let Some(problem) = problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        section.card { (content(&page, contest, &seen, text)) }
        (alike(&page, contest, &likely))
        @if seen.work.stand != Stand::Withdrawn { (outcomes(&page, contest, &seen, &rules, &likely, said)) }
        p { a href={ "/contests/" (contest) "/works/" (work) } { (page.say("works-history")) } }
    };
    let title = format!("{} · {}", rules.title, seen.work.number);
    Ok(page.style("works.css").show(&title, &body))
}

fn alike(page: &Page, contest: &ContestId, likely: &[Likely]) -> Markup {
    html! {
        @if !likely.is_empty() {
            section.card {
                h2 { (page.say("works-alike")) }
                p.quiet-text { (page.say("works-alike-about")) }
                ul.plain.works {
                    @for one in likely {
                        li {
                            @match &one.text {
                                Some(text) => {
                                    a href={ "/contests/" (contest) "/works/" (one.work) } { (one.number) }
                                    " · " (text.title) " " (text.place) " — " (text.text) " "
                                },
                                None => { (one.number) " · " (page.say("works-of-others")) " " },
                            }
                            (partials::pill(&page.lang.say_with("works-alike-percent", &[("percent", (one.alike / 10).into())]), Tone::Warn))
                        }
                    }
                }
            }
        }
    }
}

/// One button for each outcome; in the order of the page, so that it works by keyboard.
fn outcomes(
    page: &Page,
    contest: &ContestId,
    seen: &WorkView,
    rules: &Rules,
    likely: &[Likely],
    said: &Said,
) -> Markup {
    let accepted = |grade: Option<&Id>| Outcome::Accepted { grade: grade.cloned() };
    let label = |outcome: &Outcome| words::outcome(page.lang, Some(rules), outcome);
    html! {
        form.card method="post" action={ "/checker/" (contest) "/" (seen.id) } {
            (Field::area("reason", &page.say("works-reason")).value(&said.reason).hint(&page.say("works-reason-hint")))
            @if !likely.is_empty() {
                div.field {
                    label for="field-of" { (page.say("works-duplicate-of")) }
                    select id="field-of" name="of" {
                        @for one in likely { option value=(one.work) {
                            (one.number)
                            @if let Some(text) = &one.text { " · " (text.text.chars().take(20).collect::<String>()) }
                        } }
                    }
                }
            }
            div.row {
                @if rules.grades.is_empty() {
                    button.button.primary name="outcome" value="accepted" { (label(&accepted(None))) }
                }
                @for grade in &rules.grades {
                    button.button.primary name="outcome" value={ "accepted " (grade.id) } { (label(&accepted(Some(&grade.id)))) }
                }
                button.button name="outcome" value="declined" { (label(&Outcome::Declined)) }
                @if !likely.is_empty() { button.button name="outcome" value="duplicate" { (page.say("works-outcome-duplicate")) } }
                button.button name="outcome" value="returned" { (label(&Outcome::Returned)) }
                button.button.danger name="outcome" value="false" { (label(&Outcome::Untrue)) }
            }
        }
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Said {
    outcome: String,
    reason: String,
    of: String,
}

impl Said {
    fn outcome(&self) -> Option<Outcome> {
        let (word, grade) = self.outcome.split_once(' ').map_or((&*self.outcome, None), |(word, id)| (word, Some(id)));
        outcome(word, grade.map(Id::new), Some(WorkId::new(&self.of)))
    }
}

/// As forms and the API name it; `of` is what it repeats.
pub(super) fn outcome(word: &str, grade: Option<Id>, of: Option<WorkId>) -> Option<Outcome> {
    Some(match word {
        "accepted" => Outcome::Accepted { grade },
        "declined" => Outcome::Declined,
        "duplicate" => Outcome::Duplicate { of: of? },
        "returned" => Outcome::Returned,
        "false" => Outcome::Untrue,
        _ => return None,
    })
}

async fn check(
    page: Page,
    who: Who,
    State(app): State<App>,
    Path((contest, work)): Path<(ContestId, WorkId)>,
    Posted(said): Posted<Said>,
) -> Result<Response> {
    let actor = who.actor(&contest)?;
    let outcome = said.outcome().ok_or_else(|| Error::BadInput("no such outcome".to_owned()))?;
    match app.check_work(&contest, &actor, &work, outcome, &said.reason).await {
        Ok(_) => Ok(Redirect::to(&format!("/checker/{contest}")).into_response()),
        Err(error @ app::Error::Refused(_)) => {
            let problem = Error::from(error).words(page.lang).1;
            let body = work_page(page, &who, &app, &contest, &work, &said, Some(&problem)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
