//! What papers give to the field: a counted result stands there as any other recorded value.

use rust_decimal::Decimal;

use super::State;
use crate::rules::{
    definition::model::Reads,
    field::{Slot, Value},
    ledger::{Instant, paper::PaperEntry},
    names::{EntrantId, Id},
};

impl State {
    pub(super) fn take_paper(&mut self, entry: &PaperEntry, at: Instant) {
        let rules = self.rules().cloned();
        let papers = rules.as_ref().map(|rules| rules.definition.papers.as_slice());
        let changed = self.papers.apply(entry, at, papers);
        match entry {
            PaperEntry::PaperDrawn { challenge, entrant, ends, .. } => {
                // From now on the definition changes with care.
                self.has_marks = true;
                if let Some(challenge) = challenge {
                    self.ladders.sits(challenge, entrant, *ends);
                }
            }
            // A seed that is known draws nothing more.
            PaperEntry::PrizesDrawn { draw, .. } => {
                if let Some(seed) = self.seeds.get_mut(draw) {
                    seed.used = true;
                }
            }
            PaperEntry::PaperFinished { paper, .. } => {
                let sat = self.papers.by_id.get(paper);
                if let Some((challenge, entrant)) = sat.and_then(|sat| Some((sat.challenge.as_ref()?, &sat.entrant))) {
                    self.ladders.sat(challenge, entrant);
                }
            }
            PaperEntry::HeadcountsFrozen { .. } => self.scores.rank_again(),
            _ => {}
        }
        self.fill(&changed);
    }

    /// Under another definition another paper may count.
    pub(super) fn recount_papers(&mut self) {
        let Some(rules) = self.rules().cloned() else { return };
        let changed = self.papers.recount(&rules.definition.papers);
        self.fill(&changed);
    }

    fn fill(&mut self, changed: &[(Id, EntrantId)]) {
        let Some(rules) = self.rules().cloned() else { return };
        for (of, entrant) in changed {
            let counted = self.papers.counted(of, entrant).cloned();
            let values = &mut self.field.marks.entry(entrant.clone()).or_default().values;
            for stage in &rules.definition.stages {
                for aspect in &stage.aspects {
                    let Some(source) = aspect.paper.as_ref().filter(|source| source.paper == *of) else { continue };
                    let slot = Slot {
                        stage: stage.id.clone(),
                        piece: None,
                        attempt: 1,
                        aspect: aspect.id.clone(),
                        value: None,
                        judge: None,
                    };
                    let read = counted.as_ref().map(|counted| match source.reads {
                        Reads::Points => counted.value,
                        Reads::Seconds => Decimal::new(i64::try_from(counted.used_ms).unwrap_or(i64::MAX), 3),
                        Reads::Finished => Decimal::new(counted.at.0, 3),
                        Reads::Right => Decimal::from(counted.right),
                        Reads::Papers => Decimal::from(counted.papers),
                    });
                    match read {
                        Some(number) => values.insert(slot, Value::Number(number)),
                        None => values.remove(&slot),
                    };
                }
            }
            self.scores.forget(entrant);
        }
    }
}
