//! Printed paper read back.

use std::collections::BTreeSet;

use leitai::{
    files::documents::{
        Awarded, AwardedGroup, Fonts, JudgeCard, Lot, Paper, Problem, Results, ScoreSheet, SheetRow, SheetSection,
        Signer, Summary, SummaryRow, award_list, judge_cards, listing, lots, receipts, score_sheets, summary,
    },
    rules::definition::model::JudgeWord,
    words::Language,
};

use crate::printed::Printed;

fn fonts() -> &'static Fonts {
    Fonts::system().unwrap()
}

fn paper(language: Language, results: Results) -> Paper<'static> {
    Paper {
        language,
        contest: "2026年职工焊工技能大赛",
        organizer: Some("市总工会"),
        judges_are: JudgeWord::Referee,
        printed: "2026-05-01 14:30",
        results,
    }
}

#[test]
fn nine_judges_are_two_pages_of_cards() {
    let cards: Vec<_> = (1..=9)
        .map(|number| JudgeCard {
            name: format!("裁判{number:02}李建国"),
            role: if number == 1 { "裁判长".to_owned() } else { "裁判 · 组长".to_owned() },
            panel: Some("外观评分组".to_owned()),
            code: format!("K7MX-{number:04}"),
            login_url: format!("https://sai.example.cn/in/K7MX{number:04}QRZP"),
            address: "sai.example.cn".to_owned(),
        })
        .collect();
    let printed = Printed::new(&judge_cards(fonts(), &paper(Language::Zh, Results::None), &cards).unwrap());
    assert_eq!(printed.pages(), 2);
    let text = printed.text();
    for card in &cards {
        assert!(text.contains(&card.name) && text.contains(&card.code), "{} in {text}", card.name);
    }
    assert_eq!(text.matches("裁判证").count(), 9);
    let wanted = |from: usize, to: usize| cards[from..to].iter().map(|card| card.login_url.clone()).collect();
    let (first, second): (BTreeSet<_>, BTreeSet<_>) = (wanted(0, 8), wanted(8, 9));
    assert_eq!(printed.codes_in(1, 2, 4), first);
    assert_eq!(printed.codes_in(2, 2, 4), second);
}

fn sheet(number: usize, rows: usize) -> ScoreSheet {
    let row = |row: usize| SheetRow {
        title: format!("焊缝外观{row}"),
        points: "10".to_owned(),
        rule: "优 9–10：焊缝均匀、无咬边；良 7–8.5：局部不均匀；差 0–6.5".to_owned(),
        cells: vec![String::new()],
    };
    let fault = SheetRow {
        title: "未戴护目镜".to_owned(),
        points: "−5".to_owned(),
        rule: "每次，最多 3 次".to_owned(),
        cells: vec!["1".to_owned()],
    };
    ScoreSheet {
        title: None,
        under: Some("实操 · 试件1 · 外观评分组".to_owned()),
        facts: vec![
            ("选手编号".to_owned(), format!("{number:03}")),
            ("裁判".to_owned(), "裁判3".to_owned()),
            ("工位".to_owned(), String::new()),
        ],
        columns: vec!["评分".to_owned()],
        sections: vec![
            SheetSection { title: Some("外观".to_owned()), rows: (1..=rows).map(row).collect() },
            SheetSection { title: Some("违规扣分".to_owned()), rows: vec![fault] },
        ],
        total: Some(String::new()),
        signers: vec![Signer::Entrant, Signer::Judge, Signer::Leader, Signer::Chief, Signer::Supervisor],
    }
}

#[test]
fn score_sheets_have_pages_of_their_own_and_lines_to_sign() {
    // Thirty aspects do not fit one page, six do.
    let sheets = [sheet(17, 6), sheet(18, 30), sheet(19, 6)];
    let printed = Printed::new(&score_sheets(fonts(), &paper(Language::Zh, Results::None), &sheets).unwrap());
    assert_eq!(printed.pages(), 4);
    let text = printed.text();
    assert_eq!(text.matches("第1页，共1页").count(), 2, "{text}");
    assert_eq!(text.matches("第1页，共2页").count(), 1, "{text}");
    assert_eq!(text.matches("第2页，共2页").count(), 1, "{text}");
    for role in ["选手签名：", "裁判签名：", "组长签名：", "裁判长签名：", "监督签名："] {
        assert_eq!(text.matches(role).count(), 3, "{role} in {text}");
    }
    // The second page of 018 says whose it is.
    for (number, times) in [("选手编号：017", 1), ("选手编号：018", 2), ("选手编号：019", 1)] {
        assert_eq!(text.matches(number).count(), times, "{number} in {text}");
    }
    assert!(text.contains("−5") && text.contains("配分"));
}

fn summary_of(rows: usize) -> Summary {
    let row = |row: usize| SummaryRow {
        rank: row.to_string(),
        number: format!("{row:03}"),
        name: if row == 2 { "阿卜杜·热合曼".to_owned() } else { format!("职工{row:03}") },
        unit: "第一机械厂焊接车间".to_owned(),
        stages: vec!["28.50".to_owned(), "63.25".to_owned()],
        total: "91.75".to_owned(),
        remark: String::new(),
    };
    let mut all: Vec<_> = (1..=rows).map(row).collect();
    all.push(SummaryRow { name: "赵丽".to_owned(), remark: "缺考".to_owned(), ..SummaryRow::default() });
    Summary {
        table: Some("焊工 · 职工组".to_owned()),
        stages: vec![
            ("理论".to_owned(), Some("权重 30%".to_owned())),
            ("实操".to_owned(), Some("权重 70%".to_owned())),
        ],
        rows: all,
        notes: vec!["各级四舍五入，保留两位小数。".to_owned()],
    }
}

#[test]
fn a_summary_repeats_its_head_and_says_not_final() {
    let paper = paper(Language::Zh, Results::NotFinal);
    let printed = Printed::new(&listing(fonts(), &paper, &summary(&paper, &summary_of(60))).unwrap());
    let (pages, text) = (printed.pages(), printed.text());
    assert!(pages > 1);
    assert_eq!(text.matches("权重30%").count(), pages);
    assert_eq!(text.matches("未最终").count(), pages);
    assert!(text.contains(&format!("第{pages}页，共{pages}页")), "{text}");
    assert!(text.contains("阿卜杜·热合曼") && text.contains("缺考") && text.contains("统分人签名："));
}

#[test]
fn a_sealed_summary_has_no_watermark() {
    let paper = paper(Language::En, Results::Sealed);
    let printed = Printed::new(&listing(fonts(), &paper, &summary(&paper, &summary_of(3))).unwrap());
    let text = printed.text();
    assert!(!text.contains("FINAL") && !text.contains("未最终"));
    assert!(text.contains("Summaryofresults") && text.contains("Page1of1") && text.contains("Chiefjudge:"), "{text}");
}

fn awarded() -> Vec<AwardedGroup> {
    let winner = |row: usize| Awarded {
        rank: row.to_string(),
        number: format!("{row:03}"),
        name: format!("职工{row:02}"),
        unit: "第二建筑工程公司钢结构分公司".to_owned(),
        score: "91.75".to_owned(),
        serial: format!("LT-2026-{row:04}"),
        prize: String::new(),
    };
    vec![
        AwardedGroup { award: "一等奖（1名）".to_owned(), winners: vec![winner(1)] },
        AwardedGroup { award: "二等奖（2名）".to_owned(), winners: vec![winner(2), winner(3)] },
        AwardedGroup { award: "三等奖（3名）".to_owned(), winners: vec![winner(4), winner(5), winner(6)] },
    ]
}

#[test]
fn awards_are_listed_and_signed_for() {
    let paper = paper(Language::Zh, Results::Sealed);
    let list = Printed::new(&listing(fonts(), &paper, &award_list(&paper, &awarded(), &[])).unwrap()).text();
    let receipt = Printed::new(&listing(fonts(), &paper, &receipts(&paper, &awarded())).unwrap()).text();
    for text in [&list, &receipt] {
        let places = ["一等奖", "职工01", "二等奖", "职工02", "职工03", "三等奖", "职工04", "职工06"];
        let places: Vec<_> =
            places.iter().map(|words| text.find(words).unwrap_or_else(|| panic!("{words} in {text}"))).collect();
        assert!(places.is_sorted(), "{text}");
    }
    assert!(list.contains("获奖名单") && !list.contains("奖品"));
    assert!(receipt.contains("领奖签收表") && receipt.contains("签名") && receipt.contains("LT-2026-0006"));
}

#[test]
fn lots_are_listed_with_how_they_were_drawn() {
    let paper = paper(Language::Zh, Results::None);
    let drawn: Vec<_> = (1..=5)
        .map(|number| Lot {
            drawn: number.to_string(),
            name: format!("选手{number}"),
            unit: "三分厂".to_owned(),
            ..Lot::default()
        })
        .collect();
    let list = lots(&paper, None, &drawn, Some("种子 3f9a，公证人赵丽".to_owned()));
    let text = Printed::new(&listing(fonts(), &paper, &list).unwrap()).text();
    assert!(text.contains("抽签结果") && text.contains("选手5") && text.contains("种子3f9a"));
    assert!(!text.contains("工位"), "a column without content: {text}");
}

#[test]
fn paper_with_a_name_that_cannot_be_drawn_is_not_printed() {
    let paper = paper(Language::Zh, Results::None);
    let drawn = [Lot { drawn: "1".to_owned(), name: "王\u{E000}".to_owned(), ..Lot::default() }];
    let problems = listing(fonts(), &paper, &lots(&paper, None, &drawn, None)).unwrap_err();
    let [problem @ Problem::CannotDraw { characters, .. }] = &problems[..] else { panic!("{problems:?}") };
    assert_eq!(characters, &['\u{E000}']);
    let sentence = problem.say(Language::Zh);
    assert!(sentence.contains("U+E000") && sentence.contains("fonts 文件夹"), "{sentence}");
}
