//! What can be wrong with the files of a tally, and how it is said.

use fluent_bundle::FluentValue;
use rust_decimal::Decimal;

use crate::{
    rules::{decimal::NotANumber, score::OutOfBounds},
    words::Language,
};

/// One fault at one line of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// As it was named.
    pub file: String,
    /// From 1; the header is line 1.
    pub line: u64,
    pub fault: Fault,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// Neither UTF-8 nor GB18030.
    Encoding,
    /// Nothing but perhaps a header.
    Empty,
    ColumnMissing {
        column: &'static str,
    },
    ColumnTwice {
        column: String,
    },
    /// Fewer or more fields than the header has.
    Fields {
        wanted: usize,
        found: usize,
    },
    /// A quoted field that does not end, and the like.
    Unreadable,
    EntrantMissing,
    /// Stages of some events or groups only, and no list that says who is in which.
    ListNeeded,
    EntrantTwice {
        entrant: String,
        first_line: u64,
    },
    UnknownEntrant {
        entrant: String,
    },
    UnknownStage {
        stage: String,
        known: Vec<String>,
    },
    UnknownPiece {
        piece: String,
        known: Vec<String>,
    },
    PieceMissing {
        aspect: String,
    },
    PieceNotHere {
        aspect: String,
    },
    /// Neither an aspect nor a violation of the stage.
    UnknownAspect {
        aspect: String,
        known: Vec<String>,
    },
    UnknownValue {
        value: String,
        known: Vec<String>,
    },
    /// An aspect with several values needs to be told which.
    ValueNameMissing {
        aspect: String,
        known: Vec<String>,
    },
    /// A deduction aspect has no marks, only violations.
    OnlyViolations {
        aspect: String,
    },
    JudgeMissing {
        aspect: String,
    },
    TooManyJudges {
        aspect: String,
        judges: u32,
    },
    Attempt {
        attempts: u32,
    },
    /// The entrant's event or group does not hold this stage.
    NotInStage {
        stage: String,
    },
    Number {
        text: String,
        why: NotANumber,
    },
    Bounds {
        value: Decimal,
        out: OutOfBounds,
    },
    Count {
        text: String,
    },
    /// Another line says something else about the same mark.
    Differs {
        first_line: u64,
    },
    UnknownEvent {
        event: String,
        known: Vec<String>,
    },
    UnknownGroup {
        group: String,
        known: Vec<String>,
    },
    Gender {
        text: String,
    },
    Quota {
        text: String,
    },
    Date {
        text: String,
    },
    YesNo {
        column: String,
        text: String,
    },
    UnknownPeriod {
        period: String,
        known: Vec<String>,
    },
    /// No indicator, or events without which of them.
    UnknownIndicator {
        indicator: String,
        known: Vec<String>,
    },
    /// Not of this unit, or not in this period.
    NotJudged {
        indicator: String,
        period: String,
    },
    TargetNotHere {
        indicator: String,
    },
    FigureTwice {
        first_line: u64,
    },
    /// 不适用 holds for all kinds of events of an indicator, or for none; the other line says otherwise.
    PartlyNotApplicable {
        first_line: u64,
    },
    UnitMissing,
    UnitTwice {
        unit: String,
        first_line: u64,
    },
    /// Heads of a unit are a whole number.
    Heads {
        text: String,
    },
}

impl Problem {
    /// `marks.csv:17: …`, in the reader's language: what is there and what to do.
    pub fn say(&self, language: Language) -> String {
        format!("{}:{}: {}", self.file, self.line, self.fault.say(language))
    }
}

impl Fault {
    pub fn say(&self, language: Language) -> String {
        let list =
            |known: &[String]| -> FluentValue<'static> { known.join(&language.say("tally-list-between")).into() };
        let text = |text: &str| -> FluentValue<'static> { text.to_owned().into() };
        let number = |number: &Decimal| -> FluentValue<'static> { number.to_string().into() };
        let line = |line: u64| -> FluentValue<'static> { line.to_string().into() };
        let plain = |key: &str| language.say(key).into_owned();
        let with = |key: &str, values: &[(&'static str, FluentValue<'_>)]| language.say_with(key, values).into_owned();
        match self {
            Fault::Encoding => plain("tally-encoding"),
            Fault::Empty => plain("tally-empty"),
            Fault::ColumnMissing { column } => with("tally-column-missing", &[("column", text(column))]),
            Fault::ColumnTwice { column } => with("tally-column-twice", &[("column", text(column))]),
            Fault::Fields { wanted, found } => {
                let count = |count: &usize| -> FluentValue<'static> { count.to_string().into() };
                with("tally-fields", &[("wanted", count(wanted)), ("found", count(found))])
            }
            Fault::Unreadable => plain("tally-unreadable"),
            Fault::EntrantMissing => plain("tally-entrant-missing"),
            Fault::ListNeeded => plain("tally-list-needed"),
            Fault::EntrantTwice { entrant, first_line } => {
                with("tally-entrant-twice", &[("entrant", text(entrant)), ("line", line(*first_line))])
            }
            Fault::UnknownEntrant { entrant } => with("tally-unknown-entrant", &[("entrant", text(entrant))]),
            Fault::UnknownStage { stage, known } => {
                let key = if known.is_empty() { "tally-no-stages" } else { "tally-unknown-stage" };
                with(key, &[("stage", text(stage)), ("known", list(known))])
            }
            Fault::UnknownPiece { piece, known } => {
                let key = if known.is_empty() { "tally-no-pieces" } else { "tally-unknown-piece" };
                with(key, &[("piece", text(piece)), ("known", list(known))])
            }
            Fault::PieceMissing { aspect } => with("tally-piece-missing", &[("aspect", text(aspect))]),
            Fault::PieceNotHere { aspect } => with("tally-piece-not-here", &[("aspect", text(aspect))]),
            Fault::UnknownAspect { aspect, known } => {
                with("tally-unknown-aspect", &[("aspect", text(aspect)), ("known", list(known))])
            }
            Fault::UnknownValue { value, known } => {
                with("tally-unknown-value", &[("value", text(value)), ("known", list(known))])
            }
            Fault::ValueNameMissing { aspect, known } => {
                with("tally-value-name-missing", &[("aspect", text(aspect)), ("known", list(known))])
            }
            Fault::OnlyViolations { aspect } => with("tally-only-violations", &[("aspect", text(aspect))]),
            Fault::JudgeMissing { aspect } => with("tally-judge-missing", &[("aspect", text(aspect))]),
            Fault::TooManyJudges { aspect, judges } => {
                with("tally-too-many-judges", &[("aspect", text(aspect)), ("judges", judges.to_string().into())])
            }
            Fault::Attempt { attempts } => with("tally-attempt", &[("attempts", attempts.to_string().into())]),
            Fault::NotInStage { stage } => with("tally-not-in-stage", &[("stage", text(stage))]),
            Fault::Number { text: found, why: NotANumber::TooLong } => {
                with("tally-number-long", &[("text", text(found))])
            }
            Fault::Number { text: found, .. } => with("tally-number", &[("text", text(found))]),
            Fault::Bounds { value, out } => match out {
                OutOfBounds::Below { min } => with("tally-below", &[("value", number(value)), ("min", number(min))]),
                OutOfBounds::Above { max } => with("tally-above", &[("value", number(value)), ("max", number(max))]),
                OutOfBounds::OffStep { from, step } => {
                    with("tally-off-step", &[("value", number(value)), ("from", number(from)), ("step", number(step))])
                }
            },
            Fault::Count { text: found } => with("tally-count", &[("text", text(found))]),
            Fault::Differs { first_line } => with("tally-differs", &[("line", line(*first_line))]),
            Fault::UnknownEvent { event, known } => {
                with("tally-unknown-event", &[("event", text(event)), ("known", list(known))])
            }
            Fault::UnknownGroup { group, known } => {
                with("tally-unknown-group", &[("group", text(group)), ("known", list(known))])
            }
            Fault::Gender { text: found } => with("tally-gender", &[("text", text(found))]),
            Fault::Quota { text: found } => with("tally-quota", &[("text", text(found))]),
            Fault::Date { text: found } => with("tally-date", &[("text", text(found))]),
            Fault::UnknownPeriod { period, known } => {
                with("tally-unknown-period", &[("period", text(period)), ("known", list(known))])
            }
            Fault::UnknownIndicator { indicator, known } => {
                with("tally-unknown-indicator", &[("indicator", text(indicator)), ("known", list(known))])
            }
            Fault::NotJudged { indicator, period } => {
                with("tally-not-judged", &[("indicator", text(indicator)), ("period", text(period))])
            }
            Fault::TargetNotHere { indicator } => with("tally-target-not-here", &[("indicator", text(indicator))]),
            Fault::FigureTwice { first_line } => with("tally-figure-twice", &[("line", line(*first_line))]),
            Fault::PartlyNotApplicable { first_line } => with("tally-figure-partly", &[("line", line(*first_line))]),
            Fault::UnitMissing => plain("tally-unit-missing"),
            Fault::UnitTwice { unit, first_line } => {
                with("tally-unit-twice", &[("unit", text(unit)), ("line", line(*first_line))])
            }
            Fault::Heads { text: found } => with("tally-heads", &[("text", text(found))]),
            Fault::YesNo { column, text: found } => {
                with("tally-yes-no", &[("column", text(column)), ("text", text(found))])
            }
        }
    }
}
