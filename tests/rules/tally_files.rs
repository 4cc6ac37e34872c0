//! What people give to `leitai tally`: encodings, spreadsheets' habits, and mistakes, all found at once.

use std::sync::Arc;

use leitai::{
    files::tally::{Fault, Problem, Source, Tally, tally, tally_with_heads},
    rules::definition::read,
    words::Language,
};

const DEFINITION: &str = r#"
format = 1
[contest]
id = "c"
title = "比赛"
[[stage]]
id = "practice"
title = "实操"
[[stage.piece]]
id = "one"
[[stage.piece]]
id = "two"
[[stage.panel]]
id = "look"
judges = 2
marks = ["face"]
[[stage.aspect]]
id = "face"
max = 10
step = "0.5"
[[stage.aspect]]
id = "undercut"
kind = "measurement"
max = 20
values = [{ id = "depth" }, { id = "length" }]
bands = [{ points = 20, when = { depth = 0, length = 0 } }, { points = 0 }]
[[stage.aspect]]
id = "safety"
kind = "deduction"
max = 10
pieces = []
[[stage.violation]]
id = "untidy"
points = -2
aspect = "safety"
[ranking]
ties = ["shared"]
"#;

fn run(entrants: Option<&[u8]>, marks: &[u8]) -> Result<Tally, Vec<Problem>> {
    let read = read(DEFINITION);
    let definition = Arc::new(read.definition.unwrap_or_else(|| panic!("{:?}", read.problems)));
    let entrants = entrants.map(|bytes| Source { name: "entrants.csv", bytes });
    tally(definition, entrants, Source { name: "marks.csv", bytes: marks }, &|_| {})
}

/// Everything that one entrant needs.
const WHOLE: &str = "entrant,stage,piece,aspect,judge,value
A,practice,one,face,J1,8.5
A,practice,one,face,J2,９．５
A,practice,two,face,J1,10
A,practice,two,face,J2,9
A,practice,one,undercut.depth,,0
A,practice,one,undercut.length,, 0
A,practice,two,undercut.depth,,0.2
A,practice,two,undercut.length,,5
A,practice,,untidy,,1
";

fn total(tally: &Tally, entrant: &str) -> String {
    let row = tally.standings.tables[0].rows.iter().find(|row| row.who.as_str() == entrant).unwrap();
    row.total.map_or_else(|| format!("{:?}", row.status), |total| total.to_string())
}

#[test]
fn full_width_digits_and_spaces_are_read() {
    // One: 9.00 + 20; two: 9.50 + 0; safety 10 − 2.
    assert_eq!(total(&run(None, WHOLE.as_bytes()).unwrap(), "A"), "46.50");
}

#[test]
fn encodings() {
    let list = "entrant,name\nA,王芳\n";
    let (gb18030, _, _) = encoding_rs::GB18030.encode(list);
    let marked = [b"\xEF\xBB\xBF".as_slice(), list.as_bytes()].concat();
    for bytes in [list.as_bytes(), &gb18030, &marked] {
        let tally = run(Some(bytes), WHOLE.as_bytes()).unwrap();
        assert_eq!(tally.person("A").unwrap().name, "王芳");
    }
}

#[test]
fn an_empty_value_is_not_marked_and_a_repeated_row_is_no_problem() {
    let marks = format!("{WHOLE}A,practice,one,face,J1,8.50\n,,,,,\nA,practice,one,face,J2,\n");
    assert_eq!(total(&run(None, marks.as_bytes()).unwrap(), "A"), "46.50");
    let marks = WHOLE.replace("A,practice,two,face,J2,9\n", "A,practice,two,face,J2,\n");
    assert_eq!(total(&run(None, marks.as_bytes()).unwrap(), "A"), "Incomplete");
    let marks = WHOLE.replace("A,practice,two,face,J2,9\n", "A,practice,two,face,J2,absent\n");
    assert_eq!(total(&run(None, marks.as_bytes()).unwrap(), "A"), "Absent");
}

#[test]
fn every_mistake_is_found_with_its_line() {
    let marks = "entrant,stage,piece,aspect,judge,value,attempt
A,practice,one,face,J1,11,
A,practice,one,face,J2,8.3,
A,practice,one,face,,8,
A,practice,,face,J1,8,
A,practice,three,face,J1,8,
A,practice,one,colour,J1,8,
A,practice,one,undercut,,0,
A,practice,one,undercut.width,,0,
A,practice,one,undercut.depth,,1e3,
A,practice,,safety,,9,
A,practice,,untidy,,some,
A,theory,,paper,,8,
B,practice,one,face,J1,8,
A,practice,one,face,J1,8,2
A,practice,two,face,J1,8,
A,practice,two,face,J1,8.5,
A,practice,two,face,J2,8,
A,practice,two,face,J3,8,
,practice,two,face,J2,8,
A,practice,two
";
    let problems = run(Some("entrant,name\nA,甲\nA,甲\n".as_bytes()), marks.as_bytes()).unwrap_err();
    let said: Vec<String> = problems.iter().map(|problem| problem.say(Language::En)).collect();
    let expected = [
        "entrants.csv:3: entrant A was listed in line 2 already; remove one",
        "marks.csv:2: 11 is above the most, 10",
        "marks.csv:3: 8.3 is between steps; they begin at 0 and are 0.5 apart",
        "marks.csv:4: \"face\" is marked by a panel; name the judge in the column judge",
        "marks.csv:5: \"face\" is marked piece by piece; name one in the column piece",
        "marks.csv:6: there is no piece \"three\"; there are one, two",
        "marks.csv:7: there is no aspect or violation \"colour\"; there are face, undercut, safety, untidy",
        "marks.csv:8: \"undercut\" has several values; write aspect.value with one of depth, length",
        "marks.csv:9: there is no value \"width\"; there are depth, length",
        "marks.csv:10: \"1e3\" is not a number; write plain digits, absent or n/a, or nothing where nothing was marked",
        "marks.csv:11: \"safety\" has no marks, only deductions; record a violation",
        "marks.csv:12: \"some\" is not a count; write a whole number",
        "marks.csv:13: there is no stage \"theory\"; there are practice",
        "marks.csv:14: B is not in the list of entrants; check the number, or add them",
        "marks.csv:15: an attempt is a whole number from 1 to 1",
        "marks.csv:17: the same mark as in line 16, with another value; keep one of them",
        "marks.csv:19: more judges for \"face\" than the 2 of its panel; check the column judge",
        "marks.csv:20: no entrant",
        "marks.csv:21: 3 fields instead of 7; check commas and quotes",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_file_without_the_columns_or_in_no_encoding() {
    let said = |marks: &[u8]| run(None, marks).unwrap_err().iter().map(|one| one.say(Language::Zh)).collect::<Vec<_>>();
    assert_eq!(said("entrant,stage,aspect,value\n".as_bytes()), ["marks.csv:1: 缺少“judge”列；请在第一行加上"]);
    assert_eq!(said(b""), ["marks.csv:1: 文件是空的；第一行应是列名"]);
    assert_eq!(
        said(b"entrant,stage,aspect,judge,value\n\xFF\xFF\n"),
        ["marks.csv:2: 这里的文字既不是 UTF-8，也不是 GB18030；请另存为“CSV UTF-8”"]
    );
}

/// 一厂 has two on the list, of whom one has 8 points: 8 × 1/2; of four heads as frozen 8 × 1/4. Of 二厂's five nobody
/// came.
#[test]
fn heads_may_be_frozen_in_a_file_of_their_own() {
    let text = r#"
format = 1
[contest]
id = "units"
title = "单位"
[[stage]]
id = "quiz"
[[stage.aspect]]
id = "points"
kind = "imported"
max = 10
from-max = 10
[[table]]
id = "factories"
of = "units"
level = 1
score = "mean"
required-percent = 100
[ranking]
ties = ["shared"]
"#;
    let read = read(text);
    let definition = Arc::new(read.definition.unwrap_or_else(|| panic!("{:?}", read.problems)));
    let list =
        Source { name: "entrants.csv", bytes: "entrant,name,unit\nA,王芳,一厂\nB,张伟,一厂\n".as_bytes() };
    let marks = Source { name: "marks.csv", bytes: b"entrant,stage,aspect,judge,value\nA,quiz,points,,8\n" };
    let heads = |text: &'static str| Some(Source { name: "heads.csv", bytes: text.as_bytes() });
    let tally = |heads| tally_with_heads(definition.clone(), Some(list), marks, heads, &|_| {});
    let row = |tally: &Tally, unit: &str| {
        let table = tally.standings.tables.last().unwrap();
        let row = table.rows.iter().find(|row| row.who.as_str() == unit)?.clone();
        Some((row.total.map(|total| total.normalize().to_string()), row.heads.unwrap().count))
    };
    let listed = tally(None).unwrap();
    assert_eq!((row(&listed, "一厂"), row(&listed, "二厂")), (Some((Some("4".to_owned()), 2)), None));
    let frozen = tally(heads("heads,unit\n４,一厂\n5,二厂\n")).unwrap();
    assert_eq!(row(&frozen, "一厂"), Some((Some("2".to_owned()), 4)));
    assert_eq!(row(&frozen, "二厂"), Some((None, 5)));
    let faults: Vec<(u64, Fault)> = tally(heads("unit,heads\n一厂,四\n,3\n一厂,4\n"))
        .unwrap_err()
        .into_iter()
        .map(|problem| (problem.line, problem.fault))
        .collect();
    let twice = Fault::UnitTwice { unit: "一厂".to_owned(), first_line: 2 };
    assert_eq!(faults, [(2, Fault::Heads { text: "四".to_owned() }), (3, Fault::UnitMissing), (4, twice)]);
}
