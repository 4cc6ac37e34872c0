//! Computes what is printed: score sheets and the summary of scores.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{
    Named, explain, facing,
    judging::violation_control,
    paper::{
        ScoreSheetData, ScoreSheetRow, ScoreSheetViolation, SummaryData, SummaryLine, SummaryMark, SummaryRow,
        SummaryViolation,
    },
    tables::{column, stages_of},
};
use crate::rules::{
    definition::{
        Definition,
        model::{AspectKind, Panel, Stage},
    },
    field::{Entrant, EntrantStanding},
    names::{EntrantId, Id, PersonId},
    panel::Fate,
    result::{Row, TableKey, Who},
    state::{At, Cell, PlaceIs, Rules, Side, State, cells, groups_of, holds, limits, loose_cells, sheet_shapes, slot},
    why::{Fact, Node},
};

/// One sheet for each seat, entrant, piece and attempt of a panel, in the order of groups and draw numbers. Empty when
/// the definition has no such panel.
pub fn score_sheets(state: &State, stage: &Id, panel: &Id) -> Vec<ScoreSheetData> {
    let Some(rules) = state.rules() else { return Vec::new() };
    let Some(stage) = rules.definition.stages.iter().find(|known| known.id == *stage) else { return Vec::new() };
    let Some(panel) = stage.panels.iter().find(|known| known.id == *panel) else { return Vec::new() };
    let mut sheets = Vec::new();
    for group in groups_of(&rules.definition, stage) {
        let benches = state.benches(stage, panel, group);
        for at in benches.iter().filter(|at| at.entrant.standing == EntrantStanding::In) {
            sheets.extend(of_bench(state, &rules.definition, at));
        }
    }
    sheets
}

fn of_bench(state: &State, definition: &Definition, at: &At) -> Vec<ScoreSheetData> {
    let heading = facing::heading(state);
    let marks = state.field.marks.get(at.id);
    let bench = state.bench(at);
    let sheets = bench.places.iter().filter(|place| place.is != PlaceIs::OwnUnit).map(|place| {
        let rows = cells(at.stage, at.panel, at.piece).into_iter().map(|cell| {
            let mark = place.judge.as_ref().and_then(|judge| marks?.values.get(&at.slot(&cell, Some(judge))));
            sheet_row(&cell, mark.copied())
        });
        let recorded = at.stage.violations.iter().filter(|violation| violation.panel.as_ref() == Some(&at.panel.id));
        let violations = recorded.filter_map(|violation| {
            let own = violation_control(state, at, violation, false)?;
            Some(ScoreSheetViolation {
                title: own.title,
                points: own.points,
                most: violation.most,
                disqualifies: own.disqualifies,
                count: own.count,
            })
        });
        ScoreSheetData {
            heading: heading.clone(),
            stage: facing::stage_named(at.stage),
            panel: facing::panel_named(at.stage, &at.panel.id),
            event: facing::titled(&definition.events, at.entrant.event.as_ref()),
            group: facing::titled(&definition.groups, at.entrant.group.as_ref()),
            piece: facing::piece_named(at.stage, at.piece),
            attempt: at.attempt,
            attempts: at.stage.attempts.count,
            number: state.numbers.get(at.id).copied(),
            seat: place.seat,
            judge: place.judge.clone(),
            rows: rows.collect(),
            violations: violations.collect(),
        }
    });
    sheets.collect()
}

fn sheet_row(cell: &Cell, mark: Option<crate::rules::field::Value>) -> ScoreSheetRow {
    let limits = limits(cell);
    let title = match cell.value {
        Some(value) => format!("{} · {}", cell.aspect.title, value.title),
        None => cell.aspect.title.clone(),
    };
    let (unit, bands) = match &cell.aspect.kind {
        AspectKind::BandedJudgement { bands } => (None, bands.clone()),
        AspectKind::Measurement { values, .. } => {
            (cell.value.or(values.first()).and_then(|value| value.unit.clone()), Vec::new())
        }
        AspectKind::Time { .. } => (Some("s".to_owned()), Vec::new()),
        _ => (None, Vec::new()),
    };
    ScoreSheetRow {
        title,
        description: cell.aspect.description.clone(),
        allotment: cell.aspect.max,
        min: limits.min,
        max: limits.max,
        step: limits.step,
        unit,
        bands,
        mark,
    }
}

/// Every table of entrants with all that each total is made of, as staff see it.
pub fn summary(state: &State) -> Vec<SummaryData> {
    let Some(rules) = state.rules() else { return Vec::new() };
    let standings = state.standings(Side::Staff);
    let tables = standings.tables.iter().filter_map(|table| {
        let TableKey::Field { event, group } = &table.key else { return None };
        let stages = stages_of(&rules.definition, event.as_ref(), group.as_ref());
        Some(SummaryData {
            heading: facing::heading(state),
            key: table.key.clone(),
            event: facing::titled(&rules.definition.events, event.as_ref()),
            group: facing::titled(&rules.definition.groups, group.as_ref()),
            title: None,
            columns: stages.iter().map(|stage| column(stage)).collect(),
            rows: table.rows.iter().filter_map(|row| summary_row(state, rules, row, &stages)).collect(),
        })
    });
    tables.collect()
}

fn summary_row(state: &State, rules: &Rules, row: &Row, stages: &[&Stage]) -> Option<SummaryRow> {
    let Who::Entrant(id) = &row.who else { return None };
    let entrant = state.entrant(id)?;
    let told = Told::of(&explain::whole(state, rules, id, Side::Staff));
    let mut lines = Vec::new();
    for stage in stages.iter().filter(|stage| holds(stage, entrant)) {
        lines.append(&mut lines_of(state, stage, id, entrant, &told));
    }
    let violations = told.violations.iter().map(|taken| {
        let stages = &rules.definition.stages;
        let known = stages.iter().find(|stage| match &taken.stage {
            Some(id) => stage.id == *id,
            None => stage.violations.iter().any(|known| known.id == taken.violation),
        });
        let named = Named { id: taken.violation.clone(), title: taken.violation.to_string() };
        SummaryViolation {
            stage: taken.stage.clone(),
            violation: known.map_or(named, |stage| facing::violation_named(stage, &taken.violation)),
            count: taken.count,
            taken: taken.points,
        }
    });
    Some(SummaryRow {
        rank: row.rank,
        entrant: id.clone(),
        number: state.numbers.get(id).copied(),
        unit: entrant.unit.clone(),
        stages: stages.iter().map(|stage| row.stages.get(&stage.id).flatten()).collect(),
        total: row.total,
        status: row.status.clone(),
        outside_quota: row.outside_quota,
        lines,
        violations: violations.collect(),
    })
}

fn lines_of(state: &State, stage: &Stage, id: &EntrantId, entrant: &Entrant, told: &Told) -> Vec<SummaryLine> {
    let marks = state.field.marks.get(id);
    let mut lines = Vec::new();
    for panel in &stage.panels {
        for shape in sheet_shapes(stage, panel) {
            let at = At { stage, panel, id, entrant, piece: shape.piece, attempt: shape.attempt };
            let bench = state.bench(&at);
            if bench.is_optional() {
                continue;
            }
            for cell in cells(stage, panel, shape.piece) {
                let key = (stage.id.clone(), shape.attempt, shape.piece.cloned(), cell.aspect.id.clone());
                let found = told.aspects.get(&key);
                let marks = bench.places.iter().filter(|place| place.is != PlaceIs::OwnUnit).map(|place| SummaryMark {
                    seat: Some(place.seat),
                    judge: place.judge.clone(),
                    mark: place
                        .judge
                        .as_ref()
                        .and_then(|judge| marks?.values.get(&at.slot(&cell, Some(judge))))
                        .copied(),
                    dropped: place
                        .judge
                        .as_ref()
                        .is_some_and(|judge| found.is_some_and(|found| found.dropped.contains(judge))),
                });
                let marks = marks.collect();
                lines.push(line(stage, Some(panel), shape.piece, shape.attempt, &cell, marks, found));
            }
        }
    }
    for (shape, cell) in loose_cells(stage) {
        let value = marks.and_then(|marks| marks.values.get(&slot(stage, shape.piece, shape.attempt, &cell, None)));
        if value.is_none() && shape.attempt > 1 {
            continue;
        }
        let key = (stage.id.clone(), shape.attempt, shape.piece.cloned(), cell.aspect.id.clone());
        let mark = SummaryMark { seat: None, judge: None, mark: value.copied(), dropped: false };
        lines.push(line(stage, None, shape.piece, shape.attempt, &cell, vec![mark], told.aspects.get(&key)));
    }
    // As the definition lists them, whoever marks them.
    let position = |line: &SummaryLine| stage.aspects.iter().position(|aspect| aspect.id == line.aspect.id);
    let piece = |line: &SummaryLine| {
        line.piece.as_ref().and_then(|piece| stage.pieces.iter().position(|known| known.id == piece.id))
    };
    lines.sort_by_key(|line| (line.attempt, piece(line), position(line)));
    lines
}

fn line(
    stage: &Stage,
    panel: Option<&Panel>,
    piece: Option<&Id>,
    attempt: u32,
    cell: &Cell,
    marks: Vec<SummaryMark>,
    found: Option<&OfAspect>,
) -> SummaryLine {
    let of_value = found.and_then(|found| found.recorded.get(cell.value_id()?)).copied();
    SummaryLine {
        stage: stage.id.clone(),
        piece: facing::piece_named(stage, piece),
        attempt,
        aspect: Named { id: cell.aspect.id.clone(), title: cell.aspect.title.clone() },
        value_id: cell.value_id().cloned(),
        panel: panel.map(|panel| facing::panel_named(stage, &panel.id)),
        marks,
        number: of_value.or_else(|| found.filter(|_| cell.value.is_none()).and_then(|found| found.number)),
        points: found.and_then(|found| found.points),
    }
}

/// What scoring told, by place.
#[derive(Default)]
struct Told {
    aspects: BTreeMap<(Id, u32, Option<Id>, Id), OfAspect>,
    violations: Vec<Taken>,
}

#[derive(Default)]
struct OfAspect {
    points: Option<Decimal>,
    /// What the panel's marks make.
    number: Option<Decimal>,
    recorded: BTreeMap<Id, Decimal>,
    dropped: BTreeSet<PersonId>,
}

struct Taken {
    stage: Option<Id>,
    violation: Id,
    count: u32,
    points: Decimal,
}

impl Told {
    fn of(nodes: &[Node]) -> Self {
        let mut told = Self::default();
        told.listen(nodes, None, 1);
        told
    }

    fn listen(&mut self, nodes: &[Node], stage: Option<&Id>, attempt: u32) {
        for node in nodes {
            match &node.fact {
                Fact::Stage { stage, .. } => self.listen(&node.parts, Some(stage), 1),
                Fact::Attempt { number, .. } => self.listen(&node.parts, stage, *number),
                Fact::Aspect { aspect, piece, outcome } => {
                    if let Some(stage) = stage {
                        let mut own = OfAspect { points: outcome.value(), ..OfAspect::default() };
                        node.parts.iter().flat_map(Node::walk).for_each(|node| own.listen(&node.fact));
                        self.aspects.insert((stage.clone(), attempt, piece.clone(), aspect.clone()), own);
                    }
                    self.listen(&node.parts, stage, attempt);
                }
                Fact::Violation { violation, count, taken, .. } => {
                    let (violation, count, points) = (violation.clone(), *count, *taken);
                    self.violations.push(Taken { stage: stage.cloned(), violation, count, points });
                }
                _ => self.listen(&node.parts, stage, attempt),
            }
        }
    }
}

impl OfAspect {
    fn listen(&mut self, fact: &Fact) {
        match fact {
            Fact::Panel { number, .. } | Fact::MeanOfAll { number } | Fact::Resolved { number } => {
                self.number = Some(*number);
            }
            Fact::Recorded { value, number } => {
                self.recorded.insert(value.clone(), *number);
            }
            Fact::Mark { judge: Some(judge), fate: Fate::DroppedHigh | Fate::DroppedLow, .. } => {
                self.dropped.insert(judge.clone());
            }
            _ => {}
        }
    }
}
