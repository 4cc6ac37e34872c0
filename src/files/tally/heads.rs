//! `headcounts.csv`: `unit,heads`, as an organizer froze them (核定人数). A unit that it does not name counts by the list.

use std::collections::HashMap;

use csv::StringRecord;

use super::{
    Fault, Problem, Source,
    text::{Rows, decode, field, half_width},
};
use crate::rules::{names::UnitPath, standings::Headcounts};

pub(super) fn read(source: Source, problems: &mut Vec<Problem>) -> Headcounts {
    let mut heads = Headcounts::new();
    let Some(text) = decode(source, problems) else { return heads };
    let Some(mut rows) = Rows::open(source.name, &text, &["unit", "heads"], problems) else { return heads };
    let (unit_at, heads_at) = (rows.column("unit"), rows.column("heads"));
    let mut lines: HashMap<UnitPath, u64> = HashMap::new();
    let mut record = StringRecord::new();
    while rows.next(&mut record, problems) {
        if record.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        let line = rows.line(&record);
        let unit = UnitPath::new(field(&record, unit_at));
        if unit.as_str().is_empty() {
            problems.push(rows.problem(line, Fault::UnitMissing));
            continue;
        }
        if let Some(first_line) = lines.insert(unit.clone(), line) {
            problems.push(rows.problem(line, Fault::UnitTwice { unit: unit.to_string(), first_line }));
            continue;
        }
        let text = field(&record, heads_at);
        match half_width(text).parse::<u32>() {
            Ok(count) => drop(heads.insert(unit, count)),
            Err(_) => problems.push(rows.problem(line, Fault::Heads { text: text.to_owned() })),
        }
    }
    heads
}
