//! CSV with a byte-order mark, so that Excel reads it as UTF-8.

use crate::files::documents::{Listing, Paper, Side};

use super::Flat;

/// One heading row, then all rows; no title lines, so that other programs can read it.
pub fn csv(paper: &Paper<'_>, listing: &Listing) -> Vec<u8> {
    let award = paper.language.say("list-award");
    let flat = Flat::new(listing, &award);
    let mut out = "\u{feff}".to_owned();
    line(&mut out, flat.titles.iter().map(|title| safe(title)));
    for row in flat.rows() {
        // A negative score is no formula.
        let number = |side: Side| matches!(side, Side::Number | Side::Ordinal);
        line(
            &mut out,
            row.into_iter().map(|(column, cell)| match column {
                Some(column) if number(column.side) && is_number(cell) => cell.to_owned(),
                _ => safe(cell),
            }),
        );
    }
    out.into_bytes()
}

/// Rows of plain texts, the first of them the heading.
pub fn csv_rows(rows: &[Vec<String>]) -> Vec<u8> {
    let mut out = "\u{feff}".to_owned();
    for row in rows {
        line(&mut out, row.iter().map(|cell| safe(cell)));
    }
    out.into_bytes()
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        if cell.contains(['"', ',', '\n', '\r']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}

fn is_number(cell: &str) -> bool {
    crate::rules::decimal::parse(cell).is_ok()
}

/// What a spreadsheet would compute is marked as text.
fn safe(cell: &str) -> String {
    let formula = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if formula || cell.starts_with(['\t', '\r', '\n']) { format!("'{cell}") } else { cell.to_owned() }
}
