//! Aspects: what is marked, measured or computed, and how a recorded value becomes points.

use rust_decimal::Decimal;

use super::{Formula, Rounding};
use crate::rules::names::Id;

#[derive(Clone, Debug, PartialEq)]
pub struct Aspect {
    pub id: Id,
    pub title: String,
    pub kind: AspectKind,
    /// Points at most (配分).
    pub max: Option<Decimal>,
    pub min: Option<Decimal>,
    /// `None`: marked for each piece of the stage, or once when it has none. `Some`: only for these; empty: once for the stage.
    pub pieces: Option<Vec<Id>>,
    /// Multiplies the points; then rounded.
    pub factor: Factor,
    pub rounding: Option<Rounding>,
    /// Points are computed by this from the recorded values, `panel`, other aspects and the entrant's values.
    pub formula: Option<Formula>,
    /// What the judge looks at, shown beside the control.
    pub description: Option<String>,
    /// Its value comes from papers; nobody enters it.
    pub paper: Option<PaperSource>,
    /// Its value comes from a collection; nobody enters it.
    pub works: Option<WorksSource>,
    /// Its value comes from another contest; nobody enters it.
    pub from_source: bool,
}

impl Aspect {
    /// Whether its value comes by itself, so that nobody enters it and nothing waits for it.
    pub fn is_filled(&self) -> bool {
        self.paper.is_some() || self.works.is_some() || self.from_source
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperSource {
    pub paper: Id,
    pub reads: Reads,
}

/// What of somebody's counted result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    Points,
    /// Time used.
    Seconds,
    /// The moment it was finished, in seconds since 1970.
    Finished,
    Right,
    /// Finished papers.
    Papers,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorksSource {
    pub collection: Id,
    pub reads: WorksRead,
    /// For somebody without a work; `None`: missing.
    pub otherwise: Option<Decimal>,
}

/// What of somebody's works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorksRead {
    Points,
    /// How many.
    Accepted,
    /// How many, without those withdrawn.
    Submitted,
    /// Of the best one, once the collection is closed.
    Mark,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Factor {
    Constant(Decimal),
    /// A value of the entrant or a `value` aspect, by id.
    Named(Id),
}

#[derive(Clone, Debug, PartialEq)]
pub enum AspectKind {
    /// One value per judge in `min..=max`, a multiple of `step` from `min`.
    Judgement {
        min: Decimal,
        max: Decimal,
        step: Decimal,
    },
    /// 0–3 by described bands; points = max × sum / (3 × judges).
    BandedJudgement {
        bands: Vec<BandText>,
    },
    Measurement {
        values: Vec<Measured>,
        points: PointsRule,
    },
    /// Seconds, decimals allowed; a pause or extra time is already taken off.
    Time {
        points: PointsRule,
        limit_s: Option<Decimal>,
    },
    /// Only violations speak; starts at `max` when it has one, else at 0.
    Deduction,
    /// A value from outside, `0..=from_max`, scaled to `max`.
    Imported {
        from_max: Decimal,
        source: Option<String>,
    },
    /// No points of its own; formulas name it.
    Value {
        min: Option<Decimal>,
        max: Option<Decimal>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BandText {
    pub score: u32,
    pub text: String,
}

/// One recorded value of a measurement. A measurement with a single value may leave its id out; it is then `value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    pub id: Id,
    pub title: String,
    pub unit: Option<String>,
    pub kind: MeasuredKind,
    pub min: Option<Decimal>,
    pub max: Option<Decimal>,
    pub step: Option<Decimal>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasuredKind {
    Number,
    Count,
    /// 1 is yes.
    YesNo,
}

#[derive(Clone, Debug, PartialEq)]
pub enum PointsRule {
    /// The first band that fits; none fits: no score, with the reason.
    Bands(Vec<Band>),
    Linear(Linear),
    /// All points when every condition holds, else none.
    AllOrNothing {
        points: Decimal,
        when: Vec<Condition>,
    },
    /// Points by rank order of the value among all entrants: first, second, …; the last entry serves the rest.
    RankOrder {
        points: Vec<Decimal>,
        lowest_first: bool,
    },
    /// The aspect's `formula`.
    Formula,
    /// The value itself.
    AsIs,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    pub when: Vec<Condition>,
    pub points: Decimal,
}

/// A recorded value within bounds; absent bounds are open.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    pub value: Id,
    pub from: Option<Decimal>,
    pub above: Option<Decimal>,
    pub up_to: Option<Decimal>,
    pub below: Option<Decimal>,
}

/// `points + (value − at) × per_unit`, held between `floor` and `cap`.
#[derive(Clone, Debug, PartialEq)]
pub struct Linear {
    pub at: Decimal,
    pub points: Decimal,
    pub per_unit: Decimal,
    pub floor: Option<Decimal>,
    pub cap: Option<Decimal>,
}
