//! `marks.csv`: what was recorded, straight into the order in which scoring reads it.
//!
//! The names of entrants, places and judges become numbers while reading; one sort brings the rows of an entrant
//! together, and one pass finds rows that contradict each other.

use std::collections::HashMap;

use csv::ByteRecord;

use super::{
    Fault, Problem, Progress, Source,
    cell::{Target, Targets},
    entrants::Listed,
    text::{Rows, decode, field, half_width},
};
use crate::rules::{
    decimal,
    definition::{Definition, model::Effect},
    field::{Entrant, EntrantStanding, Value},
    names::{EntrantId, PersonId},
    score::{CellMark, Fault as Violated, NOBODY, Plan, PlanInner, Seats, Sheet},
};

/// All marks of a contest, entrant by entrant.
#[derive(Debug, Default)]
pub(super) struct Marks {
    cells: Vec<CellMark>,
    faults: Vec<Violated>,
    /// Of each entrant: where their cells and faults begin; one more than there are entrants.
    cells_from: Vec<usize>,
    faults_from: Vec<usize>,
    judges: Vec<PersonId>,
    seats: Seats,
}

#[derive(Clone, Copy)]
struct MarkRow {
    entrant: u32,
    line: u32,
    mark: CellMark,
}

#[derive(Clone, Copy)]
struct FaultRow {
    entrant: u32,
    line: u32,
    fault: Violated,
}

impl Marks {
    /// One entrant's marks, by their position in the list.
    pub(super) fn sheet(&self, entrant: usize) -> Sheet<'_> {
        Sheet {
            cells: &self.cells[self.cells_from[entrant]..self.cells_from[entrant + 1]],
            faults: &self.faults[self.faults_from[entrant]..self.faults_from[entrant + 1]],
            resolved: &[],
            judges: &self.judges,
            seats: &self.seats,
        }
    }
}

/// Rows between two reports of progress.
const PROGRESS_ROWS: u64 = 20_000;

/// Reads the marks of the entrants listed; of everybody who has marks when there is no list, and then makes the list.
pub(super) fn read(
    plan: &Plan,
    source: Source,
    listed: &mut Option<Vec<Listed>>,
    problems: &mut Vec<Problem>,
    progress: Progress,
) -> Marks {
    let Some(text) = decode(source, problems) else { return Marks::default() };
    let needed = ["entrant", "stage", "aspect", "judge", "value"];
    let Some(rows) = Rows::open(source.name, &text, &needed, problems) else { return Marks::default() };
    let mut reading = Reading::new(plan.inner(), listed.as_deref());
    reading.rows(rows, problems, progress);
    progress(text.len());
    reading.finish(plan.definition(), source.name, listed, problems)
}

struct Columns {
    entrant: Option<usize>,
    stage: Option<usize>,
    aspect: Option<usize>,
    judge: Option<usize>,
    value: Option<usize>,
    attempt: Option<usize>,
    piece: Option<usize>,
}

struct Reading<'a> {
    plan: &'a PlanInner,
    targets: Targets<'a>,
    entrants: HashMap<String, u32>,
    /// There is a list: nobody else may have marks.
    is_closed: bool,
    /// The stages of each entrant, where some stage is not for all.
    held: Option<Vec<Vec<bool>>>,
    last_entrant: (String, u32),
    judges: HashMap<String, u32>,
    marks: Vec<MarkRow>,
    faults: Vec<FaultRow>,
    /// Panel sizes by cell, for the last pass.
    panel_of: HashMap<u32, u32>,
}

impl<'a> Reading<'a> {
    fn new(plan: &'a PlanInner, listed: Option<&[Listed]>) -> Self {
        let entrants = listed.unwrap_or_default().iter().zip(0..);
        let all = 0..plan.stages.len();
        let is_split = plan.definition.stages.iter().any(|stage| !(stage.events.is_empty() && stage.groups.is_empty()));
        let stages_of = |one: &Listed| all.clone().map(|stage| plan.holds(stage, &one.entrant)).collect();
        Self {
            plan,
            targets: Targets::new(plan),
            entrants: entrants.map(|(listed, at)| (listed.id.as_str().to_owned(), at)).collect(),
            is_closed: listed.is_some(),
            held: listed.filter(|_| is_split).map(|listed| listed.iter().map(stages_of).collect()),
            last_entrant: (String::new(), NOBODY),
            judges: HashMap::new(),
            marks: Vec::new(),
            faults: Vec::new(),
            panel_of: HashMap::new(),
        }
    }

    fn rows(&mut self, mut rows: Rows, problems: &mut Vec<Problem>, progress: Progress) {
        let columns = Columns {
            entrant: rows.column("entrant"),
            stage: rows.column("stage"),
            aspect: rows.column("aspect"),
            judge: rows.column("judge"),
            value: rows.column("value"),
            attempt: rows.column("attempt"),
            piece: rows.column("piece"),
        };
        let mut record = ByteRecord::new();
        let mut count: u64 = 0;
        while rows.next(&mut record, problems) {
            let line = record.position().map_or(0, csv::Position::line);
            if let Err(fault) = self.row(&columns, &record, line) {
                problems.push(rows.problem(line, fault));
            }
            count += 1;
            if count.is_multiple_of(PROGRESS_ROWS) {
                progress(rows.bytes_read());
            }
        }
    }

    fn row(&mut self, columns: &Columns, record: &ByteRecord, line: u64) -> Result<(), Fault> {
        let value = field(record, columns.value);
        let name = field(record, columns.entrant);
        if name.is_empty() {
            // Spreadsheets leave rows of nothing but commas behind.
            let blank = record.iter().all(|field| field.trim_ascii().is_empty());
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
            Target::Cell(cell) => {
                let (at, bounds, judges, cell) = (cell.stage, cell.bounds, cell.judges, cell.cell);
                self.holds(at, entrant, attempt, stage)?;
                if value.is_empty() {
                    return Ok(());
                }
                let value = mark_value(value)?;
                if let Value::Number(number) = value {
                    bounds.check(number).map_err(|out| Fault::Bounds { value: number, out })?;
                }
                let judge = field(record, columns.judge);
                if let Some(judges) = judges {
                    // Being absent is the entrant's, not one judge's.
                    if judge.is_empty() && value != Value::Absent {
                        return Err(Fault::JudgeMissing { aspect: field(record, columns.aspect).to_owned() });
                    }
                    self.panel_of.insert(cell, judges);
                }
                let judge = self.judge(judge);
                self.marks.push(MarkRow { entrant, line, mark: CellMark { attempt, cell, judge, value } });
                Ok(())
            }
        }
    }

    fn entrant(&mut self, name: &str) -> Result<u32, Fault> {
        if self.last_entrant.0 == name && self.last_entrant.1 != NOBODY {
            return Ok(self.last_entrant.1);
        }
        let at = match self.entrants.get(name) {
            Some(at) => *at,
            None if self.is_closed => return Err(Fault::UnknownEntrant { entrant: name.to_owned() }),
            None => {
                let at = u32::try_from(self.entrants.len()).unwrap_or(NOBODY);
                self.entrants.insert(name.to_owned(), at);
                at
            }
        };
        name.clone_into(&mut self.last_entrant.0);
        self.last_entrant.1 = at;
        Ok(at)
    }

    fn judge(&mut self, name: &str) -> u32 {
        if name.is_empty() {
            return NOBODY;
        }
        if let Some(at) = self.judges.get(name) {
            return *at;
        }
        let at = u32::try_from(self.judges.len()).unwrap_or(NOBODY);
        self.judges.insert(name.to_owned(), at);
        at
    }

    fn holds(&self, stage: usize, entrant: u32, attempt: u32, name: &str) -> Result<(), Fault> {
        let rule = &self.plan.definition.stages[stage];
        if attempt == 0 || attempt > rule.attempts.count.max(1) {
            return Err(Fault::Attempt { attempts: rule.attempts.count.max(1) });
        }
        let is_held = self.held.as_ref().is_none_or(|held| held[entrant as usize][stage]);
        if is_held { Ok(()) } else { Err(Fault::NotInStage { stage: name.to_owned() }) }
    }

    fn finish(
        mut self,
        definition: &Definition,
        file: &str,
        listed: &mut Option<Vec<Listed>>,
        problems: &mut Vec<Problem>,
    ) -> Marks {
        let mut ordered: Vec<(String, u32)> = std::mem::take(&mut self.judges).into_iter().collect();
        ordered.sort_by(|(a, _), (b, _)| natural(a).cmp(&natural(b)));
        let order = places(ordered.iter().map(|(_, at)| *at));
        for row in &mut self.marks {
            row.mark.judge = order.get(row.mark.judge as usize).copied().unwrap_or(NOBODY);
        }
        if listed.is_none() {
            let mut names: Vec<(String, u32)> = std::mem::take(&mut self.entrants).into_iter().collect();
            names.sort_unstable();
            let order = places(names.iter().map(|(_, at)| *at));
            self.marks.iter_mut().for_each(|row| row.entrant = order[row.entrant as usize]);
            self.faults.iter_mut().for_each(|row| row.entrant = order[row.entrant as usize]);
            let unlisted =
                |(name, _): (String, u32)| Listed { id: EntrantId::new(&name), name, entrant: Entrant::default() };
            *listed = Some(names.into_iter().map(unlisted).collect());
        }
        let marks_key = |row: &MarkRow| (row.entrant, row.mark.attempt, row.mark.cell, row.mark.judge);
        // The line comes last, so that of equal rows the first stays.
        let in_order = self.marks.is_sorted_by_key(|row| (marks_key(row), row.line));
        if !in_order {
            self.marks.sort_unstable_by_key(|row| (marks_key(row), row.line));
        }
        let faults_key =
            |row: &FaultRow| (row.entrant, row.fault.stage, row.fault.attempt, row.fault.piece, row.fault.violation);
        self.faults.sort_unstable_by_key(|row| (faults_key(row), row.line));
        let differs = |first: u32, line: u32| Problem {
            file: file.to_owned(),
            line: u64::from(line),
            fault: Fault::Differs { first_line: u64::from(first) },
        };
        self.marks.dedup_by(|row, first| {
            let same = marks_key(row) == marks_key(first);
            if same && row.mark.value != first.mark.value {
                problems.push(differs(first.line, row.line));
            }
            same
        });
        self.faults.dedup_by(|row, first| {
            let same = faults_key(row) == faults_key(first);
            if same && row.fault.count != first.fault.count {
                problems.push(differs(first.line, row.line));
            }
            same
        });
        self.too_many_judges(file, problems);
        let people = listed.as_mut().map(Vec::as_mut_slice).unwrap_or_default();
        for row in self.faults.iter().filter(|row| row.fault.count > 0) {
            let violation = &definition.stages[row.fault.stage].violations[row.fault.violation];
            if violation.effect == Effect::Disqualify {
                let standing = EntrantStanding::Disqualified { violation: violation.id.clone() };
                people[row.entrant as usize].entrant.standing = standing;
            }
        }
        problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        let entrants = people.len();
        Marks {
            cells_from: beginnings(entrants, self.marks.iter().map(|row| row.entrant)),
            faults_from: beginnings(entrants, self.faults.iter().map(|row| row.entrant)),
            cells: self.marks.iter().map(|row| row.mark).collect(),
            faults: self.faults.iter().map(|row| row.fault).collect(),
            judges: ordered.into_iter().map(|(name, _)| PersonId::new(name)).collect(),
            seats: Seats::default(),
        }
    }

    fn too_many_judges(&self, file: &str, problems: &mut Vec<Problem>) {
        let same = |a: &MarkRow, b: &MarkRow| {
            (a.entrant, a.mark.attempt, a.mark.cell) == (b.entrant, b.mark.attempt, b.mark.cell)
        };
        for group in self.marks.chunk_by(same) {
            if group.len() < 2 {
                continue;
            }
            let Some(judges) = self.panel_of.get(&group[0].mark.cell).filter(|judges| group.len() > **judges as usize)
            else {
                continue;
            };
            let last = group.iter().map(|row| row.line).max().unwrap_or_default();
            let item = self.plan.items.iter().rev().find(|item| item.first_cell <= group[0].mark.cell);
            let aspect = item.map(|item| self.plan.aspect_of(item).id.to_string()).unwrap_or_default();
            let fault = Fault::TooManyJudges { aspect, judges: *judges };
            problems.push(Problem { file: file.to_owned(), line: u64::from(last), fault });
        }
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

/// `J2` before `J10`.
fn natural(name: &str) -> (&str, u64, &str) {
    let head = name.trim_end_matches(|c: char| c.is_ascii_digit());
    (head, name[head.len()..].parse().unwrap_or(0), name)
}

/// From old numbers to places in the new order.
fn places(order: impl ExactSizeIterator<Item = u32>) -> Vec<u32> {
    let mut places = vec![0; order.len()];
    for (place, old) in (0..).zip(order) {
        places[old as usize] = place;
    }
    places
}

/// Where each entrant's rows begin among rows in the order of entrants.
fn beginnings(entrants: usize, mut rows: impl ExactSizeIterator<Item = u32>) -> Vec<usize> {
    let all = rows.len();
    let mut from = Vec::with_capacity(entrants + 1);
    let mut at = 0;
    let mut next = rows.next();
    for entrant in 0..entrants {
        while next.is_some_and(|row| (row as usize) < entrant) {
            next = rows.next();
            at += 1;
        }
        from.push(at);
    }
    from.push(all);
    from
}
