//! Stages, pieces, aspects and violations.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Levels, floor, id, ids, number, panel, rounding, title, v};
use crate::rules::{
    definition::{
        model::{self, AspectKind, PointsRule},
        names::VALUE,
        place::{Findings, Path},
        problem::Fact,
    },
    names::Id,
};

pub(super) fn stage(stage: &v::Stage, levels: &Levels, path: &Path, findings: &mut Findings<'_>) -> model::Stage {
    let aspects: Vec<model::Aspect> = stage
        .aspect
        .iter()
        .enumerate()
        .map(|(at, one)| aspect(one, levels, &path.item("aspect", at), findings))
        .collect();
    let judged: Vec<Id> = aspects
        .iter()
        .filter(|aspect| matches!(aspect.kind, AspectKind::Judgement { .. } | AspectKind::BandedJudgement { .. }))
        .map(|aspect| aspect.id.clone())
        .collect();
    let only_one = stage.panel.len() == 1;
    let panels = stage.panel.iter().enumerate();
    let panels: Vec<model::Panel> = panels
        .map(|(at, one)| panel::panel(one, only_one, &judged, levels, &path.item("panel", at), findings))
        .collect();
    let pieces = stage.piece.iter().map(|piece| model::Piece {
        id: id(&piece.id),
        title: title(piece.title.as_ref(), &piece.id),
        factor: number(piece.factor).unwrap_or(Decimal::ONE),
        floor: floor(piece.floor),
        rounding: rounding(piece.rounding, levels.piece),
    });
    let pieces: Vec<model::Piece> = pieces.collect();
    let violations = stage.violation.iter().enumerate();
    let violations =
        violations.map(|(at, one)| violation(one, &aspects, &panels, &path.item("violation", at), findings)).collect();
    model::Stage {
        id: id(&stage.id),
        title: title(stage.title.as_ref(), &stage.id),
        events: ids(&stage.events),
        groups: ids(&stage.groups),
        max: number(stage.max).or_else(|| possible(&pieces, &aspects, &panels).filter(|_| stage.formula.is_none())),
        weight: number(stage.weight),
        rescale: stage.rescale.unwrap_or(stage.weight.is_some()),
        floor: floor(stage.floor),
        rounding: rounding(stage.rounding, levels.stage),
        absent: match stage.absent {
            None | Some(v::Absent::Unranked) => model::AbsentCounts::Unranked,
            Some(v::Absent::Zero) => model::AbsentCounts::Zero,
        },
        attempts: attempts(stage.attempts.as_ref(), &path.key("attempts"), findings),
        standardise: stage.standardise.as_ref().map(|one| model::Standardise {
            method: match one.method {
                v::StandardiseMethod::ZScore => model::StandardiseMethod::ZScore,
                v::StandardiseMethod::MedianMad => model::StandardiseMethod::MedianMad,
            },
            by: id(&one.by),
        }),
        formula: formula(stage.formula.as_ref()),
        panels,
        pieces,
        aspects,
        violations,
    }
}

/// What the parts of a stage allow together; `None` when one of them has no known limit.
pub(in super::super) fn possible(
    pieces: &[model::Piece],
    aspects: &[model::Aspect],
    panels: &[model::Panel],
) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for aspect in aspects.iter().filter(|aspect| !matches!(aspect.kind, AspectKind::Value { .. })) {
        // A deduction without points of its own takes away and allows nothing.
        if matches!(aspect.kind, AspectKind::Deduction) && aspect.max.is_none() {
            continue;
        }
        let model::Factor::Constant(factor) = aspect.factor else { return None };
        let each = most(aspect, panels)?.checked_mul(factor)?;
        let times = match &aspect.pieces {
            None if pieces.is_empty() => Decimal::ONE,
            None => pieces.iter().map(|piece| piece.factor).sum(),
            Some(own) if own.is_empty() => Decimal::ONE,
            Some(own) => pieces.iter().filter(|piece| own.contains(&piece.id)).map(|piece| piece.factor).sum(),
        };
        sum = sum.checked_add(each.checked_mul(times)?)?;
    }
    Some(sum)
}

/// The most that one aspect gives before its factor. `max` limits the marks of a judgement, not what a formula or a
/// sum makes of them.
fn most(aspect: &model::Aspect, panels: &[model::Panel]) -> Option<Decimal> {
    let measured = matches!(aspect.kind, AspectKind::Measurement { .. } | AspectKind::Time { .. });
    if aspect.formula.is_some() && !measured {
        return None;
    }
    let max = aspect.max?;
    let summed =
        panels.iter().find(|panel| panel.marks.contains(&aspect.id) && panel.aggregate == model::Aggregate::Sum);
    match summed {
        Some(panel) if !measured => {
            max.checked_mul(Decimal::from(panel.judges.saturating_sub(panel.dropped(panel.judges))))
        }
        _ => Some(max),
    }
}

fn attempts(attempts: Option<&v::Attempts>, path: &Path, findings: &mut Findings<'_>) -> model::Attempts {
    let Some(attempts) = attempts else { return model::Attempts { count: 1, take: model::Take::Best } };
    let take = attempts.take.unwrap_or(v::Take::Best);
    if attempts.best.is_some() && take != v::Take::BestOf {
        let with = "take = \"best-of\"".to_owned();
        findings.error(&path.key("best"), Fact::KeyNotHere { key: "best".into(), with });
    }
    let take = match take {
        v::Take::Best => model::Take::Best,
        v::Take::Sum => model::Take::Sum,
        v::Take::Mean => model::Take::Mean,
        v::Take::Last => model::Take::Last,
        v::Take::BestOf => {
            if attempts.best.is_none() {
                let with = "take = \"best-of\"".to_owned();
                findings.error(&path.key("take"), Fact::KeyNeeded { key: "best".into(), with });
            }
            model::Take::BestOf(attempts.best.unwrap_or(1))
        }
    };
    model::Attempts { count: attempts.count, take }
}

fn formula(source: Option<&String>) -> Option<model::Formula> {
    source.map(|source| model::Formula { source: source.clone() })
}

fn aspect(aspect: &v::Aspect, levels: &Levels, path: &Path, findings: &mut Findings<'_>) -> model::Aspect {
    let kind = aspect.kind.unwrap_or(v::AspectKind::Judgement);
    let needs_max = |findings: &mut Findings<'_>| {
        number(aspect.max).unwrap_or_else(|| {
            findings.error(path, Fact::KeyNeeded { key: "max".into(), with: kind_text(kind) });
            Decimal::ONE_HUNDRED
        })
    };
    let lowered = match kind {
        v::AspectKind::Judgement => AspectKind::Judgement {
            min: number(aspect.min).unwrap_or_default(),
            max: needs_max(findings),
            step: number(aspect.step).unwrap_or(Decimal::ONE),
        },
        v::AspectKind::BandedJudgement => {
            needs_max(findings);
            if aspect.levels.is_none() {
                findings.error(path, Fact::KeyNeeded { key: "levels".into(), with: kind_text(kind) });
            }
            let mut bands: Vec<model::BandText> = aspect
                .levels
                .iter()
                .flatten()
                .map(|level| model::BandText { score: level.score, text: level.text.clone() })
                .collect();
            bands.sort_by_key(|band| band.score);
            AspectKind::BandedJudgement { bands }
        }
        v::AspectKind::Measurement => {
            let values = measured(aspect, path, findings);
            AspectKind::Measurement { points: points(aspect, &values, path, findings), values }
        }
        v::AspectKind::Time => AspectKind::Time {
            points: points(aspect, &[single(aspect)], path, findings),
            limit_s: number(aspect.limit_s),
        },
        v::AspectKind::Deduction => AspectKind::Deduction,
        v::AspectKind::Imported => {
            let max = needs_max(findings);
            AspectKind::Imported { from_max: number(aspect.from_max).unwrap_or(max), source: aspect.source.clone() }
        }
        v::AspectKind::Value => AspectKind::Value { min: number(aspect.min), max: number(aspect.max) },
    };
    let is_value = kind == v::AspectKind::Value;
    model::Aspect {
        id: id(&aspect.id),
        title: title(aspect.title.as_ref(), &aspect.id),
        max: number(aspect.max).filter(|_| !is_value),
        min: match &lowered {
            AspectKind::Judgement { min, .. } => Some(*min),
            _ => number(aspect.min).filter(|_| !is_value),
        },
        kind: lowered,
        // A paper is sat once for the whole stage, and works are handed in for it.
        pieces: if aspect.paper.is_some() || aspect.collection.is_some() {
            Some(Vec::new())
        } else {
            aspect.pieces.as_deref().map(ids)
        },
        factor: match &aspect.factor {
            None => model::Factor::Constant(Decimal::ONE),
            Some(v::NumberOrName::Number(factor)) => model::Factor::Constant(*factor),
            Some(v::NumberOrName::Name(name)) => model::Factor::Named(Id::new(name)),
        },
        rounding: rounding(aspect.rounding, levels.aspect),
        formula: formula(aspect.formula.as_ref()),
        description: aspect.description.clone(),
        from_source: false,
        paper: aspect.paper.as_ref().map(|paper| model::PaperSource {
            paper: id(paper),
            reads: match aspect.reads.unwrap_or(v::Reads::Points) {
                v::Reads::Points => model::Reads::Points,
                v::Reads::Seconds => model::Reads::Seconds,
                v::Reads::Finished => model::Reads::Finished,
                v::Reads::Right => model::Reads::Right,
                v::Reads::Papers => model::Reads::Papers,
            },
        }),
        works: aspect.collection.as_ref().map(|collection| model::WorksSource {
            collection: id(collection),
            // Filled in when the collections are known.
            otherwise: None,
            reads: match aspect.works.unwrap_or(v::WorksRead::Points) {
                v::WorksRead::Points => model::WorksRead::Points,
                v::WorksRead::Accepted => model::WorksRead::Accepted,
                v::WorksRead::Submitted => model::WorksRead::Submitted,
                v::WorksRead::Mark => model::WorksRead::Mark,
            },
        }),
    }
}

/// How a kind is written, for messages.
pub(in super::super) fn kind_text(kind: v::AspectKind) -> String {
    let word = match kind {
        v::AspectKind::Judgement => "judgement",
        v::AspectKind::BandedJudgement => "banded-judgement",
        v::AspectKind::Measurement => "measurement",
        v::AspectKind::Time => "time",
        v::AspectKind::Deduction => "deduction",
        v::AspectKind::Imported => "imported",
        v::AspectKind::Value => "value",
    };
    format!("kind = \"{word}\"")
}

fn single(aspect: &v::Aspect) -> model::Measured {
    model::Measured {
        id: Id::new(VALUE),
        title: title(aspect.title.as_ref(), &aspect.id),
        unit: None,
        kind: model::MeasuredKind::Number,
        min: None,
        max: None,
        step: None,
    }
}

fn measured(aspect: &v::Aspect, path: &Path, findings: &mut Findings<'_>) -> Vec<model::Measured> {
    let Some(values) = &aspect.values else { return vec![single(aspect)] };
    let several = values.len() > 1;
    let lower = |(at, value): (usize, &v::Measured)| {
        if value.id.is_none() && several {
            let with = "values".to_owned();
            findings.error(&path.item("values", at), Fact::KeyNeeded { key: "id".into(), with });
        }
        let kind = match value.kind {
            None | Some(v::MeasuredKind::Number) => model::MeasuredKind::Number,
            Some(v::MeasuredKind::Count) => model::MeasuredKind::Count,
            Some(v::MeasuredKind::YesNo) => model::MeasuredKind::YesNo,
        };
        let name = value.id.as_ref().unwrap_or(&aspect.id);
        model::Measured {
            id: value.id.as_ref().map_or_else(|| Id::new(VALUE), id),
            title: value
                .title
                .clone()
                .unwrap_or_else(|| if several { name.0.clone() } else { title(aspect.title.as_ref(), name) }),
            unit: value.unit.clone(),
            kind,
            min: number(value.min).or((kind != model::MeasuredKind::Number).then_some(Decimal::ZERO)),
            max: number(value.max).or((kind == model::MeasuredKind::YesNo).then_some(Decimal::ONE)),
            step: number(value.step).or((kind != model::MeasuredKind::Number).then_some(Decimal::ONE)),
        }
    };
    values.iter().enumerate().map(lower).collect()
}

/// The rule that makes points of recorded values; exactly one, or none for "as it is".
fn points(aspect: &v::Aspect, values: &[model::Measured], path: &Path, findings: &mut Findings<'_>) -> PointsRule {
    let rules: Vec<String> = [
        ("bands", aspect.bands.is_some()),
        ("linear", aspect.linear.is_some()),
        ("all-or-nothing", aspect.all_or_nothing.is_some()),
        ("rank-order", aspect.rank_order.is_some()),
        ("formula", aspect.formula.is_some()),
    ]
    .into_iter()
    .filter(|(_, given)| *given)
    .map(|(key, _)| key.to_owned())
    .collect();
    if rules.len() > 1 {
        findings.error(path, Fact::OnlyOneOf { keys: rules.clone() });
    }
    let single_only = aspect.linear.is_some() || aspect.rank_order.is_some() || rules.is_empty();
    if single_only && values.len() > 1 {
        findings.error(path, Fact::NoRuleForValues { values: values.len() });
    }
    if let Some(bands) = &aspect.bands {
        let band = |band: &v::Band| model::Band { when: conditions(&band.when), points: band.points.0 };
        return PointsRule::Bands(bands.iter().map(band).collect());
    }
    if let Some(line) = &aspect.linear {
        let cap = match line.cap {
            None => number(aspect.max),
            Some(v::NumberOrNone::Number(cap)) => Some(cap),
            Some(v::NumberOrNone::None) => None,
        };
        return PointsRule::Linear(model::Linear {
            at: line.at.0,
            points: line.points.0,
            per_unit: line.per_unit.0,
            floor: floor(line.floor),
            cap,
        });
    }
    if let Some(all) = &aspect.all_or_nothing {
        let points = number(all.points).or(number(aspect.max)).unwrap_or_else(|| {
            let with = "all-or-nothing".to_owned();
            findings.error(&path.key("all-or-nothing"), Fact::KeyNeeded { key: "points".into(), with });
            Decimal::ZERO
        });
        return PointsRule::AllOrNothing { points, when: conditions(&all.when) };
    }
    if let Some(order) = &aspect.rank_order {
        let is_time = aspect.kind == Some(v::AspectKind::Time);
        return PointsRule::RankOrder {
            points: order.points.iter().map(|points| points.0).collect(),
            lowest_first: order.first.map_or(is_time, |first| first == v::First::Lowest),
        };
    }
    if aspect.formula.is_some() { PointsRule::Formula } else { PointsRule::AsIs }
}

fn conditions(when: &BTreeMap<String, v::Bounds>) -> Vec<model::Condition> {
    let condition = |(value, bounds): (&String, &v::Bounds)| {
        let value = Id::new(value);
        match bounds {
            v::Bounds::Is(v::Number(is)) => {
                model::Condition { value, from: Some(*is), above: None, up_to: Some(*is), below: None }
            }
            v::Bounds::Between(between) => model::Condition {
                value,
                from: number(between.from).or(number(between.is)),
                above: number(between.above),
                up_to: number(between.up_to).or(number(between.is)),
                below: number(between.below),
            },
        }
    };
    when.iter().map(condition).collect()
}

fn violation(
    violation: &v::Violation,
    aspects: &[model::Aspect],
    panels: &[model::Panel],
    path: &Path,
    findings: &mut Findings<'_>,
) -> model::Violation {
    if violation.aspect.is_some() && violation.from.is_some() {
        let keys = vec!["aspect".to_owned(), "from".to_owned()];
        findings.error(path, Fact::OnlyOneOf { keys });
    }
    let mut deductions = aspects.iter().filter(|aspect| matches!(aspect.kind, AspectKind::Deduction));
    let item = deductions.next().filter(|_| deductions.next().is_none());
    let effect = match violation.effect {
        None | Some(v::Effect::Points) => model::Effect::PointsOnly,
        Some(v::Effect::ZeroAspect) => model::Effect::ZeroAspect,
        Some(v::Effect::ZeroPiece) => model::Effect::ZeroPiece,
        Some(v::Effect::ZeroStage) => model::Effect::ZeroStage,
        Some(v::Effect::Disqualify) => model::Effect::Disqualify,
    };
    let from = match (&violation.aspect, violation.from) {
        (Some(aspect), _) => model::DeductFrom::Aspect(id(aspect)),
        (None, Some(v::DeductFrom::Piece)) => model::DeductFrom::Piece,
        (None, Some(v::DeductFrom::Stage)) => model::DeductFrom::Stage,
        (None, Some(v::DeductFrom::Total)) => model::DeductFrom::Total,
        (None, None) if effect == model::Effect::ZeroPiece => model::DeductFrom::Piece,
        (None, None) => match item {
            Some(item) if matches!(effect, model::Effect::PointsOnly | model::Effect::ZeroAspect) => {
                model::DeductFrom::Aspect(item.id.clone())
            }
            _ => model::DeductFrom::Stage,
        },
    };
    model::Violation {
        id: id(&violation.id),
        title: title(violation.title.as_ref(), &violation.id),
        points: number(violation.points).unwrap_or_default(),
        most: violation.most,
        from,
        effect,
        panel: violation.panel.as_ref().map(id).or_else(|| of_one_mind(panels)),
    }
}

/// The only panel, when its judges cannot count the same fault apart.
fn of_one_mind(panels: &[model::Panel]) -> Option<Id> {
    let [panel] = panels else { return None };
    (panel.judges == 1 || panel.aggregate == model::Aggregate::Agree).then(|| panel.id.clone())
}
