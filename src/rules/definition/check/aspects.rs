//! Aspects: numbers that fit together, bands that can be reached.

use rust_decimal::Decimal;

use super::{Findings, Path, names};
use crate::rules::{
    definition::{
        model::{Aspect, AspectKind, Band, Condition, Measured, MeasuredKind, PointsRule, Stage},
        names::VALUE,
        problem::{Fact, Thing},
    },
    names::Id,
};

pub(super) fn check(stage: &Stage, path: &Path, findings: &mut Findings<'_>) {
    for (at, aspect) in stage.aspects.iter().enumerate() {
        one(aspect, &path.item("aspect", at), findings);
    }
}

fn one(aspect: &Aspect, path: &Path, findings: &mut Findings<'_>) {
    match &aspect.kind {
        AspectKind::Judgement { min, max, step } => scale(*min, *max, *step, path, findings),
        AspectKind::BandedJudgement { bands } => {
            let missing: Vec<u32> =
                (0..=3).filter(|score| bands.iter().filter(|band| band.score == *score).count() != 1).collect();
            if !missing.is_empty() && findings.has(&path.key("levels")) {
                findings.error(&path.key("levels"), Fact::LevelsIncomplete { missing });
            }
        }
        AspectKind::Measurement { values, points } => {
            for (at, value) in values.iter().enumerate() {
                measured(value, &path.item("values", at), findings);
            }
            let ids: Vec<&Id> = values.iter().map(|value| &value.id).collect();
            rule(points, aspect, &ids, values, path, findings);
        }
        AspectKind::Time { points, limit_s } => {
            if let Some(max) = limit_s.filter(|limit| *limit <= Decimal::ZERO) {
                findings.error(&path.key("limit-s"), Fact::NegativeMax { max });
            }
            // A time that is itself the score would be the best of all with 0 points, or nothing at all.
            if limit_s.is_some() && *points == PointsRule::AsIs {
                let key = "bands".to_owned();
                findings.error(&path.key("limit-s"), Fact::KeyNeeded { key, with: "limit-s".into() });
            }
            rule(points, aspect, &[&Id::new(VALUE)], &[], path, findings);
        }
        AspectKind::Imported { from_max, .. } => {
            if *from_max <= Decimal::ZERO {
                findings.error(&path.key("from-max"), Fact::NegativeMax { max: *from_max });
            }
        }
        AspectKind::Value { min: Some(min), max: Some(max) } if min > max => {
            findings.error(&path.key("max"), Fact::MinAboveMax { min: *min, max: *max });
        }
        AspectKind::Value { .. } | AspectKind::Deduction => {}
    }
    let may_be_negative = matches!(aspect.kind, AspectKind::Judgement { .. } | AspectKind::Value { .. });
    if let Some(max) = aspect.max.filter(|max| *max < Decimal::ZERO && !may_be_negative) {
        findings.error(&path.key("max"), Fact::NegativeMax { max });
    }
}

pub(super) fn scale(min: Decimal, max: Decimal, step: Decimal, path: &Path, findings: &mut Findings<'_>) {
    if min >= max {
        let fact = if min.is_zero() { Fact::NegativeMax { max } } else { Fact::MinAboveMax { min, max } };
        findings.error(&path.key("max"), fact);
    } else if step <= Decimal::ZERO {
        findings.error(&path.key("step"), Fact::StepNotPositive { step });
    } else if !(max - min).checked_rem(step).is_some_and(|rest| rest.is_zero()) {
        let suggest = steps(max - min, step);
        let place = if findings.has(&path.key("step")) { path.key("step") } else { path.key("max") };
        findings.error(&place, Fact::StepDoesNotDivide { step, min, max, suggest });
    }
}

/// Usual steps that divide the width: the nearest above and the nearest below.
fn steps(width: Decimal, step: Decimal) -> Vec<Decimal> {
    const USUAL: [(i64, u32); 12] =
        [(1, 2), (2, 2), (5, 2), (1, 1), (2, 1), (25, 2), (5, 1), (1, 0), (2, 0), (25, 1), (5, 0), (10, 0)];
    let usual = USUAL.map(|(digits, scale)| Decimal::new(digits, scale));
    let divides = |usual: &Decimal| width.checked_rem(*usual).is_some_and(|rest| rest.is_zero());
    let above = usual.iter().find(|usual| **usual > step && divides(usual));
    let below = usual.iter().rev().find(|usual| **usual < step && divides(usual));
    above.into_iter().chain(below).copied().collect()
}

fn measured(value: &Measured, path: &Path, findings: &mut Findings<'_>) {
    if let (Some(min), Some(max)) = (value.min, value.max)
        && min > max
    {
        findings.error(&path.key("max"), Fact::MinAboveMax { min, max });
    }
    if let Some(step) = value.step.filter(|step| *step <= Decimal::ZERO) {
        findings.error(&path.key("step"), Fact::StepNotPositive { step });
    }
    if value.kind == MeasuredKind::YesNo {
        for key in ["min", "max", "step"] {
            if findings.has(&path.key(key)) {
                let with = "kind = \"yes-no\"".to_owned();
                findings.error(&path.key(key), Fact::KeyNotHere { key: key.to_owned(), with });
            }
        }
    }
}

fn rule(
    rule: &PointsRule,
    aspect: &Aspect,
    ids: &[&Id],
    values: &[Measured],
    path: &Path,
    findings: &mut Findings<'_>,
) {
    match rule {
        PointsRule::Bands(bands) => {
            let place = path.key("bands");
            for (at, band) in bands.iter().enumerate() {
                conditions(&band.when, ids, &place.at(at).key("when"), findings);
                above_max(band.points, aspect, &place.at(at).key("points"), findings);
            }
            reach(bands, ids, values, &place, findings);
        }
        PointsRule::AllOrNothing { points, when } => {
            let place = path.key("all-or-nothing");
            conditions(when, ids, &place.key("when"), findings);
            above_max(*points, aspect, &place.key("points"), findings);
        }
        PointsRule::RankOrder { points, .. } => {
            for (at, points) in points.iter().enumerate() {
                above_max(*points, aspect, &path.key("rank-order").item("points", at), findings);
            }
        }
        PointsRule::Linear(line) => {
            if let (Some(min), Some(max)) = (line.floor, line.cap)
                && min > max
            {
                findings.error(&path.key("linear"), Fact::MinAboveMax { min, max });
            }
        }
        PointsRule::Formula | PointsRule::AsIs => {}
    }
}

fn above_max(points: Decimal, aspect: &Aspect, path: &Path, findings: &mut Findings<'_>) {
    if let Some(max) = aspect.max.filter(|max| points > *max) {
        findings.error(path, Fact::PointsAboveMax { points, max });
    }
}

fn conditions(when: &[Condition], ids: &[&Id], path: &Path, findings: &mut Findings<'_>) {
    for condition in when {
        let place = path.key(condition.value.as_str());
        names::one(Thing::Recorded, &condition.value, ids, &place, findings);
        if Range::of(condition).is_empty() {
            findings.error(&place, Fact::ConditionImpossible { value: condition.value.to_string() });
        }
    }
}

/// Bands are read from the top: one that is behind a band that always fits is never reached, and where the last is
/// conditional something may fit none.
fn reach(bands: &[Band], ids: &[&Id], values: &[Measured], path: &Path, findings: &mut Findings<'_>) {
    if let Some(always) = bands.iter().position(|band| band.when.is_empty())
        && always + 1 < bands.len()
    {
        findings.warn(&path.at(always + 1), Fact::BandNeverReached { row: always + 2 });
    }
    let always = bands.iter().any(|band| band.when.is_empty());
    let [_] = ids else {
        if !always {
            findings.warn(path, Fact::BandGap { below: None, above: None });
        }
        return;
    };
    let ranges: Vec<(usize, Range)> = bands
        .iter()
        .map(|band| band.when.first().map_or(Range::EVERYTHING, Range::of))
        .enumerate()
        .filter(|(_, range)| !range.is_empty())
        .collect();
    for (nth, (at, range)) in ranges.iter().enumerate().filter(|(_, (_, range))| *range != Range::EVERYTHING) {
        if ranges[..nth].iter().any(|(_, before)| before.covers(range)) {
            findings.warn(&path.at(*at), Fact::BandNeverReached { row: at + 1 });
        }
    }
    let ranges: Vec<Range> = ranges.into_iter().map(|(_, range)| range).collect();
    if !always {
        let least = values.first().and_then(|value| value.min).unwrap_or_default();
        let whole = values.first().is_some_and(|value| value.step == Some(Decimal::ONE));
        let greatest = values.first().and_then(|value| value.max);
        if let Some((below, above)) = gap(&ranges, least, greatest, whole) {
            findings.warn(path, Fact::BandGap { below: Some(below), above });
        }
    }
}

/// The first stretch from `least` on that no range covers: where it begins, and where it ends.
fn gap(ranges: &[Range], least: Decimal, greatest: Option<Decimal>, whole: bool) -> Option<(Decimal, Option<Decimal>)> {
    // Up to here everything is covered; `open` when this very number is not.
    let mut covered = least;
    let mut open = true;
    loop {
        if let Some(greatest) = greatest
            && (covered > greatest || (covered == greatest && !open))
        {
            return None;
        }
        let reaches = |range: &&Range| {
            let begins = range.low.is_none_or(|(low, closed)| {
                // Of whole numbers, the next one follows without a gap.
                let low = if whole && !open && closed && low == covered + Decimal::ONE { covered } else { low };
                low < covered || (low == covered && (closed || !open))
            });
            let goes_on = range.high.is_none_or(|(high, closed)| high > covered || (high == covered && closed && open));
            begins && goes_on
        };
        match ranges.iter().find(reaches) {
            Some(Range { high: None, .. }) => return None,
            Some(Range { high: Some((high, closed)), .. }) => (covered, open) = (*high, !closed),
            None => {
                let next = ranges.iter().filter_map(|range| range.low).map(|(low, _)| low);
                return Some((covered, next.filter(|low| *low > covered).min()));
            }
        }
    }
}

/// Numbers between two bounds; each says whether it belongs to them itself.
#[derive(Clone, Copy, PartialEq)]
struct Range {
    low: Option<(Decimal, bool)>,
    high: Option<(Decimal, bool)>,
}

impl Range {
    const EVERYTHING: Range = Range { low: None, high: None };

    fn of(condition: &Condition) -> Self {
        let low = match (condition.from, condition.above) {
            (Some(from), Some(above)) if from > above => Some((from, true)),
            (_, Some(above)) => Some((above, false)),
            (from, None) => from.map(|from| (from, true)),
        };
        let high = match (condition.up_to, condition.below) {
            (Some(up_to), Some(below)) if up_to < below => Some((up_to, true)),
            (_, Some(below)) => Some((below, false)),
            (up_to, None) => up_to.map(|up_to| (up_to, true)),
        };
        Self { low, high }
    }

    fn is_empty(&self) -> bool {
        match (self.low, self.high) {
            (Some((low, from)), Some((high, to))) => low > high || (low == high && !(from && to)),
            _ => false,
        }
    }

    fn covers(&self, other: &Range) -> bool {
        let low = match (self.low, other.low) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some((own, closed)), Some((low, other))) => own < low || (own == low && (closed || !other)),
        };
        let high = match (self.high, other.high) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some((own, closed)), Some((high, other))) => own > high || (own == high && (closed || !other)),
        };
        low && high
    }
}
