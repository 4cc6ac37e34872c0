//! Why somebody has this score and this place. The board's script shows this page's `main` in a box.

use axum::{
    Router,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use maud::{Markup, html};

use super::{Asked, rows};
use crate::{
    app::{
        App,
        boards::{Explained, Looks},
    },
    rules::{
        names::ContestId,
        view::{Column, WhyRow},
    },
    web::{
        Page, Result, Web, audience, labor,
        partials::{self, Tone, pill},
    },
    words::{
        Language,
        why::{self, Line},
    },
};

/// Steps this deep are folded until somebody opens them: a stage has dozens of marks.
const FOLDED_DEPTH: usize = 2;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/contests/{id}/why/{row}", get(page))
}

async fn page(
    page: Page,
    State(app): State<App>,
    Path((contest, row)): Path<(ContestId, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let looks = audience::looks(&app, page.visitor.as_ref(), &contest).await?;
    let explained = app.explain(&contest, looks, &row).await?;
    if explained.why.definition.is_labor() {
        let unit = explained.why.who.entrant();
        return Ok(Redirect::to(&labor::way(&app, &contest, unit).await?).into_response());
    }
    let points = html! {
        (crate::web::season::points(&page, &app, &contest, looks, &explained).await?)
        (crate::web::works::points(&page, &app, &contest, looks, &explained).await?)
    };
    let body = explanation(page.lang, &contest, looks, &explained, asked.table.as_deref(), &points);
    let name = rows::label(page.lang, &explained.who(&explained.why.who));
    Ok(page.show(&format!("{name} · {}", explained.why.heading.title), &body).into_response())
}

fn explanation(
    lang: Language,
    contest: &ContestId,
    looks: Looks,
    explained: &Explained,
    table: Option<&str>,
    points: &Markup,
) -> Markup {
    let why = &explained.why;
    let mut tables: Vec<&WhyRow> = why.rows.iter().collect();
    // The table one comes from stands first.
    tables.sort_by_key(|row| Some(row.slug.as_str()) != table);
    let back = match table {
        Some(table) => format!("/contests/{contest}?table={}", rows::percent(table)),
        None => format!("/contests/{contest}"),
    };
    let steps = why::score(&why.score, &why.definition, lang, &|judge| explained.judge(judge));
    html! {
        p.over { a href=(back) lang=(why.heading.language) { (why.heading.title) } }
        div.row.between {
            h1 { (rows::label(lang, &explained.who(&why.who))) }
            @if !why.heading.sealed { (pill(&lang.say("board-not-final"), Tone::Warn)) }
        }
        @if let Some(unit) = explained.unit() { p.quiet-text { (unit) } }
        @if looks == Looks::Public && why.frozen_since.is_some() {
            (partials::notice(Tone::Wait, &html! { p { (lang.say("board-why-frozen")) } }))
        }
        @for row in &tables { (place(lang, explained, row)) }
        @if let Some(row) = tables.first().filter(|row| !row.columns.is_empty()) { (stages(lang, row)) }
        (points)
        (members(lang, contest, explained))
        @if !steps.is_empty() {
            section.card {
                h2 { (lang.say("board-why-steps")) }
                (nested(&steps, looks != Looks::Public))
                p.quiet-text { (lang.say(if looks == Looks::Public { "board-why-public" } else { "board-why-staff" })) }
            }
        }
    }
}

/// Whose results a unit or a team is made of, with the way to each.
fn members(lang: Language, contest: &ContestId, explained: &Explained) -> Markup {
    let members = &explained.why.members;
    if members.rows.is_empty() {
        return html! {};
    }
    let (rank, who, total) = (lang.say("board-rank"), lang.say("board-why-member"), lang.say("board-total"));
    let columns = [partials::Column::number(&rank), partials::Column::text(&who), partials::Column::number(&total)];
    let rows = html! {
        @for row in &members.rows {
            tr {
                td.number { @if let Some(rank) = row.rank { (rank) } @else { "–" } }
                th scope="row" {
                    a href={ "/contests/" (contest) "/why/" (rows::percent(&row.who.key())) } { (rows::label(lang, &explained.who(&row.who))) }
                }
                td.number { @if let Some(total) = row.total { (total) } @else { "–" } }
            }
        }
    };
    html! {
        section #members {
            (partials::table(&lang.say("board-why-members"), &columns, &rows))
            @if members.others > 0 {
                p.quiet-text { (lang.say_with("board-why-others", &[("count", members.others.into())])) }
            }
        }
    }
}

/// The place in one table, and what settled a tie there.
fn place(lang: Language, explained: &Explained, row: &WhyRow) -> Markup {
    let line = &row.row;
    let all = if explained.why.heading.of_units { "board-all-units" } else { "board-all" };
    let title = if row.title.is_empty() { lang.say(all).into_owned() } else { row.title.clone() };
    let others: Vec<String> = row.tied_with.iter().map(|other| rows::label(lang, &explained.who(other))).collect();
    let tie = line.decided_by.as_ref().filter(|_| !others.is_empty());
    let tie = tie.map(|by| why::tie(&row.key, by, &others, &explained.why.definition, lang));
    html! {
        section.card.place {
            h2 { (title) }
            (partials::facts(&[
                (&lang.say("board-rank"), html! {
                    @if let Some(rank) = line.rank {
                        strong.number { (rank) } " "
                        span.quiet-text { (lang.say_with("board-why-of", &[("count", row.count.into())])) }
                    } @else {
                        (pill(&lang.say(rows::status_key(line.status.word())), Tone::Wait))
                    }
                }),
                (&lang.say("board-total"), html! {
                    strong.number { @if let Some(total) = line.total { (total) } @else { "–" } }
                }),
            ]))
            @if let Some(tie) = tie { (step(&tie, false)) }
            @if line.outside_quota { p { (pill(&lang.say("board-outside-quota"), Tone::Plain)) } }
            @if line.provisional { p { (pill(&lang.say("board-why-provisional"), Tone::Wait)) } }
        }
    }
}

fn stages(lang: Language, row: &WhyRow) -> Markup {
    let weighted = row.columns.iter().any(|column| column.weight.is_some());
    let (stage, score, full, weight) = (
        lang.say("board-why-stage"),
        lang.say("board-why-score"),
        lang.say("board-why-full"),
        lang.say("board-why-weight"),
    );
    let mut heads =
        vec![partials::Column::text(&stage), partials::Column::number(&score), partials::Column::number(&full)];
    if weighted {
        heads.push(partials::Column::number(&weight));
    }
    let cell = |value: Option<rust_decimal::Decimal>| value.map_or("–".to_owned(), |value| value.to_string());
    let line = |(column, points): (&Column, &Option<rust_decimal::Decimal>)| {
        html! {
            tr {
                th scope="row" { (column.title) }
                td.number { (cell(*points)) }
                td.number { (cell(column.max.map(|max| max.normalize()))) }
                @if weighted { td.number { (cell(column.weight)) } }
            }
        }
    };
    let body = html! { @for pair in row.columns.iter().zip(&row.row.stages) { (line(pair)) } };
    partials::table(&lang.say("board-why-stages"), &heads, &body)
}

/// Lines as lists in lists.
fn nested(lines: &[Line], places: bool) -> Markup {
    let Some(first) = lines.first() else { return html! {} };
    let depth = first.depth;
    let mut items: Vec<&[Line]> = Vec::new();
    let mut rest = lines;
    while !rest.is_empty() {
        let end = rest.iter().skip(1).position(|line| line.depth <= depth).map_or(rest.len(), |at| at + 1);
        let (item, after) = rest.split_at(end);
        items.push(item);
        rest = after;
    }
    html! {
        ul.steps {
            @for item in items {
                li {
                    @if item.len() == 1 {
                        (step(&item[0], places))
                    } @else if depth >= FOLDED_DEPTH {
                        details { summary { (step(&item[0], places)) } (nested(&item[1..], places)) }
                    } @else {
                        (step(&item[0], places)) (nested(&item[1..], places))
                    }
                }
            }
        }
    }
}

/// One sentence, and for those who know the definition the key that says so.
fn step(line: &Line, places: bool) -> Markup {
    html! {
        span.step { span { (line.text) } @if places && !line.place.as_str().is_empty() { " " code { (line.place) } } }
    }
}
