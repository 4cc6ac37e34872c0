//! What waits for people: reported disqualifications, and equals that no rule parts.

use super::{Side, State};
use crate::rules::{
    definition::model::Effect,
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

    /// Equals that await people, by table and rank.
    pub(in crate::rules) fn open_ties(&self) -> Vec<OpenTie> {
        let standings = self.standings(Side::Staff);
        let mut ties: Vec<OpenTie> = Vec::new();
        for table in &standings.tables {
            for row in table.rows.iter().filter(|row| row.decided_by == Some(DecidedBy::Open)) {
                let Some(rank) = row.rank else { continue };
                let name = row.who.as_str().to_owned();
                match ties.last_mut().filter(|tie| tie.table == table.key && tie.rank == rank) {
                    Some(tie) => tie.tied.push(name),
                    None => ties.push(OpenTie { table: table.key.clone(), rank, total: row.total, tied: vec![name] }),
                }
            }
        }
        ties
    }
}
