//! Standings as a table for people, JSON for programs, CSV for spreadsheets.
//!
//! The names of JSON's fields are a contract. A name that begins like a formula is marked as text in CSV.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::Tally;
use crate::{
    files::standings::{self, Document, chain, decided_by},
    rules::{
        definition::Definition,
        names::Id,
        result::{DecidedBy, RankedTable, Row, Status, TableKey, Who},
    },
    words::{Language, why},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Table,
    Json,
    Csv,
}

/// `digest` is the definition's.
pub fn write(tally: &Tally, digest: &str, format: Format, language: Language) -> String {
    match format {
        Format::Table => table(tally, language),
        Format::Json => json(tally, digest),
        Format::Csv => csv(tally),
    }
}

/// The JSON document, indented, with a line break at the end.
pub fn json(tally: &Tally, digest: &str) -> String {
    let definition = tally.definition();
    let contest = definition.id.as_str().to_owned();
    let mut document = Document { contest, definition: digest.to_owned(), ..Document::default() };
    for table in &tally.standings.tables {
        document.put(definition, &table.key, table.rows.iter().map(|row| json_row(tally, table, row)));
    }
    document.text()
}

fn json_row(tally: &Tally, table: &RankedTable, row: &Row) -> standings::Row {
    let stages = row
        .stages
        .iter()
        .map(|(id, score)| (id.to_string(), score.map_or(serde_json::Value::Null, |score| score.to_string().into())));
    let entrant = matches!(row.who, Who::Entrant(_));
    let text = |is: bool| is.then(|| row.who.as_str().to_owned());
    standings::Row {
        rank: row.rank,
        entrant: text(entrant),
        team: text(matches!(row.who, Who::Team(_))),
        unit: text(matches!(row.who, Who::Unit(_))),
        name: entrant.then(|| name(tally, row).to_owned()),
        total: row.total.map(|total| total.to_string()),
        stages: entrant.then(|| stages.collect()),
        status: row.status.word(),
        decided_by: row.decided_by.as_ref().map(|by| decided_by(tally.definition(), &table.key, by)),
        outside_quota: row.outside_quota,
        members: row.members.iter().map(ToString::to_string).collect(),
        heads: row.heads.as_ref().map(Into::into),
        ..standings::Row::default()
    }
}

fn name<'a>(tally: &'a Tally, row: &'a Row) -> &'a str {
    match &row.who {
        Who::Entrant(id) => {
            let at = tally.people().binary_search_by(|person| person.id.cmp(id));
            at.map_or(id.as_str(), |at| &tally.people()[at].name)
        }
        other => other.as_str(),
    }
}

fn csv(tally: &Tally) -> String {
    let definition = tally.definition();
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    let stages = || definition.stages.iter();
    let head = ["table", "event", "group", "rank", "entrant", "name", "total"].map(str::to_owned);
    let tail = ["status", "decided-by"].map(str::to_owned);
    let header = head.into_iter().chain(stages().map(|stage| stage.id.to_string())).chain(tail);
    // Writing to memory cannot fail.
    let _ = writer.write_record(header);
    for table in &tally.standings.tables {
        for row in &table.rows {
            let (kind, event, group) = match &table.key {
                TableKey::Field { event, group } => ("standings", event.as_ref(), group.as_ref()),
                TableKey::Teams { event, group } => ("teams", event.as_ref(), group.as_ref()),
                TableKey::Named(id) => (id.as_str(), None, None),
            };
            let text = |id: Option<&Id>| id.map(ToString::to_string).unwrap_or_default();
            let by = row.decided_by.as_ref().map(|by| decided_by(definition, &table.key, by));
            let score = |id| row.stages.get(id).flatten().map(|score| score.to_string()).unwrap_or_default();
            let head = [
                kind.to_owned(),
                text(event),
                text(group),
                row.rank.map(|rank| rank.to_string()).unwrap_or_default(),
                as_text(row.who.as_str()),
                as_text(name(tally, row)),
                row.total.map(|total| total.to_string()).unwrap_or_default(),
            ];
            let tail = [row.status.word().to_owned(), by.unwrap_or_default()];
            let _ = writer.write_record(head.into_iter().chain(stages().map(|stage| score(&stage.id))).chain(tail));
        }
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

pub(super) fn as_text(name: &str) -> String {
    if name.starts_with(['=', '+', '-', '@', '\t']) { format!("'{name}") } else { name.to_owned() }
}

fn table(tally: &Tally, language: Language) -> String {
    let definition = tally.definition();
    let mut text = format!("{}\n", definition.title);
    for table in &tally.standings.tables {
        text.push('\n');
        let title = title(definition, &table.key, language);
        if !title.is_empty() {
            let _ = writeln!(text, "{title}");
        }
        let of_entrants = table.rows.iter().any(|row| matches!(row.who, Who::Entrant(_)));
        let stages: Vec<_> = if of_entrants {
            let taken = |id| table.rows.iter().any(|row| row.stages.get(id).is_some());
            definition.stages.iter().filter(|stage| taken(&stage.id)).collect()
        } else {
            Vec::new()
        };
        let mut lines: Vec<Vec<String>> = Vec::with_capacity(table.rows.len() + 1);
        let word = |key: &str| language.say(key).into_owned();
        let mut header = vec![word("tally-rank")];
        header.extend(if of_entrants {
            vec![word("tally-entrant"), word("tally-name")]
        } else {
            vec![word("tally-name")]
        });
        header.push(word("tally-total"));
        header.extend(stages.iter().map(|stage| stage.title.clone()));
        header.push(word("tally-note"));
        lines.push(header);
        for row in &table.rows {
            let mut line = vec![row.rank.map_or("—".to_owned(), |rank| rank.to_string())];
            if of_entrants {
                line.push(row.who.as_str().to_owned());
            }
            line.push(name(tally, row).to_owned());
            line.push(row.total.map_or("—".to_owned(), |total| total.to_string()));
            line.extend(stages.iter().map(|stage| match row.stages.get(&stage.id) {
                Some(Some(score)) => score.to_string(),
                _ => "—".to_owned(),
            }));
            line.push(note(definition, &table.key, row, language));
            lines.push(line);
        }
        // Names and notes are words; everything else is on the right, where its point is.
        let names = if of_entrants { 1..3 } else { 1..2 };
        aligned(&lines, names, &mut text);
    }
    text
}

fn title(definition: &Definition, key: &TableKey, language: Language) -> String {
    let named = |event: &Option<_>, group: &Option<_>| {
        let event = definition.events.iter().find(|one| Some(&one.id) == event.as_ref()).map(|one| one.title.as_str());
        let group = definition.groups.iter().find(|one| Some(&one.id) == group.as_ref()).map(|one| one.title.as_str());
        event.into_iter().chain(group).collect::<Vec<_>>().join(" · ")
    };
    match key {
        TableKey::Field { event, group } => named(event, group),
        TableKey::Teams { event, group } => {
            let teams = format!("{} {}", language.say("tally-teams"), named(event, group));
            teams.trim_end().to_owned()
        }
        TableKey::Named(id) => {
            definition.tables.iter().find(|table| table.id == *id).map(|table| table.title.clone()).unwrap_or_default()
        }
    }
}

fn note(definition: &Definition, table: &TableKey, row: &Row, language: Language) -> String {
    let mut notes = Vec::new();
    match &row.status {
        Status::Ranked => {}
        Status::Cut { round } => {
            let title = definition.rounds.iter().find(|one| one.id == *round).map_or("", |one| one.title.as_str());
            notes.push(language.say_with("tally-cut", &[("round", title.into())]).into_owned());
        }
        Status::Disqualified { violation } => {
            let violations = definition.stages.iter().flat_map(|stage| &stage.violations);
            let title = violations.into_iter().find(|one| one.id == *violation).map_or("", |one| one.title.as_str());
            notes.push(language.say_with("tally-disqualified", &[("violation", title.into())]).into_owned());
        }
        Status::Incomplete if row.heads.is_some_and(|heads| heads.participants == 0) => {
            notes.push(language.say("board-status-nobody").into_owned());
        }
        Status::Incomplete => notes.push(language.say("tally-incomplete").into_owned()),
        Status::Failed => notes.push(language.say("tally-failed").into_owned()),
        Status::Absent => notes.push(language.say("tally-absent").into_owned()),
        Status::Withdrawn => notes.push(language.say("tally-withdrawn").into_owned()),
        Status::Vetoed => notes.push(language.say("tally-vetoed").into_owned()),
    }
    match &row.decided_by {
        None => {}
        Some(DecidedBy::Chain(at)) => {
            let chain = chain(definition, table);
            let key = chain.get(*at).map(|key| why::tie_key(definition, key, language)).unwrap_or_default();
            notes.push(language.say_with("tally-decided-by", &[("key", key.into())]).into_owned());
        }
        Some(DecidedBy::People) => notes.push(language.say("tally-decided-people").into_owned()),
        Some(DecidedBy::Open) => notes.push(language.say("tally-decided-open").into_owned()),
        Some(DecidedBy::Shared) => notes.push(language.say("tally-decided-shared").into_owned()),
    }
    if row.outside_quota {
        notes.push(language.say("tally-outside-quota").into_owned());
    }
    notes.join(&language.say("tally-between"))
}

/// Columns by the width of what is shown: a Chinese character is as wide as two letters.
pub(super) fn aligned(lines: &[Vec<String>], left: std::ops::Range<usize>, text: &mut String) {
    let columns = lines.first().map_or(0, Vec::len);
    let width = |column: usize| lines.iter().map(|line| line[column].width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for line in lines {
        let mut out = String::new();
        for (at, cell) in line.iter().enumerate() {
            let space = " ".repeat(widths[at] - cell.width());
            let is_left = left.contains(&at) || at + 1 == columns;
            let _ = if is_left { write!(out, "{cell}{space}  ") } else { write!(out, "{space}{cell}  ") };
        }
        let _ = writeln!(text, "{}", out.trim_end());
    }
}
