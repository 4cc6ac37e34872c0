//! Why an entrant has the score and the place they have: a tree of typed facts.
//!
//! Scoring tells a [`Trace`] what it does. [`Silent`] listens to nothing and costs nothing; [`Tree`] keeps
//! everything, for one entrant on demand. Each fact names its [`Place`] in the definition. No sentences here:
//! `words::why` says them.

use std::fmt;

use rust_decimal::Decimal;

use super::{
    definition::model::{Effect, Rounding},
    field::Value,
    names::{EntrantId, Id, PersonId},
    panel::{Fate, SpreadFinding},
    result::{DecidedBy, Status, TableKey, Who},
    score::Outcome,
};

/// One entrant's score, explained.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    pub entrant: EntrantId,
    /// One for every table that lists the entrant.
    pub places: Vec<Ranked>,
    /// The total with everything below it.
    pub score: Vec<Node>,
}

/// The entrant's row of one table, and what settled a tie there.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    pub table: TableKey,
    pub rank: Option<u32>,
    pub status: Status,
    /// Ranked entrants of the table.
    pub of: usize,
    pub decided_by: Option<DecidedBy>,
    /// Others with the same total, in rank order.
    pub tied_with: Vec<Who>,
    /// Of the round that ranks them.
    pub total: Option<Decimal>,
}

/// A fact, where the definition says so, and what it follows from.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub fact: Fact,
    pub place: Place,
    pub parts: Vec<Node>,
}

/// A key of the definition by its path: `stage.practice.panel.appearance.rounding`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(String);

impl Place {
    /// Empty keys are left out.
    pub fn of(keys: &[&str]) -> Self {
        Self(keys.iter().filter(|key| !key.is_empty()).copied().collect::<Vec<_>>().join("."))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// Over everything that counts.
    Total {
        outcome: Outcome,
    },
    /// Up to and including this round.
    Round {
        round: Id,
        outcome: Outcome,
    },
    /// `weight` × `score` goes into the total.
    Contribution {
        stage: Id,
        score: Decimal,
        weight: Decimal,
        points: Decimal,
    },
    Stage {
        stage: Id,
        outcome: Outcome,
    },
    Attempt {
        number: u32,
        outcome: Outcome,
        counted: bool,
    },
    Piece {
        piece: Id,
        outcome: Outcome,
    },
    Aspect {
        aspect: Id,
        piece: Option<Id>,
        outcome: Outcome,
    },
    /// A recorded value, after the panel when there is one.
    Recorded {
        value: Id,
        number: Decimal,
    },
    /// One of the values is missing, or the panel has no number.
    Unrecorded {
        value: Id,
    },
    /// `used` is the mark after the rounding of marks.
    Mark {
        judge: Option<PersonId>,
        given: Decimal,
        used: Decimal,
        fate: Fate,
    },
    /// Absent, or not applicable.
    MarkIsNot {
        judge: Option<PersonId>,
        value: Value,
    },
    /// The mean, for a judge who is missing.
    StandsIn {
        seat: u32,
        used: Decimal,
        fate: Fate,
    },
    /// What the panel's counted marks make.
    Panel {
        panel: Id,
        number: Decimal,
    },
    Spread {
        found: SpreadFinding,
    },
    MeanOfAll {
        number: Decimal,
    },
    /// The chief's number.
    Resolved {
        number: Decimal,
    },
    Rounded {
        before: Decimal,
        after: Decimal,
        rounding: Rounding,
    },
    /// The row from 1.
    Band {
        row: usize,
        points: Decimal,
    },
    Line {
        value: Decimal,
        points: Decimal,
    },
    AllOrNothing {
        points: Decimal,
    },
    OverTime {
        value: Decimal,
        limit_s: Decimal,
    },
    ByRank {
        position: usize,
        points: Decimal,
    },
    Scaled {
        before: Decimal,
        after: Decimal,
        from_max: Decimal,
        to_max: Decimal,
    },
    Formula {
        source: String,
        values: Vec<(String, Decimal)>,
        result: Decimal,
    },
    Factor {
        before: Decimal,
        by: Decimal,
        after: Decimal,
    },
    /// `counted` of `count` times; `taken` is what was left to take (扣完为止), zero or negative.
    Violation {
        violation: Id,
        count: u32,
        counted: u32,
        points: Decimal,
        taken: Decimal,
        effect: Effect,
    },
    Capped {
        before: Decimal,
        after: Decimal,
    },
    Floored {
        before: Decimal,
        after: Decimal,
    },
    /// Not applicable parts: got ÷ possible × of.
    ScaledUp {
        before: Decimal,
        after: Decimal,
        possible: Decimal,
        of: Decimal,
    },
    /// To 100 of `max`.
    Rescaled {
        before: Decimal,
        after: Decimal,
        max: Decimal,
    },
    /// An absence counts zero.
    AbsentIsZero,
    Standardised {
        before: Decimal,
        after: Decimal,
    },
}

/// Listens to scoring.
pub trait Trace {
    /// Facts told until the matching [`Trace::close`] are parts of it.
    fn open(&mut self);
    fn close(&mut self, fact: impl FnOnce() -> (Fact, Place));
    fn note(&mut self, fact: impl FnOnce() -> (Fact, Place));
}

/// Listens to nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Trace for Silent {
    fn open(&mut self) {}
    fn close(&mut self, _: impl FnOnce() -> (Fact, Place)) {}
    fn note(&mut self, _: impl FnOnce() -> (Fact, Place)) {}
}

/// Keeps every fact.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    open: Vec<Vec<Node>>,
    top: Vec<Node>,
}

impl Tree {
    pub fn into_nodes(self) -> Vec<Node> {
        self.top
    }

    fn push(&mut self, node: Node) {
        self.open.last_mut().unwrap_or(&mut self.top).push(node);
    }
}

impl Trace for Tree {
    fn open(&mut self) {
        self.open.push(Vec::new());
    }

    fn close(&mut self, fact: impl FnOnce() -> (Fact, Place)) {
        let parts = self.open.pop().unwrap_or_default();
        let (fact, place) = fact();
        self.push(Node { fact, place, parts });
    }

    fn note(&mut self, fact: impl FnOnce() -> (Fact, Place)) {
        let (fact, place) = fact();
        self.push(Node { fact, place, parts: Vec::new() });
    }
}

impl Node {
    /// This fact and all below it, depth first.
    pub fn walk(&self) -> Box<dyn Iterator<Item = &Node> + '_> {
        Box::new(std::iter::once(self).chain(self.parts.iter().flat_map(Node::walk)))
    }
}
