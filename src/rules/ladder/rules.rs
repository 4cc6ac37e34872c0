//! The rules of one ladder as the definition gives them: every default filled in, every choice its own case.
//!
//! | word | 中文 | what it is |
//! |---|---|---|
//! | ladder | 擂台 | people in order; who wins against somebody above moves up |
//! | holder | 擂主 | who stands at the top, or in the first tier |
//! | challenge, defend | 攻擂, 守擂 | |
//! | tier | 层级 | places of equal rank, with a number of seats |
//! | lapse | 违约 | a challenge declined, not answered, or not played |
//! | star | 新科明星 | who takes the top place |
//!
//! Knows no people and no moments.

use jiff::civil::{Date, Time};
use rust_decimal::Decimal;

use crate::rules::{
    definition::model::{Reward, Titled},
    names::{Id, UnitPath},
};

#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    pub id: Id,
    pub title: String,
    pub fits: Fits,
    /// An IANA zone: days, months and forbidden hours are local.
    pub zone: String,
    pub format: Format,
    pub entry: Entering,
    pub range: Range,
    pub movement: Movement,
    pub answer: Answering,
    pub calendar: Calendar,
    pub lapses: Lapses,
    pub rest: Rest,
    pub at_once: AtOnce,
    /// `None`: nobody drops for being idle.
    pub idle: Option<Idle>,
    /// Days of ordinary leave in a calendar year; sick and maternity leave have no limit. `None`: none has.
    pub leave_days_max: Option<u32>,
    pub season: Option<Season>,
    /// `None`: every game counts.
    pub same_pair: Option<SamePair>,
    pub star: Star,
}

/// Who may stand on a ladder: all that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fits {
    pub event: Option<Id>,
    pub group: Option<Id>,
    /// This unit, or one below it.
    pub unit: Option<UnitPath>,
    pub eligible: Vec<Id>,
}

/// How a challenge is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Format {
    /// Beat the record (打擂): a fresh paper of the same blueprint, better by score, then by time.
    Record { paper: Id, expires: Expires, undefended: Undefended },
    /// Both sit the same paper.
    Duel { paper: Id },
    /// A scoring session of this stage, on a challenge day (擂台日).
    Judged { stage: Id },
}

/// When a record is no longer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expires {
    /// With the calendar month, quarter or year in which it was set.
    Month,
    Quarter,
    Year,
    /// So many days after it was set.
    Days(u32),
    Never,
}

/// What follows when a holder's record expires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undefended {
    /// The place is kept, and any score takes it.
    Open,
    /// The holder falls so many places: with a record of so many days when it expires, else at the end of the first
    /// whole month, quarter or year without a record.
    Drop(u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entering {
    pub by: EnterBy,
    /// A newcomer's first challenge may go to anybody.
    pub free_challenge: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnterBy {
    /// At the bottom.
    Bottom,
    /// By a first score, before those whose record is worse.
    Score,
}

/// Whom one may challenge. With tiers, `Up` counts tiers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Range {
    Any,
    Up(u32),
    /// By the challenger's place; ascending.
    ByPlace(Vec<RangeRow>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RangeRow {
    pub from: u32,
    pub up: u32,
}

/// What winning moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Movement {
    /// The two change places.
    Swap,
    /// The challenger takes the place, those between move down one.
    Insert,
    /// Swap when adjacent, insert otherwise.
    SwapOrInsert,
    /// Seats of each tier from the top; below is one more tier without limit. Promotion pushes the lowest down.
    Tiers(Vec<u32>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answering {
    /// `None`: nothing to answer, a record stands for its holder.
    pub respond: Option<Span>,
    pub play: Span,
    /// Beyond `play`; counted on the clock.
    pub grace_h: u32,
}

/// Days and hours of a ladder's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// To the same local time, that many open days later.
    Days(u32),
    /// Of open time.
    Hours(u32),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Shutdowns and holidays: whole local days that do not count.
    pub closed: Vec<Closed>,
    /// Hours of every day in which nobody of this post may play; `to` before `from` goes over midnight.
    pub forbidden: Vec<Hours>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    pub from: Date,
    /// The last day of it.
    pub to: Date,
    pub title: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    pub from: Time,
    pub to: Time,
}

/// Declined, not answered in time, not played in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lapses {
    /// Without consequence, within the window.
    pub allowed: u32,
    pub window_days: u32,
    pub consequence: Consequence,
    pub walkover: Walkover,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consequence {
    /// The challenge is lost.
    Forfeit,
    Drop(u32),
    /// Off the ladder.
    Remove,
}

/// What the other side gets by a forfeit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walkover {
    /// As if won.
    Full,
    /// The challenger rises one place and the defender drops below.
    One,
}

/// 0 days: no rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rest {
    /// A challenger who lost challenges nobody.
    pub loser_days: u32,
    /// The same two do not meet again.
    pub pair_days: u32,
    /// A winner is not challenged, and may waive it.
    pub winner_days: u32,
    pub tries_per_day: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtOnce {
    pub out: u32,
    pub r#in: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Idle {
    pub days: u32,
    pub drop: u32,
    /// The first so many places never drop.
    pub top_exempt: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Season {
    pub starts: Date,
    pub months: u32,
    /// No new challenges in the last so many days.
    pub freeze_days: u32,
    /// For the places from the top at the end.
    pub titles: Vec<SeasonTitle>,
    pub seed: Seeding,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SeasonTitle {
    pub title: String,
    pub reward: Reward,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seeding {
    /// The new season begins in the order of the old.
    Keep,
    /// Everybody enters anew.
    Empty,
}

/// Further games of the same two within the days move nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SamePair {
    pub games: u32,
    pub days: u32,
}

/// Who takes the top place, or enters the first tier.
#[derive(Clone, Debug, PartialEq)]
pub struct Star {
    pub title: String,
    pub reward: Reward,
    /// A reward is given once to a person in each.
    pub per: Period,
    /// A template below the contests folder.
    pub certificate: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    Month,
    Quarter,
    Year,
    Season,
    /// Once for ever.
    Once,
}

impl Rules {
    pub fn titled(&self) -> Titled {
        Titled { id: self.id.clone(), title: self.title.clone() }
    }

    /// Seats of the tier, from 0; `None`: without limit.
    pub fn seats(&self, tier: usize) -> Option<u32> {
        match &self.movement {
            Movement::Tiers(seats) => seats.get(tier).copied(),
            _ => None,
        }
    }

    /// Tiers, with the last one that has no limit; 1 where there are none.
    pub fn tiers(&self) -> usize {
        match &self.movement {
            Movement::Tiers(seats) => seats.len() + 1,
            _ => 1,
        }
    }

    pub fn has_tiers(&self) -> bool {
        matches!(self.movement, Movement::Tiers(_))
    }

    pub fn paper(&self) -> Option<&Id> {
        match &self.format {
            Format::Record { paper, .. } | Format::Duel { paper } => Some(paper),
            Format::Judged { .. } => None,
        }
    }
}

/// What a paper, or a session of judges, gave: better by score, then by time. Equal results keep the holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Outcome {
    pub score: Decimal,
    /// Milliseconds; 0 where time is not taken.
    pub used_ms: u64,
}

impl Outcome {
    /// Where no time was taken of one of the two, time says nothing.
    pub fn beats(&self, other: &Outcome) -> bool {
        let are_timed = self.used_ms > 0 && other.used_ms > 0;
        self.score > other.score || (self.score == other.score && are_timed && self.used_ms < other.used_ms)
    }
}
