//! `/organizer/{contest}/figures/targets?period=…`: targets (下达、调整目标) by a dated document, units × indicators. First
//! whom they move is shown, then it is confirmed; in a period that is signed by a second person.

use std::collections::{BTreeMap, HashMap};

use axum::{
    Router,
    extract::Query,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use maud::{Markup, html};
use rust_decimal::Decimal;
use serde::Deserialize;

use super::{
    super::desk::{Desk, Place},
    document, document_fields, rules,
};
use crate::{
    app::{Ask, Beside},
    files::figures::number,
    rules::{
        command::{Command, Refusal},
        indicators::{self, Act, FigureSlot, Moved, PeriodStage, Rules, rules::Indicator},
        ledger::indicator::{Document, TargetOf},
        names::{EntrantId, Id},
    },
    web::{
        Error, Result, Web,
        error::percent,
        figures::{self, fingerprint, moved, names_of},
        form::Posted,
        partials::{self, Look, Tab, Tone},
        second::{self, Seconded},
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/organizer/{contest}/figures/targets", get(show).post(save))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Of {
    period: String,
}

struct Grid {
    period: Id,
    stage: PeriodStage,
    indicators: Vec<Indicator>,
    /// By unit, one for each indicator.
    lines: BTreeMap<EntrantId, Vec<Judged>>,
    names: HashMap<EntrantId, String>,
}

/// What stands of a unit under an indicator.
#[derive(Clone, Copy)]
enum Judged {
    Not,
    /// Perhaps without a target yet.
    By(Option<Decimal>),
}

async fn grid(desk: &Desk, of: &Of) -> Result<(Grid, Rules)> {
    let labor = rules(desk)?.indicators;
    let asked = labor.periods.iter().find(|period| period.id.as_str() == of.period);
    let period = asked.or_else(|| labor.periods.first()).ok_or(Error::NotFound)?.id.clone();
    let reads = labor.indicators.iter().filter(|one| one.score.reads_target());
    let indicators: Vec<Indicator> = reads.cloned().collect();
    let (stage, lines) = desk
        .app
        .read(&desk.contest, |state| {
            let mut lines: BTreeMap<EntrantId, Vec<Judged>> = BTreeMap::new();
            for (at, indicator) in indicators.iter().enumerate() {
                for line in indicators::grid(state, &indicator.id, &period) {
                    let row = lines.entry(line.entrant.clone()).or_insert_with(|| vec![Judged::Not; indicators.len()]);
                    row[at] = Judged::By(line.target);
                }
            }
            let stage = indicators::progress(state, &period).map_or(PeriodStage::Planned, |at| at.stage);
            (stage, lines)
        })
        .await?;
    let names = names_of(&desk.app, &desk.contest).await?;
    Ok((Grid { period, stage, indicators, lines, names }, labor))
}

fn address(desk: &Desk, period: &Id) -> String {
    format!("{}/targets?period={}", desk.at(Place::Figures), percent(period.as_str()))
}

fn field(entrant: &EntrantId, indicator: &Id) -> String {
    format!("{entrant} {indicator}")
}

fn shown(target: Option<Decimal>) -> String {
    target.map(|target| target.normalize().to_string()).unwrap_or_default()
}

async fn show(desk: Desk, Query(of): Query<Of>) -> Result<Markup> {
    let (grid, labor) = grid(&desk, &of).await?;
    let body = page(&desk, &labor, &grid, &HashMap::new(), &[]);
    Ok(framed(desk).show(Place::Figures, &body))
}

fn framed(mut desk: Desk) -> Desk {
    desk.page = desk.page.style("figures.css").script("figures.js");
    desk
}

async fn save(desk: Desk, Query(of): Query<Of>, Posted(fields): Posted<Vec<(String, String)>>) -> Result<Response> {
    let (grid, labor) = grid(&desk, &of).await?;
    let fields: HashMap<String, String> = fields.into_iter().collect();
    let text = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    let (mut targets, mut wrong) = (Vec::new(), Vec::new());
    for (entrant, row) in &grid.lines {
        for (indicator, now) in grid.indicators.iter().zip(row) {
            let name = field(entrant, &indicator.id);
            let (Judged::By(now), Some(typed)) = (now, fields.get(&name)) else { continue };
            let (typed, was) = (typed.trim(), text(&format!("was {name}")));
            if typed == was {
                continue;
            }
            let place = || {
                format!("{} · {}", grid.names.get(entrant).map_or(entrant.as_str(), String::as_str), indicator.title)
            };
            let slot =
                FigureSlot { entrant: entrant.clone(), indicator: indicator.id.clone(), period: grid.period.clone() };
            match number(typed, indicator.measured_in.as_deref()) {
                _ if shown(*now) != was => {
                    wrong.push(format!("{}: {}", place(), desk.say("figures-target-changed")));
                }
                Some(target) => targets.push(TargetOf { slot, target }),
                None => wrong.push(format!("{}: {}", place(), desk.say("figures-target-number"))),
            }
        }
    }
    if wrong.is_empty() && targets.is_empty() {
        wrong.push(desk.say("figures-target-none"));
    }
    let named = document(&desk, text("dated"), text("document"))?;
    let (document, row) = match named {
        Ok(named) if wrong.is_empty() => named,
        named => {
            wrong.extend(named.err());
            let body = page(&desk, &labor, &grid, &fields, &wrong);
            return Ok(framed(desk).wrong(Place::Figures, &body));
        }
    };
    let effect = desk.app.read(&desk.contest, |state| indicators::effect_of_targets(state, &targets)).await?;
    let effect: Vec<Moved> = effect.into_iter().flat_map(|(_, moved)| moved).collect();
    let fresh = fingerprint(&effect);
    let problem = if text("effect").is_empty() {
        None
    } else if text("effect") != fresh {
        Some(desk.say("figures-targets-changed"))
    } else {
        match set(&desk, &grid, targets.clone(), document, row, &fields).await? {
            Ok(()) => {
                let to = format!("{}&said=targets-set&count={}", address(&desk, &grid.period), targets.len());
                return Ok(Redirect::to(&to).into_response());
            }
            Err(problem) => Some(problem),
        }
    };
    let body = confirmation(&desk, &grid, &targets, &fields, &effect, problem.as_deref());
    let desk = framed(desk);
    Ok(if problem.is_some() {
        desk.wrong(Place::Figures, &body)
    } else {
        desk.show(Place::Figures, &body).into_response()
    })
}

async fn set(
    desk: &Desk,
    grid: &Grid,
    targets: Vec<TargetOf>,
    document: Document,
    row: Beside,
    fields: &HashMap<String, String>,
) -> Result<std::result::Result<(), String>> {
    let text = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let typed = Seconded::typed(text("second"), text("second-login"), text("second-password"));
    let second = match typed.proof() {
        Some(proof) if grid.stage >= PeriodStage::Signed => {
            desk.app.second_person(&desk.contest, &desk.actor, Some(&proof)).await.map(Some)
        }
        _ if grid.stage >= PeriodStage::Signed => Err(Refusal::NeedsSecondPerson.into()),
        _ => Ok(None),
    };
    let done = match second {
        Ok(second) => {
            let act = Act::SetTargets { targets, document, second };
            let ask = Ask::new(desk.actor.clone(), Command::Indicator(act)).with(row);
            desk.app.ask(&desk.contest, ask).await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(receipt) => desk.shown(receipt).await.map(|_| Ok(())),
        Err(error) => Error::from(error).mendable(desk.lang()).map(Err),
    }
}

/// The targets old and new, whom they move, and what makes them count.
fn confirmation(
    desk: &Desk,
    grid: &Grid,
    targets: &[TargetOf],
    fields: &HashMap<String, String>,
    effect: &[Moved],
    problem: Option<&str>,
) -> Markup {
    let text = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    let titles = ["column-unit", "figures-indicator", "figures-old", "figures-new"].map(|key| desk.say(key));
    let columns = [
        partials::Column::text(&titles[0]),
        partials::Column::text(&titles[1]),
        partials::Column::number(&titles[2]),
        partials::Column::number(&titles[3]),
    ];
    let changes = html! {
        @for one in targets {
            @let indicator = grid.indicators.iter().find(|known| known.id == one.slot.indicator);
            @let was = text(&format!("was {}", field(&one.slot.entrant, &one.slot.indicator)));
            tr {
                th scope="row" { (grid.names.get(&one.slot.entrant).map_or(one.slot.entrant.as_str(), String::as_str)) }
                td { (indicator.map_or(one.slot.indicator.as_str(), |known| known.title.as_str())) }
                td.number { @if was.is_empty() { "–" } @else { s { (was) } } }
                td.number { strong { (shown(Some(one.target))) } }
            }
        }
    };
    html! {
        p.over { a href=(address(desk, &grid.period)) { (desk.say("figures-targets")) } }
        div.row.between { h2 { (desk.say("figures-targets-confirm")) } (figures::stage_pill(desk.lang(), grid.stage)) }
        @if let Some(problem) = problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        p { (text("dated")) " · " (text("document")) }
        (partials::table(&desk.say("figures-targets"), &columns, &changes))
        (moved(&desk.page, &grid.names, &desk.say("figures-moves"), effect))
        p.quiet-text { (desk.say("figures-targets-effect-about")) }
        @if grid.stage == PeriodStage::Published && !effect.is_empty() {
            (partials::notice(Tone::Warn, &html! { p { (desk.say("figures-publish-again")) } }))
        }
        form.card method="post" action=(address(desk, &grid.period)) {
            @for one in targets {
                @let field = field(&one.slot.entrant, &one.slot.indicator);
                input type="hidden" name={ "was " (field) } value=(text(&format!("was {field}")));
                input type="hidden" name=(field) value=(shown(Some(one.target)));
            }
            @for name in ["dated", "document"] { input type="hidden" name=(name) value=(text(name)); }
            input type="hidden" name="effect" value=(fingerprint(effect));
            @if grid.stage >= PeriodStage::Signed { (second::fields(&desk.page, "targets")) }
            div.row {
                (partials::button(&desk.say("figures-targets-set"), Look::Primary))
                (partials::link_button(&address(desk, &grid.period), &desk.say("organizer-cancel"), Look::Plain))
            }
        }
    }
}

fn page(desk: &Desk, labor: &Rules, grid: &Grid, typed: &HashMap<String, String>, wrong: &[String]) -> Markup {
    let tabs: Vec<Tab<'_>> = labor
        .periods
        .iter()
        .map(|period| Tab {
            href: address(desk, &period.id),
            title: &period.title,
            current: period.id == grid.period,
            count: None,
        })
        .collect();
    let text = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
    html! {
        p.over { a href=(desk.at(Place::Figures)) { (desk.say("organizer-figures")) } }
        div.row.between { h2 { (desk.say("figures-targets")) } (figures::stage_pill(desk.lang(), grid.stage)) }
        (partials::tabs(&desk.say("figures-periods"), &tabs))
        @if !wrong.is_empty() {
            (partials::notice(Tone::Bad, &html! {
                p { strong { (desk.say("figures-target-not-taken")) } }
                ul { @for problem in wrong { li { (problem) } } }
            }))
        }
        @if grid.lines.is_empty() {
            (partials::empty(&desk.say("figures-no-targets"), &html! { p { (desk.say("figures-no-targets-next")) } }))
        } @else {
            p.quiet-text { (desk.say("figures-targets-about")) }
            form.figures method="post" action=(address(desk, &grid.period)) {
                (table(desk, grid, typed))
                section.card {
                    (document_fields(desk, text("dated"), text("document"), "targets"))
                    (partials::button(&desk.say("figures-targets-look"), Look::Primary))
                }
            }
        }
    }
}

fn table(desk: &Desk, grid: &Grid, typed: &HashMap<String, String>) -> Markup {
    html! {
        div.table.sheet tabindex="0" role="region" aria-label=(desk.say("figures-targets")) {
            table {
                thead { tr {
                    th scope="col" { (desk.say("column-unit")) }
                    @for one in &grid.indicators { th.number scope="col" { (one.title)
                        @if let Some(unit) = &one.measured_in { "（" (unit) "）" } } }
                } }
                tbody {
                    @for (entrant, row) in &grid.lines {
                        @let name = grid.names.get(entrant).map_or(entrant.as_str(), String::as_str);
                        tr {
                            th scope="row" { (name) }
                            @for (at, (indicator, target)) in grid.indicators.iter().zip(row).enumerate() {
                                @match target {
                                    Judged::Not => { td.none data-column=(at) { "/" } },
                                    Judged::By(target) => {
                                        @let (field, was) = (field(entrant, &indicator.id), shown(*target));
                                        td.number data-column=(at) {
                                            input type="hidden" name={ "was " (field) } value=(was);
                                            input type="text" inputmode="decimal" autocomplete="off" name=(field) data-kind="target"
                                                value=(typed.get(&field).map_or(was.as_str(), String::as_str))
                                                aria-label={ (name) " · " (indicator.title) };
                                        }
                                    },
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
