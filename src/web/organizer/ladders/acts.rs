//! What an organizer does on a ladder. A refusal comes back on the page, above what was tried.

use std::collections::BTreeMap;

use axum::{
    Router,
    extract::Path,
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use serde::Deserialize;

use super::page::render;
use crate::{
    app,
    rules::{
        decimal,
        ladder::{Act, Outcome},
        ledger::{
            Instant,
            ladder::{LeaveKind, MoveKind},
        },
        names::{ChallengeId, ContestId, EntrantId, Id},
    },
    web::{
        Error, Result, Web,
        form::Posted,
        organizer::{Desk, Place, Zone, read_day},
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/organizer/{contest}/ladders/{ladder}/challenges/{challenge}", post(challenge))
        .route("/organizer/{contest}/ladders/{ladder}/leave", post(leave))
        .route("/organizer/{contest}/ladders/{ladder}/move", post(moving))
        .route("/organizer/{contest}/ladders/{ladder}/join", post(join))
        .route("/organizer/{contest}/ladders/{ladder}/seed", post(seed))
        .route("/organizer/{contest}/ladders/{ladder}/season", post(season))
}

#[derive(Deserialize)]
struct OfChallenge {
    r#do: String,
    #[serde(default)]
    of: String,
    #[serde(default)]
    score: String,
    /// `7:05`, minutes and seconds; empty where time is not taken.
    #[serde(default)]
    used: String,
}

async fn challenge(
    desk: Desk,
    Path((_, ladder, challenge)): Path<(ContestId, Id, ChallengeId)>,
    Posted(asked): Posted<OfChallenge>,
) -> Result<Response> {
    let act = match asked.r#do.as_str() {
        "session" => {
            let opened = desk.app.open_challenge_session(&desk.contest, &desk.actor, &challenge).await;
            return done(desk, &ladder, "session", opened.map(|(_, _, receipt)| receipt)).await;
        }
        "decide" => Act::DecideSession { challenge },
        "result" => {
            let score = decimal::parse(asked.score.trim()).ok();
            let (Some(score), Some(used_ms)) = (score, read_used(&asked.used)) else {
                return unread(desk, &ladder, "ladder-result-unread").await;
            };
            Act::EnterResult { challenge, of: EntrantId::new(&asked.of), outcome: Outcome { score, used_ms } }
        }
        other => return Err(Error::BadInput(format!("do: {other}"))),
    };
    does(desk, &ladder, &asked.r#do, act).await
}

/// Milliseconds of `7:05` or of `425` seconds; nothing is no time.
fn read_used(text: &str) -> Option<u64> {
    let text = text.trim().replace('：', ":");
    if text.is_empty() {
        return Some(0);
    }
    let (minutes, seconds) = text.split_once(':').unwrap_or(("0", &text));
    let (minutes, seconds): (u64, u64) = (minutes.trim().parse().ok()?, seconds.trim().parse().ok()?);
    minutes.checked_mul(60)?.checked_add(seconds)?.checked_mul(1_000)
}

#[derive(Deserialize)]
struct Leave {
    entrant: EntrantId,
    kind: String,
    from: String,
    until: String,
}

async fn leave(desk: Desk, Path((_, ladder)): Path<(ContestId, Id)>, Posted(asked): Posted<Leave>) -> Result<Response> {
    let leave = match asked.kind.as_str() {
        "ordinary" => LeaveKind::Ordinary,
        "sick" => LeaveKind::Sick,
        "maternity" => LeaveKind::Maternity,
        "injury" => LeaveKind::Injury,
        other => return Err(Error::BadInput(format!("kind: {other}"))),
    };
    let zone = Zone::of(&desk.view.heading);
    let (Some(from), Some(until)) = (start_of(&zone, &asked.from), end_of(&zone, &asked.until)) else {
        return unread(desk, &ladder, "star-leave-unread").await;
    };
    does(desk, &ladder, "leave", Act::SetLeave { entrant: Some(asked.entrant), leave, from, until }).await
}

#[derive(Deserialize)]
struct Moving {
    entrant: EntrantId,
    kind: String,
    effective: String,
    all: Option<String>,
}

async fn moving(
    desk: Desk,
    Path((_, ladder)): Path<(ContestId, Id)>,
    Posted(asked): Posted<Moving>,
) -> Result<Response> {
    let kind = match asked.kind.as_str() {
        "post" => MoveKind::Post,
        "unit" => MoveKind::Unit,
        "left" => MoveKind::Left,
        "retired" => MoveKind::Retired,
        "out" => MoveKind::Out,
        other => return Err(Error::BadInput(format!("kind: {other}"))),
    };
    let Some(effective) = start_of(&Zone::of(&desk.view.heading), &asked.effective) else {
        return unread(desk, &ladder, "star-leave-unread").await;
    };
    let on = asked.all.is_none().then(|| ladder.clone());
    does(desk, &ladder, "move", Act::Move { entrant: asked.entrant, kind, ladder: on, effective }).await
}

#[derive(Deserialize)]
struct Joining {
    entrant: String,
}

async fn join(
    desk: Desk,
    Path((_, ladder)): Path<(ContestId, Id)>,
    Posted(asked): Posted<Joining>,
) -> Result<Response> {
    let known = Known::of(&desk).await?;
    let Some(entrant) = known.meant(&asked.entrant) else {
        let text = unknown(&desk, &asked.entrant);
        return render(desk, &ladder, Some(&text)).await;
    };
    does(desk, &ladder, "join", Act::Join { ladder: ladder.clone(), entrant: Some(entrant) }).await
}

#[derive(Deserialize)]
struct Seeding {
    /// A line for each person from the top; an empty line begins the next tier.
    people: String,
}

async fn seed(
    desk: Desk,
    Path((_, ladder)): Path<(ContestId, Id)>,
    Posted(asked): Posted<Seeding>,
) -> Result<Response> {
    let known = Known::of(&desk).await?;
    let mut tiers: Vec<Vec<EntrantId>> = vec![Vec::new()];
    for line in asked.people.lines().map(str::trim) {
        if line.is_empty() {
            if tiers.last().is_some_and(|tier| !tier.is_empty()) {
                tiers.push(Vec::new());
            }
            continue;
        }
        let Some(entrant) = known.meant(line) else {
            let text = unknown(&desk, line);
            return render(desk, &ladder, Some(&text)).await;
        };
        tiers.last_mut().unwrap_or(&mut Vec::new()).push(entrant);
    }
    tiers.retain(|tier| !tier.is_empty());
    does(desk, &ladder, "seed", Act::Seed { ladder: ladder.clone(), tiers }).await
}

#[derive(Deserialize)]
struct Ending {
    /// The one that is to end: a second tap ends no other.
    season: u32,
    /// There is no way back.
    #[serde(default)]
    sure: Option<String>,
}

async fn season(
    desk: Desk,
    Path((_, ladder)): Path<(ContestId, Id)>,
    Posted(Ending { season, sure }): Posted<Ending>,
) -> Result<Response> {
    if sure.is_none() {
        return unread(desk, &ladder, "phase-not-sure").await;
    }
    does(desk, &ladder, "season", Act::EndSeason { ladder: ladder.clone(), season }).await
}

/// People as organizers write them: the list's number, the employee number, or a name that only one has.
struct Known(BTreeMap<String, Vec<EntrantId>>);

impl Known {
    async fn of(desk: &Desk) -> Result<Self> {
        let mut known: BTreeMap<String, Vec<EntrantId>> = BTreeMap::new();
        for one in desk.app.entrant_names(&desk.contest).await? {
            let entrant = one.entrant.clone();
            for key in [Some(one.entrant.to_string()), one.number, Some(one.name)].into_iter().flatten() {
                let entrants = known.entry(key).or_default();
                if !entrants.contains(&entrant) {
                    entrants.push(entrant.clone());
                }
            }
        }
        Ok(Self(known))
    }

    fn meant(&self, text: &str) -> Option<EntrantId> {
        match self.0.get(text.trim())?.as_slice() {
            [one] => Some(one.clone()),
            _ => None,
        }
    }
}

fn unknown(desk: &Desk, who: &str) -> String {
    desk.lang().say_with("ladder-who-unknown", &[("who", who.trim().into())]).into_owned()
}

fn start_of(zone: &Zone, day: &str) -> Option<Instant> {
    let before = read_day(day)?.yesterday().ok()?;
    Some(Instant(zone.end_of(before)?.0 + 1))
}

/// The first moment after a day.
fn end_of(zone: &Zone, day: &str) -> Option<Instant> {
    Some(Instant(zone.end_of(read_day(day)?)?.0 + 1))
}

async fn unread(desk: Desk, ladder: &Id, key: &str) -> Result<Response> {
    let text = desk.say(key);
    render(desk, ladder, Some(&text)).await
}

async fn does(desk: Desk, ladder: &Id, said: &str, act: Act) -> Result<Response> {
    let receipt = desk.app.on_ladder(&desk.contest, &desk.actor, act).await;
    done(desk, ladder, said, receipt).await
}

async fn done(desk: Desk, ladder: &Id, said: &str, receipt: app::Result<app::Receipt>) -> Result<Response> {
    match receipt {
        Ok(receipt) => {
            desk.shown(receipt).await?;
            let to = format!("{}/{ladder}?said=ladder-{said}", desk.at(Place::Ladders));
            Ok(Redirect::to(&to).into_response())
        }
        Err(app::Error::Refused(refusal)) => {
            let text = desk.lang().refusal(&refusal);
            render(desk, ladder, Some(&text)).await
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_it_is_written() {
        for (text, used_ms) in [
            ("", Some(0)),
            ("7:05", Some(425_000)),
            ("7：05", Some(425_000)),
            ("90", Some(90_000)),
            ("1:2:3", None),
            ("-1", None),
        ] {
            assert_eq!(read_used(text), used_ms, "{text}");
        }
    }
}
