//! What several periods become for one indicator of one unit: a sum, a mean, the last, or one score of all actuals
//! against all targets.
//!
//! A period in which the indicator is not applicable, or the unit was not there, is left out. A missing figure of any period leaves the whole
//! without points. Where a veto took a period's points under [`Accumulate::Ratio`], the others are scored together and
//! count for as many periods as they are.

use rust_decimal::Decimal;

use super::{
    group::Compared,
    rules::{Accumulate, Indicator, Rules},
    score::{Actual, Against, Lack, Points, points},
    table::{Cell, Figures, Judged, Judging, Unit, judged_once, slot},
};
use crate::rules::{
    decimal::{Overflow, div, mul, round_if, sum},
    names::Id,
};

/// `None` where it is not judged of this unit in any of the periods.
pub(super) fn accumulated(
    rules: &Rules,
    indicator: &Indicator,
    unit: Unit<'_>,
    figures: &Figures,
    compared: &Compared<'_>,
    periods: &[&Id],
) -> Option<Judging> {
    let judged: Vec<&Id> = periods.iter().copied().filter(|period| indicator.is_judged(period, unit.group)).collect();
    let judged = match (indicator.accumulate, judged.last()) {
        (_, None) => return None,
        (Accumulate::Last, Some(last)) => vec![*last],
        _ => judged,
    };
    // Of periods in which the unit was not there, only what it brings along.
    let applies = |period: &Id| {
        rules.period(period).is_none_or(|known| unit.stands(known))
            || figures.carried.contains(&slot(unit, indicator, period))
    };
    let one = |period: &Id| {
        if applies(period) {
            judged_once(rules, indicator, unit, figures, compared, period)
        } else {
            Judged::NotApplicable
        }
    };
    let each: Vec<(&Id, Judged)> = judged.iter().map(|period| (*period, one(period))).collect();
    let applied = each.iter().filter(|(_, one)| !matches!(one, Judged::NotApplicable)).count();
    let missing: Vec<(Id, Lack)> = each
        .iter()
        .flat_map(|(_, one)| match one {
            Judged::Missing(lacks) => lacks.clone(),
            _ => Vec::new(),
        })
        .collect();
    let outcome = if !missing.is_empty() {
        Judged::Missing(missing)
    } else if applied == 0 {
        Judged::NotApplicable
    } else {
        together(rules, indicator, unit, figures, &each).unwrap_or_else(|lack| {
            let last = judged.last().map_or_else(|| indicator.id.clone(), |period| (*period).clone());
            Judged::Missing(vec![(last, lack)])
        })
    };
    let adds_up = indicator.accumulate == Accumulate::Sum;
    let (times, applied) = if adds_up { (judged.len(), applied) } else { (1, 1) };
    Some(Judging {
        cell: Cell { indicator: indicator.id.clone(), judged: outcome },
        times: Decimal::from(times),
        applied: Decimal::from(applied),
        worth: indicator.points,
    })
}

/// Nothing is missing, and something applies.
fn together(
    rules: &Rules,
    indicator: &Indicator,
    unit: Unit<'_>,
    figures: &Figures,
    each: &[(&Id, Judged)],
) -> Result<Judged, Lack> {
    let given: Vec<(Decimal, bool)> = each
        .iter()
        .filter_map(|(_, one)| match one {
            Judged::Points { points, vetoed, .. } => Some((*points, *vetoed)),
            _ => None,
        })
        .collect();
    let vetoed = given.iter().any(|(_, vetoed)| *vetoed);
    let all = || sum(given.iter().map(|(points, _)| *points));
    let (points, percent) = match indicator.accumulate {
        Accumulate::Sum | Accumulate::Last => (all()?, None),
        Accumulate::Mean => (div(all()?, Decimal::from(given.len()))?.ok_or(Overflow)?, None),
        Accumulate::Ratio => {
            let counted = each.iter().filter(|(_, one)| matches!(one, Judged::Points { vetoed: false, .. }));
            let counted: Vec<&Id> = counted.map(|(period, _)| *period).collect();
            match ratio(indicator, unit, figures, &counted)? {
                None => (Decimal::ZERO, None),
                Some(once) => {
                    let share = mul(once.points, Decimal::from(counted.len()))?;
                    (div(share, Decimal::from(given.len()))?.ok_or(Overflow)?, once.percent)
                }
            }
        }
    };
    Ok(Judged::Points { points: round_if(points, rules.points_rounding), percent, vetoed })
}

/// All actuals against all targets, not rounded; `None` of no period.
fn ratio(indicator: &Indicator, unit: Unit<'_>, figures: &Figures, periods: &[&Id]) -> Result<Option<Points>, Lack> {
    if periods.is_empty() {
        return Ok(None);
    }
    let (mut actuals, mut targets) = (Vec::new(), Vec::new());
    for period in periods {
        let slot = slot(unit, indicator, period);
        match figures.actuals.get(&slot) {
            Some(Actual::Is(actual)) => actuals.push(*actual),
            _ => return Err(Lack::Figure),
        }
        targets.push(figures.targets.get(&slot).copied().or(indicator.target).ok_or(Lack::Target)?);
    }
    let against = Against { target: Some(sum(targets)?), values: unit.values, extremes: None };
    points(indicator, &Actual::Is(sum(actuals)?), against, None)
}
