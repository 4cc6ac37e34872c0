//! What a group's figures are in a period, for indicators that hold each against the worst and the best of them.
//!
//! Compared are the figures of those who are there in the period; what is missing or not applicable is left out. A veto takes points, not the figure: it is compared like any other. While figures are missing the extremes
//! may still move, and with them the points of those who have theirs.

use std::collections::BTreeMap;

use super::{
    rules::{Direction, Indicator, Rules},
    score::{Actual, Extremes},
    table::{Figures, Unit, slot},
};
use crate::rules::names::Id;

/// By indicator, period and group.
#[derive(Debug, Default)]
pub(super) struct Compared<'a>(BTreeMap<(&'a Id, &'a Id, Option<&'a Id>), Extremes>);

impl<'a> Compared<'a> {
    /// Of these periods; empty where no indicator asks for it.
    pub(super) fn of(rules: &'a Rules, units: &[Unit<'a>], figures: &Figures, periods: &[&'a Id]) -> Self {
        let mut found: BTreeMap<_, Extremes> = BTreeMap::new();
        for indicator in rules.indicators.iter().filter(|one| one.score.reads_group()) {
            for period in periods {
                let known = rules.period(period);
                let stands = |unit: &Unit<'_>| known.is_none_or(|period| unit.stands(period));
                for unit in units.iter().filter(|unit| stands(unit) && indicator.is_judged(period, unit.group)) {
                    let Some(Actual::Is(actual)) = figures.actuals.get(&slot(*unit, indicator, period)) else {
                        continue;
                    };
                    let one = Extremes { worst: *actual, best: *actual };
                    let key = (&indicator.id, *period, unit.group);
                    found.entry(key).and_modify(|known| *known = known.and(indicator.direction, one)).or_insert(one);
                }
            }
        }
        Self(found)
    }

    pub(super) fn extremes(&self, indicator: &Indicator, period: &Id, group: Option<&Id>) -> Option<Extremes> {
        self.0.get(&(&indicator.id, period, group)).copied()
    }
}

impl Extremes {
    fn and(self, direction: Direction, other: Self) -> Self {
        let (low, high) = (self.worst.min(other.worst), self.best.max(other.best));
        match direction {
            Direction::More => Self { worst: low, best: high },
            Direction::Less(_) => Self { worst: self.worst.max(other.worst), best: self.best.min(other.best) },
        }
    }
}
