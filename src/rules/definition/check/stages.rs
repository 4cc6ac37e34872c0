//! Stages: weights, maxima, attempts, pieces and violations.

use rust_decimal::Decimal;

use super::{Findings, Path, stage_path};
use crate::rules::{
    definition::{
        lower::possible,
        model::{AspectKind, DeductFrom, Definition, Effect, Stage, Take},
        problem::Fact,
    },
    names::Id,
};

pub(super) fn check(stage: &Stage, definition: &Definition, path: &Path, findings: &mut Findings<'_>) {
    if let Some(max) = stage.max.filter(|max| *max <= Decimal::ZERO)
        && findings.has(&path.key("max"))
    {
        findings.error(&path.key("max"), Fact::NegativeMax { max });
    }
    // The scale of a standardised score is its own.
    if stage.rescale && stage.max.is_none_or(|max| max <= Decimal::ZERO) && stage.standardise.is_none() {
        findings.error(path, Fact::RescaleNeedsMax { stage: stage.id.to_string() });
    }
    if let (Some(max), Some(sum)) = (stage.max, possible(&stage.pieces, &stage.aspects, &stage.panels))
        && stage.formula.is_none()
        && max != sum
    {
        findings.warn(&path.key("max"), Fact::MaxIsNotSum { max, sum: sum.normalize() });
    }
    if let Take::BestOf(best) = stage.attempts.take
        && best > stage.attempts.count
    {
        let count = stage.attempts.count;
        findings.error(&path.key("attempts").key("best"), Fact::BestAboveCount { best, count });
    }
    for (at, piece) in stage.pieces.iter().enumerate() {
        if piece.factor < Decimal::ZERO {
            findings.error(&path.item("piece", at).key("factor"), Fact::WeightNegative { weight: piece.factor });
        }
    }
    violations(stage, path, findings);
    if !definition.rounds.is_empty() {
        let rounds = definition.rounds.iter().filter(|round| round.stages.contains(&stage.id)).count();
        if rounds != 1 {
            findings.error(&path.key("id"), Fact::StageInRounds { stage: stage.id.to_string(), rounds });
        }
    }
}

fn violations(stage: &Stage, path: &Path, findings: &mut Findings<'_>) {
    for (at, violation) in stage.violations.iter().enumerate() {
        let path = path.item("violation", at);
        if violation.points > Decimal::ZERO {
            findings.error(&path.key("points"), Fact::PointsPositive { points: violation.points });
        }
        if violation.points.is_zero() && violation.effect == Effect::PointsOnly {
            findings.error(&path, Fact::OneOf { keys: vec!["points".to_owned(), "effect".to_owned()] });
        }
        if stage.pieces.is_empty() && (violation.effect == Effect::ZeroPiece || violation.from == DeductFrom::Piece) {
            findings.error(&path, Fact::NoPieces { stage: stage.id.to_string() });
        }
        if violation.effect == Effect::ZeroAspect && !matches!(violation.from, DeductFrom::Aspect(_)) {
            let with = "effect = \"zero-aspect\"".to_owned();
            findings.error(&path, Fact::KeyNeeded { key: "aspect".to_owned(), with });
        }
        if let DeductFrom::Aspect(id) = &violation.from
            && stage.aspects.iter().any(|of| of.id == *id && matches!(of.kind, AspectKind::Value { .. }))
        {
            let kind = "kind = \"value\"".to_owned();
            findings.error(&path.key("aspect"), Fact::CannotMark { aspect: id.to_string(), kind });
        }
    }
}

/// Either every stage has a weight and they are 1 together, for each event and group, or none has.
pub(super) fn weights(definition: &Definition, findings: &mut Findings<'_>) {
    if definition.stages.iter().all(|stage| stage.weight.is_none()) {
        return;
    }
    let mut whole = true;
    for (at, stage) in definition.stages.iter().enumerate() {
        let path = stage_path(at);
        match stage.weight {
            None => {
                whole = false;
                let with = "weight".to_owned();
                findings.error(&path, Fact::KeyNeeded { key: "weight".to_owned(), with });
            }
            Some(weight) if weight <= Decimal::ZERO => {
                findings.error(&path.key("weight"), Fact::WeightNegative { weight });
            }
            Some(_) => {}
        }
    }
    if !whole {
        return;
    }
    let one = |ids: &[Id]| -> Vec<Option<Id>> {
        if ids.is_empty() { vec![None] } else { ids.iter().cloned().map(Some).collect() }
    };
    let events: Vec<_> = one(&definition.events.iter().map(|event| event.id.clone()).collect::<Vec<_>>());
    let groups: Vec<_> = one(&definition.groups.iter().map(|group| group.id.clone()).collect::<Vec<_>>());
    for event in &events {
        for group in &groups {
            let fits =
                |ids: &[Id], own: &Option<Id>| ids.is_empty() || own.as_ref().is_some_and(|own| ids.contains(own));
            let held = definition.stages.iter().filter(|one| fits(&one.events, event) && fits(&one.groups, group));
            let weights: Vec<Decimal> = held.filter_map(|stage| stage.weight).collect();
            let sum: Decimal = weights.iter().sum();
            if !weights.is_empty() && sum != Decimal::ONE {
                // The last stage is where the sum becomes wrong.
                let last = stage_path(definition.stages.len() - 1).key("weight");
                return findings.error(&last, Fact::WeightsSum { sum: sum.normalize() });
            }
        }
    }
}
