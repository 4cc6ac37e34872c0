//! What leaders and the chief judge look at: panels with their sheets, and what waits for them.

use std::collections::BTreeMap;

use super::{
    Block, ChiefBoard, Named, OpenTie, PanelBoard, PanelRow, PendingDisqualification, Progress, SheetCell, SpreadFound,
    chief::{CellState, Correction, PanelLine, PanelSheet, Seat, SeatMark, SeatValue, Signed},
    facing::{aspect_named, heading, panel_named, piece_named, stage_named, titled, violation_named},
};
use crate::rules::{
    command::Refusal,
    definition::model::{Effect, Panel, Stage},
    field::{EntrantStanding, PanelSlot, Slot, Value},
    ledger::entry::{Role, SheetKey},
    names::{Id, PersonId},
    result::{DecidedBy, RankedTable},
    state::{At, Bench, Opening, Place, PlaceIs, Rules, Side, State, cells, groups_of, panel_of},
};

/// Every panel for the chief judge, a leader's own for a leader, nothing for anybody else.
pub fn chief_board(state: &State, person: &PersonId) -> ChiefBoard {
    let is_chief = state.people.has(person, &Role::ChiefJudge);
    let mut board = ChiefBoard {
        heading: heading(state),
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
    let sees = |stage: &Id, panel: &Id| is_chief || state.people.leads(person, stage, panel);
    for stage in &rules.definition.stages {
        for panel in stage.panels.iter().filter(|panel| sees(&stage.id, &panel.id)) {
            for group in groups_of(&rules.definition, stage) {
                board.panels.push(panel_board(state, rules, stage, panel, group));
            }
        }
    }
    board.spreads = spreads(state, rules);
    board.spreads.retain(|spread| sees(&spread.stage.id, &spread.panel.id));
    board.corrections = corrections(state, rules);
    if is_chief {
        board.disqualifications = pending(state, rules);
        board.ties = open_ties(state);
        board.blocks = seal_blocks(state, rules);
    }
    board
}

/// One entrant's marks of one panel side by side. Any judge's key of that panel names it.
pub fn panel_sheet(state: &State, key: &SheetKey) -> Result<PanelSheet, Refusal> {
    let rules = state.rules().ok_or(Refusal::NoDefinition)?;
    let stage = rules.definition.stages.iter().find(|stage| stage.id == key.stage);
    let stage = stage.ok_or_else(|| Refusal::UnknownStage(key.stage.clone()))?;
    let panel = stage.panels.iter().find(|panel| panel.id == key.panel);
    let panel = panel.ok_or_else(|| Refusal::UnknownPanel(key.panel.clone()))?;
    let entrant = state.entrant(&key.entrant).ok_or_else(|| Refusal::UnknownEntrant(key.entrant.clone()))?;
    let (piece, attempt) = (key.piece.as_ref(), key.attempt);
    let at = At { stage, panel, id: &key.entrant, entrant, piece, attempt };
    let bench = state.bench(&at);
    let marks = state.field.marks.get(&key.entrant);
    let record = state.record(&key.entrant);
    let lines = cells(stage, panel, piece).into_iter().map(|cell| {
        let slot =
            PanelSlot { stage: stage.id.clone(), piece: piece.cloned(), attempt, aspect: cell.aspect.id.clone() };
        let seats = bench.places.iter().map(|place| {
            let slot = place.judge.as_ref().map(|judge| at.slot(&cell, Some(judge)));
            let mark = slot.as_ref().and_then(|slot| marks?.values.get(slot).copied());
            let corrected = slot.as_ref().is_some_and(|slot| record.is_some_and(|record| record.was_corrected(slot)));
            SeatValue { slot, mark, corrected }
        });
        PanelLine {
            aspect: aspect_named(stage, &cell.aspect.id),
            value_id: cell.value_id().cloned(),
            marks: seats.collect(),
            resolved: marks.and_then(|marks| marks.resolved.get(&slot).copied()),
        }
    });
    Ok(PanelSheet {
        entrant: key.entrant.clone(),
        number: state.numbers.get(&key.entrant).copied(),
        stage: stage_named(stage),
        panel: panel_named(stage, &panel.id),
        piece: piece_named(stage, piece),
        attempt,
        lines: lines.collect(),
        seats: sheet_cells(&at, &bench),
        signed: bench.signed,
    })
}

fn panel_board(state: &State, rules: &Rules, stage: &Stage, panel: &Panel, group: Option<&Id>) -> PanelBoard {
    let holders = state.people.holders(&stage.id, &panel.id);
    let holder = |seat: u32| holders.iter().find(|one| one.current && one.seat == seat && one.meets(None, group));
    let benches: Vec<(At, Bench)> =
        state.benches(stage, panel, group).into_iter().map(|at| (at, state.bench(&at))).collect();
    let still_in = benches.iter().filter(|(at, _)| at.entrant.standing == EntrantStanding::In);
    let progress = still_in.fold(Progress::default(), |sum, (_, bench)| {
        let (done, expected) = bench.progress();
        Progress { done: sum.done + done, expected: sum.expected + expected }
    });
    let rows = benches.iter().map(|(at, bench)| PanelRow {
        entrant: at.id.clone(),
        number: state.numbers.get(at.id).copied(),
        piece: piece_named(stage, at.piece),
        attempt: at.attempt,
        cells: sheet_cells(at, bench),
        out: at.entrant.standing != EntrantStanding::In,
        counts: bench.counts(rules.definition.counts_when),
    });
    let signature = state.signed.get(&(stage.id.clone(), panel.id.clone(), group.cloned()));
    PanelBoard {
        stage: stage_named(stage),
        panel: panel_named(stage, &panel.id),
        group: titled(&rules.definition.groups, group),
        open: state.is_open(&stage.id, group),
        seats: (1..=panel.judges)
            .map(|seat| Seat { seat, judge: holder(seat).map(|holder| holder.person.clone()) })
            .collect(),
        rows: rows.collect(),
        progress,
        signed: signature.map(|signature| Signed { by: signature.by.clone(), at: signature.at }),
        blocks: if signature.is_some() { Vec::new() } else { panel_blocks(state, rules, stage, panel, group) },
    }
}

fn sheet_cells(at: &At, bench: &Bench) -> Vec<SheetCell> {
    let cell = |place: &Place| SheetCell {
        seat: place.seat,
        state: match place.is {
            PlaceIs::Vacant => CellState::Vacant,
            PlaceIs::OwnUnit => CellState::OwnUnit,
            PlaceIs::Draft if place.marked == 0 => CellState::Missing,
            PlaceIs::Draft => CellState::Started { marked: place.marked, wanted: place.wanted },
            PlaceIs::Returned => CellState::Returned,
            PlaceIs::ReMark => CellState::ReMark,
            PlaceIs::Submitted if bench.signed => CellState::Signed,
            PlaceIs::Submitted => CellState::Submitted,
        },
        sheet: place.judge.as_ref().map(|judge| at.sheet(judge)),
    };
    bench.places.iter().map(cell).collect()
}

/// What a panel of a group still needs before it is signed.
pub(in crate::rules) fn panel_blocks(
    state: &State,
    rules: &Rules,
    stage: &Stage,
    panel: &Panel,
    group: Option<&Id>,
) -> Vec<Block> {
    let named = || (stage_named(stage), panel_named(stage, &panel.id), titled(&rules.definition.groups, group));
    let mut blocks = Vec::new();
    let count = state.missing_sheets(stage, panel, group);
    if count > 0 {
        let (stage, panel, group) = named();
        blocks.push(Block::SheetsMissing { stage, panel, group, count });
    }
    let open = state.open_spreads();
    let own = open.iter().filter(|open| {
        open.blocks() && open.slot.stage == stage.id && open.panel == panel.id && open.group.as_ref() == group
    });
    let count = own.count();
    if count > 0 {
        let (stage, panel, group) = named();
        blocks.push(Block::SpreadsOpen { stage, panel, group, count });
    }
    blocks
}

/// What the contest still needs before it is sealed.
pub(in crate::rules) fn seal_blocks(state: &State, rules: &Rules) -> Vec<Block> {
    let mut blocks = Vec::new();
    for stage in &rules.definition.stages {
        for group in groups_of(&rules.definition, stage) {
            let titled_group = || titled(&rules.definition.groups, group);
            if state.opening(&stage.id, group) != Some(Opening::Closed) {
                blocks.push(Block::StageOpen { stage: stage_named(stage), group: titled_group() });
            }
            let count = state.missing_values(stage, group);
            if count > 0 {
                blocks.push(Block::ValuesMissing { stage: stage_named(stage), group: titled_group(), count });
            }
            for panel in &stage.panels {
                if state.signed.contains_key(&(stage.id.clone(), panel.id.clone(), group.cloned())) {
                    continue;
                }
                blocks.extend(panel_blocks(state, rules, stage, panel, group));
                let (stage, panel) = (stage_named(stage), panel_named(stage, &panel.id));
                blocks.push(Block::NotSigned { stage, panel, group: titled_group() });
            }
        }
    }
    let count = pending(state, rules).len();
    if count > 0 {
        blocks.push(Block::DisqualificationsOpen { count });
    }
    let count = open_ties(state).len();
    if count > 0 {
        blocks.push(Block::TiesOpen { count });
    }
    blocks
}

fn spreads(state: &State, rules: &Rules) -> Vec<SpreadFound> {
    let found = state.open_spreads().into_iter().filter_map(|open| {
        let stage = rules.definition.stages.iter().find(|stage| stage.id == open.slot.stage)?;
        let panel = panel_of(stage, &open.slot.aspect)?;
        let found = open.spread.as_ref().map(|spread| &spread.found);
        let action = found.map(|found| found.action).or_else(|| panel.spread.as_ref().map(|spread| spread.action))?;
        let of_slot = |slot: &Slot| {
            let PanelSlot { stage, piece, attempt, aspect } = &open.slot;
            slot.stage == *stage && slot.piece == *piece && slot.attempt == *attempt && slot.aspect == *aspect
        };
        let marks = state.field.marks.get(&open.entrant).into_iter().flat_map(|marks| &marks.values);
        let re_mark = state.record(&open.entrant).and_then(|record| record.re_marks.get(&open.slot));
        let first = re_mark.into_iter().flat_map(|re_mark| &re_mark.first);
        Some(SpreadFound {
            number: state.numbers.get(&open.entrant).copied(),
            stage: stage_named(stage),
            panel: panel_named(stage, &panel.id),
            aspect: aspect_named(stage, &open.slot.aspect),
            piece: piece_named(stage, open.slot.piece.as_ref()),
            value: open.spread.as_ref().and_then(|spread| spread.value.clone()),
            measured: found.map(|found| found.measured).unwrap_or_default(),
            limit: found.map(|found| found.limit).unwrap_or_default(),
            action,
            marks: seat_marks(state, stage, panel, marks.filter(|(slot, _)| of_slot(slot))),
            first_marks: seat_marks(state, stage, panel, first),
            todo: open.todo,
            entrant: open.entrant,
            slot: open.slot,
        })
    });
    found.collect()
}

/// By seat.
fn seat_marks<'a>(
    state: &State,
    stage: &Stage,
    panel: &Panel,
    marks: impl Iterator<Item = (&'a Slot, &'a Value)>,
) -> Vec<SeatMark> {
    let holders = state.people.holders(&stage.id, &panel.id);
    let mut seats: Vec<SeatMark> = marks
        .filter_map(|(slot, value)| {
            let judge = slot.judge.clone()?;
            let seat = holders.iter().find(|holder| holder.person == judge).map(|holder| holder.seat);
            Some(SeatMark { seat, judge, mark: Some(*value) })
        })
        .collect();
    seats.sort_by_key(|mark| mark.seat);
    seats
}

/// Reported disqualifications that the chief has neither confirmed nor rejected.
pub(in crate::rules) fn pending(state: &State, rules: &Rules) -> Vec<PendingDisqualification> {
    let mut pending = Vec::new();
    for (id, marks) in &state.field.marks {
        if state.entrant(id).is_none_or(|entrant| entrant.standing != EntrantStanding::In) {
            continue;
        }
        let mut seen: Vec<&Id> = Vec::new();
        for slot in marks.violations.keys() {
            let Some(stage) = rules.definition.stages.iter().find(|stage| stage.id == slot.stage) else { continue };
            let violation = stage.violations.iter().find(|violation| violation.id == slot.violation);
            let disqualifies = violation.is_some_and(|violation| violation.effect == Effect::Disqualify);
            let record = state.record(id);
            let rejected = record.and_then(|record| record.rejected.get(&slot.violation)).copied().unwrap_or(0);
            if !disqualifies || seen.contains(&&slot.violation) || state.times(id, &slot.violation) <= rejected {
                continue;
            }
            let Some(report) = record.and_then(|record| record.reports.get(slot)) else { continue };
            seen.push(&slot.violation);
            pending.push(PendingDisqualification {
                entrant: id.clone(),
                number: state.numbers.get(id).copied(),
                violation: violation_named(stage, &slot.violation),
                stage: stage_named(stage),
                reported_by: report.by.clone(),
                at: report.at,
                reason: report.reason.clone(),
            });
        }
    }
    pending
}

fn corrections(state: &State, rules: &Rules) -> Vec<Correction> {
    let named = |slot: &Slot| {
        let stage = rules.definition.stages.iter().find(|stage| stage.id == slot.stage);
        let unknown = || Named { id: slot.aspect.clone(), title: slot.aspect.to_string() };
        stage.map_or_else(unknown, |stage| aspect_named(stage, &slot.aspect))
    };
    let corrections = state.corrections.iter().rev().map(|one| Correction {
        seq: one.seq,
        at: one.at,
        entrant: one.entrant.clone(),
        number: state.numbers.get(&one.entrant).copied(),
        slot: one.slot.clone(),
        aspect: named(&one.slot),
        before: one.before,
        after: one.after,
        reason: one.reason.clone(),
        by: one.by.clone(),
        second: one.second.clone(),
    });
    corrections.collect()
}

/// Equals that people must put in order, in every table that ranks them.
pub(in crate::rules) fn open_ties(state: &State) -> Vec<OpenTie> {
    let standings = state.standings(Side::Staff);
    let ties = standings.tables.iter().flat_map(|table| open_ties_of(table));
    ties.collect()
}

fn open_ties_of(table: &RankedTable) -> Vec<OpenTie> {
    let mut ties: BTreeMap<u32, OpenTie> = BTreeMap::new();
    for row in &table.rows {
        let (Some(rank), Some(DecidedBy::Open)) = (row.rank, &row.decided_by) else { continue };
        let tie = ties.entry(rank).or_insert_with(|| OpenTie {
            table: table.key.clone(),
            rank,
            total: row.total,
            tied: Vec::new(),
        });
        tie.tied.push(row.who.as_str().to_owned());
    }
    ties.into_values().collect()
}
