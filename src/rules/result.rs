//! What scoring says: scores, standings, and why somebody is ranked or not.
//!
//! Plain data for views, files and tests; computes nothing.

use std::sync::Arc;

use rust_decimal::{Decimal, RoundingStrategy};

use super::names::{EntrantId, Id, UnitPath};

/// All tables of one contest at one moment, in the order they are shown: one per event and group, then teams,
/// then the definition's parallel tables.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standings {
    pub tables: Vec<RankedTable>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct RankedTable {
    pub key: TableKey,
    /// In rank order; the unranked follow, in the order of [`Status`], then by id.
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TableKey {
    /// Entrants of one event and group; `None` where the definition has none.
    Field { event: Option<Id>, group: Option<Id> },
    /// Teams of one event and group.
    Teams { event: Option<Id>, group: Option<Id> },
    /// A table of the definition, by id.
    Named(Id),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// `None` when unranked.
    pub rank: Option<u32>,
    pub who: Who,
    pub total: Option<Decimal>,
    /// By stage id, only stages this entrant takes part in; `None` where there is no score yet. Empty for teams and units.
    pub stages: StageScores,
    pub status: Status,
    /// What separated this row from the one before it or after it in a tie on the total.
    pub decided_by: Option<DecidedBy>,
    pub outside_quota: bool,
    /// For teams and units: those who count.
    pub members: Vec<EntrantId>,
    /// For units whose heads are counted.
    pub heads: Option<Heads>,
}

/// How many of a unit took part, and how well: shown apart from its score (参与率, 人均成绩, 核定人数).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heads {
    /// With a score.
    pub participants: u32,
    /// As frozen; else those on the list.
    pub count: u32,
    /// Of the participants; `None` where there is none.
    pub mean: Option<Decimal>,
}

impl Heads {
    /// Participants per hundred heads, to one digit; `None` where nobody is counted.
    pub fn percent(&self) -> Option<Decimal> {
        let mut percent =
            (Decimal::from(self.participants) * Decimal::ONE_HUNDRED).checked_div(Decimal::from(self.count))?;
        percent = percent.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
        percent.rescale(1);
        Some(percent)
    }
}

/// Stage scores in the order of the definition. Shared: a row is made anew after every mark, its stages seldom change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StageScores(Arc<[(Id, Option<Decimal>)]>);

impl StageScores {
    /// The outer `None`: not a stage of this entrant; the inner one: no score yet.
    pub fn get(&self, stage: &Id) -> Option<Option<Decimal>> {
        self.0.iter().find(|(id, _)| id == stage).map(|(_, score)| *score)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&Id, Option<Decimal>)> {
        self.0.iter().map(|(id, score)| (id, *score))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(Id, Option<Decimal>)> for StageScores {
    fn from_iter<T: IntoIterator<Item = (Id, Option<Decimal>)>>(scores: T) -> Self {
        Self(scores.into_iter().collect())
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    Entrant(EntrantId),
    Team(String),
    Unit(UnitPath),
}

impl Who {
    /// The text that a [`super::field::TieDecision`] and the API name it by.
    pub fn as_str(&self) -> &str {
        match self {
            Who::Entrant(id) => id.as_str(),
            Who::Team(name) => name,
            Who::Unit(path) => path.as_str(),
        }
    }
}

/// In the order in which the unranked are listed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    Ranked,
    /// Did not pass the cut of this round; ranked behind those who did.
    Cut {
        round: Id,
    },
    /// Some mark is missing; no total.
    Incomplete,
    /// Some points could not be computed (a formula divided by zero, no band fits).
    Failed,
    Absent,
    Withdrawn,
    Disqualified {
        violation: Id,
    },
    /// 一票否决.
    Vetoed,
}

impl Status {
    /// As programs read it. Never changed.
    pub fn word(&self) -> &'static str {
        match self {
            Status::Ranked => "ranked",
            Status::Cut { .. } => "cut",
            Status::Incomplete => "incomplete",
            Status::Failed => "failed",
            Status::Absent => "absent",
            Status::Withdrawn => "withdrawn",
            Status::Disqualified { .. } => "disqualified",
            Status::Vetoed => "vetoed",
        }
    }
}

/// The key of the tie chain that decided, or how it ended.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecidedBy {
    /// Position in the chain of the definition.
    Chain(usize),
    /// Settled by people, and recorded.
    People,
    /// The chain is at its end and people have not decided yet; the rank is shared until they do.
    Open,
    /// The definition lets them share.
    Shared,
}
