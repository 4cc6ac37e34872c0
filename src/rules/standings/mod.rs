//! The ranked tables: entrants by event and group, teams, and the definition's parallel tables.
//!
//! Built from kept scores, so that a changed mark costs one score and one sort. The order depends on scores and
//! recorded decisions alone, never on the order of arrival. Ranks leave gaps (1, 2, 2, 4). Knows no marks and awards.

mod cut;
mod members;
mod tie;
mod units;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{
    definition::{
        Definition,
        model::{MemberScore, Only, TableOf, TieEnd},
    },
    field::{Entrant, TieDecision},
    names::{EntrantId, Id, UnitPath},
    result::{DecidedBy, RankedTable, Row, Standings, Status, TableKey, Who},
    score::{Plan, Scored},
    why::Ranked,
};

use tie::{Chain, Pool, Settled};

/// The awards that entrants won, for teams and units that are ranked by them.
pub type Prizes = BTreeMap<EntrantId, Vec<Id>>;

/// Heads per unit as an organizer froze them (核定人数); of some units only, at any level.
pub type Headcounts = BTreeMap<UnitPath, u32>;

/// Whether some table needs the prizes of persons: standings without them come first, then the awards, then these.
pub fn counts_prizes(definition: &Definition) -> bool {
    let teams = definition.teams.iter().map(|rule| &rule.score);
    let units = definition.tables.iter().filter_map(|table| match &table.of {
        TableOf::Units { score, .. } => Some(score),
        TableOf::Entrants => None,
    });
    teams.chain(units).any(|score| matches!(score, MemberScore::Awards(_)))
}

/// One entrant as standings see them.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    pub id: &'a EntrantId,
    pub entrant: &'a Entrant,
    /// Settled, where the definition compares entrants before ranking ([`super::score::settle`]).
    pub score: &'a Scored,
}

impl Standings {
    /// All tables of a contest, in the order in which they are shown. `candidates` in any order.
    pub fn new<'a>(
        plan: &Plan,
        candidates: impl IntoIterator<Item = Candidate<'a>>,
        decisions: &[TieDecision],
        prizes: Option<&Prizes>,
        headcounts: &Headcounts,
    ) -> Self {
        let inner = plan.inner();
        let definition = plan.definition();
        let mut candidates: Vec<Candidate> = candidates.into_iter().collect();
        if !candidates.is_sorted_by_key(|candidate| candidate.id) {
            candidates.sort_unstable_by_key(|candidate| candidate.id);
        }
        let mut fields: BTreeMap<(usize, usize), Vec<Candidate>> = BTreeMap::new();
        for candidate in &candidates {
            let event = place(definition.events.iter().map(|event| &event.id), candidate.entrant.event.as_ref());
            let group = place(definition.groups.iter().map(|group| &group.id), candidate.entrant.group.as_ref());
            fields.entry((event, group)).or_default().push(*candidate);
        }
        let mut tables = Vec::new();
        let mut teams = Vec::new();
        for members in fields.values() {
            let first = members[0].entrant;
            let event = first.event.clone().filter(|id| definition.events.iter().any(|event| event.id == *id));
            let group = first.group.clone().filter(|id| definition.groups.iter().any(|group| group.id == *id));
            let rows = cut::rows(inner, members, decisions);
            tables.push(RankedTable { key: TableKey::Field { event: event.clone(), group: group.clone() }, rows });
            if let Some(rule) = &definition.teams {
                let rows = members::teams(inner, rule, members, decisions, prizes);
                if !rows.is_empty() {
                    teams.push(RankedTable { key: TableKey::Teams { event, group }, rows });
                }
            }
        }
        tables.append(&mut teams);
        for table in &definition.tables {
            let fits = |candidate: &&Candidate| table.only.iter().all(|only| fits(only, candidate.entrant));
            let fitting: Vec<Candidate> = candidates.iter().filter(fits).copied().collect();
            let rows = match &table.of {
                TableOf::Entrants => cut::rows(inner, &fitting, decisions),
                units @ TableOf::Units { .. } => {
                    // A frozen headcount is of whole units; where a table is of some of them, the list counts.
                    let frozen = Some(headcounts).filter(|_| table.only.is_empty());
                    units::rows(inner, units, &fitting, decisions, prizes, frozen)
                }
            };
            tables.push(RankedTable { key: TableKey::Named(table.id.clone()), rows });
        }
        Standings { tables }
    }

    /// The rows of one entrant, for [`super::why::Why`].
    pub fn places_of(&self, entrant: &EntrantId) -> Vec<Ranked> {
        let own = |row: &Row| matches!(&row.who, Who::Entrant(id) if id == entrant);
        let ranked = self.tables.iter().filter_map(|table| {
            let row = table.rows.iter().find(|row| own(row))?;
            let shares = matches!(row.decided_by, Some(DecidedBy::Shared | DecidedBy::Open));
            let same = |other: &Row| if shares { other.rank == row.rank } else { other.total == row.total };
            let tied = table.rows.iter().filter(|other| other.rank.is_some() && same(other));
            Some(Ranked {
                table: table.key.clone(),
                rank: row.rank,
                total: row.total,
                status: row.status.clone(),
                of: table.rows.iter().filter(|row| row.rank.is_some()).count(),
                decided_by: row.decided_by.clone(),
                tied_with: tied.filter(|other| !own(other)).map(|other| other.who.clone()).collect(),
            })
        });
        ranked.collect()
    }
}

/// Those without an event or group, or with one that the definition does not know, come last.
fn place<'a>(mut ids: impl Iterator<Item = &'a Id>, own: Option<&Id>) -> usize {
    own.and_then(|own| ids.position(|id| id == own)).unwrap_or(usize::MAX)
}

fn fits(only: &Only, entrant: &Entrant) -> bool {
    match only {
        Only::Event(event) => entrant.event.as_ref() == Some(event),
        Only::Group(group) => entrant.group.as_ref() == Some(group),
        Only::Eligible(id) => entrant.eligibilities.contains(id),
    }
}

/// Rows of a pool, best first, from `rank` on. Gives the next rank.
fn ranked_rows(chain: &Chain, pool: &Pool, mut unordered: Vec<Option<Row>>, rank: u32, rows: &mut Vec<Row>) -> u32 {
    let settled = tie::order(chain, pool);
    let next = rank + u32::try_from(settled.len()).unwrap_or(u32::MAX - rank);
    for Settled { who, better, decided_by } in settled {
        let row = unordered.get_mut(who as usize).and_then(Option::take);
        rows.extend(row.map(|row| Row { rank: Some(rank + better), decided_by, ..row }));
    }
    next
}

fn entrant_row(candidate: &Candidate, total: Option<Decimal>, status: Status) -> Row {
    Row {
        rank: None,
        who: Who::Entrant(candidate.id.clone()),
        total,
        stages: candidate.score.stages.clone(),
        status,
        decided_by: None,
        outside_quota: candidate.entrant.outside_quota,
        members: Vec::new(),
        heads: None,
    }
}

fn end_of(end: TieEnd) -> DecidedBy {
    match end {
        TieEnd::Shared => DecidedBy::Shared,
        TieEnd::PeopleDecide => DecidedBy::Open,
    }
}

#[cfg(test)]
mod tests;
