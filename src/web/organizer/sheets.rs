//! What the rules say about sheets and tables, made ready for paper: titles joined, numbers written out.

use rust_decimal::Decimal;

use super::{cast::Cast, desk::Desk};
use crate::{
    files::documents::{ScoreSheet, SheetRow, SheetSection, Signer, Summary, SummaryRow},
    rules::{
        field::Value,
        result::Status,
        view::{ScoreSheetData, SummaryData, paper},
    },
    words::trail::Cast as _,
};

/// `filled`: with the marks so far; else every cell is a blank to write in.
pub(super) fn score_sheet(desk: &Desk, cast: &Cast, data: &ScoreSheetData, filled: bool) -> ScoreSheet {
    let lang = desk.lang();
    let mut under: Vec<String> =
        [Some(&data.stage), data.event.as_ref(), data.group.as_ref(), data.piece.as_ref(), Some(&data.panel)]
            .into_iter()
            .flatten()
            .map(|named| named.title.clone())
            .collect();
    if data.attempts > 1 {
        under.push(lang.say_with("judge-attempt", &[("attempt", data.attempt.into())]).into_owned());
    }
    let number = data.number.map(|number| number.to_string()).unwrap_or_default();
    let judge = data.judge.as_ref().map(|judge| cast.person(judge)).unwrap_or_default();
    let seat = lang.say_with("judge-seat", &[("seat", data.seat.into())]).into_owned();
    let facts =
        vec![(desk.say("paper-drawn"), number), (desk.say("print-judge"), judge), (desk.say("people-seat"), seat)];
    let rows = data.rows.iter().map(|row| SheetRow {
        title: row.title.clone(),
        points: row.allotment.map(written).unwrap_or_default(),
        rule: rule(desk, row),
        cells: vec![if filled {
            row.mark.as_ref().map(|mark| value(desk, mark)).unwrap_or_default()
        } else {
            String::new()
        }],
    });
    let mut sections = vec![SheetSection { title: None, rows: rows.collect() }];
    if !data.violations.is_empty() {
        let rows = data.violations.iter().map(|one| {
            let count = if filled && one.count > 0 { one.count.to_string() } else { String::new() };
            let rule = match (one.disqualifies, one.most) {
                (true, _) => desk.say("print-disqualifies"),
                // Its effect is another than points.
                (false, _) if one.points.is_zero() => desk.say("print-by-rules"),
                (false, Some(most)) => lang.say_with("print-each-most", &[("most", most.into())]).into_owned(),
                (false, None) => desk.say("print-each"),
            };
            let points = if one.disqualifies || one.points.is_zero() { String::new() } else { written(one.points) };
            SheetRow { title: one.title.clone(), points, rule, cells: vec![count] }
        });
        sections.push(SheetSection { title: Some(desk.say("judge-violations")), rows: rows.collect() });
    }
    ScoreSheet {
        title: None,
        under: Some(under.join(" · ")),
        facts,
        columns: vec![desk.say("print-mark")],
        sections,
        // What is measured is not added up; the rules make points of it.
        total: None,
        signers: vec![Signer::Judge, Signer::Leader],
    }
}

/// What a judge goes by: the description, the bands, the steps.
fn rule(desk: &Desk, row: &paper::ScoreSheetRow) -> String {
    let mut parts: Vec<String> = row.description.iter().cloned().collect();
    parts.extend(row.bands.iter().map(|band| format!("{}：{}", band.score, band.text)));
    if let (Some(min), Some(max), true) = (row.min, row.max, row.bands.is_empty()) {
        let step = row.step.map(written).unwrap_or_default();
        let key = if step.is_empty() { "print-range" } else { "print-range-step" };
        let values = [("min", written(min).into()), ("max", written(max).into()), ("step", step.into())];
        parts.push(desk.lang().say_with(key, &values).into_owned());
    }
    parts.extend(
        row.unit.iter().map(|unit| desk.lang().say_with("print-unit", &[("unit", unit.as_str().into())]).into_owned()),
    );
    parts.join("；")
}

pub(super) fn value(desk: &Desk, value: &Value) -> String {
    match value {
        Value::Number(number) => written(*number),
        Value::Absent => desk.say("judge-absent"),
        Value::NotApplicable => desk.say("judge-not-applicable"),
    }
}

pub(super) fn summary(desk: &Desk, cast: &Cast, data: &SummaryData) -> Summary {
    let weight = |weight: Decimal| {
        let percent = (weight * Decimal::ONE_HUNDRED).normalize().to_string();
        desk.lang().say_with("print-weight", &[("percent", percent.into())]).into_owned()
    };
    let stages = data.columns.iter().map(|column| (column.title.clone(), column.weight.map(weight)));
    let rows = data.rows.iter().map(|row| SummaryRow {
        rank: row.rank.map(|rank| rank.to_string()).unwrap_or_default(),
        number: row.number.map_or_else(String::new, |number| number.to_string()),
        name: cast.name(&row.entrant).to_owned(),
        unit: row.unit.as_ref().filter(|_| cast.named).map(ToString::to_string).unwrap_or_default(),
        // Printed as the rules rounded them: a score of 90.50 keeps its zero.
        stages: row.stages.iter().map(|score| score.map(|score| score.to_string()).unwrap_or_default()).collect(),
        total: row.total.map(|total| total.to_string()).unwrap_or_default(),
        remark: remark(desk, cast, &row.status, row.outside_quota),
    });
    let mut notes = Vec::new();
    if !cast.named {
        notes.push(desk.say("print-numbers-only"));
    }
    Summary { table: Some(table_title(desk, data)), stages: stages.collect(), rows: rows.collect(), notes }
}

/// Event and group; all entrants where there are none.
pub(super) fn table_title(desk: &Desk, data: &SummaryData) -> String {
    let parts: Vec<&str> = data
        .title
        .iter()
        .map(String::as_str)
        .chain([data.event.as_ref(), data.group.as_ref()].into_iter().flatten().map(|named| named.title.as_str()))
        .collect();
    if parts.is_empty() { desk.say("board-all") } else { parts.join(" · ") }
}

fn remark(desk: &Desk, cast: &Cast, status: &Status, outside_quota: bool) -> String {
    match status {
        Status::Ranked if outside_quota => desk.say("board-outside-quota"),
        Status::Ranked => String::new(),
        Status::Cut { round } => format!("{}（{}）", desk.say("board-status-cut"), cast.title(round)),
        Status::Incomplete => desk.say("board-status-incomplete"),
        Status::Failed => desk.say("board-status-failed"),
        Status::Absent => desk.say("board-status-absent"),
        Status::Withdrawn => desk.say("board-status-withdrawn"),
        Status::Vetoed => desk.say("board-status-vetoed"),
        Status::Disqualified { violation } => {
            format!("{}（{}）", desk.say("board-status-disqualified"), cast.title(violation))
        }
    }
}

fn written(number: Decimal) -> String {
    number.normalize().to_string()
}
