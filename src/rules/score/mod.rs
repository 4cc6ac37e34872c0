//! One entrant's whole score: from marks through panels, aspects, pieces, attempts and stages to totals.
//!
//! Missing, absent, not applicable, failed and zero are different everywhere ([`Outcome`]). A score depends on one
//! entrant's marks alone, so that it can be computed again alone and kept; where the definition compares entrants
//! before ranking (rank order, standardised panels) [`across`] settles it. Knows no ranks.

mod across;
mod attempt;
mod bounds;
mod item;
mod plan;
mod recorded;
mod sheet;
mod total;

use rust_decimal::Decimal;

use super::{
    decimal::Overflow,
    field::{Entrant, EntrantMarks, PanelSlot},
    formula,
    names::Id,
    panel::{NoNumber, SpreadFinding},
    result::{StageScores, Status},
    why::{Silent, Trace},
};

pub use across::{Across, settle};
pub use bounds::{Bounds, Grid, OutOfBounds};
pub(crate) use plan::{Inner as PlanInner, has_weights};
pub use plan::{Plan, aspect_names, stage_names};
pub(crate) use sheet::{CellMark, Fault, NOBODY};
pub use sheet::{OwnedSheet, Seats, Sheet};

/// What a level of scoring came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Is(Decimal),
    /// Something is not marked yet.
    Missing,
    /// 不适用: leaves the sum, and the rest is scaled up.
    NotApplicable,
    /// 缺考.
    Absent,
    Failed(Reason),
}

/// Why points could not be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    Formula(formula::Failure),
    Panel(NoNumber),
    /// No band fits the recorded values.
    NoBand,
    /// A value is scaled from a maximum of zero, or of none.
    NoMaximum,
    /// Aspects name one another in a circle.
    Circular,
    /// An aspect without a panel was entered with different values.
    Disagree,
    Overflow,
}

impl From<Overflow> for Reason {
    fn from(_: Overflow) -> Self {
        Reason::Overflow
    }
}

/// One entrant's score. Kept by whoever shows standings; made anew when one of the entrant's marks changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// For rows: only stages that this entrant takes part in.
    pub stages: StageScores,
    /// One per round of the definition, at least one.
    pub rounds: Box<[RoundScore]>,
    /// Spreads that break a rule and are not resolved, in the order of the definition.
    pub spreads: Vec<Spread>,
    /// As if every cut was passed. `Ranked` when the total of the last round is known.
    pub status: Status,
    /// The tie chain's values, in its order; bigger is better.
    pub(crate) keys: Box<[Key]>,
    /// The same of the teams' chain.
    pub(crate) team_keys: Box<[Key]>,
    /// For [`settle`].
    pub(crate) held: Option<Box<OwnedSheet>>,
    pub(crate) compared: Vec<across::Compared>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoundScore {
    pub total: Outcome,
    /// Something was recorded in a stage of this round.
    pub begun: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spread {
    pub slot: PanelSlot,
    /// Which of several recorded values.
    pub value: Option<Id>,
    pub panel: Id,
    pub found: SpreadFinding,
}

/// One key of a tie chain; bigger is better, nothing is worst.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Settled by a recorded decision, not by the score.
    Decision,
    One(Option<Decimal>),
    /// Compared one after the other.
    Many(Box<[Decimal]>),
}

impl Key {
    /// The best score first, then the next best.
    pub(crate) fn countback(scores: impl Iterator<Item = Decimal>, highest_first: bool) -> Self {
        let mut scores: Vec<Decimal> = scores.map(|score| if highest_first { score } else { -score }).collect();
        scores.sort_unstable_by(|a, b| b.cmp(a));
        Key::Many(scores.into())
    }
}

impl Outcome {
    pub fn value(self) -> Option<Decimal> {
        if let Outcome::Is(value) = self { Some(value) } else { None }
    }

    fn of<E: Into<Reason>>(result: Result<Decimal, E>) -> Self {
        result.map_or_else(|reason| Outcome::Failed(reason.into()), Outcome::Is)
    }

    fn map(self, change: impl FnOnce(Decimal) -> Result<Decimal, Reason>) -> Self {
        if let Outcome::Is(value) = self { Outcome::of(change(value)) } else { self }
    }

    /// Of two parts that are both needed: what stays in the way longest.
    fn gravest(self, other: Self) -> Self {
        if other.gravity() > self.gravity() { other } else { self }
    }

    fn gravity(self) -> u8 {
        match self {
            Outcome::Is(_) => 0,
            Outcome::NotApplicable => 1,
            Outcome::Missing => 2,
            Outcome::Failed(_) => 3,
            Outcome::Absent => 4,
        }
    }
}

/// Scores one entrant. The ledger passes the seats it assigned; files have none.
pub fn score(plan: &Plan, entrant: &Entrant, marks: &EntrantMarks, seats: &Seats) -> Scored {
    let sheet = OwnedSheet::new(plan, marks, seats);
    score_sheet(plan, entrant, sheet.view(), None, &mut Silent)
}

/// The same from a sheet at hand, with what [`settle`] found out about the others, telling `trace` each step.
pub fn score_sheet(
    plan: &Plan,
    entrant: &Entrant,
    sheet: Sheet,
    across: Option<&Across>,
    trace: &mut impl Trace,
) -> Scored {
    total::whole(plan.inner(), entrant, sheet, across, trace)
}
