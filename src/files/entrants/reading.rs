//! One sheet, row by row: which fact each cell gives, and what is wrong with it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::{
    files::{
        sheets::{self, Cell, Row, Sheet},
        units,
    },
    rules::{
        definition::model::{Eligibility, EligibilityTest, Titled},
        field::Entrant,
        names::{EntrantId, Id, UnitPath},
    },
};

use super::{
    Fact, Gender, ImportRow, Imported, Known, Personal, RowProblem, cells,
    header::{Column, Header, Quota},
};

/// One sheet while it is read.
pub(super) struct Reading<'a> {
    sheet: &'a Sheet,
    header: Header,
    known: Known<'a>,
    out: Imported,
    /// The row that used an id, or a name in a unit, first.
    entrants: BTreeMap<EntrantId, u32>,
    people: BTreeMap<(String, Option<UnitPath>), u32>,
    next_number: usize,
}

impl<'a> Reading<'a> {
    pub(super) fn new(sheet: &'a Sheet, header: Header, known: Known<'a>) -> Self {
        let out = Imported { sheet: sheet.name.clone(), ..Imported::default() };
        Reading { sheet, header, known, out, entrants: BTreeMap::new(), people: BTreeMap::new(), next_number: 1 }
    }

    pub(super) fn read(mut self) -> Imported {
        for (column, other) in self.header.twice.clone() {
            let fact = Fact::ColumnTwice { other: sheets::letters(other) };
            self.problem(Some(self.header.row), Some(column), fact);
        }
        for column in self.header.ignored.clone() {
            self.warn(Some(self.header.row), Some(column), Fact::ColumnIgnored);
        }
        let sheet = self.sheet;
        let rows: Vec<&Row> = sheet.rows.iter().filter(|row| row.number > self.header.row).collect();
        if rows.is_empty() {
            self.problem(Some(self.header.row), None, Fact::NoRows);
        }
        self.warn_of_layout();
        self.warn_of_lost_zeros(&rows);
        for row in rows {
            self.row(row);
        }
        self.out
    }

    fn row(&mut self, row: &Row) {
        let problems = self.out.problems.len();
        let name = self.name(row);
        let number = self.plain(row, &Column::Number);
        let entrant = self.entrant(row, number.as_deref());
        let definition = self.known.definition;
        let birth_date = self.parsed(row, &Column::BirthDate, cells::date);
        let gender = self.parsed(row, &Column::Gender, cells::gender);
        let person = Personal { name, number, birth_date, gender, phone: self.plain(row, &Column::Phone) };
        let facts = Entrant {
            unit: self.unit(row),
            team: self.plain(row, &Column::Team),
            event: self
                .one_of(row, &Column::Event, &definition.events, |text, known| Fact::UnknownEvent { text, known }),
            group: self
                .one_of(row, &Column::Group, &definition.groups, |text, known| Fact::UnknownGroup { text, known }),
            station: self.plain(row, &Column::Station),
            outside_quota: self.outside_quota(row),
            values: self.values(row),
            eligibilities: self.eligibilities(row, &person),
            ..Entrant::default()
        };
        if let Some(first_row) = self.people.get(&(person.name.clone(), facts.unit.clone())).copied() {
            self.warn_in(row, &Column::Name, Fact::SameName { first_row });
        } else if !person.name.is_empty() {
            self.people.insert((person.name.clone(), facts.unit.clone()), row.number);
        }
        if let (Some(entrant), true) = (entrant, self.out.problems.len() == problems) {
            let registered = self.known.registered.contains(&entrant);
            self.out.rows.push(ImportRow { row: row.number, entrant, facts, person, registered });
        }
    }

    fn name(&mut self, row: &Row) -> String {
        let name = self.parsed(row, &Column::Name, cells::name);
        if name.is_none() && self.cell(row, &Column::Name).is_none_or(Cell::is_blank) {
            self.problem_in(row, &Column::Name, Fact::Missing);
        }
        name.unwrap_or_default()
    }

    /// The number of the list; without such a column the employee's number, and without that the next that is free.
    fn entrant(&mut self, row: &Row, number: Option<&str>) -> Option<EntrantId> {
        let (column, text) = if self.header.has(&Column::Entrant) {
            (Column::Entrant, self.plain(row, &Column::Entrant))
        } else if self.header.has(&Column::Number) {
            (Column::Number, number.map(str::to_owned))
        } else {
            return Some(self.assigned());
        };
        let Some(text) = text else {
            if self.cell(row, &column).is_none_or(Cell::is_blank) {
                self.problem_in(row, &column, Fact::Missing);
            }
            return None;
        };
        let text = cells::half_width(&text);
        if !text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')) {
            self.problem_in(row, &column, Fact::NotAnEntrantNumber { text });
            return None;
        }
        let entrant = EntrantId::new(&text);
        if let Some(first_row) = self.entrants.get(&entrant).copied() {
            self.problem_in(row, &column, Fact::EntrantTwice { entrant: text, first_row });
            return None;
        }
        self.entrants.insert(entrant.clone(), row.number);
        Some(entrant)
    }

    fn assigned(&mut self) -> EntrantId {
        loop {
            let entrant = EntrantId::new(format!("{:03}", self.next_number));
            self.next_number += 1;
            if !self.known.registered.contains(&entrant) {
                return entrant;
            }
        }
    }

    fn unit(&mut self, row: &Row) -> Option<UnitPath> {
        let text = self.plain(row, &Column::Unit)?;
        match units::resolve(&text, self.known.units) {
            Ok(unit) => Some(unit),
            Err(fact) => {
                self.problem_in(row, &Column::Unit, Fact::Unit(fact));
                None
            }
        }
    }

    /// By id or title. Where the definition has only one there is nothing to choose; where it has none, nothing is read.
    fn one_of(
        &mut self,
        row: &Row,
        column: &Column,
        titled: &[Titled],
        unknown: fn(String, Vec<String>) -> Fact,
    ) -> Option<Id> {
        if titled.is_empty() {
            return None;
        }
        match self.plain(row, column) {
            Some(text) => {
                let found = titled.iter().find(|one| one.id.as_str() == text || one.title == text);
                if found.is_none() {
                    let known = titled.iter().map(|one| one.title.clone()).collect();
                    self.problem_in(row, column, unknown(text, known));
                }
                found.map(|one| one.id.clone())
            }
            None if titled.len() == 1 => Some(titled[0].id.clone()),
            None => {
                if self.cell(row, column).is_none_or(Cell::is_blank) {
                    self.problem_in(row, column, Fact::Missing);
                }
                None
            }
        }
    }

    fn outside_quota(&mut self, row: &Row) -> bool {
        for asks in [Quota::Outside, Quota::Inside] {
            if let Some(outside) = self.parsed(row, &Column::Quota(asks), |cell| cells::outside_quota(cell, asks)) {
                return outside;
            }
        }
        false
    }

    fn values(&mut self, row: &Row) -> BTreeMap<Id, Decimal> {
        let definition = self.known.definition;
        let values = definition.entrants.values.iter();
        let read = values.filter_map(|value| {
            let number = self.parsed(row, &Column::Value(value.id.clone()), cells::number)?;
            Some((value.id.clone(), number))
        });
        read.collect()
    }

    fn eligibilities(&mut self, row: &Row, person: &Personal) -> Vec<Id> {
        let mut held = Vec::new();
        let definition = self.known.definition;
        for eligibility in &definition.entrants.eligibilities {
            let says = self.parsed(row, &Column::Eligible(eligibility.id.clone()), cells::yes_or_no);
            match decided(eligibility, person, says) {
                Some(true) => held.push(eligibility.id.clone()),
                Some(false) => {}
                None => {
                    let fact = Fact::Undecided { eligibility: eligibility.title.clone() };
                    self.out.warnings.push(RowProblem { row: Some(row.number), column: None, fact });
                }
            }
        }
        held
    }

    /// Text without the usual slips of typing.
    fn plain(&mut self, row: &Row, column: &Column) -> Option<String> {
        self.parsed(row, column, cells::text)
    }

    /// `None` for an empty cell, and, with a problem, for one that does not parse.
    fn parsed<T>(&mut self, row: &Row, column: &Column, parse: impl Fn(&Cell) -> Result<T, Fact>) -> Option<T> {
        let cell = self.cell(row, column).filter(|cell| !cell.is_blank())?;
        match parse(cell) {
            Ok(value) => Some(value),
            Err(fact) => {
                self.problem_in(row, column, fact);
                None
            }
        }
    }

    fn cell<'r>(&self, row: &'r Row, column: &Column) -> Option<&'r Cell> {
        self.header.position(column).map(|position| row.cell(position))
    }

    fn warn_of_layout(&mut self) {
        let (sheet, heading) = (self.sheet, self.header.row);
        for merged in sheet.merged.iter().filter(|merged| merged.rows.1 > heading) {
            let fact = Fact::Merged { range: merged.range() };
            self.warn(Some(merged.rows.0), Some(merged.columns.0 as usize), fact);
        }
        for row in sheet.hidden_rows.iter().filter(|hidden| sheet.rows.iter().any(|row| row.number == **hidden)) {
            if *row > heading {
                self.warn(Some(*row), None, Fact::HiddenRow);
            }
        }
    }

    /// Numbers of one length among texts with zeros in front, or of another length, have probably lost theirs.
    fn warn_of_lost_zeros(&mut self, rows: &[&Row]) {
        for column in [Column::Entrant, Column::Number] {
            let Some(position) = self.header.position(&column) else { continue };
            let cells = || rows.iter().map(|row| (row.number, row.cell(position)));
            let zeros =
                cells().any(|(_, cell)| matches!(cell, Cell::Text(text) if text.trim().starts_with(['0', '０'])));
            let number = |(row, cell): (u32, &Cell)| matches!(cell, Cell::Number(_)).then(|| (row, cell.text()));
            let longest = cells().filter_map(number).map(|(_, text)| text.len()).max().unwrap_or(0);
            let shorter = cells().filter_map(number).find(|(_, text)| zeros || text.len() < longest);
            // 1 to 120 are numbers of different lengths and nothing is lost.
            if let Some((row, example)) = shorter.filter(|_| zeros || longest > 4) {
                self.warn(Some(row), Some(position), Fact::ZerosMayBeLost { example });
            }
        }
    }

    fn problem_in(&mut self, row: &Row, column: &Column, fact: Fact) {
        self.problem(Some(row.number), self.header.position(column), fact);
    }

    fn warn_in(&mut self, row: &Row, column: &Column, fact: Fact) {
        self.warn(Some(row.number), self.header.position(column), fact);
    }

    fn problem(&mut self, row: Option<u32>, column: Option<usize>, fact: Fact) {
        let column = column.map(|at| self.header.named(at));
        self.out.problems.push(RowProblem { row, column, fact });
    }

    fn warn(&mut self, row: Option<u32>, column: Option<usize>, fact: Fact) {
        let column = column.map(|at| self.header.named(at));
        self.out.warnings.push(RowProblem { row, column, fact });
    }
}

/// `None` when what it asks for is not in the list.
fn decided(eligibility: &Eligibility, person: &Personal, says: Option<bool>) -> Option<bool> {
    match &eligibility.test {
        EligibilityTest::Under { years, date } => {
            let (born, on) = (person.birth_date?, date.parse::<Date>().ok()?);
            let birthday = born.checked_add(jiff::Span::new().try_years(*years).ok()?).ok()?;
            Some(birthday > on)
        }
        EligibilityTest::Women => Some(person.gender? == Gender::Woman),
        EligibilityTest::Men => Some(person.gender? == Gender::Man),
        EligibilityTest::Column => Some(says.unwrap_or(false)),
    }
}
