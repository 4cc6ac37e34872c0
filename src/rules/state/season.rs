//! What sources give to the field: points stand there as any other recorded value, one stage for each source.

use super::{Rules, State};
use crate::rules::{
    field::{Slot, Value},
    ledger::{Instant, season::SeasonEntry},
    names::{EntrantId, Id},
    season::{self, rules::By},
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

    /// After a new definition; `before`: what the one before it said. What was reported of another table, or found its
    /// entrants in another way, is no report any more; a source that is gone leaves nothing behind.
    pub(super) fn keep_sources(&mut self, before: Option<&Rules>) {
        if let (Some(before), Some(after)) = (before, self.rules().cloned()) {
            let (before, after) = (&before.definition.season, &after.definition.season);
            for old in &before.sources {
                let by_rank = |source: &season::rules::Source| matches!(source.by, By::Rank { .. });
                let reads_on = |new: &season::rules::Source| new.reads == old.reads && (by_rank(new) || !by_rank(old));
                let new = after.source(&old.id);
                if before.matching != after.matching || !new.is_some_and(reads_on) {
                    self.season.reports.remove(&old.id);
                }
                if new.is_none() {
                    for marks in self.field.marks.values_mut() {
                        marks.values.remove(&slot(&old.id));
                    }
                }
            }
        }
        self.fill_season();
    }

    /// Whether a value is what an unbound source is worth: nobody's mark, but the rule for what is missing.
    pub(super) fn is_of_unbound_source(&self, slot: &Slot) -> bool {
        let is_source = self.rules().is_some_and(|rules| rules.definition.is_source(&slot.stage));
        is_source && !self.season.bindings.contains_key(&slot.stage)
    }

    /// Sources that `new` does not have, and that are bound all the same.
    pub(in crate::rules) fn bound_without(&self, new: &season::Rules) -> Vec<Id> {
        self.season.bindings.keys().filter(|id| new.source(id).is_none()).cloned().collect()
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
