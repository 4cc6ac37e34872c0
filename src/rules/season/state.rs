//! What the ledger's entries made of a season: bindings, the newest report of each source, stars.

use std::{collections::BTreeMap, sync::Arc};

use rust_decimal::Decimal;

use super::table::Raw;
use crate::rules::{
    ledger::{
        Instant,
        entry::{Digest, Phase},
        season::{ReportedRow, SeasonEntry, StarRow},
    },
    names::{ContestId, EntrantId, Id, PersonId},
};

#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::rules) struct Season {
    pub(in crate::rules) bindings: BTreeMap<Id, Binding>,
    pub(in crate::rules) reports: BTreeMap<Id, Report>,
    /// In the order in which they were decided.
    pub(in crate::rules) stars: Vec<StarRound>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    pub contest: ContestId,
    pub by: PersonId,
    pub at: Instant,
}

/// The newest of a source.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    pub contest: ContestId,
    pub epoch: u32,
    pub sequence: u64,
    pub root: Digest,
    pub phase: Phase,
    pub best: Option<Decimal>,
    /// Shared: pages of twenty thousand entrants look at them.
    pub rows: Arc<BTreeMap<EntrantId, Found>>,
    /// In the season's ledger.
    pub seq: u64,
    pub at: Instant,
}

/// What a source says of somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The source's name for the row.
    pub key: String,
    pub raw: Raw,
    /// The best total of the row's own table, where it is not the source's.
    pub best: Option<Decimal>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct StarRound {
    pub period: Id,
    pub rows: BTreeMap<EntrantId, StarRow>,
    pub by: PersonId,
    pub at: Instant,
}

impl Season {
    pub(in crate::rules) fn apply(&mut self, entry: &SeasonEntry, seq: u64, at: Instant) {
        match entry {
            SeasonEntry::SourceBound { source, contest, by, .. } => {
                if self.reports.get(source).is_some_and(|report| report.contest != *contest) {
                    self.reports.remove(source);
                }
                let binding = Binding { contest: contest.clone(), by: by.clone(), at };
                self.bindings.insert(source.clone(), binding);
            }
            SeasonEntry::SourceReleased { source, .. } => {
                self.bindings.remove(source);
                self.reports.remove(source);
            }
            SeasonEntry::SourceReported(reported) => {
                let found = |row: &ReportedRow| Found { key: row.key.clone(), raw: row.raw, best: row.best };
                let rows = reported.rows.iter().map(|row| (row.entrant.clone(), found(row)));
                let report = Report {
                    contest: reported.contest.clone(),
                    epoch: reported.epoch,
                    sequence: reported.sequence,
                    root: reported.root.clone(),
                    phase: reported.phase,
                    best: reported.best,
                    rows: Arc::new(rows.collect()),
                    seq,
                    at,
                };
                self.reports.insert(reported.source.clone(), report);
            }
            SeasonEntry::StarsDecided { period, rows, by, .. } => {
                self.stars.retain(|round| round.period != *period);
                let rows = rows.iter().map(|row| (row.entrant.clone(), row.clone())).collect();
                self.stars.push(StarRound { period: period.clone(), rows, by: by.clone(), at });
            }
        }
    }

    /// The newest decision about somebody.
    pub(in crate::rules) fn star(&self, entrant: &EntrantId) -> Option<&StarRow> {
        self.stars.iter().rev().find_map(|round| round.rows.get(entrant))
    }

    /// The newest decision about somebody at the end of another period.
    pub(in crate::rules) fn star_but_of(&self, period: &Id, entrant: &EntrantId) -> Option<&StarRow> {
        self.stars.iter().rev().filter(|round| round.period != *period).find_map(|round| round.rows.get(entrant))
    }

    pub(in crate::rules) fn raw(&self, source: &Id, entrant: &EntrantId) -> (Option<&Raw>, Option<Decimal>) {
        let report = self.reports.get(source);
        let found = report.and_then(|report| report.rows.get(entrant));
        let best = found.and_then(|found| found.best);
        (found.map(|found| &found.raw), best.or_else(|| report?.best))
    }
}
