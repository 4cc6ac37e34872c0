//! The audit trail: entries as lines, with whom each is about.

use super::organizer::TrailLine;
use crate::rules::{ledger::Recorded, state::State};

/// These entries, in their order. Numbers are those that entrants have now.
pub fn audit(state: &State, entries: &[Recorded]) -> Vec<TrailLine> {
    let line = |recorded: &Recorded| {
        let entry = &recorded.entry;
        let entrant = entry.entrant().cloned();
        TrailLine {
            seq: recorded.seq,
            epoch: recorded.epoch,
            at: recorded.at,
            by: Some(entry.by().clone()),
            second: entry.second().cloned(),
            reason: entry.reason().cloned(),
            number: entrant.as_ref().and_then(|entrant| state.numbers.get(entrant).copied()),
            entrant,
            kind: entry.kind(),
            entry: entry.clone(),
        }
    };
    entries.iter().map(line).collect()
}
