//! The grid of a period's figures (填报表): units in rows, indicators in columns, a column for each kind where events are
//! counted. What was typed, pasted or imported is read here, cell by cell, and taken as a whole or not at all.
//!
//! | word | what it is |
//! |---|---|
//! | cell | what stands of a unit in a column, as people write it; none where the indicator is not judged of the unit |
//! | typed | what somebody wants there, and what stood there when they looked |
//! | conflict | a cell that the file changes, and that somebody changed here since the file was exported |
//! | change | a figure that differs from what stands, with the cells that say so |
//!
//! Knows who may write only by cells that are open or not.

mod export;
mod say;
mod sheet;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::entrants::cells;
use crate::{
    rules::{
        decimal,
        indicators::Actual,
        names::{EntrantId, Id},
    },
    words::Language,
};

pub use sheet::{Base, Conflict, Import, RowWrong, import, workbook};

/// How people write that an indicator does not apply.
const NOT_APPLICABLE: [&str; 5] = ["不适用", "n/a", "na", "不考核", "缺项"];
/// Of them, those that would be read as a minus when letters are made plain.
const DASHES: [&str; 2] = ["—", "——"];

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// Those of one indicator stand together.
    pub columns: Vec<Column>,
    pub lines: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub indicator: Id,
    pub title: String,
    /// The kind of event that is counted, with its title.
    pub kind: Option<(Id, String)>,
    pub measured_in: Option<String>,
    /// The points of an inspection sheet.
    pub full: Option<Decimal>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub entrant: EntrantId,
    pub name: String,
    pub group: Option<String>,
    /// One for each column.
    pub cells: Vec<Option<Cell>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    /// Whether this reader may write there now.
    pub open: bool,
}

/// What somebody wants in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    pub text: String,
    /// What stood there when they looked; `None` when they looked just now.
    pub was: Option<String>,
}

/// By line and column.
pub type AllTyped = BTreeMap<(usize, usize), Typed>;

#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub line: usize,
    pub indicator: Id,
    pub actual: Actual,
    /// Column, what stands, what comes.
    pub cells: Vec<(usize, String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    pub line: usize,
    pub column: usize,
    pub fact: Fact,
}

/// Why a cell cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    NotANumber {
        text: String,
    },
    /// Of what is not measured in percent.
    Percent {
        text: String,
    },
    /// Events are counted in whole numbers from 0.
    NotACount {
        text: String,
    },
    OutsideSheet {
        full: Decimal,
    },
    /// Other kinds of the same indicator have counts.
    CountMissing,
    /// 不适用 holds for all kinds of an indicator, or for none.
    PartlyNotApplicable,
    /// What was reported is not taken back by emptying its cell.
    Emptied,
    /// Somebody else wrote there meanwhile.
    Changed {
        now: String,
    },
    /// The period, or somebody's check, has closed it.
    Locked,
    NotJudged,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    pub changes: Vec<Change>,
    /// With any of them nothing should be taken.
    pub wrong: Vec<Wrong>,
}

/// What would change. Cells that nobody typed into stay as they are.
pub fn read(grid: &Grid, typed: &AllTyped, language: Language) -> Read {
    let mut read = Read::default();
    for (line, unit) in grid.lines.iter().enumerate() {
        let mut from = 0;
        while let Some(first) = grid.columns.get(from) {
            let count = grid.columns[from..].iter().take_while(|column| column.indicator == first.indicator).count();
            let columns: Vec<usize> = (from..from + count).collect();
            read_figure(grid, typed, language, line, &columns, unit, &mut read);
            from += count;
        }
    }
    read
}

fn read_figure(
    grid: &Grid,
    typed: &AllTyped,
    language: Language,
    line: usize,
    columns: &[usize],
    unit: &Line,
    read: &mut Read,
) {
    let mut texts: Vec<String> = Vec::new();
    let mut edited: BTreeSet<usize> = BTreeSet::new();
    let before = read.wrong.len();
    for &column in columns {
        let wanted = typed.get(&(line, column));
        let Some(cell) = &unit.cells[column] else {
            if wanted.is_some_and(|wanted| !wanted.text.trim().is_empty()) {
                read.wrong.push(Wrong { line, column, fact: Fact::NotJudged });
            }
            continue;
        };
        let equal = |a: &str, b: &str| same(a, b, &grid.columns[column]);
        let wanted = wanted.filter(|wanted| !wanted.was.as_ref().is_some_and(|was| equal(was, wanted.text.trim())));
        let text = wanted.map_or(cell.text.as_str(), |wanted| wanted.text.trim());
        if !equal(text, &cell.text) {
            let meanwhile = wanted.and_then(|wanted| wanted.was.as_ref()).is_some_and(|was| !equal(was, &cell.text));
            let fact = if !cell.open {
                Some(Fact::Locked)
            } else if meanwhile {
                Some(Fact::Changed { now: cell.text.clone() })
            } else if text.is_empty() {
                Some(Fact::Emptied)
            } else {
                None
            };
            read.wrong.extend(fact.map(|fact| Wrong { line, column, fact }));
            edited.insert(column);
        }
        texts.push(text.to_owned());
    }
    if edited.is_empty() || read.wrong.len() > before {
        return;
    }
    match figure(&grid.columns[columns[0]..columns[0] + texts.len()], &texts) {
        Ok(Some(actual)) => {
            let was = |column: usize| unit.cells[column].as_ref().map(|cell| cell.text.clone()).unwrap_or_default();
            let cells = edited.iter().map(|&column| {
                let kind = grid.columns[column].kind.as_ref().map(|(id, _)| id);
                (column, was(column), shown(&actual, kind, language))
            });
            let cells = cells.collect();
            let indicator = grid.columns[columns[0]].indicator.clone();
            read.changes.push(Change { line, indicator, actual, cells });
        }
        Ok(None) => {}
        Err(wrong) => {
            read.wrong.extend(wrong.into_iter().map(|(at, fact)| Wrong { line, column: columns[0] + at, fact }));
        }
    }
}

fn same(a: &str, b: &str, column: &Column) -> bool {
    a == b
        || matches!((column.number(a), column.number(b)), (Some(a), Some(b)) if a == b)
        || (is_not_applicable(a) && is_not_applicable(b))
}

/// The figure that the cells of one indicator say together; `None` when all are empty. What is wrong is named by the place
/// among them.
pub fn figure(columns: &[Column], texts: &[String]) -> Result<Option<Actual>, Vec<(usize, Fact)>> {
    let cells = || columns.iter().zip(texts).map(|(column, text)| (column, text.trim())).enumerate();
    if cells().all(|(_, (_, text))| text.is_empty()) {
        return Ok(None);
    }
    if cells().any(|(_, (_, text))| is_not_applicable(text)) {
        let others = cells().filter(|(_, (_, text))| !text.is_empty() && !is_not_applicable(text));
        let others: Vec<_> = others.map(|(at, _)| (at, Fact::PartlyNotApplicable)).collect();
        return if others.is_empty() { Ok(Some(Actual::NotApplicable)) } else { Err(others) };
    }
    let mut wrong = Vec::new();
    let mut counts = BTreeMap::new();
    for (at, (column, text)) in cells() {
        match (column.number(text), &column.kind) {
            (Some(number), None) => match column.full {
                Some(full) if number < Decimal::ZERO || number > full => wrong.push((at, Fact::OutsideSheet { full })),
                _ => return Ok(Some(Actual::Is(number))),
            },
            (Some(count), Some((kind, _))) if count >= Decimal::ZERO && count.fract().is_zero() => {
                counts.insert(kind.clone(), count);
            }
            (None, Some(_)) if text.is_empty() => wrong.push((at, Fact::CountMissing)),
            (None, _) if percent(text).is_some() => wrong.push((at, Fact::Percent { text: text.to_owned() })),
            (_, Some(_)) => wrong.push((at, Fact::NotACount { text: text.to_owned() })),
            (None, None) => wrong.push((at, Fact::NotANumber { text: text.to_owned() })),
        }
    }
    if wrong.is_empty() { Ok(Some(Actual::Counts(counts))) } else { Err(wrong) }
}

pub fn is_not_applicable(text: &str) -> bool {
    let plain = cells::half_width(text).trim().to_lowercase();
    NOT_APPLICABLE.contains(&plain.as_str()) || DASHES.contains(&text.trim())
}

/// A number as people and spreadsheets write it: full-width digits, thousands in threes between commas, a percent sign where
/// percent are measured. `None` for anything else, also for commas that group nothing: `1.234,56`, `95.5,3`, `0,123`.
pub fn number(text: &str, measured_in: Option<&str>) -> Option<Decimal> {
    if measured_in.is_some_and(|unit| matches!(unit, "%" | "％"))
        && let Some(number) = percent(text)
    {
        return Some(number);
    }
    let text = cells::half_width(text);
    let text = text.trim();
    let bare = text.trim_start_matches(['-', '+']);
    let (whole, fraction) = bare.split_once('.').unwrap_or((bare, ""));
    let mut thousands = whole.split(',');
    let first = thousands.next().unwrap_or_default();
    let grouped = (1..=3).contains(&first.len()) && !first.starts_with('0') && thousands.all(|three| three.len() == 3);
    if fraction.contains(',') || whole.contains(',') && !grouped {
        return None;
    }
    decimal::parse(&text.replace(',', "")).ok()
}

/// The number before a percent sign.
fn percent(text: &str) -> Option<Decimal> {
    let text = cells::half_width(text);
    number(text.trim().strip_suffix('%')?, None)
}

/// A figure as it stands in a cell: of an indicator of events, the count of this kind.
pub fn shown(actual: &Actual, kind: Option<&Id>, language: Language) -> String {
    match (actual, kind) {
        (Actual::NotApplicable, _) => language.say("figures-not-applicable").into_owned(),
        (Actual::Is(number), _) => number.normalize().to_string(),
        (Actual::Counts(counts), Some(kind)) => {
            counts.get(kind).map(|count| count.normalize().to_string()).unwrap_or_default()
        }
        (Actual::Counts(_), None) => String::new(),
    }
}

impl Column {
    /// [`number()`] of this column.
    fn number(&self, text: &str) -> Option<Decimal> {
        number(text, self.measured_in.as_deref())
    }

    /// How forms and files name it beside the unit.
    pub fn key(&self) -> String {
        match &self.kind {
            Some((kind, _)) => format!("{}/{kind}", self.indicator),
            None => self.indicator.to_string(),
        }
    }

    /// 安全 · 轻伤事故; 产量（吨）.
    pub fn heading(&self) -> String {
        let kind = self.kind.as_ref().map(|(_, title)| format!(" · {title}")).unwrap_or_default();
        let unit = self.measured_in.as_ref().map(|unit| format!("（{unit}）")).unwrap_or_default();
        format!("{}{kind}{unit}", self.title)
    }
}
