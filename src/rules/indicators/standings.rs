//! A labor competition's standings: what was last published over its periods, as ranked tables like any other contest's,
//! so that boards, awards, certificates and files need nothing of their own.

use std::collections::BTreeMap;

use super::{Place, state::Labor};
use crate::rules::{
    field::{Entrant, EntrantStanding},
    ledger::indicator::PublishedRow,
    names::{EntrantId, Id},
    result::{RankedTable, Row, Standings, Status, TableKey, Who},
};

/// One table per group. Whom nothing is published of is incomplete.
pub(in crate::rules) fn standings(labor: &Labor, entrants: &BTreeMap<EntrantId, Entrant>) -> Standings {
    let published: BTreeMap<&EntrantId, &PublishedRow> = labor.overall.iter().map(|row| (&row.entrant, row)).collect();
    let mut tables: BTreeMap<Option<&Id>, Vec<Row>> = BTreeMap::new();
    // Whoever ended or has not begun by a document is in the table only when it was published.
    let lives = labor.lives();
    let there = |id: &EntrantId| published.contains_key(id) || !lives.contains_key(id);
    for (id, entrant) in entrants.iter().filter(|(id, _)| there(id)) {
        let published = published.get(id).copied();
        // A rank is one among those of its group then.
        let group = published.map_or(entrant.group.as_ref(), |row| row.group.as_ref());
        tables.entry(group).or_default().push(row(id, entrant, published));
    }
    let tables = tables.into_iter().map(|(group, mut rows)| {
        // Entrants come by id, and the sort is stable.
        rows.sort_by(|a, b| (a.rank.is_none(), a.rank, &a.status).cmp(&(b.rank.is_none(), b.rank, &b.status)));
        RankedTable { key: TableKey::Field { event: None, group: group.cloned() }, rows }
    });
    Standings { tables: tables.collect() }
}

fn row(id: &EntrantId, entrant: &Entrant, published: Option<&PublishedRow>) -> Row {
    let withdrawn = entrant.standing != EntrantStanding::In;
    let (rank, status) = match published.map(|row| &row.place) {
        _ if withdrawn => (None, Status::Withdrawn),
        Some(Place::Ranked(rank)) => (Some(*rank), Status::Ranked),
        Some(Place::Vetoed) => (None, Status::Vetoed),
        Some(Place::Withdrawn) => (None, Status::Withdrawn),
        Some(Place::Overflow) => (None, Status::Failed),
        Some(Place::Missing | Place::NothingApplies) | None => (None, Status::Incomplete),
    };
    Row {
        rank,
        who: Who::Entrant(id.clone()),
        total: published.and_then(|row| row.score).filter(|_| rank.is_some()),
        stages: published
            .into_iter()
            .flat_map(|row| &row.points)
            .map(|(id, points)| (id.clone(), Some(*points)))
            .collect(),
        status,
        decided_by: None,
        outside_quota: entrant.outside_quota,
        members: Vec::new(),
        heads: None,
    }
}
