//! What waits for people: reported disqualifications, and equals that no rule parts.

use super::{Opening, Side, State, groups_of};
use crate::rules::{
    definition::model::{Effect, Stage},
    field::EntrantStanding,
    names::{EntrantId, Id},
    result::DecidedBy,
    view::OpenTie,
};

impl State {
    /// Reported and not decided yet, in the order of entrants.
    pub(in crate::rules) fn pending_disqualifications(&self) -> Vec<(EntrantId, Id)> {
        let Some(rules) = self.rules() else { return Vec::new() };
        let mut pending: Vec<(EntrantId, Id)> = Vec::new();
        for (id, marks) in &self.field.marks {
            if self.entrant(id).is_none_or(|entrant| entrant.standing != EntrantStanding::In) {
                continue;
            }
            for slot in marks.violations.keys() {
                let mut stages = rules.definition.stages.iter().filter(|stage| stage.id == slot.stage);
                let disqualifies = stages.any(|stage| {
                    let mut own = stage.violations.iter().filter(|violation| violation.id == slot.violation);
                    own.any(|violation| violation.effect == Effect::Disqualify)
                });
                let rejected = self.record(id).and_then(|record| record.rejected.get(&slot.violation)).copied();
                let decided = rejected.is_some_and(|count| self.times(id, &slot.violation) <= count);
                let key = (id.clone(), slot.violation.clone());
                if disqualifies && !decided && !pending.contains(&key) {
                    pending.push(key);
                }
            }
        }
        pending
    }

    /// Equals that await people, by table and rank. As long as works can come, those who have no points of any yet await
    /// the works.
    pub(in crate::rules) fn open_ties(&self) -> Vec<OpenTie> {
        let standings = self.standings(Side::Staff);
        let mut ties: Vec<OpenTie> = Vec::new();
        let still_collecting = self.is_collecting();
        for table in &standings.tables {
            for row in table.rows.iter().filter(|row| row.decided_by == Some(DecidedBy::Open)) {
                let Some(rank) = row.rank else { continue };
                if still_collecting && row.total.is_none_or(|total| total.is_zero()) {
                    continue;
                }
                let name = row.who.as_str().to_owned();
                match ties.last_mut().filter(|tie| tie.table == table.key && tie.rank == rank) {
                    Some(tie) => tie.tied.push(name),
                    None => ties.push(OpenTie { table: table.key.clone(), rank, total: row.total, tied: vec![name] }),
                }
            }
        }
        ties
    }

    /// Works are handed in, and a stage that they give points to is not closed.
    fn is_collecting(&self) -> bool {
        let Some(rules) = self.rules() else { return false };
        let of_works = |stage: &&Stage| stage.aspects.iter().any(|aspect| aspect.works.is_some());
        rules.definition.stages.iter().filter(of_works).any(|stage| {
            let groups = groups_of(&rules.definition, stage);
            groups.into_iter().any(|group| {
                self.opening(&stage.id, group) != Some(Opening::Closed) && !self.field_of(stage, group).is_empty()
            })
        })
    }
}
