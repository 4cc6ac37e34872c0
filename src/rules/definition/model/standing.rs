//! Rounds, totals, rankings, teams and parallel tables: what becomes of the stages' scores.

use rust_decimal::Decimal;

use super::Rounding;
use crate::rules::names::Id;

/// A round (initial, semi-final, final) and the cut that leads out of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    pub id: Id,
    pub title: String,
    pub stages: Vec<Id>,
    /// Scores of earlier rounds count on.
    pub carry: bool,
    pub cut: Option<Cut>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    pub rule: CutRule,
    pub ties: CutTies,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutRule {
    Top(u32),
    AtLeast(Decimal),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutTies {
    AllIn,
    NoneIn,
    /// The tie chain, then people.
    Decided,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    pub floor: Option<Decimal>,
    pub rounding: Option<Rounding>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// False: the lowest total leads.
    pub highest_first: bool,
    pub ties: Vec<TieKey>,
    pub end: TieEnd,
    /// Totals closer than this count as tied.
    pub tolerance: Option<Decimal>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TieKey {
    Stage {
        stage: Id,
        lowest_first: bool,
    },
    Piece {
        stage: Id,
        piece: Id,
        lowest_first: bool,
    },
    /// Its points.
    Aspect {
        stage: Id,
        aspect: Id,
        lowest_first: bool,
    },
    /// Its recorded value (a duration, a length), summed over pieces.
    Recorded {
        stage: Id,
        aspect: Id,
        value: Id,
        lowest_first: bool,
    },
    /// The next best attempt of a stage, then the one after.
    Attempts {
        stage: Id,
    },
    /// Best single stage score, then second best, …
    Countback,
    /// The entrant's value from the list.
    EntrantValue {
        value: Id,
        lowest_first: bool,
    },
    /// A recorded play-off (加赛).
    PlayOff,
    /// Lots drawn and recorded.
    Lots,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TieEnd {
    /// 排名不并列.
    PeopleDecide,
    /// 1, 2, 2, 4.
    Shared,
}

#[derive(Clone, Debug, PartialEq)]
pub struct TeamRule {
    pub score: MemberScore,
    pub rounding: Option<Rounding>,
    pub ties: Vec<TieKey>,
    pub end: TieEnd,
    /// Teams with fewer scored members are unranked.
    pub members_min: u32,
}

/// How members make one number.
#[derive(Clone, Debug, PartialEq)]
pub enum MemberScore {
    Sum,
    Mean,
    BestSum(u32),
    BestMean(u32),
    /// Points per award, by award id.
    Awards(Vec<(Id, Decimal)>),
}

/// A parallel ranking from the same marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub id: Id,
    pub title: String,
    pub of: TableOf,
    /// Only entrants that fit all.
    pub only: Vec<Only>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TableOf {
    /// Ranked again among themselves.
    Entrants,
    Units {
        level: u32,
        score: MemberScore,
        /// A mean is of the best so many, or of all heads; those without a score are 0.
        absentees_zero: bool,
        /// A mean is multiplied by min(1, participants / required).
        required: Option<Required>,
        rounding: Option<Rounding>,
        end: TieEnd,
    },
}

/// How many of a unit must take part for its mean to count whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Required {
    Heads(u32),
    /// Of the unit's heads, not rounded.
    Percent(Decimal),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Only {
    Event(Id),
    Group(Id),
    Eligible(Id),
}
