//! What people see of ladders at a moment: everything that is due is applied to a copy first.
//!
//! Entrants are ids that `app` joins with names. Kinds of leave are nobody's business and not here.

use super::{
    calendar::{days_between, season_start},
    due::current,
    may::{Barred, Ground, Terms},
    rules::{Format, Outcome, Rules},
    state::{Challenge, Happened, Ladder, Ladders, Status},
};
use crate::rules::{
    definition::model::{Reward, Titled},
    ledger::{
        Instant,
        ladder::{Aim, Earned, Lapsed},
    },
    names::{ChallengeId, EntrantId, Id},
    state::State,
};

/// Above one's own place so many lines are shown, whatever the board's limit.
const AROUND_ME: usize = 20;
/// What ended is told for so long.
const TOLD_MS: i64 = 30 * 86_400_000;
/// A record that ends within this is to be defended.
const DEFEND_MS: i64 = 7 * 86_400_000;

/// A ladder as one viewer sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct LadderBoard {
    pub rules: Rules,
    pub season: Option<SeasonSeen>,
    /// From the top; the definition's number of rows, and those around the viewer.
    pub lines: Vec<BoardLine>,
    /// On the ladder in all.
    pub people: usize,
    /// Free seats, by tier from the top.
    pub free_seats: Vec<u32>,
    /// The viewer's own place.
    pub place: Option<usize>,
    /// Whether the viewer may defend, join, or take a free seat; `None` for somebody who is no entrant.
    pub may_defend: Option<Result<Terms, Barred>>,
    pub may_enter: Option<Result<(), Barred>>,
    pub may_take_seat: Option<Result<(), Barred>>,
    /// Open ones, the viewer's first.
    pub bouts: Vec<Bout>,
    /// When something of it changes by itself.
    pub next_deadline: Option<Instant>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeasonSeen {
    /// From 1.
    pub number: u32,
    pub starts: Instant,
    pub ends: Instant,
}

#[derive(Clone, Debug, PartialEq)]
pub struct BoardLine {
    /// From 1; within a tier all have the place of its first.
    pub place: usize,
    /// From 0.
    pub tier: usize,
    pub entrant: EntrantId,
    /// In force.
    pub record: Option<Outcome>,
    pub record_expires: Option<Instant>,
    /// Since when at the top, and how many defences.
    pub reign: Option<(Instant, u32)>,
    /// Open challenges to this person.
    pub challenged: usize,
    /// Whether the viewer may challenge; `None` for somebody who is no entrant, and beside oneself.
    pub may: Option<Result<Terms, Barred>>,
}

/// One challenge.
#[derive(Clone, Debug, PartialEq)]
pub struct Bout {
    pub id: ChallengeId,
    pub ladder: Id,
    pub challenger: EntrantId,
    pub aim: Aim,
    pub made_at: Instant,
    pub respond_by: Option<Instant>,
    pub play_by: Option<Instant>,
    pub counts: bool,
    pub to_beat: Option<Outcome>,
    /// Once it is over; before that only who has played is told.
    pub results: Vec<(EntrantId, Outcome)>,
    pub played: Vec<EntrantId>,
    pub session: Option<(EntrantId, EntrantId)>,
    pub status: Status,
    pub ended_at: Option<Instant>,
}

/// A time at the top (擂主任期).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reigned {
    pub holder: EntrantId,
    pub since: Instant,
    /// `None`: still.
    pub until: Option<Instant>,
    /// Begun days.
    pub days: u32,
    pub defences: u32,
    /// Whom the place was won from.
    pub won_from: Option<EntrantId>,
    pub challenge: Option<ChallengeId>,
}

/// A reward from the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct Owed {
    pub ladder: Titled,
    pub entrant: EntrantId,
    pub what: Earned,
    /// 新科明星, or the season's title.
    pub title: String,
    pub reward: Reward,
    pub period: String,
    pub at: Instant,
    /// When it was handed over.
    pub given: Option<Instant>,
    /// A template below the contests folder, for a star.
    pub certificate: Option<String>,
}

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
    /// To be played; `other` empty: one's own record, or a first score.
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
    /// The record that one holds the place with ends.
    Defend {
        record: Outcome,
    },
    Reward {
        what: Earned,
        title: String,
    },
}

/// The ladders of a contest, in the order of the definition.
pub fn ladders(state: &State) -> Vec<Titled> {
    state.rules().map_or_else(Vec::new, |rules| rules.definition.ladders.iter().map(Rules::titled).collect())
}

/// `None`: there is no such ladder. `viewer`: the entrant who looks, if one does.
pub fn board(state: &State, id: &Id, viewer: Option<&EntrantId>, now: Instant) -> Option<LadderBoard> {
    let current = current(state, now);
    let ground = Ground::of(state, &current, id, now)?;
    let (own, rules) = (ground.ladder, ground.rules);
    let index = own.places.index();
    let spot = viewer.and_then(|viewer| index.get(viewer).copied());
    let place = viewer.and_then(|viewer| own.places.place(viewer));
    let rows = state.rules().map_or(usize::MAX, |rules| rules.definition.board.rows);
    let near = place.map_or(0..0, |place| place.saturating_sub(AROUND_ME)..place + 1);
    let mut lines = Vec::new();
    let mut first_of_tier = 1;
    let mut at = 0;
    for (tier, people) in own.places.tiers().iter().enumerate() {
        for entrant in people {
            at += 1;
            if at > rows && !near.contains(&at) {
                continue;
            }
            let record = own.record(entrant, now);
            let may = match (viewer, spot) {
                (Some(viewer), Some(spot)) if viewer != entrant => {
                    Some(ground.challenge((viewer, spot), (entrant, index.get(entrant).copied())))
                }
                _ => None,
            };
            lines.push(BoardLine {
                place: if rules.has_tiers() { first_of_tier } else { at },
                tier,
                entrant: entrant.clone(),
                record: record.map(|record| record.outcome),
                record_expires: record.and_then(|record| record.expires),
                reign: own.reign_of(entrant).map(|reign| (reign.since, reign.defences)),
                challenged: current.open_of(id).filter(|(_, open)| open.target() == Some(entrant)).count(),
                may,
            });
        }
        first_of_tier += people.len();
    }
    let free = |tier: usize| {
        let seats = rules.seats(tier)?;
        Some(seats.saturating_sub(u32::try_from(own.places.len(tier)).unwrap_or(u32::MAX)))
    };
    let records = matches!(rules.format, Format::Record { .. });
    Some(LadderBoard {
        season: season(rules, own),
        people: at,
        free_seats: (0..rules.tiers()).map_while(free).collect(),
        may_defend: viewer.filter(|_| records).map(|viewer| super::may_defend(state, id, viewer, now)),
        may_enter: viewer.filter(|_| place.is_none()).map(|viewer| match rules.entry.by {
            super::rules::EnterBy::Bottom => super::may_join(state, id, viewer, now),
            super::rules::EnterBy::Score => super::may_enter(state, id, viewer, now).map(|_| ()),
        }),
        may_take_seat: viewer.filter(|_| rules.has_tiers()).map(|viewer| super::may_take_seat(state, id, viewer, now)),
        bouts: open_bouts(&current, id, viewer),
        next_deadline: super::next_deadline(state, now),
        rules: rules.clone(),
        lines,
        place,
    })
}

fn season(rules: &Rules, own: &Ladder) -> Option<SeasonSeen> {
    let season = rules.season.as_ref()?;
    let number = own.seasons + 1;
    let (starts, ends) = (season_start(rules, season, number)?, season_start(rules, season, number + 1)?);
    Some(SeasonSeen { number, starts, ends })
}

fn open_bouts(ladders: &Ladders, id: &Id, viewer: Option<&EntrantId>) -> Vec<Bout> {
    let mut open: Vec<Bout> = ladders.open_of(id).map(|(id, challenge)| bout(id, challenge)).collect();
    let own = |bout: &Bout| viewer.is_some_and(|viewer| has(bout, viewer));
    open.sort_by_key(|bout| (!own(bout), bout.made_at, bout.id.clone()));
    open
}

fn has(bout: &Bout, entrant: &EntrantId) -> bool {
    bout.challenger == *entrant || matches!(&bout.aim, Aim::Person(target) if target == entrant)
}

fn bout(id: &ChallengeId, challenge: &Challenge) -> Bout {
    let results = challenge.results.iter().map(|(of, outcome)| (of.clone(), *outcome));
    Bout {
        id: id.clone(),
        ladder: challenge.ladder.clone(),
        challenger: challenge.challenger.clone(),
        aim: challenge.aim.clone(),
        made_at: challenge.made_at,
        respond_by: challenge.respond_by,
        play_by: challenge.play_by,
        counts: challenge.counts,
        to_beat: challenge.to_beat,
        results: if challenge.is_open() { Vec::new() } else { results.collect() },
        played: challenge.results.keys().cloned().collect(),
        session: challenge.session.clone(),
        status: challenge.status.clone(),
        ended_at: challenge.ended_at,
    }
}

/// All challenges of a ladder, the newest first; of one person when `of` says whose.
pub fn bouts(state: &State, id: &Id, of: Option<&EntrantId>, now: Instant) -> Vec<Bout> {
    let current = current(state, now);
    let own = current.challenges.iter().filter(|(_, challenge)| challenge.ladder == *id);
    let own = own.filter(|(_, challenge)| of.is_none_or(|of| challenge.has(of)));
    let mut bouts: Vec<Bout> = own.map(|(id, challenge)| bout(id, challenge)).collect();
    bouts.sort_by_key(|bout| (std::cmp::Reverse(bout.made_at), bout.id.clone()));
    bouts
}

/// Who waits for judges (擂台日), in the order in which the challenges were accepted or made.
pub fn queue(state: &State, id: &Id, now: Instant) -> Vec<Bout> {
    let current = current(state, now);
    let waiting = current.open_of(id).filter(|(_, challenge)| challenge.status == Status::Playing);
    let mut waiting: Vec<Bout> = waiting.map(|(id, challenge)| bout(id, challenge)).collect();
    // Whose time ends first comes first.
    waiting.sort_by_key(|bout| (bout.session.is_none(), bout.play_by, bout.made_at, bout.id.clone()));
    waiting
}

/// The two of a challenge, the challenger first; `None` where there are not two.
pub fn players(state: &State, id: &ChallengeId) -> Option<(EntrantId, EntrantId)> {
    let challenge = state.ladders.challenges.get(id)?;
    Some((challenge.challenger.clone(), challenge.target()?.clone()))
}

/// What the hall may hear of, the newest first: at most `most`.
pub fn happened(state: &State, id: &Id, now: Instant, most: usize) -> Vec<Happened> {
    let current = current(state, now);
    current.ladder(id).map_or_else(Vec::new, |own| own.happened.iter().rev().take(most).cloned().collect())
}

/// Everybody who was at the top, the newest first.
pub fn reigns(state: &State, id: &Id, now: Instant) -> Vec<Reigned> {
    let current = current(state, now);
    let Some(own) = current.ladder(id) else { return Vec::new() };
    let reigned = own.reigns.iter().rev().map(|reign| Reigned {
        holder: reign.holder.clone(),
        since: reign.since,
        until: reign.until,
        days: days_between(reign.since, reign.until.unwrap_or(now)),
        defences: reign.defences,
        won_from: reign.won.as_ref().and_then(|won| won.from.clone()),
        challenge: reign.won.as_ref().and_then(|won| won.challenge.clone()),
    });
    reigned.collect()
}

/// What is owed to whom, and what was given, in the order in which it was earned.
pub fn rewards(state: &State, now: Instant) -> Vec<Owed> {
    let current = current(state, now);
    let Some(rules) = state.rules() else { return Vec::new() };
    let mut owed = Vec::new();
    for rules in &rules.definition.ladders {
        for had in current.ladder(&rules.id).into_iter().flat_map(|own| &own.rewards) {
            let (title, reward) = prize(rules, had.what);
            owed.push(Owed {
                ladder: rules.titled(),
                entrant: had.entrant.clone(),
                what: had.what,
                title,
                reward,
                period: had.period.clone(),
                at: had.at,
                given: had.given,
                certificate: rules.star.certificate.clone().filter(|_| had.what == Earned::Star),
            });
        }
    }
    owed.sort_by_key(|one| one.at);
    owed
}

fn prize(rules: &Rules, what: Earned) -> (String, Reward) {
    match what {
        Earned::Star => (rules.star.title.clone(), rules.star.reward.clone()),
        Earned::Title(number) => {
            let titles = rules.season.as_ref().map_or(&[][..], |season| season.titles.as_slice());
            let title = usize::try_from(number).ok().and_then(|number| titles.get(number.checked_sub(1)?));
            title.map_or_else(Default::default, |title| (title.title.clone(), title.reward.clone()))
        }
    }
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
                    if let Some((until, what)) = open_notice(id, challenge, of) {
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
        if own.reign_of(of).is_some()
            && let Some(record) = own.record(of, now)
            && let Some(expires) = record.expires.filter(|expires| expires.0 - now.0 <= DEFEND_MS)
        {
            tell(record.at, Some(expires), Noticed::Defend { record: record.outcome });
        }
        for had in own.rewards.iter().filter(|had| had.entrant == *of && told(had.at)) {
            tell(had.at, None, Noticed::Reward { what: had.what, title: prize(rules, had.what).0 });
        }
    }
    notices.sort_by_key(|one| (one.until.is_none(), one.until, std::cmp::Reverse(one.at)));
    notices
}

fn open_notice(id: &ChallengeId, challenge: &Challenge, of: &EntrantId) -> Option<(Option<Instant>, Noticed)> {
    let own = challenge.challenger == *of;
    let play = |other: Option<&EntrantId>| Noticed::Play { challenge: id.clone(), other: other.cloned() };
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
