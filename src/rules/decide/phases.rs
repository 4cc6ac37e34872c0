//! The contest's phases, the freeze, and the opening of identities.

use super::Case;
use crate::rules::{
    command::Refusal,
    definition::model::BoardShows,
    ledger::{Entry, Instant, entry::Phase},
    names::PersonId,
};

impl Case<'_> {
    /// One step forward: draft → running → sealed → announced → notice → final; a contest may do without a notice.
    pub(super) fn reach(&self, phase: Phase, until: Option<Instant>) -> Result<Vec<Entry>, Refusal> {
        self.organizer().or_else(|refusal| if phase == Phase::Sealed { self.chief() } else { Err(refusal) })?;
        let now = self.state.phase;
        if phase <= now {
            return Err(Refusal::WrongPhase { now, wants: before(phase) });
        }
        match phase {
            Phase::Draft => return Err(Refusal::NothingToDo),
            Phase::Running => self.may_start()?,
            Phase::Sealed => self.may_seal()?,
            Phase::Announced => return self.announce(),
            Phase::Notice => {
                self.phase(Phase::Announced)?;
                if until.is_none_or(|until| until <= self.now) {
                    return Err(Refusal::NoticeNeedsEnd);
                }
            }
            Phase::Final if now == Phase::Announced => {}
            Phase::Final => {
                self.phase(Phase::Notice)?;
                if let Some(until) = self.state.notice_until.filter(|until| self.now < *until) {
                    return Err(Refusal::NoticeRunning { until });
                }
            }
        }
        let until = until.filter(|_| phase == Phase::Notice);
        // What is open on ladders ends with the contest.
        let mut entries = if phase == Phase::Sealed { self.gone(|_| true) } else { Vec::new() };
        entries.push(Entry::PhaseReached { phase, by: self.by(), until });
        Ok(entries)
    }

    fn may_start(&self) -> Result<(), Refusal> {
        self.phase(Phase::Draft)?;
        self.rules()?;
        if self.state.field.entrants.is_empty() { Err(Refusal::NoEntrants) } else { Ok(()) }
    }

    /// Everything closed, signed and decided: nothing about marks is accepted afterwards.
    fn may_seal(&self) -> Result<(), Refusal> {
        self.phase(Phase::Running)?;
        self.stage_still_open()?;
        self.papers_closed()?;
        self.sources_reported()?;
        let count = self.unsigned_panels()?;
        if count > 0 {
            return Err(Refusal::PanelsUnsigned { count });
        }
        let count = self.state.pending_disqualifications().len();
        if count > 0 {
            return Err(Refusal::DisqualificationsOpen { count });
        }
        let count = self.state.open_ties().len();
        if count > 0 {
            return Err(Refusal::TiesOpen { count });
        }
        Ok(())
    }

    pub(super) fn freeze(&self) -> Result<Entry, Refusal> {
        self.chief_or_organizer()?;
        self.phase(Phase::Running)?;
        match self.state.frozen {
            Some(_) => Err(Refusal::AlreadyFrozen),
            None => Ok(Entry::BoardFrozen { by: self.by() }),
        }
    }

    pub(super) fn unfreeze(&self) -> Result<Entry, Refusal> {
        self.chief_or_organizer()?;
        match self.state.frozen {
            Some(_) => Ok(Entry::BoardUnfrozen { by: self.by() }),
            None => Err(Refusal::NotFrozen),
        }
    }

    /// By two people, when nobody marks any more.
    pub(super) fn open_identities(&self, second: &PersonId) -> Result<Entry, Refusal> {
        self.chief_or_organizer()?;
        if self.state.phase < Phase::Running {
            self.phase(Phase::Running)?;
        }
        if self.state.identities_open {
            return Err(Refusal::NothingToDo);
        }
        self.second(second)?;
        self.stage_still_open()?;
        Ok(Entry::IdentitiesOpened { by: self.by(), second: second.clone() })
    }

    /// Names stand on the list of awards.
    pub(super) fn may_name(&self) -> Result<(), Refusal> {
        let named = self.rules()?.definition.board.shows == BoardShows::Names;
        if named || self.state.identities_open { Ok(()) } else { Err(Refusal::IdentitiesClosed) }
    }
}

/// Where one comes from.
fn before(phase: Phase) -> Phase {
    match phase {
        Phase::Draft | Phase::Running => Phase::Draft,
        Phase::Sealed => Phase::Running,
        Phase::Announced => Phase::Sealed,
        Phase::Notice => Phase::Announced,
        Phase::Final => Phase::Notice,
    }
}
