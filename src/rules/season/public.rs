//! What a source shows its public at a moment, and whom of a season's entrants it means.
//!
//! A frozen board is reported as it stands; where only draw numbers are shown, or nothing, there is nothing to report.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{rules::Reads, table::Raw};
use crate::rules::{
    indicators::{self, Counting, PeriodStage, Place, Vetoes},
    ladder,
    ledger::{Instant, entry::Phase, indicator::PublishedRow, season::ReportedRow},
    names::{EntrantId, Id, UnitPath},
    result::TableKey,
    state::State,
    view::{Audience, Board, Seen, Shows, board::live_public, facing},
};

/// A table of a source, as everybody may see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Public {
    pub epoch: u32,
    /// Of the newest entry that the public may know of.
    pub sequence: u64,
    pub phase: Phase,
    /// The greatest total of all rows.
    pub best: Option<Decimal>,
    pub rows: Vec<PublicRow>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PublicRow {
    /// As addresses name the row.
    pub key: String,
    /// Of a row of an entrant.
    pub entrant: Option<EntrantId>,
    /// The row itself, or where its entrant belongs.
    pub unit: Option<UnitPath>,
    pub raw: Raw,
}

/// Why there is nothing to report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotPublic {
    NoDefinition,
    /// The board is off.
    Hidden,
    /// Draw numbers alone: nobody may know who they are.
    NumbersOnly,
    NoTable(Id),
    NotPublished,
}

/// At `now`, which decides what is due on a ladder.
pub fn public(state: &State, reads: &Reads, now: Instant) -> Result<Public, NotPublic> {
    let definition = &state.rules().ok_or(NotPublic::NoDefinition)?.definition;
    match facing::shows(state, definition, &Audience::Public) {
        Shows::Nothing => return Err(NotPublic::Hidden),
        Shows::Numbers => return Err(NotPublic::NumbersOnly),
        Shows::Names => {}
    }
    let rows = match reads {
        Reads::Field => board_rows(state, |key, _| matches!(key, TableKey::Field { .. })).unwrap_or_default(),
        Reads::Table(id) => {
            let rows = board_rows(state, |_, slug| slug == id.as_str());
            rows.ok_or_else(|| NotPublic::NoTable(id.clone()))?
        }
        Reads::Period(id) => period_rows(state, id)?,
        Reads::Overall => overall_rows(state)?,
        Reads::Ladder(id) => ladder_rows(state, id, now)?,
    };
    let best = rows.iter().filter_map(|row| row.raw.total).max();
    let version = state.public_version;
    Ok(Public { epoch: version.epoch, sequence: state.public_head, phase: state.phase, best, rows })
}

/// `None`: there is no such table.
fn board_rows(state: &State, is_meant: impl Fn(&TableKey, &str) -> bool) -> Option<Vec<PublicRow>> {
    let frozen = state.frozen.as_ref().map(|frozen| frozen.board.clone());
    let live;
    let board: &Board = if let Some(frozen) = &frozen {
        frozen
    } else {
        live = live_public(state);
        &live
    };
    let meant: Vec<_> = board.tables.iter().filter(|table| is_meant(&table.key, &table.slug)).collect();
    if meant.is_empty() {
        return None;
    }
    let rows = meant.into_iter().flat_map(|table| &table.rows).map(|row| {
        let (entrant, unit) = match &row.who {
            Seen::Entrant { id, unit, .. } => (Some(id.clone()), unit.clone()),
            Seen::Unit(path) => (None, Some(path.clone())),
            Seen::Number(_) | Seen::Team(_) => (None, None),
        };
        PublicRow { key: row.who.key(), entrant, unit, raw: Raw { total: row.total, rank: row.rank } }
    });
    Some(rows.collect())
}

fn period_rows(state: &State, period: &Id) -> Result<Vec<PublicRow>, NotPublic> {
    if state.rules().is_none_or(|rules| rules.definition.indicators.period(period).is_none()) {
        return Err(NotPublic::NoTable(period.clone()));
    }
    let progress = indicators::progress(state, period);
    let newest = progress.and_then(|progress| progress.published.last()).ok_or(NotPublic::NotPublished)?;
    still(state)?;
    Ok(newest.iter().map(|row| published(state, row)).collect())
}

/// Nothing of what is not published yet may be told by a sum.
fn overall_rows(state: &State) -> Result<Vec<PublicRow>, NotPublic> {
    let periods = &state.rules().ok_or(NotPublic::NoDefinition)?.definition.indicators.periods;
    still(state)?;
    let mut any = false;
    for period in periods {
        let Some(progress) = indicators::progress(state, &period.id) else { continue };
        if progress.stage < PeriodStage::Closed {
            continue;
        }
        let now = indicators::standing(state, &period.id, Counting::Checked, Vetoes::With);
        if progress.published.last() != Some(&indicators::published_rows(&now)) {
            return Err(NotPublic::NotPublished);
        }
        any = true;
    }
    if !any {
        return Err(NotPublic::NotPublished);
    }
    let tables = indicators::overall(state, Counting::Checked, Vetoes::With);
    Ok(indicators::published_rows(&tables).iter().map(|row| published(state, row)).collect())
}

/// What is published while the board is frozen waits for its end.
fn still(state: &State) -> Result<(), NotPublic> {
    if state.frozen.is_some() { Err(NotPublic::Hidden) } else { Ok(()) }
}

fn published(state: &State, row: &PublishedRow) -> PublicRow {
    let rank = if let Place::Ranked(rank) = row.place { Some(rank) } else { None };
    // Without a rank a score is no result: something is missing, or a veto took it.
    let total = row.score.filter(|_| rank.is_some());
    of_entrant(state, &row.entrant, Raw { total, rank })
}

fn of_entrant(state: &State, entrant: &EntrantId, raw: Raw) -> PublicRow {
    let unit = state.entrant(entrant).and_then(|facts| facts.unit.clone());
    PublicRow { key: entrant.as_str().to_owned(), entrant: Some(entrant.clone()), unit, raw }
}

fn ladder_rows(state: &State, id: &Id, now: Instant) -> Result<Vec<PublicRow>, NotPublic> {
    let rules = state.rules().ok_or(NotPublic::NoDefinition)?;
    let rules = rules.definition.ladders.iter().find(|ladder| ladder.id == *id);
    let rules = rules.ok_or_else(|| NotPublic::NoTable(id.clone()))?;
    let live;
    let ladders = if let Some(frozen) = &state.frozen {
        &*frozen.ladders
    } else {
        live = ladder::current(state, now);
        &*live
    };
    let Some(own) = ladders.by_id.get(id) else { return Ok(Vec::new()) };
    let mut rows = Vec::new();
    let mut above = 0;
    for people in own.places.tiers() {
        for (at, entrant) in people.iter().enumerate() {
            // Within a tier nobody stands before another.
            let place = if rules.has_tiers() { above + 1 } else { above + at + 1 };
            let raw = Raw { total: None, rank: u32::try_from(place).ok() };
            rows.push(of_entrant(state, entrant, raw));
        }
        above += people.len();
    }
    Ok(rows)
}

/// What a source's rows say of a season's entrants; the best row of each. `meant` names the entrants that a row is
/// about. By entrant.
pub fn matched<'p>(rows: &'p [PublicRow], meant: impl Fn(&'p PublicRow) -> Vec<EntrantId>) -> Vec<ReportedRow> {
    let mut best: BTreeMap<EntrantId, &PublicRow> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.raw != Raw::default()) {
        for entrant in meant(row) {
            let known = best.entry(entrant).or_insert(row);
            if is_better(row, known) {
                *known = row;
            }
        }
    }
    let reported = best.into_iter().map(|(entrant, row)| ReportedRow { entrant, key: row.key.clone(), raw: row.raw });
    reported.collect()
}

fn is_better(one: &PublicRow, other: &PublicRow) -> bool {
    let order = |row: &PublicRow| (std::cmp::Reverse(row.raw.rank.unwrap_or(u32::MAX)), row.raw.total);
    order(one) > order(other)
}

/// The entrants of a season by unit, for [`matched`].
pub fn by_unit(state: &State) -> BTreeMap<UnitPath, Vec<EntrantId>> {
    let mut units: BTreeMap<UnitPath, Vec<EntrantId>> = BTreeMap::new();
    for (id, facts) in &state.field.entrants {
        if let Some(unit) = &facts.unit {
            units.entry(unit.clone()).or_default().push(id.clone());
        }
    }
    units
}
