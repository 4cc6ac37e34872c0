//! Where a row of marks belongs: stage, piece and aspect columns to the plan's indices.
//!
//! Rows repeat the same few places many thousand times, so each distinct one is looked up once.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use rust_decimal::Decimal;

use super::Fault;
use crate::rules::{
    definition::model::AspectKind,
    names::Id,
    score::{Bounds, Grid, OutOfBounds, PlanInner},
};

/// What a row's columns name.
#[derive(Clone, Debug)]
pub(super) enum Target {
    Cell(Cell),
    Violation { stage: usize, piece: Option<usize>, violation: usize },
    Wrong(Fault),
}

#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) stage: usize,
    pub(super) cell: u32,
    bounds: Bounds,
    grid: Option<Grid>,
    pub(super) by_panel: bool,
}

impl Cell {
    pub(super) fn check(&self, value: Decimal) -> Result<(), OutOfBounds> {
        if self.grid.is_some_and(|grid| grid.has(value)) { Ok(()) } else { self.bounds.check(value) }
    }
}

/// Distinct places, looked up once.
pub(super) struct Targets<'a> {
    plan: &'a PlanInner,
    known: HashMap<Vec<u8>, usize, RandomState>,
    targets: Vec<Target>,
    /// The place of the row before.
    last: (Vec<u8>, usize),
    key: Vec<u8>,
}

impl<'a> Targets<'a> {
    pub(super) fn new(plan: &'a PlanInner) -> Self {
        let last = (Vec::new(), usize::MAX);
        Self { plan, known: HashMap::default(), targets: Vec::new(), last, key: Vec::new() }
    }

    pub(super) fn get(&self, at: usize) -> &Target {
        &self.targets[at]
    }

    pub(super) fn find(&mut self, stage: &str, piece: &str, aspect: &str) -> usize {
        self.key.clear();
        for part in [stage, piece, aspect] {
            self.key.extend_from_slice(part.as_bytes());
            self.key.push(b'\n');
        }
        if self.last.0 == self.key {
            return self.last.1;
        }
        let at = if let Some(at) = self.known.get(&self.key) {
            *at
        } else {
            let target = self.resolve(stage, piece, aspect).unwrap_or_else(Target::Wrong);
            self.targets.push(target);
            self.known.insert(self.key.clone(), self.targets.len() - 1);
            self.targets.len() - 1
        };
        self.last.0.clone_from(&self.key);
        self.last.1 = at;
        at
    }

    fn resolve(&self, stage_id: &str, piece_id: &str, aspect_id: &str) -> Result<Target, Fault> {
        let definition = &self.plan.definition;
        let ids = |ids: &mut dyn Iterator<Item = &Id>| ids.map(ToString::to_string).collect::<Vec<_>>();
        let at = definition.stages.iter().position(|stage| stage.id.as_str() == stage_id).ok_or_else(|| {
            let known = ids(&mut definition.stages.iter().map(|stage| &stage.id));
            Fault::UnknownStage { stage: stage_id.to_owned(), known }
        })?;
        let (stage, plan) = (&definition.stages[at], &self.plan.stages[at]);
        let piece = if piece_id.is_empty() {
            None
        } else {
            let known = stage.pieces.iter().position(|piece| piece.id.as_str() == piece_id);
            Some(known.ok_or_else(|| {
                let known = ids(&mut stage.pieces.iter().map(|piece| &piece.id));
                Fault::UnknownPiece { piece: piece_id.to_owned(), known }
            })?)
        };
        let (name, value) = aspect_id.split_once('.').map_or((aspect_id, None), |(name, value)| (name, Some(value)));
        let Some(aspect) = plan.aspect_at(name) else {
            if let Some(violation) = plan.violation_at(aspect_id) {
                let id = piece.map(|piece| &stage.pieces[piece].id);
                return match stage.place_of(&stage.violations[violation], id) {
                    Some(place) if place.as_ref() == id => Ok(Target::Violation { stage: at, piece, violation }),
                    _ if piece.is_none() => Err(Fault::PieceMissing { aspect: aspect_id.to_owned() }),
                    _ => Err(Fault::PieceNotHere { aspect: aspect_id.to_owned() }),
                };
            }
            let aspects = stage.aspects.iter().map(|aspect| &aspect.id);
            let known = ids(&mut aspects.chain(stage.violations.iter().map(|violation| &violation.id)));
            return Err(Fault::UnknownAspect { aspect: aspect_id.to_owned(), known });
        };
        let own = || aspect_id.to_owned();
        if matches!(stage.aspects[aspect].kind, AspectKind::Deduction) {
            return Err(Fault::OnlyViolations { aspect: own() });
        }
        let items = &plan.of_aspect[aspect];
        let item = items.iter().copied().find(|item| self.plan.items[*item].piece == piece).ok_or_else(|| {
            if piece.is_none() { Fault::PieceMissing { aspect: own() } } else { Fault::PieceNotHere { aspect: own() } }
        })?;
        let of = &self.plan.items[item];
        let cell = self.plan.cell_at(item, value).ok_or_else(|| {
            let known = ids(&mut of.values.iter());
            match value {
                None => Fault::ValueNameMissing { aspect: own(), known },
                Some(value) => Fault::UnknownValue { value: value.to_owned(), known },
            }
        })?;
        let bounds = self.plan.bounds(of, cell);
        Ok(Target::Cell(Cell { stage: at, cell, bounds, grid: Grid::of(&bounds), by_panel: of.panel.is_some() }))
    }
}
