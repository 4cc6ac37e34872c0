//! What one entrant's score needs from the others': rank order of a recorded value, and standardised panels.
//!
//! Most definitions need neither, and then nothing here is computed.

use std::collections::{BTreeMap, HashMap};

use rust_decimal::{Decimal, MathematicalOps};

use super::{
    super::{
        decimal,
        definition::model::{PointsRule, StandardiseMethod},
        field::Entrant,
        names::Id,
        result::Status,
        why::Silent,
    },
    Plan, Scored,
    plan::{Inner, points_rule},
    score_sheet,
};

/// A recorded value that points by rank order need.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Compared {
    pub(crate) item: usize,
    pub(crate) attempt: u32,
    pub(crate) value: Decimal,
}

/// What was found out about all entrants together.
#[derive(Clone, Debug, Default)]
pub struct Across {
    /// Ascending in the order of merit: the position of a value is one more than the number of better ones.
    ranked: HashMap<usize, Vec<Decimal>>,
    lowest_first: HashMap<usize, bool>,
    scales: HashMap<(usize, String), Scale>,
}

/// A panel's middle and width.
#[derive(Clone, Copy, Debug)]
struct Scale {
    middle: Decimal,
    width: Decimal,
}

/// Scores again all entrants of a definition that compares them. `scores` are in any order; nothing happens where the
/// definition compares nobody.
pub fn settle<'a>(plan: &Plan, scores: impl Iterator<Item = (&'a Entrant, &'a mut Scored)>) {
    let inner = plan.inner();
    if !inner.needs_field {
        return;
    }
    let mut scores: Vec<(&Entrant, &mut Scored)> = scores.collect();
    let mut across = Across::default();
    across.rank(inner, &scores);
    again(plan, &mut scores, &across);
    across.scale(inner, &scores);
    if !across.scales.is_empty() {
        again(plan, &mut scores, &across);
    }
}

fn again(plan: &Plan, scores: &mut [(&Entrant, &mut Scored)], across: &Across) {
    for (entrant, score) in scores {
        if let Some(held) = score.held.take() {
            **score = score_sheet(plan, entrant, held.view(), Some(across), &mut Silent);
        }
    }
}

impl Across {
    /// What [`settle`] found, for explaining one entrant: `scores` are settled ones.
    pub fn of<'a>(plan: &Plan, scores: impl Iterator<Item = (&'a Entrant, &'a Scored)>) -> Self {
        let inner = plan.inner();
        let mut across = Self::default();
        if inner.needs_field {
            let mut copies: Vec<(&Entrant, Scored)> = scores.map(|(entrant, score)| (entrant, score.clone())).collect();
            let mut all: Vec<(&Entrant, &mut Scored)> =
                copies.iter_mut().map(|(entrant, score)| (*entrant, score)).collect();
            across.rank(inner, &all);
            again(plan, &mut all, &across);
            across.scale(inner, &all);
        }
        across
    }

    /// From 1; equal values share the better position.
    pub(super) fn position(&self, item: usize, value: Decimal) -> Option<usize> {
        let values = self.ranked.get(&item)?;
        let lowest_first = self.lowest_first.get(&item).copied().unwrap_or(false);
        let better = if lowest_first {
            values.partition_point(|other| *other < value)
        } else {
            values.len() - values.partition_point(|other| *other <= value)
        };
        Some(better + 1)
    }

    /// `700 + 30 × (x − middle) / width`, clamped to 0–1000; 700 where the width is 0.
    pub(super) fn standardised(
        &self,
        inner: &Inner,
        stage: usize,
        entrant: &Entrant,
        score: Decimal,
    ) -> Option<Decimal> {
        let rule = inner.definition.stages[stage].standardise.as_ref()?;
        let scale = self.scales.get(&(stage, column(entrant, &rule.by)))?;
        let (base, per_width) = (Decimal::from(700), Decimal::from(30));
        let distance = decimal::sub(score, scale.middle).and_then(|distance| decimal::mul(distance, per_width)).ok()?;
        let steps = decimal::div(distance, scale.width).ok()?.unwrap_or(Decimal::ZERO);
        Some((base + steps).clamp(Decimal::ZERO, Decimal::ONE_THOUSAND))
    }

    fn rank(&mut self, inner: &Inner, scores: &[(&Entrant, &mut Scored)]) {
        for (at, item) in inner.items.iter().enumerate() {
            if let Some(PointsRule::RankOrder { lowest_first, .. }) = points_rule(inner.aspect_of(item)) {
                self.lowest_first.insert(at, *lowest_first);
                self.ranked.insert(at, Vec::new());
            }
        }
        for (_, score) in scores.iter().filter(|(_, score)| takes_part(score)) {
            for compared in &score.compared {
                self.ranked.entry(compared.item).or_default().push(compared.value);
            }
        }
        self.ranked.values_mut().for_each(|values| values.sort_unstable());
    }

    fn scale(&mut self, inner: &Inner, scores: &[(&Entrant, &mut Scored)]) {
        for (at, stage) in inner.definition.stages.iter().enumerate() {
            let Some(rule) = &stage.standardise else { continue };
            let mut groups: BTreeMap<String, Vec<Decimal>> = BTreeMap::new();
            for (entrant, score) in scores.iter().filter(|(_, score)| takes_part(score)) {
                if let Some(Some(value)) = score.stages.get(&stage.id) {
                    groups.entry(column(entrant, &rule.by)).or_default().push(value);
                }
            }
            for (name, mut values) in groups {
                values.sort_unstable();
                if let Some(scale) = scale(rule.method, &values) {
                    self.scales.insert((at, name), scale);
                }
            }
        }
    }
}

/// Those who are out are no measure for the others.
fn takes_part(score: &Scored) -> bool {
    !matches!(score.status, Status::Disqualified { .. } | Status::Withdrawn)
}

fn scale(method: StandardiseMethod, ascending: &[Decimal]) -> Option<Scale> {
    match method {
        StandardiseMethod::ZScore => {
            let mean = decimal::mean(ascending).ok()??;
            let squares = ascending.iter().map(|value| (*value - mean).checked_mul(*value - mean));
            let variance = squares.sum::<Option<Decimal>>()?.checked_div(Decimal::from(ascending.len()))?;
            Some(Scale { middle: mean, width: variance.sqrt()? })
        }
        StandardiseMethod::MedianMad => {
            let middle = decimal::median(ascending).ok()??;
            let mut distances: Vec<Decimal> = ascending.iter().map(|value| (*value - middle).abs()).collect();
            distances.sort_unstable();
            let mad = decimal::median(&distances).ok()??;
            Some(Scale { middle, width: mad * Decimal::new(14826, 4) })
        }
    }
}

/// The text of an entrant's column; entrants with the same were marked by the same panel.
fn column(entrant: &Entrant, by: &Id) -> String {
    match by.as_str() {
        "station" => entrant.station.clone().unwrap_or_default(),
        "group" => entrant.group.as_ref().map(ToString::to_string).unwrap_or_default(),
        "event" => entrant.event.as_ref().map(ToString::to_string).unwrap_or_default(),
        "team" => entrant.team.clone().unwrap_or_default(),
        _ => entrant.values.get(by).map(|value| value.normalize().to_string()).unwrap_or_default(),
    }
}
