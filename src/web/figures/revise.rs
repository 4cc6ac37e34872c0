//! Late or corrected after the period closed (补报更正): whom it moves is shown first; then it is confirmed, after the
//! signature by a second person.

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::post,
};
use maud::{Markup, html};

use super::{
    clerk::Clerk,
    evidence::{self, Paper},
    figure::{self, Found, Which},
    look, moved,
};
use crate::{
    app,
    files::figures::shown,
    rules::{
        command::{Command, Refusal},
        indicators::{self, Act, Actual, PeriodStage},
    },
    web::{
        Result, Web,
        organizer::{Upload, upload_limit},
        partials::{self, Field, Look, Tone},
        second::{self, Seconded},
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/figures/{contest}/revise", post(revise)).layer(upload_limit())
}

pub(super) fn form(clerk: &Clerk, found: &Found) -> Markup {
    partials::card(
        &clerk.say("figures-revise"),
        &html! {
            p { (clerk.say("figures-revise-about")) }
            form method="post" enctype="multipart/form-data" action={ (clerk.base()) "/revise" } {
                (figure::hidden(&found.slot))
                (figure::figure_fields(clerk, found, "revise"))
                (Field::area("reason", &clerk.say("organizer-reason")).required())
                (evidence::fields(clerk, "revise", false))
                (partials::button(&clerk.say("figures-revise-look"), Look::Primary))
            }
        },
    )
}

async fn revise(clerk: Clerk, form: Upload) -> Result<Response> {
    let found = figure::found(&clerk, Which::of(&form)?.slot()).await?;
    let reason = form.text("reason")?.trim().to_owned();
    let sent = match figure::typed(&clerk, &found.indicator, &form)? {
        _ if reason.is_empty() => Err(clerk.say("organizer-reason-missing")),
        Err(problem) => Err(problem),
        Ok(actual) => Paper::of(&clerk, &form)?.map(|paper| (actual, paper)),
    };
    let (actual, paper) = match sent {
        Ok(sent) => sent,
        Err(problem) => {
            let (title, body) = figure::page(&clerk, &found, Some(&problem)).await?;
            return Ok(clerk.wrong(&title, &body));
        }
    };
    let effect = clerk.read(|state| indicators::effect_of_figure(state, &found.slot, &actual)).await?;
    let (fresh, agreed) = (moved::fingerprint(&effect), form.text("effect")?);
    let problem = if agreed.is_empty() {
        None
    } else if agreed != fresh {
        Some(clerk.say("effect-changed-since"))
    } else {
        match confirmed(&clerk, &found, &actual, &form, &reason, &paper).await {
            Ok(()) => return Ok(Clerk::done(&figure::address(&clerk.contest, &found.slot), "revised", 1)),
            Err(error) => Some(error.mendable(clerk.page.lang)?),
        }
    };
    let title = format!("{} · {}", clerk.name(&found.slot.entrant), clerk.say("figures-revise"));
    let body = html! {
        @if let Some(problem) = &problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        (told(&clerk, &found, &actual))
        p { (reason) }
        (moved::moved(&clerk.page, &clerk.names, &clerk.say("figures-moves"), &effect))
        @if found.stage == PeriodStage::Published {
            (partials::notice(Tone::Warn, &html! { p { (clerk.say("figures-publish-again")) } }))
        }
        form.card method="post" enctype="multipart/form-data" action={ (clerk.base()) "/revise" } {
            (figure::hidden(&found.slot))
            @for column in look::columns_of(&found.indicator) {
                @let kind = column.kind.as_ref().map(|kind| &kind.0);
                input type="hidden" name={ "value " (column.key()) } value=(shown(&actual, kind, clerk.page.lang));
            }
            input type="hidden" name="reason" value=(reason);
            (paper.carried())
            input type="hidden" name="effect" value=(fresh);
            @if found.stage >= PeriodStage::Signed { (second::fields(&clerk.page, "revise")) }
            div.row {
                (partials::button(&clerk.say("figures-revise-do"), Look::Danger))
                (partials::link_button(&figure::address(&clerk.contest, &found.slot), &clerk.say("organizer-cancel"), Look::Plain))
            }
        }
    };
    Ok(if problem.is_some() { clerk.wrong(&title, &body) } else { clerk.show(&title, &body).into_response() })
}

/// The old figure and the new one.
fn told(clerk: &Clerk, found: &Found, actual: &Actual) -> Markup {
    let before = found.figure.as_ref().and_then(|figure| figure.latest());
    html! {
        ul.plain {
            @for column in look::columns_of(&found.indicator) {
                @let kind = column.kind.as_ref().map(|kind| &kind.0);
                li { span { (column.heading()) } " "
                    @match before { Some(before) => { s { (shown(&before.actual, kind, clerk.page.lang)) } }, None => { "–" } }
                    " → " strong { (shown(actual, kind, clerk.page.lang)) } }
            }
        }
    }
}

async fn confirmed(
    clerk: &Clerk,
    found: &Found,
    actual: &Actual,
    form: &Upload,
    reason: &str,
    paper: &Paper,
) -> Result<()> {
    let typed = Seconded::typed(form.text("second")?, form.text("second-login")?, form.text("second-password")?);
    let proof = typed.proof();
    let second = if found.stage >= PeriodStage::Signed {
        match &proof {
            None => return Err(app::Error::from(Refusal::NeedsSecondPerson).into()),
            proof => Some(clerk.app.second_person(&clerk.contest, &clerk.actor, proof.as_ref()).await?),
        }
    } else {
        None
    };
    // Only what is confirmed is kept.
    let (mut rows, evidence) = paper.kept(clerk, &[]).await?;
    let (reason, row) = clerk.app.note(reason)?;
    rows.push(row);
    let act = Act::Revise { slot: found.slot.clone(), actual: actual.clone(), evidence, reason, second };
    clerk.act(Command::Indicator(act), rows).await?;
    Ok(())
}
