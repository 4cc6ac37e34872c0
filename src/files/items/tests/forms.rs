//! What people write into the cells of a key.

use super::*;

/// The body of one row.
fn body(row: &str) -> Body {
    let read = read_with(sheet(&[row]).as_bytes(), &[]);
    assert_eq!(told(&read.problems), [""; 0], "{row}");
    read.take().unwrap().remove(0).body
}

#[test]
fn letters_in_any_dress() {
    for key in ["ABD", "A,B,D", "a、b、d", "Ａ Ｂ Ｄ", "DBA", "A；B；D"] {
        let body = body(&format!("\t多选题\t题\t\t\t甲\t乙\t丙\t丁\t{key}\t"));
        assert_eq!(body, Body::Multiple { options: list(&["甲", "乙", "丙", "丁"]), right: vec![0, 1, 3] }, "{key}");
    }
    for kind in ["单选题", "单选", "单项选择题", "single choice", "选择题"] {
        assert_eq!(
            body(&format!("\t{kind}\t题\t\t\t甲\t乙\t\t\tb\t")),
            Body::Single { options: list(&["甲", "乙"]), right: 1 }
        );
    }
}

#[test]
fn right_and_wrong_in_any_dress() {
    for (key, right) in [
        ("对", true),
        ("√", true),
        ("正确", true),
        ("T", true),
        ("true", true),
        ("✓", true),
        ("TRUE", true),
        ("错", false),
        ("×", false),
        ("错误", false),
        ("F", false),
        ("x", false),
        ("Ｘ", false),
    ] {
        assert_eq!(body(&format!("\t判断题\t题\t\t\t\t\t\t\t{key}\t")), Body::TrueFalse { right }, "{key}");
    }
    // Some banks give the two words as options.
    assert_eq!(body("\t判断题\t题\t\t\t正确\t错误\t\t\tB\t"), Body::TrueFalse { right: false });
    assert_eq!(body("\t判断题\t题\t\t\t错误\t正确\t\t\tB\t"), Body::TrueFalse { right: true });
}

#[test]
fn numbers_in_any_dress() {
    for (key, from, to) in [
        ("50", "50", "50"),
        ("５０±２", "48", "52"),
        ("50+-0.5", "49.5", "50.5"),
        ("48~52", "48", "52"),
        ("48 ～ 52", "48", "52"),
        ("48至52", "48", "52"),
        ("-5~-1", "-5", "-1"),
        ("−3", "-3", "-3"),
    ] {
        let body = body(&format!("\t数值题\t题\t\t\t\t\t\t\t{key}\t"));
        assert_eq!(body, Body::Number { from: dec(from), to: dec(to) }, "{key}");
    }
}

#[test]
fn gaps_in_any_dress() {
    let expected = Body::FillIn { blanks: vec![list(&["甲", "乙"]), list(&["丙"])], any_order: false };
    for (stem, key) in [
        ("先____后____", "甲|乙；丙"),
        ("先__后________", "甲｜乙;丙；"),
        ("先＿＿＿后____", " 甲 | 乙 ； 丙 "),
        ("先（　）后( )", "甲|乙；丙"),
    ] {
        let read = read_with(sheet(&[&format!("\t填空题\t{stem}\t\t\t\t\t\t\t{key}\t")]).as_bytes(), &[]);
        let item = read.take().unwrap().remove(0);
        assert_eq!((item.stem.as_str(), &item.body), ("先____后____", &expected), "{stem}");
    }
    let Body::FillIn { any_order, .. } = body("\t填空题\t____、____\t\t\t\t\t\t\t不分顺序：甲；乙\t")
    else {
        panic!()
    };
    assert!(any_order);
}

#[test]
fn places_in_any_dress() {
    let fault = |from, length, accepted: &[&str]| Fault { from, length, accepted: list(accepted) };
    let faults = |key: &str| {
        let Body::FindFix { faults, .. } = body(&format!("\t查找改错题\t题\t可以走可以停\t\t\t\t\t\t{key}\t"))
        else {
            panic!()
        };
        faults
    };
    assert_eq!(faults("停→跑|飞；走->行"), [fault(2, 1, &["行"]), fault(5, 1, &["跑", "飞"])]);
    assert_eq!(faults("可以#2→不可"), [fault(3, 2, &["不可"])]);
    assert_eq!(faults("可以走=>不可以走"), [fault(0, 3, &["不可以走"])]);
    let regions = |key: &str| {
        let Body::Hazards { regions, .. } = body(&format!("\t隐患识别\t题\t图\twelding.svg\t\t\t\t\t{key}\t"))
        else {
            panic!()
        };
        regions
    };
    let region = |shape, title: &str| Region { shape, title: title.to_owned() };
    let polygon = Shape::Polygon { points: vec![(dec("1"), dec("2")), (dec("3"), dec("2")), (dec("3"), dec("4.5"))] };
    let rectangle = Shape::Rectangle { x: dec("10"), y: dec("61"), width: dec("12.5"), height: dec("28") };
    assert_eq!(
        regions("矩形 10，61，12.5，28 两瓶 太近；多边形 1,2 3,2 3,4.5 没有护栏"),
        [region(rectangle, "两瓶 太近"), region(polygon, "没有护栏"),]
    );
}

#[test]
fn numbers_of_a_spreadsheet_are_read_as_they_look() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let page = workbook.add_worksheet();
    for (at, title) in (0_u16..).zip(["题型", "题干", "答案", "分数"]) {
        page.write_string(0, at, title).unwrap();
    }
    page.write_string(1, 0, "数值题").unwrap();
    page.write_string(1, 1, "多少？").unwrap();
    page.write_number(1, 2, 19.5).unwrap();
    page.write_number(1, 3, 2).unwrap();
    page.write_string(2, 0, "判断题").unwrap();
    page.write_string(2, 1, "对吗？").unwrap();
    page.write_boolean(2, 2, false).unwrap();
    let items = read_with(&workbook.save_to_buffer().unwrap(), &[]).take().unwrap();
    assert_eq!(items[0].body, Body::Number { from: dec("19.5"), to: dec("19.5") });
    assert_eq!((items[0].points, &items[1].body), (Some(dec("2")), &Body::TrueFalse { right: false }));
}
