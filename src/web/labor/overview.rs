//! `/contests/{id}/periods`: who holds what now, how ranks moved, every period.

use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use maud::{Markup, html};
use rust_decimal::Decimal;

use super::{
    Labor, Result, Web,
    chart::{Chart, Line, Scale, chart},
};
use crate::{
    app::App,
    rules::{
        indicators::{Held, rules::Honour},
        names::{ContestId, EntrantId, Id},
    },
    web::{Page, partials},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/contests/{id}/periods", get(show))
}

async fn show(page: Page, State(app): State<App>, Path(contest): Path<ContestId>) -> Result<Markup> {
    let labor = Labor::of(&page, &app, &contest).await?;
    let title = page.say("labor-title").into_owned();
    let body = html! {
        p.over { a href={ "/contests/" (contest) } { (labor.heading.title) } }
        h1 { (title) }
        (labor.notices())
        @if let Some(newest) = labor.seen.periods.last() {
            (honours(&labor, &newest.period.id))
            @for group in labor.seen.groups() { (ranks(&labor, group)) }
            (list(&labor))
        }
    };
    Ok(page.clone().wide().style("labor.css").show(&title, &body))
}

/// The honours of one period, each with its holders.
pub(super) fn honours(labor: &Labor<'_>, period: &Id) -> Markup {
    let held: Vec<(&Honour, &Held)> = labor.seen.held_in(period).collect();
    let time = labor.seen.period(period).map(|one| &one.period);
    let name = |unit: &EntrantId| time.map_or_else(|| labor.name(unit), |time| labor.name_in(unit, time));
    html! {
        @if !held.is_empty() {
            ul.cards.honours aria-label=(labor.page.say("labor-honours")) {
                @for (honour, held) in held {
                    li.card.honour {
                        h2 { (honour.title) @if let Some(group) = labor.group(held.group.as_ref()) { " " small { (group) } } }
                        @if held.by.is_empty() { p.quiet-text { (labor.page.say("labor-vacant")) } }
                        @for holder in &held.by {
                            p {
                                a href=(labor.at_unit(&holder.entrant)) { strong { (name(&holder.entrant)) } }
                                @if holder.running > 1 {
                                    " " small { (labor.page.lang.say_with("labor-running", &[("count", holder.running.into())])) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// How the ranks of a group moved.
fn ranks(labor: &Labor<'_>, group: Option<&Id>) -> Markup {
    let periods = &labor.seen.periods;
    let Some(newest) = periods.iter().rev().find(|period| period.of(group).next().is_some()) else {
        return Markup::default();
    };
    // In the order of the newest period; whoever left it before comes last.
    let mut units: Vec<&EntrantId> = newest.of(group).map(|row| &row.entrant).collect();
    for row in periods.iter().flat_map(|period| period.of(group)) {
        if !units.contains(&&row.entrant) {
            units.push(&row.entrant);
        }
    }
    let rank = |unit: &EntrantId| periods.iter().map(|one| one.row(unit)?.place.rank()).collect::<Vec<_>>();
    let lines: Vec<(String, Vec<Option<u32>>)> = units.iter().map(|unit| (labor.name(unit), rank(unit))).collect();
    let most = lines.iter().flat_map(|(_, ranks)| ranks.iter().flatten()).max().copied().unwrap_or(1);
    let title = match labor.group(group) {
        Some(group) => format!("{} · {group}", labor.page.say("labor-ranks")),
        None => labor.page.say("labor-ranks").into_owned(),
    };
    let line = |(name, ranks): &(String, Vec<Option<u32>>)| Line {
        name: name.clone(),
        values: ranks.iter().map(|rank| rank.map(Decimal::from)).collect(),
    };
    let picture = Chart {
        about: &title,
        periods: periods.iter().map(|one| one.period.title.clone()).collect(),
        lines: lines.iter().map(line).collect(),
        scale: Scale::Ranks(most),
    };
    let unit = labor.page.say("labor-unit");
    let titles: Vec<&str> = periods.iter().map(|one| one.period.title.as_str()).collect();
    let mut columns = vec![partials::Column::text(&unit)];
    columns.extend(titles.iter().map(|title| partials::Column::number(title)));
    let rows = html! {
        @for unit in &units {
            tr {
                th scope="row" { a href=(labor.at_unit(unit)) { (labor.name(unit)) } }
                @for period in periods {
                    td.number { @if let Some(row) = period.row(unit) { (labor.place(&row.place)) } @else { "–" } }
                }
            }
        }
    };
    html! {
        section.card.trend {
            h2 { (title) }
            @if periods.len() > 1 { (chart(&picture)) }
            (partials::table(&title, &columns, &rows))
        }
    }
}

fn list(labor: &Labor<'_>) -> Markup {
    let titles = ["labor-period", "labor-days", "labor-when"].map(|key| labor.page.say(key));
    let columns = titles.each_ref().map(|title| partials::Column::text(title));
    let rows = html! {
        @for period in labor.seen.periods.iter().rev() {
            tr {
                th scope="row" { a href=(labor.at_period(&period.period.id)) { (period.period.title) } }
                td { (period.period.from) " – " (period.period.to) }
                td { (labor.published(period)) }
            }
        }
    };
    let title = labor.page.say("labor-periods");
    html! { section.card { h2 { (title) } (partials::table(&title, &columns, &rows)) } }
}
