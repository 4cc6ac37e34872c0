//! A new definition after the first mark: its effect is shown, and it is adopted from that page only, with a reason and a
//! second person.

use std::fmt::Write as _;

use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use maud::{Markup, html};
use sha2::{Digest as _, Sha256};

use super::{
    cast::Cast,
    desk::{Desk, Place},
    upload::Upload,
};
use crate::{
    app,
    rules::{
        command::Refusal,
        definition::Definition,
        result::{Status, TableKey},
        view::{
            self, Effect,
            effect::{AwardEffect, Move, Place as Stands, TableEffect},
        },
    },
    web::{
        Error, Result,
        board::status_key,
        chief::mark,
        partials::{self, Column, Field, Tone},
        second::{self, Seconded},
    },
    words::trail::Cast as _,
};

/// Marks outside the new limits that are listed one by one.
const OUTSIDE_SHOWN_MAX: usize = 50;

/// Shows the effect, or adopts when exactly this effect was shown before, with a reason and a second person.
pub(super) async fn adopt(desk: Desk, text: String, definition: &Definition, form: &Upload) -> Result<Response> {
    let effect = desk.app.read(&desk.contest, |state| view::effect(state, &text)).await?.unwrap_or_default();
    let reason = form.text("reason")?.trim().to_owned();
    let shown = form.text("effect")?;
    let problem = if shown.is_empty() {
        None
    } else if shown != fingerprint(&effect) {
        Some(desk.say("effect-changed"))
    } else if reason.is_empty() {
        Some(desk.say("organizer-reason-missing"))
    } else {
        match take(&desk, &text, definition, &reason, form).await {
            Ok(()) => return Ok(desk.done(Place::Definition, "adopted", 0)),
            Err(Error::App(
                error @ (app::Error::Refused(_) | app::Error::SecondUnknown | app::Error::TriedTooOften { .. }),
            )) => Some(Error::from(error).words(desk.lang()).1),
            Err(error) => return Err(error),
        }
    };
    let body = page(&desk, &text, &effect, &reason, problem.as_deref()).await?;
    let wrong = problem.is_some() || !effect.dropped.is_empty();
    Ok(if wrong { desk.wrong(Place::Definition, &body) } else { desk.show(Place::Definition, &body).into_response() })
}

async fn take(desk: &Desk, text: &str, definition: &Definition, reason: &str, form: &Upload) -> Result<()> {
    let typed = Seconded::typed(form.text("second")?, form.text("second-login")?, form.text("second-password")?);
    let (app, contest, actor) = (&desk.app, &desk.contest, &desk.actor);
    let second = app.second_person(contest, actor, typed.proof().as_ref()).await?;
    let (text, title, note) = (text.to_owned(), definition.title.clone(), app.note(reason)?);
    let receipt = app.adopt_definition(contest, actor, text, title, Some(note), Some(second)).await?;
    desk.shown(receipt).await?;
    Ok(())
}

/// Of what was shown: when somebody marks in between, it is shown again.
fn fingerprint(effect: &Effect) -> String {
    let mut text = String::new();
    let _ = write!(text, "{effect:?}");
    HEXLOWER.encode(&Sha256::digest(text))
}

async fn page(desk: &Desk, text: &str, effect: &Effect, reason: &str, problem: Option<&str>) -> Result<Markup> {
    let cast = Cast::of(desk, Vec::new()).await?;
    let blocked = !effect.dropped.is_empty();
    let hidden = html! { textarea name="text" hidden { "\n" (text) } };
    Ok(html! {
        h2 { (desk.say("effect-title")) }
        p { (desk.say("effect-about")) }
        @if let Some(problem) = problem { (partials::notice(Tone::Bad, &html! { p { (problem) } })) }
        @if blocked && problem.is_none() {
            @let refusal = Refusal::DefinitionDropsMarked { dropped: effect.dropped.clone() };
            (partials::notice(Tone::Bad, &html! { p { (desk.lang().refusal(&refusal)) } }))
        }
        @if effect.is_nothing() {
            (partials::notice(Tone::Good, &html! { p { (desk.say("effect-nothing")) } }))
        }
        (in_the_way(desk, &cast, effect))
        @for table in &effect.tables { (moves(desk, &cast, table)) }
        @if !effect.awards.is_empty() {
            (partials::card(&desk.say("effect-awards"), &html! {
                ul { @for award in &effect.awards { (changed(desk, &cast, award)) } }
            }))
        }
        form.card method="post" action=(desk.at(Place::Definition)) enctype="multipart/form-data" {
            (hidden)
            @if !blocked {
                h3 { (desk.say("effect-adopt")) }
                input type="hidden" name="effect" value=(fingerprint(effect));
                (Field::area("reason", &desk.say("organizer-reason")).value(reason).required())
                (second::fields(&desk.page, "definition"))
            }
            div.row {
                // The first button is what the enter key presses.
                @if !blocked { button.button.danger name="do" value="adopt" { (desk.say("effect-adopt-do")) } }
                button.button name="do" value="check" formnovalidate { (desk.say("effect-back")) }
            }
        }
    })
}

/// What people will have to look at after the change.
fn in_the_way(desk: &Desk, cast: &Cast, effect: &Effect) -> Markup {
    let more = |(before, after): (usize, usize)| after > before;
    let beyond = effect.outside.len().saturating_sub(OUTSIDE_SHOWN_MAX);
    html! {
        @if more(effect.open_ties) {
            (partials::notice(Tone::Warn, &html! { p { (desk.count("effect-ties", effect.open_ties.1)) } }))
        }
        @if more(effect.undecided) {
            (partials::notice(Tone::Warn, &html! { p { (desk.count("effect-undecided", effect.undecided.1)) } }))
        }
        @if !effect.outside.is_empty() {
            (partials::notice(Tone::Warn, &html! {
                p { (desk.count("effect-outside", effect.outside.len())) }
                ul {
                    @for one in effect.outside.iter().take(OUTSIDE_SHOWN_MAX) {
                        li { (cast.entrant(&one.entrant)) " · " (one.stage.title) " · " (one.aspect.title) " · "
                            strong.number { (mark(&desk.page, Some(&one.mark))) } }
                    }
                    @if beyond > 0 { li { (desk.count("effect-more", beyond)) } }
                }
            }))
        }
    }
}

fn moves(desk: &Desk, cast: &Cast, table: &TableEffect) -> Markup {
    let titles = ["effect-who", "effect-rank-before", "effect-rank-after", "effect-total-before", "effect-total-after"];
    let titles = titles.map(|key| desk.say(key));
    let mut columns = vec![Column::text(&titles[0])];
    columns.extend(titles[1..].iter().map(|title| Column::number(title)));
    let kind = desk.say(if matches!(table.key, TableKey::Teams { .. }) { "board-teams" } else { "effect-ranking" });
    let title = if table.title.is_empty() { kind } else { table.title.clone() };
    let rows = html! {
        @for one in &table.moves {
            tr data-moved=[moved(one)] {
                th scope="row" { (cast.who(&one.who)) }
                @for place in [&one.before, &one.after] { td.number { (rank(desk, place.as_ref())) } }
                @for place in [&one.before, &one.after] {
                    td.number {
                        @match place.as_ref().and_then(|place| place.total) {
                            Some(total) => { (total) },
                            None => { "–" },
                        }
                    }
                }
            }
        }
    };
    html! {
        section.card {
            h3 { (title) }
            p.quiet-text { (desk.count("effect-moves", table.moves.len())) " " (desk.count("effect-same", table.same)) }
            (partials::table(&title, &columns, &rows))
        }
    }
}

/// `up`, `down`, or neither.
fn moved(one: &Move) -> Option<&'static str> {
    let rank = |place: &Option<Stands>| place.as_ref().and_then(|place| place.rank).unwrap_or(u32::MAX);
    match rank(&one.before).cmp(&rank(&one.after)) {
        std::cmp::Ordering::Greater => Some("up"),
        std::cmp::Ordering::Less => Some("down"),
        std::cmp::Ordering::Equal => None,
    }
}

fn rank(desk: &Desk, place: Option<&Stands>) -> String {
    match place {
        None => desk.say("effect-not-listed"),
        Some(Stands { rank: Some(rank), status: Status::Ranked, .. }) => rank.to_string(),
        Some(Stands { rank, status, .. }) => {
            let status = desk.say(status_key(status.word()));
            rank.map_or_else(|| status.clone(), |rank| format!("{rank}（{status}）"))
        }
    }
}

fn changed(desk: &Desk, cast: &Cast, award: &AwardEffect) -> Markup {
    let scope = [Some(&award.award), award.event.as_ref(), award.group.as_ref()];
    let scope: Vec<&str> = scope.into_iter().flatten().map(|named| named.title.as_str()).collect();
    let names = |list: &[String]| list.iter().map(|who| cast.who(who)).collect::<Vec<_>>().join("、");
    let said = |key: &str, list: &[String]| desk.lang().say_with(key, &[("who", names(list).into())]).into_owned();
    html! {
        li { strong { (scope.join(" · ")) }
            @if !award.gained.is_empty() { br; (said("effect-gained", &award.gained)) }
            @if !award.lost.is_empty() { br; (said("effect-lost", &award.lost)) }
        }
    }
}
