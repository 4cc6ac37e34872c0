//! What a void item or another key changes: whose papers, whose results, validity and places. Computed on a copy by the
//! very fold that would apply it; nothing is recorded.

use rust_decimal::Decimal;

use super::{Papers, rules::Rules};
use crate::rules::{
    ledger::{
        Instant,
        entry::Digest,
        paper::{PaperEntry, Restated},
    },
    names::{EntrantId, Id, PaperId, PersonId},
    state::State,
};

/// Before and after.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Restatement {
    /// Papers whose points, right items or validity change, by id.
    pub papers: Vec<PaperMove>,
    /// Finished papers that ask the item and stay as they are.
    pub same: usize,
    /// Everybody whose counted result or place changes, by paper and new place.
    pub people: Vec<PersonMove>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PaperMove {
    pub paper: PaperId,
    pub of: Id,
    pub entrant: EntrantId,
    /// Neither practice nor a challenge.
    pub counts: bool,
    pub points: (Decimal, Decimal),
    pub right: (u32, u32),
    pub valid: (bool, bool),
}

#[derive(Clone, Debug, PartialEq)]
pub struct PersonMove {
    pub of: Id,
    pub entrant: EntrantId,
    pub value: (Decimal, Decimal),
    /// Valid papers.
    pub valid: (u32, u32),
    /// From 1; `None`: no place, as for somebody who left.
    pub place: (Option<usize>, Option<usize>),
}

/// What restating these papers would change.
pub fn restatement(
    state: &State,
    bank: &Id,
    item: &Id,
    rekeyed: Option<&Digest>,
    papers: &[Restated],
    now: Instant,
) -> Restatement {
    let Some(rules) = state.rules() else { return Restatement::default() };
    let rules = rules.definition.papers.as_slice();
    let before = &state.papers;
    let mut after = before.clone();
    let entry = PaperEntry::ItemRestated {
        bank: bank.clone(),
        item: item.clone(),
        rekeyed: rekeyed.cloned(),
        papers: papers.to_vec(),
        reason: Digest(String::new()),
        by: PersonId::new(""),
    };
    let mut affected: Vec<Id> = after.apply(&entry, now, Some(rules)).into_iter().map(|(of, _)| of).collect();
    affected.sort_unstable();
    affected.dedup();
    let all: Vec<PaperMove> = papers.iter().filter_map(|restated| paper(before, rules, restated)).collect();
    let moves: Vec<PaperMove> = all.iter().filter(|paper| paper.changes()).cloned().collect();
    let mut people: Vec<PersonMove> = affected.iter().flat_map(|of| of_paper(before, &after, of)).collect();
    people.sort_by(|one, other| (&one.of, one.place.1, &one.entrant).cmp(&(&other.of, other.place.1, &other.entrant)));
    Restatement { same: all.len() - moves.len(), papers: moves, people }
}

impl PaperMove {
    fn changes(&self) -> bool {
        self.points.0 != self.points.1 || self.right.0 != self.right.1 || self.valid.0 != self.valid.1
    }
}

fn paper(before: &Papers, rules: &[Rules], restated: &Restated) -> Option<PaperMove> {
    let sat = before.by_id.get(&restated.paper)?;
    let (_, finished) = sat.finished.as_ref()?;
    let least = rules.iter().find(|rules| rules.id == sat.of).and_then(|rules| rules.right_at_least);
    let is_valid = |right: u32| least.is_none_or(|least| right >= least);
    Some(PaperMove {
        paper: restated.paper.clone(),
        of: sat.of.clone(),
        entrant: sat.entrant.clone(),
        counts: sat.counts(),
        points: (finished.points, restated.points),
        right: (finished.right, restated.right),
        valid: (is_valid(finished.right), is_valid(restated.right)),
    })
}

fn of_paper(before: &Papers, after: &Papers, of: &Id) -> Vec<PersonMove> {
    let place = |papers: &Papers, entrant: &EntrantId| papers.place(of, entrant).map(|(place, _)| place);
    let one = |((_, entrant), was): (&(Id, EntrantId), &super::state::Counted)| {
        let is = after.counted(of, entrant)?;
        let moved = PersonMove {
            of: of.clone(),
            entrant: entrant.clone(),
            value: (was.value, is.value),
            valid: (was.valid, is.valid),
            place: (place(before, entrant), place(after, entrant)),
        };
        let changes =
            moved.value.0 != moved.value.1 || moved.valid.0 != moved.valid.1 || moved.place.0 != moved.place.1;
        changes.then_some(moved)
    };
    before.counted.iter().filter(|((own, _), _)| own == of).filter_map(one).collect()
}
