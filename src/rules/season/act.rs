//! What somebody asks of a season, and why it is refused.

use crate::rules::{
    ledger::season::SourceReport,
    names::{ContestId, Id},
};

#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// By an organizer; that they organize the other contest too, and that no circle comes of it, is for whoever makes
    /// the command to see.
    Bind {
        source: Id,
        contest: ContestId,
    },
    Release {
        source: Id,
    },
    /// By nobody: what the source's public board shows.
    Report(SourceReport),
    /// 评定星级, at the end of a period.
    DecideStars {
        period: Id,
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
}
