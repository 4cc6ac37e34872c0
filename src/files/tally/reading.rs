//! One part of `marks.csv`, read: rows of names become rows of numbers.
//!
//! Parts are read side by side, so each numbers its own entrants and judges and counts its own lines; `marks` brings
//! them together. Rows repeat the same few names many thousand times: each is looked up, and none is copied twice.

use std::{
    collections::HashMap,
    sync::atomic::{AtomicUsize, Ordering},
};

use csv::StringRecord;
use foldhash::fast::RandomState;

use super::{
    Fault, Problem, Progress,
    cell::{Target, Targets},
    entrants::Listed,
    text::{Rows, field, half_width},
};
use crate::rules::{
    decimal,
    field::Value,
    score::{CellMark, Fault as Violated, NOBODY, PlanInner},
};

/// Rows between two reports of progress.
const PROGRESS_ROWS: u64 = 20_000;

/// What all parts share.
pub(super) struct Shared<'a> {
    pub(super) plan: &'a PlanInner,
    pub(super) columns: Columns,
    /// There is a list of entrants: nobody else may have marks.
    pub(super) known: Option<Known>,
    pub(super) bytes_read: AtomicUsize,
    pub(super) progress: Progress<'a>,
}

pub(super) struct Columns {
    entrant: Option<usize>,
    stage: Option<usize>,
    aspect: Option<usize>,
    judge: Option<usize>,
    value: Option<usize>,
    attempt: Option<usize>,
    piece: Option<usize>,
}

/// The list of entrants, by name.
pub(super) struct Known {
    at: HashMap<String, u32, RandomState>,
    /// The stages of each entrant, where some stage is not for all.
    held: Option<Vec<Vec<bool>>>,
}

/// A part, read. Entrants are numbered by the list where there is one, else by `entrants`.
pub(super) struct Part {
    pub(super) marks: Vec<MarkRow>,
    pub(super) faults: Vec<FaultRow>,
    pub(super) entrants: Vec<String>,
    pub(super) judges: Vec<String>,
    /// Lines count from the beginning of the part, from 1.
    pub(super) problems: Vec<Problem>,
    pub(super) lines: u64,
}

#[derive(Clone, Copy)]
pub(super) struct MarkRow {
    pub(super) entrant: u32,
    pub(super) line: u32,
    pub(super) mark: CellMark,
}

#[derive(Clone, Copy)]
pub(super) struct FaultRow {
    pub(super) entrant: u32,
    pub(super) line: u32,
    pub(super) fault: Violated,
}

impl Columns {
    pub(super) fn of(rows: &Rows) -> Self {
        Self {
            entrant: rows.column("entrant"),
            stage: rows.column("stage"),
            aspect: rows.column("aspect"),
            judge: rows.column("judge"),
            value: rows.column("value"),
            attempt: rows.column("attempt"),
            piece: rows.column("piece"),
        }
    }
}

impl Known {
    pub(super) fn new(plan: &PlanInner, listed: &[Listed]) -> Self {
        let all = 0..plan.stages.len();
        let stages_of = |one: &Listed| all.clone().map(|stage| plan.holds(stage, &one.entrant)).collect();
        Self {
            at: listed.iter().zip(0..).map(|(listed, at)| (listed.id.as_str().to_owned(), at)).collect(),
            held: plan.is_split().then(|| listed.iter().map(stages_of).collect()),
        }
    }
}

/// Names numbered in the order of their arrival.
#[derive(Default)]
struct Names(HashMap<String, u32, RandomState>);

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(at) = self.0.get(name) {
            return *at;
        }
        let at = u32::try_from(self.0.len()).unwrap_or(NOBODY);
        self.0.insert(name.to_owned(), at);
        at
    }

    fn into_list(self) -> Vec<String> {
        let mut names: Vec<(String, u32)> = self.0.into_iter().collect();
        names.sort_unstable_by_key(|(_, at)| *at);
        names.into_iter().map(|(name, _)| name).collect()
    }
}

struct Reading<'a> {
    shared: &'a Shared<'a>,
    targets: Targets<'a>,
    entrants: Names,
    /// Of the row before.
    last_entrant: Option<(String, u32)>,
    judges: Names,
    marks: Vec<MarkRow>,
    faults: Vec<FaultRow>,
}

pub(super) fn read(shared: &Shared, mut rows: Rows) -> Part {
    let mut reading = Reading {
        shared,
        targets: Targets::new(shared.plan),
        entrants: Names::default(),
        last_entrant: None,
        judges: Names::default(),
        marks: Vec::new(),
        faults: Vec::new(),
    };
    let mut problems = Vec::new();
    let mut record = StringRecord::new();
    let mut count: u64 = 0;
    let mut reported = 0;
    while rows.next(&mut record, &mut problems) {
        let line = rows.line(&record);
        if let Err(fault) = reading.row(&record, line) {
            problems.push(rows.problem(line, fault));
        }
        count += 1;
        if count.is_multiple_of(PROGRESS_ROWS) {
            let new = rows.bytes_read() - reported;
            reported += new;
            (shared.progress)(shared.bytes_read.fetch_add(new, Ordering::Relaxed) + new);
        }
    }
    Part {
        marks: reading.marks,
        faults: reading.faults,
        entrants: reading.entrants.into_list(),
        judges: reading.judges.into_list(),
        problems,
        lines: rows.lines_read(),
    }
}

impl Reading<'_> {
    fn row(&mut self, record: &StringRecord, line: u64) -> Result<(), Fault> {
        let columns = &self.shared.columns;
        let value = field(record, columns.value);
        let name = field(record, columns.entrant);
        if name.is_empty() {
            // Spreadsheets leave rows of nothing but commas behind.
            let blank = record.iter().all(|field| field.trim().is_empty());
            return if blank { Ok(()) } else { Err(Fault::EntrantMissing) };
        }
        let entrant = self.entrant(name)?;
        let stage = field(record, columns.stage);
        let target = self.targets.find(stage, field(record, columns.piece), field(record, columns.aspect));
        let attempt = field(record, columns.attempt);
        let attempt = if attempt.is_empty() { 1 } else { attempt.parse::<u32>().unwrap_or(0) };
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        match self.targets.get(target) {
            Target::Wrong(fault) => Err(fault.clone()),
            Target::Violation { stage: at, piece, violation } => {
                let (at, piece, violation) = (*at, *piece, *violation);
                self.holds(at, entrant, attempt, stage)?;
                if value.is_empty() {
                    return Ok(());
                }
                let count = half_width(value).parse().map_err(|_| Fault::Count { text: value.to_owned() })?;
                let fault = Violated { stage: at, attempt, piece, violation, count };
                self.faults.push(FaultRow { entrant, line, fault });
                Ok(())
            }
            Target::Cell(target) => {
                let cell = target.cell;
                self.holds(target.stage, entrant, attempt, stage)?;
                if value.is_empty() {
                    return Ok(());
                }
                let value = mark_value(value)?;
                if let Value::Number(number) = value {
                    target.check(number).map_err(|out| Fault::Bounds { value: number, out })?;
                }
                let judge = field(record, columns.judge);
                // Being absent is the entrant's, not one judge's.
                if target.by_panel && judge.is_empty() && value != Value::Absent {
                    return Err(Fault::JudgeMissing { aspect: field(record, columns.aspect).to_owned() });
                }
                let judge = if judge.is_empty() { NOBODY } else { self.judges.number(judge) };
                self.marks.push(MarkRow { entrant, line, mark: CellMark { attempt, cell, judge, value } });
                Ok(())
            }
        }
    }

    fn entrant(&mut self, name: &str) -> Result<u32, Fault> {
        if let Some((last, at)) = &self.last_entrant
            && last == name
        {
            return Ok(*at);
        }
        let at = match &self.shared.known {
            None => self.entrants.number(name),
            Some(known) => *known.at.get(name).ok_or_else(|| Fault::UnknownEntrant { entrant: name.to_owned() })?,
        };
        let last = self.last_entrant.get_or_insert_default();
        name.clone_into(&mut last.0);
        last.1 = at;
        Ok(at)
    }

    fn holds(&self, stage: usize, entrant: u32, attempt: u32, name: &str) -> Result<(), Fault> {
        let attempts = self.shared.plan.definition.stages[stage].attempts.count.max(1);
        if attempt == 0 || attempt > attempts {
            return Err(Fault::Attempt { attempts });
        }
        let held = self.shared.known.as_ref().and_then(|known| known.held.as_ref());
        let is_held = held.is_none_or(|held| held[entrant as usize][stage]);
        if is_held { Ok(()) } else { Err(Fault::NotInStage { stage: name.to_owned() }) }
    }
}

fn mark_value(text: &str) -> Result<Value, Fault> {
    match decimal::parse(text) {
        Ok(number) => Ok(Value::Number(number)),
        Err(why) => match text.to_ascii_lowercase().as_str() {
            "absent" | "缺考" => Ok(Value::Absent),
            "n/a" | "na" | "不适用" => Ok(Value::NotApplicable),
            _ => decimal::parse(&half_width(text))
                .map(Value::Number)
                .map_err(|_| Fault::Number { text: text.to_owned(), why }),
        },
    }
}
