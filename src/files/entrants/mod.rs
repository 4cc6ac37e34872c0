//! The entrant list (选手名单): read from what organizers send, checked row by row, and the template they can fill in.
//!
//! An import reports everything at once, each fact with the row number of the sheet and the column's own heading; the
//! caller takes all or nothing. Facts that rules read and personal data come out apart. Knows no database and no
//! clock; sentences are made by [`Fact::say`].

pub(super) mod cells;
mod header;
mod reading;
mod say;
mod template;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::rules::{
    definition::model::Definition,
    field::Entrant,
    names::{EntrantId, UnitPath},
};

use super::{
    sheets::{self, Book, Unreadable},
    units::NotAUnit,
};
use header::Header;
use reading::Reading;

pub use template::template;

/// What a list is checked against.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    pub definition: &'a Definition,
    /// The tree of units. Empty: any path is taken as written.
    pub units: &'a [UnitPath],
    /// Already registered: the same ids are changed by an import, and ids that are assigned avoid them.
    pub registered: &'a BTreeSet<EntrantId>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    pub sheet: Option<String>,
    /// Only rows without a problem.
    pub rows: Vec<ImportRow>,
    /// In the order of rows. With any of them the list should not be taken.
    pub problems: Vec<RowProblem>,
    /// Worth a look; nothing is wrong.
    pub warnings: Vec<RowProblem>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ImportRow {
    /// As the spreadsheet numbers it.
    pub row: u32,
    pub entrant: EntrantId,
    pub facts: Entrant,
    pub person: Personal,
    /// Registered already, and changed by this.
    pub registered: bool,
}

/// Who an entrant is; never part of the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Personal {
    pub name: String,
    /// 工号.
    pub number: Option<String>,
    pub birth_date: Option<Date>,
    pub gender: Option<Gender>,
    pub phone: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    Woman,
    Man,
}

/// A fact about one cell, one row, or the whole sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblem {
    /// `None`: the whole sheet.
    pub row: Option<u32>,
    /// The heading as it stands in the file, and the column's letters.
    pub column: Option<(String, String)>,
    pub fact: Fact,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// No row has a heading for names.
    NoHeader,
    /// A heading and nothing below.
    NoRows,
    /// The same heading stands over two columns; the other's letters.
    ColumnTwice {
        other: String,
    },
    ColumnIgnored,
    Missing,
    /// Given to another row too.
    EntrantTwice {
        entrant: String,
        first_row: u32,
    },
    /// Several numbers of this column were stored as numbers, others as text: leading zeros may be lost.
    ZerosMayBeLost {
        example: String,
    },
    /// A number too long for a spreadsheet: its last digits are lost.
    DigitsLost,
    /// `#N/A` and the like.
    BrokenCell,
    TooLong {
        most: usize,
    },
    /// A mark that nobody sees and that turns or splits a name.
    Invisible {
        code: u32,
    },
    /// A character of a private font (造字).
    PrivateUse {
        code: u32,
    },
    /// An entrant number with more than letters, digits, `-`, `_` and `.`.
    NotAnEntrantNumber {
        text: String,
    },
    NotANumber {
        text: String,
        perhaps: Option<String>,
    },
    NotADate {
        text: String,
    },
    NotAGender {
        text: String,
    },
    NotYesOrNo {
        text: String,
    },
    Unit(NotAUnit),
    UnknownEvent {
        text: String,
        known: Vec<String>,
    },
    UnknownGroup {
        text: String,
        known: Vec<String>,
    },
    /// The eligibility cannot be decided, so it does not hold.
    Undecided {
        eligibility: String,
    },
    SameName {
        first_row: u32,
    },
    Merged {
        range: String,
    },
    HiddenRow,
    /// No role and no panel is called so.
    UnknownRole {
        text: String,
        known: Vec<String>,
    },
    /// Only judges sit on seats, of which a panel has so many.
    SeatOutOfRange {
        seats: u32,
    },
    SeatTaken {
        seat: u32,
    },
    /// All seats of the panel are taken.
    NoSeatLeft {
        seats: u32,
    },
    /// No entrant of this stage has the number.
    UnknownEntrant {
        text: String,
    },
    /// Outside what the rules allow.
    OutOfRange {
        min: String,
        max: String,
    },
    NotAStep {
        step: String,
    },
    /// No heading names a value of the stage.
    NoValueColumn {
        known: Vec<String>,
    },
    HiddenSheet {
        name: String,
    },
    /// Another sheet looks like a list too, and is not read.
    FurtherSheet {
        name: String,
    },
}

/// Reads a list out of a file.
pub fn import(bytes: &[u8], known: Known<'_>) -> Result<Imported, Unreadable> {
    Ok(import_book(&sheets::read(bytes)?, known))
}

/// Reads the first sheet that has a heading for names.
pub fn import_book(book: &Book, known: Known<'_>) -> Imported {
    let mut found = book.sheets.iter().filter_map(|sheet| Some((sheet, Header::find(sheet, known.definition)?)));
    let mut imported = match found.next() {
        Some((sheet, header)) => Reading::new(sheet, header, known).read(),
        None => Imported { problems: vec![whole(Fact::NoHeader)], ..Imported::default() },
    };
    let hidden = book.hidden_sheets.iter().map(|name| Fact::HiddenSheet { name: name.clone() });
    let further = found.map(|(sheet, _)| Fact::FurtherSheet { name: sheet.name.clone().unwrap_or_default() });
    imported.warnings.extend(hidden.chain(further).map(whole));
    imported
}

fn whole(fact: Fact) -> RowProblem {
    RowProblem { row: None, column: None, fact }
}

impl Imported {
    /// All may be taken.
    pub fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }
}
