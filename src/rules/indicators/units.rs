//! Units that merge (合并), split (分立) or get another name (更名), each from a day on, by a dated document.
//!
//! The day decides by whole periods: those that ended before it show the units as they were; from the period that holds
//! the day on, or begins with it, those who came after stand in their place. Whoever ended needs no figures there, is not
//! ranked and not missing. What was published never changes by it, so the day may not reach into a closed period.
//!
//! Over several periods a merged unit brings along what can be added: of indicators that are accumulated by sum or ratio,
//! and read a target or count events, the figures and targets of its predecessors together. Everything else of the time
//! before is not applicable to it, and scaled up as that always is. A unit that came of a split begins with nothing;
//! whoever takes others in keeps its own of what cannot be added. Vetoes of a predecessor stay with the predecessor.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{
    rules::{Accumulate, Indicator, Period, Rules, Score},
    score::Actual,
    table::{FigureSlot, Figures},
};
use crate::rules::{
    decimal::{Overflow, add},
    ledger::{Instant, entry::Digest, indicator::Document},
    names::{EntrantId, Id, PersonId},
};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum UnitChange {
    /// `into` may be one of them: it takes the others in (吸收合并).
    Merged { units: Vec<EntrantId>, into: EntrantId },
    /// `unit` may be one of those that come of it: it goes on.
    Split { unit: EntrantId, into: Vec<EntrantId> },
    /// Both names stand beside the ledger.
    Renamed { unit: EntrantId, was: Digest, name: Digest },
}

/// A change with its document, in force until it is revoked.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeRecord {
    /// From 1, in the order in which they were recorded.
    pub number: u32,
    pub what: UnitChange,
    pub from: Date,
    pub document: Document,
    pub by: PersonId,
    pub at: Instant,
    pub revoked: Option<Revoked>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Revoked {
    pub document: Document,
    pub by: PersonId,
    pub at: Instant,
}

/// Since when a unit is there, and from which day on it no longer is. Neither: all the time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Life {
    pub from: Option<Date>,
    pub until: Option<Date>,
}

impl UnitChange {
    /// Everybody it is about, each once.
    pub fn units(&self) -> BTreeSet<&EntrantId> {
        match self {
            Self::Merged { units, into } => units.iter().chain([into]).collect(),
            Self::Split { unit, into } => into.iter().chain([unit]).collect(),
            Self::Renamed { unit, .. } => BTreeSet::from([unit]),
        }
    }

    /// Who is no longer there from that day on.
    pub fn ends(&self) -> Vec<&EntrantId> {
        match self {
            Self::Merged { units, into } => units.iter().filter(|unit| *unit != into).collect(),
            Self::Split { unit, into } if !into.contains(unit) => vec![unit],
            Self::Split { .. } | Self::Renamed { .. } => Vec::new(),
        }
    }

    /// Who is there only from that day on.
    pub fn begins(&self) -> Vec<&EntrantId> {
        match self {
            Self::Merged { units, into } if !units.contains(into) => vec![into],
            Self::Split { unit, into } => into.iter().filter(|one| *one != unit).collect(),
            Self::Merged { .. } | Self::Renamed { .. } => Vec::new(),
        }
    }
}

impl Life {
    /// Whether the unit is there in a period, as it stands on the period's last day.
    pub fn stands(self, period: &Period) -> bool {
        self.from.is_none_or(|from| from <= period.to) && self.until.is_none_or(|until| period.to < until)
    }
}

/// Of all whom these changes begin or end.
pub(super) fn lives<'c>(changes: impl Iterator<Item = (&'c UnitChange, Date)>) -> BTreeMap<EntrantId, Life> {
    let mut lives: BTreeMap<EntrantId, Life> = BTreeMap::new();
    for (what, day) in changes {
        for unit in what.begins() {
            lives.entry(unit.clone()).or_default().from = Some(day);
        }
        for unit in what.ends() {
            lives.entry(unit.clone()).or_default().until = Some(day);
        }
    }
    lives
}

/// Whether figures of several units make one figure of this indicator by being added.
pub fn is_carried(indicator: &Indicator) -> bool {
    let adds_up = matches!(indicator.accumulate, Accumulate::Sum | Accumulate::Ratio);
    adds_up && (indicator.score.reads_target() || matches!(indicator.score, Score::Events { .. }))
}

/// Puts what merged units bring along into figures over several periods. `changes` in the order of their days.
pub(super) fn carry<'c>(
    rules: &Rules,
    changes: impl Iterator<Item = (&'c UnitChange, Date)>,
    lives: &BTreeMap<EntrantId, Life>,
    figures: &mut Figures,
) {
    for (what, day) in changes {
        let UnitChange::Merged { units, into } = what else { continue };
        for period in rules.periods.iter().filter(|period| period.to < day) {
            let stands = |unit: &EntrantId| lives.get(unit).is_none_or(|life| life.stands(period));
            for indicator in rules.indicators.iter().filter(|one| is_carried(one)) {
                let slot = |unit: &EntrantId| slot(unit, indicator, period);
                // Whoever was not there, and brings nothing along, takes no part.
                let parts: Vec<FigureSlot> = units
                    .iter()
                    .map(|unit| (unit, slot(unit)))
                    .filter(|(unit, at)| stands(unit) || figures.carried.contains(at))
                    .map(|(_, at)| at)
                    .collect();
                if parts.is_empty() {
                    continue;
                }
                let (actual, target) = together(indicator, figures, &parts);
                let at = slot(into);
                set(&mut figures.actuals, &at, actual);
                set(&mut figures.targets, &at, target);
                figures.carried.insert(at);
            }
        }
    }
}

fn slot(unit: &EntrantId, indicator: &Indicator, period: &Period) -> FigureSlot {
    FigureSlot { entrant: unit.clone(), indicator: indicator.id.clone(), period: period.id.clone() }
}

fn set<T>(of: &mut BTreeMap<FigureSlot, T>, at: &FigureSlot, value: Option<T>) {
    match value {
        Some(value) => drop(of.insert(at.clone(), value)),
        None => drop(of.remove(at)),
    }
}

/// The sum of what applies; nothing where something is missing.
fn together(indicator: &Indicator, figures: &Figures, parts: &[FigureSlot]) -> (Option<Actual>, Option<Decimal>) {
    let applying = |at: &&FigureSlot| figures.actuals.get(*at) != Some(&Actual::NotApplicable);
    let applying: Vec<&FigureSlot> = parts.iter().filter(applying).collect();
    if applying.is_empty() {
        return (Some(Actual::NotApplicable), None);
    }
    let target = |at: &&FigureSlot| figures.targets.get(*at).copied().or(indicator.target);
    let targets: Option<Vec<Decimal>> = applying.iter().map(target).collect();
    let target = targets.and_then(|all| all.into_iter().try_fold(Decimal::ZERO, add).ok());
    let actuals: Option<Vec<&Actual>> = applying.iter().map(|at| figures.actuals.get(*at)).collect();
    let actual = actuals.and_then(|all| {
        let (first, rest) = all.split_first()?;
        rest.iter().try_fold((*first).clone(), |sum, one| added(sum, one))
    });
    (actual, target)
}

/// `None` of a number and counts, or of more digits than can be computed.
fn added(sum: Actual, one: &Actual) -> Option<Actual> {
    match (sum, one) {
        (Actual::Is(sum), Actual::Is(one)) => add(sum, *one).ok().map(Actual::Is),
        (Actual::Counts(mut sum), Actual::Counts(one)) => {
            let mut count = |(kind, count): (&Id, &Decimal)| -> Result<(), Overflow> {
                let known = sum.entry(kind.clone()).or_default();
                *known = add(*known, *count)?;
                Ok(())
            };
            one.iter().try_for_each(&mut count).ok()?;
            Some(Actual::Counts(sum))
        }
        _ => None,
    }
}
