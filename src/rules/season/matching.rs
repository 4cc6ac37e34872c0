//! Whom of a season's entrants a source's rows are about, and which row of several counts.

use std::{cmp::Reverse, collections::BTreeMap};

use rust_decimal::Decimal;

use super::{
    public::{Public, PublicRow},
    rules::Source,
    table::{Raw, worth},
};
use crate::rules::{
    ledger::season::ReportedRow,
    names::{EntrantId, UnitPath},
    state::State,
};

/// What a source's rows say of a season's entrants; of several rows that mean one, that which is worth most there.
/// `meant` names the entrants that a row is about. By entrant.
pub fn matched<'p>(
    public: &'p Public,
    source: &Source,
    meant: impl Fn(&'p PublicRow) -> Vec<EntrantId>,
) -> Vec<ReportedRow> {
    let mut best: BTreeMap<EntrantId, &PublicRow> = BTreeMap::new();
    for row in public.rows.iter().filter(|row| row.raw != Raw::default()) {
        for entrant in meant(row) {
            let known = best.entry(entrant).or_insert(row);
            if order(source, row) > order(source, known) {
                *known = row;
            }
        }
    }
    let reported = |(entrant, row): (EntrantId, &PublicRow)| {
        let best = row.best.filter(|_| row.best != public.best);
        ReportedRow { entrant, key: row.key.clone(), raw: row.raw, best }
    };
    best.into_iter().map(reported).collect()
}

/// By what it is worth; ranks of different tables part only what is worth the same.
fn order(source: &Source, row: &PublicRow) -> (Option<Decimal>, Reverse<u32>, Option<Decimal>) {
    (worth(source, row.raw, row.best), Reverse(row.raw.rank.unwrap_or(u32::MAX)), row.raw.total)
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
