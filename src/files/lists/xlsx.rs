//! A listing as a workbook of one sheet, set up to be printed as it is: A4 or A3, the heading on each page, page
//! numbers, lines to sign.

use rust_decimal::{Decimal, prelude::ToPrimitive};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::{
    files::documents::{Column, Listing, Page, Paper, Results, Side},
    rules::decimal,
};

use super::Flat;

const ROWS_HEIGHT_TO_SIGN: u32 = 28;

/// The sheet is called as the listing, as far as a sheet's name can be.
pub fn xlsx(paper: &Paper<'_>, listing: &Listing) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = fresh_workbook();
    let mut sheet = Worksheet::new();
    sheet.set_name(sheet_name(&listing.title))?;
    let award = paper.language.say("list-award");
    let flat = Flat::new(listing, &award);
    let columns = u16::try_from(flat.titles.len().max(1)).unwrap_or(u16::MAX);
    let head = above(&mut sheet, paper, listing, columns - 1)?;
    heading(&mut sheet, head, listing, &flat)?;
    let end = rows(&mut sheet, head + 1, listing, &flat)?;
    below(&mut sheet, end + 1, paper, listing, columns)?;
    print_setup(&mut sheet, head, paper, listing)?;
    for (at, width) in (0_u16..).zip(widths(listing, &flat)) {
        sheet.set_column_width(at, width)?;
    }
    workbook.push_worksheet(sheet);
    workbook.save_to_buffer()
}

/// Without the time of writing: the same content is the same file.
pub(in crate::files) fn fresh_workbook() -> Workbook {
    let mut workbook = Workbook::new();
    if let Ok(long_ago) = ExcelDateTime::from_ymd(2000, 1, 1) {
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&long_ago));
    }
    workbook
}

/// The title lines; returns the row of the heading.
fn above(sheet: &mut Worksheet, paper: &Paper<'_>, listing: &Listing, last: u16) -> Result<u32, XlsxError> {
    let title = Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center);
    let under = Format::new().set_align(FormatAlign::Center);
    let warning = under.clone().set_bold().set_font_color(Color::Red);
    let mut row = 0;
    let mut line = |text: &str, format: &Format| -> Result<(), XlsxError> {
        // A region of one cell cannot be merged.
        if last > 0 {
            sheet.merge_range(row, 0, row, last, text, format)?;
        } else {
            sheet.write_string_with_format(row, 0, text, format)?;
        }
        row += 1;
        Ok(())
    };
    line(paper.contest, &under)?;
    line(&listing.title, &title)?;
    if let Some(text) = &listing.under {
        line(text, &under)?;
    }
    if paper.results == Results::NotFinal {
        line(&paper.language.say("paper-not-final"), &warning)?;
    }
    Ok(row)
}

fn heading(sheet: &mut Worksheet, row: u32, listing: &Listing, flat: &Flat<'_>) -> Result<(), XlsxError> {
    let format = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0xEE_EE_EE))
        .set_border(FormatBorder::Thin);
    let first = usize::from(flat.sections);
    for (at, title) in (0_u16..).zip(&flat.titles) {
        let note = usize::from(at).checked_sub(first).and_then(|at| listing.columns[at].note.as_ref());
        let text = note.map_or_else(|| (*title).to_owned(), |note| format!("{title}\n{note}"));
        sheet.write_string_with_format(row, at, text, &format)?;
    }
    if listing.columns.iter().any(|column| column.note.is_some()) {
        sheet.set_row_height(row, 32)?;
    }
    sheet.set_freeze_panes(row + 1, 0)?;
    Ok(())
}

/// Returns the row after the last.
fn rows(sheet: &mut Worksheet, first: u32, listing: &Listing, flat: &Flat<'_>) -> Result<u32, XlsxError> {
    let mut at = first;
    for cells in flat.rows() {
        for (column, (about, text)) in (0_u16..).zip(cells) {
            cell(sheet, at, column, about, text)?;
        }
        if listing.to_sign {
            sheet.set_row_height(at, ROWS_HEIGHT_TO_SIGN)?;
        }
        at += 1;
    }
    Ok(at)
}

fn cell(sheet: &mut Worksheet, row: u32, at: u16, about: Option<&Column>, text: &str) -> Result<(), XlsxError> {
    let side = about.map_or(Side::Text, |column| column.side);
    let format = Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
    let format = format.set_align(match side {
        Side::Text => FormatAlign::Left,
        Side::Number => FormatAlign::Right,
        Side::Middle | Side::Ordinal => FormatAlign::Center,
    });
    let number = match side {
        Side::Number | Side::Ordinal => exact(text),
        Side::Text | Side::Middle => None,
    };
    match number {
        Some((value, digits)) => {
            let shown = if digits == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(digits)) };
            sheet.write_number_with_format(row, at, value, &format.set_num_format(shown))?;
        }
        // Written as a string it is a string, whatever it begins with.
        None => {
            sheet.write_string_with_format(row, at, text, &format.set_num_format("@"))?;
        }
    }
    Ok(())
}

/// The value and its printed digits, when a spreadsheet's binary number shows exactly these.
fn exact(text: &str) -> Option<(f64, usize)> {
    let value = decimal::parse(text).ok()?;
    let float = value.to_f64()?;
    let back = Decimal::try_from(float).ok()?;
    (back == value).then_some((float, value.scale() as usize))
}

/// Notes, and a line for each signature.
fn below(
    sheet: &mut Worksheet,
    first: u32,
    paper: &Paper<'_>,
    listing: &Listing,
    columns: u16,
) -> Result<(), XlsxError> {
    let mut row = first;
    let small = Format::new().set_font_size(9).set_font_color(Color::Gray);
    for note in &listing.notes {
        sheet.write_string_with_format(row, 0, note, &small)?;
        row += 1;
    }
    let colon = paper.language.say("paper-colon");
    // Three beside each other where the sheet is wide enough.
    let beside = u32::from((columns / 3).clamp(1, 3));
    for (at, signer) in (0_u32..).zip(&listing.signers) {
        let line = format!("{}{colon}______________", signer.title(paper));
        let column = u16::try_from(at % beside).unwrap_or(0) * (columns / u16::try_from(beside).unwrap_or(1));
        sheet.write_string(row + 1 + at / beside * 2, column, line)?;
    }
    Ok(())
}

fn print_setup(sheet: &mut Worksheet, head: u32, paper: &Paper<'_>, listing: &Listing) -> Result<(), XlsxError> {
    const A3: u8 = 8;
    const A4: u8 = 9;
    match listing.page {
        Page::A4Upright => sheet.set_paper_size(A4),
        Page::A4Across => sheet.set_paper_size(A4).set_landscape(),
        Page::A3Across => sheet.set_paper_size(A3).set_landscape(),
    };
    sheet.set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_repeat_rows(head, head)?;
    // `&` begins a code in headers and footers.
    let contest = paper.contest.replace('&', "&&");
    let page = paper.language.say("paper-page").replace("%n", "&P").replace("%m", "&N");
    let status = match paper.results {
        Results::NotFinal => paper.language.say("paper-not-final").into_owned(),
        Results::Sealed | Results::None => String::new(),
    };
    sheet.set_header(format!("&L{contest}&R{status}"));
    sheet.set_footer(format!("&C{page}&R{}", paper.printed));
    Ok(())
}

/// By the longest text of each column; a Chinese character is two wide.
fn widths(listing: &Listing, flat: &Flat<'_>) -> Vec<u32> {
    const NARROWEST: u32 = 6;
    const WIDEST: u32 = 48;
    let wide = |text: &str| -> u32 { text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum() };
    let mut widths: Vec<u32> = flat.titles.iter().map(|title| wide(title)).collect();
    for cells in flat.rows() {
        for (width, (_, text)) in widths.iter_mut().zip(cells) {
            *width = (*width).max(wide(text));
        }
    }
    let blank = |at: usize| {
        // To be written in by hand.
        at.checked_sub(usize::from(flat.sections)).is_some_and(|at| {
            listing.to_sign
                && listing
                    .sections
                    .iter()
                    .all(|part| part.rows.iter().all(|row| row.get(at).is_none_or(String::is_empty)))
        })
    };
    let fit = |(at, width): (usize, u32)| if blank(at) { 16 } else { (width + 2).clamp(NARROWEST, WIDEST) };
    widths.into_iter().enumerate().map(fit).collect()
}

/// At most 31 characters, without those that a sheet's name cannot have.
fn sheet_name(title: &str) -> String {
    let name: String =
        title.chars().filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'')).collect();
    let name: String = name.trim().chars().take(31).collect();
    if name.is_empty() { "1".to_owned() } else { name }
}
