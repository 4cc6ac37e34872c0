//! What a unit's points over the published periods come of, and the vetoes that took some of them.

use maud::{Markup, html};
use rust_decimal::Decimal;

use super::{Labor, covers, score};
use crate::{
    rules::{
        indicators::{Place, PublishedPeriod, PublishedVeto, Scope, Severity, Veto, rules::Indicator},
        ledger::indicator::PublishedRow,
        names::{EntrantId, Id},
    },
    web::partials::{self, Column, Tone},
    words::{
        accumulated::{accumulated, total},
        indicator::severity,
    },
};

/// 一票否决 · 计零分 · 二月（2026-03-05 安监〔2026〕7 号）
pub(super) fn vetoes(labor: &Labor<'_>, entrant: &EntrantId) -> Markup {
    let own: Vec<&PublishedVeto> = labor.seen.vetoes.iter().filter(|known| known.what.entrant == *entrant).collect();
    let text = |known: &PublishedVeto| labor.texts.get(&known.document.digest).map_or("", String::as_str).to_owned();
    html! {
        @if !own.is_empty() {
            (partials::notice(Tone::Bad, &html! {
                @for known in own {
                    p {
                        strong { (labor.page.say("board-status-vetoed")) } " · "
                        (severity(labor.page.lang, known.what.severity)) " · " (reach(labor, &known.what.scope)) " "
                        small { "（" (known.document.dated) " " (text(known)) "）" }
                    }
                }
            }))
        }
    }
}

fn reach(labor: &Labor<'_>, scope: &Scope) -> String {
    let period = |id: &Id| labor.seen.period(id).map_or_else(|| id.to_string(), |one| one.period.title.clone());
    match scope {
        Scope::Period { period: id } => period(id),
        Scope::Indicator { indicator, period: id } => {
            let known = labor.seen.indicators.iter().find(|known| known.id == *indicator);
            format!("{} · {}", period(id), known.map_or(indicator.as_str(), |known| known.title.as_str()))
        }
        Scope::Contest | Scope::Award { .. } => labor.page.say("indicator-scope-contest").into_owned(),
    }
}

/// Each indicator's points over the periods, how they came of those of the periods, and all together.
pub(super) fn section(labor: &Labor<'_>, way: &[(&PublishedPeriod, &PublishedRow)]) -> Markup {
    let own = |row: &&PublishedRow| way.first().is_some_and(|(_, first)| first.entrant == row.entrant);
    let Some(overall) = labor.seen.overall.iter().find(own) else { return Markup::default() };
    let titles = ["labor-indicator", "labor-total", "labor-how"].map(|key| labor.page.say(key));
    let columns = [Column::text(&titles[0]), Column::number(&titles[1]), Column::text(&titles[2])];
    let told: Vec<(&Indicator, Decimal)> =
        labor.seen.indicators.iter().filter_map(|one| Some((one, *overall.points.get(&one.id)?))).collect();
    let each = |one: &Indicator| -> Vec<(&str, Option<Decimal>)> {
        let judged = way.iter().filter(|(period, row)| one.is_judged(&period.period.id, row.group.as_ref()));
        judged.map(|(period, row)| (period.period.title.as_str(), row.points.get(&one.id).copied())).collect()
    };
    let all: Vec<Decimal> = told.iter().map(|(_, points)| *points).collect();
    let zeroes = Veto { entrant: overall.entrant.clone(), severity: Severity::Zero, scope: Scope::Contest };
    let zeroed = labor.seen.vetoes.iter().any(|known| known.what == zeroes);
    let l = labor.page.lang;
    let rows = html! {
        @for (one, points) in &told {
            tr {
                th scope="row" { (one.title) " " small { (one.owner) } }
                td.number { (points) }
                td { (accumulated(l, one.accumulate, &each(one), *points)) }
            }
        }
        tr.total {
            th scope="row" { (labor.page.say("labor-total-all")) }
            td.number { strong { (score(overall)) } }
            td { @if let Some(score) = overall.score { (total(l, &all, score, zeroed)) } }
        }
        tr {
            th scope="row" { (labor.page.say("labor-rank")) }
            td.number { (labor.place(&overall.place)) }
            td { @if overall.place == Place::Missing { (labor.page.say("labor-total-missing")) } }
        }
    };
    let caption = labor.page.say("labor-total");
    html! {
        section #total .card {
            h2 { (caption) }
            @if let Some(covered) = covers(l, &labor.seen) { p.quiet-text { (covered) } }
            (partials::table(&caption, &columns, &rows))
        }
    }
}
