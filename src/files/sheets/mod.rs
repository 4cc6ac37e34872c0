//! Tables out of files that people send: `.xlsx`, `.xls`, and CSV in UTF-8 or GB18030.
//!
//! A [`Sheet`] is what a person sees when they open the file: rows by the number beside them, cells with text, a
//! number, a date. Everything is read under limits before a parser sees it. Knows nothing of entrants or units.

mod book;
mod guard;
mod text;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::words::Language;

/// Bytes of an uploaded file.
pub const FILE_BYTES_MAX: usize = 20 << 20;
/// Bytes of a workbook when unpacked, all its parts together.
pub const UNPACKED_BYTES_MAX: u64 = 64 << 20;
/// Rows with content.
pub const ROWS_MAX: usize = 100_000;
/// Columns with content.
pub const COLUMNS_MAX: usize = 256;

/// All that is shown of a file, in the order of its tabs. CSV has one sheet without a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    pub sheets: Vec<Sheet>,
    /// Not read.
    pub hidden_sheets: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    pub name: Option<String>,
    /// Rows with content only, ascending.
    pub rows: Vec<Row>,
    /// Numbers of rows that the file hides; read all the same.
    pub hidden_rows: Vec<u32>,
    /// An old workbook: whether it shows 0.97 as 97% is not known.
    pub formats_unread: bool,
    pub merged: Vec<Merged>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// As the spreadsheet numbers it, from 1; the line of a CSV.
    pub number: u32,
    pub cells: Vec<Cell>,
}

/// A region of merged cells; rows from 1, columns from 0, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    pub rows: (u32, u32),
    pub columns: (u32, u32),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    #[default]
    Empty,
    Text(String),
    /// A number in the file's own type; its leading zeros, if it had any, are lost.
    Number(Decimal),
    /// A number that the file shows with a percent sign, as it shows it: 97 for a stored 0.97.
    Percent(Decimal),
    Date(Date),
    Bool(bool),
    /// `#N/A`, or a number or date that cannot be.
    Broken,
}

/// Why nothing at all could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    Empty,
    TooLarge {
        bytes_max: usize,
    },
    /// Unpacks to far more than it is.
    Unpacks {
        bytes_max: u64,
    },
    TooManyRows {
        most: usize,
    },
    TooManyColumns {
        most: usize,
    },
    Protected,
    /// A web page that is called `.xls`, as some programs export it.
    WebPage,
    /// Neither a workbook nor text.
    NotATable,
    /// Neither UTF-8 nor GB18030.
    Encoding,
    /// A workbook that is cut off or damaged; for the log.
    Damaged {
        detail: String,
    },
}

/// Reads a file by what it is, whatever it is called.
pub fn read(bytes: &[u8]) -> Result<Book, Unreadable> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(Unreadable::TooLarge { bytes_max: FILE_BYTES_MAX });
    }
    match bytes {
        [] => Err(Unreadable::Empty),
        [b'P', b'K', ..] => {
            guard::unpacks_within_limits(bytes)?;
            book::xlsx(bytes)
        }
        [0xD0, 0xCF, 0x11, 0xE0, ..] => book::xls(bytes),
        _ => text::read(bytes).map(|sheet| Book { sheets: vec![sheet], hidden_sheets: Vec::new() }),
    }
}

/// One sheet of an `.xlsx` by its name, hidden or not; `None` where there is none, and in files of other kinds.
pub fn named(bytes: &[u8], name: &str) -> Result<Option<Sheet>, Unreadable> {
    if bytes.len() > FILE_BYTES_MAX || !bytes.starts_with(b"PK") {
        return Ok(None);
    }
    guard::unpacks_within_limits(bytes)?;
    book::named(bytes, name)
}

impl Sheet {
    /// Adds a cell in reading order; empty ones leave no trace.
    fn put(&mut self, row: u32, column: usize, cell: Cell) -> Result<(), Unreadable> {
        if cell.is_blank() {
            return Ok(());
        }
        if column >= COLUMNS_MAX {
            return Err(Unreadable::TooManyColumns { most: COLUMNS_MAX });
        }
        if self.rows.last().is_none_or(|last| last.number != row) {
            if self.rows.len() == ROWS_MAX {
                return Err(Unreadable::TooManyRows { most: ROWS_MAX });
            }
            self.rows.push(Row { number: row, cells: Vec::new() });
        }
        if let Some(last) = self.rows.last_mut() {
            if last.cells.len() <= column {
                last.cells.resize(column + 1, Cell::Empty);
            }
            last.cells[column] = cell;
        }
        Ok(())
    }
}

impl Row {
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }
}

impl Cell {
    /// Nothing but spaces counts as nothing.
    pub fn is_blank(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.chars().all(char::is_whitespace),
            Cell::Number(_) | Cell::Percent(_) | Cell::Date(_) | Cell::Bool(_) | Cell::Broken => false,
        }
    }

    /// As a person would read it aloud: 7123 is `7123`, however it was stored, and 97% is `97%`.
    pub fn text(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.normalize().to_string(),
            Cell::Percent(number) => format!("{}%", number.normalize()),
            Cell::Date(date) => date.to_string(),
            Cell::Bool(true) => "TRUE".to_owned(),
            Cell::Bool(false) => "FALSE".to_owned(),
            Cell::Broken => "#".to_owned(),
        }
    }
}

impl Merged {
    /// `B3:B7`.
    pub fn range(&self) -> String {
        let corner = |column: u32, row: u32| format!("{}{row}", letters(column as usize));
        format!("{}:{}", corner(self.columns.0, self.rows.0), corner(self.columns.1, self.rows.1))
    }
}

/// The letters above a column, from 0: A, …, Z, AA, AB, …
pub fn letters(column: usize) -> String {
    let digit = char::from(b'A' + u8::try_from(column % 26).unwrap_or(0));
    let before = if column < 26 { String::new() } else { letters(column / 26 - 1) };
    format!("{before}{digit}")
}

impl Unreadable {
    /// What happened and what to do, in the reader's language.
    pub fn say(&self, language: Language) -> String {
        const MIB: usize = 1 << 20;
        let text = match self {
            Unreadable::Empty => language.say("sheet-empty"),
            Unreadable::TooLarge { bytes_max } => {
                language.say_with("sheet-too-large", &[("most", (bytes_max / MIB).into())])
            }
            Unreadable::Unpacks { bytes_max } => {
                language.say_with("sheet-unpacks", &[("most", (bytes_max / MIB as u64).into())])
            }
            Unreadable::TooManyRows { most } => language.say_with("sheet-rows", &[("most", (*most).into())]),
            Unreadable::TooManyColumns { most } => language.say_with("sheet-columns", &[("most", (*most).into())]),
            Unreadable::Protected => language.say("sheet-protected"),
            Unreadable::WebPage => language.say("sheet-web-page"),
            Unreadable::NotATable => language.say("sheet-not-a-table"),
            Unreadable::Encoding => language.say("sheet-encoding"),
            Unreadable::Damaged { .. } => language.say("sheet-damaged"),
        };
        text.into_owned()
    }
}
