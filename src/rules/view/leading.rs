//! Computes what leaders and the chief judge see: sheets by seats, spreads, what waits, what blocks.

use super::{
    Block, Named, Progress,
    chief::{
        CellState, ChiefBoard, Correction, PanelBoard, PanelLine, PanelRow, PanelSheet, PendingDisqualification, Seat,
        SeatMark, SeatValue, SheetCell, Signed, SpreadFound,
    },
    facing,
    judging::violation_control,
};
use crate::rules::{
    command::Refusal,
    definition::model::{Aggregate, Panel, SpreadAction, Stage},
    field::{EntrantStanding, PanelSlot, Slot, Value},
    indicators::PeriodStage,
    ledger::entry::{Role, SheetKey},
    names::{EntrantId, Id, PersonId},
    state::{At, Bench, OpenSpread, Opening, Place, PlaceIs, Rules, State, cells, groups_of, panel_of},
};

/// Everything for the chief; for a leader, the own panels.
pub fn chief_board(state: &State, person: &PersonId) -> ChiefBoard {
    let is_chief = state.people.has(person, &Role::ChiefJudge);
    let mut board = ChiefBoard {
        heading: facing::heading(state),
        version: state.version,
        is_chief,
        panels: Vec::new(),
        spreads: Vec::new(),
        disqualifications: Vec::new(),
        corrections: Vec::new(),
        ties: Vec::new(),
        blocks: Vec::new(),
    };
    let Some(rules) = state.rules() else { return board };
    let spreads = state.open_spreads();
    let leads = |stage: &Id, panel: &Id| is_chief || state.people.leads(person, stage, panel);
    for stage in &rules.definition.stages {
        for panel in stage.panels.iter().filter(|panel| leads(&stage.id, &panel.id)) {
            for group in groups_of(&rules.definition, stage) {
                board.panels.push(panel_board(state, rules, stage, panel, group, &spreads));
            }
        }
    }
    let own = spreads.iter().filter(|open| leads(&open.slot.stage, &open.panel));
    board.spreads = own.filter_map(|open| spread_found(state, rules, open)).collect();
    if is_chief {
        board.ties = state.open_ties();
        board.blocks = blocks(state);
        board.disqualifications = state
            .pending_disqualifications()
            .iter()
            .filter_map(|(id, violation)| pending(state, rules, id, violation))
            .collect();
    }
    let corrections = state.corrections.iter().rev().filter_map(|corrected| {
        let stage = rules.definition.stages.iter().find(|stage| stage.id == corrected.slot.stage)?;
        let of_panel = panel_of(stage, &corrected.slot.aspect).is_some_and(|panel| leads(&stage.id, &panel.id));
        (is_chief || of_panel).then(|| Correction {
            seq: corrected.seq,
            at: corrected.at,
            entrant: corrected.entrant.clone(),
            number: number(state, &corrected.entrant),
            aspect: facing::aspect_named(stage, &corrected.slot.aspect),
            slot: corrected.slot.clone(),
            before: corrected.before,
            after: corrected.after,
            reason: corrected.reason.clone(),
            by: corrected.by.clone(),
            second: corrected.second.clone(),
        })
    });
    board.corrections = corrections.collect();
    board
}

fn number(state: &State, id: &EntrantId) -> Option<u32> {
    state.numbers.get(id).copied()
}

fn panel_board(
    state: &State,
    rules: &Rules,
    stage: &Stage,
    panel: &Panel,
    group: Option<&Id>,
    spreads: &[OpenSpread],
) -> PanelBoard {
    let mut progress = Progress::default();
    let mut rows = Vec::new();
    for at in state.benches(stage, panel, group) {
        let bench = state.bench(&at);
        let out = at.entrant.standing != EntrantStanding::In;
        if !out {
            let (done, expected) = bench.progress();
            progress = Progress { done: progress.done + done, expected: progress.expected + expected };
        }
        rows.push(PanelRow {
            entrant: at.id.clone(),
            number: number(state, at.id),
            piece: facing::piece_named(stage, at.piece),
            attempt: at.attempt,
            cells: bench.places.iter().map(|place| cell(&at, &bench, place)).collect(),
            out,
            counts: bench.counts(rules.definition.counts_when),
        });
    }
    let holders = state.people.holders(&stage.id, &panel.id);
    let seats = (1..=panel.judges).map(|seat| {
        let fits = |own: Option<&Id>| own.is_none() || group.is_none() || own == group;
        let mut here = holders.iter().filter(|holder| holder.current && holder.seat == seat);
        let holder = here.find(|holder| fits(holder.group.as_ref()));
        Seat { seat, judge: holder.map(|holder| holder.person.clone()) }
    });
    let key = (stage.id.clone(), panel.id.clone(), group.cloned());
    let signature = state.signed.get(&key);
    PanelBoard {
        stage: facing::stage_named(stage),
        panel: facing::panel_named(stage, &panel.id),
        group: facing::titled(&rules.definition.groups, group),
        open: state.is_open(&stage.id, group),
        seats: seats.collect(),
        rows,
        progress,
        signed: signature.map(|signature| Signed { by: signature.by.clone(), at: signature.at }),
        blocks: if signature.is_some() { Vec::new() } else { sign_blocks(state, rules, stage, panel, group, spreads) },
    }
}

fn cell(at: &At, bench: &Bench, place: &Place) -> SheetCell {
    let state = match place.is {
        PlaceIs::Vacant => CellState::Vacant,
        PlaceIs::OwnUnit => CellState::OwnUnit,
        PlaceIs::Draft if place.marked == 0 => CellState::Missing,
        PlaceIs::Draft => CellState::Started { marked: place.marked, wanted: place.wanted },
        PlaceIs::Returned => CellState::Returned,
        PlaceIs::ReMark => CellState::ReMark,
        PlaceIs::Submitted if bench.signed => CellState::Signed,
        PlaceIs::Submitted => CellState::Submitted,
    };
    SheetCell { seat: place.seat, state, sheet: place.judge.as_ref().map(|judge| at.sheet(judge)) }
}

/// What blocks signing, as deciding sees it.
fn sign_blocks(
    state: &State,
    rules: &Rules,
    stage: &Stage,
    panel: &Panel,
    group: Option<&Id>,
    spreads: &[OpenSpread],
) -> Vec<Block> {
    let (named, of_panel) = (facing::stage_named(stage), facing::panel_named(stage, &panel.id));
    let of_group = facing::titled(&rules.definition.groups, group);
    let mut blocks = Vec::new();
    let count = state.missing_sheets(stage, panel, group);
    if count > 0 {
        let (done, expected) = state.sheets(stage, panel, group);
        let progress = Progress { done, expected };
        let (stage, panel, group) = (named.clone(), of_panel.clone(), of_group.clone());
        blocks.push(Block::SheetsMissing { stage, panel, group, count, progress });
    }
    let open = spreads.iter().filter(|open| {
        open.blocks() && open.slot.stage == stage.id && open.panel == panel.id && open.group.as_ref() == group
    });
    let count = open.count();
    if count > 0 {
        blocks.push(Block::SpreadsOpen { stage: named, panel: of_panel, group: of_group, count });
    }
    blocks
}

/// What blocks sealing, in the order in which it is dealt with.
pub(super) fn blocks(state: &State) -> Vec<Block> {
    let Some(rules) = state.rules() else { return Vec::new() };
    let spreads = state.open_spreads();
    let mut blocks = Vec::new();
    // A ladder's stage is open as long as people challenge, and holds up nobody's result.
    let held =
        |stage: &&Stage| !State::is_of_ladder(&rules.definition, stage) && !rules.definition.is_source(&stage.id);
    for stage in rules.definition.stages.iter().filter(held) {
        for group in groups_of(&rules.definition, stage) {
            if state.field_of(stage, group).is_empty() {
                continue;
            }
            let of_group = facing::titled(&rules.definition.groups, group);
            let named = facing::stage_named(stage);
            let count = state.missing_values(stage, group);
            if count > 0 {
                blocks.push(Block::ValuesMissing { stage: named.clone(), group: of_group.clone(), count });
            }
            let unsigned = stage
                .panels
                .iter()
                .filter(|panel| !state.signed.contains_key(&(stage.id.clone(), panel.id.clone(), group.cloned())));
            let unsigned: Vec<&Panel> = unsigned.collect();
            for panel in &unsigned {
                blocks.append(&mut sign_blocks(state, rules, stage, panel, group, &spreads));
            }
            if state.opening(&stage.id, group) != Some(Opening::Closed) {
                blocks.push(Block::StageOpen { stage: named.clone(), group: of_group.clone() });
            }
            for panel in unsigned {
                let panel = facing::panel_named(stage, &panel.id);
                blocks.push(Block::NotSigned { stage: named.clone(), panel, group: of_group.clone() });
            }
        }
    }
    // Where nothing is judged in periods, stars are given in them.
    let labor = Some(&rules.definition.indicators).filter(|labor| !labor.is_empty());
    let periods = labor.into_iter().flat_map(|labor| &labor.periods);
    let count = periods.filter(|period| state.labor.stage(&period.id) < PeriodStage::Published).count();
    if count > 0 {
        blocks.push(Block::PeriodsOpen { count });
    }
    let count = state.pending_disqualifications().len();
    if count > 0 {
        blocks.push(Block::DisqualificationsOpen { count });
    }
    let count = state.open_ties().len();
    if count > 0 {
        blocks.push(Block::TiesOpen { count });
    }
    blocks
}

/// Where a mark stands, by titles from the stage inward, and what it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkTold {
    pub titles: Vec<String>,
    pub mark: Option<Value>,
}

/// `None` where the definition has no such stage or aspect.
pub fn mark_told(state: &State, entrant: &EntrantId, slot: &Slot) -> Option<MarkTold> {
    let stage = state.rules()?.definition.stages.iter().find(|stage| stage.id == slot.stage)?;
    let panel = panel_of(stage, &slot.aspect)?;
    let cell = cells(stage, panel, slot.piece.as_ref()).into_iter().find(|cell| {
        cell.aspect.id == slot.aspect && slot.value.as_ref().is_none_or(|id| cell.value_id() == Some(id))
    })?;
    let piece = facing::piece_named(stage, slot.piece.as_ref()).map(|piece| piece.title);
    let value = cell.value.map(|value| value.title.clone());
    let titles = [Some(stage.title.clone()), piece, Some(cell.aspect.title.clone()), value];
    let exact = Slot { value: cell.value_id().cloned(), ..slot.clone() };
    Some(MarkTold {
        titles: titles.into_iter().flatten().collect(),
        mark: state.field.marks.get(entrant).and_then(|marks| marks.values.get(&exact)).copied(),
    })
}

fn spread_found(state: &State, rules: &Rules, open: &OpenSpread) -> Option<SpreadFound> {
    let stage = rules.definition.stages.iter().find(|stage| stage.id == open.slot.stage)?;
    let panel = panel_of(stage, &open.slot.aspect)?;
    let entrant = state.entrant(&open.entrant)?;
    let (piece, attempt) = (open.slot.piece.as_ref(), open.slot.attempt);
    let at = At { stage, panel, id: &open.entrant, entrant, piece, attempt };
    let bench = state.bench(&at);
    let value = open.spread.as_ref().and_then(|spread| spread.value.clone());
    let slot_of = |judge: &PersonId| Slot {
        stage: open.slot.stage.clone(),
        piece: open.slot.piece.clone(),
        attempt,
        aspect: open.slot.aspect.clone(),
        value: value.clone(),
        judge: Some(judge.clone()),
    };
    let live = state.field.marks.get(&open.entrant);
    let first = state.record(&open.entrant).and_then(|record| record.re_marks.get(&open.slot));
    let marks = bench.places.iter().filter_map(|place| {
        let judge = place.judge.clone().filter(|_| place.is != PlaceIs::OwnUnit)?;
        let mark = live.and_then(|live| live.values.get(&slot_of(&judge))).copied();
        Some(SeatMark { seat: Some(place.seat), judge, mark })
    });
    let seat_of = |judge: &PersonId| {
        bench.places.iter().find(|place| place.judge.as_ref() == Some(judge)).map(|place| place.seat)
    };
    let first_marks = first.into_iter().flat_map(|re_mark| &re_mark.first).filter_map(|(slot, mark)| {
        let judge = slot.judge.clone().filter(|_| value.is_none() || slot.value == value)?;
        Some(SeatMark { seat: seat_of(&judge), judge, mark: Some(*mark) })
    });
    let found = open.spread.as_ref().map(|spread| spread.found);
    let rule = panel.spread.as_ref().map_or(SpreadAction::ReMark, |rule| rule.action);
    Some(SpreadFound {
        entrant: open.entrant.clone(),
        number: number(state, &open.entrant),
        slot: open.slot.clone(),
        stage: facing::stage_named(stage),
        panel: facing::panel_named(stage, &panel.id),
        aspect: facing::aspect_named(stage, &open.slot.aspect),
        piece: facing::piece_named(stage, piece),
        disagree: panel.aggregate == Aggregate::Agree,
        measured: found.map(|found| found.measured).unwrap_or_default(),
        limit: found.map(|found| found.limit).unwrap_or_default(),
        action: found.map_or(rule, |found| found.action),
        marks: marks.collect(),
        first_marks: first_marks.collect(),
        value,
        todo: open.todo,
    })
}

fn pending(state: &State, rules: &Rules, id: &EntrantId, violation: &Id) -> Option<PendingDisqualification> {
    let record = state.record(id)?;
    let (slot, report) = record.reports.iter().rev().find(|(slot, _)| slot.violation == *violation)?;
    let stage = rules.definition.stages.iter().find(|stage| stage.id == slot.stage)?;
    Some(PendingDisqualification {
        entrant: id.clone(),
        number: number(state, id),
        violation: facing::violation_named(stage, violation),
        stage: facing::stage_named(stage),
        reported_by: report.by.clone(),
        at: report.at,
        reason: report.reason.clone(),
    })
}

/// One entrant's marks of a panel side by side; `key` is any seat's sheet.
pub fn panel_sheet(state: &State, key: &SheetKey) -> Result<PanelSheet, Refusal> {
    let rules = state.rules().ok_or(Refusal::NoDefinition)?;
    let stage = rules.definition.stages.iter().find(|stage| stage.id == key.stage);
    let stage = stage.ok_or_else(|| Refusal::UnknownStage(key.stage.clone()))?;
    let panel = stage.panels.iter().find(|panel| panel.id == key.panel);
    let panel = panel.ok_or_else(|| Refusal::UnknownPanel(key.panel.clone()))?;
    let entrant = state.entrant(&key.entrant).ok_or_else(|| Refusal::UnknownEntrant(key.entrant.clone()))?;
    let at = At { stage, panel, id: &key.entrant, entrant, piece: key.piece.as_ref(), attempt: key.attempt };
    let bench = state.bench(&at);
    let live = state.field.marks.get(at.id);
    let record = state.record(at.id);
    let lines = cells(stage, panel, at.piece).into_iter().map(|cell| {
        let marks = bench.places.iter().map(|place| {
            let slot = place.judge.as_ref().map(|judge| at.slot(&cell, Some(judge)));
            let mark = slot.as_ref().and_then(|slot| live?.values.get(slot)).copied();
            let corrected = slot.as_ref().is_some_and(|slot| record.is_some_and(|record| record.was_corrected(slot)));
            SeatValue { slot, mark, corrected }
        });
        let resolved = PanelSlot {
            stage: stage.id.clone(),
            piece: key.piece.clone(),
            attempt: key.attempt,
            aspect: cell.aspect.id.clone(),
        };
        PanelLine {
            aspect: Named { id: cell.aspect.id.clone(), title: cell.aspect.title.clone() },
            value_id: cell.value_id().cloned(),
            value_title: cell.value.map(|value| value.title.clone()),
            marks: marks.collect(),
            resolved: live.and_then(|live| live.resolved.get(&resolved)).copied(),
        }
    });
    let violations = stage.violations.iter();
    let violations = violations.filter_map(|violation| violation_control(state, &at, violation, !bench.signed));
    Ok(PanelSheet {
        violations: violations.collect(),
        submitted: bench.places.iter().any(|place| place.is == PlaceIs::Submitted),
        entrant: key.entrant.clone(),
        number: number(state, &key.entrant),
        stage: facing::stage_named(stage),
        panel: facing::panel_named(stage, &panel.id),
        piece: facing::piece_named(stage, at.piece),
        attempt: key.attempt,
        lines: lines.collect(),
        signed: bench.signed,
        seats: bench.places.iter().map(|place| self::cell(&at, &bench, place)).collect(),
    })
}
