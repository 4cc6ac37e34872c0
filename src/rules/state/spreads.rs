//! Spreads that break the rule and what is to be done about each.

use crate::rules::{
    definition::model::SpreadAction,
    field::{EntrantStanding, PanelSlot},
    names::{EntrantId, Id},
    score::Spread,
    view::SpreadTodo,
};

use super::{At, PlaceIs, Side, State, shape};

#[derive(Clone, Debug, PartialEq)]
pub(in crate::rules) struct OpenSpread {
    pub(in crate::rules) entrant: EntrantId,
    pub(in crate::rules) slot: PanelSlot,
    /// `None` while the aspect is being marked again.
    pub(in crate::rules) spread: Option<Spread>,
    pub(in crate::rules) panel: Id,
    pub(in crate::rules) group: Option<Id>,
    pub(in crate::rules) todo: SpreadTodo,
}

impl OpenSpread {
    /// Must be settled before the panel signs.
    pub(in crate::rules) fn blocks(&self) -> bool {
        self.todo != SpreadTodo::Look
    }
}

impl State {
    /// Of all panels, or of one in a group. Only whole panels are looked at: half a panel has no spread.
    pub(in crate::rules) fn open_spreads(&self) -> Vec<OpenSpread> {
        let found: Vec<(EntrantId, Spread)> = self.with_scores(Side::Staff, |ranked| {
            let scored = ranked.scored().iter();
            scored.flat_map(|(id, scored)| scored.spreads.iter().map(|spread| (id.clone(), spread.clone()))).collect()
        });
        let mut open: Vec<OpenSpread> =
            found.into_iter().filter_map(|(id, spread)| self.open_spread(id, spread)).collect();
        for (id, record) in &self.records {
            for slot in record.re_marks.keys() {
                open.extend(self.running_re_mark(id, slot));
            }
        }
        open
    }

    pub(in crate::rules) fn spread_at(&self, entrant: &EntrantId, slot: &PanelSlot) -> Option<OpenSpread> {
        self.open_spreads().into_iter().find(|open| open.entrant == *entrant && open.slot == *slot)
    }

    fn open_spread(&self, id: EntrantId, spread: Spread) -> Option<OpenSpread> {
        let entrant = self.entrant(&id).filter(|entrant| entrant.standing == EntrantStanding::In)?;
        let record = self.record(&id);
        if record.is_some_and(|record| record.stands.contains(&spread.slot)) {
            return None;
        }
        let definition = &self.rules()?.definition;
        let stage = shape::stage(definition, &spread.slot.stage)?;
        let panel = shape::panel_of(stage, &spread.slot.aspect)?;
        let (piece, attempt) = (spread.slot.piece.as_ref(), spread.slot.attempt);
        let bench = self.bench(&At { stage, panel, id: &id, entrant, piece, attempt });
        if !bench.is_complete() && !bench.signed {
            return None;
        }
        let re_marked = record.is_some_and(|record| record.re_marks.contains_key(&spread.slot));
        let todo = match spread.found.action {
            SpreadAction::Warn | SpreadAction::MeanOfAll => SpreadTodo::Look,
            SpreadAction::ReMark if !re_marked => SpreadTodo::OrderReMark,
            SpreadAction::ReMark | SpreadAction::ChiefDecides => SpreadTodo::Decide,
        };
        let (slot, panel) = (spread.slot.clone(), panel.id.clone());
        let group = self.group_of(entrant).cloned();
        Some(OpenSpread { entrant: id, slot, spread: Some(spread), panel, group, todo })
    }

    fn running_re_mark(&self, id: &EntrantId, slot: &PanelSlot) -> Option<OpenSpread> {
        let entrant = self.entrant(id).filter(|entrant| entrant.standing == EntrantStanding::In)?;
        let definition = &self.rules()?.definition;
        let stage = shape::stage(definition, &slot.stage)?;
        let panel = shape::panel_of(stage, &slot.aspect)?;
        let bench = self.bench(&At { stage, panel, id, entrant, piece: slot.piece.as_ref(), attempt: slot.attempt });
        let runs = bench.places.iter().any(|place| {
            let sheet = place.judge.as_ref().map(|judge| (place.is, judge));
            matches!(sheet, Some((PlaceIs::ReMark, judge)) if self.marks_again(id, slot, &panel.id, judge))
        });
        runs.then(|| OpenSpread {
            entrant: id.clone(),
            slot: slot.clone(),
            spread: None,
            panel: panel.id.clone(),
            group: self.group_of(entrant).cloned(),
            todo: SpreadTodo::WaitForReMark,
        })
    }

    fn marks_again(&self, id: &EntrantId, slot: &PanelSlot, panel: &Id, judge: &crate::rules::names::PersonId) -> bool {
        let sheets = self.record(id).into_iter().flat_map(|record| &record.sheets);
        let mut own = sheets.filter(|(key, _)| {
            key.judge == *judge
                && key.panel == *panel
                && key.stage == slot.stage
                && key.piece == slot.piece
                && key.attempt == slot.attempt
        });
        own.any(|(_, sheet)| sheet.again.contains(&slot.aspect))
    }
}
