//! Marks and violations: who may give which, where, and when.

use super::Case;
use crate::rules::{
    command::Refusal,
    definition::model::{AspectKind, Panel, Stage},
    field::{Entrant, Slot, Value, ViolationSlot},
    ladder::LadderRefusal,
    ledger::{
        Entry,
        entry::{Digest, MarkValue, Phase},
    },
    names::{EntrantId, Id, PersonId},
    season::SeasonRefusal,
    state::{
        At, Bench, Cell, Opening, OutOfLimits, PlaceIs, SheetShape, SheetStatus, cells, limits, loose_cells, panel_of,
        sheet_shapes,
    },
};

/// Where a mark stands, looked up.
struct Target<'a> {
    stage: &'a Stage,
    entrant: &'a Entrant,
    cell: Cell<'a>,
    /// `None`: no panel marks this aspect, it is entered once.
    panel: Option<&'a Panel>,
}

/// A violation without a bound of its own is counted so often at most.
const TIMES_MAX: u32 = 10_000;

impl From<OutOfLimits> for Refusal {
    fn from(out: OutOfLimits) -> Self {
        match out {
            OutOfLimits::BelowMin { min } => Refusal::BelowMin { min },
            OutOfLimits::AboveMax { max } => Refusal::AboveMax { max },
            OutOfLimits::NotAStep { min, step } => Refusal::NotAStep { min, step },
        }
    }
}

impl<'a> Case<'a> {
    pub(super) fn give_mark(&self, id: &EntrantId, slot: &Slot, value: MarkValue) -> Result<Entry, Refusal> {
        self.phase(Phase::Running)?;
        let target = self.target(id, slot, value)?;
        let slot = if let Some(panel) = target.panel {
            self.own_slot(id, &target, panel, slot)?
        } else {
            self.chief_or_organizer()?;
            Slot { judge: None, value: target.cell.value_id().cloned(), ..slot.clone() }
        };
        self.stage_open(target.stage, target.entrant)?;
        Ok(Entry::MarkGiven { entrant: id.clone(), slot, value, by: self.by() })
    }

    /// The judge's own mark on a sheet that is still a draft, or is to be marked again there.
    fn own_slot(&self, id: &EntrantId, target: &Target, panel: &Panel, slot: &Slot) -> Result<Slot, Refusal> {
        let judge = &self.actor.person;
        if slot.judge.as_ref().is_some_and(|named| named != judge) {
            return Err(Refusal::NotThisJudges { stage: target.stage.id.clone(), panel: panel.id.clone() });
        }
        let at = At {
            stage: target.stage,
            panel,
            id,
            entrant: target.entrant,
            piece: slot.piece.as_ref(),
            attempt: slot.attempt,
        };
        self.sits(&at, judge)?;
        if self.state.bench(&at).signed {
            return Err(Refusal::PanelSigned);
        }
        let sheet = self.state.record(id).and_then(|record| record.sheets.get(&at.sheet(judge)));
        let submitted = sheet.filter(|sheet| sheet.status == SheetStatus::Submitted);
        if submitted.is_some_and(|sheet| !sheet.again.contains(&slot.aspect)) {
            return Err(Refusal::SheetSubmitted);
        }
        Ok(Slot { judge: Some(judge.clone()), value: target.cell.value_id().cloned(), ..slot.clone() })
    }

    /// Assigned to this panel for this entrant, and not of the same unit.
    pub(super) fn sits(&self, at: &At, judge: &PersonId) -> Result<(), Refusal> {
        let people = &self.state.people;
        let holders = people.holders(&at.stage.id, &at.panel.id);
        if !holders.iter().any(|holder| holder.current && holder.person == *judge && holder.marks(at.entrant)) {
            return Err(Refusal::NotThisJudges { stage: at.stage.id.clone(), panel: at.panel.id.clone() });
        }
        match people.own_unit(judge, at.entrant) {
            Some(unit) => Err(Refusal::OwnUnit { unit: unit.clone() }),
            None => Ok(()),
        }
    }

    /// A challenge that was decided stays decided: marks for it change no more.
    pub(super) fn not_judged(&self, id: &EntrantId) -> Result<(), Refusal> {
        if self.state.ladders.is_judged(id) { Err(Refusal::Ladder(LadderRefusal::ChallengeOver)) } else { Ok(()) }
    }

    pub(super) fn stage_open(&self, stage: &Stage, entrant: &Entrant) -> Result<(), Refusal> {
        let open = self.state.is_open(&stage.id, self.state.group_of(entrant));
        if open { Ok(()) } else { Err(Refusal::StageClosed(stage.id.clone())) }
    }

    /// A slot of the definition, an entrant who is in and has the stage, a value within its limits.
    fn target(&self, id: &EntrantId, slot: &Slot, value: MarkValue) -> Result<Target<'a>, Refusal> {
        let stage = self.stage(&slot.stage)?;
        let unknown = || Refusal::UnknownAspect(slot.aspect.clone());
        let aspect = stage.aspects.iter().find(|aspect| aspect.id == slot.aspect).ok_or_else(unknown)?;
        if aspect.paper.is_some() {
            return Err(Refusal::FromPapers(slot.aspect.clone()));
        }
        if aspect.works.is_some() {
            return Err(Refusal::FromWorks(slot.aspect.clone()));
        }
        if aspect.from_source {
            return Err(Refusal::Season(SeasonRefusal::FromSource(slot.stage.clone())));
        }
        let entrant = self.entrant_in(id)?;
        self.not_judged(id)?;
        if !self.state.takes_part(id, entrant, stage) {
            return Err(Refusal::NotInStage { entrant: id.clone(), stage: stage.id.clone() });
        }
        let panel = panel_of(stage, &slot.aspect);
        let fits = |cell: &Cell| cell.aspect.id == aspect.id && names(cell, slot.value.as_ref());
        let here = |shape: &SheetShape| shape.piece == slot.piece.as_ref() && shape.attempt == slot.attempt;
        let cell = if let Some(panel) = panel {
            let known = sheet_shapes(stage, panel).iter().any(here);
            cells(stage, panel, slot.piece.as_ref()).into_iter().filter(|_| known).find(fits)
        } else {
            let mut loose = loose_cells(stage).into_iter();
            loose.find(|(shape, cell)| here(shape) && fits(cell)).map(|(_, cell)| cell)
        };
        let cell = cell.ok_or_else(unknown)?;
        limits(&cell).allow(value)?;
        Ok(Target { stage, entrant, cell, panel })
    }

    /// After submission: by the leader or the chief, with a reason; after the panel signed, with a second person.
    pub(super) fn correct_mark(
        &self,
        id: &EntrantId,
        slot: &Slot,
        value: MarkValue,
        reason: &Digest,
        second: Option<&PersonId>,
    ) -> Result<Entry, Refusal> {
        self.phase(Phase::Running)?;
        if value == MarkValue::Cleared {
            return Err(Refusal::CorrectionClears);
        }
        let target = self.target(id, slot, value)?;
        let slot = Slot { value: target.cell.value_id().cloned(), ..slot.clone() };
        let mut signed = false;
        if let Some(panel) = target.panel {
            self.leader(&target.stage.id, &panel.id)?;
            let judge = slot.judge.as_ref().ok_or(Refusal::ValueMissing)?;
            let at = At {
                stage: target.stage,
                panel,
                id,
                entrant: target.entrant,
                piece: slot.piece.as_ref(),
                attempt: slot.attempt,
            };
            let bench = self.state.bench(&at);
            let handed_in = |is| matches!(is, PlaceIs::Submitted | PlaceIs::ReMark);
            let theirs = bench.places.iter().find(|place| place.judge.as_ref() == Some(judge));
            let theirs = theirs.ok_or_else(|| Refusal::UnknownPerson(judge.clone()))?;
            if !handed_in(theirs.is) {
                return Err(Refusal::SheetNotSubmitted);
            }
            if theirs.is == PlaceIs::ReMark {
                return Err(Refusal::ReMarkRunning);
            }
            signed = bench.signed;
        } else {
            self.chief_or_organizer()?;
            if self.state.opening(&target.stage.id, self.state.group_of(target.entrant)) != Some(Opening::Closed) {
                return Err(Refusal::SheetNotSubmitted);
            }
        }
        let slot = if target.panel.is_none() { Slot { judge: None, ..slot } } else { slot };
        let now = self.state.field.marks.get(id).and_then(|marks| marks.values.get(&slot)).copied();
        if now == number(value) {
            return Err(Refusal::NothingToDo);
        }
        match second {
            Some(second) => self.second(second)?,
            None if signed => return Err(Refusal::NeedsSecondPerson),
            None => {}
        }
        let (entrant, reason, second) = (id.clone(), reason.clone(), second.cloned());
        Ok(Entry::MarkCorrected { entrant, slot, value, reason, by: self.by(), second })
    }

    /// By a judge of the panel that records it while the own sheet is a draft; by a leader or the chief until the panels have signed,
    /// with a reason once somebody has submitted.
    pub(super) fn record_violation(
        &self,
        id: &EntrantId,
        slot: &ViolationSlot,
        count: u32,
        reason: Option<&Digest>,
    ) -> Result<Entry, Refusal> {
        self.phase(Phase::Running)?;
        let stage = self.stage(&slot.stage)?;
        let violation = stage.violations.iter().find(|violation| violation.id == slot.violation);
        let violation = violation.ok_or_else(|| Refusal::UnknownViolation(slot.violation.clone()))?;
        let entrant = self.entrant_in(id)?;
        let here = stage.place_of(violation, slot.piece.as_ref()).is_some_and(|place| place == slot.piece);
        let known_attempt = (1..=stage.attempts.count.max(1)).contains(&slot.attempt);
        if !self.state.takes_part(id, entrant, stage) || !here || !known_attempt {
            return Err(Refusal::NotInStage { entrant: id.clone(), stage: stage.id.clone() });
        }
        if let Some(most) = Some(violation.most.unwrap_or(TIMES_MAX)).filter(|most| count > *most) {
            return Err(Refusal::AboveMax { max: most.into() });
        }
        let marks = self.state.field.marks.get(id);
        if marks.and_then(|marks| marks.violations.get(slot)).copied().unwrap_or(0) == count {
            return Err(Refusal::NothingToDo);
        }
        let benches = self.touched(stage, id, entrant, slot);
        if !benches.is_empty() && benches.iter().all(|(_, bench)| bench.signed) {
            return Err(Refusal::PanelSigned);
        }
        // A leader answers for the own panel, or for what no panel records.
        let own = |panel: &&Panel| violation.panel.as_ref().is_none_or(|of| *of == panel.id);
        let leads = stage.panels.iter().filter(own).any(|panel| self.leader(&stage.id, &panel.id).is_ok());
        if leads || (benches.is_empty() && self.is_organizer()) {
            let submitted =
                benches.iter().any(|(_, bench)| bench.places.iter().any(|place| place.is == PlaceIs::Submitted));
            if submitted && reason.is_none() {
                return Err(Refusal::ReasonMissing);
            }
        } else {
            if violation.panel.is_none() {
                return Err(Refusal::LeaderRecords { violation: violation.id.clone() });
            }
            let recording: Vec<_> =
                benches.into_iter().filter(|(at, _)| violation.panel.as_ref() == Some(&at.panel.id)).collect();
            self.own_draft(&recording)?;
            self.stage_open(stage, entrant)?;
        }
        let (entrant, slot, reason) = (id.clone(), slot.clone(), reason.cloned());
        Ok(Entry::ViolationRecorded { entrant, slot, count, by: self.by(), reason })
    }

    /// Panels from whose points the violation could be taken.
    fn touched(
        &self,
        stage: &'a Stage,
        id: &'a EntrantId,
        entrant: &'a Entrant,
        slot: &ViolationSlot,
    ) -> Vec<(At<'a>, Bench)> {
        let mut touched = Vec::new();
        for panel in &stage.panels {
            for shape in sheet_shapes(stage, panel) {
                let here = slot.piece.is_none() || shape.piece == slot.piece.as_ref();
                if here && shape.attempt == slot.attempt {
                    let at = At { stage, panel, id, entrant, piece: shape.piece, attempt: shape.attempt };
                    touched.push((at, self.state.bench(&at)));
                }
            }
        }
        touched
    }

    /// Some sheet of the actor here is not handed in yet.
    fn own_draft(&self, benches: &[(At, Bench)]) -> Result<(), Refusal> {
        let judge = &self.actor.person;
        let mut refusal = Refusal::NotAllowed { role: "judge" };
        for (at, bench) in benches {
            match self.sits(at, judge) {
                Err(own @ Refusal::OwnUnit { .. }) => refusal = own,
                Err(_) => {}
                Ok(()) => {
                    let own = bench.places.iter().find(|place| place.judge.as_ref() == Some(judge));
                    if own.is_some_and(|place| matches!(place.is, PlaceIs::Draft | PlaceIs::Returned)) {
                        return Ok(());
                    }
                    refusal = Refusal::SheetSubmitted;
                }
            }
        }
        Err(refusal)
    }
}

/// A single value may be named or not.
fn names(cell: &Cell, value: Option<&Id>) -> bool {
    match (cell.value_id(), value) {
        (own, value) if own == value => true,
        (None, Some(value)) => match &cell.aspect.kind {
            AspectKind::Measurement { values, .. } => values.iter().any(|known| known.id == *value),
            _ => false,
        },
        _ => false,
    }
}

fn number(value: MarkValue) -> Option<Value> {
    if let MarkValue::Is(value) = value { Some(value) } else { None }
}
