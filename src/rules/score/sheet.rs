//! One entrant's marks by the plan's indices: what scoring reads.
//!
//! The ledger keeps marks by names, so that they outlive a change of the definition; scoring wants them as sorted
//! numbers. Slots that the definition does not know are left out.

use std::{collections::BTreeMap, sync::Arc};

use rust_decimal::Decimal;

use super::{
    super::{
        definition::model::Panel,
        field::{EntrantMarks, Slot, Value},
        names::{Id, PersonId},
    },
    plan::{Inner, Item, Plan},
};

/// Seats of judges by stage and panel, where the ledger assigned them. Without a seat here a judge's name ending in a
/// number within the panel (`J3`, `评委3`) has that seat, and the others follow in the order of names. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seats(Arc<BTreeMap<(Id, Id), BTreeMap<PersonId, u32>>>);

/// One mark at its cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct CellMark {
    /// From 1.
    pub(crate) attempt: u32,
    pub(crate) cell: u32,
    /// Position in the list of judges; `NOBODY` where an aspect is entered once.
    pub(crate) judge: u32,
    pub(crate) value: Value,
}

pub(crate) const NOBODY: u32 = u32::MAX;

/// How often a violation was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fault {
    pub(crate) stage: usize,
    pub(crate) attempt: u32,
    pub(crate) piece: Option<usize>,
    pub(crate) violation: usize,
    pub(crate) count: u32,
}

/// The chief's number for an item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Resolved {
    pub(crate) attempt: u32,
    pub(crate) item: usize,
    pub(crate) number: Decimal,
}

/// One entrant's marks, sorted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnedSheet {
    cells: Vec<CellMark>,
    faults: Vec<Fault>,
    resolved: Vec<Resolved>,
    judges: Vec<PersonId>,
    seats: Seats,
}

/// The same, borrowed.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// By attempt, cell and judge.
    pub(crate) cells: &'a [CellMark],
    pub(crate) faults: &'a [Fault],
    pub(crate) resolved: &'a [Resolved],
    pub(crate) judges: &'a [PersonId],
    pub(crate) seats: &'a Seats,
}

impl Seats {
    pub fn set(&mut self, stage: Id, panel: Id, judge: PersonId, seat: u32) {
        Arc::make_mut(&mut self.0).entry((stage, panel)).or_default().insert(judge, seat);
    }

    /// The seats of a panel's judges by their names alone, in the order of names.
    pub(crate) fn by_names<'n>(judges: &[&'n PersonId], seats: u32) -> Vec<(&'n PersonId, u32)> {
        let taken: Vec<Option<u32>> = judges.iter().map(|judge| numbered(judge, seats)).collect();
        judges.iter().copied().zip(filled(&taken)).collect()
    }

    fn get(&self, stage: &Id, panel: &Id, judge: &PersonId) -> Option<u32> {
        // The map is empty or small; a panel is asked only where its judges have weights.
        self.0.iter().find(|((s, p), _)| s == stage && p == panel).and_then(|(_, seats)| seats.get(judge)).copied()
    }
}

impl OwnedSheet {
    /// Marks by names, as the plan sees them.
    pub fn new(plan: &Plan, marks: &EntrantMarks, seats: &Seats) -> Self {
        let inner = plan.inner();
        let mut sheet = Self { seats: seats.clone(), cells: Vec::with_capacity(marks.values.len()), ..Self::default() };
        let mut judges: Vec<&PersonId> = marks.values.keys().filter_map(|slot| slot.judge.as_ref()).collect();
        judges.sort_unstable();
        judges.dedup();
        let place = |judge| judges.binary_search(&judge).ok().and_then(|at| u32::try_from(at).ok()).unwrap_or(NOBODY);
        // Slots stand in the order of places, a panel's judges side by side: one place is looked up once.
        let mut before: Option<(&Slot, Option<u32>)> = None;
        for (slot, value) in &marks.values {
            let cell = match before {
                Some((other, cell)) if is_same_place(slot, other) => cell,
                _ => inner.cell_of(slot),
            };
            before = Some((slot, cell));
            let Some(cell) = cell else { continue };
            let judge = slot.judge.as_ref().map_or(NOBODY, place);
            sheet.cells.push(CellMark { attempt: slot.attempt, cell, judge, value: *value });
        }
        sheet.cells.sort_unstable_by_key(|mark| (mark.attempt, mark.cell, mark.judge));
        for (slot, count) in &marks.violations {
            let Some(stage) = inner.stage_at(&slot.stage) else { continue };
            let plan = &inner.stages[stage];
            let Some(violation) = plan.violation_at(slot.violation.as_str()) else { continue };
            let piece = slot.piece.as_ref().and_then(|piece| plan.piece_at(piece));
            sheet.faults.push(Fault { stage, attempt: slot.attempt, piece, violation, count: *count });
        }
        sheet.faults.sort_unstable();
        for (slot, number) in &marks.resolved {
            let Some(stage) = inner.stage_at(&slot.stage) else { continue };
            let Some(item) = inner.item_at(stage, slot.piece.as_ref(), slot.aspect.as_str()) else { continue };
            sheet.resolved.push(Resolved { attempt: slot.attempt, item, number: *number });
        }
        sheet.judges = judges.into_iter().cloned().collect();
        sheet
    }

    pub fn view(&self) -> Sheet<'_> {
        Sheet {
            cells: &self.cells,
            faults: &self.faults,
            resolved: &self.resolved,
            judges: &self.judges,
            seats: &self.seats,
        }
    }
}

impl Sheet<'_> {
    pub(crate) fn to_owned(self) -> OwnedSheet {
        OwnedSheet {
            cells: self.cells.to_vec(),
            faults: self.faults.to_vec(),
            resolved: self.resolved.to_vec(),
            judges: self.judges.to_vec(),
            seats: self.seats.clone(),
        }
    }

    pub(crate) fn judge(&self, mark: &CellMark) -> Option<&PersonId> {
        self.judges.get(mark.judge as usize)
    }

    /// The seat of each of a panel's marks at one cell, in their order; asked where judges have weights.
    pub(crate) fn seats<'m>(
        &self,
        plan: &Inner,
        item: &Item,
        panel: &Panel,
        marks: impl Iterator<Item = &'m CellMark>,
    ) -> Vec<u32> {
        let stage = &plan.stage_of(item).id;
        let taken: Vec<Option<u32>> = marks
            .map(|mark| self.judge(mark))
            .map(|judge| {
                judge.and_then(|judge| self.seats.get(stage, &panel.id, judge).or(numbered(judge, panel.judges)))
            })
            .collect();
        filled(&taken)
    }
}

/// All but the judge and the attempt.
fn is_same_place(a: &Slot, b: &Slot) -> bool {
    a.stage == b.stage && a.piece == b.piece && a.aspect == b.aspect && a.value == b.value
}

/// Those without a seat get the free ones in turn.
fn filled(taken: &[Option<u32>]) -> Vec<u32> {
    let mut free = (1..NOBODY).filter(|seat| !taken.contains(&Some(*seat)));
    taken.iter().map(|seat| seat.or_else(|| free.next()).unwrap_or(1)).collect()
}

/// `J3` sits on seat 3.
fn numbered(judge: &PersonId, judges: u32) -> Option<u32> {
    let name = judge.as_str();
    let digits = name.len() - name.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    name[name.len() - digits..].parse().ok().filter(|seat| (1..=judges).contains(seat))
}

impl Inner {
    fn cell_of(&self, slot: &Slot) -> Option<u32> {
        let item = self.item_at(self.stage_at(&slot.stage)?, slot.piece.as_ref(), slot.aspect.as_str())?;
        self.cell_at(item, slot.value.as_ref().map(Id::as_str))
    }

    pub(crate) fn item_at(&self, stage: usize, piece: Option<&Id>, aspect: &str) -> Option<usize> {
        let plan = self.stages.get(stage)?;
        let piece = match piece {
            None => None,
            Some(piece) => Some(plan.piece_at(piece)?),
        };
        let items = &plan.of_aspect[plan.aspect_at(aspect)?];
        items.iter().copied().find(|item| self.items[*item].piece == piece)
    }

    /// A single value may be left unnamed.
    pub(crate) fn cell_at(&self, item: usize, value: Option<&str>) -> Option<u32> {
        let item = &self.items[item];
        let at = match value {
            None => (item.values.len() == 1).then_some(0),
            Some(value) => item.values.iter().position(|id| id.as_str() == value),
        };
        at.and_then(|at| u32::try_from(at).ok()).map(|at| item.first_cell + at)
    }
}
