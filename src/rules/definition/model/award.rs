//! Awards: who may get one, how many there are, and what a tie or a revoked one does.

use rust_decimal::Decimal;

use super::RoundingMode;
use crate::rules::names::Id;

#[derive(Clone, Debug, PartialEq)]
pub struct Award {
    pub id: Id,
    pub title: String,
    pub to: AwardTo,
    pub scope: AwardScope,
    pub quota: Quota,
    /// Pass line on the total.
    pub at_least: Option<Decimal>,
    /// All must hold.
    pub only: Vec<Id>,
    pub per_unit_most: Option<u32>,
    /// One person one prize of a ladder of prizes (就高不就低), in file order; `None`: a title that follows.
    pub ladder: Option<Id>,
    pub boundary: Boundary,
    pub revoked: Revoked,
    pub reward: Reward,
    /// A template below the contests folder.
    pub certificate: Option<String>,
    /// Leaves as a list of proposals (拟推荐名单).
    pub proposal: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AwardTo {
    Entrants,
    Teams,
    /// Of the unit table with this id.
    Units(Id),
    /// Of the parallel ranking with this id.
    Table(Id),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AwardScope {
    Contest,
    Event,
    /// Each group of each event.
    Group,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Quota {
    Count(u32),
    Percent {
        percent: Decimal,
        of: PercentOf,
        mode: RoundingMode,
    },
    /// The last row whose `from` is at most the number of ranked entrants; rows ascend.
    ByFieldSize(Vec<FieldSize>),
    /// Of those ranked without a prize of the ladder, the upper half (优胜奖), halves up.
    UpperHalf,
    /// Ranks `1..=n`: a title that follows.
    Top(u32),
    /// Everybody above the pass line.
    Everyone,
    /// Named by the organizer.
    Nominated,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PercentOf {
    Registered,
    Ranked,
    /// Ranked, and at or above the pass line.
    Qualified,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSize {
    pub from: u32,
    pub count: u32,
}

/// A tie across the last place of an award.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Boundary {
    /// Everyone in; the next tier shrinks.
    AllInNextShrinks,
    /// Everyone in; this tier grows.
    AllInGrows,
    NoneIn,
    PeopleDecide,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revoked {
    /// 顺延.
    NextMovesUp,
    /// 空缺.
    StaysEmpty,
    PeopleDecide,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reward {
    /// In the contest's currency.
    pub money: Option<Decimal>,
    pub points: Option<Decimal>,
    /// What else: 晋升高级工, a medal.
    pub text: Option<String>,
}
