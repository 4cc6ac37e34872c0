//! The grid as a workbook, and back: units by number or name, columns by heading. Only cells that were edited become
//! changes; where the file does not say what was exported, those that differ from what stands now.

use rust_xlsxwriter::{Color, Format, FormatBorder, Worksheet, XlsxError};

use super::{AllTyped, Change, Column, Fact, Grid, Typed, Wrong, export, read};
use crate::{
    files::{
        entrants::cells,
        lists::fresh_workbook,
        sheets::{self, Cell, Row, Sheet, Unreadable},
    },
    words::Language,
};

/// Rows above the heading: titles that somebody put there.
const ROWS_SEARCHED: usize = 30;

/// What an imported grid says. With a `wrong` nothing should be taken.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    pub base: Base,
    /// Without figures that have a conflict.
    pub changes: Vec<Change>,
    pub conflicts: Vec<Conflict>,
    /// What would change if the file won every conflict.
    pub over: Vec<Change>,
    pub wrong: Vec<RowWrong>,
}

/// What the file's cells were held against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Base {
    /// What stands: the file is no export of this grid.
    #[default]
    Now,
    /// What was exported.
    Export,
}

/// A cell that was edited in the file after it was exported, and here too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub line: usize,
    pub column: usize,
    pub exported: String,
    pub now: String,
    pub file: String,
}

/// Place, fact and remedy of what cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowWrong {
    /// As the spreadsheet numbers it.
    pub row: Option<u32>,
    /// Its heading and the letters above it.
    pub column: Option<(String, String)>,
    pub told: String,
}

/// An `.xlsx` with what stands; cells that are not this reader's to write are grey. `of` names the contest and the period,
/// for [`import`]. Percent are plain numbers under a heading that says so: what somebody types as 97 or as 97% is shown
/// as it was typed.
pub fn workbook(grid: &Grid, of: &str, title: &str, language: Language) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = fresh_workbook();
    let mut sheet = Worksheet::new();
    // Excel refuses these characters in a sheet's name, and more than 31 of any.
    let name: String = title.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(31).collect();
    sheet.set_name(if name.is_empty() { "1" } else { &name })?;
    let head = Format::new().set_bold().set_background_color(Color::RGB(0xF3_E3_D3)).set_border(FormatBorder::Thin);
    let head = head.set_text_wrap();
    let closed = Format::new().set_background_color(Color::RGB(0xE7_E9_ED)).set_font_color(Color::RGB(0x56_61_73));
    let text = Format::new().set_num_format("@");
    let firsts = [language.say("column-entrant"), language.say("column-unit")];
    for (column, first) in (0_u16..).zip(&firsts) {
        sheet.write_string_with_format(0, column, first.as_ref(), &head)?;
        sheet.set_column_width(column, if column == 0 { 12 } else { 24 })?;
    }
    for (column, known) in (2_u16..).zip(&grid.columns) {
        sheet.write_string_with_format(0, column, known.heading(), &head)?;
        sheet.set_column_width(column, 16)?;
    }
    for (row, line) in (1_u32..).zip(&grid.lines) {
        sheet.write_string_with_format(row, 0, line.entrant.as_str(), &text)?;
        sheet.write_string_with_format(row, 1, &line.name, &text)?;
        for ((at, cell), column) in (2_u16..).zip(&line.cells).zip(&grid.columns) {
            match cell {
                None => drop(sheet.write_blank(row, at, &closed)?),
                Some(cell) => {
                    let plain = Format::new();
                    let format = if cell.open { &plain } else { &closed };
                    // A number that a spreadsheet would round stays text.
                    let exact = column.number(&cell.text);
                    let exact = exact.filter(|number| number.mantissa().unsigned_abs() < 10_u128.pow(15));
                    match exact {
                        Some(number) => drop(sheet.write_with_format(row, at, number, format)?),
                        None if cell.text.is_empty() => drop(sheet.write_blank(row, at, format)?),
                        None => drop(sheet.write_string_with_format(row, at, &cell.text, format)?),
                    }
                }
            }
        }
    }
    sheet.set_freeze_panes(1, 2)?;
    workbook.push_worksheet(sheet);
    workbook.push_worksheet(export::sheet(grid, of)?);
    workbook.save_to_buffer()
}

/// Reads the first sheet that has a heading for units and one of the grid's columns.
pub fn import(bytes: &[u8], grid: &Grid, of: &str, language: Language) -> Result<Import, Unreadable> {
    let book = sheets::read(bytes)?;
    let exported = export::read(bytes, grid, of)?;
    let mut import = Import::default();
    if exported.is_some() {
        import.base = Base::Export;
    }
    let Some((sheet, header)) = book.sheets.iter().find_map(|sheet| Some((sheet, Header::find(sheet, grid)?))) else {
        let known = grid.columns.iter().map(Column::heading).collect::<Vec<_>>().join(language.comma());
        let told = language.say_with("figures-sheet-no-heading", &[("known", known.into())]).into_owned();
        import.wrong.push(RowWrong { row: None, column: None, told });
        return Ok(import);
    };
    import.wrong.extend(header.unknown.iter().map(|(at, title)| RowWrong {
        row: Some(sheet.rows[header.row].number),
        column: Some((title.clone(), sheets::letters(*at))),
        told: language.say("figures-sheet-unknown-indicator").into_owned(),
    }));
    let mut typed = AllTyped::new();
    let mut rows: Vec<(usize, u32)> = Vec::new();
    for row in sheet.rows.iter().skip(header.row + 1) {
        let line = match header.line(row, grid, language) {
            Ok(Some(line)) => line,
            Ok(None) => continue,
            Err(wrong) => {
                import.wrong.push(wrong);
                continue;
            }
        };
        if let Some((_, first)) = rows.iter().find(|(known, _)| *known == line) {
            let told = language.say_with("figures-sheet-twice", &[("row", (*first).into())]).into_owned();
            import.wrong.push(RowWrong { row: Some(row.number), column: None, told });
            continue;
        }
        rows.push((line, row.number));
        for (column, at) in &header.columns {
            let percent = matches!(grid.columns[*column].measured_in.as_deref(), Some("%" | "％"));
            if sheet.formats_unread && percent && matches!(row.cell(*at), Cell::Number(_)) {
                let told = language.say("figures-sheet-percent-unread").into_owned();
                import.wrong.push(header.wrong(row, *at, told));
                continue;
            }
            let was = || exported.as_ref().and_then(|exported| exported.get(&(line, *column)).cloned());
            match cells::typed(row.cell(*at)) {
                // An empty cell says nothing.
                Ok(text) if text.trim().is_empty() => {}
                Ok(text) => drop(typed.insert((line, *column), Typed { text: text.trim().to_owned(), was: was() })),
                Err(fact) => import.wrong.push(header.wrong(row, *at, fact.say(language))),
            }
        }
    }
    let wrong = take(grid, typed, language, &mut import);
    for wrong in &wrong {
        let row = rows.iter().find(|(line, _)| *line == wrong.line).map(|(_, number)| *number);
        let at = header.columns.iter().find(|(column, _)| *column == wrong.column).map(|(_, at)| *at);
        let column = at.map(|at| (grid.columns[wrong.column].heading(), sheets::letters(at)));
        import.wrong.push(RowWrong { row, column, told: wrong.fact.say(language) });
    }
    if rows.is_empty() && import.wrong.is_empty() {
        let told = language.say("figures-sheet-no-rows").into_owned();
        import.wrong.push(RowWrong { row: None, column: None, told });
    }
    import.wrong.sort_by_key(|wrong| wrong.row);
    Ok(import)
}

/// Reads the cells twice: conflicts left out, and won by the file. What is wrong either way is given back.
fn take(grid: &Grid, mut typed: AllTyped, language: Language, import: &mut Import) -> Vec<Wrong> {
    let first = read(grid, &typed, language);
    for wrong in &first.wrong {
        if let (Fact::Changed { now }, Some(wanted)) = (&wrong.fact, typed.get_mut(&(wrong.line, wrong.column))) {
            import.conflicts.push(Conflict {
                line: wrong.line,
                column: wrong.column,
                exported: wanted.was.take().unwrap_or_default(),
                now: now.clone(),
                file: wanted.text.clone(),
            });
        }
    }
    let over = read(grid, &typed, language);
    import.changes = first.changes;
    import.over = over.changes;
    over.wrong
}

struct Header {
    /// Position among the sheet's rows.
    row: usize,
    id: Option<usize>,
    name: Option<usize>,
    /// Column of the grid, position in the sheet.
    columns: Vec<(usize, usize)>,
    titles: Vec<String>,
    /// Headings that are none of the grid's.
    unknown: Vec<(usize, String)>,
}

const IDS: [&str; 6] = ["编号", "单位编号", "序号", "entrant", "id", "number"];
const NAMES: [&str; 6] = ["单位", "单位名称", "名称", "班组", "unit", "name"];

impl Header {
    fn find(sheet: &Sheet, grid: &Grid) -> Option<Self> {
        sheet.rows.iter().take(ROWS_SEARCHED).enumerate().find_map(|(row, cells)| {
            let titles: Vec<String> = cells.cells.iter().map(Cell::text).collect();
            let place = |names: &[String]| titles.iter().position(|title| names.contains(&bare(title)));
            let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
            let (id, name) = (place(&owned(&IDS)), place(&owned(&NAMES)));
            let columns: Vec<(usize, usize)> = (0..grid.columns.len())
                .filter_map(|of| {
                    Some((of, place(&[bare(&grid.columns[of].heading()), bare(&grid.columns[of].key())])?))
                })
                .collect();
            let taken = |at: usize| Some(at) == id || Some(at) == name || columns.iter().any(|(_, own)| *own == at);
            let unknown = titles.iter().enumerate().filter(|(at, title)| !taken(*at) && !title.trim().is_empty());
            let unknown = unknown.map(|(at, title)| (at, title.clone())).collect();
            let found = (id.is_some() || name.is_some()) && !columns.is_empty();
            found.then_some(Self { row, id, name, columns, titles, unknown })
        })
    }

    /// `None` for an empty row. A number decides; a name must be one unit's alone.
    fn line(&self, row: &Row, grid: &Grid, language: Language) -> Result<Option<usize>, RowWrong> {
        let read = |at: Option<usize>| {
            at.map(|at| cells::text(row.cell(at)).map_err(|fact| self.wrong(row, at, fact.say(language)))).transpose()
        };
        let (id, name) = (read(self.id)?.unwrap_or_default(), read(self.name)?.unwrap_or_default());
        if id.is_empty() && name.is_empty() {
            let says = self.columns.iter().any(|(_, at)| !row.cell(*at).is_blank());
            let told = || language.say("figures-sheet-no-unit").into_owned();
            return if says { Err(RowWrong { row: Some(row.number), column: None, told: told() }) } else { Ok(None) };
        }
        let mut lines = grid.lines.iter().enumerate();
        let found = if id.is_empty() {
            let named: Vec<usize> = lines.filter(|(_, line)| line.name == name).map(|(at, _)| at).collect();
            if let [only] = named[..] { Some(only) } else { None }
        } else {
            lines.find(|(_, line)| line.entrant.as_str() == id).map(|(at, _)| at)
        };
        let shown = if id.is_empty() { &name } else { &id };
        found.map(Some).ok_or_else(|| {
            let told = language.say_with("figures-sheet-unknown-unit", &[("unit", shown.as_str().into())]).into_owned();
            self.wrong(row, self.id.filter(|_| !id.is_empty()).or(self.name).unwrap_or_default(), told)
        })
    }

    fn wrong(&self, row: &Row, at: usize, told: String) -> RowWrong {
        let title = self.titles.get(at).cloned().unwrap_or_default();
        RowWrong { row: Some(row.number), column: Some((title, sheets::letters(at))), told }
    }
}

fn bare(text: &str) -> String {
    let text = cells::half_width(text).to_lowercase();
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '*' | '\u{feff}')).collect()
}
