//! `/organizer/{contest}/season`: which contests the sources of a season are, what each said last, and the stars of a
//! period.

use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    desk::{Desk, Place},
    moments::Zone,
};
use crate::{
    app::{
        self,
        boards::Looks,
        season::{Agreed, Silent, SourceSeen, Stars},
    },
    rules::{
        ledger::entry::Phase,
        names::{ContestId, Id},
        season::SourceLine,
    },
    web::{
        Error, Result, Web,
        form::Posted,
        partials::{self, Field, Look, Tone, pill},
        season::{rule, star_marks},
        second::{self, Seconded},
    },
    words::season as words,
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/season", get(show))
        .route("/organizer/{contest}/season/bind", post(bind))
        .route("/organizer/{contest}/season/release", post(release))
        .route("/organizer/{contest}/season/report", post(report))
        .route("/organizer/{contest}/season/stars", post(decide))
}

async fn show(desk: Desk) -> Result<Markup> {
    let body = page(&desk, None).await?;
    Ok(desk.show(Place::Season, &body))
}

#[derive(Deserialize)]
struct Bound {
    source: Id,
    #[serde(default)]
    contest: String,
    #[serde(flatten)]
    agreed: Typed,
}

/// What points that were reported take to leave the board.
#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    reason: String,
    #[serde(flatten)]
    second: Seconded,
}

impl Typed {
    async fn agreed(self, desk: &Desk) -> app::Result<Agreed> {
        let second = match self.second.proof() {
            Some(proof) => Some(desk.app.second_person(&desk.contest, &desk.actor, Some(&proof)).await?),
            None => None,
        };
        Ok(Agreed { reason: self.reason, second })
    }
}

async fn bind(desk: Desk, Posted(form): Posted<Bound>) -> Result<Response> {
    // A card opens one contest; a source is another.
    if desk.page.visitor.as_ref().is_some_and(|visitor| visitor.contest.is_some()) {
        return Err(Error::Forbidden);
    }
    let contest = ContestId::new(form.contest.trim());
    let done = match form.agreed.agreed(&desk).await {
        Ok(agreed) => desk.app.bind_source_agreed(&desk.contest, &desk.actor, &form.source, &contest, &agreed).await,
        Err(error) => Err(error),
    };
    settled(desk, done.map_err(Error::App), "source-bound").await
}

#[derive(Deserialize)]
struct Named {
    source: Id,
}

#[derive(Deserialize)]
struct Released {
    source: Id,
    #[serde(flatten)]
    agreed: Typed,
}

async fn release(desk: Desk, Posted(form): Posted<Released>) -> Result<Response> {
    let done = match form.agreed.agreed(&desk).await {
        Ok(agreed) => desk.app.release_source_agreed(&desk.contest, &desk.actor, &form.source, &agreed).await,
        Err(error) => Err(error),
    };
    let done = match done {
        Ok(receipt) => desk.shown(receipt).await,
        Err(error) => Err(Error::App(error)),
    };
    settled(desk, done, "source-released").await
}

async fn report(desk: Desk, Posted(form): Posted<Named>) -> Result<Response> {
    let done = desk.app.report_source(&desk.contest, &form.source).await;
    settled(desk, done.map_err(Error::App), "source-looked").await
}

#[derive(Deserialize)]
struct Period {
    period: Id,
    /// Of the newest round once more.
    #[serde(default)]
    reason: String,
}

async fn decide(desk: Desk, Posted(form): Posted<Period>) -> Result<Response> {
    let done = match desk.app.decide_stars_again(&desk.contest, &desk.actor, &form.period, &form.reason).await {
        Ok(receipt) => desk.shown(receipt).await,
        Err(error) => Err(Error::App(error)),
    };
    settled(desk, done, "stars-decided").await
}

/// What is refused stands on the page that it was asked from.
async fn settled<T>(desk: Desk, done: Result<T>, said: &str) -> Result<Response> {
    match done {
        Ok(_) => Ok(desk.done(Place::Season, said, 0)),
        Err(Error::App(error)) if second::is_about(&error) || matches!(error, app::Error::Refused(_)) => {
            let error = Error::App(error);
            let problem = error.words(desk.lang()).1;
            let body = page(&desk, Some(&problem)).await?;
            Ok(desk.wrong(Place::Season, &body))
        }
        Err(error) => Err(error),
    }
}

async fn page(desk: &Desk, problem: Option<&str>) -> Result<Markup> {
    let sources = desk.app.season_sources(&desk.contest).await?;
    let stars = desk.app.stars(&desk.contest, Looks::Organizer).await?;
    // By id and title; this one cannot be its own source.
    let known = match &desk.page.visitor {
        Some(visitor) => desk.app.contests_of(visitor).await?,
        None => Vec::new(),
    };
    let others = known.into_iter().filter(|contest| contest.id != desk.contest);
    let contests: Vec<(ContestId, String)> = others.map(|contest| (contest.id, contest.title)).collect();
    let open = desk.view.heading.phase < Phase::Sealed;
    Ok(html! {
        @if let Some(problem) = problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        p { (desk.say("season-about")) }
        @for seen in &sources { (source(desk, seen, &contests, open)) }
        @if let Some(stars) = &stars { (star_round(desk, stars, open)) }
    })
}

fn source(desk: &Desk, seen: &SourceSeen, contests: &[(ContestId, String)], open: bool) -> Markup {
    let (line, zone) = (&seen.line, Zone::of(&desk.view.heading));
    let base = desk.at(Place::Season);
    let bound = line.binding.as_ref();
    html! {
        section.card id={ "source-" (line.source.id) } {
            div.row.between { h2 { (line.source.title) } (state(desk, seen)) }
            p.quiet-text { (rule(desk.lang(), &line.source)) }
            @if let Some(binding) = bound {
                (partials::facts(&[
                    (&desk.say("season-contest"), html! {
                        a href={ "/contests/" (binding.contest) } { (seen.title.as_deref().unwrap_or(binding.contest.as_str())) }
                    }),
                    (&desk.say("season-last-report"), html! {
                        @if let Some(report) = &line.report { (zone.minute(report.at)) } @else { (desk.say("season-none-yet")) }
                    }),
                    (&desk.say("season-sequence"), html! {
                        @if let Some(report) = &line.report { span.number { (report.sequence) } } @else { "–" }
                    }),
                    (&desk.say("season-entrants"), html! {
                        span.number { (line.report.as_ref().map_or(0, |report| report.rows.len())) " / " (desk.view.entrants.len()) }
                    }),
                ]))
                @if let Some(report) = line.report.as_ref().filter(|report| report.rows.is_empty()) {
                    (partials::notice(Tone::Warn, &html! {
                        p { (desk.lang().say_with("season-nobody-matched", &[("contest", report.contest.as_str().into())])) }
                    }))
                }
            }
            @if open {
                div.row {
                    @if bound.is_some() {
                        form method="post" action={ (base) "/report" } {
                            input type="hidden" name="source" value=(line.source.id);
                            (partials::button(&desk.say("season-look-now"), Look::Plain))
                        }
                        (partials::dialog(&desk.say("season-release"), Look::Danger, &desk.say("season-release"), &html! {
                            form method="post" action={ (base) "/release" } {
                                p { (desk.say("season-release-about")) }
                                input type="hidden" name="source" value=(line.source.id);
                                @if line.report.is_some() { (agreed(desk, &format!("release-{}", line.source.id))) }
                                (partials::button(&desk.say("season-release"), Look::Danger))
                            }
                        }))
                    }
                    @let opener = desk.say(if bound.is_some() { "season-bind-other" } else { "season-bind" });
                    @let look = if bound.is_some() { Look::Plain } else { Look::Primary };
                    (partials::dialog(&opener, look, &opener, &choose(desk, line, contests)))
                }
            }
        }
    }
}

/// Why reported points leave the board, and who agrees.
fn agreed(desk: &Desk, among: &str) -> Markup {
    html! {
        (Field::area("reason", &desk.say("organizer-reason")).among(among).required())
        (second::fields(&desk.page, among))
    }
}

fn choose(desk: &Desk, line: &SourceLine, contests: &[(ContestId, String)]) -> Markup {
    let source = &line.source.id;
    let titles: Vec<String> = contests.iter().map(|(id, title)| format!("{title}（{id}）")).collect();
    let options: Vec<(&str, &str)> =
        contests.iter().zip(&titles).map(|((id, _), title)| (id.as_str(), title.as_str())).collect();
    let label = desk.say("season-contest");
    html! {
        @if options.is_empty() { p { (desk.say("season-no-contests")) } } @else {
            form method="post" action={ (desk.at(Place::Season)) "/bind" } {
                input type="hidden" name="source" value=(source);
                (Field::select("contest", &label, &options).hint(&desk.say("season-bind-about")).among(source))
                @if line.report.is_some() { (agreed(desk, source.as_str())) }
                (partials::button(&desk.say("season-bind"), Look::Primary))
            }
        }
    }
}

/// Whether what stands here is what the source shows.
fn state(desk: &Desk, seen: &SourceSeen) -> Markup {
    let reported = seen.line.report.as_ref().map(|report| report.sequence);
    let (text, tone) = match &seen.now {
        None => (desk.say("season-unbound"), Tone::Warn),
        Some(Err(Silent::NotPublic(why))) => (words::not_public(desk.lang(), why), Tone::Wait),
        Some(Err(Silent::Unreadable)) => (desk.say("season-unreadable"), Tone::Bad),
        Some(Ok(_)) if reported.is_none() => (desk.say("season-waits"), Tone::Wait),
        Some(Ok(_)) => (desk.say("season-reported"), Tone::Good),
    };
    pill(&text, tone)
}

fn star_round(desk: &Desk, stars: &Stars, open: bool) -> Markup {
    let lang = desk.lang();
    let most = stars.page.rules.levels.last().map_or(0, |star| star.level);
    let title = |id: &Id| stars.periods.get(id.as_str()).cloned().unwrap_or_else(|| id.to_string());
    html! {
        section.card {
            div.row.between {
                h2 { (desk.say("season-stars-title")) }
                a href={ "/contests/" (desk.contest) "/stars" } { (desk.say("season-to-stars")) }
            }
            ul {
                @for level in (0..=most).rev() {
                    @let count = stars.page.lines.iter().filter(|line| line.level == level).count();
                    @if count > 0 { li {
                        (star_marks(lang, level, most)) " "
                        @if let Some(star) = stars.page.rules.level(level) { (star.title) } @else { (desk.say("season-no-star")) }
                        " · " (lang.say_with("season-teams", &[("count", count.into())]))
                    } }
                }
            }
            @for round in &stars.page.rounds {
                p.quiet-text { (lang.say_with("season-round-decided", &[
                    ("period", title(&round.period).into()), ("at", Zone::of(&desk.view.heading).minute(round.at).into()),
                ])) }
            }
            @if let Some(round) = stars.page.rounds.last().filter(|_| open) {
                @let again = lang.say_with("season-decide-again", &[("period", title(&round.period).into())]);
                (partials::dialog(&again, Look::Plain, &again, &html! {
                    form method="post" action={ (desk.at(Place::Season)) "/stars" } {
                        p { (desk.say("season-decide-again-about")) }
                        input type="hidden" name="period" value=(round.period);
                        (Field::area("reason", &desk.say("organizer-reason")).among("again").required())
                        (partials::button(&again, Look::Danger))
                    }
                }))
            }
            @match stars.page.next.as_ref().filter(|_| open) {
                Some(next) => (partials::dialog(
                    &lang.say_with("season-decide", &[("period", title(next).into())]),
                    Look::Primary,
                    &desk.say("season-stars-title"),
                    &html! {
                        form method="post" action={ (desk.at(Place::Season)) "/stars" } {
                            p { (desk.say("season-decide-about")) }
                            input type="hidden" name="period" value=(next);
                            (partials::button(&lang.say_with("season-decide", &[("period", title(next).into())]), Look::Primary))
                        }
                    },
                )),
                None => {},
            }
        }
    }
}
