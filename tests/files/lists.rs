//! Lists that go out as spreadsheets, read back.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use leitai::{
    files::{
        documents::{Awarded, AwardedGroup, Paper, Results, Summary, SummaryRow, award_list, receipts, summary},
        lists::{Entry, csv, entrants, proposals, xlsx},
    },
    rules::definition::model::JudgeWord,
    words::Language,
};

fn paper(results: Results) -> Paper<'static> {
    Paper {
        language: Language::Zh,
        contest: "2026年职工焊工技能大赛",
        organizer: None,
        judges_are: JudgeWord::Referee,
        printed: "2026-05-01 14:30",
        results,
    }
}

fn awards() -> Vec<AwardedGroup> {
    let winner = |rank: &str, number: &str, name: &str, score: &str| Awarded {
        rank: rank.to_owned(),
        number: number.to_owned(),
        name: name.to_owned(),
        unit: "@一公司,焊接车间".to_owned(),
        score: score.to_owned(),
        serial: format!("LT-{number}"),
        prize: "奖金1000元".to_owned(),
    };
    vec![
        AwardedGroup {
            award: "一等奖".to_owned(), winners: vec![winner("1", "007123", "=HYPERLINK(\"x\")", "91.50")]
        },
        AwardedGroup {
            award: "二等奖".to_owned(),
            winners: vec![winner("2", "007124", "+王芳", "88.00"), winner("3", "007125", "阿卜杜·热合曼", "-0.25")],
        },
    ]
}

fn cells(bytes: &[u8]) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let sheet = book.sheet_names()[0].clone();
    let formulas = book.worksheet_formula(&sheet).unwrap();
    assert!(formulas.is_empty(), "a list computes nothing");
    book.worksheet_range(&sheet).unwrap().rows().map(<[Data]>::to_vec).collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn string(text: &str) -> Data {
    Data::String(text.to_owned())
}

#[test]
fn an_award_list_is_a_table_of_texts_and_numbers() {
    let paper = paper(Results::Sealed);
    let bytes = xlsx(&paper, &award_list(&paper, &awards(), &[])).unwrap();
    let rows = cells(&bytes);
    assert_eq!(rows[0][0], string("2026年职工焊工技能大赛"));
    assert_eq!(rows[1][0], string("获奖名单"));
    let titles: Vec<Data> = ["奖项", "名次", "编号", "姓名", "单位", "成绩", "证书编号"].map(string).into();
    assert_eq!(rows[2], titles);
    assert_eq!(
        rows[3],
        [
            string("一等奖"),
            Data::Float(1.0),
            string("007123"),
            string("=HYPERLINK(\"x\")"),
            string("@一公司,焊接车间"),
            Data::Float(91.5),
            string("LT-007123"),
        ]
    );
    assert_eq!(rows[4][3], string("+王芳"));
    assert_eq!(rows[5][5], Data::Float(-0.25));
    assert_eq!(rows.len(), 6);
    let styles = part(&bytes, "xl/styles.xml");
    // Two digits, as printed; 2 is the built-in number of that format.
    assert!(styles.contains("formatCode=\"0.00\"") || styles.contains("numFmtId=\"2\""), "{styles}");
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(
        sheet.contains("paperSize=\"9\"") && sheet.contains("state=\"frozen\"") && sheet.contains("第 &amp;P 页"),
        "{sheet}"
    );
    assert!(part(&bytes, "xl/workbook.xml").contains("Print_Titles"));
}

#[test]
fn the_same_content_is_the_same_file() {
    let paper = paper(Results::Sealed);
    let write = || xlsx(&paper, &award_list(&paper, &awards(), &[])).unwrap();
    assert_eq!(write(), write());
}

#[test]
fn csv_has_a_mark_and_no_formula() {
    let paper = paper(Results::Sealed);
    let text = String::from_utf8(csv(&paper, &award_list(&paper, &awards(), &[]))).unwrap();
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(lines[0], "\u{feff}奖项,名次,编号,姓名,单位,成绩,证书编号");
    assert_eq!(lines[1], "一等奖,1,007123,\"'=HYPERLINK(\"\"x\"\")\",\"'@一公司,焊接车间\",91.50,LT-007123");
    assert_eq!(lines[2], "二等奖,2,007124,'+王芳,\"'@一公司,焊接车间\",88.00,LT-007124");
    assert!(lines[3].contains(",-0.25,"), "{}", lines[3]);
}

#[test]
fn a_summary_says_not_final_and_has_lines_to_sign() {
    let paper = paper(Results::NotFinal);
    let row = |rank: &str, name: &str, theory: &str, total: &str, remark: &str| SummaryRow {
        rank: rank.to_owned(),
        number: "001".to_owned(),
        name: name.to_owned(),
        unit: String::new(),
        stages: vec![theory.to_owned(), "63.25".to_owned()],
        total: total.to_owned(),
        remark: remark.to_owned(),
    };
    let table = Summary {
        table: Some("焊工 · 职工组".to_owned()),
        stages: vec![("理论".to_owned(), Some("权重 30%".to_owned())), ("实操".to_owned(), None)],
        rows: vec![row("1", "王芳", "28.50", "91.75", ""), row("", "赵丽", "", "", "缺考")],
        notes: vec!["保留两位小数。".to_owned()],
    };
    let bytes = xlsx(&paper, &summary(&paper, &table)).unwrap();
    let rows = cells(&bytes);
    assert_eq!((&rows[2][0], &rows[3][0]), (&string("焊工 · 职工组"), &string("未最终")));
    assert_eq!(rows[4][3], string("理论\n权重 30%"));
    assert_eq!((&rows[5][0], &rows[5][3], &rows[5][5]), (&Data::Float(1.0), &Data::Float(28.5), &Data::Float(91.75)));
    // No score is an empty text, never a zero.
    assert!(matches!(&rows[6][3], Data::Empty) || rows[6][3] == string(""), "{:?}", rows[6]);
    let all: Vec<String> = rows.concat().iter().map(ToString::to_string).collect();
    for signer in ["统分人签名：", "裁判长签名：", "监督签名："] {
        assert!(all.iter().any(|text| text.starts_with(signer)), "{signer} in {all:?}");
    }
    assert!(all.contains(&"保留两位小数。".to_owned()) && all.contains(&"缺考".to_owned()));
}

#[test]
fn receipts_have_room_to_sign_and_proposals_their_basis() {
    let paper = paper(Results::Sealed);
    let rows = cells(&xlsx(&paper, &receipts(&paper, &awards())).unwrap());
    let titles: Vec<String> = rows[2].iter().map(ToString::to_string).collect();
    assert_eq!(titles, ["奖项", "编号", "姓名", "单位", "证书编号", "奖品", "签名", "日期"]);
    let rows = cells(&xlsx(&paper, &proposals(&paper, &awards(), &[])).unwrap());
    assert_eq!(rows[1][0], string("拟推荐名单"));
    assert_eq!(
        rows[2].iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["奖项", "姓名", "单位", "名次", "成绩", "推荐依据"]
    );
    let entries = [Entry { number: "007123".to_owned(), name: "-王芳".to_owned(), ..Entry::default() }];
    let rows = cells(&xlsx(&paper, &entrants(&paper, &entries)).unwrap());
    assert_eq!(rows[3], [string("007123"), string("-王芳")]);
}
