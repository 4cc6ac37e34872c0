//! Who stands where among very many: an order that is asked for one place at a time.
//!
//! Kept in sorted runs of bounded length, so that coming, going and asking cost about the root of how many there are.
//! Runs are shared between copies until one of them changes.

use std::{cmp::Reverse, sync::Arc};

use rust_decimal::Decimal;

use crate::rules::{ledger::Instant, names::EntrantId};

/// A run is split when it grows beyond this.
const RUN_MAX: usize = 1024;

/// More points first, then less time, then earlier.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    value: Reverse<Decimal>,
    used_ms: u64,
    at: Instant,
    entrant: EntrantId,
}

impl Standing {
    pub fn new(value: Decimal, used_ms: u64, at: Instant, entrant: EntrantId) -> Self {
        Self { value: Reverse(value), used_ms, at, entrant }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Places {
    runs: Vec<Arc<Vec<Standing>>>,
    count: usize,
}

impl Places {
    pub fn len(&self) -> usize {
        self.count
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The run that has it, or would.
    fn run(&self, standing: &Standing) -> usize {
        self.runs
            .partition_point(|run| run.last().is_some_and(|last| last < standing))
            .min(self.runs.len().saturating_sub(1))
    }

    pub fn insert(&mut self, standing: Standing) {
        if self.runs.is_empty() {
            self.runs.push(Arc::default());
        }
        let at = self.run(&standing);
        let run = Arc::make_mut(&mut self.runs[at]);
        let Err(place) = run.binary_search(&standing) else { return };
        run.insert(place, standing);
        self.count += 1;
        if run.len() > RUN_MAX {
            let rest = run.split_off(RUN_MAX / 2);
            self.runs.insert(at + 1, Arc::new(rest));
        }
    }

    pub fn remove(&mut self, standing: &Standing) {
        let at = self.run(standing);
        let Some(run) = self.runs.get_mut(at) else { return };
        let Ok(place) = run.binary_search(standing) else { return };
        Arc::make_mut(run).remove(place);
        self.count -= 1;
        if self.runs[at].is_empty() {
            self.runs.remove(at);
        }
    }

    /// From 1; `None`: not among them.
    pub fn place(&self, standing: &Standing) -> Option<usize> {
        let at = self.run(standing);
        let within = self.runs.get(at)?.binary_search(standing).ok()?;
        Some(self.runs[..at].iter().map(|run| run.len()).sum::<usize>() + within + 1)
    }

    /// The best so many, in order.
    pub fn first(&self, count: usize) -> impl Iterator<Item = &EntrantId> {
        self.runs.iter().flat_map(|run| run.iter()).take(count).map(|standing| &standing.entrant)
    }
}
