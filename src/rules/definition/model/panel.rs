//! Panels: how several judges' marks become one number, and what a wide spread or a missing judge does.

use rust_decimal::Decimal;

use super::Rounding;
use crate::rules::names::Id;

/// A judging group (评分组): the panel that marks certain aspects.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    pub id: Id,
    pub title: String,
    /// Seats `1..=judges`.
    pub judges: u32,
    /// Aspects of its stage, by id.
    pub marks: Vec<Id>,
    pub aggregate: Aggregate,
    pub trim: Trim,
    pub extremes: Extremes,
    /// Each mark before it is used.
    pub mark_rounding: Option<Rounding>,
    /// The number that the panel becomes.
    pub rounding: Option<Rounding>,
    /// The same where measured values are recorded, which only a rounding of the panel itself or of the level `panel` changes.
    pub measured_rounding: Option<Rounding>,
    pub spread: Option<Spread>,
    pub missing: MissingJudge,
    /// Marks that must remain after dropping.
    pub remain: u32,
}

impl Panel {
    /// How many of so many marks are dropped.
    pub fn dropped(&self, marks: u32) -> u32 {
        match &self.trim {
            Trim::Fixed { high, low } => high + low,
            Trim::BySize(rows) => rows.iter().rev().find(|row| row.from <= marks).map_or(0, |row| row.high + row.low),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Aggregate {
    Mean,
    Sum,
    Median,
    Minimum,
    Maximum,
    /// By seat.
    Weighted(Vec<Decimal>),
    /// Two people enter the same measurement and must agree.
    Agree,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Trim {
    Fixed {
        high: u32,
        low: u32,
    },
    /// The last row whose `from` is at most the number of marks given; rows ascend.
    BySize(Vec<TrimRow>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrimRow {
    pub from: u32,
    pub high: u32,
    pub low: u32,
}

/// Whether highest and lowest are found aspect by aspect or on each judge's sheet total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extremes {
    Aspect,
    Sheet,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    pub measure: SpreadMeasure,
    /// Before or after the extremes are dropped.
    pub after_trimming: bool,
    pub limit: SpreadLimit,
    pub action: SpreadAction,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpreadMeasure {
    /// Highest − lowest.
    Range,
    /// Largest distance to the median.
    ToMedian,
}

#[derive(Clone, Debug, PartialEq)]
pub enum SpreadLimit {
    Points(Decimal),
    /// Of the aspect's max.
    Percent(Decimal),
    /// By the panel's number: the first row whose `from` is at most the number; rows descend.
    Bands(Vec<SpreadBand>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpreadBand {
    pub from: Decimal,
    pub max: Decimal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpreadAction {
    Warn,
    /// All judges of the panel, blind, once; then the chief.
    ReMark,
    /// The mean of all marks, nothing dropped.
    MeanOfAll,
    ChiefDecides,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingJudge {
    Wait,
    /// The mean of the given marks stands in for each missing one, before dropping.
    MeanStandsIn,
    /// Go on with those who marked.
    Smaller,
}
