//! `/organizer/{contest}/phase`: the contest as a whole: started, frozen, sealed, opened, announced, on notice, finished.
//!
//! Each step is behind a box that says what it means, and is taken only when its tick is set.

use axum::{Router, response::Response, routing::post};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    checklist::sentence,
    desk::Desk,
    moments::{Zone, working_days_after},
    stages,
};
use crate::{
    rules::{command::Command, definition::model::BoardShows, ledger::entry::Phase, view::Todo},
    web::{
        Error, Result, Web,
        chief::block_words,
        form::Posted,
        partials::{self, Look, Tone},
        second::{self, Seconded},
    },
};

/// As most notices of results run (公示5个工作日).
const NOTICE_DAYS: u32 = 5;
const NOTICE_DAYS_OFFERED: [u32; 3] = [3, NOTICE_DAYS, 7];

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/organizer/{contest}/phase", post(take))
}

/// A step of the contest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Step {
    Start,
    Freeze,
    Unfreeze,
    Seal,
    Identities,
    Announce,
    Notice,
    Finish,
}

impl Step {
    fn name(self) -> &'static str {
        match self {
            Step::Start => "start",
            Step::Freeze => "freeze",
            Step::Unfreeze => "unfreeze",
            Step::Seal => "seal",
            Step::Identities => "identities",
            Step::Announce => "announce",
            Step::Notice => "notice",
            Step::Finish => "finish",
        }
    }

    /// There is no way back.
    fn is_final(self) -> bool {
        !matches!(self, Step::Freeze | Step::Unfreeze)
    }
}

#[derive(Deserialize)]
struct Taken {
    step: Step,
    #[serde(default)]
    sure: Option<String>,
    #[serde(flatten)]
    second: Seconded,
    /// The last day of the notice.
    #[serde(default)]
    end: String,
}

async fn take(desk: Desk, Posted(form): Posted<Taken>) -> Result<Response> {
    if form.step.is_final() && form.sure.is_none() {
        let problem = desk.say("phase-not-sure");
        return stages::unsettled(desk, &problem).await;
    }
    let to = |phase| Command::ReachPhase { phase, until: None };
    let command = match form.step {
        Step::Start => to(Phase::Running),
        Step::Freeze => Command::Freeze,
        Step::Unfreeze => Command::Unfreeze,
        Step::Seal => to(Phase::Sealed),
        Step::Identities => {
            match desk.app.second_person(&desk.contest, &desk.actor, form.second.proof().as_ref()).await {
                Ok(second) => Command::OpenIdentities { second },
                Err(error) => return stages::settled(desk, Err(Error::App(error)), "").await,
            }
        }
        Step::Announce => Command::AnnounceAwards,
        Step::Notice => {
            let end: Option<Date> = form.end.trim().parse().ok();
            let until = end.and_then(|end| Zone::of(&desk.view.heading).end_of(end));
            if until.is_none_or(|until| until <= desk.app.now()) {
                let problem = desk.say("phase-end-wrong");
                return stages::unsettled(desk, &problem).await;
            }
            Command::ReachPhase { phase: Phase::Notice, until }
        }
        Step::Finish => to(Phase::Final),
    };
    let done = desk.act(command).await;
    // Stages of ladders are opened with each challenge.
    let opens_none = desk.view.stages.is_empty() || !desk.app.challenge_days(&desk.contest).await?.is_empty();
    let said = match form.step {
        Step::Start if opens_none => "phase-start-at-once".to_owned(),
        step => format!("phase-{}", step.name()),
    };
    stages::settled(desk, done, &said).await
}

/// Where the contest stands, and what can be done with it as a whole.
pub(super) fn steps(desk: &Desk) -> Markup {
    let now = desk.view.heading.phase;
    let all = [
        (Phase::Draft, "organizer-phase-draft"),
        (Phase::Running, "organizer-phase-running"),
        (Phase::Sealed, "organizer-phase-sealed"),
        (Phase::Announced, "organizer-phase-announced"),
        (Phase::Notice, "organizer-phase-notice"),
        (Phase::Final, "organizer-phase-final"),
    ];
    html! {
        section.card.phases {
            ol.line aria-label=(desk.say("phase-title")) {
                @for (phase, key) in all {
                    li data-done=[(phase < now).then_some("")] aria-current=[(phase == now).then_some("step")] { (desk.say(key)) }
                }
            }
            p { (desk.say(meaning(now))) }
            @if let Some(until) = desk.view.heading.notice_until {
                p { (said(desk, "board-notice-until", "date", &Zone::of(&desk.view.heading).minute(until))) }
            }
            div.row { @for step in offered(desk) { (offer(desk, step)) } }
        }
    }
}

fn meaning(phase: Phase) -> &'static str {
    match phase {
        Phase::Draft => "phase-is-draft",
        Phase::Running => "phase-is-running",
        Phase::Sealed => "phase-is-sealed",
        Phase::Announced => "phase-is-announced",
        Phase::Notice => "phase-is-notice",
        Phase::Final => "phase-is-final",
    }
}

fn offered(desk: &Desk) -> Vec<Step> {
    let view = &desk.view;
    let shown = desk.definition().is_some_and(|definition| definition.board.shows == BoardShows::Names);
    let identities = (!view.identities_open && !shown).then_some(Step::Identities);
    let mut steps = Vec::new();
    match view.heading.phase {
        Phase::Draft => steps.push(Step::Start),
        Phase::Running => {
            steps.push(if view.frozen_since.is_some() { Step::Unfreeze } else { Step::Freeze });
            steps.push(Step::Seal);
        }
        Phase::Sealed => {
            steps.extend(identities);
            steps.push(Step::Announce);
            steps.extend(view.frozen_since.map(|_| Step::Unfreeze));
        }
        Phase::Announced => steps.extend([Step::Notice, Step::Finish]),
        Phase::Notice => steps.push(Step::Finish),
        Phase::Final => {}
    }
    steps
}

fn offer(desk: &Desk, step: Step) -> Markup {
    let label = desk.say(&format!("phase-{}", step.name()));
    let blocked = step == Step::Seal && !desk.view.blocks.is_empty();
    let look = match step {
        Step::Start | Step::Announce | Step::Notice => Look::Primary,
        Step::Seal if !blocked => Look::Primary,
        _ => Look::Plain,
    };
    let hidden = html! { input type="hidden" name="step" value=(step.name()); };
    partials::dialog(
        &label,
        look,
        &label,
        &html! {
            p { (desk.say(&format!("phase-{}-means", step.name()))) }
            @if blocked {
                (partials::notice(Tone::Warn, &html! {
                    p { (desk.say("phase-blocked")) }
                    ul { @for block in &desk.view.blocks { li { (block_words(&desk.page, block)) } } }
                }))
            } @else {
                @if step == Step::Start { (not_ready(desk)) }
                form method="post" action={ "/organizer/" (desk.contest) "/phase" } {
                    (hidden)
                    @match step {
                        Step::Identities => (second::fields(&desk.page, "identities")),
                        Step::Notice => (notice_end(desk)),
                        _ => {},
                    }
                    @if step.is_final() { (tick(desk, step)) }
                    (partials::button(&label, if step.is_final() { Look::Danger } else { Look::Primary }))
                }
            }
        },
    )
}

/// What stands before the start on the list of things to do: it may come later, but nobody should be surprised.
fn not_ready(desk: &Desk) -> Markup {
    let before: Vec<&Todo> = desk.view.next.iter().take_while(|todo| !matches!(todo, Todo::Start)).collect();
    if before.is_empty() {
        return Markup::default();
    }
    partials::notice(
        Tone::Warn,
        &html! {
            p { (desk.say("phase-start-not-ready")) }
            ul { @for todo in before { li { (sentence(desk.lang(), todo)) } } }
        },
    )
}

/// Several boxes stand on one page: each tick has an id of its own.
fn tick(desk: &Desk, step: Step) -> Markup {
    let id = format!("sure-{}", step.name());
    html! {
        div.field.check {
            label for=(id) { (desk.say("phase-sure")) }
            input type="checkbox" id=(id) name="sure" value="yes" required;
        }
    }
}

fn notice_end(desk: &Desk) -> Markup {
    let today = Zone::of(&desk.view.heading).day(desk.app.now());
    let end =
        |days| today.and_then(|today| working_days_after(today, days)).map(|day| day.to_string()).unwrap_or_default();
    let offered: Vec<String> = NOTICE_DAYS_OFFERED
        .iter()
        .map(|days| {
            let values = [("days", (*days).into()), ("date", end(*days).into())];
            desk.lang().say_with("phase-end-offer", &values).into_owned()
        })
        .collect();
    html! {
        div.field {
            label for="notice-end" { (desk.say("phase-end")) }
            input type="date" id="notice-end" name="end" required value=(end(NOTICE_DAYS));
            p { (offered.join("；")) " " (desk.say("phase-end-hint")) }
        }
    }
}

fn said(desk: &Desk, key: &str, name: &'static str, value: &str) -> String {
    desk.lang().say_with(key, &[(name, value.into())]).into_owned()
}
