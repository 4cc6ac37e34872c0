//! What a definition says of a season, with every default filled in.

use rust_decimal::Decimal;

use crate::rules::{decimal, definition::model::Rounding, names::Id};

/// `[season]`, `[[source]]`, `[stars]` and `[[star]]`. Without sources the contest is no season.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    /// How a source's rows find their entrants.
    pub matching: Matching,
    /// In the order of the file.
    pub sources: Vec<Source>,
    pub stars: Option<Stars>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Matching {
    /// The row's unit, or the unit of the row's entrant, is the entrant's unit, to the last name of the path.
    #[default]
    Unit,
    /// The row's entrant has the same own number (工号).
    Number,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    pub id: Id,
    pub title: String,
    pub reads: Reads,
    pub by: By,
    /// Above 0; multiplies what the result became.
    pub weight: Decimal,
    /// Never more points, after the weight.
    pub cap: Option<Decimal>,
    pub missing: Missing,
    /// Of the points.
    pub rounding: Option<Rounding>,
}

/// Which table of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reads {
    /// The entrants, each in the table of their event and group.
    Field,
    /// By its name in addresses: `teams`, or the id of a table.
    Table(Id),
    /// What was published of a period of a labor competition.
    Period(Id),
    /// All periods of a labor competition together, once all that are closed are published.
    Overall,
    /// Places on a ladder.
    Ladder(Id),
}

/// How a result becomes points.
#[derive(Clone, Debug, PartialEq)]
pub enum By {
    /// The total itself; `full`: the most there is (满分).
    Points { full: Option<Decimal> },
    /// Percent of `full`, or of the best total that the source shows.
    Percentage { full: Option<Decimal> },
    /// For first, second, …; shared ranks each get their rank's.
    Rank { points: Vec<Decimal>, further: Decimal },
}

/// What somebody gets whom a source does not list with a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    Zero,
    Unranked,
    /// 缺项折算: got ÷ possible × full.
    Scaled,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Stars {
    pub reads: StarsRead,
    /// The level before the first period; 0 is none.
    pub starts_at: u32,
    /// Ascending by one from 1, with ascending thresholds.
    pub levels: Vec<Star>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StarsRead {
    /// The season's total when the period ends.
    Total,
    /// What was added since the period before.
    Gained,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Star {
    pub level: u32,
    pub title: String,
    pub at_least: Decimal,
}

impl Rules {
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// Whether its entrants are units.
    pub fn ranks_units(&self) -> bool {
        !self.is_empty() && self.matching == Matching::Unit
    }

    pub fn source(&self, id: &Id) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == *id)
    }
}

impl Source {
    /// The most points that it can bring: its cap, which may leave room above the full points.
    pub fn most(&self) -> Option<Decimal> {
        self.cap.or_else(|| self.full())
    }

    /// The full points, as far as the definition tells: what the rest is measured against.
    pub fn full(&self) -> Option<Decimal> {
        let most = match &self.by {
            By::Points { full } => *full,
            By::Percentage { .. } => Some(Decimal::ONE_HUNDRED),
            By::Rank { points, further } => points.iter().copied().chain([*further]).max(),
        };
        let weighted = most.and_then(|most| decimal::mul(most, self.weight).ok());
        match (weighted, self.cap) {
            (Some(weighted), Some(cap)) => Some(weighted.min(cap)),
            (weighted, cap) => weighted.or(cap),
        }
    }
}

impl Stars {
    pub fn level(&self, level: u32) -> Option<&Star> {
        self.levels.iter().find(|star| star.level == level)
    }
}
