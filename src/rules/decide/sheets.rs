//! Sheets: handing in, returning.

use super::Case;
use crate::rules::{
    command::Refusal,
    field::Slot,
    ledger::{
        Entry,
        entry::{Digest, Phase, SheetKey},
    },
    state::{At, SheetStatus, cells, sheet_shapes},
};

impl<'a> Case<'a> {
    fn sheet_at(&self, sheet: &'a SheetKey) -> Result<At<'a>, Refusal> {
        let (stage, panel) = self.panel(&sheet.stage, &sheet.panel)?;
        let entrant = self.entrant_in(&sheet.entrant)?;
        self.not_judged(&sheet.entrant)?;
        let at = At { stage, panel, id: &sheet.entrant, entrant, piece: sheet.piece.as_ref(), attempt: sheet.attempt };
        let known =
            sheet_shapes(stage, panel).iter().any(|shape| shape.piece == at.piece && shape.attempt == at.attempt);
        if known && self.state.takes_part(at.id, entrant, stage) {
            Ok(at)
        } else {
            Err(Refusal::NotInStage { entrant: sheet.entrant.clone(), stage: stage.id.clone() })
        }
    }

    /// By its judge, complete. Nobody else submits a sheet, and no timer does.
    pub(super) fn submit(&self, sheet: &'a SheetKey) -> Result<Entry, Refusal> {
        self.phase(Phase::Running)?;
        let at = self.sheet_at(sheet)?;
        if sheet.judge != self.actor.person {
            return Err(Refusal::NotThisJudges { stage: sheet.stage.clone(), panel: sheet.panel.clone() });
        }
        self.sits(&at, &sheet.judge)?;
        if self.state.bench(&at).signed {
            return Err(Refusal::PanelSigned);
        }
        self.stage_open(at.stage, at.entrant)?;
        if self.state.record(at.id).is_some_and(|record| record.is_in(sheet)) {
            return Err(Refusal::SheetSubmitted);
        }
        let cells = cells(at.stage, at.panel, at.piece);
        let (marked, wanted) = self.state.marked(&at, &sheet.judge, &cells);
        if marked < wanted {
            let marks = self.state.field.marks.get(at.id);
            let given = |slot: &Slot| marks.is_some_and(|marks| marks.values.contains_key(slot));
            let open = cells.iter().filter(|cell| !given(&at.slot(cell, Some(&sheet.judge))));
            let mut missing: Vec<_> = open.map(|cell| cell.aspect.id.clone()).collect();
            missing.dedup();
            return Err(Refusal::SheetIncomplete { missing });
        }
        Ok(Entry::SheetSubmitted { sheet: sheet.clone(), by: self.by() })
    }

    /// By the leader or the chief, with a reason, until the panel has signed.
    pub(super) fn return_sheet(&self, sheet: &'a SheetKey, reason: &Digest) -> Result<Entry, Refusal> {
        self.phase(Phase::Running)?;
        self.leader(&sheet.stage, &sheet.panel)?;
        let at = self.sheet_at(sheet)?;
        if self.state.bench(&at).signed {
            return Err(Refusal::PanelSigned);
        }
        let trace = self.state.record(at.id).and_then(|record| record.sheets.get(sheet));
        if trace.is_none_or(|trace| trace.status != SheetStatus::Submitted) {
            return Err(Refusal::SheetNotSubmitted);
        }
        Ok(Entry::SheetReturned { sheet: sheet.clone(), by: self.by(), reason: reason.clone() })
    }
}
