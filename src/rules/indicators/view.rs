//! What may be looked at of a labor competition: tables, what is missing and from whom, a figure with its history.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{
    ChangeRecord, Counting, Figure, FigureSlot, Figures, GroupTable, Lack, Life, Place, Progress, Row, Unit,
    VetoRecord, Vetoes, Way, overall_table, period_table,
    rules::{Indicator, Period, Rules},
    state::{PeriodStage, Target},
};
use crate::rules::{
    ledger::indicator::PublishedRow,
    names::{EntrantId, Id, VetoId},
    state::State,
};

/// A figure that is not there, or keeps its unit from being ranked.
#[derive(Clone, Debug, PartialEq)]
pub struct Missing {
    pub slot: FigureSlot,
    /// The department that owns the indicator.
    pub owner: String,
    pub due: jiff::civil::Date,
    pub why: WhyMissing,
}

#[derive(Clone, Debug, PartialEq)]
pub enum WhyMissing {
    /// Sent back, and not reported again.
    Returned,
    /// Reported, and not checked.
    Unchecked,
    Lack(Lack),
}

/// One line of an owner's grid.
#[derive(Clone, Debug, PartialEq)]
pub struct GridLine<'s> {
    pub entrant: &'s EntrantId,
    pub group: Option<&'s Id>,
    /// By document, or of the definition.
    pub target: Option<Decimal>,
    pub figure: Option<&'s Figure>,
}

fn rules(state: &State) -> Option<&Rules> {
    state.rules().map(|rules| &rules.definition.indicators)
}

pub(super) fn units(state: &State) -> impl Iterator<Item = Unit<'_>> {
    let lives = state.labor.lives();
    state.field.entrants.iter().map(move |(id, entrant)| Unit {
        id,
        group: entrant.group.as_ref(),
        values: &entrant.values,
        withdrawn: state.labor.withdrawn.get(id),
        life: lives.get(id).copied().unwrap_or_default(),
    })
}

pub(in crate::rules) fn with(state: &State, period: &Id, figures: &Figures) -> Vec<GroupTable> {
    rules(state).map(|rules| period_table(rules, units(state), figures, period)).unwrap_or_default()
}

/// A period as it stands.
pub fn standing(state: &State, period: &Id, counting: Counting, vetoes: Vetoes) -> Vec<GroupTable> {
    with(state, period, &state.labor.counted(counting, vetoes))
}

/// Over all periods that are closed, or further.
pub fn overall(state: &State, counting: Counting, vetoes: Vetoes) -> Vec<GroupTable> {
    let closed = |period: &Id| state.labor.stage(period) >= PeriodStage::Closed;
    over(state, counting, vetoes, closed)
}

/// Over those that are published, and this one: what its publication says of all of them.
pub(in crate::rules) fn overall_with(state: &State, period: &Id) -> Vec<GroupTable> {
    let among = |one: &Id| one == period || state.labor.stage(one) == PeriodStage::Published;
    over(state, Counting::Checked, Vetoes::With, among)
}

fn over(state: &State, counting: Counting, vetoes: Vetoes, among: impl Fn(&Id) -> bool) -> Vec<GroupTable> {
    let Some(rules) = rules(state) else { return Vec::new() };
    let counted: Vec<&Period> = rules.periods.iter().filter(|period| among(&period.id)).collect();
    let last = counted.iter().map(|period| period.to).max();
    let figures = state.labor.counted_over(rules, counting, vetoes, last);
    let periods: Vec<&Id> = counted.into_iter().map(|period| &period.id).collect();
    overall_table(rules, units(state), &figures, &periods)
}

/// What keeps units from being ranked in a period, by owner.
pub fn missing(state: &State, period: &Id) -> Vec<Missing> {
    let Some((rules, due)) = rules(state).and_then(|rules| Some((rules, rules.period(period)?.due))) else {
        return Vec::new();
    };
    let tables = standing(state, period, Counting::Checked, Vetoes::Without);
    let rows = tables.iter().flat_map(|table| &table.rows).filter(|row| row.place != Place::Withdrawn);
    let mut missing: Vec<Missing> = rows.flat_map(|row| missing_of(state, rules, row, period, due)).collect();
    missing.sort_by(|a, b| {
        (&a.owner, &a.slot.indicator, &a.slot.entrant).cmp(&(&b.owner, &b.slot.indicator, &b.slot.entrant))
    });
    missing
}

fn missing_of<'r>(
    state: &'r State,
    rules: &'r Rules,
    row: &'r Row,
    period: &'r Id,
    due: jiff::civil::Date,
) -> impl Iterator<Item = Missing> {
    row.missing().map(move |(indicator, _, lack)| {
        let slot = FigureSlot { entrant: row.entrant.clone(), indicator: indicator.clone(), period: period.clone() };
        let why = match state.labor.figures.get(&slot).map(|figure| &figure.way) {
            Some(Way::Returned { .. }) => WhyMissing::Returned,
            Some(Way::Reported) => WhyMissing::Unchecked,
            _ => WhyMissing::Lack(lack.clone()),
        };
        let owner = rules.indicator(indicator).map(|known| known.owner.clone()).unwrap_or_default();
        Missing { slot, owner, due, why }
    })
}

/// Figures of a period that count by the word of one person: entered and checked by the same, or revised without a second.
pub fn alone<'s>(state: &'s State, period: &Id) -> impl Iterator<Item = &'s FigureSlot> {
    state.labor.of_period(period).filter(|(_, figure)| figure.is_of_one()).map(|(slot, _)| slot)
}

/// An indicator in a period, unit by unit, as its owner fills it in.
pub fn grid<'s>(state: &'s State, indicator: &Id, period: &Id) -> Vec<GridLine<'s>> {
    let Some(rules) = rules(state) else { return Vec::new() };
    let Some((known, time)) = rules.indicator(indicator).zip(rules.period(period)) else { return Vec::new() };
    units(state)
        .filter(|unit| unit.stands(time) && known.is_judged(period, unit.group))
        .map(|unit| {
            let slot = FigureSlot { entrant: unit.id.clone(), indicator: indicator.clone(), period: period.clone() };
            GridLine {
                entrant: unit.id,
                group: unit.group,
                target: state.labor.target(&slot).or(known.target),
                figure: state.labor.figures.get(&slot),
            }
        })
        .collect()
}

/// Indicators whose points may still move in a period because figures are missing that they are compared with.
pub fn provisional<'s>(state: &'s State, period: &Id) -> Vec<&'s Indicator> {
    let waits = |indicator: &&Indicator| {
        let lines = grid(state, &indicator.id, period);
        let is_there = |line: &GridLine<'_>| line.figure.is_some_and(|one| one.actual(Counting::Checked).is_some());
        let groups: BTreeSet<Option<&Id>> = lines.iter().map(|line| line.group).collect();
        let open = |group: Option<&Id>| {
            let mut there = lines.iter().filter(|line| line.group == group).map(is_there);
            there.clone().any(|is| is) && there.any(|is| !is)
        };
        groups.iter().copied().any(open)
    };
    let all = rules(state).into_iter().flat_map(|rules| &rules.indicators);
    all.filter(|one| one.score.reads_group()).filter(waits).collect()
}

/// A figure in all its versions, and every target that a document set for it.
pub fn figure<'s>(state: &'s State, slot: &FigureSlot) -> (Option<&'s Figure>, &'s [Target]) {
    (state.labor.figures.get(slot), state.labor.targets.get(slot).map(Vec::as_slice).unwrap_or_default())
}

pub fn progress<'s>(state: &'s State, period: &Id) -> Option<&'s Progress> {
    state.labor.progress(period)
}

/// All of them, released ones too.
pub fn vetoes(state: &State) -> impl Iterator<Item = (&VetoId, &VetoRecord)> {
    state.labor.vetoes.iter()
}

/// Merged, split and renamed units, revoked changes too, in the order in which they were recorded.
pub fn unit_changes(state: &State) -> &[ChangeRecord] {
    &state.labor.changes
}

/// Since when a unit is there, and until when.
pub fn unit_life(state: &State, entrant: &EntrantId) -> Life {
    state.labor.lives().get(entrant).copied().unwrap_or_default()
}

/// Whether a veto in force keeps this award from a unit.
pub fn is_barred(state: &State, entrant: &EntrantId, award: &Id) -> bool {
    state.field.is_barred(entrant, award)
}

/// Whether it is what was published. Units that withdrew are no part of it: earlier programs listed them.
pub fn is_as_published(published: &[PublishedRow], now: &[PublishedRow]) -> bool {
    let there = |row: &&PublishedRow| row.place != Place::Withdrawn;
    published.iter().filter(there).eq(now.iter().filter(there))
}

/// Groups one after the other, each in the order of its ranks.
pub fn published_rows(tables: &[GroupTable]) -> Vec<PublishedRow> {
    let of_group = |table: &GroupTable| -> Vec<PublishedRow> {
        let row = |row: &Row| PublishedRow {
            entrant: row.entrant.clone(),
            group: table.group.clone(),
            score: row.score,
            place: row.place.clone(),
            points: row.points().map(|(indicator, points)| (indicator.clone(), points)).collect(),
        };
        table.rows.iter().map(row).collect()
    };
    tables.iter().flat_map(of_group).collect()
}
