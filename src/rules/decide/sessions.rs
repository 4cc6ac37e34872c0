//! A judged challenge before the judges (擂台日): two sessions are opened, marked like everybody, and decided.

use rust_decimal::Decimal;

use super::{
    Case,
    ladder::{Decided, all, refuse},
};
use crate::rules::{
    command::Refusal,
    definition::model::Stage,
    field::{Entrant, EntrantStanding, Value},
    ladder::{self, Challenge, LadderRefusal, Outcome, Played, Rules, Status, rules::Format},
    ledger::{
        Entry,
        entry::LotMethod,
        ladder::{LadderEntry, Lapsed},
    },
    names::{ChallengeId, EntrantId, Id},
    state::{Ranked, Side},
};

/// What judges gave to one of the two.
#[derive(Clone, Copy, PartialEq)]
enum Judged {
    Is(Decimal),
    Absent,
    Missing,
}

impl Case<'_> {
    /// Both come before the judges of the ladder's stage under new names and draw numbers: the marks of another day
    /// are not theirs, and judges do not see who holds the place.
    pub(super) fn open_session(&self, id: &ChallengeId, challenger_as: &EntrantId, target_as: &EntrantId) -> Decided {
        self.chief_or_organizer()?;
        let (challenge, rules) = self.open_challenge(id)?;
        let (Format::Judged { stage }, Some(target)) = (&rules.format, challenge.target()) else {
            return refuse(LadderRefusal::NotThisFormat);
        };
        if challenge.status != Status::Playing {
            return refuse(LadderRefusal::NotAnswered);
        }
        if challenge.session.is_some() {
            return refuse(LadderRefusal::SessionOpen);
        }
        let stage = self.stage(stage)?;
        let of_signed = |(at, _, group): &&(Id, Id, Option<Id>)| {
            let groups = [&challenge.challenger, target]
                .map(|one| self.state.entrant(one).and_then(|facts| self.state.group_of(facts)).cloned());
            *at == stage.id && groups.contains(group)
        };
        if self.state.signed.keys().any(|key| of_signed(&key)) {
            return Err(Refusal::PanelSigned);
        }
        let pairs = [(challenger_as, &challenge.challenger), (target_as, target)];
        let mut entries = Vec::new();
        for (name, real) in pairs {
            if self.state.entrant(name).is_some() || challenger_as == target_as {
                return Err(Refusal::EntrantHasMarks(name.clone()));
            }
            let facts = Entrant { outside_quota: true, ..self.entrant_in(real)?.clone() };
            entries.push(Entry::EntrantRegistered { entrant: name.clone(), facts, by: self.by() });
        }
        entries.extend(self.session_lots(id, challenger_as, target_as));
        entries.extend(self.session_stage(stage, &challenge.challenger, target));
        entries.push(Entry::Ladder(LadderEntry::SessionOpened {
            challenge: id.clone(),
            challenger_as: challenger_as.clone(),
            target_as: target_as.clone(),
            by: self.by(),
        }));
        Ok(entries)
    }

    /// The next two free numbers. Which of the two goes first follows from the challenge's random id.
    fn session_lots(&self, id: &ChallengeId, challenger_as: &EntrantId, target_as: &EntrantId) -> [Entry; 2] {
        let last = self.state.by_number.keys().next_back().copied().unwrap_or(0);
        let odd = id.as_str().bytes().fold(0_u8, |sum, byte| sum ^ byte).count_ones() % 2 == 1;
        let (first, second) = if odd { (challenger_as, target_as) } else { (target_as, challenger_as) };
        let lot = |entrant: &EntrantId, number: u32| Entry::LotsDrawn {
            event: self.state.entrant(entrant).and_then(|facts| facts.event.clone()),
            group: None,
            method: LotMethod::Hand { witness: id.to_string() },
            numbers: vec![(entrant.clone(), number)],
            by: self.by(),
        };
        [lot(first, last + 1), lot(second, last + 2)]
    }

    fn session_stage(&self, stage: &Stage, challenger: &EntrantId, target: &EntrantId) -> Vec<Entry> {
        let mut groups: Vec<Option<Id>> = Vec::new();
        for player in [challenger, target] {
            let group = self.state.entrant(player).and_then(|facts| self.state.group_of(facts)).cloned();
            if !groups.contains(&group) && !self.state.is_open(&stage.id, group.as_ref()) {
                groups.push(group);
            }
        }
        let opened = |group| Entry::StageOpened { stage: stage.id.clone(), group, by: self.by() };
        groups.into_iter().map(opened).collect()
    }

    pub(super) fn decide_session(&self, id: &ChallengeId) -> Decided {
        self.chief_or_organizer()?;
        let (challenge, rules) = self.open_challenge(id)?;
        let (Format::Judged { stage }, Some(target)) = (&rules.format, challenge.target()) else {
            return refuse(LadderRefusal::NotThisFormat);
        };
        let Some((challenger_as, target_as)) = &challenge.session else { return refuse(LadderRefusal::SessionNotOpen) };
        let stage = self.stage(stage)?;
        let (challengers, targets) = match (self.came_to(stage, challenger_as), self.came_to(stage, target_as)) {
            (Judged::Is(one), Judged::Is(other)) => (one, other),
            (Judged::Missing, _) | (_, Judged::Missing) => return refuse(LadderRefusal::SessionIncomplete),
            (one, other) => return self.absent(id, challenge, target, (one, other)),
        };
        let mut ladders = self.state.ladders.clone();
        let mut entries = Vec::new();
        for (of, score) in [(&challenge.challenger, challengers), (target, targets)] {
            let rules = |ladder: &Id| ladder::rules_of(self.state, ladder);
            let outcome = Outcome { score, used_ms: 0 };
            let given = ladder::result(&ladders, rules, id, of, Played::Answered(outcome), &self.by(), self.now);
            for entry in &given {
                ladders.apply(entry, self.now, |id| rules(id).is_some_and(Rules::has_tiers));
            }
            entries.extend(given);
        }
        all(entries)
    }

    /// What judges gave to one of the two.
    fn came_to(&self, stage: &Stage, name: &EntrantId) -> Judged {
        let Some(entrant) = self.state.entrant(name) else { return Judged::Missing };
        if entrant.standing != EntrantStanding::In {
            return Judged::Absent;
        }
        if !self.state.has_finished(name, entrant, stage) {
            return Judged::Missing;
        }
        let own = |ranked: &Ranked| ranked.scored().get(name)?.stages.get(&stage.id).flatten();
        let marks = self.state.field.marks.get(name);
        let is_absent = marks.is_some_and(|marks| marks.values.values().any(|value| *value == Value::Absent));
        match self.state.with_scores(Side::Staff, own) {
            Some(points) => Judged::Is(points),
            None if is_absent => Judged::Absent,
            None => Judged::Missing,
        }
    }

    /// Whoever did not come, or was disqualified before the judges, has not played.
    fn absent(&self, id: &ChallengeId, challenge: &Challenge, target: &EntrantId, came: (Judged, Judged)) -> Decided {
        let Some(own) = self.state.ladders.ladder(&challenge.ladder) else { return Err(Refusal::NothingToDo) };
        let rules = self.ladder_rules(&challenge.ladder)?;
        let sides = [(came.0, &challenge.challenger), (came.1, target)];
        let who: Vec<EntrantId> =
            sides.into_iter().filter(|(came, _)| *came == Judged::Absent).map(|(_, one)| one.clone()).collect();
        let why = if who.len() > 1 { Lapsed::NeitherPlayed } else { Lapsed::Unplayed };
        all(ladder::lapse(rules, own, (id, challenge), why, who, self.now))
    }
}
