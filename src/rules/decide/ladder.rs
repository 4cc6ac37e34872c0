//! On a ladder: coming onto it, challenging, answering, results, leave, moves of people, seasons, rewards.
//!
//! Whether a challenge is allowed is the ladder's own question; here is who may ask, and what becomes of it.

use rust_decimal::Decimal;

use super::Case;
use crate::rules::{
    command::Refusal,
    ladder::{
        self, Act, Barred, Challenge, LadderRefusal, Outcome, Rules, Status,
        calendar::{date, day, days_between},
        rules::Format,
    },
    ledger::{
        Entry, Instant,
        entry::Phase,
        ladder::{Aim, Earned, LadderEntry, Lapsed, LeaveKind, MoveKind},
    },
    names::{ChallengeId, EntrantId, Id},
};

pub(super) type Decided = Result<Vec<Entry>, Refusal>;

pub(super) fn refuse<T>(refusal: LadderRefusal) -> Result<T, Refusal> {
    Err(Refusal::Ladder(refusal))
}

fn allowed<T>(answer: Result<T, Barred>) -> Result<T, Refusal> {
    answer.map_err(|barred| Refusal::Ladder(LadderRefusal::Barred(barred)))
}

fn one(entry: LadderEntry) -> Decided {
    all(vec![entry])
}

pub(super) fn all(entries: Vec<LadderEntry>) -> Decided {
    if entries.is_empty() { Err(Refusal::NothingToDo) } else { Ok(entries.into_iter().map(Entry::Ladder).collect()) }
}

impl<'a> Case<'a> {
    pub(super) fn on_ladder(&self, act: &Act) -> Decided {
        match act {
            Act::Seed { ladder, tiers } => self.seed(ladder, tiers),
            Act::Join { ladder, entrant } => self.join(ladder, entrant.as_ref()),
            Act::Challenge { challenge, ladder, entrant, aim } => {
                self.challenge(challenge, ladder, entrant.as_ref(), aim)
            }
            Act::Answer { challenge, entrant, accept } => self.answer(challenge, entrant.as_ref(), *accept),
            Act::EnterResult { challenge, of, outcome } => self.enter_result(challenge, of, *outcome),
            Act::OpenSession { challenge, challenger_as, target_as } => {
                self.open_session(challenge, challenger_as, target_as)
            }
            Act::DecideSession { challenge } => self.decide_session(challenge),
            Act::TakeSeat { ladder, entrant } => self.take_seat(ladder, entrant.as_ref()),
            Act::Waive { ladder, entrant } => self.waive(ladder, entrant.as_ref()),
            Act::SetLeave { entrant, leave, from, until } => self.set_leave(entrant.as_ref(), *leave, *from, *until),
            Act::EndLeave { entrant } => self.end_leave(entrant.as_ref()),
            Act::Move { entrant, kind, ladder, effective } => {
                self.plan_move(entrant, *kind, ladder.as_ref(), *effective)
            }
            Act::EndSeason { ladder, season } => self.end_season(ladder, *season),
            Act::GiveReward { ladder, entrant, what, period } => self.give_reward(ladder, entrant, *what, period),
        }
    }

    /// Whoever is out of the contest is off its ladders, and comes onto none by a paper that is still sat.
    pub(super) fn off_ladders(&self, entrant: &EntrantId, entry: Result<Entry, Refusal>) -> Decided {
        let mut entries = vec![entry?];
        let own = |challenge: &Challenge| challenge.challenger == *entrant && challenge.aim == Aim::Entry;
        entries.extend(self.gone(own));
        for (id, own) in &self.state.ladders.by_id {
            if own.is_on(entrant) {
                let off = ladder::moved_off(id, own, entrant, MoveKind::Out, self.now);
                entries.push(Entry::Ladder(off));
            }
        }
        Ok(entries)
    }

    /// These challenges end without a winner, and are nobody's lapse.
    pub(super) fn gone(&self, which: impl Fn(&Challenge) -> bool) -> Vec<Entry> {
        let ladders = &self.state.ladders;
        let open = ladders.open.iter().filter_map(|id| ladders.challenges.get_key_value(id));
        let lapsed = open.filter(|(_, challenge)| which(challenge)).map(|(id, _)| LadderEntry::ChallengeLapsed {
            challenge: id.clone(),
            why: Lapsed::Gone,
            who: Vec::new(),
            winner: None,
            moves: Vec::new(),
            at: self.now,
        });
        lapsed.map(Entry::Ladder).collect()
    }

    pub(super) fn ladder_rules(&self, id: &Id) -> Result<&'a Rules, Refusal> {
        let ladders = &self.rules()?.definition.ladders;
        ladders
            .iter()
            .find(|rules| rules.id == *id)
            .ok_or_else(|| Refusal::Ladder(LadderRefusal::UnknownLadder(id.clone())))
    }

    /// Whom it is about: the worker who asks, or whom an organizer names.
    fn who(&self, named: Option<&EntrantId>) -> Result<EntrantId, Refusal> {
        let own = self.actor.entrant.as_ref();
        let Some(who) = named.or(own) else { return refuse(LadderRefusal::NoEntrant) };
        if own != Some(who) {
            self.organizer()?;
        }
        self.entrant_in(who)?;
        Ok(who.clone())
    }

    fn seed(&self, id: &Id, tiers: &[Vec<EntrantId>]) -> Decided {
        self.organizer()?;
        self.before_sealing()?;
        let rules = self.ladder_rules(id)?;
        if self.state.ladders.ladder(id).is_some_and(|own| own.had_challenges) {
            return refuse(LadderRefusal::SeedTooLate);
        }
        let mut seen = std::collections::BTreeSet::new();
        for (tier, people) in tiers.iter().enumerate() {
            let seats = rules.seats(tier).map_or(usize::MAX, |seats| usize::try_from(seats).unwrap_or(usize::MAX));
            let unfit = tier >= rules.tiers() || people.len() > seats || !people.iter().all(|one| seen.insert(one));
            if unfit {
                return refuse(LadderRefusal::SeedUnfit { tier });
            }
            for one in people {
                if !ladder::fits(&rules.fits, self.entrant_in(one)?) {
                    return allowed(Err(Barred { bar: ladder::Bar::DoesNotFit, until: None }));
                }
            }
        }
        one(LadderEntry::LadderSeeded { ladder: id.clone(), tiers: tiers.to_vec(), by: self.by() })
    }

    fn join(&self, id: &Id, entrant: Option<&EntrantId>) -> Decided {
        let rules = self.ladder_rules(id)?;
        let who = self.who(entrant)?;
        // Before it runs, the organizer fills the ladder.
        if self.state.phase < Phase::Running {
            self.organizer()?;
        }
        let own = self.state.ladders.ladder(id);
        if own.is_some_and(|own| own.is_on(&who)) {
            return refuse(LadderRefusal::AlreadyOn(who));
        }
        allowed(ladder::may_join(self.state, id, &who, self.now))?;
        let moves = match own {
            Some(own) => ladder::joined(rules, &own.places, &who),
            None => ladder::joined(rules, &ladder::Places::default(), &who),
        };
        let free = rules.entry.free_challenge && own.is_none_or(|own| own.is_new(&who));
        one(LadderEntry::LadderJoined { ladder: id.clone(), entrant: who, moves, free, by: self.by() })
    }

    fn challenge(&self, id: &ChallengeId, on: &Id, entrant: Option<&EntrantId>, aim: &Aim) -> Decided {
        let rules = self.ladder_rules(on)?;
        let who = self.who(entrant)?;
        if self.state.ladders.challenges.contains_key(id) {
            return refuse(LadderRefusal::ChallengeTwice(id.clone()));
        }
        let records = matches!(rules.format, Format::Record { .. });
        if !records && !matches!(aim, Aim::Person(_)) {
            return refuse(LadderRefusal::NotThisFormat);
        }
        let is_on = self.state.ladders.ladder(on).is_some_and(|own| own.is_on(&who));
        let terms = match aim {
            Aim::Person(target) => ladder::may_challenge(self.state, on, &who, target, self.now),
            Aim::Defence => ladder::may_defend(self.state, on, &who, self.now),
            Aim::Entry if is_on => return refuse(LadderRefusal::AlreadyOn(who)),
            Aim::Entry => ladder::may_enter(self.state, on, &who, self.now),
        };
        let terms = allowed(terms)?;
        one(LadderEntry::ChallengeMade {
            challenge: id.clone(),
            ladder: on.clone(),
            challenger: who,
            aim: aim.clone(),
            respond_by: terms.respond_by,
            play_by: terms.play_by,
            counts: terms.counts,
            free: terms.free,
            to_beat: terms.to_beat,
            by: self.by(),
        })
    }

    pub(super) fn open_challenge(&self, id: &ChallengeId) -> Result<(&'a Challenge, &'a Rules), Refusal> {
        self.phase(Phase::Running)?;
        let Some(challenge) = self.state.ladders.challenges.get(id) else {
            return refuse(LadderRefusal::UnknownChallenge(id.clone()));
        };
        if !challenge.is_open() {
            return refuse(LadderRefusal::ChallengeOver);
        }
        Ok((challenge, self.ladder_rules(&challenge.ladder)?))
    }

    fn answer(&self, id: &ChallengeId, entrant: Option<&EntrantId>, accept: bool) -> Decided {
        let (challenge, rules) = self.open_challenge(id)?;
        let who = self.who(entrant)?;
        // Whoever knows a result of their own cannot step back from it.
        let is_begun = !challenge.sitting.is_empty() || !challenge.results.is_empty() || challenge.session.is_some();
        let (why, lapsed) = match (challenge.target() == Some(&who), challenge.challenger == who) {
            (true, _) if challenge.status != Status::Asked => return refuse(LadderRefusal::NothingToAnswer),
            (true, _) if accept => {
                let play_by = ladder::play_by(rules, self.now);
                return one(LadderEntry::ChallengeAnswered { challenge: id.clone(), play_by, by: self.by() });
            }
            (true, _) => (Lapsed::Declined, vec![who]),
            (false, true) if accept || is_begun => return refuse(LadderRefusal::NothingToAnswer),
            (false, true) => (Lapsed::Withdrawn, vec![who]),
            (false, false) => return refuse(LadderRefusal::NotYours),
        };
        let Some(own) = self.state.ladders.ladder(&challenge.ladder) else { return Err(Refusal::NothingToDo) };
        all(ladder::lapse(rules, own, (id, challenge), why, lapsed, self.now))
    }

    fn enter_result(&self, id: &ChallengeId, of: &EntrantId, outcome: Outcome) -> Decided {
        self.chief_or_organizer()?;
        let (challenge, _) = self.open_challenge(id)?;
        if outcome.score < Decimal::ZERO {
            return Err(Refusal::BelowMin { min: Decimal::ZERO });
        }
        if challenge.status != Status::Playing {
            return refuse(LadderRefusal::NotAnswered);
        }
        // A record's holder has played already.
        let records = challenge.respond_by.is_none();
        if !challenge.has(of) || (records && challenge.challenger != *of) {
            return refuse(LadderRefusal::NotPlaying(of.clone()));
        }
        if challenge.results.contains_key(of) {
            return refuse(LadderRefusal::ResultTwice);
        }
        if !ladder::is_by_hand(self.state, &challenge.ladder) {
            return refuse(LadderRefusal::ByPaper);
        }
        let rules = |ladder: &Id| ladder::rules_of(self.state, ladder);
        let played = ladder::Played::Answered(outcome);
        all(ladder::result(&self.state.ladders, rules, id, of, played, &self.by(), self.now))
    }

    fn take_seat(&self, id: &Id, entrant: Option<&EntrantId>) -> Decided {
        let rules = self.ladder_rules(id)?;
        let who = self.who(entrant)?;
        if !rules.has_tiers() {
            return refuse(LadderRefusal::NotThisFormat);
        }
        allowed(ladder::may_take_seat(self.state, id, &who, self.now))?;
        let Some(own) = self.state.ladders.ladder(id) else { return Err(Refusal::NothingToDo) };
        let moves = ladder::seat_steps(rules, &own.places, &who).unwrap_or_default();
        let star = ladder::starred(rules, own, &who, &moves, self.now);
        let taken = LadderEntry::SeatTaken { ladder: id.clone(), entrant: who, moves, by: self.by() };
        all([Some(taken), star].into_iter().flatten().collect())
    }

    fn waive(&self, id: &Id, entrant: Option<&EntrantId>) -> Decided {
        let rules = self.ladder_rules(id)?;
        let who = self.who(entrant)?;
        let member = self.state.ladders.ladder(id).and_then(|own| own.member(&who)).filter(|member| !member.waived);
        let days = i64::from(rules.rest.winner_days);
        match member.and_then(|member| member.won_at) {
            Some(won) if self.now.0 < won.0 + days * 86_400_000 => {
                one(LadderEntry::ProtectionWaived { ladder: id.clone(), entrant: who, by: self.by() })
            }
            _ => refuse(LadderRefusal::NotProtected),
        }
    }

    /// A worker sets ordinary leave; sick, maternity and injury leave need the organizer, who saw the paper.
    fn set_leave(&self, entrant: Option<&EntrantId>, kind: LeaveKind, from: Instant, until: Instant) -> Decided {
        let who = self.who(entrant)?;
        if kind != LeaveKind::Ordinary {
            self.organizer()?;
        }
        if until <= from || until <= self.now {
            return refuse(LadderRefusal::LeaveBackwards);
        }
        if kind == LeaveKind::Ordinary {
            let mut ladders = self.state.ladders.by_id.values();
            // Who stands on none has no place to keep, and no limit of any ladder.
            if !ladders.any(|own| own.is_on(&who)) {
                return allowed(Err(Barred { bar: ladder::Bar::NotOn, until: None }));
            }
            self.leave_days_left(&who, from, until)?;
        }
        one(LadderEntry::LeaveSet { entrant: who, leave: kind, from: from.max(self.now), until, by: self.by() })
    }

    /// The strictest of the ladders on which somebody stands; a leave over New Year counts for the year of its
    /// first day.
    fn leave_days_left(&self, who: &EntrantId, from: Instant, until: Instant) -> Result<(), Refusal> {
        let own = |rules: &&Rules| self.state.ladders.ladder(&rules.id).is_some_and(|own| own.is_on(who));
        let limited = self.rules()?.definition.ladders.iter().filter(own);
        let Some((most, rules)) = limited.filter_map(|rules| Some((rules.leave_days_max?, rules))).min_by_key(|l| l.0)
        else {
            return Ok(());
        };
        let year = |at: Instant| date(rules, at).year();
        let taken = self.state.ladders.leaves.get(who).into_iter().flatten();
        let taken = taken.filter(|leave| leave.kind == LeaveKind::Ordinary && year(leave.from) == year(from));
        let taken: u32 = taken.map(|leave| days_between(leave.from, leave.until)).sum();
        let left = most.saturating_sub(taken);
        if days_between(from, until) > left { refuse(LadderRefusal::LeaveTooLong { left, most }) } else { Ok(()) }
    }

    fn end_leave(&self, entrant: Option<&EntrantId>) -> Decided {
        let who = self.who(entrant)?;
        if self.state.ladders.leave(&who, self.now).is_none() {
            return refuse(LadderRefusal::NotOnLeave);
        }
        one(LadderEntry::LeaveEnded { entrant: who, by: self.by() })
    }

    /// The day begins in the ladder's zone; a moment within a day stands for the whole of it.
    fn plan_move(&self, entrant: &EntrantId, kind: MoveKind, on: Option<&Id>, effective: Instant) -> Decided {
        self.organizer()?;
        self.entrant(entrant)?;
        let ladders = &self.rules()?.definition.ladders;
        let rules = match on {
            Some(id) => self.ladder_rules(id)?,
            None => ladders.first().ok_or(Refusal::NothingToDo)?,
        };
        let stands = |id: &Id| self.state.ladders.ladder(id).is_some_and(|own| own.is_on(entrant));
        if !ladders.iter().any(|rules| on.is_none_or(|id| *id == rules.id) && stands(&rules.id)) {
            return allowed(Err(Barred { bar: ladder::Bar::NotOn, until: None }));
        }
        let effective = day(rules, date(rules, effective)).max(self.now);
        let (entrant, ladder) = (entrant.clone(), on.cloned());
        one(LadderEntry::MovePlanned { entrant, kind, ladder, effective, by: self.by() })
    }

    fn end_season(&self, id: &Id, season: u32) -> Decided {
        self.organizer()?;
        self.phase(Phase::Running)?;
        let rules = self.ladder_rules(id)?;
        if rules.season.is_none() {
            return refuse(LadderRefusal::NoSeason);
        }
        let Some(own) = self.state.ladders.ladder(id) else { return Err(Refusal::NothingToDo) };
        if season != own.seasons + 1 {
            return refuse(LadderRefusal::SeasonOver { season });
        }
        all(ladder::season(rules, own, &self.state.ladders, self.now))
    }

    fn give_reward(&self, id: &Id, entrant: &EntrantId, what: Earned, period: &str) -> Decided {
        self.organizer()?;
        self.ladder_rules(id)?;
        let rewards = self.state.ladders.ladder(id).into_iter().flat_map(|own| &own.rewards);
        let mut owed = rewards.filter(|reward| reward.given.is_none());
        if !owed.any(|reward| reward.entrant == *entrant && reward.what == what && reward.period == period) {
            return refuse(LadderRefusal::NoSuchReward);
        }
        let (entrant, period) = (entrant.clone(), period.to_owned());
        one(LadderEntry::RewardGiven { ladder: id.clone(), entrant, what, period, by: self.by() })
    }
}
