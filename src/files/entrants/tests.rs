//! Lists as people send them, as CSV text; what comes out is known from the text itself.

use super::*;
use crate::rules::{
    definition::{
        self,
        model::{Eligibility, EligibilityTest, EntrantRules, Titled},
    },
    names::Id,
};

fn titled(id: &str, title: &str) -> Titled {
    Titled { id: id.into(), title: title.to_owned() }
}

fn contest() -> Definition {
    let text = include_str!("../../../contest-configs/skills-welding.toml");
    let mut definition = definition::read(text).definition.unwrap();
    definition.events = vec![titled("welder", "焊工"), titled("fitter", "钳工")];
    definition.groups = Vec::new();
    let eligibility = |id: &str, title: &str, test| Eligibility { id: id.into(), title: title.to_owned(), test };
    definition.entrants = EntrantRules {
        values: vec![titled("height", "身高")],
        eligibilities: vec![
            eligibility("under-35", "35岁以下", EligibilityTest::Under { years: 35, date: "2026-05-04".to_owned() }),
            eligibility("women", "女职工", EligibilityTest::Women),
            eligibility("novice", "首次参赛", EligibilityTest::Column),
        ],
        ..EntrantRules::default()
    };
    definition
}

fn units() -> Vec<UnitPath> {
    ["集团", "集团/一公司", "集团/一公司/焊接车间", "集团/二公司", "集团/二公司/焊接车间"].map(UnitPath::from).to_vec()
}

fn read(text: &str) -> Imported {
    import(text.as_bytes(), Known { definition: &contest(), units: &units(), registered: &BTreeSet::new() }).unwrap()
}

/// Row, letters, fact.
fn facts(problems: &[RowProblem]) -> Vec<(u32, &str, Fact)> {
    let one = |one: &'_ RowProblem| (one.row.unwrap_or(0), one.fact.clone());
    let letters = problems.iter().map(|one| one.column.as_ref().map_or("", |(_, letters)| letters));
    problems.iter().map(one).zip(letters).map(|((row, fact), letters)| (row, letters, fact)).collect()
}

#[test]
fn a_whole_list_below_title_lines() {
    let imported = read(
        "某市职工焊工技能大赛,,,,,,,,\n\
         报名截止：2026年4月1日,,,,,,,,\n\
         序号,*选手编号,姓 名,所在单位（全称）,竞赛工种,出生日期,性别,不占名额,身高\n\
         1,007123,王　芳,二公司/焊接车间,焊工,1991年5月4日,女,,１６５．５\n\
         2,007124,阿卜杜·热合曼,集团 > 一公司,fitter,1991/5/5,男,是,180\n",
    );
    assert_eq!(imported.problems, []);
    let [wang, abdul] = imported.rows.as_slice() else { panic!("{imported:?}") };
    assert_eq!((wang.row, wang.entrant.as_str(), wang.person.name.as_str()), (4, "007123", "王芳"));
    assert_eq!(wang.facts.unit, Some("集团/二公司/焊接车间".into()));
    assert_eq!(wang.facts.event, Some("welder".into()));
    assert_eq!(wang.facts.values[&Id::new("height")].to_string(), "165.5");
    assert!(!wang.facts.outside_quota);
    // Thirty-five on the very day, so not under; the next one is a day younger.
    assert_eq!(wang.facts.eligibilities, [Id::new("women")]);
    assert_eq!(abdul.facts.eligibilities, [Id::new("under-35")]);
    assert_eq!(abdul.person.name, "阿卜杜·热合曼");
    assert_eq!(abdul.facts.event, Some("fitter".into()));
    assert!(abdul.facts.outside_quota);
    assert_eq!(abdul.person.birth_date, Some("1991-05-05".parse().unwrap()));
}

#[test]
fn every_problem_of_a_file_with_its_place() {
    let imported = read(
        "entrant,name,unit,event,birth-date,gender,quota,身高,首次参赛\n\
         W1,王芳,三公司,焊工,1991-05-04,女,yes,95分,是\n\
         W1,,焊接车间,木工,4/5/91,未知,maybe,abc,也许\n\
         W 3,张\u{202e}三,,,,,,,\n\
         W4,李\u{e86b},集团,焊工,1991-02-30,男,,1e3,\n",
    );
    let known = || vec!["焊工".to_owned(), "钳工".to_owned()];
    let text = |text: &str| text.to_owned();
    let candidates = ["集团/一公司/焊接车间", "集团/二公司/焊接车间"].map(str::to_owned).to_vec();
    let found = facts(&imported.problems);
    let expected = [
        (2, "C", Fact::Unit(NotAUnit::Unknown { text: text("三公司"), near: vec![] })),
        (2, "H", Fact::NotANumber { text: text("95分"), perhaps: Some(text("95")) }),
        (3, "B", Fact::Missing),
        (3, "A", Fact::EntrantTwice { entrant: text("W1"), first_row: 2 }),
        (3, "F", Fact::NotAGender { text: text("未知") }),
        (3, "E", Fact::NotADate { text: text("4/5/91") }),
        (3, "C", Fact::Unit(NotAUnit::Ambiguous { text: text("焊接车间"), candidates })),
        (3, "D", Fact::UnknownEvent { text: text("木工"), known: known() }),
        (3, "G", Fact::NotYesOrNo { text: text("maybe") }),
        (3, "H", Fact::NotANumber { text: text("abc"), perhaps: None }),
        (3, "I", Fact::NotYesOrNo { text: text("也许") }),
        (4, "B", Fact::Invisible { code: 0x202e }),
        (4, "A", Fact::NotAnEntrantNumber { text: text("W 3") }),
        (4, "D", Fact::Missing),
        (5, "B", Fact::PrivateUse { code: 0xe86b }),
        (5, "E", Fact::NotADate { text: text("1991-02-30") }),
        (5, "H", Fact::NotANumber { text: text("1e3"), perhaps: Some(text("13")) }),
    ];
    for one in &expected {
        assert!(found.contains(one), "{one:?} in {found:#?}");
    }
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    assert_eq!(imported.rows, []);
    let said = imported.problems[0].say(crate::words::Language::Zh);
    assert_eq!(said, "第 2 行，“unit”（C 列）：单位“三公司”不在单位树中。请先添加单位，或改正名称。");
}

#[test]
fn dates_as_people_write_them() {
    for text in ["2026-05-04", "2026/5/4", "2026.5.4", "2026年5月4日", "20260504", "２０２６－０５－０４"]
    {
        assert_eq!(
            cells::date(&super::super::sheets::Cell::Text(text.to_owned())),
            Ok("2026-05-04".parse().unwrap()),
            "{text}"
        );
    }
}

#[test]
fn numbers_are_assigned_where_the_list_has_none() {
    let registered = BTreeSet::from([EntrantId::new("001")]);
    let definition = Definition { events: Vec::new(), ..contest() };
    let known = Known { definition: &definition, units: &[], registered: &registered };
    let imported = import("姓名\n王芳\n李强\n".as_bytes(), known).unwrap();
    let ids: Vec<&str> = imported.rows.iter().map(|row| row.entrant.as_str()).collect();
    assert_eq!(ids, ["002", "003"]);
    // The employee's number serves where it is the only one, and a known one is changed.
    let imported = import("工号,姓名\n001,王芳\n".as_bytes(), known).unwrap();
    assert!(imported.rows[0].registered);
    assert_eq!(imported.rows[0].person.number.as_deref(), Some("001"));
}

#[test]
fn warnings_do_not_stop_an_import() {
    let imported = read("编号,姓名,工种,爱好\nA,王芳,焊工,书法\nB,王芳,焊工,\n");
    assert!(imported.is_clean());
    let found = facts(&imported.warnings);
    assert!(found.contains(&(1, "D", Fact::ColumnIgnored)));
    assert!(found.contains(&(3, "B", Fact::SameName { first_row: 2 })));
    assert!(found.contains(&(2, "", Fact::Undecided { eligibility: "35岁以下".to_owned() })));
    assert_eq!(imported.rows.len(), 2);
}

#[test]
fn lists_without_a_heading_or_with_one_twice() {
    assert_eq!(facts(&read("王芳,一公司\n李强,二公司\n").problems), [(0, "", Fact::NoHeader)]);
    assert_eq!(facts(&read("编号,姓名\n").problems), [(1, "", Fact::NoRows)]);
    let twice = read("编号,姓名,选手编号,工种\n1,王芳,2,焊工\n");
    assert_eq!(facts(&twice.problems), [(1, "C", Fact::ColumnTwice { other: "A".to_owned() })]);
}

#[test]
fn a_stray_quotation_mark_is_found() {
    let lines = (0..100).map(|row| format!("{row},选手{row},焊工\n")).collect::<Vec<_>>().concat();
    let imported = read(&format!("编号,姓名,工种\nX,\"王芳,焊工\n{lines}"));
    assert!(imported.problems.iter().any(|one| matches!(one.fact, Fact::TooLong { .. })), "{:?}", imported.problems);
}
