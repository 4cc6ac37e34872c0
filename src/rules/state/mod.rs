//! The fold: what a contest is after some of its entries.
//!
//! [`State::apply`] never fails and never decides: it takes each entry as it stands, and passes over what it does not
//! know (an entrant that was never registered, an aspect of another definition). Folding in pieces is folding at once.
//! The fields are private to `rules`; outside there are views. Scores are kept and made anew only where marks changed.

mod adopted;
mod bench;
mod dropping;
mod limits;
mod marking;
mod papers;
mod pending;
mod people;
mod record;
mod round;
mod scores;
mod season;
mod shape;
mod spreads;
mod works;

#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    award::Decisions,
    field::{Entrant, EntrantStanding, Field},
    indicators::Labor,
    ladder::{self, Ladders},
    ledger::{
        Entry, Instant, Recorded, Version,
        entry::{Digest, Given, LotMethod, Phase},
        indicator::IndicatorEntry,
        paper::PaperEntry,
    },
    names::{EntrantId, Id, PersonId, UnitPath},
    papers::Papers,
    season::Season,
    view::Board,
    works::Works,
};

pub(super) use adopted::{Adopted, Rules};
pub(super) use bench::{At, Bench, Place, PlaceIs, slot};
pub(super) use limits::{OutOfLimits, limits};
pub(super) use people::{Holder, People};
pub(super) use record::{Record, SheetStatus};
pub(super) use scores::{Ranked, Scores, Side};
pub(super) use season::POINTS as SEASON_POINTS;
pub(super) use shape::{Cell, SheetShape, cells, entered_cells, groups_of, holds, loose_cells, panel_of, sheet_shapes};
pub(super) use spreads::OpenSpread;

/// One contest, folded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    pub(super) version: Version,
    /// Grows with entries that the public may notice; hidden ones do not move it.
    pub(super) public_version: Version,
    /// The sequence number of the entry behind it.
    pub(super) public_head: u64,
    pub(super) at: Instant,
    pub(super) adopted: Option<Adopted>,
    pub(super) units: Vec<UnitPath>,
    /// Entrants, all marks with drafts, tie decisions.
    pub(super) field: Field,
    pub(super) records: BTreeMap<EntrantId, Record>,
    pub(super) people: People,
    pub(super) lots: Vec<Drawn>,
    pub(super) numbers: BTreeMap<EntrantId, u32>,
    pub(super) by_number: BTreeMap<u32, EntrantId>,
    pub(super) seeds: BTreeMap<Id, Seed>,
    pub(super) stages: BTreeMap<(Id, Option<Id>), Opening>,
    pub(super) signed: BTreeMap<PanelKey, Signature>,
    pub(super) phase: Phase,
    pub(super) notice_until: Option<Instant>,
    pub(super) identities_open: bool,
    pub(super) frozen: Option<Frozen>,
    /// When the contest first ran.
    pub(super) begun: Option<Instant>,
    pub(super) awards: Decisions,
    /// What is published; revoked prizes leave it.
    pub(super) announced: Vec<Given>,
    /// By serial number, in the order in which they were issued.
    pub(super) certificates: Vec<(String, Certificate)>,
    pub(super) corrections: Vec<Corrected>,
    pub(super) ladders: Ladders,
    pub(super) papers: Papers,
    pub(super) labor: Labor,
    pub(super) works: Works,
    pub(super) season: Season,
    /// Somebody has marked: from then on the definition and the lots change with care.
    pub(super) has_marks: bool,
    pub(super) scores: Scores,
}

/// A panel in a group; `None` where the definition has no groups.
pub(super) type PanelKey = (Id, Id, Option<Id>);

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Drawn {
    pub(super) event: Option<Id>,
    pub(super) group: Option<Id>,
    pub(super) method: LotMethod,
    pub(super) count: usize,
    pub(super) at: Instant,
    pub(super) by: PersonId,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Seed {
    pub(super) digest: Digest,
    pub(super) at: Instant,
    pub(super) used: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    Open,
    Closed,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Signature {
    pub(super) by: PersonId,
    pub(super) at: Instant,
}

/// The public's board at the moment of the freeze, and the ladders.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Frozen {
    pub(super) since: Instant,
    pub(super) board: Arc<Board>,
    pub(super) ladders: Arc<Ladders>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Certificate {
    pub(super) award: Id,
    pub(super) to: String,
    pub(super) at: Instant,
}

/// A mark changed after its sheet was submitted.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Corrected {
    pub(super) seq: u64,
    pub(super) at: Instant,
    pub(super) entrant: EntrantId,
    pub(super) slot: super::field::Slot,
    pub(super) before: Option<super::field::Value>,
    pub(super) after: Option<super::field::Value>,
    pub(super) reason: Digest,
    pub(super) by: PersonId,
    pub(super) second: Option<PersonId>,
}

impl State {
    /// Before the first entry.
    pub fn empty() -> Self {
        Self::default()
    }

    /// The newest entry that was folded.
    pub fn version(&self) -> Version {
        self.version
    }

    /// The time of the newest entry.
    pub fn at(&self) -> Instant {
        self.at
    }

    pub fn fold<'a>(entries: impl IntoIterator<Item = &'a Recorded>) -> Self {
        let mut state = Self::empty();
        entries.into_iter().for_each(|entry| state.apply(entry));
        state
    }

    /// What this program can work with; `None` before a definition, or when this program cannot read it.
    pub(super) fn rules(&self) -> Option<&Arc<Rules>> {
        self.adopted.as_ref()?.rules.as_ref()
    }

    pub(super) fn entrant(&self, id: &EntrantId) -> Option<&Entrant> {
        self.field.entrants.get(id)
    }

    pub(super) fn record(&self, id: &EntrantId) -> Option<&Record> {
        self.records.get(id)
    }

    /// Takes in the next entry.
    pub fn apply(&mut self, recorded: &Recorded) {
        self.version.epoch = recorded.epoch;
        self.version.seq = recorded.seq;
        self.at = self.at.max(recorded.at);
        let noticed = self.may_be_noticed(&recorded.entry);
        self.take(recorded);
        self.awards.apply(&recorded.entry);
        if noticed && self.frozen.is_none() {
            self.public_version.epoch = recorded.epoch;
            self.public_version.seq += 1;
            self.public_head = recorded.seq;
        }
        if let Entry::BoardFrozen { .. } = &recorded.entry
            && self.frozen.is_none()
        {
            let board = Arc::new(super::view::board::live_public(self));
            let ladders = Arc::new(ladder::current(self, recorded.at).into_owned());
            self.frozen = Some(Frozen { since: recorded.at, board, ladders });
        }
    }

    /// Whether the public board can change by it. Drafts never show there.
    fn may_be_noticed(&self, entry: &Entry) -> bool {
        match entry {
            Entry::MarkGiven { slot, .. } => slot.judge.is_none(),
            Entry::ViolationRecorded { entrant, .. } => self.record(entrant).is_some_and(Record::has_submitted),
            Entry::PersonAssigned { .. }
            | Entry::PersonReleased { .. }
            | Entry::SeedCommitted { .. }
            | Entry::DisqualificationRejected { .. }
            | Entry::AwardDecided { .. }
            | Entry::CertificateIssued { .. }
            | Entry::Paper(
                PaperEntry::BankAdopted { .. } | PaperEntry::PaperDrawn { .. } | PaperEntry::WindowGranted { .. },
            )
            | Entry::UnitsSet { .. } => false,
            Entry::Ladder(entry) => entry.may_be_noticed(),
            Entry::Work(entry) => entry.may_be_noticed(),
            // The public sees what is published of a period, and nothing before.
            Entry::Indicator(entry) => matches!(entry, IndicatorEntry::PeriodPublished { .. }),
            Entry::Season(entry) => entry.may_be_noticed(),
            _ => true,
        }
    }

    fn take(&mut self, recorded: &Recorded) {
        let at = recorded.at;
        match &recorded.entry {
            Entry::DefinitionAdopted { text, digest, by, reason: _, second: _ } => {
                let count = self.adopted.as_ref().map_or(0, |adopted| adopted.count) + 1;
                let before = self.rules().cloned();
                self.adopted = Some(Adopted::new(text, digest.clone(), by.clone(), at, count));
                self.recount_papers();
                self.recount_works();
                self.keep_sources(before.as_deref());
                self.scores.forget_all();
            }
            Entry::UnitsSet { units, by: _ } => self.units.clone_from(units),
            Entry::EntrantRegistered { entrant, facts, by: _ } | Entry::EntrantChanged { entrant, facts, .. } => {
                let standing = self.entrant(entrant).map(|known| known.standing.clone()).unwrap_or_default();
                self.field.entrants.insert(entrant.clone(), Entrant { standing, ..facts.clone() });
                self.scores.forget(entrant);
                self.fill_season_of(entrant);
            }
            Entry::EntrantWithdrawn { entrant, .. } => self.stand(entrant, EntrantStanding::Withdrawn),
            Entry::PersonAssigned { person, role, unit, by } => {
                if self.begun.is_some() {
                    self.people.assign_late(person, role, unit.as_ref(), by);
                } else {
                    self.people.assign(person, role, unit.as_ref());
                }
                self.scores.forget_all();
            }
            Entry::PersonReleased { person, role, by: _ } => {
                self.people.release(person, role);
                self.scores.forget_all();
            }
            Entry::SeedCommitted { draw, digest, by: _ } => {
                self.seeds.insert(draw.clone(), Seed { digest: digest.clone(), at, used: false });
            }
            Entry::LotsDrawn { event, group, method, numbers, by } => {
                if let LotMethod::Seed { draw, .. } = method
                    && let Some(seed) = self.seeds.get_mut(draw)
                {
                    seed.used = true;
                }
                self.draw(numbers);
                self.lots.push(Drawn {
                    event: event.clone(),
                    group: group.clone(),
                    method: method.clone(),
                    count: numbers.len(),
                    at,
                    by: by.clone(),
                });
                self.scores.forget_all();
            }
            Entry::StageOpened { stage, group, by: _ } => self.open(stage, group.as_ref(), Opening::Open),
            Entry::StageClosed { stage, group, by: _ } => self.open(stage, group.as_ref(), Opening::Closed),
            Entry::PanelSigned { stage, panel, group, by } => {
                let key = (stage.clone(), panel.clone(), group.clone());
                self.signed.insert(key, Signature { by: by.clone(), at });
                self.scores.forget_all();
            }
            Entry::PanelReopened { stage, panel, group, .. } => {
                self.signed.remove(&(stage.clone(), panel.clone(), group.clone()));
                self.scores.forget_all();
            }
            Entry::DisqualificationConfirmed { entrant, violation, by: _ } => {
                self.stand(entrant, EntrantStanding::Disqualified { violation: violation.clone() });
            }
            Entry::TieDecided { decision, .. } => {
                self.field.decisions.push(decision.clone());
                self.scores.rank_again();
            }
            // Names stand beside the ledger; what a frozen board shows was kept above.
            Entry::EntrantRenamed { .. } | Entry::BoardFrozen { .. } => {}
            Entry::BoardUnfrozen { .. } => self.frozen = None,
            Entry::IdentitiesOpened { .. } => self.identities_open = true,
            Entry::PhaseReached { phase, until, by: _ } => {
                self.phase = *phase;
                if *phase == Phase::Running {
                    self.ladders.begun = *self.begun.get_or_insert(at);
                }
                if until.is_some() {
                    self.notice_until = *until;
                }
                // Announcing ends what was held back.
                if *phase >= Phase::Announced {
                    self.frozen = None;
                }
            }
            Entry::AwardsAnnounced { awards, by: _ } => {
                self.announced.clone_from(awards);
                self.scores.rank_again();
            }
            Entry::AwardDecided { .. } => self.scores.rank_again(),
            Entry::AwardRevoked { award, from, .. } => {
                self.announced.retain(|given| !(given.award == *award && given.to == *from));
                self.scores.rank_again();
            }
            Entry::CertificateIssued { serial, award, to, by: _ } => {
                let issued = Certificate { award: award.clone(), to: to.clone(), at };
                self.certificates.push((serial.clone(), issued));
            }
            Entry::Ladder(entry) => {
                let rules = self.rules().cloned();
                self.ladders
                    .apply(entry, at, |id| rules.as_ref().is_some_and(|rules| ladder::tiered(&rules.definition, id)));
            }
            Entry::Paper(entry) => self.take_paper(entry, at),
            Entry::Work(entry) => self.take_work(entry, at),
            Entry::Indicator(entry) => {
                // From the first figure on the definition changes with care.
                self.has_marks |= matches!(entry, IndicatorEntry::FigureReported { .. });
                self.labor.apply(entry, at, &self.people);
                match entry {
                    IndicatorEntry::PeriodPublished { .. }
                    | IndicatorEntry::UnitsChanged { .. }
                    | IndicatorEntry::UnitsChangeRevoked { .. } => self.scores.forget_all(),
                    IndicatorEntry::VetoSet { .. } | IndicatorEntry::VetoReleased { .. } => {
                        self.field.barred = self.labor.barred();
                    }
                    _ => {}
                }
            }
            Entry::Season(entry) => self.take_season(entry, recorded.seq, at),
            Entry::MarkGiven { .. }
            | Entry::MarkCorrected { .. }
            | Entry::ViolationRecorded { .. }
            | Entry::DisqualificationRejected { .. }
            | Entry::SheetSubmitted { .. }
            | Entry::SheetReturned { .. }
            | Entry::ReMarkOrdered { .. }
            | Entry::SpreadResolved { .. } => self.mark(recorded),
        }
    }

    fn stand(&mut self, entrant: &EntrantId, standing: EntrantStanding) {
        if let Some(known) = self.field.entrants.get_mut(entrant) {
            known.standing = standing;
            self.labor.leave(entrant);
            self.papers.leave(entrant);
            // A neighbour in the draw may have waited for this one.
            self.scores.forget_all();
        }
    }

    fn draw(&mut self, numbers: &[(EntrantId, u32)]) {
        let drawn: BTreeSet<&EntrantId> = numbers.iter().map(|(entrant, _)| entrant).collect();
        self.by_number.retain(|_, entrant| !drawn.contains(entrant));
        for (entrant, number) in numbers {
            self.numbers.insert(entrant.clone(), *number);
            self.by_number.insert(*number, entrant.clone());
        }
    }

    fn open(&mut self, stage: &Id, group: Option<&Id>, opening: Opening) {
        self.stages.insert((stage.clone(), group.cloned()), opening);
        self.scores.forget_all();
    }
}
