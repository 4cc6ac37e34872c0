//! `/contests/{id}/units/{entrant}`: a unit's way through the periods.

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
    score, total,
};
use crate::{
    app::App,
    rules::{
        indicators::{PublishedPeriod, UnitChange, rules::Indicator},
        ledger::{entry::Digest, indicator::PublishedRow},
        names::{ContestId, EntrantId},
    },
    web::{
        Error, Page,
        partials::{self, Column},
    },
    words::indicator::unit_change,
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/contests/{id}/units/{entrant}", get(show))
}

async fn show(
    page: Page,
    State(app): State<App>,
    Path((contest, entrant)): Path<(ContestId, EntrantId)>,
) -> Result<Markup> {
    let labor = Labor::of(&page, &app, &contest).await?;
    let own = |period| Some((period, PublishedPeriod::row(period, &entrant)?));
    let way: Vec<(&PublishedPeriod, &PublishedRow)> = labor.seen.periods.iter().filter_map(own).collect();
    let Some((_, newest)) = way.last() else { return Err(Error::NotFound) };
    let name = labor.name(&entrant);
    let body = html! {
        p.over { a href=(labor.at()) { (page.say("labor-title")) } }
        h1 { (name) @if let Some(group) = labor.group(newest.group.as_ref()) { " " small { (group) } } }
        (labor.notices())
        (changes(&labor, &entrant))
        (total::vetoes(&labor, &entrant))
        (held(&labor, &entrant))
        @if way.len() > 1 { (trends(&labor, &way)) }
        (table(&labor, &way))
        (total::section(&labor, &way))
    };
    Ok(page.clone().wide().style("labor.css").show(&name, &body))
}

/// Where it came from and what became of it, with the document.
fn changes(labor: &Labor<'_>, entrant: &EntrantId) -> Markup {
    let own: Vec<_> = labor.seen.changes.iter().filter(|known| known.what.units().contains(entrant)).collect();
    let text = |digest: &Digest| labor.texts.get(digest).map_or("", String::as_str);
    html! {
        @if !own.is_empty() {
            ul.plain aria-label=(labor.page.say("labor-changes")) {
                @for known in own {
                    @let change = unit_change(labor.page.lang, &known.what, |unit| labor.name(unit));
                    li {
                        (labor.page.lang.say_with("labor-change", &[("day", known.from.to_string().into()), ("change", change.into())]))
                        @if let UnitChange::Renamed { was, name, .. } = &known.what { " " (text(was)) " → " (text(name)) }
                        " " small { "（" (known.document.dated) " " (text(&known.document.digest)) "）" }
                    }
                }
            }
        }
    }
}

/// 二月 · 流动红旗
fn held(labor: &Labor<'_>, entrant: &EntrantId) -> Markup {
    let has = |period: &PublishedPeriod| -> Vec<String> {
        let held = labor.seen.held_in(&period.period.id);
        let own = held.filter(|(_, held)| held.by.iter().any(|holder| holder.entrant == *entrant));
        own.map(|(honour, _)| format!("{} · {}", period.period.title, honour.title)).collect()
    };
    let all: Vec<String> = labor.seen.periods.iter().flat_map(has).collect();
    html! {
        @if !all.is_empty() {
            ul.row.plain aria-label=(labor.page.say("labor-honours")) {
                @for one in all { li { (partials::pill(&one, partials::Tone::Good)) } }
            }
        }
    }
}

fn trends(labor: &Labor<'_>, way: &[(&PublishedPeriod, &PublishedRow)]) -> Markup {
    let periods: Vec<String> = way.iter().map(|(period, _)| period.period.title.clone()).collect();
    let scores = labor.page.say("labor-score");
    let ranks = labor.page.say("labor-rank");
    let of_group = |(period, row): &(&PublishedPeriod, &PublishedRow)| period.of(row.group.as_ref()).count();
    let most = way.iter().map(of_group).max().and_then(|most| u32::try_from(most).ok()).unwrap_or(1);
    let line = |values: Vec<Option<Decimal>>| vec![Line { name: String::new(), values }];
    let score = Chart {
        about: &scores,
        periods: periods.clone(),
        lines: line(way.iter().map(|(_, row)| row.score).collect()),
        scale: Scale::Scores,
    };
    let rank = Chart {
        about: &ranks,
        periods,
        lines: line(way.iter().map(|(_, row)| row.place.rank().map(Decimal::from)).collect()),
        scale: Scale::Ranks(most),
    };
    html! {
        div.trends {
            section.card { h2 { (scores) } (chart(&score)) }
            section.card { h2 { (ranks) } (chart(&rank)) }
        }
    }
}

/// A row for each indicator, a column for each period.
fn table(labor: &Labor<'_>, way: &[(&PublishedPeriod, &PublishedRow)]) -> Markup {
    let [indicator, score_title, rank] =
        ["labor-indicator", "labor-score", "labor-rank"].map(|key| labor.page.say(key));
    let titles: Vec<&str> = way.iter().map(|(period, _)| period.period.title.as_str()).collect();
    let mut columns = vec![Column::text(&indicator)];
    columns.extend(titles.iter().map(|title| Column::number(title)));
    let is_judged =
        |one: &&Indicator| way.iter().any(|(period, row)| one.is_judged(&period.period.id, row.group.as_ref()));
    let rows = html! {
        @for one in labor.seen.indicators.iter().filter(is_judged) {
            tr {
                th scope="row" { (one.title) " " small { (one.owner) } }
                @for (period, row) in way {
                    td.number { @if one.is_judged(&period.period.id, row.group.as_ref()) { (labor.points(row, &period.period.id, &one.id)) } @else { "–" } }
                }
            }
        }
        tr.total { th scope="row" { (score_title) } @for (_, row) in way { td.number { strong { (score(row)) } } } }
        tr { th scope="row" { (rank) } @for (period, row) in way { td.number { (labor.place(&row.place)) (labor.veto_mark(period, row)) } } }
    };
    let caption = labor.page.say("labor-way");
    html! { section.card { h2 { (caption) } p.quiet-text { (labor.page.say("labor-way-leads")) } (partials::table(&caption, &columns, &rows)) } }
}
