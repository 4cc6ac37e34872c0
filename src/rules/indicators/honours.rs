//! Honours of a period (流动红旗, 月度优胜): who leads a group when a period is published holds it until the next one is.
//!
//! Read from what was published, as it was published last, and from nothing else: a veto keeps an honour from its unit
//! once its period is published again, and not before. Equal ranks hold it together. Nobody good enough: it stays vacant.

use super::{
    public::PublishedPeriod,
    rules::{Honour, Rules},
};
use crate::rules::{
    ledger::indicator::PublishedRow,
    names::{EntrantId, Id},
};

/// An honour in one group of one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub honour: Id,
    pub group: Option<Id>,
    pub period: Id,
    /// By rank; empty: vacant.
    pub by: Vec<Holder>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    pub entrant: EntrantId,
    /// How many published periods in a row, this one among them.
    pub running: u32,
}

/// Every honour of these periods, in their order, then in that of the definition.
pub(super) fn held(rules: &Rules, periods: &[PublishedPeriod]) -> Vec<Held> {
    let mut held: Vec<Held> = Vec::new();
    for PublishedPeriod { period, rows, .. } in periods {
        let mut groups: Vec<Option<&Id>> = rows.iter().map(|row| row.group.as_ref()).collect();
        groups.dedup();
        for honour in &rules.honours {
            for group in groups.iter().filter(|group| honour.is_for(**group)) {
                let winners = winners(honour, rows, *group);
                let before = held.iter().rev().find(|one| one.honour == honour.id && one.group.as_ref() == *group);
                let running = |entrant: &EntrantId| {
                    let held_before = before.and_then(|before| before.by.iter().find(|one| one.entrant == *entrant));
                    held_before.map_or(1, |one| one.running + 1)
                };
                let by =
                    winners.map(|entrant| Holder { running: running(entrant), entrant: entrant.clone() }).collect();
                held.push(Held { honour: honour.id.clone(), group: group.cloned(), period: period.id.clone(), by });
            }
        }
    }
    held
}

/// Rows stand in the order of their ranks.
fn winners<'r>(
    honour: &'r Honour,
    rows: &'r [PublishedRow],
    group: Option<&'r Id>,
) -> impl Iterator<Item = &'r EntrantId> {
    let leads = move |row: &&PublishedRow| {
        row.group.as_ref() == group
            && row.place.rank().is_some_and(|rank| rank <= honour.ranks)
            && row.score.is_some_and(|score| honour.least.is_none_or(|least| score >= least))
    };
    rows.iter().filter(leads).map(|row| &row.entrant)
}
