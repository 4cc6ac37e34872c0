//! What is printed: score sheets (评分表) and the summary of scores (成绩汇总表), which agree with a calculator.

use rust_decimal::Decimal;

use super::{Heading, Named, board::Column};
use crate::rules::{
    definition::model::BandText,
    field::Value,
    names::{EntrantId, Id, PersonId, UnitPath},
    result::{Status, TableKey},
};

/// One judge's sheet for one entrant, filled in as far as it is marked.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreSheetData {
    pub heading: Heading,
    pub stage: Named,
    pub panel: Named,
    pub event: Option<Named>,
    pub group: Option<Named>,
    pub piece: Option<Named>,
    pub attempt: u32,
    pub attempts: u32,
    pub number: Option<u32>,
    pub seat: u32,
    /// `None` on a seat that nobody has yet.
    pub judge: Option<PersonId>,
    pub rows: Vec<ScoreSheetRow>,
    pub violations: Vec<ScoreSheetViolation>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ScoreSheetRow {
    pub title: String,
    pub description: Option<String>,
    /// 配分.
    pub allotment: Option<Decimal>,
    pub min: Option<Decimal>,
    pub max: Option<Decimal>,
    pub step: Option<Decimal>,
    pub unit: Option<String>,
    pub bands: Vec<BandText>,
    /// `None` is a blank to write in.
    pub mark: Option<Value>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ScoreSheetViolation {
    pub title: String,
    pub points: Decimal,
    pub most: Option<u32>,
    pub disqualifies: bool,
    pub count: u32,
}

/// One ranked table with every number behind each total.
#[derive(Clone, Debug, PartialEq)]
pub struct SummaryData {
    pub heading: Heading,
    pub key: TableKey,
    pub event: Option<Named>,
    pub group: Option<Named>,
    pub title: Option<String>,
    pub columns: Vec<Column>,
    pub rows: Vec<SummaryRow>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SummaryRow {
    pub rank: Option<u32>,
    pub entrant: EntrantId,
    pub number: Option<u32>,
    pub unit: Option<UnitPath>,
    /// One per column.
    pub stages: Vec<Option<Decimal>>,
    pub total: Option<Decimal>,
    pub status: Status,
    pub outside_quota: bool,
    pub lines: Vec<SummaryLine>,
    pub violations: Vec<SummaryViolation>,
}

/// What was taken for breaking a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct SummaryViolation {
    /// `None` where it is taken from the total.
    pub stage: Option<Id>,
    pub violation: Named,
    pub count: u32,
    /// Zero or negative.
    pub taken: Decimal,
}

/// One aspect of one entrant: each judge's mark, the panel's number, the points.
#[derive(Clone, Debug, PartialEq)]
pub struct SummaryLine {
    pub stage: Id,
    pub piece: Option<Named>,
    pub attempt: u32,
    pub aspect: Named,
    pub value_id: Option<Id>,
    pub panel: Option<Named>,
    /// By seat; the seat is `None` where an aspect is entered once.
    pub marks: Vec<SummaryMark>,
    /// What the marks make, before factors.
    pub number: Option<Decimal>,
    pub points: Option<Decimal>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SummaryMark {
    pub seat: Option<u32>,
    pub judge: Option<PersonId>,
    pub mark: Option<Value>,
    /// Dropped as an extreme.
    pub dropped: bool,
}
