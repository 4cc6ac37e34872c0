//! Whole banks: the shipped one, the template, and what is exported.

use super::*;

const SAFETY: &[u8] = include_bytes!("../../../../contest-configs/banks/safety.csv");
const PICTURES: [(&str, &[u8]); 5] = [
    ("welding.svg", include_bytes!("../../../../contest-configs/banks/safety/welding.svg")),
    ("scaffold.svg", include_bytes!("../../../../contest-configs/banks/safety/scaffold.svg")),
    ("electric.svg", include_bytes!("../../../../contest-configs/banks/safety/electric.svg")),
    ("warehouse.svg", include_bytes!("../../../../contest-configs/banks/safety/warehouse.svg")),
    ("lathe.svg", include_bytes!("../../../../contest-configs/banks/safety/lathe.svg")),
];

fn safety() -> Vec<Item> {
    let ratios = PICTURES.map(|(name, bytes)| (name.to_owned(), ratio(bytes).unwrap()));
    // 800 by 500.
    assert!(ratios.iter().all(|(_, ratio)| *ratio == dec("1.6")));
    let imported = read(SAFETY, Known { bank: &[], pictures: &ratios.into() }).unwrap();
    assert_eq!(told(&imported.problems), [""; 0]);
    assert_eq!(told(&imported.warnings), [""; 0]);
    imported.take().unwrap()
}

#[test]
fn the_shipped_bank_is_taken_whole() {
    let items = safety();
    let count = |kind| items.iter().filter(|item| item.kind() == kind).count();
    // Counted in the file by its second column.
    assert_eq!(ItemKind::ALL.map(count), [46, 27, 28, 11, 10, 6, 6, 6, 5]);
    let item = |id: &str| items.iter().find(|item| item.id.as_str() == id).unwrap();
    assert_eq!(
        item("fill-08").body,
        Body::FillIn {
            blanks: vec![list(&["助燃物", "氧化剂", "助燃剂"]), list(&["点火源", "着火源", "火源", "引火源"])],
            any_order: true,
        }
    );
    assert_eq!(item("number-06").body, Body::Number { from: dec("19.5"), to: dec("19.5") });
    let Body::FindFix { text, faults } = &item("fix-01").body else { panic!() };
    let wrong: Vec<String> =
        faults.iter().map(|fault| text.chars().skip(fault.from).take(fault.length).collect()).collect();
    assert_eq!(wrong, ["2米", "卧放", "可以离开"]);
    let Body::Hazards { regions, .. } = &item("hazard-01").body else { panic!() };
    let circle = Shape::Circle { x: dec("36"), y: dec("61"), radius: dec("5"), ratio: dec("1.6") };
    assert_eq!(regions[1], Region { shape: circle, title: "焊工未戴防护面罩".to_owned() });
    assert_eq!((item("order-01").difficulty, item("single-05").difficulty), (Difficulty::Easy, Difficulty::Hard));
}

#[test]
fn an_exported_bank_is_the_same_bank() {
    let items = safety();
    for language in [Language::Zh, Language::En] {
        let bytes = export(&items, language).unwrap();
        let again = read_with(&bytes, &items);
        assert_eq!(told(&again.problems), [""; 0]);
        assert_eq!(again.count(Change::Same), 145);
        let again = again.take().unwrap();
        assert_eq!(again, items);
        assert!(again.iter().zip(&items).all(|(one, other)| one.digest() == other.digest()));
    }
}

#[test]
fn signs_within_texts_survive_an_export() {
    let item = |id: &str, stem: &str, body: Body| Item {
        id: id.into(),
        subject: None,
        difficulty: Difficulty::Medium,
        stem: stem.to_owned(),
        picture: None,
        points: Some(dec("1.5")),
        explanation: Some("第一行\n第二行".to_owned()),
        body,
    };
    let fault = |from, length, accepted: &[&str]| Fault { from, length, accepted: list(accepted) };
    let pair = |left: &str, right: &str| (left.to_owned(), right.to_owned());
    let items = [
        item(
            "a",
            "甲____乙____",
            Body::FillIn { blanks: vec![list(&["a;b", "c|d"]), list(&["e\\f", "g；h"])], any_order: false },
        ),
        item("b", "连线", Body::Matching { pairs: vec![pair("x=1", "y=2"), pair("p→q", "r#2")] }),
        // The second of three, a word with # and one with an arrow.
        item(
            "c",
            "改错",
            Body::FindFix {
                text: "开开开，3#口，甲→乙".to_owned(),
                faults: vec![fault(1, 1, &["关"]), fault(4, 2, &["4#"]), fault(8, 3, &["乙→甲", "丙"])],
            },
        ),
        item("d", "多少？", Body::Number { from: dec("-2.5"), to: dec("-1") }),
    ];
    let bytes = export(&items, Language::Zh).unwrap();
    let again = read_with(&bytes, &[]);
    assert_eq!(told(&again.problems), [""; 0]);
    assert_eq!(again.take().unwrap(), items);
}

#[test]
fn the_template_has_an_example_of_each_kind_and_none_is_imported() {
    for language in [Language::Zh, Language::En] {
        let examples = super::super::template::examples(language);
        let kinds: Vec<ItemKind> = examples.iter().map(Item::kind).collect();
        assert_eq!(kinds, ItemKind::ALL);
        let read = read_with(&template(language).unwrap(), &[]);
        assert_eq!(read.problems.iter().map(|problem| &problem.fact).collect::<Vec<_>>(), [&Fact::NoItems]);
        assert_eq!(read.warnings.len(), 9);
        assert!(read.warnings.iter().all(|warning| warning.fact == Fact::ExampleRow));
        // With ids of their own they are items like any other.
        let renamed: Vec<Item> =
            (1..).zip(examples).map(|(at, item)| Item { id: format!("q{at}").as_str().into(), ..item }).collect();
        let read = read_with(&export(&renamed, language).unwrap(), &[]);
        assert_eq!(told(&read.problems), [""; 0]);
        assert_eq!(read.rows.len(), 9);
        let stems: Vec<&str> = read.rows.iter().map(|row| row.item.stem.as_str()).collect();
        assert_eq!(stems, renamed.iter().map(|item| item.stem.as_str()).collect::<Vec<_>>());
    }
}

#[test]
fn an_id_of_the_bank_changes_its_item() {
    let bank = safety();
    let rows = sheet(&[
        "single-07\t单选题\t禁止标志的颜色是什么？\t\t\t红色\t黄色\t蓝色\t\tA\t",
        "\t判断题\t新的一道题。\t\t\t\t\t\t\t×\t",
        "judge-01\t单选题\t改题型？\t\t\t是\t否\t\t\tA\t",
        "\t判断题\t特种作业人员必须经专门培训，取得相应资格，方可上岗作业\t\t\t\t\t\t\t√\t",
    ]);
    let read = read_with(rows.as_bytes(), &bank);
    assert_eq!(
        told(&read.problems),
        [
            "第 4 行，“编号”（A 列）：题库中编号“judge-01”是判断题。题型不能改；请换一个编号。",
            "第 5 行，“题干”（C 列）：题库中已有这道题（编号“judge-02”）。请删除这一行；若要修改，请填上这个编号。",
        ]
    );
    let changes: Vec<(&str, Change)> = read.rows.iter().map(|row| (row.item.id.as_str(), row.change)).collect();
    assert_eq!(changes, [("single-07", Change::Changed), ("true-false-001", Change::New)]);
    assert_eq!(read.take(), None);
}

#[test]
fn a_common_stem_with_other_options_is_another_question() {
    let rows = sheet(&[
        "\t单选题\t下列说法正确的是（　）。\t\t\t甲\t乙\t丙\t丁\tA\t",
        "\t单选题\t下列说法正确的是( )\t\t\t子\t丑\t寅\t卯\tA\t",
        "\t单选题\t下列说法正确的是（  ）\t\t\t丁\t丙\t乙\t甲\tD\t",
    ]);
    let read = read_with(rows.as_bytes(), &[]);
    assert_eq!(told(&read.problems), ["第 4 行，“题干”（C 列）：与第 2 行是同一道题。请删除其中一行。"]);
    assert_eq!(told(&read.warnings), ["第 3 行，“题干”（C 列）：题干与第 2 行相同，选项不同，已照常读取。请核对。"]);
}

#[test]
fn a_sheet_that_is_no_bank_is_told_what_it_lacks() {
    let read = read_with("姓名,单位\n王芳,一车间\n".as_bytes(), &[]);
    assert_eq!(told(&read.problems), ["没有找到表头。表中应有一行列标题，至少包含“题干”和“答案”。可以下载模板填写。"]);
    let read = read_with("题型,题干,答案,备注,题干\n判断题,甲,对,,\n".as_bytes(), &[]);
    assert_eq!(told(&read.problems), ["第 1 行，“题干”（E 列）：与 B 列含义相同。请只保留一列。"]);
    assert_eq!(told(&read.warnings), ["第 1 行，“备注”（D 列）：不认识这一列，没有读取。"]);
    assert_eq!(read.take(), None);
}
