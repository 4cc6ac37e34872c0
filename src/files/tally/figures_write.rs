//! The tables of a labor competition as a table for people, JSON for programs, CSV for spreadsheets. The names of JSON's
//! fields are a contract.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::{
    figures::Labor,
    write::{Format, aligned, as_text},
};
use crate::{
    rules::{
        indicators::{GroupTable, Judged, Place, Row},
        names::Id,
    },
    words::Language,
};

/// `digest` is the definition's.
pub fn write_labor(labor: &Labor, digest: &str, format: Format, language: Language) -> String {
    match format {
        Format::Table => table(labor, language),
        Format::Json => as_json(labor, digest),
        Format::Csv => csv(labor),
    }
}

/// Every period, then all together, which has no id.
fn tables(labor: &Labor) -> impl Iterator<Item = (Option<&Id>, &GroupTable)> {
    let periods = labor.periods.iter().flat_map(|(id, tables)| tables.iter().map(move |table| (Some(id), table)));
    periods.chain(labor.overall.iter().map(|table| (None, table)))
}

fn word(place: &Place) -> &'static str {
    match place {
        Place::Ranked(_) => "ranked",
        Place::Vetoed => "vetoed",
        Place::Missing => "incomplete",
        Place::NothingApplies => "not-applicable",
        Place::Withdrawn => "withdrawn",
        Place::Overflow => "failed",
    }
}

fn points<'r>(row: &'r Row, indicator: &Id) -> Option<&'r Judged> {
    row.cells.iter().find(|cell| cell.indicator == *indicator).map(|cell| &cell.judged)
}

/// Points, `n/a`, or nothing.
fn cell(judged: Option<&Judged>) -> String {
    match judged {
        Some(Judged::Points { points, .. }) => points.to_string(),
        Some(Judged::NotApplicable) => "n/a".to_owned(),
        Some(Judged::Missing(_)) | None => String::new(),
    }
}

fn name<'l>(labor: &'l Labor, row: &'l Row) -> &'l str {
    labor.names.get(&row.entrant).map_or(row.entrant.as_str(), String::as_str)
}

fn missing(row: &Row) -> Vec<String> {
    row.missing().map(|(indicator, period, _)| format!("{period}/{indicator}")).collect()
}

fn as_json(labor: &Labor, digest: &str) -> String {
    let tables: Vec<Value> = tables(labor)
        .map(|(period, table)| {
            let row = |row: &Row| {
                let indicators: Map<String, Value> = row
                    .cells
                    .iter()
                    .map(|one| {
                        (one.indicator.to_string(), Some(cell(Some(&one.judged))).filter(|c| !c.is_empty()).into())
                    })
                    .collect();
                json!({
                    "rank": row.rank(),
                    "entrant": row.entrant.as_str(),
                    "name": name(labor, row),
                    "score": row.score.map(|score| score.to_string()),
                    "status": word(&row.place),
                    "indicators": indicators,
                    "missing": missing(row),
                })
            };
            let rows: Vec<Value> = table.rows.iter().map(row).collect();
            json!({
                "period": period.map(Id::as_str),
                "group": table.group.as_ref().map(Id::as_str),
                "rows": rows,
            })
        })
        .collect();
    let document = json!({ "contest": labor.definition.id.as_str(), "definition": digest, "periods": tables });
    // Plain data: writing it cannot fail.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn csv(labor: &Labor) -> String {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    let indicators = &labor.definition.indicators.indicators;
    let head = ["period", "group", "rank", "entrant", "name", "score"].map(str::to_owned);
    let tail = ["status", "missing"].map(str::to_owned);
    let ids = indicators.iter().map(|one| one.id.to_string());
    // Writing to memory cannot fail.
    let _ = writer.write_record(head.into_iter().chain(ids).chain(tail));
    for (period, table) in tables(labor) {
        for row in &table.rows {
            let text = |id: Option<&Id>| id.map(ToString::to_string).unwrap_or_default();
            let head = [
                text(period),
                text(table.group.as_ref()),
                row.rank().map(|rank| rank.to_string()).unwrap_or_default(),
                as_text(row.entrant.as_str()),
                as_text(name(labor, row)),
                row.score.map(|score| score.to_string()).unwrap_or_default(),
            ];
            let cells = indicators.iter().map(|one| cell(points(row, &one.id)));
            let tail = [word(&row.place).to_owned(), missing(row).join(" ")];
            let _ = writer.write_record(head.into_iter().chain(cells).chain(tail));
        }
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn table(labor: &Labor, language: Language) -> String {
    let definition = &labor.definition;
    let say = |key: &str| language.say(key).into_owned();
    let mut text = format!("{}\n", definition.title);
    for (period, table) in tables(labor) {
        let period = period.and_then(|id| definition.indicators.period(id));
        let mut titles = vec![period.map_or_else(|| say("tally-overall"), |period| period.title.clone())];
        let group = definition.groups.iter().find(|group| Some(&group.id) == table.group.as_ref());
        titles.extend(group.map(|group| group.title.clone()));
        let _ = writeln!(text, "\n{}", titles.join(" · "));
        let shown = definition.indicators.indicators.iter();
        let shown: Vec<_> = shown.filter(|one| table.rows.iter().any(|row| points(row, &one.id).is_some())).collect();
        let mut header = ["tally-rank", "tally-entrant", "tally-name", "tally-total"].map(say).to_vec();
        header.extend(shown.iter().map(|one| one.title.clone()));
        header.push(say("tally-note"));
        let mut lines = vec![header];
        let dash = |text: String| if text.is_empty() { "—".to_owned() } else { text };
        for row in &table.rows {
            let mut line = vec![
                dash(row.rank().map(|rank| rank.to_string()).unwrap_or_default()),
                row.entrant.to_string(),
                name(labor, row).to_owned(),
                dash(row.score.map(|score| score.to_string()).unwrap_or_default()),
            ];
            line.extend(shown.iter().map(|one| dash(cell(points(row, &one.id)))));
            line.push(note(labor, row, language));
            lines.push(line);
        }
        aligned(&lines, 1..3, &mut text);
    }
    text
}

fn note(labor: &Labor, row: &Row, language: Language) -> String {
    let rules = &labor.definition.indicators;
    let said = |key: &str| language.say(key).into_owned();
    match row.place {
        Place::Ranked(_) => String::new(),
        Place::Vetoed => said("tally-period-vetoed"),
        Place::NothingApplies => said("tally-nothing-applies"),
        Place::Withdrawn => said("tally-withdrawn"),
        Place::Overflow => said("tally-failed"),
        Place::Missing => {
            let what = row.missing().map(|(indicator, period, _)| {
                let period = rules.period(period).map_or(period.as_str(), |known| &known.title);
                let (indicator, owner) =
                    rules.indicator(indicator).map_or((indicator.as_str(), ""), |known| (&known.title, &known.owner));
                let values = [("period", period.into()), ("indicator", indicator.into()), ("owner", owner.into())];
                language.say_with("tally-missing-figure", &values).into_owned()
            });
            let what: Vec<String> = what.collect();
            language
                .say_with("tally-missing", &[("what", what.join(&language.say("tally-list-between")).into())])
                .into_owned()
        }
    }
}
