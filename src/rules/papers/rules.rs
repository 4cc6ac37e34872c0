//! The rules of one paper as the definition gives them: every default filled in. Knows no people and no moments.

use jiff::civil::DateTime;
use rust_decimal::Decimal;

use crate::rules::{
    items::{Difficulty, ItemKind, Worth},
    names::{Id, UnitPath},
};

#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    pub id: Id,
    pub title: String,
    pub bank: Id,
    /// An IANA zone: days and windows are local.
    pub zone: String,
    /// `None`: no limit.
    pub minutes: Option<u32>,
    pub parts: Vec<Part>,
    pub shuffle_items: bool,
    pub shuffle_options: bool,
    /// Open while one of them fits and lasts; none: whenever the contest runs.
    pub windows: Vec<Window>,
    pub attempts: Attempts,
    /// A paper with at least so many right items is valid (有效答卷); `None`: every finished one.
    pub right_at_least: Option<u32>,
    /// May be sat without counting, as often as one likes.
    pub practice: bool,
    pub after: After,
    /// Points of a whole paper are never fewer.
    pub floor: Decimal,
}

/// One row of the blueprint (组卷规则).
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub title: Option<String>,
    pub kind: Option<ItemKind>,
    pub subject: Option<String>,
    pub difficulty: Option<Difficulty>,
    pub count: u32,
    pub worth: Worth,
    /// Clicks that a picture takes.
    pub clicks: u32,
}

/// Local times; `closes` is the first moment after it.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    pub opens: Option<DateTime>,
    pub closes: Option<DateTime>,
    pub group: Option<Id>,
    pub unit: Option<UnitPath>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempts {
    pub most: Option<u32>,
    pub per_day: Option<u32>,
    /// From the end of one to the start of the next.
    pub delay_minutes: u32,
    pub take: Take,
}

/// Which of somebody's papers count, and for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// Points, then less time, then earlier. Points and time come from the same paper.
    Best,
    Last,
    First,
    Mean,
    Sum,
    /// How many are valid.
    ValidPapers,
    /// Days with a valid paper (累计天数).
    ValidDays,
}

/// What a worker sees of a finished paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum After {
    Nothing,
    Score,
    /// Which items were right.
    Right,
    /// What would have been right, and why.
    Explained,
}

impl Rules {
    /// Items of one paper.
    pub fn count(&self) -> u32 {
        self.parts.iter().map(|part| part.count).sum()
    }

    /// Points of a paper that is entirely right.
    pub fn max(&self) -> Decimal {
        self.parts.iter().map(|part| part.worth.points * Decimal::from(part.count)).sum()
    }
}
