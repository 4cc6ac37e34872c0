//! One panel before one entrant: who has which seat, and how far each sheet is.
//!
//! This is where it is decided what counts: publicly, for signing, and for scoring.

use crate::rules::{
    definition::model::{CountsWhen, MissingJudge, Panel, Stage, Take},
    field::{Entrant, Slot, Value},
    ledger::entry::SheetKey,
    names::{EntrantId, Id, PersonId},
};

use super::{
    State,
    people::Holder,
    record::SheetStatus,
    shape::{self, Cell},
};

/// Where a panel sits before an entrant.
#[derive(Clone, Copy, Debug)]
pub(in crate::rules) struct At<'a> {
    pub(in crate::rules) stage: &'a Stage,
    pub(in crate::rules) panel: &'a Panel,
    pub(in crate::rules) id: &'a EntrantId,
    pub(in crate::rules) entrant: &'a Entrant,
    pub(in crate::rules) piece: Option<&'a Id>,
    pub(in crate::rules) attempt: u32,
}

#[derive(Clone, Debug)]
pub(in crate::rules) struct Bench {
    /// One per seat, from the first.
    pub(in crate::rules) places: Vec<Place>,
    pub(in crate::rules) signed: bool,
    missing: MissingJudge,
    /// Nobody must mark this attempt, and nobody has begun.
    optional: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(in crate::rules) struct Place {
    pub(in crate::rules) seat: u32,
    /// Whose sheet counts here.
    pub(in crate::rules) judge: Option<PersonId>,
    pub(in crate::rules) is: PlaceIs,
    pub(in crate::rules) marked: usize,
    pub(in crate::rules) wanted: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum PlaceIs {
    Vacant,
    /// 执裁回避.
    OwnUnit,
    Draft,
    Returned,
    ReMark,
    Submitted,
}

impl At<'_> {
    pub(in crate::rules) fn sheet(&self, judge: &PersonId) -> SheetKey {
        SheetKey {
            judge: judge.clone(),
            stage: self.stage.id.clone(),
            panel: self.panel.id.clone(),
            entrant: self.id.clone(),
            piece: self.piece.cloned(),
            attempt: self.attempt,
        }
    }

    pub(in crate::rules) fn slot(&self, cell: &Cell, judge: Option<&PersonId>) -> Slot {
        slot(self.stage, self.piece, self.attempt, cell, judge)
    }

    fn is_optional(&self) -> bool {
        let needed = match self.stage.attempts.take {
            Take::Sum | Take::Mean => self.stage.attempts.count,
            Take::BestOf(count) => count,
            Take::Best | Take::Last => 1,
        };
        self.attempt > needed.max(1)
    }
}

pub(in crate::rules) fn slot(
    stage: &Stage,
    piece: Option<&Id>,
    attempt: u32,
    cell: &Cell,
    judge: Option<&PersonId>,
) -> Slot {
    Slot {
        stage: stage.id.clone(),
        piece: piece.cloned(),
        attempt,
        aspect: cell.aspect.id.clone(),
        value: cell.value_id().cloned(),
        judge: judge.cloned(),
    }
}

impl State {
    pub(in crate::rules) fn bench(&self, at: &At) -> Bench {
        let holders = self.people.holders(&at.stage.id, &at.panel.id);
        let cells = shape::cells(at.stage, at.panel, at.piece);
        let places: Vec<Place> = (1..=at.panel.judges)
            .map(|seat| {
                let here: Vec<&Holder> =
                    holders.iter().filter(|holder| holder.seat == seat && holder.marks(at.entrant)).collect();
                self.place(at, seat, &here, &cells)
            })
            .collect();
        let begun = places
            .iter()
            .any(|place| place.marked > 0 || !matches!(place.is, PlaceIs::Draft | PlaceIs::Vacant | PlaceIs::OwnUnit));
        let group = at.entrant.group.clone().filter(|_| self.has_groups());
        let signed = self.signed.contains_key(&(at.stage.id.clone(), at.panel.id.clone(), group));
        Bench { places, signed, missing: at.panel.missing, optional: at.is_optional() && !begun }
    }

    pub(in crate::rules) fn has_groups(&self) -> bool {
        self.rules().is_some_and(|rules| !rules.definition.groups.is_empty())
    }

    fn place(&self, at: &At, seat: u32, here: &[&Holder], cells: &[Cell]) -> Place {
        let record = self.record(at.id);
        let handed_in = |holder: &&&Holder| {
            let sheet = record.and_then(|record| record.sheets.get(&at.sheet(&holder.person)));
            sheet.is_some_and(|sheet| sheet.status == SheetStatus::Submitted)
        };
        let current = here.iter().find(|holder| holder.current);
        let submitted = current.filter(handed_in).or_else(|| here.iter().rev().find(handed_in));
        let Some(holder) = submitted.or(current) else {
            return Place { seat, judge: None, is: PlaceIs::Vacant, marked: 0, wanted: cells.len() };
        };
        let trace = record.and_then(|record| record.sheets.get(&at.sheet(&holder.person)));
        let is = match trace.map(|trace| (trace.status, trace.again.is_empty())) {
            Some((SheetStatus::Submitted, true)) => PlaceIs::Submitted,
            Some((SheetStatus::Submitted, false)) => PlaceIs::ReMark,
            _ if self.people.own_unit(&holder.person, at.entrant).is_some() => PlaceIs::OwnUnit,
            Some((SheetStatus::Returned, _)) => PlaceIs::Returned,
            _ => PlaceIs::Draft,
        };
        let (marked, wanted) = self.marked(at, &holder.person, cells);
        Place { seat, judge: Some(holder.person.clone()), is, marked, wanted }
    }

    /// How many values stand on a judge's sheet, of how many. With an absence nothing more is wanted.
    pub(in crate::rules) fn marked(&self, at: &At, judge: &PersonId, cells: &[Cell]) -> (usize, usize) {
        let Some(marks) = self.field.marks.get(at.id) else { return (0, cells.len()) };
        let values = cells.iter().filter_map(|cell| marks.values.get(&at.slot(cell, Some(judge))));
        let (count, absent) =
            values.fold((0, false), |(count, absent), value| (count + 1, absent || *value == Value::Absent));
        (count, if absent { count } else { cells.len() })
    }
}

impl Bench {
    /// Sheets that must still be handed in before the panel can sign.
    pub(in crate::rules) fn missing(&self) -> usize {
        if self.optional {
            return 0;
        }
        let missing = self.places.iter().filter(|place| self.blocks(place)).count();
        // Somebody must have marked, unless all of them are recused.
        let nobody = !self.places.iter().any(|place| place.is == PlaceIs::Submitted);
        let recused = self.places.iter().any(|place| place.is == PlaceIs::OwnUnit);
        if missing == 0 && nobody && !recused { 1 } else { missing }
    }

    fn blocks(&self, place: &Place) -> bool {
        match place.is {
            PlaceIs::Submitted | PlaceIs::OwnUnit => false,
            PlaceIs::Returned | PlaceIs::ReMark => true,
            PlaceIs::Draft => place.marked > 0 || self.missing == MissingJudge::Wait,
            PlaceIs::Vacant => self.missing == MissingJudge::Wait,
        }
    }

    /// Everybody who sits here has handed in.
    pub(in crate::rules) fn is_complete(&self) -> bool {
        self.missing() == 0 && !self.optional && !self.places.iter().any(|place| place.is == PlaceIs::Draft)
    }

    /// Whether the marks count publicly.
    pub(in crate::rules) fn counts(&self, when: CountsWhen) -> bool {
        match when {
            CountsWhen::Submitted => self.signed || self.is_complete(),
            CountsWhen::Signed => self.signed,
        }
    }

    pub(in crate::rules) fn is_begun(&self) -> bool {
        self.places.iter().any(|place| place.marked > 0)
    }

    /// Sheets handed in, and expected; nothing of an attempt that nobody must make.
    pub(in crate::rules) fn progress(&self) -> (usize, usize) {
        if self.optional {
            return (0, 0);
        }
        let vacant_waits = self.missing == MissingJudge::Wait;
        let expected = self.places.iter().filter(|place| match place.is {
            PlaceIs::OwnUnit => false,
            PlaceIs::Vacant => vacant_waits,
            _ => true,
        });
        let done = self.places.iter().filter(|place| place.is == PlaceIs::Submitted);
        (done.count(), expected.count())
    }

    pub(in crate::rules) fn is_optional(&self) -> bool {
        self.optional
    }
}
