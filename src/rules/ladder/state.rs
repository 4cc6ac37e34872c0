//! What the entries have made of the ladders. Fields only and small questions about them; the fold fills them.

use std::collections::{BTreeMap, BTreeSet};

use super::{places::Places, rules::Outcome};
use crate::rules::{
    ledger::{
        Instant,
        ladder::{Aim, Earned, Lapsed, LeaveKind, MoveKind},
    },
    names::{ChallengeId, EntrantId, Id},
};

/// All ladders of a contest.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::rules) struct Ladders {
    pub(in crate::rules) by_id: BTreeMap<Id, Ladder>,
    pub(in crate::rules) challenges: BTreeMap<ChallengeId, Challenge>,
    /// Those of the above that are not over.
    pub(in crate::rules) open: BTreeSet<ChallengeId>,
    pub(in crate::rules) leaves: BTreeMap<EntrantId, Vec<Leave>>,
    pub(in crate::rules) planned: Vec<Planned>,
    /// The names under which people stand before judges for challenges: they are nobody in the contest's tables.
    pub(in crate::rules) sessions: BTreeSet<EntrantId>,
    /// The latest moment that an entry took effect.
    pub(in crate::rules) at: Instant,
    /// When the contest began to run: nobody is idle, and nobody fails to defend, before it.
    pub(in crate::rules) begun: Instant,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::rules) struct Ladder {
    pub(in crate::rules) places: Places,
    pub(in crate::rules) members: BTreeMap<EntrantId, Member>,
    pub(in crate::rules) records: BTreeMap<EntrantId, Record>,
    pub(in crate::rules) reigns: Vec<Reign>,
    pub(in crate::rules) rewards: Vec<Reward>,
    pub(in crate::rules) games: Vec<Game>,
    pub(in crate::rules) happened: Vec<Happened>,
    /// That are over.
    pub(in crate::rules) seasons: u32,
    pub(in crate::rules) titles: Vec<(u32, Vec<EntrantId>)>,
    pub(in crate::rules) had_challenges: bool,
}

/// Somebody who is or was on the ladder.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::rules) struct Member {
    pub(in crate::rules) free: bool,
    /// The last time, by seeding too.
    pub(in crate::rules) joined_at: Instant,
    /// Joining, playing, dropping, coming back: idleness begins anew.
    pub(in crate::rules) active_at: Instant,
    /// As a challenger.
    pub(in crate::rules) lost_at: Option<Instant>,
    pub(in crate::rules) won_at: Option<Instant>,
    pub(in crate::rules) waived: bool,
    pub(in crate::rules) tries: Vec<Instant>,
    pub(in crate::rules) lapses: Vec<Instant>,
    /// The last time that a record ended, or was to be set again and was not.
    pub(in crate::rules) unrecorded_at: Instant,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::rules) struct Record {
    pub(in crate::rules) outcome: Outcome,
    pub(in crate::rules) at: Instant,
    pub(in crate::rules) expires: Option<Instant>,
}

/// A time at the top.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::rules) struct Reign {
    pub(in crate::rules) holder: EntrantId,
    pub(in crate::rules) since: Instant,
    pub(in crate::rules) until: Option<Instant>,
    /// Games won against challengers, and records set anew.
    pub(in crate::rules) defences: u32,
    /// Whom the place was won from, and how; `None`: by seeding, joining or somebody's leaving.
    pub(in crate::rules) won: Option<Won>,
}

#[derive(Clone, Debug, PartialEq)]
pub(in crate::rules) struct Won {
    pub(in crate::rules) from: Option<EntrantId>,
    pub(in crate::rules) challenge: Option<ChallengeId>,
}

#[derive(Clone, Debug, PartialEq)]
pub(in crate::rules) struct Reward {
    pub(in crate::rules) entrant: EntrantId,
    pub(in crate::rules) what: Earned,
    pub(in crate::rules) period: String,
    pub(in crate::rules) at: Instant,
    pub(in crate::rules) given: Option<Instant>,
}

/// Of two people, decided.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::rules) struct Game {
    pub(in crate::rules) one: EntrantId,
    pub(in crate::rules) other: EntrantId,
    pub(in crate::rules) at: Instant,
}

impl Game {
    pub(in crate::rules) fn is_of(&self, a: &EntrantId, b: &EntrantId) -> bool {
        (&self.one == a && &self.other == b) || (&self.one == b && &self.other == a)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(in crate::rules) struct Challenge {
    pub(in crate::rules) ladder: Id,
    pub(in crate::rules) challenger: EntrantId,
    pub(in crate::rules) aim: Aim,
    pub(in crate::rules) made_at: Instant,
    pub(in crate::rules) respond_by: Option<Instant>,
    pub(in crate::rules) play_by: Option<Instant>,
    pub(in crate::rules) counts: bool,
    pub(in crate::rules) to_beat: Option<Outcome>,
    pub(in crate::rules) results: BTreeMap<EntrantId, Outcome>,
    /// Who sits a paper of it at this moment, and when its time is up: until then, or until it is handed in, nothing
    /// lapses. A paper without an end holds up no deadline.
    pub(in crate::rules) sitting: BTreeMap<EntrantId, Option<Instant>>,
    /// The names under which judges mark the two.
    pub(in crate::rules) session: Option<(EntrantId, EntrantId)>,
    pub(in crate::rules) status: Status,
    pub(in crate::rules) ended_at: Option<Instant>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Waits for an answer.
    Asked,
    /// To be played.
    Playing,
    Decided {
        winner: EntrantId,
    },
    Lapsed {
        why: Lapsed,
    },
}

impl Challenge {
    pub(in crate::rules) fn is_open(&self) -> bool {
        matches!(self.status, Status::Asked | Status::Playing)
    }

    pub(in crate::rules) fn target(&self) -> Option<&EntrantId> {
        match &self.aim {
            Aim::Person(target) => Some(target),
            Aim::Defence | Aim::Entry => None,
        }
    }

    pub(in crate::rules) fn has(&self, entrant: &EntrantId) -> bool {
        self.challenger == *entrant || self.target() == Some(entrant)
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::rules) struct Leave {
    pub(in crate::rules) kind: LeaveKind,
    pub(in crate::rules) from: Instant,
    pub(in crate::rules) until: Instant,
}

#[derive(Clone, Debug, PartialEq)]
pub(in crate::rules) struct Planned {
    pub(in crate::rules) entrant: EntrantId,
    pub(in crate::rules) kind: MoveKind,
    pub(in crate::rules) ladder: Option<Id>,
    pub(in crate::rules) effective: Instant,
}

/// What the hall may hear of.
#[derive(Clone, Debug, PartialEq)]
pub struct Happened {
    pub at: Instant,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq)]
pub enum What {
    Challenged {
        challenger: EntrantId,
        target: EntrantId,
    },
    /// `place`: where it moved the winner, if it moved anybody. `star`: took the top place by it.
    Won {
        winner: EntrantId,
        loser: EntrantId,
        place: Option<usize>,
        star: bool,
    },
    Defended {
        holder: EntrantId,
        challenger: EntrantId,
    },
    /// A record of one's own was set anew; `holds`: at the top (守擂).
    Renewed {
        entrant: EntrantId,
        outcome: Outcome,
        holds: bool,
    },
    /// Tried to, and was worse: the record stands.
    Stands {
        entrant: EntrantId,
        outcome: Outcome,
        record: Outcome,
    },
    /// `star`: the first score was better than that of whoever stood at the top.
    Joined {
        entrant: EntrantId,
        place: Option<usize>,
        star: bool,
    },
    SeatTaken {
        entrant: EntrantId,
        tier: usize,
        star: bool,
    },
    Expired {
        holder: EntrantId,
    },
    /// Did not defend in time and fell.
    Undefended {
        holder: EntrantId,
    },
    SeasonOver {
        season: u32,
    },
}

impl Ladders {
    pub(in crate::rules) fn ladder(&self, id: &Id) -> Option<&Ladder> {
        self.by_id.get(id)
    }

    pub(in crate::rules) fn open_of<'l>(
        &'l self,
        ladder: &'l Id,
    ) -> impl Iterator<Item = (&'l ChallengeId, &'l Challenge)> {
        let open = self.open.iter().filter_map(|id| self.challenges.get_key_value(id));
        open.filter(move |(_, challenge)| challenge.ladder == *ladder)
    }

    /// Whether somebody stood before judges for a challenge that is over.
    pub(in crate::rules) fn is_judged(&self, under: &EntrantId) -> bool {
        let has = |one: &Challenge| one.session.as_ref().is_some_and(|(one, other)| one == under || other == under);
        self.sessions.contains(under) && self.challenges.values().any(|one| has(one) && !one.is_open())
    }

    pub(in crate::rules) fn leave(&self, entrant: &EntrantId, now: Instant) -> Option<&Leave> {
        let leaves = self.leaves.get(entrant)?;
        leaves.iter().filter(|leave| leave.from <= now && now < leave.until).max_by_key(|leave| leave.until)
    }

    /// The end of the leave that touches a time, the last of several.
    pub(in crate::rules) fn back_at(&self, entrant: &EntrantId, since: Instant, until: Instant) -> Option<Instant> {
        let leaves = self.leaves.get(entrant)?;
        let touching = leaves.iter().filter(|leave| leave.from < until && leave.until > since);
        touching.map(|leave| leave.until).max()
    }
}

impl Ladder {
    /// In force at a moment.
    pub(in crate::rules) fn record(&self, entrant: &EntrantId, now: Instant) -> Option<&Record> {
        self.records.get(entrant).filter(|record| record.expires.is_none_or(|expires| now < expires))
    }

    pub(in crate::rules) fn member(&self, entrant: &EntrantId) -> Option<&Member> {
        self.members.get(entrant)
    }

    /// Whether anybody came onto it before a moment.
    pub(in crate::rules) fn was_on_before(&self, at: Instant) -> bool {
        self.members.values().any(|member| member.joined_at < at)
    }

    /// Never stood on it.
    pub(in crate::rules) fn is_new(&self, entrant: &EntrantId) -> bool {
        self.member(entrant).is_none_or(|member| member.joined_at == Instant::default())
    }

    pub(in crate::rules) fn is_on(&self, entrant: &EntrantId) -> bool {
        self.places.spot(entrant).is_some()
    }

    pub(in crate::rules) fn reign_of(&self, entrant: &EntrantId) -> Option<&Reign> {
        self.reigns.iter().rev().find(|reign| reign.until.is_none() && reign.holder == *entrant)
    }

    pub(in crate::rules) fn games_of<'l>(
        &'l self,
        a: &'l EntrantId,
        b: &'l EntrantId,
    ) -> impl DoubleEndedIterator<Item = &'l Game> {
        self.games.iter().filter(move |game| game.is_of(a, b))
    }
}
