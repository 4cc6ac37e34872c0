//! Awards: decided by people where the definition says so, announced, revoked, certified.

use super::Case;
use crate::rules::{
    award::{self, Preview},
    command::Refusal,
    ladder,
    ledger::{
        Entry,
        entry::{Digest, Given, Phase},
    },
    names::{EntrantId, Id},
    state::{Side, State},
};

impl State {
    /// All awards over the standings as they are.
    pub(in crate::rules) fn award_preview(&self) -> Option<Preview> {
        let rules = self.rules()?;
        let standings = self.standings(Side::Staff);
        Some(award::preview(&rules.definition, &self.field, &standings, &self.awards))
    }
}

impl Case<'_> {
    fn known_award(&self, id: &Id) -> Result<(), Refusal> {
        let known = self.rules()?.definition.awards.iter().any(|award| award.id == *id);
        if known { Ok(()) } else { Err(Refusal::UnknownAward(id.clone())) }
    }

    pub(super) fn decide_award(&self, award: &Id, to: &[String], reason: &Digest) -> Result<Entry, Refusal> {
        self.chief_or_organizer()?;
        self.known_award(award)?;
        if self.state.phase < Phase::Running {
            self.phase(Phase::Running)?;
        }
        if self.state.phase == Phase::Final {
            self.phase(Phase::Notice)?;
        }
        if let Some(unknown) = to.iter().find(|who| !self.is_anybody(who)) {
            return Err(Refusal::UnknownEntrant(EntrantId::new(unknown)));
        }
        Ok(Entry::AwardDecided { award: award.clone(), to: to.to_vec(), reason: reason.clone(), by: self.by() })
    }

    /// An entrant, a team or a unit by its text.
    fn is_anybody(&self, who: &str) -> bool {
        let entrants = &self.state.field.entrants;
        entrants.contains_key(who)
            || entrants.values().any(|entrant| {
                let unit = entrant.unit.as_ref().is_some_and(|unit| {
                    unit.as_str() == who || unit.is_within(&crate::rules::names::UnitPath::new(who))
                });
                unit || entrant.team.as_deref() == Some(who)
            })
    }

    /// From the sealed standings. Announced again after a decision or a revocation, when the list is another.
    pub(super) fn announce(&self) -> Result<Vec<Entry>, Refusal> {
        self.organizer()?;
        let now = self.state.phase;
        let again = now >= Phase::Announced;
        if !again {
            self.phase(Phase::Sealed)?;
            self.may_name()?;
        }
        self.rules()?;
        let preview = self.state.award_preview().unwrap_or_default();
        if let Some(open) = preview.first_undecided() {
            return Err(Refusal::AwardsUndecided { award: open.at.award.clone() });
        }
        let awards: Vec<Given> = preview.given().cloned().collect();
        if again {
            if awards == self.state.announced {
                return Err(Refusal::NothingToDo);
            }
            return Ok(vec![Entry::AwardsAnnounced { awards, by: self.by() }]);
        }
        Ok(vec![
            Entry::AwardsAnnounced { awards, by: self.by() },
            Entry::PhaseReached { phase: Phase::Announced, by: self.by(), until: None },
        ])
    }

    pub(super) fn revoke(&self, award: &Id, from: &str, reason: &Digest) -> Result<Vec<Entry>, Refusal> {
        self.organizer()?;
        self.known_award(award)?;
        if self.state.phase < Phase::Announced {
            self.phase(Phase::Announced)?;
        }
        if !self.holds_award(award, from) {
            return Err(Refusal::NotAWinner(from.to_owned()));
        }
        let (award, from, reason) = (award.clone(), from.to_owned(), reason.clone());
        Ok(vec![Entry::AwardRevoked { award, from, reason, by: self.by() }])
    }

    fn holds_award(&self, award: &Id, who: &str) -> bool {
        self.state.announced.iter().any(|given| given.award == *award && given.to == who)
    }

    /// Serial numbers are made outside and unique on the server; here each is for an announced prize, and new.
    pub(super) fn issue(&self, serials: &[(Id, String, String)]) -> Result<Vec<Entry>, Refusal> {
        self.organizer()?;
        let mut entries = Vec::with_capacity(serials.len());
        for (award, to, serial) in serials {
            // What a ladder gives is earned when it happens, awards when they are announced.
            let holds = if ladder::is_key(award) {
                ladder::named(self.state, award, to).is_some()
            } else {
                if self.state.phase < Phase::Announced {
                    self.phase(Phase::Announced)?;
                }
                self.known_award(award)?;
                self.holds_award(award, to)
            };
            if !holds {
                return Err(Refusal::NotAWinner(to.clone()));
            }
            if self.state.certificates.iter().any(|(known, _)| known == serial) {
                return Err(Refusal::NothingToDo);
            }
            let (serial, award, to) = (serial.clone(), award.clone(), to.clone());
            entries.push(Entry::CertificateIssued { serial, award, to, by: self.by() });
        }
        if entries.is_empty() { Err(Refusal::NothingToDo) } else { Ok(entries) }
    }
}
