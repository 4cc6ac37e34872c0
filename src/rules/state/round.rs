//! Who takes part where: draw order, rounds and cuts, and what is still missing in a stage of a group.

use std::ops::Bound;

use crate::rules::{
    definition::model::{Panel, Stage},
    field::{Entrant, EntrantStanding},
    names::{EntrantId, Id},
};

use super::{At, Opening, State, bench, scores::Side, shape};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum Way {
    Before,
    After,
}

impl State {
    /// The entrant before or after in the draw, of the same event and group, that is still in.
    pub(in crate::rules) fn neighbour(&self, id: &EntrantId, way: Way) -> Option<&EntrantId> {
        let number = *self.numbers.get(id)?;
        let own = self.entrant(id)?;
        let fits = |other: &&EntrantId| {
            self.entrant(other).is_some_and(|other| {
                other.standing == EntrantStanding::In && other.event == own.event && other.group == own.group
            })
        };
        match way {
            Way::Before => self.by_number.range(..number).rev().map(|(_, other)| other).find(fits),
            Way::After => {
                let after = self.by_number.range((Bound::Excluded(number), Bound::Unbounded));
                after.map(|(_, other)| other).find(fits)
            }
        }
    }

    /// Whether the entrant has this stage, and was not cut before it. Says nothing about withdrawal.
    pub(in crate::rules) fn takes_part(&self, id: &EntrantId, entrant: &Entrant, stage: &Stage) -> bool {
        shape::holds(stage, entrant) && !self.is_cut_before(id, stage)
    }

    fn is_cut_before(&self, id: &EntrantId, stage: &Stage) -> bool {
        let Some(rules) = self.rules() else { return false };
        let rounds = &rules.definition.rounds;
        let Some(own) = rounds.iter().position(|round| round.stages.contains(&stage.id)) else { return false };
        if own == 0 {
            return false;
        }
        let cut_in = self.cut_in(id);
        cut_in.is_some_and(|cut_in| cut_in < own)
    }

    /// Entrants that are in, have the stage, and belong to the group, in draw order; those without a number follow.
    pub(in crate::rules) fn field_of(&self, stage: &Stage, group: Option<&Id>) -> Vec<(&EntrantId, &Entrant)> {
        let mut field: Vec<(&EntrantId, &Entrant)> = self
            .field
            .entrants
            .iter()
            .filter(|(_, entrant)| group.is_none() || entrant.group.as_ref() == group)
            .filter(|(id, entrant)| self.takes_part(id, entrant, stage))
            .collect();
        field.sort_by_key(|(id, _)| (self.numbers.get(*id).copied().unwrap_or(u32::MAX), *id));
        field
    }

    /// Every sheet group of a panel: entrants by pieces and attempts.
    pub(in crate::rules) fn benches<'a>(
        &'a self,
        stage: &'a Stage,
        panel: &'a Panel,
        group: Option<&Id>,
    ) -> Vec<At<'a>> {
        let shapes = shape::sheet_shapes(stage, panel);
        let field = self.field_of(stage, group);
        let mut benches = Vec::with_capacity(field.len() * shapes.len());
        for (id, entrant) in field {
            for shape in &shapes {
                benches.push(At { stage, panel, id, entrant, piece: shape.piece, attempt: shape.attempt });
            }
        }
        benches
    }

    /// Sheets that a panel still owes in a group.
    pub(in crate::rules) fn missing_sheets(&self, stage: &Stage, panel: &Panel, group: Option<&Id>) -> usize {
        let benches = self.benches(stage, panel, group);
        let still_in = benches.iter().filter(|at| at.entrant.standing == EntrantStanding::In);
        still_in.map(|at| self.bench(at).missing()).sum()
    }

    /// Sheets of a panel handed in, and expected.
    pub(in crate::rules) fn sheets(&self, stage: &Stage, panel: &Panel, group: Option<&Id>) -> (usize, usize) {
        let benches = self.benches(stage, panel, group);
        let still_in = benches.iter().filter(|at| at.entrant.standing == EntrantStanding::In);
        still_in.map(|at| self.bench(at).progress()).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    }

    /// Values that no panel marks and that nobody has entered yet.
    pub(in crate::rules) fn missing_values(&self, stage: &Stage, group: Option<&Id>) -> usize {
        let cells = shape::entered_cells(stage);
        if cells.is_empty() {
            return 0;
        }
        let field = self.field_of(stage, group);
        let still_in = field.iter().filter(|(_, entrant)| entrant.standing == EntrantStanding::In);
        let missing = still_in.map(|(id, _)| {
            let marks = self.field.marks.get(*id);
            let needed = cells.iter().filter(|(shape, _)| shape.attempt == 1);
            let absent = |(shape, cell): &&(shape::SheetShape, shape::Cell)| {
                let slot = bench::slot(stage, shape.piece, shape.attempt, cell, None);
                !marks.is_some_and(|marks| marks.values.contains_key(&slot))
            };
            needed.filter(absent).count()
        });
        missing.sum()
    }

    pub(in crate::rules) fn is_open(&self, stage: &Id, group: Option<&Id>) -> bool {
        self.opening(stage, group) == Some(Opening::Open)
    }

    pub(in crate::rules) fn opening(&self, stage: &Id, group: Option<&Id>) -> Option<Opening> {
        self.stages.get(&(stage.clone(), group.cloned())).copied()
    }

    /// The group by which an entrant's stages open.
    pub(in crate::rules) fn group_of<'a>(&self, entrant: &'a Entrant) -> Option<&'a Id> {
        entrant.group.as_ref().filter(|_| self.has_groups())
    }

    /// A score that the public sees only when the next of the draw has finished the stage.
    pub(super) fn waits_for_next(&self, id: &EntrantId, stage: &Stage) -> bool {
        let Some(next) = self.neighbour(id, Way::After) else { return false };
        let Some(entrant) = self.entrant(next) else { return false };
        shape::holds(stage, entrant) && !self.has_finished(next, entrant, stage)
    }

    pub(in crate::rules) fn has_finished(&self, id: &EntrantId, entrant: &Entrant, stage: &Stage) -> bool {
        stage.panels.iter().all(|panel| {
            let shapes = shape::sheet_shapes(stage, panel);
            shapes.iter().all(|shape| {
                let bench = self.bench(&At { stage, panel, id, entrant, piece: shape.piece, attempt: shape.attempt });
                bench.is_optional() || bench.is_complete() || bench.signed
            })
        })
    }

    /// Of the round in which the entrant was cut, as standings stand now.
    fn cut_in(&self, id: &EntrantId) -> Option<usize> {
        self.with_scores(Side::Staff, |ranked| ranked.cut_in(id))
    }
}
