//! What a new definition would drop although it has marks: stages, pieces, aspects and the like, named by their ids.

use std::collections::BTreeSet;

use super::{
    State,
    shape::{SheetShape, cells, loose_cells, panel_of, sheet_shapes},
};
use crate::rules::{
    command::{Dropped, Part},
    definition::{
        Definition,
        model::{AspectKind, Stage, Titled},
    },
    field::{Slot, ViolationSlot},
    indicators::Actual,
    names::Id,
};

impl State {
    /// Ordered, each once; empty: every mark finds its place in `new`.
    pub(in crate::rules) fn dropped_by(&self, new: &Definition) -> Vec<Dropped> {
        let mut dropped = BTreeSet::new();
        let stage = |id: &Id| new.stages.iter().find(|stage| stage.id == *id);
        let without_stage = |id: &Id| Dropped { part: Part::Stage, stage: None, id: id.clone() };
        for (id, marks) in &self.field.marks {
            for slot in marks.values.keys().filter(|slot| !self.is_of_unbound_source(slot)) {
                let gone = stage(&slot.stage).map_or(Some(without_stage(&slot.stage)), |stage| lost(stage, slot));
                dropped.extend(gone);
            }
            for slot in marks.violations.keys() {
                let gone = stage(&slot.stage).map_or(Some(without_stage(&slot.stage)), |stage| unnamed(stage, slot));
                dropped.extend(gone);
            }
            let Some(entrant) = self.entrant(id).filter(|_| !marks.values.is_empty()) else { continue };
            let titled = |part, known: &[Titled], id: Option<&Id>| {
                let id = id.filter(|id| !known.iter().any(|known| known.id == **id))?;
                Some(Dropped { part, stage: None, id: id.clone() })
            };
            dropped.extend(titled(Part::Event, &new.events, entrant.event.as_ref()));
            dropped.extend(titled(Part::Group, &new.groups, entrant.group.as_ref()));
        }
        self.dropped_figures(new, &mut dropped);
        self.dropped_works(new, &mut dropped);
        // A sheet that was begun belongs to its panel, which signs for it.
        for sheet in self.records.values().flat_map(|record| record.sheets.keys()) {
            if let Some(stage) = stage(&sheet.stage)
                && !stage.panels.iter().any(|panel| panel.id == sheet.panel)
            {
                dropped.insert(part_of(stage, Part::Panel, sheet.panel.clone()));
            }
        }
        dropped.into_iter().collect()
    }

    /// Collections that have works, and grades in which some were accepted.
    fn dropped_works(&self, new: &Definition, dropped: &mut BTreeSet<Dropped>) {
        for (collection, grade) in self.works.named() {
            let Some(rules) = new.collections.iter().find(|rules| rules.id == collection) else {
                dropped.insert(Dropped { part: Part::Collection, stage: None, id: collection });
                continue;
            };
            if let Some(grade) = grade.filter(|grade| rules.grade(grade).is_none()) {
                dropped.insert(Dropped { part: Part::Grade, stage: None, id: grade });
            }
        }
    }

    /// Of a labor competition: what has figures.
    fn dropped_figures(&self, new: &Definition, dropped: &mut BTreeSet<Dropped>) {
        let gone = |part, id: &Id| Dropped { part, stage: None, id: id.clone() };
        for (slot, figure) in &self.labor.figures {
            if new.indicators.period(&slot.period).is_none() {
                dropped.insert(gone(Part::Period, &slot.period));
            }
            let Some(indicator) = new.indicators.indicator(&slot.indicator) else {
                dropped.insert(gone(Part::Indicator, &slot.indicator));
                continue;
            };
            if let Some(Actual::Counts(counts)) = figure.latest().map(|latest| &latest.actual) {
                let lost = counts.keys().filter(|id| !indicator.kinds().iter().any(|kind| kind.id == **id));
                dropped.extend(lost.map(|id| gone(Part::EventKind, id)));
            }
            let group = self.entrant(&slot.entrant).and_then(|entrant| entrant.group.as_ref());
            let lost = group.filter(|id| !new.groups.iter().any(|known| known.id == **id));
            dropped.extend(lost.map(|id| gone(Part::Group, id)));
        }
    }
}

fn part_of(stage: &Stage, part: Part, id: Id) -> Dropped {
    Dropped { part, stage: Some(stage.id.clone()), id }
}

/// Why a mark has no place in the stage any more.
fn lost(stage: &Stage, slot: &Slot) -> Option<Dropped> {
    let Some(aspect) = stage.aspects.iter().find(|aspect| aspect.id == slot.aspect) else {
        return Some(part_of(stage, Part::Aspect, slot.aspect.clone()));
    };
    if let Some(gone) = placeless(stage, slot.piece.as_ref(), slot.attempt) {
        return Some(gone);
    }
    if let (Some(value), AspectKind::Measurement { values, .. }) = (&slot.value, &aspect.kind)
        && !values.iter().any(|known| known.id == *value)
    {
        return Some(part_of(stage, Part::Value, value.clone()));
    }
    let here = |shape: &SheetShape| shape.piece == slot.piece.as_ref() && shape.attempt == slot.attempt;
    let panel = panel_of(stage, &slot.aspect);
    let fits = match panel {
        Some(panel) => {
            sheet_shapes(stage, panel).iter().any(here)
                && cells(stage, panel, slot.piece.as_ref())
                    .iter()
                    .any(|cell| cell.aspect.id == slot.aspect && cell.value_id() == slot.value.as_ref())
        }
        None => loose_cells(stage).iter().any(|(shape, cell)| {
            here(shape) && cell.aspect.id == slot.aspect && cell.value_id() == slot.value.as_ref()
        }),
    };
    // Still there by its id, but marked by others, at other pieces, or in other values.
    let stays = fits && panel.is_some() == slot.judge.is_some();
    (!stays).then(|| part_of(stage, Part::Aspect, slot.aspect.clone()))
}

fn unnamed(stage: &Stage, slot: &ViolationSlot) -> Option<Dropped> {
    if !stage.violations.iter().any(|known| known.id == slot.violation) {
        return Some(part_of(stage, Part::Violation, slot.violation.clone()));
    }
    placeless(stage, slot.piece.as_ref(), slot.attempt)
}

fn placeless(stage: &Stage, piece: Option<&Id>, attempt: u32) -> Option<Dropped> {
    if let Some(piece) = piece.filter(|piece| !stage.pieces.iter().any(|known| known.id == **piece)) {
        return Some(part_of(stage, Part::Piece, piece.clone()));
    }
    let gone = attempt > stage.attempts.count.max(1);
    gone.then(|| part_of(stage, Part::Attempt, Id::new(attempt.to_string())))
}
