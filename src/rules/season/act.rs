//! What somebody asks of a season, and why it is refused.

use jiff::civil::Date;

use crate::rules::{
    ledger::{entry::Digest, season::SourceReport},
    names::{ContestId, Id, PersonId},
};

#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// By an organizer; that they organize the other contest too, and that no circle comes of it, is for whoever makes
    /// the command to see.
    Bind {
        source: Id,
        contest: ContestId,
        /// Needed, both, in place of a contest that has reported.
        reason: Option<Digest>,
        second: Option<PersonId>,
    },
    Release {
        source: Id,
        /// Needed, both, once it has reported.
        reason: Option<Digest>,
        second: Option<PersonId>,
    },
    /// By nobody: what the source's public board shows.
    Report(SourceReport),
    /// 评定星级, at the end of a period.
    DecideStars {
        period: Id,
        /// Of the newest round once more.
        reason: Option<Digest>,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub enum SeasonRefusal {
    UnknownSource(Id),
    NotBound(Id),
    /// To this contest already.
    AlreadyBound {
        source: Id,
        contest: ContestId,
    },
    /// The table would be among its own sources: from this contest over its sources back to it.
    Circle {
        path: Vec<ContestId>,
    },
    NotOrganizerThere {
        contest: ContestId,
    },
    UnknownContest(ContestId),
    /// Its points come from another contest; nobody enters them.
    FromSource(Id),
    /// What sources say cannot be typed in.
    OnlySources,
    NoStars,
    UnknownPeriod(Id),
    PeriodDecided(Id),
    /// Periods are decided in the order of time.
    PeriodsInOrder {
        next: Id,
    },
    /// Its last day is not over.
    PeriodRuns {
        period: Id,
        last: Date,
    },
    /// The lowest total leads there, so that its totals are no points: by rank only.
    LowestFirst {
        contest: ContestId,
    },
    /// Bound, and never reported: sealed now, everybody would miss it.
    NeverReported(Id),
    /// It cannot be looked at in this moment.
    Unreadable(Id),
}
