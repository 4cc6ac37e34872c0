//! Computes what a judge sees: the day, a sheet, and whom a number means.

use std::collections::BTreeSet;

use super::{
    facing,
    judge::{Control, ControlKind, DayPanel, DaySheet, JudgeDay, Sheet, SheetPlace, SheetState, ViolationControl},
};
use crate::rules::{
    command::Refusal,
    definition::model::{AspectKind, Effect, MeasuredKind, Panel, Stage, Violation},
    field::{EntrantStanding, ViolationSlot},
    ledger::entry::SheetKey,
    names::{EntrantId, Id, PersonId},
    state::{At, Cell, Holder, SheetStatus, State, cells, groups_of, limits, sheet_shapes},
};

/// The judge's numbers, in order.
pub fn judge_day(state: &State, judge: &PersonId) -> JudgeDay {
    let heading = facing::heading(state);
    let Some(rules) = state.rules() else { return JudgeDay { heading, ..JudgeDay::default() } };
    let panels = state.people.panels_of(judge).filter_map(|(stage, panel, holder)| {
        let stage = rules.definition.stages.iter().find(|known| known.id == *stage)?;
        let panel = stage.panels.iter().find(|known| known.id == *panel)?;
        Some((stage, panel, holder))
    });
    let mut panels: Vec<(&Stage, &Panel, &Holder)> = panels.collect();
    let position = |stage: &Stage| rules.definition.stages.iter().position(|known| known.id == stage.id);
    panels.sort_by_key(|(stage, panel, holder)| {
        (position(stage), stage.panels.iter().position(|known| known.id == panel.id), holder.seat)
    });
    let panels =
        panels.into_iter().map(|(stage, panel, holder)| day_panel(state, judge, stage, panel, holder)).collect();
    JudgeDay { contest: heading.title.clone(), heading, panels }
}

fn day_panel(state: &State, judge: &PersonId, stage: &Stage, panel: &Panel, holder: &Holder) -> DayPanel {
    let benches = state.benches(stage, panel, holder.group.as_ref());
    let own: Vec<&At> = benches.iter().filter(|at| holder.marks(at.entrant)).collect();
    let sheets = own.iter().filter_map(|at| {
        let place = place_of(state, at)?;
        let (marked, wanted) = state.marked(at, judge, &cells(stage, panel, at.piece));
        Some(DaySheet {
            piece_title: facing::piece_named(stage, at.piece).map(|piece| piece.title),
            attempts: stage.attempts.count,
            state: sheet_state(state, at, judge, marked),
            marked,
            wanted,
            place,
        })
    });
    let without: BTreeSet<&EntrantId> =
        own.iter().filter(|at| !state.numbers.contains_key(at.id)).map(|at| at.id).collect();
    let mut groups = groups_of_stage(state, stage).into_iter();
    let open = groups.any(|group| {
        (holder.group.is_none() || group.is_none() || holder.group == group) && state.is_open(&stage.id, group.as_ref())
    });
    let sheets: Vec<DaySheet> = sheets.collect();
    let due = sheets.iter().find(|sheet| open && sheet.state.takes_marks());
    DayPanel {
        stage: stage.id.clone(),
        panel: panel.id.clone(),
        stage_title: stage.title.clone(),
        panel_title: panel.title.clone(),
        seat: holder.seat,
        open,
        due: due.map(|sheet| sheet.place.clone()),
        sheets,
        without_number: without.len(),
    }
}

fn groups_of_stage(state: &State, stage: &Stage) -> Vec<Option<Id>> {
    let rules = state.rules();
    rules
        .map(|rules| groups_of(&rules.definition, stage).into_iter().map(Option::<&Id>::cloned).collect())
        .unwrap_or_default()
}

fn place_of(state: &State, at: &At) -> Option<SheetPlace> {
    Some(SheetPlace {
        stage: at.stage.id.clone(),
        panel: at.panel.id.clone(),
        number: *state.numbers.get(at.id)?,
        piece: at.piece.cloned(),
        attempt: at.attempt,
    })
}

fn sheet_state(state: &State, at: &At, judge: &PersonId, marked: usize) -> SheetState {
    if at.entrant.standing != EntrantStanding::In {
        return SheetState::Out;
    }
    let sheet = state.record(at.id).and_then(|record| record.sheets.get(&at.sheet(judge)));
    let submitted = sheet.is_some_and(|sheet| sheet.status == SheetStatus::Submitted);
    if !submitted && state.people.own_unit(judge, at.entrant).is_some() {
        return SheetState::OwnUnit;
    }
    match sheet {
        Some(sheet) if submitted && !sheet.again.is_empty() => SheetState::ReMark,
        Some(_) if submitted && state.bench(at).signed => SheetState::Signed,
        Some(_) if submitted => SheetState::Submitted,
        Some(sheet) if sheet.status == SheetStatus::Returned => SheetState::Returned,
        _ if marked > 0 => SheetState::Started,
        _ => SheetState::Open,
    }
}

/// The sheet a judge means, by its number. Refuses what is not this judge's.
pub fn sheet_key(state: &State, judge: &PersonId, place: &SheetPlace) -> Result<SheetKey, Refusal> {
    Ok(own_sheet(state, judge, place)?.0.sheet(judge))
}

/// Whom a judge means by a number, in a stage that they mark.
pub fn entrant_of_number(state: &State, judge: &PersonId, stage: &Id, number: u32) -> Result<EntrantId, Refusal> {
    let id = state.by_number.get(&number).ok_or(Refusal::UnknownNumber(number))?;
    let entrant = state.entrant(id).ok_or(Refusal::UnknownNumber(number))?;
    let mut panels = state.people.panels_of(judge).filter(|(own, _, holder)| *own == stage && holder.marks(entrant));
    let panel = panels.next();
    panel.map(|_| id.clone()).ok_or_else(|| Refusal::NotThisJudges { stage: stage.clone(), panel: Id::new("") })
}

fn own_sheet<'a>(
    state: &'a State,
    judge: &'a PersonId,
    place: &'a SheetPlace,
) -> Result<(At<'a>, &'a Holder), Refusal> {
    let rules = state.rules().ok_or(Refusal::NoDefinition)?;
    let stage = rules.definition.stages.iter().find(|stage| stage.id == place.stage);
    let stage = stage.ok_or_else(|| Refusal::UnknownStage(place.stage.clone()))?;
    let panel = stage.panels.iter().find(|panel| panel.id == place.panel);
    let panel = panel.ok_or_else(|| Refusal::UnknownPanel(place.panel.clone()))?;
    let id = state.by_number.get(&place.number).ok_or(Refusal::UnknownNumber(place.number))?;
    let entrant = state.entrant(id).ok_or(Refusal::UnknownNumber(place.number))?;
    let (stage_id, panel_id) = (place.stage.clone(), place.panel.clone());
    let mut holders = state.people.holders(&stage.id, &panel.id).iter();
    let holder = holders.find(|holder| holder.current && holder.person == *judge && holder.marks(entrant));
    let holder = holder.ok_or(Refusal::NotThisJudges { stage: stage_id, panel: panel_id })?;
    let at = At { stage, panel, id, entrant, piece: place.piece.as_ref(), attempt: place.attempt };
    let known = sheet_shapes(stage, panel).iter().any(|shape| shape.piece == at.piece && shape.attempt == at.attempt);
    if !known || !state.takes_part(id, entrant, stage) {
        return Err(Refusal::NotInStage { entrant: id.clone(), stage: stage.id.clone() });
    }
    Ok((at, holder))
}

/// One sheet with its controls.
pub fn sheet(state: &State, judge: &PersonId, place: &SheetPlace) -> Result<Sheet, Refusal> {
    let (at, holder) = own_sheet(state, judge, place)?;
    let cells = cells(at.stage, at.panel, at.piece);
    let (marked, wanted) = state.marked(&at, judge, &cells);
    let is = sheet_state(state, &at, judge, marked);
    let open = state.is_open(&at.stage.id, state.group_of(at.entrant)) && !state.bench(&at).signed;
    let trace = state.record(at.id).and_then(|record| record.sheets.get(&at.sheet(judge)));
    let controls = cells.iter().map(|cell| {
        let re_mark = trace.is_some_and(|trace| trace.again.contains(&cell.aspect.id));
        let takes = open && is.takes_marks() && (is != SheetState::ReMark || re_mark);
        control(state, &at, judge, cell, takes, re_mark)
    });
    let controls: Vec<Control> = controls.collect();
    let open_here = open && is.takes_marks() && is != SheetState::ReMark;
    let recorded = at.stage.violations.iter().filter(|violation| violation.panel.as_ref() == Some(&at.panel.id));
    let violations = recorded.filter_map(|violation| violation_control(state, &at, violation, open_here)).collect();
    let day = day_panel(state, judge, at.stage, at.panel, holder);
    let here = day.sheets.iter().position(|other| other.place == *place);
    let neighbour = |at: Option<usize>| day.sheets.get(at?).cloned();
    let (before, after) = day.sheets.split_at(here.map_or(0, |here| here + 1));
    let following = after.iter().chain(before).find(|other| other.state.takes_marks() && other.place != *place);
    Ok(Sheet {
        heading: facing::heading(state),
        key: at.sheet(judge),
        place: place.clone(),
        state: is,
        stage_title: at.stage.title.clone(),
        panel_title: at.panel.title.clone(),
        piece_title: facing::piece_named(at.stage, at.piece).map(|piece| piece.title),
        seat: holder.seat,
        attempts: at.stage.attempts.count,
        open,
        controls,
        violations,
        marked,
        wanted,
        submitted_at: trace.filter(|trace| trace.status == SheetStatus::Submitted).map(|trace| trace.at),
        previous: neighbour(here.and_then(|here| here.checked_sub(1))),
        next: neighbour(here.map(|here| here + 1)),
        following: following.map(|other| other.place.clone()),
    })
}

/// The count of a violation, where it is recorded here.
pub(super) fn violation_control(state: &State, at: &At, violation: &Violation, open: bool) -> Option<ViolationControl> {
    let slot = violation_slot(at, violation)?;
    let counts = state.field.marks.get(at.id).map(|marks| &marks.violations);
    Some(ViolationControl {
        id: violation.id.clone(),
        title: violation.title.clone(),
        points: violation.points,
        // What takes no points is there or not.
        most: violation.most.or_else(|| violation.points.is_zero().then_some(1)),
        disqualifies: violation.effect == Effect::Disqualify,
        count: counts.and_then(|counts| counts.get(&slot)).copied().unwrap_or(0),
        shared: at.panel.judges > 1,
        open,
        slot,
    })
}

/// The sheet a judge means, and where one of its violations is recorded.
pub fn violation_of_sheet(
    state: &State,
    judge: &PersonId,
    place: &SheetPlace,
    violation: &Id,
) -> Result<(EntrantId, ViolationSlot), Refusal> {
    let (at, _) = own_sheet(state, judge, place)?;
    let found = at.stage.violations.iter().find(|known| known.id == *violation);
    let found = found.ok_or_else(|| Refusal::UnknownViolation(violation.clone()))?;
    let elsewhere = || Refusal::NotInStage { entrant: at.id.clone(), stage: at.stage.id.clone() };
    Ok((at.id.clone(), violation_slot(&at, found).ok_or_else(elsewhere)?))
}

fn violation_slot(at: &At, violation: &Violation) -> Option<ViolationSlot> {
    Some(ViolationSlot {
        stage: at.stage.id.clone(),
        piece: at.stage.place_of(violation, at.piece)?,
        attempt: at.attempt,
        violation: violation.id.clone(),
    })
}

fn control(state: &State, at: &At, judge: &PersonId, cell: &Cell, open: bool, re_mark: bool) -> Control {
    let slot = at.slot(cell, Some(judge));
    let limits = limits(cell);
    let title = match cell.value {
        Some(value) => format!("{} · {}", cell.aspect.title, value.title),
        None => cell.aspect.title.clone(),
    };
    Control {
        aspect: cell.aspect.id.clone(),
        value_id: cell.value_id().cloned(),
        title,
        description: cell.aspect.description.clone(),
        allotment: cell.aspect.max,
        kind: control_kind(cell),
        min: limits.min,
        max: limits.max,
        step: limits.step,
        may_be_absent: true,
        may_not_apply: true,
        re_mark,
        open,
        mark: state.field.marks.get(at.id).and_then(|marks| marks.values.get(&slot)).copied(),
        slot,
    }
}

fn control_kind(cell: &Cell) -> ControlKind {
    match &cell.aspect.kind {
        AspectKind::BandedJudgement { bands } => ControlKind::Bands(bands.clone()),
        AspectKind::Time { limit_s, .. } => ControlKind::Time { limit_s: *limit_s },
        AspectKind::Measurement { values, .. } => {
            let value = cell.value.or(values.first());
            match value {
                Some(value) if value.kind == MeasuredKind::YesNo => ControlKind::YesNo,
                value => ControlKind::Number { unit: value.and_then(|value| value.unit.clone()) },
            }
        }
        _ => ControlKind::Number { unit: None },
    }
}
