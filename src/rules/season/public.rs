//! What a source shows its public at a moment.
//!
//! A frozen board is reported as it stands; where only draw numbers are shown, or nothing, there is nothing to report.
//! A table that the lowest leads has ranks alone for others: its totals would turn round. Knows nothing of the season's
//! entrants.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{
    rules::{By, Reads, Source},
    table::Raw,
};
use crate::rules::{
    definition::model::{Definition, MemberScore, TableOf},
    indicators::{self, Counting, PeriodStage, Place, Vetoes},
    ladder,
    ledger::{Instant, entry::Phase, indicator::PublishedRow},
    names::{EntrantId, Id, UnitPath},
    result::{Status, TableKey},
    state::State,
    view::{Audience, Board, BoardRow, BoardTable, Seen, Shows, board::live_public, facing},
};

/// A table of a source, as everybody may see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Public {
    pub epoch: u32,
    /// Of the newest entry that the public may know of.
    pub sequence: u64,
    pub phase: Phase,
    /// The greatest total of all who are ranked.
    pub best: Option<Decimal>,
    pub rows: Vec<PublicRow>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PublicRow {
    /// As addresses name the row.
    pub key: String,
    /// Of a row of an entrant; of a team, its people.
    pub entrants: Vec<EntrantId>,
    /// The row itself, or where its entrant, or all of the team, belong.
    pub unit: Option<UnitPath>,
    pub raw: Raw,
    /// The greatest total of those who are ranked in the row's own table.
    pub best: Option<Decimal>,
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
    /// The lowest total leads: by rank only.
    LowestFirst,
}

/// At `now`, which decides what is due on a ladder.
pub fn public(state: &State, source: &Source, now: Instant) -> Result<Public, NotPublic> {
    let definition = &state.rules().ok_or(NotPublic::NoDefinition)?.definition;
    let shows = match &state.frozen {
        // The rows are those of the freeze: whatever was opened since, they carry what was shown then.
        Some(frozen) => frozen.board.shows,
        None => facing::shows(state, definition, &Audience::Public),
    };
    match shows {
        Shows::Nothing => return Err(NotPublic::Hidden),
        Shows::Numbers => return Err(NotPublic::NumbersOnly),
        Shows::Names => {}
    }
    let is_field = |table: &BoardTable| matches!(table.key, TableKey::Field { .. });
    // Whether somebody stands there yet or not.
    let of_field =
        source.reads == Reads::Field && lowest_leads(definition, &TableKey::Field { event: None, group: None });
    if of_field && !matches!(source.by, By::Rank { .. }) {
        return Err(NotPublic::LowestFirst);
    }
    let rows = match &source.reads {
        Reads::Field => board_rows(state, definition, source, is_field)?.unwrap_or_default(),
        Reads::Table(id) => {
            // One for each event and group, where there are some.
            let of_teams = |table: &BoardTable| id.as_str() == "teams" && matches!(table.key, TableKey::Teams { .. });
            let rows = board_rows(state, definition, source, |table| table.slug == id.as_str() || of_teams(table))?;
            rows.ok_or_else(|| NotPublic::NoTable(id.clone()))?
        }
        Reads::Period(id) => period_rows(state, id)?,
        Reads::Overall => overall_rows(state)?,
        Reads::Ladder(id) => ladder_rows(state, id, now)?,
    };
    let best = rows.iter().filter_map(|row| row.best).max();
    let version = state.public_version;
    Ok(Public { epoch: version.epoch, sequence: state.public_head, phase: state.phase, best, rows })
}

/// `None`: there is no such table.
fn board_rows(
    state: &State,
    definition: &Definition,
    source: &Source,
    is_meant: impl Fn(&BoardTable) -> bool,
) -> Result<Option<Vec<PublicRow>>, NotPublic> {
    let frozen = state.frozen.as_ref().map(|frozen| frozen.board.clone());
    let live;
    let board: &Board = if let Some(frozen) = &frozen {
        frozen
    } else {
        live = live_public(state);
        &live
    };
    let meant: Vec<&BoardTable> = board.tables.iter().filter(|table| is_meant(table)).collect();
    if meant.is_empty() {
        return Ok(None);
    }
    let by_rank = matches!(source.by, By::Rank { .. });
    if !by_rank && meant.iter().any(|table| lowest_leads(definition, &table.key)) {
        return Err(NotPublic::LowestFirst);
    }
    Ok(Some(meant.into_iter().flat_map(|table| table_rows(state, definition, table)).collect()))
}

fn lowest_leads(definition: &Definition, key: &TableKey) -> bool {
    let score = match key {
        TableKey::Field { .. } => None,
        TableKey::Teams { .. } => definition.teams.as_ref().map(|teams| &teams.score),
        TableKey::Named(id) => {
            let table = definition.tables.iter().find(|table| table.id == *id);
            table.and_then(|table| if let TableOf::Units { score, .. } = &table.of { Some(score) } else { None })
        }
    };
    // Points of awards are won, however the contest counts.
    !definition.ranking.highest_first && !matches!(score, Some(MemberScore::Awards(_)))
}

fn table_rows(state: &State, definition: &Definition, table: &BoardTable) -> Vec<PublicRow> {
    let ranked = table.rows.iter().filter(|row| row.status == Status::Ranked);
    let best = ranked.filter_map(|row| row.total).max();
    let teams = teams(state, &table.key);
    let row = |row: &BoardRow| {
        let (entrants, unit) = match &row.who {
            Seen::Entrant { id, unit, .. } => (vec![id.clone()], unit.clone()),
            Seen::Unit(path) => (Vec::new(), Some(path.clone())),
            Seen::Team(name) => {
                let people = teams.get(name.as_str()).cloned().unwrap_or_default();
                let unit = common_unit(state, &people);
                (people, unit)
            }
            Seen::Number(_) => (Vec::new(), None),
        };
        let total = row.total.filter(|_| counts_on(definition, &row.status));
        PublicRow { key: row.who.key(), entrants, unit, raw: Raw { total, rank: row.rank }, best }
    };
    table.rows.iter().map(row).collect()
}

/// Who was cut has the total of the own round. Where a later round begins anew, that is no part of what the others have.
fn counts_on(definition: &Definition, status: &Status) -> bool {
    let Status::Cut { round } = status else { return true };
    let mut later = definition.rounds.iter().skip_while(|known| known.id != *round).skip(1);
    later.all(|later| later.carry)
}

/// The people of each team of a table of teams.
fn teams<'s>(state: &'s State, key: &TableKey) -> BTreeMap<&'s str, Vec<EntrantId>> {
    let mut teams: BTreeMap<&str, Vec<EntrantId>> = BTreeMap::new();
    let TableKey::Teams { event, group } = key else { return teams };
    for (id, facts) in &state.field.entrants {
        let here = event.is_none() || facts.event == *event;
        let here = here && (group.is_none() || facts.group == *group);
        if let Some(team) = facts.team.as_deref().filter(|_| here) {
            teams.entry(team).or_default().push(id.clone());
        }
    }
    teams
}

/// The lowest unit that all of them belong to.
fn common_unit(state: &State, people: &[EntrantId]) -> Option<UnitPath> {
    let unit = |id: &EntrantId| state.entrant(id).and_then(|facts| facts.unit.clone());
    let units: Option<Vec<UnitPath>> = people.iter().map(unit).collect();
    let units = units?;
    let first = units.first()?;
    let levels = first.as_str().split('/').count();
    let mut above = (1..=levels).rev().filter_map(|level| first.at_level(level));
    above.find(|above| units.iter().all(|unit| unit.is_within(above)))
}

fn period_rows(state: &State, period: &Id) -> Result<Vec<PublicRow>, NotPublic> {
    if state.rules().is_none_or(|rules| rules.definition.indicators.period(period).is_none()) {
        return Err(NotPublic::NoTable(period.clone()));
    }
    let progress = indicators::progress(state, period);
    let newest = progress.and_then(|progress| progress.published.last()).ok_or(NotPublic::NotPublished)?;
    still(state)?;
    Ok(published(state, newest))
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
        let now = indicators::published_rows(&now);
        if !progress.published.last().is_some_and(|published| indicators::is_as_published(published, &now)) {
            return Err(NotPublic::NotPublished);
        }
        any = true;
    }
    if !any {
        return Err(NotPublic::NotPublished);
    }
    let tables = indicators::overall(state, Counting::Checked, Vetoes::With);
    Ok(published(state, &indicators::published_rows(&tables)))
}

/// What is published while the board is frozen waits for its end.
fn still(state: &State) -> Result<(), NotPublic> {
    if state.frozen.is_some() { Err(NotPublic::Hidden) } else { Ok(()) }
}

/// Groups of comparable size are ranked apart: each has a best of its own.
fn published(state: &State, rows: &[PublishedRow]) -> Vec<PublicRow> {
    let group = |row: &PublishedRow| state.entrant(&row.entrant).and_then(|facts| facts.group.clone());
    let raw = |row: &PublishedRow| {
        let rank = if let Place::Ranked(rank) = row.place { Some(rank) } else { None };
        // Without a rank a score is no result: something is missing, or a veto took it.
        Raw { total: row.score.filter(|_| rank.is_some()), rank }
    };
    let mut best: BTreeMap<Option<Id>, Option<Decimal>> = BTreeMap::new();
    for row in rows {
        let known = best.entry(group(row)).or_default();
        *known = raw(row).total.max(*known);
    }
    let of_row = |row: &PublishedRow| {
        let best = best.get(&group(row)).copied().flatten();
        PublicRow { best, ..of_entrant(state, &row.entrant, raw(row)) }
    };
    rows.iter().map(of_row).collect()
}

fn of_entrant(state: &State, entrant: &EntrantId, raw: Raw) -> PublicRow {
    let unit = state.entrant(entrant).and_then(|facts| facts.unit.clone());
    PublicRow { key: entrant.as_str().to_owned(), entrants: vec![entrant.clone()], unit, raw, best: None }
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
