//! Values that no panel marks (imported scores, times, laboratory values): a grid of entrants for the organizer.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Named, Progress, facing};
use crate::rules::{
    definition::model::{AspectKind, Stage},
    field::{EntrantStanding, Slot, Value},
    names::{EntrantId, Id},
    state::{Cell, SheetShape, State, entered_cells, groups_of, limits},
};

/// One stage in one group.
#[derive(Clone, Debug, PartialEq)]
pub struct LooseValues {
    pub stage: Named,
    pub group: Option<Named>,
    /// Values can be entered.
    pub open: bool,
    /// By piece, attempt and aspect; at least one.
    pub columns: Vec<ValueColumn>,
    /// By draw number, those without one by id behind them.
    pub rows: Vec<ValueRow>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ValueColumn {
    pub aspect: Named,
    pub piece: Option<Named>,
    pub attempt: u32,
    /// The stage has several attempts.
    pub attempts: u32,
    /// Which of several values of a measurement.
    pub value: Option<Named>,
    pub unit: Option<String>,
    /// Where it comes from, in the definition's words.
    pub source: Option<String>,
    pub is_time: bool,
    pub min: Option<Decimal>,
    pub max: Option<Decimal>,
    pub step: Option<Decimal>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ValueRow {
    pub entrant: EntrantId,
    pub number: Option<u32>,
    /// Withdrew or was disqualified: nothing can be entered.
    pub out: bool,
    /// One per column.
    pub values: Vec<Option<Value>>,
}

impl ValueColumn {
    /// The text that forms and files name the column by.
    pub fn key(&self) -> String {
        let piece = self.piece.as_ref().map_or("", |piece| piece.id.as_str());
        let value = self.value.as_ref().map(|value| format!(".{}", value.id)).unwrap_or_default();
        format!("{piece}/{}/{}{value}", self.attempt, self.aspect.id)
    }

    /// Where a value of it stands.
    pub fn slot(&self, stage: &Id) -> Slot {
        Slot {
            stage: stage.clone(),
            piece: self.piece.as_ref().map(|piece| piece.id.clone()),
            attempt: self.attempt,
            aspect: self.aspect.id.clone(),
            value: self.value.as_ref().map(|value| value.id.clone()),
            judge: None,
        }
    }
}

/// A stage in a group that has such values, with how many of them are there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueStage {
    pub stage: Named,
    pub group: Option<Named>,
    pub progress: Progress,
}

/// In the order of the definition.
pub fn value_stages(state: &State) -> Vec<ValueStage> {
    let Some(rules) = state.rules() else { return Vec::new() };
    let definition = &rules.definition;
    let stages = definition.stages.iter().flat_map(|stage| {
        groups_of(definition, stage).into_iter().filter_map(|group| loose_values(state, &stage.id, group))
    });
    let told = stages.map(|values| {
        let expected = values.rows.iter().filter(|row| !row.out).flat_map(|row| &row.values);
        let progress = Progress { done: expected.clone().flatten().count(), expected: expected.count() };
        ValueStage { stage: values.stage, group: values.group, progress }
    });
    told.collect()
}

/// `None`: there is no such stage or group, or a panel marks all of it.
pub fn loose_values(state: &State, stage: &Id, group: Option<&Id>) -> Option<LooseValues> {
    let rules = state.rules()?;
    let definition = &rules.definition;
    let stage = definition.stages.iter().find(|known| known.id == *stage)?;
    if !groups_of(definition, stage).contains(&group) {
        return None;
    }
    let cells = entered_cells(stage);
    let columns: Vec<ValueColumn> = cells.iter().map(|(shape, cell)| column(stage, shape, cell)).collect();
    if columns.is_empty() {
        return None;
    }
    let slots: Vec<Slot> = columns.iter().map(|column| column.slot(&stage.id)).collect();
    let none = BTreeMap::new();
    let taking = state
        .field
        .entrants
        .iter()
        .filter(|(id, entrant)| state.group_of(entrant) == group && state.takes_part(id, entrant, stage));
    let mut rows: Vec<ValueRow> = taking
        .map(|(id, entrant)| {
            let marks = state.field.marks.get(id).map_or(&none, |marks| &marks.values);
            ValueRow {
                entrant: id.clone(),
                number: state.numbers.get(id).copied(),
                out: entrant.standing != EntrantStanding::In,
                values: slots.iter().map(|slot| marks.get(slot).copied()).collect(),
            }
        })
        .collect();
    rows.sort_by_key(|row| (row.number.is_none(), row.number));
    Some(LooseValues {
        stage: facing::stage_named(stage),
        group: facing::titled(&definition.groups, group),
        open: state.is_open(&stage.id, group),
        columns,
        rows,
    })
}

fn column(stage: &Stage, shape: &SheetShape, cell: &Cell) -> ValueColumn {
    let allowed = limits(cell);
    let source = match &cell.aspect.kind {
        AspectKind::Imported { source, .. } => source.clone(),
        _ => None,
    };
    let unit = match &cell.aspect.kind {
        AspectKind::Measurement { values, .. } => cell.value.or(values.first()).and_then(|value| value.unit.clone()),
        _ => None,
    };
    ValueColumn {
        aspect: facing::aspect_named(stage, &cell.aspect.id),
        piece: facing::piece_named(stage, shape.piece),
        attempt: shape.attempt,
        attempts: stage.attempts.count,
        value: cell.value.map(|value| Named { id: value.id.clone(), title: value.title.clone() }),
        unit,
        source,
        is_time: matches!(cell.aspect.kind, AspectKind::Time { .. }),
        min: allowed.min,
        max: allowed.max,
        step: allowed.step,
    }
}
