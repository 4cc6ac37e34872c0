//! Small contests in a few lines: a definition without its head, and marks as words.

use std::{fmt::Write as _, sync::Arc};

use leitai::{
    files::tally::{Source, Tally, tally},
    rules::{
        definition::{Definition, read},
        result::{Row, TableKey},
    },
};

pub(crate) fn definition(body: &str) -> Arc<Definition> {
    let text = format!("format = 1\n[contest]\nid = \"c\"\ntitle = \"比赛\"\n{body}");
    let read = read(&text);
    Arc::new(read.definition.unwrap_or_else(|| panic!("{:#?}", read.problems)))
}

/// A contest from `entrant stage[/piece][#attempt] aspect [judge] value` lines; `entrants` is a CSV text or empty.
pub(crate) fn contest(definition: &Arc<Definition>, entrants: &str, marks: &str) -> Tally {
    let mut csv = "entrant,stage,piece,attempt,aspect,judge,value\n".to_owned();
    for line in marks.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (place, attempt) = words[1].split_once('#').unwrap_or((words[1], ""));
        let (stage, piece) = place.split_once('/').unwrap_or((place, ""));
        let (judge, value) = if words.len() > 4 { (words[3], words[4]) } else { ("", words[3]) };
        writeln!(csv, "{},{stage},{piece},{attempt},{},{judge},{value}", words[0], words[2]).unwrap();
    }
    let list = Source { name: "entrants.csv", bytes: entrants.as_bytes() };
    let entrants = (!entrants.is_empty()).then_some(list);
    let marks = Source { name: "marks.csv", bytes: csv.as_bytes() };
    tally(Arc::clone(definition), entrants, marks, &|_| {}).unwrap_or_else(|problems| panic!("{problems:?}\n{csv}"))
}

/// `1 A 95.50, 2 B 90 (practice), – C Absent`: rank, who, total or status, and what decided.
pub(crate) fn table(tally: &Tally) -> String {
    rows(tally, |key| matches!(key, TableKey::Field { .. }))
}

pub(crate) fn teams(tally: &Tally) -> String {
    rows(tally, |key| matches!(key, TableKey::Teams { .. }))
}

pub(crate) fn named(tally: &Tally, id: &str) -> String {
    rows(tally, |key| matches!(key, TableKey::Named(of) if of.as_str() == id))
}

fn rows(tally: &Tally, which: impl Fn(&TableKey) -> bool) -> String {
    let tables = tally.standings.tables.iter().filter(|table| which(&table.key));
    let rows: Vec<String> = tables.flat_map(|table| &table.rows).map(row).collect();
    rows.join(", ")
}

fn row(row: &Row) -> String {
    let rank = row.rank.map_or("–".to_owned(), |rank| rank.to_string());
    let total = row.total.map_or_else(|| format!("{:?}", row.status), |total| total.to_string());
    let decided = row.decided_by.as_ref().map(|by| format!(" ({by:?})")).unwrap_or_default();
    format!("{rank} {} {total}{decided}", row.who.as_str())
}
