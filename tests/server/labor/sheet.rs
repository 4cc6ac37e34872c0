//! The grid as a workbook and back: only what was edited becomes an entry, each with who and when.

use std::io::{Cursor, Read as _, Write as _};

use leitai::{
    files::sheets::{self, Cell},
    rules::indicators::{Actual, How},
};
use rust_decimal::Decimal;
use rust_xlsxwriter::Workbook;

use super::Labor;

const GRID: &str = "/figures/labor/grid?period=m1";
const IMPORT: &str = "/figures/labor/import?period=m1";

/// The workbook as somebody saves it after typing into cells, by row and column from 0, in a program that keeps nothing
/// but what is seen.
fn edited(bytes: &[u8], edits: &[(u32, usize, &str)]) -> Vec<u8> {
    let book = sheets::read(bytes).expect("a workbook");
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in &book.sheets[0].rows {
        for (column, cell) in row.cells.iter().enumerate() {
            let at = u16::try_from(column).expect("few columns");
            match cell {
                Cell::Number(number) => drop(sheet.write(row.number - 1, at, *number).expect("a number")),
                cell => drop(sheet.write(row.number - 1, at, cell.text()).expect("a text")),
            }
        }
    }
    for (row, column, text) in edits {
        let at = u16::try_from(*column).expect("few columns");
        match text.parse::<f64>() {
            Ok(number) => drop(sheet.write(*row, at, number).expect("a number")),
            Err(_) => drop(sheet.write(*row, at, *text).expect("a text")),
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

fn hidden<'t>(page: &'t str, name: &str) -> &'t str {
    let rest =
        page.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no {name} in\n{page}")).1;
    rest.split_once('"').expect("the end of it").0
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_edited_cells_are_two_entries() {
    let labor = Labor::begin().await;
    let owner = labor.takes_on("王生产", &["indicator-owner output", "indicator-owner safety"]).await;
    let client = labor.comes_in(&owner).await;
    labor.runs().await;
    let first = [
        ("was A output", ""),
        ("A output", "1234567.5"),
        ("was B output", ""),
        ("B output", "90"),
        ("was B safety/injury", ""),
        ("B safety/injury", "1"),
        ("do", "save"),
    ];
    client.posts(GRID, &first).await.leads_to(&format!("{GRID}&said=saved&count=3"));

    let export = client.opens("/figures/labor/grid.xlsx?period=m1").await;
    export.is(200);
    let book = sheets::read(&export.bytes).expect("a workbook");
    let rows: Vec<Vec<String>> =
        book.sheets[0].rows.iter().map(|row| row.cells.iter().map(Cell::text).collect()).collect();
    assert_eq!(rows[0], ["编号", "单位", "产量（吨）", "安全 · 轻伤"]);
    assert_eq!(rows[1], ["A", "甲车间", "1234567.5"]);
    assert_eq!(rows[2], ["B", "乙车间", "90", "1"]);

    // As it came, nothing would change.
    let entries = labor.entries().await;
    client.uploads(IMPORT, &[], ("file", "a.xlsx", &export.bytes)).await.is(200).shows("没有要改的格");

    // A unit that is not there, a word for a number, a column of somebody else: told row by row, nothing is taken.
    let wrong = edited(&export.bytes, &[(0, 4, "质量"), (2, 2, "很多"), (3, 3, "0.5"), (5, 0, "Z"), (5, 2, "7")]);
    let answer = client.uploads(IMPORT, &[("confirm", "x")], ("file", "a.xlsx", &wrong)).await;
    answer.is(422).shows("文件里有 4 处问题").shows("“很多”不是数").shows("“0.5”不是次数").shows("名单里没有“Z”");
    answer.shows("不是您负责的指标").shows("没有导入任何内容");
    assert_eq!(labor.entries().await, entries);

    // B's output changes, C's comes: shown old and new, then taken.
    let right = edited(&export.bytes, &[(2, 2, "95.5"), (3, 2, "不适用")]);
    let preview = client.uploads(IMPORT, &[], ("file", "a.xlsx", &right)).await;
    preview
        .is(200)
        .shows("文件中没有本期导出时的记录")
        .shows("将改动 2 格")
        .shows("<s>90</s>")
        .shows("95.5")
        .shows("丙车间")
        .shows("不适用");
    assert_eq!(labor.entries().await, entries, "a preview writes nothing");
    let page = preview.text();
    let fields = [("carried", hidden(&page, "carried")), ("confirm", hidden(&page, "confirm"))];
    let done = client.uploads(IMPORT, &fields, ("file", "", b"")).await;
    done.leads_to(&format!("{GRID}&said=imported&count=2"));
    assert_eq!(labor.entries().await, entries + 2);
    let figure = labor.figure("B", "output").await.expect("B's figure");
    let (old, new) = (&figure.versions[0], &figure.versions[1]);
    assert_eq!((new.how, &new.by, &new.actual), (How::Reported, &owner, &Actual::Is(Decimal::new(955, 1))));
    assert!(new.at >= old.at, "each version has its moment");
    let figure = labor.figure("C", "output").await.expect("C's figure");
    assert_eq!((figure.versions.len(), &figure.versions[0].by), (1, &owner));
    assert_eq!(figure.versions[0].actual, Actual::NotApplicable);
    assert_eq!(labor.figure("A", "output").await.expect("A's figure").versions.len(), 1);
    assert_eq!(labor.figure("D", "output").await, None);

    // What was confirmed is what is taken: somebody writes in between, and it is shown again.
    let again = edited(&export.bytes, &[(2, 2, "96"), (3, 2, "不适用")]);
    let page = client.uploads(IMPORT, &[], ("file", "a.xlsx", &again)).await.text();
    let fields = [("carried", hidden(&page, "carried")), ("confirm", hidden(&page, "confirm"))];
    let meanwhile = [("was B output", "95.5"), ("B output", "97"), ("do", "save")];
    client.posts(GRID, &meanwhile).await.leads_to(&format!("{GRID}&said=saved&count=1"));
    let answer = client.uploads(IMPORT, &fields, ("file", "", b"")).await;
    answer.is(422).shows("数据又有变化").shows("<s>97</s>");
}

/// The file as it was exported, with another number in place of one that stands there once.
fn with(bytes: &[u8], old: &str, new: &str) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut part = from.by_index(at).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("a part");
        if part.name().expect("a name") == "xl/worksheets/sheet1.xml" {
            let xml = String::from_utf8(bytes).expect("text");
            let (old, new) = (format!("<v>{old}</v>"), format!("<v>{new}</v>"));
            assert_eq!(xml.matches(&old).count(), 1, "{xml}");
            bytes = xml.replace(&old, &new).into_bytes();
        }
        to.start_file(part.name().expect("a name"), zip::write::SimpleFileOptions::default()).expect("a part");
        to.write_all(&bytes).expect("a part");
    }
    to.finish().expect("a workbook").into_inner()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_others_wrote_since_the_export_stays() {
    let labor = Labor::begin().await;
    let owner = labor.takes_on("王生产", &["indicator-owner output"]).await;
    let client = labor.comes_in(&owner).await;
    labor.runs().await;
    let first =
        [("was A output", ""), ("A output", "81.5"), ("was B output", ""), ("B output", "92.5"), ("do", "save")];
    client.posts(GRID, &first).await.leads_to(&format!("{GRID}&said=saved&count=2"));
    let export = client.opens("/figures/labor/grid.xlsx?period=m1").await.bytes;
    // Somebody makes B's 92.5 into 99.5. The file says nothing of that: A's 85.5 is all that it changes.
    let other = [("was B output", "92.5"), ("B output", "99.5"), ("do", "save")];
    client.posts(GRID, &other).await.leads_to(&format!("{GRID}&said=saved&count=1"));
    let file = with(&export, "81.5", "85.5");
    let preview = client.uploads(IMPORT, &[], ("file", "a.xlsx", &file)).await;
    preview.is(200).shows("将改动 1 格").shows("<s>81.5</s>").hides("99.5").hides("文件中没有本期导出时的记录");
    // A file that changes both: B's cell is shown with all three numbers, and left out.
    let both = with(&file, "92.5", "95.5");
    let preview = client.uploads(IMPORT, &[], ("file", "a.xlsx", &both)).await;
    preview.is(200).shows("将改动 1 格").shows("有 1 格您改了，别人也改了").shows("92.5").shows("99.5").shows("95.5");
    let page = preview.text();
    let fields = [("carried", hidden(&page, "carried")), ("confirm", hidden(&page, "confirm"))];
    client.uploads(IMPORT, &fields, ("file", "", b"")).await.leads_to(&format!("{GRID}&said=imported&count=1"));
    let now = async |unit: &str| labor.figure(unit, "output").await.and_then(|one| Some(one.latest()?.actual.clone()));
    assert_eq!(now("A").await, Some(Actual::Is(Decimal::new(855, 1))));
    assert_eq!(now("B").await, Some(Actual::Is(Decimal::new(995, 1))));
    // Who says that the file is right is believed.
    let page = client.uploads(IMPORT, &[], ("file", "a.xlsx", &both)).await.text();
    let fields = [("carried", hidden(&page, "carried")), ("confirm", hidden(&page, "confirm"))];
    client.uploads(IMPORT, &fields, ("file", "", b"")).await.is(422).shows("没有可导入的");
    let fields = [fields[0], fields[1], ("over", "yes")];
    client.uploads(IMPORT, &fields, ("file", "", b"")).await.leads_to(&format!("{GRID}&said=imported&count=1"));
    assert_eq!(now("B").await, Some(Actual::Is(Decimal::new(955, 1))));
}
