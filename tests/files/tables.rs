//! Lists that come in as workbooks, made by other programs and by hand.

use std::{collections::BTreeSet, io::Write};

use leitai::{
    files::{
        entrants::{Fact, Imported, Known, import, template},
        sheets::{self, Cell, Unreadable},
    },
    rules::{
        definition::{self, Definition},
        names::{EntrantId, UnitPath},
    },
    words::Language,
};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use zip::{ZipWriter, write::SimpleFileOptions};

fn contest() -> Definition {
    let text = include_str!("../../contest-configs/skills-welding.toml");
    let definition = definition::read(text).definition.unwrap();
    Definition { events: Vec::new(), groups: Vec::new(), ..definition }
}

fn read(bytes: &[u8]) -> Imported {
    let known = Known { definition: &contest(), units: &[], registered: &BTreeSet::new() };
    import(bytes, known).unwrap()
}

fn refused(bytes: &[u8]) -> Unreadable {
    sheets::read(bytes).unwrap_err()
}

fn has(facts: &[leitai::files::entrants::RowProblem], row: Option<u32>, fact: &Fact) -> bool {
    facts.iter().any(|one| one.row == row && one.fact == *fact)
}

#[test]
fn an_old_workbook_with_merged_cells_and_a_hidden_sheet() {
    let imported = read(include_bytes!("fixtures/entrants.xls"));
    assert_eq!(imported.sheet.as_deref(), Some("名单"));
    let rows: Vec<(u32, &str, &str)> =
        imported.rows.iter().map(|row| (row.row, row.entrant.as_str(), row.person.name.as_str())).collect();
    assert_eq!(rows, [(3, "007123", "王芳"), (4, "7124", "阿卜杜·热合曼")]);
    let born = |row: usize| imported.rows[row].person.birth_date.unwrap().to_string();
    assert_eq!((born(0).as_str(), born(1).as_str()), ("1991-05-04", "1988-12-01"));
    // 30 February.
    let [problem] = imported.problems.as_slice() else { panic!("{:?}", imported.problems) };
    assert_eq!((problem.row, &problem.fact), (Some(5), &Fact::NotADate { text: "19900230".to_owned() }));
    assert!(has(&imported.warnings, None, &Fact::HiddenSheet { name: "旧名单".to_owned() }));
    assert!(has(&imported.warnings, Some(3), &Fact::Merged { range: "C3:C4".to_owned() }));
    assert!(has(&imported.warnings, Some(4), &Fact::ZerosMayBeLost { example: "7124".to_owned() }));
}

#[test]
fn a_workbook_with_hidden_rows_dates_numbers_and_formulas() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.merge_range(0, 0, 0, 3, "报名表", &Format::new()).unwrap();
    for (column, title) in (0..).zip(["编号", "姓名", "出生日期", "手机"]) {
        sheet.write(1, column, title).unwrap();
    }
    let day = Format::new().set_num_format("yyyy/m/d");
    sheet.write(2, 0, "007123").unwrap();
    sheet.write(2, 1, "=王芳").unwrap();
    sheet.write_with_format(2, 2, ExcelDateTime::from_ymd(1991, 5, 4).unwrap(), &day).unwrap();
    sheet.write(2, 3, 13_912_345_678_i64).unwrap();
    sheet.write(3, 0, "007124").unwrap();
    sheet.write(3, 1, "李𬭎").unwrap();
    sheet.set_row_hidden(3).unwrap();
    sheet.write(4, 0, 1_234_567_890_123_456_800.0).unwrap();
    sheet.write(4, 1, "赵丽").unwrap();
    let further = workbook.add_worksheet();
    further.set_name("第二批").unwrap();
    further.write(0, 0, "编号").unwrap();
    further.write(0, 1, "姓名").unwrap();
    let imported = read(&workbook.save_to_buffer().unwrap());
    let rows: Vec<(&str, &str)> =
        imported.rows.iter().map(|row| (row.entrant.as_str(), row.person.name.as_str())).collect();
    assert_eq!(rows, [("007123", "=王芳"), ("007124", "李𬭎")]);
    assert_eq!(imported.rows[0].person.birth_date.unwrap().to_string(), "1991-05-04");
    assert_eq!(imported.rows[0].person.phone.as_deref(), Some("13912345678"));
    assert!(has(&imported.problems, Some(5), &Fact::DigitsLost), "{:?}", imported.problems);
    assert!(has(&imported.warnings, Some(4), &Fact::HiddenRow));
    assert!(has(&imported.warnings, None, &Fact::FurtherSheet { name: "第二批".to_owned() }));
}

#[test]
fn csv_in_every_encoding_that_office_programs_write() {
    let text = "编号,姓名\r\n007123,镕\u{20087}芳\r\n\r\n007124,\"阿卜杜·热合曼\"\r\n";
    let marked = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
    let (gb18030, ..) = encoding_rs::GB18030.encode(text);
    let utf16: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for bytes in [text.as_bytes(), &marked, &gb18030, &utf16] {
        let imported = read(bytes);
        assert_eq!(imported.problems, [], "{:?}", sheets::read(bytes));
        let rows: Vec<(u32, &str, &str)> =
            imported.rows.iter().map(|row| (row.row, row.entrant.as_str(), row.person.name.as_str())).collect();
        assert_eq!(rows, [(2, "007123", "镕\u{20087}芳"), (4, "007124", "阿卜杜·热合曼")]);
    }
    for tabs in ["编号\t姓名\n1\t王芳\n", "编号;姓名\n1;王芳\n"] {
        assert_eq!(read(tabs.as_bytes()).rows.len(), 1);
    }
}

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The parts of a workbook whose only sheet is this XML.
fn workbook_of(sheet: &[u8]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let workbook = format!(
        r#"<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    );
    let links = format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
    );
    let start = links.replace("/worksheet\"", "/officeDocument\"").replace("worksheets/sheet1.xml", "xl/workbook.xml");
    zip(&[
        ("_rels/.rels", start.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn sheet_of(rows: &str) -> Vec<u8> {
    let head = r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">"#;
    format!("{head}<sheetData>{rows}</sheetData></worksheet>").into_bytes()
}

#[test]
fn a_bomb_is_not_unpacked() {
    let bomb = workbook_of(&vec![b' '; 100 << 20]);
    assert!(bomb.len() < 1 << 20, "a bomb is small: {}", bomb.len());
    assert_eq!(refused(&bomb), Unreadable::Unpacks { bytes_max: 64 << 20 });
    // Below the limit of bytes, far above any table's ratio.
    assert_eq!(refused(&workbook_of(&vec![b' '; 20 << 20])), Unreadable::Unpacks { bytes_max: 64 << 20 });
    // The control: the same workbook with a real sheet is read.
    let real = workbook_of(&sheet_of(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>"#));
    assert_eq!(sheets::read(&real).unwrap().sheets[0].rows[0].cells, [Cell::Text("姓名".to_owned())]);
}

#[test]
fn one_cell_in_the_last_corner_costs_nothing() {
    let far = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    assert_eq!(refused(&workbook_of(&sheet_of(far))), Unreadable::TooManyColumns { most: 256 });
    let low = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="B1048576"><v>2</v></c></row>"#;
    let book = sheets::read(&workbook_of(&sheet_of(low))).unwrap();
    let numbers: Vec<u32> = book.sheets[0].rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [1, 1_048_576]);
}

#[test]
fn a_million_empty_rows_are_nothing() {
    let mut rows = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>"#.to_owned();
    rows += r#"<row r="2"><c r="A2" t="inlineStr"><is><t>王芳</t></is></c></row>"#;
    let empty: Vec<String> = (3..=1_000_000).map(|row| format!(r#"<row r="{row}" ht="15"/>"#)).collect();
    rows += &empty.concat();
    assert_eq!(read(&workbook_of(&sheet_of(&rows))).rows.len(), 1);
    let blank = format!("姓名\n王芳\n{}", ",,\n".repeat(1_000_000));
    assert_eq!(read(blank.as_bytes()).rows.len(), 1);
    let full = format!("姓名\n{}", "王芳\n".repeat(100_001));
    assert_eq!(refused(full.as_bytes()), Unreadable::TooManyRows { most: 100_000 });
}

#[test]
fn entities_are_never_expanded() {
    let laughs = br#"<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">
        <!ENTITY f SYSTEM "file:///etc/passwd">]>
        <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
        <row r="1"><c r="A1" t="inlineStr"><is><t>&b;&f;</t></is></c></row></sheetData></worksheet>"#;
    match sheets::read(&workbook_of(laughs)) {
        Err(Unreadable::Damaged { .. }) => {}
        Ok(book) => assert!(!format!("{book:?}").contains("haha") && !format!("{book:?}").contains("root")),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn what_is_no_table_is_said() {
    assert_eq!(refused(b""), Unreadable::Empty);
    assert_eq!(refused(b" \n "), Unreadable::Empty);
    assert_eq!(refused(b"<html><table><tr><td>\xe5\xa7\x93\xe5\x90\x8d</td></tr></table></html>"), Unreadable::WebPage);
    assert_eq!(refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Unreadable::NotATable);
    assert_eq!(refused(b"\x81\xff\xfe\xff,\xff"), Unreadable::Encoding);
    assert_eq!(refused(&vec![b'a'; (20 << 20) + 1]), Unreadable::TooLarge { bytes_max: 20 << 20 });
    let whole = workbook_of(&sheet_of(""));
    for broken in [&whole[..whole.len() / 2], b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut off"] {
        assert!(matches!(refused(broken), Unreadable::Damaged { .. }));
    }
    let said = refused(b"").say(Language::Zh);
    assert_eq!(said, "文件是空的。请核对后重新上传。");
}

#[test]
fn the_template_can_be_filled_in_and_read() {
    let definition = definition::read(include_str!("../../contest-configs/skills-welding.toml")).definition.unwrap();
    let units = ["集团", "集团/一公司"].map(UnitPath::from);
    let registered = BTreeSet::from([EntrantId::new("007")]);
    let known = Known { definition: &definition, units: &units, registered: &registered };
    for language in Language::ALL {
        let bytes = template(known, language).unwrap();
        let imported = import(&bytes, known).unwrap();
        assert_eq!(imported.problems, [], "{language:?}");
        assert!(
            imported.warnings.iter().all(|one| !matches!(one.fact, Fact::ColumnIgnored)),
            "{:?}",
            imported.warnings
        );
        let [example] = imported.rows.as_slice() else { panic!("{imported:?}") };
        assert_eq!((example.entrant.as_str(), example.registered), ("007", true));
        assert_eq!(example.facts.unit, Some("集团".into()));
        assert_eq!(example.person.birth_date.unwrap().to_string(), "1991-05-04");
    }
}
