//! `/organizer/{contest}/figures`: how far each period is, what is missing by owner, and the next step.

use std::collections::BTreeMap;

use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    super::{
        desk::{Desk, Place},
        moments::Zone,
    },
    rules,
};
use crate::{
    rules::{
        command::Command,
        indicators::{
            self, Act, GroupTable, Missing, PeriodStage,
            rules::{Indicator, Period},
        },
        ledger::entry::{Phase, Role},
        names::{EntrantId, Id},
    },
    web::{
        Error, Result, Web,
        error::percent,
        figures::{self, Line, names_of},
        form::Posted,
        partials::{self, Look, Tone},
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/figures", get(show))
        .route("/organizer/{contest}/figures/step", post(step))
}

type Names = std::collections::HashMap<EntrantId, String>;

async fn show(desk: Desk) -> Result<Markup> {
    let definition = rules(&desk)?;
    let labor = &definition.indicators;
    let look = |state: &crate::app::State| {
        let line = |period: &Period| Line::of(state, labor, period, |_, _| true);
        labor.periods.iter().map(line).collect::<Vec<_>>()
    };
    let lines = desk.app.read(&desk.contest, look).await?;
    let names = names_of(&desk.app, &desk.contest).await?;
    let today = Zone::of(&desk.view.heading).day(desk.app.now());
    let body = html! {
        div.row {
            (partials::link_button(&format!("/figures/{}", desk.contest), &desk.say("figures-title"), Look::Plain))
            (partials::link_button(&format!("{}/targets", desk.at(Place::Figures)), &desk.say("figures-targets"), Look::Plain))
            (partials::link_button(&format!("{}/changes", desk.at(Place::Figures)), &desk.say("figures-changes"), Look::Plain))
        }
        (unowned(&desk, &labor.indicators))
        @for line in &lines { (card(&desk, &names, labor, (line, &revised(&lines, line)), today)) }
    };
    let mut desk = desk;
    desk.page = desk.page.style("figures.css");
    Ok(desk.show(Place::Figures, &body))
}

/// Indicators that nobody looks after, and a leading group that nobody is in.
fn unowned(desk: &Desk, all: &[Indicator]) -> Markup {
    let held = |wanted: &Role| desk.view.people.iter().any(|one| one.roles.contains(wanted));
    let owner = |one: &&Indicator| !held(&Role::IndicatorOwner { indicator: one.id.clone() });
    let without: Vec<String> = all.iter().filter(owner).map(|one| format!("{}（{}）", one.title, one.owner)).collect();
    html! {
        @if !without.is_empty() || !held(&Role::LeadingGroup) {
            (partials::notice(Tone::Warn, &html! {
                @if !without.is_empty() { p { (desk.say("figures-unowned")) ": " (without.join(desk.lang().comma())) } }
                @if !held(&Role::LeadingGroup) { p { (desk.say("figures-no-leading")) } }
                p { a href=(desk.at(Place::People)) { (desk.say("organizer-people")) } }
            }))
        }
    }
}

/// Periods that are published again together with this one.
fn revised<'l>(lines: &'l [Line], with: &Line) -> Vec<&'l str> {
    let others = lines.iter().filter(|line| line.revised && line.period.id != with.period.id);
    others.map(|line| line.period.title.as_str()).collect()
}

fn card(
    desk: &Desk,
    names: &Names,
    labor: &indicators::Rules,
    (line, again): (&Line, &[&str]),
    today: Option<Date>,
) -> Markup {
    let period = &line.period;
    html! {
        section.card id=(format!("period-{}", period.id)) {
            div.row.between {
                h2 { (period.title) " " small { (period.from) " – " (period.to) } }
                (figures::stage_pill(desk.lang(), line.stage))
            }
            p { (desk.say("figures-due")) ": " (figures::due(desk.lang(), period.due, today, !line.is_awaited())) }
            (partials::progress(&desk.say("figures-filled"), line.counts.filled, line.counts.all))
            (partials::progress(&desk.say("figures-checked"), line.counts.checked, line.counts.all))
            @if line.stage >= PeriodStage::Collected { (figures::alone(&desk.page, names, (&desk.contest, labor), line)) }
            @if line.revised { (partials::notice(Tone::Warn, &html! { p { (desk.say("figures-revised-since")) } })) }
            div.row {
                (next_step(desk, line, again))
                (partials::link_button(&format!("/figures/{}/grid?period={}", desk.contest, percent(period.id.as_str())),
                    &desk.say("figures-grid"), Look::Plain))
            }
            @if !line.missing.is_empty() { (missing(desk, names, labor, &line.missing)) }
            @if line.stage > PeriodStage::Planned {
                details.step {
                    summary { h3 { (desk.say("figures-standing")) } }
                    (figures::provisional(&desk.page, &line.provisional))
                    @for table in &line.tables {
                        (figures::standing(&desk.page, names, group(desk, table), table))
                    }
                }
            }
        }
    }
}

/// Only what the rules allow now; who else must act is said.
fn next_step(desk: &Desk, line: &Line, again: &[&str]) -> Markup {
    let (act, key) = match line.stage {
        PeriodStage::Planned if desk.view.heading.phase == Phase::Draft => {
            return html! {
                p { (desk.say("figures-start-first")) " " a href=(desk.at(Place::Stages)) { (desk.say("figures-start-link")) } }
            };
        }
        PeriodStage::Planned => ("open", "figures-open"),
        PeriodStage::Open => ("close", "figures-close"),
        PeriodStage::Closed => ("collect", "figures-collect"),
        PeriodStage::Collected => return html! { p.quiet-text { (desk.say("figures-waits-for-leading")) } },
        PeriodStage::Signed => ("publish", "figures-publish"),
        PeriodStage::Published if line.revised => ("publish", "figures-publish-revised"),
        PeriodStage::Published => return Markup::default(),
    };
    let label = desk.say(key);
    partials::dialog(
        &label,
        Look::Primary,
        &label,
        &html! {
            p { (desk.say(&format!("{key}-means"))) }
            @if act == "publish" && !again.is_empty() {
                p { (desk.say("figures-publish-with")) ": " strong { (again.join(desk.lang().comma())) } }
            }
            @if line.stage == PeriodStage::Open && !line.missing.is_empty() {
                p { (desk.count("figures-missing-of", line.missing.len())) }
            }
            form method="post" action={ (desk.at(Place::Figures)) "/step" } {
                input type="hidden" name="period" value=(line.period.id);
                input type="hidden" name="act" value=(act);
                (partials::button(&label, Look::Primary))
            }
        },
    )
}

/// By owner, so that each department can be called.
fn missing(desk: &Desk, names: &Names, labor: &indicators::Rules, missing: &[Missing]) -> Markup {
    let mut by_owner: BTreeMap<&str, Vec<&Missing>> = BTreeMap::new();
    for one in missing {
        by_owner.entry(&one.owner).or_default().push(one);
    }
    html! {
        h3 { (desk.count("figures-missing-of", missing.len())) }
        dl.owners {
            @for (owner, ones) in by_owner {
                dt { (owner) " " span.number { (ones.len()) } }
                dd { ul.missing { @for one in ones {
                    li {
                        a href=(figures::address(&desk.contest, &one.slot)) {
                            (names.get(&one.slot.entrant).map_or(one.slot.entrant.as_str(), String::as_str)) " · "
                            (labor.indicator(&one.slot.indicator).map_or("", |known| known.title.as_str()))
                        }
                        " " (figures::why(desk.lang(), &one.why))
                    }
                } } }
            }
        }
    }
}

fn group<'d>(desk: &'d Desk, table: &'d GroupTable) -> &'d str {
    super::super::entrants::title(&desk.view.groups, table.group.as_ref())
}

#[derive(Deserialize)]
struct Step {
    period: Id,
    act: String,
}

async fn step(desk: Desk, Posted(form): Posted<Step>) -> Result<Response> {
    let period = form.period;
    let (act, said) = match form.act.as_str() {
        "open" => (Act::OpenPeriod { period }, "period-opened"),
        "close" => (Act::ClosePeriod { period }, "period-closed"),
        "collect" => (Act::CollectPeriod { period }, "period-collected"),
        "publish" => (Act::PublishPeriod { period }, "period-published"),
        other => return Err(Error::BadInput(format!("no step `{other}`"))),
    };
    desk.act(Command::Indicator(act)).await?;
    Ok(desk.done(Place::Figures, said, 1))
}
