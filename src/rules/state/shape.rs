//! What the definition makes of sheets: which there are, and which values stand on each.

use crate::rules::{
    definition::{
        Definition,
        model::{Aspect, AspectKind, Measured, Panel, Stage},
    },
    field::Entrant,
    names::Id,
};

/// One value to be marked.
#[derive(Clone, Copy, Debug)]
pub(in crate::rules) struct Cell<'a> {
    pub(in crate::rules) aspect: &'a Aspect,
    /// Of a measurement with several values.
    pub(in crate::rules) value: Option<&'a Measured>,
}

/// The sheets of one panel for one entrant: by piece and attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::rules) struct SheetShape<'a> {
    pub(in crate::rules) piece: Option<&'a Id>,
    pub(in crate::rules) attempt: u32,
}

impl<'a> Cell<'a> {
    /// As slots name it: a single value has no name.
    pub(in crate::rules) fn value_id(&self) -> Option<&'a Id> {
        self.value.map(|value| &value.id)
    }
}

pub(in crate::rules) fn stage<'a>(definition: &'a Definition, id: &Id) -> Option<&'a Stage> {
    definition.stages.iter().find(|stage| stage.id == *id)
}

pub(in crate::rules) fn panel_of<'a>(stage: &'a Stage, aspect: &Id) -> Option<&'a Panel> {
    stage.panels.iter().find(|panel| panel.marks.contains(aspect))
}

/// Whether entrants of this event and group have the stage.
pub(in crate::rules) fn holds(stage: &Stage, entrant: &Entrant) -> bool {
    let among = |ids: &[Id], own: Option<&Id>| ids.is_empty() || own.is_some_and(|own| ids.contains(own));
    among(&stage.events, entrant.event.as_ref()) && among(&stage.groups, entrant.group.as_ref())
}

/// The groups in which the stage opens, closes and is signed; `None` alone where there are no groups.
pub(in crate::rules) fn groups_of<'a>(definition: &'a Definition, stage: &Stage) -> Vec<Option<&'a Id>> {
    if definition.groups.is_empty() {
        return vec![None];
    }
    let groups = definition.groups.iter().map(|group| &group.id);
    groups.filter(|id| stage.groups.is_empty() || stage.groups.contains(id)).map(Some).collect()
}

/// Whether the aspect is marked at this piece, or once for the stage.
pub(in crate::rules) fn marked_at(stage: &Stage, aspect: &Aspect, piece: Option<&Id>) -> bool {
    match (&aspect.pieces, piece) {
        (None, None) => stage.pieces.is_empty(),
        (None, Some(piece)) => stage.pieces.iter().any(|known| known.id == *piece),
        (Some(pieces), None) => pieces.is_empty(),
        (Some(pieces), Some(piece)) => pieces.contains(piece),
    }
}

fn values(aspect: &Aspect) -> impl Iterator<Item = Cell<'_>> {
    let (single, several) = match &aspect.kind {
        AspectKind::Deduction => (false, &[][..]),
        AspectKind::Measurement { values, .. } if values.len() > 1 => (false, values.as_slice()),
        _ => (true, &[][..]),
    };
    single
        .then_some(Cell { aspect, value: None })
        .into_iter()
        .chain(several.iter().map(move |value| Cell { aspect, value: Some(value) }))
}

/// The values on a sheet of this panel, in the order of the definition.
pub(in crate::rules) fn cells<'a>(stage: &'a Stage, panel: &'a Panel, piece: Option<&Id>) -> Vec<Cell<'a>> {
    let aspects = stage.aspects.iter().filter(|aspect| panel.marks.contains(&aspect.id));
    aspects.filter(|aspect| marked_at(stage, aspect, piece)).flat_map(values).collect()
}

/// All sheets of a panel for one entrant, in the order of pieces, then attempts.
pub(in crate::rules) fn sheet_shapes<'a>(stage: &'a Stage, panel: &Panel) -> Vec<SheetShape<'a>> {
    let pieces = std::iter::once(None).chain(stage.pieces.iter().map(|piece| Some(&piece.id)));
    let marked = |piece: Option<&Id>| {
        let mut own = stage.aspects.iter().filter(|aspect| panel.marks.contains(&aspect.id));
        own.any(|aspect| marked_at(stage, aspect, piece))
    };
    let attempts = stage.attempts.count.max(1);
    let pieces = pieces.filter(|piece| marked(*piece));
    pieces.flat_map(|piece| (1..=attempts).map(move |attempt| SheetShape { piece, attempt })).collect()
}

/// Values of aspects that no panel marks: imported scores, times, what papers gave.
pub(in crate::rules) fn loose_cells(stage: &Stage) -> Vec<(SheetShape<'_>, Cell<'_>)> {
    let mut found = Vec::new();
    for aspect in stage.aspects.iter().filter(|aspect| panel_of(stage, &aspect.id).is_none()) {
        let pieces = std::iter::once(None).chain(stage.pieces.iter().map(|piece| Some(&piece.id)));
        for piece in pieces.filter(|piece| marked_at(stage, aspect, *piece)) {
            for attempt in 1..=stage.attempts.count.max(1) {
                found.extend(values(aspect).map(|cell| (SheetShape { piece, attempt }, cell)));
            }
        }
    }
    found
}

/// Of these, what somebody enters: the rest comes from papers and collections, and nothing waits for it.
pub(in crate::rules) fn entered_cells(stage: &Stage) -> Vec<(SheetShape<'_>, Cell<'_>)> {
    loose_cells(stage).into_iter().filter(|(_, cell)| !cell.aspect.is_filled()).collect()
}
