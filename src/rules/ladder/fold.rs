//! Taking entries in. Never decides and never fails: what names something unknown is passed over.

use super::{
    rules::Outcome,
    state::{Challenge, Game, Happened, Ladder, Ladders, Leave, Planned, Record, Reign, Reward, Status, What, Won},
};
use crate::rules::{
    ledger::{
        Instant,
        ladder::{Aim, LadderEntry, Step},
    },
    names::{ChallengeId, EntrantId, Id},
};

impl Ladders {
    /// `at` is when it was written; what was due says itself when. `tiers`: whether the ladder has any.
    pub(in crate::rules) fn apply(&mut self, entry: &LadderEntry, at: Instant, tiers: impl Fn(&Id) -> bool) {
        let at = effective(entry).unwrap_or(at);
        self.at = self.at.max(at);
        match entry {
            LadderEntry::LadderSeeded { ladder, tiers: people, by: _ } => {
                let tiered = tiers(ladder);
                let own = self.by_id.entry(ladder.clone()).or_default();
                own.seed(people, at);
                own.crown(tiered, at, None);
            }
            LadderEntry::LadderJoined { ladder, entrant, moves, free, by: _ } => {
                let tiered = tiers(ladder);
                let own = self.by_id.entry(ladder.clone()).or_default();
                let member = own.members.entry(entrant.clone()).or_default();
                member.joined_at = at;
                member.active_at = at;
                member.free = *free;
                let had_holder = !own.places.top(tiered).is_empty();
                own.moved(moves, tiered, at, None);
                let place = own.places.place(entrant);
                let star = had_holder && own.reign_of(entrant).is_some();
                own.happens(at, What::Joined { entrant: entrant.clone(), place, star });
            }
            LadderEntry::ChallengeMade {
                challenge,
                ladder,
                challenger,
                aim,
                respond_by,
                play_by,
                counts,
                free,
                to_beat,
                by: _,
            } => {
                let own = self.by_id.entry(ladder.clone()).or_default();
                own.had_challenges = true;
                let member = own.members.entry(challenger.clone()).or_default();
                member.tries.push(at);
                member.active_at = at;
                if *free {
                    member.free = false;
                }
                if let Aim::Person(target) = aim {
                    let challenged = What::Challenged { challenger: challenger.clone(), target: target.clone() };
                    own.happens(at, challenged);
                }
                let made = Challenge {
                    ladder: ladder.clone(),
                    challenger: challenger.clone(),
                    aim: aim.clone(),
                    made_at: at,
                    respond_by: *respond_by,
                    play_by: *play_by,
                    counts: *counts,
                    to_beat: *to_beat,
                    results: std::collections::BTreeMap::new(),
                    sitting: std::collections::BTreeMap::new(),
                    session: None,
                    status: if respond_by.is_some() { Status::Asked } else { Status::Playing },
                    ended_at: None,
                };
                self.challenges.insert(challenge.clone(), made);
                self.open.insert(challenge.clone());
            }
            LadderEntry::ChallengeAnswered { challenge, play_by, by: _ } => {
                if let Some(challenge) = self.challenges.get_mut(challenge) {
                    challenge.status = Status::Playing;
                    challenge.play_by = Some(*play_by);
                }
            }
            LadderEntry::SessionOpened { challenge, challenger_as, target_as, by: _ } => {
                self.sessions.extend([challenger_as.clone(), target_as.clone()]);
                if let Some(challenge) = self.challenges.get_mut(challenge) {
                    challenge.session = Some((challenger_as.clone(), target_as.clone()));
                }
            }
            LadderEntry::ResultGiven { challenge, of, outcome, by: _ } => {
                if let Some(challenge) = self.challenges.get_mut(challenge) {
                    challenge.results.insert(of.clone(), *outcome);
                    challenge.sitting.remove(of);
                    if let Some(member) = self.by_id.get_mut(&challenge.ladder).and_then(|own| own.members.get_mut(of))
                    {
                        member.active_at = at;
                    }
                }
            }
            LadderEntry::ChallengeDecided { challenge, winner, moves, by: _ } => {
                self.end(challenge, Status::Decided { winner: winner.clone() }, at);
                self.decided(challenge, winner, moves, at, &tiers);
            }
            LadderEntry::ChallengeLapsed { challenge, why, who, winner, moves, at: _ } => {
                self.end(challenge, Status::Lapsed { why: *why }, at);
                self.lapsed(challenge, who, winner.as_ref(), moves, at, &tiers);
            }
            LadderEntry::RecordSet { ladder, entrant, outcome, expires, challenge: _ } => {
                let own = self.by_id.entry(ladder.clone()).or_default();
                own.records.insert(entrant.clone(), Record { outcome: *outcome, at, expires: *expires });
            }
            LadderEntry::RecordExpired { ladder, entrant, moves, at: _ } => {
                let tiered = tiers(ladder);
                if let Some(own) = self.by_id.get_mut(ladder) {
                    own.records.remove(entrant);
                    if let Some(member) = own.members.get_mut(entrant) {
                        member.unrecorded_at = at;
                    }
                    if own.reign_of(entrant).is_some() {
                        let holder = entrant.clone();
                        own.happens(
                            at,
                            if moves.is_empty() { What::Expired { holder } } else { What::Undefended { holder } },
                        );
                    }
                    own.moved(moves, tiered, at, None);
                }
            }
            LadderEntry::SeatTaken { ladder, entrant, moves, by: _ } => {
                let tiered = tiers(ladder);
                if let Some(own) = self.by_id.get_mut(ladder) {
                    if let Some(member) = own.members.get_mut(entrant) {
                        member.active_at = at;
                    }
                    own.moved(moves, tiered, at, Some(&(entrant, Won { from: None, challenge: None })));
                    let tier = own.places.spot(entrant).map_or(0, |spot| spot.tier);
                    own.happens(at, What::SeatTaken { entrant: entrant.clone(), tier, star: tier == 0 });
                }
            }
            LadderEntry::ProtectionWaived { ladder, entrant, by: _ } => {
                if let Some(member) = self.by_id.get_mut(ladder).and_then(|own| own.members.get_mut(entrant)) {
                    member.waived = true;
                }
            }
            LadderEntry::LeaveSet { entrant, leave, from, until, by: _ } => {
                let leave = Leave { kind: *leave, from: *from, until: *until };
                self.leaves.entry(entrant.clone()).or_default().push(leave);
            }
            LadderEntry::LeaveEnded { entrant, by: _ } => {
                for leave in self.leaves.get_mut(entrant).into_iter().flatten() {
                    if leave.from <= at && at < leave.until {
                        leave.until = at;
                    }
                }
            }
            LadderEntry::MovePlanned { entrant, kind, ladder, effective, by: _ } => {
                self.planned.push(Planned {
                    entrant: entrant.clone(),
                    kind: *kind,
                    ladder: ladder.clone(),
                    effective: *effective,
                });
            }
            LadderEntry::MovedOff { ladder, moves, .. } => {
                let tiered = tiers(ladder);
                if let Some(own) = self.by_id.get_mut(ladder) {
                    own.moved(moves, tiered, at, None);
                }
            }
            LadderEntry::IdleDropped { ladder, entrant, moves, at: _ } => {
                let tiered = tiers(ladder);
                if let Some(own) = self.by_id.get_mut(ladder) {
                    if let Some(member) = own.members.get_mut(entrant) {
                        member.active_at = at;
                    }
                    own.moved(moves, tiered, at, None);
                }
            }
            LadderEntry::SeasonEnded { ladder, season, titles, tiers: people, at: _ } => {
                let tiered = tiers(ladder);
                let own = self.by_id.entry(ladder.clone()).or_default();
                own.seasons = *season;
                own.titles.push((*season, titles.clone()));
                // What was over before anybody came is no news.
                if own.was_on_before(at) {
                    own.happens(at, What::SeasonOver { season: *season });
                }
                own.seed(people, at);
                let on = &own.places;
                own.records.retain(|entrant, _| on.spot(entrant).is_some());
                own.crown(tiered, at, None);
            }
            LadderEntry::RewardEarned { ladder, entrant, what, period, at: _ } => {
                let own = self.by_id.entry(ladder.clone()).or_default();
                own.rewards.push(Reward {
                    entrant: entrant.clone(),
                    what: *what,
                    period: period.clone(),
                    at,
                    given: None,
                });
            }
            LadderEntry::RewardGiven { ladder, entrant, what, period, by: _ } => {
                for reward in self.by_id.get_mut(ladder).into_iter().flat_map(|own| &mut own.rewards) {
                    if reward.entrant == *entrant && reward.what == *what && reward.period == *period {
                        reward.given = Some(at);
                    }
                }
            }
        }
    }

    /// Somebody sits a paper of this challenge, which ends by itself at a moment, or never.
    pub(in crate::rules) fn sits(&mut self, challenge: &ChallengeId, entrant: &EntrantId, ends: Option<Instant>) {
        if let Some(challenge) = self.challenges.get_mut(challenge) {
            challenge.sitting.insert(entrant.clone(), ends);
        }
    }

    /// Handed in, or time is up.
    pub(in crate::rules) fn sat(&mut self, challenge: &ChallengeId, entrant: &EntrantId) {
        if let Some(challenge) = self.challenges.get_mut(challenge) {
            challenge.sitting.remove(entrant);
        }
    }

    fn end(&mut self, id: &ChallengeId, status: Status, at: Instant) {
        self.open.remove(id);
        if let Some(challenge) = self.challenges.get_mut(id) {
            challenge.status = status;
            challenge.ended_at = Some(at);
        }
    }

    fn decided(
        &mut self,
        id: &ChallengeId,
        winner: &EntrantId,
        moves: &[Step],
        at: Instant,
        tiers: impl Fn(&Id) -> bool,
    ) {
        let Some(challenge) = self.challenges.get(id) else { return };
        let tiered = tiers(&challenge.ladder);
        let Some(own) = self.by_id.get_mut(&challenge.ladder) else { return };
        let challenger = &challenge.challenger;
        let Aim::Person(target) = &challenge.aim else {
            if let Some(outcome) = challenge.results.get(challenger)
                && challenge.aim == Aim::Defence
            {
                own.renewed(challenger, *outcome, at);
            }
            return own.moved(moves, tiered, at, None);
        };
        own.games.push(Game { one: challenger.clone(), other: target.clone(), at });
        for player in [challenger, target] {
            if let Some(member) = own.members.get_mut(player) {
                member.active_at = at;
            }
        }
        if let Some(member) = own.members.get_mut(winner) {
            member.won_at = Some(at);
            member.waived = false;
        }
        if winner == challenger {
            let before = own.reign_of(challenger).is_some();
            let won = Won { from: Some(target.clone()), challenge: Some(id.clone()) };
            own.moved(moves, tiered, at, Some(&(challenger, won)));
            let star = !before && own.reign_of(challenger).is_some();
            let place = own.places.place(challenger).filter(|_| !moves.is_empty());
            own.happens(at, What::Won { winner: winner.clone(), loser: target.clone(), place, star });
        } else {
            if let Some(member) = own.members.get_mut(challenger) {
                member.lost_at = Some(at);
            }
            own.moved(moves, tiered, at, None);
            own.defends(target);
            own.happens(at, What::Defended { holder: target.clone(), challenger: challenger.clone() });
        }
    }

    fn lapsed(
        &mut self,
        id: &ChallengeId,
        who: &[EntrantId],
        winner: Option<&EntrantId>,
        moves: &[Step],
        at: Instant,
        tiers: impl Fn(&Id) -> bool,
    ) {
        let Some(challenge) = self.challenges.get(id) else { return };
        let tiered = tiers(&challenge.ladder);
        let Some(own) = self.by_id.get_mut(&challenge.ladder) else { return };
        for lapsed in who {
            own.members.entry(lapsed.clone()).or_default().lapses.push(at);
        }
        let challenger = &challenge.challenger;
        let won = winner.filter(|winner| *winner == challenger).map(|_| {
            let won = Won { from: challenge.target().cloned(), challenge: Some(id.clone()) };
            (challenger, won)
        });
        let before = own.reign_of(challenger).is_some();
        let by_challenger = won.is_some();
        own.moved(moves, tiered, at, won.as_ref());
        let (Some(winner), Some(target)) = (winner, challenge.target()) else { return };
        own.games.push(Game { one: challenger.clone(), other: target.clone(), at });
        if let Some(member) = own.members.get_mut(winner) {
            member.won_at = Some(at);
            member.waived = false;
        }
        if by_challenger {
            let star = !before && own.reign_of(challenger).is_some();
            let place = own.places.place(challenger).filter(|_| !moves.is_empty());
            own.happens(at, What::Won { winner: winner.clone(), loser: target.clone(), place, star });
        } else if let Some(member) = own.members.get_mut(challenger) {
            member.lost_at = Some(at);
        }
    }
}

/// When it took effect, where that is not when it was written.
pub(super) fn effective(entry: &LadderEntry) -> Option<Instant> {
    match entry {
        LadderEntry::ChallengeLapsed { at, .. }
        | LadderEntry::RecordExpired { at, .. }
        | LadderEntry::MovedOff { at, .. }
        | LadderEntry::IdleDropped { at, .. }
        | LadderEntry::SeasonEnded { at, .. }
        | LadderEntry::RewardEarned { at, .. } => Some(*at),
        _ => None,
    }
}

impl Ladder {
    fn seed(&mut self, tiers: &[Vec<EntrantId>], at: Instant) {
        self.places = super::Places::new(tiers);
        for entrant in tiers.iter().flatten() {
            let member = self.members.entry(entrant.clone()).or_default();
            member.joined_at = at;
            member.active_at = at;
        }
    }

    fn happens(&mut self, at: Instant, what: What) {
        self.happened.push(Happened { at, what });
    }

    fn defends(&mut self, holder: &EntrantId) {
        let reign = self.reigns.iter_mut().rev().find(|reign| reign.until.is_none() && reign.holder == *holder);
        if let Some(reign) = reign {
            reign.defences += 1;
        }
    }

    /// One's own paper, without anybody to beat. Only what renews the record is a defence.
    fn renewed(&mut self, entrant: &EntrantId, outcome: Outcome, at: Instant) {
        let record = self.records.get(entrant).map(|record| record.outcome);
        let entrant = entrant.clone();
        match record {
            Some(record) if record != outcome => self.happens(at, What::Stands { entrant, outcome, record }),
            _ => {
                self.defends(&entrant);
                let holds = self.reign_of(&entrant).is_some();
                self.happens(at, What::Renewed { entrant, outcome, holds });
            }
        }
    }

    fn moved(&mut self, moves: &[Step], tiered: bool, at: Instant, won: Option<&(&EntrantId, Won)>) {
        if moves.is_empty() {
            return;
        }
        for step in moves {
            self.places.take(step);
            // Who comes back begins anew.
            if let Step::Out { entrant } = step {
                self.records.remove(entrant);
            }
        }
        self.crown(tiered, at, won);
    }

    /// Ends and begins reigns by who stands at the top now.
    fn crown(&mut self, tiered: bool, at: Instant, won: Option<&(&EntrantId, Won)>) {
        let top = self.places.top(tiered);
        for reign in self.reigns.iter_mut().filter(|reign| reign.until.is_none()) {
            if !top.contains(&reign.holder) {
                reign.until = Some(at);
            }
        }
        for holder in top {
            if self.reign_of(&holder).is_none() {
                let won = won.filter(|(winner, _)| **winner == holder).map(|(_, won)| won.clone());
                self.reigns.push(Reign { holder, since: at, until: None, defences: 0, won });
            }
        }
    }
}
