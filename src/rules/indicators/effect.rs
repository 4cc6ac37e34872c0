//! Whom a revision, a veto, its release, other targets or a change of units would move, before any of it is done. Computed from the figures
//! that are checked, with the vetoes in force, as a publication would be.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{
    Counting, FigureSlot, GroupTable, Place, UnitChange, Veto, Vetoes, published_rows, rules::Period, score::Actual,
    view::with,
};
use crate::rules::{
    ledger::indicator::TargetOf,
    names::{EntrantId, Id},
    state::State,
};

/// A unit whose place or score changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    pub entrant: EntrantId,
    pub group: Option<Id>,
    pub before: (Option<Decimal>, Place),
    pub after: (Option<Decimal>, Place),
}

/// Whom it would move in the slot's period if this were the figure.
pub fn effect_of_figure(state: &State, slot: &FigureSlot, actual: &Actual) -> Vec<Moved> {
    let before = state.labor.counted(Counting::Checked, Vetoes::With);
    let mut after = before.clone();
    after.actuals.insert(slot.clone(), actual.clone());
    moved(&with(state, &slot.period, &before), &with(state, &slot.period, &after))
}

/// Whom a veto would move in a period, or one that is released: with and without it.
pub fn effect_of_veto(state: &State, veto: &Veto, period: &Id) -> Vec<Moved> {
    let mut without = state.labor.counted(Counting::Checked, Vetoes::With);
    without.vetoes.retain(|known| known != veto);
    let mut with_it = without.clone();
    with_it.vetoes.push(veto.clone());
    moved(&with(state, period, &without), &with(state, period, &with_it))
}

/// Whom these targets would move, period by period, in the order of the definition; only periods in which they move
/// somebody.
pub fn effect_of_targets(state: &State, targets: &[TargetOf]) -> Vec<(Id, Vec<Moved>)> {
    let before = state.labor.counted(Counting::Checked, Vetoes::With);
    let mut after = before.clone();
    after.targets.extend(targets.iter().map(|one| (one.slot.clone(), one.target)));
    let touched: BTreeSet<&Id> = targets.iter().map(|one| &one.slot.period).collect();
    let Some(rules) = state.rules() else { return Vec::new() };
    let periods = rules.definition.indicators.periods.iter().map(|period| &period.id);
    let effect = |period: &Id| (period.clone(), moved(&with(state, period, &before), &with(state, period, &after)));
    periods.filter(|period| touched.contains(period)).map(effect).filter(|(_, moved)| !moved.is_empty()).collect()
}

/// What a change of units does to a period that is not closed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitsEffect {
    pub period: Id,
    /// Who is no longer there, and how many figures of it no longer count.
    pub leaves: Vec<(EntrantId, usize)>,
    pub joins: Vec<EntrantId>,
}

/// Of a change before it is recorded, period by period, in the order of the definition; only periods that it touches.
pub fn effect_of_units(state: &State, what: &UnitChange, from: Date) -> Vec<UnitsEffect> {
    let Some(rules) = state.rules() else { return Vec::new() };
    let touched = rules.definition.indicators.periods.iter().filter(|period| period.to >= from);
    let lives = state.labor.lives();
    let effect = |period: &Period| {
        let there = |unit: &&&EntrantId| lives.get(**unit).is_none_or(|life| life.stands(period));
        let count =
            |unit: &EntrantId| state.labor.of_period(&period.id).filter(|(slot, _)| slot.entrant == *unit).count();
        UnitsEffect {
            period: period.id.clone(),
            leaves: what.ends().iter().filter(there).map(|unit| ((*unit).clone(), count(unit))).collect(),
            joins: what.begins().into_iter().cloned().collect(),
        }
    };
    touched.map(effect).collect()
}

fn moved(before: &[GroupTable], after: &[GroupTable]) -> Vec<Moved> {
    let old = published_rows(before);
    let changed = published_rows(after).into_iter().filter_map(|row| {
        let was = old.iter().find(|was| was.entrant == row.entrant)?;
        let same = (&was.score, &was.place) == (&row.score, &row.place);
        (!same).then(|| Moved {
            entrant: row.entrant.clone(),
            group: row.group.clone(),
            before: (was.score, was.place.clone()),
            after: (row.score, row.place.clone()),
        })
    });
    changed.collect()
}
