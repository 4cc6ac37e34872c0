//! What stood in a workbook when it was exported, in a sheet that nobody sees: without it, a cell that differs from what
//! stands now may as well have been changed here by somebody else.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::{Column, Grid};
use crate::files::sheets::{self, Unreadable};

const SHEET: &str = "leitai-export";

/// Texts by line and column of the grid, also empty ones; lines and columns that were not exported have none.
pub(super) type Exported = BTreeMap<(usize, usize), String>;

/// `of` names the contest and the period.
pub(super) fn sheet(grid: &Grid, of: &str) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    let text = Format::new().set_num_format("@");
    sheet.set_name(SHEET)?.set_very_hidden(true);
    sheet.write_string_with_format(0, 0, of, &text)?;
    for (column, known) in (1_u16..).zip(&grid.columns) {
        sheet.write_string_with_format(0, column, known.key(), &text)?;
    }
    for (row, line) in (1_u32..).zip(&grid.lines) {
        sheet.write_string_with_format(row, 0, line.entrant.as_str(), &text)?;
        for (column, cell) in (1_u16..).zip(&line.cells) {
            if let Some(cell) = cell.as_ref().filter(|cell| !cell.text.is_empty()) {
                sheet.write_string_with_format(row, column, &cell.text, &text)?;
            }
        }
    }
    Ok(sheet)
}

/// `None` when the file is no export, or one of another contest or period.
pub(super) fn read(bytes: &[u8], grid: &Grid, of: &str) -> Result<Option<Exported>, Unreadable> {
    let Some(sheet) = sheets::named(bytes, SHEET)? else { return Ok(None) };
    let mut rows = sheet.rows.iter();
    let Some(head) = rows.next().filter(|head| head.number == 1 && head.cell(0).text() == of) else { return Ok(None) };
    let place = |column: &Column| head.cells.iter().skip(1).position(|cell| cell.text() == column.key());
    let columns: Vec<Option<usize>> = grid.columns.iter().map(|column| Some(place(column)? + 1)).collect();
    let by_unit: BTreeMap<String, _> = rows.map(|row| (row.cell(0).text(), row)).collect();
    let mut exported = Exported::new();
    for (line, unit) in grid.lines.iter().enumerate() {
        let Some(row) = by_unit.get(unit.entrant.as_str()) else { continue };
        for (column, at) in columns.iter().enumerate() {
            if let Some(at) = at {
                exported.insert((line, column), row.cell(*at).text());
            }
        }
    }
    Ok(Some(exported))
}
