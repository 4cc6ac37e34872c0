//! What the chief judge and the leaders settle: spreads, disqualifications, ties.

use rust_decimal::Decimal;

use super::Case;
use crate::rules::{
    command::Refusal,
    definition::model::{Aggregate, AspectKind},
    field::{PanelSlot, TieDecision},
    ledger::{
        Entry,
        entry::{Digest, Phase},
    },
    names::{EntrantId, Id},
    state::{At, Cell, OpenSpread, limits, panel_of},
    view::SpreadTodo,
};

impl Case<'_> {
    /// The spread at an aspect that the actor may settle.
    fn spread(&self, id: &EntrantId, slot: &PanelSlot) -> Result<OpenSpread, Refusal> {
        self.phase(Phase::Running)?;
        let stage = self.stage(&slot.stage)?;
        let panel = panel_of(stage, &slot.aspect).ok_or_else(|| Refusal::UnknownAspect(slot.aspect.clone()))?;
        self.leader(&stage.id, &panel.id)?;
        let entrant = self.entrant_in(id)?;
        let at = At { stage, panel, id, entrant, piece: slot.piece.as_ref(), attempt: slot.attempt };
        if self.state.bench(&at).signed {
            return Err(Refusal::PanelSigned);
        }
        self.state.spread_at(id, slot).ok_or(Refusal::NoSpread)
    }

    pub(super) fn order_re_mark(&self, id: &EntrantId, slot: &PanelSlot) -> Result<Entry, Refusal> {
        let open = self.spread(id, slot)?;
        if open.todo == SpreadTodo::WaitForReMark {
            return Err(Refusal::ReMarkRunning);
        }
        if self.state.record(id).is_some_and(|record| record.re_marks.contains_key(slot)) {
            return Err(Refusal::ReMarkOnce);
        }
        let stage = self.stage(&slot.stage)?;
        self.stage_open(stage, self.entrant(id)?)?;
        Ok(Entry::ReMarkOrdered { entrant: id.clone(), slot: slot.clone(), by: self.by() })
    }

    pub(super) fn resolve(
        &self,
        id: &EntrantId,
        slot: &PanelSlot,
        points: Option<Decimal>,
        reason: &Digest,
    ) -> Result<Entry, Refusal> {
        self.chief()?;
        let open = self.spread(id, slot)?;
        match open.todo {
            SpreadTodo::OrderReMark => return Err(Refusal::ReMarkFirst),
            SpreadTodo::WaitForReMark => return Err(Refusal::ReMarkRunning),
            SpreadTodo::Look | SpreadTodo::Decide => {}
        }
        match points {
            Some(points) => self.within_panel(slot, points)?,
            // Two numbers that differ cannot both stand.
            None if self.must_agree(slot) => return Err(Refusal::ValueMissing),
            None => {}
        }
        let (entrant, slot, reason) = (id.clone(), slot.clone(), reason.clone());
        Ok(Entry::SpreadResolved { entrant, slot, points, reason, by: self.by() })
    }

    fn must_agree(&self, slot: &PanelSlot) -> bool {
        let panel = self.stage(&slot.stage).ok().and_then(|stage| panel_of(stage, &slot.aspect));
        panel.is_some_and(|panel| panel.aggregate == Aggregate::Agree)
    }

    /// The chief's number lies where the panel's could.
    fn within_panel(&self, slot: &PanelSlot, points: Decimal) -> Result<(), Refusal> {
        let stage = self.stage(&slot.stage)?;
        let panel = panel_of(stage, &slot.aspect).ok_or_else(|| Refusal::UnknownAspect(slot.aspect.clone()))?;
        let Some(aspect) = stage.aspects.iter().find(|aspect| aspect.id == slot.aspect) else { return Ok(()) };
        let one = limits(&Cell { aspect, value: None });
        let times = match panel.aggregate {
            Aggregate::Sum => Decimal::from(panel.judges),
            // Weights need not add up to one.
            Aggregate::Weighted(_) => return Ok(()),
            _ => Decimal::ONE,
        };
        let banded = matches!(aspect.kind, AspectKind::BandedJudgement { .. });
        let max = if banded { aspect.max } else { one.max.and_then(|max| max.checked_mul(times)) };
        let min = one.min.unwrap_or_default().min(Decimal::ZERO).checked_mul(times).unwrap_or_default();
        if points < min {
            return Err(Refusal::BelowMin { min });
        }
        match max.filter(|max| points > *max) {
            Some(max) => Err(Refusal::AboveMax { max }),
            None => Ok(()),
        }
    }

    pub(super) fn confirm(&self, id: &EntrantId, violation: &Id) -> Result<Entry, Refusal> {
        self.pending(id, violation)?;
        Ok(Entry::DisqualificationConfirmed { entrant: id.clone(), violation: violation.clone(), by: self.by() })
    }

    pub(super) fn reject(&self, id: &EntrantId, violation: &Id, reason: &Digest) -> Result<Entry, Refusal> {
        self.pending(id, violation)?;
        let (entrant, violation, reason) = (id.clone(), violation.clone(), reason.clone());
        Ok(Entry::DisqualificationRejected { entrant, violation, by: self.by(), reason })
    }

    fn pending(&self, id: &EntrantId, violation: &Id) -> Result<(), Refusal> {
        self.chief()?;
        self.phase(Phase::Running)?;
        self.entrant_in(id)?;
        let mut stages = self.rules()?.definition.stages.iter();
        if !stages.any(|stage| stage.violations.iter().any(|known| known.id == *violation)) {
            return Err(Refusal::UnknownViolation(violation.clone()));
        }
        let reported = self.state.pending_disqualifications();
        if reported.iter().any(|(who, which)| who == id && which == violation) {
            Ok(())
        } else {
            Err(Refusal::NothingToDo)
        }
    }

    /// The order of equals that the chain does not part.
    pub(super) fn decide_tie(&self, decision: &TieDecision, reason: &Digest) -> Result<Entry, Refusal> {
        self.chief_or_organizer()?;
        self.phase(Phase::Running)?;
        let mut order: Vec<&str> = decision.order.iter().map(String::as_str).collect();
        order.sort_unstable();
        let awaits = self.state.open_ties().iter().any(|tie| {
            let mut tied: Vec<&str> = tie.tied.iter().map(String::as_str).collect();
            tied.sort_unstable();
            tied == order
        });
        if !awaits {
            return Err(Refusal::NotTied);
        }
        Ok(Entry::TieDecided { decision: decision.clone(), by: self.by(), reason: reason.clone() })
    }
}
