//! The definition as the program works with it: every default filled in, every kind its own case.
//!
//! What a file may *say* is in `vocabulary`; what is left after all checks is here, and the wrong thing
//! cannot be written. Knows neither TOML nor positions.

mod aspect;
mod award;
mod panel;
mod stage;
mod standing;

use rust_decimal::Decimal;

use crate::rules::names::Id;

pub use aspect::{
    Aspect, AspectKind, Band, BandText, Condition, Factor, Linear, Measured, MeasuredKind, PaperSource, PointsRule,
    Reads, WorksRead, WorksSource,
};
pub use award::{Award, AwardScope, AwardTo, Boundary, FieldSize, PercentOf, Quota, Revoked, Reward};
pub use panel::{
    Aggregate, Extremes, MissingJudge, Panel, Spread, SpreadAction, SpreadBand, SpreadLimit, SpreadMeasure, Trim,
    TrimRow,
};
pub use stage::{
    AbsentCounts, Attempts, DeductFrom, Effect, Formula, Piece, Stage, Standardise, StandardiseMethod, Take, Violation,
};
pub use standing::{
    Cut, CutRule, CutTies, MemberScore, Only, Ranking, Required, Round, Table, TableOf, TeamRule, TieEnd, TieKey, Total,
};

/// One contest's rules. All lists keep the order of the file; ids are unique within their list, aspect ids
/// within their stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    pub id: Id,
    pub title: String,
    pub subtitle: Option<String>,
    /// Who holds the contest (主办单位), printed on documents.
    pub organizer: Option<String>,
    /// BCP 47, of the contest's own texts.
    pub language: String,
    /// An IANA zone, for the printed times.
    pub timezone: String,
    pub judges_are: JudgeWord,
    pub board: BoardRule,
    pub counts_when: CountsWhen,
    pub entrants: EntrantRules,
    /// Empty: one event without a name.
    pub events: Vec<Titled>,
    /// Empty: one group without a name.
    pub groups: Vec<Titled>,
    /// Behind those of the file one for each source of a season.
    pub stages: Vec<Stage>,
    /// Empty: all stages are one round.
    pub rounds: Vec<Round>,
    pub total: Total,
    pub ranking: Ranking,
    pub teams: Option<TeamRule>,
    /// Parallel rankings from the same marks, and unit tables.
    pub tables: Vec<Table>,
    pub awards: Vec<Award>,
    pub ladders: Vec<crate::rules::ladder::Rules>,
    pub papers: Vec<crate::rules::papers::Rules>,
    pub collections: Vec<crate::rules::works::Rules>,
    pub indicators: crate::rules::indicators::Rules,
    pub season: crate::rules::season::Rules,
    pub timetable: Option<Timetable>,
}

impl Definition {
    /// A competition by indicators alone: its standings are what was published of its periods.
    pub fn is_labor(&self) -> bool {
        !self.indicators.is_empty() && self.stages.is_empty()
    }

    /// Whether the stage is filled by another contest, and nobody opens, marks or closes it.
    pub fn is_source(&self, stage: &Id) -> bool {
        self.season.source(stage).is_some()
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Titled {
    pub id: Id,
    pub title: String,
}

/// 裁判 in skills contests, 评委 in speech and song contests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JudgeWord {
    Referee,
    Adjudicator,
}

/// What the public board may show while marking goes on.
#[derive(Clone, Debug, PartialEq)]
pub struct BoardRule {
    pub shows: BoardShows,
    /// 王芳 is shown as 王*.
    pub mask_names: bool,
    /// The top rows shown to the public; one's own place is always reachable.
    pub rows: usize,
    /// A score appears only when the next entrant of the draw has finished (speech contests).
    pub after_next: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoardShows {
    Off,
    /// Draw numbers until identities are opened.
    Numbers,
    Names,
}

/// From when a panel's marks of an entrant count publicly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountsWhen {
    /// The whole panel has submitted this entrant's sheet.
    Submitted,
    Signed,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntrantRules {
    /// Columns of the entrant list that formulas may name; numbers.
    pub values: Vec<Titled>,
    /// Decided as yes or no at registration.
    pub eligibilities: Vec<Eligibility>,
    /// What a worker without a PIN gives beside the employee number; `None`: the number alone opens nothing.
    pub first_log_in: Option<FirstLogIn>,
    /// People who are not on the list may ask to take part.
    pub self_registration: bool,
}

/// Something of the entrant list that a worker knows of themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstLogIn {
    PhoneLast4,
    BirthDate,
    Unit,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Eligibility {
    pub id: Id,
    pub title: String,
    pub test: EligibilityTest,
}

#[derive(Clone, Debug, PartialEq)]
pub enum EligibilityTest {
    /// Younger than `years` on `date` (ISO), from the birth date.
    Under {
        years: u32,
        date: String,
    },
    Women,
    Men,
    /// A column of the entrant list says yes (是, yes, 1, true).
    Column,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding {
    pub digits: u32,
    pub mode: RoundingMode,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoundingMode {
    HalfUp,
    HalfEven,
    Truncate,
    /// Away from zero.
    Up,
    /// Toward negative infinity.
    Down,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Timetable {
    pub entrants: u32,
    pub stations: u32,
    pub minutes_each: u32,
    pub hours: Decimal,
}
