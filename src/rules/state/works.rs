//! What collections give to the field: somebody's points, counts and best mark stand there as any other recorded value.

use super::State;
use crate::rules::{
    definition::model::Aspect,
    field::{Slot, Value},
    ledger::{Instant, works::WorkEntry},
    names::{EntrantId, Id},
};

impl State {
    pub(super) fn take_work(&mut self, entry: &WorkEntry, at: Instant) {
        let rules = self.rules().cloned();
        let collections = rules.as_ref().map(|rules| rules.definition.collections.as_slice());
        let changed = self.works.apply(entry, at, collections);
        match entry {
            // From the first work on the definition changes with care.
            WorkEntry::WorkSubmitted { .. } => self.has_marks = true,
            // A seed that is known deals nothing more.
            WorkEntry::WorksDealt { draw, .. } => {
                if let Some(seed) = self.seeds.get_mut(draw) {
                    seed.used = true;
                }
            }
            _ => {}
        }
        self.fill_from_works(&changed);
    }

    /// Under another definition other points may count.
    pub(super) fn recount_works(&mut self) {
        let Some(rules) = self.rules().cloned() else { return };
        let changed = self.works.recount(&rules.definition.collections);
        self.fill_from_works(&changed);
    }

    fn fill_from_works(&mut self, changed: &[(Id, EntrantId)]) {
        let Some(rules) = self.rules().cloned() else { return };
        for (collection, entrant) in changed {
            let counted = self.works.counted(collection, entrant).cloned();
            let values = &mut self.field.marks.entry(entrant.clone()).or_default().values;
            for stage in &rules.definition.stages {
                for aspect in &stage.aspects {
                    let Some(source) = aspect.works.as_ref().filter(|source| source.collection == *collection) else {
                        continue;
                    };
                    let slot = slot(&stage.id, aspect);
                    match counted.as_ref().and_then(|counted| counted.read(source.reads)) {
                        Some(number) => values.insert(slot, Value::Number(number)),
                        None => values.remove(&slot),
                    };
                }
            }
            self.scores.forget(entrant);
        }
    }
}

/// A single value has no name, whatever kind of aspect it is.
fn slot(stage: &Id, aspect: &Aspect) -> Slot {
    Slot { stage: stage.clone(), piece: None, attempt: 1, aspect: aspect.id.clone(), value: None, judge: None }
}
