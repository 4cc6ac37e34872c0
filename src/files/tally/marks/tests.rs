use std::{fmt::Write as _, sync::Arc};

use super::*;
use crate::rules::{definition::read as read_definition, field::Value};

const DEFINITION: &str = r#"
format = 1
[contest]
id = "parts"
title = "parts"
[[stage]]
id = "practice"
[[stage.panel]]
id = "look"
judges = 2
[[stage.aspect]]
id = "face"
max = 10
step = "0.5"
[ranking]
ties = ["shared"]
"#;

fn plan() -> Plan {
    Plan::new(Arc::new(read_definition(DEFINITION).definition.unwrap()))
}

/// Marks by entrant and judge, and problems by line.
type Seen = (Vec<(String, Vec<(String, Value)>)>, Vec<(u64, Fault)>);

fn seen(text: &str, parts: usize) -> Seen {
    let (mut listed, mut problems) = (None, Vec::new());
    let source = Source { name: "marks.csv", bytes: text.as_bytes() };
    let marks = read_in_parts(&plan(), source, parts, &mut listed, &mut problems, &|_| {});
    let own = |(at, listed): (usize, Listed)| {
        let sheet = marks.sheet(at);
        let named = sheet.cells.iter().map(|mark| (sheet.judge(mark).unwrap().to_string(), mark.value));
        (listed.name, named.collect())
    };
    let problems = problems.into_iter().map(|problem| (problem.line, problem.fault)).collect();
    (listed.unwrap_or_default().into_iter().enumerate().map(own).collect(), problems)
}

/// 40 entrants in no order, two judges; some marks come twice and differ.
fn rows(line_end: &str) -> String {
    let mut text = format!("entrant,stage,aspect,judge,value{line_end}");
    for at in 0..80 {
        let (entrant, judge) = ((at * 7) % 40, if at % 3 == 0 { "J10" } else { "J2" });
        let judge = if at >= 40 { if judge == "J2" { "J10" } else { "J2" } } else { judge };
        let _ = write!(text, "E{entrant:02},practice,face,{judge},{}.5{line_end}", at % 9);
    }
    text
}

#[test]
fn parts_make_no_difference() {
    for line_end in ["\n", "\r\n"] {
        let text = rows(line_end);
        let whole = seen(&text, 1);
        assert_eq!(whole.0.len(), 40);
        for parts in [2, 3, 7, 200] {
            assert_eq!(seen(&text, parts), whole, "{parts} {line_end:?}");
        }
    }
}

#[test]
fn problems_name_the_lines_of_the_file() {
    // Lines 2 to 6: a good mark, nothing, an unknown aspect, too much, and one that contradicts line 2.
    let text = "entrant,stage,aspect,judge,value\nA,practice,face,J1,5\n\nB,practice,back,J1,5\nB,practice,face,J1,11\n\
                A,practice,face,J1,6\n";
    for text in [text.to_owned(), text.replace('\n', "\r\n")] {
        for parts in 1..8 {
            let (_, problems) = seen(&text, parts);
            let lines: Vec<u64> = problems.iter().map(|(line, _)| *line).collect();
            assert_eq!(lines, [4, 5, 6], "{parts} {text:?}");
            assert_eq!(problems[2].1, Fault::Differs { first_line: 2 });
        }
    }
}

#[test]
fn what_is_quoted_stays_whole() {
    let text = "entrant,stage,aspect,judge,value\n\"A\nB\",practice,face,J1,5\n\"A\nB\",practice,face,J2,6\n";
    assert_eq!(parts(text, 4), [text]);
    let marks = [("J1".to_owned(), Value::Number(5.into())), ("J2".to_owned(), Value::Number(6.into()))];
    assert_eq!(seen(text, 4), (vec![("A\nB".to_owned(), marks.to_vec())], vec![]));
}
