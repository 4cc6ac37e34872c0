//! What can be wrong with a definition, as data: the place, how bad it is, and the fact.
//!
//! `words::problem` makes the sentence and the remedy of it.

use rust_decimal::Decimal;

use crate::rules::{decimal::NotANumber, formula::FormulaFault};

/// One problem of a file. Lines and columns count characters from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub severity: Severity,
    pub line: usize,
    pub column: usize,
    pub fact: Fact,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The definition cannot be used.
    Error,
    /// It can, and will hurt on the day.
    Warning,
}

/// What TOML value stands somewhere, or should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Whole,
    /// A decimal in quotes or a whole number.
    Number,
    Float,
    YesNo,
    Date,
    List,
    Table,
}

/// What an id refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    Event,
    Group,
    Stage,
    Panel,
    Piece,
    Aspect,
    Table,
    Award,
    Eligibility,
    Paper,
    Period,
    Indicator,
    Collection,
    EntrantValue,
    /// A recorded value of an aspect.
    Recorded,
    /// What a factor may name: an entrant's value, a `value` aspect.
    Factor,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    // The text.
    TooLarge { bytes: usize, bytes_max: usize },
    Syntax { message: String },
    DuplicateKey { key: String },

    // The structure.
    UnknownKey { key: String, nearest: Option<String>, known: Vec<String> },
    MissingKey { key: String },
    WrongType { key: String, found: Kind, wanted: Kind },
    Float { text: String },
    NotANumber { text: String, why: NotANumber },
    UnknownWord { word: String, nearest: Option<String>, known: Vec<String> },
    OutOfRange { key: String, value: String, from: String, to: String },
    EmptyText { key: String },
    LongText { key: String, chars: usize, chars_max: usize },
    FewItems { key: String, items: usize, items_min: usize },
    ManyItems { key: String, items: usize, items_max: usize },
    BadId { text: String },

    // Names.
    DuplicateId { id: String, first_line: usize },
    ReservedId { id: String },
    Unknown { thing: Thing, id: String, nearest: Option<String>, known: Vec<String> },
    ListedTwice { id: String },

    // Keys that do not fit together.
    KeyNotHere { key: String, with: String },
    KeyOnlyWith { key: String, with: String },
    KeyNeeded { key: String, with: String },
    OneOf { keys: Vec<String> },
    OnlyOneOf { keys: Vec<String> },
    MinAboveMax { min: Decimal, max: Decimal },
    CutInLastRound { round: String },
    NegativeMax { max: Decimal },
    RowsOutOfOrder { ascending: bool },

    // Dates and places.
    BadDate { text: String },
    BadTime { text: String },
    BadMoment { text: String },
    DaysBackwards { from: String, to: String },
    BadTimezone { text: String },
    BadPath { text: String },

    // Stages and aspects.
    StepDoesNotDivide { step: Decimal, min: Decimal, max: Decimal, suggest: Vec<Decimal> },
    StepNotPositive { step: Decimal },
    WeightsSum { sum: Decimal },
    WeightNegative { weight: Decimal },
    RescaleNeedsMax { stage: String },
    LevelsIncomplete { missing: Vec<u32> },
    NoRuleForValues { values: usize },
    PointsAboveMax { points: Decimal, max: Decimal },
    ConditionImpossible { value: String },
    PointsPositive { points: Decimal },
    NoPieces { stage: String },
    BestAboveCount { best: u32, count: u32 },
    Formula { source: String, at: usize, fault: FormulaFault, known: Vec<String> },
    FormulaCircle { names: Vec<String> },
    FormulaNameTwice { name: String },
    StageInRounds { stage: String, rounds: usize },

    // Panels.
    NotJudged { aspect: String },
    JudgedTwice { aspect: String, panels: Vec<String> },
    NothingToMark { panel: String },
    CannotMark { aspect: String, kind: String },
    TooFewRemain { judges: u32, dropped: u32, remain: u32 },
    SeatWeights { weights: usize, judges: u32 },
    SeatWeightsSum { sum: Decimal },
    AgreeNeedsTwo { judges: u32 },

    // Ranking.
    TieUnreadable { text: String },
    TieEndNotLast { end: String },
    TieDirection { text: String },
    TieNever { after: String },

    // Awards.
    NeedsTeams,
    NothingToAward { award: String, before: String },

    // Ladders.
    NoOpenHours,
    ThroneOutOfReach { from: u32 },
    ThroneForEver,
    LadderStageAmongOthers { stage: String },
    ThroneProtected { protected_days: u32, season_days: u32 },
    DeadlineInShutdown { key: String, deadline_days: u32, longest_days: u32 },

    // Papers.
    WindowBackwards { opens: String, closes: String },
    PartNotPositive { key: String, value: Decimal },
    PlayShorterThanPaper { minutes: u32, play_hours: u32 },

    // Indicators.
    NoPeriods,
    LastRowOpen,
    EfficacyBetween,
    EfficacyBackwards { passing: Decimal, excellent: Decimal, less: bool },

    // What will hurt on the day.
    TieWithoutEnd,
    BandGap { below: Option<Decimal>, above: Option<Decimal> },
    BandNeverReached { row: usize },
    StationPanels { panels: Vec<String> },
    OneMarkDecides { judges: u32, dropped: u32 },
    MaxIsNotSum { max: Decimal, sum: Decimal },
    CutAboveEntrants { top: u32, entrants: u32 },
    MoreAwardsThanEntrants { awards: u64, entrants: u32 },
    BoundaryOpen { award: String },
    TimetableTooLong { needed_h: Decimal, hours: Decimal },
}
