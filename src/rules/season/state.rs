//! What the ledger's entries made of a season: bindings, the newest report of each source, stars.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::table::Raw;
use crate::rules::{
    ledger::{
        Instant,
        entry::{Digest, Phase},
        season::{SeasonEntry, StarRow},
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
    /// With the source's name for the row.
    pub rows: BTreeMap<EntrantId, (String, Raw)>,
    /// In the season's ledger.
    pub seq: u64,
    pub at: Instant,
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
            SeasonEntry::SourceBound { source, contest, by } => {
                if self.reports.get(source).is_some_and(|report| report.contest != *contest) {
                    self.reports.remove(source);
                }
                let binding = Binding { contest: contest.clone(), by: by.clone(), at };
                self.bindings.insert(source.clone(), binding);
            }
            SeasonEntry::SourceReleased { source, by: _ } => {
                self.bindings.remove(source);
                self.reports.remove(source);
            }
            SeasonEntry::SourceReported(reported) => {
                let rows = reported.rows.iter().map(|row| (row.entrant.clone(), (row.key.clone(), row.raw)));
                let report = Report {
                    contest: reported.contest.clone(),
                    epoch: reported.epoch,
                    sequence: reported.sequence,
                    root: reported.root.clone(),
                    phase: reported.phase,
                    best: reported.best,
                    rows: rows.collect(),
                    seq,
                    at,
                };
                self.reports.insert(reported.source.clone(), report);
            }
            SeasonEntry::StarsDecided { period, rows, by } => {
                let rows = rows.iter().map(|row| (row.entrant.clone(), row.clone())).collect();
                self.stars.push(StarRound { period: period.clone(), rows, by: by.clone(), at });
            }
        }
    }

    /// The newest decision about somebody.
    pub(in crate::rules) fn star(&self, entrant: &EntrantId) -> Option<&StarRow> {
        self.stars.iter().rev().find_map(|round| round.rows.get(entrant))
    }

    pub(in crate::rules) fn raw(&self, source: &Id, entrant: &EntrantId) -> (Option<&Raw>, Option<Decimal>) {
        let report = self.reports.get(source);
        let raw = report.and_then(|report| report.rows.get(entrant)).map(|(_, raw)| raw);
        (raw, report.and_then(|report| report.best))
    }
}
