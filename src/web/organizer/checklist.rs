//! `/organizer/{contest}`: what is done, what is next, and how far the stages are.

use std::borrow::Cow;

use axum::{Router, routing::get};
use maud::{Markup, html};

use super::desk::{Desk, Place};
use crate::{
    rules::{
        indicators::PeriodStage,
        view::{
            Todo,
            organizer::{StageLine, StagePhase},
        },
    },
    web::{
        Web,
        partials::{self, Look, Tone},
    },
    words::Language,
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/organizer/{contest}", get(next))
}

async fn next(desk: Desk) -> Markup {
    let body = html! {
        div.desk #next data-refresh {
            section {
                h2 { (desk.say("organizer-next")) }
                (todos(&desk))
            }
            section {
                h2 { (desk.say("organizer-done")) }
                (done(&desk))
            }
        }
        @if !desk.view.stages.is_empty() {
            section #progress data-refresh {
                h2 { (desk.say("organizer-progress")) }
                ul.cards { @for stage in &desk.view.stages { li.card { (stage_card(&desk, stage)) } } }
            }
        }
    };
    let mut desk = desk;
    desk.page = desk.page.script("refresh.js");
    desk.show(Place::Next, &body)
}

fn todos(desk: &Desk) -> Markup {
    let Some((first, later)) = desk.view.next.split_first() else {
        return partials::notice(Tone::Good, &html! { p { (desk.say("organizer-nothing-next")) } });
    };
    html! {
        div.card.first {
            p { strong { (sentence(desk.lang(), first)) } }
            p.quiet-text { (desk.say(about(first))) }
            (partials::link_button(&address(desk, first), &desk.say("organizer-go"), Look::Primary))
        }
        ol.todos {
            @for todo in later { li { a href=(address(desk, todo)) { (sentence(desk.lang(), todo)) } } }
        }
    }
}

/// What stands already: a line for each part, ticked when there is something.
fn done(desk: &Desk) -> Markup {
    let view = &desk.view;
    let numbered = view.entrants.iter().filter(|line| line.number.is_some()).count();
    let judges: u32 = view.stages.iter().flat_map(|stage| &stage.panels).map(|panel| panel.judges).sum();
    let seated: u32 = view.stages.iter().flat_map(|stage| &stage.panels).map(|panel| panel.assigned).sum();
    let opened = view.stages.iter().filter(|stage| stage.phase != StagePhase::NotOpened).count();
    let line = |place: Place, key: &str, have: usize, of: Option<usize>| {
        let ticked = have > 0 && of.is_none_or(|of| have >= of);
        html! {
            li data-done=(ticked) {
                a href=(desk.at(place)) { (desk.say(key)) }
                span.number { (have) @if let Some(of) = of { " / " (of) } }
                @if ticked { (partials::pill(&desk.say("organizer-ticked"), Tone::Good)) }
            }
        }
    };
    html! {
        ul.ticks {
            (line(Place::Definition, "organizer-definition", usize::from(view.definition.is_some()), None))
            (line(Place::Units, "organizer-units", view.units.len(), None))
            (line(Place::Entrants, "organizer-entrants", view.entrants.len(), None))
            @if judges > 0 {
                (line(Place::Lots, "organizer-lots", numbered, Some(view.entrants.len().max(1))))
                (line(Place::People, "organizer-judges", seated as usize, Some(judges as usize)))
            }
            @if !view.stages.is_empty() {
                (line(Place::Stages, "organizer-stages-opened", opened, Some(view.stages.len())))
            }
        }
    }
}

fn stage_card(desk: &Desk, line: &StageLine) -> Markup {
    let (key, tone) = match line.phase {
        StagePhase::NotOpened => ("organizer-stage-not-opened", Tone::Plain),
        StagePhase::Open => ("organizer-stage-open", Tone::Live),
        StagePhase::Closed => ("organizer-stage-closed", Tone::Wait),
        StagePhase::Signed => ("organizer-stage-signed", Tone::Good),
    };
    html! {
        div.row.between {
            h3 { (line.stage.title) @if let Some(group) = &line.group { " · " (group.title) } }
            (partials::pill(&desk.say(key), tone))
        }
        p.quiet-text { (desk.count("organizer-stage-entrants", line.entrants)) }
        @for panel in &line.panels {
            (partials::progress(&panel.panel.title, panel.progress.done, panel.progress.expected))
        }
        @if line.panels.is_empty() && line.progress.expected > 0 {
            (partials::progress(&desk.say("organizer-values"), line.progress.done, line.progress.expected))
        }
    }
}

/// What is to be done, as one line.
pub(super) fn sentence(lang: Language, todo: &Todo) -> Cow<'static, str> {
    let where_to = |titles: &[Option<&str>]| {
        titles.iter().flatten().copied().filter(|title| !title.is_empty()).collect::<Vec<_>>().join(" · ")
    };
    let at = |key: &str, place: String| lang.say_with(key, &[("place", place.into())]);
    let count = |key: &str, count: usize| lang.say_with(key, &[("count", count.into())]);
    match todo {
        Todo::AdoptDefinition => lang.say("organizer-todo-definition"),
        Todo::ImportEntrants => lang.say("organizer-todo-entrants"),
        Todo::AdoptBank { bank } => lang.say_with("organizer-todo-bank", &[("bank", bank.as_str().into())]),
        Todo::BindSources { count } => lang.say_with("organizer-todo-sources", &[("count", (*count).into())]),
        Todo::AwaitSources { count: n } => count("organizer-todo-await-sources", *n),
        Todo::AssignChief => lang.say("organizer-todo-chief"),
        Todo::AppointOwners { count: n } => count("organizer-todo-owners", *n),
        Todo::AppointLeadingGroup => lang.say("organizer-todo-leading"),
        Todo::MovePeriod { period, stage } => {
            let key = match stage {
                PeriodStage::Planned => "organizer-todo-period-open",
                PeriodStage::Open => "organizer-todo-period-close",
                PeriodStage::Closed => "organizer-todo-period-collect",
                PeriodStage::Collected => "organizer-todo-period-sign",
                _ => "organizer-todo-period-publish",
            };
            at(key, period.title.clone())
        }
        Todo::FillPeriod { period, count, due } => lang.say_with(
            "organizer-todo-period-fill",
            &[("place", period.title.clone().into()), ("count", (*count).into()), ("due", due.to_string().into())],
        ),
        Todo::PublishAgain { period } => at("organizer-todo-period-again", period.title.clone()),
        Todo::AppointChecker { collection } => at("organizer-todo-checker", collection.title.clone()),
        Todo::AppointWorkJudges { collection, missing: n } | Todo::CheckWorks { collection, count: n } => {
            let checks = matches!(todo, Todo::CheckWorks { .. });
            let key = if checks { "organizer-todo-check-works" } else { "organizer-todo-work-judges" };
            lang.say_with(key, &[("place", collection.title.clone().into()), ("count", (*n).into())])
        }
        Todo::AssignJudges { stage, panel, seats } => lang.say_with(
            "organizer-todo-judges",
            &[
                ("place", where_to(&[Some(stage.title.as_str()), Some(panel.title.as_str())]).into()),
                ("count", seats.len().into()),
            ],
        ),
        Todo::DrawLots { event, group, missing } => {
            let place = where_to(&[event.as_ref().map(|e| e.title.as_str()), group.as_ref().map(|g| g.title.as_str())]);
            let key = if place.is_empty() { "organizer-todo-lots" } else { "organizer-todo-lots-of" };
            lang.say_with(key, &[("place", place.into()), ("count", (*missing).into())])
        }
        Todo::Start => lang.say("organizer-todo-start"),
        Todo::OpenStage { stage, group } => {
            at("organizer-todo-open", where_to(&[Some(&stage.title), group.as_ref().map(|g| g.title.as_str())]))
        }
        Todo::CloseStage { stage, group } => {
            at("organizer-todo-close", where_to(&[Some(&stage.title), group.as_ref().map(|g| g.title.as_str())]))
        }
        Todo::SignPanels { count: n } => count("organizer-todo-sign", *n),
        Todo::ResolveSpreads { count: n } => count("organizer-todo-spreads", *n),
        Todo::ConfirmDisqualifications { count: n } => count("organizer-todo-disqualifications", *n),
        Todo::DecideTies { count: n } => count("organizer-todo-ties", *n),
        Todo::Watch { ladder } => at("organizer-todo-watch", ladder.title.clone()),
        Todo::Seal => lang.say("organizer-todo-seal"),
        Todo::OpenIdentities => lang.say("organizer-todo-identities"),
        Todo::DecideAwards { awards } => {
            at("organizer-todo-awards", awards.iter().map(|award| award.title.as_str()).collect::<Vec<_>>().join("、"))
        }
        Todo::Announce => lang.say("organizer-todo-announce"),
        Todo::IssueCertificates { count: n } => count("organizer-todo-certificates", *n),
        Todo::PublishNotice => lang.say("organizer-todo-notice"),
        Todo::Finish { .. } => lang.say("organizer-todo-finish"),
    }
}

/// Why, and how: a line below the first thing to do.
fn about(todo: &Todo) -> &'static str {
    match todo {
        Todo::AdoptDefinition => "organizer-about-definition",
        Todo::ImportEntrants => "organizer-about-entrants",
        Todo::AdoptBank { .. } => "organizer-about-bank",
        Todo::BindSources { .. } => "organizer-about-sources",
        Todo::AwaitSources { .. } => "organizer-about-await-sources",
        Todo::AssignChief | Todo::AssignJudges { .. } => "organizer-about-judges",
        Todo::AppointOwners { .. } | Todo::AppointLeadingGroup => "organizer-about-owners",
        Todo::FillPeriod { .. } => "organizer-about-figures",
        Todo::MovePeriod { stage: PeriodStage::Collected, .. } => "organizer-about-signing",
        Todo::MovePeriod { .. } => "organizer-about-periods",
        Todo::PublishAgain { .. } => "organizer-about-again",
        Todo::AppointChecker { .. } => "organizer-about-checker",
        Todo::AppointWorkJudges { .. } => "organizer-about-work-judges",
        Todo::CheckWorks { .. } => "organizer-about-check-works",
        Todo::DrawLots { .. } => "organizer-about-lots",
        Todo::Start | Todo::OpenStage { .. } | Todo::CloseStage { .. } => "organizer-about-stages",
        Todo::SignPanels { .. }
        | Todo::ResolveSpreads { .. }
        | Todo::ConfirmDisqualifications { .. }
        | Todo::DecideTies { .. } => "organizer-about-chief",
        Todo::Watch { .. } => "organizer-about-watch",
        Todo::Seal => "organizer-about-seal",
        Todo::OpenIdentities => "organizer-about-identities",
        Todo::DecideAwards { .. } | Todo::Announce | Todo::IssueCertificates { .. } => "organizer-about-awards",
        Todo::PublishNotice | Todo::Finish { .. } => "organizer-about-notice",
    }
}

/// Where it is done; a ladder is watched where everybody watches it.
fn address(desk: &Desk, todo: &Todo) -> String {
    match todo {
        Todo::Watch { ladder } => format!("/contests/{}/ladders/{}", desk.contest, ladder.id),
        _ => desk.at(place(todo)),
    }
}

fn place(todo: &Todo) -> Place {
    match todo {
        Todo::AdoptDefinition => Place::Definition,
        Todo::ImportEntrants => Place::Entrants,
        Todo::AdoptBank { .. } => Place::Bank,
        Todo::AssignChief
        | Todo::AssignJudges { .. }
        | Todo::AppointOwners { .. }
        | Todo::AppointLeadingGroup
        | Todo::AppointChecker { .. }
        | Todo::AppointWorkJudges { .. } => Place::People,
        Todo::FillPeriod { .. } | Todo::MovePeriod { .. } | Todo::PublishAgain { .. } => Place::Figures,
        Todo::CheckWorks { .. } => Place::Collections,
        Todo::Watch { .. } => Place::Ladders,
        Todo::BindSources { .. } | Todo::AwaitSources { .. } => Place::Season,
        Todo::DrawLots { .. } => Place::Lots,
        Todo::Start
        | Todo::OpenStage { .. }
        | Todo::CloseStage { .. }
        | Todo::SignPanels { .. }
        | Todo::ResolveSpreads { .. }
        | Todo::ConfirmDisqualifications { .. }
        | Todo::DecideTies { .. }
        | Todo::Seal
        | Todo::OpenIdentities => Place::Stages,
        Todo::DecideAwards { .. }
        | Todo::Announce
        | Todo::IssueCertificates { .. }
        | Todo::PublishNotice
        | Todo::Finish { .. } => Place::Awards,
    }
}
