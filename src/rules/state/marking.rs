//! Folding what is marked: marks, violations, sheets, re-marks, resolutions.

use crate::rules::{
    field::{PanelSlot, Slot, Value},
    ledger::{
        Entry, Recorded,
        entry::{MarkValue, SheetKey},
    },
    names::EntrantId,
};

use super::{
    Corrected, State,
    record::{Earlier, ReMark, Report, SheetStatus, SheetTrace},
    shape,
};

impl State {
    pub(super) fn mark(&mut self, recorded: &Recorded) {
        match &recorded.entry {
            Entry::MarkGiven { entrant, slot, value, by: _ } => {
                self.put(entrant, slot, *value, recorded.seq, false);
                self.has_marks = true;
            }
            Entry::MarkCorrected { entrant, slot, value, reason, by, second } => {
                let before = self.put(entrant, slot, *value, recorded.seq, true);
                self.judge_anew(entrant, &panel_slot(slot));
                self.corrections.push(Corrected {
                    seq: recorded.seq,
                    at: recorded.at,
                    entrant: entrant.clone(),
                    slot: slot.clone(),
                    before,
                    after: value_of(*value),
                    reason: reason.clone(),
                    by: by.clone(),
                    second: second.clone(),
                });
            }
            Entry::ViolationRecorded { entrant, slot, count, by, reason } => {
                let marks = self.field.marks.entry(entrant.clone()).or_default();
                if *count == 0 {
                    marks.violations.remove(slot);
                } else {
                    marks.violations.insert(slot.clone(), *count);
                }
                let report = Report { by: by.clone(), at: recorded.at, reason: reason.clone() };
                self.records.entry(entrant.clone()).or_default().reports.insert(slot.clone(), report);
                self.has_marks = true;
            }
            Entry::DisqualificationRejected { entrant, violation, .. } => {
                let count = self.times(entrant, violation);
                self.records.entry(entrant.clone()).or_default().rejected.insert(violation.clone(), count);
            }
            Entry::SheetSubmitted { sheet, by: _ } => {
                let trace = SheetTrace { status: SheetStatus::Submitted, at: recorded.at, ..SheetTrace::default() };
                self.set_sheet(sheet, trace);
                self.has_marks = true;
            }
            Entry::SheetReturned { sheet, .. } => {
                let trace = SheetTrace { status: SheetStatus::Returned, at: recorded.at, ..SheetTrace::default() };
                self.set_sheet(sheet, trace);
            }
            Entry::ReMarkOrdered { entrant, slot, by: _ } => self.order_re_mark(entrant, slot, recorded),
            Entry::SpreadResolved { entrant, slot, points, .. } => {
                let marks = self.field.marks.entry(entrant.clone()).or_default();
                let record = self.records.entry(entrant.clone()).or_default();
                if let Some(points) = points {
                    marks.resolved.insert(slot.clone(), *points);
                } else {
                    marks.resolved.remove(slot);
                    record.stands.insert(slot.clone());
                }
            }
            _ => {}
        }
        if let Some(entrant) = entrant_of(&recorded.entry) {
            self.forget_score(entrant);
        }
    }

    /// How often somebody broke this rule, over all stages, pieces and attempts.
    pub(in crate::rules) fn times(&self, entrant: &EntrantId, violation: &crate::rules::names::Id) -> u32 {
        let marks = self.field.marks.get(entrant);
        let counts = marks.into_iter().flat_map(|marks| &marks.violations);
        counts.filter(|(slot, _)| slot.violation == *violation).map(|(_, count)| count).sum()
    }

    fn forget_score(&mut self, entrant: &EntrantId) {
        let after_next = self.rules().is_some_and(|rules| rules.definition.board.after_next);
        self.scores.forget(entrant);
        // The one before in the draw waits for this one.
        if after_next && let Some(before) = self.neighbour(entrant, super::round::Way::Before).cloned() {
            self.scores.forget(&before);
        }
    }

    fn put(&mut self, entrant: &EntrantId, slot: &Slot, value: MarkValue, seq: u64, corrected: bool) -> Option<Value> {
        let values = &mut self.field.marks.entry(entrant.clone()).or_default().values;
        let before = match value {
            MarkValue::Is(value) => values.insert(slot.clone(), value),
            MarkValue::Cleared => values.remove(slot),
        };
        if let Some(value) = before {
            let record = self.records.entry(entrant.clone()).or_default();
            record.earlier.entry(slot.clone()).or_default().push(Earlier { value, until: seq, corrected });
        }
        before
    }

    /// A changed mark undoes what was decided about the spread of the old ones.
    fn judge_anew(&mut self, entrant: &EntrantId, slot: &PanelSlot) {
        if let Some(record) = self.records.get_mut(entrant) {
            record.stands.remove(slot);
        }
        if let Some(marks) = self.field.marks.get_mut(entrant) {
            marks.resolved.remove(slot);
        }
    }

    fn set_sheet(&mut self, sheet: &SheetKey, trace: SheetTrace) {
        self.records.entry(sheet.entrant.clone()).or_default().sheets.insert(sheet.clone(), trace);
    }

    fn order_re_mark(&mut self, entrant: &EntrantId, slot: &PanelSlot, recorded: &Recorded) {
        self.judge_anew(entrant, slot);
        let marks = self.field.marks.entry(entrant.clone()).or_default();
        let of_panel = |mark: &Slot| mark.judge.is_some() && panel_slot(mark) == *slot;
        let first: Vec<(Slot, Value)> = marks
            .values
            .iter()
            .filter(|(mark, _)| of_panel(mark))
            .map(|(mark, value)| (mark.clone(), *value))
            .collect();
        let record = self.records.entry(entrant.clone()).or_default();
        for (mark, value) in &first {
            marks.values.remove(mark);
            let earlier = Earlier { value: *value, until: recorded.seq, corrected: false };
            record.earlier.entry(mark.clone()).or_default().push(earlier);
        }
        let rules = self.adopted.as_ref().and_then(|adopted| adopted.rules.as_ref());
        let stage = rules.and_then(|rules| shape::stage(&rules.definition, &slot.stage));
        let panel = stage.and_then(|stage| shape::panel_of(stage, &slot.aspect));
        for (key, sheet) in &mut record.sheets {
            let same = key.stage == slot.stage && key.piece == slot.piece && key.attempt == slot.attempt;
            if same && panel.is_some_and(|panel| panel.id == key.panel) && sheet.status == SheetStatus::Submitted {
                sheet.again.insert(slot.aspect.clone());
            }
        }
        record.re_marks.insert(slot.clone(), ReMark { at: recorded.at, first: first.into_iter().collect() });
    }
}

pub(super) fn panel_slot(slot: &Slot) -> PanelSlot {
    let Slot { stage, piece, attempt, aspect, .. } = slot.clone();
    PanelSlot { stage, piece, attempt, aspect }
}

fn value_of(value: MarkValue) -> Option<Value> {
    if let MarkValue::Is(value) = value { Some(value) } else { None }
}

fn entrant_of(entry: &Entry) -> Option<&EntrantId> {
    match entry {
        Entry::MarkGiven { entrant, .. }
        | Entry::MarkCorrected { entrant, .. }
        | Entry::ViolationRecorded { entrant, .. }
        | Entry::ReMarkOrdered { entrant, .. }
        | Entry::SpreadResolved { entrant, .. } => Some(entrant),
        Entry::SheetSubmitted { sheet, .. } | Entry::SheetReturned { sheet, .. } => Some(&sheet.entrant),
        _ => None,
    }
}
