//! The other kinds, faces, and what does not fit.

use super::{
    super::{Correction, Face, Fault, Flaw, Point, Region, Shape, Unfit},
    *,
};

fn single() -> Body {
    Body::Single { options: texts(&["甲", "乙", "丙", "丁"]), right: 1 }
}

#[test]
fn whole_or_nothing() {
    let between = Body::Number { from: number("100"), to: number("120") };
    let ordering = Body::Ordering { options: texts(&["丙", "甲", "乙"]), right: vec![1, 2, 0] };
    let cases = [
        (single(), Answer::Single(1), true),
        (single(), Answer::Single(0), false),
        (Body::TrueFalse { right: false }, Answer::TrueFalse(false), true),
        (Body::TrueFalse { right: false }, Answer::TrueFalse(true), false),
        // Bounds belong to it.
        (between.clone(), Answer::Number(number("100")), true),
        (between.clone(), Answer::Number(number("120.00")), true),
        (between, Answer::Number(number("120.01")), false),
        (ordering.clone(), Answer::Ordering(vec![1, 2, 0]), true),
        (ordering.clone(), Answer::Ordering(vec![1, 0, 2]), false),
        // Unfinished is wrong, not blank.
        (ordering, Answer::Ordering(vec![1, 2]), false),
        // An answer to something else.
        (single(), Answer::TrueFalse(true), false),
    ];
    for (body, answer, right) in cases {
        let marked = marked(body, &answer, &worth("2"));
        let points = if right { "2" } else { "0" };
        assert_eq!((marked.right, marked.points, marked.blank), (right, number(points), false), "{answer:?}");
    }
}

#[test]
fn blank_is_not_wrong() {
    let blanks = Body::FillIn { blanks: vec![texts(&["a"])], any_order: false };
    for (body, answer) in [
        (single(), None),
        (Body::Multiple { options: texts(&["甲", "乙"]), right: vec![0] }, Some(Answer::Multiple([].into()))),
        (blanks, Some(Answer::FillIn(texts(&["  "])))),
        (Body::Matching { pairs: Vec::new() }, Some(Answer::Matching([].into()))),
        (Body::FindFix { text: "a".to_owned(), faults: Vec::new() }, Some(Answer::FindFix(Vec::new()))),
    ] {
        let marked = mark(&item(body), &[], answer.as_ref(), &Worth { floor: number("-1"), ..worth("2") }).unwrap();
        assert_eq!((marked.blank, marked.right, marked.points), (true, false, Decimal::ZERO), "{answer:?}");
    }
}

/// Three gaps for 3 points: one each.
#[test]
fn gaps_take_what_is_accepted() {
    let blanks = vec![texts(&["预防为主"]), texts(&["两", "二", "2"]), texts(&["AED"])];
    let body = |any_order| Body::FillIn { blanks: blanks.clone(), any_order };
    let cases: [(bool, &[&str], &str); 8] = [
        (false, &["预防为主", "二", "AED"], "3"),
        // Full-width, small letters, spaces.
        (false, &["预防 为主", "２", "ａed "], "3"),
        (false, &["二", "预防为主", "AED"], "1"),
        (false, &["", "2", ""], "1"),
        (false, &["预防为主"], "1"),
        (true, &["aed", "预防为主", "2"], "3"),
        // The same word serves one gap only.
        (true, &["2", "二", "两"], "1"),
        (true, &["错", "错", "错"], "0"),
    ];
    for (any_order, said, points) in cases {
        let marked = marked(body(any_order), &Answer::FillIn(texts(said)), &worth("3"));
        assert_eq!(marked.points, number(points), "{any_order} {said:?}");
        assert_eq!(marked.right, points == "3", "{any_order} {said:?}");
    }
}

/// Gap 1 takes a or b, gap 2 takes only a. "a" in the first gap must make way for "b".
#[test]
fn gaps_without_order_serve_as_many_as_can_be() {
    let body = Body::FillIn { blanks: vec![texts(&["a", "b"]), texts(&["a"])], any_order: true };
    assert_eq!(marked(body, &Answer::FillIn(texts(&["a", "b"])), &worth("2")).points, number("2"));
}

/// Four pairs for 2 points: 0.5 each. Right sides by their characters: 交 U+4EA4, 急 U+6025, 报 U+62A5, 火 U+706B;
/// the order shows them backwards: 火警 0, 报警 1, 急救 2, 交通事故 3.
#[test]
fn pairs_count_one_by_one() {
    let pairs = [("119", "火警"), ("120", "急救"), ("110", "报警"), ("122", "交通事故")];
    let pairs = pairs.map(|(left, right)| (left.to_owned(), right.to_owned())).to_vec();
    let order = [3, 2, 1, 0];
    for (said, points) in [
        (vec![(0, 0), (1, 2), (2, 1), (3, 3)], "2"),
        (vec![(0, 0), (1, 2)], "1"),
        (vec![(0, 0), (1, 1), (2, 2), (3, 3)], "1"),
        (vec![(0, 3)], "0"),
    ] {
        let answer = Answer::Matching(said.into_iter().collect());
        let marked = mark(&item(Body::Matching { pairs: pairs.clone() }), &order, Some(&answer), &worth("2")).unwrap();
        assert_eq!(marked.points, number(points), "{answer:?}");
    }
}

/// A paper draws an order without knowing the key; so the same order shows the same face.
#[test]
fn matchings_that_differ_in_their_keys_have_equal_faces() {
    let body = |rights: [&str; 3]| Body::Matching {
        pairs: ["红", "黄", "蓝"]
            .into_iter()
            .zip(rights)
            .map(|(left, right)| (left.to_owned(), right.to_owned()))
            .collect(),
    };
    let face = |rights| Face::new(&item(body(rights)), &[2, 0, 1], 0);
    assert_eq!(face(["禁止", "警告", "指令"]), face(["指令", "禁止", "警告"]));
}

fn rules_of_fire() -> Body {
    // 0123456789…: 间距不得小于2米，乙炔瓶卧放使用。
    let text = "间距不得小于2米，乙炔瓶卧放使用。".to_owned();
    let faults = vec![
        Fault { from: 6, length: 2, accepted: texts(&["5米", "五米"]) },
        Fault { from: 12, length: 2, accepted: texts(&["直立"]) },
    ];
    Body::FindFix { text, faults }
}

type Said<'a> = &'a [(usize, usize, &'a str)];

fn corrections(said: Said<'_>) -> Answer {
    let correction = |(from, length, text): &(usize, usize, &str)| Correction {
        from: *from,
        length: *length,
        text: (*text).to_owned(),
    };
    Answer::FindFix(said.iter().map(correction).collect())
}

/// Two faults for 4 points: 2 each; a place marked in vain costs half of one, 1 point.
#[test]
fn a_fault_is_mended_when_the_text_reads_right() {
    let worth = Worth { wrong_place: number("0.5"), ..worth("4") };
    let cases: [(Said<'_>, &str); 8] = [
        (&[(6, 2, "5米"), (12, 2, "直立")], "4"),
        // One character is enough, more do no harm.
        (&[(6, 1, "5"), (9, 7, "乙炔瓶直立使用")], "4"),
        (&[(6, 2, "５ 米")], "2"),
        // The right place, the wrong word.
        (&[(6, 2, "3米"), (12, 2, "直立")], "2"),
        // In vain: 2 − 1.
        (&[(6, 2, "5米"), (0, 2, "距离")], "1"),
        (&[(0, 2, "距离"), (9, 3, "氧气瓶")], "0"),
        // Found twice is found once.
        (&[(6, 1, "5"), (7, 1, "尺")], "2"),
        // Below nothing is nothing: 2 − 3.
        (&[(6, 2, "5米"), (0, 1, "a"), (1, 1, "b"), (2, 1, "c")], "0"),
    ];
    for (said, points) in cases {
        let marked = marked(rules_of_fire(), &corrections(said), &worth);
        assert_eq!(marked.points, number(points), "{said:?}");
        assert_eq!(marked.right, points == "4", "{said:?}");
    }
}

fn workshop() -> Body {
    let rectangle = Shape::Rectangle { x: number("10"), y: number("10"), width: number("20"), height: number("10") };
    // A picture twice as wide as high: 5 % of the width are 10 % of the height.
    let circle = Shape::Circle { x: number("60"), y: number("50"), radius: number("5"), ratio: number("2") };
    let triangle = [("80", "80"), ("100", "80"), ("80", "100")].map(|(x, y)| (number(x), number(y)));
    let regions = [rectangle, circle, Shape::Polygon { points: triangle.to_vec() }];
    Body::Hazards {
        description: "车间".to_owned(),
        regions: regions.into_iter().map(|shape| Region { shape, title: "隐患".to_owned() }).collect(),
    }
}

fn clicks(points: &[(&str, &str)]) -> Answer {
    Answer::Hazards(points.iter().map(|(x, y)| Point { x: number(x), y: number(y) }).collect())
}

/// Three hazards for 3 points; a wrong click costs half a point.
#[test]
fn clicks_find_hazards_to_their_borders() {
    let worth = Worth { wrong_place: number("0.5"), ..worth("3") };
    let cases: [(&[(&str, &str)], &str); 9] = [
        (&[("10", "10"), ("60", "50"), ("81", "81")], "3"),
        // Corners and borders belong to it.
        (&[("30", "20")], "1"),
        (&[("30.01", "20")], "0"),
        (&[("65", "50")], "1"),
        (&[("60", "60")], "1"),
        (&[("60", "60.1")], "0"),
        // On the long side of the triangle, and beyond it: 1 − 0.5.
        (&[("90", "90"), ("90", "91")], "0.5"),
        // The same hazard twice is once, and not wrong.
        (&[("11", "11"), ("12", "12")], "1"),
        (&[("0", "0"), ("1", "1"), ("2", "2")], "0"),
    ];
    for (said, points) in cases {
        assert_eq!(marked(workshop(), &clicks(said), &worth).points, number(points), "{said:?}");
    }
}

/// One hazard from 0 to 10, one from 5 to 15 across: a click on both and one on the first alone find two, whichever
/// came first; three clicks on the first alone find one, and none of them is wrong.
#[test]
fn the_order_of_clicks_does_not_matter() {
    let region = |x: &str| Region {
        shape: Shape::Rectangle { x: number(x), y: number("0"), width: number("10"), height: number("10") },
        title: "隐患".to_owned(),
    };
    let overlapping = || Body::Hazards { description: "车间".to_owned(), regions: vec![region("0"), region("5")] };
    let worth = Worth { wrong_place: number("0.5"), ..worth("2") };
    for (said, points) in [
        ([("7", "5"), ("2", "5")].as_slice(), "2"),
        (&[("2", "5"), ("7", "5")], "2"),
        (&[("7", "5"), ("6", "5")], "2"),
        (&[("1", "5"), ("2", "5"), ("3", "5")], "1"),
        // 2 − 0.5.
        (&[("7", "5"), ("2", "5"), ("20", "5")], "1.5"),
    ] {
        assert_eq!(marked(overlapping(), &clicks(said), &worth).points, number(points), "{said:?}");
    }
}

/// Copied text brings characters along that nobody sees.
#[test]
fn what_nobody_sees_is_not_wrong() {
    let body = || Body::FillIn { blanks: vec![texts(&["预防为主"])], any_order: false };
    for said in ["预防\u{200b}为主", "\u{feff}预防为主", "预防\u{ad}为主\u{200e}"] {
        assert!(marked(body(), &Answer::FillIn(texts(&[said])), &worth("2")).right, "{said:?}");
    }
    assert!(!marked(body(), &Answer::FillIn(texts(&["预防为"])), &worth("2")).right);
}

/// Everything that differs here is in keys alone.
#[test]
fn faces_tell_nothing_of_keys() {
    let options = texts(&["甲", "乙", "丙", "丁"]);
    let pairs = [
        (single(), Body::Single { options: options.clone(), right: 3 }),
        (
            Body::Multiple { options: options.clone(), right: vec![0] },
            Body::Multiple { options: options.clone(), right: vec![1, 2, 3] },
        ),
        (Body::TrueFalse { right: true }, Body::TrueFalse { right: false }),
        (
            Body::FillIn { blanks: vec![texts(&["一"])], any_order: false },
            Body::FillIn { blanks: vec![texts(&["二", "三"])], any_order: true },
        ),
        (Body::Number { from: number("1"), to: number("2") }, Body::Number { from: number("100"), to: number("100") }),
        (
            Body::Ordering { options: options.clone(), right: vec![0, 1, 2, 3] },
            Body::Ordering { options, right: vec![3, 1, 0, 2] },
        ),
        (
            rules_of_fire(),
            Body::FindFix {
                text: "间距不得小于2米，乙炔瓶卧放使用。".to_owned(),
                faults: vec![Fault { from: 0, length: 1, accepted: texts(&["x"]) }],
            },
        ),
        (workshop(), Body::Hazards { description: "车间".to_owned(), regions: Vec::new() }),
    ];
    for (one, other) in pairs {
        let json = |body| serde_json::to_string(&Face::new(&item(body), &[2, 0], 10)).unwrap();
        assert_eq!(json(one), json(other));
    }
}

#[test]
fn a_face_is_in_the_order_of_its_paper() {
    let face = serde_json::to_value(Face::new(&item(single()), &[2, 0], 10)).unwrap();
    assert_eq!(face["options"], serde_json::json!(["丙", "甲", "乙", "丁"]));
    assert_eq!(face["kind"], "single");
}

#[test]
fn answers_that_do_not_fit_are_refused() {
    let cases = [
        (single(), Answer::Single(4), Unfit::NoSuchPlace { at: 4 }),
        (single(), Answer::TrueFalse(true), Unfit::OtherKind),
        (
            Body::Ordering { options: texts(&["甲", "乙"]), right: vec![0, 1] },
            Answer::Ordering(vec![1, 1]),
            Unfit::Twice { at: 1 },
        ),
        (
            Body::FillIn { blanks: vec![texts(&["a"])], any_order: false },
            Answer::FillIn(texts(&["a", "b"])),
            Unfit::TooMany { most: 1 },
        ),
        (rules_of_fire(), corrections(&[(16, 3, "x")]), Unfit::Misplaced { at: 0 }),
        (rules_of_fire(), corrections(&[(0, 3, "x"), (2, 1, "y")]), Unfit::Misplaced { at: 1 }),
        (workshop(), clicks(&[("101", "5")]), Unfit::Misplaced { at: 0 }),
        (workshop(), clicks(&[("1", "5"), ("1", "5"), ("1", "5")]), Unfit::TooMany { most: 2 }),
    ];
    for (body, answer, unfit) in cases {
        assert_eq!(answer.fits(&Face::new(&item(body), &[], 2)), Err(unfit), "{answer:?}");
    }
    let long = Answer::FillIn(vec!["字".repeat(201)]);
    let body = Body::FillIn { blanks: vec![texts(&["a"])], any_order: false };
    assert_eq!(long.fits(&Face::new(&item(body), &[], 2)), Err(Unfit::TooLong { most: 200 }));
}

#[test]
fn answers_are_written_as_programs_expect() {
    for (answer, json) in [
        (Answer::Single(2), r#"{"single":2}"#),
        (Answer::Multiple([0, 3].into()), r#"{"multiple":[0,3]}"#),
        (Answer::TrueFalse(true), r#"{"true-false":true}"#),
        (Answer::FillIn(texts(&["预防为主"])), r#"{"fill-in":["预防为主"]}"#),
        (Answer::Number(number("19.5")), r#"{"number":"19.5"}"#),
        (Answer::Matching([(0, 2)].into()), r#"{"matching":{"0":2}}"#),
        (corrections(&[(12, 2, "5米")]), r#"{"find-fix":[{"from":12,"length":2,"text":"5米"}]}"#),
        (clicks(&[("12.5", "40")]), r#"{"hazards":[{"x":"12.5","y":"40"}]}"#),
    ] {
        assert_eq!(serde_json::to_string(&answer).unwrap(), json);
        assert_eq!(serde_json::from_str::<Answer>(json).unwrap(), answer);
    }
}

#[test]
fn flaws_are_found_all_at_once() {
    assert_eq!(item(single()).flaws(), []);
    let bad =
        Item { stem: " ".to_owned(), ..item(Body::Multiple { options: texts(&["甲", "甲", ""]), right: vec![5] }) };
    assert_eq!(
        bad.flaws(),
        [
            Flaw::StemMissing,
            Flaw::OptionTwice { text: "甲".to_owned() },
            Flaw::EmptyOption { at: 2 },
            Flaw::KeyOutOfRange { at: 5 },
        ]
    );
    let faults = vec![
        Fault { from: 3, length: 2, accepted: texts(&["x"]) },
        Fault { from: 4, length: 1, accepted: texts(&["x"]) },
        Fault { from: 6, length: 1, accepted: texts(&["2"]) },
    ];
    let text = "间距不得小于2米".to_owned();
    let flaws = item(Body::FindFix { text, faults }).flaws();
    assert_eq!(flaws, [Flaw::FaultMisplaced { at: 1 }, Flaw::FaultChangesNothing { at: 2 }]);
}
