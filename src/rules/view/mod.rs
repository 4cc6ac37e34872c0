//! Who may see what: the only way from a contest's state to a page, a frame, a file or the API.
//!
//! A view is a function of the state, the *audience* and the moment. Whoever is outside gets these types and never
//! the state itself, so that what is frozen, blind or not opened yet cannot leak by a slip elsewhere. Knows no names
//! of persons: entrants and people are ids that `app` joins with names, and only where the view carries them.
//!
//! | view | function |
//! |---|---|
//! | the board | `board(&State, &Audience, Instant) -> Board` |
//! | one row's why | `why(&State, &Audience, key, Instant) -> Option<WhySeen>`, `key` as [`Seen::key`] gives it |
//! | a judge's numbers | `judge_day(&State, &PersonId) -> JudgeDay` |
//! | a judge's sheet | `sheet(&State, &PersonId, &SheetPlace) -> Result<Sheet, Refusal>`; also `sheet_key`, `entrant_of_number` |
//! | leaders and chief | `chief_board(&State, &PersonId) -> ChiefBoard`, `panel_sheet(&State, &SheetKey) -> Result<PanelSheet, Refusal>` |
//! | the organizer | `organizer(&State) -> Organizer`, `audit(&State, &[Recorded]) -> Vec<TrailLine>` |
//! | values of no panel | `value_stages(&State) -> Vec<ValueStage>`, `loose_values(&State, &Id, Option<&Id>) -> Option<LooseValues>` |
//! | paper | `score_sheets(&State, &Id, &Id) -> Vec<ScoreSheetData>`, `summary(&State) -> Vec<SummaryData>` |
//! | a branch's places | `board_of_branch(&State, &UnitPath, Instant) -> Board` |
//! | a branch's people | `branch(&State, Option<&UnitPath>) -> Branch` |
//! | awards | `prizes(&State) -> Prizes`; for everybody `awards_seen(&State, &Audience) -> Option<AwardsSeen>` |
//! | draws of prizes | `drawn(&State, &Audience) -> DrawnSeen` |
//! | a certificate's check page | `certificate(&State, serial) -> Option<CertificateSeen>` |
//! | roles of a person | `roles(&State, &PersonId) -> Vec<Role>`, `heading(&State) -> Heading` |

pub mod audit;
pub mod board;
pub mod branch;
pub mod chief;
pub mod effect;
pub mod judge;
pub mod organizer;
pub mod paper;
pub mod prizes;
pub mod values;

mod awarding;
mod drawn;
mod explain;
pub(super) mod facing;
mod judging;
mod leading;
mod office;
mod organizing;
mod printing;
pub(super) mod tables;
mod winning;

use serde::{Deserialize, Serialize};

use super::{
    ledger::{Instant, entry::Phase},
    names::{EntrantId, Id, PersonId},
};

pub use audit::audit;
pub use awarding::{AwardSeen, AwardsSeen, WinnerSeen, announced, awards, awards_seen, has_awards};
pub use board::{Board, BoardRow, BoardTable, Column, Seen, Shows, WhyRow, WhySeen, board, board_of_branch, why};
pub use branch::{
    Branch, BranchLine, OwnCertificate, branch, certificates_of, entrant_count, is_entrant, public_key, titles_of,
    unit_of, unit_of_person, units,
};
pub use chief::{
    ChiefBoard, OpenTie, PanelBoard, PanelRow, PendingDisqualification, SheetCell, SpreadFound, SpreadTodo,
};
pub use drawn::{DrawSeen, DrawnSeen, drawn, has_drawn};
pub use effect::{Effect, correction, effect};
pub(in crate::rules) use facing::shows;
pub use facing::{adopted, begun, facts, groups, has_papers, has_workers, heading, numbers, public_head, roles};
pub use judge::{
    Control, ControlKind, DayPanel, DaySheet, JudgeDay, Sheet, SheetPlace, SheetState, ViolationControl, choices,
};
pub use judging::{entrant_of_number, judge_day, sheet, sheet_key, violation_of_sheet};
pub use leading::{MarkTold, chief_board, mark_told, panel_sheet};
pub use organizer::{EntrantLine, Organizer, Person, StageLine, Todo, TrailLine};
pub use organizing::organizer;
pub use paper::{ScoreSheetData, SummaryData};
pub use printing::{score_sheets, summary};
pub use prizes::{CertificateSeen, Holds, Prizes};
pub use values::{LooseValues, ValueStage, loose_values, value_stages};
pub use winning::{certificate, prizes};

/// Who looks. Decided once, at the edge, from the session.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    Public,
    /// The public, and this entrant's own details.
    Entrant(EntrantId),
    /// The public, and what this judge has marked.
    Judge(PersonId),
    /// Chief judge, group leader, organizer, administrator.
    Staff,
}

/// What stands above every view of a contest.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Heading {
    /// The definition's id.
    pub contest: String,
    pub title: String,
    pub subtitle: Option<String>,
    pub organizer: Option<String>,
    /// BCP 47, of the contest's own texts.
    pub language: String,
    /// An IANA zone, for printed times.
    pub timezone: String,
    /// 评委 rather than 裁判.
    pub adjudicators: bool,
    /// Entrants are units: of a labor competition, or of a season that knows them by their units.
    pub of_units: bool,
    pub phase: Phase,
    /// Until this is true, "not final" stands on every screen and file.
    pub sealed: bool,
    /// The end of the public notice, once there is one.
    pub notice_until: Option<Instant>,
}

/// Sheets handed in, of those expected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Progress {
    pub done: usize,
    pub expected: usize,
}

/// A thing of the definition with the title to show.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named {
    pub id: Id,
    pub title: String,
}

/// What stands in the way of signing a panel or of sealing the contest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Block {
    StageOpen {
        stage: Named,
        group: Option<Named>,
    },
    SheetsMissing {
        stage: Named,
        panel: Named,
        group: Option<Named>,
        /// At least so many are needed to sign; where absent judges are left out, fewer than are open.
        count: usize,
        progress: Progress,
    },
    /// Aspects without a panel: imported scores, times.
    ValuesMissing {
        stage: Named,
        group: Option<Named>,
        count: usize,
    },
    SpreadsOpen {
        stage: Named,
        panel: Named,
        group: Option<Named>,
        count: usize,
    },
    NotSigned {
        stage: Named,
        panel: Named,
        group: Option<Named>,
    },
    DisqualificationsOpen {
        count: usize,
    },
    TiesOpen {
        count: usize,
    },
    /// Periods of a labor competition that are not published.
    PeriodsOpen {
        count: usize,
    },
}
