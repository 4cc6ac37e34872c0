//! `/organizer/{contest}/stages`: the stages of each group, opened and closed, and how far they are.

use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    desk::{Desk, Place},
    phases,
};
use crate::{
    app::Receipt,
    rules::{
        command::Command,
        ledger::entry::Phase,
        names::Id,
        view::{
            self, Named, ValueStage,
            organizer::{StageLine, StagePhase},
        },
    },
    web::{
        Result, Web,
        chief::block_words,
        error::percent,
        form::Posted,
        partials::{self, Column, Look, Tone},
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/stages", get(show))
        .route("/organizer/{contest}/stages/open", post(open))
        .route("/organizer/{contest}/stages/close", post(close))
}

async fn show(desk: Desk) -> Result<Markup> {
    let body = page(&desk, None).await?;
    let mut desk = desk;
    desk.page = desk.page.script("refresh.js");
    Ok(desk.show(Place::Stages, &body))
}

#[derive(Deserialize)]
struct Which {
    stage: Id,
    #[serde(default)]
    group: String,
}

impl Which {
    fn group(&self) -> Option<Id> {
        Some(self.group.as_str()).filter(|group| !group.is_empty()).map(Id::new)
    }
}

async fn open(desk: Desk, Posted(which): Posted<Which>) -> Result<Response> {
    let group = which.group();
    let done = desk.act(Command::OpenStage { stage: which.stage, group }).await;
    settled(desk, done, "stage-opened").await
}

async fn close(desk: Desk, Posted(which): Posted<Which>) -> Result<Response> {
    let group = which.group();
    let done = desk.act(Command::CloseStage { stage: which.stage, group }).await;
    settled(desk, done, "stage-closed").await
}

/// Back to the page: with what was done, or with what stands in the way.
pub(super) async fn settled(desk: Desk, done: Result<Receipt>, said: &str) -> Result<Response> {
    match done {
        Ok(_) => Ok(desk.done(Place::Stages, said, 1)),
        Err(error) => {
            let problem = error.mendable(desk.lang())?;
            unsettled(desk, &problem).await
        }
    }
}

pub(super) async fn unsettled(desk: Desk, problem: &str) -> Result<Response> {
    let body = page(&desk, Some(problem)).await?;
    Ok(desk.wrong(Place::Stages, &body))
}

async fn page(desk: &Desk, problem: Option<&str>) -> Result<Markup> {
    let with_values = desk.app.read(&desk.contest, view::value_stages).await?;
    let view = &desk.view;
    Ok(html! {
        @if let Some(problem) = problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        (phases::steps(desk))
        section #stages data-refresh {
            h2 { (desk.say("organizer-stages")) }
            @if view.stages.is_empty() {
                (partials::empty(&desk.say("stages-none"), &html! {
                    p { (partials::link_button(&desk.at(Place::Definition), &desk.say("organizer-go"), Look::Primary)) }
                }))
            } @else { (table(desk, &with_values)) }
        }
        @if view.heading.phase == Phase::Running && !view.blocks.is_empty() {
            section #missing data-refresh {
                details.card open {
                    summary { h3 { (desk.say("chief-blocks")) " " span.number { (view.blocks.len()) } } }
                    ul { @for block in &view.blocks { li { (block_words(&desk.page, block)) } } }
                }
            }
        }
    })
}

fn table(desk: &Desk, with_values: &[ValueStage]) -> Markup {
    let titles = [
        desk.say("stages-stage"),
        desk.say("stages-state"),
        desk.say("stages-entrants"),
        desk.say("stages-panels"),
        String::new(),
    ];
    let columns = [
        Column::text(&titles[0]),
        Column::text(&titles[1]),
        Column::number(&titles[2]),
        Column::text(&titles[3]),
        Column::text(&titles[4]),
    ];
    partials::table(
        &desk.say("organizer-stages"),
        &columns,
        &html! {
            @for line in &desk.view.stages {
                @let group = line.group.as_ref();
            @let values = with_values.iter().find(|of| of.stage == line.stage && of.group == line.group);
                tr {
                    td { strong { (line.stage.title) } @if let Some(group) = group { br; span.quiet-text { (group.title) } } }
                    td { (state(desk, line.phase)) }
                    td.number { (line.entrants) }
                    td.progresses {
                        @for panel in &line.panels {
                            (partials::progress(&panel.panel.title, panel.progress.done, panel.progress.expected))
                        }
                        @if let Some(of) = values {
                        (partials::progress(&desk.say("values-title"), of.progress.done, of.progress.expected))
                        }
                    }
                    td.acts {
                        @if values.is_some() {
                            (partials::link_button(&values_address(desk, &line.stage.id, group), &desk.say("values-enter"), Look::Plain))
                        }
                        (switch(desk, line))
                    }
                }
            }
        },
    )
}

pub(super) fn values_address(desk: &Desk, stage: &Id, group: Option<&Named>) -> String {
    let group = group.map(|group| format!("?group={}", percent(group.id.as_str()))).unwrap_or_default();
    format!("{}/{}/values{group}", desk.at(Place::Stages), percent(stage.as_str()))
}

fn state(desk: &Desk, phase: StagePhase) -> Markup {
    let (key, tone) = match phase {
        StagePhase::NotOpened => ("organizer-stage-not-opened", Tone::Plain),
        StagePhase::Open => ("organizer-stage-open", Tone::Live),
        StagePhase::Closed => ("organizer-stage-closed", Tone::Wait),
        StagePhase::Signed => ("organizer-stage-signed", Tone::Good),
    };
    partials::pill(&desk.say(key), tone)
}

/// What a stage without judges takes in, as the sentences about it end: papers, or values that are typed in.
fn fed_by(desk: &Desk, line: &StageLine) -> &'static str {
    let definition = desk.definition();
    let stage = definition.as_ref().and_then(|all| all.stages.iter().find(|stage| stage.id == line.stage.id));
    match stage {
        Some(stage) if stage.aspects.iter().any(|aspect| aspect.paper.is_some()) => "-papers",
        Some(stage) if stage.panels.is_empty() => "-values",
        _ => "",
    }
}

/// Opens or closes; nothing before the start or after sealing.
fn switch(desk: &Desk, line: &StageLine) -> Markup {
    if desk.view.heading.phase != Phase::Running {
        return Markup::default();
    }
    let (act, label, means, look) = match line.phase {
        StagePhase::Open => ("close", "stages-close", "stages-close-means", Look::Plain),
        StagePhase::NotOpened => ("open", "stages-open", "stages-open-means", Look::Primary),
        StagePhase::Closed | StagePhase::Signed => ("open", "stages-reopen", "stages-reopen-means", Look::Plain),
    };
    let missing = line.progress.expected.saturating_sub(line.progress.done);
    partials::dialog(
        &desk.say(label),
        look,
        &desk.say(label),
        &html! {
            p { (desk.say(&format!("{means}{}", fed_by(desk, line)))) }
            @if line.phase == StagePhase::Open && missing > 0 {
                p { (partials::pill(&desk.count("stages-missing", missing), Tone::Warn)) }
            }
            form method="post" action={ (desk.at(Place::Stages)) "/" (act) } {
                input type="hidden" name="stage" value=(line.stage.id);
                input type="hidden" name="group" value=(line.group.as_ref().map_or("", |group| group.id.as_str()));
                (partials::button(&desk.say(label), Look::Primary))
            }
        },
    )
}
