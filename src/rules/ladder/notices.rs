//! What one person should know of ladders, and do until when.

use super::{
    due::{current, fails_to_defend},
    rewards::prize,
    rules::{Expires, Format, Outcome, Rules, Undefended},
    state::{Challenge, Status},
};
use crate::rules::{
    definition::model::Titled,
    ledger::{
        Instant,
        ladder::{Aim, Earned, Lapsed},
    },
    names::{ChallengeId, EntrantId},
    state::State,
};

/// What ended is told for so long.
const TOLD_MS: i64 = 30 * 86_400_000;
/// A record that ends within this is to be defended.
const DEFEND_MS: i64 = 7 * 86_400_000;

/// Something that a person should know, or do until a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    pub ladder: Titled,
    pub at: Instant,
    /// The deadline, where there is one.
    pub until: Option<Instant>,
    pub what: Noticed,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Noticed {
    /// To be answered.
    Challenged {
        challenge: ChallengeId,
        by: EntrantId,
    },
    /// One's own record is under attack: nothing to do.
    UnderAttack {
        by: EntrantId,
    },
    /// Waits for the other's answer.
    Awaiting {
        challenge: ChallengeId,
        of: EntrantId,
    },
    /// Waits for a challenge day.
    Judges {
        other: EntrantId,
    },
    /// To be played on a paper; `other` empty: one's own record, or a first score.
    Play {
        challenge: ChallengeId,
        other: Option<EntrantId>,
    },
    Won {
        over: EntrantId,
    },
    Lost {
        to: EntrantId,
    },
    Lapsed {
        why: Lapsed,
        other: Option<EntrantId>,
        own: bool,
    },
    /// The record that one holds the place with ends. `renews`: one set before that stands for longer; else it ends
    /// with its month, quarter or year, and is to be set anew after that.
    Defend {
        record: Outcome,
        renews: bool,
    },
    /// One holds the place without a record. `falls`: who sets none in time falls, and else any score takes it.
    Undefended {
        falls: bool,
    },
    Reward {
        what: Earned,
        title: String,
    },
}

/// What a person should know, what is to be done first: the earliest deadline, then the newest news.
pub fn notices(state: &State, of: &EntrantId, now: Instant) -> Vec<Notice> {
    let current = current(state, now);
    let Some(definition) = state.rules().map(|rules| &rules.definition) else { return Vec::new() };
    let mut notices = Vec::new();
    for rules in &definition.ladders {
        let mut tell = |at: Instant, until: Option<Instant>, what: Noticed| {
            notices.push(Notice { ladder: rules.titled(), at, until, what });
        };
        let told = |at: Instant| now.0 - at.0 <= TOLD_MS;
        for (id, challenge) in current.challenges.iter().filter(|(_, one)| one.ladder == rules.id && one.has(of)) {
            match (&challenge.status, challenge.ended_at) {
                (Status::Asked | Status::Playing, _) => {
                    if let Some((until, what)) = open_notice(rules, id, challenge, of) {
                        tell(challenge.made_at, until, what);
                    }
                }
                (Status::Decided { winner }, Some(at)) if told(at) => {
                    let Some(target) = challenge.target() else { continue };
                    let other = if target == of { &challenge.challenger } else { target };
                    let what = if winner == of {
                        Noticed::Won { over: other.clone() }
                    } else {
                        Noticed::Lost { to: other.clone() }
                    };
                    tell(at, None, what);
                }
                (Status::Lapsed { why }, Some(at)) if told(at) => {
                    let target = challenge.target().filter(|target| *target != of);
                    let other = target.or_else(|| Some(&challenge.challenger).filter(|one| *one != of));
                    let lapses = current.ladder(&rules.id).and_then(|own| own.member(of));
                    let own = lapses.is_some_and(|member| member.lapses.contains(&at));
                    tell(at, None, Noticed::Lapsed { why: *why, other: other.cloned(), own });
                }
                _ => {}
            }
        }
        let Some(own) = current.ladder(&rules.id) else { continue };
        if let (Some(reign), Format::Record { expires, undefended, .. }) = (own.reign_of(of), &rules.format) {
            let soon = |at: &Instant| at.0 - now.0 <= DEFEND_MS;
            if let Some(record) = own.record(of, now) {
                if let Some(expires_at) = record.expires.filter(soon) {
                    let renews = matches!(expires, Expires::Days(_));
                    tell(record.at, Some(expires_at), Noticed::Defend { record: record.outcome, renews });
                }
            } else {
                let until = fails_to_defend(rules, own, &current, of);
                let falls = matches!(undefended, Undefended::Drop(_)) && until.is_some();
                tell(reign.since, until, Noticed::Undefended { falls });
            }
        }
        for had in own.rewards.iter().filter(|had| had.entrant == *of && told(had.at)) {
            tell(had.at, None, Noticed::Reward { what: had.what, title: prize(rules, had.what).0 });
        }
    }
    notices.sort_by_key(|one| (one.until.is_none(), one.until, std::cmp::Reverse(one.at)));
    notices
}

fn open_notice(
    rules: &Rules,
    id: &ChallengeId,
    challenge: &Challenge,
    of: &EntrantId,
) -> Option<(Option<Instant>, Noticed)> {
    let own = challenge.challenger == *of;
    let play = |other: Option<&EntrantId>| match (&rules.format, other) {
        (Format::Judged { .. }, Some(other)) => Noticed::Judges { other: other.clone() },
        _ => Noticed::Play { challenge: id.clone(), other: other.cloned() },
    };
    Some(match (&challenge.status, &challenge.aim) {
        (Status::Asked, Aim::Person(target)) if own => {
            (challenge.respond_by, Noticed::Awaiting { challenge: id.clone(), of: target.clone() })
        }
        (Status::Asked, _) => {
            let by = challenge.challenger.clone();
            (challenge.respond_by, Noticed::Challenged { challenge: id.clone(), by })
        }
        (_, Aim::Person(target)) if own => {
            let has_played = challenge.results.contains_key(of);
            return (!has_played).then(|| (challenge.play_by, play(Some(target))));
        }
        // A record stands for its holder.
        (_, Aim::Person(_)) if challenge.respond_by.is_none() => {
            (None, Noticed::UnderAttack { by: challenge.challenger.clone() })
        }
        (_, Aim::Person(_)) => {
            let has_played = challenge.results.contains_key(of);
            return (!has_played).then(|| (challenge.play_by, play(Some(&challenge.challenger))));
        }
        (_, Aim::Defence | Aim::Entry) => (challenge.play_by, play(None)),
    })
}
