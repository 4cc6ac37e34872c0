//! `/contests/{id}/periods/{period}`: one period as it was published, with the points of each indicator.

use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use maud::{Markup, html};

use super::{Labor, Result, Web, overview, score};
use crate::{
    app::App,
    rules::{
        indicators::{PublishedPeriod, rules::Indicator},
        names::{ContestId, Id},
    },
    web::{
        Error, Page,
        partials::{self, Column},
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/contests/{id}/periods/{period}", get(show))
}

async fn show(page: Page, State(app): State<App>, Path((contest, period)): Path<(ContestId, Id)>) -> Result<Markup> {
    let labor = Labor::of(&page, &app, &contest).await?;
    let at = labor.seen.periods.iter().position(|one| one.period.id == period).ok_or(Error::NotFound)?;
    let shown = &labor.seen.periods[at];
    let neighbour = |at: Option<usize>| at.and_then(|at| labor.seen.periods.get(at));
    let link = |one: &PublishedPeriod, text: &str| html! { a.button href=(labor.at_period(&one.period.id)) { (text) } };
    let title = format!("{} · {}", shown.period.title, labor.heading.title);
    let body = html! {
        p.over { a href=(labor.at()) { (page.say("labor-title")) } }
        div.row.between {
            h1 { (shown.period.title) }
            nav.row aria-label=(page.say("labor-periods")) {
                @if let Some(before) = neighbour(at.checked_sub(1)) { (link(before, &format!("‹ {}", before.period.title))) }
                @if let Some(next) = neighbour(Some(at + 1)) { (link(next, &format!("{} ›", next.period.title))) }
            }
        }
        (labor.notices())
        p.quiet-text { (shown.period.from) " – " (shown.period.to) " · " (labor.published(shown)) }
        (labor.provisional(shown))
        (overview::honours(&labor, &period))
        @for group in labor.seen.groups() { (table(&labor, shown, group)) }
    };
    Ok(page.clone().wide().style("labor.css").show(&title, &body))
}

fn table(labor: &Labor<'_>, shown: &PublishedPeriod, group: Option<&Id>) -> Markup {
    if shown.of(group).next().is_none() {
        return Markup::default();
    }
    let judged: Vec<&Indicator> = labor.seen.judged(&shown.period.id, group).collect();
    let titles = ["labor-rank", "labor-unit", "labor-score"].map(|key| labor.page.say(key));
    let worth: Vec<String> = judged.iter().map(|one| format!("{}（{}）", one.title, one.points.normalize())).collect();
    // The score stands before what it is made of: a narrow screen shows it without scrolling.
    let mut columns = vec![Column::number(&titles[0]), Column::text(&titles[1]), Column::number(&titles[2])];
    columns.extend(worth.iter().map(|title| Column::number(title)));
    let rows = html! {
        @for row in shown.of(group) {
            tr {
                td.number { (labor.place(&row.place)) }
                th scope="row" {
                    a href=(labor.at_unit(&row.entrant)) { (labor.name_in(&row.entrant, &shown.period)) }
                    (labor.veto_mark(shown, row))
                }
                td.number { strong { (score(row)) } }
                @for indicator in &judged {
                    td.number { (labor.points(row, &shown.period.id, &indicator.id)) }
                }
            }
        }
    };
    let caption = labor.group(group).unwrap_or(&shown.period.title);
    html! {
        section.card.points {
            @if labor.group(group).is_some() { h2 { (caption) } }
            (partials::table(caption, &columns, &rows))
        }
    }
}
