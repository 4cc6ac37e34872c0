//! Those among whom one award is given in one scope: ranked rows of one table or of several, in groups of equals.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::rules::{
    definition::model::{AwardScope, AwardTo, Definition},
    field::{Entrant, Field},
    ledger::entry::Given,
    names::{Id, UnitPath},
    result::{DecidedBy, RankedTable, Row, Standings, Status, TableKey, Who},
};

use super::At;

/// One scope of an award with its rows.
#[derive(Clone, Debug)]
pub(super) struct Pool<'a> {
    pub at: At,
    /// Best first; equals together, ordered by their text.
    pub groups: Vec<Group<'a>>,
    /// Rows of every status, outside quota or not.
    pub all: Vec<Runner<'a>>,
}

#[derive(Clone, Debug)]
pub(super) struct Group<'a> {
    pub members: Vec<Runner<'a>>,
    pub tie: Tie,
}

/// Why a group of several is a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tie {
    /// The ranking lets them share.
    Shared,
    /// The ranking awaits people.
    Open,
    /// Equal totals in different tables.
    AcrossTables,
}

#[derive(Clone, Debug)]
pub(super) struct Runner<'a> {
    pub who: &'a Who,
    /// In the table, or over all tables of the scope where there are several.
    pub rank: Option<u32>,
    pub row: &'a Row,
    pub event: Option<&'a Id>,
    pub group: Option<&'a Id>,
    pub facts: Option<&'a Entrant>,
}

impl Runner<'_> {
    pub(super) fn text(&self) -> &str {
        self.who.as_str()
    }

    pub(super) fn unit(&self) -> Option<&UnitPath> {
        match self.who {
            Who::Unit(path) => Some(path),
            Who::Entrant(_) | Who::Team(_) => self.facts.and_then(|facts| facts.unit.as_ref()),
        }
    }

    pub(super) fn outside(&self) -> bool {
        self.row.outside_quota
    }

    /// All must hold.
    pub(super) fn meets(&self, eligibilities: &[Id]) -> bool {
        eligibilities.iter().all(|id| self.facts.is_some_and(|facts| facts.eligibilities.contains(id)))
    }

    /// At least as good as the line, in the direction of the ranking.
    pub(super) fn reaches(&self, line: Option<Decimal>, highest_first: bool) -> bool {
        let Some(line) = line else { return true };
        self.row.total.is_some_and(|total| if highest_first { total >= line } else { total <= line })
    }

    pub(super) fn given(&self, award: &Id) -> Given {
        Given {
            award: award.clone(),
            to: self.text().to_owned(),
            rank: self.rank,
            total: self.row.total,
            event: self.event.cloned(),
            group: self.group.cloned(),
        }
    }
}

/// The scopes of an award; empty when the standings have no table for it.
pub(super) fn pools<'a>(
    definition: &'a Definition,
    field: &'a Field,
    standings: &'a Standings,
    award: &Id,
    to: &AwardTo,
    scope: AwardScope,
) -> Vec<Pool<'a>> {
    let mut tables: Vec<&RankedTable> = standings.tables.iter().filter(|table| serves(&table.key, to)).collect();
    tables.sort_by(|a, b| place(definition, &a.key).cmp(&place(definition, &b.key)));
    let mut scopes: Vec<(At, Vec<&RankedTable>)> = Vec::new();
    for table in tables {
        let (event, group) = place_ids(&table.key);
        let at = match scope {
            AwardScope::Contest => At { award: award.clone(), event: None, group: None },
            AwardScope::Event => At { award: award.clone(), event: event.cloned(), group: None },
            AwardScope::Group => At { award: award.clone(), event: event.cloned(), group: group.cloned() },
        };
        match scopes.iter_mut().find(|(known, _)| *known == at) {
            Some((_, tables)) => tables.push(table),
            None => scopes.push((at, vec![table])),
        }
    }
    scopes.into_iter().map(|(at, tables)| pool(definition, field, at, &tables)).collect()
}

fn serves(key: &TableKey, to: &AwardTo) -> bool {
    match (key, to) {
        (TableKey::Field { .. }, AwardTo::Entrants) | (TableKey::Teams { .. }, AwardTo::Teams) => true,
        (TableKey::Named(id), AwardTo::Units(of) | AwardTo::Table(of)) => id == of,
        _ => false,
    }
}

fn place_ids(key: &TableKey) -> (Option<&Id>, Option<&Id>) {
    match key {
        TableKey::Field { event, group } | TableKey::Teams { event, group } => (event.as_ref(), group.as_ref()),
        TableKey::Named(_) => (None, None),
    }
}

/// Where the definition lists a table's event and group, then their text.
fn place<'a>(definition: &Definition, key: &'a TableKey) -> (Option<usize>, Option<usize>, &'a TableKey) {
    let (event, group) = place_ids(key);
    let at = |list: &[crate::rules::definition::model::Titled], id: Option<&Id>| {
        id.and_then(|id| list.iter().position(|titled| titled.id == *id))
    };
    (at(&definition.events, event), at(&definition.groups, group), key)
}

fn pool<'a>(definition: &Definition, field: &'a Field, at: At, tables: &[&'a RankedTable]) -> Pool<'a> {
    let mut all: Vec<Runner<'a>> = Vec::new();
    for table in tables {
        let (event, group) = place_ids(&table.key);
        all.extend(table.rows.iter().map(|row| {
            let facts = match &row.who {
                Who::Entrant(id) => field.entrants.get(id),
                Who::Team(_) | Who::Unit(_) => None,
            };
            // A parallel table spans events and groups; its entrants still have their own.
            let event = event.or(facts.and_then(|facts| facts.event.as_ref()));
            let group = group.or(facts.and_then(|facts| facts.group.as_ref()));
            Runner { who: &row.who, rank: row.rank, row, event, group, facts }
        }));
    }
    all.sort_by(|a, b| a.rank.is_none().cmp(&b.rank.is_none()).then(a.rank.cmp(&b.rank)).then(a.who.cmp(b.who)));
    let groups = if tables.len() > 1 { merged(definition, field, &mut all) } else { by_rank(&all) };
    Pool { at, groups, all }
}

/// One table: its ranks are the groups.
fn by_rank<'a>(all: &[Runner<'a>]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for runner in all.iter().filter(|runner| runner.rank.is_some()) {
        match groups.last_mut() {
            Some(group) if group.members[0].rank == runner.rank => group.members.push(runner.clone()),
            _ => groups.push(Group { members: vec![runner.clone()], tie: Tie::Shared }),
        }
    }
    for group in &mut groups {
        let open = |runner: &Runner<'_>| runner.row.decided_by == Some(DecidedBy::Open);
        if group.members.len() > 1 && group.members.iter().any(open) {
            group.tie = Tie::Open;
        }
    }
    groups
}

/// Several tables: by the round reached, then the total. Equal totals of one table keep its order; across tables only
/// a recorded decision tells them apart.
fn merged<'a>(definition: &Definition, field: &Field, all: &mut [Runner<'a>]) -> Vec<Group<'a>> {
    let round = |runner: &Runner<'_>| match &runner.row.status {
        Status::Cut { round } => definition.rounds.iter().position(|one| one.id == *round),
        // Beyond the last round.
        _ => Some(definition.rounds.len()),
    };
    let better = |a: &Runner<'_>, b: &Runner<'_>| {
        let totals = if definition.ranking.highest_first {
            b.row.total.cmp(&a.row.total)
        } else {
            a.row.total.cmp(&b.row.total)
        };
        round(b).cmp(&round(a)).then(totals)
    };
    let mut ranked: Vec<Runner<'a>> = all.iter().filter(|runner| runner.rank.is_some()).cloned().collect();
    ranked.sort_by(|a, b| better(a, b).then(a.who.cmp(b.who)));
    let mut groups: Vec<Group<'a>> = Vec::new();
    for equal in ranked.chunk_by(|a, b| better(a, b).is_eq()) {
        let one_table = equal.iter().all(|one| (one.event, one.group) == (equal[0].event, equal[0].group));
        if equal.len() == 1 || one_table {
            let mut equal = equal.to_vec();
            equal.sort_by(|a, b| a.rank.cmp(&b.rank).then(a.who.cmp(b.who)));
            groups.extend(by_rank(&equal));
        } else if let Some(order) = decided(field, equal) {
            groups.extend(order.into_iter().map(|one| Group { members: vec![one], tie: Tie::Shared }));
        } else {
            groups.push(Group { members: equal.to_vec(), tie: Tie::AcrossTables });
        }
    }
    let mut rank = 1;
    let mut ranks: BTreeMap<&Who, u32> = BTreeMap::new();
    for group in &mut groups {
        for member in &mut group.members {
            member.rank = Some(rank);
            ranks.insert(member.who, rank);
        }
        rank += super::count(group.members.len());
    }
    for runner in all {
        runner.rank = ranks.get(runner.who).copied();
    }
    groups
}

/// The newest recorded decision that orders all of them.
fn decided<'a>(field: &Field, equal: &[Runner<'a>]) -> Option<Vec<Runner<'a>>> {
    field.decisions.iter().rev().find_map(|decision| {
        let place = |runner: &Runner<'_>| decision.order.iter().position(|who| who == runner.text());
        let mut order: Vec<(usize, Runner<'a>)> =
            equal.iter().map(|one| place(one).map(|at| (at, one.clone()))).collect::<Option<_>>()?;
        order.sort_by_key(|(at, _)| *at);
        Some(order.into_iter().map(|(_, runner)| runner).collect())
    })
}
