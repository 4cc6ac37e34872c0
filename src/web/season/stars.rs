//! `/contests/{id}/stars`: the stars of teams (班组星级) now, what is missing to the next, and how they came.

use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use maud::{Markup, html};
use rust_decimal::Decimal;

use crate::{
    app::{App, season::Stars},
    rules::{
        names::{ContestId, EntrantId, Id},
        season::StarLine,
    },
    web::{
        Error, Page, Result, Web, audience,
        board::rows::{label, percent},
        organizer::Zone,
        partials::{self, Column, Tone, pill},
    },
    words::Language,
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/contests/{id}/stars", get(all)).route("/contests/{id}/stars/{entrant}", get(one))
}

async fn all(page: Page, State(app): State<App>, Path(contest): Path<ContestId>) -> Result<Markup> {
    let looks = audience::looks(&app, page.visitor.as_ref(), &contest).await?;
    let stars = app.stars(&contest, looks).await?.ok_or(Error::NotFound)?;
    let lang = page.lang;
    let heads = ["season-team", "season-stars", "season-held-against", "season-next-star"].map(|key| lang.say(key));
    let columns =
        [Column::text(&heads[0]), Column::text(&heads[1]), Column::number(&heads[2]), Column::text(&heads[3])];
    let rows = html! {
        @for line in &stars.page.lines {
            tr {
                th scope="row" {
                    a href={ "/contests/" (contest) "/stars/" (percent(line.entrant.as_str())) } { (name(lang, &stars, line)) }
                }
                td { (star_marks(lang, line.level, most(&stars))) " " (moved(lang, line)) }
                td.number { (shown(line.score)) }
                td { (ahead(lang, &stars, line)) }
            }
        }
    };
    let body = html! {
        p.over { a href={ "/contests/" (contest) } lang=(stars.heading.language) { (stars.heading.title) } }
        div.row.between {
            h1 { (lang.say("season-stars-title")) }
            a.button href={ "/contests/" (contest) "/stars/screen" } { (lang.say("season-stars-screen")) }
        }
        @if let Some(next) = &stars.page.next {
            p { (lang.say_with("season-stars-next", &[("period", period(&stars, next).into())])) }
        }
        (partials::table(&lang.say("season-stars-title"), &columns, &rows))
        (partials::card(&lang.say("season-stars-rule"), &html! {
            ul { @for star in &stars.page.rules.levels {
                li { (star_marks(lang, star.level, most(&stars))) " " span lang=(stars.heading.language) { (star.title) } " ≥ "
                    span.number { (star.at_least.normalize()) } }
            } }
            p.quiet-text { (lang.say("explain-stars-one-step")) }
        }))
    };
    Ok(page
        .wide()
        .style("season.css")
        .show(&format!("{} · {}", lang.say("season-stars-title"), stars.heading.title), &body))
}

async fn one(
    page: Page,
    State(app): State<App>,
    Path((contest, entrant)): Path<(ContestId, EntrantId)>,
) -> Result<Markup> {
    let looks = audience::looks(&app, page.visitor.as_ref(), &contest).await?;
    let stars = app.stars(&contest, looks).await?.ok_or(Error::NotFound)?;
    let line = stars.page.lines.iter().find(|line| line.entrant == entrant).ok_or(Error::NotFound)?;
    let lang = page.lang;
    let name = name(lang, &stars, line);
    let body = html! {
        p.over { a href={ "/contests/" (contest) "/stars" } { (lang.say("season-stars-title")) } }
        h1 { (name) }
        section.card.star-now {
            p.stars-large { (star_marks(lang, line.level, most(&stars))) }
            p { (level_title(lang, &stars, line.level)) }
            (partials::facts(&[
                (&lang.say("season-total-now"), html! { span.number { (shown(line.total)) } }),
                (&lang.say("season-held-against"), html! { span.number { (shown(line.score)) } }),
                (&lang.say("season-next-star"), ahead(lang, &stars, line)),
            ]))
            @if let Some(least) = line.short_of_own {
                (partials::notice(Tone::Warn, &html! {
                    p { (lang.say_with("season-short-of-own", &[("least", least.normalize().to_string().into())])) }
                }))
            }
            p { a href={ "/contests/" (contest) "/why/" (percent(entrant.as_str())) } { (lang.say("season-points")) } }
        }
        (history(lang, &stars, line))
    };
    Ok(page.style("season.css").show(&format!("{name} · {}", lang.say("season-stars-title")), &body))
}

fn history(lang: Language, stars: &Stars, line: &StarLine) -> Markup {
    if line.rounds.is_empty() {
        return partials::empty(&lang.say("season-history"), &html! { p { (lang.say("season-history-none")) } });
    }
    let heads = ["season-period", "season-held-against", "season-stars", "season-decided"].map(|key| lang.say(key));
    let columns =
        [Column::text(&heads[0]), Column::number(&heads[1]), Column::text(&heads[2]), Column::text(&heads[3])];
    let zone = Zone::of(&stars.heading);
    let at = |id: &Id| stars.page.rounds.iter().find(|round| round.period == *id).map(|round| zone.minute(round.at));
    partials::table(
        &lang.say("season-history"),
        &columns,
        &html! {
            @for (id, row) in &line.rounds {
                tr {
                    th scope="row" lang=(stars.heading.language) { (period(stars, id)) }
                    td.number { (shown(row.score)) }
                    td { (star_marks(lang, row.to, most(stars))) " " (step(lang, row.from, row.to)) }
                    td { (at(id).unwrap_or_default()) }
                }
            }
        },
    )
}

/// ★★★☆☆, read out as a number.
pub(in crate::web) fn star_marks(lang: Language, level: u32, most: u32) -> Markup {
    let said = lang.say_with("season-star-count", &[("count", level.into())]);
    let filled = usize::try_from(level).unwrap_or_default();
    let left = usize::try_from(most.saturating_sub(level)).unwrap_or_default();
    html! { span.stars role="img" aria-label=(said) { ("★".repeat(filled)) span.empty-stars { ("☆".repeat(left)) } } }
}

pub(super) fn most(stars: &Stars) -> u32 {
    stars.page.rules.levels.last().map_or(0, |star| star.level)
}

pub(super) fn name(lang: Language, stars: &Stars, line: &StarLine) -> String {
    label(lang, &stars.who(&line.entrant))
}

pub(super) fn period(stars: &Stars, id: &Id) -> String {
    stars.periods.get(id.as_str()).cloned().unwrap_or_else(|| id.to_string())
}

pub(super) fn level_title(lang: Language, stars: &Stars, level: u32) -> String {
    let known = stars.page.rules.level(level).map(|star| star.title.clone());
    known.unwrap_or_else(|| lang.say("season-no-star").into_owned())
}

pub(super) fn shown(score: Option<Decimal>) -> String {
    score.map_or("–".to_owned(), |score| score.to_string())
}

/// What the last period did.
fn moved(lang: Language, line: &StarLine) -> Markup {
    line.rounds.first().map_or_else(|| html! {}, |(_, row)| step(lang, row.from, row.to))
}

fn step(lang: Language, from: u32, to: u32) -> Markup {
    html! {
        @if to > from { (pill(&lang.say("season-up"), Tone::Good)) }
        @if to < from { (pill(&lang.say("season-down"), Tone::Warn)) }
    }
}

/// What is missing to the next star.
pub(super) fn ahead(lang: Language, stars: &Stars, line: &StarLine) -> Markup {
    let Some(next) = &line.next else { return html! { (lang.say("season-highest")) } };
    let title = &next.star.title;
    html! {
        span lang=(stars.heading.language) { (title) } " "
        @match next.missing {
            Some(missing) if missing.is_zero() => { (pill(&lang.say("season-reached"), Tone::Good)) }
            Some(missing) => { (lang.say_with("season-missing", &[("points", missing.normalize().to_string().into())])) }
            None => { "–" }
        }
    }
}
