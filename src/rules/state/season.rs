//! What sources give to the field: points stand there as any other recorded value, one stage for each source.

use super::State;
use crate::rules::{
    field::{Slot, Value},
    ledger::{Instant, season::SeasonEntry},
    names::{EntrantId, Id},
    season,
};

/// The one value of a source's stage.
pub(in crate::rules) const POINTS: &str = "points";

impl State {
    pub(super) fn take_season(&mut self, entry: &SeasonEntry, seq: u64, at: Instant) {
        self.season.apply(entry, seq, at);
        // From the first report on the definition changes with care.
        self.has_marks |= matches!(entry, SeasonEntry::SourceReported(_));
        if !matches!(entry, SeasonEntry::StarsDecided { .. }) {
            self.fill_season();
        }
    }

    /// Of everybody.
    pub(super) fn fill_season(&mut self) {
        let is_season = self.rules().is_some_and(|rules| !rules.definition.season.is_empty());
        if !is_season && self.season.bindings.is_empty() {
            return;
        }
        let entrants: Vec<EntrantId> = self.field.entrants.keys().cloned().collect();
        for entrant in &entrants {
            self.fill_season_of(entrant);
        }
    }

    pub(super) fn fill_season_of(&mut self, entrant: &EntrantId) {
        let Some(rules) = self.rules().cloned() else { return };
        let rules = &rules.definition.season;
        // Before the first report nobody has points, and nobody has none.
        if rules.is_empty() || (self.season.reports.is_empty() && !self.field.marks.contains_key(entrant)) {
            return;
        }
        let reported = !self.season.reports.is_empty();
        let lines = season::lines(rules, |source| self.season.raw(&source.id, entrant));
        let values = &mut self.field.marks.entry(entrant.clone()).or_default().values;
        for line in lines {
            match line.outcome.points().filter(|_| reported) {
                Some(points) => values.insert(slot(&line.source), Value::Number(points)),
                None => values.remove(&slot(&line.source)),
            };
        }
        self.scores.forget(entrant);
    }
}

fn slot(source: &Id) -> Slot {
    Slot { stage: source.clone(), piece: None, attempt: 1, aspect: Id::new(POINTS), value: None, judge: None }
}
