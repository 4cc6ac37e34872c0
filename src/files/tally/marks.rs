//! `marks.csv`: what was recorded, entrant by entrant, in the order in which scoring reads it.
//!
//! The file is read in parts, side by side. Counting brings the rows of an entrant together, a small sort puts each
//! entrant's in order, and the same pass finds rows that contradict each other.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    ops::Range,
    sync::atomic::AtomicUsize,
};

use foldhash::fast::RandomState;

use super::{
    Fault, Problem, Progress, SHARE_ENTRANTS_MIN, Source,
    entrants::Listed,
    parallel::{shares, side_by_side},
    reading::{self, Columns, FaultRow, Known, MarkRow, Part, Shared},
    text::{Rows, decode, parts},
};
use crate::rules::{
    definition::{Definition, model::Effect},
    field::{Entrant, EntrantStanding},
    names::{EntrantId, PersonId},
    score::{CellMark, Fault as Violated, NOBODY, Plan, PlanInner, Seats, Sheet, has_weights},
};

/// Parts smaller than this are not worth a thread.
const PART_BYTES_MIN: usize = 1 << 20;

/// All marks of a contest, entrant by entrant.
#[derive(Debug, Default)]
pub(super) struct Marks {
    shares: Vec<Share>,
    share_entrants: usize,
    faults: Vec<Violated>,
    /// Of each entrant: where their faults begin; one more than there are entrants.
    faults_from: Vec<usize>,
    judges: Vec<PersonId>,
    seats: Seats,
}

/// Marks of entrants that stand side by side.
#[derive(Debug)]
struct Share {
    cells: Vec<CellMark>,
    /// Of each entrant: where their cells begin; one more than there are entrants.
    cells_from: Vec<usize>,
}

impl Marks {
    /// One entrant's marks, by their position in the list.
    pub(super) fn sheet(&self, entrant: usize) -> Sheet<'_> {
        let Share { cells, cells_from } = &self.shares[entrant / self.share_entrants];
        let at = entrant % self.share_entrants;
        Sheet {
            cells: &cells[cells_from[at]..cells_from[at + 1]],
            faults: &self.faults[self.faults_from[entrant]..self.faults_from[entrant + 1]],
            resolved: &[],
            judges: &self.judges,
            seats: &self.seats,
        }
    }
}

/// Reads the marks of the entrants listed; of everybody who has marks when there is no list, and then makes the list.
pub(super) fn read(
    plan: &Plan,
    source: Source,
    listed: &mut Option<Vec<Listed>>,
    problems: &mut Vec<Problem>,
    progress: Progress,
) -> Marks {
    let parts = shares(source.bytes.len(), PART_BYTES_MIN);
    read_in_parts(plan, source, parts, listed, problems, progress)
}

pub(super) fn read_in_parts(
    plan: &Plan,
    source: Source,
    parts_wanted: usize,
    listed: &mut Option<Vec<Listed>>,
    problems: &mut Vec<Problem>,
    progress: Progress,
) -> Marks {
    let Some(text) = decode(source, problems) else { return Marks::default() };
    let needed = ["entrant", "stage", "aspect", "judge", "value"];
    let Some(rows) = Rows::open(source.name, &text, &needed, problems) else { return Marks::default() };
    let header_bytes = rows.bytes_read();
    let shared = Shared {
        plan: plan.inner(),
        columns: Columns::of(&rows),
        known: listed.as_deref().map(|listed| Known::new(plan.inner(), listed)),
        bytes_read: AtomicUsize::new(header_bytes),
        progress,
    };
    let parts = parts(&text[header_bytes..], parts_wanted);
    let parts = side_by_side(parts, |part| reading::read(&shared, rows.of_part(part)));
    progress(text.len());
    Whole::new(plan.inner(), source.name, rows.lines_read(), parts, listed, problems).marks(listed, problems)
}

/// All parts of a file, with what makes their numbers the file's.
struct Whole<'a> {
    plan: &'a PlanInner,
    file: &'a str,
    parts: Vec<Placed>,
    judges: Vec<PersonId>,
}

/// A part, and its place in the file.
struct Placed {
    part: Part,
    /// By the part's numbers: positions in the list of entrants. Empty where the part has them already.
    entrants: Vec<u32>,
    judges: Vec<u32>,
    lines_before: u64,
}

impl Placed {
    fn entrant(&self, at: u32) -> usize {
        self.entrants.get(at as usize).copied().unwrap_or(at) as usize
    }

    fn line(&self, line: u32) -> u32 {
        line.saturating_add(u32::try_from(self.lines_before).unwrap_or(u32::MAX))
    }

    /// By the file's numbers.
    fn mark(&self, row: usize) -> MarkRow {
        let mut row = self.part.marks[row];
        row.line = self.line(row.line);
        row.mark.judge = self.judges.get(row.mark.judge as usize).copied().unwrap_or(NOBODY);
        row
    }
}

impl<'a> Whole<'a> {
    /// Makes the list of entrants where there is none.
    fn new(
        plan: &'a PlanInner,
        file: &'a str,
        header_lines: u64,
        parts: Vec<Part>,
        listed: &mut Option<Vec<Listed>>,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let judges = distinct(parts.iter().map(|part| &part.judges), natural);
        let entrants = distinct(parts.iter().map(|part| &part.entrants), |name| name);
        let (judge_at, entrant_at) = (positions(&judges), positions(&entrants));
        let mut lines_before = header_lines;
        let mut placed = Vec::with_capacity(parts.len());
        for mut part in parts {
            for mut problem in part.problems.drain(..) {
                problem.line += lines_before;
                problems.push(problem);
            }
            let lines = part.lines;
            placed.push(Placed {
                entrants: part.entrants.iter().map(|name| entrant_at[name.as_str()]).collect(),
                judges: part.judges.iter().map(|name| judge_at[name.as_str()]).collect(),
                part,
                lines_before,
            });
            lines_before += lines;
        }
        let judges = judges.into_iter().map(PersonId::new).collect();
        let unlisted = |name: String| Listed { id: EntrantId::new(&name), name, entrant: Entrant::default() };
        listed.get_or_insert_with(|| entrants.into_iter().map(unlisted).collect());
        Self { plan, file, parts: placed, judges }
    }

    fn marks(self, listed: &mut Option<Vec<Listed>>, problems: &mut Vec<Problem>) -> Marks {
        let people = listed.as_mut().map(Vec::as_mut_slice).unwrap_or_default();
        let (faults, faults_from) = self.faults(people, problems);
        let order = Order::new(&self.parts, people.len());
        let share_entrants = people.len().div_ceil(shares(people.len(), SHARE_ENTRANTS_MIN)).max(1);
        let ranges: Vec<Range<usize>> = (0..people.len())
            .step_by(share_entrants)
            .map(|from| from..people.len().min(from + share_entrants))
            .collect();
        let done = side_by_side(ranges, |entrants| self.share(&order, entrants));
        let mut shares = Vec::with_capacity(done.len());
        for (share, mut found) in done {
            shares.push(share);
            problems.append(&mut found);
        }
        problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        let seats = self.seats(problems);
        Marks { shares, share_entrants, faults, faults_from, judges: self.judges, seats }
    }

    /// Where judges have weights, everybody's seat is the same for all entrants: by the number at the end of the name, the
    /// others in the order of names.
    fn seats(&self, problems: &mut Vec<Problem>) -> Seats {
        let mut seats = Seats::default();
        for (stage_at, stage) in self.plan.definition.stages.iter().enumerate() {
            for (panel_at, panel) in stage.panels.iter().enumerate().filter(|(_, panel)| has_weights(panel)) {
                let mut last = 0;
                let mut judges: BTreeSet<u32> = BTreeSet::new();
                for row in self.parts.iter().flat_map(|placed| (0..placed.part.marks.len()).map(|at| placed.mark(at))) {
                    let item = self.plan.item_of(row.mark.cell);
                    let here = item.is_some_and(|item| item.stage == stage_at && item.panel == Some(panel_at));
                    if here && row.mark.judge != NOBODY && judges.insert(row.mark.judge) {
                        last = last.max(row.line);
                    }
                }
                if judges.len() > panel.judges as usize {
                    let fault = Fault::TooManyJudges { aspect: panel.id.to_string(), judges: panel.judges };
                    problems.push(Problem { file: self.file.to_owned(), line: u64::from(last), fault });
                    continue;
                }
                let named: Vec<&PersonId> = judges.iter().map(|judge| &self.judges[*judge as usize]).collect();
                for (judge, seat) in Seats::by_names(&named, panel.judges) {
                    seats.set(stage.id.clone(), panel.id.clone(), judge.clone(), seat);
                }
            }
        }
        seats
    }

    fn share(&self, order: &Order, entrants: Range<usize>) -> (Share, Vec<Problem>) {
        let mut problems = Vec::new();
        let rows = order.from[entrants.end] - order.from[entrants.start];
        let mut share = Share { cells: Vec::with_capacity(rows), cells_from: Vec::with_capacity(entrants.len() + 1) };
        share.cells_from.push(0);
        let mut own: Vec<MarkRow> = Vec::new();
        for entrant in entrants {
            own.clear();
            own.extend(order.of(entrant).iter().map(|(part, row)| self.parts[*part as usize].mark(*row as usize)));
            // The line comes last, so that of equal rows the first stays.
            own.sort_unstable_by_key(|row| (place(row) << 32) | u128::from(row.line));
            own.dedup_by(|row, first| {
                let same = place(row) == place(first);
                if same && row.mark.value != first.mark.value {
                    problems.push(self.differs(first.line, row.line));
                }
                same
            });
            self.too_many_judges(&own, &mut problems);
            share.cells.extend(own.iter().map(|row| row.mark));
            share.cells_from.push(share.cells.len());
        }
        (share, problems)
    }

    fn faults(&self, people: &mut [Listed], problems: &mut Vec<Problem>) -> (Vec<Violated>, Vec<usize>) {
        let mut rows: Vec<(usize, FaultRow)> = Vec::new();
        for placed in &self.parts {
            let of_file =
                |row: &FaultRow| (placed.entrant(row.entrant), FaultRow { line: placed.line(row.line), ..*row });
            rows.extend(placed.part.faults.iter().map(of_file));
        }
        let key = |(entrant, row): &(usize, FaultRow)| {
            (*entrant, row.fault.stage, row.fault.attempt, row.fault.piece, row.fault.violation)
        };
        rows.sort_unstable_by_key(|row| (key(row), row.1.line));
        rows.dedup_by(|row, first| {
            let same = key(row) == key(first);
            if same && row.1.fault.count != first.1.fault.count {
                problems.push(self.differs(first.1.line, row.1.line));
            }
            same
        });
        let definition: &Definition = &self.plan.definition;
        for (entrant, row) in rows.iter().filter(|(_, row)| row.fault.count > 0) {
            let violation = &definition.stages[row.fault.stage].violations[row.fault.violation];
            if violation.effect == Effect::Disqualify {
                let standing = EntrantStanding::Disqualified { violation: violation.id.clone() };
                people[*entrant].entrant.standing = standing;
            }
        }
        let from = (0..=people.len()).map(|entrant| rows.partition_point(|(of, _)| *of < entrant)).collect();
        (rows.into_iter().map(|(_, row)| row.fault).collect(), from)
    }

    fn differs(&self, first: u32, line: u32) -> Problem {
        let fault = Fault::Differs { first_line: u64::from(first) };
        Problem { file: self.file.to_owned(), line: u64::from(line), fault }
    }

    /// `own`: one entrant's, in order.
    fn too_many_judges(&self, own: &[MarkRow], problems: &mut Vec<Problem>) {
        let same = |a: &MarkRow, b: &MarkRow| (a.mark.attempt, a.mark.cell) == (b.mark.attempt, b.mark.cell);
        for group in own.chunk_by(same).filter(|group| group.len() > 1) {
            let Some(item) = self.plan.item_of(group[0].mark.cell) else { continue };
            let Some(panel) = self.plan.panel_of(item).filter(|panel| group.len() > panel.judges as usize) else {
                continue;
            };
            let last = group.iter().map(|row| row.line).max().unwrap_or_default();
            let aspect = self.plan.aspect_of(item).id.to_string();
            let fault = Fault::TooManyJudges { aspect, judges: panel.judges };
            problems.push(Problem { file: self.file.to_owned(), line: u64::from(last), fault });
        }
    }
}

/// Which rows are whose. Counted, not sorted: a million rows in no order cost two passes.
struct Order {
    /// Part and row, entrant by entrant, in the order of the file.
    rows: Vec<(u32, u32)>,
    from: Vec<usize>,
}

impl Order {
    fn new(parts: &[Placed], entrants: usize) -> Self {
        let mut from = vec![0; entrants + 1];
        let all = || {
            (0_u32..).zip(parts).flat_map(|(at, placed)| {
                (0_u32..).zip(&placed.part.marks).map(move |(row, mark)| (placed.entrant(mark.entrant), (at, row)))
            })
        };
        all().for_each(|(entrant, _)| from[entrant + 1] += 1);
        for at in 1..=entrants {
            from[at] += from[at - 1];
        }
        let mut rows = vec![(0, 0); from[entrants]];
        let mut next = from.clone();
        all().for_each(|(entrant, place)| {
            rows[next[entrant]] = place;
            next[entrant] += 1;
        });
        Self { rows, from }
    }

    fn of(&self, entrant: usize) -> &[(u32, u32)] {
        &self.rows[self.from[entrant]..self.from[entrant + 1]]
    }
}

/// Where a mark stands among one entrant's, as one number that is quick to compare.
fn place(row: &MarkRow) -> u128 {
    let CellMark { attempt, cell, judge, .. } = row.mark;
    (u128::from(attempt) << 64) | (u128::from(cell) << 32) | u128::from(judge)
}

/// The names of all parts, each once, in order.
fn distinct<'a, K: Ord>(lists: impl Iterator<Item = &'a Vec<String>>, key: impl Fn(&'a str) -> K) -> Vec<String> {
    let names: HashSet<&str, RandomState> = lists.flatten().map(String::as_str).collect();
    let mut names: Vec<&str> = names.into_iter().collect();
    names.sort_by_cached_key(|name| key(name));
    names.into_iter().map(str::to_owned).collect()
}

fn positions(names: &[String]) -> HashMap<&str, u32, RandomState> {
    names.iter().map(String::as_str).zip(0..).collect()
}

/// `J2` before `J10`.
fn natural(name: &str) -> (&str, u64, &str) {
    let head = name.trim_end_matches(|c: char| c.is_ascii_digit());
    (head, name[head.len()..].parse().unwrap_or(0), name)
}

#[cfg(test)]
mod tests;
