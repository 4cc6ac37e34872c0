//! The grid as a workbook and back: only what was edited becomes an entry, each with who and when.

use leitai::{
    files::sheets::{self, Cell},
    rules::indicators::{Actual, How},
};
use rust_decimal::Decimal;
use rust_xlsxwriter::Workbook;

use super::Labor;

const GRID: &str = "/figures/labor/grid?period=m1";
const IMPORT: &str = "/figures/labor/import?period=m1";

/// The workbook as somebody saves it after typing into cells, by row and column from 0.
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
    preview.is(200).shows("将改动 2 格").shows("<s>90</s>").shows("95.5").shows("丙车间").shows("不适用");
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
