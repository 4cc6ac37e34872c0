//! Workbooks as people send them back: edited cells, percent, quotients, and what somebody else changed meanwhile.

use std::io::{Cursor, Read as _, Write as _};

use rust_xlsxwriter::{Format, Workbook};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::*;

const OF: &str = "labor/m1";

fn exported() -> Vec<u8> {
    workbook(&grid(), OF, "一月: 填报/表", Language::Zh).unwrap()
}

fn comes_back(bytes: &[u8], grid: &Grid, of: &str) -> Import {
    import(bytes, grid, of, Language::Zh).unwrap()
}

/// The file with another number in a cell of its first sheet, everything else as it was.
fn with(bytes: &[u8], cell: &str, number: &str) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut part = from.by_index(at).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if part.name().unwrap() == "xl/worksheets/sheet1.xml" {
            let xml = String::from_utf8(bytes).unwrap();
            let fresh = format!("<c r=\"{cell}\"><v>{number}</v></c>");
            let row: String = cell.chars().filter(char::is_ascii_digit).collect();
            bytes = if let Some((before, rest)) = xml.split_once(&format!("<c r=\"{cell}\"")) {
                let rest = rest.split_once("</c>").unwrap().1;
                format!("{before}{fresh}{rest}").into_bytes()
            } else {
                // An empty cell is not written: behind the unit's name.
                let start = xml.find(&format!("<c r=\"B{row}\"")).unwrap();
                let end = start + xml[start..].find("</c>").unwrap() + "</c>".len();
                format!("{}{fresh}{}", &xml[..end], &xml[end..]).into_bytes()
            };
        }
        to.start_file(part.name().unwrap(), SimpleFileOptions::default()).unwrap();
        to.write_all(&bytes).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// Output of B, which was exported as 98.5, stands at this now.
fn meanwhile(text: &str) -> Grid {
    let mut grid = grid();
    grid.lines[1].cells[0] = Some(Cell { text: text.to_owned(), open: true });
    grid
}

fn outputs(changes: &[Change]) -> Vec<(usize, Actual)> {
    changes.iter().map(|change| (change.line, change.actual.clone())).collect()
}

#[test]
fn it_comes_back_as_it_was() {
    let back = comes_back(&exported(), &grid(), OF);
    assert_eq!(back, Import { base: Base::Export, ..Import::default() });
}

#[test]
fn only_edited_cells_change_whatever_others_did() {
    // Somebody else made 98.5 into 99; the file still says 98.5, and gives A its 97.
    let back = comes_back(&with(&exported(), "C2", "97"), &meanwhile("99"), OF);
    assert_eq!((back.base, &back.wrong[..], &back.conflicts[..]), (Base::Export, &[][..], &[][..]));
    assert_eq!(outputs(&back.changes), [(0, is(97, 0))]);
    assert_eq!(back.over, back.changes);
    // In the other language too: words for "not applicable" are not an edit.
    let mut grid = grid();
    grid.lines[1].cells[0] = Some(Cell { text: "不适用".to_owned(), open: true });
    let bytes = workbook(&grid, OF, "一月", Language::Zh).unwrap();
    grid.lines[1].cells[0] = Some(Cell { text: "n/a".to_owned(), open: true });
    assert_eq!(comes_back(&bytes, &grid, OF), Import { base: Base::Export, ..Import::default() });
}

#[test]
fn a_cell_edited_on_both_sides_is_a_conflict() {
    let file = with(&with(&exported(), "C3", "95"), "C2", "97");
    let back = comes_back(&file, &meanwhile("99"), OF);
    let conflict =
        Conflict { line: 1, column: 0, exported: "98.5".to_owned(), now: "99".to_owned(), file: "95".to_owned() };
    assert_eq!((&back.wrong[..], back.conflicts), (&[][..], vec![conflict]));
    assert_eq!(outputs(&back.changes), [(0, is(97, 0))]);
    assert_eq!(outputs(&back.over), [(0, is(97, 0)), (1, is(95, 0))]);
    // Both wrote the same: nothing to do.
    let same = comes_back(&with(&exported(), "C3", "99"), &meanwhile("99"), OF);
    assert_eq!(same, Import { base: Base::Export, ..Import::default() });
}

#[test]
fn without_its_own_export_it_is_held_against_now() {
    // February's file in January, and a file that somebody typed.
    let typed = {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for (at, title) in (0..).zip(["编号", "output（%）"]) {
            sheet.write(0, at, title).unwrap();
        }
        sheet.write(1, 0, "B").unwrap();
        sheet.write(1, 1, 98.5).unwrap();
        workbook.save_to_buffer().unwrap()
    };
    let other = workbook(&grid(), "labor/m2", "二月", Language::Zh).unwrap();
    for bytes in [typed, other] {
        let back = comes_back(&bytes, &meanwhile("99"), OF);
        assert_eq!((back.base, &back.wrong[..], &back.conflicts[..]), (Base::Now, &[][..], &[][..]));
        assert_eq!(outputs(&back.changes), [(1, is(985, 1))]);
    }
}

/// What A's output (measured in %) becomes when its cell has this number in this format.
fn output_of(number: f64, format: &Format) -> Vec<(usize, Actual)> {
    let back = comes_back(&typed_in("output（%）", number, format), &grid(), OF);
    assert_eq!(back.wrong, []);
    outputs(&back.changes)
}

fn typed_in(heading: &str, number: f64, format: &Format) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "编号").unwrap();
    sheet.write(0, 1, heading).unwrap();
    sheet.write(1, 0, "A").unwrap();
    sheet.write_with_format(1, 1, number, format).unwrap();
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_number_shown_with_a_percent_sign_is_taken_as_shown() {
    let format = |code: &str| Format::new().set_num_format(code);
    for (stored, format, shown) in [
        // 97% typed into a plain cell is stored as 0.97, in the first or second format of every spreadsheet.
        (0.97, Format::new().set_num_format_index(9), is(97, 0)),
        (0.985, Format::new().set_num_format_index(10), is(985, 1)),
        (1.2, format("0.0%;[Red]-0.0%"), is(120, 0)),
        (-0.05, format("[Blue]#,##0.0 %"), is(-5, 0)),
        // Signs that only stand there.
        (97.0, Format::new(), is(97, 0)),
        (97.0, format("0.##\"%\""), is(97, 0)),
        (0.97, format("0.00\\%"), is(97, 2)),
        (0.97, format("0.00;-0%"), is(97, 2)),
    ] {
        assert_eq!(output_of(stored, &format), [(0, shown)], "{stored} as {format:?}");
    }
    // The sheet's points are no percent: 90% is told, with its place, and not taken as 0.9.
    let back = comes_back(&typed_in("order", 0.9, &Format::new().set_num_format_index(9)), &grid(), OF);
    let [wrong] = &back.wrong[..] else { panic!("{:?}", back.wrong) };
    assert_eq!((wrong.row, wrong.column.as_ref().map(|column| column.1.as_str())), (Some(2), Some("B")));
    assert!(wrong.told.contains("“90%”是百分数"), "{}", wrong.told);
    assert_eq!(back.changes, []);
}

#[test]
fn quotients_are_rounded_to_ten_digits() {
    let plain = Format::new();
    assert_eq!(output_of(1.0 / 3.0, &plain), [(0, is(3_333_333_333, 10))]);
    assert_eq!(output_of(200.0 / 3.0, &plain), [(0, is(666_666_666_667, 10))]);
    assert_eq!(output_of(-2.0 / 3.0, &plain), [(0, is(-6_666_666_667, 10))]);
    // 14 of 15 as percent: 93.3333333333…
    assert_eq!(output_of(14.0 / 15.0, &Format::new().set_num_format_index(10)), [(0, is(933_333_333_333, 10))]);
    // Somebody typed so many digits: theirs to shorten.
    refuses(&[(0, 0, "0.33333333333")], &[(0, 0, Fact::NotANumber { text: "0.33333333333".to_owned() })]);
}

#[test]
fn an_old_workbook_does_not_say_what_it_shows() {
    // A has 0.97 shown as 97%, B the text 98%: the number is not taken for what it may not be.
    let bytes = include_bytes!("../../../../tests/files/fixtures/percent.xls");
    let back = comes_back(bytes, &grid(), OF);
    let [wrong] = &back.wrong[..] else { panic!("{:?}", back.wrong) };
    assert_eq!((wrong.row, wrong.column.as_ref().map(|column| column.1.as_str())), (Some(2), Some("B")));
    assert!(wrong.told.contains("另存为 .xlsx"), "{}", wrong.told);
    assert_eq!(outputs(&back.changes), [(1, is(98, 0))]);
}
