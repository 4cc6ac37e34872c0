//! Stages: their attempts, pieces and violations, and what an absence does.

use rust_decimal::Decimal;

use super::{Aspect, Panel, Rounding};
use crate::rules::names::Id;

/// A stage (阶段): theory, practice, a section, or one run of a round.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    pub id: Id,
    pub title: String,
    /// Empty: held by every event.
    pub events: Vec<Id>,
    /// Empty: held by every group.
    pub groups: Vec<Id>,
    /// Points at most; the sum of what its pieces and aspects allow when the file is silent and every part has a limit.
    pub max: Option<Decimal>,
    /// Weight in the total; `None` in a plain sum of sections.
    pub weight: Option<Decimal>,
    /// Score × 100 / max before weighting.
    pub rescale: bool,
    pub floor: Option<Decimal>,
    pub rounding: Option<Rounding>,
    pub absent: AbsentCounts,
    pub attempts: Attempts,
    pub standardise: Option<Standardise>,
    /// Replaces "sum of pieces and aspects"; names them.
    pub formula: Option<Formula>,
    pub panels: Vec<Panel>,
    pub pieces: Vec<Piece>,
    pub aspects: Vec<Aspect>,
    pub violations: Vec<Violation>,
}

/// What an absence (缺考) in a stage does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AbsentCounts {
    Unranked,
    Zero,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Attempts {
    pub count: u32,
    pub take: Take,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    Best,
    BestOf(u32),
    Sum,
    Mean,
    Last,
}

/// Evens out harsh and lenient panels when entrants are split over them.
#[derive(Clone, Debug, PartialEq)]
pub struct Standardise {
    pub method: StandardiseMethod,
    /// Entrants whose values in this column agree were marked by the same panel: `station`, `group`, `batch`…
    pub by: Id,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandardiseMethod {
    /// 700 + 30 × (x − mean) / standard deviation.
    ZScore,
    /// 700 + 30 × (x − median) / (1.4826 × MAD).
    MedianMad,
}

/// A piece or module (试件/模块).
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    pub id: Id,
    pub title: String,
    /// Multiplies the piece's points.
    pub factor: Decimal,
    pub floor: Option<Decimal>,
    pub rounding: Option<Rounding>,
}

/// The source text; compiled and checked by `rules::formula`. Ids stand with `_` for `-`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    pub source: String,
}

/// A named violation, recorded with a count.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    pub id: Id,
    pub title: String,
    /// Per count, zero or negative.
    pub points: Decimal,
    /// Counts at most.
    pub most: Option<u32>,
    pub from: DeductFrom,
    pub effect: Effect,
    /// The panel whose judges record it, with one count for all of them; leaders and the chief may always.
    pub panel: Option<Id>,
}

impl Stage {
    /// Where a violation that was seen at `piece` is recorded: for that piece, once for the stage (the inner `None`), or
    /// not there at all.
    pub fn place_of(&self, violation: &Violation, piece: Option<&Id>) -> Option<Option<Id>> {
        let at = |pieces: &[Id]| piece.filter(|own| pieces.contains(own)).cloned().map(Some);
        let any = || self.pieces.iter().map(|piece| piece.id.clone()).collect::<Vec<Id>>();
        if self.pieces.is_empty() {
            return Some(None);
        }
        if violation.from == DeductFrom::Piece || violation.effect == Effect::ZeroPiece {
            return at(&any());
        }
        let DeductFrom::Aspect(id) = &violation.from else { return Some(None) };
        match self.aspects.iter().find(|aspect| aspect.id == *id).and_then(|aspect| aspect.pieces.as_deref()) {
            None => at(&any()),
            Some([]) => Some(None),
            Some(pieces) => at(pieces),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum DeductFrom {
    /// Inside that item until its points are used up; in the piece the violation is recorded for.
    Aspect(Id),
    Piece,
    Stage,
    Total,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    PointsOnly,
    ZeroAspect,
    ZeroPiece,
    ZeroStage,
    /// Takes effect when the chief confirms it.
    Disqualify,
}
