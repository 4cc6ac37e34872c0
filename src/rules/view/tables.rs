//! Ranked tables as an audience may see them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Audience, BoardRow, BoardTable, Column, Progress, Seen, Shows,
    facing::{shows, titled},
};
use crate::rules::{
    definition::{Definition, model::Stage},
    indicators::{self, rules::Indicator},
    names::{EntrantId, Id},
    result::{RankedTable, Row, Standings, TableKey, Who},
    score::Scored,
    state::{Rules, Side, State},
};

/// The tables of one audience, all rows.
pub(super) struct Tables<'a> {
    state: &'a State,
    definition: &'a Definition,
    shows: Shows,
    standings: Arc<Standings>,
    /// Sheets handed in and expected, by entrant and the position of the stage.
    progress: BTreeMap<EntrantId, (usize, usize)>,
    /// For staff: whose score the public sees differently.
    provisional: Option<BTreeMap<EntrantId, bool>>,
    /// Of a labor competition.
    vetoed: BTreeSet<EntrantId>,
}

impl<'a> Tables<'a> {
    pub(super) fn new(state: &'a State, rules: &'a Rules, audience: &Audience) -> Self {
        let definition = &*rules.definition;
        let staff = *audience == Audience::Staff;
        let side = if staff { Side::Staff } else { Side::Public };
        let (standings, progress) = state.with_scores(side, |ranked| {
            let stages = 0..definition.stages.len();
            let of = |id: &EntrantId| {
                let own = stages.clone().map(|stage| ranked.progress(definition, id, stage));
                own.fold((0, 0), |sum, own| (sum.0 + own.0, sum.1 + own.1))
            };
            (ranked.standings(), state.field.entrants.keys().map(|id| (id.clone(), of(id))).collect())
        });
        let provisional = staff.then(|| {
            let public: BTreeMap<EntrantId, Scored> = state.with_scores(Side::Public, |ranked| ranked.scored().clone());
            state.with_scores(Side::Staff, |ranked| {
                let differs = |(id, own): (&EntrantId, &Scored)| {
                    let public = public.get(id);
                    (id.clone(), public.is_none_or(|public| public.rounds != own.rounds || public.stages != own.stages))
                };
                ranked.scored().iter().map(differs).collect()
            })
        });
        let vetoed = indicators::vetoed(state, &definition.indicators);
        Self { state, definition, shows: shows(state, definition, audience), standings, progress, provisional, vetoed }
    }

    pub(super) fn shows(&self) -> Shows {
        self.shows
    }

    pub(super) fn all(&self) -> Vec<BoardTable> {
        let tables = self.standings.tables.iter();
        tables.filter(|table| self.may_be_shown(table)).map(|table| self.table(table)).collect()
    }

    pub(super) fn progress(&self) -> Progress {
        self.sum(self.progress.keys())
    }

    fn sum<'b>(&self, entrants: impl Iterator<Item = &'b EntrantId>) -> Progress {
        entrants.filter_map(|id| self.progress.get(id)).fold(Progress::default(), |sum, (done, expected)| Progress {
            done: sum.done + done,
            expected: sum.expected + expected,
        })
    }

    fn may_be_shown(&self, table: &RankedTable) -> bool {
        match self.shows {
            Shows::Nothing => false,
            // A unit's place, or who is eligible for what, would tell who is behind a number.
            Shows::Numbers => matches!(table.key, TableKey::Field { .. }),
            Shows::Names => true,
        }
    }

    fn table(&self, table: &RankedTable) -> BoardTable {
        let (event, group) = match &table.key {
            TableKey::Field { event, group } | TableKey::Teams { event, group } => (event.as_ref(), group.as_ref()),
            TableKey::Named(_) => (None, None),
        };
        let of_persons = table.rows.iter().any(|row| matches!(row.who, Who::Entrant(_)));
        let columns = if of_persons { columns(self.definition, event, group) } else { Vec::new() };
        let mut rows: Vec<BoardRow> = table.rows.iter().filter_map(|row| self.row(row, &columns)).collect();
        if self.shows == Shows::Numbers {
            // Equals stand in the order of the list, which nobody may know: the draw decides.
            rows.sort_by_key(|row| (row.rank.unwrap_or(u32::MAX), row.status.clone(), row.who.number()));
        }
        let own = table.rows.iter().filter_map(|row| if let Who::Entrant(id) = &row.who { Some(id) } else { None });
        let named = |id: &Id| self.definition.tables.iter().find(|table| table.id == *id);
        BoardTable {
            slug: slug(&table.key),
            key: table.key.clone(),
            event: titled(&self.definition.events, event),
            group: titled(&self.definition.groups, group),
            title: if let TableKey::Named(id) = &table.key { named(id).map(|table| table.title.clone()) } else { None },
            columns,
            count: rows.len(),
            rows,
            progress: self.sum(own),
        }
    }

    fn row(&self, row: &Row, columns: &[Column]) -> Option<BoardRow> {
        let provisional = match (&self.provisional, &row.who) {
            (Some(provisional), Who::Entrant(id)) => provisional.get(id).copied().unwrap_or(false),
            _ => false,
        };
        Some(BoardRow {
            rank: row.rank,
            who: self.seen(&row.who)?,
            total: row.total,
            stages: columns.iter().map(|column| row.stages.get(&column.stage).flatten()).collect(),
            status: row.status.clone(),
            decided_by: row.decided_by.clone(),
            outside_quota: row.outside_quota,
            vetoed: matches!(&row.who, Who::Entrant(id) if self.vetoed.contains(id)),
            heads: row.heads,
            provisional,
        })
    }

    /// `None`: nobody may know who this is, and there is no number to say instead.
    fn seen(&self, who: &Who) -> Option<Seen> {
        match who {
            Who::Entrant(id) => seen(self.state, self.shows, id),
            Who::Team(name) => Some(Seen::Team(name.clone())),
            Who::Unit(path) => Some(Seen::Unit(path.clone())),
        }
    }
}

/// A column for each stage, in a labor competition for each indicator.
fn columns(definition: &Definition, event: Option<&Id>, group: Option<&Id>) -> Vec<Column> {
    if !definition.is_labor() {
        return stages_of(definition, event, group).into_iter().map(column).collect();
    }
    let judged = |one: &&Indicator| one.groups.is_empty() || group.is_none_or(|own| one.groups.contains(own));
    let column = |one: &Indicator| Column {
        stage: one.id.clone(),
        title: one.title.clone(),
        max: Some(one.points),
        weight: None,
    };
    definition.indicators.indicators.iter().filter(judged).map(column).collect()
}

/// Stages that entrants of this event and group have.
pub(super) fn stages_of<'a>(definition: &'a Definition, event: Option<&Id>, group: Option<&Id>) -> Vec<&'a Stage> {
    let among = |ids: &[Id], own: Option<&Id>| ids.is_empty() || own.is_none_or(|own| ids.contains(own));
    definition.stages.iter().filter(|stage| among(&stage.events, event) && among(&stage.groups, group)).collect()
}

/// An entrant as far as somebody may know who they are.
pub(in crate::rules) fn seen(state: &State, shows: Shows, id: &EntrantId) -> Option<Seen> {
    let number = state.numbers.get(id).copied();
    match shows {
        Shows::Nothing => None,
        Shows::Numbers => number.map(Seen::Number),
        Shows::Names => {
            let entrant = state.entrant(id);
            Some(Seen::Entrant {
                id: id.clone(),
                number,
                unit: entrant.and_then(|entrant| entrant.unit.clone()),
                team: entrant.and_then(|entrant| entrant.team.clone()),
            })
        }
    }
}

pub(super) fn column(stage: &Stage) -> Column {
    Column { stage: stage.id.clone(), title: stage.title.clone(), max: stage.max, weight: stage.weight }
}

pub(super) fn slug(key: &TableKey) -> String {
    let join = |event: &Option<Id>, group: &Option<Id>| {
        [event, group].into_iter().flatten().map(Id::as_str).collect::<Vec<_>>().join(".")
    };
    match key {
        TableKey::Field { event: None, group: None } => "all".to_owned(),
        TableKey::Field { event, group } => join(event, group),
        TableKey::Teams { event: None, group: None } => "teams".to_owned(),
        TableKey::Teams { event, group } => format!("teams.{}", join(event, group)),
        TableKey::Named(id) => id.to_string(),
    }
}
